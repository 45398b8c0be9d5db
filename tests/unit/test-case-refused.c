/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What could not be read, and what of it is shown all the same. */

#include "case-fixture.h"

#include "cot-case-private.h"
#include "cot-log-private.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

#define N_MANY 20000
#define DEADLINE_SECONDS 30
/* More than is read at once. */
#define N_RECORDS 4000
#define FAIL_FROM (256 * 1024)

static gint fails_from = -1; /* reads at this offset and behind, while it is not negative; atomic */

/* Stands in the place of the C library's. */
ssize_t
pread (int fd, void *buffer, size_t n_bytes, off_t offset)
{
  gint from = g_atomic_int_get (&fails_from);

  if (from >= 0 && offset >= from)
    {
      errno = EIO;
      return -1;
    }
  return syscall (SYS_pread64, fd, buffer, n_bytes, offset);
}

static GError *
new_error (void)
{
  return g_error_new_literal (COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_LIMIT, "too much");
}

/* An archive inside is shown where a log came out of it, however deep. */
static void
test_archive_inside (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *label;
    gboolean is_shown;
  } cases[] = {
    { "a.zip", TRUE }, { "a.zip/b.cab", TRUE }, { "a.zip/b", FALSE }, { "a", FALSE },
    { "b.cab", FALSE }, { "a.zip/b.cab/c.log", FALSE },
  };
  g_autoptr (CotLog) log = cot_log_new_for_member ("a.zip/b.cab/c.log");
  g_autoptr (GError) error = new_error ();
  guint n;

  add_log (fixture, "x.log", "x\n");
  judge (fixture);
  n = cot_case_get_n_members (fixture->bundle);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    cot_case_refuse (fixture->bundle, n + i, cases[i].label, error);
  g_assert_false (cot_case_shows_refused (fixture->bundle, 0));
  cot_case_add_log (fixture->bundle, log, n + 100);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].label);
      g_assert_cmpint (cot_case_shows_refused (fixture->bundle, i), ==, cases[i].is_shown);
    }
}

/* Seconds, if each of them looked at all logs. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = new_error ();
  gint64 started;
  guint n;

  add_log (fixture, "x.log", "x\n");
  judge (fixture);
  n = cot_case_get_n_members (fixture->bundle);
  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *label = g_strdup_printf ("bundle.zip/device-%u.zip", i);
      g_autofree char *inner = g_strdup_printf ("bundle.zip/device-%u.zip/CCM/CcmExec.log", i * 2);
      g_autoptr (CotLog) log = cot_log_new_for_member (inner);

      cot_case_refuse (fixture->bundle, n + i, label, error);
      cot_case_add_log (fixture->bundle, log, n + i);
    }
  started = g_get_monotonic_time ();
  for (guint i = 0; i < N_MANY; i++)
    g_assert_cmpint (cot_case_shows_refused (fixture->bundle, i), ==, i % 2 == 0);
  g_test_message ("%.3f s", (double) (g_get_monotonic_time () - started) / G_USEC_PER_SEC);
  g_assert_cmpint (g_get_monotonic_time () - started, <, G_USEC_PER_SEC);
}

static char *
make_records (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < N_RECORDS; i++)
    g_string_append_printf (text,
                            "<![LOG[Entry %u]LOG]!><time=\"10:00:00.000+300\" "
                            "date=\"11-18-2026\" component=\"CcmExec\" context=\"\" type=\"1\" "
                            "thread=\"1\" file=\"a.cpp:1\">\r\n",
                            i);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static CotCase *
open_log (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CotCase) opened
      = cot_session_open_sync (fixture->session, fixture->loose, path, &error);

  g_assert_no_error (error);
  cot_session_wait (fixture->session, opened);
  return opened == fixture->loose ? fixture->loose : NULL;
}

/* Loose or in a folder: its rows stay, and that there are more of them is said. */
static void
assert_shown_in_part (CotCase *a_case)
{
  const GError *reason = NULL;
  CotLog *log = cot_case_get_log (a_case, 0);

  g_assert_cmpuint (cot_log_get_n_entries (log), >, 1000);
  g_assert_cmpuint (cot_log_get_n_entries (log), <, N_RECORDS);
  g_assert_cmpuint (cot_case_get_n_refused (a_case), ==, 1);
  cot_case_get_refused (a_case, 0, &reason);
  g_assert_error (reason, COT_SOURCE_ERROR, COT_SOURCE_ERROR_UNREACHABLE);
  g_assert_true (cot_case_shows_refused (a_case, 0));
  g_assert_true (cot_case_get_read_in_part (a_case, 0) == log);
}

static void
test_failing_member (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = make_records ();

  add_log (fixture, "CcmExec.log", text);
  g_atomic_int_set (&fails_from, FAIL_FROM);
  judge (fixture);
  g_atomic_int_set (&fails_from, -1);
  assert_shown_in_part (fixture->bundle);
}

static gboolean
give_up (gpointer data)
{
  g_error ("waited for %d seconds in vain", DEADLINE_SECONDS);
  return G_SOURCE_REMOVE;
}

/* What could not be read at first is read on when it is looked at again. */
static void
test_failing_loose_log (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = make_records ();
  guint timeout = g_timeout_add_seconds (DEADLINE_SECONDS, give_up, NULL);
  CotLog *log;

  add_log (fixture, "CcmExec.log", text);
  g_atomic_int_set (&fails_from, FAIL_FROM);
  g_assert_nonnull (open_log (fixture, "CcmExec.log"));
  assert_shown_in_part (fixture->loose);
  log = cot_case_get_log (fixture->loose, 0);
  g_atomic_int_set (&fails_from, -1);
  cot_document_set_following (cot_log_get_document (log), TRUE);
  while (cot_case_get_n_refused (fixture->loose) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
  g_assert_cmpuint (cot_log_get_n_entries (log), ==, N_RECORDS);
}

/* Opened again it is another log, of which what was wrong with the first says nothing. */
static void
test_closed_and_opened_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = make_records ();

  add_log (fixture, "CcmExec.log", text);
  g_atomic_int_set (&fails_from, FAIL_FROM);
  g_assert_nonnull (open_log (fixture, "CcmExec.log"));
  assert_shown_in_part (fixture->loose);
  g_atomic_int_set (&fails_from, -1);
  cot_case_remove_log (fixture->loose, cot_case_get_log (fixture->loose, 0));
  g_assert_cmpuint (cot_case_get_n_refused (fixture->loose), ==, 0);
  g_assert_nonnull (open_log (fixture, "CcmExec.log"));
  cot_session_wait (fixture->session, fixture->loose);
  g_assert_cmpuint (cot_log_get_n_entries (cot_case_get_log (fixture->loose, 0)), ==, N_RECORDS);
  g_assert_cmpuint (cot_case_get_n_refused (fixture->loose), ==, 0);
}

/* Nothing of it is shown: nothing else is said. */
static void
test_unreadable_loose_log (Fixture *fixture, gconstpointer data)
{
  add_log (fixture, "CcmExec.log", "x\n");
  open_log (fixture, "CcmExec.log");
  g_atomic_int_set (&fails_from, 0);
  cot_case_reopen_log (fixture->loose, cot_case_get_log (fixture->loose, 0), NULL);
  cot_session_wait (fixture->session, fixture->loose);
  g_atomic_int_set (&fails_from, -1);
  g_assert_cmpuint (cot_case_get_n_refused (fixture->loose), ==, 1);
  g_assert_false (cot_case_shows_refused (fixture->loose, 0));
  g_assert_null (cot_case_get_read_in_part (fixture->loose, 0));

  cot_case_reopen_log (fixture->loose, cot_case_get_log (fixture->loose, 0), NULL);
  cot_session_wait (fixture->session, fixture->loose);
  g_assert_cmpuint (cot_case_get_n_refused (fixture->loose), ==, 0);
}

#define ADD(name, function) \
  g_test_add ("/case-refused/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("archive-inside", test_archive_inside);
  ADD ("many", test_many);
  ADD ("failing-member", test_failing_member);
  ADD ("failing-loose-log", test_failing_loose_log);
  ADD ("closed-and-opened-again", test_closed_and_opened_again);
  ADD ("unreadable-loose-log", test_unreadable_loose_log);
  return g_test_run ();
}
