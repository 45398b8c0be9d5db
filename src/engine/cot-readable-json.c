/* SPDX-License-Identifier: GPL-3.0-or-later */

/* JSON, as agents write it into their logs: often one line of many thousand characters, and often
 * with more JSON in its strings. */

#include "cot-readable-private.h"

#include <string.h>

typedef enum
{
  STATE_VALUE,
  STATE_VALUE_OR_END,
  STATE_KEY,
  STATE_KEY_OR_END,
  STATE_AFTER,
} State;

typedef struct
{
  const char *text;
  gsize length_bytes;
  gsize at;
  char closers[COT_LAYOUT_MAX_DEPTH];
  guint depth;
  CotLayout *into;
} Reader;

static gunichar
read_hex4 (const Reader *self, gsize at)
{
  gunichar value = 0;

  if (self->length_bytes - at < 4)
    return (gunichar) -1;
  for (gsize i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (self->text[at + i]);

      if (digit < 0)
        return (gunichar) -1;
      value = value * 16 + (gunichar) digit;
    }
  return value;
}

/* What "\uXXXX" at @at is, two of them together where need be. Half a pair stays as written. */
static gsize
append_unicode (const Reader *self, gsize at, GString *into)
{
  gunichar character = read_hex4 (self, at + 2);
  gsize n_bytes = 6;

  if (character == (gunichar) -1)
    return 0;
  if (character >= 0xd800 && character < 0xdc00 && self->length_bytes - at >= 12
      && self->text[at + 6] == '\\' && self->text[at + 7] == 'u')
    {
      gunichar low = read_hex4 (self, at + 8);

      if (low >= 0xdc00 && low < 0xe000)
        {
          character = 0x10000 + ((character - 0xd800) << 10) + (low - 0xdc00);
          n_bytes = 12;
        }
    }
  if (g_unichar_validate (character))
    g_string_append_unichar (into, character);
  else
    g_string_append_len (into, self->text + at, (gssize) n_bytes);
  return n_bytes;
}

/* How many bytes the escape at @at takes; 0: it is none. */
static gsize
append_escape (const Reader *self, gsize at, GString *into)
{
  static const char names[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *name;

  if (at + 1 >= self->length_bytes)
    return 0;
  if (self->text[at + 1] == 'u')
    return append_unicode (self, at, into);
  name = self->text[at + 1] != '\0' ? strchr (names, self->text[at + 1]) : NULL;
  if (name == NULL)
    return 0;
  g_string_append_c (into, meanings[name - names]);
  return 2;
}

/* The string at self->at; what it says goes into @said. FALSE where it has no end. */
static gboolean
read_string (Reader *self, GString *said)
{
  gsize at = self->at + 1;

  while (at < self->length_bytes && self->text[at] != '"')
    {
      gsize start = at;
      gsize n_bytes;

      while (at < self->length_bytes && self->text[at] != '"' && self->text[at] != '\\')
        at++;
      g_string_append_len (said, self->text + start, (gssize) (at - start));
      if (at >= self->length_bytes || self->text[at] == '"')
        continue;
      n_bytes = append_escape (self, at, said);
      /* Paths of Windows in what a script wrote by hand. */
      if (n_bytes == 0)
        g_string_append_c (said, '\\');
      at += MAX (n_bytes, 1u);
    }
  self->at = MIN (at + 1, self->length_bytes);
  return at < self->length_bytes;
}

static gboolean
has_line_inside (const GString *text)
{
  const char *line_end = memchr (text->str, '\n', text->len);

  return line_end != NULL && line_end + 1 < text->str + text->len;
}

static void
append_string (Reader *self, const GString *said)
{
  CotLayout *into = self->into;
  g_auto (CotLayout) inner = { 0 };

  cot_layout_init (&inner, into->indent, into->level + 1);
  g_string_append_c (into->text, '"');
  if (inner.level < COT_LAYOUT_MAX_LEVELS && cot_layout_whole (&inner, said->str, said->len))
    {
      g_string_append_len (into->text, inner.text->str, (gssize) inner.text->len);
    }
  else if (has_line_inside (said))
    {
      cot_layout_append_lines (into, said->str, said->len);
      cot_layout_new_line (into);
    }
  else
    {
      g_string_append_len (into->text, said->str, (gssize) said->len);
    }
  g_string_append_c (into->text, '"');
}

/* A number, true, false or null; 0: none of them. */
static gsize
measure_word (const Reader *self)
{
  static const char *const words[] = { "true", "false", "null" };
  const char *text = self->text + self->at;
  gsize length = self->length_bytes - self->at;
  gsize n_bytes = 0;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (length >= strlen (words[i]) && memcmp (text, words[i], strlen (words[i])) == 0)
      return strlen (words[i]);
  if (length == 0 || (text[0] != '-' && !g_ascii_isdigit (text[0])))
    return 0;
  while (n_bytes < length
         && (g_ascii_isdigit (text[n_bytes]) || memchr ("+-.eE", text[n_bytes], 5) != NULL))
    n_bytes++;
  return n_bytes;
}

static gboolean
open_one (Reader *self, char opener, State *state)
{
  if (self->depth == COT_LAYOUT_MAX_DEPTH)
    {
      self->into->flags |= COT_READABLE_DEEP;
      return FALSE;
    }
  self->closers[self->depth++] = opener == '{' ? '}' : ']';
  g_string_append_c (self->into->text, opener);
  self->into->indent++;
  self->at++;
  *state = opener == '{' ? STATE_KEY_OR_END : STATE_VALUE_OR_END;
  return TRUE;
}

static gboolean
close_one (Reader *self, gboolean empty)
{
  char closer = self->closers[self->depth - 1];

  if (self->text[self->at] != closer)
    return FALSE;
  self->depth--;
  self->into->indent--;
  if (!empty)
    cot_layout_new_line (self->into);
  g_string_append_c (self->into->text, closer);
  self->at++;
  return TRUE;
}

static gboolean
read_value (Reader *self, State *state)
{
  g_autoptr (GString) said = NULL;
  char byte = self->text[self->at];
  gsize n_bytes;

  if (byte == '{' || byte == '[')
    return open_one (self, byte, state);
  *state = STATE_AFTER;
  if (byte == '"')
    {
      gboolean whole;

      said = g_string_new (NULL);
      whole = read_string (self, said);
      append_string (self, said);
      /* Two words in a list are one, too. */
      if (self->closers[self->depth - 1] == ']' && self->at < self->length_bytes
          && self->text[self->at] == ',')
        self->into->n_things++;
      return whole;
    }
  n_bytes = measure_word (self);
  g_string_append_len (self->into->text, self->text + self->at, (gssize) n_bytes);
  self->at += n_bytes;
  return n_bytes > 0;
}

static gboolean
read_key (Reader *self)
{
  g_autoptr (GString) said = g_string_new (NULL);
  gsize start = self->at;
  gsize colon;

  if (self->text[self->at] != '"')
    return FALSE;
  colon = self->length_bytes;
  if (read_string (self, said))
    colon = cot_layout_skip_blanks (self->text, self->length_bytes, self->at);
  if (colon == self->length_bytes || self->text[colon] != ':')
    {
      self->at = start;
      return FALSE;
    }
  g_string_append_c (self->into->text, '"');
  g_string_append_len (self->into->text, said->str, (gssize) said->len);
  g_string_append (self->into->text, "\": ");
  self->at = colon + 1;
  self->into->n_things++;
  return TRUE;
}

static gboolean
step (Reader *self, State *state)
{
  char byte = self->text[self->at];
  gboolean may_end = *state == STATE_AFTER || *state == STATE_VALUE_OR_END
                     || *state == STATE_KEY_OR_END;

  if (may_end && (byte == '}' || byte == ']'))
    {
      gboolean empty = *state != STATE_AFTER;

      *state = STATE_AFTER;
      return close_one (self, empty);
    }
  if (*state == STATE_AFTER)
    {
      if (byte != ',')
        return FALSE;
      g_string_append_c (self->into->text, ',');
      self->at++;
      *state = self->closers[self->depth - 1] == '}' ? STATE_KEY : STATE_VALUE;
      return TRUE;
    }
  /* A value stands behind its key, or on a line of its own. */
  if (*state == STATE_KEY || *state == STATE_KEY_OR_END || self->closers[self->depth - 1] == ']')
    cot_layout_new_line (self->into);
  if (*state == STATE_KEY || *state == STATE_KEY_OR_END)
    {
      if (!read_key (self))
        return FALSE;
      self->at = cot_layout_skip_blanks (self->text, self->length_bytes, self->at);
      if (self->at == self->length_bytes)
        return FALSE;
    }
  return read_value (self, state);
}

/*
 * cot_layout_json:
 * @into: where it goes
 * @text: begins with "{" or "["
 * @length_bytes: what there is of it, and of what follows
 *
 * A list of at least two strings, or anything with a member, is worth it. Any thread.
 *
 * Returns: how much of @text was laid out
 */
gsize
cot_layout_json (CotLayout *into, const char *text, gsize length_bytes)
{
  Reader self = { .text = text, .length_bytes = length_bytes, .into = into };
  State state = STATE_VALUE;

  if (length_bytes == 0 || !open_one (&self, text[0], &state))
    return 0;
  while (self.depth > 0)
    {
      gsize next = cot_layout_skip_blanks (text, length_bytes, self.at);

      if (cot_layout_is_full (into))
        break;
      self.at = next;
      if (next == length_bytes || !step (&self, &state))
        {
          if ((into->flags & COT_READABLE_DEEP) == 0)
            into->flags |= COT_READABLE_BROKEN;
          break;
        }
    }
  into->indent -= self.depth;
  return self.at;
}
