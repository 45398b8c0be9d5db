/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Marks are kept by what a log holds: they come back after a roll-over, a new name and a new line,
 * and never stand on other content. */

#include "cot-engine.h"

#include <glib/gstdio.h>
#include <string.h>

#define RECORD(message, time) \
  "<![LOG[" message "]LOG]!><time=\"" time "+300\" date=\"11-18-2026\" component=\"Test\" " \
  "context=\"\" type=\"1\" thread=\"7120\" file=\"a.cpp:12\">\r\n"
#define ONE RECORD ("one", "07:00:00.000")
#define TWO RECORD ("two", "07:10:00.000")
#define THREE RECORD ("three", "07:20:00.000")

typedef struct
{
  char *folder;
  CotSession *session; /* what one start of the program has open */
  CotCase *a_case;
  CotMarks *marks;
  CotLog *log;
  guint n_failed;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("cotrace-marks-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
}

static void
settle (Fixture *fixture)
{
  while (!cot_marks_get_settled (fixture->marks) || !cot_marks_get_loaded (fixture->marks))
    g_main_context_iteration (NULL, TRUE);
}

static void
close_log (Fixture *fixture)
{
  fixture->marks = NULL;
  g_clear_object (&fixture->log);
  g_clear_object (&fixture->a_case);
  g_clear_object (&fixture->session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
remove_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *kept = cot_marks_dup_folder ();

  close_log (fixture);
  remove_files (fixture->folder);
  remove_files (kept);
  g_free (fixture->folder);
}

static void
write_log (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
failed_cb (CotMarks *marks, const GError *error, Fixture *fixture)
{
  g_assert_nonnull (error);
  fixture->n_failed++;
}

static void
open_case (Fixture *fixture, const char *name, gboolean joined)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (CotCase) loose = NULL;
  g_autoptr (GError) error = NULL;

  close_log (fixture);
  fixture->session = cot_session_new ();
  cot_session_set_scanning (fixture->session, FALSE);
  cot_session_set_joining (fixture->session, joined);
  loose = cot_session_new_case (fixture->session);
  fixture->a_case = cot_session_open_sync (fixture->session, loose, path, &error);
  g_assert_no_error (error);
  cot_session_wait (fixture->session, fixture->a_case);
}

static void
open_log_at_once (Fixture *fixture, const char *name, gboolean joined)
{
  open_case (fixture, name, joined);
  fixture->log = g_object_ref (cot_case_get_log (fixture->a_case, 0));
  fixture->marks = cot_marks_of_log (fixture->log);
  g_assert_true (fixture->marks == cot_marks_of_log (fixture->log));
  g_signal_connect (fixture->marks, "failed", G_CALLBACK (failed_cb), fixture);
}

static void
open_log (Fixture *fixture, const char *name, gboolean joined)
{
  open_log_at_once (fixture, name, joined);
  settle (fixture);
}

/* "1 2:note" for marks on ordinals 1 and 2, the latter with a note. */
static void
assert_marks (Fixture *fixture, const char *expected)
{
  g_autoptr (GString) found = g_string_new (NULL);
  guint64 ordinal;

  for (guint64 from = 0; cot_bitset_next (cot_marks_get_ordinals (fixture->marks), from, &ordinal);
       from = ordinal + 1)
    {
      const char *note = cot_marks_get_note (fixture->marks, ordinal);

      g_string_append_printf (found, "%s%" G_GUINT64_FORMAT, found->len == 0 ? "" : " ", ordinal);
      if (note != NULL)
        g_string_append_printf (found, ":%s", note);
    }
  g_assert_cmpstr (found->str, ==, expected);
}

/* (nullable): the one file of marks. */
static char *
dup_kept_path (void)
{
  g_autofree char *kept = cot_marks_dup_folder ();
  g_autoptr (GDir) dir = g_dir_open (kept, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".marks"))
      return g_build_filename (kept, name, NULL);
  return NULL;
}

static void
test_are_found_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *kept = NULL;
  GStatBuf status;

  write_log (fixture, "Test.log", ONE TWO THREE);
  open_log (fixture, "Test.log", FALSE);
  assert_marks (fixture, "");
  g_assert_true (cot_marks_set (fixture->marks, 0, TRUE));
  g_assert_true (cot_marks_set_note (fixture->marks, 2, "where it begins\nsays Anna"));
  g_assert_false (cot_marks_set (fixture->marks, 3, TRUE)); /* no such entry */
  settle (fixture);

  open_log (fixture, "Test.log", FALSE);
  assert_marks (fixture, "0 2:where it begins\nsays Anna");
  g_assert_true (cot_marks_set (fixture->marks, 0, FALSE));
  g_assert_true (cot_marks_set_note (fixture->marks, 2, ""));
  settle (fixture);
  kept = dup_kept_path ();
  g_assert_cmpint (g_stat (kept, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  open_log (fixture, "Test.log", FALSE);
  assert_marks (fixture, "2");
  g_assert_true (cot_marks_set (fixture->marks, 2, FALSE));
  settle (fixture);
  g_free (kept);
  kept = dup_kept_path ();
  g_assert_null (kept);
  g_assert_cmpuint (fixture->n_failed, ==, 0);
}

static void
test_go_with_a_roll_over (Fixture *fixture, gconstpointer data)
{
  write_log (fixture, "Test.log", ONE TWO);
  open_log (fixture, "Test.log", FALSE);
  g_assert_true (cot_marks_set_note (fixture->marks, 1, "old"));
  settle (fixture);

  write_log (fixture, "Test.lo_", ONE TWO);
  write_log (fixture, "Test.log", THREE ONE);
  open_log (fixture, "Test.log", FALSE);
  assert_marks (fixture, "");
  g_assert_true (cot_marks_set_note (fixture->marks, 0, "new"));
  settle (fixture);
  open_log (fixture, "Test.lo_", FALSE);
  assert_marks (fixture, "1:old");
  /* Both parts as one log: each has its own. */
  open_log (fixture, "Test.log", TRUE);
  g_assert_cmpuint (cot_log_get_n_entries (fixture->log), ==, 4);
  assert_marks (fixture, "1:old 2:new");
  g_assert_true (cot_marks_set (fixture->marks, 3, TRUE));
  settle (fixture);
  open_log (fixture, "Test.log", FALSE);
  assert_marks (fixture, "0:new 1");
}

static void
test_go_with_new_lines_and_names (Fixture *fixture, gconstpointer data)
{
  write_log (fixture, "Test.log", ONE TWO);
  open_log (fixture, "Test.log", FALSE);
  g_assert_true (cot_marks_set (fixture->marks, 1, TRUE));
  settle (fixture);
  write_log (fixture, "from Anna.txt", ONE TWO THREE);
  open_log (fixture, "from Anna.txt", FALSE);
  assert_marks (fixture, "1");
}

static void
test_leave_other_content_alone (Fixture *fixture, gconstpointer data)
{
  write_log (fixture, "Test.log", ONE TWO THREE);
  open_log (fixture, "Test.log", FALSE);
  g_assert_true (cot_marks_set (fixture->marks, 1, TRUE));
  g_assert_true (cot_marks_set (fixture->marks, 2, TRUE));
  settle (fixture);

  /* It begins alike; where the first mark was stands something else of the same length, and the
   * second one is behind the end. */
  write_log (fixture, "Other.log", ONE RECORD ("owt", "07:10:00.000"));
  open_log (fixture, "Other.log", FALSE);
  assert_marks (fixture, "");
  g_assert_true (cot_marks_set (fixture->marks, 1, TRUE));
  settle (fixture);
  g_assert_true (cot_marks_set (fixture->marks, 1, FALSE));
  settle (fixture);

  open_log (fixture, "Test.log", FALSE);
  assert_marks (fixture, "1 2");
}

static void
test_survive_a_closed_log (Fixture *fixture, gconstpointer data)
{
  write_log (fixture, "Test.log", ONE TWO);
  open_log (fixture, "Test.log", FALSE);
  /* The second change waits for the first to be written, and the log is closed at once. */
  g_assert_true (cot_marks_set (fixture->marks, 0, TRUE));
  g_assert_true (cot_marks_set_note (fixture->marks, 1, "last words"));
  close_log (fixture);
  while (cot_marks_get_n_saves () > 0)
    g_main_context_iteration (NULL, TRUE);
  open_log (fixture, "Test.log", FALSE);
  assert_marks (fixture, "0 1:last words");
}

/* One content in two windows: each keeps its own marks, and takes away none of the other's. */
static void
test_are_kept_by_two (Fixture *fixture, gconstpointer data)
{
  Fixture other = { .folder = fixture->folder };

  write_log (fixture, "Test.log", ONE TWO THREE);
  write_log (fixture, "Copy.log", ONE TWO THREE);
  open_log (fixture, "Test.log", FALSE);
  g_assert_true (cot_marks_set (fixture->marks, 0, TRUE));
  settle (fixture);
  open_log (&other, "Copy.log", FALSE);
  assert_marks (&other, "0");
  g_assert_true (cot_marks_set_note (fixture->marks, 1, "first window"));
  settle (fixture);
  g_assert_true (cot_marks_set_note (other.marks, 2, "second window"));
  settle (&other);
  close_log (&other);
  open_log (fixture, "Test.log", FALSE);
  assert_marks (fixture, "0 1:first window 2:second window");
  g_assert_true (cot_marks_set (fixture->marks, 0, FALSE));
  settle (fixture);
  open_log (fixture, "Copy.log", FALSE);
  assert_marks (fixture, "1:first window 2:second window");
}

/* Before it is known what was kept, nothing of it is lost, nor of what is new. */
static void
test_need_not_wait (Fixture *fixture, gconstpointer data)
{
  write_log (fixture, "Test.log", ONE TWO THREE);
  open_log (fixture, "Test.log", FALSE);
  g_assert_true (cot_marks_set (fixture->marks, 0, TRUE));
  g_assert_true (cot_marks_set (fixture->marks, 2, TRUE));
  settle (fixture);
  open_log_at_once (fixture, "Test.log", FALSE);
  g_assert_false (cot_marks_get_loaded (fixture->marks));
  g_assert_true (cot_marks_set_note (fixture->marks, 1, "at once"));
  g_assert_true (cot_marks_set (fixture->marks, 2, TRUE));
  g_assert_true (cot_marks_set (fixture->marks, 2, FALSE));
  close_log (fixture);
  while (cot_marks_get_n_saves () > 0)
    g_main_context_iteration (NULL, TRUE);
  open_log (fixture, "Test.log", FALSE);
  assert_marks (fixture, "0 1:at once");
}

static void
test_do_not_touch_a_broken_file (Fixture *fixture, gconstpointer data)
{
  static const char broken[] = "these are \xff no marks";
  g_autofree char *kept = NULL;
  g_autofree char *text = NULL;

  write_log (fixture, "Test.log", ONE TWO);
  open_log (fixture, "Test.log", FALSE);
  g_assert_true (cot_marks_set (fixture->marks, 0, TRUE));
  settle (fixture);
  kept = dup_kept_path ();
  g_assert_true (g_file_set_contents (kept, broken, -1, NULL));

  open_log (fixture, "Test.log", FALSE);
  assert_marks (fixture, "");
  g_assert_cmpuint (fixture->n_failed, ==, 1);
  g_assert_true (cot_marks_set (fixture->marks, 1, TRUE));
  settle (fixture);
  assert_marks (fixture, "1"); /* in memory */
  g_assert_cmpuint (fixture->n_failed, ==, 2);
  g_assert_true (g_file_get_contents (kept, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, broken);
}

static void
test_distrust_what_is_kept (Fixture *fixture, gconstpointer data)
{
  g_autofree char *kept = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GString) hostile = g_string_new (NULL);

  write_log (fixture, "Test.log", ONE TWO);
  open_log (fixture, "Test.log", FALSE);
  g_assert_true (cot_marks_set (fixture->marks, 1, TRUE));
  settle (fixture);
  kept = dup_kept_path ();
  g_assert_true (g_file_get_contents (kept, &text, NULL, NULL));
  g_string_append (hostile,
                   "[a]\noffset=18446744073709551615\nrecord=00000000000000000000000000000000\n"
                   "[b]\noffset=1\nrecord=00000000000000000000000000000000\n"
                   "[c]\noffset=-1\nrecord=0\n[d]\nrecord=../../x\n[e]\noffset=0\n[f]\n");
  g_string_append (hostile, text);
  g_assert_true (g_file_set_contents (kept, hostile->str, -1, NULL));
  open_log (fixture, "Test.log", FALSE);
  assert_marks (fixture, "1");

  g_string_set_size (hostile, 9 * 1024 * 1024);
  memset (hostile->str, '#', hostile->len);
  g_assert_true (g_file_set_contents (kept, hostile->str, (gssize) hostile->len, NULL));
  open_log (fixture, "Test.log", FALSE);
  assert_marks (fixture, "");
  g_assert_cmpuint (fixture->n_failed, ==, 1);
}

static void
test_notes_are_bounded (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) note = g_string_new ("x");

  while (note->len < 5000)
    g_string_append (note, "\xc3\xa4");
  write_log (fixture, "Test.log", ONE);
  open_log (fixture, "Test.log", FALSE);
  g_assert_true (cot_marks_set_note (fixture->marks, 0, note->str));
  g_assert_cmpuint (strlen (cot_marks_get_note (fixture->marks, 0)), ==, 4095);
  g_assert_true (g_utf8_validate (cot_marks_get_note (fixture->marks, 0), -1, NULL));
  g_assert_true (cot_marks_set_note (fixture->marks, 0, "half a character \xc3"));
  g_assert_true (g_utf8_validate (cot_marks_get_note (fixture->marks, 0), -1, NULL));
  settle (fixture);
}

/* What a report is told: "message" or "message:note", and how many logs could not be asked. */
static void
compose (CotReport *report, GPtrArray *facts, gpointer data)
{
  const CotReportFacts *one = g_ptr_array_index (facts, 0);

  for (guint i = 0; i < one->marks->len; i++)
    {
      const CotReportMark *mark = &g_array_index (one->marks, CotReportMark, i);

      g_assert_cmpstr (mark->line.log, ==, "Test.log");
      g_string_append_printf (data, "%s%s%s%s", i > 0 ? " " : "", mark->line.message,
                              mark->note != NULL ? ":" : "", mark->note != NULL ? mark->note : "");
    }
  g_string_append_printf (data, ", %u", one->unread_marks->len);
}

static void
assert_reported (Fixture *fixture, gboolean with_marks, const char *expected)
{
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (CotReport) report
      = cot_report_build_sync (&fixture->a_case, 1, with_marks, compose, told);

  g_assert_nonnull (report);
  g_assert_cmpstr (told->str, ==, expected);
}

/* In the order of time; as they are in the window, kept or not, and from what is kept where no
 * window has the log open. */
static void
test_are_reported (Fixture *fixture, gconstpointer data)
{
  g_autofree char *kept = NULL;

  write_log (fixture, "Test.log", TWO THREE ONE);
  open_log (fixture, "Test.log", FALSE);
  assert_reported (fixture, TRUE, ", 0");
  cot_marks_set (fixture->marks, 1, TRUE);
  cot_marks_set_note (fixture->marks, 2, "first");
  assert_reported (fixture, TRUE, "one:first three, 0");
  assert_reported (fixture, FALSE, ", 0");
  settle (fixture);
  open_case (fixture, "Test.log", FALSE);
  assert_reported (fixture, TRUE, "one:first three, 0");
  kept = dup_kept_path ();
  g_assert_true (g_file_set_contents (kept, "no file of marks", -1, NULL));
  assert_reported (fixture, TRUE, ", 1");
  open_log (fixture, "Test.log", FALSE);
  assert_reported (fixture, TRUE, ", 1");
}

/* GLib's own way to do so, G_TEST_OPTION_ISOLATE_DIRS, leaks in 2.74. */
static char *
move_home (void)
{
  g_autoptr (GError) error = NULL;
  char *home = g_dir_make_tmp ("cotrace-marks-home-XXXXXX", &error);

  g_assert_no_error (error);
  g_assert_true (g_setenv ("XDG_DATA_HOME", home, TRUE));
  return home;
}

int
main (int argc, char *argv[])
{
  g_autofree char *home = move_home ();
  g_autofree char *cotrace = g_build_filename (home, "cotrace", NULL);
  int status;

  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add ("/marks/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("are-found-again", test_are_found_again);
  ADD ("go-with-a-roll-over", test_go_with_a_roll_over);
  ADD ("go-with-new-lines-and-names", test_go_with_new_lines_and_names);
  ADD ("leave-other-content-alone", test_leave_other_content_alone);
  ADD ("survive-a-closed-log", test_survive_a_closed_log);
  ADD ("are-kept-by-two", test_are_kept_by_two);
  ADD ("need-not-wait", test_need_not_wait);
  ADD ("do-not-touch-a-broken-file", test_do_not_touch_a_broken_file);
  ADD ("distrust-what-is-kept", test_distrust_what_is_kept);
  ADD ("notes-are-bounded", test_notes_are_bounded);
  ADD ("are-reported", test_are_reported);
#undef ADD
  status = g_test_run ();
  g_rmdir (cotrace);
  g_rmdir (home);
  return status;
}
