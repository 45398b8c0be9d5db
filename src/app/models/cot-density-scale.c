/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-density-scale.h"

#include <math.h>

#define MIN_ERRORS_PX 3
#define MIN_WARNINGS_PX 3
#define MIN_REST_PX 1

#define SECOND ((gint64) G_USEC_PER_SEC)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static const gint64 steps_usec[] = {
  1000,        2000,        5000,        10000,       20000,        50000,        100000,
  200000,      500000,      1 * SECOND,  2 * SECOND,  5 * SECOND,   10 * SECOND,  15 * SECOND,
  30 * SECOND, 1 * MINUTE,  2 * MINUTE,  5 * MINUTE,  10 * MINUTE,  15 * MINUTE,  30 * MINUTE,
  1 * HOUR,    2 * HOUR,    3 * HOUR,    6 * HOUR,    12 * HOUR,    1 * DAY,      2 * DAY,
  5 * DAY,     10 * DAY,    20 * DAY,    50 * DAY,    100 * DAY,    200 * DAY,    500 * DAY,
  1000 * DAY,  2000 * DAY,  5000 * DAY,  10000 * DAY, 50000 * DAY,  100000 * DAY, 1000000 * DAY,
};

gboolean
cot_density_scale_init (CotDensityScale *self, const CotTimeBins *bins, gint64 first_usec,
                        gint64 last_usec, double width_px)
{
  *self = (CotDensityScale){ .width_px = width_px };
  if (width_px < 2 * COT_DENSITY_MIN_BIN_PX)
    return FALSE;
  self->width_usec = cot_time_bins_choose_width (bins, first_usec, last_usec,
                                                 (guint) (width_px / COT_DENSITY_MIN_BIN_PX));
  self->start_usec = cot_time_bins_round_down (first_usec, self->width_usec);
  self->n_bins = (guint) ((last_usec - self->start_usec) / self->width_usec) + 1;
  return TRUE;
}

double
cot_density_scale_get_x (const CotDensityScale *self, gint64 time_usec)
{
  double bins = ((double) time_usec - (double) self->start_usec) / (double) self->width_usec;

  return CLAMP (bins / self->n_bins, 0, 1) * self->width_px;
}

double
cot_density_scale_get_bin_x (const CotDensityScale *self, guint bin)
{
  return floor ((double) MIN (bin, self->n_bins) / self->n_bins * self->width_px);
}

gint64
cot_density_scale_get_bin_start (const CotDensityScale *self, guint bin)
{
  return self->start_usec + (gint64) bin * self->width_usec;
}

guint
cot_density_scale_find_bin_at (const CotDensityScale *self, double x)
{
  guint bin = (guint) (CLAMP (x / self->width_px, 0, 1) * self->n_bins);

  bin = MIN (bin, self->n_bins - 1);
  /* The edges that are drawn count. */
  if (bin + 1 < self->n_bins && x >= cot_density_scale_get_bin_x (self, bin + 1))
    bin++;
  return bin;
}

guint
cot_density_scale_find_bin (const CotDensityScale *self, gint64 time_usec)
{
  if (time_usec <= self->start_usec)
    return 0;
  return (guint) MIN ((time_usec - self->start_usec) / self->width_usec,
                      (gint64) self->n_bins - 1);
}

gint64
cot_density_scale_choose_step (const CotDensityScale *self, double label_px)
{
  double usec_per_px = (double) self->width_usec * self->n_bins / self->width_px;

  for (guint i = 0; i + 1 < G_N_ELEMENTS (steps_usec); i++)
    if ((double) steps_usec[i] >= label_px * usec_per_px)
      return steps_usec[i];
  return steps_usec[G_N_ELEMENTS (steps_usec) - 1];
}

CotDensityBar
cot_density_bar_measure (const CotTimeBin *bin, guint64 max_entries, double height_px)
{
  CotDensityBar bar = { 0 };
  guint64 n_rest = bin->n_entries - bin->n_warnings - bin->n_errors;
  double all_px;

  if (bin->n_entries == 0 || max_entries == 0)
    return bar;
  all_px = height_px * sqrt ((double) bin->n_entries / (double) max_entries);
  bar.errors_px = round (all_px * (double) bin->n_errors / (double) bin->n_entries);
  bar.warnings_px = round (all_px * (double) bin->n_warnings / (double) bin->n_entries);
  if (bin->n_errors > 0)
    bar.errors_px = MAX (bar.errors_px, MIN_ERRORS_PX);
  if (bin->n_warnings > 0)
    bar.warnings_px = MAX (bar.warnings_px, MIN_WARNINGS_PX);
  if (n_rest > 0)
    bar.rest_px = MAX (round (all_px) - bar.errors_px - bar.warnings_px, MIN_REST_PX);
  /* What is too high by that gives way, the rest first, errors last. */
  bar.rest_px = MIN (bar.rest_px, MAX (height_px - bar.errors_px - bar.warnings_px, 0));
  bar.warnings_px = MIN (bar.warnings_px, MAX (height_px - bar.errors_px, 0));
  return bar;
}
