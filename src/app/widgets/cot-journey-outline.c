/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-journey-outline.h"

#include <glib/gi18n.h>

#include "cot-finding-text.h"
#include "cot-steps.h"
#include "cot-text-label.h"

/* "ccmsetup.log", or what else is to be known of the milestone before its line is looked for. */
static char *
dup_place (const CotMilestone *milestone)
{
  const char *log = milestone->logs[0] != NULL ? milestone->logs[0] : "";

  if (milestone->server)
    /* Translators: name of a log */
    return g_strdup_printf (_("%s, on a server"), log);
  if (milestone->optional)
    /* Translators: name of a log */
    return g_strdup_printf (_("%s, not on every device"), log);
  return g_strdup (log);
}

static GtkWidget *
make_milestone (const CotMilestone *milestone, guint number)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *mark = cot_step_number_new (number);
  g_autofree char *place = dup_place (milestone);

  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (lines),
                  cot_text_label_new (cot_finding_text_translate (milestone->title), NULL));
  gtk_box_append (GTK_BOX (lines), cot_text_label_new (place, "secondary-text"));
  gtk_box_append (GTK_BOX (lines), cot_text_label_new (milestone->expected, "outline-line"));
  gtk_box_append (GTK_BOX (row), mark);
  gtk_box_append (GTK_BOX (row), lines);
  return row;
}

GtkWidget *
cot_journey_outline_new (const CotJourney *journey)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  const char *phase = NULL;
  guint number = 0;

  gtk_box_append (GTK_BOX (box), cot_text_label_new (cot_finding_text_translate (
                                                         cot_journey_get_meaning (journey)),
                                                     NULL));
  for (guint i = 0; i < cot_journey_get_n_milestones (journey); i++)
    {
      const CotMilestone *milestone = cot_journey_get_milestone (journey, i);

      if (milestone->phase != NULL && g_strcmp0 (milestone->phase, phase) != 0)
        gtk_box_append (GTK_BOX (box), cot_text_label_new (
                                           cot_finding_text_translate (milestone->phase),
                                           "card-title"));
      phase = milestone->phase;
      gtk_box_append (GTK_BOX (box), make_milestone (milestone, ++number));
    }
  return box;
}
