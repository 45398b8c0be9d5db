/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-session.h"

#include <glib/gstdio.h>

#define N_CASES 120

#define RECORD \
  "<![LOG[[CCMHTTP] ERROR INFO: StatusCode=403 StatusText=CMGConnector_Clientcertificaterequired]" \
  "LOG]!><time=\"09:12:41.327+300\" date=\"11-18-2026\" component=\"Test\" context=\"\" " \
  "type=\"3\" thread=\"7120\" file=\"a.cpp:12\">\r\n"

static const char *const names[] = { "LocationServices.log", "CcmMessaging.log", "CcmExec.log" };

static gboolean
keep_waking (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static char *
make_folder (void)
{
  char *folder = g_dir_make_tmp ("cotrace-case-end-XXXXXX", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_assert_true (g_file_set_contents (path, RECORD, -1, NULL));
    }
  return folder;
}

static void
remove_folder (const char *folder)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Each case is at another point of its work when it is dropped; some are cancelled first. */
static void
drop_after (CotCase *bundle, guint n_turns, gboolean cancel)
{
  gint64 deadline_usec = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;
  gpointer gone = bundle;

  g_object_add_weak_pointer (G_OBJECT (bundle), &gone);
  for (guint i = 0; i < n_turns; i++)
    g_main_context_iteration (NULL, i % 2 == 0);
  if (cancel)
    cot_case_cancel (bundle);
  if (n_turns % 3 == 0)
    g_main_context_iteration (NULL, FALSE);
  g_object_unref (bundle);
  while (gone != NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline_usec);
      g_main_context_iteration (NULL, TRUE);
    }
  for (guint i = 0; i < 10; i++)
    g_main_context_iteration (NULL, FALSE);
}

/* Whatever a bundle is doing when it is closed, nothing of it comes later. */
static void
test_dropped_at_any_time (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (CotSession) session = cot_session_new ();
  g_autoptr (CotCase) loose = cot_session_new_case (session);
  guint waking = g_timeout_add (1, keep_waking, NULL);

  for (guint i = 0; i < N_CASES; i++)
    {
      CotCase *bundle = cot_session_open_sync (session, loose, folder, NULL);

      g_assert_nonnull (bundle);
      drop_after (bundle, i / 3, i % 2 == 0);
    }
  g_source_remove (waking);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/case-end/dropped-at-any-time", test_dropped_at_any_time);
  return g_test_run ();
}
