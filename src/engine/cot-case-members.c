/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the members of a bundle have to do with each other: whose they are, and which of them are
 * older parts of one log. */

#include "cot-case-private.h"

#include "cot-log-private.h"

#include <stdlib.h>
#include <string.h>

/* No writer keeps as many; what is older stays a log of its own. */
#define MAX_OLDER_PARTS 1000

typedef struct
{
  guint index; /* of the member */
  const char *generation;
  gsize n_label;
} Part;

static gboolean
is_dated (const char *generation)
{
  return strlen (generation) >= 8;
}

/* The oldest first: dated copies, then numbered ones, whose numbers grow with age, then "lo_",
 * then the log itself. */
static guint
get_rank (const char *generation)
{
  if (*generation == '\0')
    return 3;
  if (is_dated (generation))
    return 0;
  return g_ascii_isdigit (*generation) ? 1 : 2;
}

int
cot_case_compare_generations (const char *a, const char *b)
{
  guint rank = get_rank (a);
  int order = (int) rank - (int) get_rank (b);

  if (order != 0)
    return order;
  return rank == 1 ? atoi (b) - atoi (a) : strcmp (a, b);
}

static int
compare_parts (gconstpointer first, gconstpointer second)
{
  const Part *a = first;
  const Part *b = second;
  int order = cot_case_compare_generations (a->generation, b->generation);

  /* Of two copies the one without a copy's number is taken, else the first. */
  if (order == 0)
    order = a->n_label > b->n_label ? -1 : a->n_label < b->n_label;
  return order != 0 ? order : (int) b->index - (int) a->index;
}

/* Computer, folder and name: logs of one name in two folders are two logs. */
static char *
dup_key (const CotMember *member)
{
  const char *slash = strrchr (member->label, '/');
  gsize n_folder = slash != NULL ? (gsize) (slash - member->label) : 0;
  g_autofree char *name = g_ascii_strdown (member->base_name, -1);

  return g_strdup_printf ("%.*s/%s", (int) n_folder, member->label, name);
}

static void
join_parts (CotCase *self, GArray *parts)
{
  const Part *newest;
  g_autoptr (GArray) older = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_sort (parts, compare_parts);
  newest = &g_array_index (parts, Part, parts->len - 1);
  for (guint i = parts->len - MIN (parts->len, MAX_OLDER_PARTS + 1); i + 1 < parts->len; i++)
    {
      const Part *part = &g_array_index (parts, Part, i);

      /* The same part twice is a copy of a log, and no older one. */
      if (strcmp (part->generation, (part + 1)->generation) == 0)
        continue;
      g_array_append_val (older, part->index);
      g_hash_table_insert (self->leaders, GUINT_TO_POINTER (part->index + 1),
                           GUINT_TO_POINTER (newest->index + 1));
    }
  if (older->len > 0)
    g_hash_table_insert (self->older, GUINT_TO_POINTER (newest->index + 1),
                         g_steal_pointer (&older));
}

/**
 * cot_case_join_members:
 * @self: a case of a bundle
 *
 * Finds the older parts of logs among the members that can be read. Main thread.
 */
void
cot_case_join_members (CotCase *self)
{
  g_autoptr (GHashTable) logs =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  GHashTableIter iter;
  gpointer parts;

  for (guint i = 0; i < cot_bundle_get_n_members (self->bundle); i++)
    {
      const CotMember *member = cot_bundle_get_member (self->bundle, i);
      g_autoptr (GError) error = cot_bundle_dup_member_error (self->bundle, i);
      Part part = { i, member->generation, strlen (member->label) };
      g_autofree char *key = NULL;

      if (error != NULL || member->kind != COT_MEMBER_LOG
          || !cot_member_generation_is_ordered (member->generation))
        continue;
      key = dup_key (member);
      parts = g_hash_table_lookup (logs, key);
      if (parts == NULL)
        {
          parts = g_array_new (FALSE, FALSE, sizeof (Part));
          g_hash_table_insert (logs, g_steal_pointer (&key), parts);
        }
      g_array_append_val ((GArray *) parts, part);
    }
  g_hash_table_iter_init (&iter, logs);
  while (g_hash_table_iter_next (&iter, NULL, &parts))
    if (((GArray *) parts)->len > 1)
      join_parts (self, parts);
}

/**
 * cot_case_get_newest_member:
 * @self: a case of a bundle
 * @index: below cot_case_get_n_members()
 *
 * Returns: the member that it is an older part of; @index where it is none
 */
guint
cot_case_get_newest_member (CotCase *self, guint index)
{
  guint newest =
      GPOINTER_TO_UINT (g_hash_table_lookup (self->leaders, GUINT_TO_POINTER (index + 1)));

  return newest > 0 ? newest - 1 : index;
}

/**
 * cot_case_get_older_members:
 * @self: a case of a bundle
 * @index: below cot_case_get_n_members()
 * @n: (out): how many there are
 *
 * Returns: (transfer none) (array length=n) (nullable): the members that are older parts of it,
 *   the oldest first
 */
const guint *
cot_case_get_older_members (CotCase *self, guint index, guint *n)
{
  const GArray *older = g_hash_table_lookup (self->older, GUINT_TO_POINTER (index + 1));

  *n = older != NULL ? older->len : 0;
  return older != NULL ? (const guint *) (const void *) older->data : NULL;
}

/**
 * cot_case_get_joined:
 * @self: a case of a bundle
 * @index: below cot_case_get_n_members()
 *
 * Returns: whether it is a part of a log that is read and judged with its older parts
 */
gboolean
cot_case_get_joined (CotCase *self, guint index)
{
  gpointer newest = GUINT_TO_POINTER (cot_case_get_newest_member (self, index) + 1);

  return self->joins && g_hash_table_contains (self->older, newest)
         && !g_hash_table_contains (self->apart, newest);
}

CotCaseItem *
cot_case_find_item (CotCase *self, guint member)
{
  for (guint i = 0; i < self->logs->len; i++)
    {
      CotCaseItem *item = g_ptr_array_index (self->logs, i);

      if (item->member == member)
        return item;
    }
  return NULL;
}

/**
 * cot_case_find_member:
 * @self: a case
 * @log: a log
 *
 * Returns: the index of the member that it is; -1 where it is none
 */
int
cot_case_find_member (CotCase *self, CotLog *log)
{
  /* 0 where it is none */
  return GPOINTER_TO_INT (g_hash_table_lookup (self->log_members, log)) - 1;
}

void
cot_case_add_older_files (CotCase *self, CotLog *log, guint member)
{
  guint n = 0;
  const guint *older = NULL;

  if (member == G_MAXUINT)
    return;
  older = cot_case_get_older_members (self, member, &n);
  if (n == 0 || cot_log_get_path (log) == NULL || !cot_case_get_joined (self, member))
    return;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = cot_bundle_dup_member_path (self->bundle, older[i]);

      cot_log_add_older (log, path, NULL, cot_bundle_get_member (self->bundle, older[i])->label);
    }
}

static void
add_part_log (CotCase *self, guint member)
{
  CotLog *log = cot_case_get_member_log (self, member);
  CotCaseItem *item = cot_case_find_item (self, member);

  /* Somebody looks at it already. */
  if (item != NULL)
    cot_case_judge_part (item);
  else if (log != NULL)
    cot_case_add_log (self, log, member);
}

static void
drop_part_log (CotCase *self, guint member)
{
  CotCaseItem *item = cot_case_find_item (self, member);

  if (item == NULL || item->is_part)
    return;
  cot_case_take_out (self, item);
  g_ptr_array_remove (self->logs, item);
  cot_case_forget_labels (self);
}

void
cot_case_split_off (CotCase *self, guint member)
{
  guint newest = cot_case_get_newest_member (self, member);
  GArray *older = g_hash_table_lookup (self->older, GUINT_TO_POINTER (newest + 1));

  for (guint i = 0; older != NULL && i < older->len; i++)
    if (g_array_index (older, guint, i) == member)
      {
        g_array_remove_index (older, i);
        break;
      }
  if (older != NULL && older->len == 0)
    g_hash_table_remove (self->older, GUINT_TO_POINTER (newest + 1));
  g_hash_table_remove (self->leaders, GUINT_TO_POINTER (member + 1));
  add_part_log (self, member);
}

/* Those of an archive are known since it was unpacked. */
static GArray *
dup_joined (CotCaseItem *item)
{
  guint n = 0;
  const guint *older = cot_case_get_older_members (item->owner, item->member, &n);
  GArray *joined = g_array_new (FALSE, FALSE, sizeof (guint));

  if (cot_log_get_path (item->log) == NULL)
    g_array_append_vals (joined, item->joined->data, item->joined->len);
  else if (n > 0 && cot_case_get_joined (item->owner, item->member))
    g_array_append_vals (joined, older, n);
  return joined;
}

/* Of a loose log: what is no part of it can be opened alone. */
static void
refuse_older_files (CotCaseItem *item)
{
  CotDocument *document = cot_log_get_document (item->log);

  for (guint i = 0; item->older_paths != NULL && i < item->older_paths->len; i++)
    {
      const GError *error = cot_document_get_older_error (document, i);
      g_autofree char *label = NULL;

      if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
        continue;
      label = g_filename_display_name (g_ptr_array_index (item->older_paths, i));
      cot_case_refuse (item->owner, item->place, label, error);
    }
}

void
cot_case_take_older_errors (CotCaseItem *item)
{
  CotCase *self = item->owner;
  CotDocument *document = cot_log_get_document (item->log);
  gboolean failed = cot_log_get_state (item->log) == COT_DOCUMENT_FAILED;
  g_autoptr (GArray) joined = NULL;
  gboolean changed = FALSE;

  if (item->member == G_MAXUINT)
    refuse_older_files (item);
  if (item->member == G_MAXUINT || item->is_part)
    return;
  joined = dup_joined (item);
  for (guint i = 0; i < joined->len; i++)
    {
      guint member = g_array_index (joined, guint, i);
      const GError *error = cot_document_get_older_error (document, i);

      if (error == NULL && !failed)
        continue;
      if (failed || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
        cot_case_split_off (self, member);
      else
        cot_case_refuse (self, member, cot_bundle_get_member (self->bundle, member)->label, error);
      changed = TRUE;
    }
  if (changed)
    g_signal_emit_by_name (self, "members-changed");
}

void
cot_case_renew_parts (CotCase *self)
{
  for (guint i = 0; i < cot_case_get_n_members (self); i++)
    if (cot_case_get_newest_member (self, i) != i && cot_case_get_joined (self, i))
      drop_part_log (self, i);
  for (guint i = 0; i < self->logs->len; i++)
    {
      CotCaseItem *item = g_ptr_array_index (self->logs, i);
      guint n = 0;

      if (item->member == G_MAXUINT || item->is_part || cot_log_needs_source (item->log)
          || cot_log_get_path (item->log) != NULL)
        continue;
      cot_case_get_older_members (self, item->member, &n);
      if (n != item->joined->len && cot_case_get_joined (self, item->member))
        cot_case_reopen_log (self, item->log, cot_log_get_chosen_format (item->log));
    }
}

/**
 * cot_case_set_joined:
 * @self: a case of a bundle
 * @index: any part of a log
 * @joined: whether the log is read and judged with its older parts, or each of them is a log
 *
 * Main thread.
 *
 * Returns: (transfer none) (nullable): the log that takes the place of the newest part's; %NULL
 *   where nothing changes
 */
CotLog *
cot_case_set_joined (CotCase *self, guint index, gboolean joined)
{
  guint newest = cot_case_get_newest_member (self, index);
  CotLog *log = cot_case_get_member_log (self, newest);
  guint n = 0;
  const guint *older = cot_case_get_older_members (self, newest, &n);

  if (!self->joins || n == 0 || log == NULL || cot_case_get_joined (self, index) == joined)
    return NULL;
  if (joined)
    g_hash_table_remove (self->apart, GUINT_TO_POINTER (newest + 1));
  else
    g_hash_table_add (self->apart, GUINT_TO_POINTER (newest + 1));
  for (guint i = 0; i < n; i++)
    if (joined)
      drop_part_log (self, older[i]);
    else
      add_part_log (self, older[i]);
  return cot_case_reopen_log (self, log, cot_log_get_chosen_format (log));
}

/**
 * cot_case_get_layout:
 * @self: a case
 *
 * Returns: who made the bundle, by the names in it; %COT_LAYOUT_GENERIC for loose files
 */
CotLayout
cot_case_get_layout (CotCase *self)
{
  return self->bundle != NULL ? cot_bundle_get_layout (self->bundle) : COT_LAYOUT_GENERIC;
}

/**
 * cot_case_get_layout_notes:
 * @self: a case
 *
 * Returns: what is in the bundle that one should know before handing it on
 */
CotLayoutNotes
cot_case_get_layout_notes (CotCase *self)
{
  return self->bundle != NULL ? cot_bundle_get_layout_notes (self->bundle) : 0;
}

/**
 * cot_case_get_n_devices:
 * @self: a case
 *
 * Returns: how many computers the names in the bundle tell of; of loose files none, or several
 */
guint
cot_case_get_n_devices (CotCase *self)
{
  return self->bundle != NULL ? cot_bundle_get_n_devices (self->bundle)
                              : self->loose_devices->len;
}

/**
 * cot_case_get_nth_device:
 * @self: a case
 * @index: below cot_case_get_n_devices()
 *
 * Returns: (transfer none): the computer's name
 */
const char *
cot_case_get_nth_device (CotCase *self, guint index)
{
  return self->bundle != NULL ? cot_bundle_get_device (self->bundle, index)
                              : g_ptr_array_index (self->loose_devices, index);
}
