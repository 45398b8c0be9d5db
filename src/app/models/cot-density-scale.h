/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* A strip of time: which bins it has, and where a time stands in it. Few entries that are far from
 * all others are outside of it. Pure; knows no toolkit. */
typedef struct
{
  gint64 start_usec; /* of the first bin; each is at a multiple of its length */
  gint64 width_usec; /* of a bin */
  guint n_bins;
  double width_px; /* of the strip */
} CotDensityScale;

/* A bar, and the space beside it. */
#define COT_DENSITY_MIN_BIN_PX 4

/* FALSE: nothing can be shown, as there are no two different times or no room. */
gboolean cot_density_scale_init (CotDensityScale *self, const CotTimeBins *bins,
                                 gint64 first_usec, gint64 last_usec, double width_px);
double cot_density_scale_get_x (const CotDensityScale *self, gint64 time_usec);
/* Edges of bins are at whole pixels. */
double cot_density_scale_get_bin_x (const CotDensityScale *self, guint bin);
gint64 cot_density_scale_get_bin_start (const CotDensityScale *self, guint bin);
/* What is outside counts for the first bin, or the last. */
guint cot_density_scale_find_bin_at (const CotDensityScale *self, double x);
guint cot_density_scale_find_bin (const CotDensityScale *self, gint64 time_usec);

/* A step between labels that people count in, each with at least @label_px of room. */
gint64 cot_density_scale_choose_step (const CotDensityScale *self, double label_px);

/* How high the parts of a bar are; they stand on each other: errors, warnings, the rest. */
typedef struct
{
  double errors_px;
  double warnings_px;
  double rest_px;
} CotDensityBar;

/* By the square root, so that few entries beside many can be seen; what is there at all is never
 * lower than a few pixels. @max_entries: of the fullest bin. */
CotDensityBar cot_density_bar_measure (const CotTimeBin *bin, guint64 max_entries,
                                       double height_px);

G_END_DECLS
