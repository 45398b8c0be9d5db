/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-expected-line.h"

#include <glib/gi18n.h>

#include "cot-copy-button.h"
#include "cot-text-label.h"

GtkWidget *
cot_expected_line_new (const CotMilestoneReport *missing)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *line = cot_text_label_new (missing->milestone->expected, "monospace");
  /* Translators: name of a log; a line of it follows */
  g_autofree char *look = g_strdup_printf (_("Look in %s for"), missing->log_name);

  gtk_widget_add_css_class (row, "guide-line");
  gtk_widget_set_hexpand (line, TRUE);
  gtk_box_append (GTK_BOX (row), line);
  gtk_box_append (GTK_BOX (row), cot_copy_button_new (missing->milestone->expected,
                                                      _("Copy the line"), _("Line copied")));
  gtk_box_append (GTK_BOX (box), cot_text_label_new (look, NULL));
  gtk_box_append (GTK_BOX (box), row);
  return box;
}
