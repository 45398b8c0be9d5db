/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-journey-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-expected-line.h"
#include "cot-finding-text.h"
#include "cot-journey-sentences.h"
#include "cot-log-model.h"
#include "cot-steps.h"
#include "cot-text-label.h"

/* Up to this a title and a time, and the name of a log, stand in one line of the smallest panel. */
#define MAX_TITLE_LETTERS 18
#define MAX_PLACE_LETTERS 28

enum
{
  GO_TO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _CotJourneyView
{
  GtkWidget parent_instance;

  CotCase *a_case;
  CotJourneyReport *report;

  GtkWidget *box;
  GtkWidget *gap_row; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (CotJourneyView, cot_journey_view, GTK_TYPE_WIDGET)

/* What a milestone looks like; the shape tells it without the colour. */
typedef struct
{
  const char *icon; /* (nullable): its number instead */
  const char *css_class;
  const char *meaning;
} Look;

static Look
get_look (const CotMilestoneReport *milestone, gboolean gap)
{
  if (milestone->state == COT_MILESTONE_SEEN)
    return (Look){ "object-select-symbolic", "seen", _("The device came so far") };
  if (gap)
    return (Look){ "dialog-question-symbolic", "gap", _("The first gap: go on looking here") };
  if (milestone->state == COT_MILESTONE_UNKNOWN)
    return (Look){ "list-remove-symbolic", "unknown", _("These logs cannot tell") };
  return (Look){ NULL, "missing", _("Not seen in these logs") };
}

/* The mark of a milestone, on the line that runs through all of them. */
static GtkWidget *
make_mark (const CotMilestoneReport *milestone, guint number, guint n_all, gboolean gap)
{
  Look look = get_look (milestone, gap);
  GtkWidget *path = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *text = g_strdup_printf ("%u", number);
  GtkWidget *mark = look.icon != NULL ? gtk_image_new_from_icon_name (look.icon)
                                      : gtk_label_new (text);

  gtk_widget_add_css_class (path, "journey-path");
  gtk_widget_add_css_class (path, look.css_class);
  if (number == 1)
    gtk_widget_add_css_class (path, "first");
  if (number == n_all)
    gtk_widget_add_css_class (path, "last");
  gtk_widget_add_css_class (mark, "journey-mark");
  gtk_widget_set_tooltip_text (mark, look.meaning);
  if (look.icon != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    look.meaning, -1);
  gtk_widget_set_valign (mark, gap ? GTK_ALIGN_START : GTK_ALIGN_CENTER);
  gtk_widget_set_halign (mark, GTK_ALIGN_CENTER);
  gtk_widget_set_vexpand (mark, TRUE);
  gtk_box_append (GTK_BOX (path), mark);
  return path;
}

/* "09-16 08:01:12": month, day and time; NULL where it is not known. */
static char *
dup_short_time (gint64 time_usec)
{
  g_autofree char *text = NULL;

  if (time_usec == COT_TIME_NONE)
    return NULL;
  text = cot_time_dup_text (time_usec);
  return strlen (text) >= strlen ("2026-11-18 09:12:41")
             ? g_strndup (text + strlen ("2026-"), strlen ("11-18 09:12:41"))
             : g_steal_pointer (&text);
}

static char *
dup_where (CotJourneyView *self, const CotMilestoneReport *milestone)
{
  CotLog *log;
  guint64 ordinal;

  if (cot_case_get_milestone_place (self->a_case, milestone, &log, &ordinal))
    return cot_log_dup_part_name (log, ordinal, NULL);
  return cot_sentence_dup_milestone_state (milestone);
}

/* A page has dozens of them, and one that need not wrap is laid out once. */
static void
wrap_if_long (GtkWidget *label, glong n_letters)
{
  if (g_utf8_strlen (gtk_label_get_text (GTK_LABEL (label)), -1) > n_letters)
    cot_text_label_set_wrapping (GTK_LABEL (label), NULL);
}

static GtkWidget *
make_title (const CotMilestoneReport *milestone, gboolean gap)
{
  const char *title = cot_finding_text_translate (milestone->milestone->title);
  g_autofree char *text = NULL;
  GtkWidget *label;

  /* Translators: %s is the title of a milestone */
  text = g_strdup_printf (milestone->state == COT_MILESTONE_UNKNOWN ? _("Cannot tell: %s")
                                                                    : _("Not seen yet: %s"),
                          title);
  label = gtk_label_new (gap ? text : title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  wrap_if_long (label, MAX_TITLE_LETTERS);
  gtk_widget_set_hexpand (label, TRUE);
  if (gap)
    gtk_widget_add_css_class (label, "journey-gap-title");
  else if (milestone->state != COT_MILESTONE_SEEN)
    gtk_widget_add_css_class (label, "secondary-text");
  return label;
}

static GtkWidget *
make_line (CotJourneyView *self, const CotMilestoneReport *milestone, gboolean gap)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *first = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *time = dup_short_time (milestone->time_usec);
  g_autofree char *where = dup_where (self, milestone);
  GtkWidget *place = gtk_label_new (where);

  gtk_box_append (GTK_BOX (first), make_title (milestone, gap));
  if (time != NULL)
    {
      GtkWidget *label = gtk_label_new (time);

      gtk_widget_add_css_class (label, "numeric");
      gtk_widget_add_css_class (label, "secondary-text");
      gtk_widget_set_valign (label, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (first), label);
    }
  gtk_label_set_xalign (GTK_LABEL (place), 0);
  wrap_if_long (place, MAX_PLACE_LETTERS);
  gtk_widget_add_css_class (place, "journey-place");
  if (milestone->state == COT_MILESTONE_SEEN)
    gtk_widget_add_css_class (place, "link-text");
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (lines, "journey-lines");
  gtk_box_append (GTK_BOX (lines), first);
  gtk_box_append (GTK_BOX (lines), place);
  return lines;
}

static void
append_steps (GtkWidget *box, const CotMilestone *milestone)
{
  for (guint i = 0; i < milestone->n_steps; i++)
    {
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *number = cot_step_number_new (i + 1);
      GtkWidget *step
          = cot_step_label_new (cot_finding_text_translate (milestone->steps[i].text));

      gtk_widget_set_valign (number, GTK_ALIGN_START);
      gtk_widget_set_hexpand (step, TRUE);
      gtk_box_append (GTK_BOX (row), number);
      gtk_box_append (GTK_BOX (row), step);
      gtk_box_append (GTK_BOX (box), row);
    }
}

static void
append_finding (GtkWidget *box, const char *text, CotFinding *finding)
{
  GtkWidget *button;
  g_autofree char *key = cot_finding_dup_key (finding);

  gtk_box_append (GTK_BOX (box), cot_text_label_new (text, "journey-explanation"));
  button = gtk_button_new_with_label (_("Show the Finding"));
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-finding");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", key);
  gtk_box_append (GTK_BOX (box), button);
}

static void
append_explanation (CotJourneyView *self, GtkWidget *box)
{
  CotFinding *finding = self->report->explanation;
  g_autofree char *title = finding != NULL ? cot_finding_text_dup_title (finding) : NULL;
  g_autofree char *text = NULL;

  if (finding == NULL)
    return;
  text = g_strdup_printf (_("A finding explains it: %s"), title);
  if (finding->severity >= COT_SEVERITY_ERROR)
    gtk_widget_add_css_class (box, "cot-error");
  append_finding (box, text, finding);
}

/* All milestones are green, and yet the device has failed. */
static void
append_contradiction (CotJourneyView *self)
{
  CotFinding *finding = self->report->contradiction;
  g_autofree char *title = finding != NULL ? cot_finding_text_dup_title (finding) : NULL;
  g_autofree char *untold = cot_sentence_dup_untold (self->report);
  g_autofree char *text = NULL;
  GtkWidget *card;

  if (finding == NULL)
    return;
  /* Translators: title of a finding */
  text = g_strdup_printf (untold != NULL ? _("No gap in the logs that are here, but: %s")
                                         : _("Came to its end, but: %s"),
                          title);
  card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "journey-gap");
  gtk_widget_add_css_class (card, "cot-error");
  append_finding (card, text, finding);
  gtk_box_append (GTK_BOX (self->box), card);
}

/* (nullable): the last milestone that was seen before the gap. */
static const CotMilestoneReport *
find_last_before (const CotJourneyReport *report)
{
  for (int i = report->first_gap; i-- > 0;)
    {
      const CotMilestoneReport *one
          = &g_array_index (report->milestones, CotMilestoneReport, (guint) i);

      if (one->state == COT_MILESTONE_SEEN)
        return one;
    }
  return NULL;
}

static void
go_to (CotJourneyView *self, const CotMilestoneReport *milestone)
{
  CotLog *log;
  guint64 ordinal;

  if (cot_case_get_milestone_place (self->a_case, milestone, &log, &ordinal))
    g_signal_emit (self, signals[GO_TO], 0, log, ordinal);
}

static void
on_last_before (CotJourneyView *self)
{
  const CotMilestoneReport *last = find_last_before (self->report);

  if (last != NULL)
    go_to (self, last);
}

static GtkWidget *
make_gap_card (CotJourneyView *self, const CotMilestoneReport *gap)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *meaning = cot_sentence_dup_gap_meaning (gap);
  GtkWidget *button;

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "journey-gap");
  gtk_widget_set_hexpand (card, TRUE);
  gtk_box_append (GTK_BOX (card), make_line (self, gap, TRUE));
  /* What is known to be wrong comes before what would have to be looked for. */
  append_explanation (self, card);
  gtk_box_append (GTK_BOX (card), cot_text_label_new (meaning, NULL));
  gtk_box_append (GTK_BOX (card), cot_expected_line_new (gap));
  append_steps (card, gap->milestone);
  if (find_last_before (self->report) != NULL)
    {
      button = gtk_button_new_with_label (_("Last Line Before the Gap"));
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_last_before), self);
      gtk_box_append (GTK_BOX (card), button);
    }
  return card;
}

/* What a screen reader says of the row. */
static char *
dup_row_name (const CotMilestoneReport *milestone)
{
  const char *title = cot_finding_text_translate (milestone->milestone->title);
  g_autofree char *state = cot_sentence_dup_milestone_state (milestone);
  g_autofree char *time = NULL;

  if (milestone->state != COT_MILESTONE_SEEN)
    return g_strdup_printf ("%s: %s", title, state);
  time = dup_short_time (milestone->time_usec);
  if (time == NULL)
    /* Translators: title of a milestone, name of a log */
    return g_strdup_printf (_("%s: seen in %s"), title, milestone->log_name);
  /* Translators: title of a milestone, name of a log, time */
  return g_strdup_printf (_("%s: seen in %s at %s"), title, milestone->log_name, time);
}

static void
on_show_gap (CotJourneyView *self)
{
  /* What has the focus is scrolled to. */
  if (self->gap_row != NULL)
    gtk_widget_grab_focus (self->gap_row);
}

static GtkWidget *
make_row (CotJourneyView *self, const CotMilestoneReport *milestone, guint number)
{
  gboolean gap = milestone == cot_journey_report_get_gap (self->report);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  g_autofree char *name = dup_row_name (milestone);

  gtk_box_append (GTK_BOX (box),
                  make_mark (milestone, number, self->report->n_milestones, gap));
  gtk_box_append (GTK_BOX (box), gap ? make_gap_card (self, milestone)
                                     : make_line (self, milestone, FALSE));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row),
                                    milestone->state == COT_MILESTONE_SEEN);
  if (milestone->state == COT_MILESTONE_SEEN)
    gtk_widget_set_tooltip_text (row, _("Go to this entry"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (row), "milestone", (gpointer) milestone);
  if (gap)
    self->gap_row = row;
  return row;
}

static void
on_row_activated (CotJourneyView *self, GtkListBoxRow *row)
{
  go_to (self, g_object_get_data (G_OBJECT (row), "milestone"));
}

/* A heading where a part of the path begins. */
static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const CotMilestoneReport *this_one = g_object_get_data (G_OBJECT (row), "milestone");
  const CotMilestoneReport *other
      = before != NULL ? g_object_get_data (G_OBJECT (before), "milestone") : NULL;
  const char *phase = this_one->milestone->phase;
  GtkWidget *label = NULL;

  if (phase != NULL && (other == NULL || other->milestone->phase != phase))
    {
      label = gtk_label_new (cot_finding_text_translate (phase));
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "group-title");
      gtk_widget_add_css_class (label, "journey-phase");
    }
  gtk_list_box_row_set_header (row, label);
}

static void
append_gap_link (CotJourneyView *self)
{
  const CotMilestoneReport *gap = cot_journey_report_get_gap (self->report);
  g_autofree char *text = NULL;
  GtkWidget *button;

  if (gap == NULL)
    return;
  /* Translators: %s is the title of a milestone */
  text = g_strdup_printf (_("First gap: %s"),
                          cot_finding_text_translate (gap->milestone->title));
  button = gtk_button_new_with_label (text);
  cot_text_label_set_wrapping (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), NULL);
  gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "text-link");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_show_gap), self);
  gtk_box_append (GTK_BOX (self->box), button);
}

static void
append_head (CotJourneyView *self)
{
  CotJourneyReport *report = self->report;
  g_autofree char *progress = cot_sentence_dup_progress (report);
  g_autofree char *untold = cot_sentence_dup_untold (report);
  GtkWidget *level = gtk_progress_bar_new ();

  gtk_box_append (GTK_BOX (self->box),
                  cot_text_label_new (
                      cot_finding_text_translate (cot_journey_get_meaning (report->journey)),
                      "secondary-text"));
  gtk_box_append (GTK_BOX (self->box), cot_text_label_new (progress, "numeric"));
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (level),
                                 report->n_milestones > 0
                                     ? (double) report->n_seen / report->n_milestones
                                     : 0);
  gtk_widget_add_css_class (level, "journey-progress");
  if (report->contradiction != NULL)
    gtk_widget_add_css_class (level, "cot-error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (level), GTK_ACCESSIBLE_PROPERTY_LABEL, progress,
                                  -1);
  gtk_box_append (GTK_BOX (self->box), level);
  if (untold != NULL)
    gtk_box_append (GTK_BOX (self->box), cot_text_label_new (untold, "secondary-text"));
  append_gap_link (self);
  append_contradiction (self);
}

static void
append_covered (CotJourneyView *self, CotCoverageState state, const char *format)
{
  g_autofree char *names = cot_sentence_dup_covered (self->report->coverage, state);
  g_autofree char *text = names != NULL ? g_strdup_printf ("%s %s", format, names) : NULL;

  if (text != NULL)
    gtk_box_append (GTK_BOX (self->box), cot_text_label_new (text, "secondary-text"));
}

static void
cot_journey_view_dispose (GObject *object)
{
  CotJourneyView *self = COT_JOURNEY_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->report, cot_journey_report_unref);
  g_clear_object (&self->a_case);

  G_OBJECT_CLASS (cot_journey_view_parent_class)->dispose (object);
}

static void
cot_journey_view_class_init (CotJourneyViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_journey_view_dispose;
  signals[GO_TO]
      = g_signal_new ("go-to", COT_TYPE_JOURNEY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, COT_TYPE_LOG, G_TYPE_UINT64);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cot_journey_view_init (CotJourneyView *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * cot_journey_view_new:
 * @a_case: whose journey it is
 * @report: what is known of it
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
cot_journey_view_new (CotCase *a_case, CotJourneyReport *report)
{
  CotJourneyView *self = g_object_new (COT_TYPE_JOURNEY_VIEW, NULL);
  GtkWidget *list = gtk_list_box_new ();
  guint number = 0;

  self->a_case = g_object_ref (a_case);
  self->report = cot_journey_report_ref (report);
  append_head (self);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_list_box_set_header_func (GTK_LIST_BOX (list), update_header, NULL, NULL);
  gtk_widget_add_css_class (list, "journey");
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
      cot_finding_text_translate (cot_journey_get_title (report->journey)), -1);
  for (guint i = 0; i < report->milestones->len; i++)
    {
      const CotMilestoneReport *one = &g_array_index (report->milestones, CotMilestoneReport, i);

      if (one->state != COT_MILESTONE_NOT_TAKEN)
        gtk_list_box_append (GTK_LIST_BOX (list), make_row (self, one, ++number));
    }
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_box_append (GTK_BOX (self->box), list);
  append_covered (self, COT_COVERAGE_MISSING, _("Logs that are missing:"));
  append_covered (self, COT_COVERAGE_STARTS_AFTER, _("Logs that start too late:"));
  append_covered (self, COT_COVERAGE_ENDS_BEFORE, _("Logs that end too early:"));
  return GTK_WIDGET (self);
}
