/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-practice-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "cot-finding-card.h"
#include "cot-names.h"
#include "cot-practice-dialog.h"
#include "cot-text-label.h"

#define NO_CHOICE G_MAXUINT
/* Texts that wrap get their height only when they know their width. */
#define FRAMES_TO_SETTLE 4

enum
{
  GO_TO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _CotPracticePage
{
  GtkWidget parent_instance;

  CotCase *a_case; /* (nullable): with an exercise */
  CotExercise *exercise; /* (nullable) */
  CotExerciseStage shown_stage;
  guint choice; /* the step that is marked */
  guint answer; /* the wrong one that was given a moment ago; NO_CHOICE */
  GHashTable *parts; /* name to widget: where the focus can go back to */
  GtkWidget *check; /* (nullable): the button that answers with the choice */

  guint n_hints; /* that are shown */
  char *told; /* (nullable): of the last answer, to a screen reader */
  gboolean is_new; /* the exercise: what was answered before is no news */
  GtkWidget *new_first; /* (nullable): of what is new on the page, */
  GtkWidget *new_last; /* (nullable): to this one; to be scrolled to */
  guint n_frames; /* until all parts have their places */
  guint scrolling; /* tick callback */

  GtkWidget *content;
  GtkWidget *scroller;
  GtkWidget *box;
  GtkWidget *actions; /* below it: what can be done stands in one place, whatever is above */
};

G_DEFINE_FINAL_TYPE (CotPracticePage, cot_practice_page, GTK_TYPE_WIDGET)

static GtkWidget *
append (CotPracticePage *self, GtkWidget *child)
{
  gtk_box_append (GTK_BOX (self->box), child);
  return child;
}

/* What the learner has to read now is to be seen, however small the window is. */
static void
set_new (CotPracticePage *self, GtkWidget *first, GtkWidget *last)
{
  self->new_first = first;
  self->new_last = last;
}

static void
append_action (CotPracticePage *self, GtkWidget *child)
{
  gtk_box_append (GTK_BOX (self->actions), child);
}

/* Two beside each other, of one width. */
static void
append_actions (CotPracticePage *self, GtkWidget *first, GtkWidget *second)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  gtk_box_append (GTK_BOX (row), first);
  if (second != NULL)
    gtk_box_append (GTK_BOX (row), second);
  append_action (self, row);
}

/* The page is made anew with each answer; who had the focus gets it back by name. */
static void
name_part (CotPracticePage *self, GtkWidget *widget, const char *name)
{
  gtk_widget_set_name (widget, name);
  g_hash_table_insert (self->parts, g_strdup (name), widget);
}

static GtkWidget *
make_button (CotPracticePage *self, const char *label, const char *name, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  GtkWidget *child = gtk_button_get_child (GTK_BUTTON (button));

  cot_text_label_set_wrapping (GTK_LABEL (child), NULL);
  gtk_label_set_justify (GTK_LABEL (child), GTK_JUSTIFY_CENTER);
  gtk_widget_set_hexpand (button, TRUE);
  if (action != NULL)
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  name_part (self, button, name);
  return button;
}

static GtkWidget *
make_line (const char *icon_name, const char *css_class, const char *text)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);
  GtkWidget *label = cot_text_label_new (text, css_class);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (icon, css_class);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), label);
  return line;
}

static void
append_score (CotPracticePage *self)
{
  guint score = cot_exercise_get_score (self->exercise);
  g_autofree char *points = cot_practice_dup_points (score);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *word = gtk_label_new (_("Score"));
  GtkWidget *label = gtk_label_new (points);
  GtkWidget *bar = gtk_level_bar_new_for_interval (0, COT_EXERCISE_FULL_SCORE);

  gtk_label_set_xalign (GTK_LABEL (word), 0);
  gtk_widget_set_hexpand (word, TRUE);
  gtk_widget_add_css_class (word, "heading");
  gtk_widget_add_css_class (label, "numeric");
  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), score);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, points, -1);
  /* Nothing here is low or high: it is one amount. */
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_FULL);
  gtk_box_append (GTK_BOX (line), word);
  gtk_box_append (GTK_BOX (line), label);
  append (self, line);
  append (self, bar);
}

/* Whoever wrote the scenario tries it. */
static void
append_problem (CotPracticePage *self)
{
  g_autofree char *problem = cot_exercise_dup_problem (self->exercise);
  g_autofree char *text = NULL;

  if (problem == NULL)
    return;
  /* Translators: a file, a line of it, and what is wrong there */
  text = g_strdup_printf (_("This scenario has a mistake. Correct it, and open it again: %s"),
                          problem);
  append (self, make_line ("dialog-warning-symbolic", "warning", text));
}

static void
append_head (CotPracticePage *self, CotScenario *scenario)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *level = gtk_label_new (cot_practice_get_level_name (scenario->level));
  GtkWidget *kind = gtk_label_new (_("Practice"));
  GtkWidget *end = gtk_button_new_with_label (_("End"));

  gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name ("cot-practice-symbolic"));
  gtk_widget_add_css_class (kind, "card-kind");
  gtk_box_append (GTK_BOX (line), kind);
  gtk_widget_add_css_class (level, "secondary-text");
  gtk_label_set_xalign (GTK_LABEL (level), 0);
  gtk_widget_set_hexpand (level, TRUE);
  gtk_box_append (GTK_BOX (line), level);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (end), "practice.end");
  gtk_widget_set_tooltip_text (end, _("End practice and close these logs"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (end), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("End practice"), -1);
  name_part (self, end, "end");
  gtk_box_append (GTK_BOX (line), end);
  append (self, line);
  append (self, cot_text_label_new (scenario->title, "title-4"));
  append (self, cot_text_label_new (scenario->story, NULL));
  append_problem (self);
}

static void
on_hint (CotPracticePage *self)
{
  cot_exercise_take_hint (self->exercise);
}

static void
on_give_up (CotPracticePage *self)
{
  cot_exercise_give_up (self->exercise);
}

static void
on_nothing (CotPracticePage *self)
{
  cot_exercise_answer_line (self->exercise, NULL, 0);
}

static void
append_hints (CotPracticePage *self)
{
  const GPtrArray *hints = cot_exercise_get_hints (self->exercise);
  guint n = cot_exercise_get_n_hints (self->exercise);
  GtkWidget *line = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text
          = g_strdup_printf ("%u. %s", i + 1, (char *) g_ptr_array_index (hints, i));

      line = append (self, make_line ("dialog-information-symbolic", "secondary-text", text));
    }
  if (line != NULL && (n > self->n_hints || self->new_last == NULL))
    set_new (self, line, line);
  self->n_hints = n;
}

/* What both cost stands on them. */
static void
append_help (CotPracticePage *self)
{
  gboolean has_more
      = cot_exercise_get_n_hints (self->exercise) < cot_exercise_get_hints (self->exercise)->len;
  g_autofree char *label
      /* Translators: a button; the number is what it costs */
      = has_more ? g_strdup_printf (_("Hint (−%d points)"), COT_EXERCISE_HINT_COST)
                 : g_strdup (_("No More Hints"));
  GtkWidget *hint = make_button (self, label, "hint", NULL);
  /* Translators: a button; it costs all points */
  GtkWidget *show = make_button (self, _("Show Me (0 points left)"), "show", NULL);

  gtk_widget_set_sensitive (hint, has_more);
  gtk_widget_set_tooltip_text (show, _("Ends the exercise without points and shows the answer"));
  g_signal_connect_swapped (hint, "clicked", G_CALLBACK (on_hint), self);
  g_signal_connect_swapped (show, "clicked", G_CALLBACK (on_give_up), self);
  append_actions (self, hint, show);
}

/* Nobody shall find out by losing them what points an answer costs. */
static char *
dup_costs (CotScenario *scenario)
{
  /* Translators: the numbers are points */
  return scenario->hints->len + scenario->step_hints->len > 0
             ? g_strdup_printf (_("Each wrong answer costs %d points, each hint %d."),
                                COT_EXERCISE_WRONG_COST, COT_EXERCISE_HINT_COST)
             : g_strdup_printf (_("Each wrong answer costs %d points."), COT_EXERCISE_WRONG_COST);
}

/* (nullable): what the line is that was taken for the cause. */
static const char *
get_line_text (CotExercise *exercise)
{
  switch (cot_exercise_get_line (exercise))
    {
    case COT_EXERCISE_LINE_ORDINARY:
      return _("That line is an ordinary one: it tells of no trouble.");
    case COT_EXERCISE_LINE_STATE:
      return _("That line says how things stand, or what was done. It may come from a real "
               "problem, but it is not the cause.");
    case COT_EXERCISE_LINE_NORMAL:
      return _("That line is normal, even if it looks bad: healthy devices write it, too.");
    case COT_EXERCISE_LINE_WELL:
      return _("That line is a good sign: something worked.");
    case COT_EXERCISE_LINE_OVER:
      return _("What that line tells of is over: later lines say so.");
    case COT_EXERCISE_LINE_BARE:
      return _("That line tells of a real problem, but it only says that something is wrong, not "
               "why.");
    case COT_EXERCISE_LINE_RESULT:
      return _("That line is a result: something else led to it. Look for what came before, in the "
               "other logs as well.");
    case COT_EXERCISE_LINE_EARLIER:
      return _("That line is an earlier sign: it was not the end, the log goes on. Look at what "
               "came later.");
    case COT_EXERCISE_LINE_OTHER:
      return _("That line tells of a real problem, but of another one: it does not explain what "
               "the task asks.");
    case COT_EXERCISE_LINE_NEAR:
      return _("That line belongs to the failure, but another line says why.");
    case COT_EXERCISE_LINE_UNKNOWN:
    default:
      return NULL;
    }
}

static const char *
get_wrong_text (CotExercise *exercise)
{
  return cot_exercise_get_said_none (exercise)
             ? _("One line tells why it is as it is. Look on, or take a hint.")
             : _("That is not it. Look on, or take a hint.");
}

static void
append_wrong_line (CotPracticePage *self)
{
  const char *text = get_line_text (self->exercise);

  append_action (self, make_line ("dialog-warning-symbolic", "warning",
                                  get_wrong_text (self->exercise)));
  if (text != NULL)
    append_action (self, cot_text_label_new (text, NULL));
}

static void
append_line_question (CotPracticePage *self, CotScenario *scenario)
{
  g_autofree char *costs = dup_costs (scenario);
  GtkWidget *line = make_button (self, _("This Line Is the Cause"), "line", "practice.line");
  GtkWidget *nothing = make_button (self, _("No Line Is the Cause"), "nothing", NULL);

  append (self, cot_text_label_new (_("Which line is the cause?"), "heading"));
  append (self, cot_text_label_new (_("Select a line in one of the logs (F9 lists them), then "
                                      "press the button or Ctrl+M. The findings wait until you "
                                      "have answered."),
                                    "secondary-text"));
  append (self, cot_text_label_new (costs, "secondary-text"));
  gtk_widget_add_css_class (line, "suggested-action");
  gtk_widget_set_sensitive (nothing, cot_exercise_get_ready (self->exercise));
  g_signal_connect_swapped (nothing, "clicked", G_CALLBACK (on_nothing), self);
  if (cot_exercise_get_verdict (self->exercise) == COT_EXERCISE_WRONG)
    append_wrong_line (self);
  append_actions (self, line, nothing);
}

static void
on_choice_toggled (GtkCheckButton *button, gpointer data)
{
  CotPracticePage *self = COT_PRACTICE_PAGE (data);

  if (!gtk_check_button_get_active (button))
    return;
  self->choice = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index"));
  gtk_widget_set_sensitive (self->check, TRUE);
}

static void
on_check (CotPracticePage *self)
{
  if (self->choice != NO_CHOICE)
    cot_exercise_answer_step (self->exercise, self->choice);
}

static GtkWidget *
append_choice (CotPracticePage *self, CotScenario *scenario, guint index, GtkWidget *group)
{
  const CotScenarioStep *step = g_ptr_array_index (scenario->steps, index);
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (step->text);
  g_autofree char *name = g_strdup_printf ("choice-%u", index);
  gboolean tried = cot_exercise_was_step_tried (self->exercise, index);
  GtkWidget *line = NULL;

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  cot_text_label_set_wrapping (GTK_LABEL (label), NULL);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  step->text, -1);
  if (group != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), GTK_CHECK_BUTTON (group));
  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (index));
  gtk_widget_set_sensitive (button, !tried);
  name_part (self, button, name);
  append (self, button);
  if (tried)
    line = append (self, make_line ("dialog-warning-symbolic", "warning", step->why));
  if (tried && index == self->answer)
    set_new (self, button, line);
  if (index == self->choice && !tried)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (button), TRUE);
  g_signal_connect (button, "toggled", G_CALLBACK (on_choice_toggled), self);
  return button;
}

static const char *
get_right_text (CotScenario *scenario)
{
  return scenario->causes->len > 0 ? _("Right: that is the line.")
                                   : _("Right: nothing here is broken.");
}

static void
append_step_question (CotPracticePage *self, CotScenario *scenario)
{
  GtkWidget *group = NULL;
  GtkWidget *right = append (
      self, make_line ("object-select-symbolic", "success", get_right_text (scenario)));

  self->answer = NO_CHOICE;
  if (self->choice != NO_CHOICE && cot_exercise_was_step_tried (self->exercise, self->choice))
    {
      self->answer = self->choice;
      self->choice = NO_CHOICE;
    }
  append (self, cot_text_label_new (_("What do you do next?"), "heading"));
  self->check = make_button (self, _("Check My Choice"), "check", NULL);
  for (guint i = 0; i < scenario->steps->len; i++)
    {
      GtkWidget *button = append_choice (self, scenario, i, group);

      if (group == NULL)
        group = button;
    }
  if (self->shown_stage == COT_EXERCISE_FIND_LINE)
    set_new (self, right, gtk_widget_get_last_child (self->box));
  gtk_widget_add_css_class (self->check, "suggested-action");
  gtk_widget_set_sensitive (self->check, self->choice != NO_CHOICE);
  g_signal_connect_swapped (self->check, "clicked", G_CALLBACK (on_check), self);
  append_actions (self, self->check, NULL);
}

static void
on_go_to (CotPracticePage *self, CotLog *log, guint64 ordinal)
{
  g_signal_emit (self, signals[GO_TO], 0, log, ordinal);
}

static void
on_show_cause (CotPracticePage *self)
{
  CotLog *log;
  guint64 ordinal;

  if (cot_exercise_get_cause (self->exercise, &log, &ordinal))
    on_go_to (self, log, ordinal);
}

static void
append_right_step (CotPracticePage *self, CotScenario *scenario)
{
  append (self, cot_text_label_new (_("What to do next"), "heading"));
  for (guint i = 0; i < scenario->steps->len; i++)
    {
      const CotScenarioStep *step = g_ptr_array_index (scenario->steps, i);

      if (!step->right)
        continue;
      append (self, cot_text_label_new (step->text, NULL));
      append (self, cot_text_label_new (step->why, "secondary-text"));
    }
}

static const char *
get_end_text (CotExercise *exercise)
{
  return cot_exercise_get_given_up (exercise) ? _("This is the answer") : _("Solved");
}

static void
append_answer (CotPracticePage *self, CotScenario *scenario)
{
  CotFinding *finding = cot_exercise_get_finding (self->exercise);
  gboolean given_up = cot_exercise_get_given_up (self->exercise);
  GtkWidget *next = make_button (self, _("Next Scenario"), "next", "practice.next");
  GtkWidget *cause = NULL;
  CotLog *log;
  guint64 ordinal;

  append (self, make_line (given_up ? "dialog-information-symbolic" : "object-select-symbolic",
                           given_up ? "secondary-text" : "success",
                           get_end_text (self->exercise)));
  gtk_widget_add_css_class (next, "suggested-action");
  append_actions (self, next, make_button (self, _("Try Again"), "again", "practice.again"));
  append (self, cot_text_label_new (_("What it was"), "heading"));
  append (self, cot_text_label_new (scenario->reveal, NULL));
  if (cot_exercise_get_cause (self->exercise, &log, &ordinal))
    {
      cause = make_button (self, _("Show the Line"), "cause", NULL);
      g_signal_connect_swapped (cause, "clicked", G_CALLBACK (on_show_cause), self);
    }
  append_actions (self, make_button (self, _("All Scenarios…"), "list", "practice.list"), cause);
  append_right_step (self, scenario);
  if (finding != NULL)
    {
      GtkWidget *card = cot_finding_card_new (self->a_case, finding, TRUE);

      g_signal_connect_swapped (card, "go-to", G_CALLBACK (on_go_to), self);
      append (self, cot_text_label_new (_("What Cotrace says about the line"), "heading"));
      append (self, card);
    }
}

/* (transfer full) (nullable): the name of the part that has the focus. */
static char *
dup_focused_name (CotPracticePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, self->content))
    return NULL;
  return g_strdup (gtk_widget_get_name (focus));
}

/* To where it was, else to what is to be done now. */
static void
restore_focus (CotPracticePage *self, const char *name)
{
  static const char *const fallbacks[] = { "line", "choice-0", "choice-1", "next", "end" };
  GtkWidget *widget = g_hash_table_lookup (self->parts, name);

  for (guint i = 0; i < G_N_ELEMENTS (fallbacks)
                    && (widget == NULL || !gtk_widget_is_sensitive (widget));
       i++)
    widget = g_hash_table_lookup (self->parts, fallbacks[i]);
  if (widget != NULL)
    gtk_widget_grab_focus (widget);
}

static void
clear (CotPracticePage *self)
{
  GtkWidget *child;

  self->check = NULL;
  set_new (self, NULL, NULL);
  g_hash_table_remove_all (self->parts);
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  while ((child = gtk_widget_get_first_child (self->actions)) != NULL)
    gtk_box_remove (GTK_BOX (self->actions), child);
}

static GtkAdjustment *
get_adjustment (CotPracticePage *self)
{
  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
}

/* Its begin is what counts where it is higher than the window. */
static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  CotPracticePage *self = COT_PRACTICE_PAGE (widget);
  GtkAdjustment *adjustment = get_adjustment (self);
  GtkWidget *viewport = gtk_widget_get_parent (self->box);
  graphene_rect_t first;
  graphene_rect_t last;

  if (self->new_last != NULL && gtk_widget_compute_bounds (self->new_first, viewport, &first)
      && gtk_widget_compute_bounds (self->new_last, viewport, &last))
    {
      int spacing = gtk_box_get_spacing (GTK_BOX (self->box));
      double start = gtk_adjustment_get_value (adjustment) + first.origin.y - spacing;
      double height = last.origin.y + last.size.height - first.origin.y + 2 * spacing;

      gtk_adjustment_clamp_page (
          adjustment, start, start + MIN (height, gtk_adjustment_get_page_size (adjustment)));
    }
  if (self->new_last != NULL && --self->n_frames > 0)
    return G_SOURCE_CONTINUE;
  self->scrolling = 0;
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (viewport), TRUE);
  return G_SOURCE_REMOVE;
}

/* Before the focus is set: what has it is not what is new, and does not move the page. */
static void
scroll_to_new (CotPracticePage *self)
{
  if (self->new_last == NULL)
    return;
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (gtk_widget_get_parent (self->box)), FALSE);
  self->n_frames = FRAMES_TO_SETTLE;
  if (self->scrolling == 0)
    self->scrolling = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_frame, NULL, NULL);
}

/* (transfer full) (nullable): what was answered to the answer of a moment ago. What is wrong with a
 * line comes later, so it stands last. */
static char *
dup_answer (CotPracticePage *self, CotScenario *scenario, CotExerciseStage stage)
{
  g_autofree char *points = cot_practice_dup_points (cot_exercise_get_score (self->exercise));
  const char *first = NULL;
  const char *more = NULL;

  if (stage == COT_EXERCISE_DONE)
    {
      first = get_end_text (self->exercise);
      more = scenario->reveal;
    }
  else if (stage == COT_EXERCISE_FIND_LINE
           && cot_exercise_get_verdict (self->exercise) == COT_EXERCISE_WRONG)
    {
      first = get_wrong_text (self->exercise);
      more = get_line_text (self->exercise);
    }
  else if (stage != COT_EXERCISE_FIND_LINE && self->answer != NO_CHOICE)
    {
      first = ((CotScenarioStep *) g_ptr_array_index (scenario->steps, self->answer))->why;
    }
  else if (stage != COT_EXERCISE_FIND_LINE && self->shown_stage == COT_EXERCISE_FIND_LINE)
    {
      first = get_right_text (scenario);
      more = _("What do you do next?");
    }
  return first != NULL ? g_strjoin ("\n", first, points, more, NULL) : NULL;
}

/* It stands in labels, where the focus is not. */
static void
announce (CotPracticePage *self, CotScenario *scenario, CotExerciseStage stage, gboolean has_hint)
{
  g_autofree char *before = g_steal_pointer (&self->told);
  const char *news;

  self->told = dup_answer (self, scenario, stage);
  if (self->is_new)
    return;
  if (has_hint)
    news = g_ptr_array_index (cot_exercise_get_hints (self->exercise), self->n_hints - 1);
  else if (self->told == NULL || g_strcmp0 (self->told, before) == 0)
    return;
  else if (before != NULL && g_str_has_prefix (self->told, before))
    news = self->told + strlen (before) + strlen ("\n");
  else
    news = self->told;
  cot_names_announce (GTK_WIDGET (self), news);
}

static void
rebuild (CotPracticePage *self)
{
  guint n_hints = self->n_hints;
  g_autofree char *focused = dup_focused_name (self);
  CotScenario *scenario;
  CotExerciseStage stage;

  clear (self);
  if (self->exercise == NULL)
    return;
  scenario = cot_exercise_get_scenario (self->exercise);
  stage = cot_exercise_get_stage (self->exercise);
  append_head (self, scenario);
  append_score (self);
  if (stage == COT_EXERCISE_DONE)
    {
      append_answer (self, scenario);
    }
  else
    {
      if (stage == COT_EXERCISE_FIND_LINE)
        append_line_question (self, scenario);
      else
        append_step_question (self, scenario);
      append_hints (self);
      append_help (self);
    }
  scroll_to_new (self);
  if (focused != NULL)
    restore_focus (self, focused);
  announce (self, scenario, stage, stage != COT_EXERCISE_DONE && self->n_hints > n_hints);
  if (stage != self->shown_stage)
    gtk_adjustment_set_value (get_adjustment (self), 0);
  self->shown_stage = stage;
}

/* Only what stands at the end shows findings. */
static void
on_findings_changed (CotPracticePage *self)
{
  if (self->exercise != NULL && cot_exercise_get_stage (self->exercise) == COT_EXERCISE_DONE)
    rebuild (self);
}

static void
let_go (CotPracticePage *self)
{
  if (self->a_case != NULL)
    g_signal_handlers_disconnect_by_data (self->a_case, self);
  if (self->exercise != NULL)
    g_signal_handlers_disconnect_by_data (self->exercise, self);
  g_clear_object (&self->exercise);
  g_clear_object (&self->a_case);
}

/**
 * cot_practice_page_set_case:
 * @a_case: (nullable): whose exercise is shown, where it has one
 */
void
cot_practice_page_set_case (CotPracticePage *self, CotCase *a_case)
{
  CotExercise *exercise = a_case != NULL ? cot_case_get_exercise (a_case) : NULL;

  g_return_if_fail (COT_IS_PRACTICE_PAGE (self));

  if (exercise == self->exercise)
    return;
  let_go (self);
  self->choice = self->answer = NO_CHOICE;
  self->n_hints = 0;
  if (exercise != NULL)
    {
      self->a_case = g_object_ref (a_case);
      self->exercise = g_object_ref (exercise);
      g_signal_connect_swapped (exercise, "changed", G_CALLBACK (rebuild), self);
      g_signal_connect_swapped (a_case, "findings-changed", G_CALLBACK (on_findings_changed),
                                self);
    }
  self->is_new = TRUE;
  rebuild (self);
  self->is_new = FALSE;
}

static void
cot_practice_page_dispose (GObject *object)
{
  CotPracticePage *self = COT_PRACTICE_PAGE (object);

  let_go (self);
  set_new (self, NULL, NULL);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->parts, g_hash_table_unref);
  g_clear_pointer (&self->told, g_free);

  G_OBJECT_CLASS (cot_practice_page_parent_class)->dispose (object);
}

static void
cot_practice_page_class_init (CotPracticePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_practice_page_dispose;
  signals[GO_TO]
      = g_signal_new ("go-to", COT_TYPE_PRACTICE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, COT_TYPE_LOG, G_TYPE_UINT64);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "practicepage");
}

static void
cot_practice_page_init (CotPracticePage *self)
{
  self->choice = self->answer = NO_CHOICE;
  self->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->scroller = gtk_scrolled_window_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->box, "panel-page");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->box);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  self->actions = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->actions, "panel-page");
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->content), self->scroller);
  gtk_box_append (GTK_BOX (self->content), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (self->content), self->actions);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

GtkWidget *
cot_practice_page_new (void)
{
  return g_object_new (COT_TYPE_PRACTICE_PAGE, NULL);
}
