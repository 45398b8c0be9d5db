/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A name hides from a plain search where it was wrapped for an address, a page or a document of
 * JSON. A view is the text without that; it knows what each byte was made of. */

#include "cot-mask-private.h"

#include <string.h>

static void
append (CotMaskView *self, const char *bytes, gsize n, guint32 start)
{
  g_string_append_len (self->text, bytes, (gssize) n);
  for (gsize i = 0; i < n; i++)
    g_array_append_val (self->starts, start);
}

static void
init (CotMaskView *self, gsize n)
{
  self->text = g_string_sized_new (n + 1);
  self->starts = g_array_sized_new (FALSE, FALSE, sizeof (guint32), (guint) n + 1);
}

void
cot_mask_view_clear (CotMaskView *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->starts);
}

static gunichar
read_hex (const char *text, gsize n_digits)
{
  gunichar value = 0;

  for (gsize i = 0; i < n_digits; i++)
    {
      int digit = g_ascii_xdigit_value (text[i]);

      if (digit < 0)
        return 0;
      value = value * 16 + (gunichar) digit;
    }
  return value;
}

/* "&#233;", "&#xE9;", "&amp;": how many bytes it takes; 0 where it is no such thing. */
static gsize
read_entity (const char *text, gsize n, gunichar *character)
{
  static const struct
  {
    const char *name;
    char character;
  } names[] = {
    { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&apos;", '\'' }
  };
  const char *end = memchr (text, ';', MIN (n, 10u));
  gsize length = end != NULL ? (gsize) (end - text) + 1 : 0;

  *character = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (length == strlen (names[i].name) && g_ascii_strncasecmp (text, names[i].name, length) == 0)
      *character = (gunichar) names[i].character;
  if (length > 4 && text[1] == '#' && (text[2] | 0x20) == 'x')
    *character = read_hex (text + 3, length - 4);
  else if (length > 3 && text[1] == '#')
    for (gsize i = 2; i < length - 1; i++)
      {
        if (!g_ascii_isdigit (text[i]))
          return 0;
        *character = *character * 10 + (gunichar) (text[i] - '0');
      }
  return *character != 0 && g_unichar_validate (*character) ? length : 0;
}

/* One byte or character at @text: how much was taken; 0 where nothing is wrapped. */
static gsize
unwrap (const char *text, gsize n, char *into, gsize *n_into)
{
  gunichar character = 0;
  gsize taken = 0;

  *n_into = 0;
  if (*text == '%' && n >= 3 && (character = read_hex (text + 1, 2)) != 0)
    {
      into[0] = (char) character;
      *n_into = 1;
      return 3;
    }
  if (*text == '&')
    taken = read_entity (text, n, &character);
  else if (*text == '\\' && n >= 6 && text[1] == 'u' && (character = read_hex (text + 2, 4)) != 0 &&
           g_unichar_validate (character))
    taken = 6;
  if (taken > 0)
    *n_into = (gsize) g_unichar_to_utf8 (character, into);
  return taken;
}

/* Whether there was anything to unwrap. */
static gboolean
unwrap_all (CotMaskView *self, CotMaskView *into)
{
  const char *text = self->text->str;
  gsize n = self->text->len;
  gboolean changed = FALSE;

  init (into, n);
  for (gsize i = 0; i < n;)
    {
      char bytes[6];
      gsize n_bytes = 0;
      gsize taken = 0;

      if (text[i] == '%' || text[i] == '&' || text[i] == '\\')
        taken = unwrap (text + i, n - i, bytes, &n_bytes);
      if (taken == 0)
        append (into, text + i, 1, g_array_index (self->starts, guint32, i));
      else
        append (into, bytes, n_bytes, g_array_index (self->starts, guint32, i));
      changed = changed || taken > 0;
      i += MAX (taken, 1u);
    }
  g_array_append_val (into->starts, g_array_index (self->starts, guint32, n));
  return changed;
}

/* FALSE: the last round changed nothing. */
static gboolean
init_unwrapped (CotMaskView *self, const char *text, gsize length_bytes, guint n_rounds)
{
  gboolean changed = TRUE;

  init (self, length_bytes);
  g_string_append_len (self->text, text, (gssize) length_bytes);
  for (guint32 i = 0; i <= (guint32) length_bytes; i++)
    g_array_append_val (self->starts, i);
  for (guint round = 0; changed && round < n_rounds; round++)
    {
      CotMaskView next;

      changed = unwrap_all (self, &next);
      cot_mask_view_clear (self);
      *self = next;
    }
  return changed;
}

/**
 * cot_mask_view_init:
 * @self: (out caller-allocates): to be cleared with cot_mask_view_clear()
 * @text: a text
 * @length_bytes: its length, below 4 GiB
 *
 * Any thread.
 */
void
cot_mask_view_init (CotMaskView *self, const char *text, gsize length_bytes)
{
  init_unwrapped (self, text, length_bytes, COT_MASK_VIEW_ROUNDS);
}

gboolean
cot_mask_view_init_folded (CotMaskView *self, const char *text, gsize length_bytes, guint n_rounds)
{
  CotMaskView written;
  gboolean changed = init_unwrapped (&written, text, length_bytes, n_rounds);
  gsize n = written.text->len;
  const char *at = written.text->str;

  init (self, n);
  for (gsize i = 0; i < n;)
    {
      gunichar character = g_utf8_get_char_validated (at + i, (gssize) (n - i));
      gsize length = 1;
      char bytes[6] = { at[i] };
      gsize n_bytes = 1;

      if (character < (gunichar) -2 && character != 0)
        {
          length = (gsize) (g_utf8_next_char (at + i) - (at + i));
          n_bytes = (gsize) g_unichar_to_utf8 (g_unichar_tolower (character), bytes);
        }
      append (self, bytes, n_bytes, g_array_index (written.starts, guint32, i));
      i += length;
    }
  g_array_append_val (self->starts, g_array_index (written.starts, guint32, n));
  cot_mask_view_clear (&written);
  return changed;
}
