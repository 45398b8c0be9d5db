/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-dialog-window.h"

#include "cot-escape.h"

void
cot_dialog_window_set_size (GtkWindow *window, GtkWindow *parent, int width_px, int height_px)
{
  int parent_px = parent != NULL ? gtk_widget_get_height (GTK_WIDGET (parent)) : 0;

  gtk_window_set_default_size (window, width_px,
                               parent_px > 0 ? MIN (height_px, parent_px) : height_px);
}

GtkWindow *
cot_dialog_window_new (GtkWindow *parent, const char *title, int width_px, int height_px)
{
  GtkWidget *window = adw_window_new ();

  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  cot_dialog_window_set_size (GTK_WINDOW (window), parent, width_px, height_px);
  cot_escape_closes (window);
  return GTK_WINDOW (window);
}

void
cot_dialog_window_set_page (GtkWindow *window, GtkWidget *page)
{
  cot_dialog_window_set_page_and_bar (window, page, NULL);
}

void
cot_dialog_window_set_page_and_bar (GtkWindow *window, GtkWidget *page, GtkWidget *bar)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_widget_add_css_class (header, "flat");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), page);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (content), header);
  gtk_box_append (GTK_BOX (content), scroller);
  if (bar != NULL)
    {
      gtk_box_append (GTK_BOX (content), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
      gtk_box_append (GTK_BOX (content), bar);
    }
  adw_window_set_content (ADW_WINDOW (window), content);
}
