/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-summary-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cot-finding-text.h"
#include "cot-journey-sentences.h"
#include "cot-member-sentences.h"
#include "cot-sentences.h"
#include "cot-summary-sentences.h"
#include "cot-text-label.h"

/* More lines than these are not read before what they stand above. */
#define MAX_LINES 24
#define MAX_STORIES 6

enum
{
  GO_TO,
  SHOW_FINDING,
  SHOW_ERRORS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _CotSummaryView
{
  GtkWidget parent_instance;

  CotCase *a_case;
  CotKnowledge *knowledge;
  CotSummary *all;
  gboolean is_judged; /* else more may come */
  GtkWidget *errors; /* a CotErrorList, which outlives this: it stands in the newest view */

  GtkWidget *box;
  GtkWidget *link; /* (nullable): to the errors that no finding explains */
  GtkWidget *unexplained; /* (nullable): what is said of them here */
  GtkWidget *places; /* (nullable): where they stand */
};

G_DEFINE_FINAL_TYPE (CotSummaryView, cot_summary_view, GTK_TYPE_WIDGET)

static void
append_text (GtkWidget *box, const char *text, const char *css_class)
{
  gtk_box_append (GTK_BOX (box), cot_text_label_new (text, css_class));
}

/* What a click on a line leads to. */
typedef struct
{
  CotFinding *finding; /* (nullable) */
  GPtrArray *logs; /* (nullable) (element-type CotLog): to the first error in these */
} Target;

static void
target_free (gpointer data)
{
  Target *target = data;

  g_clear_pointer (&target->finding, cot_finding_unref);
  g_clear_pointer (&target->logs, g_ptr_array_unref);
  g_free (target);
}

static void
go_to (CotSummaryView *self, CotLog *log, guint64 ordinal)
{
  g_signal_emit (self, signals[GO_TO], 0, log, ordinal);
}

/* @logs: (element-type CotLog) */
static void
go_to_first_error (CotSummaryView *self, GPtrArray *logs)
{
  CotLog *log;
  guint64 ordinal;

  if (cot_errors_find_first (logs, &log, &ordinal))
    go_to (self, log, ordinal);
}

static void
on_activated (CotSummaryView *self, GtkWidget *row)
{
  const Target *target = g_object_get_data (G_OBJECT (row), "target");

  if (target->finding != NULL)
    g_signal_emit (self, signals[SHOW_FINDING], 0, target->finding);
  else if (target->logs != NULL)
    go_to_first_error (self, target->logs);
}

static GtkWidget *
make_icon (const CotSummary *summary, CotFinding *finding)
{
  GtkWidget *icon;

  if (finding != NULL)
    {
      icon = gtk_image_new_from_icon_name (cot_finding_text_get_icon (finding));
      gtk_widget_add_css_class (icon, cot_finding_text_get_css_class (finding));
      return icon;
    }
  if (summary->n_stopped > 0 || summary->n_unexplained > 0 || summary->n_stuck > 0
      || summary->n_signs == 0)
    {
      icon = gtk_image_new_from_icon_name ("dialog-question-symbolic");
      gtk_widget_add_css_class (icon, "secondary-text");
      return icon;
    }
  icon = gtk_image_new_from_icon_name ("object-select-symbolic");
  gtk_widget_add_css_class (icon, "cot-success");
  return icon;
}

/* The icon says nothing that the line does not say. */
static void
append_line (CotSummaryView *self, GtkWidget *list, const char *text, GtkWidget *icon,
             CotFinding *finding, GPtrArray *logs)
{
  GtkWidget *row = adw_action_row_new ();
  Target *target = g_new0 (Target, 1);

  target->finding = finding != NULL ? cot_finding_ref (finding) : NULL;
  target->logs = logs != NULL ? g_ptr_array_ref (logs) : NULL;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), finding != NULL || logs != NULL);
  gtk_widget_add_css_class (row, "finding-row");
  g_object_set_data_full (G_OBJECT (row), "target", target, target_free);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

static GtkWidget *
append_list (CotSummaryView *self, const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (on_activated), self);
  gtk_box_append (GTK_BOX (self->box), list);
  return list;
}

static void
append_more (CotSummaryView *self, guint n)
{
  g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", n), n);

  if (n > 0)
    append_text (self->box, text, "secondary-text");
}

/* While logs are read, nothing is said of a computer that has no trouble yet. */
static void
append_devices (CotSummaryView *self)
{
  g_autoptr (GPtrArray) summaries = cot_case_list_summaries (self->a_case);
  GtkWidget *list = NULL;
  guint n = 0;

  for (guint i = 0; i < summaries->len; i++)
    {
      const CotSummary *one = g_ptr_array_index (summaries, i);
      g_autofree char *text = NULL;

      if ((one->headline == NULL && !self->is_judged) || n++ >= MAX_LINES)
        continue;
      text = cot_sentence_dup_summary (one, one->device != NULL ? one->device
                                                                : _("Unknown device"));
      if (list == NULL)
        list = append_list (self, _("Devices"));
      append_line (self, list, text, make_icon (one, one->headline), one->headline,
                   one->headline == NULL && one->unexplained->len > 0 ? one->unexplained : NULL);
    }
  append_more (self, n - MIN (n, MAX_LINES));
}

/* The headline has its card right below: it needs a line only beside others. */
static void
append_stories (CotSummaryView *self)
{
  GtkWidget *list;
  guint n = 0;

  if (self->all->headline == NULL || self->all->n_others == 0)
    return;
  list = append_list (self, _("What happened"));
  for (guint i = 0; i < cot_case_get_n_findings (self->a_case); i++)
    {
      CotFinding *finding = cot_case_get_finding (self->a_case, i);
      g_autofree char *text = NULL;

      if (!cot_finding_is_story (finding) || n++ >= MAX_STORIES)
        continue;
      text = cot_sentence_dup_story (finding);
      append_line (self, list, text, make_icon (self->all, finding), finding, NULL);
    }
  append_more (self, n - MIN (n, MAX_STORIES));
}

static void
append_progress (CotSummaryView *self)
{
  guint n = self->all->n_troubles;
  g_autofree char *text
      = g_strdup_printf (ngettext ("%u so far, still looking…", "%u so far, still looking…", n), n);

  append_text (self->box, text, "secondary-text");
}

/* Landmarks are for the conditions of others, and what is switched off finds nothing: nobody would
 * count them. */
static guint
count_detectors (CotKnowledge *knowledge)
{
  guint n = 0;

  for (guint i = 0; i < cot_knowledge_get_n_detectors (knowledge); i++)
    {
      const CotDetector *detector = cot_knowledge_get_detector (knowledge, i);

      if (!cot_detector_is_marker (detector) && !cot_detector_is_switched_off (detector))
        n++;
    }
  return n;
}

/* "WUAHandler.log (2)" or "WUAHandler.log of PC01 (2)" */
static char *
dup_place (CotSummaryView *self, CotLog *log)
{
  const char *device = cot_case_get_n_devices (self->a_case) > 1
                           ? cot_case_get_log_device (self->a_case, log)
                           : NULL;
  g_autofree char *name = cot_sentence_dup_visible (cot_log_get_name (log));
  g_autofree char *number = cot_sentence_dup_number (cot_log_count_unexplained (log));

  if (device == NULL)
    return g_strdup_printf ("%s (%s)", name, number);
  /* Translators: name of a log, name of a computer, number of errors */
  return g_strdup_printf (_("%s of %s (%s)"), name, device, number);
}

static char *
dup_places (CotSummaryView *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->all->unexplained->len; i++)
    g_ptr_array_add (names, dup_place (self, g_ptr_array_index (self->all->unexplained, i)));
  return cot_sentence_join_names (names);
}

static void
say_unexplained (CotSummaryView *self)
{
  guint64 n = self->all->n_unexplained;
  guint n_logs = self->all->unexplained->len;
  g_autofree char *sentence = self->all->n_troubles > 0
                                  ? cot_sentence_dup_unexplained_beside (n, n_logs)
                                  : cot_sentence_dup_unexplained (n, n_logs);
  g_autofree char *places = dup_places (self);

  gtk_label_set_text (GTK_LABEL (self->unexplained), sentence);
  gtk_label_set_text (GTK_LABEL (self->places), places);
  cot_error_list_set_logs (COT_ERROR_LIST (self->errors), self->a_case, self->all->unexplained);
}

/* Lines that no detector knows may tell all the same. */
static void
append_unexplained (CotSummaryView *self, GtkWidget *card)
{
  GtkWidget *parent = gtk_widget_get_parent (self->errors);

  if (self->all->n_unexplained == 0)
    return;
  self->unexplained = cot_text_label_new ("", NULL);
  self->places = cot_text_label_new ("", "secondary-text");
  gtk_box_append (GTK_BOX (card), self->unexplained);
  gtk_box_append (GTK_BOX (card), self->places);
  if (parent != NULL)
    gtk_box_remove (GTK_BOX (parent), self->errors);
  gtk_box_append (GTK_BOX (card), self->errors);
  say_unexplained (self);
}

/* Silence is no proof of health, and where logs are missing not even much of a hint. */
static void
append_judgement (CotSummaryView *self, GtkWidget *card)
{
  guint n_detectors = count_detectors (self->knowledge);
  guint n_signs = self->all->n_signs;
  g_autofree char *missing = cot_sentence_dup_missing_for_health (self->a_case);
  g_autofree char *stuck = cot_sentence_dup_stuck (self->all->n_stuck, self->all->n_untold);
  g_autofree char *logs = g_strdup_printf (ngettext ("%u log", "%u logs", self->all->n_logs),
                                           self->all->n_logs);
  g_autofree char *text = NULL;

  if (cot_sentence_is_blank (self->all))
    {
      append_text (card, cot_sentence_get_blank (), "finding-title");
      append_text (card, cot_sentence_get_blank_note (), NULL);
      return;
    }
  append_text (card,
               cot_sentence_get_verdict (n_signs, self->all->n_stuck, self->all->n_unexplained),
               "finding-title");
  if (n_signs > 0)
    /* Translators: the second %s is "11 logs" */
    text = g_strdup_printf (ngettext ("%u detectors looked at %s and found no known failure, and "
                                      "%u sign that something went well.",
                                      "%u detectors looked at %s and found no known failure, and "
                                      "%u signs that something went well.",
                                      n_signs),
                            n_detectors, logs, n_signs);
  else
    /* Translators: the second %s is "11 logs" */
    text = g_strdup_printf (_("%u detectors looked at %s. This is no proof of health: a failure "
                              "that none of them knows looks the same."),
                            n_detectors, logs);
  append_text (card, text, NULL);
  if (stuck != NULL)
    append_text (card, stuck, NULL);
  append_unexplained (self, card);
  if (missing != NULL)
    append_text (card, missing, NULL);
}

static GtkWidget *
make_card (void)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "verdict");
  return card;
}

/* Above findings, too: they are of a part. */
static void
append_stopped (CotSummaryView *self)
{
  GtkWidget *card = make_card ();
  GtkWidget *button = gtk_button_new_with_label (_("Read On"));
  g_autofree char *sentence = cot_sentence_dup_stopped (self->all->part_read);

  append_text (card, sentence, "finding-title");
  append_text (card, cot_sentence_get_stopped_note (), NULL);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.read-on");
  gtk_box_append (GTK_BOX (card), button);
  if (self->all->n_troubles == 0)
    append_unexplained (self, card);
  gtk_box_append (GTK_BOX (self->box), card);
}

/* What to say where nothing is in trouble. */
static void
append_verdict (CotSummaryView *self)
{
  GtkWidget *card = make_card ();

  if (!self->is_judged)
    {
      append_text (card, _("Looking…"), "finding-title");
      append_text (card, _("Findings appear here as soon as a detector knows a line."), NULL);
    }
  else if (cot_case_get_n_logs (self->a_case) == 0)
    {
      append_text (card, _("No log here"), "finding-title");
      append_text (card, _("Open or drop a log, a folder, or a zip bundle."), NULL);
    }
  else
    {
      append_judgement (self, card);
    }
  gtk_box_append (GTK_BOX (self->box), card);
}

static void
say_link (CotSummaryView *self)
{
  guint64 n = self->all->n_unexplained;
  g_autofree char *number = cot_sentence_dup_number (n);
  g_autofree char *text
      = g_strdup_printf (ngettext ("%s more error that no detector knows",
                                   "%s more errors that no detector knows", n),
                         number);

  gtk_button_set_label (GTK_BUTTON (self->link), text);
}

static void
on_link (CotSummaryView *self)
{
  g_signal_emit (self, signals[SHOW_ERRORS], 0);
}

/* Their card stands far below; who reads the headline shall know of them. */
static void
append_link (CotSummaryView *self)
{
  if (self->all->n_troubles == 0 || self->all->n_unexplained == 0
      || !self->is_judged)
    return;
  self->link = gtk_button_new ();
  say_link (self);
  gtk_widget_add_css_class (self->link, "flat");
  gtk_widget_add_css_class (self->link, "text-link");
  gtk_widget_set_halign (self->link, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (self->link, _("Show the list of them, further down"));
  g_signal_connect_swapped (self->link, "clicked", G_CALLBACK (on_link), self);
  gtk_box_append (GTK_BOX (self->box), self->link);
}

static void
cot_summary_view_dispose (GObject *object)
{
  CotSummaryView *self = COT_SUMMARY_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->all, cot_summary_free);
  g_clear_pointer (&self->knowledge, cot_knowledge_unref);
  g_clear_object (&self->errors);
  g_clear_object (&self->a_case);

  G_OBJECT_CLASS (cot_summary_view_parent_class)->dispose (object);
}

static void
cot_summary_view_class_init (CotSummaryViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_summary_view_dispose;
  signals[GO_TO]
      = g_signal_new ("go-to", COT_TYPE_SUMMARY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, COT_TYPE_LOG, G_TYPE_UINT64);
  signals[SHOW_FINDING]
      = g_signal_new ("show-finding", COT_TYPE_SUMMARY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SHOW_ERRORS] = g_signal_new ("show-errors", COT_TYPE_SUMMARY_VIEW, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cot_summary_view_init (CotSummaryView *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static CotSummaryView *
make_view (CotCase *a_case, CotKnowledge *knowledge, CotErrorList *errors, gboolean is_judged)
{
  CotSummaryView *self = g_object_new (COT_TYPE_SUMMARY_VIEW, NULL);

  self->a_case = g_object_ref (a_case);
  self->knowledge = cot_knowledge_ref (knowledge);
  self->errors = GTK_WIDGET (g_object_ref (errors));
  self->is_judged = is_judged;
  self->all = cot_case_sum_up (a_case);
  return self;
}

/**
 * cot_summary_view_new:
 * @a_case: whose findings stand below
 * @knowledge: what looked at it
 * @errors: the list of errors that no finding explains, which is taken from where it stands if it
 *   is wanted here
 * @is_judged: whether nothing is being read of which something may be told later
 *
 * Returns: (transfer floating): what there is to be said first
 */
GtkWidget *
cot_summary_view_new (CotCase *a_case, CotKnowledge *knowledge, CotErrorList *errors,
                      gboolean is_judged)
{
  CotSummaryView *self = make_view (a_case, knowledge, errors, is_judged);

  if (is_judged && self->all->n_stopped > 0)
    append_stopped (self);
  else if (self->all->n_troubles == 0)
    append_verdict (self);
  else if (!is_judged)
    append_progress (self);
  if (cot_case_get_n_devices (a_case) > 1)
    append_devices (self);
  else
    append_stories (self);
  append_link (self);
  return GTK_WIDGET (self);
}

/**
 * cot_summary_view_new_beside:
 * @a_case: in which something is in trouble
 * @knowledge: what looked at it
 * @errors: as for cot_summary_view_new()
 *
 * Returns: (transfer floating): the errors that none of its findings explains; empty without any
 */
GtkWidget *
cot_summary_view_new_beside (CotCase *a_case, CotKnowledge *knowledge, CotErrorList *errors)
{
  CotSummaryView *self = make_view (a_case, knowledge, errors, TRUE);

  if (self->all->n_unexplained > 0)
    {
      GtkWidget *card = make_card ();

      append_text (card, _("Errors that nothing above explains"), "finding-title");
      append_unexplained (self, card);
      gtk_box_append (GTK_BOX (self->box), card);
    }
  return GTK_WIDGET (self);
}

/**
 * cot_summary_view_renew:
 * @self: a view
 *
 * A log that is followed gets more errors that nothing explains; all else of the page stays as it
 * is, and who reads it or has come to one of its parts by the keyboard, stays there.
 */
void
cot_summary_view_renew (CotSummaryView *self)
{
  CotSummary *all;

  g_return_if_fail (COT_IS_SUMMARY_VIEW (self));

  all = cot_case_sum_up (self->a_case);
  if (all->n_unexplained == self->all->n_unexplained || all->n_unexplained == 0)
    {
      cot_summary_free (all);
      return;
    }
  g_clear_pointer (&self->all, cot_summary_free);
  self->all = all;
  if (self->link != NULL)
    say_link (self);
  if (self->unexplained != NULL)
    say_unexplained (self);
}

/**
 * cot_summary_view_is_empty:
 * @self: a view
 *
 * Returns: whether there is nothing to be said that does not stand below
 */
gboolean
cot_summary_view_is_empty (CotSummaryView *self)
{
  g_return_val_if_fail (COT_IS_SUMMARY_VIEW (self), TRUE);

  return gtk_widget_get_first_child (self->box) == NULL;
}
