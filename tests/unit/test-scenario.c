/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-engine.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD "<scenario level=\"2\" bundle=\"PC01\"><title>A device</title><story>It says</story>"
#define CAUSE "<cause log=\"CoManagementHandler.log\">" BLOCKED "</cause>"
#define STEPS                                                       \
  "<step right=\"no\"><text>Wait</text><why>It stays</why></step>"  \
  "<step right=\"yes\"><text>Look</text><why>It helps</why></step>" \
  "<step right=\"no\"><text>Reinstall</text><why>It comes back</why></step>"
#define TAIL                                                                      \
  "<hint>One</hint><hint>Two</hint><hint for='line'>Three</hint><hint for='step'>Four</hint>" \
  "<reveal>The policy</reveal>" \
  "<detector>comgmt-80180026-blocked</detector></scenario>"
#define BLOCKED                                                                                  \
  "Failed to enroll with RegisterDeviceWithManagementUsingAADDeviceCredentials with error code " \
  "0x80180026"
#define GOOD HEAD CAUSE STEPS TAIL

typedef struct
{
  char *root;
  char *folder; /* of the scenario */
  char *file;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *bundle = NULL;

  self->root = g_dir_make_tmp ("scenario-XXXXXX", NULL);
  self->folder = g_build_filename (self->root, "the-device", NULL);
  self->file = g_build_filename (self->folder, COT_SCENARIO_FILE, NULL);
  bundle = g_build_filename (self->folder, "PC01", NULL);
  g_assert_cmpint (g_mkdir_with_parents (bundle, 0700), ==, 0);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (!g_file_test (child, G_FILE_TEST_IS_SYMLINK) && g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  remove_tree (self->root);
  g_free (self->root);
  g_free (self->folder);
  g_free (self->file);
}

static void
write_xml (Fixture *self, const char *xml, gssize length_bytes)
{
  g_assert_true (g_file_set_contents (self->file, xml, length_bytes, NULL));
}

static void
assert_refused (Fixture *self, const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotScenario) scenario = cot_scenario_load (self->folder, &error);

  g_assert_null (scenario);
  g_assert_error (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_BAD_RULE);
  if (strstr (error->message, reason) == NULL)
    g_error ("“%s” does not say “%s”", error->message, reason);
  g_assert_true (g_str_has_prefix (error->message, self->file));
}

static void
test_good (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotScenario) scenario = NULL;
  g_autofree char *bundle = g_build_filename (self->folder, "PC01", NULL);
  const CotScenarioCause *cause;

  write_xml (self, GOOD, -1);
  scenario = cot_scenario_load (self->folder, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (scenario->id, ==, "the-device");
  g_assert_cmpstr (scenario->bundle_path, ==, bundle);
  g_assert_cmpstr (scenario->title, ==, "A device");
  g_assert_cmpuint (scenario->level, ==, 2);
  g_assert_cmpuint (scenario->causes->len, ==, 1);
  cause = g_ptr_array_index (scenario->causes, 0);
  g_assert_cmpstr (cause->text, ==, BLOCKED);
  g_assert_cmpuint (scenario->steps->len, ==, 3);
  g_assert_true (((CotScenarioStep *) g_ptr_array_index (scenario->steps, 1))->right);
  g_assert_cmpuint (scenario->hints->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (scenario->hints, 2), ==, "Three");
  g_assert_cmpuint (scenario->step_hints->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (scenario->step_hints, 0), ==, "Four");
  g_assert_cmpstr (scenario->detector, ==, "comgmt-80180026-blocked");
}

static void
test_other_forms (Fixture *self, gconstpointer data)
{
  g_autoptr (CotScenario) healthy = NULL;
  g_autoptr (CotScenario) by_place = NULL;
  g_autoptr (CotScenario) folded = NULL;
  const CotScenarioCause *cause;

  write_xml (self, HEAD "<cause none=\"yes\"/>" STEPS TAIL, -1);
  healthy = cot_scenario_load (self->folder, NULL);
  g_assert_cmpuint (healthy->causes->len, ==, 0);

  write_xml (self, HEAD "<cause log=\"a.log\" ordinal=\"17\"/>" STEPS TAIL, -1);
  by_place = cot_scenario_load (self->folder, NULL);
  cause = g_ptr_array_index (by_place->causes, 0);
  g_assert_cmpuint (cause->ordinal, ==, 17);

  /* Words are parted by one space, and what could fool a reader is shown. */
  write_xml (self,
             "<scenario level=\"1\" bundle=\"PC01\">\n<title>\n  A\n  device \xe2\x80\xae</title>"
             "<story>x</story>" CAUSE STEPS TAIL,
             -1);
  folded = cot_scenario_load (self->folder, NULL);
  g_assert_true (g_str_has_prefix (folded->title, "A device "));
  g_assert_null (strstr (folded->title, "\xe2\x80\xae"));
}

static void
test_faults (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *xml;
    const char *reason;
  } faults[] = {
    { "", "empty" },
    { "<scenario", ":1:" },
    { HEAD "\n\n<teapot/>", ":3: <teapot> cannot stand here" },
    { HEAD "\n\n<teapot>\nx</teapot>", ":3: <teapot> cannot stand here" },
    { HEAD CAUSE "\n<hint>\n \n</hint>\n", ":4: <hint> is empty" },
    { "<scenario/>", "level" },
    { "<scenario level=\"9\" bundle=\"PC01\"/>", "level must be 1 to 3" },
    { "<scenario level=\"-1\" bundle=\"PC01\"/>", "level must be" },
    { "<scenario level=\"1\" bundle=\"../../etc\"/>", "bundle must name" },
    { "<scenario level=\"1\" bundle=\"..\"/>", "bundle must name" },
    { "<scenario level=\"1\" bundle=\"\"/>", "bundle must name" },
    { "<scenario level=\"1\" bundle=\"a\\b\"/>", "bundle must name" },
    { "<scenario level=\"1\" bundle=\"x\"><scenario level=\"1\" bundle=\"x\"/></scenario>",
      "cannot stand here" },
    { HEAD CAUSE STEPS "</scenario>", "are needed" },
    { HEAD STEPS TAIL, "a cause is needed" },
    { HEAD CAUSE "<cause none=\"yes\"/>" STEPS TAIL, "not both" },
    { HEAD "<cause>x</cause>" STEPS TAIL, "the name of its log" },
    { HEAD "<cause log=\"../a.log\">x</cause>" STEPS TAIL, "the name of its log" },
    { HEAD "<cause log=\"a.log\"/>" STEPS TAIL, "text of its line or its ordinal" },
    { HEAD "<cause log=\"a.log\" ordinal=\"1\">x</cause>" STEPS TAIL, "text of its line or" },
    { HEAD "<cause log=\"a.log\" ordinal=\"99999999999\"/>" STEPS TAIL, "is no ordinal" },
    { HEAD CAUSE "<step right=\"yes\"><text>x</text><why>x</why></step>" TAIL, "one step" },
    { HEAD CAUSE STEPS STEPS TAIL, "one step must be right" },
    { HEAD CAUSE "<step><text>x</text></step>" STEPS TAIL, "a step needs" },
    { HEAD CAUSE "<step><why><text/></why></step>" STEPS TAIL, "cannot stand here" },
    { HEAD "<title>Again</title>" CAUSE STEPS TAIL, "stands here twice" },
    { HEAD "<title lang=\"x\"/>" CAUSE STEPS TAIL, "has no attribute" },
    { HEAD CAUSE STEPS "<hint>  </hint>" TAIL, "<hint> is empty" },
    { HEAD CAUSE STEPS "<hint for='all'>x</hint>" TAIL, "a hint is for the “line” or the “step”" },
    { HEAD CAUSE STEPS "<detector>a b</detector>" TAIL, "is no id" },
    { "<!DOCTYPE a [<!ENTITY b \"c\">]>" HEAD "<hint>&b;</hint>" CAUSE STEPS TAIL, ":1:" },
    { "<scenario level=\"1\" bundle=\"missing\"><title>A</title><story>x</story>" CAUSE STEPS TAIL,
      "is not there" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      write_xml (self, faults[i].xml, -1);
      assert_refused (self, faults[i].reason);
    }
}

static char *
repeat (const char *head, const char *part, guint n, const char *tail)
{
  GString *text = g_string_new (head);

  for (guint i = 0; i < n; i++)
    g_string_append (text, part);
  g_string_append (text, tail);
  return g_string_free (text, FALSE);
}

static void
test_bounds (Fixture *self, gconstpointer data)
{
  g_autofree char *text = repeat (HEAD CAUSE STEPS "<hint>", "12345678", 1025, "</hint>" TAIL);
  g_autofree char *hints = repeat (HEAD CAUSE STEPS, "<hint>x</hint>", 17, TAIL);
  g_autofree char *causes = repeat (HEAD, CAUSE, 17, STEPS TAIL);
  g_autofree char *deep = repeat ("", "<scenario level=\"1\" bundle=\"x\">", 3000, "");
  g_autofree char *large = g_strnfill (COT_SCENARIO_MAX_FILE_BYTES + 1, ' ');

  write_xml (self, text, -1);
  assert_refused (self, "longer than");
  write_xml (self, hints, -1);
  assert_refused (self, "more than 16 times <hint>");
  write_xml (self, causes, -1);
  assert_refused (self, "more than 16 times <cause>");
  write_xml (self, deep, -1);
  assert_refused (self, "cannot stand here");
  write_xml (self, large, -1);
  assert_refused (self, "too large");
  write_xml (self, "<scenario level=\"1\" bundle=\"x\"><title>\xff\xfe</title>", -1);
  assert_refused (self, "UTF-8");
  write_xml (self, "<scenario\0level>", 16);
  assert_refused (self, ":1:");
}

/* Neither is read, and neither makes anybody wait. */
static void
test_no_file (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (mkfifo (self->file, 0600), ==, 0);
  assert_refused (self, "this is no file");
  g_unlink (self->file);
  g_assert_cmpint (symlink ("/dev/zero", self->file), ==, 0);
  assert_refused (self, "");
  g_unlink (self->file);
  g_assert_cmpint (g_mkdir (self->file, 0700), ==, 0);
  assert_refused (self, "this is no file");
}

static void
write_scenario (const char *root, const char *name, const char *xml)
{
  g_autofree char *bundle = g_build_filename (root, name, "PC01", NULL);
  g_autofree char *file = g_build_filename (root, name, COT_SCENARIO_FILE, NULL);

  g_assert_cmpint (g_mkdir_with_parents (bundle, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, xml, -1, NULL));
}

#define EASY \
  "<scenario level=\"1\" bundle=\"PC01\"><title>Mine</title><story>x</story>" CAUSE STEPS TAIL

static void
test_list (Fixture *self, gconstpointer data)
{
  g_autofree char *own = g_build_filename (self->root, "own", NULL);
  g_autofree char *shipped = g_build_filename (self->root, "shipped", NULL);
  g_autofree char *other = g_build_filename (shipped, "no-scenario", NULL);
  const char *const folders[] = { own, "/does/not/exist", shipped, NULL };
  g_autoptr (CotScenarioList) list = NULL;
  CotScenario *scenarios[3];

  write_scenario (own, "b", EASY);
  write_scenario (own, "broken", "<scenario>");
  write_scenario (shipped, "a", GOOD);
  write_scenario (shipped, "b", GOOD);
  write_scenario (shipped, "c", EASY);
  g_assert_cmpint (g_mkdir (other, 0700), ==, 0);
  list = cot_scenario_list_read (folders);
  g_assert_cmpuint (list->scenarios->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    scenarios[i] = g_ptr_array_index (list->scenarios, i);
  g_assert_cmpstr (scenarios[0]->id, ==, "b");
  g_assert_cmpstr (scenarios[0]->title, ==, "Mine");
  g_assert_cmpstr (scenarios[1]->id, ==, "c");
  g_assert_cmpstr (scenarios[2]->id, ==, "a");
  g_assert_cmpuint (list->problems->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (list->problems, 0), "broken/scenario.xml:1:"));
}

static void
test_no_bundle (Fixture *self, gconstpointer data)
{
  write_xml (self,
             "<!-- x -->\n\n<scenario level=\"1\" bundle=\"PC02\">\n<title>x</title>"
             "<story>x</story>" CAUSE STEPS TAIL,
             -1);
  assert_refused (self, "scenario.xml:3: the bundle that it names is not there");
}

#define NEWEST_CAUSE 35
#define LONG_ENTRY 20
/* Longer than a row of the window, and in several lines. */
#define LONG "Checking " X16 X16 X16 X16 " the &lt;state&gt;\n  of it"
#define X16 X4 X4 X4 X4
#define X4 "a long list of codes, a long list of codes, a long list of codes, "

/* An open scenario. */
typedef struct
{
  CotSession *session;
  CotCase *a_case;
  CotExercise *exercise;
} Practice;

static gboolean
set_true (gpointer flag)
{
  *(gboolean *) flag = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_for (gboolean (*is_there) (Practice *practice), Practice *practice)
{
  gboolean too_long = FALSE;
  guint bound = g_timeout_add_seconds (60, set_true, &too_long);

  while (!is_there (practice))
    {
      g_assert_false (too_long);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (bound);
}

static gboolean
is_ready (Practice *practice)
{
  return cot_exercise_get_ready (practice->exercise);
}

static gboolean
has_finding (Practice *practice)
{
  return cot_exercise_get_finding (practice->exercise) != NULL;
}

static gboolean
has_cause (Practice *practice)
{
  CotLog *log;
  guint64 ordinal;

  return cot_exercise_get_cause (practice->exercise, &log, &ordinal);
}

static char *
dup_long_message (void)
{
  g_autoptr (GString) message = g_string_new (LONG);

  g_string_replace (message, "\n ", "\r\n", 0);
  g_string_replace (message, "&lt;", "<", 0);
  g_string_replace (message, "&gt;", ">", 0);
  return g_string_free (g_steal_pointer (&message), FALSE);
}

static void
append_entry (GString *text, const char *message, gboolean is_error)
{
  g_string_append_printf (text,
                          "<![LOG[%s]LOG]!><time=\"09:00:%02u.123+300\" date=\"09-16-2024\" "
                          "component=\"CoManagementHandler\" context=\"\" type=\"%d\" "
                          "thread=\"4012\" file=\"x.cpp:1\">\r\n",
                          message, (guint) (text->len % 60), is_error ? 3 : 1);
}

static void
write_log (Fixture *self, const char *name, const GString *text)
{
  g_autofree char *log = g_build_filename (self->folder, "PC01", name, NULL);

  g_assert_true (g_file_set_contents (log, text->str, (gssize) text->len, NULL));
}

static void
practice_start (Practice *practice, Fixture *self, const char *xml)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotScenario) scenario = NULL;

  write_xml (self, xml, -1);
  scenario = cot_scenario_load (self->folder, &error);
  g_assert_no_error (error);
  practice->session = cot_session_new ();
  practice->a_case = cot_session_open_sync (practice->session, NULL, scenario->bundle_path, &error);
  g_assert_no_error (error);
  practice->exercise = cot_exercise_start (practice->a_case, scenario);
  g_assert_true (cot_case_get_exercise (practice->a_case) == practice->exercise);
  wait_for (is_ready, practice);
}

static void
write_newest (Fixture *self, guint n_more)
{
  g_autofree char *long_message = dup_long_message ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n_more; i++)
    append_entry (text, "Begun", FALSE);
  for (guint i = 0; i < 40; i++)
    {
      gboolean is_cause = i == 31 || i == NEWEST_CAUSE;

      append_entry (text,
                    is_cause          ? BLOCKED
                    : i == LONG_ENTRY ? long_message
                                      : "Checking the state",
                    is_cause);
    }
  write_log (self, "CoManagementHandler.log", text);
}

static void
practice_open (Practice *practice, Fixture *self, const char *xml)
{
  write_newest (self, 0);
  practice_start (practice, self, xml);
}

static void
practice_close (Practice *practice)
{
  cot_case_cancel (practice->a_case);
  g_object_unref (practice->a_case);
  g_object_unref (practice->session);
}

/* The whole message, however it is laid out in the file. */
static void
test_long_cause (Fixture *self, gconstpointer data)
{
  Practice practice;
  g_autofree char *problem = NULL;

  practice_open (&practice, self,
                 HEAD "<cause log=\"CoManagementHandler.log\">\n  " LONG "\n</cause>" STEPS TAIL);
  problem = cot_exercise_dup_problem (practice.exercise);
  g_assert_null (problem);
  cot_exercise_answer_line (practice.exercise, cot_case_get_log (practice.a_case, 0),
                            LONG_ENTRY);
  g_assert_cmpint (cot_exercise_get_stage (practice.exercise), ==, COT_EXERCISE_CHOOSE_STEP);
  practice_close (&practice);
}

static void
assert_problem (Fixture *self, const char *other_cause, const char *cause)
{
  g_autofree char *xml = g_strconcat (HEAD, other_cause, "\n\n", cause, STEPS TAIL, NULL);
  g_autofree char *problem = NULL;
  Practice practice;

  practice_open (&practice, self, xml);
  problem = cot_exercise_dup_problem (practice.exercise);
  g_assert_nonnull (problem);
  g_assert_true (g_str_has_prefix (problem, self->file));
  g_assert_nonnull (strstr (problem, "scenario.xml:3: no entry of "));
  practice_close (&practice);
}

/* A cause that is no line of the logs is told with its place in the file, the only one, too. */
static void
test_cause_that_is_none (Fixture *self, gconstpointer data)
{
  static const char *const causes[]
      = { "<cause log=\"CoManagementHandler.log\">Checking the states</cause>",
          "<cause log=\"Other.log\">Checking the state</cause>",
          "<cause log=\"CoManagementHandler.log\" ordinal=\"40\"/>" };

  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    {
      assert_problem (self, CAUSE, causes[i]);
      assert_problem (self, "", causes[i]);
    }
}

/* A log in two parts: how many entries of the older one stand above the newer ones. */
#define N_OLDER 5

static void
open_parts (Practice *practice, Fixture *self, const char *cause)
{
  g_autofree char *xml = g_strconcat (HEAD, cause, STEPS TAIL, NULL);
  g_autoptr (GString) older = g_string_new (NULL);

  for (guint i = 0; i < N_OLDER; i++)
    append_entry (older, i == 3 ? BLOCKED : "Checking the state", i == 3);
  write_log (self, "CoManagementHandler.lo_", older);
  practice_open (practice, self, xml);
}

/* (transfer none): the log of that name, as it is read now. */
static CotLog *
find_log (Practice *practice, const char *name)
{
  for (guint i = 0; i < cot_case_get_n_logs (practice->a_case); i++)
    {
      CotLog *log = cot_case_get_log (practice->a_case, i);

      if (g_str_equal (cot_log_get_name (log), name))
        return log;
    }
  g_assert_not_reached ();
}

static void
assert_answer (Practice *practice, const char *name, guint64 ordinal, CotExerciseVerdict verdict)
{
  cot_exercise_answer_line (practice->exercise, find_log (practice, name), ordinal);
  g_assert_cmpint (cot_exercise_get_verdict (practice->exercise), ==, verdict);
}

static void
assert_no_problem (Practice *practice)
{
  g_autofree char *problem = cot_exercise_dup_problem (practice->exercise);

  g_assert_cmpstr (problem, ==, NULL);
}

static gboolean
knows_line (Practice *practice)
{
  return cot_exercise_get_line (practice->exercise) != COT_EXERCISE_LINE_UNKNOWN;
}

static void
assert_line_of (Practice *practice, const char *name, guint64 ordinal, CotExerciseLine line)
{
  assert_answer (practice, name, ordinal, COT_EXERCISE_WRONG);
  /* Nothing of the line before is said of this one. */
  g_assert_cmpint (cot_exercise_get_line (practice->exercise), ==, COT_EXERCISE_LINE_UNKNOWN);
  wait_for (knows_line, practice);
  g_assert_cmpint (cot_exercise_get_line (practice->exercise), ==, line);
  g_assert_cmpuint (cot_case_get_n_findings (practice->a_case), ==, 0);
}

static void
assert_line (Practice *practice, guint64 ordinal, CotExerciseLine line)
{
  assert_line_of (practice, "CoManagementHandler.log", ordinal, line);
}

/* Who takes a line for the cause that is none is told what it is. */
static void
test_wrong_lines (Fixture *self, gconstpointer data)
{
  Practice practice;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) other = g_string_new (NULL);

  append_entry (text, "Checking the state", FALSE);
  append_entry (text, "Device is not provisioned", FALSE);
  append_entry (text, "Nobody knows what this is", TRUE);
  append_entry (text, "Merged value for setting 'CoManagementSettings_AutoEnroll' is 'true'",
                FALSE);
  append_entry (text, BLOCKED, TRUE);
  append_entry (text, "Retrying failed, 0x80180026", TRUE);
  append_entry (text, "The operation failed", FALSE);
  write_log (self, "CoManagementHandler.log", text);
  append_entry (other, "Enumerated all 1 DP locations but none of them is good. Fallback to MP.",
                FALSE);
  write_log (self, "ccmsetup.log", other);
  practice_start (&practice, self, GOOD);
  assert_line_of (&practice, "ccmsetup.log", 0, COT_EXERCISE_LINE_STATE);
  assert_line (&practice, 0, COT_EXERCISE_LINE_ORDINARY);
  assert_line (&practice, 1, COT_EXERCISE_LINE_RESULT);
  assert_line (&practice, 2, COT_EXERCISE_LINE_BARE);
  assert_line (&practice, 3, COT_EXERCISE_LINE_NORMAL);
  assert_line (&practice, 5, COT_EXERCISE_LINE_NEAR);
  assert_line (&practice, 6, COT_EXERCISE_LINE_BARE);
  cot_exercise_answer_line (practice.exercise, NULL, 0);
  g_assert_cmpint (cot_exercise_get_line (practice.exercise), ==, COT_EXERCISE_LINE_UNKNOWN);
  assert_answer (&practice, "CoManagementHandler.log", 4, COT_EXERCISE_RIGHT);
  practice_close (&practice);
}

/* Until the log is read in the new way there is nothing to be judged; then all is as before. */
static void
wait_for_replacement (Practice *practice)
{
  guint score = cot_exercise_get_score (practice->exercise);

  g_assert_false (cot_exercise_get_ready (practice->exercise));
  cot_exercise_answer_line (practice->exercise, find_log (practice, "CoManagementHandler.log"), 0);
  cot_exercise_answer_line (practice->exercise, NULL, 0);
  g_assert_cmpuint (cot_exercise_get_score (practice->exercise), ==, score);
  wait_for (is_ready, practice);
  assert_no_problem (practice);
}

/* The number of an entry counts in the file, as the command line does, although the window shows
 * older parts above it. */
static void
test_ordinal_in_part (Fixture *self, gconstpointer data)
{
  Practice practice;
  CotLog *log;
  guint64 ordinal;

  open_parts (&practice, self, "<cause log=\"comanagementhandler.log\" ordinal=\"31\"/>");
  assert_no_problem (&practice);
  g_assert_cmpuint (cot_case_get_n_logs (practice.a_case), ==, 1);
  assert_answer (&practice, "CoManagementHandler.log", 31, COT_EXERCISE_WRONG);
  g_assert_true (cot_exercise_get_cause (practice.exercise, &log, &ordinal));
  g_assert_cmpuint (ordinal, ==, N_OLDER + 31);
  assert_answer (&practice, "CoManagementHandler.log", N_OLDER + 31, COT_EXERCISE_RIGHT);
  practice_close (&practice);

  open_parts (&practice, self, "<cause log=\"CoManagementHandler.lo_\" ordinal=\"3\"/>");
  assert_no_problem (&practice);
  assert_answer (&practice, "CoManagementHandler.log", N_OLDER + 3, COT_EXERCISE_WRONG);
  assert_answer (&practice, "CoManagementHandler.log", 3, COT_EXERCISE_RIGHT);
  practice_close (&practice);

  /* The file ends before it, whatever stands below in the window. */
  open_parts (&practice, self, "<cause log=\"CoManagementHandler.lo_\" ordinal=\"5\"/>");
  g_assert_cmpuint (cot_case_get_n_logs (practice.a_case), ==, 1);
  g_assert_false (cot_exercise_get_cause (practice.exercise, &log, &ordinal));
  practice_close (&practice);
}

static void
set_joined (Practice *practice, gboolean joined)
{
  g_assert_nonnull (cot_case_set_joined (practice->a_case, 0, joined));
  wait_for_replacement (practice);
}

/* A line is right in whichever tab it is shown. */
static void
test_parted (Fixture *self, gconstpointer data)
{
  Practice practice;
  CotLog *log;
  guint64 ordinal;

  open_parts (&practice, self, "<cause log=\"CoManagementHandler.log\" ordinal=\"31\"/>");
  set_joined (&practice, FALSE);
  g_assert_cmpuint (cot_case_get_n_logs (practice.a_case), ==, 2);
  assert_answer (&practice, "CoManagementHandler.log", N_OLDER + 31, COT_EXERCISE_WRONG);
  assert_answer (&practice, "CoManagementHandler.log", 31, COT_EXERCISE_RIGHT);
  /* The line that was found is shown at the end where it stands then. */
  set_joined (&practice, TRUE);
  g_assert_true (cot_exercise_get_cause (practice.exercise, &log, &ordinal));
  g_assert_true (log == find_log (&practice, "CoManagementHandler.log"));
  g_assert_cmpuint (ordinal, ==, N_OLDER + 31);
  practice_close (&practice);

  open_parts (&practice, self, CAUSE);
  set_joined (&practice, FALSE);
  assert_answer (&practice, "CoManagementHandler.lo_", 3, COT_EXERCISE_RIGHT);
  set_joined (&practice, TRUE);
  g_assert_true (cot_exercise_get_cause (practice.exercise, &log, &ordinal));
  g_assert_cmpuint (ordinal, ==, 3);
  practice_close (&practice);
}

static gboolean
has_two_logs (Practice *practice)
{
  return cot_case_get_n_logs (practice->a_case) == 2 && is_ready (practice);
}

/* An older part in a tab of its own, while the log stays joined. */
static void
test_part_alone (Fixture *self, gconstpointer data)
{
  Practice practice;

  open_parts (&practice, self, CAUSE);
  for (guint i = 0; i < cot_case_get_n_members (practice.a_case); i++)
    cot_case_prioritize (practice.a_case, cot_case_get_member_log (practice.a_case, i));
  wait_for (has_two_logs, &practice);
  assert_answer (&practice, "CoManagementHandler.lo_", 2, COT_EXERCISE_WRONG);
  assert_answer (&practice, "CoManagementHandler.lo_", 3, COT_EXERCISE_RIGHT);
  practice_close (&practice);
}

static void
read_as (Practice *practice, const char *format_id)
{
  CotLog *log = find_log (practice, "CoManagementHandler.log");

  g_assert_nonnull (cot_case_reopen_log (practice->a_case, log, format_id));
  wait_for_replacement (practice);
}

/* Read as plain text there are other entries with other messages: the bytes are what is right. */
static void
test_read_as (Fixture *self, gconstpointer data)
{
  Practice practice;
  CotLog *log;
  guint64 ordinal;

  practice_open (&practice, self,
                 HEAD "<cause log=\"CoManagementHandler.log\" ordinal=\"31\"/>" STEPS TAIL);
  for (guint i = 0; i < 5; i++)
    read_as (&practice, "plain");
  /* A line more: the long entry stands in two. */
  assert_answer (&practice, "CoManagementHandler.log", 31, COT_EXERCISE_WRONG);
  assert_answer (&practice, "CoManagementHandler.log", 32, COT_EXERCISE_RIGHT);
  read_as (&practice, NULL);
  g_assert_true (cot_exercise_get_cause (practice.exercise, &log, &ordinal));
  g_assert_true (log == find_log (&practice, "CoManagementHandler.log"));
  g_assert_cmpuint (ordinal, ==, 31);
  practice_close (&practice);

  practice_open (&practice, self,
                 HEAD "<cause log=\"CoManagementHandler.log\">" LONG "</cause>" STEPS TAIL);
  read_as (&practice, "plain");
  assert_answer (&practice, "CoManagementHandler.log", LONG_ENTRY - 1, COT_EXERCISE_WRONG);
  assert_answer (&practice, "CoManagementHandler.log", LONG_ENTRY + 2, COT_EXERCISE_WRONG);
  assert_answer (&practice, "CoManagementHandler.log", LONG_ENTRY + 1, COT_EXERCISE_RIGHT);
  practice_close (&practice);
}

static void
test_exercise (Fixture *self, gconstpointer data)
{
  Practice practice;
  CotExercise *exercise;
  CotLog *log;
  CotLog *cause_log;
  guint64 ordinal;

  practice_open (&practice, self, GOOD);
  exercise = practice.exercise;
  log = cot_case_get_log (practice.a_case, 0);
  g_assert_cmpint (cot_exercise_get_stage (exercise), ==, COT_EXERCISE_FIND_LINE);
  g_assert_cmpint (cot_exercise_get_verdict (exercise), ==, COT_EXERCISE_NOT_YET);
  g_assert_cmpuint (cot_exercise_get_score (exercise), ==, 100);
  /* Nothing gives the answer away. */
  g_assert_cmpuint (cot_case_get_n_findings (practice.a_case), ==, 0);
  g_assert_cmpuint (cot_bitset_get_size (cot_log_get_known (log)), ==, 0);

  /* The same answer again costs nothing. */
  for (guint i = 0; i < 3; i++)
    {
      cot_exercise_answer_line (exercise, log, 30);
      g_assert_cmpint (cot_exercise_get_verdict (exercise), ==, COT_EXERCISE_WRONG);
      g_assert_cmpuint (cot_exercise_get_score (exercise), ==, 90);
    }
  cot_exercise_answer_line (exercise, NULL, 0);
  cot_exercise_answer_line (exercise, NULL, 0);
  g_assert_cmpuint (cot_exercise_get_score (exercise), ==, 80);
  cot_exercise_take_hint (exercise);
  g_assert_cmpuint (cot_exercise_get_n_hints (exercise), ==, 1);
  g_assert_cmpuint (cot_exercise_get_score (exercise), ==, 70);
  /* The second question is not answered before the first. */
  cot_exercise_answer_step (exercise, 1);
  g_assert_cmpint (cot_exercise_get_stage (exercise), ==, COT_EXERCISE_FIND_LINE);
  cot_exercise_answer_line (exercise, log, 31);
  g_assert_cmpint (cot_exercise_get_stage (exercise), ==, COT_EXERCISE_CHOOSE_STEP);
  g_assert_cmpuint (cot_case_get_n_findings (practice.a_case), ==, 0);

  /* What was answered needs no more hints, and none are paid for. */
  g_assert_cmpuint (cot_exercise_get_n_hints (exercise), ==, 0);
  g_assert_cmpuint (cot_exercise_get_hints (exercise)->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (cot_exercise_get_hints (exercise), 0), ==, "Four");
  g_assert_cmpuint (cot_exercise_get_score (exercise), ==, 70);
  cot_exercise_take_hint (exercise);
  cot_exercise_take_hint (exercise);
  g_assert_cmpuint (cot_exercise_get_n_hints (exercise), ==, 1);
  g_assert_cmpuint (cot_exercise_get_score (exercise), ==, 60);

  cot_exercise_answer_step (exercise, 0);
  cot_exercise_answer_step (exercise, 0);
  cot_exercise_answer_step (exercise, 99);
  g_assert_cmpuint (cot_exercise_get_score (exercise), ==, 50);
  g_assert_true (cot_exercise_was_step_tried (exercise, 0));
  cot_exercise_answer_step (exercise, 1);
  g_assert_cmpint (cot_exercise_get_stage (exercise), ==, COT_EXERCISE_DONE);
  g_assert_cmpuint (cot_exercise_get_score (exercise), ==, 50);
  cot_exercise_give_up (exercise);
  g_assert_cmpuint (cot_exercise_get_score (exercise), ==, 50);

  wait_for (has_finding, &practice);
  g_assert_cmpstr (cot_detector_get_id (cot_exercise_get_finding (exercise)->detector), ==,
                   "comgmt-80180026-blocked");
  /* The one that was found, although there is a newer one. */
  g_assert_true (cot_exercise_get_cause (exercise, &cause_log, &ordinal));
  g_assert_true (cause_log == log);
  g_assert_cmpuint (ordinal, ==, 31);
  practice_close (&practice);
}

static void
test_give_up (Fixture *self, gconstpointer data)
{
  Practice practice;
  CotLog *log;
  guint64 ordinal;

  practice_open (&practice, self, GOOD);
  for (guint i = 0; i < 5; i++)
    cot_exercise_take_hint (practice.exercise);
  g_assert_cmpuint (cot_exercise_get_n_hints (practice.exercise), ==, 3);
  cot_exercise_give_up (practice.exercise);
  g_assert_true (cot_exercise_get_given_up (practice.exercise));
  g_assert_cmpuint (cot_exercise_get_score (practice.exercise), ==, 0);
  wait_for (has_finding, &practice);
  g_assert_true (cot_exercise_get_cause (practice.exercise, &log, &ordinal));
  g_assert_cmpuint (ordinal, ==, NEWEST_CAUSE);
  practice_close (&practice);
}

/* It goes with its case, also in the middle of its search. */
static void
test_dropped (Fixture *self, gconstpointer data)
{
  Practice practice;
  g_autoptr (CotScenario) scenario = NULL;

  practice_open (&practice, self, GOOD);
  scenario = cot_scenario_ref (cot_exercise_get_scenario (practice.exercise));
  cot_exercise_start (practice.a_case, scenario);
  practice_close (&practice);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

/* What was written anew is read as if it were new. */
static void
test_written_anew (Fixture *self, gconstpointer data)
{
  Practice practice;

  practice_open (&practice, self, GOOD);
  write_newest (self, 1);
  read_as (&practice, NULL);
  assert_answer (&practice, "CoManagementHandler.log", 31, COT_EXERCISE_WRONG);
  assert_answer (&practice, "CoManagementHandler.log", 32, COT_EXERCISE_RIGHT);
  practice_close (&practice);
}

/* A log whose reading was stopped accuses nobody; read after all, it has its right line. */
static void
test_stopped (Fixture *self, gconstpointer data)
{
  Practice practice;
  CotLog *log;

  practice_open (&practice, self, GOOD);
  log = cot_case_reopen_log (practice.a_case, find_log (&practice, "CoManagementHandler.log"),
                             NULL);
  cot_case_cancel (practice.a_case);
  wait_for (is_ready, &practice);
  assert_no_problem (&practice);
  cot_case_prioritize (practice.a_case, log);
  wait_for (has_cause, &practice);
  assert_no_problem (&practice);
  assert_answer (&practice, "CoManagementHandler.log", 31, COT_EXERCISE_RIGHT);
  practice_close (&practice);
}

#define ADD(path, function) \
  g_test_add ("/scenario/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("good", test_good);
  ADD ("other-forms", test_other_forms);
  ADD ("faults", test_faults);
  ADD ("bounds", test_bounds);
  ADD ("no-file", test_no_file);
  ADD ("list", test_list);
  ADD ("no-bundle", test_no_bundle);
  ADD ("exercise", test_exercise);
  ADD ("wrong-lines", test_wrong_lines);
  ADD ("long-cause", test_long_cause);
  ADD ("cause-that-is-none", test_cause_that_is_none);
  ADD ("ordinal-in-part", test_ordinal_in_part);
  ADD ("parted", test_parted);
  ADD ("part-alone", test_part_alone);
  ADD ("read-as", test_read_as);
  ADD ("written-anew", test_written_anew);
  ADD ("stopped", test_stopped);
  ADD ("give-up", test_give_up);
  ADD ("dropped", test_dropped);
  return g_test_run ();
}
