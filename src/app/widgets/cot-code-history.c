/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-code-history.h"

#include <gtk/gtk.h>

#include "cot-settings.h"

#define MAX_ENTRIES 20
#define REMEMBER_KEY "remember-lookups"
#define HISTORY_KEY "lookups"

static GtkStringList *
get_list (void)
{
  static GtkStringList *list = NULL;
  GSettings *settings = cot_settings_get ();

  if (list != NULL)
    return list;
  list = gtk_string_list_new (NULL);
  if (settings != NULL && g_settings_get_boolean (settings, REMEMBER_KEY))
    {
      g_auto (GStrv) kept = g_settings_get_strv (settings, HISTORY_KEY);

      for (guint i = 0; kept[i] != NULL && i < MAX_ENTRIES; i++)
        gtk_string_list_append (list, kept[i]);
    }
  return list;
}

GListModel *
cot_code_history_get (void)
{
  return G_LIST_MODEL (get_list ());
}

void
cot_code_history_save (void)
{
  GtkStringList *list = get_list ();
  GSettings *settings = cot_settings_get ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;

  if (settings == NULL)
    return;
  for (guint i = 0; g_settings_get_boolean (settings, REMEMBER_KEY)
                    && i < g_list_model_get_n_items (G_LIST_MODEL (list));
       i++)
    g_strv_builder_add (builder, gtk_string_list_get_string (list, i));
  texts = g_strv_builder_end (builder);
  g_settings_set_strv (settings, HISTORY_KEY, (const char *const *) texts);
}

/**
 * cot_code_history_add:
 * @code_text: a code that was looked up
 *
 * It comes to the top; the oldest goes where there are too many.
 */
void
cot_code_history_add (const char *code_text)
{
  GtkStringList *list = get_list ();
  const char *front[] = { code_text, NULL };

  if (g_strcmp0 (gtk_string_list_get_string (list, 0), code_text) == 0)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    if (g_str_equal (gtk_string_list_get_string (list, i), code_text))
      {
        gtk_string_list_remove (list, i);
        break;
      }
  gtk_string_list_splice (list, 0, 0, front);
  while (g_list_model_get_n_items (G_LIST_MODEL (list)) > MAX_ENTRIES)
    gtk_string_list_remove (list, MAX_ENTRIES);
  cot_code_history_save ();
}

void
cot_code_history_clear (void)
{
  GtkStringList *list = get_list ();

  gtk_string_list_splice (list, 0, g_list_model_get_n_items (G_LIST_MODEL (list)), NULL);
  cot_code_history_save ();
}
