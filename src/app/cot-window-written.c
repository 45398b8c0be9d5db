/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* A file that was written for the user: it is told where, and its folder can be shown. */

#define FILE_MANAGER "org.freedesktop.FileManager1"
#define FILE_MANAGER_PATH "/org/freedesktop/FileManager1"

/* Where a file manager knows the call, the file is selected there; the folder alone else. */
static void
on_shown (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CotWindow) self = data;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_autoptr (GFile) folder = NULL;
  g_autofree char *uri = NULL;

  if (reply != NULL || self->written == NULL)
    return;
  folder = g_file_get_parent (self->written);
  if (folder == NULL)
    return;
  uri = g_file_get_uri (folder);
  gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CotWindow) self = data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);
  g_autofree char *uri = NULL;
  const char *uris[2] = { NULL, NULL };

  if (bus == NULL || self->written == NULL)
    return;
  uris[0] = uri = g_file_get_uri (self->written);
  g_dbus_connection_call (bus, FILE_MANAGER, FILE_MANAGER_PATH, FILE_MANAGER, "ShowItems",
                          g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          self->cancellable, on_shown, g_object_ref (self));
}

static void
on_show_written (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  if (self->written != NULL)
    g_bus_get (G_BUS_TYPE_SESSION, self->cancellable, on_bus, g_object_ref (self));
}

/* (nullable): a sandbox has a folder of its own for each file, whose name says nothing. */
static char *
dup_folder_name (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *name = folder != NULL ? g_file_get_parse_name (folder) : NULL;
  const char *home = g_get_home_dir ();
  gsize n_home = strlen (home);

  if (name == NULL || g_str_has_prefix (name, g_get_user_runtime_dir ()))
    return NULL;
  if (g_str_has_prefix (name, home) && (name[n_home] == '\0' || name[n_home] == '/'))
    return g_strconcat ("~", name + n_home, NULL);
  return g_steal_pointer (&name);
}

/**
 * cot_window_show_written:
 * @what: what was done, without a full stop: "Report written"
 * @file: where
 *
 * Says so, names the folder and offers to show it.
 */
void
cot_window_show_written (CotWindow *self, const char *what, GFile *file)
{
  g_autofree char *folder = dup_folder_name (file);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *sentence
      = folder != NULL
            /* Translators: "Report written", the name of a file, its folder */
            ? g_strdup_printf (_("%s: “%s” in %s"), what, name, folder)
            /* Translators: "Report written", the name of a file */
            : g_strdup_printf (_("%s: “%s”"), what, name);

  g_set_object (&self->written, file);
  cot_window_show_toast_with (self, sentence, _("_Show in Folder"), "win.show-written");
}

/* For dialogs, which know no window but their parent. */
static void
on_written (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GFile) file = NULL;
  const char *what;
  const char *uri;

  g_variant_get (parameter, "(&s&s)", &what, &uri);
  file = g_file_new_for_uri (uri);
  cot_window_show_written (COT_WINDOW (data), what, file);
}

void
cot_window_init_written (CotWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "written", .activate = on_written, .parameter_type = "(ss)" },
    { .name = "show-written", .activate = on_show_written },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
