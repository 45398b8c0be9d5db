/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-recent.h"

#include <glib/gi18n.h>

#include "cot-settings.h"

/* A file dialog adds all that it had chosen under the name of the program, also where it was asked
 * where to write: only what was opened is in this group. */
#define OPENED_GROUP "Cotrace"

static const char *
get_mime_type (CotCase *opened)
{
  if (cot_case_is_archive (opened))
    return "application/zip";
  return cot_case_is_bundle (opened) ? "inode/directory" : "text/x-ccm-log";
}

/**
 * cot_recent_add:
 * @path: what was opened; in the encoding of file names
 * @opened: the case that it belongs to
 */
void
cot_recent_add (const char *path, CotCase *opened)
{
  g_autofree char *uri = NULL;
  char *groups[] = { (char *) OPENED_GROUP, NULL };
  GtkRecentData data = {
    .app_name = (char *) "Cotrace",
    .app_exec = (char *) "cotrace %u",
    .mime_type = (char *) get_mime_type (opened),
    .groups = groups,
    .is_private = FALSE,
  };

  if (!cot_settings_get_boolean ("remember-recent", TRUE))
    return;
  uri = g_filename_to_uri (path, NULL, NULL);
  if (uri != NULL)
    gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  GtkRecentInfo *info_a = *(GtkRecentInfo *const *) a;
  GtkRecentInfo *info_b = *(GtkRecentInfo *const *) b;

  return g_date_time_compare (gtk_recent_info_get_modified (info_b),
                              gtk_recent_info_get_modified (info_a));
}

/* Whether a file is still there is not asked: its server may not answer, and opening it says so. */
GPtrArray *
cot_recent_list (guint max)
{
  GList *items = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  GPtrArray *infos = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_recent_info_unref);

  for (GList *item = items; item != NULL; item = item->next)
    if (gtk_recent_info_has_application (item->data, "Cotrace")
        && gtk_recent_info_has_group (item->data, OPENED_GROUP)
        && gtk_recent_info_is_local (item->data))
      g_ptr_array_add (infos, gtk_recent_info_ref (item->data));
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);

  g_ptr_array_sort (infos, compare_newest_first);
  if (infos->len > max)
    g_ptr_array_set_size (infos, (int) max);
  return infos;
}

/* Other programs' files stay in the desktop's list. */
void
cot_recent_clear (void)
{
  g_autoptr (GPtrArray) infos = cot_recent_list (G_MAXINT);

  for (guint i = 0; i < infos->len; i++)
    gtk_recent_manager_remove_item (gtk_recent_manager_get_default (),
                                    gtk_recent_info_get_uri (g_ptr_array_index (infos, i)), NULL);
}

/* (nullable): the folder, where another one of @infos has the same name */
static char *
dup_telling_folder (GPtrArray *infos, guint index)
{
  GtkRecentInfo *info = g_ptr_array_index (infos, index);
  const char *name = gtk_recent_info_get_display_name (info);
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  gboolean shared = FALSE;

  for (guint i = 0; i < infos->len && !shared; i++)
    shared = i != index
             && g_strcmp0 (gtk_recent_info_get_display_name (g_ptr_array_index (infos, i)), name)
                    == 0;
  if (shared)
    path = g_filename_from_uri (gtk_recent_info_get_uri (info), NULL, NULL);
  if (path == NULL)
    return NULL;
  folder = g_path_get_dirname (path);
  return g_filename_display_name (folder);
}

GMenuModel *
cot_recent_create_menu (guint max)
{
  g_autoptr (GPtrArray) infos = cot_recent_list (max);
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < infos->len; i++)
    {
      GtkRecentInfo *info = g_ptr_array_index (infos, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);
      g_autoptr (GString) label = g_string_new (gtk_recent_info_get_display_name (info));
      g_autofree char *folder = dup_telling_folder (infos, i);

      if (folder != NULL)
        g_string_append_printf (label, " (%s)", folder);
      /* An underline would be a mnemonic. */
      g_string_replace (label, "_", "__", 0);
      g_menu_item_set_label (item, label->str);
      g_menu_item_set_action_and_target (item, "win.open-uri", "s",
                                         gtk_recent_info_get_uri (info));
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

const char *
cot_recent_get_icon_name (GtkRecentInfo *info)
{
  const char *mime_type = gtk_recent_info_get_mime_type (info);

  if (g_strcmp0 (mime_type, "inode/directory") == 0)
    return "folder-symbolic";
  if (g_strcmp0 (mime_type, "application/zip") == 0)
    return "package-x-generic-symbolic";
  return "text-x-generic-symbolic";
}
