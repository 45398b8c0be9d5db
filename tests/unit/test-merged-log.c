/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several logs as one: the order, what is asked of it, and how it follows its logs. */

#include "cot-engine.h"
#include "cot-log-private.h"

#include <glib/gstdio.h>
#include <string.h>

#define DEADLINE_SECONDS 60

#include "wait-until.h"

typedef struct
{
  char *folder;
  CotSession *session;
  CotCase *loose;
  CotMergedLog *merged;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("cotrace-merged-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->session = cot_session_new ();
  fixture->loose = cot_session_new_case (fixture->session);
  fixture->merged = cot_merged_log_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  g_clear_object (&fixture->merged);
  g_clear_object (&fixture->loose);
  g_clear_object (&fixture->session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  folder = g_dir_open (fixture->folder, 0, NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

/* "09:12:41 3 message": time, type and text; "- text": a line without a frame. */
static void
append_line (GString *text, const char *line)
{
  if (g_str_has_prefix (line, "- "))
    g_string_append_printf (text, "%s\r\n", line + 2);
  else
    g_string_append_printf (text,
                            "<![LOG[%s]LOG]!><time=\"%.8s.000+000\" date=\"11-18-2026\" "
                            "component=\"Test\" context=\"\" type=\"%c\" thread=\"7\" "
                            "file=\"a.cpp:1\">\r\n",
                            line + 11, line, line[9]);
}

static char *
write_log (Fixture *fixture, const char *name, const char *const *lines)
{
  char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    append_line (text, lines[i]);
  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
  return path;
}

static void
append_to (const char *path, const char *line)
{
  g_autoptr (GString) text = g_string_new (NULL);
  FILE *file = g_fopen (path, "ab");

  append_line (text, line);
  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (text->str, 1, text->len, file), ==, text->len);
  g_assert_cmpint (fclose (file), ==, 0);
}

static CotLog *
add_log (Fixture *fixture, const char *path)
{
  g_autoptr (CotCase) opened
      = cot_session_open_sync (fixture->session, fixture->loose, path, NULL);
  CotLog *log;

  g_assert_true (opened == fixture->loose);
  log = cot_case_get_log (opened, cot_case_get_n_logs (opened) - 1);
  g_assert_true (cot_merged_log_add (fixture->merged, opened, log));
  return log;
}

static CotLog *
write_and_add (Fixture *fixture, const char *name, const char *const *lines)
{
  g_autofree char *path = write_log (fixture, name, lines);

  return add_log (fixture, path);
}

static gboolean
is_whole (Fixture *fixture, guint64 n_entries)
{
  CotDocumentState state = cot_log_get_state (COT_LOG (fixture->merged));

  return state != COT_DOCUMENT_LOADING && state != COT_DOCUMENT_NEW
         && cot_log_get_n_entries (COT_LOG (fixture->merged)) == n_entries;
}

/* "a0 b0 a1": by the first letter of the log's name. */
static char *
dup_order (Fixture *fixture)
{
  CotLog *merged = COT_LOG (fixture->merged);
  GString *order = g_string_new (NULL);

  for (guint64 place = 0; place < cot_log_get_n_entries (merged); place++)
    {
      guint64 ordinal = G_MAXUINT64;
      guint64 back = G_MAXUINT64;
      CotLog *log = cot_log_locate (merged, place, &ordinal);

      g_string_append_printf (order, "%s%c%" G_GUINT64_FORMAT, place > 0 ? " " : "",
                              *cot_log_get_name (log), ordinal);
      g_assert_true (cot_log_find_place (merged, log, ordinal, &back));
      g_assert_cmpuint (back, ==, place);
    }
  return g_string_free (order, FALSE);
}

static void
assert_order (Fixture *fixture, const char *wanted)
{
  g_autofree char *order = dup_order (fixture);

  g_assert_cmpstr (order, ==, wanted);
}

static const char *const lines_of_a[]
    = { "10:00:00 1 one", "10:02:00 3 failed", "- without a time", "10:04:00 1 four", NULL };
static const char *const lines_of_b[]
    = { "10:01:00 2 warned", "10:02:00 1 as late", "10:05:00 3 failed at the end", NULL };

static void
test_order (Fixture *fixture, gconstpointer data)
{
  CotLog *merged = COT_LOG (fixture->merged);
  CotLog *a = write_and_add (fixture, "a.log", lines_of_a);
  CotLog *b = write_and_add (fixture, "b.log", lines_of_b);
  const CotSnapshotCounts *counts;
  CotMergedZones zones;
  guint64 place;

  wait_until (is_whole (fixture, 7));
  assert_order (fixture, "a0 b0 a1 a2 b1 a3 b2");
  counts = cot_log_get_counts (merged);
  g_assert_cmpuint (counts->by_severity[COT_SEVERITY_ERROR], ==, 2);
  g_assert_cmpuint (counts->by_severity[COT_SEVERITY_WARNING], ==, 1);
  g_assert_true (cot_log_find_severity (merged, COT_SEVERITY_ERROR, G_MAXUINT64, TRUE, &place));
  g_assert_cmpuint (place, ==, 2);
  g_assert_true (cot_log_find_severity (merged, COT_SEVERITY_ERROR, place, TRUE, &place));
  g_assert_cmpuint (place, ==, 6);
  g_assert_false (cot_log_find_severity (merged, COT_SEVERITY_ERROR, place, TRUE, &place));
  g_assert_true (cot_log_find_severity (merged, COT_SEVERITY_WARNING, 2, FALSE, &place));
  g_assert_cmpuint (place, ==, 1);
  g_assert_false (cot_log_find_severity (merged, COT_SEVERITY_WARNING, 1, TRUE, &place));
  wait_until (cot_log_peek_row (merged, 4) != NULL);
  g_assert_cmpstr (cot_log_peek_row (merged, 4)->message, ==, "as late");
  g_assert_null (cot_log_peek_row (merged, 7));
  cot_merged_log_get_zones (fixture->merged, &zones);
  g_assert_cmpint (zones.bias_minutes, ==, 0);
  g_assert_cmpuint (zones.n_without_zone, ==, 0);
  g_assert_false (zones.differ);
  g_assert_false (cot_merged_log_add (fixture->merged, fixture->loose, a));
  g_assert_false (cot_log_find_place (merged, b, 3, &place));
}

static void
test_ruler (Fixture *fixture, gconstpointer data)
{
  guint8 slots[7];
  const guint8 wanted[7] = { 0, COT_LOG_RULER_WARNING, COT_LOG_RULER_ERROR, 0, 0, 0,
                             COT_LOG_RULER_ERROR };

  write_and_add (fixture, "a.log", lines_of_a);
  write_and_add (fixture, "b.log", lines_of_b);
  wait_until (is_whole (fixture, 7));
  cot_log_get_ruler (COT_LOG (fixture->merged), 7, slots);
  g_assert_cmpmem (slots, sizeof slots, wanted, sizeof wanted);
}

static const char *const lines_of_failure[]
    = { "09:12:40 1 Quiet",
        "09:12:41 3 [CCMHTTP] ERROR INFO: StatusCode=403 "
        "StatusText=CMGConnector_Clientcertificaterequired",
        NULL };

/* What is known of the entries of a merge is known of no other log. */
static void
test_known (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotMergedLog) other = cot_merged_log_new ();

  write_and_add (fixture, "LocationServices.log", lines_of_failure);
  write_and_add (fixture, "b.log", lines_of_b);
  wait_until (cot_bitset_get_size (cot_log_get_known (COT_LOG (fixture->merged))) > 0);
  g_assert_cmpuint (cot_bitset_get_size (cot_log_get_known (COT_LOG (other))), ==, 0);
  for (guint i = 0; i < cot_case_get_n_logs (fixture->loose); i++)
    {
      CotLog *log = cot_case_get_log (fixture->loose, i);
      gboolean is_evidence = g_str_equal (cot_log_get_name (log), "LocationServices.log");

      g_assert_cmpuint (cot_bitset_get_size (cot_log_get_known (log)), ==, is_evidence ? 1 : 0);
    }
}

static void
count (guint *n)
{
  (*n)++;
}

static void
test_growth (Fixture *fixture, gconstpointer data)
{
  CotLog *merged = COT_LOG (fixture->merged);
  g_autofree char *path = write_log (fixture, "a.log", lines_of_a);
  g_autofree char *other = write_log (fixture, "b.log", lines_of_b);
  guint n_reordered = 0;

  add_log (fixture, path);
  add_log (fixture, other);
  wait_until (is_whole (fixture, 7));
  g_assert_true (cot_log_can_follow (merged));
  g_assert_false (cot_log_get_following (merged));
  cot_log_set_following (merged, TRUE);
  wait_until (cot_log_get_state (merged) == COT_DOCUMENT_LIVE);
  g_signal_connect_swapped (merged, "reordered", G_CALLBACK (count), &n_reordered);
  append_to (path, "10:06:00 1 behind all");
  cot_log_check_now (merged);
  wait_until (is_whole (fixture, 8));
  assert_order (fixture, "a0 b0 a1 a2 b1 a3 b2 a4");
  g_assert_cmpuint (n_reordered, ==, 0);
  /* Written late: others have to move. */
  append_to (other, "10:05:30 1 between");
  cot_log_check_now (merged);
  wait_until (is_whole (fixture, 9));
  assert_order (fixture, "a0 b0 a1 a2 b1 a3 b2 b3 a4");
  g_assert_cmpuint (n_reordered, ==, 1);
  cot_log_set_paused (merged, TRUE);
  g_assert_true (cot_log_get_paused (merged));
  append_to (other, "10:07:00 1 held back");
  cot_log_check_now (merged);
  wait_until (cot_log_get_n_held_back (merged) == 1);
  g_assert_cmpuint (cot_log_get_n_entries (merged), ==, 9);
  cot_log_set_paused (merged, FALSE);
  wait_until (is_whole (fixture, 10));
  cot_log_set_following (merged, FALSE);
  g_assert_false (cot_log_get_following (merged));
}

static void
test_off_and_on (Fixture *fixture, gconstpointer data)
{
  CotLog *merged = COT_LOG (fixture->merged);
  CotLog *a = write_and_add (fixture, "a.log", lines_of_a);
  guint64 place;

  write_and_add (fixture, "b.log", lines_of_b);
  wait_until (is_whole (fixture, 7));
  cot_merged_log_set_on (fixture->merged, 0, FALSE);
  g_assert_cmpuint (cot_merged_log_get_n_on (fixture->merged), ==, 1);
  g_assert_cmpuint (cot_merged_log_get_n_logs (fixture->merged), ==, 2);
  /* Until the worker is done, all still stands where it stood. */
  g_assert_true (cot_log_find_place (merged, a, 3, &place));
  g_assert_cmpuint (place, ==, 5);
  wait_until (is_whole (fixture, 3));
  assert_order (fixture, "b0 b1 b2");
  g_assert_false (cot_log_find_place (merged, a, 3, &place));
  cot_merged_log_set_on (fixture->merged, 1, FALSE);
  wait_until (is_whole (fixture, 0));
  cot_merged_log_set_on (fixture->merged, 0, TRUE);
  cot_merged_log_set_on (fixture->merged, 1, TRUE);
  wait_until (is_whole (fixture, 7));
  assert_order (fixture, "a0 b0 a1 a2 b1 a3 b2");
}

/* Its case reads a log anew, and then gives it up. */
static void
test_replaced (Fixture *fixture, gconstpointer data)
{
  CotLog *a = write_and_add (fixture, "a.log", lines_of_a);
  CotLog *newer;
  guint64 ordinal;

  write_and_add (fixture, "b.log", lines_of_b);
  wait_until (is_whole (fixture, 7));
  newer = cot_case_reopen_log (fixture->loose, a, "plain");
  g_assert_nonnull (newer);
  g_assert_cmpint (cot_merged_log_find_log (fixture->merged, newer), ==, 0);
  wait_until (is_whole (fixture, 7)
              && cot_log_locate (COT_LOG (fixture->merged), 6, &ordinal) == newer);
  /* Plain lines have no time, and go last. */
  assert_order (fixture, "b0 b1 b2 a0 a1 a2 a3");
  cot_case_remove_log (fixture->loose, newer);
  g_assert_cmpuint (cot_merged_log_get_n_logs (fixture->merged), ==, 1);
  wait_until (is_whole (fixture, 3));
  assert_order (fixture, "b0 b1 b2");
  cot_case_remove_log (fixture->loose, cot_case_get_log (fixture->loose, 0));
  wait_until (is_whole (fixture, 0));
}

/* One whose clock was wrong takes its place among the others, and all that tells a time agrees. */
static void
test_moved_clock (Fixture *fixture, gconstpointer data)
{
  static const char *const of_x[] = { "09:00:00 1 x", "09:00:10 1 x", NULL };
  static const char *const of_y[] = { "09:00:05 1 y", "- y without", "09:00:15 1 y", NULL };
  CotReadAs read_as = { .clock_usec = 60 * G_USEC_PER_SEC };
  CotLog *x = write_and_add (fixture, "x.log", of_x);
  CotLog *moved;
  CotEntryTime time;
  guint64 ordinal;
  gint64 as_written_usec, first_usec;

  write_and_add (fixture, "y.log", of_y);
  wait_until (is_whole (fixture, 5));
  assert_order (fixture, "x0 y0 y1 x1 y2");
  g_assert_true (cot_log_get_entry_time (x, 0, &time));
  as_written_usec = time.time_usec;
  moved = cot_case_reread_log (fixture->loose, x, &read_as);
  wait_until (is_whole (fixture, 5)
              && cot_log_locate (COT_LOG (fixture->merged), 4, &ordinal) == moved);
  assert_order (fixture, "y0 y1 y2 x0 x1");
  g_assert_true (cot_log_get_entry_time (moved, 0, &time));
  g_assert_cmpint (time.time_usec, ==, as_written_usec + read_as.clock_usec);
  g_assert_cmpint (cot_log_get_counts (moved)->first_time_usec, ==, time.time_usec);
  cot_snapshot_get_times (cot_log_get_snapshot (moved), 0, 1, &first_usec);
  g_assert_cmpint (first_usec, ==, time.time_usec);
  cot_snapshot_get_carried_times (cot_log_get_snapshot (moved), 0, 1, COT_BIAS_NONE, &first_usec);
  g_assert_cmpint (first_usec, ==, time.time_usec);
  /* What else is chosen for it leaves its clock alone. */
  moved = cot_case_reopen_log (fixture->loose, moved, "ccm");
  g_assert_cmpint (cot_log_get_read_as (moved)->clock_usec, ==, read_as.clock_usec);
  read_as = (CotReadAs){ 0 };
  moved = cot_case_reread_log (fixture->loose, moved, &read_as);
  wait_until (is_whole (fixture, 5)
              && cot_log_locate (COT_LOG (fixture->merged), 0, &ordinal) == moved);
  assert_order (fixture, "x0 y0 y1 x1 y2");
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
test_details_and_copy (Fixture *fixture, gconstpointer data)
{
  CotLog *merged = COT_LOG (fixture->merged);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) copied = NULL;
  g_autoptr (CotEntryDetails) details = NULL;
  g_autoptr (CotBitset) places = cot_bitset_new ();
  g_autofree char *text = NULL;
  g_autofree char *title = NULL;

  write_and_add (fixture, "a.log", lines_of_a);
  write_and_add (fixture, "b.lo_", lines_of_b);
  wait_until (is_whole (fixture, 7));
  cot_log_load_details_async (merged, 5, NULL, take_result, &result);
  wait_until (result != NULL);
  details = cot_log_load_details_finish (merged, result, NULL);
  g_assert_cmpstr (details->message, ==, "four");
  g_assert_cmpuint (details->ordinal, ==, 5);
  g_assert_cmpuint (details->line, ==, 4);
  title = cot_log_dup_entry_title (merged, 4);
  g_assert_cmpstr (title, ==, "b.lo_");
  cot_bitset_add_range (places, 3, 2);
  cot_bitset_add (places, 99);
  cot_log_copy_async (merged, places, NULL, "ml", NULL, take_result, &copied);
  wait_until (copied != NULL);
  text = cot_log_copy_finish (merged, copied, NULL);
  g_assert_cmpstr (text, ==, "without a time\ta\nas late\tb.lo_\n");
}

static void
test_zones (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "z.log", NULL);
  CotMergedZones zones;

  write_and_add (fixture, "a.log", lines_of_a);
  g_assert_true (g_file_set_contents (
      path,
      "<![LOG[no zone]LOG]!><time=\"10:03:00.000\" date=\"11-18-2026\" component=\"T\" "
      "context=\"\" type=\"1\" thread=\"7\" file=\"a\">\r\n",
      -1, NULL));
  add_log (fixture, path);
  wait_until (is_whole (fixture, 5));
  assert_order (fixture, "a0 a1 a2 z0 a3");
  cot_merged_log_get_zones (fixture->merged, &zones);
  g_assert_cmpuint (zones.n_logs, ==, 2);
  g_assert_cmpuint (zones.n_without_zone, ==, 1);
  g_assert_cmpint (zones.bias_minutes, ==, 0);
}

/* A seam stands only where no entry of another log comes between. */
static void
test_seams (Fixture *fixture, gconstpointer data)
{
  static const char *const older[] = { "10:00:00 1 x", "10:01:00 1 y", NULL };
  static const char *const newer[] = { "10:03:00 1 z", NULL };
  static const char *const other[] = { "10:00:30 1 other", NULL };
  static const char *const between[] = { "10:02:00 1 between", NULL };
  CotLog *merged = COT_LOG (fixture->merged);
  g_autofree char *older_path = write_log (fixture, "a.lo_", older);
  g_autofree char *path = write_log (fixture, "a.log", newer);
  g_autofree char *title = NULL;
  g_autofree char *title_below = NULL;

  cot_session_set_joining (fixture->session, TRUE);
  add_log (fixture, path);
  write_and_add (fixture, "b.log", other);
  wait_until (is_whole (fixture, 4));
  assert_order (fixture, "a0 b0 a1 a2");
  g_assert_cmpuint (cot_log_get_n_seams (merged), ==, 1);
  g_assert_cmpuint (cot_log_get_seam (merged, 0), ==, 3);
  title = cot_log_dup_entry_title (merged, 2);
  title_below = cot_log_dup_entry_title (merged, 3);
  g_assert_cmpstr (title, ==, "a.lo_");
  g_assert_cmpstr (title_below, ==, "a");
  write_and_add (fixture, "c.log", between);
  wait_until (is_whole (fixture, 5));
  g_assert_cmpuint (cot_log_get_n_seams (merged), ==, 0);
}

#define N_RANDOM_LOGS 4

/* A slow reference of all that is told of a random set of logs. */
static void
assert_as_reference (Fixture *fixture, CotFind *find, CotQuery *filter)
{
  CotLog *merged = COT_LOG (fixture->merged);
  CotSnapshot *snapshots[N_RANDOM_LOGS];
  g_autoptr (CotMerge) merge = NULL;
  guint n = cot_log_get_n_parts (merged);
  guint64 n_matches = 0;
  guint64 n_errors = 0;

  for (guint i = 0; i < n; i++)
    snapshots[i] = cot_log_get_snapshot (cot_log_get_part (merged, i));
  merge = cot_merge_new (snapshots, n);
  g_assert_cmpuint (cot_merge_get_n_entries (merge), ==, cot_log_get_n_entries (merged));
  for (guint64 place = 0; place < cot_log_get_n_entries (merged); place++)
    {
      guint index;
      guint64 wanted, ordinal, step;
      g_autoptr (GByteArray) record = g_byte_array_new ();
      CotEntryColumns columns;
      gboolean matches;

      cot_merge_get (merge, place, &index, &wanted);
      g_assert_true (cot_log_locate (merged, place, &ordinal) == cot_log_get_part (merged, index));
      g_assert_cmpuint (ordinal, ==, wanted);
      g_assert_true (cot_snapshot_read (snapshots[index], ordinal, record, NULL));
      g_byte_array_append (record, (const guint8 *) "", 1);
      matches = strstr ((const char *) record->data, "needle") != NULL;
      n_matches += matches;
      g_assert_cmpint (cot_bitset_contains (cot_find_get_matches (find), place), ==, matches);
      g_assert_true (cot_log_get_columns (merged, place, &columns));
      g_assert_cmpint (cot_bitset_contains (cot_query_get_ordinals (filter), place), ==,
                       columns.severity == COT_SEVERITY_ERROR);
      n_errors += columns.severity == COT_SEVERITY_ERROR;
      g_assert_cmpint (cot_log_find_severity (merged, COT_SEVERITY_ERROR, place - 1, TRUE, &step)
                           && step == place,
                       ==, columns.severity == COT_SEVERITY_ERROR);
    }
  g_assert_cmpuint (cot_find_get_n_matches (find), ==, n_matches);
  g_assert_cmpuint (cot_bitset_get_size (cot_query_get_ordinals (filter)), ==, n_errors);
}

static char *
dup_random_line (guint *minute)
{
  guint kind = (guint) g_test_rand_int_range (0, 10);

  if (kind == 0)
    return g_strdup ("- no frame, needle");
  if (kind == 1 && *minute > 5)
    *minute -= 5; /* the clock went back */
  *minute += (guint) g_test_rand_int_range (0, 3);
  return g_strdup_printf ("%02u:%02u:00 %c %s", *minute / 60 % 24, *minute % 60,
                          "1123"[g_test_rand_int_range (0, 4)],
                          kind < 4 ? "a needle here" : "hay");
}

static guint64
count_entries (CotLog *merged)
{
  guint64 n = 0;

  for (guint i = 0; i < cot_log_get_n_parts (merged); i++)
    n += cot_log_get_n_entries (cot_log_get_part (merged, i));
  return n;
}

static void
test_random (Fixture *fixture, gconstpointer data)
{
  static const CotFindQuestion needle = { "needle", COT_PATTERN_LITERAL, COT_COLUMN_TEXT };
  CotLog *merged = COT_LOG (fixture->merged);
  g_autoptr (CotFilter) expression = cot_filter_new ("severity = error", NULL);
  g_autoptr (CotFind) find = NULL;
  g_autoptr (CotQuery) filter = NULL;
  guint64 n_written[N_RANDOM_LOGS] = { 0 };
  guint minutes[N_RANDOM_LOGS] = { 0 };
  char *paths[N_RANDOM_LOGS];

  for (guint i = 0; i < N_RANDOM_LOGS; i++)
    {
      static const char *const first[] = { "00:00:00 1 first", NULL };
      g_autofree char *name = g_strdup_printf ("%c.log", 'a' + (char) i);

      paths[i] = write_log (fixture, name, first);
      n_written[i] = 1;
      add_log (fixture, paths[i]);
    }
  find = cot_find_new (merged, &needle, NULL);
  filter = cot_query_new_for_filter (merged, expression);
  cot_log_set_following (merged, TRUE);
  for (guint round = 0; round < 30; round++)
    {
      guint64 n_wanted = 0;

      for (guint i = 0; i < N_RANDOM_LOGS; i++)
        {
          guint n = (guint) g_test_rand_int_range (0, round % 10 == 9 ? 3000 : 40);

          for (guint j = 0; j < n; j++)
            {
              g_autofree char *line = dup_random_line (&minutes[i]);

              append_to (paths[i], line);
            }
          n_written[i] += n;
          if (g_test_rand_int_range (0, 6) == 0)
            cot_merged_log_set_on (fixture->merged, i,
                                   !cot_merged_log_get_on (fixture->merged, i));
          if (cot_merged_log_get_on (fixture->merged, i))
            n_wanted += n_written[i];
        }
      cot_log_check_now (merged);
      wait_until (count_entries (merged) == n_wanted && is_whole (fixture, n_wanted)
                  && !cot_find_get_running (find) && !cot_query_get_running (filter));
      assert_as_reference (fixture, find, filter);
    }
  for (guint i = 0; i < N_RANDOM_LOGS; i++)
    g_free (paths[i]);
}

/* Answers come in the order of the places, so that what is shown only grows. */
static void
note_answers (CotQuery *query, gpointer data)
{
  guint64 *n_before = data;
  guint64 last;

  g_assert_cmpuint (cot_query_get_n_asked (query), >=, n_before[0]);
  g_assert_cmpuint (cot_bitset_get_size (cot_query_get_ordinals (query)), >=, n_before[1]);
  if (cot_bitset_previous (cot_query_get_ordinals (query), G_MAXUINT64 - 1, &last))
    g_assert_cmpuint (last, <, cot_query_get_n_asked (query));
  g_assert_cmpuint (cot_bitset_get_rank (cot_query_get_ordinals (query), n_before[0]), ==,
                    n_before[1]);
  n_before[0] = cot_query_get_n_asked (query);
  n_before[1] = cot_bitset_get_size (cot_query_get_ordinals (query));
}

static void
test_answers_grow (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotFilter) expression = cot_filter_new ("text : 7", NULL);
  g_autoptr (CotQuery) filter = NULL;
  guint64 n_before[2] = { 0, 0 };

  for (guint i = 0; i < N_RANDOM_LOGS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%c.log", 'a' + (char) i);
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint j = 0; j < 40000; j++)
        {
          g_autofree char *line = g_strdup_printf ("%02u:%02u:%02u 1 entry %u", j / 3600,
                                                   j / 60 % 60, j % 60, j);

          append_line (text, line);
        }
      g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
      add_log (fixture, path);
    }
  wait_until (is_whole (fixture, 4 * 40000));
  filter = cot_query_new_for_filter (COT_LOG (fixture->merged), expression);
  g_signal_connect (filter, "changed", G_CALLBACK (note_answers), n_before);
  wait_until (!cot_query_get_running (filter));
  g_assert_cmpuint (n_before[0], ==, 4 * 40000);
  g_assert_cmpuint (n_before[1], >, 4 * 10000);
}

/* A log that was off does as the others when it comes back, whatever was asked for meanwhile. */
static void
test_follow_off_and_on (Fixture *fixture, gconstpointer data)
{
  CotLog *merged = COT_LOG (fixture->merged);
  CotLog *a = write_and_add (fixture, "a.log", lines_of_a);
  CotLog *b = write_and_add (fixture, "b.log", lines_of_b);

  wait_until (is_whole (fixture, 7));
  cot_log_set_following (merged, TRUE);
  g_assert_true (cot_log_get_following (b));
  cot_merged_log_set_on (fixture->merged, 1, FALSE);
  g_assert_false (cot_log_get_following (b));
  g_assert_true (cot_log_get_following (a));
  cot_log_set_following (merged, FALSE);
  cot_merged_log_set_on (fixture->merged, 1, TRUE);
  g_assert_false (cot_log_get_following (merged));

  cot_log_set_following (merged, TRUE);
  cot_merged_log_set_on (fixture->merged, 0, FALSE);
  cot_merged_log_set_on (fixture->merged, 1, FALSE);
  cot_merged_log_set_on (fixture->merged, 1, TRUE);
  g_assert_true (cot_log_get_following (b));
  cot_log_set_paused (merged, TRUE);
  cot_merged_log_set_on (fixture->merged, 0, TRUE);
  g_assert_true (cot_log_get_following (a));
  g_assert_true (cot_log_get_paused (a));
  cot_merged_log_set_on (fixture->merged, 0, FALSE);
  cot_log_set_paused (merged, FALSE);
  cot_merged_log_set_on (fixture->merged, 0, TRUE);
  g_assert_true (cot_log_get_following (a));
  g_assert_false (cot_log_get_paused (merged));
}

/* A tab of the log's own is no matter of the merge, but for an end that was asked for. */
static void
test_follow_beside (Fixture *fixture, gconstpointer data)
{
  CotLog *merged = COT_LOG (fixture->merged);
  CotLog *a = write_and_add (fixture, "a.log", lines_of_a);
  CotLog *b = write_and_add (fixture, "b.log", lines_of_b);

  wait_until (is_whole (fixture, 7));
  cot_log_set_following (merged, TRUE);
  cot_log_set_following (a, TRUE);
  cot_merged_log_set_on (fixture->merged, 0, FALSE);
  cot_merged_log_set_on (fixture->merged, 1, FALSE);
  g_assert_true (cot_log_get_following (a));
  g_assert_false (cot_log_get_following (b));
  cot_log_stop_following_alone (a);
  g_assert_false (cot_log_get_following (a));
  cot_merged_log_set_on (fixture->merged, 0, TRUE);
  g_assert_true (cot_log_get_following (a));
  cot_log_stop_following_alone (a);
  g_assert_true (cot_log_get_following (a));
  cot_log_set_following (a, FALSE);
  g_assert_false (cot_log_get_following (a));

  /* What takes its place is followed as it was; with the merge goes what it asked for. */
  cot_log_set_following (merged, TRUE);
  cot_merged_log_set_on (fixture->merged, 1, TRUE);
  cot_log_set_following (b, TRUE);
  a = cot_case_reopen_log (fixture->loose, a, NULL);
  b = cot_case_reopen_log (fixture->loose, b, NULL);
  g_assert_true (cot_log_get_following (a));
  g_assert_true (cot_log_get_following (b));
  wait_until (is_whole (fixture, 7));
  g_clear_object (&fixture->merged);
  g_assert_false (cot_log_get_following (a));
  g_assert_true (cot_log_get_following (b));
}

/* Several changes in one go are told once. */
static void
test_one_change (Fixture *fixture, gconstpointer data)
{
  guint n_changes = 0;

  g_signal_connect_swapped (fixture->merged, "logs-changed", G_CALLBACK (count), &n_changes);
  cot_merged_log_begin_change (fixture->merged);
  write_and_add (fixture, "a.log", lines_of_a);
  cot_merged_log_begin_change (fixture->merged);
  write_and_add (fixture, "b.log", lines_of_b);
  cot_merged_log_set_on (fixture->merged, 0, FALSE);
  cot_merged_log_end_change (fixture->merged);
  g_assert_cmpuint (n_changes, ==, 0);
  cot_merged_log_end_change (fixture->merged);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpuint (cot_merged_log_get_n_on (fixture->merged), ==, 1);
  cot_merged_log_begin_change (fixture->merged);
  cot_merged_log_end_change (fixture->merged);
  g_assert_cmpuint (n_changes, ==, 1);
  wait_until (is_whole (fixture, 3));
}

static char *
write_in (Fixture *fixture, const char *folder, const char *name, const char *const *lines)
{
  g_autofree char *path = g_build_filename (fixture->folder, folder, NULL);
  g_autofree char *place = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  return write_log (fixture, place, lines);
}

/* Two computers have logs of the same names: what is seen and what is copied says whose it is. */
static void
test_owners (Fixture *fixture, gconstpointer data)
{
  CotMergedLog *merged = fixture->merged;
  char *paths[] = { write_in (fixture, "PC01", "CcmExec.log", lines_of_a),
                               write_in (fixture, "PC02", "CcmExec.log", lines_of_b),
                               write_in (fixture, "PC02", "Other.log", lines_of_b) };
  g_autoptr (CotCase) bundle
      = cot_session_open_sync (fixture->session, fixture->loose, fixture->folder, NULL);
  g_autoptr (CotBitset) first = cot_bitset_new ();
  g_autoptr (GAsyncResult) copied = NULL;
  g_autofree char *text = NULL;
  g_autofree char *title = NULL;

  g_assert_nonnull (bundle);
  cot_session_wait (fixture->session, bundle);
  g_assert_cmpuint (cot_case_get_n_devices (bundle), ==, 2);
  for (guint i = 0; i < cot_case_get_n_logs (bundle); i++)
    {
      CotLog *log = cot_case_get_log (bundle, i);

      if (g_str_equal (cot_case_get_log_device (bundle, log), "PC02"))
        cot_merged_log_add (merged, bundle, log);
    }
  g_assert_cmpuint (cot_merged_log_get_n_logs (merged), ==, 2);
  g_assert_null (cot_merged_log_get_owner (merged, 0));
  for (guint i = 0; i < cot_case_get_n_logs (bundle); i++)
    cot_merged_log_add (merged, bundle, cot_case_get_log (bundle, i));
  g_assert_cmpstr (cot_merged_log_get_owner (merged, 0), ==, "PC02");
  g_assert_cmpstr (cot_merged_log_get_owner (merged, 2), ==, "PC01");
  title = cot_merged_log_dup_title (merged, 2);
  g_assert_cmpstr (title, ==, "PC01 · CcmExec");
  wait_until (is_whole (fixture, 10));
  cot_bitset_add (first, 0);
  cot_log_copy_async (COT_LOG (merged), first, NULL, "lm", NULL, take_result, &copied);
  wait_until (copied != NULL);
  text = cot_log_copy_finish (COT_LOG (merged), copied, NULL);
  g_assert_cmpstr (text, ==, "PC01 · CcmExec\tone\n");
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *folder = g_path_get_dirname (paths[i]);

      g_remove (paths[i]);
      g_rmdir (folder);
      g_clear_pointer (&paths[i], g_free);
    }
}

/* Files of which nobody knows the computer, in two folders. */
static void
test_namesakes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = write_in (fixture, "old", "CcmExec.log", lines_of_a);
  g_autofree char *second = write_in (fixture, "new", "CcmExec.log", lines_of_b);
  char *folders[] = { g_path_get_dirname (first), g_path_get_dirname (second) };

  add_log (fixture, first);
  g_assert_null (cot_merged_log_get_owner (fixture->merged, 0));
  add_log (fixture, second);
  write_and_add (fixture, "other.log", lines_of_b);
  g_assert_cmpstr (cot_merged_log_get_owner (fixture->merged, 0), ==, "old");
  g_assert_cmpstr (cot_merged_log_get_owner (fixture->merged, 1), ==, "new");
  g_assert_null (cot_merged_log_get_owner (fixture->merged, 2));
  wait_until (is_whole (fixture, 10));
  g_remove (first);
  g_remove (second);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_rmdir (folders[i]);
      g_clear_pointer (&folders[i], g_free);
    }
}

/* Somebody may still hold a query that was dropped. */
static void
test_dropped_query (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotFilter) expression = cot_filter_new ("severity = error", NULL);
  g_autoptr (CotQuery) filter = NULL;

  write_and_add (fixture, "a.log", lines_of_a);
  wait_until (is_whole (fixture, 4));
  filter = cot_query_new_for_filter (COT_LOG (fixture->merged), expression);
  wait_until (!cot_query_get_running (filter));
  g_assert_cmpuint (cot_bitset_get_size (cot_query_get_ordinals (filter)), ==, 1);
  g_object_run_dispose (G_OBJECT (filter));
  g_assert_false (cot_query_get_running (filter));
  g_assert_cmpuint (cot_query_get_n_too_slow (filter), ==, 0);
  g_assert_cmpuint (cot_bitset_get_size (cot_query_get_ordinals (filter)), ==, 1);
}

static void
drop_merged (CotCase *a_case, gpointer data)
{
  Fixture *fixture = data;

  g_clear_object (&fixture->merged);
}

/* Who hears that a log was read anew may close the merge. */
static void
test_dropped_when_outdated (Fixture *fixture, gconstpointer data)
{
  CotMergedLog *merged = fixture->merged;
  gulong handler;

  g_object_add_weak_pointer (G_OBJECT (merged), (gpointer *) &merged);
  write_and_add (fixture, "a.log", lines_of_a);
  write_and_add (fixture, "b.log", lines_of_b);
  wait_until (is_whole (fixture, 7));
  handler = g_signal_connect (fixture->loose, "members-changed", G_CALLBACK (drop_merged),
                              fixture);
  g_signal_emit_by_name (cot_merged_log_get_log (merged, 0), "event", COT_DOCUMENT_EVENT_OUTDATED);
  wait_until (merged == NULL);
  g_assert_null (fixture->merged);
  g_signal_handler_disconnect (fixture->loose, handler);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) \
  g_test_add ("/merged-log/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("order", test_order);
  ADD ("ruler", test_ruler);
  ADD ("known", test_known);
  ADD ("growth", test_growth);
  ADD ("off-and-on", test_off_and_on);
  ADD ("replaced", test_replaced);
  ADD ("details-and-copy", test_details_and_copy);
  ADD ("zones", test_zones);
  ADD ("seams", test_seams);
  ADD ("follow-off-and-on", test_follow_off_and_on);
  ADD ("follow-beside", test_follow_beside);
  ADD ("one-change", test_one_change);
  ADD ("owners", test_owners);
  ADD ("namesakes", test_namesakes);
  ADD ("dropped-query", test_dropped_query);
  ADD ("dropped-when-outdated", test_dropped_when_outdated);
  ADD ("moved-clock", test_moved_clock);
  ADD ("random", test_random);
  ADD ("answers-grow", test_answers_grow);
  return g_test_run ();
}
