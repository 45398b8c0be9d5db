/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-spool.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "cot-spool-private.h"

#define PIECE_BYTES 1000
#define N_PIECES 50

static void
fill_piece (char piece[PIECE_BYTES], guint index)
{
  for (guint i = 0; i < PIECE_BYTES; i++)
    piece[i] = (char) ((index * 31 + i) % 251);
}

static void
append_pieces (CotSpool *spool, guint first, guint n)
{
  char piece[PIECE_BYTES];

  for (guint i = first; i < first + n; i++)
    {
      g_autoptr (GError) error = NULL;

      fill_piece (piece, i);
      g_assert_true (cot_spool_append (spool, piece, sizeof piece, &error));
      g_assert_no_error (error);
    }
}

/* Reads that begin and end everywhere, over the border between memory and disk too. */
static void
assert_pieces (CotSource *source, guint n)
{
  g_autofree char *expected = g_malloc (n * PIECE_BYTES);
  g_autofree char *buffer = g_malloc (n * PIECE_BYTES);
  guint64 size;

  for (guint i = 0; i < n; i++)
    fill_piece (expected + i * PIECE_BYTES, i);
  g_assert_true (cot_source_get_size (source, &size, NULL));
  g_assert_cmpuint (size, ==, n * PIECE_BYTES);
  for (guint from = 0; from < n * PIECE_BYTES; from += 617)
    {
      gsize wanted = MIN (n * PIECE_BYTES, 2500u);
      gsize n_read;

      g_assert_true (cot_source_read (source, from, buffer, wanted, &n_read, NULL));
      g_assert_cmpuint (n_read, ==, MIN (wanted, n * PIECE_BYTES - from));
      g_assert_cmpmem (buffer, n_read, expected + from, n_read);
    }
}

static void
test_memory (void)
{
  CotSpool *spool = cot_spool_new ();
  g_autoptr (CotSource) source = NULL;

  append_pieces (spool, 0, N_PIECES);
  g_assert_cmpuint (cot_spool_get_size (spool), ==, N_PIECES * PIECE_BYTES);
  source = cot_spool_finish (spool, "member.log");
  g_assert_cmpstr (cot_source_get_label (source), ==, "member.log");
  assert_pieces (source, N_PIECES);
}

static void
test_empty (void)
{
  g_autoptr (CotSource) source = cot_spool_finish (cot_spool_new (), "empty");
  char byte;
  gsize n_read = 5;

  g_assert_true (cot_source_read (source, 0, &byte, 1, &n_read, NULL));
  g_assert_cmpuint (n_read, ==, 0);
}

static guint
count_names (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
check_budget (guint64 budget_bytes)
{
  guint64 old = cot_spool_set_memory_budget (budget_bytes);
  CotSpool *spool = cot_spool_new ();
  g_autoptr (CotSource) source = NULL;

  append_pieces (spool, 0, N_PIECES);
  /* Nothing in the folder has a name. */
  g_assert_cmpuint (count_names (g_get_user_cache_dir ()), ==, 0);
  source = cot_spool_finish (spool, "large");
  assert_pieces (source, N_PIECES);
  cot_spool_set_memory_budget (old);
}

static void
test_disk (void)
{
  check_budget (0);
  check_budget (PIECE_BYTES - 1);
  check_budget (PIECE_BYTES * 7);
  check_budget (PIECE_BYTES * 7 + 1);
}

/* What one spool took is there again for the next when its last reader is gone. */
static void
test_budget_comes_back (void)
{
  guint64 old = cot_spool_set_memory_budget (PIECE_BYTES * 3);

  for (guint i = 0; i < 5; i++)
    {
      CotSpool *spool = cot_spool_new ();
      g_autoptr (CotSource) source = NULL;

      append_pieces (spool, 0, 3);
      source = cot_spool_finish (spool, "again");
      assert_pieces (source, 3);
      g_assert_cmpuint (count_names (g_get_user_cache_dir ()), ==, 0);
    }
  cot_spool_set_memory_budget (old);
}

static void
test_no_room (void)
{
  guint64 old = cot_spool_set_memory_budget (PIECE_BYTES);
  g_autoptr (CotSpool) spool = cot_spool_new ();
  g_autoptr (GError) error = NULL;
  const char *folder = g_get_user_cache_dir ();
  g_autofree char *aside = g_strconcat (folder, ".aside", NULL);

  append_pieces (spool, 0, 1);
  /* A file stands where the folder was. */
  g_assert_cmpint (g_rename (folder, aside), ==, 0);
  g_assert_true (g_file_set_contents (folder, "", 0, NULL));
  g_assert_false (cot_spool_append (spool, "x", 1, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == COT_SOURCE_ERROR);
  g_assert_cmpuint (cot_spool_get_size (spool), ==, PIECE_BYTES);
  g_assert_cmpint (g_unlink (folder), ==, 0);
  g_assert_cmpint (g_rename (aside, folder), ==, 0);
  append_pieces (spool, 1, 3);
  g_assert_cmpuint (cot_spool_get_size (spool), ==, 4 * PIECE_BYTES);
  cot_spool_set_memory_budget (old);
}

static gpointer
read_while_it_grows (gpointer data)
{
  CotSource *source = data;
  guint64 size = 0;

  while (size < N_PIECES * PIECE_BYTES)
    {
      char piece[PIECE_BYTES], expected[PIECE_BYTES];
      gsize n_read;

      g_assert_true (cot_source_get_size (source, &size, NULL));
      if (size < PIECE_BYTES)
        continue;
      g_assert_true (cot_source_read (source, size - PIECE_BYTES, piece, PIECE_BYTES, &n_read,
                                      NULL));
      fill_piece (expected, (guint) (size / PIECE_BYTES) - 1);
      g_assert_cmpmem (piece, n_read, expected, PIECE_BYTES);
    }
  return NULL;
}

static void
test_grows_under_a_reader (void)
{
  guint64 old = cot_spool_set_memory_budget (PIECE_BYTES * N_PIECES / 2);
  g_autoptr (CotSpool) spool = cot_spool_new ();
  g_autoptr (CotSource) source = cot_spool_get_growing_source (spool, "growing");
  GThread *reader = g_thread_new ("reader", read_while_it_grows, source);

  append_pieces (spool, 0, N_PIECES);
  g_thread_join (reader);
  assert_pieces (source, N_PIECES);
  cot_spool_set_memory_budget (old);
}

/* The reader may outlive the writer. */
static void
test_freed_before_its_source (void)
{
  CotSpool *spool = cot_spool_new ();
  g_autoptr (CotSource) source = cot_spool_get_growing_source (spool, "kept");

  append_pieces (spool, 0, 2);
  cot_spool_free (spool);
  assert_pieces (source, 2);
}

/* With the start in memory and the end on the disk, into either kind of file. */
static void
test_copy_to_file (void)
{
  guint64 kept = cot_spool_set_memory_budget (N_PIECES / 2 * PIECE_BYTES);
  g_autoptr (CotSpool) spool = cot_spool_new ();
  g_autoptr (CotSource) source = NULL;
  g_autoptr (GError) error = NULL;
  int fd;

  append_pieces (spool, 0, N_PIECES);
  fd = cot_spool_copy_to_file (spool, &error);
  g_assert_no_error (error);
  source = cot_source_new_from_fd (fd, "copy");
  assert_pieces (source, N_PIECES);
  cot_spool_set_memory_budget (kept);
}

static guint
count_descriptors (void)
{
  return count_names ("/proc/self/fd");
}

/* Any number of spools take one descriptor, and none spoils what another one holds. */
static void
test_shared_disk (void)
{
  guint64 kept = cot_spool_set_memory_budget (0);
  guint n_before = count_descriptors ();
  CotSpool *spools[40];
  g_autoptr (GPtrArray) sources
      = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_source_unref);

  for (guint i = 0; i < G_N_ELEMENTS (spools); i++)
    spools[i] = cot_spool_new ();
  for (guint piece = 0; piece < N_PIECES; piece++)
    for (guint i = 0; i < G_N_ELEMENTS (spools); i++)
      append_pieces (spools[i], piece, 1);
  g_assert_cmpuint (count_descriptors (), ==, n_before + 1);
  for (guint i = 0; i < G_N_ELEMENTS (spools); i++)
    if (i % 2 == 0)
      cot_spool_free (spools[i]);
    else
      g_ptr_array_add (sources, cot_spool_finish (spools[i], "shared"));
  for (guint i = 0; i < sources->len; i++)
    assert_pieces (sources->pdata[i], N_PIECES);
  g_ptr_array_set_size (sources, 0);
  g_assert_cmpuint (count_descriptors (), ==, n_before);
  cot_spool_set_memory_budget (kept);
}

/* Over the borders of what is taken of the disk at once. */
static void
test_large (void)
{
  const gsize n_bytes = 5 * 1024 * 1024 + 3;
  guint64 kept = cot_spool_set_memory_budget (1000);
  g_autofree char *data = g_malloc (n_bytes);
  g_autofree char *buffer = g_malloc (n_bytes);
  CotSpool *spool = cot_spool_new ();
  g_autoptr (CotSource) source = NULL;
  gsize n_read;

  for (gsize i = 0; i < n_bytes; i++)
    data[i] = (char) (i % 249);
  g_assert_true (cot_spool_append (spool, data, 777, NULL));
  g_assert_true (cot_spool_append (spool, data, n_bytes, NULL));
  g_assert_true (cot_spool_append (spool, data, n_bytes, NULL));
  source = cot_spool_finish (spool, "large");
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (cot_source_read (source, 777 + i * n_bytes, buffer, n_bytes, &n_read, NULL));
      g_assert_cmpmem (buffer, n_read, data, n_bytes);
    }
  cot_spool_set_memory_budget (kept);
}

/* (transfer full): a spool with @n_bytes in it, a bit at a time, each at least as large as the one
 * before. */
static CotSpool *
spool_new_expecting (guint64 expected_bytes, const char *data, gsize n_bytes)
{
  CotSpool *spool = cot_spool_new ();
  gsize n = 1000;

  cot_spool_expect (spool, expected_bytes);
  for (gsize at = 0; at < n_bytes; at += n, n *= 3)
    g_assert_true (cot_spool_append (spool, data + at, MIN (n, n_bytes - at), NULL));
  g_assert_cmpuint (cot_spool_get_size (spool), ==, n_bytes);
  return spool;
}

static void
assert_bytes (CotSource *source, const char *data, gsize n_bytes)
{
  g_autofree char *buffer = g_malloc (n_bytes + 1);
  gsize n_read;

  for (gsize from = 0; from <= n_bytes; from = from * 3 + 1)
    {
      g_assert_true (cot_source_read (source, from, buffer, n_bytes + 1, &n_read, NULL));
      g_assert_cmpmem (buffer, n_read, data + from, n_bytes - from);
    }
}

#define EXPECTED_BYTES (300 * 1000)

static char *
make_bytes (gsize n_bytes)
{
  char *data = g_malloc (n_bytes);

  for (gsize i = 0; i < n_bytes; i++)
    data[i] = (char) (i % 249);
  return data;
}

/* What was said to come is no promise. */
static void
test_expected (void)
{
  static const guint64 expectations[]
      = { 0, 1, 65536, EXPECTED_BYTES - 1, EXPECTED_BYTES, EXPECTED_BYTES + 1, 40000000,
          G_MAXUINT64 };
  static const guint64 budgets[] = { 0, 1000, EXPECTED_BYTES, 1000000, 50000000 };
  g_autofree char *data = make_bytes (EXPECTED_BYTES);

  for (guint i = 0; i < G_N_ELEMENTS (budgets); i++)
    for (guint j = 0; j < G_N_ELEMENTS (expectations); j++)
      {
        guint64 kept = cot_spool_set_memory_budget (budgets[i]);
        CotSpool *spool = spool_new_expecting (expectations[j], data, EXPECTED_BYTES);
        g_autoptr (CotSource) source = NULL;

        /* Too late to change anything. */
        cot_spool_expect (spool, 1);
        source = cot_spool_finish (spool, "expected");
        assert_bytes (source, data, EXPECTED_BYTES);
        cot_spool_set_memory_budget (kept);
      }
}

/* Whichever is freed first, none spoils what another one holds, and all of the budget is there
 * again: nothing of the second round goes to the disk. */
static void
test_expected_side_by_side (void)
{
  enum { N_SPOOLS = 40 };
  guint64 kept = cot_spool_set_memory_budget (N_SPOOLS * (EXPECTED_BYTES + 4096));
  g_autofree char *data = make_bytes (EXPECTED_BYTES + N_SPOOLS);
  guint n_before = count_descriptors ();

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GPtrArray) sources
          = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_source_unref);

      for (guint i = 0; i < N_SPOOLS; i++)
        g_ptr_array_add (sources, cot_spool_finish (spool_new_expecting (EXPECTED_BYTES, data + i,
                                                                         EXPECTED_BYTES),
                                                    "beside"));
      g_assert_cmpuint (count_descriptors (), ==, n_before);
      for (guint i = round; i < sources->len; i += 2)
        g_clear_pointer (&sources->pdata[i], cot_source_unref);
      for (guint i = 1 - round; i < sources->len; i += 2)
        assert_bytes (sources->pdata[i], data + i, EXPECTED_BYTES);
      for (guint i = 1 - round; i < sources->len; i += 2)
        g_clear_pointer (&sources->pdata[i], cot_source_unref);
      g_ptr_array_set_free_func (sources, NULL);
    }
  cot_spool_set_memory_budget (kept);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("cotrace-spool-XXXXXX", NULL);
  int status;

  /* Before GLib looks: the test looks at what stands in it. */
  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spool/memory", test_memory);
  g_test_add_func ("/spool/empty", test_empty);
  g_test_add_func ("/spool/disk", test_disk);
  g_test_add_func ("/spool/budget-comes-back", test_budget_comes_back);
  g_test_add_func ("/spool/no-room", test_no_room);
  g_test_add_func ("/spool/grows-under-a-reader", test_grows_under_a_reader);
  g_test_add_func ("/spool/copy-to-file", test_copy_to_file);
  g_test_add_func ("/spool/shared-disk", test_shared_disk);
  g_test_add_func ("/spool/large", test_large);
  g_test_add_func ("/spool/expected", test_expected);
  g_test_add_func ("/spool/expected-side-by-side", test_expected_side_by_side);
  g_test_add_func ("/spool/freed-before-its-source", test_freed_before_its_source);
  status = g_test_run ();
  g_rmdir (folder);
  return status;
}
