/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-decoder.h"

#include <string.h>

#include "cot-utf8-private.h"

/* As much as is looked at for the NULs of UTF-16. */
#define SAMPLE_BYTES 4096
#define MIN_UTF16_BYTES 8
/* As much as is looked at from the first byte on that is no ASCII. */
#define JUDGED_BYTES (64 * 1024)
/* With fewer bytes behind it, a byte that is no UTF-8 may be damage in front of good text. */
#define MIN_DECIDING_BYTES 4096
#define MIN_CONTROL_BYTES 16

static const struct
{
  const char *id;
  const char *name;
  const char *charset; /* (nullable): what iconv calls it, where it reads it */
} encodings[COT_N_ENCODINGS] = {
  [COT_ENCODING_UTF8] = { "utf-8", "UTF-8", NULL },
  [COT_ENCODING_UTF8_BOM] = { "utf-8-bom", "UTF-8", NULL },
  [COT_ENCODING_UTF16LE] = { "utf-16le", "UTF-16 LE", NULL },
  [COT_ENCODING_UTF16LE_BOM] = { "utf-16le-bom", "UTF-16 LE", NULL },
  [COT_ENCODING_UTF16BE] = { "utf-16be", "UTF-16 BE", NULL },
  [COT_ENCODING_UTF16BE_BOM] = { "utf-16be-bom", "UTF-16 BE", NULL },
  [COT_ENCODING_WINDOWS_1252] = { "windows-1252", "Windows-1252", NULL },
  [COT_ENCODING_WINDOWS_1250] = { "windows-1250", "Windows-1250", "CP1250" },
  [COT_ENCODING_WINDOWS_1251] = { "windows-1251", "Windows-1251", "CP1251" },
  [COT_ENCODING_WINDOWS_932] = { "windows-932", "Shift-JIS (932)", "CP932" },
  [COT_ENCODING_WINDOWS_936] = { "windows-936", "GBK (936)", "GBK" },
  [COT_ENCODING_WINDOWS_949] = { "windows-949", "EUC-KR (949)", "UHC" },
  [COT_ENCODING_WINDOWS_950] = { "windows-950", "Big5 (950)", "BIG5" },
};

/**
 * cot_encoding_to_string:
 * @encoding: an encoding
 *
 * Returns: (transfer none): its name in the output of the command line
 */
const char *
cot_encoding_to_string (CotEncoding encoding)
{
  g_return_val_if_fail ((guint) encoding < COT_N_ENCODINGS, "utf-8");

  return encodings[encoding].id;
}

/**
 * cot_encoding_from_string:
 * @id: (nullable): what cot_encoding_to_string() may have given
 * @encoding: (out): the encoding
 *
 * Returns: whether it is one
 */
gboolean
cot_encoding_from_string (const char *id, CotEncoding *encoding)
{
  for (guint i = 0; i < COT_N_ENCODINGS; i++)
    if (g_strcmp0 (encodings[i].id, id) == 0)
      {
        *encoding = (CotEncoding) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * cot_encoding_get_name:
 * @encoding: an encoding
 *
 * Returns: (transfer none): its name for people
 */
const char *
cot_encoding_get_name (CotEncoding encoding)
{
  g_return_val_if_fail ((guint) encoding < COT_N_ENCODINGS, "UTF-8");

  return encodings[encoding].name;
}

/**
 * cot_encoding_is_code_page:
 * @encoding: an encoding
 *
 * Returns: whether the text has to be re-coded by a table that the system has
 */
gboolean
cot_encoding_is_code_page (CotEncoding encoding)
{
  return cot_encoding_get_charset (encoding) != NULL;
}

/**
 * cot_encoding_get_charset:
 * @encoding: an encoding
 *
 * Returns: (transfer none) (nullable): what iconv calls it; %NULL where it is read without
 */
const char *
cot_encoding_get_charset (CotEncoding encoding)
{
  g_return_val_if_fail ((guint) encoding < COT_N_ENCODINGS, NULL);

  return encodings[encoding].charset;
}

/**
 * cot_encoding_is_utf16:
 * @encoding: an encoding
 *
 * Returns: whether the text has to be re-coded before it is parsed
 */
gboolean
cot_encoding_is_utf16 (CotEncoding encoding)
{
  return encoding >= COT_ENCODING_UTF16LE && encoding <= COT_ENCODING_UTF16BE_BOM;
}

/* Latin letters make it plain. In a script whose units are full, the digits and line ends of a log
 * still do: their NULs stand on one side, but for the few letters with a low byte of zero. */
static gboolean
has_nuls_of_utf16 (gsize n_units, gsize n_little, gsize n_big)
{
  gsize more = MAX (n_little, n_big), fewer = MIN (n_little, n_big);

  return more * 10 > n_units * 3 || (more >= MIN_UTF16_BYTES && more * 20 > n_units
                                     && fewer * 4 <= more);
}

/* Units with exactly one NUL half tell the byte order; a unit of two NULs tells nothing, because
 * preallocated logs end in thousands of them. */
static gboolean
detect_utf16 (const char *head, gsize length_bytes, CotEncoding *encoding)
{
  gsize n_sample = MIN (length_bytes, (gsize) SAMPLE_BYTES);
  gsize n_units = 0, n_little = 0, n_big = 0;

  if (n_sample < MIN_UTF16_BYTES)
    return FALSE;
  for (gsize i = 0; i + 1 < n_sample; i += 2)
    {
      if (head[i] == 0 && head[i + 1] == 0)
        continue;
      n_units++;
      n_little += head[i + 1] == 0;
      n_big += head[i] == 0;
    }
  if (n_units < MIN_UTF16_BYTES / 2 || !has_nuls_of_utf16 (n_units, n_little, n_big))
    return FALSE;
  *encoding = n_little >= n_big ? COT_ENCODING_UTF16LE : COT_ENCODING_UTF16BE;
  return TRUE;
}

/* How many bytes of ASCII stand at the start: not all of them, but by the lot. */
static gsize
count_ascii (const char *bytes, gsize length_bytes)
{
  const guint64 others = G_GUINT64_CONSTANT (0x8080808080808080);
  guint64 words[4];
  gsize n = 0;

  for (; length_bytes - n >= sizeof words; n += sizeof words)
    {
      memcpy (words, bytes + n, sizeof words);
      if (((words[0] | words[1] | words[2] | words[3]) & others) != 0)
        break;
    }
  for (; length_bytes - n >= sizeof words[0]; n += sizeof words[0])
    {
      memcpy (words, bytes + n, sizeof words[0]);
      if ((words[0] & others) != 0)
        break;
    }
  return n;
}

/* A character begins at @bytes that goes on behind their end. */
static gboolean
is_torn (const char *bytes, gsize length_bytes)
{
  if (cot_utf8_length ((guint8) bytes[0]) <= length_bytes)
    return FALSE;
  for (gsize i = 1; i < length_bytes; i++)
    if (((guint8) bytes[i] & 0xc0) != 0x80)
      return FALSE;
  return TRUE;
}

/* Text in Windows-1252 hardly ever forms a longer UTF-8 sequence by chance, so a few stray bytes
 * among many good sequences are damage, and not another encoding. */
static gboolean
is_utf8 (const char *head, gsize length_bytes)
{
  gsize n_good = 0, n_bad = 0;

  for (gsize i = 0; i < length_bytes;)
    {
      gunichar character;
      gsize n = count_ascii (head + i, length_bytes - i);

      if (n > 0)
        {
          i += n;
          continue;
        }
      /* The rest cannot make up for it. */
      if (n_bad * 8 > n_good + (length_bytes - i) / 2)
        return FALSE;
      n = cot_utf8_read (head + i, length_bytes - i, &character);

      if (n == 0 && is_torn (head + i, length_bytes - i))
        break; /* the end of the block may have cut it */
      if (n > 1)
        n_good++;
      else if (n == 0)
        n_bad++;
      i += MAX (n, 1u);
    }
  return n_bad * 8 <= n_good;
}

/**
 * cot_encoding_detect:
 * @head: the first bytes of a log
 * @length_bytes: how many
 *
 * Returns: the encoding; UTF-8 for an empty log
 */
CotEncoding
cot_encoding_detect (const void *head, gsize length_bytes)
{
  CotEncoding encoding;

  if (length_bytes >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    return COT_ENCODING_UTF8_BOM;
  if (length_bytes >= 2 && memcmp (head, "\xff\xfe", 2) == 0)
    return COT_ENCODING_UTF16LE_BOM;
  if (length_bytes >= 2 && memcmp (head, "\xfe\xff", 2) == 0)
    return COT_ENCODING_UTF16BE_BOM;
  if (detect_utf16 (head, length_bytes, &encoding))
    return encoding;
  return is_utf8 (head, length_bytes) ? COT_ENCODING_UTF8 : COT_ENCODING_WINDOWS_1252;
}

/**
 * cot_encoding_decide:
 * @bytes: (array length=length_bytes): bytes that follow on nothing but ASCII
 * @length_bytes: how many
 * @n_open: (out): how many of them tell nothing: they are ASCII
 * @encoding: (out): UTF-8 or Windows-1252: what the bytes look like by now
 *
 * A log that begins in ASCII reads the same in both. The first other bytes decide, together with
 * what stands behind them: good UTF-8 at once, for Windows-1252 hardly ever looks like it. What is
 * no UTF-8 decides when enough bytes have come behind it.
 *
 * Returns: whether they decide, so that no more bytes change it
 */
gboolean
cot_encoding_decide (const char *bytes, gsize length_bytes, gsize *n_open, CotEncoding *encoding)
{
  gsize n = count_ascii (bytes, length_bytes);

  while (n < length_bytes && (guint8) bytes[n] < 0x80)
    n++;
  *n_open = n;
  *encoding = COT_ENCODING_UTF8;
  if (n == length_bytes || is_torn (bytes + n, length_bytes - n))
    return FALSE;
  if (is_utf8 (bytes + n, MIN (length_bytes - n, (gsize) JUDGED_BYTES)))
    return TRUE;
  *encoding = COT_ENCODING_WINDOWS_1252;
  return length_bytes - n >= MIN_DECIDING_BYTES;
}

/* Zeros are what is not written yet, the tabs, line ends and page ends are text, and so are what
 * ends a text of DOS and what begins the colours of a console. */
static gboolean
is_control (guint8 byte)
{
  return byte == 0x7f
         || (byte < 0x20 && byte != 0 && (byte < '\t' || byte > '\r') && byte != 0x1a
             && byte != 0x1b);
}

/**
 * cot_encoding_is_text:
 * @head: (array length=length_bytes): the first bytes of a log, in an encoding of bytes
 * @length_bytes: how many
 *
 * A few bytes are damage, or what somebody logged.
 *
 * Returns: whether it may be text
 */
gboolean
cot_encoding_is_text (const void *head, gsize length_bytes)
{
  const guint8 *bytes = head;
  gsize n_written = 0, n_control = 0;

  for (gsize i = 0; i < length_bytes; i++)
    {
      if (bytes[i] != 0)
        n_written++;
      if (is_control (bytes[i]))
        n_control++;
    }
  return n_control < MIN_CONTROL_BYTES || n_control * 32 <= n_written;
}
