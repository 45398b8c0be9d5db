/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A name hides from a plain search where it was wrapped for an address, a page or a document of
 * JSON. A view is the text without that; it knows what each byte was made of. */

#include "cot-mask-private.h"

#include <string.h>

/* Nothing gets longer when it is unwrapped, and no character takes more than twice its bytes in
 * lower case. */
static void
init (CotMaskView *self, gsize max_bytes)
{
  self->text = g_malloc (max_bytes + 1);
  self->starts = g_new (guint32, max_bytes + 1);
  self->n = 0;
}

static void
end (CotMaskView *self, guint32 start)
{
  self->text[self->n] = '\0';
  self->starts[self->n] = start;
}

static void
append (CotMaskView *self, const char *bytes, gsize n, guint32 start)
{
  for (gsize i = 0; i < n; i++)
    {
      self->text[self->n] = bytes[i];
      self->starts[self->n++] = start;
    }
}

void
cot_mask_view_clear (CotMaskView *self)
{
  g_free (self->text);
  g_free (self->starts);
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
  else if (*text == '\\' && n >= 6 && text[1] == 'u' && (character = read_hex (text + 2, 4)) != 0
           && g_unichar_validate (character))
    taken = 6;
  if (taken > 0)
    *n_into = (gsize) g_unichar_to_utf8 (character, into);
  return taken;
}

/* Whether there was anything to unwrap. */
static gboolean
unwrap_all (const CotMaskView *self, CotMaskView *into)
{
  gboolean changed = FALSE;

  init (into, self->n);
  for (gsize i = 0; i < self->n;)
    {
      char c = self->text[i];
      char bytes[6];
      gsize n_bytes = 0;
      gsize taken = 0;

      if (c == '%' || c == '&' || c == '\\')
        taken = unwrap (self->text + i, self->n - i, bytes, &n_bytes);
      if (taken == 0)
        append (into, &c, 1, self->starts[i]);
      else
        append (into, bytes, n_bytes, self->starts[i]);
      changed = changed || taken > 0;
      i += MAX (taken, 1u);
    }
  end (into, self->starts[self->n]);
  return changed;
}

/* FALSE: the last round changed nothing. */
static gboolean
init_unwrapped (CotMaskView *self, const char *text, gsize length_bytes, guint n_rounds)
{
  gboolean changed = TRUE;

  init (self, length_bytes);
  for (gsize i = 0; i < length_bytes; i++)
    append (self, text + i, 1, (guint32) i);
  end (self, (guint32) length_bytes);
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

  init (self, written.n * 2);
  for (gsize i = 0; i < written.n;)
    {
      const char *at = written.text + i;
      gunichar character = (guchar) *at;
      gsize length = 1;
      char bytes[6] = { g_ascii_tolower (*at) };
      gsize n_bytes = 1;

      if (character >= 0x80)
        character = g_utf8_get_char_validated (at, (gssize) (written.n - i));
      if (character >= 0x80 && character < (gunichar) -2)
        {
          length = (gsize) (g_utf8_next_char (at) - at);
          n_bytes = (gsize) g_unichar_to_utf8 (g_unichar_tolower (character), bytes);
        }
      append (self, bytes, n_bytes, written.starts[i]);
      i += length;
    }
  end (self, written.starts[written.n]);
  cot_mask_view_clear (&written);
  return changed;
}
