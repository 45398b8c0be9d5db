/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The reader of cabinets inside the worker, without a process around it: so fast that every byte of
 * a cabinet can be cut off and replaced. Through the worker, see test-cab.c. */

#include <gio/gio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cab-maker.h"
#include "cot-cab.h"

#define TEXT "<![LOG[Contoso]LOG]!>\r\n"

typedef struct
{
  CotInput input;
  CotCab *cab;
} Reader;

static Reader *
reader_new (const guint8 *bytes, gsize n_bytes)
{
  Reader *self = g_new0 (Reader, 1);
  int fd = memfd_create ("archive", MFD_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, bytes, n_bytes), ==, (gssize) n_bytes);
  self->input = (CotInput) { .fd = fd, .size_bytes = n_bytes };
  self->cab = cot_cab_open (&self->input);
  g_assert_nonnull (self->cab);
  return self;
}

static void
reader_free (Reader *self)
{
  cot_cab_close (self->cab);
  close (self->input.fd);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reader, reader_free)

/* Takes @archive. */
static Reader *
reader_new_for (GByteArray *archive)
{
  Reader *self = reader_new (archive->data, archive->len);

  g_byte_array_unref (archive);
  return self;
}

static void
append (void *data, const uint8_t *bytes, size_t length_bytes)
{
  g_assert_cmpuint (length_bytes, >, 0);
  g_assert_cmpuint (length_bytes, <=, COT_UNPACK_MAX_DATA_BYTES);
  g_byte_array_append (data, bytes, (guint) length_bytes);
}

static GByteArray *
unpack (Reader *self, guint index, CotUnpackStatus *status)
{
  GByteArray *data = g_byte_array_new ();

  *status = cot_cab_unpack (self->cab, index, append, data);
  return data;
}

static void
assert_label (Reader *self, guint index, const char *expected)
{
  g_autofree char *label = NULL;
  CotUnpackEntry entry;

  cot_cab_get_entry (self->cab, index, &entry);
  label = g_strndup (entry.label, entry.label_bytes);
  g_assert_cmpstr (label, ==, expected);
}

static void
assert_data (Reader *self, guint index, const void *expected, gsize n_expected)
{
  CotUnpackStatus status;
  g_autoptr (GByteArray) data = unpack (self, index, &status);

  g_assert_cmpint (status, ==, COT_UNPACK_OK);
  g_assert_cmpmem (data->data, data->len, expected, n_expected);
}

static void
assert_status (Reader *self, guint index, CotUnpackStatus expected, gsize n_expected)
{
  CotUnpackStatus status;
  g_autoptr (GByteArray) data = unpack (self, index, &status);

  g_assert_cmpint (status, ==, expected);
  g_assert_cmpuint (data->len, ==, n_expected);
}

/* Bytes that deflate does not shrink away, the same ones every time. */
static guint8 *
make_noise (gsize n_bytes)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  guint8 *bytes = g_malloc (n_bytes);

  for (gsize i = 0; i < n_bytes; i++)
    bytes[i] = (guint8) g_rand_int_range (random, 'a', 'q');
  return bytes;
}

static void
test_whole (void)
{
  g_autofree guint8 *noise = make_noise (100000);

  for (guint16 method = CAB_STORED; method <= CAB_MSZIP; method++)
    {
      CabMaker *maker = cab_maker_new (method);
      g_autoptr (Reader) reader = NULL;
      CotUnpackEntry entry;

      cab_maker_add_text (maker, "Logs\\a.log", TEXT);
      cab_maker_add_text (maker, "empty.log", "");
      cab_maker_add (maker, &(CabEntry) { .name = "b\204r.log", .data = noise,
                                          .size_bytes = 100000 });
      cab_maker_begin_folder (maker, (guint16) (1 - method));
      cab_maker_add_text (maker, "d\303\274rr.log", TEXT TEXT);
      reader = reader_new_for (cab_maker_finish (maker));

      g_assert_cmpint (cot_cab_get_status (reader->cab), ==, COT_UNPACK_OK);
      g_assert_cmpuint (cot_cab_get_n_entries (reader->cab), ==, 4);
      assert_label (reader, 0, "Logs/a.log");
      assert_label (reader, 1, "empty.log");
      assert_label (reader, 2, "b\303\244r.log");
      assert_label (reader, 3, "d\303\274rr.log");
      cot_cab_get_entry (reader->cab, 0, &entry);
      g_assert_cmpint (entry.modified_usec, ==,
                       G_GINT64_CONSTANT (1725885296) * G_USEC_PER_SEC);
      g_assert_cmpuint (entry.flags, ==, 0);
      cot_cab_get_entry (reader->cab, 2, &entry);
      g_assert_cmpint (entry.modified_usec, ==, COT_UNPACK_TIME_NONE);

      /* In order, and then against it */
      for (guint i = 0; i < 2; i++)
        {
          assert_data (reader, 3, TEXT TEXT, strlen (TEXT TEXT));
          assert_data (reader, 2, noise, 100000);
          assert_data (reader, 0, TEXT, strlen (TEXT));
          assert_data (reader, 1, "", 0);
        }
    }
}

/* However the cabinet lists them, what is read in turn is unpacked once. */
static void
test_order (void)
{
  CabMaker *maker = cab_maker_new (CAB_MSZIP);
  g_autoptr (Reader) reader = NULL;
  gint32 n = (gint32) strlen (TEXT);

  cab_maker_add (maker, &(CabEntry) { .name = "second.log", .data = TEXT, .size_bytes = (gsize) n,
                                      .lie_offset = n });
  cab_maker_add (maker, &(CabEntry) { .name = "first.log", .data = TEXT, .size_bytes = (gsize) n,
                                      .lie_offset = -n });
  reader = reader_new_for (cab_maker_finish (maker));
  assert_label (reader, 0, "first.log");
  assert_label (reader, 1, "second.log");
  assert_data (reader, 1, TEXT, (gsize) n);
}

static void
test_overlap (void)
{
  CabMaker *maker = cab_maker_new (CAB_STORED);
  g_autoptr (Reader) reader = NULL;

  cab_maker_add_text (maker, "a.log", TEXT);
  cab_maker_add (maker, &(CabEntry) { .name = "b.log", .data = TEXT, .size_bytes = strlen (TEXT),
                                      .lie_offset = -1 });
  cab_maker_add_text (maker, "c.log", TEXT);
  reader = reader_new_for (cab_maker_finish (maker));
  assert_data (reader, 0, TEXT, strlen (TEXT));
  assert_status (reader, 1, COT_UNPACK_OVERLAP, 0);
  assert_data (reader, 2, TEXT, strlen (TEXT));
}

/* More than its folder can hold, or does. */
static void
test_wrong_sizes (void)
{
  CabMaker *maker = cab_maker_new (CAB_MSZIP);
  g_autoptr (Reader) reader = NULL;
  CotUnpackStatus status;
  g_autoptr (GByteArray) data = NULL;

  cab_maker_add (maker, &(CabEntry) { .name = "long.log", .data = TEXT,
                                      .size_bytes = strlen (TEXT), .lie_size = 20000 });
  cab_maker_begin_folder (maker, CAB_MSZIP);
  cab_maker_add (maker, &(CabEntry) { .name = "impossible.log", .data = TEXT,
                                      .size_bytes = strlen (TEXT), .lie_size = 0x7fffffff });
  cab_maker_begin_folder (maker, CAB_STORED);
  cab_maker_add_text (maker, "good.log", TEXT);
  reader = reader_new_for (cab_maker_finish (maker));
  g_assert_cmpuint (cot_cab_get_n_entries (reader->cab), ==, 3);
  data = unpack (reader, 0, &status);
  g_assert_cmpint (status, !=, COT_UNPACK_OK);
  g_assert_cmpuint (data->len, <=, 20000);
  assert_status (reader, 1, COT_UNPACK_BROKEN, 0);
  assert_data (reader, 2, TEXT, strlen (TEXT));
}

/* The data of a block with a wrong checksum is handed on, once, and it is told of all that may
 * hang on it. */
static void
test_checksum (void)
{
  g_autofree guint8 *noise = make_noise (100000);

  for (guint16 method = CAB_STORED; method <= CAB_MSZIP; method++)
    {
      CabMaker *maker = cab_maker_new (method);
      g_autoptr (Reader) reader = NULL;
      CotUnpackStatus status;
      g_autoptr (GByteArray) data = NULL;

      cab_maker_add_text (maker, "a.log", TEXT);
      cab_maker_add (maker, &(CabEntry) { .name = "b.log", .data = noise, .size_bytes = 100000 });
      cab_maker_add_text (maker, "c.log", TEXT);
      cab_maker_spoil_checksum (maker, 2);
      cab_maker_begin_folder (maker, method);
      cab_maker_add_text (maker, "d.log", TEXT);
      reader = reader_new_for (cab_maker_finish (maker));

      data = unpack (reader, 1, &status);
      g_assert_cmpint (status, ==, COT_UNPACK_WRONG_CHECKSUM);
      g_assert_cmpmem (data->data, data->len, noise, 100000);
      assert_status (reader, 2, COT_UNPACK_WRONG_CHECKSUM, strlen (TEXT));
      assert_data (reader, 0, TEXT, strlen (TEXT));
      assert_data (reader, 3, TEXT, strlen (TEXT));
    }
}

static void
test_broken_block (void)
{
  g_autofree guint8 *noise = make_noise (100000);
  CabMaker *maker = cab_maker_new (CAB_MSZIP);
  g_autoptr (Reader) reader = NULL;
  CotUnpackStatus status;
  g_autoptr (GByteArray) data = NULL;

  cab_maker_add_text (maker, "a.log", TEXT);
  cab_maker_add (maker, &(CabEntry) { .name = "b.log", .data = noise, .size_bytes = 100000 });
  cab_maker_add_text (maker, "c.log", TEXT);
  cab_maker_spoil_data (maker, 2);
  reader = reader_new_for (cab_maker_finish (maker));
  data = unpack (reader, 1, &status);
  g_assert_cmpint (status, ==, COT_UNPACK_BROKEN);
  g_assert_cmpuint (data->len, >=, 30000);
  g_assert_cmpmem (data->data, data->len, noise, data->len);
  assert_status (reader, 2, COT_UNPACK_BROKEN, 0);
  assert_data (reader, 0, TEXT, strlen (TEXT));
}

static void
make_set (guint8 *noise, GByteArray **first, GByteArray **second)
{
  CabMaker *maker = cab_maker_new (CAB_MSZIP);

  cab_maker_add_text (maker, "a.log", TEXT);
  cab_maker_add (maker, &(CabEntry) { .name = "b.log", .data = noise, .size_bytes = 150000 });
  cab_maker_begin_folder (maker, CAB_MSZIP);
  cab_maker_add_text (maker, "c.log", TEXT TEXT);
  cab_maker_finish_set (maker, 2, "logs1.cab", "logs2.cab", first, second);
}

static void
test_set (void)
{
  g_autofree guint8 *noise = make_noise (150000);
  g_autoptr (GByteArray) first = NULL;
  g_autoptr (GByteArray) second = NULL;
  g_autoptr (GByteArray) both = g_byte_array_new ();
  g_autoptr (Reader) reader = NULL;
  g_autoptr (Reader) only_first = NULL;
  g_autoptr (Reader) only_second = NULL;

  make_set (noise, &first, &second);
  g_byte_array_append (both, first->data, first->len);
  g_byte_array_append (both, second->data, second->len);
  reader = reader_new (both->data, both->len);
  g_assert_cmpint (cot_cab_get_status (reader->cab), ==, COT_UNPACK_OK);
  g_assert_cmpuint (cot_cab_get_n_entries (reader->cab), ==, 3);
  assert_data (reader, 2, TEXT TEXT, strlen (TEXT TEXT));
  assert_data (reader, 1, noise, 150000);
  assert_data (reader, 0, TEXT, strlen (TEXT));

  /* One part alone gives what is whole in it. */
  only_first = reader_new (first->data, first->len);
  g_assert_cmpuint (cot_cab_get_n_entries (only_first->cab), ==, 2);
  assert_data (only_first, 0, TEXT, strlen (TEXT));
  assert_status (only_first, 1, COT_UNPACK_SPLIT, 0);
  only_second = reader_new (second->data, second->len);
  g_assert_cmpuint (cot_cab_get_n_entries (only_second->cab), ==, 2);
  assert_status (only_second, 0, COT_UNPACK_SPLIT, 0);
  assert_data (only_second, 1, TEXT TEXT, strlen (TEXT TEXT));
}

/* Nothing gives more than it declares, and nothing is whole that is not. How many are. */
static guint
read_all (const guint8 *bytes, gsize n_bytes)
{
  g_autoptr (Reader) reader = reader_new (bytes, n_bytes);
  guint n_good = 0;

  for (guint i = 0; i < cot_cab_get_n_entries (reader->cab); i++)
    {
      CotUnpackStatus status;
      g_autoptr (GByteArray) data = unpack (reader, i, &status);
      CotUnpackEntry entry;

      cot_cab_get_entry (reader->cab, i, &entry);
      g_assert_cmpuint (data->len, <=, entry.size_bytes);
      g_assert_true (g_utf8_validate_len (entry.label, entry.label_bytes, NULL));
      if (status == COT_UNPACK_OK)
        {
          g_assert_cmpuint (data->len, ==, entry.size_bytes);
          n_good++;
        }
    }
  return n_good;
}

static GByteArray *
make_small (guint16 method)
{
  CabMaker *maker = cab_maker_new (method);

  cab_maker_add_text (maker, "a.log", TEXT TEXT TEXT);
  cab_maker_add_text (maker, "b.log", TEXT);
  cab_maker_begin_folder (maker, method);
  cab_maker_add_text (maker, "c.log", TEXT TEXT);
  return cab_maker_finish (maker);
}

static void
test_cut_anywhere (void)
{
  for (guint16 method = CAB_STORED; method <= CAB_MSZIP; method++)
    {
      g_autoptr (GByteArray) archive = make_small (method);
      guint n_before = 0;

      for (guint n = 0; n <= archive->len; n++)
        {
          guint n_good = read_all (archive->data, n);

          g_assert_cmpuint (n_good, >=, n_before);
          n_before = n_good;
        }
      g_assert_cmpuint (n_before, ==, 3);
    }
}

static void
test_damaged_anywhere (void)
{
  static const guint8 values[] = { 0x00, 0x01, 0x7f, 0x80, 0xff };

  for (guint16 method = CAB_STORED; method <= CAB_MSZIP; method++)
    {
      g_autoptr (GByteArray) archive = make_small (method);

      for (guint n = 0; n < archive->len; n++)
        for (gsize j = 0; j < G_N_ELEMENTS (values); j++)
          {
            guint8 kept = archive->data[n];

            archive->data[n] = values[j];
            g_assert_cmpuint (read_all (archive->data, archive->len), <=, 3);
            archive->data[n] = kept;
          }
    }
}

/* A cut one says so, of the list and of each entry that lost something. */
static void
test_cut (void)
{
  g_autofree guint8 *noise = make_noise (100000);
  CabMaker *maker = cab_maker_new (CAB_MSZIP);
  g_autoptr (GByteArray) archive = NULL;
  g_autoptr (Reader) reader = NULL;
  CotUnpackStatus status;
  g_autoptr (GByteArray) data = NULL;

  cab_maker_add_text (maker, "a.log", TEXT);
  cab_maker_add (maker, &(CabEntry) { .name = "b.log", .data = noise, .size_bytes = 100000 });
  cab_maker_add_text (maker, "c.log", TEXT);
  archive = cab_maker_finish (maker);
  reader = reader_new (archive->data, archive->len - 20000);
  g_assert_cmpint (cot_cab_get_status (reader->cab), ==, COT_UNPACK_CUT);
  g_assert_cmpuint (cot_cab_get_n_entries (reader->cab), ==, 3);
  data = unpack (reader, 1, &status);
  g_assert_cmpint (status, ==, COT_UNPACK_CUT);
  g_assert_cmpuint (data->len, >=, 30000);
  g_assert_cmpmem (data->data, data->len, noise, data->len);
  assert_status (reader, 2, COT_UNPACK_CUT, 0);
  assert_data (reader, 0, TEXT, strlen (TEXT));
}

/* Methods that the tests cannot write: data that is none of theirs gives no more than there may be.
 * An arithmetic coder finds a meaning in anything. */
static void
test_other_methods (void)
{
  static const guint methods[] = { 0x1503, 0x0f03, 0x0003, 0x1472, 0x000f, 0x1f02, 0x0202 };
  g_autofree guint8 *noise = make_noise (50000);

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      CabMaker *maker = cab_maker_new ((guint16) methods[i]);
      g_autoptr (Reader) reader = NULL;
      CotUnpackStatus status;
      g_autoptr (GByteArray) data = NULL;

      cab_maker_add (maker, &(CabEntry) { .name = "a.log", .data = noise, .size_bytes = 50000 });
      reader = reader_new_for (cab_maker_finish (maker));
      data = unpack (reader, 0, &status);
      g_assert_cmpuint (data->len, <=, 50000);
      g_assert_true (status != COT_UNPACK_OK || data->len == 50000);
      g_assert_true (status != COT_UNPACK_OK || (methods[i] & 0xf) <= 3);
    }
}

static char *
find_corpus (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "..", "..", "shared",
                                                   "corpus", "files", NULL);

  return g_file_test (folder, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&folder) : NULL;
}

/* The same names, sizes and bytes that another program gets. */
static void
compare_cabinet (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (Reader) reader = NULL;
  gsize n_bytes;

  g_test_message ("%s", path);
  g_file_get_contents (path, &bytes, &n_bytes, &error);
  g_assert_no_error (error);
  reader = reader_new ((const guint8 *) bytes, n_bytes);
  g_assert_cmpint (cot_cab_get_status (reader->cab), ==, COT_UNPACK_OK);
  g_assert_cmpuint (cot_cab_get_n_entries (reader->cab), >, 0);
  for (guint i = 0; i < cot_cab_get_n_entries (reader->cab); i++)
    {
      CotUnpackStatus status;
      g_autoptr (GByteArray) data = unpack (reader, i, &status);
      const char *arguments[] = { "sh", "-c", "exec cabextract -q -p -F \"$1\" \"$2\"", "sh", NULL,
                                  path, NULL };
      g_autofree char *label = NULL;
      g_autoptr (GSubprocess) process = NULL;
      g_autoptr (GBytes) expected = NULL;
      CotUnpackEntry entry;

      cot_cab_get_entry (reader->cab, i, &entry);
      label = g_strndup (entry.label, entry.label_bytes);
      arguments[4] = label;
      process = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
      g_assert_no_error (error);
      g_subprocess_communicate (process, NULL, NULL, &expected, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (status, ==, COT_UNPACK_OK);
      g_assert_cmpmem (data->data, data->len, g_bytes_get_data (expected, NULL),
                       g_bytes_get_size (expected));
      g_assert_cmpuint (data->len, ==, entry.size_bytes);
    }
}

static void
test_corpus (void)
{
  g_autofree char *folder = find_corpus ();
  g_autofree char *program = g_find_program_in_path ("cabextract");
  GDir *files = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;

  if (files == NULL || program == NULL)
    {
      g_clear_pointer (&files, g_dir_close);
      g_test_skip ("no real cabinets here, or nothing to compare with");
      return;
    }
  while ((name = g_dir_read_name (files)) != NULL)
    if (g_str_has_suffix (name, ".cab"))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        compare_cabinet (path);
      }
  g_dir_close (files);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cab-reader/whole", test_whole);
  g_test_add_func ("/cab-reader/order", test_order);
  g_test_add_func ("/cab-reader/overlap", test_overlap);
  g_test_add_func ("/cab-reader/wrong-sizes", test_wrong_sizes);
  g_test_add_func ("/cab-reader/checksum", test_checksum);
  g_test_add_func ("/cab-reader/broken-block", test_broken_block);
  g_test_add_func ("/cab-reader/set", test_set);
  g_test_add_func ("/cab-reader/cut", test_cut);
  g_test_add_func ("/cab-reader/cut-anywhere", test_cut_anywhere);
  g_test_add_func ("/cab-reader/damaged-anywhere", test_damaged_anywhere);
  g_test_add_func ("/cab-reader/other-methods", test_other_methods);
  g_test_add_func ("/cab-reader/corpus", test_corpus);
  return g_test_run ();
}
