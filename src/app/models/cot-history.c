/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-history.h"

#include <gtk/gtk.h>

#include "cot-settings.h"

#define MAX_ENTRIES 20

static const struct
{
  const char *remember_key;
  const char *list_key;
} keys[COT_N_HISTORIES] = {
  [COT_HISTORY_CODES] = { "remember-lookups", "lookups" },
  [COT_HISTORY_FINDS] = { "remember-finds", "finds" },
};

static gboolean
is_remembered (CotHistory history)
{
  GSettings *settings = cot_settings_get ();

  return settings != NULL && g_settings_get_boolean (settings, keys[history].remember_key);
}

static GtkStringList *
get_list (CotHistory history)
{
  static GtkStringList *lists[COT_N_HISTORIES];
  g_auto (GStrv) kept = NULL;

  if (lists[history] != NULL)
    return lists[history];
  lists[history] = gtk_string_list_new (NULL);
  if (is_remembered (history))
    kept = g_settings_get_strv (cot_settings_get (), keys[history].list_key);
  for (guint i = 0; kept != NULL && kept[i] != NULL && i < MAX_ENTRIES; i++)
    gtk_string_list_append (lists[history], kept[i]);
  return lists[history];
}

static void
save (CotHistory history)
{
  GtkStringList *list = get_list (history);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;

  if (cot_settings_get () == NULL)
    return;
  for (guint i = 0;
       is_remembered (history) && i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    g_strv_builder_add (builder, gtk_string_list_get_string (list, i));
  texts = g_strv_builder_end (builder);
  g_settings_set_strv (cot_settings_get (), keys[history].list_key, (const char *const *) texts);
}

static void
on_remember_changed (GSettings *settings, const char *key, gpointer data)
{
  save ((CotHistory) GPOINTER_TO_UINT (data));
}

/**
 * cot_history_init:
 *
 * Once, at the start: from then on what is not to be remembered any more is thrown away at once.
 */
void
cot_history_init (void)
{
  GSettings *settings = cot_settings_get ();

  for (guint i = 0; settings != NULL && i < COT_N_HISTORIES; i++)
    {
      g_autofree char *signal = g_strconcat ("changed::", keys[i].remember_key, NULL);

      g_signal_connect (settings, signal, G_CALLBACK (on_remember_changed), GUINT_TO_POINTER (i));
    }
}

GListModel *
cot_history_get (CotHistory history)
{
  return G_LIST_MODEL (get_list (history));
}

/**
 * cot_history_add:
 * @history: which one
 * @text: what was asked for
 *
 * It comes to the top; the oldest goes where there are too many.
 */
void
cot_history_add (CotHistory history, const char *text)
{
  GtkStringList *list = get_list (history);
  const char *front[] = { text, NULL };

  if (g_strcmp0 (gtk_string_list_get_string (list, 0), text) == 0)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    if (g_str_equal (gtk_string_list_get_string (list, i), text))
      {
        gtk_string_list_remove (list, i);
        break;
      }
  gtk_string_list_splice (list, 0, 0, front);
  while (g_list_model_get_n_items (G_LIST_MODEL (list)) > MAX_ENTRIES)
    gtk_string_list_remove (list, MAX_ENTRIES);
  save (history);
}

void
cot_history_clear (CotHistory history)
{
  GtkStringList *list = get_list (history);

  gtk_string_list_splice (list, 0, g_list_model_get_n_items (G_LIST_MODEL (list)), NULL);
  save (history);
}
