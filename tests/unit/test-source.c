/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-source.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("cotrace-source-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "Contoso.log", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_remove (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
write_file (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
assert_open_fails (const char *path, CotSourceError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotSource) source = cot_source_open (path, &error);

  g_assert_null (source);
  g_assert_error (error, COT_SOURCE_ERROR, (gint) code);
  /* The caller puts the name in: once. */
  g_assert_null (strstr (error->message, path));
}

static void
assert_read (CotSource *source, guint64 offset, gsize n_wanted, const char *expected)
{
  g_autoptr (GError) error = NULL;
  char buffer[64];
  gsize n_read = 99;

  g_assert_cmpuint (n_wanted, <=, sizeof buffer);
  g_assert_true (cot_source_read (source, offset, buffer, n_wanted, &n_read, &error));
  g_assert_no_error (error);
  g_assert_cmpmem (buffer, n_read, expected, strlen (expected));
}

static void
check_bounds (CotSource *source)
{
  assert_read (source, 0, 10, "0123456789");
  assert_read (source, 3, 4, "3456");
  assert_read (source, 8, 64, "89");
  assert_read (source, 10, 64, "");
  assert_read (source, 11, 64, "");
  assert_read (source, G_MAXINT64, 64, "");
  assert_read (source, G_MAXUINT64, 64, "");
  assert_read (source, 0, 0, "");
}

static void
test_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotSource) source = NULL;
  CotSourceStamp stamp, at_path;

  write_file (fixture->path, "0123456789");
  source = cot_source_open (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (cot_source_get_label (source), ==, fixture->path);
  check_bounds (source);
  g_assert_true (cot_source_get_stamp (source, &stamp, &error));
  g_assert_true (cot_source_stamp_path (fixture->path, &at_path, &error));
  g_assert_cmpuint (stamp.size_bytes, ==, 10);
  g_assert_cmpuint (stamp.inode, ==, at_path.inode);
  g_assert_cmpuint (stamp.device, ==, at_path.device);
  g_assert_cmpint (stamp.modified_nsec, ==, at_path.modified_nsec);
  g_assert_cmpint (stamp.modified_nsec, >, G_GINT64_CONSTANT (1000000000) * 1600000000);
}

/* A file that becomes shorter is a short read; what is read before stays right. */
static void
test_shrinks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotSource) source = NULL;
  guint64 size;

  write_file (fixture->path, "0123456789");
  source = cot_source_open (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (truncate (fixture->path, 4), ==, 0);
  assert_read (source, 0, 10, "0123");
  assert_read (source, 6, 4, "");
  g_assert_true (cot_source_get_size (source, &size, &error));
  g_assert_cmpuint (size, ==, 4);
}

/* The open file is still the old one when another takes its name. */
static void
test_replaced (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotSource) source = NULL;
  CotSourceStamp stamp, at_path;

  write_file (fixture->path, "old");
  source = cot_source_open (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  write_file (fixture->path, "other");
  assert_read (source, 0, 10, "old");
  g_assert_true (cot_source_get_stamp (source, &stamp, &error));
  g_assert_true (cot_source_stamp_path (fixture->path, &at_path, &error));
  g_assert_cmpuint (stamp.inode, !=, at_path.inode);
}

static void
test_sparse (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotSource) source = NULL;
  const guint64 size = G_GUINT64_CONSTANT (5) << 30;
  char buffer[4] = "xxxx";
  gsize n_read;

  write_file (fixture->path, "");
  g_assert_cmpint (truncate (fixture->path, (off_t) size), ==, 0);
  source = cot_source_open (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_true (cot_source_read (source, size - 2, buffer, 4, &n_read, &error));
  g_assert_cmpmem (buffer, n_read, "\0\0", 2);
}

static void
test_not_found (Fixture *fixture, gconstpointer data)
{
  g_autofree char *below = g_build_filename (fixture->path, "below", NULL);
  g_autoptr (GError) error = NULL;
  CotSourceStamp stamp;

  assert_open_fails (fixture->path, COT_SOURCE_ERROR_NOT_FOUND);
  g_assert_false (cot_source_stamp_path (fixture->path, &stamp, &error));
  g_assert_error (error, COT_SOURCE_ERROR, COT_SOURCE_ERROR_NOT_FOUND);
  write_file (fixture->path, "");
  assert_open_fails (below, COT_SOURCE_ERROR_NOT_FOUND);
}

static void
test_folder (Fixture *fixture, gconstpointer data)
{
  assert_open_fails (fixture->folder, COT_SOURCE_ERROR_IS_FOLDER);
}

static void
test_permission (Fixture *fixture, gconstpointer data)
{
  write_file (fixture->path, "secret");
  g_assert_cmpint (g_chmod (fixture->path, 0), ==, 0);
  if (g_access (fixture->path, R_OK) == 0)
    {
      g_test_skip ("this user may read everything");
      return;
    }
  assert_open_fails (fixture->path, COT_SOURCE_ERROR_PERMISSION);
}

/* Opening must not wait for a writer that never comes. */
static void
test_fifo (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  assert_open_fails (fixture->path, COT_SOURCE_ERROR_NOT_REGULAR);
}

static void
test_socket (Fixture *fixture, gconstpointer data)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM, 0);

  g_assert_cmpuint (strlen (fixture->path), <, sizeof address.sun_path);
  strcpy (address.sun_path, fixture->path);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  assert_open_fails (fixture->path, COT_SOURCE_ERROR_NOT_REGULAR);
  close (fd);
}

static void
test_kernel_files (Fixture *fixture, gconstpointer data)
{
  assert_open_fails ("/dev/zero", COT_SOURCE_ERROR_NOT_REGULAR);
  if (g_file_test ("/proc/self/status", G_FILE_TEST_EXISTS))
    assert_open_fails ("/proc/self/status", COT_SOURCE_ERROR_NOT_REGULAR);
  if (g_file_test ("/sys/kernel/mm", G_FILE_TEST_EXISTS))
    assert_open_fails ("/sys/kernel/mm", COT_SOURCE_ERROR_IS_FOLDER);
}

static void
test_link_loop (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (symlink (fixture->path, fixture->path), ==, 0);
  assert_open_fails (fixture->path, COT_SOURCE_ERROR_LINK);
}

static void
test_bytes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("0123456789", 10);
  g_autoptr (CotSource) source = cot_source_new_from_bytes (bytes, "member");
  CotSourceStamp stamp;

  g_assert_cmpstr (cot_source_get_label (source), ==, "member");
  check_bounds (source);
  g_assert_true (cot_source_get_stamp (source, &stamp, NULL));
  g_assert_cmpuint (stamp.size_bytes, ==, 10);
  g_assert_cmpuint (stamp.inode, ==, 0);
  g_assert_false (stamp.remote);
}

static void
test_fd (Fixture *fixture, gconstpointer data)
{
  int fd;
  CotSource *source;

  write_file (fixture->path, "0123456789");
  fd = open (fixture->path, O_RDONLY | O_CLOEXEC);
  source = cot_source_new_from_fd (fd, NULL);
  g_assert_cmpstr (cot_source_get_label (source), ==, "");
  check_bounds (source);
  cot_source_unref (cot_source_ref (source));
  check_bounds (source);
  cot_source_unref (source);
  g_assert_cmpint (fcntl (fd, F_GETFD), ==, -1);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*function) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/source/file", test_file },
    { "/source/shrinks", test_shrinks },
    { "/source/replaced", test_replaced },
    { "/source/sparse", test_sparse },
    { "/source/not-found", test_not_found },
    { "/source/folder", test_folder },
    { "/source/permission", test_permission },
    { "/source/fifo", test_fifo },
    { "/source/socket", test_socket },
    { "/source/kernel-files", test_kernel_files },
    { "/source/link-loop", test_link_loop },
    { "/source/bytes", test_bytes },
    { "/source/fd", test_fd },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].function, tear_down);
  return g_test_run ();
}
