/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-page-private.h"

#include <glib/gi18n.h>

#include "cot-sentences.h"

/* While one reads above the end of a log that goes on, a button above the rows counts what came
 * since, and leads there. */

/* Seams are rows, too, and no entries; behind a filter there are none. */
static guint64
count_new_entries (CotLogPage *self)
{
  guint64 n_entries = cot_log_get_n_entries (self->log);
  guint64 n_rows = cot_row_model_get_n_rows (COT_ROW_MODEL (self->model));
  guint64 first_new = cot_log_model_get_position (self->model, self->n_seen);

  if (self->n_seen >= n_entries || first_new >= n_rows)
    return 0;
  return cot_log_model_get_filter (self->model) != NULL ? n_rows - first_new
                                                        : n_entries - self->n_seen;
}

static void
update_new_rows (CotLogPage *self)
{
  gboolean is_live = cot_log_get_state (self->log) == COT_DOCUMENT_LIVE;
  guint64 n_entries = cot_log_get_n_entries (self->log);
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;
  guint64 n_new;

  /* What is read first is not new; a log that began anew has fewer. */
  if (!is_live || !self->was_live || n_entries < self->n_seen
      || cot_log_view_is_at_end (cot_log_page_get_view (self)))
    self->n_seen = n_entries;
  self->was_live = is_live;
  n_new = count_new_entries (self);
  gtk_widget_set_visible (self->new_button, n_new > 0);
  if (n_new == 0)
    return;
  number = cot_sentence_dup_number (n_new);
  text = g_strdup_printf (ngettext ("%s new entry below", "%s new entries below",
                                    (gulong) MIN (n_new, G_MAXINT)),
                          number);
  gtk_label_set_text (GTK_LABEL (self->new_label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->new_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
}

static void
on_new_clicked (CotLogPage *self)
{
  guint64 n_rows = cot_row_model_get_n_rows (COT_ROW_MODEL (self->model));

  if (n_rows > 0)
    cot_log_view_scroll_to (cot_log_page_get_view (self), n_rows - 1, COT_LOG_ALIGN_END);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/**
 * cot_log_page_make_overlay:
 *
 * Returns: (transfer floating): the rows, and the button above them
 */
GtkWidget *
cot_log_page_make_overlay (CotLogPage *self)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->new_label = gtk_label_new (NULL);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("go-bottom-symbolic"));
  gtk_box_append (GTK_BOX (box), self->new_label);
  self->new_button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->new_button), box);
  gtk_widget_set_tooltip_text (self->new_button, _("To the newest entry (Ctrl+End)"));
  gtk_widget_add_css_class (self->new_button, "new-entries");
  gtk_widget_set_halign (self->new_button, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->new_button, GTK_ALIGN_END);
  gtk_widget_set_visible (self->new_button, FALSE);
  g_signal_connect_swapped (self->new_button, "clicked", G_CALLBACK (on_new_clicked), self);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->pane);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->new_button);
  return overlay;
}

/**
 * cot_log_page_watch_new_rows:
 *
 * Once the page has its model.
 */
void
cot_log_page_watch_new_rows (CotLogPage *self)
{
  GtkAdjustment *scrolled
      = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (cot_log_page_get_view (self)));

  g_signal_connect_object (scrolled, "value-changed", G_CALLBACK (update_new_rows), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (scrolled, "changed", G_CALLBACK (update_new_rows), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "appended", G_CALLBACK (update_new_rows), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->model, "reset", G_CALLBACK (update_new_rows), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}
