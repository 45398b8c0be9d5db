/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-gap-limit.h"

#include "cot-job.h"
#include "cot-log-time.h"
#include "cot-merged-log-private.h"

#define SLAB_ENTRIES 16384
/* Each power of two in so many buckets. */
#define BUCKET_BITS 3
#define N_IN_OCTAVE (1 << BUCKET_BITS)
#define N_BUCKETS (64 * N_IN_OCTAVE)

struct _CotGapTally
{
  gint64 shortest_usec;
  guint64 n;
  guint64 n_over; /* longer than the shortest limit */
  guint64 buckets[N_BUCKETS];
};

/**
 * cot_gap_tally_new:
 * @shortest_usec: the least that the limit can be
 *
 * Any thread, as all that is done with a tally.
 *
 * Returns: (transfer full): no distance yet
 */
CotGapTally *
cot_gap_tally_new (gint64 shortest_usec)
{
  CotGapTally *self = g_new0 (CotGapTally, 1);

  self->shortest_usec = shortest_usec;
  return self;
}

/**
 * cot_gap_tally_free:
 * @self: (transfer full): distances
 */
void
cot_gap_tally_free (CotGapTally *self)
{
  g_free (self);
}

/* Small numbers have a bucket each. */
static guint
get_bucket (guint64 usec)
{
  guint octave;

  if (usec < N_IN_OCTAVE)
    return (guint) usec;
  octave = (guint) g_bit_storage (usec) - 1;
  return (octave - BUCKET_BITS + 1) * N_IN_OCTAVE
         + (guint) (usec >> (octave - BUCKET_BITS)) % N_IN_OCTAVE;
}

/* The longest distance that comes to the bucket. */
static gint64
get_bucket_end (guint bucket)
{
  guint shift;

  if (bucket < N_IN_OCTAVE)
    return bucket;
  shift = bucket / N_IN_OCTAVE - 1;
  return (gint64) (((guint64) (bucket % N_IN_OCTAVE + N_IN_OCTAVE + 1) << shift) - 1);
}

/**
 * cot_gap_tally_add:
 * @self: distances
 * @distance_usec: how much later an entry was written than the one before it; less than 0: its
 *   clock went back, and it does not count
 */
void
cot_gap_tally_add (CotGapTally *self, gint64 distance_usec)
{
  if (distance_usec < 0)
    return;
  self->n++;
  self->n_over += distance_usec > self->shortest_usec ? 1 : 0;
  self->buckets[get_bucket ((guint64) distance_usec)]++;
}

/**
 * cot_gap_tally_get_limit:
 * @self: distances
 *
 * Returns: how long a silence may be without being a gap: never less than the shortest limit. No
 *   more than a tenth of the distances are longer, or a handful
 */
gint64
cot_gap_tally_get_limit (const CotGapTally *self)
{
  guint64 n_below = 0;
  guint bucket = 0;
  guint64 rank;
  gint64 usual_usec;

  if (self->n_over <= COT_GAP_N_FEW)
    return self->shortest_usec;
  /* The nearest one below nine tenths: of a few distances, the longest is not what is usual. */
  rank = (self->n - 1) / 10 * 9 + (self->n - 1) % 10 * 9 / 10;
  while (n_below + self->buckets[bucket] <= rank)
    n_below += self->buckets[bucket++];
  usual_usec = get_bucket_end (bucket);
  if (usual_usec > G_MAXINT64 / COT_GAP_FACTOR)
    return G_MAXINT64;
  return MAX (self->shortest_usec, usual_usec * COT_GAP_FACTOR);
}

typedef struct
{
  GTask *task;
  CotSnapshot *snapshot; /* of a log */
  CotMerge *merge; /* of a merge */
  CotMergeTimes *merge_times;
  CotGapTally *tally;
  gint64 before_usec;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->task);
  g_clear_pointer (&question->snapshot, cot_snapshot_unref);
  g_clear_pointer (&question->merge, cot_merge_unref);
  g_clear_pointer (&question->merge_times, cot_merge_times_free);
  g_clear_pointer (&question->tally, cot_gap_tally_free);
  g_free (question);
}

static void
add_time (Question *question, gint64 time_usec)
{
  if (time_usec == COT_TIME_NONE)
    return;
  if (question->before_usec != COT_TIME_NONE)
    cot_gap_tally_add (question->tally, time_usec - question->before_usec);
  question->before_usec = time_usec;
}

static void
count_log (Question *question, guint64 first, guint64 n, gint64 *times_usec)
{
  gint16 bias_minutes;

  if (!cot_snapshot_find_bias (question->snapshot, &bias_minutes))
    bias_minutes = 0;
  cot_snapshot_get_carried_times (question->snapshot, first, n, bias_minutes, times_usec);
  for (guint64 i = 0; i < n; i++)
    add_time (question, times_usec[i]);
}

static gpointer
count (CotJob *job, gpointer data, GError **error)
{
  Question *question = data;
  GCancellable *cancellable = g_task_get_cancellable (question->task);
  g_autofree gint64 *times_usec = g_new (gint64, SLAB_ENTRIES);
  guint64 n_all = question->merge != NULL ? cot_merge_get_n_entries (question->merge)
                  : question->snapshot != NULL ? cot_snapshot_get_n_entries (question->snapshot)
                                               : 0;

  for (guint64 first = 0; first < n_all && !g_cancellable_is_cancelled (cancellable);
       first += SLAB_ENTRIES)
    {
      guint64 n = MIN ((guint64) SLAB_ENTRIES, n_all - first);

      if (question->merge == NULL)
        count_log (question, first, n, times_usec);
      for (guint64 i = 0; question->merge != NULL && i < n; i++)
        add_time (question, cot_merge_times_read_next (question->merge_times));
    }
  return NULL;
}

static void
done_cb (CotJob *job, gpointer result, const GError *error, gpointer data)
{
  Question *question = data;

  if (g_task_return_error_if_cancelled (question->task))
    return;
  g_task_return_pointer (question->task, g_steal_pointer (&question->tally),
                         (GDestroyNotify) cot_gap_tally_free);
}

/**
 * cot_gap_limit_find_async:
 * @log: a log, or a merge
 * @shortest_usec: the least that the limit can be
 * @cancellable: (nullable): a cancellable
 * @callback: on the main context
 * @data: for @callback
 *
 * Main thread; a worker looks at the columns.
 */
void
cot_gap_limit_find_async (CotLog *log, gint64 shortest_usec, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data)
{
  Question *question = g_new0 (Question, 1);
  g_autoptr (CotJob) job = NULL;

  question->task = g_task_new (log, cancellable, callback, data);
  g_task_set_source_tag (question->task, cot_gap_limit_find_async);
  question->tally = cot_gap_tally_new (shortest_usec);
  question->before_usec = COT_TIME_NONE;
  if (!COT_IS_MERGED_LOG (log))
    {
      question->snapshot = cot_snapshot_ref (cot_log_get_snapshot (log));
    }
  else if (COT_MERGED_LOG (log)->order != NULL)
    {
      const CotMergedOrder *order = COT_MERGED_LOG (log)->order;

      question->merge = cot_merge_ref (order->merge);
      question->merge_times = cot_merge_times_new (order->merge, order->zones.bias_minutes);
    }
  job = cot_job_start (&(CotJobFunctions){
      .work = count,
      .done = done_cb,
      .data = question,
      .free_data = (GDestroyNotify) question_free,
  });
}

/**
 * cot_gap_limit_find_finish:
 * @log: what was asked about
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Returns: the limit; %COT_TIME_NONE where it was cancelled
 */
gint64
cot_gap_limit_find_finish (CotLog *log, GAsyncResult *result, GError **error)
{
  g_autoptr (CotGapTally) tally = g_task_propagate_pointer (G_TASK (result), error);

  return tally != NULL ? cot_gap_tally_get_limit (tally) : COT_TIME_NONE;
}
