/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the packing methods of zips may cost, in the real worker behind its lock: bombs of each,
 * windows as large as the memory allows, and too many members. */

#include <string.h>

#include "bundle-helper.h"
#include "cot-unpacker.h"
#include "zip-cipher-maker.h"
#include "zip-packers.h"

#define TEXT "<![LOG[Contoso]LOG]!>\r\n"
#define BOMB_BYTES (80 * 1024 * 1024)
#define MAX_SECONDS 60 /* with sanitizers, on a machine that does other things as well */

typedef struct
{
  const char *name;
  guint16 number;
  GByteArray *(*pack) (const guint8 *data, gsize size_bytes);
} Method;

static const Method methods[] = {
  { "bzip2.log", 12, zip_pack_bzip2 },
  { "lzma.log", 14, zip_pack_lzma },
  { "zstd.log", 93, zip_pack_zstd },
  { "xz.log", 95, zip_pack_xz },
};

static CotBundle *
open_archive (GByteArray *archive)
{
  g_autoptr (GError) error = NULL;
  CotBundle *bundle = bundle_helper_open (archive, &error);

  g_assert_no_error (error);
  return bundle;
}

static void
add_packed (ZipMaker *maker, const Method *method, const GByteArray *packed, const void *data,
            gsize size_bytes, gsize declared_bytes)
{
  ZipEntry entry = { .name = method->name, .data = data, .size_bytes = size_bytes,
                     .method = method->number, .flags = 1 << 1, .packed = packed->data,
                     .packed_bytes = packed->len, .lie_size = declared_bytes };

  zip_maker_add (maker, &entry);
}

static void
add (ZipMaker *maker, const Method *method, const void *data, gsize size_bytes,
     gsize declared_bytes)
{
  g_autoptr (GByteArray) packed = method->pack (data, size_bytes);

  add_packed (maker, method, packed, data, size_bytes, declared_bytes);
}

/* Each makes the calls that it needs, and none that the lock does not know. */
static void
test_methods_in_the_lock (void)
{
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (CotBundle) bundle = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    add (maker, &methods[i], TEXT, strlen (TEXT), 0);
  bundle = open_archive (zip_maker_finish (maker, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      bundle_helper_assert_text (bundle, i, TEXT);
      g_assert_null (cot_bundle_dup_member_error (bundle, i));
    }
}

/* One block as it is, and a window that is much too large for it. */
static GByteArray *
make_zstd_frame (guint log_bytes)
{
  const guint8 head[] = { 0x28, 0xb5, 0x2f, 0xfd, 0, (guint8) ((log_bytes - 10) << 3),
                          (guint8) (strlen (TEXT) << 3 | 1), 0, 0 };
  GByteArray *frame = g_byte_array_new ();

  g_byte_array_append (frame, head, sizeof head);
  return g_byte_array_append (frame, (const guint8 *) TEXT, strlen (TEXT));
}

/* The largest that are let in fit into the worker's memory; larger ones cost nothing. */
static void
test_windows (void)
{
  g_autoptr (GByteArray) large_xz = zip_pack_xz ((const guint8 *) TEXT, strlen (TEXT));
  g_autoptr (GByteArray) huge_xz = zip_pack_xz ((const guint8 *) TEXT, strlen (TEXT));
  g_autoptr (GByteArray) large_zstd = make_zstd_frame (27);
  g_autoptr (GByteArray) huge_zstd = make_zstd_frame (28);
  const GByteArray *all[] = { large_zstd, huge_zstd, large_xz, huge_xz };
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (CotBundle) bundle = NULL;

  zip_pack_set_xz_dictionary (large_xz, 27);
  zip_pack_set_xz_dictionary (huge_xz, 28);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    add_packed (maker, &methods[i < 2 ? 2 : 3], all[i], TEXT, strlen (TEXT), 0);
  bundle = open_archive (zip_maker_finish (maker, NULL));
  /* Again and again: nothing is kept. */
  for (guint i = 0; i < 8; i++)
    {
      bundle_helper_assert_text (bundle, 0, TEXT);
      bundle_helper_assert_text (bundle, 2, TEXT);
    }
  bundle_helper_assert_refused (bundle, 1, COT_BUNDLE_ERROR_LIMIT);
  bundle_helper_assert_refused (bundle, 3, COT_BUNDLE_ERROR_LIMIT);
}

/* One that says how large it is, is not begun. */
static void
test_honest_bombs (void)
{
  g_autofree guint8 *zeros = g_malloc0 (BOMB_BYTES);

  g_test_timer_start ();
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      ZipMaker *maker = zip_maker_new ();
      g_autoptr (CotBundle) bundle = NULL;

      add (maker, &methods[i], zeros, BOMB_BYTES, 0);
      zip_maker_add_text (maker, "good.log", TEXT);
      bundle = open_archive (zip_maker_finish (maker, NULL));
      bundle_helper_assert_refused (bundle, 0, COT_BUNDLE_ERROR_LIMIT);
      bundle_helper_assert_text (bundle, 1, TEXT);
    }
  g_assert_cmpfloat (g_test_timer_elapsed (), <, MAX_SECONDS);
}

/* One that lies ends where it said it would. */
static void
test_lying_bombs (void)
{
  g_autofree guint8 *zeros = g_malloc0 (BOMB_BYTES);
  const gsize declared_bytes = 1000000;
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (CotBundle) bundle = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    add (maker, &methods[i], zeros, BOMB_BYTES, declared_bytes);
  bundle = open_archive (zip_maker_finish (maker, NULL));
  g_test_timer_start ();
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) member_error = NULL;
      g_autofree char *read = NULL;
      gsize n_bytes;

      read = bundle_helper_read (bundle, i, &n_bytes, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (n_bytes, ==, declared_bytes);
      member_error = cot_bundle_dup_member_error (bundle, i);
      g_assert_error (member_error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_CORRUPT);
    }
  g_assert_cmpfloat (g_test_timer_elapsed (), <, MAX_SECONDS);
}

/* The list ends, what it has can be read, and that it is not whole is said. */
static void
test_too_many_members (void)
{
  const guint n = 200000;
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (GByteArray) archive = NULL;
  g_autoptr (CotBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n + 10; i++)
    zip_maker_add (maker, &(ZipEntry) { .name = "x", .data = "y", .size_bytes = 1 });
  archive = zip_maker_finish_zip64 (maker);
  g_test_timer_start ();
  bundle = open_archive (g_steal_pointer (&archive));
  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, n);
  error = cot_bundle_dup_error (bundle);
  g_assert_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_TOO_MANY);
  bundle_helper_assert_text (bundle, n - 1, "y");
  g_assert_cmpfloat (g_test_timer_elapsed (), <, MAX_SECONDS);
}

#define THIRD_BYTES (30 * 1024 * 1024) /* three are too many, two are not */

static void
assert_read (CotBundle *bundle, guint index)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotSource) source = cot_bundle_read_member (bundle, index, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (source);
}

/* Two may be read, again and again; the third is too much. */
static void
assert_two_of_three (CotBundle *bundle)
{
  assert_read (bundle, 0);
  assert_read (bundle, 0);
  assert_read (bundle, 1);
  bundle_helper_assert_refused (bundle, 2, COT_BUNDLE_ERROR_LIMIT);
  assert_read (bundle, 0);
}

/* What was cancelled counts when it comes. Each worker reads one member, so that it is the bundle
 * that counts. */
static void
test_cancelled_counts_later (void)
{
  g_autofree guint8 *zeros = g_malloc0 (THIRD_BYTES);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (CotBundle) bundle = NULL;

  for (guint i = 0; i < 3; i++)
    zip_maker_add (maker, &(ZipEntry) { .name = "a.log", .data = zeros, .method = 8,
                                        .size_bytes = THIRD_BYTES });
  bundle = open_archive (zip_maker_finish (maker, NULL));
  cot_unpacker_set_endurance (1);
  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < 2; i++)
    g_assert_null (cot_bundle_read_member (bundle, i, cancellable, NULL));
  assert_two_of_three (bundle);
  cot_unpacker_set_endurance (0);
}

/* So does what a wrong pass phrase did not open, in the bundle and in the worker. */
static void
test_wrong_phrase_counts_later (void)
{
  g_autofree char *zeros = g_malloc0 (THIRD_BYTES);
  ZipSecret secret = { .name = "a.log", .text = zeros, .text_bytes = THIRD_BYTES, .method = 8,
                       .strength = 1, .pass_phrase = "Fabrikam" };
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (CotBundle) bundle = NULL;

  for (guint i = 0; i < 3; i++)
    zip_maker_add_secret (maker, &secret);
  bundle = open_archive (zip_maker_finish (maker, NULL));
  cot_bundle_set_pass_phrase (bundle, "Contoso");
  for (guint i = 0; i < 2; i++)
    bundle_helper_assert_refused (bundle, i, COT_BUNDLE_ERROR_WRONG_PASS_PHRASE);
  cot_bundle_set_pass_phrase (bundle, "Fabrikam");
  assert_two_of_three (bundle);
}

/* Where the directory is missing, a streamed member is unpacked to find its end: as far as it may
 * be unpacked, and no further. */
static void
test_measured_no_further (void)
{
  g_autofree guint8 *zeros = g_malloc0 (BOMB_BYTES);
  ZipMaker *maker = zip_maker_new ();
  GByteArray *archive;
  gsize n_bytes;
  g_autoptr (CotBundle) bundle = NULL;

  zip_maker_add_text (maker, "good.log", TEXT);
  zip_maker_add (maker, &(ZipEntry) { .name = "zeros.log", .data = zeros, .method = 8,
                                      .size_bytes = BOMB_BYTES, .with_descriptor = TRUE });
  n_bytes = zip_maker_get_offset (maker);
  archive = zip_maker_finish (maker, NULL);
  g_byte_array_set_size (archive, (guint) n_bytes);
  bundle = open_archive (archive);
  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 2);
  bundle_helper_assert_text (bundle, 0, TEXT);
  bundle_helper_assert_refused (bundle, 1, COT_BUNDLE_ERROR_LIMIT);
  g_assert_cmpuint (cot_bundle_get_member (bundle, 1)->size_bytes, <, BOMB_BYTES);
}

int
main (int argc, char **argv)
{
  g_autofree char *program = NULL;

  g_test_init (&argc, &argv, NULL);
  program = bundle_helper_find_program ("unpack-killing");
  cot_unpacker_set_program (program);
  g_test_add_func ("/zip-limits/methods-in-the-lock", test_methods_in_the_lock);
  g_test_add_func ("/zip-limits/windows", test_windows);
  g_test_add_func ("/zip-limits/honest-bombs", test_honest_bombs);
  g_test_add_func ("/zip-limits/lying-bombs", test_lying_bombs);
  g_test_add_func ("/zip-limits/too-many-members", test_too_many_members);
  g_test_add_func ("/zip-limits/cancelled-counts-later", test_cancelled_counts_later);
  g_test_add_func ("/zip-limits/wrong-phrase-counts-later", test_wrong_phrase_counts_later);
  g_test_add_func ("/zip-limits/measured-no-further", test_measured_no_further);
  return g_test_run ();
}
