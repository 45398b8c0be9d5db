/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-decoder.h"

#include <string.h>

#include "cot-utf16-private.h"
#include "cot-utf8-private.h"

#define REPLACEMENT 0xfffd
#define SYMBOL_FOR_NULL 0x2400

/* 0x80 to 0x9f as Windows maps them; the five that it leaves free are no text. */
static const guint16 windows_1252_high[32] = {
  0x20ac, REPLACEMENT, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
  0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, REPLACEMENT, 0x017d, REPLACEMENT,
  REPLACEMENT, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
  0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, REPLACEMENT, 0x017e, 0x0178,
};

static gsize
count_ascii (const char *bytes, gsize length_bytes)
{
  gsize n = 0;

  /* Of a word that is left standing here, some byte is none, or may be. */
  for (; length_bytes - n >= sizeof (guint64); n += sizeof (guint64))
    {
      guint64 word;

      memcpy (&word, bytes + n, sizeof word);
      if (((word | (word - G_GUINT64_CONSTANT (0x0101010101010101)))
           & G_GUINT64_CONSTANT (0x8080808080808080)) != 0)
        break;
    }
  /* Whether plain char has a sign depends on the machine. */
  while (n < length_bytes && bytes[n] != 0 && (guint8) bytes[n] < 0x80)
    n++;
  return n;
}

static void
append_character (GString *into, gunichar character)
{
  g_string_append_unichar (into, character == 0 ? SYMBOL_FOR_NULL : character);
}

static void
append_utf8 (GString *into, const char *bytes, gsize length_bytes)
{
  for (gsize i = 0; i < length_bytes;)
    {
      gunichar character = REPLACEMENT;
      gsize n_plain = count_ascii (bytes + i, length_bytes - i);

      g_string_append_len (into, bytes + i, (gssize) n_plain);
      i += n_plain;
      if (i == length_bytes)
        break;
      i += MAX (cot_utf8_read (bytes + i, length_bytes - i, &character), 1u);
      append_character (into, character);
    }
}

static void
append_windows_1252 (GString *into, const char *bytes, gsize length_bytes)
{
  for (gsize i = 0; i < length_bytes;)
    {
      gsize n_plain = count_ascii (bytes + i, length_bytes - i);
      guint8 byte;

      g_string_append_len (into, bytes + i, (gssize) n_plain);
      i += n_plain;
      if (i == length_bytes)
        break;
      byte = (guint8) bytes[i++];
      append_character (into, byte >= 0x80 && byte < 0xa0 ? windows_1252_high[byte - 0x80] : byte);
    }
}

static void
append_utf16 (GString *into, const char *bytes, gsize length_bytes, gboolean big_endian)
{
  gsize i = 0;

  while (i < length_bytes)
    {
      gunichar character;
      gsize n = cot_utf16_read (bytes + i, length_bytes - i, big_endian, &character);

      append_character (into, n == 0 ? REPLACEMENT : character);
      /* What is cut at the end is one character that is no text. */
      i += n == 0 ? length_bytes - i : n;
    }
}

/**
 * cot_decoder_append:
 * @into: the string that grows
 * @encoding: how to read @bytes
 * @bytes: (array length=length_bytes): any bytes
 * @length_bytes: how many
 *
 * Appends text that is always valid UTF-8 without NUL. A byte order mark inside @bytes is a
 * character like any other. Windows-1252 as in Microsoft's best-fit table for code page 1252.
 */
void
cot_decoder_append (GString *into, CotEncoding encoding, const char *bytes, gsize length_bytes)
{
  switch (encoding)
    {
    case COT_ENCODING_UTF16LE:
    case COT_ENCODING_UTF16LE_BOM:
      append_utf16 (into, bytes, length_bytes, FALSE);
      break;
    case COT_ENCODING_UTF16BE:
    case COT_ENCODING_UTF16BE_BOM:
      append_utf16 (into, bytes, length_bytes, TRUE);
      break;
    case COT_ENCODING_WINDOWS_1252:
      append_windows_1252 (into, bytes, length_bytes);
      break;
    case COT_ENCODING_UTF8:
    case COT_ENCODING_UTF8_BOM:
    /* Their text is re-coded before anybody sees it. */
    case COT_ENCODING_WINDOWS_1250:
    case COT_ENCODING_WINDOWS_1251:
    case COT_ENCODING_WINDOWS_932:
    case COT_ENCODING_WINDOWS_936:
    case COT_ENCODING_WINDOWS_949:
    case COT_ENCODING_WINDOWS_950:
    default:
      append_utf8 (into, bytes, length_bytes);
      break;
    }
}
