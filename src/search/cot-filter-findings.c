/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cot-filter-private.h"

#include <string.h>

typedef struct
{
  char *id;
  char *title;
  CotSeverity severity;
  GArray *ordinals; /* (element-type guint64) */
} Finding;

struct _CotFilterFindings
{
  gatomicrefcount ref_count;
  GArray *findings; /* (element-type Finding) */
};

static void
finding_clear (gpointer data)
{
  Finding *finding = data;

  g_free (finding->id);
  g_free (finding->title);
  g_array_unref (finding->ordinals);
}

/**
 * cot_filter_findings_new:
 *
 * Any thread.
 *
 * Returns: (transfer full): no findings yet
 */
CotFilterFindings *
cot_filter_findings_new (void)
{
  CotFilterFindings *self = g_new0 (CotFilterFindings, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->findings = g_array_new (FALSE, FALSE, sizeof (Finding));
  g_array_set_clear_func (self->findings, finding_clear);
  return self;
}

/**
 * cot_filter_findings_ref:
 * @self: findings
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
CotFilterFindings *
cot_filter_findings_ref (CotFilterFindings *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * cot_filter_findings_unref:
 * @self: (transfer full): findings
 *
 * Any thread.
 */
void
cot_filter_findings_unref (CotFilterFindings *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->findings);
  g_free (self);
}

/**
 * cot_filter_findings_add:
 * @self: findings that nobody else has yet
 * @id: the detector's
 * @title: what the finding is called
 * @severity: how bad it is; at most %COT_SEVERITY_INFO where it is no problem
 */
void
cot_filter_findings_add (CotFilterFindings *self, const char *id, const char *title,
                         CotSeverity severity)
{
  Finding finding = {
    .id = g_strdup (id),
    .title = g_strdup (title),
    .severity = severity,
    .ordinals = g_array_new (FALSE, FALSE, sizeof (guint64)),
  };

  g_array_append_val (self->findings, finding);
}

/**
 * cot_filter_findings_add_entry:
 * @self: findings that nobody else has yet, at least one
 * @ordinal: an entry that is evidence of the last one
 */
void
cot_filter_findings_add_entry (CotFilterFindings *self, guint64 ordinal)
{
  g_return_if_fail (self->findings->len > 0);

  g_array_append_val (g_array_index (self->findings, Finding, self->findings->len - 1).ordinals,
                      ordinal);
}

static gboolean
finding_equal (const Finding *a, const Finding *b)
{
  return g_str_equal (a->id, b->id) && g_str_equal (a->title, b->title)
         && a->severity == b->severity && a->ordinals->len == b->ordinals->len
         && memcmp (a->ordinals->data, b->ordinals->data, a->ordinals->len * sizeof (guint64)) == 0;
}

/**
 * cot_filter_findings_equal:
 * @self: findings
 * @other: others
 *
 * Any thread.
 *
 * Returns: whether both say the same of the same entries, in the same order
 */
gboolean
cot_filter_findings_equal (CotFilterFindings *self, CotFilterFindings *other)
{
  if (self->findings->len != other->findings->len)
    return FALSE;
  for (guint i = 0; i < self->findings->len; i++)
    if (!finding_equal (&g_array_index (self->findings, Finding, i),
                        &g_array_index (other->findings, Finding, i)))
      return FALSE;
  return TRUE;
}

static gboolean
matches_pattern (const CotFilterTest *test, CotPatternScratch *scratch, const char *text)
{
  gsize start;
  gsize end;

  /* As everywhere, what could not be judged is shown. */
  return cot_pattern_match (test->pattern, scratch, text, strlen (text), 0, &start, &end)
         != COT_MATCH_NONE;
}

static gboolean
is_meant (const CotFilterTest *test, const Finding *finding, CotPatternScratch *scratch)
{
  switch (test->operator)
    {
    case COT_OPERATOR_EQUAL:
      return g_str_equal (test->value, COT_FILTER_ANY_FINDING)
             || g_ascii_strcasecmp (test->value, finding->id) == 0
             || g_ascii_strcasecmp (test->value, finding->title) == 0;
    case COT_OPERATOR_MATCHES:
    case COT_OPERATOR_CONTAINS:
      return matches_pattern (test, scratch, finding->id)
             || matches_pattern (test, scratch, finding->title);
    case COT_OPERATOR_LESS:
      return finding->severity < test->number;
    case COT_OPERATOR_LESS_EQUAL:
      return finding->severity <= test->number;
    case COT_OPERATOR_GREATER:
      return finding->severity > test->number;
    case COT_OPERATOR_GREATER_EQUAL:
      return finding->severity >= test->number;
    }
  return FALSE;
}

/* The entries for which the test holds, before it is negated. */
CotBitset *
cot_filter_findings_collect (CotFilterFindings *self, const CotFilterTest *test,
                             CotPatternScratch *scratch)
{
  CotBitset *evidence = cot_bitset_new ();

  for (guint i = 0; i < self->findings->len; i++)
    {
      const Finding *finding = &g_array_index (self->findings, Finding, i);

      if (!is_meant (test, finding, scratch))
        continue;
      for (guint j = 0; j < finding->ordinals->len; j++)
        cot_bitset_add (evidence, g_array_index (finding->ordinals, guint64, j));
    }
  return evidence;
}
