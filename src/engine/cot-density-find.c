/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-density-private.h"

#define SLAB_ENTRIES 16384

/* How near to what was asked for an entry is; better ones first. */
typedef enum
{
  NEAR_WITHIN,
  NEAR_LATER,
  NEAR_EARLIER,
  NEAR_NONE,
} Nearness;

/* The best entry of one log. */
typedef struct
{
  Nearness nearness;
  guint rank; /* of what a bar shows first: 2 an error, 1 a warning */
  gint64 time_usec;
  guint64 ordinal;
} Found;

typedef struct
{
  GTask *task;
  GPtrArray *parts;
  GPtrArray *logs; /* (element-type CotLog) of each part */
  CotClockMode mode;
  gint16 local_bias_minutes;
  gint64 from_usec;
  gint64 until_usec;
  Found *found; /* of each part */
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->task);
  g_ptr_array_unref (question->parts);
  g_ptr_array_unref (question->logs);
  g_free (question->found);
  g_free (question);
}

static gboolean
is_better (const Found *found, const Found *than)
{
  if (found->nearness != than->nearness)
    return found->nearness < than->nearness;
  if (found->nearness == NEAR_WITHIN)
    return found->rank > than->rank;
  if (found->nearness == NEAR_LATER)
    return found->time_usec < than->time_usec;
  return found->nearness == NEAR_EARLIER && found->time_usec >= than->time_usec;
}

static Nearness
get_nearness (const Question *question, gint64 time_usec)
{
  if (time_usec < question->from_usec)
    return NEAR_EARLIER;
  return time_usec < question->until_usec ? NEAR_WITHIN : NEAR_LATER;
}

static guint
get_rank (CotSeverity severity)
{
  return severity == COT_SEVERITY_ERROR ? 2 : severity == COT_SEVERITY_WARNING ? 1 : 0;
}

/* Clocks are put back: the whole log is looked through, unless an entry is what was asked for, and
 * none can be worse. */
static Found
find_in_part (const Question *question, const CotDensityPart *part, CotJob *job)
{
  GCancellable *cancellable = g_task_get_cancellable (question->task);
  g_autofree gint64 *times_usec = g_new (gint64, SLAB_ENTRIES);
  g_autofree guint8 *severities = g_new (guint8, SLAB_ENTRIES);
  Found best = { .nearness = NEAR_NONE };

  for (guint64 first = 0; first < part->n_entries; first += SLAB_ENTRIES)
    {
      guint64 n = MIN ((guint64) SLAB_ENTRIES, part->n_entries - first);

      if (g_cancellable_is_cancelled (cancellable) || cot_job_is_cancelled (job))
        break;
      cot_density_part_get_times (part, question->mode, question->local_bias_minutes, first, n,
                                  times_usec);
      cot_snapshot_get_severities (part->snapshot, first, n, severities);
      for (guint64 i = 0; i < n; i++)
        {
          Found found = { .time_usec = times_usec[i], .ordinal = first + i };

          if (found.time_usec == COT_TIME_NONE
              || (part->shown != NULL && !cot_bitset_contains (part->shown, found.ordinal)))
            continue;
          found.nearness = get_nearness (question, found.time_usec);
          found.rank = get_rank ((CotSeverity) severities[i]);
          if (is_better (&found, &best))
            best = found;
          if (best.nearness == NEAR_WITHIN && best.rank == get_rank (COT_SEVERITY_ERROR))
            return best;
        }
    }
  return best;
}

static gpointer
find (CotJob *job, gpointer data, GError **error)
{
  Question *question = data;

  for (guint i = 0; i < question->parts->len; i++)
    question->found[i] = find_in_part (question, g_ptr_array_index (question->parts, i), job);
  return NULL;
}

/* Of the logs of a merge, the one whose entry comes first in the common order. */
static gboolean
choose_place (Question *question, guint64 *place)
{
  CotDensity *self = g_task_get_source_object (question->task);
  Found best = { .nearness = NEAR_NONE };

  for (guint i = 0; i < question->parts->len; i++)
    {
      Found found = question->found[i];

      if (found.nearness == NEAR_NONE
          || !cot_log_find_place (cot_density_get_log (self),
                                  g_ptr_array_index (question->logs, i), found.ordinal,
                                  &found.ordinal))
        continue;
      if (is_better (&found, &best)
          || (found.nearness == best.nearness && found.nearness != NEAR_EARLIER
              && (found.nearness == NEAR_WITHIN ? found.rank == best.rank
                                                : found.time_usec == best.time_usec)
              && found.ordinal < best.ordinal))
        best = found;
    }
  *place = best.ordinal;
  return best.nearness != NEAR_NONE;
}

static void
done_cb (CotJob *job, gpointer result, const GError *error, gpointer data)
{
  Question *question = data;
  guint64 place;

  if (g_task_return_error_if_cancelled (question->task))
    return;
  if (choose_place (question, &place))
    g_task_return_int (question->task, (gssize) place);
  else
    g_task_return_new_error (question->task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                             "no entry has a time");
}

/**
 * cot_density_find_async:
 * @self: counts
 * @from_usec: a time on their axis
 * @until_usec: a later one; itself left out
 * @cancellable: (nullable): a cancellable
 * @callback: on the main context
 * @data: for @callback
 *
 * Finds the first entry of that time that is as bad as any of it: what gives its bar the colour.
 * Main thread; what has to be looked through is so on a worker.
 */
void
cot_density_find_async (CotDensity *self, gint64 from_usec, gint64 until_usec,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  Question *question = g_new0 (Question, 1);
  CotLog *log = cot_density_get_log (self);
  g_autoptr (CotJob) job = NULL;

  question->task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (question->task, cot_density_find_async);
  question->parts = cot_density_collect_parts (self, TRUE);
  question->logs = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < cot_log_get_n_parts (log); i++)
    g_ptr_array_add (question->logs, g_object_ref (cot_log_get_part (log, i)));
  question->mode = cot_density_get_mode (self);
  question->local_bias_minutes = cot_density_get_local_bias (self);
  question->from_usec = from_usec;
  question->until_usec = until_usec;
  question->found = g_new0 (Found, question->parts->len + 1);
  job = cot_job_start (&(CotJobFunctions){
      .work = find,
      .done = done_cb,
      .data = question,
      .free_data = (GDestroyNotify) question_free,
  });
}

/**
 * cot_density_find_finish:
 * @self: counts
 * @result: what the callback was given
 * @ordinal: (out): the entry; of a merge, its place
 * @error: %G_IO_ERROR_NOT_FOUND, %G_IO_ERROR_CANCELLED
 *
 * Returns: whether there is one
 */
gboolean
cot_density_find_finish (CotDensity *self, GAsyncResult *result, guint64 *ordinal, GError **error)
{
  gssize found = g_task_propagate_int (G_TASK (result), error);

  *ordinal = found >= 0 ? (guint64) found : 0;
  return found >= 0;
}
