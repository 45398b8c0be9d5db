/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a case has to say first. Silence about a red line would be taken for health: what no
 * detector explains is counted too. */

#include "cot-case-private.h"

static CotSummary *
summary_new (const char *device)
{
  CotSummary *self = g_new0 (CotSummary, 1);

  self->device = device;
  self->unexplained = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

/**
 * cot_summary_free:
 * @self: (transfer full): what a case has to say
 */
void
cot_summary_free (CotSummary *self)
{
  g_ptr_array_unref (self->unexplained);
  g_free (self);
}

static void
add_finding (CotSummary *self, CotFinding *finding, GHashTable *steps)
{
  if (finding->state == COT_FINDING_OPEN && finding->severity == COT_SEVERITY_SUCCESS
      && !g_hash_table_contains (steps, cot_detector_get_id (finding->detector)))
    self->n_signs++;
  self->n_troubles += cot_finding_is_trouble (finding) ? 1 : 0;
  if (!cot_finding_is_story (finding))
    return;
  if (finding->headline && self->headline == NULL)
    self->headline = finding;
  else
    self->n_others++;
}

/* An older part is judged with its log, and only shown for itself. Of what no detector looked at
 * it cannot be said that none knows it. */
static void
add_log (CotSummary *self, const CotCaseItem *item)
{
  guint64 n = item->is_part || item->stopped ? 0 : cot_log_count_unexplained (item->log);
  guint64 n_entries = cot_log_get_n_entries (item->log);

  if (item->is_part)
    return;
  self->n_logs++;
  self->n_blank += !item->stopped && (n_entries == 0 || cot_log_is_no_text (item->log)) ? 1 : 0;
  self->n_stopped += item->stopped ? 1 : 0;
  self->part_read += ((item->stopped ? cot_log_get_progress (item->log) : 1.0) - self->part_read)
                     / self->n_logs;
  self->n_unexplained += n;
  if (n > 0)
    g_ptr_array_add (self->unexplained, g_object_ref (item->log));
}

/* From a computer's name to its summary; what is of none, or of one that is not known, is said
 * together. */
typedef struct
{
  GHashTable *by_device;
  CotSummary *nameless;
} Sums;

static CotSummary *
find_sum (const Sums *sums, const char *device)
{
  CotSummary *sum = device != NULL ? g_hash_table_lookup (sums->by_device, device) : NULL;

  return sum != NULL ? sum : sums->nameless;
}

/* (element-type utf8): the detectors of what is only a step on a way, and the end of none: a token
 * that arrives shows that a device tries, not that it is well. */
static GHashTable *
list_steps (CotCase *self)
{
  GHashTable *steps = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) ends = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < cot_case_get_n_journeys (self); i++)
    {
      const CotJourney *journey = cot_case_get_journey (self, i)->journey;

      for (guint j = 0; j < cot_journey_get_n_milestones (journey); j++)
        {
          const char *const *seen_by = cot_journey_get_milestone (journey, j)->seen_by;
          GHashTable *kind = cot_journey_ends_with (journey, j) ? ends : steps;

          for (guint k = 0; seen_by[k] != NULL; k++)
            g_hash_table_add (kind, (gpointer) seen_by[k]);
        }
    }
  g_hash_table_iter_init (&iter, ends);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_remove (steps, id);
  return steps;
}

static void
add_journey (CotSummary *self, const CotJourneyReport *report)
{
  const CotMilestoneReport *gap
      = report->applies ? cot_journey_report_get_gap (report) : NULL;

  self->n_signs += report->complete ? 1 : 0;
  self->n_stuck += gap != NULL ? 1 : 0;
  self->n_untold += gap != NULL && gap->state == COT_MILESTONE_UNKNOWN ? 1 : 0;
}

static void
fill (CotCase *self, const Sums *sums)
{
  g_autoptr (GHashTable) steps = list_steps (self);

  for (guint i = 0; i < cot_case_get_n_findings (self); i++)
    {
      CotFinding *finding = cot_case_get_finding (self, i);

      add_finding (find_sum (sums, cot_case_get_finding_device (self, finding)), finding, steps);
    }
  for (guint i = 0; i < cot_case_get_n_journeys (self); i++)
    add_journey (find_sum (sums, cot_case_get_journey_device (self, i)),
                 cot_case_get_journey (self, i));
  for (guint i = 0; i < self->logs->len; i++)
    {
      const CotCaseItem *item = g_ptr_array_index (self->logs, i);

      add_log (find_sum (sums, item->member != G_MAXUINT
                                   ? cot_case_get_member (self, item->member)->device
                                   : item->device),
               item);
    }
}

/**
 * cot_case_sum_up:
 * @self: a case
 *
 * Main thread.
 *
 * Returns: (transfer full): what it has to say first, all computers together
 */
CotSummary *
cot_case_sum_up (CotCase *self)
{
  g_autoptr (GHashTable) none = g_hash_table_new (g_str_hash, g_str_equal);
  CotSummary *all = summary_new (NULL);

  fill (self, &(Sums){ none, all });
  return all;
}

static int
compare_summaries (gconstpointer first, gconstpointer second)
{
  const CotSummary *const *a = first;
  const CotSummary *const *b = second;

  return cot_finding_compare_headlines ((*a)->headline, (*b)->headline);
}

/**
 * cot_case_list_summaries:
 * @self: a case
 *
 * Main thread.
 *
 * Returns: (transfer full) (element-type CotSummary): what it has to say first of each computer,
 *   that with the worst headline first, else in their order; last, where there is something of
 *   none, of that. Of a case of one computer: all that it has to say
 */
GPtrArray *
cot_case_list_summaries (CotCase *self)
{
  GPtrArray *summaries = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_summary_free);
  g_autoptr (GHashTable) by_device = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_devices = cot_case_get_n_devices (self);
  CotSummary *nameless = summary_new (NULL);

  for (guint i = 0; n_devices > 1 && i < n_devices; i++)
    {
      CotSummary *one = summary_new (cot_case_get_nth_device (self, i));

      g_ptr_array_add (summaries, one);
      g_hash_table_insert (by_device, (gpointer) one->device, one);
    }
  fill (self, &(Sums){ by_device, nameless });
  g_ptr_array_sort (summaries, compare_summaries);
  if (summaries->len == 0 || nameless->n_logs > 0)
    g_ptr_array_add (summaries, nameless);
  else
    cot_summary_free (nameless);
  return summaries;
}

/**
 * cot_case_list_errors:
 * @self: a case
 *
 * Main thread.
 *
 * Returns: (transfer full) (element-type CotLog): the logs in which an entry is an error by its
 *   type, in their order; an older part that is read with its log is not told for itself
 */
GPtrArray *
cot_case_list_errors (CotCase *self)
{
  GPtrArray *logs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->logs->len; i++)
    {
      const CotCaseItem *item = g_ptr_array_index (self->logs, i);

      if (!item->is_part && cot_log_get_counts (item->log)->by_severity[COT_SEVERITY_ERROR] > 0)
        g_ptr_array_add (logs, g_object_ref (item->log));
    }
  return logs;
}
