/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Questions that the columns answer, asked of many entries at once: each test gives a row of ranks,
 * and the rows are put together as the expression says. A name is judged once, then looked up. */

#include "cot-filter-private.h"

#include <string.h>

/* Tests that cost about as much as looking up what came of another one. */
#define SLAB_FIELDS \
  (1u << COT_FIELD_COMPONENT | 1u << COT_FIELD_ORIGIN | 1u << COT_FIELD_THREAD \
   | 1u << COT_FIELD_SEVERITY | 1u << COT_FIELD_TIME | 1u << COT_FIELD_FINDING)
#define N_IDS (G_MAXUINT16 + 1)
#define RANK_MISSING G_MAXUINT8 /* one less than nothing */

struct _CotFilterSlab
{
  CotFilterContext *context;
  /* (nullable) of each test: 1 + the rank of each id of a name; 0: nobody has asked yet */
  guint8 **by_id;
  GPtrArray *rows; /* of ranks: the operands that wait, and room for more */
  gint64 times_usec[COT_FILTER_SLAB_ENTRIES];
};

/**
 * cot_filter_slab_new:
 * @context: what is known of all entries; outlives the slab
 *
 * Returns: (transfer full) (nullable): room for the ranks of entries in a row; %NULL where some
 *   test of the filter had better be asked of one entry after the other
 */
CotFilterSlab *
cot_filter_slab_new (CotFilterContext *context)
{
  CotFilter *filter = context->filter;
  CotFilterSlab *self;

  if (filter->fields & ~SLAB_FIELDS || filter->asks_for_zones)
    return NULL;
  self = g_new (CotFilterSlab, 1);
  self->context = context;
  self->rows = g_ptr_array_new_with_free_func (g_free);
  self->by_id = g_new0 (guint8 *, filter->tests->len);
  return self;
}

/**
 * cot_filter_slab_free:
 * @self: (nullable) (transfer full): a slab
 */
void
cot_filter_slab_free (CotFilterSlab *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->context->filter->tests->len; i++)
    g_free (self->by_id[i]);
  g_free (self->by_id);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static guint8
rank_of (CotFilterVerdict verdict)
{
  static const guint8 ranks[] = {
    [COT_VERDICT_NO] = COT_RANK_NO,
    [COT_VERDICT_UNKNOWN] = COT_RANK_UNKNOWN,
    [COT_VERDICT_YES] = COT_RANK_YES,
  };

  return ranks[verdict];
}

static guint8
ask (CotFilterSlab *self, guint test_index, guint64 ordinal, const CotEntryColumns *columns)
{
  self->context->ordinal = ordinal;
  self->context->columns = columns;
  return rank_of (cot_filter_judge_test (self->context, test_index));
}

/* One more than the rank, of whoever has that id; @ordinal is an entry that has it. */
static guint8
get_rank_by_id (CotFilterSlab *self, guint test_index, guint16 id, guint64 ordinal)
{
  guint8 *by_id = self->by_id[test_index];

  if (by_id[id] == 0)
    {
      CotEntryColumns columns;

      cot_snapshot_get (self->context->snapshot, ordinal, &columns);
      by_id[id] = (guint8) (1 + ask (self, test_index, ordinal, &columns));
    }
  return by_id[id];
}

/* A look into the table for each, eight at a time: single stores of a byte take thrice as long.
 * @row may be @places. */
static void
look_up (const guint8 *table, const guint8 *places, guint n, guint8 *row)
{
  guint i = 0;

  for (; n - i >= 8; i += 8)
    {
      guint64 eight;
      guint64 found = 0;

      memcpy (&eight, places + i, sizeof eight);
      eight = GUINT64_FROM_LE (eight);
#pragma GCC unroll 8
      for (guint k = 0; k < 64; k += 8)
        found |= (guint64) table[eight >> k & 0xff] << k;
      found = GUINT64_TO_LE (found);
      memcpy (row + i, &found, sizeof found);
    }
  for (; i < n; i++)
    row[i] = table[places[i]];
}

/* A look into a table for each entry, and no question. Where an answer is missing, from there on
 * each is asked for that is: that is where the names of a log begin. */
static void
fill_by_place (CotFilterSlab *self, guint test_index, const CotNameRun *run, guint64 first,
               guint8 *row)
{
  const guint8 *by_id = self->by_id[test_index];
  guint8 by_place[G_MAXUINT8 + 1];
  const guint8 *missing;

  for (guint i = 0; i < run->n_listed; i++)
    by_place[i] = (guint8) (by_id[run->ids[i]] - 1);
  look_up (by_place, run->places, run->n_entries, row);
  missing = memchr (row, RANK_MISSING, run->n_entries);
  if (missing == NULL)
    return;
  for (guint i = (guint) (missing - row); i < run->n_entries; i++)
    {
      guint8 *rank = &by_place[run->places[i]];

      if (*rank == RANK_MISSING)
        *rank = (guint8) (get_rank_by_id (self, test_index, run->ids[run->places[i]], first + i)
                          - 1);
      row[i] = *rank;
    }
}

static void
fill_by_name (CotFilterSlab *self, guint test_index, CotSnapshotNames names, guint64 first, guint n,
              guint8 *row)
{
  CotNameRun run;

  /* Zeroed: the pages of ids that no name has are never touched. */
  if (self->by_id[test_index] == NULL)
    self->by_id[test_index] = g_malloc0 (N_IDS);
  for (guint done = 0; done < n; done += run.n_entries)
    {
      run = cot_snapshot_get_names (self->context->snapshot, names, first + done, n - done);
      g_return_if_fail (run.n_entries > 0);
      if (run.places != NULL)
        fill_by_place (self, test_index, &run, first + done, row + done);
      else
        for (guint i = 0; i < run.n_entries; i++)
          row[done + i]
              = (guint8) (get_rank_by_id (self, test_index, run.ids[i], first + done + i) - 1);
    }
}

static void
fill_by_severity (CotFilterSlab *self, guint test_index, guint64 first, guint n, guint8 *row)
{
  guint8 ranks[G_MAXUINT8 + 1];
  CotEntryColumns columns = { 0 };

  for (guint i = 0; i < COT_N_SEVERITIES; i++)
    {
      columns.severity = (guint8) i;
      ranks[i] = ask (self, test_index, first, &columns);
    }
  memset (ranks + COT_N_SEVERITIES, ranks[COT_N_SEVERITIES - 1],
          sizeof ranks - COT_N_SEVERITIES);
  cot_snapshot_get_severities (self->context->snapshot, first, n, row);
  look_up (ranks, row, n, row);
}

static guint8
ask_about_time (CotFilterSlab *self, guint test_index, guint64 ordinal, gint64 time_usec)
{
  const CotEntryColumns columns = { .time_usec = time_usec };

  return ask (self, test_index, ordinal, &columns);
}

/* A day is before, within or behind a span: these answers do for all. */
static void
fill_by_span (CotFilterSlab *self, guint test_index, const CotFilterSpan *span, guint64 first,
              guint n, guint8 *row)
{
  const guint8 answers[] = {
    ask_about_time (self, test_index, first, COT_TIME_NONE),
    ask_about_time (self, test_index, first, span->start_usec - 1),
    ask_about_time (self, test_index, first, span->start_usec),
    ask_about_time (self, test_index, first, span->end_usec),
  };

  cot_snapshot_place_times (self->context->snapshot, first, n, span->start_usec, span->end_usec,
                            answers, row);
}

static void
fill_by_time (CotFilterSlab *self, guint test_index, guint64 first, guint n, guint8 *row)
{
  const CotFilterTest *test
      = &g_array_index (self->context->filter->tests, CotFilterTest, test_index);

  if (test->pattern == NULL && !test->span.of_day)
    {
      fill_by_span (self, test_index, &test->span, first, n, row);
      return;
    }
  cot_snapshot_get_times (self->context->snapshot, first, n, self->times_usec);
  for (guint i = 0; i < n; i++)
    row[i] = ask_about_time (self, test_index, first + i, self->times_usec[i]);
}

static void
fill_by_finding (CotFilterSlab *self, guint test_index, guint64 first, guint n, guint8 *row)
{
  const CotEntryColumns nothing = { 0 };

  for (guint i = 0; i < n; i++)
    row[i] = ask (self, test_index, first + i, &nothing);
}

static void
fill (CotFilterSlab *self, guint test_index, guint64 first, guint n, guint8 *row)
{
  const CotFilterTest *test
      = &g_array_index (self->context->filter->tests, CotFilterTest, test_index);

  if (test->field == COT_FIELD_COMPONENT)
    fill_by_name (self, test_index, COT_SNAPSHOT_COMPONENTS, first, n, row);
  else if (test->field == COT_FIELD_ORIGIN)
    fill_by_name (self, test_index, COT_SNAPSHOT_ORIGINS, first, n, row);
  else if (test->field == COT_FIELD_THREAD)
    fill_by_name (self, test_index, COT_SNAPSHOT_THREADS, first, n, row);
  else if (test->field == COT_FIELD_SEVERITY)
    fill_by_severity (self, test_index, first, n, row);
  else if (test->field == COT_FIELD_TIME)
    fill_by_time (self, test_index, first, n, row);
  else
    fill_by_finding (self, test_index, first, n, row);
}

static guint8 *
get_row (CotFilterSlab *self, guint depth)
{
  while (self->rows->len <= depth)
    g_ptr_array_add (self->rows, g_malloc (COT_FILTER_SLAB_ENTRIES));
  return g_ptr_array_index (self->rows, depth);
}

/* Leaves the ranks of what the node says in the row of that depth. */
static void
rank_node (CotFilterSlab *self, guint index, guint depth, guint64 first, guint n)
{
  const CotFilterNode *node = &g_array_index (self->context->filter->nodes, CotFilterNode, index);
  guint8 *row = get_row (self, depth);
  const guint8 *other;

  if (node->kind == COT_NODE_TEST)
    {
      fill (self, node->left, first, n, row);
      return;
    }
  rank_node (self, node->left, depth, first, n);
  if (node->kind == COT_NODE_NOT)
    {
      for (guint i = 0; i < n; i++)
        row[i] = (guint8) (COT_RANK_YES - row[i]);
      return;
    }
  rank_node (self, node->right, depth + 1, first, n);
  other = get_row (self, depth + 1);
  if (node->kind == COT_NODE_AND)
    for (guint i = 0; i < n; i++)
      row[i] = MIN (row[i], other[i]);
  else
    for (guint i = 0; i < n; i++)
      row[i] = MAX (row[i], other[i]);
}

/**
 * cot_filter_slab_rank:
 * @self: a slab
 * @first: an entry
 * @n: how many from there on, at most %COT_FILTER_SLAB_ENTRIES; all of them are there
 *
 * Returns: (array length=n): a #CotFilterRank of each, until the next call
 */
const guint8 *
cot_filter_slab_rank (CotFilterSlab *self, guint64 first, guint n)
{
  self->context->record = (CotSpan) { NULL, 0 };
  self->context->entry = NULL;
  rank_node (self, self->context->filter->nodes->len - 1, 0, first, n);
  self->context->columns = NULL;
  return get_row (self, 0);
}
