/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The facade as the window uses it: open, rows, details, findings, find, follow. */

#include "cot-engine.h"
#include "cot-log-private.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define DEADLINE_SECONDS 30

#include "wait-until.h"

#define RECORD(message, time, type) \
  "<![LOG[" message "]LOG]!><time=\"" time "+300\" date=\"11-18-2026\" component=\"Test\" " \
  "context=\"\" type=\"" type "\" thread=\"7120\" file=\"a.cpp:12\">\r\n"

#define NO_BIAS(message, time) \
  "<![LOG[" message "]LOG]!><time=\"" time "\" date=\"11-18-2026\" component=\"Test\" " \
  "context=\"\" type=\"1\" thread=\"7120\" file=\"a.cpp:12\">\r\n"

/* As a script means it: ten hours east of UTC. */
#define EAST(message, time) \
  "<![LOG[" message "]LOG]!><time=\"" time "+600\" date=\"11-18-2026\" component=\"Test\" " \
  "context=\"\" type=\"1\" thread=\"7120\" file=\"C:\\Scripts\\a.ps1\">\r\n"

typedef struct
{
  char *folder;
  CotSession *session;
  CotCase *loose;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("cotrace-session-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->session = cot_session_new ();
  fixture->loose = cot_session_new_case (fixture->session);
}

static void
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

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->loose);
  g_clear_object (&fixture->session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static char *
write_log (Fixture *fixture, const char *name, const char *text)
{
  char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

static CotLog *
open_and_wait (Fixture *fixture, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotCase) opened
      = cot_session_open_sync (fixture->session, fixture->loose, path, &error);

  g_assert_no_error (error);
  g_assert_true (opened == fixture->loose);
  cot_session_wait (fixture->session, opened);
  return cot_case_get_log (opened, cot_case_get_n_logs (opened) - 1);
}

static void
test_rows (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path
      = write_log (fixture, "Rows.log",
                   RECORD ("first\r\nsecond \xe2\x80\xae" "evil", "09:12:41.327", "1")
                       RECORD ("failed", "09:12:42.000", "3"));
  CotLog *log = open_and_wait (fixture, path);
  const CotRow *row;

  g_assert_cmpuint (cot_log_get_n_entries (log), ==, 2);
  g_assert_null (cot_log_peek_row (log, 0));
  g_assert_null (cot_log_peek_row (log, 2));
  wait_until (cot_log_peek_row (log, 0) != NULL);
  row = cot_log_peek_row (log, 0);
  /* A line end is one mark, and nothing in a row can turn the text around. */
  g_assert_nonnull (strstr (row->message, "first\xe2\x86\xb5 second"));
  g_assert_null (strstr (row->message, "\xe2\x80\xae"));
  g_assert_cmpstr (row->component, ==, "Test");
  g_assert_cmpstr (row->thread, ==, "7120");
  g_assert_cmpint (row->severity, ==, COT_SEVERITY_INFO);
  g_assert_cmpint (cot_log_peek_row (log, 1)->severity, ==, COT_SEVERITY_ERROR);
}

/* A text that stands in no file is read as any log, also in another format; two are two logs. */
static void
test_text (Fixture *fixture, gconstpointer data)
{
  static const char text[] = RECORD ("first", "09:12:41.327", "1")
      RECORD ("failed", "09:12:42.000", "3");
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  CotLog *log = cot_session_add_text (fixture->session, fixture->loose, bytes, "Copied text");
  CotLog *again;

  cot_session_wait (fixture->session, fixture->loose);
  g_assert_cmpstr (cot_log_get_name (log), ==, "Copied text");
  g_assert_null (cot_log_get_path (log));
  g_assert_false (cot_log_can_follow (log));
  g_assert_cmpstr (cot_log_get_format_name (log), ==, "CCM");
  g_assert_cmpuint (cot_log_get_n_entries (log), ==, 2);
  g_assert_cmpuint (cot_log_get_counts (log)->by_severity[COT_SEVERITY_ERROR], ==, 1);

  log = cot_case_reopen_log (fixture->loose, log, "plain");
  cot_session_wait (fixture->session, fixture->loose);
  g_assert_cmpstr (cot_log_get_format_name (log), ==, "Plain text");
  g_assert_cmpuint (cot_log_get_n_entries (log), ==, 2);

  again = cot_session_add_text (fixture->session, fixture->loose, bytes, "Copied text");
  g_assert_true (again != log);
  g_assert_cmpuint (cot_case_get_n_logs (fixture->loose), ==, 2);
  cot_session_wait (fixture->session, fixture->loose);
  cot_case_remove_log (fixture->loose, log);
  g_assert_cmpuint (cot_case_get_n_logs (fixture->loose), ==, 1);
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
test_details_and_copy (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_log (fixture, "Details.log",
                                     "plain\r\n" RECORD ("a\r\nb", "09:12:41.327", "3"));
  CotLog *log = open_and_wait (fixture, path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) copied = NULL;
  g_autoptr (CotEntryDetails) details = NULL;
  g_autoptr (CotBitset) all = cot_bitset_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  cot_log_load_details_async (log, 1, NULL, take_result, &result);
  wait_until (result != NULL);
  details = cot_log_load_details_finish (log, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (details->line, ==, 2);
  g_assert_cmpuint (details->offset, ==, 7);
  g_assert_cmpstr (details->message_as_written, ==, "a\r\nb");
  g_assert_cmpstr (details->time_text, ==, "2026-11-18 09:12:41.327");
  g_assert_cmpint (details->bias_minutes, ==, 300);
  g_assert_false (details->bias_is_carried);
  g_assert_cmpstr (details->type_text, ==, "3");
  g_assert_cmpint (details->severity_reason, ==, COT_SEVERITY_REASON_TYPE);
  g_assert_cmpstr (details->severity_said, ==, "3");
  g_assert_true (g_str_has_prefix (details->record, "<![LOG[a\r\nb]LOG]!><time="));
  g_assert_true (g_str_has_suffix (details->record, ">"));
  g_assert_cmpuint (g_bytes_get_size (details->bytes), ==, details->length_bytes);
  g_assert_cmpuint (details->readable->kinds, ==, 0);
  g_assert_cmpuint (details->codes->len, ==, 0);

  cot_bitset_add_range (all, 0, 2);
  cot_log_copy_async (log, all, NULL, "mth", NULL, take_result, &copied);
  wait_until (copied != NULL);
  text = cot_log_copy_finish (log, copied, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "plain\t\t\na\r\nb\t2026-11-18 09:12:41.327\t7120\n");
}

/* A line of the log "Zones.log": its time as that clock shows it. */
static void
assert_time (CotLog *log, guint64 ordinal, CotClockMode mode, const char *expected)
{
  CotEntryTime time;
  g_autofree char *text = NULL;

  g_assert_true (cot_log_get_entry_time (log, ordinal, &time));
  text = cot_entry_time_dup_text (&time, mode);
  g_assert_cmpstr (text, ==, expected);
}

/* What says no bias goes by the last one before it; what stands before all of them is not known. */
static void
test_zones (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_log (
      fixture, "Zones.log",
      NO_BIAS ("one", "09:00:00.000") RECORD ("two", "09:12:41.327", "1")
      NO_BIAS ("three", "10:00:00.000") EAST ("four", "20:00:00.000")
      NO_BIAS ("five", "21:00:00.000") "plain\r\n");
  CotLog *log = open_and_wait (fixture, path);
  g_autoptr (CotBitset) all = cot_bitset_new ();
  g_autoptr (GAsyncResult) copied = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CotEntryDetails) details = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  CotEntryTime time;

  assert_time (log, 0, COT_CLOCK_WRITTEN, "2026-11-18 09:00:00.000");
  assert_time (log, 0, COT_CLOCK_UTC, "2026-11-18 09:00:00.000?");
  assert_time (log, 1, COT_CLOCK_UTC, "2026-11-18 14:12:41.327");
  assert_time (log, 2, COT_CLOCK_UTC, "2026-11-18 15:00:00.000");
  assert_time (log, 2, COT_CLOCK_LOCAL, "2026-11-18 09:00:00.000");
  assert_time (log, 3, COT_CLOCK_UTC, "2026-11-18 10:00:00.000");
  assert_time (log, 4, COT_CLOCK_UTC, "2026-11-18 11:00:00.000");
  assert_time (log, 5, COT_CLOCK_UTC, NULL);
  g_assert_true (cot_log_get_entry_time (log, 2, &time));
  g_assert_true (time.bias_is_carried);
  g_assert_true (cot_log_get_entry_time (log, 3, &time));
  g_assert_false (time.bias_is_carried);
  g_assert_false (cot_log_get_entry_time (log, 6, &time));

  cot_log_load_details_async (log, 4, NULL, take_result, &result);
  wait_until (result != NULL);
  details = cot_log_load_details_finish (log, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (details->bias_minutes, ==, -600);
  g_assert_true (details->bias_is_carried);
  /* Five hours are between the zones of two lines, and no time. */
  g_assert_cmpint (cot_log_get_common_time (log, 1) - cot_log_get_common_time (log, 0), ==,
                   761327 * (gint64) 1000);
  g_assert_cmpint (cot_log_get_common_time (log, 5), ==, COT_TIME_NONE);

  cot_bitset_add_range (all, 0, 3);
  cot_log_copy_async (log, all, NULL, "muzt", NULL, take_result, &copied);
  wait_until (copied != NULL);
  text = cot_log_copy_finish (log, copied, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==,
                   "one\t2026-11-18 09:00:00.000?\t2026-11-18 09:00:00.000?\t"
                   "2026-11-18 09:00:00.000\n"
                   "two\t2026-11-18 14:12:41.327\t2026-11-18 08:12:41.327\t"
                   "2026-11-18 09:12:41.327\n"
                   "three\t2026-11-18 15:00:00.000\t2026-11-18 09:00:00.000\t"
                   "2026-11-18 10:00:00.000\n");
  g_clear_object (&copied);
  g_clear_pointer (&text, g_free);
  cot_log_copy_async (log, all, NULL, "me", NULL, take_result, &copied);
  wait_until (copied != NULL);
  text = cot_log_copy_finish (log, copied, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "one\t\ntwo\t0:12:41.327\nthree\t0:47:18.673\n");
  g_clear_object (&copied);
  g_clear_pointer (&text, g_free);
  cot_bitset_remove (all, 1);
  cot_log_copy_async (log, all, all, "me", NULL, take_result, &copied);
  wait_until (copied != NULL);
  text = cot_log_copy_finish (log, copied, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "one\t\nthree\t1:00:00.000\n");
}

/* What a log in UTF-16 shows as its bytes are those of its file, and not of what is read of it. */
static void
test_forms (Fixture *fixture, gconstpointer data)
{
  static const char text[]
      = "plain \u00e4\r\n" RECORD ("{\"a\":1} failed 0x80070005", "09:12:41.327", "");
  g_autofree char *path = g_build_filename (fixture->folder, "Forms.log", NULL);
  g_autoptr (CotEntryDetails) details = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gsize length_bytes;
  g_autofree char *wide
      = g_convert (text, -1, "UTF-16LE", "UTF-8", NULL, &length_bytes, &error);
  gsize first = 2 * strlen ("plain a\r\n");
  CotLog *log;

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (path, wide, (gssize) length_bytes, &error));
  log = open_and_wait (fixture, path);
  cot_log_load_details_async (log, 1, NULL, take_result, &result);
  wait_until (result != NULL);
  details = cot_log_load_details_finish (log, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (details->offset, ==, first);
  g_assert_cmpmem (g_bytes_get_data (details->bytes, NULL), g_bytes_get_size (details->bytes),
                   wide + first, length_bytes - first);
  g_assert_true (g_str_has_prefix (details->record, "<![LOG[{\"a\":1} failed 0x80070005]LOG]!>"));
  g_assert_cmpuint (details->readable->kinds, ==, 1u << COT_READABLE_JSON);
  g_assert_cmpuint (details->codes->len, ==, 1);
  g_assert_cmpuint (details->ordinal, ==, 1);
  g_assert_cmpint (details->severity_reason, ==, COT_SEVERITY_REASON_WORD);
  g_assert_cmpstr (details->severity_said, ==, "failed");
}

#define STATUS(id, source) "STATMSG: ID=" id " SEV=I SOURCE=\"" source "\"" SERVER_TAIL
#define SERVER_TAIL "  $$<SMS_X><11-18-2026 09:12:41.327+300><thread=1 (0x1)>\r\n"

static void
test_status_messages (Fixture *fixture, gconstpointer data)
{
  static const guint wanted[] = { 2301, 0, 0 };
  g_autofree char *path = write_log (fixture, "distmgr.log",
                                     STATUS ("2301", "SMS Server") STATUS ("2301", "SMS Client")
                                         "text" SERVER_TAIL);
  CotLog *log = open_and_wait (fixture, path);

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (CotEntryDetails) details = NULL;
      g_autoptr (GError) error = NULL;

      cot_log_load_details_async (log, i, NULL, take_result, &result);
      wait_until (result != NULL);
      details = cot_log_load_details_finish (log, result, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (details->status_id, ==, wanted[i]);
    }
}

static void
test_one_file_is_one_log (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_log (fixture, "Once.log", RECORD ("x", "09:12:41.327", "1"));
  g_autofree char *link = g_build_filename (fixture->folder, "Link.log", NULL);
  CotLog *log = open_and_wait (fixture, path);
  g_autoptr (GFile) file = g_file_new_for_path (link);

  g_assert_true (g_file_make_symbolic_link (file, path, NULL, NULL));
  g_assert_true (open_and_wait (fixture, link) == log);
  g_assert_cmpuint (cot_case_get_n_logs (fixture->loose), ==, 1);
}

static void
test_errors_name_the_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "missing.log", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (cot_session_open_sync (fixture->session, fixture->loose, path, &error));
  g_assert_error (error, COT_SOURCE_ERROR, COT_SOURCE_ERROR_NOT_FOUND);
  g_assert_true (g_str_has_prefix (error->message, path));
}

static void
test_findings_of_a_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path
      = write_log (fixture, "LocationServices.log",
                   RECORD ("quiet", "09:12:40.000", "1") RECORD (
                       "[CCMHTTP] ERROR INFO: StatusCode=403 "
                       "StatusText=CMGConnector_Clientcertificaterequired",
                       "09:12:41.327", "3"));
  g_autoptr (GError) error = NULL;
  g_autoptr (CotCase) bundle
      = cot_session_open_sync (fixture->session, fixture->loose, fixture->folder, &error);
  CotFinding *headline;
  CotLog *log;
  guint64 ordinal;
  guint8 slots[2];

  g_assert_no_error (error);
  g_assert_true (cot_case_is_bundle (bundle));
  cot_session_wait (fixture->session, bundle);
  headline = cot_case_get_headline (bundle);
  g_assert_nonnull (headline);
  g_assert_cmpstr (cot_detector_get_id (headline->detector), ==, "cmg-403-client-cert-required");
  g_assert_true (cot_case_get_evidence (bundle, headline, 0, &log, &ordinal));
  g_assert_cmpuint (ordinal, ==, 1);
  g_assert_true (cot_log_get_finding_at (log, 1) == headline);
  g_assert_null (cot_log_get_finding_at (log, 0));
  g_assert_false (cot_case_get_evidence (bundle, headline, 1000, &log, &ordinal));
  cot_log_get_ruler (log, 2, slots);
  g_assert_cmpuint (slots[0], ==, 0);
  /* What its writer took it for, and how bad it is known to be. */
  g_assert_cmpuint (slots[1], ==,
                    COT_LOG_RULER_ERROR | COT_LOG_RULER_FINDING | COT_LOG_RULER_KNOWN_ERROR);
  g_assert_true (cot_log_find_severity (log, COT_SEVERITY_ERROR, 0, TRUE, &ordinal));
  g_assert_cmpuint (ordinal, ==, 1);
  g_assert_false (cot_log_find_severity (log, COT_SEVERITY_ERROR, 1, FALSE, &ordinal));
}

static CotFind *
find_text (CotLog *log, const char *text, CotPatternFlags flags)
{
  const CotFindQuestion question = { text, flags | COT_PATTERN_LITERAL, COT_COLUMN_TEXT };
  g_autoptr (GError) error = NULL;
  CotFind *find = cot_find_new (log, &question, &error);

  g_assert_no_error (error);
  return find;
}

static void
test_find (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_log (fixture, "Find.log",
                                     RECORD ("alpha", "09:12:41.000", "1")
                                         RECORD ("Beta beta", "09:12:42.000", "1")
                                             RECORD ("beta", "09:12:43.000", "1"));
  CotLog *log = open_and_wait (fixture, path);
  g_autoptr (CotFind) find = find_text (log, "BETA", COT_PATTERN_CASELESS);
  guint64 ordinal;
  gsize pairs[8];

  wait_until (!cot_find_get_running (find));
  g_assert_cmpuint (cot_find_get_n_matches (find), ==, 2);
  g_assert_true (cot_bitset_next (cot_find_get_matches (find), 0, &ordinal));
  g_assert_cmpuint (ordinal, ==, 1);
  g_assert_true (cot_bitset_contains (cot_find_get_matches (find), 2));
  g_assert_cmpuint (cot_find_mark (find, "Beta beta", pairs, 4), ==, 2);
  g_assert_cmpuint (pairs[2], ==, 5);
  g_assert_cmpuint (pairs[3], ==, 9);
}

static void
append (const char *path, const char *text)
{
  FILE *file = g_fopen (path, "ab");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (text, 1, strlen (text), file), ==, strlen (text));
  g_assert_cmpint (fclose (file), ==, 0);
}

/* New entries are judged as they come, the last one again once it is whole. */
static void
test_filter (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_log (fixture, "Filter.log",
                                     RECORD ("alpha", "09:12:41.000", "1")
                                         RECORD ("beta", "09:12:42.000", "3")
                                             RECORD ("gamma", "09:12:43.000", "1"));
  CotLog *log = open_and_wait (fixture, path);
  g_autoptr (GError) error = NULL;
  g_autoptr (CotFilter) filter = cot_filter_new ("severity >= error or text : delta", &error);
  g_autoptr (CotQuery) query = NULL;
  guint64 ordinal;

  g_assert_no_error (error);
  query = cot_query_new_for_filter (log, filter);
  wait_until (!cot_query_get_running (query));
  g_assert_cmpuint (cot_query_get_n_asked (query), ==, 3);
  g_assert_cmpuint (cot_bitset_get_size (cot_query_get_ordinals (query)), ==, 1);
  g_assert_true (cot_bitset_get_nth (cot_query_get_ordinals (query), 0, &ordinal));
  g_assert_cmpuint (ordinal, ==, 1);

  cot_document_set_following (cot_log_get_document (log), TRUE);
  append (path, RECORD ("delta", "09:12:44.000", "1") RECORD ("epsilon", "09:12:45.000", "1"));
  cot_document_check_now (cot_log_get_document (log));
  wait_until (cot_query_get_n_asked (query) == 5);
  g_assert_cmpuint (cot_bitset_get_size (cot_query_get_ordinals (query)), ==, 2);
  g_assert_true (cot_bitset_contains (cot_query_get_ordinals (query), 3));
}

/* What is found later is asked for anew: the query itself keeps to what it knew. */
static void
test_filter_by_findings (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path
      = write_log (fixture, "LocationServices.log", RECORD ("quiet", "09:12:40.000", "1"));
  CotLog *log = open_and_wait (fixture, path);
  g_autoptr (CotFilter) filter = cot_filter_new ("finding >= error", NULL);
  g_autoptr (CotFilter) other_filter = cot_filter_new ("severity >= error", NULL);
  g_autoptr (CotQuery) query = cot_query_new_for_filter (log, filter);
  g_autoptr (CotQuery) other_query = cot_query_new_for_filter (log, other_filter);
  g_autoptr (CotQuery) next = NULL;
  guint8 slots[2];

  wait_until (!cot_query_get_running (query));
  g_assert_cmpuint (cot_bitset_get_size (cot_query_get_ordinals (query)), ==, 0);
  g_assert_false (cot_query_is_outdated (query));
  cot_document_set_following (cot_log_get_document (log), TRUE);
  append (path, RECORD ("[CCMHTTP] ERROR INFO: StatusCode=403 "
                        "StatusText=CMGConnector_Clientcertificaterequired",
                        "09:12:41.327", "1"));
  cot_document_check_now (cot_log_get_document (log));
  wait_until (cot_log_get_finding_at (log, 1) != NULL);
  g_assert_true (cot_query_is_outdated (query));
  g_assert_false (cot_query_is_outdated (other_query));
  next = cot_query_new_for_filter (log, filter);
  wait_until (!cot_query_get_running (next));
  g_assert_cmpuint (cot_bitset_get_size (cot_query_get_ordinals (next)), ==, 1);
  g_assert_true (cot_bitset_contains (cot_query_get_ordinals (next), 1));
  /* The line is an error, though its type is information. */
  cot_log_get_ruler (log, 2, slots);
  g_assert_cmpuint (slots[1], ==, COT_LOG_RULER_FINDING | COT_LOG_RULER_KNOWN_ERROR);
  g_assert_true (cot_bitset_contains (cot_log_get_known_problems (log, COT_SEVERITY_ERROR), 1));
}

/* A wait is the answer only while it is the last word: the verdict follows the log. */
static void
test_following_changes_the_verdict (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path
      = write_log (fixture, "CcmMessaging.log", RECORD ("quiet", "09:12:40.000", "1"));
  CotLog *log = open_and_wait (fixture, path);
  g_autoptr (CotFind) find = find_text (log, "StatusCode", COT_PATTERN_CASELESS);

  g_assert_cmpuint (cot_case_get_n_findings (fixture->loose), ==, 0);
  cot_document_set_following (cot_log_get_document (log), TRUE);
  append (path, RECORD ("[CCMHTTP] ERROR INFO: StatusCode=403 "
                        "StatusText=CMGConnector_Clientcertificaterequired",
                        "09:12:41.327", "3"));
  cot_document_check_now (cot_log_get_document (log));
  wait_until (cot_case_get_headline (fixture->loose) != NULL);
  g_assert_cmpuint (cot_log_get_n_entries (log), ==, 2);
  wait_until (cot_find_get_n_matches (find) == 1);
  wait_until (cot_log_peek_row (log, 1) != NULL);
}

static const CotMilestoneReport *
get_milestone (CotCase *a_case, const char *journey, const char *id)
{
  for (guint i = 0; i < cot_case_get_n_journeys (a_case); i++)
    {
      const CotJourneyReport *report = cot_case_get_journey (a_case, i);

      if (!g_str_equal (cot_journey_get_id (report->journey), journey))
        continue;
      for (guint j = 0; j < report->milestones->len; j++)
        {
          const CotMilestoneReport *one
              = &g_array_index (report->milestones, CotMilestoneReport, j);

          if (g_str_equal (one->milestone->id, id))
            return one;
        }
    }
  return NULL;
}

static gboolean
is_seen (CotCase *a_case, const char *journey, const char *id)
{
  const CotMilestoneReport *milestone = get_milestone (a_case, journey, id);

  return milestone != NULL && milestone->state == COT_MILESTONE_SEEN;
}

/* A milestone is ticked off when its line is written. */
static void
test_following_goes_on_with_a_journey (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path
      = write_log (fixture, "ClientIDManagerStartup.log",
                   RECORD ("[RegTask] - Starting registration, attempt 1.", "09:12:40.000", "1"));
  CotLog *log = open_and_wait (fixture, path);
  CotLog *place;
  guint64 ordinal;

  g_assert_true (is_seen (fixture->loose, "registration", "registration-starts"));
  g_assert_false (is_seen (fixture->loose, "registration", "registered"));
  cot_document_set_following (cot_log_get_document (log), TRUE);
  append (path, RECORD ("[RegTask] - Client is registered. Server assigned ClientID is "
                        "GUID:5F0C2A7E-1B44-4D0A-9C3B-7E21A0D4F611. Approval status 3",
                        "09:12:49.000", "1"));
  cot_document_check_now (cot_log_get_document (log));
  wait_until (is_seen (fixture->loose, "registration", "registered"));
  g_assert_true (cot_case_get_milestone_place (
      fixture->loose, get_milestone (fixture->loose, "registration", "registered"), &place,
      &ordinal));
  g_assert_true (place == log);
  g_assert_cmpuint (ordinal, ==, 1);

  /* A new attempt takes the tick away again. */
  append (path, RECORD ("[RegTask] - Starting registration, attempt 1.", "10:00:00.000", "1"));
  cot_document_check_now (cot_log_get_document (log));
  wait_until (!is_seen (fixture->loose, "registration", "registered"));
  g_assert_true (get_milestone (fixture->loose, "registration", "registered")->seen_before);
  cot_case_remove_log (fixture->loose, log);
  wait_until (cot_case_get_settled (fixture->loose));
  g_assert_false (is_seen (fixture->loose, "registration", "registration-starts"));
}

static void
test_closing_takes_findings_away (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path
      = write_log (fixture, "LocationServices.log",
                   RECORD ("[CCMHTTP] ERROR INFO: StatusCode=403 "
                           "StatusText=CMGConnector_Clientcertificaterequired",
                           "09:12:41.327", "3"));
  CotLog *log = open_and_wait (fixture, path);

  g_assert_cmpuint (cot_case_get_n_findings (fixture->loose), >, 0);
  cot_case_remove_log (fixture->loose, log);
  wait_until (cot_case_get_settled (fixture->loose));
  g_assert_cmpuint (cot_case_get_n_findings (fixture->loose), ==, 0);
}

/* A tab may hold the log longer than the case does. */
static void
test_a_log_outlives_its_findings (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path
      = write_log (fixture, "LocationServices.log",
                   RECORD ("[CCMHTTP] ERROR INFO: StatusCode=403 "
                           "StatusText=CMGConnector_Clientcertificaterequired",
                           "09:12:41.327", "3"));
  g_autoptr (CotLog) log = g_object_ref (open_and_wait (fixture, path));

  g_assert_nonnull (cot_log_get_finding_at (log, 0));
  cot_case_remove_log (fixture->loose, log);
  wait_until (cot_case_get_settled (fixture->loose));
  g_assert_null (cot_log_get_finding_at (log, 0));
  g_assert_cmpuint (cot_bitset_get_size (cot_log_get_known (log)), ==, 0);
}

/* What is opened after a cancelled reading is looked at, and what was cancelled is read when the
 * user wants it after all. */
static void
test_cancelling_is_not_for_ever (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path
      = write_log (fixture, "CcmMessaging.log", RECORD ("quiet", "09:12:40.000", "1"));
  g_autoptr (GError) error = NULL;
  g_autoptr (CotCase) opened
      = cot_session_open_sync (fixture->session, fixture->loose, path, &error);
  CotLog *log = cot_case_get_log (fixture->loose, 0);

  g_assert_no_error (error);
  cot_case_cancel (opened);
  cot_session_wait (fixture->session, opened);
  g_assert_cmpuint (cot_log_get_n_entries (log), ==, 0);
  cot_case_prioritize (opened, log);
  g_assert_false (cot_case_get_settled (opened));
  cot_session_wait (fixture->session, opened);
  g_assert_cmpuint (cot_log_get_n_entries (log), ==, 1);
  g_assert_cmpfloat (cot_case_get_progress (opened), ==, 1.0);

  cot_case_cancel (opened);
  cot_document_set_following (cot_log_get_document (log), TRUE);
  append (path, RECORD ("[CCMHTTP] ERROR INFO: StatusCode=403 "
                        "StatusText=CMGConnector_Clientcertificaterequired",
                        "09:12:41.327", "3"));
  cot_document_check_now (cot_log_get_document (log));
  wait_until (cot_case_get_headline (fixture->loose) != NULL);
}

/* The rows that a worker reads belong to nobody yet: a leak check sees whether they are freed. */
static void
test_a_log_closed_while_its_rows_are_read (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_log (fixture, "Rows.log", RECORD ("first", "09:12:41.327", "1"));
  CotLog *log = open_and_wait (fixture, path);

  g_object_add_weak_pointer (G_OBJECT (log), (gpointer *) &log);
  g_assert_null (cot_log_peek_row (log, 0));
  g_clear_object (&fixture->loose);
  g_assert_null (log);
}

/* What only the index still knows of a row is text of the log too. */
static void
test_rows_of_a_file_that_was_cut (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path
      = write_log (fixture, "Cut.log",
                   "<![LOG[x]LOG]!><time=\"09:12:41.327+300\" date=\"11-18-2026\" "
                   "component=\"T\x1b[31m\" context=\"\" type=\"1\" thread=\"7\" file=\"a\">\r\n");
  CotLog *log = open_and_wait (fixture, path);

  g_assert_cmpint (truncate (path, 0), ==, 0);
  g_assert_null (cot_log_peek_row (log, 0));
  wait_until (cot_log_peek_row (log, 0) != NULL);
  g_assert_cmpstr (cot_log_peek_row (log, 0)->component, ==, "T\u241b[31m");
}

static void
drop_find (gpointer find, gpointer data)
{
  CotFind **held = data;

  g_clear_object (held);
}

static void
test_find_dropped_by_its_own_signal (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_log (fixture, "Find.log", RECORD ("alpha", "09:12:41.000", "1"));
  CotLog *log = open_and_wait (fixture, path);
  CotFind *find = find_text (log, "alpha", 0);

  g_signal_connect (find, "changed", G_CALLBACK (drop_find), &find);
  wait_until (find == NULL);
}

/* Parts of one log are found by their names; the newest stands for them all. */
static void
test_older_parts (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = {
    "PC0042/a/CcmExec.log", "PC0042/a/ccmexec.lo_",
    "PC0042/a/CcmExec-20261101-100000.log", "PC0042/a/CcmExec-20261001-100000.log",
    "PC0042/a/CcmExec.log.1", "PC0042/a/CcmExec.log.2",
    "PC0042/b/CcmExec.lo_", "PC0042/a/CcmExec (1).log",
    "PC0043/a/CcmExec.log", "PC0042/a/CcmExec-20261101.txt",
  };
  static const char *const oldest_first[] = {
    "PC0042/a/CcmExec-20261001-100000.log", "PC0042/a/CcmExec-20261101-100000.log",
    "PC0042/a/CcmExec.log.2", "PC0042/a/CcmExec.log.1", "PC0042/a/ccmexec.lo_",
  };
  g_autoptr (CotCase) bundle = NULL;
  g_autoptr (GError) error = NULL;
  guint n_newest = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);
      g_autofree char *folder = g_path_get_dirname (path);

      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
      g_file_set_contents (path, "x", -1, &error);
      g_assert_no_error (error);
    }
  bundle = cot_session_open_sync (fixture->session, fixture->loose, fixture->folder, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cot_case_get_layout (bundle), ==, COT_LAYOUT_SEVERAL_DEVICES);
  g_assert_null (cot_case_get_device (bundle));
  g_assert_cmpuint (cot_case_get_n_devices (bundle), ==, 2);
  g_assert_cmpstr (cot_case_get_nth_device (bundle, 0), ==, "PC0042");
  for (guint i = 0; i < cot_case_get_n_members (bundle); i++)
    {
      const CotMember *member = cot_case_get_member (bundle, i);
      guint n;
      const guint *older = cot_case_get_older_members (bundle, i, &n);

      g_assert_cmpuint (strlen (member->device), ==, strlen ("PC0042"));
      g_assert_true (g_str_has_prefix (member->label, member->device));
      if (n == 0)
        continue;
      n_newest++;
      g_assert_cmpstr (member->label, ==, "PC0042/a/CcmExec.log");
      g_assert_cmpuint (n, ==, G_N_ELEMENTS (oldest_first));
      for (guint j = 0; j < n; j++)
        {
          g_assert_cmpstr (cot_case_get_member (bundle, older[j])->label, ==, oldest_first[j]);
          g_assert_cmpuint (cot_case_get_newest_member (bundle, older[j]), ==, i);
        }
    }
  g_assert_cmpuint (n_newest, ==, 1);
  cot_session_wait (fixture->session, bundle);
}

static void
write_below (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static CotLog *
find_log (CotCase *bundle, const char *label)
{
  for (guint i = 0; i < cot_case_get_n_logs (bundle); i++)
    {
      CotLog *log = cot_case_get_log (bundle, i);
      int member = cot_case_find_member (bundle, log);

      if (member >= 0
          && g_str_equal (cot_case_get_member (bundle, (guint) member)->label, label))
        return log;
    }
  return NULL;
}

/* Of several computers, each has a state of its own; one of them told nothing. */
static void
test_join_of_devices (Fixture *fixture, gconstpointer data)
{
  static const char state[] = "| Device State |\nAzureAdJoined : YES\nDomainJoined : YES\n"
                              "DomainName : CONTOSO\n";
  static const char line[] = RECORD ("alpha", "09:12:41.000", "1");
  g_autoptr (CotCase) bundle = NULL;
  g_autoptr (GError) error = NULL;
  CotLog *second;

  write_below (fixture, "PC0042/dsregcmd.txt", state);
  write_below (fixture, "PC0042/CcmExec.log", line);
  write_below (fixture, "PC0043/dsregcmd.txt", state);
  write_below (fixture, "PC0043/CcmExec.log", line);
  write_below (fixture, "PC0044/CcmExec.log", line);
  bundle = cot_session_open_sync (fixture->session, fixture->loose, fixture->folder, &error);
  g_assert_no_error (error);
  cot_session_wait (fixture->session, bundle);

  second = find_log (bundle, "PC0043/dsregcmd.txt");
  g_assert_nonnull (second);
  g_assert_cmpstr (cot_case_get_log_device (bundle, second), ==, "PC0043");
  g_assert_true (cot_case_find_join_log (bundle, second) == second);
  g_assert_true (cot_case_find_join_log (bundle, find_log (bundle, "PC0043/CcmExec.log"))
                 == second);
  g_assert_true (cot_case_find_join_log (bundle, find_log (bundle, "PC0042/CcmExec.log"))
                 == find_log (bundle, "PC0042/dsregcmd.txt"));
  g_assert_null (cot_case_find_join_log (bundle, find_log (bundle, "PC0044/CcmExec.log")));
  g_assert_null (cot_case_find_join_log (bundle, NULL));
}

static void
test_titles (void)
{
  static const char *const names[][2] = {
    { "LocationServices.log", "LocationServices" },
    { "(12) Events microsoft-windows-aad-operational.evtx", "aad-operational" },
    { "Microsoft-Windows-.evtx", "Microsoft-Windows-" },
    { "Application.evtx", "Application" },
    { "results.xml", "results.xml" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (CotLog) log = cot_log_new_for_member (names[i][0]);

      g_assert_cmpstr (cot_log_get_title (log), ==, names[i][1]);
    }
}

int
main (int argc, char **argv)
{
  /* The clock of this computer. */
  g_setenv ("TZ", "CST6CDT,M3.2.0,M11.1.0", TRUE);
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add ("/session/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("rows", test_rows);
  ADD ("text", test_text);
  ADD ("details-and-copy", test_details_and_copy);
  ADD ("zones", test_zones);
  ADD ("forms", test_forms);
  ADD ("status-messages", test_status_messages);
  ADD ("one-file-is-one-log", test_one_file_is_one_log);
  ADD ("errors-name-the-file", test_errors_name_the_file);
  ADD ("findings-of-a-folder", test_findings_of_a_folder);
  ADD ("find", test_find);
  ADD ("filter", test_filter);
  ADD ("filter-by-findings", test_filter_by_findings);
  ADD ("following-changes-the-verdict", test_following_changes_the_verdict);
  ADD ("following-goes-on-with-a-journey", test_following_goes_on_with_a_journey);
  ADD ("closing-takes-findings-away", test_closing_takes_findings_away);
  ADD ("a-log-outlives-its-findings", test_a_log_outlives_its_findings);
  ADD ("cancelling-is-not-for-ever", test_cancelling_is_not_for_ever);
  ADD ("a-log-closed-while-its-rows-are-read", test_a_log_closed_while_its_rows_are_read);
  ADD ("rows-of-a-file-that-was-cut", test_rows_of_a_file_that_was_cut);
  ADD ("find-dropped-by-its-own-signal", test_find_dropped_by_its_own_signal);
#undef ADD
  g_test_add_func ("/session/titles", test_titles);
  g_test_add ("/session/older-parts", Fixture, NULL, set_up, test_older_parts, tear_down);
  g_test_add ("/session/join-of-devices", Fixture, NULL, set_up, test_join_of_devices, tear_down);
  return g_test_run ();
}
