/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-steps.h"

#include <glib/gi18n.h>

#include "cot-copy-button.h"
#include "cot-finding-text.h"
#include "cot-sentences.h"
#include "cot-text-label.h"

static GtkWidget *
make_copy_buttons (const char *text)
{
  g_autoptr (GPtrArray) segments = cot_step_text_split (text);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (guint i = 0; i < segments->len; i++)
    {
      const CotSegment *segment = g_ptr_array_index (segments, i);
      g_autofree char *what = NULL;

      if (!segment->code)
        continue;
      /* Translators: tooltip of a button; %s is a command, a path or a registry key */
      what = g_strdup_printf (_("Copy “%s”"), segment->text);
      gtk_box_append (GTK_BOX (buttons), cot_copy_button_new (segment->text, what, _("Copied")));
    }
  return buttons;
}

/**
 * cot_step_number_new:
 * @number: of a step, the first one being 1
 *
 * Returns: (transfer floating): what stands before the step's text
 */
GtkWidget *
cot_step_number_new (guint number)
{
  /* A vertical box has no baseline: beside that of the step's text, which is another one, the row
   * would be higher at a given width than it says that it is at any. */
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *text = g_strdup_printf ("%u", number);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "step-number");
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

/* Above the text of the step that it is about. */
static GtkWidget *
make_warning (const char *text)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  GtkWidget *label = cot_text_label_new (text, "step-warning");

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), label);
  return line;
}

/* No box: one asks how wide the text must be to be as high as the row is. A line with a command in
 * it is higher than others, so the text may be higher in a wider row than in a narrower one; the
 * answer was then wider than the row, and the end of the text out of sight. */
static GtkWidget *
make_step (CotFinding *finding, const CotStep *step, guint number)
{
  g_autofree char *text = cot_finding_expand (finding, cot_finding_text_translate (step->text));
  GtkWidget *row = gtk_grid_new ();
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *mark = cot_step_number_new (number);
  const char *warning = cot_sentence_get_step_warning (step->flags);

  gtk_widget_add_css_class (row, "step");
  gtk_grid_set_column_spacing (GTK_GRID (row), 6);
  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_grid_attach (GTK_GRID (row), mark, 0, 0, 1, 1);
  if (warning != NULL)
    gtk_box_append (GTK_BOX (texts), make_warning (warning));
  gtk_box_append (GTK_BOX (texts), cot_step_label_new (text));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_grid_attach (GTK_GRID (row), texts, 1, 0, 1, 1);
  if (step->flags == 0)
    gtk_grid_attach (GTK_GRID (row), make_copy_buttons (text), 2, 0, 1, 1);
  else
    gtk_widget_add_css_class (row, "step-dangerous");
  return row;
}

/**
 * cot_steps_new:
 * @finding: whose steps
 *
 * Returns: (transfer floating): a box, the safe steps first
 */
GtkWidget *
cot_steps_new (CotFinding *finding)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  guint number = 0;

  for (guint i = 0; i < finding->n_steps; i++)
    if (finding->steps[i].flags == 0)
      gtk_box_append (GTK_BOX (box), make_step (finding, &finding->steps[i], ++number));
  for (guint i = 0; i < finding->n_steps; i++)
    if (finding->steps[i].flags != 0)
      gtk_box_append (GTK_BOX (box), make_step (finding, &finding->steps[i], ++number));
  return box;
}
