/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-evtx-private.h"

#include <string.h>

/* Two characters mark the ends of fields and rows, and NUL ends strings elsewhere: shown as their
 * pictures. */
#define PICTURES 0x2400u

void
cot_evtx_text_append (CotEvtxText *text, const char *data, size_t length_bytes)
{
  if (length_bytes > text->max_bytes - text->n_bytes)
    {
      text->overflowed = true;
      return;
    }
  if (length_bytes > 0)
    memcpy (text->data + text->n_bytes, data, length_bytes);
  text->n_bytes += length_bytes;
}

void
cot_evtx_text_append_string (CotEvtxText *text, const char *string)
{
  cot_evtx_text_append (text, string, strlen (string));
}

void
cot_evtx_text_append_character (CotEvtxText *text, uint32_t character)
{
  char bytes[4];
  size_t n = 0;

  if (character == 0 || character == 0x1e || character == 0x1f)
    character += PICTURES;
  else if ((character >= 0xd800 && character < 0xe000) || character > 0x10ffff)
    character = 0xfffd;

  if (character < 0x80)
    bytes[n++] = (char) character;
  else if (character < 0x800)
    bytes[n++] = (char) (0xc0 | character >> 6);
  else if (character < 0x10000)
    {
      bytes[n++] = (char) (0xe0 | character >> 12);
      bytes[n++] = (char) (0x80 | (character >> 6 & 0x3f));
    }
  else
    {
      bytes[n++] = (char) (0xf0 | character >> 18);
      bytes[n++] = (char) (0x80 | (character >> 12 & 0x3f));
      bytes[n++] = (char) (0x80 | (character >> 6 & 0x3f));
    }
  if (character >= 0x80)
    bytes[n++] = (char) (0x80 | (character & 0x3f));
  cot_evtx_text_append (text, bytes, n);
}

static bool
is_plain (uint16_t unit)
{
  return unit < 0x80 && (unit >= 0x20 || unit == '\t' || unit == '\n');
}

void
cot_evtx_text_append_utf16 (CotEvtxText *text, const uint8_t *data, size_t n_units)
{
  for (size_t i = 0; i < n_units && !text->overflowed; i++)
    {
      uint16_t unit = cot_evtx_get_u16 (data + 2 * i);
      uint16_t next = i + 1 < n_units ? cot_evtx_get_u16 (data + 2 * (i + 1)) : 0;

      if (is_plain (unit) && text->n_bytes < text->max_bytes)
        text->data[text->n_bytes++] = (char) unit;
      else if (unit == '\r' && next == '\n')
        continue;
      else if (unit >= 0xd800 && unit < 0xdc00 && next >= 0xdc00 && next < 0xe000)
        {
          uint32_t high = (unit & 0x3ffu) << 10;

          cot_evtx_text_append_character (text, 0x10000u + high + (next & 0x3ffu));
          i++;
        }
      else
        cot_evtx_text_append_character (text, unit);
    }
}

void
cot_evtx_text_append_number (CotEvtxText *text, uint64_t number)
{
  char digits[20];
  size_t n = sizeof digits;

  do
    digits[--n] = (char) ('0' + number % 10);
  while ((number /= 10) > 0);
  cot_evtx_text_append (text, digits + n, sizeof digits - n);
}
