/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The panel, when another device comes to the front. */

#include "case-fixture.h"
#include "cot-case-private.h"
#include "cot-findings-panel.h"

#include <adwaita.h>

#define RECORD(message) \
  "<![LOG[" message "]LOG]!><time=\"09:00:00.000+300\" date=\"11-18-2026\" component=\"Test\" " \
  "context=\"\" type=\"3\" thread=\"7120\" file=\"a.cpp:12\">\r\n"
#define REFUSED \
  RECORD ("[CCMHTTP] ERROR INFO: StatusCode=403 " \
          "StatusText=CMGConnector_Clientcertificaterequired")
#define STARTED RECORD ("[RegTask] - Starting registration, attempt 1.")

#define MAX_WAIT_SECONDS 60

/* Of each log a part that is seen, and stands in no other place. */
#define REFUSAL "Client is refused: the CMG"
#define QUIET "No known failure found"
#define JOURNEY "Registration"

typedef struct
{
  Fixture refused;
  Fixture quiet;
  GtkWidget *window;
  CotFindingsPanel *panel;
} Panel;

static void
set_up_panel (Panel *self, gconstpointer data)
{
  set_up (&self->refused, data);
  set_up (&self->quiet, data);
  add_log (&self->refused, "LocationServices.log", REFUSED);
  add_log (&self->quiet, "ClientIDManagerStartup.log", STARTED);
  judge (&self->refused);
  judge (&self->quiet);
  self->window = gtk_window_new ();
  self->panel = COT_FINDINGS_PANEL (cot_findings_panel_new (self->refused.bundle->knowledge));
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->panel));
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
tear_down_panel (Panel *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  tear_down (&self->refused, data);
  tear_down (&self->quiet, data);
}

/* (nullable): the label that has the text, where it is seen. */
static GtkWidget *
find (GtkWidget *widget, const char *text)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, text);
  return found;
}

static gboolean
give_up (gpointer data)
{
  g_error ("waited in vain for “%s”", (const char *) data);
  return G_SOURCE_REMOVE;
}

static GtkWidget *
wait_for (Panel *self, const char *text)
{
  guint bound = g_timeout_add_seconds (MAX_WAIT_SECONDS, give_up, (gpointer) text);
  GtkWidget *label;

  while ((label = find (GTK_WIDGET (self->panel), text)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (bound);
  return label;
}

/* Not even for the moment until those of the new one are there. */
static void
test_nothing_of_another (Panel *self, gconstpointer data)
{
  cot_findings_panel_set_case (self->panel, self->refused.bundle);
  wait_for (self, REFUSAL);
  cot_findings_panel_set_case (self->panel, self->quiet.bundle);
  g_assert_null (find (GTK_WIDGET (self->panel), REFUSAL));
  wait_for (self, QUIET);
  g_assert_null (find (GTK_WIDGET (self->panel), REFUSAL));
  cot_findings_panel_set_case (self->panel, NULL);
  g_assert_null (find (GTK_WIDGET (self->panel), QUIET));
}

static void
test_journeys (Panel *self, gconstpointer data)
{
  cot_findings_panel_set_case (self->panel, self->quiet.bundle);
  cot_findings_panel_show_guide (self->panel, "no-such-detector");
  wait_for (self, JOURNEY);
  wait_for (self, "milestones seen");
  cot_findings_panel_set_case (self->panel, self->refused.bundle);
  g_assert_null (find (GTK_WIDGET (self->panel), "milestones seen"));
}

/* Who comes back finds what was there, without waiting; but not of what was closed. */
static void
test_comes_back (Panel *self, gconstpointer data)
{
  GtkWidget *label;

  cot_findings_panel_set_case (self->panel, self->refused.bundle);
  label = g_object_ref (wait_for (self, REFUSAL));
  cot_findings_panel_set_case (self->panel, self->quiet.bundle);
  wait_for (self, QUIET);
  cot_findings_panel_set_case (self->panel, self->refused.bundle);
  g_assert_true (find (GTK_WIDGET (self->panel), REFUSAL) == label);
  cot_findings_panel_forget_case (self->panel, self->refused.bundle);
  g_assert_true (find (GTK_WIDGET (self->panel), REFUSAL) == label);
  cot_findings_panel_set_case (self->panel, self->quiet.bundle);
  g_assert_null (gtk_widget_get_root (label));
  g_object_unref (label);
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
  g_test_add ("/findings-panel/nothing-of-another", Panel, NULL, set_up_panel,
              test_nothing_of_another, tear_down_panel);
  g_test_add ("/findings-panel/journeys", Panel, NULL, set_up_panel, test_journeys,
              tear_down_panel);
  g_test_add ("/findings-panel/comes-back", Panel, NULL, set_up_panel, test_comes_back,
              tear_down_panel);
  return g_test_run ();
}
