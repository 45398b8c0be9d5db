/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-name.h"

/* The upper half of code page 437, which names without the UTF-8 flag are in by the ZIP
 * specification (APPNOTE.TXT appendix D). */
static const uint16_t upper_half[128] = {
  0x00c7, 0x00fc, 0x00e9, 0x00e2, 0x00e4, 0x00e0, 0x00e5, 0x00e7, 0x00ea, 0x00eb, 0x00e8, 0x00ef,
  0x00ee, 0x00ec, 0x00c4, 0x00c5, 0x00c9, 0x00e6, 0x00c6, 0x00f4, 0x00f6, 0x00f2, 0x00fb, 0x00f9,
  0x00ff, 0x00d6, 0x00dc, 0x00a2, 0x00a3, 0x00a5, 0x20a7, 0x0192, 0x00e1, 0x00ed, 0x00f3, 0x00fa,
  0x00f1, 0x00d1, 0x00aa, 0x00ba, 0x00bf, 0x2310, 0x00ac, 0x00bd, 0x00bc, 0x00a1, 0x00ab, 0x00bb,
  0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x2561, 0x2562, 0x2556, 0x2555, 0x2563, 0x2551, 0x2557,
  0x255d, 0x255c, 0x255b, 0x2510, 0x2514, 0x2534, 0x252c, 0x251c, 0x2500, 0x253c, 0x255e, 0x255f,
  0x255a, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550, 0x256c, 0x2567, 0x2568, 0x2564, 0x2565, 0x2559,
  0x2558, 0x2552, 0x2553, 0x256b, 0x256a, 0x2518, 0x250c, 0x2588, 0x2584, 0x258c, 0x2590, 0x2580,
  0x03b1, 0x00df, 0x0393, 0x03c0, 0x03a3, 0x03c3, 0x00b5, 0x03c4, 0x03a6, 0x0398, 0x03a9, 0x03b4,
  0x221e, 0x03c6, 0x03b5, 0x2229, 0x2261, 0x00b1, 0x2265, 0x2264, 0x2320, 0x2321, 0x00f7, 0x2248,
  0x00b0, 0x2219, 0x00b7, 0x221a, 0x207f, 0x00b2, 0x25a0, 0x00a0,
};

#define SYMBOL_FOR_NULL 0x2400

/* The length of the sequence that starts here; 0 where there is none. */
static size_t
sequence_length (const uint8_t *bytes, size_t length_bytes)
{
  static const uint32_t smallest[5] = { 0, 0, 0x80, 0x800, 0x10000 };
  uint32_t value;
  size_t n;

  if (bytes[0] < 0x80)
    return 1;
  if (bytes[0] >= 0xc2 && bytes[0] <= 0xdf)
    n = 2;
  else if ((bytes[0] & 0xf0) == 0xe0)
    n = 3;
  else if (bytes[0] >= 0xf0 && bytes[0] <= 0xf4)
    n = 4;
  else
    return 0;
  if (n > length_bytes)
    return 0;

  value = bytes[0] & (0xffu >> (n + 1));
  for (size_t i = 1; i < n; i++)
    {
      if ((bytes[i] & 0xc0) != 0x80)
        return 0;
      value = value << 6 | (bytes[i] & 0x3fu);
    }
  if (value < smallest[n] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
    return 0;
  return n;
}

bool
cot_name_is_utf8 (const uint8_t *bytes, size_t length_bytes)
{
  for (size_t i = 0; i < length_bytes;)
    {
      size_t n = sequence_length (bytes + i, length_bytes - i);

      if (n == 0)
        return false;
      i += n;
    }
  return true;
}

/* All characters here are in the basic plane. */
static size_t
append_character (char *into, uint32_t character)
{
  if (character < 0x80)
    {
      into[0] = (char) character;
      return 1;
    }
  if (character < 0x800)
    {
      into[0] = (char) (0xc0 | character >> 6);
      into[1] = (char) (0x80 | (character & 0x3f));
      return 2;
    }
  into[0] = (char) (0xe0 | character >> 12);
  into[1] = (char) (0x80 | (character >> 6 & 0x3f));
  into[2] = (char) (0x80 | (character & 0x3f));
  return 3;
}

size_t
cot_name_to_label (const uint8_t *name, size_t length_bytes, char *into)
{
  bool is_utf8 = cot_name_is_utf8 (name, length_bytes);
  size_t n = 0;

  for (size_t i = 0; i < length_bytes; i++)
    {
      if (name[i] == 0)
        n += append_character (into + n, SYMBOL_FOR_NULL);
      else if (name[i] == '\\')
        into[n++] = '/';
      else if (name[i] < 0x80 || is_utf8)
        into[n++] = (char) name[i];
      else
        n += append_character (into + n, upper_half[name[i] - 0x80]);
    }
  return n;
}
