/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the case shows of the journeys, and which logs its conclusions lack. Both are judged with
 * the findings, by the same job. */

#include "cot-case-private.h"

/**
 * cot_case_get_n_journeys:
 * @self: a case
 *
 * Returns: the number of journeys that were looked for; 0 before the first result
 */
guint
cot_case_get_n_journeys (CotCase *self)
{
  return self->journeys != NULL ? self->journeys->len : 0;
}

/**
 * cot_case_get_journey:
 * @self: a case
 * @index: below cot_case_get_n_journeys()
 *
 * Returns: (transfer none): the report, valid until "findings-changed"; those that apply come first
 */
CotJourneyReport *
cot_case_get_journey (CotCase *self, guint index)
{
  return g_ptr_array_index (self->journeys, index);
}

/**
 * cot_case_get_milestone_place:
 * @self: a case
 * @milestone: of one of its journeys
 * @log: (out) (transfer none): the log
 * @ordinal: (out): the entry
 *
 * Returns: whether the milestone was seen
 */
gboolean
cot_case_get_milestone_place (CotCase *self, const CotMilestoneReport *milestone, CotLog **log,
                              guint64 *ordinal)
{
  if (self->finding_logs == NULL || milestone->log >= self->finding_logs->len)
    return FALSE;
  *log = g_ptr_array_index (self->finding_logs, milestone->log);
  *ordinal = milestone->ordinal;
  return TRUE;
}

/**
 * cot_case_get_n_coverages:
 * @self: a case
 *
 * Returns: the number of areas with an open finding
 */
guint
cot_case_get_n_coverages (CotCase *self)
{
  return self->coverages != NULL ? self->coverages->len : 0;
}

/**
 * cot_case_get_coverage:
 * @self: a case
 * @index: below cot_case_get_n_coverages()
 *
 * Returns: (transfer none): the logs that the findings of an area need, and what of them is there
 */
const CotCoverage *
cot_case_get_coverage (CotCase *self, guint index)
{
  return g_ptr_array_index (self->coverages, index);
}

static void
add_name (GHashTable *seen, GPtrArray *names, const char *name)
{
  if (g_hash_table_add (seen, g_ascii_strdown (name, -1)))
    g_ptr_array_add (names, g_strdup (name));
}

/* The log of a server is no part of what a device can be asked for. */
static gboolean
lacks_log (const CotMilestoneReport *milestone)
{
  return milestone->state == COT_MILESTONE_UNKNOWN && milestone->coverage == COT_COVERAGE_MISSING
         && !milestone->milestone->server;
}

static void
add_journey (GHashTable *seen, GPtrArray *names, const CotJourneyReport *report)
{
  for (guint i = 0; report->applies && i < report->milestones->len; i++)
    {
      const CotMilestoneReport *one = &g_array_index (report->milestones, CotMilestoneReport, i);

      if (lacks_log (one))
        add_name (seen, names, one->log_name);
    }
}

/**
 * cot_case_dup_missing_logs:
 * @self: a case
 *
 * Logs that are not here, and without which an open finding cannot be followed or judged, or the
 * way of a journey not be told.
 *
 * Returns: (transfer full): names, ending with %NULL
 */
char **
cot_case_dup_missing_logs (CotCase *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < cot_case_get_n_coverages (self); i++)
    {
      const CotCoverage *coverage = cot_case_get_coverage (self, i);

      for (guint j = 0; j < coverage->logs->len; j++)
        {
          const CotLogCoverage *log = g_ptr_array_index (coverage->logs, j);

          if (log->state == COT_COVERAGE_MISSING)
            add_name (seen, names, log->name);
        }
    }
  for (guint i = 0; i < cot_case_get_n_journeys (self); i++)
    add_journey (seen, names, cot_case_get_journey (self, i));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

static gboolean
lacks (const CotCoverage *coverage, const char *log_name)
{
  for (guint i = 0; i < coverage->logs->len; i++)
    {
      const CotLogCoverage *log = g_ptr_array_index (coverage->logs, i);

      if (log->state == COT_COVERAGE_MISSING && g_ascii_strcasecmp (log->name, log_name) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
needs (const CotJourneyReport *report, const char *log_name)
{
  for (guint i = 0; report->applies && i < report->milestones->len; i++)
    {
      const CotMilestoneReport *one = &g_array_index (report->milestones, CotMilestoneReport, i);

      if (lacks_log (one) && g_ascii_strcasecmp (one->log_name, log_name) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * cot_case_is_missed_by_finding:
 * @self: a case
 * @log_name: one of cot_case_dup_missing_logs()
 *
 * Returns: whether an open finding cannot do without it; else it is a journey alone
 */
gboolean
cot_case_is_missed_by_finding (CotCase *self, const char *log_name)
{
  for (guint i = 0; i < cot_case_get_n_coverages (self); i++)
    if (lacks (cot_case_get_coverage (self, i), log_name))
      return TRUE;
  return FALSE;
}

/**
 * cot_case_dup_who_misses:
 * @self: a case
 * @log_name: one of cot_case_dup_missing_logs()
 *
 * Returns: (transfer full): the computers of whose findings and journeys it would tell more, in
 *   their order, ending with %NULL; none where the case is of one
 */
char **
cot_case_dup_who_misses (CotCase *self, const char *log_name)
{
  g_autoptr (GHashTable) devices = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *names = g_ptr_array_new ();
  guint n = cot_case_get_n_devices (self);

  for (guint i = 0; i < cot_case_get_n_coverages (self); i++)
    if (cot_case_get_coverage_device (self, i) != NULL
        && lacks (cot_case_get_coverage (self, i), log_name))
      g_hash_table_add (devices, (gpointer) cot_case_get_coverage_device (self, i));
  for (guint i = 0; i < cot_case_get_n_journeys (self); i++)
    if (cot_case_get_journey_device (self, i) != NULL
        && needs (cot_case_get_journey (self, i), log_name))
      g_hash_table_add (devices, (gpointer) cot_case_get_journey_device (self, i));
  for (guint i = 0; n > 1 && i < n; i++)
    if (g_hash_table_contains (devices, cot_case_get_nth_device (self, i)))
      g_ptr_array_add (names, g_strdup (cot_case_get_nth_device (self, i)));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}
