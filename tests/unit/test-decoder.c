/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-decoder.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cot-spool-private.h"

typedef struct
{
  const char *bytes;
  gsize n_bytes;
  CotEncoding encoding;
} DetectCase;

#define BYTES(text) text, sizeof text - 1

static void
test_detect (void)
{
  static const DetectCase cases[] = {
    { BYTES (""), COT_ENCODING_UTF8 },
    { BYTES ("a"), COT_ENCODING_UTF8 },
    { BYTES ("Contoso\r\n"), COT_ENCODING_UTF8 },
    { BYTES ("\xef\xbb\xbf"), COT_ENCODING_UTF8_BOM },
    { BYTES ("\xef\xbb\xbf<![LOG["), COT_ENCODING_UTF8_BOM },
    { BYTES ("\xef\xbb"), COT_ENCODING_UTF8 }, /* may go on */
    { BYTES ("\xff\xfe"), COT_ENCODING_UTF16LE_BOM },
    { BYTES ("\xfe\xff\0a"), COT_ENCODING_UTF16BE_BOM },
    { BYTES ("C\0o\0n\0t\0o\0s\0o\0"), COT_ENCODING_UTF16LE },
    { BYTES ("C\0o\0n\0t\0o\0s\0o\0\r"), COT_ENCODING_UTF16LE },
    { BYTES ("\0C\0o\0n\0t\0o\0s\0o"), COT_ENCODING_UTF16BE },
    { BYTES ("f\xc3\xbcr alle"), COT_ENCODING_UTF8 },
    { BYTES ("f\xfcr alle"), COT_ENCODING_WINDOWS_1252 },
    { BYTES ("\x93quoted\x94"), COT_ENCODING_WINDOWS_1252 },
    { BYTES ("caf\xe9\n"), COT_ENCODING_WINDOWS_1252 },
    { BYTES ("cut \xe2\x82"), COT_ENCODING_UTF8 },
    { BYTES ("\xed\xa0\x80 surrogate"), COT_ENCODING_WINDOWS_1252 },
    /* A preallocated log is no UTF-16, nor is a file of NULs only. */
    { BYTES ("log\r\n\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), COT_ENCODING_UTF8 },
    { BYTES ("\0\0\0\0\0\0\0\0\0\0\0\0"), COT_ENCODING_UTF8 },
    /* Uninitialised memory in one message of a log in UTF-8. */
    { BYTES ("\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6 \xff"),
      COT_ENCODING_UTF8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (cot_encoding_to_string (cot_encoding_detect (cases[i].bytes,
                                                                  cases[i].n_bytes)),
                     ==, cot_encoding_to_string (cases[i].encoding));
}

/* What is no text is told; damage, colours and holes are none of that. */
static void
test_is_text (void)
{
  static const char colours[] = "\x1b[31mFailed\x1b[0m\r\n\f\t\x1a";
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *nothing = g_malloc0 (4096);
  guint32 random = 1;

  g_assert_true (cot_encoding_is_text ("", 0));
  g_assert_true (cot_encoding_is_text (nothing, 4096));
  for (guint i = 0; i < 400; i++)
    g_byte_array_append (bytes, (const guint8 *) colours, sizeof colours - 1);
  g_assert_true (cot_encoding_is_text (bytes->data, bytes->len));
  for (guint i = 0; i < 200; i++)
    g_byte_array_append (bytes, (const guint8 *) "\x03", 1);
  g_assert_true (cot_encoding_is_text (bytes->data, bytes->len));

  g_byte_array_set_size (bytes, 0);
  for (guint i = 0; i < 4096; i++)
    {
      guint8 byte;

      random = random * 1664525 + 1013904223;
      byte = (guint8) (random >> 24);
      g_byte_array_append (bytes, &byte, 1);
    }
  g_assert_false (cot_encoding_is_text (bytes->data, bytes->len));
  /* Too little to tell. */
  g_assert_true (cot_encoding_is_text ("\x01\x02\x03", 3));
}

/* Full units of Chinese, one a line with a low byte of zero, around few digits and line ends. */
static void
test_detect_few_nuls (void)
{
  for (guint order = 0; order < 2; order++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();

      for (guint line = 0; line < 4; line++)
        for (guint i = 0; i < 140; i++)
          {
            guint unit = i < 10     ? '0' + i
                         : i == 70  ? 0x4e00
                         : i == 138 ? '\r'
                         : i == 139 ? '\n'
                                    : 0x5224;
            guint8 low = (guint8) unit, high = (guint8) (unit >> 8);

            g_byte_array_append (bytes, order == 0 ? &low : &high, 1);
            g_byte_array_append (bytes, order == 0 ? &high : &low, 1);
          }
      g_assert_cmpint (cot_encoding_detect (bytes->data, bytes->len), ==,
                       order == 0 ? COT_ENCODING_UTF16LE : COT_ENCODING_UTF16BE);
    }
}

/* NULs that somebody's writer left in text of bytes are on both sides. */
/* Stray bytes are damage where enough good characters follow, however late, and no other place of
 * any byte changes that. */
static void
test_detect_stray_bytes (void)
{
  enum { N_STRAY = 10 };

  for (guint n_plain = 0; n_plain < 70; n_plain++)
    for (guint n_good = N_STRAY * 8 - 1; n_good <= N_STRAY * 8; n_good++)
      {
        g_autoptr (GString) text = g_string_new (NULL);

        for (guint i = 0; i < N_STRAY; i++)
          g_string_append_printf (text, "%*s", (int) (n_plain % 7), "\xff");
        for (guint i = 0; i < n_plain; i++)
          g_string_append_c (text, 'a');
        for (guint i = 0; i < n_good; i++)
          g_string_append (text, "\xc3\xa4");
        g_assert_cmpint (cot_encoding_detect (text->str, text->len), ==,
                         n_good < N_STRAY * 8 ? COT_ENCODING_WINDOWS_1252 : COT_ENCODING_UTF8);
      }
}

/* ASCII leaves it open, and so does a character that is cut. */
static void
test_decide (void)
{
  static const struct
  {
    const char *bytes;
    gsize n_bytes;
    gsize n_open;
    CotEncoding encoding;
    gboolean decided;
  } cases[] = {
    { BYTES (""), 0, COT_ENCODING_UTF8, FALSE },
    { BYTES ("Contoso, and more than a word of the machine\r\n\0"), 47, COT_ENCODING_UTF8, FALSE },
    { BYTES ("cut \xc3"), 4, COT_ENCODING_UTF8, FALSE },
    { BYTES ("cut \xe2\x82"), 4, COT_ENCODING_UTF8, FALSE },
    { BYTES ("f\xc3\xbcr"), 1, COT_ENCODING_UTF8, TRUE },
    { BYTES ("f\xfcr"), 1, COT_ENCODING_WINDOWS_1252, FALSE },
    { BYTES ("caf\xe9\n"), 3, COT_ENCODING_WINDOWS_1252, FALSE },
    { BYTES ("\x80"), 0, COT_ENCODING_WINDOWS_1252, FALSE },
    /* Damage before many good characters. */
    { BYTES ("a\xff \xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6"), 1,
      COT_ENCODING_UTF8, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CotEncoding encoding = COT_ENCODING_UTF16LE;
      gsize n_open = 0;
      gboolean decided
          = cot_encoding_decide (cases[i].bytes, cases[i].n_bytes, &n_open, &encoding);

      g_test_message ("case %u", i);
      g_assert_cmpint (decided, ==, cases[i].decided);
      g_assert_cmpint (encoding, ==, cases[i].encoding);
      g_assert_cmpuint (n_open, ==, cases[i].n_open);
    }
}

/* What is no UTF-8 is believed when nothing good has come in a whole page behind it. */
static void
test_decide_later (void)
{
  g_autoptr (GString) log = g_string_new ("f\xfcr ");
  CotEncoding encoding;
  gsize n_open;

  while (log->len < 4096)
    g_string_append_c (log, 'a');
  g_assert_false (cot_encoding_decide (log->str, log->len, &n_open, &encoding));
  g_string_append_c (log, 'a');
  g_assert_true (cot_encoding_decide (log->str, log->len, &n_open, &encoding));
  g_assert_cmpint (encoding, ==, COT_ENCODING_WINDOWS_1252);
  g_assert_cmpuint (n_open, ==, 1);
}

static void
test_detect_stray_nuls (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (guint i = 0; i < 100; i++)
    g_byte_array_append (bytes, (const guint8 *) "one\0two, three\0", 15);
  g_assert_cmpint (cot_encoding_detect (bytes->data, bytes->len), ==, COT_ENCODING_UTF8);
}

static void
assert_decoded (CotEncoding encoding, const char *bytes, gsize n_bytes, const char *expected)
{
  g_autoptr (GString) text = g_string_new ("> ");

  cot_decoder_append (text, encoding, bytes, n_bytes);
  g_assert_cmpstr (text->str + 2, ==, expected);
  g_assert_cmpuint (strlen (text->str), ==, text->len);
  g_assert_true (g_utf8_validate_len (text->str, text->len, NULL));
}

static void
test_utf8 (void)
{
  assert_decoded (COT_ENCODING_UTF8, BYTES (""), "");
  assert_decoded (COT_ENCODING_UTF8, BYTES ("a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80z"),
                  "a\u00e4\u20ac\U0001f600z");
  assert_decoded (COT_ENCODING_UTF8, BYTES ("a\0b"), "a\u2400"
                                                     "b");
  assert_decoded (COT_ENCODING_UTF8, BYTES ("\xff\xc0\x80"), "\ufffd\ufffd\ufffd");
  assert_decoded (COT_ENCODING_UTF8, BYTES ("\xe2\x82"), "\ufffd\ufffd");
  assert_decoded (COT_ENCODING_UTF8, BYTES ("\xf4\x90\x80\x80"), "\ufffd\ufffd\ufffd\ufffd");
  assert_decoded (COT_ENCODING_UTF8, BYTES ("\xf4\x8f\xbf\xbf"), "\U0010ffff");
}

static void
test_windows_1252 (void)
{
  assert_decoded (COT_ENCODING_WINDOWS_1252, BYTES ("f\xfcr \x80\x85\x9f\xff"),
                  "f\u00fcr \u20ac\u2026\u0178\u00ff");
  assert_decoded (COT_ENCODING_WINDOWS_1252, BYTES ("\x81\x8d\x8f\x90\x9d\0"),
                  "\ufffd\ufffd\ufffd\ufffd\ufffd\u2400");
}

static void
test_utf16 (void)
{
  assert_decoded (COT_ENCODING_UTF16LE, BYTES ("a\0\xac\x20\x3d\xd8\x00\xde"), "a\u20ac\U0001f600");
  assert_decoded (COT_ENCODING_UTF16BE, BYTES ("\0a\x20\xac\xd8\x3d\xde\x00"), "a\u20ac\U0001f600");
  assert_decoded (COT_ENCODING_UTF16LE, BYTES ("\0\xdc"
                                               "a\0\0\xd8"
                                               "b\0\0\xd8"),
                  "\ufffda\ufffdb\ufffd");
  assert_decoded (COT_ENCODING_UTF16LE, BYTES ("a\0b"), "a\ufffd");
  assert_decoded (COT_ENCODING_UTF16LE, BYTES ("\0\0"), "\u2400");
}

static void
assert_visible (const char *text, gboolean keep_line_ends, const char *expected)
{
  g_autoptr (GString) visible = g_string_new (NULL);

  cot_text_append_visible (visible, text, -1, keep_line_ends);
  g_assert_cmpstr (visible->str, ==, expected);
}

static void
test_visible (void)
{
  assert_visible ("plain text\twith \u00fc and \U0001f600", FALSE,
                  "plain text\twith \u00fc and \U0001f600");
  assert_visible ("a\r\nb", TRUE, "a\r\nb");
  assert_visible ("a\r\nb", FALSE, "a\u240d\u240ab");
  assert_visible ("\x1b[31mred\x07\x7f", FALSE, "\u241b[31mred\u2407\u2421");
  assert_visible ("\xc2\x85\xc2\x9f", FALSE, "\u27e8U+0085\u27e9\u27e8U+009F\u27e9");
  assert_visible ("a\u202eb\u2066c", FALSE, "a\u27e8U+202E\u27e9b\u27e8U+2066\u27e9c");
  assert_visible ("\u200b\u200f\u2060\ufeff\ufff9", FALSE,
                  "\u27e8U+200B\u27e9\u27e8U+200F\u27e9\u27e8U+2060\u27e9\u27e8U+FEFF\u27e9"
                  "\u27e8U+FFF9\u27e9");
  assert_visible ("\U000e0041", FALSE, "\u27e8U+E0041\u27e9");
  assert_visible ("\xff\xe2\x82", FALSE, "\u27e8FF\u27e9\u27e8E2\u27e9\u27e882\u27e9");
  assert_visible ("\xed\xa0\x80", FALSE, "\u27e8ED\u27e9\u27e8A0\u27e9\u27e880\u27e9");
}

static void
test_visible_nul (void)
{
  g_autoptr (GString) visible = g_string_new (NULL);

  cot_text_append_visible (visible, "a\0b", 3, FALSE);
  g_assert_cmpstr (visible->str, ==, "a\u2400b");
}

static CotTranscoded *
transcode (CotSource *source, CotEncoding encoding)
{
  g_autoptr (GError) error = NULL;
  CotTranscoded *transcoded = cot_transcoded_new (source, encoding, NULL, &error);

  g_assert_no_error (error);
  return transcoded;
}

static char *
read_all (CotSource *source, gsize *n_read)
{
  guint64 size;
  char *text;

  g_assert_true (cot_source_get_size (source, &size, NULL));
  text = g_malloc0 (size + 1);
  g_assert_true (cot_source_read (source, 0, text, size, n_read, NULL));
  return text;
}

static void
test_transcoded (void)
{
  /* A byte order mark, "a", the euro sign, a character of two units, LF, half a unit. */
  g_autoptr (GBytes) bytes = g_bytes_new_static (BYTES ("\xff\xfe"
                                                        "a\0\xac\x20\x3d\xd8\x00\xde\n\0x"));
  g_autoptr (CotSource) source = cot_source_new_from_bytes (bytes, "Fabrikam.log");
  g_autoptr (CotTranscoded) transcoded = transcode (source, COT_ENCODING_UTF16LE_BOM);
  gsize n_read;
  g_autofree char *text = read_all (cot_transcoded_get_source (transcoded), &n_read);
  static const guint64 offsets[][2] = {
    { 0, 0 }, { 3, 2 }, { 4, 4 }, { 7, 6 }, { 11, 10 }, { 12, 13 }, { 500, 13 },
  };

  g_assert_cmpstr (text, ==, "\ufeffa\u20ac\U0001f600\n");
  g_assert_cmpuint (n_read, ==, strlen (text));
  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
    g_assert_cmpuint (cot_transcoded_get_original_offset (transcoded, offsets[i][0]), ==,
                      offsets[i][1]);
  g_assert_cmpuint (cot_transcoded_get_original_size (transcoded), ==, 12);
  g_assert_cmpstr (cot_source_get_label (cot_transcoded_get_source (transcoded)), ==,
                   "Fabrikam.log");
}

/* What the byte pairs of a code page are, where they begin in the file, and what is none. */
static void
test_code_pages (void)
{
  static const struct
  {
    CotEncoding encoding;
    const char *bytes;
    const char *text;
    guint64 offsets[3][2]; /* in the text, in the file */
  } cases[] = {
    { COT_ENCODING_WINDOWS_932,
      "a\x8e\xb8\x94s\xb1\\\r\n",
      "a\u5931\u6557\uff71\\\r\n",
      { { 1, 1 }, { 4, 3 }, { 11, 7 } } },
    { COT_ENCODING_WINDOWS_936,
      "\xca\xa7\xb0\xdc]",
      "\u5931\u8d25]",
      { { 3, 2 }, { 6, 4 }, { 7, 5 } } },
    { COT_ENCODING_WINDOWS_949,
      "\xbd\xc7\xc6\xd0!",
      "\uc2e4\ud328!",
      { { 3, 2 }, { 6, 4 }, { 7, 5 } } },
    { COT_ENCODING_WINDOWS_950,
      "\xa5\xa2\xb1\xd1!",
      "\u5931\u6557!",
      { { 3, 2 }, { 6, 4 }, { 7, 5 } } },
    { COT_ENCODING_WINDOWS_1251,
      "\xce\xf8!",
      "\u041e\u0448!",
      { { 2, 1 }, { 4, 2 }, { 5, 3 } } },
    { COT_ENCODING_WINDOWS_1250,
      "\xb3\xf3!",
      "\u0142\u00f3!",
      { { 2, 1 }, { 4, 2 }, { 5, 3 } } },
    /* A line end is never half of a character; what begins one at the end waits. */
    { COT_ENCODING_WINDOWS_932,
      "\x8e\n\xff!\x8e",
      "\ufffd\n\ufffd!",
      { { 3, 1 }, { 4, 2 }, { 8, 5 } } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (cases[i].bytes, strlen (cases[i].bytes));
      g_autoptr (CotSource) source = cot_source_new_from_bytes (bytes, "Fabrikam.log");
      g_autoptr (CotTranscoded) transcoded = transcode (source, cases[i].encoding);
      gsize n_read;
      g_autofree char *text = read_all (cot_transcoded_get_source (transcoded), &n_read);

      g_test_message ("case %u", i);
      g_assert_cmpstr (text, ==, cases[i].text);
      for (guint j = 0; j < G_N_ELEMENTS (cases[i].offsets); j++)
        g_assert_cmpuint (
            cot_transcoded_get_original_offset (transcoded, cases[i].offsets[j][0]), ==,
            cases[i].offsets[j][1]);
    }
}

/* Longer than a block and than what lies between two checkpoints, with a pair on their edges. */
static void
test_code_page_long (void)
{
  g_autoptr (GString) original = g_string_new ("x");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (CotSource) source = NULL;
  g_autoptr (CotTranscoded) transcoded = NULL;
  guint64 size;

  for (guint i = 0; i < 100000; i++)
    g_string_append (original, i % 7 == 0 ? "\xb1" : "\x8e\xb8");
  bytes = g_bytes_new (original->str, original->len);
  source = cot_source_new_from_bytes (bytes, "Fabrikam.log");
  transcoded = transcode (source, COT_ENCODING_WINDOWS_932);
  g_assert_true (cot_source_get_size (cot_transcoded_get_source (transcoded), &size, NULL));
  g_assert_cmpuint (size, ==, 1 + 3 * 100000);
  for (guint64 i = 0, at = 1; i < 100000; at += i % 7 == 0 ? 1 : 2, i++)
    if (i % 97 == 0)
      g_assert_cmpuint (cot_transcoded_get_original_offset (transcoded, 1 + 3 * i), ==, at);
}

/* A file that grows by single bytes: halves of units and of pairs wait for the rest. */
static void
test_transcoded_grows (void)
{
  static const char original[] = "\xfe\xff\0a\xd8\x3d\xde\x00\0b";
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CotSource) source = NULL;
  g_autoptr (CotTranscoded) transcoded = NULL;
  g_autoptr (CotSource) kept = NULL;
  gsize n_read;
  int fd = g_file_open_tmp ("cotrace-decoder-XXXXXX", &path, &error);

  g_assert_no_error (error);
  close (fd);
  g_assert_true (g_file_set_contents (path, original, 2, NULL));
  fd = open (path, O_WRONLY | O_APPEND | O_CLOEXEC);
  source = cot_source_open (path, &error);
  g_assert_no_error (error);
  transcoded = transcode (source, COT_ENCODING_UTF16BE_BOM);
  kept = cot_source_ref (cot_transcoded_get_source (transcoded));
  for (gsize i = 2; i < sizeof original - 1; i++)
    {
      guint64 size;

      g_assert_cmpint (write (fd, original + i, 1), ==, 1);
      g_assert_true (cot_transcoded_extend (transcoded, NULL, &error));
      g_assert_no_error (error);
      g_assert_true (cot_source_get_size (kept, &size, NULL));
      g_assert_cmpuint (cot_transcoded_get_original_offset (transcoded, size), ==, i + 1);
      g_assert_cmpuint (cot_transcoded_get_original_size (transcoded), <=, i + 1);
    }
  close (fd);
  unlink (path);
  g_assert_true (cot_transcoded_get_source (transcoded) == kept);
  text = read_all (kept, &n_read);
  g_assert_cmpstr (text, ==, "\ufeffa\U0001f600b");
}

static void
test_transcoded_refuses (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (BYTES ("a\0b\0"));
  g_autoptr (CotSource) source = cot_source_new_from_bytes (bytes, "text");
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (cot_transcoded_new (source, COT_ENCODING_UTF8, NULL, &error));
  g_assert_error (error, COT_SOURCE_ERROR, COT_SOURCE_ERROR_ENCODING);
  g_clear_error (&error);
  g_cancellable_cancel (cancelled);
  g_assert_null (cot_transcoded_new (source, COT_ENCODING_UTF16LE, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A failed extension leaves all as it was, and can be tried again. */
static void
test_transcoded_no_room (void)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CotSource) source = NULL;
  CotTranscoded *transcoded, *second;
  guint64 budget;
  gsize n_read;
  int fd = g_file_open_tmp ("cotrace-decoder-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (write (fd, "\xff\xfe", 2), ==, 2);
  source = cot_source_open (path, &error);
  g_assert_no_error (error);
  transcoded = transcode (source, COT_ENCODING_UTF16LE_BOM);
  g_assert_cmpint (write (fd, "a\0b\0", 4), ==, 4);
  close (fd);
  unlink (path);
  budget = cot_spool_set_memory_budget (0);
  g_assert_false (cot_transcoded_extend (transcoded, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_cmpuint (cot_transcoded_get_original_size (transcoded), ==, 2);
  cot_spool_set_memory_budget (budget);
  g_assert_true (cot_transcoded_extend (transcoded, NULL, &error));
  second = cot_transcoded_ref (transcoded);
  cot_transcoded_unref (transcoded);
  text = read_all (cot_transcoded_get_source (second), &n_read);
  g_assert_cmpstr (text, ==, "\ufeffab");
  g_assert_cmpuint (cot_transcoded_get_original_offset (second, 4), ==, 4);
  cot_transcoded_unref (second);
}

int
main (int argc, char **argv)
{
  /* No folder can be made there: nothing is written to the disk. */
  g_setenv ("XDG_CACHE_HOME", "/dev/null/cache", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decoder/detect", test_detect);
  g_test_add_func ("/decoder/is-text", test_is_text);
  g_test_add_func ("/decoder/detect-few-nuls", test_detect_few_nuls);
  g_test_add_func ("/decoder/detect-stray-bytes", test_detect_stray_bytes);
  g_test_add_func ("/decoder/decide", test_decide);
  g_test_add_func ("/decoder/decide-later", test_decide_later);
  g_test_add_func ("/decoder/detect-stray-nuls", test_detect_stray_nuls);
  g_test_add_func ("/decoder/utf8", test_utf8);
  g_test_add_func ("/decoder/windows-1252", test_windows_1252);
  g_test_add_func ("/decoder/utf16", test_utf16);
  g_test_add_func ("/decoder/visible", test_visible);
  g_test_add_func ("/decoder/visible-nul", test_visible_nul);
  g_test_add_func ("/decoder/transcoded", test_transcoded);
  g_test_add_func ("/decoder/code-pages", test_code_pages);
  g_test_add_func ("/decoder/code-page-long", test_code_page_long);
  g_test_add_func ("/decoder/transcoded-grows", test_transcoded_grows);
  g_test_add_func ("/decoder/transcoded-refuses", test_transcoded_refuses);
  g_test_add_func ("/decoder/transcoded-no-room", test_transcoded_no_room);
  return g_test_run ();
}
