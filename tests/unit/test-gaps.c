/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a log was silent, and where its clock went back. */

#include "cot-gap-limit.h"
#include "cot-gaps.h"

#include "cot-engine.h"

#include <glib/gstdio.h>

#define MINUTE_USEC (60 * (gint64) G_USEC_PER_SEC)
#define LIMIT_USEC (5 * MINUTE_USEC)
#define N_MANY 140000
#define DEADLINE_SECONDS 60

typedef struct
{
  char *folder;
  CotSession *session;
  CotCase *a_case;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("cotrace-gaps-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->session = cot_session_new ();
  fixture->a_case = cot_session_new_case (fixture->session);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  g_clear_object (&fixture->a_case);
  g_clear_object (&fixture->session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

/* @time_usec: COT_TIME_NONE: a line without one. */
static void
append_entry (GString *text, gint64 time_usec, const char *bias)
{
  int year, month, day, hour, minute, second, microsecond;

  if (time_usec == COT_TIME_NONE)
    {
      g_string_append (text, "no time\r\n");
      return;
    }
  cot_clock_to_civil (time_usec, &year, &month, &day, &hour, &minute, &second, &microsecond);
  g_string_append_printf (text,
                          "<![LOG[a]LOG]!><time=\"%02d:%02d:%02d.%03d%s\" "
                          "date=\"%02d-%02d-%04d\" component=\"A\" context=\"\" type=\"1\" "
                          "thread=\"1\" file=\"a.cpp:1\">\r\n",
                          hour, minute, second, microsecond / 1000, bias, month, day, year);
}

static CotLog *
open_log (Fixture *fixture, const char *name, const GString *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (CotCase) a_case = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, &error));
  a_case = cot_session_open_sync (fixture->session, fixture->a_case, path, &error);
  g_assert_no_error (error);
  cot_session_wait (fixture->session, fixture->a_case);
  return cot_case_get_log (fixture->a_case, cot_case_get_n_logs (fixture->a_case) - 1);
}

static void
wait_for_answers (CotLog *log, CotQuery *query)
{
  gint64 end_usec = g_get_monotonic_time () + DEADLINE_SECONDS * G_USEC_PER_SEC;

  while (cot_query_get_running (query)
         || cot_query_get_n_asked (query) < cot_log_get_n_entries (log))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end_usec);
      g_main_context_iteration (NULL, FALSE);
    }
}

/* The one before with a time, for each entry, and no short cut. */
static void
test_reference (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261118);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree gint64 *expected_usec = g_new0 (gint64, N_MANY);
  g_autoptr (CotQuery) query = NULL;
  gint64 time_usec = cot_clock_from_civil (2026, 1, 1, 0, 0, 0, 0);
  gint64 before_usec = COT_TIME_NONE;
  guint n_gaps = 0;
  CotLog *log;

  for (guint i = 0; i < N_MANY; i++)
    {
      gint32 way = g_rand_int_range (random, 0, 2000);

      time_usec += way == 0 ? g_rand_int_range (random, 4, 9) * MINUTE_USEC
                   : way == 1 ? -g_rand_int_range (random, 1, 3) * MINUTE_USEC / 2
                              : G_USEC_PER_SEC / 10;
      if (way >= 1900)
        {
          append_entry (text, COT_TIME_NONE, "");
          continue;
        }
      append_entry (text, time_usec, way % 2 == 0 ? "+000" : "");
      if (before_usec != COT_TIME_NONE
          && (time_usec - before_usec > LIMIT_USEC
              || time_usec - before_usec <= -COT_CLOCK_JUMP_USEC))
        {
          expected_usec[i] = time_usec - before_usec;
          n_gaps++;
        }
      before_usec = time_usec;
    }
  g_assert_cmpuint (n_gaps, >, 50);
  log = open_log (fixture, "Many.log", text);
  g_assert_cmpuint (cot_log_get_n_entries (log), ==, N_MANY);
  query = cot_query_new_for_gaps (log, LIMIT_USEC);
  wait_for_answers (log, query);
  for (guint i = 0; i < N_MANY; i++)
    {
      gint64 gap_usec = 0;
      gboolean is_gap = cot_bitset_contains (cot_query_get_ordinals (query), i)
                        && cot_gap_find (log, i, LIMIT_USEC, &gap_usec);

      g_assert_cmpint (is_gap, ==, expected_usec[i] != 0);
      g_assert_cmpint (gap_usec, ==, expected_usec[i]);
    }
}

/* A clock that daylight saving put back an hour did not go back: its bias says so. */
static void
test_zones (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 time_usec = cot_clock_from_civil (2026, 11, 1, 1, 59, 0, 0);
  g_autoptr (CotQuery) query = NULL;
  gint64 gap_usec;
  CotLog *log;

  append_entry (text, time_usec, "");
  append_entry (text, time_usec, "+300");
  append_entry (text, time_usec - 58 * MINUTE_USEC, "+360");
  append_entry (text, time_usec - 57 * MINUTE_USEC, "");
  append_entry (text, time_usec - 117 * MINUTE_USEC, "");
  log = open_log (fixture, "Zones.log", text);
  query = cot_query_new_for_gaps (log, LIMIT_USEC);
  wait_for_answers (log, query);
  for (guint i = 0; i < 4; i++)
    g_assert_false (cot_gap_find (log, i, LIMIT_USEC, &gap_usec));
  g_assert_true (cot_bitset_contains (cot_query_get_ordinals (query), 4));
  g_assert_true (cot_gap_find (log, 4, LIMIT_USEC, &gap_usec));
  g_assert_cmpint (gap_usec, ==, -60 * MINUTE_USEC);
}

/* In a merge another log may have written in between. */
static void
test_merge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotMergedLog) merged = cot_merged_log_new ();
  g_autoptr (GString) first = g_string_new (NULL);
  g_autoptr (GString) second = g_string_new (NULL);
  gint64 time_usec = cot_clock_from_civil (2026, 11, 18, 9, 0, 0, 0);
  g_autoptr (CotQuery) query = NULL;
  CotLog *log = COT_LOG (merged);
  gint64 gap_usec = 0;

  append_entry (first, time_usec, "+300");
  append_entry (first, time_usec + 8 * MINUTE_USEC, "+300");
  append_entry (second, time_usec + 4 * MINUTE_USEC + 60 * MINUTE_USEC, "+240");
  append_entry (second, time_usec + 20 * MINUTE_USEC + 60 * MINUTE_USEC, "+240");
  g_assert_true (cot_merged_log_add (merged, fixture->a_case,
                                     open_log (fixture, "First.log", first)));
  g_assert_true (cot_merged_log_add (merged, fixture->a_case,
                                     open_log (fixture, "Second.log", second)));
  while (cot_log_get_n_entries (log) < 4)
    g_main_context_iteration (NULL, TRUE);
  query = cot_query_new_for_gaps (log, LIMIT_USEC);
  wait_for_answers (log, query);
  for (guint i = 0; i < 3; i++)
    g_assert_false (cot_gap_find (log, i, LIMIT_USEC, &gap_usec));
  g_assert_true (cot_bitset_contains (cot_query_get_ordinals (query), 3));
  g_assert_true (cot_gap_find (log, 3, LIMIT_USEC, &gap_usec));
  g_assert_cmpint (gap_usec, ==, 12 * MINUTE_USEC);
}

static void
on_limit (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(gint64 *) data = cot_gap_limit_find_finish (COT_LOG (source), result, &error);
  g_assert_no_error (error);
}

static gint64
find_limit (CotLog *log)
{
  gint64 limit_usec = COT_TIME_NONE;

  cot_gap_limit_find_async (log, LIMIT_USEC, NULL, on_limit, &limit_usec);
  while (limit_usec == COT_TIME_NONE)
    g_main_context_iteration (NULL, TRUE);
  return limit_usec;
}

static guint
count_gaps (CotLog *log, gint64 limit_usec)
{
  g_autoptr (CotQuery) query = cot_query_new_for_gaps (log, limit_usec);
  gint64 gap_usec;
  guint n = 0;

  wait_for_answers (log, query);
  for (guint64 i = 0; i < cot_log_get_n_entries (log); i++)
    n += cot_bitset_contains (cot_query_get_ordinals (query), i)
                 && cot_gap_find (log, i, limit_usec, &gap_usec)
             ? 1
             : 0;
  return n;
}

/* A log that is written each quarter of an hour has a gap where it was not; one that is written all
 * the time has them from the limit of the user on, and a merge goes by its own distances. */
static void
test_limit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotMergedLog) merged = cot_merged_log_new ();
  g_autoptr (GString) rare = g_string_new (NULL);
  g_autoptr (GString) often = g_string_new (NULL);
  gint64 time_usec = cot_clock_from_civil (2026, 11, 18, 0, 0, 0, 0);
  CotLog *log, *other;

  for (guint i = 0; i < 60; i++)
    {
      gint64 silence_usec = i >= 30 ? 5 * 60 * MINUTE_USEC : 0;

      append_entry (rare, time_usec + i * 15 * MINUTE_USEC + silence_usec, "+000");
      if (i % 7 == 0)
        append_entry (rare, COT_TIME_NONE, "");
    }
  for (guint i = 0; i < 1300; i++)
    append_entry (often, time_usec + i * MINUTE_USEC + (i >= 600 ? 7 * MINUTE_USEC : 0), "+000");
  log = open_log (fixture, "Rare.log", rare);
  other = open_log (fixture, "Often.log", often);
  g_assert_cmpuint (count_gaps (log, LIMIT_USEC), ==, 59);
  g_assert_cmpint (find_limit (log), >=, 60 * MINUTE_USEC);
  g_assert_cmpint (find_limit (log), <, 70 * MINUTE_USEC);
  g_assert_cmpuint (count_gaps (log, find_limit (log)), ==, 1);
  g_assert_cmpint (find_limit (other), ==, LIMIT_USEC);
  g_assert_cmpuint (count_gaps (other, LIMIT_USEC), ==, 1);
  g_assert_true (cot_merged_log_add (merged, fixture->a_case, log));
  g_assert_cmpint (find_limit (COT_LOG (merged)), ==, LIMIT_USEC); /* nothing is known yet */
  while (cot_log_get_n_entries (COT_LOG (merged)) < cot_log_get_n_entries (log))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (find_limit (COT_LOG (merged)), ==, find_limit (log));
  g_assert_true (cot_merged_log_add (merged, fixture->a_case, other));
  while (cot_log_get_n_entries (COT_LOG (merged))
         < cot_log_get_n_entries (log) + cot_log_get_n_entries (other))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (find_limit (COT_LOG (merged)), ==, LIMIT_USEC);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/gaps/reference", Fixture, NULL, set_up, test_reference, tear_down);
  g_test_add ("/gaps/zones", Fixture, NULL, set_up, test_zones, tear_down);
  g_test_add ("/gaps/merge", Fixture, NULL, set_up, test_merge, tear_down);
  g_test_add ("/gaps/limit", Fixture, NULL, set_up, test_limit, tear_down);
  return g_test_run ();
}
