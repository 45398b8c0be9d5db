/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose logs they are, where no name looks like a computer's. One computer writes one log of a
 * name at a time: two that are alive in two folders come from two computers, unless the folders
 * differ only in what they are: "Logs" and "ccmsetup", an older copy, an archive beside what was
 * unpacked from it. */

#include "cot-layout-private.h"

#include <string.h>

#include "cot-decoder.h"
#include "cot-folder-name-private.h"
#include "cot-member-private.h"

/* These stand in several folders of one computer. */
static const char *const wandering_logs[] = {
  "setupact.log", "setuperr.log", "smsts.log", "windowsupdate.log",
};

/* Below these only a collector's folders follow. */
static const char *const collector_parts[] = {
  "/logs/ccm/", "/logs/mdmlogs/", "/logs/eventlogs/", "/logs/panther/",
  "/intune/commands/", "/intune/files/", "/intune/registrykeys/", "/intune/eventlogs/",
};

/* What a log says of whose it is by standing twice. */
typedef enum
{
  EVIDENCE_NONE,
  EVIDENCE_WEAK, /* only where both folders are named as computers are */
  EVIDENCE_STRONG,
} Evidence;

/* One log and the folder whose it is. */
typedef struct
{
  const char *name;
  const char *owner; /* a path without a '/' at its end */
  gboolean is_strong;
} Place;

/* Where the last part of a path begins. */
static gsize
find_last (const char *path, gsize n)
{
  while (n > 0 && path[n - 1] != '/')
    n--;
  return n;
}

static gboolean
is_host_path (const char *path)
{
  gsize n = strlen (path);
  gsize last = find_last (path, n);

  return cot_folder_name_is_host (path + last, n - last);
}

static gsize
drop_last (const char *path, gsize n)
{
  n = find_last (path, n);
  return n > 0 ? n - 1 : 0;
}

static gsize
drop_kinds (const char *path, gsize n)
{
  while (n > 0)
    {
      gsize last = find_last (path, n);

      if (!cot_folder_name_is_kind (path + last, n - last))
        break;
      n = last > 0 ? last - 1 : 0;
    }
  return n;
}

/* The end of the folder that is a computer's by its own name: one that only a collector gives, else
 * the first; 0 where there is none. */
static gsize
find_named_folder (const char *path, gsize n, gboolean *is_sure)
{
  gsize found = 0;

  *is_sure = FALSE;
  for (gsize start = 0; start < n;)
    {
      gsize end = start + strcspn (path + start, "/");
      gboolean is_strong = FALSE;
      g_autofree char *device =
          cot_folder_name_guess_device (path + start, MIN (end, n) - start, &is_strong);

      if (is_strong)
        {
          *is_sure = TRUE;
          return MIN (end, n);
        }
      if (device != NULL && found == 0)
        found = MIN (end, n);
      start = end + 1;
    }
  return found;
}

/* Where a collector's own folders begin. */
static gsize
find_collector_part (const char *label)
{
  g_autofree char *lower = g_ascii_strdown (label, -1);
  g_autofree char *folded = g_strconcat ("/", lower, NULL);
  gsize n = strlen (label);

  for (gsize i = 0; i < G_N_ELEMENTS (collector_parts); i++)
    {
      const char *part = strstr (folded, collector_parts[i]);

      if (part != NULL)
        n = MIN (n, (gsize) (part - folded));
    }
  return n > 0 ? n - 1 : 0;
}

/* "in/PC-A" of "in/PC-A_CcmExec.log", as if there were such a folder; 0 where the file name has no
 * computer's in front. */
static gsize
find_prefix (const char *label)
{
  const char *start;
  gsize n = cot_member_find_prefix (label, &start);

  return n > 0 && cot_folder_name_is_host (start, n) ? (gsize) (start - label) + n : 0;
}

/* The same, where a log stands behind it. */
static gsize
find_prefix_of_log (const char *label)
{
  gsize n = find_prefix (label);
  g_autofree char *log = n > 0 ? g_strdup (label + n + 1) : NULL;
  char *dot = log != NULL ? strrchr (log, '.') : NULL;

  if (dot == NULL)
    return 0;
  *dot = '\0';
  return cot_member_is_known_log (log) ? n : 0;
}

/* How much of the label is the folder whose it is; 0 where no folder says so. */
static gsize
find_owner (const char *label)
{
  gsize n_prefix = find_prefix_of_log (label);
  gsize n = drop_last (label, strlen (label));
  gboolean is_sure;
  gsize named;
  gsize last;

  if (n_prefix > 0)
    return n_prefix;
  n = drop_kinds (label, MIN (n, find_collector_part (label)));
  named = find_named_folder (label, n, &is_sure);
  last = find_last (label, n);
  /* Below a place there are computers, below a computer there is none. */
  if (named > 0 && (is_sure || !cot_folder_name_is_host (label + last, n - last)))
    return named;
  return n;
}

static gboolean
is_wandering (const char *base_name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wandering_logs); i++)
    if (g_ascii_strcasecmp (wandering_logs[i], base_name) == 0)
      return TRUE;
  return FALSE;
}

/* Only what is written to still: older parts stand where somebody puts them. */
static Evidence
weigh_log (const char *label, char **name)
{
  g_autofree char *base_name = NULL;
  g_autofree char *generation = NULL;
  CotMemberGroup group;
  CotMemberKind kind;
  gsize n_prefix;

  n_prefix = find_prefix_of_log (label);
  cot_member_identify (n_prefix > 0 ? label + n_prefix + 1 : label, NULL, &base_name, &generation);
  if (*generation != '\0')
    return EVIDENCE_NONE;
  kind = cot_member_guess_kind (label, base_name, 1);
  group = cot_member_guess_group (label, base_name);
  if ((kind != COT_MEMBER_LOG && kind != COT_MEMBER_EVENT_LOG
       && !g_str_has_prefix (base_name, "dsregcmd"))
      || group == COT_MEMBER_GROUP_OTHER)
    return EVIDENCE_NONE;
  *name = g_ascii_strdown (base_name, -1);
  if (kind != COT_MEMBER_LOG || group == COT_MEMBER_GROUP_WINDOWS || is_wandering (base_name)
      || g_str_has_prefix (*name, "u_ex"))
    return EVIDENCE_WEAK;
  return EVIDENCE_STRONG;
}

static int
compare_places (gconstpointer first, gconstpointer second)
{
  const Place *a = first;
  const Place *b = second;
  int order = strcmp (a->name, b->name);

  return order != 0 ? order : strcmp (a->owner, b->owner);
}

/* All logs that stand in the folder of somebody, sorted by name. */
static GArray *
find_places (GStringChunk *texts, const char *const *labels, guint n_labels)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));

  for (guint i = 0; i < n_labels; i++)
    {
      gsize n = find_owner (labels[i]);
      g_autofree char *owner = n > 0 ? g_strndup (labels[i], n) : NULL;
      g_autofree char *name = NULL;
      Evidence evidence = owner != NULL ? weigh_log (labels[i], &name) : EVIDENCE_NONE;
      Place place = { NULL, NULL, evidence == EVIDENCE_STRONG };

      if (evidence == EVIDENCE_NONE
          || (evidence == EVIDENCE_WEAK && !is_host_path (owner)))
        continue;
      place.name = g_string_chunk_insert_const (texts, name);
      place.owner = g_string_chunk_insert_const (texts, owner);
      g_array_append_val (places, place);
    }
  g_array_sort (places, compare_places);
  return places;
}

/* The name that the last part of a path says, as it is compared; (transfer full). */
static char *
fold_owner (const char *owner)
{
  gsize n = strlen (owner);
  gsize last = find_last (owner, n);
  const char *name = owner + last;
  gboolean is_strong;
  g_autofree char *device = cot_folder_name_guess_device (name, n - last, &is_strong);

  n -= last;
  if (device != NULL)
    return g_ascii_strdown (device, -1);
  cot_folder_name_trim (&name, &n);
  return g_ascii_strdown (name, (gssize) n);
}

/* Folders of one name in several places are named by what they stand in: "London/Team" and
 * "Paris/Team". FALSE where all differ. */
static gboolean
climb (GStringChunk *texts, GHashTable *owners)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) twice = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) higher = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer owner;

  g_hash_table_iter_init (&iter, owners);
  while (g_hash_table_iter_next (&iter, &owner, NULL))
    {
      char *name = fold_owner (owner);
      gpointer other = g_hash_table_lookup (seen, name);

      if (other != NULL)
        {
          g_hash_table_add (twice, other);
          g_hash_table_add (twice, owner);
          g_free (name);
        }
      else
        g_hash_table_insert (seen, name, owner);
    }
  g_hash_table_iter_init (&iter, owners);
  while (g_hash_table_iter_next (&iter, &owner, NULL))
    {
      gsize n;

      /* A computer is one and the same wherever its name stands. */
      if (!g_hash_table_contains (twice, owner)
          || is_host_path (owner))
        continue;
      n = drop_kinds (owner, drop_last (owner, strlen (owner)));
      if (n > 0)
        {
          g_autofree char *above = g_strndup (owner, n);

          g_ptr_array_add (higher, g_string_chunk_insert_const (texts, above));
        }
      g_hash_table_iter_remove (&iter);
    }
  for (guint i = 0; i < higher->len; i++)
    g_hash_table_add (owners, g_ptr_array_index (higher, i));
  return higher->len > 0;
}

/* What stands in the folder of somebody else is that one's. */
static void
drop_nested (GHashTable *owners)
{
  g_autoptr (GPtrArray) nested = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer owner;

  g_hash_table_iter_init (&iter, owners);
  while (g_hash_table_iter_next (&iter, &owner, NULL))
    for (gsize n = drop_last (owner, strlen (owner)); n > 0; n = drop_last (owner, n))
      {
        g_autofree char *above = g_strndup (owner, n);

        if (!g_hash_table_contains (owners, above))
          continue;
        g_ptr_array_add (nested, owner);
        break;
      }
  for (guint i = 0; i < nested->len; i++)
    g_hash_table_remove (owners, g_ptr_array_index (nested, i));
}

static gboolean
name_several (GHashTable *owners)
{
  g_autofree char *first = NULL;
  GHashTableIter iter;
  gpointer owner;

  g_hash_table_iter_init (&iter, owners);
  while (g_hash_table_iter_next (&iter, &owner, NULL))
    {
      g_autofree char *name = fold_owner (owner);

      if (first == NULL)
        first = g_steal_pointer (&name);
      else if (strcmp (first, name) != 0)
        return TRUE;
    }
  return FALSE;
}

/* The folders in which one log is alive; none where they may be one computer's. */
static void
take_owners_of_log (GStringChunk *texts, const Place *places, guint n_places, GHashTable *owners)
{
  g_autoptr (GHashTable) here = NULL;
  GHashTableIter iter;
  gpointer owner;

  if (strcmp (places[0].owner, places[n_places - 1].owner) == 0)
    return;
  here = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < n_places; i++)
    g_hash_table_add (here, (gpointer) places[i].owner);
  while (climb (texts, here))
    ;
  drop_nested (here);
  if (!name_several (here))
    return;
  g_hash_table_iter_init (&iter, here);
  while (g_hash_table_iter_next (&iter, &owner, NULL))
    g_hash_table_add (owners, owner);
}

/* By its name, whatever is in it. */
static gboolean
is_named (const char *owner)
{
  gsize n = strlen (owner);
  gsize last = find_last (owner, n);
  gboolean is_strong;
  g_autofree char *device = cot_folder_name_guess_device (owner + last, n - last, &is_strong);

  return device != NULL || is_host_path (owner);
}

static gboolean
is_unnamed_archive (const char *owner)
{
  gsize n = strlen (owner);
  gsize last = find_last (owner, n);

  return cot_folder_name_is_archive (owner + last, n - last) && !is_named (owner);
}

static gboolean
has_named (GHashTable *owners)
{
  GHashTableIter iter;
  gpointer owner;

  g_hash_table_iter_init (&iter, owners);
  while (g_hash_table_iter_next (&iter, &owner, NULL))
    if (is_named (owner))
      return TRUE;
  return FALSE;
}

static guint
count_unnamed_archives (GHashTable *owners)
{
  GHashTableIter iter;
  gpointer owner;
  guint n = 0;

  g_hash_table_iter_init (&iter, owners);
  while (g_hash_table_iter_next (&iter, &owner, NULL))
    n += is_unnamed_archive (owner) ? 1 : 0;
  return n;
}

/* "NOTEBOOK.zip" and "SERVER.zip" hold the same logs: two computers, and so are "anna.zip" and
 * "ben.zip", as nothing else tells them apart. But "PC0042.zip" and "case.zip" are not: beside a
 * computer's name, one that is none says what the archive is. Whose it is nobody knows then, and no
 * computer is made up for it. Of several computers such logs are judged apart from all of them;
 * beside one they are taken for its own, and @has_doubtful says that they may not be. Two of them
 * cannot both be its own. */
static void
drop_unnamed_archives (GHashTable *owners, gboolean *has_doubtful)
{
  GHashTableIter iter;
  gpointer owner;

  if (!has_named (owners) || count_unnamed_archives (owners) > 1)
    return;
  g_hash_table_iter_init (&iter, owners);
  while (g_hash_table_iter_next (&iter, &owner, NULL))
    if (is_unnamed_archive (owner))
      {
        g_hash_table_iter_remove (&iter);
        *has_doubtful = TRUE;
      }
}

/* The folders, each of a computer; empty where there are not two. */
static GHashTable *
find_owners (GStringChunk *texts, const char *const *labels, guint n_labels,
             gboolean *has_doubtful)
{
  g_autoptr (GArray) places = find_places (texts, labels, n_labels);
  GHashTable *owners = g_hash_table_new (g_str_hash, g_str_equal);
  guint end;

  for (guint first = 0; first < places->len; first = end)
    {
      const Place *place = &g_array_index (places, Place, first);

      for (end = first + 1; end < places->len; end++)
        if (strcmp (g_array_index (places, Place, end).name, place->name) != 0)
          break;
      take_owners_of_log (texts, place, end - first, owners);
    }
  drop_nested (owners);
  drop_unnamed_archives (owners, has_doubtful);
  if (!name_several (owners))
    g_hash_table_remove_all (owners);
  return owners;
}

/* The one of these folders in which a label stands, or that it is; (nullable). */
static const char *
find_folder (GHashTable *folders, const char *label)
{
  g_autofree char *path = g_strdup (label);
  const char *found = NULL;
  char *end = path;
  gsize n_prefix;

  while (found == NULL && end != NULL && g_hash_table_size (folders) > 0)
    {
      end = strchr (end + (*end == '/'), '/');
      if (end != NULL)
        *end = '\0';
      found = g_hash_table_lookup (folders, path);
      if (end != NULL)
        *end = '/';
    }
  n_prefix = found == NULL && g_hash_table_size (folders) > 0 ? find_prefix (label) : 0;
  if (n_prefix > 0)
    {
      path[n_prefix] = '\0';
      found = g_hash_table_lookup (folders, path);
    }
  return found;
}

/* A server's logs stand beside those of its clients, and help to judge these. */
static gboolean
is_server_log (const char *label)
{
  g_autofree char *base_name = NULL;
  g_autofree char *generation = NULL;

  cot_member_identify (label, NULL, &base_name, &generation);
  return cot_member_guess_group (label, base_name) == COT_MEMBER_GROUP_SITE_SERVER;
}

/* What stands beside the folders of computers and has logs is one too, unless they are a
 * server's. */
static void
add_neighbours (GStringChunk *texts, const char *const *labels, guint n_labels, GHashTable *owners)
{
  g_autoptr (GHashTable) parents = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  gboolean are_named = has_named (owners);
  GHashTableIter iter;
  gpointer owner;

  g_hash_table_iter_init (&iter, owners);
  while (g_hash_table_iter_next (&iter, &owner, NULL))
    {
      g_autofree char *parent = g_strndup (owner, drop_last (owner, strlen (owner)));

      g_hash_table_add (parents, g_string_chunk_insert_const (texts, parent));
    }
  for (guint i = 0; i < n_labels && g_hash_table_size (parents) > 0; i++)
    {
      gsize n = find_owner (labels[i]);
      g_autofree char *path = g_strndup (labels[i], n);
      g_autofree char *parent = g_strndup (labels[i], drop_last (labels[i], n));
      g_autofree char *name = NULL;

      if (n > 0 && g_hash_table_contains (parents, parent)
          && !(are_named && is_unnamed_archive (path))
          && find_folder (owners, labels[i]) == NULL && !is_server_log (labels[i])
          && weigh_log (labels[i], &name) == EVIDENCE_STRONG)
        g_ptr_array_add (found, g_string_chunk_insert_const (texts, path));
    }
  for (guint i = 0; i < found->len; i++)
    g_hash_table_add (owners, g_ptr_array_index (found, i));
}

/* As it is shown: what a collector or a user wrote around the computer's name falls away, and
 * nothing in it can deceive. */
static char *
dup_name (const char *owner)
{
  gsize n = strlen (owner);
  gsize last = find_last (owner, n);
  const char *name = owner + last;
  GString *shown;
  gboolean is_strong;
  char *device = cot_folder_name_guess_device (name, n - last, &is_strong);

  if (device != NULL)
    return device;
  n -= last;
  cot_folder_name_trim (&name, &n);
  shown = g_string_new (NULL);
  cot_text_append_visible (shown, name, (gssize) n, FALSE);
  return g_string_free (shown, FALSE);
}

/**
 * cot_layout_find_owners:
 * @labels: (array length=n_labels): the labels of the members of a bundle, or paths
 * @n_labels: how many
 * @names: (array length=n_labels) (element-type utf8): where the names go, each (transfer full)
 * @has_doubtful: (inout): set where an archive may be another computer's, and no name says so
 *
 * Tells by the logs, where the names of the folders say no computer, whose each label is. Any
 * thread.
 *
 * Returns: whether there are two computers or more
 */
gboolean
cot_layout_find_owners (const char *const *labels, guint n_labels, char **names,
                        gboolean *has_doubtful)
{
  GStringChunk *texts = g_string_chunk_new (4096);
  g_autoptr (GHashTable) owners = find_owners (texts, labels, n_labels, has_doubtful);
  g_auto (GStrv) paths = NULL;
  const char *const *in_folders = labels;
  gboolean has_several;

  /* What folders say counts for more than what names of files say. */
  if (g_hash_table_size (owners) == 0)
    {
      g_hash_table_unref (g_steal_pointer (&owners));
      paths = cot_layout_dup_with_name_folders (labels, n_labels);
      in_folders = (const char *const *) paths;
      owners = find_owners (texts, in_folders, n_labels, has_doubtful);
    }
  has_several = g_hash_table_size (owners) > 0;
  if (has_several)
    add_neighbours (texts, in_folders, n_labels, owners);
  for (guint i = 0; has_several && i < n_labels; i++)
    {
      const char *owner = find_folder (owners, in_folders[i]);

      if (owner != NULL)
        names[i] = dup_name (owner);
    }
  g_string_chunk_free (texts);
  return has_several;
}
