/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include <glib/gi18n.h>

#include "cot-practice-dialog.h"
#include "cot-practice.h"

/* The logs of a scenario are opened as any bundle; the exercise on their case makes it practice.
 * All that belongs to it goes with the case. */

static CotExercise *
get_exercise (CotWindow *self)
{
  return self->current_case != NULL ? cot_case_get_exercise (self->current_case) : NULL;
}

static void
set_enabled (CotWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (self->practice_actions, name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/**
 * cot_window_update_practice:
 *
 * What can be done in the exercise of the current case, if it has one.
 */
void
cot_window_update_practice (CotWindow *self)
{
  CotExercise *exercise = get_exercise (self);

  set_enabled (self, "line",
               exercise != NULL && cot_exercise_get_ready (exercise)
                   && cot_exercise_get_stage (exercise) == COT_EXERCISE_FIND_LINE);
  set_enabled (self, "next", exercise != NULL);
  set_enabled (self, "again", exercise != NULL);
  set_enabled (self, "end", exercise != NULL);
}

/* Once it is done: the score is kept, and the line is shown as soon as it is known. */
static void
on_exercise_changed (CotExercise *exercise, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  CotScenario *scenario = cot_exercise_get_scenario (exercise);
  CotLog *log;
  guint64 ordinal;

  cot_window_update_practice (self);
  if (cot_exercise_get_stage (exercise) != COT_EXERCISE_DONE)
    return;
  if (cot_exercise_get_given_up (exercise))
    cot_practice_note_shown (scenario->id);
  else
    cot_practice_note_solved (scenario->id, cot_exercise_get_score (exercise));
  cot_findings_panel_update_exercise (COT_FINDINGS_PANEL (self->panel));
  if (exercise != get_exercise (self) || g_object_get_data (G_OBJECT (exercise), "shown") != NULL
      || !cot_exercise_get_cause (exercise, &log, &ordinal))
    return;
  g_object_set_data (G_OBJECT (exercise), "shown", GINT_TO_POINTER (TRUE));
  cot_window_go_to (self, self->current_case, log, ordinal);
}

/**
 * cot_window_start_practice:
 * @a_case: what was just opened
 * @scenario: what it was opened for
 *
 * Makes practice of it, before anything of it is shown.
 */
void
cot_window_start_practice (CotWindow *self, CotCase *a_case, CotScenario *scenario)
{
  CotExercise *exercise = cot_exercise_start (a_case, scenario);

  /* In the end the line of the answer is shown, not that of the headline. */
  g_hash_table_add (self->introduced, a_case);
  g_signal_connect_object (exercise, "changed", G_CALLBACK (on_exercise_changed), self, 0);
  if (!gtk_widget_get_visible (self->panel))
    cot_window_set_panel_shown (self, TRUE);
}

/**
 * cot_window_add_practice_menu:
 * @menu: the menu of the rows of a log
 *
 * The answer stands in there, too.
 */
void
cot_window_add_practice_menu (GMenu *menu)
{
  g_autoptr (GMenuItem) item = NULL;

  item = g_menu_item_new (_("This _Line Is the Cause"), "practice.line");
  g_menu_item_set_attribute (item, "hidden-when", "s", "action-disabled");
  g_menu_append_item (menu, item);
}

/* One exercise at a time. */
static void
end_practice (CotWindow *self)
{
  for (guint i = self->bundles->len; i > 0; i--)
    {
      CotCase *a_case = g_ptr_array_index (self->bundles, i - 1);

      if (cot_case_get_exercise (a_case) != NULL)
        cot_window_close_bundle (self, a_case);
    }
}

static void
open_scenario (CotWindow *self, CotScenario *scenario)
{
  end_practice (self);
  cot_window_open_practice (self, scenario);
}

static void
on_chosen (CotScenario *scenario, gpointer data)
{
  open_scenario (COT_WINDOW (data), scenario);
}

static void
on_list (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cot_practice_dialog_present (GTK_WINDOW (data), on_chosen, data);
}

static void
on_line (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  CotExercise *exercise = get_exercise (self);
  guint64 ordinal;
  CotLog *log = self->page != NULL ? cot_log_page_get_selected_entry (self->page, &ordinal) : NULL;

  if (exercise == NULL)
    return;
  if (log == NULL)
    cot_window_show_toast (self, _("Select a line in a log first"));
  else
    {
      /* Right or wrong, and what it cost, is said in there. */
      if (!gtk_widget_get_visible (self->panel))
        cot_window_set_panel_shown (self, TRUE);
      cot_exercise_answer_line (exercise, log, ordinal);
    }
}

/* (nullable) (transfer none) */
static CotScenario *
find_scenario (CotScenarioList *list, const char *id)
{
  for (guint i = 0; i < list->scenarios->len; i++)
    {
      CotScenario *scenario = g_ptr_array_index (list->scenarios, i);

      if (g_str_equal (scenario->id, id))
        return scenario;
    }
  return NULL;
}

/* (nullable) (transfer none): the one after it, whose turn it is; the first one after the last. */
static CotScenario *
find_next (CotScenarioList *list, const char *id)
{
  guint n = list->scenarios->len;

  for (guint i = 0; i < n; i++)
    if (g_str_equal (((CotScenario *) g_ptr_array_index (list->scenarios, i))->id, id))
      return g_ptr_array_index (list->scenarios, (i + 1) % n);
  return n > 0 ? g_ptr_array_index (list->scenarios, 0) : NULL;
}

static void
on_list_read (GObject *source, GAsyncResult *result, gpointer data)
{
  CotWindow *self = data;
  g_autoptr (CotScenarioList) list = cot_scenario_list_read_finish (result, NULL);
  CotExercise *exercise;
  CotScenario *next;

  /* Cancelled: the window is gone. */
  if (list == NULL)
    return;
  exercise = get_exercise (self);
  next = exercise != NULL ? find_next (list, cot_exercise_get_scenario (exercise)->id) : NULL;
  if (next != NULL)
    open_scenario (self, next);
}

static void
read_list (CotWindow *self, GAsyncReadyCallback callback)
{
  g_auto (GStrv) folders = cot_practice_dup_folders ();

  cot_scenario_list_read_async ((const char *const *) folders, self->cancellable, callback, self);
}

static void
on_next (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  read_list (COT_WINDOW (data), on_list_read);
}

/* As it is now: whoever writes it may have corrected it. What is wrong with it the list says. */
static void
on_read_again (GObject *source, GAsyncResult *result, gpointer data)
{
  CotWindow *self = data;
  g_autoptr (CotScenarioList) list = cot_scenario_list_read_finish (result, NULL);
  CotExercise *exercise;
  CotScenario *scenario;

  if (list == NULL)
    return;
  exercise = get_exercise (self);
  if (exercise == NULL)
    return;
  scenario = find_scenario (list, cot_exercise_get_scenario (exercise)->id);
  if (scenario != NULL)
    open_scenario (self, scenario);
  else
    cot_practice_dialog_present (GTK_WINDOW (self), on_chosen, self);
}

static void
on_again (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  read_list (COT_WINDOW (data), on_read_again);
}

static void
on_end (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  end_practice (COT_WINDOW (data));
}

static const GActionEntry actions[] = {
  { .name = "list", .activate = on_list },   { .name = "line", .activate = on_line },
  { .name = "next", .activate = on_next },   { .name = "again", .activate = on_again },
  { .name = "end", .activate = on_end },
};

void
cot_window_init_practice (CotWindow *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "practice", G_ACTION_GROUP (group));
  /* The window keeps the group. */
  self->practice_actions = G_ACTION_MAP (group);
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_m, GDK_CONTROL_MASK),
                        gtk_named_action_new ("practice.line")));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  cot_window_update_practice (self);
}
