/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands at the top of the findings while logs are still being read, and of what was not read.
 */

#include "cot-case-private.h"
#include "cot-error-list.h"
#include "cot-journey-sentences.h"
#include "cot-report-sentences.h"
#include "cot-session.h"
#include "cot-summary-view.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#define DEADLINE_SECONDS 30
#define RECORD(message) \
  "<![LOG[" message "]LOG]!><time=\"09:00:00.000+300\" date=\"11-18-2026\" component=\"Test\" " \
  "context=\"\" type=\"3\" thread=\"7120\" file=\"a.cpp:12\">\r\n"
#define REFUSED \
  RECORD ("[CCMHTTP] ERROR INFO: StatusCode=403 StatusText=CMGConnector_Clientcertificaterequired")
#define UNKNOWN RECORD ("Contoso refused it") RECORD ("Fabrikam refused it")

#include "wait-until.h"

typedef struct
{
  char *folder;
  CotSession *session;
  CotCase *loose;
  CotErrorList *errors;
} Fixture;

static char *
dup_path (Fixture *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

static const char *const names[] = { "LocationServices.log", "PolicyAgent.log", "Contoso.log" };

static void
set_up (Fixture *self, gconstpointer data)
{
  const char *const texts[] = { REFUSED, "Quiet\r\n", UNKNOWN };

  self->folder = g_dir_make_tmp ("cotrace-summary-view-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = dup_path (self, names[i]);

      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
    }
  self->session = cot_session_new ();
  self->loose = cot_session_new_case (self->session);
  self->errors = g_object_ref_sink (COT_ERROR_LIST (cot_error_list_new ()));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  cot_session_wait (self->session, self->loose);
  g_clear_object (&self->errors);
  g_clear_object (&self->loose);
  g_clear_object (&self->session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = dup_path (self, names[i]);

      g_remove (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
}

static void
add_log (Fixture *self, const char *name)
{
  g_autofree char *path = dup_path (self, name);

  cot_case_add_path (self->loose, path, NULL);
}

static gboolean
says (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

static GtkWidget *
find_row (GtkWidget *widget)
{
  GtkWidget *row = ADW_IS_ACTION_ROW (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); row == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    row = find_row (child);
  return row;
}

static GtkWidget *
make_view (Fixture *self)
{
  return g_object_ref_sink (
      cot_summary_view_new (self->loose, self->loose->knowledge, self->errors,
                            cot_case_get_settled (self->loose)));
}

/* Nothing happens between the steps: the main loop does not run. */
static void
test_still_looking (Fixture *self, gconstpointer data)
{
  g_autoptr (GtkWidget) before = NULL;
  g_autoptr (GtkWidget) settled = NULL;
  g_autoptr (GtkWidget) after = NULL;

  add_log (self, "LocationServices.log");
  before = make_view (self);
  g_assert_true (says (before, "Looking…"));
  cot_session_wait (self->session, self->loose);
  settled = make_view (self);
  g_assert_true (cot_summary_view_is_empty (COT_SUMMARY_VIEW (settled)));
  add_log (self, "PolicyAgent.log");
  after = make_view (self);
  g_assert_false (says (after, "Looking…"));
  g_assert_true (says (after, "1 so far, still looking…"));
}

static char *
dup_report (Fixture *self)
{
  g_autoptr (CotReport) report
      = cot_report_build_sync (&self->loose, 1, FALSE, cot_report_compose, NULL);

  return cot_report_dup_file (report, COT_REPORT_MARKDOWN, FALSE);
}

static void
assert_is_no_verdict (Fixture *self, const char *sentence)
{
  g_autoptr (GtkWidget) view = make_view (self);
  g_autofree char *missing = cot_sentence_dup_missing_for_health (self->loose);
  g_autofree char *report = dup_report (self);

  g_assert_true (says (view, sentence));
  g_assert_true (says (view, "Read On"));
  g_assert_false (says (view, "No known failure found"));
  g_assert_nonnull (strstr (missing, "Read on to the end first."));
  g_assert_null (strstr (report, "No known failure found"));
  g_assert_null (strstr (report, "no proof of health"));
  g_assert_nonnull (strstr (report, sentence));
}

/* Nothing was read, or a part: that is no verdict, and least of all one of health. */
static void
test_stopped (Fixture *self, gconstpointer data)
{
  g_autoptr (GtkWidget) read_on = NULL;
  g_autoptr (GtkWidget) found = NULL;
  g_autofree char *report = NULL;

  add_log (self, "PolicyAgent.log");
  cot_case_cancel (self->loose);
  cot_session_wait (self->session, self->loose);
  assert_is_no_verdict (self, "Reading was stopped; 0 % was read");
  cot_case_read_on (self->loose);
  cot_session_wait (self->session, self->loose);
  read_on = make_view (self);
  g_assert_true (says (read_on, "No known failure found"));
  g_assert_false (says (read_on, "Read On"));

  add_log (self, "LocationServices.log");
  cot_case_cancel (self->loose);
  cot_session_wait (self->session, self->loose);
  assert_is_no_verdict (self, "Reading was stopped; 50 % was read");
  cot_case_read_on (self->loose);
  cot_session_wait (self->session, self->loose);
  found = make_view (self);
  g_assert_true (cot_summary_view_is_empty (COT_SUMMARY_VIEW (found)));

  /* What is known stands below, but may not be all. */
  cot_case_reopen_log (self->loose, cot_case_get_log (self->loose, 0), NULL);
  cot_case_cancel (self->loose);
  cot_session_wait (self->session, self->loose);
  report = dup_report (self);
  g_assert_nonnull (strstr (report, "Reading was stopped; 50 % was read"));
}

static GPtrArray *
read_unknown (Fixture *self)
{
  GPtrArray *logs = g_ptr_array_new_with_free_func (g_object_unref);

  add_log (self, "Contoso.log");
  cot_session_wait (self->session, self->loose);
  g_ptr_array_add (logs, g_object_ref (cot_case_get_log (self->loose, 0)));
  return logs;
}

/* What is being read ends with the list. */
static void
test_errors_of_a_page_that_goes (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) logs = read_unknown (self);
  CotErrorList *list = self->errors;

  cot_error_list_set_logs (list, self->loose, logs);
  g_object_add_weak_pointer (G_OBJECT (list), (gpointer *) &list);
  g_clear_object (&self->errors);
  g_assert_null (list);
}

/* Each log that is written has the page made anew: who reads the list, or has come to one of its
 * rows, keeps it. */
static void
test_errors_stay (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) logs = read_unknown (self);
  g_autoptr (CotCase) other = cot_session_new_case (self->session);
  GtkWidget *list = GTK_WIDGET (self->errors);
  GtkWidget *row;

  cot_error_list_set_logs (self->errors, self->loose, logs);
  wait_until (find_row (list) != NULL);
  row = find_row (list);
  g_assert_true (says (list, "Contoso refused it"));
  g_assert_true (says (list, "Fabrikam refused it"));
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GtkWidget) view = make_view (self);

      g_assert_true (gtk_widget_is_ancestor (list, view));
      g_assert_true (find_row (list) == row);
      while (g_main_context_iteration (NULL, FALSE))
        g_assert_true (find_row (list) == row);
    }
  g_assert_null (gtk_widget_get_parent (list));

  /* Nothing of another case stands there. */
  cot_error_list_set_logs (self->errors, other, logs);
  g_assert_null (find_row (list));
  cot_error_list_set_logs (self->errors, NULL, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_test_message ("there is no display");
      return 77;
    }
  adw_init ();
  g_test_add ("/summary-view/still-looking", Fixture, NULL, set_up, test_still_looking, tear_down);
  g_test_add ("/summary-view/stopped", Fixture, NULL, set_up, test_stopped, tear_down);
  g_test_add ("/summary-view/errors-of-a-page-that-goes", Fixture, NULL, set_up,
              test_errors_of_a_page_that_goes, tear_down);
  g_test_add ("/summary-view/errors-stay", Fixture, NULL, set_up, test_errors_stay, tear_down);
  return g_test_run ();
}
