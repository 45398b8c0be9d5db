/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-merged-log-private.h"

#include "cot-join-state.h"

/* Logs of one merge are told apart by their names and, where these are not enough, by whose they
 * are. */

static const char *
get_owner (CotMergedLog *self, guint index)
{
  CotCase *a_case = cot_merged_log_get_case (self, index);
  const char *device = cot_case_get_log_device (a_case, cot_merged_log_get_log (self, index));

  if (device != NULL)
    return device;
  return cot_case_is_bundle (a_case) ? cot_case_get_title (a_case) : NULL;
}

static gboolean
has_several (GPtrArray *owners)
{
  for (guint i = 1; i < owners->len; i++)
    if (g_strcmp0 (g_ptr_array_index (owners, i), g_ptr_array_index (owners, 0)) != 0)
      return TRUE;
  return FALSE;
}

/* (nullable): the last folder before the name. */
static char *
dup_folder (CotLog *log)
{
  g_autofree char *folders = g_path_get_dirname (cot_log_get_label (log));
  g_autofree char *folder = g_path_get_basename (folders);

  return g_str_equal (folder, ".") ? NULL : g_steal_pointer (&folder);
}

/* Of a title and an owner, how many logs have both. */
static GHashTable *
count_names (CotMergedLog *self, GPtrArray *owners, GPtrArray *names)
{
  GHashTable *counts = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < owners->len; i++)
    {
      const char *owner = g_ptr_array_index (owners, i);
      const char *title = cot_log_get_title (cot_merged_log_get_log (self, i));
      char *name = g_strdup_printf ("%s/%s", owner != NULL ? owner : "", title);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, name));

      g_ptr_array_add (names, name);
      g_hash_table_insert (counts, name, GUINT_TO_POINTER (n + 1));
    }
  return counts;
}

GPtrArray *
cot_merged_log_list_owners (CotMergedLog *self)
{
  GPtrArray *owners = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) counts = NULL;
  gboolean several;

  for (guint i = 0; i < cot_merged_log_get_n_logs (self); i++)
    g_ptr_array_add (owners, g_strdup (get_owner (self, i)));
  several = has_several (owners);
  counts = count_names (self, owners, names);
  for (guint i = 0; i < owners->len; i++)
    {
      gboolean is_shared
          = GPOINTER_TO_UINT (g_hash_table_lookup (counts, g_ptr_array_index (names, i))) > 1;
      g_autofree char *owner = several ? g_strdup (g_ptr_array_index (owners, i)) : NULL;
      g_autofree char *folder
          = is_shared ? dup_folder (cot_merged_log_get_log (self, i)) : NULL;

      g_free (g_ptr_array_index (owners, i));
      g_ptr_array_index (owners, i)
          = owner != NULL && folder != NULL
                ? g_strdup_printf ("%s · %s", owner, folder)
                : g_strdup (owner != NULL ? owner : folder);
    }
  return owners;
}

/**
 * cot_merged_log_dup_title:
 * @self: a merge
 * @index: below cot_merged_log_get_n_logs()
 *
 * Main thread.
 *
 * Returns: (transfer full): the title of the log behind what tells whose it is, as in
 *   "PC01 · AppEnforce"
 */
char *
cot_merged_log_dup_title (CotMergedLog *self, guint index)
{
  const char *owner = cot_merged_log_get_owner (self, index);
  const char *title = cot_log_get_title (cot_merged_log_get_log (self, index));

  return owner != NULL ? g_strdup_printf ("%s · %s", owner, title) : g_strdup (title);
}

/**
 * cot_merged_log_get_device:
 * @self: a merge
 *
 * Main thread.
 *
 * Returns: (transfer none) (nullable): the computer that all its logs are of; %NULL where they are
 *   of several, or that is not known
 */
const char *
cot_merged_log_get_device (CotMergedLog *self)
{
  const char *device = NULL;

  for (guint i = 0; i < cot_merged_log_get_n_logs (self); i++)
    {
      const char *its_own = cot_case_get_log_device (cot_merged_log_get_case (self, i),
                                                     cot_merged_log_get_log (self, i));

      if (its_own == NULL || (device != NULL && !g_str_equal (device, its_own)))
        return NULL;
      device = its_own;
    }
  return device;
}
