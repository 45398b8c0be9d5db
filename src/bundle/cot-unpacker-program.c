/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-unpacker-program.h"

#include <gio/gio.h>

#include "cot-bundle.h"

static GMutex lock;
static char *chosen_program; /* under the lock */

/**
 * cot_unpacker_set_program:
 * @path: (nullable): the worker to start from now on; %NULL for the usual one
 *
 * For tests that bring a worker of their own. Any thread.
 */
void
cot_unpacker_set_program (const char *path)
{
  g_mutex_lock (&lock);
  g_free (chosen_program);
  chosen_program = g_strdup (path);
  g_mutex_unlock (&lock);
}

/* A program that was not installed runs the worker of its own build, not one that happens to be
 * installed and may speak another protocol. No environment variable has a say in it. */
static char *
find_in_build_tree (void)
{
  static const char *const places[] = {
    "../unpack/cotrace-unpack", /* from src/cli, src/app */
    "../../src/unpack/cotrace-unpack", /* from tests/unit and its kin */
  };
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;

  if (folder == NULL || g_strcmp0 (folder, COT_BINDIR) == 0)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *program = g_build_filename (folder, places[i], NULL);

      if (g_file_test (program, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&program);
    }
  return NULL;
}

/**
 * cot_unpacker_dup_program:
 *
 * Returns: (transfer full): the path of the worker to start. Any thread
 */
char *
cot_unpacker_dup_program (void)
{
  char *program;

  g_mutex_lock (&lock);
  program = g_strdup (chosen_program);
  g_mutex_unlock (&lock);
  if (program == NULL)
    program = find_in_build_tree ();
  return program != NULL ? program : g_strdup (COT_UNPACK_PROGRAM);
}
