/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds what can be laid out in a message, and what stands around it. */

#include "cot-readable-private.h"

#include <string.h>

#include "cot-decoder.h"

#define MAX_INDENT (2 * COT_LAYOUT_MAX_DEPTH)
/* What looks like a beginning costs a look at what follows: no more than this often the length of
 * the message. What does nothing but begin stays as it was written from there on. */
#define MAX_LOOKS_PER_BYTE 8
/* In bytes: what the look costs where there is nothing. */
#define LOOK_COST 32
/* What follows more of them stays as it was written. */
#define MAX_PARTS 1000
#define MAX_BYTES (4 * 1024 * 1024)
#define BYTES_PER_ROW 16

void
cot_layout_init (CotLayout *self, guint indent, guint level)
{
  *self = (CotLayout){ .text = g_string_new (NULL), .indent = indent, .level = level };
}

void
cot_layout_clear (CotLayout *self)
{
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  self->text = NULL;
}

void
cot_layout_new_line (CotLayout *self)
{
  g_string_append_c (self->text, '\n');
  for (guint i = 0; i < MIN (self->indent, MAX_INDENT); i++)
    g_string_append (self->text, "  ");
}

void
cot_layout_append_lines (CotLayout *self, const char *text, gsize length_bytes)
{
  gsize at = 0;

  self->indent++;
  while (at < length_bytes && !cot_layout_is_full (self))
    {
      const char *line_end = memchr (text + at, '\n', length_bytes - at);
      gsize end = line_end != NULL ? (gsize) (line_end - text) : length_bytes;
      gsize last = end > at && text[end - 1] == '\r' ? end - 1 : end;

      cot_layout_new_line (self);
      g_string_append_len (self->text, text + at, (gssize) (last - at));
      at = end + 1;
    }
  self->indent--;
}

gboolean
cot_layout_is_full (CotLayout *self)
{
  if (self->text->len < COT_LAYOUT_MAX_BYTES)
    return FALSE;
  self->flags |= COT_READABLE_CUT;
  return TRUE;
}

/* What begins with this character; COT_READABLE_TEXT: nothing. */
static CotReadableKind
guess_kind (const char *text, gsize length_bytes, gsize at)
{
  static const char instance[] = "instance of ";

  switch (text[at])
    {
    case '{':
    case '[':
      return COT_READABLE_JSON;
    case '<':
      return COT_READABLE_XML;
    case 'i':
    case 'I':
      if (length_bytes - at > strlen (instance) && (at == 0 || !g_ascii_isalnum (text[at - 1]))
          && g_ascii_strncasecmp (text + at, instance, strlen (instance)) == 0)
        return COT_READABLE_MOF;
      break;
    default:
      break;
    }
  return COT_READABLE_TEXT;
}

static gsize
lay_out (CotLayout *into, CotReadableKind kind, const char *text, gsize length_bytes)
{
  switch (kind)
    {
    case COT_READABLE_JSON:
      return cot_layout_json (into, text, length_bytes);
    case COT_READABLE_XML:
      return cot_layout_xml (into, text, length_bytes);
    case COT_READABLE_MOF:
      return cot_layout_mof (into, text, length_bytes);
    case COT_READABLE_TEXT:
    case COT_READABLE_VALUES:
    default:
      return 0;
    }
}

/* One element or value alone reads as well in its line. */
static gboolean
is_worth_it (const CotLayout *layout, CotReadableKind kind)
{
  return layout->n_things >= (kind == COT_READABLE_XML ? 2u : 1u);
}

gboolean
cot_layout_whole (CotLayout *into, const char *text, gsize length_bytes)
{
  gsize start = cot_layout_skip_blanks (text, length_bytes, 0);
  CotReadableKind kind = start < length_bytes ? guess_kind (text, length_bytes, start)
                                              : COT_READABLE_TEXT;
  gsize end = start + lay_out (into, kind, text + start, length_bytes - start);

  return into->flags == 0 && is_worth_it (into, kind)
         && cot_layout_skip_blanks (text, length_bytes, end) == length_bytes;
}

static void
part_free (gpointer data)
{
  CotReadablePart *part = data;

  g_free (part->text);
  g_free (part);
}

static void
add_part (CotReadable *self, CotReadableKind kind, CotReadableFlags flags, const char *text,
          gsize length_bytes)
{
  CotReadablePart *part = g_new0 (CotReadablePart, 1);
  GString *visible = g_string_sized_new (length_bytes + 1);

  /* A line that was begun for what is none. */
  while (flags != 0 && length_bytes > 0 && cot_layout_is_blank (text[length_bytes - 1]))
    length_bytes--;
  cot_text_append_visible (visible, text, (gssize) length_bytes, TRUE);
  part->kind = kind;
  part->flags = flags;
  part->text = g_string_free (visible, FALSE);
  if (kind != COT_READABLE_TEXT)
    self->kinds |= 1u << kind;
  g_ptr_array_add (self->parts, part);
}

static void
add_text (CotReadable *self, const char *text, gsize length_bytes)
{
  gsize start = cot_layout_skip_blanks (text, length_bytes, 0);

  while (length_bytes > start && cot_layout_is_blank (text[length_bytes - 1]))
    length_bytes--;
  if (length_bytes > start)
    add_part (self, COT_READABLE_TEXT, 0, text + start, length_bytes - start);
}

/* What stands around the documents may still hold lists of values. */
static void
add_surroundings (CotReadable *self, const char *text, gsize length_bytes)
{
  gsize at = 0;

  for (;;)
    {
      g_auto (CotLayout) layout = { 0 };
      gsize start = at;
      gsize end;

      cot_layout_init (&layout, 0, 0);
      if (self->parts->len >= MAX_PARTS
          || !cot_layout_values (&layout, text, length_bytes, &start, &end))
        break;
      add_text (self, text + at, start - at);
      add_part (self, COT_READABLE_VALUES, layout.flags, layout.text->str, layout.text->len);
      at = end;
    }
  add_text (self, text + at, length_bytes - at);
}

static void
find_parts (CotReadable *self, const char *text, gsize length_bytes, GCancellable *cancellable)
{
  gsize looks_left = MAX_LOOKS_PER_BYTE * (length_bytes + 1024);
  gsize n_bytes_out = 0;
  gsize shown = 0;
  gsize at = 0;

  while (at < length_bytes && self->parts->len < MAX_PARTS && n_bytes_out < MAX_BYTES)
    {
      CotReadableKind kind = guess_kind (text, length_bytes, at);
      g_auto (CotLayout) layout = { 0 };
      gsize n_bytes;
      gsize cost;

      if (kind == COT_READABLE_TEXT)
        {
          at++;
          continue;
        }
      if (g_cancellable_is_cancelled (cancellable))
        break;
      cot_layout_init (&layout, 0, 0);
      n_bytes = lay_out (&layout, kind, text + at, length_bytes - at);
      if (is_worth_it (&layout, kind))
        {
          add_surroundings (self, text + shown, at - shown);
          add_part (self, kind, layout.flags, layout.text->str, layout.text->len);
          n_bytes_out += layout.text->len;
          at += n_bytes;
          shown = at;
          continue;
        }
      at++;
      cost = n_bytes + layout.text->len + LOOK_COST;
      if (cost >= looks_left)
        break;
      looks_left -= cost;
    }
  add_surroundings (self, text + shown, length_bytes - shown);
}

/**
 * cot_readable_new:
 * @text: (array length=length_bytes): a message as it was written, in UTF-8
 * @length_bytes: its length
 * @cancellable: (nullable): a cancellable
 *
 * Finds all that can be laid out or decoded in a message. What breaks is laid out up to where it
 * does, and the rest follows as it was written. It costs a few looks at each byte, whatever they
 * are. What is cancelled is as if it ended there. Any thread.
 *
 * Returns: (transfer full): what was found
 */
CotReadable *
cot_readable_new (const char *text, gsize length_bytes, GCancellable *cancellable)
{
  CotReadable *self = g_new0 (CotReadable, 1);

  self->parts = g_ptr_array_new_with_free_func (part_free);
  self->blobs = g_ptr_array_new ();
  find_parts (self, text, length_bytes, cancellable);
  cot_blobs_find (self->blobs, text, length_bytes, cancellable);
  return self;
}

/**
 * cot_readable_free:
 * @self: (transfer full) (nullable): what was found
 *
 * Frees it.
 */
void
cot_readable_free (CotReadable *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->parts);
  g_ptr_array_unref (self->blobs);
  g_free (self);
}

/**
 * cot_readable_append_bytes:
 * @into: grows by whole lines
 * @bytes: (array length=n_bytes): any bytes
 * @n_bytes: their number
 * @offset: of the first one, for the column of offsets
 *
 * Any thread.
 */
void
cot_readable_append_bytes (GString *into, const void *bytes, gsize n_bytes, guint64 offset)
{
  static const char digits[] = "0123456789abcdef";
  const guint8 *data = bytes;

  for (gsize row = 0; row < n_bytes; row += BYTES_PER_ROW)
    {
      char hex[3 * BYTES_PER_ROW + 2];
      char text[BYTES_PER_ROW + 1] = { 0 };
      gsize n = MIN (n_bytes - row, BYTES_PER_ROW);
      char *at = hex;

      memset (hex, ' ', sizeof hex);
      for (gsize i = 0; i < n; i++)
        {
          guint8 byte = data[row + i];

          at = hex + 3 * i + (i >= BYTES_PER_ROW / 2 ? 1 : 0);
          at[0] = digits[byte >> 4];
          at[1] = digits[byte & 15];
          text[i] = g_ascii_isprint ((char) byte) ? (char) byte : '.';
        }
      g_string_append_printf (into, "%08" G_GINT64_MODIFIER "x  %.*s %s\n", offset + row,
                              (int) sizeof hex, hex, text);
    }
}
