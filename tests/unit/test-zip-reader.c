/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The zip reader of the worker, without a process around it: so fast that every byte of an archive
 * can be cut off and replaced. Through the worker, see test-zip.c. */

#include <glib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cot-name.h"
#include "cot-zip.h"
#include "zip-maker.h"

#define TEXT "<![LOG[Contoso]LOG]!>\r\n"
#define LONGEST TEXT TEXT TEXT

static void
append (void *data, const uint8_t *bytes, size_t length_bytes)
{
  g_byte_array_append (data, bytes, (guint) length_bytes);
}

/* No entry gives more than it declares, and none is whole that is not. */
static void
check_entry (CotZip *zip, uint32_t index)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  const CotZipEntry *entry = &zip->entries[index];
  CotUnpackStatus status = cot_zip_unpack (zip, index, append, data);

  g_assert_cmpuint (data->len, <=, entry->size_bytes);
  if (status != COT_UNPACK_OK)
    return;
  g_assert_cmpuint (data->len, ==, entry->size_bytes);
  g_assert_cmpuint (entry->header_offset, <=, entry->limit_offset);
}

/* Whether there is a list at all. @n_good: how many entries are whole. */
static gboolean
read_archive (const guint8 *bytes, gsize n_bytes, guint *n_good)
{
  int fd = memfd_create ("archive", MFD_CLOEXEC);
  CotInput input = { .fd = fd, .size_bytes = n_bytes };
  gboolean has_list;
  CotZip zip;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, bytes, n_bytes), ==, (gssize) n_bytes);
  has_list = cot_zip_open (&zip, &input);
  *n_good = 0;
  for (uint32_t i = 0; has_list && i < zip.n_entries; i++)
    {
      check_entry (&zip, i);
      if (cot_zip_unpack (&zip, i, NULL, NULL) == COT_UNPACK_OK)
        (*n_good)++;
    }
  cot_zip_close (&zip);
  close (fd);
  return has_list;
}

static GByteArray *
make_archive (gboolean with_zip64)
{
  ZipMaker *maker = zip_maker_new ();
  ZipEntry streamed = { .name = "b.log", .data = TEXT TEXT, .size_bytes = strlen (TEXT TEXT),
                        .method = 8, .with_descriptor = TRUE };
  ZipEntry wide = { .name = "c.log", .data = TEXT, .size_bytes = strlen (TEXT), .method = 8,
                    .with_zip64 = TRUE };

  zip_maker_add (maker, &(ZipEntry) { .name = "a.log", .data = TEXT, .size_bytes = 20 });
  zip_maker_add (maker, &streamed);
  zip_maker_add (maker, &wide);
  zip_maker_add_text (maker, "d.log", LONGEST);
  return with_zip64 ? zip_maker_finish_zip64 (maker) : zip_maker_finish (maker, "Fabrikam");
}

static void
test_whole (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GByteArray) archive = make_archive (i == 1);
      guint n_good;

      g_assert_true (read_archive (archive->data, archive->len, &n_good));
      g_assert_cmpuint (n_good, ==, 4);
    }
}

/* The more there is of an archive, the more of its entries can be had. */
static void
test_cut_anywhere (void)
{
  g_autoptr (GByteArray) archive = make_archive (FALSE);
  guint n_before = 0;

  for (guint n = 0; n <= archive->len; n++)
    {
      guint n_good;

      /* An archive that is cut in its first signature is none. */
      g_assert_cmpint (read_archive (archive->data, n, &n_good), ==, n >= 4);
      g_assert_cmpuint (n_good, >=, n_before);
      n_before = n_good;
    }
  g_assert_cmpuint (n_before, ==, 4);
}

static void
test_damaged_anywhere (void)
{
  static const guint8 values[] = { 0x00, 0x01, 0x7f, 0x80, 0xff };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GByteArray) archive = make_archive (i == 1);

      for (guint n = 0; n < archive->len; n++)
        for (gsize j = 0; j < G_N_ELEMENTS (values); j++)
          {
            guint8 kept = archive->data[n];
            guint n_good;

            archive->data[n] = values[j];
            read_archive (archive->data, archive->len, &n_good);
            archive->data[n] = kept;
            g_assert_cmpuint (n_good, <=, 4);
          }
    }
}

/* Ours and GLib's idea of UTF-8 are the same, or the parent would refuse the worker. */
static void
test_utf8 (void)
{
  for (guint i = 0; i < 1 << 24; i += 1 + i % 61)
    {
      guint8 bytes[4] = { (guint8) (i >> 16), (guint8) (i >> 8), (guint8) i, 0xbf };

      if (memchr (bytes, 0, sizeof bytes) != NULL)
        continue;
      for (gsize n = 1; n <= sizeof bytes; n++)
        g_assert_cmpint (cot_name_is_utf8 (bytes, n), ==,
                         g_utf8_validate ((const char *) bytes, (gssize) n, NULL));
    }
}

/* Whatever a name is, its label is text that the parent takes, and fits. */
static void
test_labels (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (42);

  for (guint i = 0; i < 20000; i++)
    {
      guint8 name[40];
      char label[3 * sizeof name];
      gsize n = (gsize) g_rand_int_range (random, 0, (gint32) sizeof name + 1);
      gsize n_label;

      for (gsize j = 0; j < n; j++)
        name[j] = (guint8) g_rand_int_range (random, 0, 256);
      n_label = cot_name_to_label (name, n, label);
      g_assert_cmpuint (n_label, <=, 3 * n);
      g_assert_true (g_utf8_validate_len (label, n_label, NULL));
      g_assert_null (memchr (label, '\\', n_label));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/zip-reader/whole", test_whole);
  g_test_add_func ("/zip-reader/cut-anywhere", test_cut_anywhere);
  g_test_add_func ("/zip-reader/damaged-anywhere", test_damaged_anywhere);
  g_test_add_func ("/zip-reader/utf8", test_utf8);
  g_test_add_func ("/zip-reader/labels", test_labels);
  return g_test_run ();
}
