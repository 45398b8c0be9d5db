/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-practice-dialog.h"

#include <glib/gi18n.h>

#include "cot-dialog-window.h"
#include "cot-escape.h"
#include "cot-names.h"
#include "cot-practice.h"
#include "cot-text-label.h"

#define WIDTH_PX 560
#define HEIGHT_PX 620

typedef struct
{
  GtkWindow *window;
  GtkWidget *box;
  GCancellable *cancellable;
  CotPracticeChosen chosen;
  gpointer data;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_free (self);
}

const char *
cot_practice_get_level_name (guint level)
{
  switch (level)
    {
    case 1:
      return _("Easy");
    case 2:
      return _("Medium");
    default:
      return _("Hard");
    }
}

char *
cot_practice_dup_points (guint score)
{
  /* Translators: "80 of 100 points" */
  return g_strdup_printf (_("%u of %u points"), score, COT_EXERCISE_FULL_SCORE);
}

static void
on_activated (AdwActionRow *row, gpointer data)
{
  Dialog *self = data;
  CotPracticeChosen chosen = self->chosen;
  gpointer chosen_data = self->data;
  g_autoptr (CotScenario) scenario
      = cot_scenario_ref (g_object_get_data (G_OBJECT (row), "scenario"));

  gtk_window_destroy (self->window);
  chosen (scenario, chosen_data);
}

static char *
dup_subtitle (CotScenario *scenario, CotPracticeState state, guint score)
{
  const char *level = cot_practice_get_level_name (scenario->level);
  g_autofree char *points = NULL;

  if (state == COT_PRACTICE_NEW)
    return g_strdup_printf ("%s · %s", level, _("Not done yet"));
  if (state == COT_PRACTICE_SHOWN)
    return g_strdup_printf ("%s · %s", level, _("Answer shown, not solved yet"));
  points = cot_practice_dup_points (score);
  /* Translators: how hard it is, and "80 of 100 points" */
  return g_strdup_printf (_("%s · Solved, %s"), level, points);
}

/* A tick is for what was solved. */
static GtkWidget *
make_icon (CotPracticeState state)
{
  static const char *const names[] = {
    [COT_PRACTICE_NEW] = "cot-practice-symbolic",
    [COT_PRACTICE_SHOWN] = "dialog-information-symbolic",
    [COT_PRACTICE_SOLVED] = "object-select-symbolic",
  };
  GtkWidget *icon = gtk_image_new_from_icon_name (names[state]);

  gtk_widget_add_css_class (icon, state == COT_PRACTICE_SOLVED ? "success" : "secondary-text");
  return icon;
}

static GtkWidget *
make_row (Dialog *self, CotScenario *scenario)
{
  GtkWidget *row = adw_action_row_new ();
  guint score;
  CotPracticeState state = cot_practice_get_state (scenario->id, &score);
  g_autofree char *subtitle = dup_subtitle (scenario, state, score);

  g_object_set (row, "use-markup", FALSE, "title", scenario->title, "subtitle", subtitle,
                "title-lines", 0, "activatable", TRUE, NULL);
  cot_names_set_row (row, NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), make_icon (state));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_data_full (G_OBJECT (row), "scenario", cot_scenario_ref (scenario),
                          (GDestroyNotify) cot_scenario_unref);
  g_signal_connect (row, "activated", G_CALLBACK (on_activated), self);
  return row;
}

static void
append_problems (Dialog *self, GPtrArray *problems)
{
  if (problems->len == 0)
    return;
  gtk_box_append (GTK_BOX (self->box),
                  cot_text_label_new (_("These scenarios were left out. Correct their files, "
                                        "and open this list again:"),
                                      "heading"));
  for (guint i = 0; i < problems->len; i++)
    gtk_box_append (GTK_BOX (self->box),
                    cot_text_label_new (g_ptr_array_index (problems, i), "secondary-text"));
}

static void
fill (Dialog *self, CotScenarioList *list)
{
  GtkWidget *rows = gtk_list_box_new ();
  g_autofree char *costs
      /* Translators: the numbers are points */
      = g_strdup_printf (_("Each scenario begins with %d points. A wrong answer costs %d, a hint "
                           "%d."),
                         COT_EXERCISE_FULL_SCORE, COT_EXERCISE_WRONG_COST, COT_EXERCISE_HINT_COST);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  gtk_box_append (GTK_BOX (self->box),
                  cot_text_label_new (_("Find the line that is the cause in the logs of a made-up "
                                        "device. The findings wait until you have answered."),
                                      NULL));
  gtk_box_append (GTK_BOX (self->box), cot_text_label_new (costs, "secondary-text"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (rows), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (rows, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (rows), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Scenarios"), -1);
  for (guint i = 0; i < list->scenarios->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (rows),
                         make_row (self, g_ptr_array_index (list->scenarios, i)));
  if (list->scenarios->len > 0)
    gtk_box_append (GTK_BOX (self->box), rows);
  else
    gtk_box_append (GTK_BOX (self->box),
                    cot_text_label_new (_("No scenario was found. Install Cotrace as a whole, or "
                                          "put scenarios of your own into "
                                          "~/.local/share/cotrace/practice."),
                                        NULL));
  append_problems (self, list->problems);
  gtk_widget_child_focus (rows, GTK_DIR_TAB_FORWARD);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CotScenarioList) list = cot_scenario_list_read_finish (result, NULL);

  /* Without one the dialog is gone. */
  if (list != NULL)
    fill (data, list);
}

void
cot_practice_dialog_present (GtkWindow *parent, CotPracticeChosen chosen, gpointer data)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  g_auto (GStrv) folders = cot_practice_dup_folders ();
  Dialog *self = g_new0 (Dialog, 1);

  self->window = GTK_WINDOW (window);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->cancellable = g_cancellable_new ();
  self->chosen = chosen;
  self->data = data;
  g_object_set_data_full (G_OBJECT (window), "dialog", self, dialog_free);
  gtk_window_set_title (self->window, _("Practice"));
  gtk_window_set_transient_for (self->window, parent);
  gtk_window_set_modal (self->window, TRUE);
  gtk_window_set_destroy_with_parent (self->window, TRUE);
  cot_dialog_window_set_size (self->window, parent, WIDTH_PX, HEIGHT_PX);
  gtk_widget_add_css_class (header, "flat");
  gtk_widget_add_css_class (self->box, "panel-page");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->box);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (content), header);
  gtk_box_append (GTK_BOX (content), scroller);
  adw_window_set_content (ADW_WINDOW (window), content);
  cot_escape_closes (window);
  cot_scenario_list_read_async ((const char *const *) folders, self->cancellable, on_read, self);
  gtk_window_present (self->window);
}
