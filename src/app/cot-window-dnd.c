/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

static void
set_drop_shown (CotWindow *self, gboolean shown)
{
  gtk_widget_set_visible (self->drop_hint, shown);
}

static GdkDragAction
on_enter (GtkDropTarget *target, double x, double y, gpointer data)
{
  set_drop_shown (COT_WINDOW (data), TRUE);
  return GDK_ACTION_COPY;
}

static void
on_leave (GtkDropTarget *target, gpointer data)
{
  set_drop_shown (COT_WINDOW (data), FALSE);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  GSList *files = g_value_get_boxed (value);

  set_drop_shown (self, FALSE);
  for (GSList *item = files; item != NULL; item = item->next)
    {
      GFile *file = item->data;

      cot_window_open_files (self, &file, 1);
    }
  return files != NULL;
}

/* The whole content takes drops; GTK reads the files through the portal where there is one. */
void
cot_window_init_drops (CotWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "enter", G_CALLBACK (on_enter), self);
  g_signal_connect (target, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
