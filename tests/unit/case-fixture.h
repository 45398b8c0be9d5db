/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A case of a folder that a test fills: for what is judged over several logs. */

#pragma once

#include "cot-engine.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder;
  CotSession *session;
  CotCase *loose;
  CotCase *bundle;
} Fixture;

static inline void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("cotrace-case-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  self->session = cot_session_new ();
  self->loose = cot_session_new_case (self->session);
}

static inline void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static inline void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->bundle);
  g_clear_object (&self->loose);
  g_clear_object (&self->session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  remove_tree (self->folder);
  g_free (self->folder);
}

static inline void
add_log (Fixture *self, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static inline void
judge (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  self->bundle = cot_session_open_sync (self->session, self->loose, self->folder, &error);
  g_assert_no_error (error);
  cot_session_wait (self->session, self->bundle);
}
