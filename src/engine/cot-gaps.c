/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-gaps.h"

#include "cot-log-time.h"

/* So far an entry with a time is looked for above one. */
#define MAX_WITHOUT_TIME 1024

typedef struct
{
  gatomicrefcount ref_count;
  gint64 limit_usec;
} Question;

static gpointer
question_ref (gpointer question)
{
  g_atomic_ref_count_inc (&((Question *) question)->ref_count);
  return question;
}

static void
question_unref (gpointer question)
{
  if (g_atomic_ref_count_dec (&((Question *) question)->ref_count))
    g_free (question);
}

static gboolean
is_gap (gint64 before_usec, gint64 time_usec, gint64 limit_usec)
{
  return time_usec - before_usec > limit_usec || time_usec - before_usec <= -COT_CLOCK_JUMP_USEC;
}

/* The first entry of a log counts as well: in a merge, another log may stand before it. */
static gboolean
run (gpointer data, CotSnapshot *snapshot, guint64 first, guint64 n, CotBitset *into,
     guint64 *n_too_slow, GCancellable *cancellable, GError **error)
{
  const Question *question = data;
  guint64 n_before = MIN (first, (guint64) MAX_WITHOUT_TIME);
  g_autofree gint64 *times_usec = g_new (gint64, n_before + n);
  gint64 before_usec = COT_TIME_NONE;
  gint16 bias_minutes = 0;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (!cot_snapshot_find_bias (snapshot, &bias_minutes))
    bias_minutes = 0;
  cot_snapshot_get_carried_times (snapshot, first - n_before, n_before + n, bias_minutes,
                                  times_usec);
  for (guint64 i = 0; i < n_before + n; i++)
    {
      if (times_usec[i] == COT_TIME_NONE)
        continue;
      if (i >= n_before
          && (before_usec == COT_TIME_NONE
              || is_gap (before_usec, times_usec[i], question->limit_usec)))
        cot_bitset_add (into, first + i - n_before);
      before_usec = times_usec[i];
    }
  return TRUE;
}

static const CotQueryKind gaps_kind = {
  .run = run,
  .ref = question_ref,
  .unref = question_unref,
};

/**
 * cot_query_new_for_gaps:
 * @log: a log, or a merge
 * @limit_usec: a longer silence is a gap
 *
 * Workers look at the columns alone, as the log grows. What stands between the entries of a merge
 * is only known there: so each entry is to be asked about with cot_gap_find(). Main thread.
 *
 * Returns: (transfer full): a query
 */
CotQuery *
cot_query_new_for_gaps (CotLog *log, gint64 limit_usec)
{
  Question *question = g_new0 (Question, 1);
  CotQuery *query;

  g_atomic_ref_count_init (&question->ref_count);
  question->limit_usec = limit_usec;
  query = cot_query_new (log, &gaps_kind, question);
  question_unref (question);
  return query;
}

/**
 * cot_gap_find:
 * @log: a log, or a merge
 * @ordinal: an entry
 * @limit_usec: a longer silence is a gap
 * @gap_usec: (out): how long nobody wrote; less than 0: by how much the clock went back
 *
 * Main thread; only columns are looked at.
 *
 * Returns: whether there is a gap above the entry
 */
gboolean
cot_gap_find (CotLog *log, guint64 ordinal, gint64 limit_usec, gint64 *gap_usec)
{
  gint64 time_usec = cot_log_get_common_time (log, ordinal);
  gint64 before_usec = COT_TIME_NONE;

  if (time_usec == COT_TIME_NONE)
    return FALSE;
  for (guint64 i = 1; i <= MIN (ordinal, (guint64) MAX_WITHOUT_TIME); i++)
    {
      before_usec = cot_log_get_common_time (log, ordinal - i);
      if (before_usec != COT_TIME_NONE)
        break;
    }
  if (before_usec == COT_TIME_NONE || !is_gap (before_usec, time_usec, limit_usec))
    return FALSE;
  *gap_usec = time_usec - before_usec;
  return TRUE;
}
