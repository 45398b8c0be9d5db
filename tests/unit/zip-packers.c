/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zip-packers.h"

#include <bzlib.h>
#include <lzma.h>
#include <string.h>
#include <zstd.h>

static GByteArray *
new_room (gsize n_bytes)
{
  return g_byte_array_set_size (g_byte_array_new (), (guint) n_bytes);
}

GByteArray *
zip_pack_bzip2 (const guint8 *data, gsize size_bytes)
{
  GByteArray *packed = new_room (size_bytes + size_bytes / 50 + 1000);
  unsigned int n = packed->len;

  g_assert_cmpint (BZ2_bzBuffToBuffCompress ((char *) packed->data, &n, (char *) data,
                                             (unsigned int) size_bytes, 1, 0, 0),
                   ==, BZ_OK);
  return g_byte_array_set_size (packed, n);
}

GByteArray *
zip_pack_lzma (const guint8 *data, gsize size_bytes)
{
  lzma_options_lzma options;
  lzma_filter filters[2] = { { LZMA_FILTER_LZMA1, &options }, { LZMA_VLI_UNKNOWN, NULL } };
  GByteArray *packed = new_room (size_bytes + size_bytes / 50 + 1000);
  gsize n = 9;

  lzma_lzma_preset (&options, 1);
  options.dict_size = 1 << 20;
  /* In front of it a zip has a version and the length of the properties. */
  memcpy (packed->data, "\x09\x14\x05\x00", 4);
  g_assert_cmpint (lzma_properties_encode (filters, packed->data + 4), ==, LZMA_OK);
  g_assert_cmpint (lzma_raw_buffer_encode (filters, NULL, data, size_bytes, packed->data, &n,
                                           packed->len),
                   ==, LZMA_OK);
  return g_byte_array_set_size (packed, (guint) n);
}

GByteArray *
zip_pack_xz (const guint8 *data, gsize size_bytes)
{
  GByteArray *packed = new_room (lzma_stream_buffer_bound (size_bytes));
  gsize n = 0;

  g_assert_cmpint (lzma_easy_buffer_encode (1, LZMA_CHECK_CRC32, NULL, data, size_bytes,
                                            packed->data, &n, packed->len),
                   ==, LZMA_OK);
  return g_byte_array_set_size (packed, (guint) n);
}

GByteArray *
zip_pack_zstd (const guint8 *data, gsize size_bytes)
{
  GByteArray *packed = new_room (ZSTD_compressBound (size_bytes));
  gsize n = ZSTD_compress (packed->data, packed->len, data, size_bytes, 3);

  g_assert_false (ZSTD_isError (n));
  return g_byte_array_set_size (packed, (guint) n);
}

void
zip_pack_set_xz_dictionary (GByteArray *xz, guint log_bytes)
{
  /* The header of the first block: its length in words, flags, two sizes, its only filter with the
   * dictionary's size; a checksum at the end. */
  guint header_bytes = (xz->data[12] + 1u) * 4;
  guint32 checksum;
  guint at = 14;

  g_assert_cmpuint (xz->data[13] & 0xc0, ==, 0xc0);
  for (guint i = 0; i < 2; i++)
    while (xz->data[at++] & 0x80)
      continue;
  g_assert_cmpuint (xz->data[at], ==, 0x21);
  xz->data[at + 2] = (guint8) (2 * (log_bytes - 12));
  checksum = GUINT32_TO_LE (lzma_crc32 (xz->data + 12, header_bytes - 4, 0));
  memcpy (xz->data + 12 + header_bytes - 4, &checksum, sizeof checksum);
}
