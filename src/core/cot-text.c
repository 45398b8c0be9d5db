/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-decoder.h"

#include <string.h>

#include "cot-utf8-private.h"

typedef struct
{
  gunichar first;
  gunichar last;
} Range;

/* What has no picture of its own but changes how its neighbours look, or hides. Sorted. */
static const Range invisible[] = {
  { 0x0080, 0x009f }, /* C1 controls */
  { 0x00ad, 0x00ad }, /* soft hyphen */
  { 0x061c, 0x061c }, /* Arabic letter mark */
  { 0x180e, 0x180e }, /* Mongolian vowel separator */
  { 0x200b, 0x200f }, /* zero-width characters and marks */
  { 0x2028, 0x202e }, /* line and paragraph separator, bidi embeddings and overrides */
  { 0x2060, 0x206f }, /* invisible operators, bidi isolates, shaping controls */
  { 0xfeff, 0xfeff }, /* byte order mark */
  { 0xfff9, 0xfffb }, /* interlinear annotation */
  { 0xe0000, 0xe007f }, /* tags */
};

static gboolean
is_invisible (gunichar character)
{
  for (gsize i = 0; i < G_N_ELEMENTS (invisible) && invisible[i].first <= character; i++)
    if (character <= invisible[i].last)
      return TRUE;
  return FALSE;
}

static gboolean
is_plain_byte (char byte, gboolean keep_line_ends)
{
  if (byte >= 0x20 && byte < 0x7f)
    return TRUE;
  return byte == '\t' || (keep_line_ends && (byte == '\r' || byte == '\n'));
}

static void
append_special (GString *into, const char *text, gsize n_bytes, gunichar character)
{
  if (n_bytes == 0)
    g_string_append_printf (into, "\u27e8%02X\u27e9", (guint8) *text);
  else if (character < 0x20)
    g_string_append_unichar (into, 0x2400 + character);
  else if (character == 0x7f)
    g_string_append_unichar (into, 0x2421);
  else if (is_invisible (character))
    g_string_append_printf (into, "\u27e8U+%04X\u27e9", character);
  else
    g_string_append_len (into, text, (gssize) n_bytes);
}

/**
 * cot_text_append_visible:
 * @into: the string that grows
 * @text: UTF-8; what is not valid is shown as its bytes
 * @length_bytes: how many bytes, or -1 up to the NUL
 * @keep_line_ends: whether CR and LF stay
 *
 * For every place where text of a log meets a screen. An escape sequence, or a character that
 * turns the direction of writing, must not make a line say what its bytes do not say.
 */
void
cot_text_append_visible (GString *into, const char *text, gssize length_bytes,
                         gboolean keep_line_ends)
{
  gsize length = length_bytes < 0 ? strlen (text) : (gsize) length_bytes;

  for (gsize i = 0; i < length;)
    {
      gunichar character = 0;
      gsize start = i;
      gsize n;

      while (i < length && is_plain_byte (text[i], keep_line_ends))
        i++;
      g_string_append_len (into, text + start, (gssize) (i - start));
      if (i == length)
        break;
      n = cot_utf8_read (text + i, length - i, &character);
      append_special (into, text + i, n, character);
      i += MAX (n, 1u);
    }
}
