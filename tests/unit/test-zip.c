/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Archives, honest and hostile, through the real worker. It is built so that it dies of any call
 * that its list of allowed calls lacks. */

#include <string.h>

#include "bundle-helper.h"
#include "zip-maker.h"

#define TEXT "<![LOG[Contoso]LOG]!>\r\n"

static CotBundle *
open_archive (GByteArray *archive)
{
  g_autoptr (GError) error = NULL;
  CotBundle *bundle = bundle_helper_open (archive, &error);

  g_assert_no_error (error);
  return bundle;
}

static const char *
get_label (CotBundle *bundle, guint index)
{
  return cot_bundle_get_member (bundle, index)->label;
}

static void
assert_not_opened (GByteArray *archive, CotBundleError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotBundle) bundle = bundle_helper_open (archive, &error);

  g_assert_null (bundle);
  g_assert_error (error, COT_BUNDLE_ERROR, (int) code);
}

static void
assert_list_error (CotBundle *bundle, CotBundleError code)
{
  g_autoptr (GError) error = cot_bundle_dup_error (bundle);

  g_assert_error (error, COT_BUNDLE_ERROR, (int) code);
}

static char *
make_text (gsize n_lines)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < n_lines; i++)
    g_string_append_printf (text, "line %" G_GSIZE_FORMAT " %08x\r\n", i,
                            g_direct_hash (GSIZE_TO_POINTER (i * 2654435761u)));
  return g_string_free (text, FALSE);
}

static void
test_methods (void)
{
  g_autofree char *text = make_text (20000);
  ZipMaker *maker = zip_maker_new ();
  ZipEntry stored = { .name = "stored.log", .data = text, .size_bytes = strlen (text) };
  ZipEntry deflated = stored;
  ZipEntry streamed = stored;
  ZipEntry empty = { .name = "empty.log" };
  g_autoptr (CotBundle) bundle = NULL;
  g_autoptr (GError) list_error = NULL;

  deflated.name = "deflated.log";
  deflated.method = 8;
  streamed.name = "streamed.log";
  streamed.method = 8;
  streamed.with_descriptor = TRUE;
  zip_maker_add (maker, &stored);
  zip_maker_add (maker, &deflated);
  zip_maker_add (maker, &streamed);
  zip_maker_add (maker, &empty);
  bundle = open_archive (zip_maker_finish (maker, NULL));

  g_assert_cmpint (cot_bundle_get_kind (bundle), ==, COT_BUNDLE_ARCHIVE);
  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 4);
  list_error = cot_bundle_dup_error (bundle);
  g_assert_no_error (list_error);
  g_assert_cmpuint (cot_bundle_get_member (bundle, 1)->size_bytes, ==, strlen (text));
  /* Out of order, and twice */
  bundle_helper_assert_text (bundle, 2, text);
  bundle_helper_assert_text (bundle, 0, text);
  bundle_helper_assert_text (bundle, 1, text);
  bundle_helper_assert_text (bundle, 1, text);
  bundle_helper_assert_text (bundle, 3, "");
}

static void
test_zip64 (void)
{
  ZipMaker *maker = zip_maker_new ();
  ZipEntry entry = { .name = "a.log", .data = TEXT, .size_bytes = strlen (TEXT), .method = 8,
                     .with_zip64 = TRUE };
  g_autoptr (CotBundle) bundle = NULL;

  zip_maker_add (maker, &entry);
  zip_maker_add_text (maker, "b.log", "b");
  bundle = open_archive (zip_maker_finish_zip64 (maker));
  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 2);
  bundle_helper_assert_text (bundle, 0, TEXT);
  bundle_helper_assert_text (bundle, 1, "b");
}

static void
test_zip64_lies (void)
{
  static const guint64 lies[] = { G_MAXUINT64 - 1, G_MAXINT64, G_GUINT64_CONSTANT (1) << 33 };

  for (gsize i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      ZipMaker *maker = zip_maker_new ();
      ZipEntry size = { .name = "size.log", .data = TEXT, .size_bytes = strlen (TEXT),
                        .with_zip64 = TRUE, .lie_size = lies[i] };
      ZipEntry packed = size;
      ZipEntry offset = size;
      g_autoptr (CotBundle) bundle = NULL;

      packed.lie_size = 0;
      packed.lie_packed = lies[i];
      packed.method = 8;
      offset.lie_size = 0;
      offset.lie_offset = (gint64) (lies[i] / 2);
      zip_maker_add (maker, &size);
      zip_maker_add (maker, &packed);
      zip_maker_add (maker, &offset);
      zip_maker_add_text (maker, "good.log", TEXT);
      bundle = open_archive (zip_maker_finish_zip64 (maker));
      bundle_helper_assert_refused (bundle, 0, COT_BUNDLE_ERROR_LIMIT);
      bundle_helper_assert_refused (bundle, 1, COT_BUNDLE_ERROR_CORRUPT);
      bundle_helper_assert_refused (bundle, 2, COT_BUNDLE_ERROR_CORRUPT);
      bundle_helper_assert_text (bundle, 3, TEXT);
    }
}

static void
test_surroundings (void)
{
  static const char junk[] = "MZ this is the program of a self-extractor PK\003\004";
  g_autoptr (GByteArray) with_junk = g_byte_array_new ();
  g_autoptr (GByteArray) archive = NULL;
  g_autoptr (CotBundle) bundle = NULL;
  ZipMaker *maker = zip_maker_new ();

  zip_maker_add_text (maker, "a.log", TEXT);
  /* A comment that holds what looks like an end record, and bytes behind the end */
  archive = zip_maker_finish (maker, "PK\005\006 not the end of anything, I would say");
  g_byte_array_append (with_junk, (const guint8 *) junk, sizeof junk);
  g_byte_array_append (with_junk, archive->data, archive->len);
  g_byte_array_append (with_junk, (const guint8 *) junk, sizeof junk);
  bundle = open_archive (g_steal_pointer (&with_junk));
  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 1);
  bundle_helper_assert_text (bundle, 0, TEXT);
}

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    gssize name_bytes;
    const char *label;
  } names[] = {
    { "ccm\\Logs\\a.log", 0, "ccm/Logs/a.log" },
    { "mixed/a\\b.log", 0, "mixed/a/b.log" },
    { "../../etc/passwd", 0, "../../etc/passwd" },
    { "/etc/passwd", 0, "/etc/passwd" },
    { "C:\\Windows\\x.log", 0, "C:/Windows/x.log" },
    { "nul\0.log", 8, "nul\342\220\200.log" },
    { "esc\033[2J.log", 0, "esc\033[2J.log" },
    { "bidi\342\200\256gol.exe", 0, "bidi\342\200\256gol.exe" },
    { "Gr\303\274n.log", 0, "Gr\303\274n.log" },
    { "Gr\201n.log", 0, "Gr\303\274n.log" }, /* CP437 */
    { "\355\240\200.log", 0, "\317\206\303\241\303\207.log" }, /* a surrogate is no UTF-8 */
    { ".", 0, "." },
    { "", 0, "#12" },
    { "CON", 0, "CON" },
    { "CON", 0, "CON" },
  };
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (CotBundle) bundle = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      ZipEntry entry = { .name = names[i].name, .name_bytes = names[i].name_bytes, .data = TEXT,
                         .size_bytes = strlen (TEXT), .method = 8 };

      zip_maker_add (maker, &entry);
    }
  zip_maker_add (maker, &(ZipEntry) { .name = "folder/" });
  zip_maker_add (maker, &(ZipEntry) { .name = "folder\\" });
  bundle = open_archive (zip_maker_finish (maker, NULL));

  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_cmpstr (get_label (bundle, i), ==, names[i].label);
      g_assert_null (cot_bundle_dup_member_path (bundle, i));
      bundle_helper_assert_text (bundle, i, TEXT);
    }
  g_assert_false (g_file_test ("/tmp/etc/passwd", G_FILE_TEST_EXISTS));
}

static void
test_long_name (void)
{
  g_autofree char *name = g_strnfill (5000, 'a');
  g_autoptr (CotBundle) bundle = NULL;
  ZipMaker *maker = zip_maker_new ();

  zip_maker_add_text (maker, name, TEXT);
  zip_maker_add_text (maker, "good.log", TEXT);
  bundle = open_archive (zip_maker_finish (maker, NULL));
  g_assert_cmpuint (strlen (get_label (bundle, 0)), ==, 4096);
  bundle_helper_assert_refused (bundle, 0, COT_BUNDLE_ERROR_NAME);
  bundle_helper_assert_text (bundle, 1, TEXT);
}

static void
test_better_name_and_time (void)
{
  /* Info-ZIP's UTF-8 name with the CRC-32 of "a.log", and a moment in UTC */
  static const guint8 extra[] = { 0x75, 0x70, 11, 0, 1, 0x3a, 0xc0, 0xe3, 0x52, 0xc3, 0xa4, '.',
                                  'l', 'o', 'g', 0x55, 0x54, 5, 0, 1, 0x10, 0x27, 0, 0 };
  ZipMaker *maker = zip_maker_new ();
  ZipEntry entry = { .name = "a.log", .data = TEXT, .size_bytes = strlen (TEXT), .extra = extra,
                     .extra_bytes = sizeof extra };
  g_autoptr (CotBundle) bundle = NULL;

  zip_maker_add (maker, &entry);
  entry.name = "b.log";
  zip_maker_add (maker, &entry);
  zip_maker_add_text (maker, "c.log", TEXT);
  bundle = open_archive (zip_maker_finish (maker, NULL));
  g_assert_cmpstr (get_label (bundle, 0), ==, "\303\244.log");
  g_assert_cmpint (cot_bundle_get_member (bundle, 0)->modified_usec, ==,
                   G_GINT64_CONSTANT (10000) * G_USEC_PER_SEC);
  g_assert_true (cot_bundle_get_member (bundle, 0)->modified_is_utc);
  /* The checksum is that of another name, so the better name is another file's. */
  g_assert_cmpstr (get_label (bundle, 1), ==, "b.log");
  /* 2026-11-18 09:12:40 by the wall clock */
  g_assert_cmpint (cot_bundle_get_member (bundle, 2)->modified_usec, ==,
                   G_GINT64_CONSTANT (1794993160) * G_USEC_PER_SEC);
  g_assert_false (cot_bundle_get_member (bundle, 2)->modified_is_utc);
}

static void
test_refused_entries (void)
{
  ZipMaker *maker = zip_maker_new ();
  ZipEntry entry = { .data = TEXT, .size_bytes = strlen (TEXT) };
  ZipEntry encrypted = entry;
  ZipEntry aes = entry;
  ZipEntry ppmd = entry;
  ZipEntry unheard_of = entry;
  ZipEntry link = entry;
  g_autoptr (CotBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;

  encrypted.name = "encrypted.log";
  encrypted.flags = 1;
  encrypted.method = 8;
  aes.name = "aes.log";
  aes.method = 99;
  ppmd.name = "ppmd.log";
  ppmd.method = 98;
  link.name = "link.log";
  link.made_by = 3 << 8;
  link.attributes = 0120777u << 16;
  zip_maker_add (maker, &encrypted);
  zip_maker_add (maker, &aes);
  zip_maker_add (maker, &ppmd);
  zip_maker_add (maker, &link);
  zip_maker_add_text (maker, "good.log", TEXT);
  unheard_of.name = "unheard-of.log";
  unheard_of.method = 77;
  zip_maker_add (maker, &unheard_of);
  bundle = open_archive (zip_maker_finish (maker, NULL));

  bundle_helper_assert_refused (bundle, 0, COT_BUNDLE_ERROR_ENCRYPTED);
  /* It says nothing of how. */
  bundle_helper_assert_refused (bundle, 1, COT_BUNDLE_ERROR_UNSUPPORTED);
  bundle_helper_assert_refused (bundle, 2, COT_BUNDLE_ERROR_UNSUPPORTED);
  bundle_helper_assert_refused (bundle, 3, COT_BUNDLE_ERROR_LINK);
  error = cot_bundle_dup_member_error (bundle, 2);
  g_assert_nonnull (strstr (error->message, "PPMd"));
  g_assert_cmpint (cot_bundle_get_member (bundle, 3)->kind, ==, COT_MEMBER_FOLDER_LINK);
  bundle_helper_assert_text (bundle, 4, TEXT);
  bundle_helper_assert_refused (bundle, 5, COT_BUNDLE_ERROR_UNSUPPORTED);
}

static void
assert_partial (CotBundle *bundle, guint index, const char *text, CotBundleError code)
{
  g_autoptr (GError) error = NULL;

  bundle_helper_assert_text (bundle, index, text);
  error = cot_bundle_dup_member_error (bundle, index);
  g_assert_error (error, COT_BUNDLE_ERROR, (int) code);
}

static void
test_sizes_that_lie (void)
{
  ZipMaker *maker = zip_maker_new ();
  ZipEntry small = { .name = "small.log", .data = TEXT TEXT, .size_bytes = strlen (TEXT TEXT),
                     .method = 8, .lie_size = strlen (TEXT) };
  ZipEntry large = small;
  ZipEntry stored = { .name = "stored.log", .data = TEXT, .size_bytes = strlen (TEXT),
                      .lie_size = 5 };
  ZipEntry impossible = { .name = "impossible.log", .data = TEXT, .size_bytes = strlen (TEXT),
                          .method = 8, .lie_size = 1024 * 1024 };
  ZipEntry huge = { .name = "huge.log", .data = TEXT, .size_bytes = strlen (TEXT), .method = 8,
                    .lie_size = 0xfffffff0 };
  g_autoptr (CotBundle) bundle = NULL;

  large.name = "large.log";
  large.lie_size = 3 * strlen (TEXT);
  zip_maker_add (maker, &small);
  zip_maker_add (maker, &large);
  zip_maker_add (maker, &stored);
  zip_maker_add (maker, &impossible);
  zip_maker_add (maker, &huge);
  zip_maker_add_text (maker, "good.log", TEXT);
  bundle = open_archive (zip_maker_finish (maker, NULL));

  /* What came up to the declared size is there. */
  assert_partial (bundle, 0, TEXT, COT_BUNDLE_ERROR_CORRUPT);
  assert_partial (bundle, 1, TEXT TEXT, COT_BUNDLE_ERROR_CORRUPT);
  bundle_helper_assert_refused (bundle, 2, COT_BUNDLE_ERROR_CORRUPT);
  bundle_helper_assert_refused (bundle, 3, COT_BUNDLE_ERROR_LIMIT);
  bundle_helper_assert_refused (bundle, 4, COT_BUNDLE_ERROR_LIMIT);
  bundle_helper_assert_text (bundle, 5, TEXT);
}

static void
test_wrong_data (void)
{
  static const char nonsense[] = "\377\377\377\377 no deflate data";
  ZipMaker *maker = zip_maker_new ();
  ZipEntry checksum = { .name = "checksum.log", .data = TEXT, .size_bytes = strlen (TEXT),
                        .method = 8, .checksum_fault = 1 };
  ZipEntry broken = { .name = "broken.log", .data = nonsense, .size_bytes = sizeof nonsense };
  ZipEntry alias = { .name = "as-deflate.log", .data = nonsense, .size_bytes = 100, .method = 8 };
  g_autoptr (CotBundle) bundle = NULL;
  gsize offset;

  zip_maker_add (maker, &checksum);
  offset = zip_maker_get_offset (maker);
  zip_maker_add_bytes (maker, "PK\003\004", 4);
  for (guint i = 4; i < 30; i++)
    zip_maker_add_bytes (maker, "", 1);
  zip_maker_add_bytes (maker, nonsense, sizeof nonsense);
  alias.size_bytes = sizeof nonsense;
  zip_maker_add_alias (maker, &alias, offset, sizeof nonsense);
  /* Its header says nothing of the kind. */
  zip_maker_add_alias (maker, &broken, offset + sizeof nonsense + 40, 1);
  for (guint i = 0; i < 100; i++)
    zip_maker_add_bytes (maker, "x", 1);
  zip_maker_add_text (maker, "good.log", TEXT);
  bundle = open_archive (zip_maker_finish (maker, NULL));

  assert_partial (bundle, 0, TEXT, COT_BUNDLE_ERROR_CHECKSUM);
  bundle_helper_assert_refused (bundle, 1, COT_BUNDLE_ERROR_CORRUPT);
  bundle_helper_assert_refused (bundle, 2, COT_BUNDLE_ERROR_CORRUPT);
  bundle_helper_assert_text (bundle, 3, TEXT);
}

/* All entries share the data of the first. */
static void
test_full_overlap (void)
{
  ZipMaker *maker = zip_maker_new ();
  ZipEntry entry = { .name = "kernel.log", .data = TEXT, .size_bytes = strlen (TEXT) };
  g_autoptr (CotBundle) bundle = NULL;

  zip_maker_add (maker, &entry);
  for (guint i = 0; i < 50; i++)
    zip_maker_add_alias (maker, &entry, 0, strlen (TEXT));
  bundle = open_archive (zip_maker_finish (maker, NULL));
  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 51);
  bundle_helper_assert_text (bundle, 0, TEXT);
  for (guint i = 1; i <= 50; i++)
    bundle_helper_assert_refused (bundle, i, COT_BUNDLE_ERROR_CORRUPT);
}

/* The first entry's stored data holds whole entries, headers and all: each of them would be
 * unpacked once more for every entry around it. */
static void
test_quoted_overlap (void)
{
  ZipMaker *maker = zip_maker_new ();
  ZipMaker *inner = zip_maker_new ();
  g_autoptr (GByteArray) inside = NULL;
  ZipEntry outer = { .name = "outer.log" };
  ZipEntry quoted = { .name = "quoted.log", .data = TEXT, .size_bytes = strlen (TEXT) };
  g_autoptr (CotBundle) bundle = NULL;

  zip_maker_add (inner, &quoted);
  inside = zip_maker_finish (inner, NULL);
  outer.data = inside->data;
  outer.size_bytes = inside->len;
  zip_maker_add (maker, &outer);
  zip_maker_add_alias (maker, &quoted, 30 + strlen ("outer.log"), strlen (TEXT));
  zip_maker_add_text (maker, "good.log", TEXT);
  bundle = open_archive (zip_maker_finish (maker, NULL));
  g_assert_cmpuint (cot_bundle_get_member (bundle, 0)->size_bytes, ==, inside->len);
  bundle_helper_assert_refused (bundle, 1, COT_BUNDLE_ERROR_CORRUPT);
  bundle_helper_assert_text (bundle, 2, TEXT);
}

/* The local header claims a longer name than the directory, so that its data would begin inside
 * the next entry. */
static void
test_overlap_by_local_header (void)
{
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (GByteArray) archive = NULL;
  g_autoptr (CotBundle) bundle = NULL;

  zip_maker_add (maker, &(ZipEntry) { .name = "a.log", .data = "aaaa", .size_bytes = 4 });
  zip_maker_add_text (maker, "b.log", TEXT);
  archive = zip_maker_finish (maker, NULL);
  archive->data[26] = 20;
  bundle = open_archive (g_steal_pointer (&archive));
  bundle_helper_assert_refused (bundle, 0, COT_BUNDLE_ERROR_CORRUPT);
  bundle_helper_assert_text (bundle, 1, TEXT);
}

static void
test_bomb (void)
{
  gsize size = 80 * 1024 * 1024;
  g_autofree char *zeros = g_malloc0 (size);
  ZipMaker *maker = zip_maker_new ();
  ZipEntry bomb = { .name = "zeros.log", .data = zeros, .size_bytes = size, .method = 8 };
  g_autoptr (CotBundle) bundle = NULL;

  zip_maker_add (maker, &bomb);
  zip_maker_add_text (maker, "good.log", TEXT);
  bundle = open_archive (zip_maker_finish (maker, NULL));
  bundle_helper_assert_refused (bundle, 0, COT_BUNDLE_ERROR_LIMIT);
  bundle_helper_assert_text (bundle, 1, TEXT);
}

/* The budget is one for all entries, and reading one twice costs it once. */
static void
test_total_budget (void)
{
  g_autofree char *program = bundle_helper_find_program ("unpack-small");
  g_autofree char *text = make_text (30000);
  ZipMaker *maker = zip_maker_new ();
  ZipEntry entry = { .name = "a.log", .data = text, .size_bytes = strlen (text), .method = 8 };
  g_autofree char *big_text = make_text (100000);
  ZipEntry big = { .name = "big.log", .data = big_text, .size_bytes = strlen (big_text) };
  g_autoptr (CotBundle) bundle = NULL;

  g_assert_cmpuint (strlen (text), <, 700 * 1000);
  zip_maker_add (maker, &entry);
  zip_maker_add (maker, &entry);
  zip_maker_add (maker, &entry);
  zip_maker_add (maker, &big);
  zip_maker_add_text (maker, "good.log", TEXT);
  cot_unpacker_set_program (program);
  bundle = open_archive (zip_maker_finish (maker, NULL));
  for (guint i = 0; i < 6; i++)
    bundle_helper_assert_text (bundle, 0, text);
  bundle_helper_assert_text (bundle, 1, text);
  bundle_helper_assert_refused (bundle, 2, COT_BUNDLE_ERROR_LIMIT);
  bundle_helper_assert_refused (bundle, 3, COT_BUNDLE_ERROR_LIMIT);
  bundle_helper_assert_text (bundle, 4, TEXT);
}

static void
test_entries_budget (void)
{
  g_autofree char *program = bundle_helper_find_program ("unpack-small");
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (CotBundle) bundle = NULL;

  for (guint i = 0; i < 1001; i++)
    zip_maker_add (maker, &(ZipEntry) { .name = "x", .data = "x", .size_bytes = 1 });
  cot_unpacker_set_program (program);
  bundle = open_archive (zip_maker_finish (maker, NULL));
  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 1000);
  assert_list_error (bundle, COT_BUNDLE_ERROR_TOO_MANY);
  bundle_helper_assert_text (bundle, 999, "x");
}

/* More than 16 bits can count, by a writer that does not know of zip64. */
static void
test_many_entries (void)
{
  guint n = 65536 + 7;
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (CotBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.log", i);

      zip_maker_add (maker, &(ZipEntry) { .name = name, .data = "x", .size_bytes = 1 });
    }
  bundle = open_archive (zip_maker_finish (maker, NULL));
  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, n);
  error = cot_bundle_dup_error (bundle);
  g_assert_no_error (error);
  g_assert_cmpstr (get_label (bundle, n - 1), ==, "65542.log");
  bundle_helper_assert_text (bundle, n - 1, "x");
}

static void
test_cut (void)
{
  g_autofree char *text = make_text (2000);
  ZipMaker *maker = zip_maker_new ();
  ZipEntry entry = { .name = "a.log", .data = text, .size_bytes = strlen (text), .method = 8 };
  ZipEntry streamed = entry;
  GByteArray *archive;
  gsize last;
  g_autoptr (CotBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) member_error = NULL;
  g_autofree char *part = NULL;

  streamed.with_descriptor = TRUE;
  streamed.name = "streamed.log";
  zip_maker_add (maker, &entry);
  zip_maker_add (maker, &streamed);
  last = zip_maker_get_offset (maker);
  entry.name = "cut.log";
  zip_maker_add (maker, &entry);
  archive = zip_maker_finish (maker, NULL);
  g_byte_array_set_size (archive, (guint) last + 5000);
  bundle = open_archive (archive);

  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 3);
  assert_list_error (bundle, COT_BUNDLE_ERROR_TRUNCATED);
  bundle_helper_assert_text (bundle, 0, text);
  bundle_helper_assert_text (bundle, 1, text);
  g_assert_null (cot_bundle_dup_member_error (bundle, 2));
  part = bundle_helper_read (bundle, 2, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (part), >, 1000);
  g_assert_true (g_str_has_prefix (text, part));
  member_error = cot_bundle_dup_member_error (bundle, 2);
  g_assert_error (member_error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_TRUNCATED);
}

/* The last directory in a cut archive may be that of an archive inside it. */
static void
test_cut_around_archive (void)
{
  ZipMaker *inner = zip_maker_new ();
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (GByteArray) inside = NULL;
  g_autoptr (GByteArray) archive = NULL;
  g_autoptr (CotBundle) bundle = NULL;
  ZipEntry nested = { .name = "inner.zip" };
  gsize end;

  zip_maker_add_text (inner, "inside.log", TEXT);
  inside = zip_maker_finish (inner, NULL);
  nested.data = inside->data;
  nested.size_bytes = inside->len;
  zip_maker_add_text (maker, "outside.log", TEXT);
  zip_maker_add (maker, &nested);
  end = zip_maker_get_offset (maker);
  archive = zip_maker_finish (maker, NULL);
  g_byte_array_set_size (archive, (guint) end);
  bundle = open_archive (g_steal_pointer (&archive));
  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 3);
  g_assert_cmpstr (get_label (bundle, 0), ==, "outside.log");
  g_assert_cmpstr (get_label (bundle, 1), ==, "inner.zip");
  g_assert_cmpstr (get_label (bundle, 2), ==, "inner.zip/inside.log");
  assert_list_error (bundle, COT_BUNDLE_ERROR_TRUNCATED);
  bundle_helper_assert_text (bundle, 0, TEXT);
}

/* Of the many places where an archive can be cut or damaged, a few; for all, see
 * test-zip-reader.c. */
#define PLACE_STEP 13

/* Wherever it is cut, there is an answer, and no entry gives what was not in it. */
static void
test_cut_anywhere (void)
{
  ZipMaker *maker = zip_maker_new ();
  ZipEntry streamed = { .name = "b.log", .data = TEXT TEXT, .size_bytes = strlen (TEXT TEXT),
                        .method = 8, .with_descriptor = TRUE };
  g_autoptr (GByteArray) whole = NULL;

  zip_maker_add (maker, &(ZipEntry) { .name = "a.log", .data = TEXT, .size_bytes = 20 });
  zip_maker_add (maker, &streamed);
  zip_maker_add_text (maker, "c.log", TEXT TEXT TEXT);
  whole = zip_maker_finish (maker, "Fabrikam");

  for (guint n = 0; n <= whole->len; n += PLACE_STEP)
    {
      GByteArray *archive = g_byte_array_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (CotBundle) bundle = NULL;

      g_byte_array_append (archive, whole->data, n);
      bundle = bundle_helper_open (archive, &error);
      if (bundle == NULL)
        {
          g_assert_cmpint (error->domain, ==, COT_BUNDLE_ERROR);
          g_assert_cmpint (error->code, !=, COT_BUNDLE_ERROR_WORKER);
          continue;
        }
      for (guint i = 0; i < cot_bundle_get_n_members (bundle); i++)
        {
          g_autofree char *text = bundle_helper_read (bundle, i, NULL, NULL);

          g_assert_true (text == NULL || g_str_has_prefix (TEXT TEXT TEXT, text));
        }
    }
}

/* Bytes of an archive replaced, one after the other: an answer each time, and the worker never
 * dies of it. */
static void
test_damaged_anywhere (void)
{
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (GByteArray) whole = NULL;

  zip_maker_add (maker, &(ZipEntry) { .name = "a.log", .data = TEXT, .size_bytes = 20 });
  zip_maker_add_text (maker, "b.log", TEXT TEXT TEXT);
  whole = zip_maker_finish_zip64 (maker);

  for (guint n = 0; n < whole->len; n += PLACE_STEP)
    {
      GByteArray *archive = g_byte_array_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (CotBundle) bundle = NULL;

      g_byte_array_append (archive, whole->data, whole->len);
      archive->data[n] ^= n % 2 == 0 ? 0xff : 0x01;
      bundle = bundle_helper_open (archive, &error);
      if (bundle == NULL)
        {
          g_assert_cmpint (error->domain, ==, COT_BUNDLE_ERROR);
          g_assert_cmpint (error->code, !=, COT_BUNDLE_ERROR_WORKER);
          continue;
        }
      for (guint i = 0; i < cot_bundle_get_n_members (bundle); i++)
        {
          g_autoptr (GError) read_error = NULL;
          g_autofree char *text = bundle_helper_read (bundle, i, NULL, &read_error);

          g_assert_true (text != NULL || read_error->code != COT_BUNDLE_ERROR_WORKER);
        }
    }
}

static void
test_no_archive (void)
{
  static const char split[] = "PK\005\006\002\0\001\0\001\0\001\0\056\0\0\0\0\0\0\0\0";
  g_autofree char *text = make_text (100000);
  GByteArray *bytes = g_byte_array_new ();

  assert_not_opened (g_byte_array_new (), COT_BUNDLE_ERROR_NOT_AN_ARCHIVE);
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
  assert_not_opened (bytes, COT_BUNDLE_ERROR_NOT_AN_ARCHIVE);
  bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (const guint8 *) split, 22);
  assert_not_opened (bytes, COT_BUNDLE_ERROR_SPLIT);
}

static void
test_empty_archive (void)
{
  g_autoptr (CotBundle) bundle = open_archive (zip_maker_finish (zip_maker_new (), NULL));

  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 0);
}

/* The directory ends in the middle. */
static void
test_broken_directory (void)
{
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (GByteArray) archive = NULL;
  g_autoptr (CotBundle) bundle = NULL;
  gsize second;

  zip_maker_add_text (maker, "a.log", TEXT);
  zip_maker_add_text (maker, "b.log", TEXT);
  second = zip_maker_get_offset (maker) + 46 + strlen ("a.log");
  archive = zip_maker_finish (maker, NULL);
  archive->data[second] = 'X';
  bundle = open_archive (g_steal_pointer (&archive));
  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 1);
  assert_list_error (bundle, COT_BUNDLE_ERROR_CORRUPT);
  bundle_helper_assert_text (bundle, 0, TEXT);
}

static void
use_killing_worker (void)
{
  g_autofree char *program = bundle_helper_find_program ("unpack-killing");

  cot_unpacker_set_program (program);
}

typedef struct
{
  const char *path;
  void (*function) (void);
} Test;

static const Test tests[] = {
  { "/zip/methods", test_methods },
  { "/zip/zip64", test_zip64 },
  { "/zip/zip64-lies", test_zip64_lies },
  { "/zip/surroundings", test_surroundings },
  { "/zip/names", test_names },
  { "/zip/long-name", test_long_name },
  { "/zip/better-name-and-time", test_better_name_and_time },
  { "/zip/refused-entries", test_refused_entries },
  { "/zip/sizes-that-lie", test_sizes_that_lie },
  { "/zip/wrong-data", test_wrong_data },
  { "/zip/full-overlap", test_full_overlap },
  { "/zip/quoted-overlap", test_quoted_overlap },
  { "/zip/overlap-by-local-header", test_overlap_by_local_header },
  { "/zip/bomb", test_bomb },
  { "/zip/total-budget", test_total_budget },
  { "/zip/entries-budget", test_entries_budget },
  { "/zip/many-entries", test_many_entries },
  { "/zip/cut", test_cut },
  { "/zip/cut-around-archive", test_cut_around_archive },
  { "/zip/cut-anywhere", test_cut_anywhere },
  { "/zip/damaged-anywhere", test_damaged_anywhere },
  { "/zip/no-archive", test_no_archive },
  { "/zip/empty-archive", test_empty_archive },
  { "/zip/broken-directory", test_broken_directory },
};

/* Each test begins with the same worker, whatever the one before it chose. */
static void
run (gconstpointer data)
{
  const Test *test = data;

  use_killing_worker ();
  test->function ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_data_func (tests[i].path, &tests[i], run);
  return g_test_run ();
}
