/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-text-editor.h"

typedef struct
{
  GtkWindow *window;
  char *uri;
  CotTextEditorOpened opened;
  GObject *data;
} Opening;

static void
opening_end (Opening *opening, const GError *error)
{
  opening->opened (error, opening->data);
  g_object_unref (opening->window);
  g_object_unref (opening->data);
  g_free (opening->uri);
  g_free (opening);
}

static void
on_launched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_app_info_launch_uris_finish (G_APP_INFO (source), result, &error);
  opening_end (data, error);
}

static void
on_shown (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error);
  opening_end (data, error);
}

static void
on_editor (GObject *source, GAsyncResult *result, gpointer data)
{
  Opening *opening = data;
  g_autoptr (GAppInfo) editor = g_app_info_get_default_for_type_finish (result, NULL);
  g_autoptr (GdkAppLaunchContext) context = NULL;
  g_autoptr (GList) uris = NULL;

  /* A sandbox knows no program of the desktop: it asks the desktop to choose one. */
  if (editor == NULL)
    {
      gtk_show_uri_full (opening->window, opening->uri, GDK_CURRENT_TIME, NULL, on_shown, opening);
      return;
    }
  context = gdk_display_get_app_launch_context (gtk_widget_get_display (
      GTK_WIDGET (opening->window)));
  uris = g_list_append (NULL, opening->uri);
  g_app_info_launch_uris_async (editor, uris, G_APP_LAUNCH_CONTEXT (context), NULL, on_launched,
                                opening);
}

void
cot_text_editor_open (GtkWidget *widget, const char *path, CotTextEditorOpened opened,
                      gpointer data)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->window = g_object_ref (GTK_WINDOW (gtk_widget_get_root (widget)));
  opening->uri = g_filename_to_uri (path, NULL, NULL);
  opening->opened = opened;
  opening->data = g_object_ref (data);
  g_app_info_get_default_for_type_async ("text/plain", FALSE, NULL, on_editor, opening);
}
