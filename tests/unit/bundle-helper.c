/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle-helper.h"

#include <glib/gstdio.h>

char *
bundle_helper_find_program (const char *name)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self);

  return g_build_filename (folder, name, NULL);
}

char *
bundle_helper_write (const void *bytes, gsize n_bytes, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("cotrace-XXXXXX", &error);
  char *path;

  g_assert_no_error (error);
  path = g_build_filename (folder, name, NULL);
  g_file_set_contents (path, bytes, (gssize) n_bytes, &error);
  g_assert_no_error (error);
  return path;
}

void
bundle_helper_remove (char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (path);
}

CotBundle *
bundle_helper_open (GByteArray *archive, GError **error)
{
  char *path = bundle_helper_write (archive->data, archive->len, "bundle.zip");
  CotBundle *bundle = cot_bundle_open (path, NULL, error);

  bundle_helper_remove (path);
  g_byte_array_unref (archive);
  return bundle;
}

char *
bundle_helper_read (CotBundle *bundle, guint index, gsize *n_bytes, GError **error)
{
  g_autoptr (CotSource) source = cot_bundle_read_member (bundle, index, NULL, error);
  g_autofree char *text = NULL;
  guint64 size;
  gsize n;

  if (source == NULL || !cot_source_get_size (source, &size, error))
    return NULL;
  text = g_malloc (size + 1);
  if (!cot_source_read (source, 0, text, size, &n, error))
    return NULL;
  g_assert_cmpuint (n, ==, size);
  text[n] = '\0';
  if (n_bytes != NULL)
    *n_bytes = n;
  return g_steal_pointer (&text);
}
