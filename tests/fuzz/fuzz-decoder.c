/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever the bytes are: text that is valid UTF-8 without NUL, and a map that never runs
 * backwards. */

#include <stdint.h>

#include "cot-decoder.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_decoded (CotEncoding encoding, const char *bytes, gsize n_bytes)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) visible = g_string_new (NULL);

  cot_decoder_append (text, encoding, bytes, n_bytes);
  g_assert_true (g_utf8_validate_len (text->str, text->len, NULL));
  cot_text_append_visible (visible, text->str, (gssize) text->len, FALSE);
  g_assert_true (g_utf8_validate_len (visible->str, visible->len, NULL));
  for (gsize i = 0; i < visible->len; i++)
    g_assert_true ((guint8) visible->str[i] >= 0x20 || visible->str[i] == '\t');
}

static void
check_transcoded (const char *bytes, gsize n_bytes)
{
  g_autoptr (GBytes) content = g_bytes_new (bytes, n_bytes);
  g_autoptr (CotSource) source = cot_source_new_from_bytes (content, "fuzz");
  g_autoptr (CotTranscoded) transcoded
      = cot_transcoded_new (source, COT_ENCODING_UTF16LE, NULL, NULL);
  guint64 size, last = 0;

  g_assert_nonnull (transcoded);
  g_assert_true (cot_source_get_size (cot_transcoded_get_source (transcoded), &size, NULL));
  for (guint64 i = 0; i <= size; i += 1 + size / 64)
    {
      guint64 offset = cot_transcoded_get_original_offset (transcoded, i);

      g_assert_cmpuint (offset, >=, last);
      g_assert_cmpuint (offset, <=, n_bytes);
      last = offset;
    }
  if (size > 0)
    g_assert_cmpuint (cot_transcoded_get_original_offset (transcoded, size), ==, n_bytes);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *bytes = (const char *) data;
  g_autoptr (GString) raw = g_string_new (NULL);

  cot_encoding_to_string (cot_encoding_detect (data, size));
  for (guint encoding = 0; encoding <= COT_ENCODING_WINDOWS_1252; encoding++)
    check_decoded ((CotEncoding) encoding, bytes, size);
  cot_text_append_visible (raw, bytes, (gssize) size, TRUE);
  g_assert_true (g_utf8_validate_len (raw->str, raw->len, NULL));
  check_transcoded (bytes, size);
  return 0;
}
