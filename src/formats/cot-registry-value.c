/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A value of an export, over as many lines as it has. */

#include "cot-registry-private.h"

#include <string.h>

#include "cot-scan-private.h"

/* A row shows less; the rest is counted. */
#define MAX_DATA_BYTES (1024u * 1024)
/* A text that is open for so long lacks its end. */
#define MAX_OPEN_BYTES (4u * 1024 * 1024)

void
cot_registry_value_init (CotRegistryValue *self, CotRegistryDialect dialect)
{
  *self = (CotRegistryValue){ .dialect = dialect };
  self->name = g_string_new (NULL);
  self->text = g_string_new (NULL);
  self->data = g_byte_array_new ();
}

void
cot_registry_value_clear (CotRegistryValue *self)
{
  g_string_free (self->name, TRUE);
  g_string_free (self->text, TRUE);
  g_byte_array_unref (self->data);
}

CotSpan
cot_registry_strip (CotSpan line)
{
  while (line.length_bytes > 0 && cot_is_filler (line.data[line.length_bytes - 1]))
    line.length_bytes--;
  while (line.length_bytes > 0 && cot_is_filler (line.data[0]))
    {
      line.data++;
      line.length_bytes--;
    }
  return line;
}

static CotSpan
behind (CotSpan span, gsize n_bytes)
{
  return (CotSpan){ span.data + n_bytes, span.length_bytes - n_bytes };
}

static gboolean
begins_with (CotSpan span, const char *prefix)
{
  gsize n = strlen (prefix);

  /* Most lines end at the first byte. */
  return span.length_bytes >= n && g_ascii_tolower (span.data[0]) == g_ascii_tolower (prefix[0])
         && g_ascii_strncasecmp (span.data, prefix, n) == 0;
}

/* The first quote that no backslash stands in front of; the length where there is none. */
static gsize
find_quote (CotSpan span)
{
  for (gsize i = 0; (i = cot_find_either (span.data, i, span.length_bytes, '"', '\\'))
                    < span.length_bytes;
       i += 2)
    {
      if (span.data[i] == '"')
        return i;
      if (i + 1 == span.length_bytes)
        break;
    }
  return span.length_bytes;
}

static void
append_unescaped (GString *into, CotSpan span)
{
  const char *end = span.data + span.length_bytes;

  for (const char *at = span.data; at < end;)
    {
      const char *slash = memchr (at, '\\', (gsize) (end - at));

      if (slash == NULL)
        {
          g_string_append_len (into, at, end - at);
          return;
        }
      g_string_append_len (into, at, slash - at);
      if (slash + 1 < end && (slash[1] == '\\' || slash[1] == '"'))
        slash++;
      g_string_append_c (into, *slash);
      at = slash + 1;
    }
}

static void
append_content (const CotRegistryValue *self, GString *into, CotSpan span)
{
  if (self->dialect == COT_REGISTRY_DUMP)
    g_string_append_len (into, span.data, (gssize) span.length_bytes);
  else
    append_unescaped (into, span);
}

/* Reads a name with the sign behind it. */
static gboolean
take_name (CotRegistryValue *self, CotSpan *rest)
{
  gsize end = 1;
  gsize at;

  g_string_truncate (self->name, 0);
  if (rest->length_bytes < 2)
    return FALSE;
  if (rest->data[0] == '@')
    g_string_append (self->name, "(Default)");
  else if (rest->data[0] != '"')
    return FALSE;
  else
    {
      CotSpan quoted = behind (*rest, 1);
      gsize quote = find_quote (quoted);

      /* Quotes that lack their backslash: the name goes up to the sign. */
      if (self->dialect == COT_REGISTRY_DUMP || quote + 1 >= quoted.length_bytes
          || (quoted.data[quote + 1] != '=' && !cot_is_blank (quoted.data[quote + 1])))
        {
          const char *found = memmem (quoted.data, quoted.length_bytes, "\"=", 2);

          if (found == NULL)
            return FALSE;
          quote = (gsize) (found - quoted.data);
        }
      append_content (self, self->name, (CotSpan){ quoted.data, quote });
      end = quote + 2;
    }
  for (at = end; at < rest->length_bytes && cot_is_blank (rest->data[at]);)
    at++;
  if (at == rest->length_bytes || rest->data[at] != '=')
    return FALSE;
  *rest = cot_registry_strip (behind (*rest, at + 1));
  return TRUE;
}

/* Nothing, or a comment, which is kept. */
static gboolean
take_end (CotSpan rest, GString *message)
{
  rest = cot_registry_strip (rest);
  if (rest.length_bytes > 0 && rest.data[0] != ';')
    return FALSE;
  if (rest.length_bytes > 0)
    {
      g_string_append_c (message, ' ');
      g_string_append_len (message, rest.data, (gssize) rest.length_bytes);
    }
  return TRUE;
}

static void
begin_message (const CotRegistryValue *self, GString *message)
{
  g_string_truncate (message, 0);
  g_string_append_len (message, self->name->str, (gssize) self->name->len);
  g_string_append_len (message, " = ", 3);
}

static void
finish_text (const CotRegistryValue *self, GString *message, CotSpan content)
{
  begin_message (self, message);
  g_string_append_c (message, '"');
  append_content (self, message, content);
  g_string_append_c (message, '"');
}

/* Where the quotes of a text end in a line: it is DONE, or still OPEN, or what stands behind the
 * quote says that it is another's. */
static CotRegistryLine
find_text_end (const CotRegistryValue *self, CotSpan line, gboolean is_first, gsize *end)
{
  CotSpan stripped = line;
  gsize quote = line.length_bytes;
  gboolean ends_quoted;

  while (stripped.length_bytes > 0 && cot_is_filler (stripped.data[stripped.length_bytes - 1]))
    stripped.length_bytes--;
  ends_quoted = stripped.length_bytes > 0 && stripped.data[stripped.length_bytes - 1] == '"';
  *end = ends_quoted ? stripped.length_bytes - 1 : line.length_bytes;
  if (self->dialect == COT_REGISTRY_DUMP)
    return ends_quoted ? COT_REGISTRY_LINE_DONE : COT_REGISTRY_LINE_OPEN;

  quote = find_quote (line);
  if (quote == line.length_bytes)
    return COT_REGISTRY_LINE_OPEN;
  /* Quotes inside that lack their backslash are forgiven where the line is one text. */
  if (is_first && ends_quoted)
    return COT_REGISTRY_LINE_DONE;
  *end = quote;
  stripped = cot_registry_strip (behind (line, quote + 1));
  return stripped.length_bytes == 0 || stripped.data[0] == ';' ? COT_REGISTRY_LINE_DONE
                                                               : COT_REGISTRY_LINE_FOREIGN;
}

static CotRegistryLine
start_text (CotRegistryValue *self, CotSpan content, GString *message)
{
  gsize end;
  CotRegistryLine result = find_text_end (self, content, TRUE, &end);

  if (result == COT_REGISTRY_LINE_DONE)
    {
      finish_text (self, message, (CotSpan){ content.data, end });
      take_end (behind (content, end + 1), message);
    }
  if (result != COT_REGISTRY_LINE_OPEN)
    return result;
  self->open = COT_REGISTRY_OPEN_TEXT;
  g_string_truncate (self->text, 0);
  g_string_append_len (self->text, content.data, (gssize) content.length_bytes);
  return result;
}

static CotRegistryLine
go_on_with_text (CotRegistryValue *self, CotSpan line, GString *message)
{
  CotSpan stripped = cot_registry_strip (line);
  CotRegistryLine result;
  gsize end;

  if (begins_with (stripped, "[HKEY_") || begins_with (stripped, "[-HKEY_")
      || begins_with (stripped, "@=") || self->text->len > MAX_OPEN_BYTES
      || (self->dialect == COT_REGISTRY_DUMP && cot_registry_starts_value (stripped)))
    return COT_REGISTRY_LINE_FOREIGN;
  result = find_text_end (self, line, FALSE, &end);
  if (result == COT_REGISTRY_LINE_FOREIGN)
    return result;
  g_string_append_c (self->text, '\n');
  g_string_append_len (self->text, line.data, (gssize) end);
  if (result == COT_REGISTRY_LINE_OPEN)
    return result;
  self->open = COT_REGISTRY_OPEN_NOT;
  finish_text (self, message, (CotSpan){ self->text->str, self->text->len });
  take_end (behind (line, end + 1), message);
  return result;
}

static void
add_byte (CotRegistryValue *self, guint8 byte)
{
  if (self->data->len < MAX_DATA_BYTES)
    g_byte_array_append (self->data, &byte, 1);
  self->n_bytes++;
}

static void
add_half_byte (CotRegistryValue *self)
{
  if (self->half_byte >= 0)
    add_byte (self, (guint8) self->half_byte);
  self->half_byte = -1;
}

/* Returns whether it goes on behind the line. */
static gboolean
add_hex (CotRegistryValue *self, CotSpan line)
{
  gboolean goes_on = line.length_bytes > 0 && line.data[line.length_bytes - 1] == '\\';
  const char *end = line.data + line.length_bytes - (goes_on ? 1 : 0);

  for (const char *at = line.data; at < end && *at != ';'; at++)
    {
      int digit = g_ascii_xdigit_value (*at);

      if (digit < 0)
        {
          add_half_byte (self);
          self->is_bad = self->is_bad || (*at != ',' && !cot_is_blank (*at));
        }
      else if (self->half_byte < 0)
        self->half_byte = digit;
      else
        {
          add_byte (self, (guint8) (self->half_byte << 4 | digit));
          self->half_byte = -1;
        }
    }
  add_half_byte (self);
  return goes_on;
}

static void
finish_hex (CotRegistryValue *self, GString *message)
{
  begin_message (self, message);
  cot_registry_append_hex (self, message);
  if (self->is_bad)
    g_string_append (message, " [not all of it is hex]");
}

static CotRegistryLine
go_on_with_hex (CotRegistryValue *self, CotSpan line, GString *message)
{
  CotSpan stripped = cot_registry_strip (line);

  if (stripped.length_bytes == 0 || strchr ("\"@[", stripped.data[0]) != NULL)
    return COT_REGISTRY_LINE_FOREIGN;
  if (add_hex (self, stripped))
    return COT_REGISTRY_LINE_OPEN;
  self->open = COT_REGISTRY_OPEN_NOT;
  finish_hex (self, message);
  return COT_REGISTRY_LINE_DONE;
}

/* "hex:" or "hex(7):" */
static CotRegistryLine
start_hex (CotRegistryValue *self, CotSpan rest, GString *message)
{
  self->type = 3;
  rest = behind (rest, strlen ("hex"));
  if (rest.length_bytes > 0 && rest.data[0] == '(')
    {
      gsize n = 1;

      self->type = 0;
      for (; n < rest.length_bytes && n < 9 && g_ascii_isxdigit (rest.data[n]); n++)
        self->type = self->type << 4 | (guint) g_ascii_xdigit_value (rest.data[n]);
      if (n == 1 || n == rest.length_bytes || rest.data[n] != ')')
        return COT_REGISTRY_LINE_FOREIGN;
      rest = behind (rest, n + 1);
    }
  if (rest.length_bytes == 0 || rest.data[0] != ':')
    return COT_REGISTRY_LINE_FOREIGN;
  self->is_bad = FALSE;
  self->half_byte = -1;
  self->n_bytes = 0;
  g_byte_array_set_size (self->data, 0);
  if (add_hex (self, behind (rest, 1)))
    {
      self->open = COT_REGISTRY_OPEN_HEX;
      return COT_REGISTRY_LINE_OPEN;
    }
  finish_hex (self, message);
  return COT_REGISTRY_LINE_DONE;
}

/* As "%s:%0*x (%u)", which takes several times as long. */
static void
append_number (GString *message, const char *kind, gsize n_digits, guint64 value)
{
  char text[64];
  char *at = text + sizeof text;

  *--at = ')';
  for (guint64 rest = value; rest > 0 || *at == ')'; rest /= 10)
    *--at = (char) ('0' + rest % 10);
  *--at = '(';
  *--at = ' ';
  for (gsize i = 0; i < n_digits; i++)
    *--at = "0123456789abcdef"[value >> 4 * i & 15];
  *--at = ':';
  for (gsize i = strlen (kind); i > 0; i--)
    *--at = kind[i - 1];
  g_string_append_len (message, at, text + sizeof text - at);
}

static CotRegistryLine
start_number (CotRegistryValue *self, CotSpan rest, const char *kind, GString *message)
{
  gsize n_max = *kind == 'q' ? 16 : 8;
  guint64 value = 0;
  gsize n = 0;

  for (; n < rest.length_bytes && n < n_max && g_ascii_isxdigit (rest.data[n]); n++)
    value = value << 4 | (guint64) g_ascii_xdigit_value (rest.data[n]);
  begin_message (self, message);
  append_number (message, kind, n_max, value);
  return n > 0 && take_end (behind (rest, n), message) ? COT_REGISTRY_LINE_DONE
                                                       : COT_REGISTRY_LINE_FOREIGN;
}

CotRegistryLine
cot_registry_value_start (CotRegistryValue *self, CotSpan line, GString *message)
{
  CotSpan rest = cot_registry_strip (line);

  self->open = COT_REGISTRY_OPEN_NOT;
  self->is_bad = FALSE;
  if (!take_name (self, &rest) || rest.length_bytes == 0)
    return COT_REGISTRY_LINE_FOREIGN;
  if (rest.data[0] == '"')
    return start_text (self, behind (rest, 1), message);
  if (begins_with (rest, "hex"))
    return start_hex (self, rest, message);
  if (begins_with (rest, "dword:") || begins_with (rest, "qword:"))
    return start_number (self, cot_registry_strip (behind (rest, strlen ("dword:"))),
                         g_ascii_tolower (rest.data[0]) == 'q' ? "qword" : "dword", message);
  begin_message (self, message);
  if (begins_with (rest, "multi_sz:"))
    {
      g_string_append (message, "multi:");
      rest = behind (rest, strlen ("multi_sz:"));
      g_string_append_len (message, rest.data, (gssize) rest.length_bytes);
      return COT_REGISTRY_LINE_DONE;
    }
  g_string_append (message, "- (the value is deleted)");
  return rest.data[0] == '-' && take_end (behind (rest, 1), message) ? COT_REGISTRY_LINE_DONE
                                                                     : COT_REGISTRY_LINE_FOREIGN;
}

CotRegistryLine
cot_registry_value_go_on (CotRegistryValue *self, CotSpan line, GString *message)
{
  return self->open == COT_REGISTRY_OPEN_TEXT ? go_on_with_text (self, line, message)
                                              : go_on_with_hex (self, line, message);
}

void
cot_registry_value_break_off (CotRegistryValue *self, GString *message)
{
  if (self->open == COT_REGISTRY_OPEN_TEXT)
    {
      finish_text (self, message, (CotSpan){ self->text->str, self->text->len });
      g_string_truncate (message, message->len - 1);
    }
  else
    finish_hex (self, message);
  g_string_append (message, " [breaks off]");
  self->open = COT_REGISTRY_OPEN_NOT;
}

gboolean
cot_registry_starts_value (CotSpan line)
{
  CotSpan stripped = cot_registry_strip (line);

  return begins_with (stripped, "@=")
         || (stripped.length_bytes > 0 && stripped.data[0] == '"'
             && memmem (stripped.data, stripped.length_bytes, "\"=", 2) != NULL);
}
