/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cot-filter-private.h"

#include <string.h>

#include "cot-candidates.h"

/* Fields that stand in the columns; the others need the record. */
#define COLUMN_FIELDS \
  (1u << COT_FIELD_COMPONENT | 1u << COT_FIELD_ORIGIN | 1u << COT_FIELD_THREAD \
   | 1u << COT_FIELD_SEVERITY | 1u << COT_FIELD_TIME | 1u << COT_FIELD_FORMAT \
   | 1u << COT_FIELD_FINDING | 1u << COT_FIELD_LOG)
#define EACH_BYTE(value) (G_GUINT64_CONSTANT (0x0101010101010101) * (value))

struct _CotFilterJudge
{
  CotFilter *filter;
  CotSnapshot *snapshot;
  char *log_label; /* (nullable) */
  CotFilterContext context;
  CotCandidates *candidates; /* (nullable): no other entries can pass */
  guint8 by_severity[COT_N_SEVERITIES]; /* CotFilterVerdict where the severity alone decides */
  GString *composed;
};

static CotFilter *
filter_new_empty (void)
{
  CotFilter *self = g_new0 (CotFilter, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->nodes = g_array_new (FALSE, FALSE, sizeof (CotFilterNode));
  self->tests = g_array_new (FALSE, FALSE, sizeof (CotFilterTest));
  g_array_set_clear_func (self->tests, cot_filter_test_clear);
  return self;
}

/**
 * cot_filter_new:
 * @expression: a question in the language of cot-filter.h, at most 16 KiB of UTF-8
 * @error: return location
 *
 * Any thread. Errors: %COT_QUERY_ERROR_SYNTAX, %COT_QUERY_ERROR_PATTERN and
 * %COT_QUERY_ERROR_LIMIT, with "at OFFSET: " in bytes of @expression before what was expected.
 *
 * Returns: (transfer full) (nullable): the filter; immutable
 */
CotFilter *
cot_filter_new (const char *expression, GError **error)
{
  g_autoptr (CotFilter) self = filter_new_empty ();

  if (!cot_filter_parse (self, expression, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
append_pattern (CotFilter *self, CotFilterField field, CotPattern *pattern)
{
  CotFilterTest test = { .field = field, .operator = COT_OPERATOR_MATCHES };
  CotFilterNode node = { .kind = COT_NODE_TEST, .left = self->tests->len };
  CotFilterNode either = { .kind = COT_NODE_OR };

  cot_filter_test_set_pattern (&test, cot_pattern_ref (pattern));
  g_array_append_val (self->tests, test);
  self->fields |= 1u << field;
  g_array_append_val (self->nodes, node);
  if (self->tests->len == 1)
    return;
  either.left = self->nodes->len - 2;
  either.right = self->nodes->len - 1;
  g_array_append_val (self->nodes, either);
}

/**
 * cot_filter_new_for_pattern:
 * @pattern: what to look for
 * @columns: where; at least one
 *
 * Any thread.
 *
 * Returns: (transfer full): the filter; immutable
 */
CotFilter *
cot_filter_new_for_pattern (CotPattern *pattern, CotFilterColumns columns)
{
  /* What costs least is asked first. */
  static const struct
  {
    CotFilterColumns column;
    CotFilterField field;
  } fields[] = {
    { COT_COLUMN_LOG, COT_FIELD_LOG },       { COT_COLUMN_COMPONENT, COT_FIELD_COMPONENT },
    { COT_COLUMN_ORIGIN, COT_FIELD_ORIGIN }, { COT_COLUMN_THREAD, COT_FIELD_THREAD },
    { COT_COLUMN_TIME, COT_FIELD_TIME },     { COT_COLUMN_TEXT, COT_FIELD_TEXT },
  };
  CotFilter *self = filter_new_empty ();

  self->finds = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (columns & fields[i].column)
      append_pattern (self, fields[i].field, pattern);
  g_assert (self->nodes->len > 0);
  return self;
}

/**
 * cot_filter_ref:
 * @self: a filter
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
CotFilter *
cot_filter_ref (CotFilter *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * cot_filter_unref:
 * @self: (transfer full): a filter
 *
 * Any thread.
 */
void
cot_filter_unref (CotFilter *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->nodes);
  g_array_unref (self->tests);
  g_free (self);
}

/**
 * cot_filter_asks_for_findings:
 * @self: a filter
 *
 * Any thread.
 *
 * Returns: whether some test asks for findings
 */
gboolean
cot_filter_asks_for_findings (CotFilter *self)
{
  return (self->fields & 1u << COT_FIELD_FINDING) != 0;
}

/* What could not be judged is never hidden. */
static gboolean
shows (CotFilter *self, CotFilterVerdict verdict)
{
  return verdict == COT_VERDICT_YES || (verdict == COT_VERDICT_UNKNOWN && !self->finds);
}

/**
 * cot_filter_matches:
 * @self: a filter
 * @scratch: of the calling thread
 * @columns: what the columns know of an entry
 * @entry: what its record says
 *
 * Judges one entry that stands alone: its text is taken for UTF-8, and neither which format a
 * framed entry has nor what was found nor the log is known. An entry that cannot be judged, or on
 * which a pattern hits a limit, passes.
 *
 * Any thread.
 *
 * Returns: whether the entry passes
 */
gboolean
cot_filter_matches (CotFilter *self, CotPatternScratch *scratch, const CotEntryColumns *columns,
                    const CotEntry *entry)
{
  CotFilterContext context = {
    .filter = self,
    .scratch = scratch,
    .columns = columns,
    .entry = entry,
  };

  return shows (self, cot_filter_judge_expression (&context));
}

static void
judge_severities (CotFilterJudge *judge)
{
  CotEntryColumns columns = { 0 };

  judge->context.columns = &columns;
  judge->context.severity_only = TRUE;
  for (guint8 severity = 0; severity < COT_N_SEVERITIES; severity++)
    {
      columns.severity = severity;
      judge->by_severity[severity] = (guint8) cot_filter_judge_expression (&judge->context);
    }
  judge->context.severity_only = FALSE;
  judge->context.columns = NULL;
}

static void
collect_evidence (CotFilterJudge *judge, CotFilterFindings *findings)
{
  g_autoptr (CotFilterFindings) none = findings == NULL ? cot_filter_findings_new () : NULL;
  GArray *tests = judge->filter->tests;

  judge->context.evidence = g_new0 (CotBitset *, tests->len);
  for (guint i = 0; i < tests->len; i++)
    {
      const CotFilterTest *test = &g_array_index (tests, CotFilterTest, i);

      if (test->field == COT_FIELD_FINDING)
        judge->context.evidence[i] = cot_filter_findings_collect (
            findings != NULL ? findings : none, test, judge->context.scratch);
    }
}

/* (nullable): a pattern that the text of every entry has which passes. */
static CotPattern *
find_needed_pattern (CotFilter *filter, guint index)
{
  const CotFilterNode *node = &g_array_index (filter->nodes, CotFilterNode, index);
  const CotFilterTest *test;
  CotPattern *pattern;

  if (node->kind == COT_NODE_AND)
    {
      pattern = find_needed_pattern (filter, node->left);
      return pattern != NULL ? pattern : find_needed_pattern (filter, node->right);
    }
  if (node->kind != COT_NODE_TEST)
    return NULL;
  test = &g_array_index (filter->tests, CotFilterTest, node->left);
  return test->field == COT_FIELD_TEXT && !test->negated ? test->pattern : NULL;
}

static void
find_candidates (CotFilterJudge *judge)
{
  CotFilter *filter = judge->filter;
  CotPattern *pattern = find_needed_pattern (filter, filter->nodes->len - 1);

  /* Lines are counted by who reads all that stands before, and zones go on from entry to entry. */
  if (pattern == NULL || filter->fields & 1u << COT_FIELD_LINE || filter->asks_for_zones)
    return;
  judge->candidates = cot_candidates_new (pattern);
  if (cot_candidates_are_all (judge->candidates, judge->snapshot))
    g_clear_pointer (&judge->candidates, cot_candidates_free);
}

/**
 * cot_filter_judge_new:
 * @self: a filter
 * @snapshot: where the entries come from
 * @log_label: (nullable): the label of the log, or its path
 * @findings: (nullable): what they are evidence of; %NULL: of nothing
 *
 * Returns: (transfer full): a filter at work, for one thread
 */
CotFilterJudge *
cot_filter_judge_new (CotFilter *self, CotSnapshot *snapshot, const char *log_label,
                      CotFilterFindings *findings)
{
  CotFilterJudge *judge = g_new0 (CotFilterJudge, 1);
  gint16 bias_minutes;

  judge->filter = cot_filter_ref (self);
  judge->snapshot = cot_snapshot_ref (snapshot);
  judge->context.filter = self;
  judge->context.snapshot = snapshot;
  judge->log_label = g_strdup (log_label);
  judge->context.log_label = judge->log_label;
  judge->context.scratch = cot_pattern_scratch_new ();
  judge->context.verdicts = g_new0 (guint8 *, self->tests->len);
  judge->context.zone_ordinal = G_MAXUINT64;
  if (self->asks_for_zones)
    judge->context.lacks_zones = !cot_snapshot_find_bias (snapshot, &bias_minutes);
  judge->composed = g_string_new (NULL);
  cot_pattern_scratch_set_budget (judge->context.scratch, COT_FILTER_BUDGET_USEC);
  collect_evidence (judge, findings);
  judge_severities (judge);
  return judge;
}

/**
 * cot_filter_judge_free:
 * @judge: (transfer full): a filter at work
 */
void
cot_filter_judge_free (CotFilterJudge *judge)
{
  for (guint i = 0; i < judge->filter->tests->len; i++)
    {
      g_free (judge->context.verdicts[i]);
      g_clear_pointer (&judge->context.evidence[i], cot_bitset_unref);
    }
  g_free (judge->context.verdicts);
  g_free (judge->context.evidence);
  cot_candidates_free (judge->candidates);
  cot_pattern_scratch_free (judge->context.scratch);
  if (judge->context.decoded != NULL)
    g_string_free (judge->context.decoded, TRUE);
  g_string_free (judge->composed, TRUE);
  cot_snapshot_unref (judge->snapshot);
  g_free (judge->log_label);
  cot_filter_unref (judge->filter);
  g_free (judge);
}

static CotFilterVerdict
judge_severity (CotFilterJudge *judge, guint8 severity)
{
  return (CotFilterVerdict) judge->by_severity[MIN (severity, COT_N_SEVERITIES - 1)];
}

static CotFilterVerdict
judge_columns (CotFilterJudge *judge, guint64 ordinal, const CotEntryColumns *columns)
{
  CotFilterVerdict verdict = judge_severity (judge, columns->severity);

  if (verdict != COT_VERDICT_UNKNOWN)
    return verdict;
  judge->context.ordinal = ordinal;
  judge->context.columns = columns;
  judge->context.record = (CotSpan) { NULL, 0 };
  judge->context.entry = NULL;
  return cot_filter_judge_expression (&judge->context);
}

static CotFilterVerdict
judge_bytes (CotFilterJudge *judge, const char *record, gsize length_bytes)
{
  judge->context.record = (CotSpan) { record, length_bytes };
  return cot_filter_judge_expression (&judge->context);
}

static CotFilterVerdict
judge_entry (CotFilterJudge *judge, guint64 ordinal, const CotEntryColumns *columns,
             const CotEntry *entry)
{
  judge->context.ordinal = ordinal;
  judge->context.columns = columns;
  judge->context.entry = entry;
  return cot_filter_judge_expression (&judge->context);
}

static CotFilterVerdict
judge_record_bytes (CotFilterJudge *judge, guint64 ordinal, const CotEntryColumns *columns,
                    const char *record, gsize length_bytes)
{
  const CotFormat *format = cot_snapshot_get_format (judge->snapshot);
  CotFilterVerdict verdict = judge_columns (judge, ordinal, columns);
  CotEntry entry = { 0 };

  /* What a format composes stands nowhere in the record. */
  if (verdict == COT_VERDICT_UNKNOWN && format->compose == NULL)
    verdict = judge_bytes (judge, record, length_bytes);
  if (verdict != COT_VERDICT_UNKNOWN)
    return verdict;
  cot_format_read_entry (format, record, length_bytes, judge->composed, &entry);
  return judge_entry (judge, ordinal, columns, &entry);
}

/**
 * cot_filter_judge_matches:
 * @judge: a filter at work
 * @ordinal: an entry of its snapshot
 * @columns: what the columns know of it; "line" needs the line
 * @record: (array length=length_bytes): its bytes
 * @length_bytes: their number
 *
 * Parses the record only where the columns do not decide. An entry on which a pattern hits a limit
 * passes.
 *
 * Returns: whether the entry passes
 */
gboolean
cot_filter_judge_matches (CotFilterJudge *judge, guint64 ordinal, const CotEntryColumns *columns,
                          const char *record, gsize length_bytes)
{
  return shows (judge->filter,
                judge_record_bytes (judge, ordinal, columns, record, length_bytes));
}

typedef struct
{
  CotFilterJudge *judge;
  CotBitset *into;
  GCancellable *cancellable; /* (nullable) */
  guint64 next; /* the ordinal that comes next */
  guint64 n_too_slow;
  guint64 run_first; /* ordinals that pass and were not added yet */
  guint64 run_n;
} Run;

static void
flush_run (Run *run)
{
  if (run->run_n == 1)
    cot_bitset_add (run->into, run->run_first);
  else if (run->run_n > 1)
    cot_bitset_add_range (run->into, run->run_first, run->run_n);
  run->run_n = 0;
}

static void
take_run (Run *run, guint64 first, guint64 n)
{
  if (run->run_n == 0 || run->run_first + run->run_n != first)
    {
      flush_run (run);
      run->run_first = first;
    }
  run->run_n += n;
}

static void
take_verdict (Run *run, guint64 ordinal, CotFilterVerdict verdict)
{
  run->n_too_slow += verdict == COT_VERDICT_UNKNOWN ? 1 : 0;
  if (shows (run->judge->filter, verdict))
    take_run (run, ordinal, 1);
}

/* Entries whose text is lost have only their columns. */
static void
judge_lost (Run *run, guint64 end)
{
  const CotEntry nothing = { 0 };

  for (; run->next < end; run->next++)
    {
      CotEntryColumns columns;

      if (!cot_snapshot_get (run->judge->snapshot, run->next, &columns))
        return;
      take_verdict (run, run->next,
                    judge_entry (run->judge, run->next, &columns, &nothing));
    }
}

static gboolean
judge_record (CotSnapshot *snapshot, guint64 ordinal, const CotEntryColumns *columns,
              const char *record, gsize length_bytes, gpointer data)
{
  Run *run = data;

  /* A pattern may take long on each. */
  if (g_cancellable_is_cancelled (run->cancellable))
    return FALSE;
  judge_lost (run, ordinal);
  take_verdict (run, ordinal,
                judge_record_bytes (run->judge, ordinal, columns, record, length_bytes));
  run->next = ordinal + 1;
  return TRUE;
}

static gboolean
judge_candidate (CotSnapshot *snapshot, guint64 ordinal, const CotEntryColumns *columns,
                 const char *record, gsize length_bytes, gpointer data)
{
  Run *run = data;

  if (g_cancellable_is_cancelled (run->cancellable))
    return FALSE;
  take_verdict (run, ordinal,
                judge_record_bytes (run->judge, ordinal, columns, record, length_bytes));
  return TRUE;
}

static gboolean
run_candidates (Run *run, guint64 end, GError **error)
{
  static const CotCandidatesFunctions functions = { judge_candidate, NULL };

  if (!cot_candidates_foreach (run->judge->candidates, run->judge->snapshot, run->next,
                               end - run->next, &functions, run, run->cancellable, error)
      || g_cancellable_set_error_if_cancelled (run->cancellable, error))
    return FALSE;
  run->next = end;
  return TRUE;
}

static gboolean
run_records (Run *run, guint64 end, GError **error)
{
  if (run->judge->candidates != NULL)
    return run_candidates (run, end, error);
  if (!cot_snapshot_foreach (run->judge->snapshot, run->next, end - run->next, judge_record, run,
                             run->cancellable, error)
      || g_cancellable_set_error_if_cancelled (run->cancellable, error))
    return FALSE;
  judge_lost (run, end);
  return TRUE;
}

/* A bit for each of 64 ranks that is yes. */
static guint64
get_bits_of_64 (const guint8 *ranks, guint64 *unknown)
{
  guint64 bits = 0;

  for (guint i = 0; i < 64; i += 8)
    {
      guint64 eight;

      memcpy (&eight, ranks + i, sizeof eight);
      eight = GUINT64_FROM_LE (eight);
      *unknown |= eight & EACH_BYTE (COT_RANK_UNKNOWN);
      /* Their bits 1 come to stand side by side in the top byte, the first one lowest. */
      eight = (eight & EACH_BYTE (COT_RANK_YES)) >> 1;
      bits |= (eight * G_GUINT64_CONSTANT (0x0102040810204080)) >> 56 << i;
    }
  return bits;
}

/* FALSE where a rank is neither yes nor no. */
static gboolean
get_bits (const guint8 *ranks, guint n, guint64 *bits)
{
  guint64 unknown = 0;
  guint i = 0;

  for (; n - i >= 64; i += 64)
    bits[i / 64] = get_bits_of_64 (ranks + i, &unknown);
  if (i < n)
    {
      guint8 rest[64] = { 0 };

      memcpy (rest, ranks + i, n - i);
      bits[i / 64] = get_bits_of_64 (rest, &unknown);
    }
  return unknown == 0;
}

/* As far as the columns decide; returns where they do not. */
static guint64
take_ranks (Run *run, const guint8 *ranks, guint64 first, guint n)
{
  guint64 bits[COT_FILTER_SLAB_ENTRIES / 64];

  /* What passes mostly stands alone: to take one after the other costs more than to judge all. */
  if (first % 64 == 0 && get_bits (ranks, n, bits))
    {
      cot_bitset_add_bits (run->into, first, bits, (n + 63) / 64);
      return first + n;
    }
  for (guint i = 0; i < n; i++)
    {
      if (ranks[i] == COT_RANK_UNKNOWN)
        return first + i;
      if (ranks[i] == COT_RANK_YES)
        take_run (run, first + i, 1);
    }
  return first + n;
}

static guint64
judge_one_by_one (Run *run, guint64 first, guint n)
{
  for (guint64 ordinal = first; ordinal < first + n; ordinal++)
    {
      CotEntryColumns columns = { 0 };
      CotFilterVerdict verdict;

      cot_snapshot_get (run->judge->snapshot, ordinal, &columns);
      verdict = judge_columns (run->judge, ordinal, &columns);
      if (verdict == COT_VERDICT_UNKNOWN)
        return ordinal;
      take_verdict (run, ordinal, verdict);
    }
  return first + n;
}

static gboolean
run_columns (Run *run, guint64 end, GError **error)
{
  g_autoptr (CotFilterSlab) slab = cot_filter_slab_new (&run->judge->context);

  while (run->next < end)
    {
      guint64 first = run->next;
      /* The next one begins where a word of the set does. */
      guint n = (guint) MIN (end - first, COT_FILTER_SLAB_ENTRIES - first % 64);

      if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
        return FALSE;
      run->next = slab != NULL
                      ? take_ranks (run, cot_filter_slab_rank (slab, first, n), first, n)
                      : judge_one_by_one (run, first, n);
      /* A name that did not fit into the table of strings: mostly one of many. */
      if (run->next < first + n && !run_records (run, first + n, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * cot_filter_run:
 * @self: a filter
 * @snapshot: a snapshot
 * @log_label: (nullable): the label of the log, or its path
 * @findings: (nullable): what its entries are evidence of; %NULL: of nothing
 * @first: an ordinal
 * @n: how many entries from there on; what lies beyond the end is left out
 * @into: where the ordinals that pass are added
 * @n_too_slow: (inout) (optional): grows by the number of entries on which a pattern hit a limit
 * @cancellable: (nullable): looked at before each entry that is read
 * @error: return location
 *
 * Reads the text only where the filter asks for some. Entries whose text is lost have an empty one.
 * An entry on which a pattern hits a limit passes, unless the filter is there to find.
 *
 * A worker thread. Errors: those of reading, %G_IO_ERROR_CANCELLED; what was found until then is
 * in @into.
 *
 * Returns: whether all entries were judged
 */
gboolean
cot_filter_run (CotFilter *self, CotSnapshot *snapshot, const char *log_label,
                CotFilterFindings *findings, guint64 first, guint64 n, CotBitset *into,
                guint64 *n_too_slow, GCancellable *cancellable, GError **error)
{
  g_autoptr (CotFilterJudge) judge = cot_filter_judge_new (self, snapshot, log_label, findings);
  guint64 n_entries = cot_snapshot_get_n_entries (snapshot);
  Run run = { .judge = judge, .into = into, .cancellable = cancellable, .next = first };
  guint64 end;
  gboolean done;

  if (first >= n_entries)
    return TRUE;
  end = first + MIN (n, n_entries - first);
  if (self->fields & ~COLUMN_FIELDS)
    {
      find_candidates (judge);
      done = run_records (&run, end, error);
    }
  else
    done = run_columns (&run, end, error);
  flush_run (&run);
  if (n_too_slow != NULL)
    *n_too_slow += run.n_too_slow;
  return done;
}
