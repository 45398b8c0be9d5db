/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-shown-rows.h"

/* Bits of CotRulerFlags; those that a filter has to do with. */
#define N_FLAGS 8
static const CotRulerFlags ruler_flags[]
    = { COT_RULER_ERROR, COT_RULER_WARNING,     COT_RULER_FINDING,
        COT_RULER_MATCH, COT_RULER_KNOWN_ERROR, COT_RULER_KNOWN_WARNING };

struct _CotShownRows
{
  CotLog *log;
  CotQuery *filter;
  CotQuery *errors; /* of the whole log: severities are a column, so they cost next to nothing */
  CotQuery *warnings;
  CotBitset *noted[N_FLAGS]; /* (nullable): for each bit, once somebody asked */
  CotShownRowsFunc changed;
  gpointer data;
};

static CotQuery *
query_severity (CotLog *log, const char *expression)
{
  g_autoptr (CotFilter) filter = cot_filter_new (expression, NULL);

  return cot_query_new_for_filter (log, filter);
}

static void
on_changed (CotShownRows *self)
{
  cot_shown_rows_forget_noted (self);
  self->changed (self->data);
}

CotShownRows *
cot_shown_rows_new (CotLog *log, CotQuery *filter, CotShownRowsFunc changed, gpointer data)
{
  CotShownRows *self = g_new0 (CotShownRows, 1);
  CotQuery **queries[] = { &self->filter, &self->errors, &self->warnings };

  self->log = g_object_ref (log);
  self->filter = g_object_ref (filter);
  self->errors = query_severity (log, "severity = error");
  self->warnings = query_severity (log, "severity = warning");
  self->changed = changed;
  self->data = data;
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    g_signal_connect_swapped (*queries[i], "changed", G_CALLBACK (on_changed), self);
  return self;
}

static void
drop_query (CotShownRows *self, CotQuery **query)
{
  g_signal_handlers_disconnect_by_data (*query, self);
  g_clear_object (query);
}

void
cot_shown_rows_free (CotShownRows *self)
{
  cot_shown_rows_forget_noted (self);
  drop_query (self, &self->filter);
  drop_query (self, &self->errors);
  drop_query (self, &self->warnings);
  g_object_unref (self->log);
  g_free (self);
}

CotQuery *
cot_shown_rows_get_filter (CotShownRows *self)
{
  return self->filter;
}

guint64
cot_shown_rows_count (CotShownRows *self)
{
  return cot_bitset_get_size (cot_query_get_ordinals (self->filter));
}

guint64
cot_shown_rows_get_ordinal (CotShownRows *self, guint64 position)
{
  guint64 ordinal;

  if (!cot_bitset_get_nth (cot_query_get_ordinals (self->filter), position, &ordinal))
    return G_MAXUINT64;
  return ordinal;
}

guint64
cot_shown_rows_get_position (CotShownRows *self, guint64 ordinal)
{
  return cot_bitset_get_rank (cot_query_get_ordinals (self->filter), ordinal);
}

void
cot_shown_rows_forget_noted (CotShownRows *self)
{
  for (guint i = 0; i < N_FLAGS; i++)
    g_clear_pointer (&self->noted[i], cot_bitset_unref);
}

static CotBitset *
get_all_noted (CotShownRows *self, CotRulerFlags flag, CotBitset *matches)
{
  switch (flag)
    {
    case COT_RULER_ERROR:
      return cot_query_get_ordinals (self->errors);
    case COT_RULER_WARNING:
      return cot_query_get_ordinals (self->warnings);
    case COT_RULER_FINDING:
      return cot_log_get_known (self->log);
    case COT_RULER_KNOWN_ERROR:
      return cot_log_get_known_problems (self->log, COT_SEVERITY_ERROR);
    case COT_RULER_KNOWN_WARNING:
      return cot_log_get_known_problems (self->log, COT_SEVERITY_WARNING);
    case COT_RULER_MATCH:
    case COT_RULER_MARK:
    case COT_RULER_GAP:
      break;
    }
  return matches;
}

CotBitset *
cot_shown_rows_get_noted (CotShownRows *self, CotRulerFlags flag, CotBitset *matches)
{
  CotBitset **noted = &self->noted[g_bit_nth_lsf (flag, -1)];

  if (*noted == NULL)
    {
      CotBitset *all = get_all_noted (self, flag, matches);

      *noted = cot_bitset_copy (cot_query_get_ordinals (self->filter));
      if (all != NULL)
        cot_bitset_intersect (*noted, all);
      else
        cot_bitset_clear (*noted);
    }
  return *noted;
}

/* One question to each set for each slot, so the cost does not depend on the number of rows. */
void
cot_shown_rows_get_ruler (CotShownRows *self, CotBitset *matches, guint n_slots, guint8 *slots)
{
  guint64 n_rows = cot_shown_rows_count (self);

  for (guint flag = 0; flag < G_N_ELEMENTS (ruler_flags); flag++)
    {
      CotBitset *noted = cot_shown_rows_get_noted (self, ruler_flags[flag], matches);

      for (guint i = 0; i < n_slots && n_rows > 0; i++)
        {
          /* Row r stands in slot r * n_slots / n_rows. */
          guint64 first = (i * n_rows + n_slots - 1) / n_slots;
          guint64 end = ((i + 1) * n_rows + n_slots - 1) / n_slots;
          guint64 ordinal;

          if (first < end
              && cot_bitset_next (noted, cot_shown_rows_get_ordinal (self, first), &ordinal)
              && cot_shown_rows_get_position (self, ordinal) < end)
            slots[i] |= (guint8) ruler_flags[flag];
        }
    }
}
