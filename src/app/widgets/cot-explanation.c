/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-explanation.h"

#include <glib/gi18n.h>

#include "cot-finding-text.h"
#include "cot-text-label.h"

static GtkWidget *
make_title (CotFinding *finding)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  /* The lamp says that the line is known; a tick, that it is normal. */
  GtkWidget *icon = gtk_image_new_from_icon_name (
      finding->expected ? cot_finding_text_get_icon (finding) : "cot-finding-symbolic");
  g_autofree char *title = cot_finding_text_dup_title (finding);
  const char *kind = cot_finding_text_get_kind (finding);
  g_autofree char *text
      = cot_detector_is_builtin (finding->detector)
            /* Translators: "Known failure: the connection point found no certificate" */
            ? g_strdup_printf (_("%s: %s"), kind, title)
            /* Translators: "Known failure (your detector): the widget broke" */
            : g_strdup_printf (_("%s (your detector): %s"), kind, title);
  GtkWidget *label = cot_text_label_new (text, "card-kind");
  const char *css_class = cot_finding_text_get_css_class (finding);

  gtk_widget_add_css_class (icon, css_class);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), label);
  return line;
}

static char *
dup_steps_text (CotFinding *finding)
{
  return g_strdup_printf (ngettext ("All %u step", "All %u steps", finding->n_steps),
                          finding->n_steps);
}

static GtkWidget *
make_button (CotFinding *finding, gboolean compact)
{
  GtkWidget *button;
  g_autofree char *key = cot_finding_dup_key (finding);
  g_autofree char *text = NULL;

  if (!compact && finding->n_steps > 1)
    text = dup_steps_text (finding);
  else
    text = g_strdup (_("Explain"));
  button = gtk_button_new_with_label (text);
  gtk_widget_set_tooltip_text (button, _("Show the whole finding in the panel"));
  gtk_widget_set_valign (button, compact ? GTK_ALIGN_CENTER : GTK_ALIGN_END);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-finding");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", key);
  return button;
}

/**
 * cot_explanation_new:
 * @finding: what is known of the line
 * @compact: without the meaning
 *
 * Returns: (transfer floating): the card
 */
GtkWidget *
cot_explanation_new (CotFinding *finding, gboolean compact)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *meaning = cot_finding_text_dup_meaning (finding);
  g_autofree char *next = cot_finding_text_dup_next_step (finding);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "explanation");
  gtk_widget_add_css_class (card, cot_finding_text_get_css_class (finding));
  gtk_box_append (GTK_BOX (texts), make_title (finding));
  if (!compact || next == NULL)
    gtk_box_append (GTK_BOX (texts), cot_text_label_new (meaning, NULL));
  /* A result ends with its cause: what to do stands there. */
  if (finding->parent != NULL)
    {
      g_autofree char *cause = cot_finding_text_dup_title (finding->parent);
      /* Translators: "Explained by: The site refused the registration" */
      g_autofree char *text = g_strdup_printf (_("Explained by: %s"), cause);

      gtk_box_append (GTK_BOX (texts), cot_text_label_new (text, "next-step"));
    }
  else if (next != NULL)
    {
      g_autofree char *text = g_strdup_printf (_("Next: %s"), next);

      gtk_box_append (GTK_BOX (texts), cot_text_label_new (text, "next-step"));
    }
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (card), texts);
  gtk_box_append (GTK_BOX (card), make_button (finding, compact));
  return card;
}
