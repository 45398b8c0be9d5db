/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a case tells depends on which logs it has, and how they are read. */

#include "case-fixture.h"

#include <time.h>

#define RECORD(message, time) \
  "<![LOG[" message "]LOG]!><time=\"" time ".000+300\" date=\"11-18-2026\" component=\"Test\" " \
  "context=\"\" type=\"1\" thread=\"7120\" file=\"a.cpp:12\">\r\n"

#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

static CotLog *
open_log (Fixture *self, CotCase *a_case, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  add_log (self, name, text);
  cot_session_open_sync (self->session, a_case, path, &error);
  g_assert_no_error (error);
  return cot_case_get_log (a_case, cot_case_get_n_logs (a_case) - 1);
}

static void
test_both_sides (Fixture *self, gconstpointer data)
{
  CotLog *log;

  g_assert_false (cot_case_is_of_both_sides (self->loose));
  open_log (self, self->loose, "LocationServices.log", RECORD ("Posting", "09:00:00"));
  g_assert_false (cot_case_is_of_both_sides (self->loose));
  log = open_log (self, self->loose, "MP_GetAuth.log", RECORD ("Posting", "09:00:00"));
  g_assert_true (cot_case_is_of_both_sides (self->loose));
  cot_case_remove_log (self->loose, log);
  g_assert_false (cot_case_is_of_both_sides (self->loose));
  cot_session_wait (self->session, self->loose);
}

static gint64
measure_sides (CotCase *a_case)
{
  enum
  {
    N_ROWS = 2000
  };
  struct timespec before, after;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &before);
  for (guint i = 0; i < N_ROWS; i++)
    g_assert_false (cot_case_is_of_both_sides (a_case));
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &after);
  return (after.tv_sec - before.tv_sec) * G_USEC_PER_SEC + (after.tv_nsec - before.tv_nsec) / 1000;
}

/* Each row of a finding asks: with many logs that must not cost more than with one. */
static void
test_both_sides_of_many_logs (Fixture *self, gconstpointer data)
{
  g_autoptr (CotCase) small = cot_session_new_case (self->session);

  open_log (self, small, "LocationServices.log", RECORD ("Posting", "09:00:00"));
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *name = g_strdup_printf ("%03u/LocationServices.log", i);

      open_log (self, self->loose, name, RECORD ("Posting", "09:00:00"));
    }
  cot_session_wait (self->session, small);
  cot_session_wait (self->session, self->loose);
  g_assert_cmpint (measure_sides (self->loose), <, 20 * (measure_sides (small) + 200));
}

static CotSeverity
judge_health (Fixture *self)
{
  cot_session_wait (self->session, self->loose);
  for (guint i = 0; i < cot_case_get_n_findings (self->loose); i++)
    {
      const CotFinding *finding = cot_case_get_finding (self->loose, i);

      if (g_str_equal (cot_detector_get_id (finding->detector), "comgmt-clienthealth-synctime"))
        return finding->severity;
    }
  g_error ("no finding");
}

/* The moment in the text was read from the clock that was wrong, too: it is as old as before. */
static void
test_moved_clock (Fixture *self, gconstpointer data)
{
  CotReadAs read_as = { .clock_usec = 40 * 24 * HOUR };
  CotLog *log
      = open_log (self, self->loose, "CcmNotificationAgent.log",
                  RECORD ("Updating MDM_ConfigSetting.ClientHealthLastSyncTime with value "
                          "2026-11-18T14:00:00Z", "09:00:00") RECORD ("Another", "10:00:00"));

  g_assert_cmpint (judge_health (self), ==, COT_SEVERITY_SUCCESS);
  log = cot_case_reread_log (self->loose, log, &read_as);
  g_assert_cmpint (judge_health (self), ==, COT_SEVERITY_SUCCESS);
  g_assert_cmpint (cot_log_get_read_as (log)->clock_usec, ==, read_as.clock_usec);
  read_as.clock_usec = -40 * 24 * HOUR;
  cot_case_reread_log (self->loose, log, &read_as);
  g_assert_cmpint (judge_health (self), ==, COT_SEVERITY_SUCCESS);
}

#define ADD(path, function) \
  g_test_add ("/case-logs/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("both-sides", test_both_sides);
  ADD ("both-sides-of-many-logs", test_both_sides_of_many_logs);
  ADD ("moved-clock", test_moved_clock);
  return g_test_run ();
}
