/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of values in a line of prose: Name=value, Name=value, Name=value. */

#include "cot-readable-private.h"

#include <string.h>

/* Longer names are none. */
#define MAX_NAME_BYTES 64
/* Two values are read as easily where they stand. */
#define MIN_VALUES 3
#define MAX_VALUES 500
/* "Current State = Installed": of so many words a name may be. */
#define MAX_NAME_WORDS 3

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

/* A name of several words has a blank before its "=". */
static gsize
words_end (const char *text, gsize length_bytes, gsize at)
{
  gsize first = name_end (text, length_bytes, at);
  gsize end = first;

  for (guint i = 1; i < MAX_NAME_WORDS && end + 2 < length_bytes && text[end] == ' '
                    && is_name_byte (text[end + 1]);
       i++)
    end = name_end (text, length_bytes, end + 1);
  return end + 1 < length_bytes && text[end] == ' ' && text[end + 1] == '=' ? end : first;
}

/* Where the name that ends before @at begins: further words of it are written with capitals. */
static gsize
name_start (const char *text, gsize from, gsize at)
{
  gsize start = at;

  while (start > from && is_name_byte (text[start - 1]))
    start--;
  for (guint i = 1; i < MAX_NAME_WORDS && at < start + MAX_NAME_BYTES && text[at] == ' '
                    && g_ascii_isupper (text[start]);
       i++)
    {
      gsize word = start;

      if (start < from + 2 || text[start - 1] != ' ' || !is_name_byte (text[start - 2]))
        break;
      for (word = start - 1; word > from && is_name_byte (text[word - 1]);)
        word--;
      if (!g_ascii_isupper (text[word]))
        break;
      start = word;
    }
  return start;
}

static gboolean
read_one (const char *text, gsize length_bytes, gsize at, Value *value)
{
  gsize end = words_end (text, MIN (length_bytes, at + MAX_NAME_BYTES), at);
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
      name = name_start (text, at, name);
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
