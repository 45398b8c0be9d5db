/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-density-private.h"

/* Looked at in one go: few enough that a job which nobody wants any more ends at once. */
#define SLAB_ENTRIES 16384

void
cot_density_part_free (CotDensityPart *self)
{
  cot_snapshot_unref (self->snapshot);
  g_clear_pointer (&self->shown, cot_bitset_unref);
  g_free (self);
}

/* An entry whose zone is not known stands where its wall clock says, as it does in its row. */
void
cot_density_part_get_times (const CotDensityPart *self, CotClockMode mode,
                            gint16 local_bias_minutes, guint64 first, guint64 n,
                            gint64 *times_usec)
{
  gint64 shift_usec = local_bias_minutes * 60 * (gint64) G_USEC_PER_SEC;

  switch (mode)
    {
    case COT_CLOCK_LOCAL:
      cot_snapshot_get_carried_times (self->snapshot, first, n, local_bias_minutes, times_usec);
      for (guint64 i = 0; i < n; i++)
        if (times_usec[i] != COT_TIME_NONE)
          times_usec[i] -= shift_usec;
      break;
    case COT_CLOCK_UTC:
      cot_snapshot_get_carried_times (self->snapshot, first, n, COT_BIAS_NONE, times_usec);
      break;
    case COT_CLOCK_WRITTEN:
    default:
      cot_snapshot_get_times (self->snapshot, first, n, times_usec);
      break;
    }
}

CotDensityTally *
cot_density_tally_new (void)
{
  CotDensityTally *self = g_new0 (CotDensityTally, 1);

  self->settled = cot_time_bins_new ();
  self->bins = cot_time_bins_new ();
  self->n_settled = g_array_new (FALSE, TRUE, sizeof (guint64));
  return self;
}

CotDensityTally *
cot_density_tally_copy (const CotDensityTally *self)
{
  CotDensityTally *copy = g_new0 (CotDensityTally, 1);

  copy->settled = cot_time_bins_copy (self->settled);
  copy->bins = cot_time_bins_copy (self->bins);
  copy->n_settled = g_array_copy (self->n_settled);
  return copy;
}

void
cot_density_tally_free (CotDensityTally *self)
{
  cot_time_bins_free (self->settled);
  cot_time_bins_free (self->bins);
  g_array_unref (self->n_settled);
  g_free (self);
}

typedef struct
{
  gint64 times_usec[SLAB_ENTRIES];
  guint8 severities[SLAB_ENTRIES];
} Slab;

static void
count_slab (CotTimeBins *bins, const CotDensityPart *part, const Slab *slab, guint64 first,
            guint64 n)
{
  guint64 ordinal = first;

  if (part->shown == NULL)
    {
      for (guint64 i = 0; i < n; i++)
        cot_time_bins_add (bins, slab->times_usec[i], (CotSeverity) slab->severities[i]);
      return;
    }
  for (; cot_bitset_next (part->shown, ordinal, &ordinal) && ordinal < first + n; ordinal++)
    cot_time_bins_add (bins, slab->times_usec[ordinal - first],
                       (CotSeverity) slab->severities[ordinal - first]);
}

/* What is shown while the worker goes on: all that is settled, and the last entry of each log. */
static void
publish (CotDensityTally *self, GPtrArray *parts, CotClockMode mode, gint16 local_bias_minutes,
         Slab *slab)
{
  cot_time_bins_free (self->bins);
  self->bins = cot_time_bins_copy (self->settled);
  for (guint i = 0; i < parts->len; i++)
    {
      const CotDensityPart *part = g_ptr_array_index (parts, i);
      guint64 last = part->n_entries - 1;

      if (part->n_entries == 0 || g_array_index (self->n_settled, guint64, i) != last)
        continue;
      cot_density_part_get_times (part, mode, local_bias_minutes, last, 1, slab->times_usec);
      cot_snapshot_get_severities (part->snapshot, last, 1, slab->severities);
      count_slab (self->bins, part, slab, last, 1);
    }
}

void
cot_density_tally_count (CotDensityTally *self, GPtrArray *parts, CotClockMode mode,
                         gint16 local_bias_minutes, CotJob *job)
{
  g_autofree Slab *slab = g_new (Slab, 1);
  gint64 reported_usec = g_get_monotonic_time ();

  g_array_set_size (self->n_settled, parts->len);
  for (guint i = 0; i < parts->len; i++)
    {
      const CotDensityPart *part = g_ptr_array_index (parts, i);
      guint64 *n_settled = &g_array_index (self->n_settled, guint64, i);

      while (*n_settled + 1 < part->n_entries)
        {
          guint64 n = MIN ((guint64) SLAB_ENTRIES, part->n_entries - 1 - *n_settled);

          if (cot_job_is_cancelled (job))
            return;
          cot_density_part_get_times (part, mode, local_bias_minutes, *n_settled, n,
                                      slab->times_usec);
          cot_snapshot_get_severities (part->snapshot, *n_settled, n, slab->severities);
          count_slab (self->settled, part, slab, *n_settled, n);
          *n_settled += n;
          if (g_get_monotonic_time () - reported_usec < G_USEC_PER_SEC / 10)
            continue;
          publish (self, parts, mode, local_bias_minutes, slab);
          cot_job_report (job, cot_density_tally_copy (self));
          reported_usec = g_get_monotonic_time ();
        }
    }
  publish (self, parts, mode, local_bias_minutes, slab);
}
