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
      g_autofree char *key = NULL;

      if (!is_over (refused->reason))
        continue;
      key = dup_refusal_key (refused->label, refused->reason);
      g_hash_table_remove (self->refusals, key);
      g_ptr_array_remove_index (self->refused, i);
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

/* An archive inside may be refused for each of 20,000 reasons, and hold as many logs: looking at all
 * of these for each takes too long. */
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
}

/**
 * cot_case_shows_refused:
 * @self: a case
 * @index: below cot_case_get_n_refused()
 *
 * Returns: whether something of it is shown all the same
 */
gboolean
cot_case_shows_refused (CotCase *self, guint index)
{
  const Refused *refused = g_ptr_array_index (self->refused, index);
  CotLog *log;

  /* A loose file that is no archive is a log; the whole bundle is what is in it. */
  if (self->bundle == NULL || refused->place == G_MAXUINT)
    return self->bundle == NULL || self->logs->len > 0;
  log = cot_case_get_member_log (self, refused->place);
  return log != NULL ? cot_log_get_state (log) != COT_DOCUMENT_FAILED
                     : g_hash_table_contains (get_labels (self), refused->label);
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
  CotLog *log;

  if (self->bundle == NULL || refused->place == G_MAXUINT
      || !(g_error_matches (refused->reason, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_CHECKSUM)
           || g_error_matches (refused->reason, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_TRUNCATED)))
    return NULL;
  log = cot_case_get_member_log (self, refused->place);
  return log != NULL && cot_log_get_error (log) == NULL ? log : NULL;
}
