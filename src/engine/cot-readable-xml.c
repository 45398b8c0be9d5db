/* SPDX-License-Identifier: GPL-3.0-or-later */

/* XML, as messages between client and site stand in the logs: in one line. Only the shape is
 * read: nothing is looked up, nothing is replaced, and no entity grows. */

#include "cot-readable-private.h"

#include <string.h>

/* A tag that is longer has a line for each of its attributes. */
#define MAX_TAG_BYTES 100

typedef struct
{
  const char *text;
  gsize length_bytes;
  gsize at;
  CotSpan open[COT_LAYOUT_MAX_DEPTH]; /* the names of the elements that are open */
  guint depth;
  gboolean in_line; /* what was read last is a tag that may be closed in its line */
  gboolean done; /* the outermost element is closed */
  CotLayout *into;
} Reader;

static gboolean
is_name_start (char byte)
{
  return g_ascii_isalpha (byte) || byte == '_' || (guint8) byte >= 0x80;
}

static gsize
name_end (const Reader *self, gsize at)
{
  while (at < self->length_bytes
         && (is_name_start (self->text[at]) || g_ascii_isdigit (self->text[at])
             || self->text[at] == '-' || self->text[at] == '.' || self->text[at] == ':'))
    at++;
  return at;
}

static gboolean
starts_with (const Reader *self, gsize at, const char *what)
{
  gsize length = strlen (what);

  return self->length_bytes - at >= length && memcmp (self->text + at, what, length) == 0;
}

/* Behind the next @what from @at on; 0: there is none. */
static gsize
find_behind (const Reader *self, gsize at, const char *what)
{
  const char *found
      = memmem (self->text + at, self->length_bytes - at, what, strlen (what));

  return found != NULL ? (gsize) (found - self->text) + strlen (what) : 0;
}

/* Behind the attribute at @at; 0: it is none. */
static gsize
attribute_end (const Reader *self, gsize at)
{
  gsize end = name_end (self, at);
  const char *close;

  if (!is_name_start (self->text[at]))
    return 0;
  end = cot_layout_skip_blanks (self->text, self->length_bytes, end);
  if (end == self->length_bytes || self->text[end] != '=')
    return 0;
  end = cot_layout_skip_blanks (self->text, self->length_bytes, end + 1);
  if (end == self->length_bytes || (self->text[end] != '"' && self->text[end] != '\''))
    return 0;
  close = memchr (self->text + end + 1, self->text[end], self->length_bytes - end - 1);
  return close != NULL ? (gsize) (close - self->text) + 1 : 0;
}

/* Where the tag at @at ends; 0: it is none. What follows its name is one attribute after the
 * other. */
static gsize
tag_end (const Reader *self, gsize at, guint *n_attributes)
{
  gsize end = name_end (self, at + 1);

  *n_attributes = 0;
  for (;;)
    {
      gsize next = cot_layout_skip_blanks (self->text, self->length_bytes, end);

      if (next == self->length_bytes)
        return 0;
      if (self->text[next] == '>')
        return next + 1;
      if (starts_with (self, next, "/>"))
        return next + 2;
      end = next > end ? attribute_end (self, next) : 0;
      if (end == 0)
        return 0;
      (*n_attributes)++;
    }
}

static void
append_span (CotLayout *into, const Reader *self, gsize from, gsize to)
{
  g_string_append_len (into->text, self->text + from, (gssize) (to - from));
}

static void
append_tag (Reader *self, gsize end)
{
  CotLayout *into = self->into;
  gsize at = name_end (self, self->at + 1);

  append_span (into, self, self->at, at);
  for (;;)
    {
      gsize next = cot_layout_skip_blanks (self->text, end, at);

      if (self->text[next] == '>' || self->text[next] == '/')
        {
          append_span (into, self, next, end);
          return;
        }
      if (end - self->at > MAX_TAG_BYTES)
        {
          into->indent += 2;
          cot_layout_new_line (into);
          into->indent -= 2;
        }
      else
        {
          g_string_append_c (into->text, ' ');
        }
      at = attribute_end (self, next);
      append_span (into, self, next, at);
    }
}

static gboolean
closes (const Reader *self, gsize at, CotSpan name)
{
  gsize end = at + 2 + name.length_bytes;

  return starts_with (self, at, "</") && end < self->length_bytes
         && memcmp (self->text + at + 2, name.data, name.length_bytes) == 0
         && self->text[cot_layout_skip_blanks (self->text, self->length_bytes - 1, end)] == '>';
}

/* Text of one line between two tags of the same element stays in their line. */
static void
append_short_text (Reader *self)
{
  const char *less = memchr (self->text + self->at, '<', self->length_bytes - self->at);
  gsize end;

  if (less == NULL)
    return;
  end = (gsize) (less - self->text);
  if (!closes (self, end, self->open[self->depth - 1])
      || memchr (self->text + self->at, '\n', end - self->at) != NULL)
    return;
  append_span (self->into, self, self->at, end);
  self->at = end;
}

static gboolean
read_tag (Reader *self)
{
  guint n_attributes;
  gsize end = tag_end (self, self->at, &n_attributes);

  if (end == 0)
    return FALSE;
  if (self->depth == COT_LAYOUT_MAX_DEPTH)
    {
      self->into->flags |= COT_READABLE_DEEP;
      return FALSE;
    }
  if (self->into->text->len > 0)
    cot_layout_new_line (self->into);
  append_tag (self, end);
  self->into->n_things += n_attributes;
  if (self->text[end - 2] == '/')
    {
      self->into->n_things++;
      self->done = self->depth == 0;
      self->in_line = FALSE;
      self->at = end;
      return TRUE;
    }
  self->in_line = TRUE;
  self->open[self->depth++] = (CotSpan){ self->text + self->at + 1,
                                         name_end (self, self->at + 1) - self->at - 1 };
  self->into->indent++;
  self->at = end;
  append_short_text (self);
  return TRUE;
}

static gboolean
read_close (Reader *self)
{
  const char *close;
  gsize end;

  if (self->depth == 0 || !closes (self, self->at, self->open[self->depth - 1]))
    return FALSE;
  self->depth--;
  self->into->indent--;
  if (!self->in_line)
    cot_layout_new_line (self->into);
  close = memchr (self->text + self->at, '>', self->length_bytes - self->at);
  end = (gsize) (close - self->text) + 1;
  append_span (self->into, self, self->at, end);
  self->at = end;
  self->into->n_things++;
  self->done = self->depth == 0;
  return TRUE;
}

/* A comment, a declaration, an instruction or characters that are none of a tag. */
static gboolean
read_other (Reader *self)
{
  static const struct
  {
    const char *opener;
    const char *closer;
  } others[] = {
    { "<?", "?>" }, { "<!--", "-->" }, { "<![CDATA[", "]]>" }, { "<!DOCTYPE", ">" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      gsize end;

      if (!starts_with (self, self->at, others[i].opener))
        continue;
      end = find_behind (self, self->at, others[i].closer);
      if (self->into->text->len > 0)
        cot_layout_new_line (self->into);
      append_span (self->into, self, self->at, end > 0 ? end : self->length_bytes);
      self->at = end > 0 ? end : self->length_bytes;
      return end > 0;
    }
  return FALSE;
}

static void
read_text (Reader *self)
{
  const char *less = memchr (self->text + self->at, '<', self->length_bytes - self->at);
  gsize end = less != NULL ? (gsize) (less - self->text) : self->length_bytes;
  gsize last = end;

  while (last > self->at && cot_layout_is_blank (self->text[last - 1]))
    last--;
  /* The line end before the first line is no text, but what it is indented by is. */
  self->at = MIN (cot_layout_skip_blanks (self->text, end, self->at), last);
  if (last > self->at)
    {
      self->into->indent--;
      cot_layout_append_lines (self->into, self->text + self->at, last - self->at);
      self->into->indent++;
    }
  self->at = end;
}

static gboolean
step (Reader *self)
{
  gboolean is_tag = self->text[self->at] == '<' && self->length_bytes - self->at > 1
                    && is_name_start (self->text[self->at + 1]);
  gboolean fine;

  if (is_tag)
    fine = read_tag (self);
  else if (starts_with (self, self->at, "</"))
    fine = read_close (self);
  else if (self->text[self->at] == '<')
    fine = read_other (self);
  else if (self->depth > 0)
    {
      read_text (self);
      fine = TRUE;
    }
  else
    fine = FALSE;
  self->in_line = is_tag && self->in_line;
  return fine;
}

/*
 * cot_layout_xml:
 * @into: where it goes
 * @text: begins with "<"
 * @length_bytes: what there is of it, and of what follows
 *
 * Any thread.
 *
 * Returns: how much of @text was laid out
 */
gsize
cot_layout_xml (CotLayout *into, const char *text, gsize length_bytes)
{
  Reader self = { .text = text, .length_bytes = length_bytes, .into = into };
  guint indent = into->indent;

  if (length_bytes < 4 || (!is_name_start (text[1]) && text[1] != '?' && text[1] != '!'))
    return 0;
  while (!self.done && !cot_layout_is_full (into))
    {
      gsize next = cot_layout_skip_blanks (text, length_bytes, self.at);

      if (next < length_bytes && text[next] == '<')
        self.at = next;
      if (next == length_bytes || !step (&self))
        {
          if ((into->flags & COT_READABLE_DEEP) == 0)
            into->flags |= COT_READABLE_BROKEN;
          break;
        }
    }
  into->indent = indent;
  return self.at;
}
