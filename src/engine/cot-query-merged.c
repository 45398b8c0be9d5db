/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-query-private.h"

#include "cot-merged-log-private.h"

/* A question to a merge. Each log is asked by itself, which reads it in whole blocks; its answers
 * are put in the common order by the same worker that makes that order. */

typedef struct
{
  CotQuery *owner;
  CotLog *log;
  CotQuery *query; /* (nullable): not started yet */
  CotBitset *answers; /* as told last: while a log is asked on, its last answer comes and goes */
  guint64 n_asked; /* likewise */
  guint64 n_collected; /* what n_asked was when places were asked for last */
} Part;

static void start_next (CotQuery *self);

/**
 * cot_query_get_max_running:
 *
 * Any thread.
 *
 * Returns: how many queries may run at once: as many as there are threads but one, so that rows
 *   still come
 */
guint
cot_query_get_max_running (void)
{
  return MAX (cot_job_get_n_threads (), 2) - 1;
}

static void
part_free (gpointer data)
{
  Part *part = data;

  if (part->query != NULL)
    g_signal_handlers_disconnect_by_data (part->query, part);
  g_clear_object (&part->query);
  g_object_unref (part->log);
  cot_bitset_unref (part->answers);
  g_free (part);
}

static Part *
find_part (CotQuery *self, CotLog *log)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      Part *part = g_ptr_array_index (self->parts, i);

      if (part->log == log)
        return part;
    }
  return NULL;
}

static gboolean
is_running (const Part *part)
{
  return part->query == NULL || cot_query_get_running (part->query);
}

static void
on_part_changed (Part *part)
{
  CotQuery *self = part->owner;

  cot_bitset_unref (part->answers);
  part->answers = cot_bitset_copy (cot_query_get_ordinals (part->query));
  part->n_asked = cot_query_get_n_asked (part->query);
  self->is_dirty = TRUE;
  cot_merged_log_queue (COT_MERGED_LOG (self->log));
  if (!cot_query_get_running (part->query))
    start_next (self);
}

static void
start_part (CotQuery *self, Part *part)
{
  part->query = self->filter != NULL || self->moment != 0
                    ? cot_query_new_since (part->log, self->filter, self->moment)
                    : cot_query_new (part->log, self->kind, self->question);
  g_signal_connect_swapped (part->query, "changed", G_CALLBACK (on_part_changed), part);
}

static void
start_next (CotQuery *self)
{
  guint n_running = 0;

  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (self->parts, i);

      n_running += part->query != NULL && cot_query_get_running (part->query);
    }
  for (guint i = 0; i < self->parts->len && n_running < cot_query_get_max_running (); i++)
    {
      Part *part = g_ptr_array_index (self->parts, i);

      if (part->query != NULL)
        continue;
      start_part (self, part);
      n_running++;
    }
}

/* Those of logs that are on; what was asked of others is forgotten. */
static void
on_logs_changed (CotQuery *self)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->parts);

  self->parts = g_ptr_array_new_with_free_func (part_free);
  for (guint i = 0; i < cot_log_get_n_parts (self->log); i++)
    {
      CotLog *log = cot_log_get_part (self->log, i);
      Part *part = NULL;

      for (guint j = 0; j < before->len && part == NULL; j++)
        if (((Part *) g_ptr_array_index (before, j))->log == log)
          part = g_ptr_array_steal_index (before, j);
      if (part == NULL)
        {
          part = g_new0 (Part, 1);
          part->owner = self;
          part->log = g_object_ref (log);
          part->answers = cot_bitset_new ();
        }
      g_ptr_array_add (self->parts, part);
    }
  self->is_dirty = TRUE;
  cot_merged_log_queue (COT_MERGED_LOG (self->log));
  start_next (self);
}

void
cot_query_start_parts (CotQuery *self)
{
  self->parts = g_ptr_array_new_with_free_func (part_free);
  g_signal_connect_swapped (self->log, "logs-changed", G_CALLBACK (on_logs_changed), self);
  cot_merged_log_add_query (COT_MERGED_LOG (self->log), self);
  on_logs_changed (self);
}

void
cot_query_drop_parts (CotQuery *self)
{
  if (self->parts == NULL)
    return;
  g_ptr_array_set_size (self->parts, 0);
  if (self->log != NULL)
    cot_merged_log_remove_query (COT_MERGED_LOG (self->log), self);
}

gboolean
cot_query_has_outdated_part (CotQuery *self)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (self->parts, i);

      if (part->query != NULL && cot_query_is_outdated (part->query))
        return TRUE;
    }
  return FALSE;
}

gboolean
cot_query_is_any_part_running (CotQuery *self)
{
  for (guint i = 0; i < self->parts->len; i++)
    if (is_running (g_ptr_array_index (self->parts, i)))
      return TRUE;
  return self->is_dirty || self->is_collected;
}

guint64
cot_query_count_too_slow (CotQuery *self)
{
  guint64 n = 0;

  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (self->parts, i);

      n += part->query != NULL ? cot_query_get_n_too_slow (part->query) : 0;
    }
  return n;
}

CotBitset *
cot_query_ref_answers_of (CotQuery *self, CotLog *log)
{
  const Part *part = find_part (self, log);

  return part != NULL ? cot_bitset_ref (part->answers) : cot_bitset_new ();
}

guint64
cot_query_get_n_asked_of (CotQuery *self, CotLog *log)
{
  const Part *part = find_part (self, log);

  return part != NULL ? part->n_asked : 0;
}

gboolean
cot_query_wants_places (CotQuery *self)
{
  return self->is_dirty;
}

/* (transfer full): what is known of each of @logs. A log that nobody asks any more has no answers:
 * its turn to go comes with the order that lacks it. */
CotMergedAnswers *
cot_query_collect (CotQuery *self, GPtrArray *logs, gboolean same_logs)
{
  CotMergedAnswers *answers = g_new0 (CotMergedAnswers, 1);

  answers->query = g_object_ref (self);
  answers->answers = g_new0 (CotBitset *, logs->len + 1);
  answers->n_asked = g_new0 (guint64, logs->len + 1);
  answers->n_asked_before = g_new0 (guint64, logs->len + 1);
  if (same_logs)
    {
      answers->before = cot_bitset_ref (self->ordinals);
      answers->n_places_before = self->n_asked;
    }
  for (guint i = 0; i < logs->len; i++)
    {
      Part *part = find_part (self, g_ptr_array_index (logs, i));

      answers->answers[i] = part != NULL ? cot_bitset_ref (part->answers) : cot_bitset_new ();
      if (part == NULL)
        continue;
      answers->n_asked[i] = is_running (part) ? part->n_asked : G_MAXUINT64;
      answers->n_asked_before[i] = part->n_collected;
      part->n_collected = part->n_asked;
    }
  self->is_dirty = FALSE;
  self->is_collected = TRUE;
  return answers;
}

void
cot_query_take_places (CotQuery *self, CotMergedAnswers *answers)
{
  cot_bitset_unref (self->ordinals);
  self->ordinals = cot_bitset_ref (answers->places);
  self->n_asked = answers->n_places;
  self->is_collected = FALSE;
}
