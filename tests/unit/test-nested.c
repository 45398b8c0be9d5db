/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Archives inside archives and folders, and cabinets and files of gzip as bundles. */

#include "cot-unpacker.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "bundle-helper.h"
#include "cab-maker.h"
#include "zip-maker.h"

#define TEXT "<![LOG[Contoso]LOG]!>\r\n"
/* The longest that any archive may take, however it was made. */
#define MAX_USEC (60 * G_USEC_PER_SEC)

static void
use_worker (const char *name)
{
  g_autofree char *program = bundle_helper_find_program (name);

  cot_unpacker_set_program (program);
}

/* A file of gzip with one stream. (transfer full) */
static GByteArray *
make_gzip (const char *name, const char *text)
{
  GByteArray *bytes = g_byte_array_new ();
  g_autoptr (GConverter) compressor
      = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GFileInfo) info = g_file_info_new ();
  gsize n_read, n_written;

  if (name != NULL)
    {
      g_file_info_set_name (info, name);
      g_file_info_set_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED, 1725885296);
      g_zlib_compressor_set_file_info (G_ZLIB_COMPRESSOR (compressor), info);
    }
  g_byte_array_set_size (bytes, (guint) strlen (text) + 1024);
  g_assert_cmpint (g_converter_convert (compressor, text, strlen (text), bytes->data, bytes->len,
                                        G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL),
                   ==, G_CONVERTER_FINISHED);
  g_byte_array_set_size (bytes, (guint) n_written);
  return bytes;
}

static GByteArray *
make_cabinet (const char *name, const char *text)
{
  CabMaker *maker = cab_maker_new (CAB_MSZIP);

  cab_maker_add_text (maker, name, text);
  return cab_maker_finish (maker);
}

/* Stored, and takes @bytes. */
static void
add_bytes (ZipMaker *maker, const char *name, GByteArray *bytes)
{
  ZipEntry entry = { .name = name, .data = bytes->data, .size_bytes = bytes->len };

  zip_maker_add (maker, &entry);
  g_byte_array_unref (bytes);
}

static GByteArray *
make_zip_around (const char *name, GByteArray *bytes)
{
  ZipMaker *maker = zip_maker_new ();

  add_bytes (maker, name, bytes);
  return zip_maker_finish (maker, NULL);
}

/* Opens @bytes, which it takes, as a file of that name. */
static CotBundle *
open_named (GByteArray *bytes, const char *name, GError **error)
{
  char *path = bundle_helper_write (bytes->data, bytes->len, name);
  CotBundle *bundle = cot_bundle_open (path, NULL, error);

  bundle_helper_remove (path);
  g_byte_array_unref (bytes);
  return bundle;
}

static CotBundle *
open_good (GByteArray *bytes, const char *name)
{
  g_autoptr (GError) error = NULL;
  CotBundle *bundle = open_named (bytes, name, &error);

  g_assert_no_error (error);
  g_assert_nonnull (bundle);
  return bundle;
}

static guint
find_member (CotBundle *bundle, const char *label)
{
  for (guint i = 0; i < cot_bundle_get_n_members (bundle); i++)
    if (strcmp (cot_bundle_get_member (bundle, i)->label, label) == 0)
      return i;
  g_error ("no member %s", label);
}

static void
assert_member_text (CotBundle *bundle, const char *label, const char *expected)
{
  bundle_helper_assert_text (bundle, find_member (bundle, label), expected);
}

static void
assert_member_error (CotBundle *bundle, const char *label, int code)
{
  g_autoptr (GError) error = cot_bundle_dup_member_error (bundle, find_member (bundle, label));

  g_assert_error (error, COT_BUNDLE_ERROR, code);
}

static void
assert_no_member_error (CotBundle *bundle, const char *label)
{
  g_autoptr (GError) error = cot_bundle_dup_member_error (bundle, find_member (bundle, label));

  g_assert_no_error (error);
}

static void
test_cabinet (void)
{
  CabMaker *maker = cab_maker_new (CAB_MSZIP);
  g_autoptr (CotBundle) bundle = NULL;
  const CotMember *member;

  /* The one that dies of a call which the lock does not know. */
  use_worker ("unpack-killing");
  cab_maker_add_text (maker, "Logs\\CcmExec.log", TEXT);
  cab_maker_add_text (maker, "CcmExec.lo_", TEXT TEXT);
  bundle = open_good (cab_maker_finish (maker), "mdmlogs.cab");
  g_assert_cmpint (cot_bundle_get_kind (bundle), ==, COT_BUNDLE_ARCHIVE);
  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 2);
  member = cot_bundle_get_member (bundle, 0);
  g_assert_cmpstr (member->label, ==, "Logs/CcmExec.log");
  g_assert_cmpstr (member->base_name, ==, "CcmExec.log");
  g_assert_cmpint (member->modified_usec, ==, G_GINT64_CONSTANT (1725885296) * G_USEC_PER_SEC);
  g_assert_false (member->modified_is_utc);
  assert_member_text (bundle, "CcmExec.lo_", TEXT TEXT);
  assert_member_text (bundle, "Logs/CcmExec.log", TEXT);
}

/* So many that a sort of the C library would ask how much memory there is, which the lock
 * forbids; and in the order of their data, not of the list. */
static void
test_cabinet_of_many (void)
{
  const guint n = 2000;
  CabMaker *maker = cab_maker_new (CAB_STORED);
  g_autoptr (CotBundle) bundle = NULL;

  use_worker ("unpack-killing");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.log", i);
      g_autofree char *text = g_strdup_printf ("Contoso %u\r\n", i);

      cab_maker_add_text (maker, name, text);
    }
  bundle = open_good (cab_maker_finish (maker), "many.cab");
  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, n);
  assert_member_text (bundle, "1999.log", "Contoso 1999\r\n");
  assert_member_text (bundle, "7.log", "Contoso 7\r\n");
}

static void
test_cabinet_faults (void)
{
  GByteArray *cut = make_cabinet ("a.log", TEXT);
  CabMaker *maker = cab_maker_new (CAB_MSZIP);
  g_autoptr (CotBundle) bundle = NULL;
  g_autoptr (GError) list_error = NULL;
  g_autoptr (GError) error = NULL;

  use_worker ("unpack-killing");
  g_byte_array_set_size (cut, 40);
  g_assert_null (open_named (cut, "cut.cab", &error));
  g_assert_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_TRUNCATED);

  cab_maker_add_text (maker, "a.log", TEXT);
  cab_maker_spoil_checksum (maker, 0);
  bundle = open_good (cab_maker_finish (maker), "a.cab");
  list_error = cot_bundle_dup_error (bundle);
  g_assert_no_error (list_error);
  assert_member_text (bundle, "a.log", TEXT);
  assert_member_error (bundle, "a.log", COT_BUNDLE_ERROR_CHECKSUM);
}

static void
test_gzip (void)
{
  g_autoptr (CotBundle) bundle = NULL;
  g_autoptr (CotBundle) nameless = NULL;
  GByteArray *two = make_gzip ("CcmExec.log", TEXT);
  g_autoptr (GByteArray) second = make_gzip (NULL, TEXT TEXT);
  const CotMember *member;

  use_worker ("unpack-killing");
  g_byte_array_append (two, second->data, second->len);
  bundle = open_good (two, "PC0042_CcmExec.gz");
  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 1);
  member = cot_bundle_get_member (bundle, 0);
  g_assert_cmpstr (member->label, ==, "CcmExec.log");
  g_assert_cmpint (member->modified_usec, ==, G_GINT64_CONSTANT (1725885296) * G_USEC_PER_SEC);
  g_assert_true (member->modified_is_utc);
  g_assert_cmpuint (member->size_bytes, ==, 3 * strlen (TEXT));
  bundle_helper_assert_text (bundle, 0, TEXT TEXT TEXT);
  assert_no_member_error (bundle, "CcmExec.log");

  nameless = open_good (make_gzip (NULL, TEXT), "smsts.log.GZ");
  g_assert_cmpstr (cot_bundle_get_member (nameless, 0)->label, ==, "smsts.log");
  bundle_helper_assert_text (nameless, 0, TEXT);
}

static void
test_gzip_faults (void)
{
  GByteArray *bytes = make_gzip ("a.log", TEXT);
  GByteArray *cut = make_gzip ("a.log", TEXT);
  g_autoptr (CotBundle) bad = NULL;
  g_autoptr (CotBundle) short_one = NULL;
  g_autoptr (GError) error = NULL;

  use_worker ("unpack-killing");
  bytes->data[bytes->len - 8] ^= 1;
  bad = open_good (bytes, "a.gz");
  bundle_helper_assert_text (bad, 0, TEXT);
  assert_member_error (bad, "a.log", COT_BUNDLE_ERROR_CHECKSUM);

  g_byte_array_set_size (cut, cut->len - 6);
  short_one = open_good (cut, "a.gz");
  error = cot_bundle_dup_error (short_one);
  g_assert_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_TRUNCATED);
  bundle_helper_assert_text (short_one, 0, TEXT);
}

static void
test_all_kinds (void)
{
  ZipMaker *maker = zip_maker_new ();
  ZipMaker *inner = zip_maker_new ();
  g_autoptr (CotBundle) bundle = NULL;
  const CotMember *member;

  use_worker ("unpack-killing");
  zip_maker_add_text (inner, "deep.log", TEXT TEXT TEXT);
  add_bytes (inner, "LicensingDiag.cab", make_cabinet ("diag.txt", "Fabrikam"));
  zip_maker_add_text (maker, "first.log", TEXT);
  add_bytes (maker, "logs/mdmlogs.cab", make_cabinet ("CcmExec.log", TEXT TEXT));
  add_bytes (maker, "inner.ZIP", zip_maker_finish (inner, NULL));
  add_bytes (maker, "AppWorkload.log.gz", make_gzip (NULL, "from gzip"));
  zip_maker_add_text (maker, "last.log", "last");
  bundle = open_good (zip_maker_finish (maker, NULL), "bundle.zip");

  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 10);
  g_assert_cmpstr (cot_bundle_get_member (bundle, 4)->label, ==, "last.log");
  assert_member_text (bundle, "first.log", TEXT);
  assert_member_text (bundle, "logs/mdmlogs.cab/CcmExec.log", TEXT TEXT);
  assert_member_text (bundle, "inner.ZIP/deep.log", TEXT TEXT TEXT);
  assert_member_text (bundle, "inner.ZIP/LicensingDiag.cab/diag.txt", "Fabrikam");
  assert_member_text (bundle, "AppWorkload.log.gz/AppWorkload.log", "from gzip");
  assert_member_text (bundle, "last.log", "last");
  assert_no_member_error (bundle, "logs/mdmlogs.cab");

  member = cot_bundle_get_member (bundle, find_member (bundle, "logs/mdmlogs.cab/CcmExec.log"));
  g_assert_cmpstr (member->base_name, ==, "CcmExec.log");
  g_assert_cmpint (member->kind, ==, COT_MEMBER_LOG);
  g_assert_cmpint (member->group, ==, COT_MEMBER_GROUP_CLIENT);
  g_assert_cmpint (cot_bundle_get_member (bundle, 1)->kind, ==, COT_MEMBER_ARCHIVE);
}

/* Many more than keep their worker: what was given up is unpacked again. */
static void
test_more_than_are_kept (void)
{
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (CotBundle) bundle = NULL;

  use_worker ("unpack-killing");
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("%02u.cab", i);
      g_autofree char *text = g_strdup_printf ("text %u", i);

      add_bytes (maker, name, make_cabinet ("a.log", text));
    }
  bundle = open_good (zip_maker_finish (maker, NULL), "bundle.zip");
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < 12; i++)
      {
        g_autofree char *label = g_strdup_printf ("%02u.cab/a.log", i);
        g_autofree char *text = g_strdup_printf ("text %u", i);

        assert_member_text (bundle, label, text);
      }
}

static void
test_depth (void)
{
  GByteArray *bytes;
  g_autoptr (CotBundle) bundle = NULL;
  ZipMaker *maker = zip_maker_new ();

  use_worker ("unpack-killing");
  zip_maker_add_text (maker, "a.log", TEXT);
  bytes = zip_maker_finish (maker, NULL);
  for (int i = 5; i >= 1; i--)
    {
      g_autofree char *name = g_strdup_printf ("%d.zip", i);

      bytes = make_zip_around (name, bytes);
    }
  bundle = open_good (bytes, "0.zip");
  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 5);
  assert_member_error (bundle, "1.zip/2.zip/3.zip/4.zip/5.zip", COT_BUNDLE_ERROR_TOO_DEEP);
  assert_no_member_error (bundle, "1.zip/2.zip/3.zip/4.zip");
}

/* One that cannot be read stays a member and costs nobody else anything. */
static void
test_broken_inside (void)
{
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (CotBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;
  GByteArray *cut = make_cabinet ("a.log", TEXT);

  use_worker ("unpack-killing");
  g_byte_array_set_size (cut, cut->len - 4);
  zip_maker_add_text (maker, "garbage.zip", "these are no such bytes, whatever the name says");
  add_bytes (maker, "cut.cab", cut);
  add_bytes (maker, "good.cab", make_cabinet ("b.log", TEXT TEXT));
  zip_maker_add_text (maker, "good.log", TEXT);
  bundle = open_good (zip_maker_finish (maker, NULL), "bundle.zip");
  error = cot_bundle_dup_error (bundle);
  g_assert_no_error (error);
  assert_member_error (bundle, "garbage.zip", COT_BUNDLE_ERROR_NOT_AN_ARCHIVE);
  assert_member_error (bundle, "cut.cab", COT_BUNDLE_ERROR_TRUNCATED);
  find_member (bundle, "cut.cab/a.log");
  assert_member_text (bundle, "good.cab/b.log", TEXT TEXT);
  assert_member_text (bundle, "good.log", TEXT);
}

static void
test_folder (void)
{
  g_autoptr (GByteArray) cabinet = make_cabinet ("a.log", TEXT);
  g_autoptr (GByteArray) zip = make_zip_around ("inner.cab", make_cabinet ("b.log", TEXT TEXT));
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("cotrace-XXXXXX", NULL);
  static const char *const names[] = { "a.cab", "b.zip", "c.log" };
  g_autoptr (CotBundle) bundle = NULL;
  g_autofree char *member_path = NULL;

  use_worker ("unpack-killing");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      GByteArray *bytes = i == 0 ? cabinet : zip;

      if (i == 2)
        g_file_set_contents (path, TEXT, -1, &error);
      else
        g_file_set_contents (path, (const char *) bytes->data, (gssize) bytes->len, &error);
      g_assert_no_error (error);
    }
  bundle = cot_bundle_open (folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cot_bundle_get_kind (bundle), ==, COT_BUNDLE_FOLDER);
  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 6);
  assert_member_text (bundle, "a.cab/a.log", TEXT);
  assert_member_text (bundle, "b.zip/inner.cab/b.log", TEXT TEXT);
  assert_member_text (bundle, "c.log", TEXT);
  member_path = cot_bundle_dup_member_path (bundle, find_member (bundle, "a.cab/a.log"));
  g_assert_null (member_path);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

/* Two cabinets of one set; the second file is in both. */
static void
make_set (GByteArray **first, GByteArray **second)
{
  g_autofree char *lines = g_strnfill (150000, 'x');
  CabMaker *maker = cab_maker_new (CAB_STORED);

  cab_maker_add_text (maker, "a.log", TEXT);
  cab_maker_add_text (maker, "b.log", lines);
  cab_maker_begin_folder (maker, CAB_MSZIP);
  cab_maker_add_text (maker, "c.log", TEXT TEXT);
  cab_maker_finish_set (maker, 2, "Logs1.cab", "Logs2.cab", first, second);
}

static void
assert_set (CotBundle *bundle, const char *prefix)
{
  g_autofree char *lines = g_strnfill (150000, 'x');
  const char *const names[] = { "a.log", "b.log", "c.log" };
  const char *const texts[] = { TEXT, lines, TEXT TEXT };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *label = g_strconcat (prefix, names[i], NULL);

      assert_member_text (bundle, label, texts[i]);
      assert_no_member_error (bundle, label);
    }
}

static void
test_set_inside (void)
{
  GByteArray *first, *second;
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (CotBundle) bundle = NULL;

  use_worker ("unpack-killing");
  make_set (&first, &second);
  add_bytes (maker, "temp/logs2.CAB", second);
  add_bytes (maker, "temp/logs1.cab", first);
  bundle = open_good (zip_maker_finish (maker, NULL), "bundle.zip");
  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 5);
  assert_no_member_error (bundle, "temp/logs2.CAB");
  assert_no_member_error (bundle, "temp/logs1.cab");
  assert_set (bundle, "temp/logs1.cab/");
}

/* In another folder it is another set. */
static void
test_set_with_a_hole (void)
{
  GByteArray *first, *second;
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (CotBundle) bundle = NULL;

  use_worker ("unpack-killing");
  make_set (&first, &second);
  add_bytes (maker, "one/Logs1.cab", first);
  add_bytes (maker, "two/Logs2.cab", second);
  bundle = open_good (zip_maker_finish (maker, NULL), "bundle.zip");
  assert_member_error (bundle, "one/Logs1.cab", COT_BUNDLE_ERROR_PART_MISSING);
  assert_member_error (bundle, "two/Logs2.cab", COT_BUNDLE_ERROR_PART_MISSING);
  assert_member_text (bundle, "one/Logs1.cab/a.log", TEXT);
  assert_member_error (bundle, "one/Logs1.cab/b.log", COT_BUNDLE_ERROR_PART_MISSING);
  assert_member_error (bundle, "two/Logs2.cab/b.log", COT_BUNDLE_ERROR_PART_MISSING);
  assert_member_text (bundle, "two/Logs2.cab/c.log", TEXT TEXT);
}

/* Any part of it opens the set; alone, it says which part is missing. */
static void
test_set_of_files (void)
{
  GByteArray *parts[2];
  g_autofree char *folder = g_dir_make_tmp ("cotrace-XXXXXX", NULL);
  g_autofree char *first = g_build_filename (folder, "logs1.cab", NULL);
  g_autofree char *second = g_build_filename (folder, "Logs2.cab", NULL);
  const char *const paths[] = { first, second };
  g_autoptr (CotBundle) alone = NULL;
  g_autoptr (GError) list_error = NULL;
  g_autoptr (GError) error = NULL;

  use_worker ("unpack-killing");
  make_set (&parts[0], &parts[1]);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_file_set_contents (paths[i], (const char *) parts[i]->data, (gssize) parts[i]->len,
                           &error);
      g_assert_no_error (error);
      g_byte_array_unref (parts[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (CotBundle) bundle = cot_bundle_open (paths[i], NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 3);
      assert_set (bundle, "");
    }
  g_unlink (paths[1]);
  alone = cot_bundle_open (paths[0], NULL, &error);
  g_assert_no_error (error);
  list_error = cot_bundle_dup_error (alone);
  g_assert_error (list_error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_PART_MISSING);
  g_assert_nonnull (strstr (list_error->message, "Logs2.cab"));
  assert_member_text (alone, "a.log", TEXT);
  g_unlink (paths[0]);
  g_rmdir (folder);
}

/* Each level of a nested bomb is a zip of many copies of the next; together they would be 10 TB. */
static void
test_nested_bomb (void)
{
  const gsize n_zeros = 20 * 1024 * 1024;
  g_autofree guint8 *zeros = g_malloc0 (n_zeros);
  gint64 start = g_get_monotonic_time ();
  GByteArray *bytes;
  g_autoptr (CotBundle) bundle = NULL;
  ZipMaker *maker = zip_maker_new ();
  guint n_refused = 0;

  use_worker ("unpack-killing");
  zip_maker_add (maker, &(ZipEntry) { .name = "zeros.log", .data = zeros, .size_bytes = n_zeros,
                                      .method = 8 });
  bytes = zip_maker_finish (maker, NULL);
  for (guint level = 0; level < 4; level++)
    {
      maker = zip_maker_new ();
      for (guint i = 0; i < 16; i++)
        {
          g_autofree char *name = g_strdup_printf ("%x.zip", i);

          zip_maker_add (maker, &(ZipEntry) { .name = name, .data = bytes->data,
                                              .size_bytes = bytes->len, .method = 8 });
        }
      g_byte_array_unref (bytes);
      bytes = zip_maker_finish (maker, NULL);
    }
  bundle = open_good (bytes, "bomb.zip");
  for (guint i = 0; i < cot_bundle_get_n_members (bundle); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CotSource) source = NULL;

      if (cot_bundle_get_member (bundle, i)->kind == COT_MEMBER_ARCHIVE)
        {
          g_autoptr (GError) known = cot_bundle_dup_member_error (bundle, i);

          n_refused += known != NULL;
          continue;
        }
      source = cot_bundle_read_member (bundle, i, NULL, &error);
      n_refused += source == NULL;
    }
  g_assert_cmpuint (n_refused, >, 0);
  g_assert_cmpint (g_get_monotonic_time () - start, <, MAX_USEC);
}

/* To know how large it is, a file of gzip has to be unpacked: as far as it may be, and no more. */
static void
test_gzip_bombs (void)
{
  gint64 start = g_get_monotonic_time ();
  g_autofree char *spaces = g_strnfill (300 * 1000 * 1000, ' ');
  g_autoptr (GByteArray) bomb = make_gzip (NULL, spaces);
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (CotBundle) bundle = NULL;

  use_worker ("unpack-killing");
  g_clear_pointer (&spaces, g_free);
  zip_maker_add_text (maker, "good.log", TEXT);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("%02u.log.gz", i);

      zip_maker_add (maker, &(ZipEntry) { .name = name, .data = bomb->data,
                                          .size_bytes = bomb->len });
    }
  bundle = open_good (zip_maker_finish (maker, NULL), "bundle.zip");
  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 41);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *label = g_strdup_printf ("%02u.log.gz/%02u.log", i, i);

      assert_member_error (bundle, label, COT_BUNDLE_ERROR_LIMIT);
    }
  assert_member_text (bundle, "good.log", TEXT);
  g_assert_cmpint (g_get_monotonic_time () - start, <, MAX_USEC);
}

/* As many as a zip without 64-bit records can hold. */
static void
test_very_many (void)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GByteArray) cabinet = make_cabinet ("a.log", TEXT);
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (CotBundle) bundle = NULL;
  guint n_refused = 0;

  cot_unpacker_set_program (NULL);
  zip_maker_add_text (maker, "good.log", TEXT);
  for (guint i = 0; i < 65536; i++)
    {
      g_autofree char *name = g_strdup_printf ("%05u.cab", i);

      zip_maker_add (maker, &(ZipEntry) { .name = name, .data = cabinet->data,
                                          .size_bytes = cabinet->len });
    }
  bundle = open_good (zip_maker_finish_zip64 (maker), "many.zip");
  for (guint i = 0; i < cot_bundle_get_n_members (bundle); i++)
    {
      g_autoptr (GError) error = cot_bundle_dup_member_error (bundle, i);

      if (error != NULL)
        {
          g_assert_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_NOT_LOOKED_INTO);
          n_refused++;
        }
    }
  g_assert_cmpuint (n_refused, ==, 65536 - 256);
  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 1 + 65536 + 256);
  assert_member_text (bundle, "00255.cab/a.log", TEXT);
  assert_member_text (bundle, "good.log", TEXT);
  g_assert_cmpint (g_get_monotonic_time () - start, <, MAX_USEC);
}

/* The script of a fake worker (see there), as the archive and as what is in it. */

static void
put_frame (GByteArray *into, CotUnpackType type, const void *payload, guint32 length_bytes)
{
  guint8 header[COT_UNPACK_HEADER_BYTES];

  cot_unpack_write_header (header, type, length_bytes);
  g_byte_array_append (into, header, sizeof header);
  g_byte_array_append (into, payload, length_bytes);
}

static void
put_pair (GByteArray *into, CotUnpackType type, guint32 status, guint32 value)
{
  guint8 pair[8];

  cot_unpack_put_u32 (pair, status);
  cot_unpack_put_u32 (pair + 4, value);
  put_frame (into, type, pair, sizeof pair);
}

static void
put_entry (GByteArray *into, guint64 size_bytes, const char *label)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  CotUnpackEntry entry = { .size_bytes = size_bytes, .modified_usec = COT_UNPACK_TIME_NONE };

  g_byte_array_set_size (payload, COT_UNPACK_ENTRY_BYTES);
  cot_unpack_write_entry (payload->data, &entry);
  g_byte_array_append (payload, (const guint8 *) label, (guint) strlen (label));
  put_frame (into, COT_UNPACK_ENTRY, payload->data, payload->len);
}

static void
put_words (GByteArray *script, GByteArray *words)
{
  guint8 length[4];

  cot_unpack_put_u32 (length, words->len);
  g_byte_array_append (script, (const guint8 *) "s", 1);
  g_byte_array_append (script, length, sizeof length);
  g_byte_array_append (script, words->data, words->len);
  g_byte_array_unref (words);
}

/* Lists one member that is "x.zip" and as large as the script, and gives the script as its data. */
static GByteArray *
make_quine_of (guint64 size_bytes)
{
  GByteArray *script = g_byte_array_new ();
  GByteArray *words = g_byte_array_new ();
  guint8 magic[4];

  cot_unpack_put_u32 (magic, COT_UNPACK_MAGIC);
  put_frame (words, COT_UNPACK_HELLO, magic, sizeof magic);
  put_words (script, words);
  g_byte_array_append (script, (const guint8 *) "w", 1);
  words = g_byte_array_new ();
  put_entry (words, size_bytes, "x.zip");
  put_pair (words, COT_UNPACK_LISTED, COT_UNPACK_OK, 1);
  put_words (script, words);
  g_byte_array_append (script, (const guint8 *) "wm", 2);
  words = g_byte_array_new ();
  put_pair (words, COT_UNPACK_END, COT_UNPACK_OK, 0);
  put_words (script, words);
  g_byte_array_append (script, (const guint8 *) "w", 1);
  return script;
}

static void
test_quine (void)
{
  g_autoptr (GByteArray) measure = make_quine_of (0);
  g_autoptr (CotBundle) bundle = NULL;

  use_worker ("fake-worker");
  bundle = open_good (make_quine_of (measure->len), "r.zip");
  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 1);
  assert_member_error (bundle, "x.zip", COT_BUNDLE_ERROR_REPEATS);
}

/* The same archive twice, side by side, is nothing bad. */
static void
test_twins (void)
{
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (CotBundle) bundle = NULL;

  use_worker ("unpack-killing");
  add_bytes (maker, "a.cab", make_cabinet ("a.log", TEXT));
  add_bytes (maker, "b.cab", make_cabinet ("a.log", TEXT));
  bundle = open_good (zip_maker_finish (maker, NULL), "bundle.zip");
  assert_member_text (bundle, "a.cab/a.log", TEXT);
  assert_member_text (bundle, "b.cab/a.log", TEXT);
}

/* A worker that dies, or says nothing, over an archive inside a folder costs that archive. */
static void
test_lost_worker (void)
{
  static const char *const scripts[] = { "k", "h", "7" };
  g_autofree char *folder = g_dir_make_tmp ("cotrace-XXXXXX", NULL);

  use_worker ("fake-worker");
  cot_unpacker_set_patience (300);
  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autofree char *bad = g_build_filename (folder, "bad.cab", NULL);
      g_autofree char *good = g_build_filename (folder, "good.log", NULL);
      g_autoptr (CotBundle) bundle = NULL;
      g_autoptr (GError) error = NULL;

      g_file_set_contents (bad, scripts[i], -1, &error);
      g_assert_no_error (error);
      g_file_set_contents (good, TEXT, -1, &error);
      g_assert_no_error (error);
      bundle = cot_bundle_open (folder, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 2);
      assert_member_error (bundle, "bad.cab", COT_BUNDLE_ERROR_WORKER);
      assert_member_text (bundle, "good.log", TEXT);
      g_unlink (bad);
      g_unlink (good);
    }
  cot_unpacker_set_patience (0);
  g_rmdir (folder);
}

typedef struct
{
  GCancellable *cancellable;
  pid_t waiting;
} Cancelling;

/* Whether the thread sleeps in the kernel, as it does while it waits for the worker. */
static gboolean
is_asleep (pid_t thread)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/task/%d/stat", (int) thread);
  g_autofree char *text = NULL;
  const char *behind_name;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  behind_name = strrchr (text, ')');
  return behind_name != NULL && g_str_has_prefix (behind_name, ") S");
}

static gpointer
cancel_when_asleep (gpointer data)
{
  Cancelling *cancelling = data;
  gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  while (!is_asleep (cancelling->waiting) && g_get_monotonic_time () < end)
    g_thread_yield ();
  g_cancellable_cancel (cancelling->cancellable);
  return NULL;
}

/* Opening that waits for a worker which says nothing can be ended. */
static void
test_cancel (void)
{
  g_autofree char *folder = g_dir_make_tmp ("cotrace-XXXXXX", NULL);
  g_autofree char *bad = g_build_filename (folder, "bad.cab", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gint64 start = g_get_monotonic_time ();
  g_autoptr (CotBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;
  Cancelling cancelling = { cancellable, gettid () };
  GThread *thread;

  use_worker ("fake-worker");
  g_file_set_contents (bad, "h", -1, &error);
  g_assert_no_error (error);
  thread = g_thread_new ("cancel", cancel_when_asleep, &cancelling);
  bundle = cot_bundle_open (folder, cancellable, &error);
  g_thread_join (thread);
  g_assert_null (bundle);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, MAX_USEC);
  g_unlink (bad);
  g_rmdir (folder);
}

/* From many threads, of many archives. */
static gpointer
read_all (gpointer data)
{
  CotBundle *bundle = data;

  for (guint round = 0; round < 3; round++)
    for (guint i = 0; i < cot_bundle_get_n_members (bundle); i++)
      if (cot_bundle_get_member (bundle, i)->kind == COT_MEMBER_LOG)
        bundle_helper_assert_text (bundle, i, TEXT);
  return NULL;
}

static void
test_threads (void)
{
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (CotBundle) bundle = NULL;
  GThread *threads[6];

  use_worker ("unpack-killing");
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *cabinet = g_strdup_printf ("%u.cab", i);
      g_autofree char *log = g_strdup_printf ("%u.log", i);

      zip_maker_add_text (maker, log, TEXT);
      add_bytes (maker, cabinet, make_cabinet ("a.log", TEXT));
    }
  bundle = open_good (zip_maker_finish (maker, NULL), "bundle.zip");
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("reader", read_all, bundle);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nested/cabinet", test_cabinet);
  g_test_add_func ("/nested/cabinet-of-many", test_cabinet_of_many);
  g_test_add_func ("/nested/cabinet-faults", test_cabinet_faults);
  g_test_add_func ("/nested/gzip", test_gzip);
  g_test_add_func ("/nested/gzip-faults", test_gzip_faults);
  g_test_add_func ("/nested/all-kinds", test_all_kinds);
  g_test_add_func ("/nested/more-than-are-kept", test_more_than_are_kept);
  g_test_add_func ("/nested/depth", test_depth);
  g_test_add_func ("/nested/broken-inside", test_broken_inside);
  g_test_add_func ("/nested/folder", test_folder);
  g_test_add_func ("/nested/set-inside", test_set_inside);
  g_test_add_func ("/nested/set-with-a-hole", test_set_with_a_hole);
  g_test_add_func ("/nested/set-of-files", test_set_of_files);
  g_test_add_func ("/nested/bomb", test_nested_bomb);
  g_test_add_func ("/nested/gzip-bombs", test_gzip_bombs);
  g_test_add_func ("/nested/very-many", test_very_many);
  g_test_add_func ("/nested/quine", test_quine);
  g_test_add_func ("/nested/twins", test_twins);
  g_test_add_func ("/nested/lost-worker", test_lost_worker);
  g_test_add_func ("/nested/cancel", test_cancel);
  g_test_add_func ("/nested/threads", test_threads);
  return g_test_run ();
}
