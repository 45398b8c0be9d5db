/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a case has to say first, of each of its computers. */

#include "case-fixture.h"
#include "cot-entry-text.h"

#define RECORD(message, type) \
  "<![LOG[" message "]LOG]!><time=\"09:00:00.000+300\" date=\"11-18-2026\" component=\"Test\" " \
  "context=\"\" type=\"" type "\" thread=\"7120\" file=\"a.cpp:12\">\r\n"
#define REFUSED \
  RECORD ("[CCMHTTP] ERROR INFO: StatusCode=403 " \
          "StatusText=CMGConnector_Clientcertificaterequired", \
          "3")
#define WAITS \
  RECORD ("Waiting for 2 mins for Group Policy to notify of WUA policy change...", "1")
#define SCANNED RECORD ("Successfully completed scan.", "1")
#define QUIET RECORD ("Nothing new", "1")
#define RED RECORD ("Nobody knows what this is", "3")
/* A red line that is normal. */
#define HARMLESS RECORD ("Feature flag is ON, device should be Intune managed.", "3")

#define TOKEN RECORD ("Retrieved AAD token for AAD user 'aaaabbbb-0000-4ccc-8ddd-eeeeffff000'", "1")
#define STARTED RECORD ("[RegTask] - Starting registration, attempt 1.", "1")
#define BLOCKED \
  RECORD ("Failed to enroll with RegisterDeviceWithManagementUsingAADDeviceCredentials with " \
          "error code 0x80180026", \
          "3")
#define ENROLLED RECORD ("MDM enrollment succeeded", "1")
#define REGISTERED \
  RECORD ("[RegTask] - Client is registered. Server assigned ClientID is " \
          "GUID:5F0C2A7E-1B44-4D0A-9C3B-7E21A0D4F611. Approval status 3", \
          "1")
#define DELIVERED \
  RECORD ("OutgoingMessage(Queue='mp_location', ID={76453CC6-76BA-4B68-BE30-BA70754570BB}): " \
          "Delivered successfully to host 'MP1.CONTOSO.COM'.", \
          "1")

static void
assert_headline (const CotSummary *summary, const char *id)
{
  g_assert_cmpstr (summary->headline != NULL ? cot_detector_get_id (summary->headline->detector)
                                             : NULL,
                   ==, id);
}

static void
test_health (Fixture *self, gconstpointer data)
{
  g_autoptr (CotSummary) summary = NULL;

  add_log (self, "WUAHandler.log", SCANNED);
  add_log (self, "CIAgent.log", QUIET HARMLESS);
  judge (self);
  summary = cot_case_sum_up (self->bundle);
  g_assert_null (summary->device);
  assert_headline (summary, NULL);
  g_assert_cmpuint (summary->n_logs, ==, 2);
  g_assert_cmpuint (summary->n_troubles, ==, 0);
  g_assert_cmpuint (summary->n_signs, ==, 1);
  /* Of the red line a finding tells that it is normal. */
  g_assert_cmpuint (summary->n_unexplained, ==, 0);
  g_assert_cmpuint (summary->unexplained->len, ==, 0);
}

/* A step on a way is no sign of health, and who stands still on it is not well; its end is one. */
static void
test_only_ends_are_health (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) summaries = NULL;
  const CotSummary *one;

  add_log (self, "PC0041/ClientIDManagerStartup.log", STARTED REGISTERED);
  add_log (self, "PC0042/ClientIDManagerStartup.log", STARTED REGISTERED);
  add_log (self, "PC0042/CcmMessaging.log", DELIVERED);
  add_log (self, "PC0043/ClientIDManagerStartup.log", STARTED);
  add_log (self, "PC0043/CcmAad.log", TOKEN);
  judge (self);
  summaries = cot_case_list_summaries (self->bundle);
  g_assert_cmpuint (summaries->len, ==, 3);
  one = g_ptr_array_index (summaries, 0);
  g_assert_cmpuint (one->n_signs, ==, 0);
  g_assert_cmpuint (one->n_stuck, ==, 1);
  g_assert_cmpuint (one->n_untold, ==, 1);
  one = g_ptr_array_index (summaries, 1);
  g_assert_cmpstr (one->device, ==, "PC0042");
  /* The message, and the journey. */
  g_assert_cmpuint (one->n_signs, ==, 2);
  one = g_ptr_array_index (summaries, 2);
  g_assert_cmpuint (one->n_signs, ==, 0);
  g_assert_cmpuint (one->n_stuck, ==, 1);
  g_assert_cmpuint (one->n_untold, ==, 1);
}

#define AT(time, message, type) \
  "<![LOG[" message "]LOG]!><time=\"" time "\" date=\"11-18-2026\" component=\"Test\" " \
  "context=\"\" type=\"" type "\" thread=\"7120\" file=\"a.cpp:12\">\r\n"

static void
assert_kind (const GPtrArray *kinds, guint which, const char *code, guint64 n, guint log,
             guint64 ordinal)
{
  const CotErrorKind *kind;

  g_assert_cmpuint (which, <, kinds->len);
  kind = g_ptr_array_index (kinds, which);
  g_assert_cmpstr (kind->code != NULL ? kind->code->code_text : NULL, ==, code);
  g_assert_cmpuint (kind->n, ==, n);
  g_assert_cmpuint (kind->index, ==, log);
  g_assert_cmpuint (kind->ordinal, ==, ordinal);
}

/* Told once for each code, however it is written, or for the same words with other numbers; the
 * first by time stands neither in the first log nor at the earliest hour. */
static void
test_kinds_of_errors (Fixture *self, gconstpointer data)
{
  g_autoptr (CotErrorKinds) kinds = cot_error_kinds_new ();
  g_autoptr (CotSummary) summary = NULL;
  const CotErrorKind *later;
  CotLog *log = NULL;
  guint64 ordinal;

  add_log (self, "ABranch.log",
           AT ("09:30:00.000+300", "Cannot open it: 0x80070005", "3")
           AT ("09:31:00.000+300", "Request 12 came to nothing", "3")
           AT ("09:32:00.000+300", "Request 1344 came to nothing", "3")
           AT ("09:33:00.000+300", "It went well: 0x80070002", "1"));
  /* Its clock is three hours ahead: 11:10 there is 08:10 in the first log. */
  add_log (self, "MBranch.log",
           AT ("11:00:00.000+120", "Quiet", "1")
           AT ("11:10:00.000+120", "Broke down: 0x87d00231", "3")
           AT ("12:20:00.000+120", "Cannot open that: -2147024891 after 0x0", "3"));
  add_log (self, "ZBranch.log",
           AT ("09:00:00.000", "Quiet", "1") AT ("09:40:00.000", "Nobody knows", "3"));
  judge (self);
  summary = cot_case_sum_up (self->bundle);
  g_assert_cmpuint (summary->n_unexplained, ==, 6);
  g_assert_cmpuint (summary->unexplained->len, ==, 3);
  g_assert_true (cot_errors_find_first (summary->unexplained, &log, &ordinal));
  g_assert_cmpstr (cot_log_get_name (log), ==, "MBranch.log");
  g_assert_cmpuint (ordinal, ==, 1);
  for (guint i = 0; i < summary->unexplained->len; i++)
    cot_error_kinds_add (kinds, g_ptr_array_index (summary->unexplained, i), i);
  cot_error_kinds_run (kinds, NULL);
  g_assert_cmpuint (cot_error_kinds_get (kinds)->len, ==, 4);
  assert_kind (cot_error_kinds_get (kinds), 0, "0x87D00231", 1, 1, 1);
  assert_kind (cot_error_kinds_get (kinds), 1, "0x80070005", 2, 1, 2);
  /* Ten minutes later by both clocks, though the other one is behind. */
  later = g_ptr_array_index (cot_error_kinds_get (kinds), 1);
  g_assert_cmpint (later->last_time_usec - later->time_usec, ==, 600 * G_USEC_PER_SEC);
  assert_kind (cot_error_kinds_get (kinds), 2, NULL, 2, 0, 1);
  assert_kind (cot_error_kinds_get (kinds), 3, NULL, 1, 2, 1);
  g_ptr_array_set_size (summary->unexplained, 0);
  g_assert_false (cot_errors_find_first (summary->unexplained, &log, &ordinal));
}

/* "Unspecified failure" is what many failures have in common that have nothing in common. */
static void
test_kinds_of_unspecified_errors (Fixture *self, gconstpointer data)
{
  g_autoptr (CotErrorKinds) kinds = cot_error_kinds_new ();
  g_autoptr (CotSummary) summary = NULL;

  add_log (self, "ABranch.log",
           AT ("09:30:00.000+300", "Cannot paint wall 1: 0x80004005", "3")
           AT ("09:31:00.000+300", "Cannot paint wall 2: 0x80004005", "3")
           AT ("09:32:00.000+300", "The roof leaks: -2147467259", "3")
           AT ("09:33:00.000+300", "The door stays shut: 0x80004005, was 0x80070005", "3"));
  judge (self);
  summary = cot_case_sum_up (self->bundle);
  g_assert_cmpuint (summary->unexplained->len, ==, 1);
  cot_error_kinds_add (kinds, g_ptr_array_index (summary->unexplained, 0), 0);
  cot_error_kinds_run (kinds, NULL);
  g_assert_cmpuint (cot_error_kinds_get (kinds)->len, ==, 3);
  assert_kind (cot_error_kinds_get (kinds), 0, NULL, 2, 0, 0);
  assert_kind (cot_error_kinds_get (kinds), 1, NULL, 1, 0, 2);
  assert_kind (cot_error_kinds_get (kinds), 2, "0x80070005", 1, 0, 3);
}

/* A red line is explained by its finding, though that is over. */
static void
test_errors_that_are_over_are_explained (Fixture *self, gconstpointer data)
{
  g_autoptr (CotSummary) summary = NULL;
  gboolean found = FALSE;

  add_log (self, "CoManagementHandler.log", BLOCKED ENROLLED);
  judge (self);
  for (guint i = 0; i < cot_case_get_n_findings (self->bundle); i++)
    {
      CotFinding *finding = cot_case_get_finding (self->bundle, i);

      if (!g_str_equal (cot_detector_get_id (finding->detector), "comgmt-80180026-blocked"))
        continue;
      g_assert_cmpint (finding->state, ==, COT_FINDING_HISTORY);
      found = TRUE;
    }
  g_assert_true (found);
  summary = cot_case_sum_up (self->bundle);
  g_assert_cmpuint (summary->n_troubles, ==, 0);
  g_assert_cmpuint (summary->n_unexplained, ==, 0);
}

/* Lines that a finding explains do not count, and are not stopped at. */
static void
test_errors_that_nothing_explains (Fixture *self, gconstpointer data)
{
  g_autoptr (CotSummary) summary = NULL;
  g_autoptr (GPtrArray) errors = NULL;
  CotLog *log;
  guint64 ordinal = G_MAXUINT64;

  add_log (self, "WUAHandler.log", SCANNED);
  add_log (self, "CIAgent.log", HARMLESS QUIET RED HARMLESS RED);
  judge (self);
  summary = cot_case_sum_up (self->bundle);
  g_assert_cmpuint (summary->n_troubles, ==, 0);
  g_assert_cmpuint (summary->n_signs, ==, 1);
  g_assert_cmpuint (summary->n_unexplained, ==, 2);
  g_assert_cmpuint (summary->unexplained->len, ==, 1);
  log = g_ptr_array_index (summary->unexplained, 0);
  g_assert_cmpstr (cot_log_get_name (log), ==, "CIAgent.log");
  g_assert_cmpuint (cot_log_count_unexplained (log), ==, 2);
  g_assert_true (cot_log_find_unexplained (log, ordinal, &ordinal));
  g_assert_cmpuint (ordinal, ==, 2);
  g_assert_true (cot_log_find_unexplained (log, ordinal, &ordinal));
  g_assert_cmpuint (ordinal, ==, 4);
  g_assert_false (cot_log_find_unexplained (log, ordinal, &ordinal));
  /* By their types all four are errors. */
  errors = cot_case_list_errors (self->bundle);
  g_assert_cmpuint (errors->len, ==, 1);
  g_assert_true (g_ptr_array_index (errors, 0) == log);
}

/* An older part is read with its log: what it holds is told once. */
static void
test_older_parts_count_once (Fixture *self, gconstpointer data)
{
  const char *const names[] = { "WUAHandler.log", "WUAHandler.lo_" };
  g_autoptr (CotSummary) summary = NULL;
  g_autoptr (GPtrArray) errors = NULL;

  add_log (self, "WUAHandler.lo_", QUIET RED);
  add_log (self, "WUAHandler.log", SCANNED);
  cot_session_set_joining (self->session, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, names[i], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (CotCase) opened
          = cot_session_open_sync (self->session, self->loose, path, &error);

      g_assert_no_error (error);
      cot_session_wait (self->session, opened);
    }
  g_assert_cmpuint (cot_case_get_n_logs (self->loose), ==, 2);
  summary = cot_case_sum_up (self->loose);
  g_assert_cmpuint (summary->n_logs, ==, 1);
  g_assert_cmpuint (summary->n_unexplained, ==, 1);
  errors = cot_case_list_errors (self->loose);
  g_assert_cmpuint (errors->len, ==, 1);
}

/* Each computer for itself: refused, waiting, well with a red line, and silent. */
static void
test_several_computers (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) summaries = NULL;
  const CotSummary *one;

  add_log (self, "PC0041/LocationServices.log", REFUSED);
  add_log (self, "PC0042/WUAHandler.log", WAITS);
  add_log (self, "PC0043/WUAHandler.log", SCANNED RED);
  add_log (self, "PC0044/PolicyAgent.log", QUIET);
  judge (self);
  summaries = cot_case_list_summaries (self->bundle);
  g_assert_cmpuint (summaries->len, ==, 4);
  one = g_ptr_array_index (summaries, 0);
  g_assert_cmpstr (one->device, ==, "PC0041");
  assert_headline (one, "cmg-403-client-cert-required");
  g_assert_cmpuint (one->n_unexplained, ==, 0);
  one = g_ptr_array_index (summaries, 1);
  g_assert_cmpstr (one->device, ==, "PC0042");
  assert_headline (one, "wua-policy-wait");
  g_assert_true (one->headline->waiting);
  one = g_ptr_array_index (summaries, 2);
  g_assert_cmpstr (one->device, ==, "PC0043");
  assert_headline (one, NULL);
  g_assert_cmpuint (one->n_signs, ==, 1);
  g_assert_cmpuint (one->n_unexplained, ==, 1);
  one = g_ptr_array_index (summaries, 3);
  g_assert_cmpstr (one->device, ==, "PC0044");
  assert_headline (one, NULL);
  g_assert_cmpuint (one->n_signs, ==, 0);
  g_assert_cmpuint (one->n_logs, ==, 1);
}

/* That the first computer only waits must not hide that the second one failed. */
static void
test_worst_computer (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) summaries = NULL;
  CotFinding *headline;

  add_log (self, "PC0041/WUAHandler.log", WAITS);
  add_log (self, "PC0042/LocationServices.log", REFUSED);
  judge (self);
  headline = cot_case_get_headline (self->bundle);
  g_assert_nonnull (headline);
  g_assert_cmpstr (cot_detector_get_id (headline->detector), ==, "cmg-403-client-cert-required");
  g_assert_cmpstr (cot_case_get_finding_device (self->bundle, headline), ==, "PC0042");
  g_assert_true (cot_case_get_finding (self->bundle, 0) == headline);
  summaries = cot_case_list_summaries (self->bundle);
  g_assert_cmpuint (summaries->len, ==, 2);
  g_assert_cmpstr (((const CotSummary *) g_ptr_array_index (summaries, 0))->device, ==, "PC0042");
}

/* A failure and a wait that have nothing to do with each other. */
static void
test_several_stories (Fixture *self, gconstpointer data)
{
  g_autoptr (CotSummary) summary = NULL;
  guint n = 0;

  add_log (self, "LocationServices.log", REFUSED);
  add_log (self, "WUAHandler.log", WAITS);
  judge (self);
  summary = cot_case_sum_up (self->bundle);
  assert_headline (summary, "cmg-403-client-cert-required");
  g_assert_cmpuint (summary->n_others, ==, 1);
  for (guint i = 0; i < cot_case_get_n_findings (self->bundle); i++)
    n += cot_finding_is_story (cot_case_get_finding (self->bundle, i)) ? 1 : 0;
  g_assert_cmpuint (n, ==, 2);
}

/* Of what was not read nothing is known, neither what went well nor what nobody explains. */
static void
test_stopped (Fixture *self, gconstpointer data)
{
  g_autoptr (CotSummary) stopped = NULL;
  g_autoptr (CotSummary) read_on = NULL;
  g_autoptr (GError) error = NULL;

  add_log (self, "WUAHandler.log", SCANNED);
  add_log (self, "CIAgent.log", QUIET RED);
  self->bundle = cot_session_open_sync (self->session, self->loose, self->folder, &error);
  g_assert_no_error (error);
  cot_case_cancel (self->bundle);
  cot_session_wait (self->session, self->bundle);
  stopped = cot_case_sum_up (self->bundle);
  g_assert_cmpuint (stopped->n_logs, ==, 2);
  g_assert_cmpuint (stopped->n_stopped, ==, 2);
  g_assert_cmpfloat (stopped->part_read, ==, 0.0);
  g_assert_cmpuint (stopped->n_signs, ==, 0);
  g_assert_cmpuint (stopped->n_unexplained, ==, 0);
  g_assert_true (cot_log_get_stopped (cot_case_get_log (self->bundle, 0)));

  cot_case_read_on (self->bundle);
  cot_session_wait (self->session, self->bundle);
  read_on = cot_case_sum_up (self->bundle);
  g_assert_cmpuint (read_on->n_stopped, ==, 0);
  g_assert_cmpfloat (read_on->part_read, ==, 1.0);
  g_assert_cmpuint (read_on->n_signs, ==, 1);
  g_assert_cmpuint (read_on->n_unexplained, ==, 1);
  g_assert_false (cot_log_get_stopped (cot_case_get_log (self->bundle, 0)));
}

/* Which computers a log is missing of. */
static void
test_who_misses_a_log (Fixture *self, gconstpointer data)
{
  g_auto (GStrv) missing = NULL;
  g_auto (GStrv) nobody = NULL;
  gboolean found = FALSE;

  add_log (self, "PC0041/LocationServices.log", REFUSED);
  add_log (self, "PC0042/PolicyAgent.log", QUIET);
  judge (self);
  missing = cot_case_dup_missing_logs (self->bundle);
  for (guint i = 0; missing[i] != NULL; i++)
    {
      g_auto (GStrv) devices = cot_case_dup_who_misses (self->bundle, missing[i]);

      g_assert_cmpuint (g_strv_length (devices), ==, 1);
      g_assert_cmpstr (devices[0], ==, "PC0041");
      found = TRUE;
    }
  g_assert_true (found);
  nobody = cot_case_dup_who_misses (self->bundle, "Zebra.log");
  g_assert_cmpuint (g_strv_length (nobody), ==, 0);
}

static void
assert_folded (const char *text, const char *expected)
{
  g_autofree char *folded = cot_entry_text_dup_folded (text);

  g_assert_cmpstr (folded, ==, expected);
}

static void
test_folded (void)
{
  assert_folded ("It failed.\r\n\tAt  once,\nagain\t", "It failed. At once, again");
  assert_folded ("\r\na\u202eb\x1b", "a\u27e8U+202E\u27e9b\u241b");
  assert_folded (" \t\r\n", "");
  assert_folded ("", "");
}

#define ADD(path, function) \
  g_test_add ("/summary/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("health", test_health);
  ADD ("only-ends-are-health", test_only_ends_are_health);
  ADD ("errors-that-are-over", test_errors_that_are_over_are_explained);
  ADD ("errors-that-nothing-explains", test_errors_that_nothing_explains);
  ADD ("kinds-of-errors", test_kinds_of_errors);
  ADD ("kinds-of-unspecified-errors", test_kinds_of_unspecified_errors);
  ADD ("older-parts-count-once", test_older_parts_count_once);
  ADD ("several-computers", test_several_computers);
  ADD ("worst-computer", test_worst_computer);
  ADD ("several-stories", test_several_stories);
  ADD ("stopped", test_stopped);
  ADD ("who-misses-a-log", test_who_misses_a_log);
  g_test_add_func ("/summary/folded", test_folded);
  return g_test_run ();
}
