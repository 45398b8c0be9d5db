/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-compare-rest.h"

#include <glib/gi18n.h>

#include "cot-finding-sign.h"
#include "cot-finding-text.h"
#include "cot-member-sentences.h"
#include "cot-text-label.h"

/* More names than this are no help in one sentence. */
#define MAX_NAMES 12

/* The line of a finding, of a case that may be closed meanwhile. */
typedef struct
{
  CotComparePlace place; /* owns the case and the log */
  CotCompareActions actions;
  gpointer data;
} Way;

static void
way_free (gpointer data, GClosure *closure)
{
  Way *self = data;

  g_object_unref (self->place.a_case);
  g_object_unref (self->place.log);
  g_free (self);
}

static void
on_go (GtkButton *button, gpointer data)
{
  const Way *way = data;

  way->actions.go_to (&way->place, way->data);
}

static void
connect_way (GtkWidget *button, CotCase *a_case, CotFinding *finding,
             const CotCompareActions *actions, gpointer data)
{
  CotLog *log;
  guint64 ordinal;
  Way *way;

  if (!cot_case_get_evidence (a_case, finding, finding->primary, &log, &ordinal))
    {
      gtk_widget_set_sensitive (button, FALSE);
      return;
    }
  way = g_new0 (Way, 1);
  way->place = (CotComparePlace){ g_object_ref (a_case), g_object_ref (log), ordinal };
  way->actions = *actions;
  way->data = data;
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_go), way, way_free, 0);
}

static GtkWidget *
make_finding (CotCase *a_case, CotFinding *finding, const CotCompareActions *actions,
              gpointer data)
{
  CotFindingSign sign = cot_finding_sign_of (finding);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new_from_icon_name (cot_finding_sign_get_icon (sign));
  g_autofree char *title = cot_finding_text_dup_title (finding);
  g_autofree char *when = cot_finding_text_dup_when (finding);
  g_autofree char *name = g_strdup_printf ("%s: %s", cot_finding_text_get_kind (finding), title);
  const char *texts[] = { title, when };

  gtk_widget_add_css_class (icon, cot_finding_sign_get_css_class (sign));
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      GtkWidget *label = gtk_label_new (texts[i]);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      cot_text_label_set_wrapping (GTK_LABEL (label), NULL);
      gtk_widget_add_css_class (label, i == 0 ? "link-text" : "secondary-text");
      gtk_box_append (GTK_BOX (lines), label);
    }
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), lines);
  gtk_button_set_child (GTK_BUTTON (button), row);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "compare-cell");
  gtk_widget_set_tooltip_text (button, _("Go to this entry"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  connect_way (button, a_case, finding, actions, data);
  return button;
}

static guint
append_findings (GtkWidget *rest, const CotTraveller *one, const CotTraveller *other,
                 const CotCompareActions *actions, gpointer data)
{
  g_autoptr (GPtrArray) findings = cot_travellers_list_only_findings (one, other);

  g_autofree char *title = NULL;

  if (findings->len == 0)
    return 0;
  /* Translators: a device */
  title = g_strdup_printf (_("Problems that only %s has"), one->name);
  gtk_box_append (GTK_BOX (rest), cot_text_label_new (title, "compare-summary"));
  for (guint i = 0; i < findings->len; i++)
    gtk_box_append (GTK_BOX (rest), make_finding (one->a_case, findings->pdata[i], actions, data));
  return findings->len;
}

/**
 * cot_compare_rest_new_problem:
 * @one: a device that stops on a journey
 * @other: one that goes on
 *
 * Returns: (transfer floating) (nullable): the first problem that only @one has
 */
GtkWidget *
cot_compare_rest_new_problem (const CotTraveller *one, const CotTraveller *other,
                              const CotCompareActions *actions, gpointer data)
{
  g_autoptr (GPtrArray) findings = cot_travellers_list_only_findings (one, other);

  return findings->len > 0 ? make_finding (one->a_case, findings->pdata[0], actions, data) : NULL;
}

/* (transfer full): the sentence about them, which other languages order in other ways. */
static char *
dup_logs_text (const char *device, GPtrArray *logs)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n_more = logs->len > MAX_NAMES ? logs->len - MAX_NAMES : 0;

  for (guint i = 0; i < logs->len - n_more; i++)
    {
      g_autofree char *name
          = cot_sentence_dup_visible (cot_log_get_name (g_ptr_array_index (logs, i)));

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
    }
  if (n_more == 0)
    /* Translators: a device, names of logs */
    return g_strdup_printf (_("Logs that only %s has: %s"), device, names->str);
  /* Translators: a device, names of logs, how many there are beside these */
  return g_strdup_printf (ngettext ("Logs that only %s has: %s and %u more",
                                    "Logs that only %s has: %s and %u more", n_more),
                          device, names->str, n_more);
}

static void
append_logs (GtkWidget *rest, const CotTraveller *one, GPtrArray *logs)
{
  g_autofree char *text = logs->len > 0 ? dup_logs_text (one->name, logs) : NULL;

  if (text != NULL)
    gtk_box_append (GTK_BOX (rest), cot_text_label_new (text, "secondary-text"));
}

GtkWidget *
cot_compare_rest_new (const CotTraveller *one, const CotTraveller *other,
                      const CotCompareActions *actions, gpointer data, guint *n)
{
  GtkWidget *rest = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autoptr (GPtrArray) logs = cot_travellers_list_only_logs (one, other);
  g_autoptr (GPtrArray) other_logs = cot_travellers_list_only_logs (other, one);
  /* What was not compared is not said to be the same. */
  gboolean have_same_logs
      = logs != NULL && logs->len == 0 && other_logs != NULL && other_logs->len == 0;

  gtk_widget_add_css_class (rest, "compare-rest");
  *n = append_findings (rest, one, other, actions, data);
  *n += append_findings (rest, other, one, actions, data);
  if (logs != NULL)
    append_logs (rest, one, logs);
  if (other_logs != NULL)
    append_logs (rest, other, other_logs);
  if (*n == 0)
    gtk_box_prepend (GTK_BOX (rest),
                     cot_text_label_new (have_same_logs ? _("Neither has a problem or a log that "
                                                            "the other has not.")
                                                        : _("Neither has a problem that the other "
                                                            "has not."),
                                         "secondary-text"));
  return rest;
}
