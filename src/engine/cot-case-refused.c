/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-case-private.h"

#include <string.h>

/* What could not be read of a case, or only in part, and why. */

typedef struct
{
  guint place;
  char *label;
  GError *reason;
} Refused;

static char *
dup_refusal_key (const char *label, const GError *reason)
{
  return g_strdup_printf ("%u %d %s", reason->domain, reason->code, label);
}

static void
refused_free (Refused *refused)
{
  g_free (refused->label);
  g_error_free (refused->reason);
  g_free (refused);
}

void
cot_case_init_refused (CotCase *self)
{
  self->refused = g_ptr_array_new_with_free_func ((GDestroyNotify) refused_free);
  self->refusals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
cot_case_finish_refused (CotCase *self)
{
  cot_case_forget_labels (self);
  g_clear_pointer (&self->refusals, g_hash_table_unref);
  g_clear_pointer (&self->refused, g_ptr_array_unref);
}

/**
 * cot_case_refuse:
 * @self: a case
 * @place: where it stands among what is read
 * @label: what could not be read
 * @reason: why
 *
 * Notes it, once for each label and reason. They stand in the order of their places, whichever was
 * read first. Main thread.
 */
void
cot_case_refuse (CotCase *self, guint place, const char *label, const GError *reason)
{
  Refused *refused;
  guint index = self->refused->len;

  if (!g_hash_table_add (self->refusals, dup_refusal_key (label, reason)))
    return;
  while (index > 0 && ((Refused *) g_ptr_array_index (self->refused, index - 1))->place > place)
    index--;
  refused = g_new0 (Refused, 1);
  refused->place = place;
  refused->label = g_strdup (label);
  refused->reason = g_error_copy (reason);
  g_ptr_array_insert (self->refused, (gint) index, refused);
}

static void
take_back (CotCase *self, guint index)
{
  const Refused *refused = g_ptr_array_index (self->refused, index);
  g_autofree char *key = dup_refusal_key (refused->label, refused->reason);

  g_hash_table_remove (self->refusals, key);
  g_ptr_array_remove_index (self->refused, index);
}

/**
 * cot_case_forget_refused:
 * @self: a case
 * @is_over: whether a reason is none any more
 *
 * Main thread.
 */
void
cot_case_forget_refused (CotCase *self, gboolean (*is_over) (const GError *reason))
{
  for (guint i = self->refused->len; i-- > 0;)
    {
      const Refused *refused = g_ptr_array_index (self->refused, i);

      if (is_over (refused->reason))
        take_back (self, i);
    }
}

/**
 * cot_case_forget_reason:
 * @self: a case
 * @label: what was read after all, or was closed
 * @reason: why it could not be read before
 *
 * Main thread.
 */
void
cot_case_forget_reason (CotCase *self, const char *label, const GError *reason)
{
  for (guint i = self->refused->len; i-- > 0;)
    {
      const Refused *refused = g_ptr_array_index (self->refused, i);

      if (g_error_matches (refused->reason, reason->domain, reason->code)
          && strcmp (refused->label, label) == 0)
        take_back (self, i);
    }
}

/**
 * cot_case_get_n_refused:
 * @self: a case
 *
 * Returns: how many things could not be read, or only in part
 */
guint
cot_case_get_n_refused (CotCase *self)
{
  return self->refused->len;
}

/**
 * cot_case_get_refused:
 * @self: a case
 * @index: below cot_case_get_n_refused()
 * @reason: (out) (transfer none): COT_SOURCE_ERROR or COT_BUNDLE_ERROR
 *
 * Returns: (transfer none): its label
 */
const char *
cot_case_get_refused (CotCase *self, guint index, const GError **reason)
{
  Refused *refused = g_ptr_array_index (self->refused, index);

  *reason = refused->reason;
  return refused->label;
}

/**
 * cot_case_is_whole_refused:
 * @self: a case
 * @index: below cot_case_get_n_refused()
 *
 * Returns: whether the bundle itself is meant, and none of the files in it
 */
gboolean
cot_case_is_whole_refused (CotCase *self, guint index)
{
  const Refused *refused = g_ptr_array_index (self->refused, index);

  return self->bundle != NULL && refused->place == G_MAXUINT;
}

/* An archive inside may be refused for each of 20,000 reasons, and hold as many logs: to look at
 * all of these for each takes too long. */
static GHashTable *
get_labels (CotCase *self)
{
  if (self->labels != NULL)
    return self->labels;
  self->labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < self->logs->len; i++)
    {
      CotLog *log = cot_case_get_log (self, i);
      g_autofree char *label = g_strdup (cot_log_get_label (log));

      if (self->bundle == NULL)
        {
          g_hash_table_insert (self->labels, g_steal_pointer (&label), log);
          continue;
        }
      /* What it came out of; where that is known already, so is all above it. */
      for (char *slash; (slash = strrchr (label, '/')) != NULL;)
        {
          *slash = '\0';
          if (!g_hash_table_add (self->labels, g_strdup (label)))
            break;
        }
    }
  return self->labels;
}

/* Once there are other logs than before. */
void
cot_case_forget_labels (CotCase *self)
{
  g_clear_pointer (&self->labels, g_hash_table_unref);
  self->sides = COT_CASE_SIDES_UNKNOWN;
}

/* (nullable): the log that it is, or that shows what came of it */
static CotLog *
get_log (CotCase *self, const Refused *refused)
{
  if (self->bundle == NULL)
    return g_hash_table_lookup (get_labels (self), refused->label);
  return refused->place != G_MAXUINT ? cot_case_get_member_log (self, refused->place) : NULL;
}

/* An older part of a loose file is a generation of its log. */
static gboolean
shows_older_part (CotCase *self, const Refused *refused)
{
  for (guint i = 0; i < self->logs->len; i++)
    {
      const CotCaseItem *item = g_ptr_array_index (self->logs, i);
      CotSnapshot *snapshot = cot_log_get_snapshot (item->log);

      if (item->place != refused->place)
        continue;
      for (guint j = 0; j < cot_snapshot_get_n_generations (snapshot); j++)
        {
          const CotGeneration *part = cot_snapshot_get_generation (snapshot, j);

          if (part->n_entries > 0 && g_strcmp0 (part->label, refused->label) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

/**
 * cot_case_shows_refused:
 * @self: a case
 * @index: below cot_case_get_n_refused()
 *
 * What was read of a log before it failed stays shown.
 *
 * Returns: whether something of it is shown all the same
 */
gboolean
cot_case_shows_refused (CotCase *self, guint index)
{
  const Refused *refused = g_ptr_array_index (self->refused, index);
  CotLog *log = get_log (self, refused);

  if (log != NULL)
    return cot_log_get_state (log) != COT_DOCUMENT_FAILED;
  if (self->bundle == NULL)
    return shows_older_part (self, refused);
  /* The whole bundle is what is in it. */
  if (cot_case_is_whole_refused (self, index))
    return self->logs->len > 0;
  return g_hash_table_contains (get_labels (self), refused->label);
}

/* A failure to read that any other reading may not meet, and none of what is in the file. */
static gboolean
is_of_reading (const GError *reason)
{
  return reason->domain == COT_SOURCE_ERROR || reason->domain == G_IO_ERROR;
}

/**
 * cot_case_get_read_in_part:
 * @self: a case
 * @index: below cot_case_get_n_refused()
 *
 * Returns: (transfer none) (nullable): the log that holds what came of it: its end is missing, or
 *   it is damaged somewhere; %NULL where nothing came
 */
CotLog *
cot_case_get_read_in_part (CotCase *self, guint index)
{
  const Refused *refused = g_ptr_array_index (self->refused, index);
  CotLog *log = get_log (self, refused);

  if (log == NULL
      || !(is_of_reading (refused->reason)
           || g_error_matches (refused->reason, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_CHECKSUM)
           || g_error_matches (refused->reason, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_TRUNCATED)))
    return NULL;
  return cot_log_get_state (log) != COT_DOCUMENT_FAILED ? log : NULL;
}
