/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Random text through the decoders, against the conversions of GLib. */

#include "cot-decoder.h"

#include <string.h>

#define N_ROUNDS 500

static gunichar
random_character (void)
{
  static const gunichar ends[] = { 0x80, 0x800, 0x10000, 0x110000 };
  gunichar end = ends[g_test_rand_int_range (0, G_N_ELEMENTS (ends))];
  gunichar character = (gunichar) g_test_rand_int_range (1, (gint32) end);

  return character >= 0xd800 && character < 0xe000 ? '\n' : character;
}

static char *
random_text (guint max_characters)
{
  GString *text = g_string_new (NULL);
  guint n = (guint) g_test_rand_int_range (0, (gint32) max_characters);

  for (guint i = 0; i < n; i++)
    g_string_append_unichar (text, random_character ());
  return g_string_free (text, FALSE);
}

static GBytes *
to_utf16 (const char *text, gboolean big_endian)
{
  gsize n_bytes;
  char *bytes = g_convert (text, -1, big_endian ? "UTF-16BE" : "UTF-16LE", "UTF-8", NULL, &n_bytes,
                           NULL);

  g_assert_nonnull (bytes);
  return g_bytes_new_take (bytes, n_bytes);
}

static void
test_round_trip (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      gboolean big_endian = g_test_rand_bit () != 0;
      g_autofree char *text = random_text (200);
      g_autoptr (GBytes) bytes = to_utf16 (text, big_endian);
      g_autoptr (GString) decoded = g_string_new (NULL);

      cot_decoder_append (decoded, COT_ENCODING_UTF8, text, strlen (text));
      g_assert_cmpstr (decoded->str, ==, text);
      g_string_truncate (decoded, 0);
      cot_decoder_append (decoded, big_endian ? COT_ENCODING_UTF16BE : COT_ENCODING_UTF16LE,
                          g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_assert_cmpstr (decoded->str, ==, text);
    }
}

/* g_utf8_make_valid() replaces byte by byte too. */
static void
test_garbage (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autofree char *bytes = random_text (60);
      gsize length = strlen (bytes);
      g_autoptr (GString) decoded = g_string_new (NULL);
      g_autofree char *expected = NULL;

      for (guint i = 0; i < 5 && length > 0; i++)
        bytes[g_test_rand_int_range (0, (gint32) length)] = (char) g_test_rand_int_range (1, 256);
      expected = g_utf8_make_valid (bytes, (gssize) length);
      cot_decoder_append (decoded, COT_ENCODING_UTF8, bytes, length);
      g_assert_cmpstr (decoded->str, ==, expected);
      for (guint encoding = 0; encoding <= COT_ENCODING_WINDOWS_1252; encoding++)
        {
          g_string_truncate (decoded, 0);
          cot_decoder_append (decoded, (CotEncoding) encoding, bytes, length);
          g_assert_true (g_utf8_validate_len (decoded->str, decoded->len, NULL));
        }
    }
}

/* Each start of a character maps back to where it stood. */
static void
check_offsets (CotTranscoded *transcoded, const char *text)
{
  guint64 original = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      g_assert_cmpuint (cot_transcoded_get_original_offset (transcoded, (guint64) (p - text)), ==,
                        original);
      original += g_utf8_get_char (p) < 0x10000 ? 2 : 4;
    }
  g_assert_cmpuint (cot_transcoded_get_original_offset (transcoded, strlen (text)), ==, original);
}

static void
test_transcoded (void)
{
  for (guint round = 0; round < 20; round++)
    {
      gboolean big_endian = g_test_rand_bit () != 0;
      g_autofree char *text = random_text (80000);
      g_autoptr (GBytes) bytes = to_utf16 (text, big_endian);
      g_autoptr (CotSource) source = cot_source_new_from_bytes (bytes, "random");
      g_autoptr (GError) error = NULL;
      g_autoptr (CotTranscoded) transcoded = NULL;
      g_autofree char *recoded = g_malloc (strlen (text) + 1);
      gsize n_read;

      transcoded = cot_transcoded_new (
          source, big_endian ? COT_ENCODING_UTF16BE : COT_ENCODING_UTF16LE, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (cot_source_read (cot_transcoded_get_source (transcoded), 0, recoded,
                                      strlen (text) + 1, &n_read, NULL));
      g_assert_cmpmem (recoded, n_read, text, strlen (text));
      check_offsets (transcoded, text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/property/decoder/round-trip", test_round_trip);
  g_test_add_func ("/property/decoder/garbage", test_garbage);
  g_test_add_func ("/property/decoder/transcoded", test_transcoded);
  return g_test_run ();
}
