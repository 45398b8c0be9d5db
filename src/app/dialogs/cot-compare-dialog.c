/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-compare-dialog.h"

#include <glib/gi18n.h>

#include "cot-compare-rest.h"
#include "cot-dialog-window.h"
#include "cot-expected-line.h"
#include "cot-finding-sentences.h"
#include "cot-finding-text.h"
#include "cot-journey-sentences.h"
#include "cot-log-model.h"
#include "cot-text-label.h"
#include "cot-travellers.h"

#define WIDTH_PX 820
#define HEIGHT_PX 640
#define KEY "cot-compare-dialog"
#define N_SIDES 2
/* Mark, title, a column for each side, the button for both. */
#define N_COLUMNS 5

typedef struct
{
  GPtrArray *cases; /* (element-type CotCase) */
  CotCase *front;   /* (nullable) (unowned): one of them */
  CotCompareActions actions;
  gpointer data;

  GPtrArray *travellers; /* (element-type CotTraveller): what the choosers offer */
  GPtrArray *common;     /* (element-type CotJourneyReport): likewise */
  CotCase *chosen_cases[N_SIDES]; /* (nullable) (unowned): only compared */
  char *chosen_devices[N_SIDES];  /* (nullable) */
  const CotJourney *chosen_journey; /* (nullable) (unowned): likewise */
  CotJourneyComparison *comparison; /* (nullable) */
  const char *names[N_SIDES]; /* (unowned): of those that it compares */
  gboolean filling;
  guint fill_source;

  GtkWidget *choosers[N_SIDES];
  GtkWidget *journeys;
  GtkWidget *choices;
  GtkWidget *summary;
  GtkWidget *body;
  GtkWidget *part; /* (nullable) (unowned): what can have the focus where they part */
  GPtrArray *part_row; /* (element-type GtkWidget) (unowned): the step where they part */
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_clear_pointer (&self->comparison, cot_journey_comparison_free);
  g_clear_pointer (&self->common, g_ptr_array_unref);
  g_clear_pointer (&self->travellers, g_ptr_array_unref);
  g_ptr_array_unref (self->cases);
  g_ptr_array_unref (self->part_row);
  for (guint side = 0; side < N_SIDES; side++)
    g_free (self->chosen_devices[side]);
  g_free (self);
}

/* (nullable) */
static const CotTraveller *
get_traveller (Dialog *self, guint side)
{
  guint index = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->choosers[side]));

  return index < self->travellers->len ? self->travellers->pdata[index] : NULL;
}

static const CotMilestoneReport *
get_milestone (const CotJourneyStep *step, guint side)
{
  return side == 0 ? step->one : step->other;
}

static gboolean
find_place (Dialog *self, const CotJourneyStep *step, guint side, CotComparePlace *place)
{
  const CotTraveller *traveller = get_traveller (self, side);

  if (traveller == NULL)
    return FALSE;
  place->a_case = traveller->a_case;
  return cot_case_get_milestone_place (traveller->a_case, get_milestone (step, side), &place->log,
                                       &place->ordinal);
}

static const CotJourneyStep *
get_step (Dialog *self, GtkWidget *button)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "step"));

  return cot_journey_comparison_get_step (self->comparison, index);
}

static void
on_cell (GtkButton *button, Dialog *self)
{
  guint side = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "side"));
  CotComparePlace place;

  if (find_place (self, get_step (self, GTK_WIDGET (button)), side, &place))
    self->actions.go_to (&place, self->data);
}

static void
on_both (GtkButton *button, Dialog *self)
{
  const CotJourneyStep *step = get_step (self, GTK_WIDGET (button));
  CotComparePlace one, other;

  if (find_place (self, step, 0, &one) && find_place (self, step, 1, &other))
    self->actions.show_both (&one, &other, self->data);
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  cot_text_label_set_wrapping (GTK_LABEL (label), NULL);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* (nullable): how long after what was seen before it. */
static char *
dup_after (gint64 took_usec, gboolean slower)
{
  g_autofree char *duration
      = took_usec != COT_TIME_NONE ? cot_sentence_dup_duration (took_usec) : NULL;

  if (duration == NULL)
    return NULL;
  return slower
             /* Translators: a duration: so long after the milestone before it */
             ? g_strdup_printf (_("after %s, slower"), duration)
             /* Translators: a duration: so long after the milestone before it */
             : g_strdup_printf (_("after %s"), duration);
}

/* When it was seen, and how long after what was seen before it. */
static GtkWidget *
make_seen (const char *time, const char *after, gboolean slower)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *when = make_label (time, "numeric");

  gtk_widget_add_css_class (when, "link-text");
  gtk_box_append (GTK_BOX (lines), when);
  if (after != NULL)
    gtk_box_append (GTK_BOX (lines), make_label (after, slower ? "compare-slower"
                                                               : "secondary-text"));
  return lines;
}

/* What a screen reader says: the grid around it is not told. */
static char *
dup_cell_name (const CotMilestoneReport *milestone, const char *device, const char *time,
               const char *after)
{
  g_autofree char *place
      /* Translators: title of a milestone, a device, the name of a log */
      = g_strdup_printf (_("%s: %s, in %s"),
                         cot_finding_text_translate (milestone->milestone->title), device,
                         milestone->log_name);

  /* The list of parts ends at the first that is not known. */
  return time != NULL ? g_strjoin (", ", place, time, after, NULL)
                      : g_strjoin (", ", place, after, NULL);
}

static GtkWidget *
make_cell (Dialog *self, guint index, guint side)
{
  const CotJourneyStep *step = cot_journey_comparison_get_step (self->comparison, index);
  const CotMilestoneReport *milestone = get_milestone (step, side);
  gint64 took_usec = side == 0 ? step->one_took_usec : step->other_took_usec;
  gint64 other_usec = side == 0 ? step->other_took_usec : step->one_took_usec;
  gboolean slower = step->slower && took_usec > other_usec;
  g_autofree char *time = NULL;
  g_autofree char *after = NULL;
  g_autofree char *text = NULL;
  GtkWidget *cell;

  if (milestone->state != COT_MILESTONE_SEEN)
    {
      text = cot_sentence_dup_milestone_state (milestone);
      cell = make_label (text, "secondary-text");
      gtk_widget_add_css_class (cell, "compare-cell");
      gtk_widget_set_valign (cell, GTK_ALIGN_START);
      return cell;
    }
  time = milestone->time_usec != COT_TIME_NONE ? cot_time_dup_text (milestone->time_usec) : NULL;
  after = dup_after (took_usec, slower);
  text = dup_cell_name (milestone, self->names[side], time, after);
  cell = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (cell), make_seen (time != NULL ? time : milestone->log_name,
                                                      after, slower));
  gtk_widget_add_css_class (cell, "flat");
  gtk_widget_add_css_class (cell, "compare-cell");
  gtk_widget_set_valign (cell, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (cell, _("Go to this entry"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_set_data (G_OBJECT (cell), "step", GUINT_TO_POINTER (index));
  g_object_set_data (G_OBJECT (cell), "side", GUINT_TO_POINTER (side));
  g_signal_connect (cell, "clicked", G_CALLBACK (on_cell), self);
  return cell;
}

static GtkWidget *
make_both_button (Dialog *self, guint index)
{
  const CotJourneyStep *step = cot_journey_comparison_get_step (self->comparison, index);
  GtkWidget *button = gtk_button_new_from_icon_name ("view-dual-symbolic");
  /* Translators: title of a milestone */
  g_autofree char *name
      = g_strdup_printf (_("%s: show both lines side by side"),
                         cot_finding_text_translate (step->one->milestone->title));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, _("Show both lines side by side"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  g_object_set_data (G_OBJECT (button), "step", GUINT_TO_POINTER (index));
  g_signal_connect (button, "clicked", G_CALLBACK (on_both), self);
  return button;
}

/* The shape tells it without the colour. */
static GtkWidget *
make_mark (const CotJourneyStep *step, gboolean parts)
{
  const char *icon = "list-remove-symbolic";
  const char *css_class = "secondary-text";
  GtkWidget *mark;

  if (parts)
    {
      icon = "dialog-warning-symbolic";
      css_class = "cot-warning";
    }
  else if (step->kind == COT_JOURNEY_STEP_BOTH)
    {
      icon = "object-select-symbolic";
      css_class = "cot-success";
    }
  mark = gtk_image_new_from_icon_name (icon);
  gtk_widget_add_css_class (mark, css_class);
  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  step->kind == COT_JOURNEY_STEP_BOTH ? _("Both have it")
                                                                      : _("Not both have it"),
                                  -1);
  gtk_widget_add_css_class (mark, "compare-mark");
  return mark;
}

static void
append_head (Dialog *self, GtkGrid *grid)
{
  for (guint side = 0; side < N_SIDES; side++)
    {
      GtkWidget *label = make_label (self->names[side], "compare-device");

      gtk_grid_attach (grid, label, (int) side + 2, 0, 1, 1);
    }
}

static void
append_step (Dialog *self, GtkGrid *grid, guint index, int *row)
{
  const CotJourneyStep *step = cot_journey_comparison_get_step (self->comparison, index);
  gboolean parts = (int) index == self->comparison->first_difference;
  GtkWidget *title
      = make_label (cot_finding_text_translate (step->one->milestone->title),
                    parts ? "compare-part" : NULL);

  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_yalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "compare-cell");
  gtk_grid_attach (grid, make_mark (step, parts), 0, *row, 1, 1);
  gtk_grid_attach (grid, title, 1, *row, 1, 1);
  if (parts)
    g_ptr_array_add (self->part_row, title);
  for (guint side = 0; side < N_SIDES; side++)
    {
      GtkWidget *cell = make_cell (self, index, side);

      if (parts && GTK_IS_BUTTON (cell))
        self->part = cell;
      if (parts)
        g_ptr_array_add (self->part_row, cell);
      gtk_grid_attach (grid, cell, (int) side + 2, *row, 1, 1);
    }
  if (step->kind == COT_JOURNEY_STEP_BOTH)
    gtk_grid_attach (grid, make_both_button (self, index), N_COLUMNS - 1, *row, 1, 1);
  (*row)++;
}

static GtkWidget *
make_grid (Dialog *self)
{
  GtkWidget *grid = gtk_grid_new ();
  int row = 1;

  gtk_grid_set_column_spacing (GTK_GRID (grid), 9);
  gtk_widget_add_css_class (grid, "compare-grid");
  append_head (self, GTK_GRID (grid));
  for (guint i = 0; i < self->comparison->steps->len; i++)
    append_step (self, GTK_GRID (grid), i, &row);
  return grid;
}

static void
on_show_part (Dialog *self)
{
  GtkRoot *window = gtk_widget_get_root (self->body);

  /* What has the focus is scrolled to. */
  if (self->part != NULL)
    gtk_widget_grab_focus (self->part);
  /* Where it was in sight all the time, nothing else would tell which one it is. */
  gtk_window_set_focus_visible (GTK_WINDOW (window), TRUE);
  for (guint i = 0; i < self->part_row->len; i++)
    gtk_widget_add_css_class (g_ptr_array_index (self->part_row, i), "compare-shown");
}

/* Why it stopped there, as far as its logs tell: that comes before what to look for. */
static void
append_problem (Dialog *self, GtkWidget *card, guint side)
{
  const CotTraveller *lacking = get_traveller (self, side);
  GtkWidget *problem
      = cot_compare_rest_new_problem (lacking, get_traveller (self, 1 - side), &self->actions,
                                      self->data);
  g_autofree char *title = NULL;

  if (problem == NULL)
    return;
  /* Translators: a device */
  title = g_strdup_printf (_("What may have stopped %s:"), lacking->name);
  gtk_box_append (GTK_BOX (card), cot_text_label_new (title, NULL));
  gtk_box_append (GTK_BOX (card), problem);
}

/* What to look for on the device that stopped. */
static GtkWidget *
make_part_card (Dialog *self)
{
  const CotJourneyStep *step = cot_journey_comparison_get_step (
      self->comparison, (guint) self->comparison->first_difference);
  const CotMilestoneReport *lacking
      = step->kind == COT_JOURNEY_STEP_ONE ? step->other : step->one;
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *button = gtk_button_new_with_label (_("Go to the Step Where They Part"));
  g_autofree char *meaning = cot_sentence_dup_gap_meaning (lacking);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "journey-gap");
  append_problem (self, card, step->kind == COT_JOURNEY_STEP_ONE ? 1 : 0);
  gtk_box_append (GTK_BOX (card), cot_text_label_new (meaning, NULL));
  gtk_box_append (GTK_BOX (card), cot_expected_line_new (lacking));
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button,
                               _("Scrolls to the first step of the list below that only one of the "
                                 "two devices has"));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_show_part), self);
  gtk_box_append (GTK_BOX (card), button);
  return card;
}

static void
append_body (Dialog *self, GtkWidget *child)
{
  gtk_box_append (GTK_BOX (self->body), child);
}

/* Where the journey does not tell them apart, what does comes first. */
static char *
show_journey (Dialog *self, const CotTraveller *one, const CotTraveller *other,
              CotJourneyReport *report)
{
  guint n_only;
  GtkWidget *rest = cot_compare_rest_new (one, other, &self->actions, self->data, &n_only);
  g_autofree char *sentence = NULL;

  self->comparison = cot_journey_comparison_new (
      report, cot_traveller_find_journey (other, report->journey));
  self->names[0] = one->name;
  self->names[1] = other->name;
  sentence = cot_sentence_dup_comparison (self->comparison, one->name, other->name);
  if (self->comparison->first_difference >= 0)
    {
      append_body (self, make_part_card (self));
      append_body (self, make_grid (self));
      append_body (self, rest);
      return g_steal_pointer (&sentence);
    }
  if (n_only > 0)
    append_body (self, cot_text_label_new (_("Their problems differ:"), NULL));
  append_body (self, rest);
  append_body (self, make_grid (self));
  return g_steal_pointer (&sentence);
}

static void
show_comparison (Dialog *self)
{
  const CotTraveller *one = get_traveller (self, 0);
  const CotTraveller *other = get_traveller (self, 1);
  guint index = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->journeys));
  g_autofree char *sentence = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->body)) != NULL)
    gtk_box_remove (GTK_BOX (self->body), child);
  self->part = NULL;
  g_ptr_array_set_size (self->part_row, 0);
  g_clear_pointer (&self->comparison, cot_journey_comparison_free);
  if (one != NULL && other != NULL && index < self->common->len)
    {
      sentence = show_journey (self, one, other, self->common->pdata[index]);
    }
  else if (self->travellers->len < 2)
    sentence = g_strdup (_("Open the logs of two devices, or of one device before and after: a "
                           "bundle each, or one of both. Then they can be compared step by "
                           "step."));
  else
    {
      guint n_only;

      sentence = g_strdup (_("These two have no journey in common. Choose another device."));
      if (one != NULL && other != NULL && one != other)
        append_body (self, cot_compare_rest_new (one, other, &self->actions, self->data, &n_only));
    }
  gtk_label_set_text (GTK_LABEL (self->summary), sentence);
}

static void
set_names (GtkWidget *drop_down, GPtrArray *names, guint selected)
{
  g_autoptr (GtkStringList) list = NULL;

  g_ptr_array_add (names, NULL);
  list = gtk_string_list_new ((const char *const *) names->pdata);
  gtk_drop_down_set_model (GTK_DROP_DOWN (drop_down), G_LIST_MODEL (list));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), selected);
}

/* The journey that was chosen stays, where both are on it. While logs are read, what comes first
 * without a choice may be another one from moment to moment. */
static void
fill_journeys (Dialog *self)
{
  const CotTraveller *one = get_traveller (self, 0);
  const CotTraveller *other = get_traveller (self, 1);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint selected = 0;

  g_clear_pointer (&self->common, g_ptr_array_unref);
  self->common = one != NULL && other != NULL && one != other
                     ? cot_travellers_list_common (one, other)
                     : g_ptr_array_new ();
  for (guint i = 0; i < self->common->len; i++)
    {
      const CotJourneyReport *report = self->common->pdata[i];

      if (report->journey == self->chosen_journey)
        selected = i;
      g_ptr_array_add (names, (gpointer) cot_finding_text_translate (
                                  cot_journey_get_title (report->journey)));
    }
  self->filling = TRUE;
  set_names (self->journeys, names, selected);
  self->filling = FALSE;
  show_comparison (self);
}

/* Who was chosen, as long as it is there; else @missing. */
static guint
find_chosen (Dialog *self, guint side, guint missing)
{
  for (guint i = 0; i < self->travellers->len; i++)
    {
      const CotTraveller *one = self->travellers->pdata[i];

      if (one->a_case == self->chosen_cases[side]
          && g_strcmp0 (one->device, self->chosen_devices[side]) == 0)
        return i;
    }
  return missing;
}

static guint
get_first_in_front (Dialog *self)
{
  for (guint i = 0; i < self->travellers->len; i++)
    if (((const CotTraveller *) self->travellers->pdata[i])->a_case == self->front)
      return i;
  return 0;
}

/* One that can be compared, if there is any: of the same bundle rather than of another. */
static guint
get_first_beside (Dialog *self, guint taken)
{
  const CotTraveller *one = self->travellers->len > 0 ? self->travellers->pdata[taken] : NULL;
  guint n = self->travellers->len;
  guint found = taken == 0 && n > 1 ? 1 : 0;
  gboolean has_found = FALSE;

  for (guint i = 0; i < n; i++)
    {
      const CotTraveller *other = self->travellers->pdata[i];
      gboolean is_near = other->a_case == one->a_case;
      g_autoptr (GPtrArray) common = NULL;

      if (i == taken || (has_found && !is_near))
        continue;
      common = cot_travellers_list_common (one, other);
      if (common->len == 0)
        continue;
      if (is_near)
        return i;
      found = i;
      has_found = TRUE;
    }
  return found;
}

static void
fill_chooser (Dialog *self, guint side, guint selected)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < self->travellers->len; i++)
    g_ptr_array_add (names, ((const CotTraveller *) self->travellers->pdata[i])->name);
  set_names (self->choosers[side], names, selected);
}

static gboolean
fill (gpointer data)
{
  Dialog *self = data;
  guint one, other;

  self->fill_source = 0;
  g_clear_pointer (&self->travellers, g_ptr_array_unref);
  self->travellers
      = cot_travellers_list ((CotCase *const *) self->cases->pdata, self->cases->len);
  one = find_chosen (self, 0, get_first_in_front (self));
  other = find_chosen (self, 1, get_first_beside (self, one));
  self->filling = TRUE;
  fill_chooser (self, 0, one);
  fill_chooser (self, 1, other);
  self->filling = FALSE;
  gtk_widget_set_visible (self->choices, self->travellers->len > 1);
  fill_journeys (self);
  return G_SOURCE_REMOVE;
}

/* Findings come in bursts. */
static void
queue_fill (Dialog *self)
{
  if (self->fill_source == 0)
    self->fill_source = g_idle_add_full (G_PRIORITY_LOW, fill, self, NULL);
}

static void
on_device_chosen (Dialog *self)
{
  if (self->filling)
    return;
  for (guint side = 0; side < N_SIDES; side++)
    {
      const CotTraveller *traveller = get_traveller (self, side);

      g_free (self->chosen_devices[side]);
      self->chosen_cases[side] = traveller != NULL ? traveller->a_case : NULL;
      self->chosen_devices[side] = traveller != NULL ? g_strdup (traveller->device) : NULL;
    }
  fill_journeys (self);
}

static void
on_journey_chosen (Dialog *self)
{
  guint index = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->journeys));

  if (self->filling || index >= self->common->len)
    return;
  self->chosen_journey = ((const CotJourneyReport *) self->common->pdata[index])->journey;
  show_comparison (self);
}

static GtkWidget *
make_chooser (Dialog *self, const char *name, GCallback callback)
{
  GtkWidget *chooser = gtk_drop_down_new_from_strings ((const char *const[]){ NULL });

  gtk_widget_set_hexpand (chooser, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chooser), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  g_signal_connect_swapped (chooser, "notify::selected", callback, self);
  return chooser;
}

static GtkWidget *
make_choices (Dialog *self)
{
  GtkWidget *choices = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *devices = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->choosers[0] = make_chooser (self, _("Device"), G_CALLBACK (on_device_chosen));
  self->choosers[1] = make_chooser (self, _("Device to compare with"),
                                    G_CALLBACK (on_device_chosen));
  self->journeys = make_chooser (self, _("Journey"), G_CALLBACK (on_journey_chosen));
  gtk_box_set_homogeneous (GTK_BOX (devices), TRUE);
  gtk_box_append (GTK_BOX (devices), self->choosers[0]);
  gtk_box_append (GTK_BOX (devices), self->choosers[1]);
  gtk_box_append (GTK_BOX (choices), devices);
  gtk_box_append (GTK_BOX (choices), self->journeys);
  return choices;
}

static GtkWidget *
make_page (Dialog *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->choices = make_choices (self);
  self->summary = cot_text_label_new ("", "compare-summary");
  self->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (page, "panel-page");
  gtk_box_append (GTK_BOX (page), self->choices);
  gtk_box_append (GTK_BOX (page), self->summary);
  gtk_box_append (GTK_BOX (page), self->body);
  return page;
}

static void
forget (GObject *parent)
{
  g_object_set_data (parent, KEY, NULL);
}

/* Whoever still holds the window, nothing is filled in any more. */
static void
let_go (Dialog *self)
{
  for (guint i = 0; i < self->cases->len; i++)
    g_signal_handlers_disconnect_by_data (self->cases->pdata[i], self);
  g_clear_handle_id (&self->fill_source, g_source_remove);
}

static gboolean
is_of (GtkWindow *window, GPtrArray *cases)
{
  const Dialog *self = g_object_get_data (G_OBJECT (window), KEY);

  if (self->cases->len != cases->len)
    return FALSE;
  for (guint i = 0; i < cases->len; i++)
    if (self->cases->pdata[i] != cases->pdata[i])
      return FALSE;
  return TRUE;
}

/* It stands beside its window, which comes before it when an entry is to be seen. */
static GtkWindow *
make_window (GtkWindow *parent)
{
  GtkWindow *window = cot_dialog_window_new (parent, _("Compare Devices"), WIDTH_PX, HEIGHT_PX);

  gtk_window_set_transient_for (window, NULL);
  g_signal_connect_object (parent, "destroy", G_CALLBACK (gtk_window_destroy), window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "destroy", G_CALLBACK (forget), parent, G_CONNECT_SWAPPED);
  return window;
}

void
cot_compare_dialog_present (GtkWindow *parent, GPtrArray *cases, CotCase *front,
                            const CotCompareActions *actions, gpointer data)
{
  GtkWindow *before = g_object_get_data (G_OBJECT (parent), KEY);
  GtkWindow *window;
  Dialog *self;

  if (before != NULL && is_of (before, cases))
    {
      gtk_window_present (before);
      return;
    }
  if (before != NULL)
    gtk_window_destroy (before);
  window = make_window (parent);
  self = g_new0 (Dialog, 1);
  self->cases = g_ptr_array_ref (cases);
  self->front = front;
  self->actions = *actions;
  self->data = data;
  self->travellers = g_ptr_array_new ();
  self->part_row = g_ptr_array_new ();
  self->common = g_ptr_array_new ();
  g_object_set_data_full (G_OBJECT (window), KEY, self, dialog_free);
  g_signal_connect_swapped (window, "destroy", G_CALLBACK (let_go), self);
  g_object_set_data (G_OBJECT (parent), KEY, window);
  cot_dialog_window_set_page (window, make_page (self));
  for (guint i = 0; i < cases->len; i++)
    g_signal_connect_swapped (cases->pdata[i], "findings-changed", G_CALLBACK (queue_fill), self);
  fill (self);
  gtk_window_present (window);
}
