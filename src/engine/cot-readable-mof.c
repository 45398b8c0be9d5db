/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The text form of instances of WMI classes, as clients write their status into the logs:
 * instance of X { Name = value; ... }; */

#include "cot-readable-private.h"

#include <string.h>

#define INSTANCE_OF "instance of "
#define DATETIME_BYTES 25

typedef struct
{
  const char *text;
  gsize length_bytes;
  gsize at;
  guint depth;
  gboolean is_list[COT_LAYOUT_MAX_DEPTH]; /* of values; else an instance */
  CotLayout *into;
} Reader;

static gboolean
is_name_byte (char byte)
{
  return g_ascii_isalnum (byte) || byte == '_';
}

static gsize
name_end (const char *text, gsize length_bytes, gsize at)
{
  while (at < length_bytes && is_name_byte (text[at]))
    at++;
  return at;
}

static void
append_span (Reader *self, gsize end)
{
  g_string_append_len (self->into->text, self->text + self->at, (gssize) (end - self->at));
  self->at = end;
}

/* "20131014134046.590000+000": what it is for people goes behind it. */
static void
append_moment (GString *into, const char *value, gsize length_bytes)
{
  int offset;

  if (length_bytes != DATETIME_BYTES || value[14] != '.'
      || (value[21] != '+' && value[21] != '-'))
    return;
  for (gsize i = 0; i < DATETIME_BYTES; i++)
    if (i != 14 && i != 21 && !g_ascii_isdigit (value[i]))
      return;
  offset = (value[22] - '0') * 100 + (value[23] - '0') * 10 + value[24] - '0';
  g_string_append_printf (into, "  (%.4s-%.2s-%.2s %.2s:%.2s:%.2s", value, value + 4, value + 6,
                          value + 8, value + 10, value + 12);
  /* Here it is east of Greenwich that is positive. */
  if (offset == 0)
    g_string_append (into, " UTC)");
  else
    g_string_append_printf (into, ", UTC%c%02d:%02d)", value[21], offset / 60, offset % 60);
}

/* A string; \" and \\ are what they stand for. FALSE where it has no end. */
static gboolean
read_string (Reader *self)
{
  g_autoptr (GString) said = g_string_new (NULL);
  gsize at = self->at + 1;

  for (; at < self->length_bytes && self->text[at] != '"'; at++)
    {
      if (self->text[at] == '\\' && at + 1 < self->length_bytes
          && (self->text[at + 1] == '"' || self->text[at + 1] == '\\'))
        at++;
      g_string_append_c (said, self->text[at]);
    }
  g_string_append_c (self->into->text, '"');
  g_string_append_len (self->into->text, said->str, (gssize) said->len);
  self->at = MIN (at + 1, self->length_bytes);
  if (at >= self->length_bytes)
    return FALSE;
  g_string_append_c (self->into->text, '"');
  append_moment (self->into->text, said->str, said->len);
  return TRUE;
}

static gboolean
open_one (Reader *self, gboolean is_list)
{
  if (self->depth == COT_LAYOUT_MAX_DEPTH)
    {
      self->into->flags |= COT_READABLE_DEEP;
      return FALSE;
    }
  self->is_list[self->depth++] = is_list;
  append_span (self, self->at + 1);
  self->into->indent++;
  return TRUE;
}

static gboolean
starts_instance (const Reader *self)
{
  return self->length_bytes - self->at > strlen (INSTANCE_OF)
         && g_ascii_strncasecmp (self->text + self->at, INSTANCE_OF, strlen (INSTANCE_OF)) == 0;
}

/* "instance of X {". */
static gboolean
read_instance (Reader *self)
{
  gsize name = self->at + strlen (INSTANCE_OF);
  gsize end = name_end (self->text, self->length_bytes, name);
  gsize brace = cot_layout_skip_blanks (self->text, self->length_bytes, end);

  if (end == name || brace == self->length_bytes || self->text[brace] != '{')
    return FALSE;
  append_span (self, end);
  cot_layout_new_line (self->into);
  self->at = brace;
  return open_one (self, FALSE);
}

/* A name and its "="; the value may be anything that read_value() knows. */
static gboolean
read_name (Reader *self)
{
  gsize end = name_end (self->text, self->length_bytes, self->at);
  gsize equals = cot_layout_skip_blanks (self->text, self->length_bytes, end);

  if (end == self->at || equals == self->length_bytes || self->text[equals] != '=')
    return FALSE;
  append_span (self, end);
  g_string_append (self->into->text, " = ");
  self->at = cot_layout_skip_blanks (self->text, self->length_bytes, equals + 1);
  self->into->n_things++;
  return TRUE;
}

static gboolean
read_value (Reader *self)
{
  gsize end = self->at;

  if (self->at == self->length_bytes)
    return FALSE;
  if (self->text[self->at] == '{')
    return open_one (self, TRUE);
  if (self->text[self->at] == '"')
    return read_string (self);
  if (starts_instance (self))
    return read_instance (self);
  while (end < self->length_bytes && strchr (";,{}\"= \t\r\n", self->text[end]) == NULL)
    end++;
  if (end == self->at)
    return FALSE;
  append_span (self, end);
  return TRUE;
}

static gboolean
step (Reader *self)
{
  gboolean is_list = self->is_list[self->depth - 1];
  char byte = self->text[self->at];

  if (byte == '}')
    {
      self->depth--;
      self->into->indent--;
      cot_layout_new_line (self->into);
      append_span (self, self->at + 1);
      return TRUE;
    }
  if (byte == ';' || byte == ',')
    {
      append_span (self, self->at + 1);
      return TRUE;
    }
  cot_layout_new_line (self->into);
  return (is_list || read_name (self)) && read_value (self);
}

/*
 * cot_layout_mof:
 * @into: where it goes
 * @text: begins with "instance of"
 * @length_bytes: what there is of it, and of what follows
 *
 * Any thread.
 *
 * Returns: how much of @text was laid out
 */
gsize
cot_layout_mof (CotLayout *into, const char *text, gsize length_bytes)
{
  Reader self = { .text = text, .length_bytes = length_bytes, .into = into };
  guint indent = into->indent;

  if (!starts_instance (&self) || !read_instance (&self))
    return 0;
  while (self.depth > 0 && !cot_layout_is_full (into))
    {
      self.at = cot_layout_skip_blanks (text, length_bytes, self.at);
      if (self.at == length_bytes || !step (&self))
        {
          if ((into->flags & COT_READABLE_DEEP) == 0)
            into->flags |= COT_READABLE_BROKEN;
          break;
        }
    }
  if (into->flags == 0 && self.at < length_bytes && text[self.at] == ';')
    append_span (&self, self.at + 1);
  into->indent = indent;
  return self.at;
}
