/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Encrypted zips, through the bundle and the worker: PKWARE's own encryption and WinZip's AES. */

#include <string.h>

#include "bundle-helper.h"
#include "zip-cipher-maker.h"

#define TEXT "<![LOG[Contoso]LOG]!>\r\n"
#define PHRASE "Fabrikam & Söhne"

static CotBundle *
open_archive (GByteArray *archive)
{
  g_autoptr (GError) error = NULL;
  CotBundle *bundle = bundle_helper_open (archive, &error);

  g_assert_no_error (error);
  return bundle;
}

static CotBundle *
open_one (const ZipSecret *secret)
{
  ZipMaker *maker = zip_maker_new ();

  zip_maker_add_secret (maker, secret);
  return open_archive (zip_maker_finish (maker, NULL));
}

static char *
make_text (guint n_lines)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_lines; i++)
    g_string_append_printf (text, "<![LOG[Contoso %u]LOG]!>\r\n", i * 2654435761u);
  return g_string_free (text, FALSE);
}

/* Every cipher, packed and not, in sizes around its blocks and ours. */
static void
test_ciphers (void)
{
  static const guint n_lines[] = { 0, 1, 2, 9, 4000 };

  for (guint strength = 0; strength <= 3; strength++)
    for (guint i = 0; i < G_N_ELEMENTS (n_lines); i++)
      for (guint j = 0; j < 4; j++)
        {
          g_autofree char *text = make_text (n_lines[i]);
          ZipSecret secret = { .name = "a.log", .text = text, .method = j & 1 ? 8 : 0,
                               .strength = strength, .with_checksum = (j & 2) != 0,
                               .pass_phrase = PHRASE };
          g_autoptr (CotBundle) bundle = open_one (&secret);

          g_assert_true (cot_bundle_needs_pass_phrase (bundle));
          bundle_helper_assert_refused (bundle, 0, COT_BUNDLE_ERROR_ENCRYPTED);
          cot_bundle_set_pass_phrase (bundle, PHRASE);
          g_assert_false (cot_bundle_needs_pass_phrase (bundle));
          bundle_helper_assert_text (bundle, 0, text);
          g_assert_false (cot_bundle_needs_pass_phrase (bundle));
        }
}

static void
test_wrong_then_right (void)
{
  for (guint strength = 0; strength <= 3; strength++)
    {
      ZipSecret secret = { .name = "a.log", .text = TEXT, .method = 8, .strength = strength,
                           .pass_phrase = PHRASE };
      g_autoptr (CotBundle) bundle = open_one (&secret);

      cot_bundle_set_pass_phrase (bundle, "Fabrikam");
      bundle_helper_assert_refused (bundle, 0, COT_BUNDLE_ERROR_WRONG_PASS_PHRASE);
      g_assert_true (cot_bundle_needs_pass_phrase (bundle));
      cot_bundle_set_pass_phrase (bundle, PHRASE);
      bundle_helper_assert_text (bundle, 0, TEXT);
      g_assert_false (cot_bundle_needs_pass_phrase (bundle));
    }
}

/* One of 256 passes the check of the old cipher. None of what it makes of the data is handed on. */
static void
test_no_wrong_phrase_passes (void)
{
  g_autofree char *text = make_text (100);
  ZipSecret stored = { .name = "a.log", .text = text, .pass_phrase = PHRASE };
  ZipSecret packed = { .name = "b.log", .text = text, .method = 8, .pass_phrase = PHRASE };
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (CotBundle) bundle = NULL;

  zip_maker_add_secret (maker, &stored);
  zip_maker_add_secret (maker, &packed);
  bundle = open_archive (zip_maker_finish (maker, NULL));
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *phrase = g_strdup_printf ("phrase %u", i);

      cot_bundle_set_pass_phrase (bundle, phrase);
      bundle_helper_assert_refused (bundle, i % 2, COT_BUNDLE_ERROR_WRONG_PASS_PHRASE);
    }
  cot_bundle_set_pass_phrase (bundle, PHRASE);
  bundle_helper_assert_text (bundle, 0, text);
  bundle_helper_assert_text (bundle, 1, text);
}

/* An empty member looks right with one wrong phrase of 256, which proves nothing for the others. */
static void
test_empty_member_is_no_proof (void)
{
  g_autofree char *text = make_text (100);
  ZipSecret empty = { .name = "a.log", .text = "", .pass_phrase = PHRASE };
  ZipSecret stored = { .name = "b.log", .text = text, .pass_phrase = PHRASE };
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (CotBundle) bundle = NULL;
  guint n_passed = 0;

  zip_maker_add_secret (maker, &empty);
  zip_maker_add_secret (maker, &stored);
  bundle = open_archive (zip_maker_finish (maker, NULL));
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *phrase = g_strdup_printf ("phrase %u", i);
      g_autofree char *read = NULL;

      cot_bundle_set_pass_phrase (bundle, phrase);
      read = bundle_helper_read (bundle, 0, NULL, NULL);
      n_passed += read != NULL;
      bundle_helper_assert_refused (bundle, 1, COT_BUNDLE_ERROR_WRONG_PASS_PHRASE);
    }
  g_assert_cmpuint (n_passed, >, 0);
  cot_bundle_set_pass_phrase (bundle, PHRASE);
  bundle_helper_assert_text (bundle, 1, text);
}

/* Two phrases in one archive: each member answers for itself. */
static void
test_two_phrases (void)
{
  g_autofree char *text = make_text (100);
  ZipSecret small = { .name = "a.log", .text = TEXT, .pass_phrase = "other" };
  ZipSecret large = { .name = "b.log", .text = text, .pass_phrase = PHRASE };
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (CotBundle) bundle = NULL;

  zip_maker_add_secret (maker, &small);
  zip_maker_add_secret (maker, &large);
  bundle = open_archive (zip_maker_finish (maker, NULL));
  cot_bundle_set_pass_phrase (bundle, PHRASE);
  bundle_helper_assert_text (bundle, 1, text);
  bundle_helper_assert_refused (bundle, 0, COT_BUNDLE_ERROR_WRONG_PASS_PHRASE);
  cot_bundle_set_pass_phrase (bundle, "other");
  bundle_helper_assert_text (bundle, 0, TEXT);
}

/* What could be no pass phrase of any archive is wrong, and does not replace one that is right. */
static void
test_impossible_phrases (void)
{
  ZipSecret secret = { .name = "a.log", .text = TEXT, .strength = 3, .pass_phrase = PHRASE };
  g_autofree char *long_phrase = g_strnfill (2000, 'x');
  g_autoptr (CotBundle) bundle = open_one (&secret);

  cot_bundle_set_pass_phrase (bundle, "");
  bundle_helper_assert_refused (bundle, 0, COT_BUNDLE_ERROR_WRONG_PASS_PHRASE);
  cot_bundle_set_pass_phrase (bundle, long_phrase);
  bundle_helper_assert_refused (bundle, 0, COT_BUNDLE_ERROR_WRONG_PASS_PHRASE);
  long_phrase[1024] = '\0';
  cot_bundle_set_pass_phrase (bundle, long_phrase);
  bundle_helper_assert_refused (bundle, 0, COT_BUNDLE_ERROR_WRONG_PASS_PHRASE);
  cot_bundle_set_pass_phrase (bundle, PHRASE);
  bundle_helper_assert_text (bundle, 0, TEXT);
}

/* With the right phrase, damage is damage. */
static void
test_damage (void)
{
  g_autofree char *text = make_text (100);

  for (guint strength = 0; strength <= 3; strength++)
    {
      ZipSecret good = { .name = "good.log", .text = TEXT, .strength = strength,
                         .pass_phrase = PHRASE };
      ZipSecret bad = { .name = "bad.log", .text = text, .strength = strength,
                        .pass_phrase = PHRASE, .damage = -20 };
      ZipMaker *maker = zip_maker_new ();
      g_autoptr (CotBundle) bundle = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *read = NULL;

      zip_maker_add_secret (maker, &good);
      zip_maker_add_secret (maker, &bad);
      bundle = open_archive (zip_maker_finish (maker, NULL));
      cot_bundle_set_pass_phrase (bundle, PHRASE);
      bundle_helper_assert_text (bundle, 0, TEXT);
      read = bundle_helper_read (bundle, 1, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (strlen (read), ==, strlen (text));
      error = cot_bundle_dup_member_error (bundle, 1);
      g_assert_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_CHECKSUM);
    }
}

/* AE-2 has no checksum: the code at the end is all that tells. */
static void
test_damaged_code (void)
{
  ZipSecret secret = { .name = "a.log", .text = TEXT, .method = 8, .strength = 3,
                       .pass_phrase = PHRASE, .damage = -1 };
  g_autoptr (CotBundle) bundle = open_one (&secret);
  g_autoptr (GError) error = NULL;

  cot_bundle_set_pass_phrase (bundle, PHRASE);
  bundle_helper_assert_text (bundle, 0, TEXT);
  error = cot_bundle_dup_member_error (bundle, 0);
  g_assert_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_CHECKSUM);
}

/* A packer that streams has no checksum to check the phrase with. */
static void
test_streamed (void)
{
  ZipSecret secret = { .name = "a.log", .text = TEXT, .method = 8, .pass_phrase = PHRASE,
                       .with_descriptor = TRUE };
  g_autoptr (CotBundle) bundle = open_one (&secret);

  cot_bundle_set_pass_phrase (bundle, PHRASE);
  bundle_helper_assert_text (bundle, 0, TEXT);
}

/* Members that are not encrypted need nothing, and lose nothing by a wrong phrase. */
static void
test_mixed (void)
{
  ZipSecret secret = { .name = "b.log", .text = TEXT TEXT, .strength = 1, .pass_phrase = PHRASE };
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (CotBundle) bundle = NULL;

  zip_maker_add_text (maker, "a.log", TEXT);
  zip_maker_add_secret (maker, &secret);
  bundle = open_archive (zip_maker_finish (maker, NULL));
  bundle_helper_assert_text (bundle, 0, TEXT);
  cot_bundle_set_pass_phrase (bundle, "no");
  bundle_helper_assert_text (bundle, 0, TEXT);
  bundle_helper_assert_refused (bundle, 1, COT_BUNDLE_ERROR_WRONG_PASS_PHRASE);
  cot_bundle_set_pass_phrase (bundle, PHRASE);
  bundle_helper_assert_text (bundle, 1, TEXT TEXT);
  bundle_helper_assert_text (bundle, 0, TEXT);
}

/* Its end is missing: what came is decrypted, and the phrase is checked all the same. */
static void
test_cut (void)
{
  g_autofree char *text = make_text (2000);

  for (guint strength = 0; strength <= 1; strength++)
    {
      ZipSecret secret = { .name = "a.log", .text = text, .strength = strength,
                           .pass_phrase = PHRASE };
      ZipMaker *maker = zip_maker_new ();
      g_autoptr (CotBundle) bundle = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GByteArray) archive = NULL;
      g_autofree char *read = NULL;

      zip_maker_add_secret (maker, &secret);
      archive = zip_maker_finish (maker, NULL);
      g_byte_array_set_size (archive, archive->len / 2);
      bundle = open_archive (g_steal_pointer (&archive));
      g_assert_true (cot_bundle_needs_pass_phrase (bundle));
      cot_bundle_set_pass_phrase (bundle, "no");
      bundle_helper_assert_refused (bundle, 0, COT_BUNDLE_ERROR_WRONG_PASS_PHRASE);
      cot_bundle_set_pass_phrase (bundle, PHRASE);
      read = bundle_helper_read (bundle, 0, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (strlen (read), >, 10000);
      g_assert_true (g_str_has_prefix (text, read));
      error = cot_bundle_dup_member_error (bundle, 0);
      g_assert_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_TRUNCATED);
    }
}

/* Ciphers that are known by name only, and fields that make no sense. */
static void
test_other_ciphers (void)
{
  static const guint8 fields[][11] = {
    { 0x01, 0x99, 7, 0, 3, 0, 'A', 'E', 3, 0, 0 }, /* a version to come */
    { 0x01, 0x99, 7, 0, 2, 0, 'A', 'F', 3, 0, 0 }, /* another vendor */
    { 0x01, 0x99, 7, 0, 2, 0, 'A', 'E', 4, 0, 0 }, /* no such strength */
    { 0x01, 0x99, 7, 0, 2, 0, 'A', 'E', 0, 0, 0 },
    { 0x01, 0x99, 6, 0, 2, 0, 'A', 'E', 3, 0, 0 }, /* too short */
  };
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (CotBundle) bundle = NULL;

  zip_maker_add (maker, &(ZipEntry) { .name = "strong.log", .data = TEXT, .size_bytes = 23,
                                      .method = 8, .flags = 1 | 1 << 6 });
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    zip_maker_add (maker, &(ZipEntry) { .name = "aes.log", .data = TEXT, .size_bytes = 23,
                                        .method = 99, .flags = 1, .extra = fields[i],
                                        .extra_bytes = sizeof fields[i] });
  bundle = open_archive (zip_maker_finish (maker, NULL));
  cot_bundle_set_pass_phrase (bundle, PHRASE);
  for (guint i = 0; i <= G_N_ELEMENTS (fields); i++)
    bundle_helper_assert_refused (bundle, i, COT_BUNDLE_ERROR_UNSUPPORTED);
  g_assert_false (cot_bundle_needs_pass_phrase (bundle));
}

/* Too short for what stands in front of the data. */
static void
test_too_short (void)
{
  static const guint8 aes[] = { 0x01, 0x99, 7, 0, 2, 0, 'A', 'E', 3, 0, 0 };
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (CotBundle) bundle = NULL;

  zip_maker_add (maker, &(ZipEntry) { .name = "a.log", .data = "", .flags = 1, .packed = "12345",
                                      .packed_bytes = 5 });
  zip_maker_add (maker, &(ZipEntry) { .name = "b.log", .data = "", .flags = 1, .method = 99,
                                      .extra = aes, .extra_bytes = sizeof aes,
                                      .packed = "0123456789012345678901234", .packed_bytes = 25 });
  bundle = open_archive (zip_maker_finish (maker, NULL));
  cot_bundle_set_pass_phrase (bundle, PHRASE);
  bundle_helper_assert_refused (bundle, 0, COT_BUNDLE_ERROR_CORRUPT);
  bundle_helper_assert_refused (bundle, 1, COT_BUNDLE_ERROR_CORRUPT);
}

/* A cancelled worker is gone; the next one is told the phrase anew. */
static void
test_after_cancel (void)
{
  g_autofree char *text = make_text (100000);
  ZipSecret secret = { .name = "a.log", .text = text, .method = 8, .pass_phrase = PHRASE };
  g_autoptr (CotBundle) bundle = open_one (&secret);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  cot_bundle_set_pass_phrase (bundle, PHRASE);
  g_cancellable_cancel (cancellable);
  g_assert_null (cot_bundle_read_member (bundle, 0, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  bundle_helper_assert_text (bundle, 0, text);
}

static void
assert_silent (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_null (strstr (error->message, "Fabrikam"));
}

/* No error has the phrase in it. */
static void
test_phrase_is_not_told (void)
{
  ZipSecret secret = { .name = "a.log", .text = TEXT, .pass_phrase = "other" };
  g_autoptr (CotBundle) bundle = open_one (&secret);
  g_autoptr (GError) read_error = NULL;
  g_autoptr (GError) member_error = NULL;

  cot_bundle_set_pass_phrase (bundle, PHRASE);
  g_assert_null (cot_bundle_read_member (bundle, 0, NULL, &read_error));
  member_error = cot_bundle_dup_member_error (bundle, 0);
  assert_silent (read_error);
  assert_silent (member_error);
}

/* Archives of another packer, and its encryption: the same phrase for all. */
static void
test_made_by_others (void)
{
  static const char *const names[] = { "7zip-aes128.zip", "7zip-aes192.zip", "7zip-aes256.zip",
                                       "7zip-traditional.zip", "7zip-lzma-aes256.zip",
                                       "infozip-streamed-traditional.zip" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "fuzz", "corpus", "zip",
                                                     names[i], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (CotBundle) bundle = cot_bundle_open (path, NULL, &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      g_assert_true (cot_bundle_needs_pass_phrase (bundle));
      cot_bundle_set_pass_phrase (bundle, "contoso");
      text = bundle_helper_read (bundle, 0, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (g_str_has_prefix (text, "<![LOG[Contoso line 0"));
      g_assert_null (cot_bundle_dup_member_error (bundle, 0));
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *program = NULL;

  g_test_init (&argc, &argv, NULL);
  program = bundle_helper_find_program ("unpack-killing");
  cot_unpacker_set_program (program);
  g_test_add_func ("/zip-secrets/ciphers", test_ciphers);
  g_test_add_func ("/zip-secrets/wrong-then-right", test_wrong_then_right);
  g_test_add_func ("/zip-secrets/no-wrong-phrase-passes", test_no_wrong_phrase_passes);
  g_test_add_func ("/zip-secrets/empty-member-is-no-proof", test_empty_member_is_no_proof);
  g_test_add_func ("/zip-secrets/two-phrases", test_two_phrases);
  g_test_add_func ("/zip-secrets/impossible-phrases", test_impossible_phrases);
  g_test_add_func ("/zip-secrets/damage", test_damage);
  g_test_add_func ("/zip-secrets/damaged-code", test_damaged_code);
  g_test_add_func ("/zip-secrets/streamed", test_streamed);
  g_test_add_func ("/zip-secrets/mixed", test_mixed);
  g_test_add_func ("/zip-secrets/cut", test_cut);
  g_test_add_func ("/zip-secrets/other-ciphers", test_other_ciphers);
  g_test_add_func ("/zip-secrets/too-short", test_too_short);
  g_test_add_func ("/zip-secrets/after-cancel", test_after_cancel);
  g_test_add_func ("/zip-secrets/phrase-is-not-told", test_phrase_is_not_told);
  g_test_add_func ("/zip-secrets/made-by-others", test_made_by_others);
  return g_test_run ();
}
