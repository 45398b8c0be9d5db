/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people type to go somewhere, and the entry that stands there. */

#include "cot-engine.h"

#include <glib/gstdio.h>

#define RECORD(message, date, time) \
  "<![LOG[" message "]LOG]!><time=\"" time "+300\" date=\"" date "\" component=\"Test\" " \
  "context=\"\" type=\"1\" thread=\"7120\" file=\"a.cpp:12\">\r\n"

static void
assert_time (const char *text, int month, int day, int hour, int minute, int msec)
{
  gint64 today_usec = cot_clock_from_civil (2026, 11, 18, 17, 30, 0, 5);
  CotPlace place = { 0 };

  g_assert_true (cot_place_parse (text, today_usec, &place));
  g_assert_cmpint (place.kind, ==, COT_PLACE_TIME);
  g_assert_cmpint (place.time_usec, ==,
                   cot_clock_from_civil (2026, month, day, hour, minute, msec / 1000,
                                         msec % 1000 * 1000));
}

static void
test_parse (void)
{
  static const char *const wrong[] = { "", " ", "#", "0", "#0", "-3", "soon", "9:", "25:00", "12 x",
                                       "2026-13-01", "2026-11-18 soon", "1 2 3", "#1 2" };
  CotPlace place = { 0 };

  g_assert_true (cot_place_parse (" 1234 ", COT_TIME_NONE, &place));
  g_assert_cmpint (place.kind, ==, COT_PLACE_LINE);
  g_assert_cmpuint (place.number, ==, 1234);
  g_assert_true (cot_place_parse ("#12", COT_TIME_NONE, &place));
  g_assert_cmpint (place.kind, ==, COT_PLACE_ENTRY);
  g_assert_cmpuint (place.number, ==, 12);
  assert_time ("9:12", 11, 18, 9, 12, 0);
  assert_time ("09:12:41.327", 11, 18, 9, 12, 41327);
  assert_time ("2026-11-17 23:59", 11, 17, 23, 59, 0);
  assert_time ("11-17-2026  23:59:01", 11, 17, 23, 59, 1000);
  assert_time ("2026-11-17", 11, 17, 0, 0, 0);
  g_assert_false (cot_place_parse ("9:12", COT_TIME_NONE, &place));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_test_message ("%s", wrong[i]);
      g_assert_false (cot_place_parse (wrong[i], 0, &place));
    }
}

typedef struct
{
  char *folder;
  CotSession *session;
  CotCase *a_case;
  CotClockMode clock;
  gboolean done;
  gboolean found;
  gboolean is_behind;
  guint64 ordinal;
} Fixture;

static void
write_log (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static CotLog *
open_log (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (CotCase) a_case = NULL;
  g_autoptr (GError) error = NULL;

  a_case = cot_session_open_sync (fixture->session, fixture->a_case, path, &error);
  g_assert_no_error (error);
  cot_session_wait (fixture->session, fixture->a_case);
  return cot_case_get_log (fixture->a_case, cot_case_get_n_logs (fixture->a_case) - 1);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("cotrace-goto-XXXXXX", NULL);
  write_log (fixture, "A.log",
             RECORD ("one", "11-18-2026", "09:00:00.000")
             RECORD ("two\r\nlines", "11-18-2026", "09:10:00.000") "no time\r\n"
             RECORD ("four", "11-18-2026", "09:20:00.000"));
  write_log (fixture, "B.log",
             RECORD ("five", "11-18-2026", "09:15:00.000")
             RECORD ("six", "11-18-2026", "09:30:00.000"));
  write_log (fixture, "Plain.txt", "one\ntwo\n");
  fixture->session = cot_session_new ();
  cot_session_set_scanning (fixture->session, FALSE);
  fixture->a_case = cot_session_new_case (fixture->session);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "A.log", "B.log", "Plain.txt" };

  g_clear_object (&fixture->a_case);
  g_clear_object (&fixture->session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GError) error = NULL;

  fixture->found
      = cot_log_resolve_place_finish (COT_LOG (source), result, &fixture->ordinal,
                                      &fixture->is_behind, &error);
  if (!fixture->found)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  fixture->done = TRUE;
}

/* @expected: -1: there is none */
static void
assert_place (Fixture *fixture, CotLog *log, const char *text, int expected)
{
  CotPlace place = { 0 };

  g_assert_true (cot_place_parse (text, cot_clock_from_civil (2026, 11, 18, 0, 0, 0, 0), &place));
  place.clock = fixture->clock;
  fixture->done = FALSE;
  cot_log_resolve_place_async (log, &place, NULL, found_cb, fixture);
  while (!fixture->done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (fixture->found ? (int) fixture->ordinal : -1, ==, expected);
}

static void
test_one_log (Fixture *fixture, gconstpointer data)
{
  CotLog *log = open_log (fixture, "A.log");

  assert_place (fixture, log, "1", 0);
  assert_place (fixture, log, "2", 1);
  assert_place (fixture, log, "3", 1); /* its second line */
  assert_place (fixture, log, "4", 2);
  assert_place (fixture, log, "5", 3);
  g_assert_false (fixture->is_behind);
  /* The first line that the file has no more is told of. */
  assert_place (fixture, log, "6", 3);
  g_assert_true (fixture->is_behind);
  assert_place (fixture, log, "999", 3);
  g_assert_true (fixture->is_behind);
  assert_place (fixture, log, "#4", 3);
  assert_place (fixture, log, "#5", -1);
  assert_place (fixture, log, "08:00", 0);
  assert_place (fixture, log, "9:10", 1);
  assert_place (fixture, log, "9:10:01", 3);
  g_assert_false (fixture->is_behind);
  assert_place (fixture, log, "10:00", 3);
  assert_place (fixture, log, "2026-11-19", 3);
  log = open_log (fixture, "Plain.txt");
  assert_place (fixture, log, "9:10", -1);
  assert_place (fixture, log, "2", 1);
}

/* What is typed is of the clock that is shown. */
static void
test_clocks (Fixture *fixture, gconstpointer data)
{
  CotLog *log;

  write_log (fixture, "Zones.log",
             "<![LOG[none]LOG]!><time=\"09:00:00.000\" date=\"11-18-2026\" component=\"Test\" "
             "context=\"\" type=\"1\" thread=\"1\" file=\"\">\r\n"
             RECORD ("one", "11-18-2026", "09:10:00.000")
             RECORD ("two", "11-18-2026", "09:20:00.000")
             RECORD ("three", "11-18-2026", "10:30:00.000"));
  log = open_log (fixture, "Zones.log");
  assert_place (fixture, log, "9:15", 2);
  fixture->clock = COT_CLOCK_UTC;
  assert_place (fixture, log, "14:15", 2);
  assert_place (fixture, log, "9:00", 0); /* the one whose zone nobody knows */
  assert_place (fixture, log, "9:01", 1);
  fixture->clock = COT_CLOCK_LOCAL;
  assert_place (fixture, log, "9:15", 3);
  assert_place (fixture, log, "9:00", 0);
  assert_place (fixture, log, "8:15", 0); /* it is at nine for all that is known */
}

static void
test_merge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotMergedLog) merged = cot_merged_log_new ();
  CotLog *log = COT_LOG (merged);

  g_assert_true (cot_merged_log_add (merged, fixture->a_case, open_log (fixture, "A.log")));
  g_assert_true (cot_merged_log_add (merged, fixture->a_case, open_log (fixture, "B.log")));
  while (cot_log_get_n_entries (log) < 6)
    g_main_context_iteration (NULL, TRUE);
  /* one, two, no time, five, four, six */
  assert_place (fixture, log, "9:11", 3);
  assert_place (fixture, log, "9:16", 4);
  assert_place (fixture, log, "9:21", 5);
  assert_place (fixture, log, "12:00", 5);
  assert_place (fixture, log, "#2", 1);
  assert_place (fixture, log, "2", -1);
}

int
main (int argc, char *argv[])
{
  /* The clock of this computer. */
  g_setenv ("TZ", "CST6CDT,M3.2.0,M11.1.0", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/goto/parse", test_parse);
  g_test_add ("/goto/one-log", Fixture, NULL, set_up, test_one_log, tear_down);
  g_test_add ("/goto/clocks", Fixture, NULL, set_up, test_clocks, tear_down);
  g_test_add ("/goto/merge", Fixture, NULL, set_up, test_merge, tear_down);
  return g_test_run ();
}
