/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The text form of instances of WMI classes, as clients write their status into the logs:
 * instance of X { Name = value; ... }; and lists of values: Name=value, Name=value. */

#include "cot-readable-private.h"

#include <string.h>

#define INSTANCE_OF "instance of "
/* Longer names are none. */
#define MAX_NAME_BYTES 64
/* Two values are read as easily where they stand. */
#define MIN_VALUES 3
#define MAX_VALUES 500
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

typedef struct
{
  CotSpan name;
  CotSpan value;
  gsize start;
  gsize end; /* behind the value */
  char separator; /* that stands behind the value: ',', ';', '&', '|', ' ' or none */
} Value;

/* Behind the value at @at: its closing quote, or the next separator. */
static gsize
value_end (const char *text, gsize length_bytes, gsize at)
{
  if (at < length_bytes && (text[at] == '"' || text[at] == '\''))
    {
      const char *close = memchr (text + at + 1, text[at], length_bytes - at - 1);

      if (close != NULL)
        return (gsize) (close - text) + 1;
    }
  while (at < length_bytes && strchr (",;&|\r\n", text[at]) == NULL)
    {
      /* A blank ends it where the next name stands behind. */
      if (text[at] == ' ' || text[at] == '\t')
        {
          gsize next = cot_layout_skip_blanks (text, length_bytes, at);
          gsize end = name_end (text, MIN (length_bytes, next + MAX_NAME_BYTES), next);

          if (end > next && end < length_bytes && text[end] == '=')
            return at;
          at = MAX (next, at + 1);
          continue;
        }
      at++;
    }
  return at;
}

static gboolean
read_one (const char *text, gsize length_bytes, gsize at, Value *value)
{
  gsize end = name_end (text, MIN (length_bytes, at + MAX_NAME_BYTES), at);
  gsize equals = end;
  gsize next;

  if (end == at || g_ascii_isdigit (text[at]) || (at > 0 && is_name_byte (text[at - 1])))
    return FALSE;
  while (equals < length_bytes && text[equals] == ' ')
    equals++;
  if (equals + 1 >= length_bytes || text[equals] != '=' || text[equals + 1] == '=')
    return FALSE;
  value->start = at;
  value->name = (CotSpan){ text + at, end - at };
  at = equals + 1;
  while (at < length_bytes && text[at] == ' ')
    at++;
  end = MAX (value_end (text, length_bytes, at), at);
  value->value = (CotSpan){ text + at, end - at };
  value->end = end;
  next = end;
  while (next < length_bytes && (text[next] == ' ' || text[next] == '\t'))
    next++;
  value->separator = next > end ? ' ' : '\0';
  if (next < length_bytes && strchr (",;&|", text[next]) != NULL)
    value->separator = text[next];
  return TRUE;
}

/* One separator, and no line between them: a list. A blank separates what has none inside. */
static gboolean
goes_on (const Value *value, const Value *next)
{
  if (value->separator == '\0' || value->value.length_bytes == 0)
    return FALSE;
  if (value->separator == ' ' && next->separator == ' '
      && memchr (value->value.data, ' ', value->value.length_bytes) != NULL
      && value->value.data[0] != '"' && value->value.data[0] != '\'')
    return FALSE;
  return next->separator == value->separator || next->separator == '\0'
         || next->separator == ' ' || value->separator == ' ';
}

/* Parts of the names of .NET assemblies, which every exception is full of. */
static gboolean
is_assembly_name (const Value *values, guint n_values)
{
  for (guint i = 0; i < n_values; i++)
    if (values[i].name.length_bytes == strlen ("PublicKeyToken")
        && memcmp (values[i].name.data, "PublicKeyToken", values[i].name.length_bytes) == 0)
      return TRUE;
  return FALSE;
}

static guint
read_list (const char *text, gsize length_bytes, gsize at, Value *values)
{
  guint n_values = 0;

  while (n_values < MAX_VALUES && read_one (text, length_bytes, at, &values[n_values]))
    {
      const Value *value = &values[n_values++];

      if (n_values > 1 && !goes_on (value - 1, value))
        return n_values - 1;
      at = value->end;
      while (at < length_bytes && text[at] != '\0' && strchr (" \t,;&|", text[at]) != NULL)
        at++;
    }
  return n_values;
}

static void
append_values (CotLayout *into, const Value *values, guint n_values)
{
  gsize width = 0;

  for (guint i = 0; i < n_values; i++)
    width = MAX (width, values[i].name.length_bytes);
  for (guint i = 0; i < n_values && !cot_layout_is_full (into); i++)
    {
      if (i > 0)
        cot_layout_new_line (into);
      g_string_append_printf (into->text, "%-*.*s = ", (int) MIN (width, 32),
                              (int) values[i].name.length_bytes, values[i].name.data);
      g_string_append_len (into->text, values[i].value.data,
                           (gssize) values[i].value.length_bytes);
    }
  into->n_things = n_values;
}

/*
 * cot_layout_values:
 * @into: where it goes
 * @text: a text
 * @length_bytes: its length
 * @start: (inout): where to look from; then where the list begins
 * @end: (out): behind the list
 *
 * Any thread.
 *
 * Returns: whether there is a list of at least three values
 */
gboolean
cot_layout_values (CotLayout *into, const char *text, gsize length_bytes, gsize *start, gsize *end)
{
  g_autofree Value *values = NULL;
  gsize at = *start;

  while (at < length_bytes)
    {
      const char *equals = memchr (text + at, '=', length_bytes - at);
      gsize name;
      guint n_values;

      if (equals == NULL)
        return FALSE;
      name = (gsize) (equals - text);
      while (name > at && text[name - 1] == ' ')
        name--;
      while (name > at && is_name_byte (text[name - 1]))
        name--;
      if (values == NULL)
        values = g_new (Value, MAX_VALUES);
      n_values = read_list (text, length_bytes, name, values);
      if (n_values >= MIN_VALUES && !is_assembly_name (values, n_values))
        {
          append_values (into, values, n_values);
          *start = values[0].start;
          *end = values[n_values - 1].end;
          return TRUE;
        }
      at = n_values > 0 ? MAX (values[n_values - 1].end, name + 1) : (gsize) (equals - text) + 1;
    }
  return FALSE;
}
