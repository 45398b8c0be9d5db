/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-member-list.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  CotMemberPlace place;
  guint device; /* index in the case; the last are those of no computer */
  char *name;   /* of the newest part, folded for sorting */
  guint newest; /* keeps the parts of one log together */
  guint age;    /* 0: the newest */
} Item;

static void
clear_item (gpointer data)
{
  Item *item = data;

  g_free (item->name);
}

/**
 * cot_member_section_get_title:
 * @section: a section
 *
 * Returns: (transfer none): its heading
 */
const char *
cot_member_section_get_title (CotMemberSection section)
{
  switch (section)
    {
    case COT_MEMBER_SECTION_CLIENT:
      return _("Client");
    case COT_MEMBER_SECTION_CLIENT_SETUP:
      return _("Client setup");
    case COT_MEMBER_SECTION_INTUNE_AGENT:
      return _("Intune agent");
    case COT_MEMBER_SECTION_SITE_SERVER:
      return _("Site server");
    case COT_MEMBER_SECTION_WINDOWS:
      return _("Windows");
    case COT_MEMBER_SECTION_OTHER_LOGS:
      return _("Other logs");
    case COT_MEMBER_SECTION_REGISTRY:
      return _("Registry");
    case COT_MEMBER_SECTION_TEXTS:
      return _("Texts");
    case COT_MEMBER_SECTION_NOT_COLLECTED:
      return _("Not collected");
    case COT_MEMBER_SECTION_FILES:
    default:
      return _("Other files");
    }
}

static CotMemberSection
get_group_section (CotMemberGroup group)
{
  switch (group)
    {
    case COT_MEMBER_GROUP_CLIENT:
      return COT_MEMBER_SECTION_CLIENT;
    case COT_MEMBER_GROUP_CLIENT_SETUP:
      return COT_MEMBER_SECTION_CLIENT_SETUP;
    case COT_MEMBER_GROUP_INTUNE_AGENT:
      return COT_MEMBER_SECTION_INTUNE_AGENT;
    case COT_MEMBER_GROUP_SITE_SERVER:
      return COT_MEMBER_SECTION_SITE_SERVER;
    case COT_MEMBER_GROUP_WINDOWS:
      return COT_MEMBER_SECTION_WINDOWS;
    case COT_MEMBER_GROUP_OTHER:
    default:
      return COT_MEMBER_SECTION_OTHER_LOGS;
    }
}

static CotMemberSection
get_section (const CotMember *member, gboolean has_log)
{
  if (!has_log)
    return COT_MEMBER_SECTION_FILES;
  if (member->kind == COT_MEMBER_REGISTRY)
    return COT_MEMBER_SECTION_REGISTRY;
  if (member->kind == COT_MEMBER_TEXT && member->group == COT_MEMBER_GROUP_OTHER)
    return COT_MEMBER_SECTION_TEXTS;
  return get_group_section (member->group);
}

/* From a computer's name to its place, + 1. */
static GHashTable *
list_devices (CotCase *a_case)
{
  GHashTable *devices = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < cot_case_get_n_devices (a_case); i++)
    g_hash_table_insert (devices, (gpointer) cot_case_get_nth_device (a_case, i),
                         GUINT_TO_POINTER (i + 1));
  return devices;
}

/* Those of no computer come behind all. */
static guint
find_device (GHashTable *devices, const char *device)
{
  guint place
      = device != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (devices, device)) : 0;

  return place > 0 ? place - 1 : G_MAXINT;
}

/* What other members stand inside of: "outer.cab" for "outer.cab/inner.log". */
static GHashTable *
find_outer_labels (CotCase *a_case)
{
  GHashTable *outer = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < cot_case_get_n_members (a_case); i++)
    {
      const char *label = cot_case_get_member (a_case, i)->label;

      /* Neighbours share their folders, so most of them are known by the first look. */
      for (const char *slash = strrchr (label, '/'); slash != NULL;
           slash = g_strrstr_len (label, slash - label, "/"))
        if (!g_hash_table_add (outer, g_strndup (label, (gsize) (slash - label))))
          break;
    }
  return outer;
}

static int
compare_items (gconstpointer first, gconstpointer second)
{
  const Item *a = first;
  const Item *b = second;
  int order = (int) a->device - (int) b->device;

  if (order == 0)
    order = (int) a->place.section - (int) b->place.section;
  if (order == 0)
    order = strcmp (a->name, b->name);
  if (order == 0)
    order = a->newest < b->newest ? -1 : a->newest > b->newest;
  return order != 0 ? order : (int) a->age - (int) b->age;
}

static guint
get_age (CotCase *a_case, guint newest, guint index)
{
  guint n;
  const guint *older = cot_case_get_older_members (a_case, newest, &n);

  for (guint i = 0; index != newest && i < n; i++)
    if (older[i] == index)
      return n - i;
  return 0;
}

static gboolean
is_refused (GHashTable *refused, const char *label)
{
  return g_hash_table_contains (refused, label);
}

static GHashTable *
find_refused (CotCase *a_case)
{
  GHashTable *refused = g_hash_table_new (g_str_hash, g_str_equal);
  const GError *reason;

  for (guint i = 0; i < cot_case_get_n_refused (a_case); i++)
    g_hash_table_add (refused, (char *) cot_case_get_refused (a_case, i, &reason));
  return refused;
}

static void
append_item (GArray *items, CotCase *a_case, GHashTable *devices, guint index, gboolean has_log)
{
  const CotMember *member = cot_case_get_member (a_case, index);
  guint newest = cot_case_get_newest_member (a_case, index);
  const CotMember *newest_member = cot_case_get_member (a_case, newest);
  Item item = {
    .place = { .member = index, .is_older = newest != index },
    .newest = newest,
    .age = get_age (a_case, newest, index),
  };

  item.place.section = cot_case_get_not_collected (a_case, index)
                           ? COT_MEMBER_SECTION_NOT_COLLECTED
                           : get_section (newest_member, has_log);
  cot_case_get_older_members (a_case, index, &item.place.n_older);
  item.device = find_device (devices, member->device);
  item.name = g_utf8_casefold (newest_member->base_name, -1);
  g_array_append_val (items, item);
}

/**
 * cot_member_list_new:
 * @a_case: a bundle
 *
 * Returns: (transfer full) (element-type CotMemberPlace): what to show of it, in order
 */
GArray *
cot_member_list_new (CotCase *a_case)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  g_autoptr (GHashTable) outer = find_outer_labels (a_case);
  g_autoptr (GHashTable) refused = find_refused (a_case);
  g_autoptr (GHashTable) devices = list_devices (a_case);
  GArray *places = g_array_new (FALSE, FALSE, sizeof (CotMemberPlace));

  g_array_set_clear_func (items, clear_item);
  for (guint i = 0; i < cot_case_get_n_members (a_case); i++)
    {
      const CotMember *member = cot_case_get_member (a_case, i);
      gboolean has_log = cot_case_get_member_log (a_case, i) != NULL;

      /* What is in an archive stands here itself. */
      if (!has_log
          && (is_refused (refused, member->label) || g_hash_table_contains (outer, member->label)))
        continue;
      append_item (items, a_case, devices, i, has_log);
    }
  g_array_sort (items, compare_items);
  for (guint i = 0; i < items->len; i++)
    g_array_append_val (places, g_array_index (items, Item, i).place);
  return places;
}

/**
 * cot_member_list_get_first_log:
 * @a_case: a case
 *
 * Returns: (transfer none) (nullable): the log that stands first; of loose files the oldest one
 */
CotLog *
cot_member_list_get_first_log (CotCase *a_case)
{
  g_autoptr (GArray) places = cot_member_list_new (a_case);

  for (guint i = 0; i < places->len; i++)
    {
      guint member = g_array_index (places, CotMemberPlace, i).member;
      CotLog *log = cot_case_get_member_log (a_case, member);

      if (log != NULL)
        return log;
    }
  return cot_case_get_n_logs (a_case) > 0 ? cot_case_get_log (a_case, 0) : NULL;
}
