/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-timeline-private.h"

#include "cot-clock.h"

/* How far from a line those may stand that it takes back: of one evaluation, which writes both. */
#define MAX_BESIDE_USEC (G_GINT64_CONSTANT (10) * G_USEC_PER_SEC)

static gboolean
all_have_bias (const CotCaseLog *logs, guint n_logs)
{
  for (guint i = 0; i < n_logs; i++)
    for (guint j = 0; j < cot_hits_get_n (logs[i].hits); j++)
      {
        const CotHit *hit = cot_hits_get (logs[i].hits, j);

        if (hit->time_usec != COT_TIME_NONE && hit->bias_minutes == COT_BIAS_NONE)
          return FALSE;
      }
  return TRUE;
}

static gint64
to_moment (const CotTimeline *self, gint64 time_usec, gint16 bias_minutes)
{
  if (time_usec == COT_TIME_NONE || !self->in_utc)
    return time_usec;
  return cot_clock_to_utc (time_usec, bias_minutes);
}

static gboolean
starts_run (const GArray *rules, const char *id)
{
  for (guint i = 0; i < rules->len; i++)
    if (g_array_index (rules, CotRunRule, i).starts == id)
      return TRUE;
  return FALSE;
}

static GArray *
get_moments (CotTimeline *self, const char *id)
{
  GArray *moments = g_hash_table_lookup (self->by_id, id);

  if (moments == NULL)
    {
      moments = g_array_new (FALSE, FALSE, sizeof (CotMoment));
      g_hash_table_insert (self->by_id, (gpointer) id, moments);
    }
  return moments;
}

static void
add_log (CotTimeline *self, const GArray *rules, guint log)
{
  CotHits *hits = self->logs[log].hits;
  CotMoment moment = { .log = log, .order_usec = G_MININT64 };

  for (guint i = 0; i < cot_hits_get_n (hits); i++)
    {
      moment.hit = cot_hits_get (hits, i);
      moment.moment_usec
          = to_moment (self, moment.hit->time_usec, moment.hit->bias_minutes);
      /* An entry without a time takes its place behind its predecessor. */
      if (moment.moment_usec != COT_TIME_NONE)
        moment.order_usec = moment.moment_usec;
      if (starts_run (rules, moment.hit->detector->id))
        moment.run++;
      g_array_append_val (get_moments (self, moment.hit->detector->id), moment);
    }
}

static gboolean
is_beside (const CotMoment *one, const CotMoment *other)
{
  return one->log == other->log && one->moment_usec != COT_TIME_NONE
         && other->moment_usec != COT_TIME_NONE
         && ABS (one->moment_usec - other->moment_usec) <= MAX_BESIDE_USEC;
}

static gboolean
stands_above (const CotMoment *one, const CotMoment *other)
{
  return one->log != other->log ? one->log < other->log
                                : one->hit->ordinal < other->hit->ordinal;
}

/* Leaves of @said, log by log as @takers is, what stands beside none of them. */
static void
take_back (GArray *said, const GArray *takers)
{
  guint kept = 0;

  for (guint i = 0, next = 0; i < said->len; i++)
    {
      CotMoment moment = g_array_index (said, CotMoment, i);

      while (next < takers->len
             && stands_above (&g_array_index (takers, CotMoment, next), &moment))
        next++;
      if ((next > 0 && is_beside (&g_array_index (takers, CotMoment, next - 1), &moment))
          || (next < takers->len && is_beside (&g_array_index (takers, CotMoment, next), &moment)))
        continue;
      g_array_index (said, CotMoment, kept++) = moment;
    }
  g_array_set_size (said, kept);
}

/* What a line says, another one of the same evaluation may take back. */
static void
take_back_all (CotTimeline *self, CotKnowledge *knowledge)
{
  for (guint i = 0; i < knowledge->detectors->len; i++)
    {
      const CotDetector *detector = g_ptr_array_index (knowledge->detectors, i);
      const GArray *takers = detector->takes_back->len > 0
                                 ? g_hash_table_lookup (self->by_id, detector->id)
                                 : NULL;

      for (guint j = 0; takers != NULL && j < detector->takes_back->len; j++)
        {
          const char *id = g_ptr_array_index (detector->takes_back, j);
          const CotDetector *other = g_hash_table_lookup (knowledge->by_id, id);
          GArray *said = g_hash_table_lookup (self->by_id, id);

          /* What is built in is not silenced by a detector of the user. */
          if (said == NULL || said == takers || (other->builtin && !detector->builtin))
            continue;
          take_back (said, takers);
          if (said->len == 0)
            g_hash_table_remove (self->by_id, id);
        }
    }
}

gboolean
cot_timeline_run_has (const CotTimeline *self, const CotMoment *moment, const char *id)
{
  const GArray *others = id != NULL ? cot_timeline_find (self, id) : NULL;

  for (guint i = 0; others != NULL && i < others->len; i++)
    {
      const CotMoment *other = &g_array_index (others, CotMoment, i);

      if (other->log == moment->log && other->run == moment->run)
        return TRUE;
    }
  return FALSE;
}

static gint64
get_run_key (const CotMoment *moment)
{
  return ((gint64) moment->log << 32) | moment->run;
}

static void
drop_runs (GArray *moments, GHashTable *runs)
{
  guint kept = 0;

  for (guint i = 0; i < moments->len; i++)
    {
      CotMoment moment = g_array_index (moments, CotMoment, i);
      gint64 key = get_run_key (&moment);

      if (!g_hash_table_contains (runs, &key))
        g_array_index (moments, CotMoment, kept++) = moment;
    }
  g_array_set_size (moments, kept);
}

void
cot_timeline_drop_removals (CotTimeline *self, CotKnowledge *knowledge)
{
  g_autoptr (GHashTable) runs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer moments;

  for (guint i = 0; i < knowledge->runs->len; i++)
    {
      const char *id = g_array_index (knowledge->runs, CotRunRule, i).removes;
      const GArray *lines = id != NULL ? cot_timeline_find (self, id) : NULL;

      for (guint j = 0; lines != NULL && j < lines->len; j++)
        {
          gint64 key = get_run_key (&g_array_index (lines, CotMoment, j));

          g_hash_table_add (runs, g_memdup2 (&key, sizeof key));
        }
    }
  if (g_hash_table_size (runs) == 0)
    return;
  g_hash_table_iter_init (&iter, self->by_id);
  while (g_hash_table_iter_next (&iter, NULL, &moments))
    {
      drop_runs (moments, runs);
      if (((const GArray *) moments)->len == 0)
        g_hash_table_iter_remove (&iter);
    }
}

/* The order of a merged list: negative where @left stands first. */
int
cot_moment_compare (const CotMoment *left, const CotMoment *right)
{
  if (left->log == right->log)
    return left->hit->ordinal < right->hit->ordinal ? -1 : left->hit->ordinal > right->hit->ordinal;
  if (left->order_usec != right->order_usec)
    return left->order_usec < right->order_usec ? -1 : 1;
  return left->log < right->log ? -1 : 1;
}

/* The moments of one log that are not merged yet. */
typedef struct
{
  guint next;
  guint end;
} Run;

static gboolean
stands_before (const GArray *moments, const Run *left, const Run *right)
{
  return cot_moment_compare (&g_array_index (moments, CotMoment, left->next),
                             &g_array_index (moments, CotMoment, right->next))
         < 0;
}

/* Lets the run at @place sink to where no run beneath it stands before it. */
static void
sift_down (const GArray *moments, GArray *heap, guint place)
{
  Run *runs = (Run *) (gpointer) heap->data;

  for (;;)
    {
      guint first = place;
      Run sinking = runs[place];

      for (guint child = 2 * place + 1; child <= 2 * place + 2 && child < heap->len; child++)
        if (stands_before (moments, &runs[child], &runs[first]))
          first = child;
      if (first == place)
        return;
      runs[place] = runs[first];
      runs[first] = sinking;
      place = first;
    }
}

/* One run for each log, as a heap. */
static GArray *
list_runs (const GArray *moments)
{
  GArray *heap = g_array_new (FALSE, FALSE, sizeof (Run));

  for (guint i = 0; i < moments->len;)
    {
      guint log = g_array_index (moments, CotMoment, i).log;
      Run run = { i, i };

      while (run.end < moments->len && g_array_index (moments, CotMoment, run.end).log == log)
        run.end++;
      g_array_append_val (heap, run);
      i = run.end;
    }
  for (guint i = heap->len / 2; i-- > 0;)
    sift_down (moments, heap, i);
  return heap;
}

/* Merges the logs' moments, each in the order of its ordinals, by time: a sort could not, as
 * clocks may be set back inside of a log. */
static void
merge_logs (GArray *moments)
{
  g_autoptr (GArray) merged = g_array_sized_new (FALSE, FALSE, sizeof (CotMoment), moments->len);
  g_autoptr (GArray) heap = list_runs (moments);

  while (heap->len > 0)
    {
      Run *first = &g_array_index (heap, Run, 0);

      g_array_append_vals (merged, &g_array_index (moments, CotMoment, first->next++), 1);
      if (first->next == first->end)
        g_array_remove_index_fast (heap, 0);
      if (heap->len > 1)
        sift_down (moments, heap, 0);
    }
  for (guint i = 0; i < merged->len; i++)
    g_array_index (moments, CotMoment, i) = g_array_index (merged, CotMoment, i);
}

static gboolean
is_of_one_log (const GArray *moments)
{
  return g_array_index (moments, CotMoment, 0).log
         == g_array_index (moments, CotMoment, moments->len - 1).log;
}

CotTimeline *
cot_timeline_new (CotKnowledge *knowledge, const CotCaseLog *logs, guint n_logs)
{
  CotTimeline *self = g_new0 (CotTimeline, 1);
  GHashTableIter iter;
  gpointer moments;

  self->logs = logs;
  self->n_logs = n_logs;
  self->in_utc = all_have_bias (logs, n_logs);
  self->by_id = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  for (guint i = 0; i < n_logs; i++)
    add_log (self, knowledge->runs, i);
  take_back_all (self, knowledge);
  if (n_logs > 1)
    {
      g_hash_table_iter_init (&iter, self->by_id);
      while (g_hash_table_iter_next (&iter, NULL, &moments))
        if (!is_of_one_log (moments))
          merge_logs (moments);
    }
  return self;
}

void
cot_timeline_free (CotTimeline *self)
{
  g_hash_table_unref (self->by_id);
  g_free (self);
}

const GArray *
cot_timeline_find (const CotTimeline *self, const char *id)
{
  return g_hash_table_lookup (self->by_id, id);
}

gboolean
cot_moment_is_after (const CotMoment *a, const CotMoment *b)
{
  if (a->log == b->log)
    return a->hit->ordinal > b->hit->ordinal;
  return a->order_usec > b->order_usec;
}

static gint64
to_known_moment (const CotTimeline *self, gint64 time_usec, gint16 bias_minutes)
{
  if (time_usec != COT_TIME_NONE && self->in_utc && bias_minutes == COT_BIAS_NONE)
    return COT_TIME_NONE;
  return to_moment (self, time_usec, bias_minutes);
}

gint64
cot_timeline_get_newest (const CotTimeline *self, guint log)
{
  gint16 bias_minutes;
  gint64 time_usec = cot_hits_get_newest_time (self->logs[log].hits, &bias_minutes);

  return to_known_moment (self, time_usec, bias_minutes);
}

gint64
cot_timeline_get_oldest (const CotTimeline *self, guint log)
{
  gint16 bias_minutes;
  gint64 time_usec = cot_hits_get_oldest_time (self->logs[log].hits, &bias_minutes);

  return to_known_moment (self, time_usec, bias_minutes);
}
