/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the hits of a case's logs to its findings and journeys. Correlation is cheap, but a bundle
 * of hundreds of logs must not do it after each of them: while logs are being read it runs a few
 * times a second. */

#include "cot-case-private.h"

#include "cot-log-private.h"

#define CORRELATION_INTERVAL_MSEC 250

typedef struct
{
  CotCase *owner;
  CotCaseQuestion *question;
} Correlation;

/**
 * cot_case_question_free:
 * @self: (transfer full): what a case is judged by
 *
 * Main thread.
 */
void
cot_case_question_free (CotCaseQuestion *self)
{
  for (guint i = 0; i < self->logs->len; i++)
    {
      g_free ((char *) self->inputs[i].name);
      cot_hits_unref (self->inputs[i].hits);
    }
  g_free (self->inputs);
  g_ptr_array_unref (self->devices);
  g_clear_pointer (&self->bundle, cot_bundle_unref);
  g_ptr_array_unref (self->logs);
  cot_knowledge_unref (self->knowledge);
  g_free (self);
}

/**
 * cot_case_question_new:
 * @a_case: a case with knowledge
 *
 * Main thread.
 *
 * Returns: (transfer full): what it is judged by as it is now, for a worker
 */
CotCaseQuestion *
cot_case_question_new (CotCase *a_case)
{
  CotCaseQuestion *self = g_new0 (CotCaseQuestion, 1);
  g_autoptr (GPtrArray) items = cot_case_list_judged (a_case, &self->devices);

  self->knowledge = cot_knowledge_ref (a_case->knowledge);
  self->bundle = a_case->bundle != NULL ? cot_bundle_ref (a_case->bundle) : NULL;
  self->logs = g_ptr_array_new_with_free_func (g_object_unref);
  self->inputs = g_new0 (CotCaseLog, items->len + 1);
  for (guint i = 0; i < items->len; i++)
    {
      const CotCaseItem *item = g_ptr_array_index (items, i);

      g_ptr_array_add (self->logs, g_object_ref (item->log));
      self->inputs[i].name = cot_case_dup_known_name (item->log);
      self->inputs[i].hits = cot_hits_ref (item->hits);
      self->inputs[i].size_bytes = item->matched_bytes;
      self->inputs[i].n_generations
          = cot_snapshot_get_n_generations (cot_log_get_snapshot (item->log));
    }
  return self;
}

/**
 * cot_case_question_answer:
 * @self: what a case is judged by
 *
 * Any thread.
 *
 * Returns: (transfer full): the findings; their evidence counts the logs of @self
 */
CotCaseStory *
cot_case_question_answer (const CotCaseQuestion *self)
{
  return cot_case_judge (self->knowledge, self->inputs,
                         (const char *const *) self->devices->pdata, self->logs->len);
}

static void
correlation_free (Correlation *correlation)
{
  cot_case_question_free (correlation->question);
  g_free (correlation);
}

static gpointer
correlate (CotJob *job, gpointer data, GError **error)
{
  const Correlation *correlation = data;

  return cot_case_question_answer (correlation->question);
}

static void
forget_findings (CotLog *log)
{
  if (cot_bitset_get_size (cot_log_get_known (log)) > 0)
    cot_log_set_known (log, cot_log_known_get_nothing ());
}

static CotSeverity
get_entry_severity (CotLog *log, guint64 ordinal)
{
  CotEntryColumns columns;

  return cot_log_get_columns (log, ordinal, &columns) ? columns.severity : COT_SEVERITY_UNKNOWN;
}

/* One pass over all evidence, however many logs there are. */
static void
hand_out_knowledge (CotCase *self)
{
  g_autofree CotLogKnown **known = g_new0 (CotLogKnown *, self->finding_logs->len + 1);

  for (guint i = 0; i < self->findings->len; i++)
    {
      CotFinding *finding = g_ptr_array_index (self->findings, i);

      for (guint j = 0; j < finding->evidence->len; j++)
        {
          const CotEvidence *evidence = &g_array_index (finding->evidence, CotEvidence, j);

          if (known[evidence->log] == NULL)
            known[evidence->log] = cot_log_known_new ();
          cot_log_known_note (
              known[evidence->log], finding, evidence->ordinal,
              get_entry_severity (g_ptr_array_index (self->finding_logs, evidence->log),
                                  evidence->ordinal));
        }
    }
  for (guint i = 0; i < self->finding_logs->len; i++)
    if (known[i] != NULL)
      cot_log_set_known (g_ptr_array_index (self->finding_logs, i), known[i]);
    else
      forget_findings (g_ptr_array_index (self->finding_logs, i));
}

/* A log that was taken out may live on in a tab: its findings are about to be freed. */
static void
forget_logs_taken_out (CotCase *self, GPtrArray *old_logs)
{
  g_autoptr (GHashTable) here = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->finding_logs->len; i++)
    g_hash_table_add (here, g_ptr_array_index (self->finding_logs, i));
  for (guint i = 0; old_logs != NULL && i < old_logs->len; i++)
    if (!g_hash_table_contains (here, g_ptr_array_index (old_logs, i)))
      forget_findings (g_ptr_array_index (old_logs, i));
}

static void
forget_devices (CotCase *self)
{
  g_clear_pointer (&self->finding_devices, g_hash_table_unref);
  g_clear_pointer (&self->journey_devices, g_ptr_array_unref);
  g_clear_pointer (&self->coverage_devices, g_ptr_array_unref);
}

static void
correlated (CotJob *job, gpointer result, const GError *error, gpointer data)
{
  Correlation *correlation = data;
  const CotCaseStory *story = result;
  g_autoptr (CotCase) self = g_object_ref (correlation->owner); /* a handler may drop it */
  g_autoptr (GPtrArray) old_findings = g_steal_pointer (&self->findings);
  g_autoptr (GPtrArray) old_journeys = g_steal_pointer (&self->journeys);
  g_autoptr (GPtrArray) old_coverages = g_steal_pointer (&self->coverages);
  g_autoptr (GPtrArray) old_logs = g_steal_pointer (&self->finding_logs);

  g_clear_pointer (&self->correlation, cot_job_unref);
  self->findings = g_ptr_array_ref (story->findings);
  self->journeys = g_ptr_array_ref (story->journeys);
  self->coverages = g_ptr_array_ref (story->coverages);
  forget_devices (self);
  self->finding_devices = g_hash_table_ref (story->device_of);
  self->journey_devices = g_ptr_array_ref (story->journey_devices);
  self->coverage_devices = g_ptr_array_ref (story->coverage_devices);
  self->finding_logs = g_ptr_array_ref (correlation->question->logs);
  forget_logs_taken_out (self, old_logs);
  hand_out_knowledge (self);
  if (self->correlation_due && self->correlation_source == 0)
    cot_case_schedule_correlation (self);
  g_signal_emit_by_name (self, "findings-changed");
  g_signal_emit_by_name (self, "progress-changed");
}

static void
start_correlation (CotCase *self)
{
  Correlation *correlation = g_new0 (Correlation, 1);

  self->correlation_due = FALSE;
  correlation->owner = self;
  correlation->question = cot_case_question_new (self);
  self->correlation = cot_job_start (&(CotJobFunctions){
      .work = correlate,
      .done = correlated,
      .free_result = cot_case_story_free,
      .data = correlation,
      .free_data = (GDestroyNotify) correlation_free,
  });
}

static gboolean
correlation_due_cb (gpointer data)
{
  CotCase *self = data;

  self->correlation_source = 0;
  if (self->correlation == NULL)
    start_correlation (self);
  return G_SOURCE_REMOVE;
}

/**
 * cot_case_schedule_correlation:
 * @self: a case
 *
 * Judges the hits again, soon; at once where no log is being read. Main thread.
 */
void
cot_case_schedule_correlation (CotCase *self)
{
  guint interval_msec = cot_case_logs_are_settled (self) ? 0 : CORRELATION_INTERVAL_MSEC;

  if (self->knowledge == NULL || self->held)
    return;
  self->correlation_due = TRUE;
  if (self->correlation != NULL)
    return;
  if (self->correlation_source != 0)
    {
      if (interval_msec > 0)
        return;
      g_source_remove (self->correlation_source);
    }
  self->correlation_source = g_timeout_add (interval_msec, correlation_due_cb, self);
}

/**
 * cot_case_clear_findings:
 * @self: a case
 *
 * For the end of the case: nothing is judged any more. Main thread.
 */
void
cot_case_clear_findings (CotCase *self)
{
  g_clear_handle_id (&self->correlation_source, g_source_remove);
  if (self->correlation != NULL)
    {
      cot_job_cancel (self->correlation);
      g_clear_pointer (&self->correlation, cot_job_unref);
    }
  /* A log may outlive its case in a tab that is just closing. */
  for (guint i = 0; self->finding_logs != NULL && i < self->finding_logs->len; i++)
    forget_findings (g_ptr_array_index (self->finding_logs, i));
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->journeys, g_ptr_array_unref);
  g_clear_pointer (&self->coverages, g_ptr_array_unref);
  g_clear_pointer (&self->finding_logs, g_ptr_array_unref);
  forget_devices (self);
}

/**
 * cot_case_hold_findings:
 * @self: a case
 * @held: whether nothing is judged for now
 *
 * For someone who shall find out alone. The logs are matched all the same. Main thread.
 */
void
cot_case_hold_findings (CotCase *self, gboolean held)
{
  if (self->held == held)
    return;
  self->held = held;
  if (held)
    {
      cot_case_clear_findings (self);
      self->correlation_due = FALSE;
      g_signal_emit_by_name (self, "findings-changed");
    }
  else
    {
      cot_case_schedule_correlation (self);
    }
}

/**
 * cot_case_get_n_findings:
 * @self: a case
 *
 * Returns: the number of findings
 */
guint
cot_case_get_n_findings (CotCase *self)
{
  return self->findings != NULL ? self->findings->len : 0;
}

/**
 * cot_case_get_finding:
 * @self: a case
 * @index: below cot_case_get_n_findings()
 *
 * Returns: (transfer none): the finding; in reading order, the headline first
 */
CotFinding *
cot_case_get_finding (CotCase *self, guint index)
{
  return g_ptr_array_index (self->findings, index);
}

/**
 * cot_case_get_headline:
 * @self: a case
 *
 * Each computer has a headline of its own; the computers whose is worst come first.
 *
 * Returns: (transfer none) (nullable): the finding to read first, of all computers
 */
CotFinding *
cot_case_get_headline (CotCase *self)
{
  for (guint i = 0; i < cot_case_get_n_findings (self); i++)
    if (cot_case_get_finding (self, i)->headline)
      return cot_case_get_finding (self, i);
  return NULL;
}

/**
 * cot_case_get_n_judged_in_part:
 * @self: a case
 *
 * What the detectors' limits left out must be said, lest silence is taken for health. Main thread.
 *
 * Returns: the number of entries that were too long to be looked at whole, or on which a pattern
 *   reached a limit
 */
guint64
cot_case_get_n_judged_in_part (CotCase *self)
{
  guint64 n = 0;

  for (guint i = 0; i < self->logs->len; i++)
    {
      CotCaseItem *item = g_ptr_array_index (self->logs, i);

      if (item->hits != NULL)
        {
          const CotHitsCounts *counts = cot_hits_get_counts (item->hits);

          n += counts->n_too_slow + counts->n_too_long;
        }
    }
  return n;
}

/**
 * cot_case_get_evidence:
 * @self: a case
 * @finding: one of its findings
 * @index: which evidence
 * @log: (out) (transfer none): the log
 * @ordinal: (out): the entry
 *
 * Returns: whether there is such an evidence
 */
gboolean
cot_case_get_evidence (CotCase *self, CotFinding *finding, guint index, CotLog **log,
                       guint64 *ordinal)
{
  const CotEvidence *evidence;

  if (index >= finding->evidence->len || self->finding_logs == NULL)
    return FALSE;
  evidence = &g_array_index (finding->evidence, CotEvidence, index);
  if (evidence->log >= self->finding_logs->len)
    return FALSE;
  *log = g_ptr_array_index (self->finding_logs, evidence->log);
  *ordinal = evidence->ordinal;
  return TRUE;
}

/**
 * cot_case_tell_story:
 * @self: a case
 * @finding: a finding, be it a cause or a consequence
 *
 * Main thread.
 *
 * Returns: (transfer full) (nullable): what happened, line by line; %NULL for a finding that the
 *   case does not have any more
 */
CotStory *
cot_case_tell_story (CotCase *self, CotFinding *finding)
{
  if (self->findings == NULL || !g_ptr_array_find (self->findings, finding, NULL))
    return NULL;
  return cot_story_new (finding, (CotFinding *const *) self->findings->pdata,
                        self->findings->len);
}
