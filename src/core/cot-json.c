/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-json.h"

#include <string.h>

#include "cot-utf8-private.h"

struct _CotJson
{
  GString *text;
  guint depth;
};

/**
 * cot_json_new:
 *
 * Returns: (transfer full): a writer without any value
 */
CotJson *
cot_json_new (void)
{
  CotJson *self = g_new0 (CotJson, 1);

  self->text = g_string_new (NULL);
  return self;
}

/**
 * cot_json_free:
 * @self: (transfer full): a writer
 */
void
cot_json_free (CotJson *self)
{
  g_string_free (self->text, TRUE);
  g_free (self);
}

/* What was written last tells what must stand before the next value: nothing else has to be
 * remembered. Values of the top level stand on lines of their own. */
static void
begin_value (CotJson *self)
{
  char last = self->text->len > 0 ? self->text->str[self->text->len - 1] : '\0';

  if (last == '\0' || last == '{' || last == '[' || last == ':')
    return;
  g_string_append_c (self->text, self->depth > 0 ? ',' : '\n');
}

static void
begin_container (CotJson *self, char bracket)
{
  begin_value (self);
  g_string_append_c (self->text, bracket);
  self->depth++;
}

static void
end_container (CotJson *self, char bracket)
{
  g_return_if_fail (self->depth > 0);

  g_string_append_c (self->text, bracket);
  self->depth--;
}

/**
 * cot_json_begin_object:
 * @self: a writer
 *
 * Every value until the end of the object needs a key before it.
 */
void
cot_json_begin_object (CotJson *self)
{
  begin_container (self, '{');
}

/**
 * cot_json_end_object:
 * @self: a writer inside an object
 */
void
cot_json_end_object (CotJson *self)
{
  end_container (self, '}');
}

/**
 * cot_json_begin_array:
 * @self: a writer
 */
void
cot_json_begin_array (CotJson *self)
{
  begin_container (self, '[');
}

/**
 * cot_json_end_array:
 * @self: a writer inside an array
 */
void
cot_json_end_array (CotJson *self)
{
  end_container (self, ']');
}

/* RFC 8259 section 7: the quote, the backslash and the control characters must be escaped. */
static void
append_escaped (GString *into, char byte)
{
  static const char short_from[] = "\"\\\b\f\n\r\t";
  static const char short_to[] = "\"\\bfnrt";
  const char *found = byte != '\0' ? strchr (short_from, byte) : NULL;

  if (found != NULL)
    {
      g_string_append_c (into, '\\');
      g_string_append_c (into, short_to[found - short_from]);
    }
  else
    {
      g_string_append_printf (into, "\\u%04x", (guint8) byte);
    }
}

/* ASCII that stands for itself; whether plain char has a sign depends on the machine. */
static gboolean
is_plain (char byte)
{
  return (guint8) byte >= 0x20 && (guint8) byte < 0x80 && byte != '"' && byte != '\\';
}

static void
append_quoted (GString *into, const char *text)
{
  gsize length = strlen (text);

  g_string_append_c (into, '"');
  for (gsize i = 0; i < length;)
    {
      gsize start = i;
      gunichar character;
      gsize n;

      while (i < length && is_plain (text[i]))
        i++;
      g_string_append_len (into, text + start, (gssize) (i - start));
      if (i == length)
        break;
      n = cot_utf8_read (text + i, length - i, &character);
      if (n == 1)
        append_escaped (into, text[i]);
      else if (n > 1 && character <= 0x9f) /* controls too, which a terminal may obey */
        g_string_append_printf (into, "\\u%04x", character);
      else if (n > 1)
        g_string_append_len (into, text + i, (gssize) n);
      else
        g_string_append (into, "\ufffd");
      i += MAX (n, 1u);
    }
  g_string_append_c (into, '"');
}

/**
 * cot_json_key:
 * @self: a writer inside an object
 * @key: the key of the value that comes next
 */
void
cot_json_key (CotJson *self, const char *key)
{
  begin_value (self);
  append_quoted (self->text, key);
  g_string_append_c (self->text, ':');
}

/**
 * cot_json_string:
 * @self: a writer
 * @text: (nullable): UTF-8; bytes that are none become U+FFFD
 */
void
cot_json_string (CotJson *self, const char *text)
{
  begin_value (self);
  if (text != NULL)
    append_quoted (self->text, text);
  else
    g_string_append (self->text, "null");
}

/**
 * cot_json_int:
 * @self: a writer
 * @value: a number, written with all its digits
 */
void
cot_json_int (CotJson *self, gint64 value)
{
  begin_value (self);
  g_string_append_printf (self->text, "%" G_GINT64_FORMAT, value);
}

/**
 * cot_json_uint:
 * @self: a writer
 * @value: a number, written with all its digits
 */
void
cot_json_uint (CotJson *self, guint64 value)
{
  begin_value (self);
  g_string_append_printf (self->text, "%" G_GUINT64_FORMAT, value);
}

/**
 * cot_json_boolean:
 * @self: a writer
 * @value: whether
 */
void
cot_json_boolean (CotJson *self, gboolean value)
{
  begin_value (self);
  g_string_append (self->text, value ? "true" : "false");
}

/**
 * cot_json_null:
 * @self: a writer
 */
void
cot_json_null (CotJson *self)
{
  cot_json_string (self, NULL);
}

/**
 * cot_json_get_text:
 * @self: a writer
 * @length_bytes: (out) (optional): the length
 *
 * Returns: (transfer none): what was written since the last reset, until the next call
 */
const char *
cot_json_get_text (CotJson *self, gsize *length_bytes)
{
  if (length_bytes != NULL)
    *length_bytes = self->text->len;
  return self->text->str;
}

/**
 * cot_json_reset:
 * @self: a writer
 *
 * Forgets all that was written, and keeps the memory for the next value.
 */
void
cot_json_reset (CotJson *self)
{
  g_string_truncate (self->text, 0);
  self->depth = 0;
}
