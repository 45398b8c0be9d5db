/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-evidence-list.h"

#include <glib/gi18n.h>

#include "cot-sentences.h"

/* A finding that stands in more logs than this names the first ones. */
#define MAX_LOGS 12
/* And from a line that stands in one log very often, the first places. */
#define MAX_PLACES 20

enum
{
  GO_TO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _CotEvidenceList
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (CotEvidenceList, cot_evidence_list, GTK_TYPE_WIDGET)

/* The evidence in one log. */
typedef struct
{
  CotLog *log; /* kept alive by the case, whose widget this is */
  guint64 ordinal; /* of the one to show */
  guint n;
  GArray *others; /* guint64: the first other entries, in order */
} LogEvidence;

static void
log_evidence_clear (LogEvidence *evidence)
{
  g_clear_pointer (&evidence->others, g_array_unref);
}

static void
on_clicked (GtkButton *button, gpointer data)
{
  CotLog *log = g_object_get_data (G_OBJECT (button), "log");
  const guint64 *ordinal = g_object_get_data (G_OBJECT (button), "ordinal");

  g_signal_emit (data, signals[GO_TO], 0, log, *ordinal);
}

static void
set_link_text (GtkWidget *button, const char *text)
{
  gtk_label_set_text (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* Counting lines means reading the file, so the number comes later. */
static void
on_details (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) button = data;
  g_autoptr (CotEntryDetails) details
      = cot_log_load_details_finish (COT_LOG (source), result, NULL);
  g_autofree char *number = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (details == NULL || details->line == 0)
    return;
  number = cot_sentence_dup_number (details->line);
  name = cot_log_dup_part_name (COT_LOG (source), details->ordinal, NULL);
  text = g_strdup_printf (_("%s, line %s"), name, number);
  set_link_text (button, text);
}

static GtkWidget *
make_link (CotEvidenceList *self, CotLog *log, guint64 ordinal)
{
  guint64 in_part = ordinal;
  g_autofree char *name = cot_log_dup_part_name (log, ordinal, &in_part);
  g_autofree char *number = cot_sentence_dup_number (in_part + 1);
  g_autofree char *text = g_strdup_printf (_("%s, entry %s"), name, number);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_button_set_child (GTK_BUTTON (button), label);
  set_link_text (button, text);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "text-link");
  gtk_widget_set_tooltip_text (button, _("Go to this entry"));
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), "log", g_object_ref (log), g_object_unref);
  g_object_set_data_full (G_OBJECT (button), "ordinal", g_memdup2 (&ordinal, sizeof ordinal),
                          g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), self);
  cot_log_load_details_async (log, ordinal, self->cancellable, on_details, g_object_ref (button));
  return button;
}

static void
append_note (GtkWidget *box, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "secondary-text");
  gtk_widget_set_halign (label, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), label);
}

/* The other places in the log, made when they are asked for: each link reads a part of the log. */
static void
on_times_toggled (GtkToggleButton *button, gpointer data)
{
  CotEvidenceList *self = COT_EVIDENCE_LIST (data);
  GtkWidget *places = g_object_get_data (G_OBJECT (button), "places");
  CotLog *log = g_object_get_data (G_OBJECT (button), "log");
  const GArray *others = g_object_get_data (G_OBJECT (button), "others");
  guint n_all = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "n"));

  gtk_widget_set_visible (places, gtk_toggle_button_get_active (button));
  if (gtk_widget_get_first_child (places) != NULL)
    return;
  for (guint i = 0; i < others->len; i++)
    gtk_box_append (GTK_BOX (places),
                    make_link (self, log, g_array_index (others, guint64, i)));
  if (n_all > others->len + 1)
    {
      guint n_more = n_all - others->len - 1;
      g_autofree char *more
          = g_strdup_printf (ngettext ("and %u more time", "and %u more times", n_more), n_more);

      append_note (places, more);
    }
}

static GtkWidget *
make_times_button (CotEvidenceList *self, const LogEvidence *evidence, GtkWidget *places)
{
  g_autofree char *times
      = g_strdup_printf (ngettext ("%u time", "%u times", evidence->n), evidence->n);
  GtkWidget *button = gtk_toggle_button_new_with_label (times);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small-button");
  gtk_widget_add_css_class (button, "numeric");
  gtk_widget_set_tooltip_text (button, _("Show the other places in this log"));
  g_object_set_data (G_OBJECT (button), "places", places);
  g_object_set_data (G_OBJECT (button), "n", GUINT_TO_POINTER (evidence->n));
  g_object_set_data_full (G_OBJECT (button), "log", g_object_ref (evidence->log), g_object_unref);
  g_object_set_data_full (G_OBJECT (button), "others", g_array_ref (evidence->others),
                          (GDestroyNotify) g_array_unref);
  g_signal_connect (button, "toggled", G_CALLBACK (on_times_toggled), self);
  return button;
}

static void
append_row (CotEvidenceList *self, const LogEvidence *evidence)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *places;

  gtk_box_append (GTK_BOX (row), make_link (self, evidence->log, evidence->ordinal));
  gtk_box_append (GTK_BOX (self->box), row);
  if (evidence->n <= 1)
    return;
  places = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_visible (places, FALSE);
  gtk_widget_set_margin_start (places, 12);
  gtk_box_append (GTK_BOX (row), make_times_button (self, evidence, places));
  gtk_box_append (GTK_BOX (self->box), places);
}

static LogEvidence *
find_log_evidence (GArray *logs, CotLog *log)
{
  for (guint i = 0; i < logs->len; i++)
    if (g_array_index (logs, LogEvidence, i).log == log)
      return &g_array_index (logs, LogEvidence, i);
  return NULL;
}

static LogEvidence *
add_log_evidence (GArray *logs, CotLog *log, guint64 ordinal)
{
  LogEvidence evidence = { .log = log, .ordinal = ordinal };

  evidence.others = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_array_append_val (logs, evidence);
  return &g_array_index (logs, LogEvidence, logs->len - 1);
}

/* The log of the primary evidence first; in it, the primary entry is the one to show. */
static GArray *
group_by_log (CotCase *a_case, CotFinding *finding)
{
  GArray *logs = g_array_new (FALSE, FALSE, sizeof (LogEvidence));
  CotLog *log;
  guint64 ordinal;

  g_array_set_clear_func (logs, (GDestroyNotify) log_evidence_clear);
  if (cot_case_get_evidence (a_case, finding, finding->primary, &log, &ordinal))
    add_log_evidence (logs, log, ordinal);
  for (guint i = 0; cot_case_get_evidence (a_case, finding, i, &log, &ordinal); i++)
    {
      LogEvidence *known = find_log_evidence (logs, log);

      if (known == NULL)
        known = add_log_evidence (logs, log, ordinal);
      known->n++;
      if (ordinal != known->ordinal && known->others->len < MAX_PLACES)
        g_array_append_val (known->others, ordinal);
    }
  return logs;
}

static void
cot_evidence_list_dispose (GObject *object)
{
  CotEvidenceList *self = COT_EVIDENCE_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cot_evidence_list_parent_class)->dispose (object);
}

static void
cot_evidence_list_finalize (GObject *object)
{
  g_object_unref (COT_EVIDENCE_LIST (object)->cancellable);

  G_OBJECT_CLASS (cot_evidence_list_parent_class)->finalize (object);
}

static void
cot_evidence_list_class_init (CotEvidenceListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_evidence_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = cot_evidence_list_finalize;
  signals[GO_TO]
      = g_signal_new ("go-to", COT_TYPE_EVIDENCE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, COT_TYPE_LOG, G_TYPE_UINT64);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cot_evidence_list_init (CotEvidenceList *self)
{
  self->cancellable = g_cancellable_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * cot_evidence_list_new:
 * @a_case: whose finding it is
 * @finding: what was found
 *
 * Returns: (transfer floating): the list
 */
GtkWidget *
cot_evidence_list_new (CotCase *a_case, CotFinding *finding)
{
  CotEvidenceList *self = g_object_new (COT_TYPE_EVIDENCE_LIST, NULL);
  g_autoptr (GArray) logs = group_by_log (a_case, finding);

  for (guint i = 0; i < MIN (logs->len, MAX_LOGS); i++)
    append_row (self, &g_array_index (logs, LogEvidence, i));
  if (logs->len > MAX_LOGS)
    {
      guint n_more = logs->len - MAX_LOGS;
      g_autofree char *more
          = g_strdup_printf (ngettext ("and %u more log", "and %u more logs", n_more), n_more);

      append_note (self->box, more);
    }
  return GTK_WIDGET (self);
}
