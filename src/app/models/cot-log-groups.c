/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-groups.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-settings.h"

#define KEY "log-groups"
#define TYPE "a(sas)"
/* A bundle with more is not listed to its end: names repeat long before. */
#define MAX_MEMBERS 20000

typedef struct
{
  char *name;
  char **logs;
} Group;

static GArray *own; /* Group */

static void
group_clear (gpointer data)
{
  Group *group = data;

  g_free (group->name);
  g_strfreev (group->logs);
}

static GArray *
get_own (void)
{
  g_autoptr (GVariant) kept = NULL;
  GVariantIter iter;
  Group group;

  if (own != NULL)
    return own;
  own = g_array_new (FALSE, FALSE, sizeof (Group));
  g_array_set_clear_func (own, group_clear);
  if (cot_settings_get () == NULL)
    return own;
  kept = g_settings_get_value (cot_settings_get (), KEY);
  g_variant_iter_init (&iter, kept);
  while (g_variant_iter_next (&iter, "(s^as)", &group.name, &group.logs))
    g_array_append_val (own, group);
  return own;
}

static void
write_own (void)
{
  GVariantBuilder builder;

  if (cot_settings_get () == NULL)
    return;
  g_variant_builder_init (&builder, G_VARIANT_TYPE (TYPE));
  for (guint i = 0; i < own->len; i++)
    {
      const Group *group = &g_array_index (own, Group, i);

      g_variant_builder_add (&builder, "(s^as)", group->name, group->logs);
    }
  g_settings_set_value (cot_settings_get (), KEY, g_variant_builder_end (&builder));
}

guint
cot_log_groups_get_n_own (void)
{
  return get_own ()->len;
}

const char *
cot_log_groups_get_own_name (guint index)
{
  return g_array_index (get_own (), Group, index).name;
}

static gboolean
find_own (const char *name, guint *index)
{
  for (guint i = 0; i < get_own ()->len; i++)
    if (g_str_equal (g_array_index (own, Group, i).name, name))
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

void
cot_log_groups_remove (const char *name)
{
  guint index;

  if (!find_own (name, &index))
    return;
  g_array_remove_index (own, index);
  write_own ();
}

gboolean
cot_log_groups_has_own (const char *name)
{
  guint index;

  return find_own (name, &index);
}

static gboolean
can_write (void)
{
  return cot_settings_get () == NULL || g_settings_is_writable (cot_settings_get (), KEY);
}

CotLogGroupSaved
cot_log_groups_save (const char *name, const char *const *logs)
{
  guint n = g_strv_length ((char **) logs);
  guint index = 0;
  gboolean is_there = find_own (name, &index);
  Group group;

  if (!can_write ())
    return COT_LOG_GROUP_READ_ONLY;
  if (n > COT_LOG_GROUPS_MAX_LOGS)
    return COT_LOG_GROUP_TOO_MANY_LOGS;
  if (!is_there && own->len >= COT_LOG_GROUPS_MAX_OWN)
    return COT_LOG_GROUP_TOO_MANY_GROUPS;
  group.name = g_strdup (name);
  group.logs = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    group.logs[i] = g_utf8_make_valid (logs[i], -1);
  if (is_there)
    {
      group_clear (&g_array_index (own, Group, index));
      g_array_index (own, Group, index) = group;
    }
  else
    {
      g_array_append_val (own, group);
    }
  write_own ();
  return COT_LOG_GROUP_SAVED;
}

static const CotLogGroup *
find_known (CotKnowledge *knowledge, const char *id)
{
  for (guint i = 0; i < cot_knowledge_get_n_log_groups (knowledge); i++)
    {
      const CotLogGroup *group = cot_knowledge_get_log_group (knowledge, i);

      if (g_str_equal (group->id, id))
        return group;
    }
  return NULL;
}

const char *
cot_log_groups_get_title (CotKnowledge *knowledge, const char *id)
{
  const CotLogGroup *group = find_known (knowledge, id);

  if (g_str_has_prefix (id, COT_OWN_LOG_GROUP_PREFIX))
    return id + strlen (COT_OWN_LOG_GROUP_PREFIX);
  return group != NULL ? gettext (group->title) : NULL;
}

char **
cot_log_groups_dup_logs (CotKnowledge *knowledge, const char *id)
{
  const CotLogGroup *group;
  guint index;

  if (g_str_has_prefix (id, COT_OWN_LOG_GROUP_PREFIX))
    return find_own (id + strlen (COT_OWN_LOG_GROUP_PREFIX), &index)
               ? g_strdupv (g_array_index (own, Group, index).logs)
               : NULL;
  group = find_known (knowledge, id);
  return group != NULL ? g_strdupv ((char **) group->logs) : NULL;
}

const char *
cot_log_groups_get_name (CotKnowledge *knowledge, CotLog *log)
{
  const CotLogFile *file = cot_knowledge_find_log_file (knowledge, cot_log_get_label (log));

  return file != NULL ? file->name : cot_log_get_name (log);
}

static void
add_log (CotKnowledge *knowledge, GHashTable *logs, CotCase *a_case, const char *device,
         CotLog *log)
{
  char *name;

  if (device != NULL && g_strcmp0 (cot_case_get_log_device (a_case, log), device) != 0)
    return;
  name = g_utf8_strdown (cot_log_groups_get_name (knowledge, log), -1);
  if (g_hash_table_contains (logs, name))
    g_free (name);
  else
    g_hash_table_insert (logs, name, g_object_ref (log));
}

GHashTable *
cot_log_groups_list_case (CotKnowledge *knowledge, CotCase *a_case, const char *device)
{
  GHashTable *logs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  if (!cot_case_is_bundle (a_case))
    for (guint i = 0; i < cot_case_get_n_logs (a_case); i++)
      add_log (knowledge, logs, a_case, device, cot_case_get_log (a_case, i));
  else
    for (guint i = 0; i < MIN (cot_case_get_n_members (a_case), MAX_MEMBERS); i++)
      {
        CotLog *log = cot_case_get_member_log (a_case, i);

        if (log != NULL && cot_case_get_newest_member (a_case, i) == i)
          add_log (knowledge, logs, a_case, device, log);
      }
  return logs;
}

CotLog *
cot_log_groups_find (GHashTable *logs, const char *name)
{
  g_autofree char *folded = g_utf8_strdown (name, -1);

  return g_hash_table_lookup (logs, folded);
}
