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

#define REFUSED \
  "<![LOG[[CCMHTTP] ERROR INFO: StatusCode=403 StatusText=CMGConnector_Clientcertificaterequired" \
  "]LOG]!><time=\"09:00:00.000+300\" date=\"11-18-2026\" component=\"Test\" context=\"\" " \
  "type=\"3\" thread=\"7120\" file=\"a.cpp:12\">\r\n"

typedef struct
{
  char *folder;
  CotSession *session;
  CotCase *loose;
} Fixture;

static char *
dup_path (Fixture *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  const char *const names[] = { "LocationServices.log", "PolicyAgent.log" };

  self->folder = g_dir_make_tmp ("cotrace-summary-view-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = dup_path (self, names[i]);

      g_assert_true (g_file_set_contents (path, i == 0 ? REFUSED : "Quiet\r\n", -1, NULL));
    }
  self->session = cot_session_new ();
  self->loose = cot_session_new_case (self->session);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autofree char *first = dup_path (self, "LocationServices.log");
  g_autofree char *second = dup_path (self, "PolicyAgent.log");

  cot_session_wait (self->session, self->loose);
  g_clear_object (&self->loose);
  g_clear_object (&self->session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_remove (first);
  g_remove (second);
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
make_view (Fixture *self)
{
  return g_object_ref_sink (cot_summary_view_new (self->loose, self->loose->knowledge));
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

/* The page is made anew each time that something is found: what is read for the one before ends
 * with it. */
static void
test_errors_of_a_page_that_goes (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) logs = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *list;

  add_log (self, "LocationServices.log");
  cot_session_wait (self->session, self->loose);
  g_ptr_array_add (logs, g_object_ref (cot_case_get_log (self->loose, 0)));
  list = g_object_ref_sink (cot_error_list_new (self->loose, logs));
  g_object_add_weak_pointer (G_OBJECT (list), (gpointer *) &list);
  g_object_unref (list);
  g_assert_null (list);
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
  return g_test_run ();
}
