/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-known.h"

/**
 * cot_log_known_new:
 *
 * Returns: (transfer full): nothing is known
 */
CotLogKnown *
cot_log_known_new (void)
{
  CotLogKnown *self = g_new0 (CotLogKnown, 1);

  self->ordinals = cot_bitset_new ();
  self->errors = cot_bitset_new ();
  self->warnings = cot_bitset_new ();
  self->by_ordinal = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->beside = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->for_filters = cot_filter_findings_new ();
  return self;
}

/**
 * cot_log_known_get_nothing:
 *
 * Most logs of a bundle are evidence of nothing, and there may be very many of them.
 *
 * Returns: (transfer full): what all of them share, and nothing is added to
 */
CotLogKnown *
cot_log_known_get_nothing (void)
{
  static CotLogKnown *nothing;

  if (g_once_init_enter (&nothing))
    g_once_init_leave (&nothing, cot_log_known_new ());
  return nothing;
}

/**
 * cot_log_known_free:
 * @self: (transfer full): what is known
 */
void
cot_log_known_free (CotLogKnown *self)
{
  if (self == cot_log_known_get_nothing ())
    return;
  cot_bitset_unref (self->ordinals);
  cot_bitset_unref (self->errors);
  cot_bitset_unref (self->warnings);
  g_hash_table_unref (self->by_ordinal);
  g_hash_table_unref (self->beside);
  cot_filter_findings_unref (self->for_filters);
  g_free (self);
}

/* What is normal is no problem, however it looks. */
static CotSeverity
get_severity (const CotFinding *finding)
{
  return finding->expected ? MIN (finding->severity, COT_SEVERITY_INFO) : finding->severity;
}

static void
note_beside (CotLogKnown *self, const CotFinding *first, CotFinding *finding, guint64 ordinal)
{
  if (cot_detector_is_builtin (first->detector) != cot_detector_is_builtin (finding->detector)
      && !g_hash_table_contains (self->beside, &ordinal))
    g_hash_table_insert (self->beside, g_memdup2 (&ordinal, sizeof ordinal), finding);
}

/**
 * cot_log_known_note:
 * @self: what is known so far
 * @finding: a finding, which the case keeps alive
 * @ordinal: an entry that is evidence of it
 * @entry_severity: what the entry is by its type
 */
void
cot_log_known_note (CotLogKnown *self, CotFinding *finding, guint64 ordinal,
                    CotSeverity entry_severity)
{
  CotSeverity severity = get_severity (finding);
  const CotFinding *first = g_hash_table_lookup (self->by_ordinal, &ordinal);

  if (self->last != finding)
    cot_filter_findings_add (self->for_filters, cot_detector_get_id (finding->detector),
                             finding->title, severity);
  self->last = finding;
  cot_filter_findings_add_entry (self->for_filters, ordinal);
  cot_bitset_add (self->ordinals, ordinal);
  if (severity == COT_SEVERITY_ERROR)
    cot_bitset_add (self->errors, ordinal);
  else if (severity == COT_SEVERITY_WARNING)
    cot_bitset_add (self->warnings, ordinal);
  if (first != NULL)
    {
      note_beside (self, first, finding, ordinal);
      return;
    }
  g_hash_table_insert (self->by_ordinal, g_memdup2 (&ordinal, sizeof ordinal), finding);
  self->n_errors += entry_severity == COT_SEVERITY_ERROR ? 1 : 0;
}
