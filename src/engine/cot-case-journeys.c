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

/**
 * cot_case_get_n_signs_of_health:
 * @self: a case
 *
 * That no failure is known is no sign. Main thread.
 *
 * Returns: the number of open findings that tell that something is well, and of journeys that came
 *   to their end
 */
guint
cot_case_get_n_signs_of_health (CotCase *self)
{
  guint n = 0;

  for (guint i = 0; i < cot_case_get_n_findings (self); i++)
    {
      const CotFinding *finding = cot_case_get_finding (self, i);

      if (finding->severity == COT_SEVERITY_SUCCESS && finding->state == COT_FINDING_OPEN)
        n++;
    }
  for (guint i = 0; i < cot_case_get_n_journeys (self); i++)
    if (cot_case_get_journey (self, i)->complete)
      n++;
  return n;
}

static void
add_name (GHashTable *seen, GPtrArray *names, const char *name)
{
  if (g_hash_table_add (seen, g_ascii_strdown (name, -1)))
    g_ptr_array_add (names, g_strdup (name));
}

static void
add_gap (GHashTable *seen, GPtrArray *names, const CotJourneyReport *report)
{
  const CotMilestoneReport *gap = cot_journey_report_get_gap (report);

  if (report->applies && gap != NULL && gap->coverage == COT_COVERAGE_MISSING)
    add_name (seen, names, gap->log_name);
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
    add_gap (seen, names, cot_case_get_journey (self, i));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}
