/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-merged-log-private.h"

/* How far the first and the last entry with a time are looked for. */
#define MAX_WITHOUT_TIME 4096

/* More seams than this are no help, and a log that rolls over all the time has as many. */
#define MAX_SEAMS 4096

void
cot_merged_order_unref (CotMergedOrder *order)
{
  if (--order->ref_count > 0)
    return;
  cot_merge_unref (order->merge);
  g_ptr_array_unref (order->logs);
  cot_bitset_unref (order->errors);
  cot_bitset_unref (order->warnings);
  for (guint i = 0; i < G_N_ELEMENTS (order->known); i++)
    cot_bitset_unref (order->known[i]);
  g_array_unref (order->seams);
  g_free (order);
}

static void
answers_free (gpointer data)
{
  CotMergedAnswers *answers = data;

  g_object_unref (answers->query);
  for (guint i = 0; answers->answers[i] != NULL; i++)
    cot_bitset_unref (answers->answers[i]);
  g_free (answers->answers);
  g_free (answers->n_asked);
  g_free (answers->n_asked_before);
  g_clear_pointer (&answers->before, cot_bitset_unref);
  g_clear_pointer (&answers->places, cot_bitset_unref);
  g_free (answers);
}

void
cot_merged_build_free (CotMergedBuild *build)
{
  for (guint i = 0; i < build->logs->len; i++)
    {
      cot_snapshot_unref (build->snapshots[i]);
      for (guint j = 0; j < G_N_ELEMENTS (build->known); j++)
        cot_bitset_unref (build->known[j][i]);
    }
  for (guint j = 0; j < G_N_ELEMENTS (build->known); j++)
    g_free (build->known[j]);
  g_free (build->snapshots);
  g_ptr_array_unref (build->logs);
  for (guint i = 0; i < build->answers->len; i++)
    answers_free (g_ptr_array_index (build->answers, i));
  g_ptr_array_unref (build->answers);
  g_clear_pointer (&build->order, cot_merged_order_unref);
  g_clear_pointer (&build->before, cot_merged_order_unref);
  g_free (build);
}

static gboolean
has_same_snapshots (CotMergedBuild *build)
{
  for (guint i = 0; i < build->logs->len; i++)
    if (cot_merge_get_snapshot (build->before->merge, i) != build->snapshots[i])
      return FALSE;
  return TRUE;
}

static CotMerge *
make_merge (CotMergedBuild *build)
{
  CotMerge *merge;

  if (build->before == NULL)
    return cot_merge_new (build->snapshots, build->logs->len);
  if (has_same_snapshots (build))
    {
      build->n_same = cot_merge_get_n_entries (build->before->merge);
      return cot_merge_ref (build->before->merge);
    }
  merge = cot_merge_new_grown (build->before->merge, build->snapshots, build->logs->len);
  build->n_same = MIN (cot_merge_get_n_kept (merge),
                       cot_merge_get_n_entries (build->before->merge));
  return merge;
}

/* Bits below @first stay. */
static CotBitset *
begin_set (CotBitset *before, guint64 first)
{
  CotBitset *set = before != NULL && first > 0 ? cot_bitset_copy (before) : cot_bitset_new ();

  cot_bitset_truncate (set, first);
  return set;
}

/* The last entry that was there may have been half written. */
static guint64
find_first_to_judge (CotMergedBuild *build, CotMerge *merge)
{
  guint64 first = build->n_same;

  for (guint i = 0; build->before != NULL && i < build->logs->len; i++)
    {
      guint64 n_before
          = cot_snapshot_get_n_entries (cot_merge_get_snapshot (build->before->merge, i));

      if (cot_merge_get_snapshot (build->before->merge, i) != build->snapshots[i] && n_before > 0)
        first = MIN (first, cot_merge_get_position (merge, i, n_before - 1));
    }
  return first;
}

static void
make_severities (CotMergedBuild *build, CotMergedOrder *order)
{
  const CotMergedOrder *before = build->before;
  guint64 first;

  if (before != NULL && before->merge == order->merge)
    {
      order->errors = cot_bitset_ref (before->errors);
      order->warnings = cot_bitset_ref (before->warnings);
      return;
    }
  first = find_first_to_judge (build, order->merge);
  order->errors = begin_set (before != NULL ? before->errors : NULL, first);
  order->warnings = begin_set (before != NULL ? before->warnings : NULL, first);
  cot_merge_map_severity (order->merge, COT_SEVERITY_ERROR, first, order->errors);
  cot_merge_map_severity (order->merge, COT_SEVERITY_WARNING, first, order->warnings);
}

static void
make_known (CotMergedBuild *build, CotMergedOrder *order)
{
  gboolean same
      = build->before != NULL && build->before->merge == order->merge && !build->known_is_due;

  for (guint i = 0; i < G_N_ELEMENTS (order->known); i++)
    if (same)
      {
        order->known[i] = cot_bitset_ref (build->before->known[i]);
      }
    else
      {
        order->known[i] = cot_bitset_new ();
        cot_merge_map (order->merge, build->known[i], 0, order->known[i]);
      }
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  guint64 first = *(const guint64 *) a;
  guint64 second = *(const guint64 *) b;

  return first < second ? -1 : first > second;
}

/* Where neither neighbour is of another log. */
static void
make_seams (CotMergedBuild *build, CotMergedOrder *order)
{
  order->seams = g_array_new (FALSE, FALSE, sizeof (guint64));
  for (guint i = 0; i < build->logs->len; i++)
    for (guint j = 1; j < cot_snapshot_get_n_generations (build->snapshots[i]); j++)
      {
        guint64 ordinal = cot_snapshot_get_generation (build->snapshots[i], j)->first_ordinal;
        guint64 place = cot_merge_get_position (order->merge, i, ordinal);
        guint above;
        guint64 ordinal_above;

        if (place == 0 || place >= cot_merge_get_n_entries (order->merge)
            || order->seams->len >= MAX_SEAMS)
          continue;
        cot_merge_get (order->merge, place - 1, &above, &ordinal_above);
        if (above == i)
          g_array_append_val (order->seams, place);
      }
  g_array_sort (order->seams, compare_places);
}

static gint64
find_time (CotMerge *merge, gboolean from_end)
{
  guint64 n_entries = cot_merge_get_n_entries (merge);

  for (guint64 i = 0; i < MIN (n_entries, (guint64) MAX_WITHOUT_TIME); i++)
    {
      guint log;
      guint64 ordinal;
      CotEntryColumns columns;

      cot_merge_get (merge, from_end ? n_entries - 1 - i : i, &log, &ordinal);
      if (cot_snapshot_get (cot_merge_get_snapshot (merge, log), ordinal, &columns)
          && columns.time_usec != COT_TIME_NONE)
        return columns.time_usec;
    }
  return COT_TIME_NONE;
}

static void
make_counts (CotMergedBuild *build, CotMergedOrder *order)
{
  CotSnapshotCounts *counts = &order->counts;

  for (guint i = 0; i < build->logs->len; i++)
    {
      const CotSnapshotCounts *of_log = cot_snapshot_get_counts (build->snapshots[i]);

      counts->n_entries += of_log->n_entries;
      counts->n_framed += of_log->n_framed;
      counts->n_plain += of_log->n_plain;
      counts->n_incomplete += of_log->n_incomplete;
      counts->n_blank += of_log->n_blank;
      counts->zero_bytes += of_log->zero_bytes;
      for (guint j = 0; j < COT_N_SEVERITIES; j++)
        counts->by_severity[j] += of_log->by_severity[j];
    }
  counts->first_time_usec = find_time (order->merge, FALSE);
  counts->last_time_usec = find_time (order->merge, TRUE);
}

static void
make_zones (CotMergedBuild *build, CotMergedOrder *order)
{
  CotMergedZones *zones = &order->zones;

  zones->bias_minutes = COT_BIAS_NONE;
  for (guint i = 0; i < build->logs->len; i++)
    {
      gint16 bias_minutes;

      if (cot_snapshot_get_counts (build->snapshots[i])->first_time_usec == COT_TIME_NONE)
        continue;
      zones->n_logs++;
      if (!cot_snapshot_find_bias (build->snapshots[i], &bias_minutes))
        zones->n_without_zone++;
      else if (zones->bias_minutes == COT_BIAS_NONE)
        zones->bias_minutes = bias_minutes;
      else if (zones->bias_minutes != bias_minutes)
        zones->differ = TRUE;
    }
}

/* Answers stream in log by log; told is only what no other log can add to, so that what is shown
 * does not move. */
static void
map_answers (CotMergedBuild *build, CotMerge *merge, CotMergedAnswers *answers)
{
  guint64 first = build->before != NULL && answers->before != NULL
                      ? MIN (build->n_same, answers->n_places_before)
                      : 0;

  answers->n_places = cot_merge_get_n_entries (merge);
  for (guint i = 0; i < build->logs->len; i++)
    {
      guint64 n_before = answers->n_asked_before != NULL ? answers->n_asked_before[i] : 0;

      if (answers->n_asked[i] < cot_snapshot_get_n_entries (build->snapshots[i]))
        answers->n_places
            = MIN (answers->n_places, cot_merge_get_position (merge, i, answers->n_asked[i]));
      if (n_before > 0 && n_before <= cot_snapshot_get_n_entries (build->snapshots[i]))
        first = MIN (first, cot_merge_get_position (merge, i, n_before - 1));
    }
  answers->places = begin_set (answers->before, first);
  cot_merge_map (merge, answers->answers, first, answers->places);
  cot_bitset_truncate (answers->places, answers->n_places);
}

void
cot_merged_build_run (CotMergedBuild *build)
{
  CotMergedOrder *order = g_new0 (CotMergedOrder, 1);

  order->ref_count = 1;
  order->merge = make_merge (build);
  order->logs = g_ptr_array_ref (build->logs);
  make_severities (build, order);
  make_known (build, order);
  make_seams (build, order);
  make_counts (build, order);
  make_zones (build, order);
  for (guint i = 0; i < build->answers->len; i++)
    map_answers (build, order->merge, g_ptr_array_index (build->answers, i));
  build->order = order;
}
