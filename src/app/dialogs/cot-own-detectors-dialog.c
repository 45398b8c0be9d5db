/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-own-detectors-dialog.h"

#include <errno.h>
#include <glib/gi18n.h>

#include "cot-dialog-window.h"
#include "cot-names.h"
#include "cot-own-detectors-private.h"
#include "cot-text-label.h"

#define WIDTH_PX 600
#define HEIGHT_PX 560

static void
dialog_free (gpointer data)
{
  CotOwnDetectors *self = data;

  g_clear_pointer (&self->removed, cot_own_detector_unref);
  g_hash_table_unref (self->shown_whole);
  g_hash_table_unref (self->parts);
  g_free (self->focus);
  g_object_unref (self->session);
  g_free (self);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWindow) window = data;
  CotOwnDetectors *self = g_object_get_data (G_OBJECT (window), "dialog");

  if (self->gone)
    return;
  gtk_widget_set_sensitive (self->check, TRUE);
  cot_own_detectors_fill (self);
  gtk_widget_grab_focus (self->check);
}

static void
on_check (CotOwnDetectors *self)
{
  gtk_widget_set_sensitive (self->check, FALSE);
  cot_session_read_own_knowledge_async (self->session, on_checked, g_object_ref (self->window));
}

/* A folder that is not there yet cannot be shown. */
static void
make_folder (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  if (g_mkdir_with_parents (data, 0700) != 0)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", g_strerror (errno));
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_folder_made (GObject *window, GAsyncResult *result, gpointer data)
{
  CotOwnDetectors *self = g_object_get_data (window, "dialog");
  const char *folder = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean made = g_task_propagate_boolean (G_TASK (result), &error);

  if (self->gone)
    return;
  if (made)
    {
      g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);

      gtk_show_uri (self->window, uri, GDK_CURRENT_TIME);
    }
  else
    {
      g_autofree char *name = g_filename_display_name (folder);
      /* Translators: name of a folder, and why */
      g_autofree char *sentence
          = g_strdup_printf (_("“%s” cannot be made: %s"), name, error->message);

      gtk_label_set_text (GTK_LABEL (self->summary), sentence);
    }
}

static void
on_open_folder (CotOwnDetectors *self)
{
  g_autoptr (GTask) task = g_task_new (self->window, NULL, on_folder_made, NULL);

  g_task_set_task_data (task, cot_session_dup_own_knowledge_folder (), g_free);
  g_task_run_in_thread (task, make_folder);
}

/* Below the list, so that it is in sight wherever that is scrolled to. */
static GtkWidget *
make_answer (CotOwnDetectors *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->message = cot_text_label_new ("", "secondary-text");
  gtk_widget_set_hexpand (self->message, TRUE);
  gtk_widget_set_visible (box, FALSE);
  self->undo = cot_button_new_named (_("_Undo"));
  gtk_widget_set_visible (self->undo, FALSE);
  gtk_widget_set_valign (self->undo, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->undo, "clicked", G_CALLBACK (cot_own_detectors_undo), self);
  gtk_box_append (GTK_BOX (box), self->message);
  gtk_box_append (GTK_BOX (box), self->undo);
  return box;
}

static GtkWidget *
make_bar (CotOwnDetectors *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *folder = cot_button_new_named (_("Open _Folder"));

  self->check = cot_button_new_named (_("_Check Again"));
  g_signal_connect_swapped (folder, "clicked", G_CALLBACK (on_open_folder), self);
  g_signal_connect_swapped (self->check, "clicked", G_CALLBACK (on_check), self);
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), folder);
  gtk_box_append (GTK_BOX (box), self->check);
  gtk_widget_add_css_class (bar, "panel-page");
  gtk_box_append (GTK_BOX (bar), make_answer (self));
  gtk_box_append (GTK_BOX (bar), box);
  return bar;
}

static GtkWidget *
make_page (CotOwnDetectors *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *folder = cot_session_dup_own_knowledge_folder ();
  g_autofree char *shown = g_filename_display_name (folder);

  self->summary = cot_text_label_new ("", "heading");
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Your files"), -1);
  gtk_widget_add_css_class (page, "panel-page");
  gtk_box_append (GTK_BOX (page),
                  cot_text_label_new (_("A detector says what a line of a log means and what to do "
                                        "about it. Make your own from the menu of a log line: "
                                        "“New Detector from This Line…”. They are kept as XML "
                                        "files in this folder, and can be shared; what else a "
                                        "file can say stands in the manual page "
                                        "cotrace-knowledge(5)."),
                                      NULL));
  gtk_box_append (GTK_BOX (page), cot_text_label_new (shown, "monospace"));
  gtk_box_append (GTK_BOX (page), self->summary);
  gtk_box_append (GTK_BOX (page), self->list);
  return page;
}

static void
on_destroy (CotOwnDetectors *self)
{
  self->gone = TRUE;
}

static void
on_knowledge_changed (GtkWindow *window)
{
  CotOwnDetectors *self = g_object_get_data (G_OBJECT (window), "dialog");

  if (!self->gone)
    cot_own_detectors_fill (self);
}

void
cot_own_detectors_dialog_present (GtkWindow *parent, CotSession *session)
{
  GtkWindow *window = cot_dialog_window_new (parent, _("Your Detectors"), WIDTH_PX, HEIGHT_PX);
  CotOwnDetectors *self = g_new0 (CotOwnDetectors, 1);

  self->window = window;
  self->session = g_object_ref (session);
  self->shown_whole = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_object_set_data_full (G_OBJECT (window), "dialog", self, dialog_free);
  gtk_window_set_modal (self->window, TRUE);
  cot_dialog_window_set_page_and_bar (window, make_page (self), make_bar (self));
  g_signal_connect_swapped (window, "destroy", G_CALLBACK (on_destroy), self);
  cot_own_detectors_fill (self);
  gtk_window_set_focus (self->window, self->check);
  g_signal_connect_object (session, "knowledge-changed", G_CALLBACK (on_knowledge_changed), window,
                           G_CONNECT_SWAPPED);
  gtk_window_present (self->window);
}
