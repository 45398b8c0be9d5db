/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When the entries of a log were written: all, those that a filter shows, and of several logs. */

#include "cot-engine.h"

#include <glib/gstdio.h>

#define N_MANY 120000
#define MAX_BINS 300
#define DEADLINE_SECONDS 60

#include "wait-until.h"

typedef struct
{
  char *folder;
  CotSession *session;
  CotCase *a_case;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("cotrace-density-XXXXXX", NULL);
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

static gint64
at (int hour, int minute, int second)
{
  return cot_clock_from_civil (2026, 11, 18, hour, minute, second, 0);
}

/* @time_usec: COT_TIME_NONE: a line without one. @type: 1 to 3. */
static void
append_entry (GString *text, gint64 time_usec, const char *bias, int type)
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
                          "date=\"%02d-%02d-%04d\" component=\"A%d\" context=\"\" type=\"%d\" "
                          "thread=\"1\" file=\"a.cpp:1\">\r\n",
                          hour, minute, second, microsecond / 1000, bias, month, day, year,
                          second % 2, type);
}

static char *
write_log (Fixture *fixture, const char *name, const GString *text)
{
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
  return path;
}

static CotLog *
open_log (Fixture *fixture, const char *name, const GString *text)
{
  g_autofree char *path = write_log (fixture, name, text);
  g_autoptr (CotCase) a_case = NULL;
  g_autoptr (GError) error = NULL;

  a_case = cot_session_open_sync (fixture->session, fixture->a_case, path, &error);
  g_assert_no_error (error);
  cot_session_wait (fixture->session, fixture->a_case);
  return cot_case_get_log (fixture->a_case, cot_case_get_n_logs (fixture->a_case) - 1);
}

static void
append_to (Fixture *fixture, const char *name, const GString *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  FILE *file = g_fopen (path, "ab");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (text->str, 1, text->len, file), ==, text->len);
  g_assert_cmpint (fclose (file), ==, 0);
}

/* One entry after the other, by what the rows show. */
static void
assert_counts (CotLog *log, const CotTimeBins *bins, CotClockMode mode, CotBitset *shown)
{
  g_autofree CotTimeBin *sums = g_new0 (CotTimeBin, MAX_BINS);
  g_autofree CotTimeBin *expected = g_new0 (CotTimeBin, MAX_BINS);
  gint64 first_usec, last_usec, start_usec, width_usec;
  guint64 n_untimed = 0;

  g_assert_true (cot_time_bins_get_range (bins, &first_usec, &last_usec));
  width_usec = cot_time_bins_choose_width (bins, first_usec, last_usec, MAX_BINS);
  start_usec = cot_time_bins_round_down (first_usec, width_usec);
  cot_time_bins_sum (bins, start_usec, width_usec, MAX_BINS, sums);
  for (guint64 i = 0; i < cot_log_get_n_entries (log); i++)
    {
      CotEntryColumns columns;
      CotEntryTime time;
      CotTimeBin *bin;

      if (shown != NULL && !cot_bitset_contains (shown, i))
        continue;
      g_assert_true (cot_log_get_columns (log, i, &columns));
      g_assert_true (cot_log_get_entry_time (log, i, &time));
      if (time.time_usec == COT_TIME_NONE)
        {
          n_untimed++;
          continue;
        }
      bin = &expected[(cot_clock_show (time.time_usec, time.bias_minutes, mode) - start_usec)
                      / width_usec];
      bin->n_entries++;
      bin->n_warnings += columns.severity == COT_SEVERITY_WARNING;
      bin->n_errors += columns.severity == COT_SEVERITY_ERROR;
    }
  g_assert_cmpuint (cot_time_bins_get_n_untimed (bins), ==, n_untimed);
  g_assert_cmpmem (sums, MAX_BINS * sizeof *sums, expected, MAX_BINS * sizeof *expected);
}

/* What is remembered is that of the counts of now. */
static void
assert_main_range (CotDensity *density)
{
  gint64 first_usec, last_usec, expected_first_usec, expected_last_usec;

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (cot_time_bins_get_main_range (cot_density_get_all (density),
                                                   &expected_first_usec, &expected_last_usec));
      g_assert_true (cot_density_get_main_range (density, &first_usec, &last_usec));
      g_assert_cmpint (first_usec, ==, expected_first_usec);
      g_assert_cmpint (last_usec, ==, expected_last_usec);
    }
}

/* The clock goes on, back, and far ahead; some entries have no time, some no bias. */
static GString *
make_random_log (guint n)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261118);
  GString *text = g_string_new (NULL);
  gint64 time_usec = at (9, 0, 0);

  for (guint i = 0; i < n; i++)
    {
      gint32 way = g_rand_int_range (random, 0, 5000);

      time_usec += way == 0   ? g_rand_int_range (random, 1, 9) * 3600 * (gint64) G_USEC_PER_SEC
                   : way == 1 ? -g_rand_int_range (random, 1, 9) * 600 * (gint64) G_USEC_PER_SEC
                              : G_USEC_PER_SEC / 10;
      append_entry (text, way > 4900 ? COT_TIME_NONE : time_usec,
                    i < n / 10      ? ""
                    : way % 3 == 0 ? "+300"
                    : way % 3 == 1 ? "-060"
                                   : "",
                    way % 100 == 0 ? 3 : way % 20 == 0 ? 2 : 1);
    }
  return text;
}

static void
test_reference (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = make_random_log (N_MANY);
  CotLog *log = open_log (fixture, "Many.log", text);
  g_autoptr (CotFilter) filter = cot_filter_new ("component = A0 or severity = error", NULL);
  g_autoptr (CotQuery) query = cot_query_new_for_filter (log, filter);
  static const CotClockMode modes[] = { COT_CLOCK_WRITTEN, COT_CLOCK_UTC };

  g_assert_cmpuint (cot_log_get_n_entries (log), ==, N_MANY);
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (CotDensity) density = cot_density_new (log, modes[i]);

      g_assert_null (cot_density_get_shown (density));
      cot_density_set_filter (density, query);
      wait_until (!cot_density_get_running (density));
      assert_counts (log, cot_density_get_all (density), modes[i], NULL);
      assert_counts (log, cot_density_get_shown (density), modes[i],
                     cot_query_get_ordinals (query));
      g_assert_cmpuint (cot_time_bins_get_n_timed (cot_density_get_shown (density)), >, 0);
      cot_density_set_filter (density, NULL);
      g_assert_null (cot_density_get_shown (density));
    }
}

static void
wait_for_query (CotQuery *query)
{
  wait_until (!cot_query_get_running (query));
}

/* The axis has one offset: an hour that daylight saving skips is no gap on it. */
static void
test_local (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (CotDensity) density = NULL;
  gint64 first_usec, last_usec, shift_usec;
  CotLog *log;

  append_entry (text, at (9, 0, 0), "+300", 1);
  append_entry (text, at (10, 0, 0), "+300", 1);
  log = open_log (fixture, "Local.log", text);
  density = cot_density_new (log, COT_CLOCK_LOCAL);
  wait_until (!cot_density_get_running (density));
  shift_usec = (300 - cot_density_get_local_bias (density)) * 60 * (gint64) G_USEC_PER_SEC;
  g_assert_true (cot_time_bins_get_range (cot_density_get_all (density), &first_usec, &last_usec));
  g_assert_cmpint (first_usec, ==, at (9, 0, 0) + shift_usec);
  g_assert_cmpint (last_usec, ==, at (10, 0, 0) + shift_usec);
}

/* What is marked on an axis is a filter that lets through what is counted there. */
static void
test_spans (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = make_random_log (5000);
  CotLog *log = open_log (fixture, "Spans.log", text);

  for (guint mode = 0; mode < COT_N_CLOCK_MODES; mode++)
    {
      g_autoptr (CotDensity) density = cot_density_new (log, (CotClockMode) mode);
      gint64 first_usec, last_usec, width_usec, from_usec, until_usec;

      wait_until (!cot_density_get_running (density));
      g_assert_true (cot_time_bins_get_range (cot_density_get_all (density), &first_usec,
                                              &last_usec));
      width_usec = cot_time_bins_choose_width (cot_density_get_all (density), first_usec,
                                               last_usec, MAX_BINS);
      for (guint i = 0; i < 40; i++)
        {
          gint64 at_usec = cot_time_bins_round_down (first_usec, width_usec)
                           + g_test_rand_int_range (0, MAX_BINS) * width_usec;
          guint n = (guint) g_test_rand_int_range (1, 20);
          CotFilterSpan span = cot_density_get_span (density, at_usec, at_usec + n * width_usec);
          g_autofree char *range = cot_filter_span_dup_text (&span);
          g_autofree char *expression = g_strdup_printf ("time = %s", range);
          g_autoptr (CotFilter) filter = cot_filter_new (expression, NULL);
          g_autoptr (CotQuery) query = NULL;
          CotTimeBin sum;

          g_assert_nonnull (filter);
          g_assert_true (cot_density_place_span (density, &span, &from_usec, &until_usec));
          g_assert_cmpint (from_usec, ==, at_usec);
          g_assert_cmpint (until_usec, ==, at_usec + n * width_usec);
          query = cot_query_new_for_filter (log, filter);
          wait_for_query (query);
          cot_time_bins_sum (cot_density_get_all (density), at_usec, n * width_usec, 1, &sum);
          g_assert_cmpuint (cot_bitset_get_size (cot_query_get_ordinals (query)), ==,
                            sum.n_entries);
        }
    }
}

/* A range by another clock has no place on an axis, nor has one of any day, or one time. */
static void
test_no_place (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "2026-11-18T09:12Z..09:13Z", "09:12..09:13", "2026-11-18" };
  g_autoptr (GString) text = make_random_log (100);
  g_autoptr (CotDensity) density
      = cot_density_new (open_log (fixture, "Place.log", text), COT_CLOCK_WRITTEN);
  gint64 from_usec, until_usec;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      CotFilterSpan span;

      g_assert_true (cot_filter_span_parse (texts[i], &span));
      g_assert_false (cot_density_place_span (density, &span, &from_usec, &until_usec));
    }
}

static guint64
count_timed (CotDensity *density)
{
  return cot_time_bins_get_n_timed (cot_density_get_all (density));
}

/* A line that is half written when it is counted is counted once in the end. */
static void
test_follow (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) rest = g_string_new (NULL);
  g_autoptr (CotFilter) filter = cot_filter_new ("severity = error", NULL);
  g_autoptr (CotQuery) query = NULL;
  g_autoptr (CotDensity) density = NULL;
  CotLog *log;

  append_entry (text, at (9, 0, 0), "", 1);
  append_entry (text, at (9, 1, 0), "", 3);
  append_entry (rest, at (9, 2, 0), "", 3);
  g_string_append_len (text, rest->str, 20);
  g_string_erase (rest, 0, 20);
  log = open_log (fixture, "Follow.log", text);
  density = cot_density_new (log, COT_CLOCK_WRITTEN);
  query = cot_query_new_for_filter (log, filter);
  cot_density_set_filter (density, query);
  wait_until (!cot_density_get_running (density));
  g_assert_cmpuint (count_timed (density), ==, 2);
  assert_main_range (density);

  cot_log_set_following (log, TRUE);
  append_to (fixture, "Follow.log", rest);
  cot_log_check_now (log);
  wait_until (count_timed (density) == 3);
  assert_main_range (density);
  g_assert_cmpuint (cot_time_bins_get_n_untimed (cot_density_get_all (density)), ==, 0);
  wait_until (cot_time_bins_get_n_timed (cot_density_get_shown (density)) == 2);

  g_string_truncate (rest, 0);
  append_entry (rest, at (9, 3, 0), "", 3);
  append_entry (rest, at (8, 3, 0), "", 1);
  append_to (fixture, "Follow.log", rest);
  cot_log_check_now (log);
  wait_until (count_timed (density) == 5);
  assert_main_range (density);
  wait_until (!cot_density_get_running (density));
  assert_counts (log, cot_density_get_all (density), COT_CLOCK_WRITTEN, NULL);
  assert_counts (log, cot_density_get_shown (density), COT_CLOCK_WRITTEN,
                 cot_query_get_ordinals (query));
}

static void
test_no_range (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (CotDensity) density = NULL;
  gint64 first_usec, last_usec;
  CotLog *log;

  append_entry (text, at (9, 0, 0), "", 1);
  append_entry (text, at (9, 0, 0), "", 3);
  append_entry (text, COT_TIME_NONE, "", 1);
  log = open_log (fixture, "Moment.log", text);
  density = cot_density_new (log, COT_CLOCK_WRITTEN);
  wait_until (!cot_density_get_running (density));
  g_assert_cmpuint (count_timed (density), >, 0);
  g_assert_false (cot_time_bins_get_range (cot_density_get_all (density), &first_usec,
                                           &last_usec));
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static guint64
find (CotDensity *density, gint64 from_usec, gint64 until_usec)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint64 ordinal;

  cot_density_find_async (density, from_usec, until_usec, NULL, on_found, &result);
  wait_until (result != NULL);
  if (cot_density_find_finish (density, result, &ordinal, &error))
    return ordinal;
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  return G_MAXUINT64;
}

/* The clock is put back from 11:00 to 09:30; what was asked for is not behind it. */
static void
test_find (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (CotFilter) errors = cot_filter_new ("severity = error", NULL);
  g_autoptr (CotFilter) nothing = cot_filter_new ("text : nothing", NULL);
  g_autoptr (CotQuery) query = NULL;
  g_autoptr (CotQuery) no_answers = NULL;
  g_autoptr (CotDensity) density = NULL;
  CotLog *log;

  append_entry (text, COT_TIME_NONE, "", 1);
  append_entry (text, at (11, 0, 0), "", 3);
  append_entry (text, at (9, 30, 0), "", 1);
  append_entry (text, at (9, 30, 30), "", 3);
  append_entry (text, at (10, 0, 0), "", 1);
  log = open_log (fixture, "Back.log", text);
  density = cot_density_new (log, COT_CLOCK_WRITTEN);
  wait_until (!cot_density_get_running (density));
  g_assert_cmpuint (find (density, at (9, 30, 0), at (9, 30, 30)), ==, 2);
  /* What colours the bar comes before what is written before it. */
  g_assert_cmpuint (find (density, at (9, 30, 0), at (9, 31, 0)), ==, 3);
  g_assert_cmpuint (find (density, at (9, 0, 0), at (12, 0, 0)), ==, 1);
  g_assert_cmpuint (find (density, at (9, 31, 0), at (9, 32, 0)), ==, 4);
  g_assert_cmpuint (find (density, at (12, 0, 0), at (12, 1, 0)), ==, 1);
  g_assert_cmpuint (find (density, at (8, 0, 0), at (8, 1, 0)), ==, 2);

  query = cot_query_new_for_filter (log, errors);
  cot_density_set_filter (density, query);
  wait_until (!cot_density_get_running (density));
  g_assert_cmpuint (find (density, at (9, 30, 0), at (9, 31, 0)), ==, 3);
  g_assert_cmpuint (find (density, at (10, 0, 0), at (10, 1, 0)), ==, 1);

  no_answers = cot_query_new_for_filter (log, nothing);
  cot_density_set_filter (density, no_answers);
  wait_until (!cot_density_get_running (density));
  g_assert_cmpuint (find (density, at (9, 30, 0), at (9, 31, 0)), ==, G_MAXUINT64);
}

static void
test_merge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) first = make_random_log (3000);
  g_autoptr (GString) second = g_string_new (NULL);
  g_autoptr (CotMergedLog) merged = cot_merged_log_new ();
  g_autoptr (CotFilter) filter = cot_filter_new ("severity >= warning", NULL);
  g_autoptr (CotQuery) query = NULL;
  g_autoptr (CotDensity) density = NULL;
  CotLog *log = COT_LOG (merged);

  append_entry (second, at (9, 0, 1), "+000", 3);
  append_entry (second, at (9, 0, 3), "+000", 1);
  append_entry (second, at (7, 0, 3), "+000", 3);
  cot_merged_log_add (merged, fixture->a_case, open_log (fixture, "First.log", first));
  cot_merged_log_add (merged, fixture->a_case, open_log (fixture, "Second.log", second));
  wait_until (cot_log_get_n_entries (log) == 3003);
  density = cot_density_new (log, COT_CLOCK_UTC);
  query = cot_query_new_for_filter (log, filter);
  cot_density_set_filter (density, query);
  wait_until (!cot_density_get_running (density));
  assert_counts (log, cot_density_get_all (density), COT_CLOCK_UTC, NULL);
  assert_counts (log, cot_density_get_shown (density), COT_CLOCK_UTC,
                 cot_query_get_ordinals (query));
  g_assert_cmpuint (find (density, at (7, 0, 3), at (7, 0, 4)), <, 3003);

  cot_merged_log_set_on (merged, 0, FALSE);
  wait_until (cot_log_get_n_entries (log) == 3 && !cot_density_get_running (density));
  g_assert_cmpuint (count_timed (density), ==, 3);
  g_assert_cmpuint (cot_time_bins_get_n_timed (cot_density_get_shown (density)), ==, 2);
  cot_merged_log_set_on (merged, 0, TRUE);
  wait_until (cot_log_get_n_entries (log) == 3003 && !cot_density_get_running (density));
  assert_counts (log, cot_density_get_all (density), COT_CLOCK_UTC, NULL);
}

/* Dropped while it counts. */
static void
test_drop (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = make_random_log (N_MANY);
  CotLog *log = open_log (fixture, "Drop.log", text);
  g_autoptr (CotFilter) filter = cot_filter_new ("text : a", NULL);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (CotDensity) density = cot_density_new (log, COT_CLOCK_WRITTEN);
      g_autoptr (CotQuery) query = cot_query_new_for_filter (log, filter);

      cot_density_set_filter (density, query);
      g_assert_true (cot_density_get_running (density));
      cot_density_find_async (density, 0, 1, NULL, NULL, NULL);
      g_main_context_iteration (NULL, FALSE);
    }
}

int
main (int argc, char **argv)
{
  /* An hour of daylight saving ends on the first of November; these logs are in standard time. */
  g_setenv ("TZ", "CST6CDT,M3.2.0,M11.1.0", TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/density/reference", test_reference);
  ADD ("/density/local", test_local);
  ADD ("/density/spans", test_spans);
  ADD ("/density/no-place", test_no_place);
  ADD ("/density/follow", test_follow);
  ADD ("/density/no-range", test_no_range);
  ADD ("/density/find", test_find);
  ADD ("/density/merge", test_merge);
  ADD ("/density/drop", test_drop);
  return g_test_run ();
}
