/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-density.h"

#include "cot-job.h"
#include "cot-merged-log.h"

G_BEGIN_DECLS

/* One of the logs that are counted, as far as it is to be counted. Owned by a worker. */
typedef struct
{
  CotSnapshot *snapshot;
  CotBitset *shown; /* (nullable): only these entries count */
  guint64 n_entries; /* from the first one on */
} CotDensityPart;

void cot_density_part_free (CotDensityPart *self);

/* The times of @n entries from @first on, by that clock: "Axis" in cot-density.h. */
void cot_density_part_get_times (const CotDensityPart *self, CotClockMode mode,
                                 gint16 local_bias_minutes, guint64 first, guint64 n,
                                 gint64 *times_usec);

/* What the worker has counted, and where it goes on. The last entry of a log may be half written,
 * so it is only in @bins, which are shown, not in @settled. */
typedef struct
{
  CotTimeBins *settled;
  GArray *n_settled; /* (element-type guint64) of each part */
  CotTimeBins *bins;
} CotDensityTally;

CotDensityTally *cot_density_tally_new (void);
CotDensityTally *cot_density_tally_copy (const CotDensityTally *self);
void cot_density_tally_free (CotDensityTally *self);

/* Counts on, on a worker. Reports copies of @self to @job. */
void cot_density_tally_count (CotDensityTally *self, GPtrArray *parts, CotClockMode mode,
                              gint16 local_bias_minutes, CotJob *job);

/* cot-density.c: what there is to count now. (transfer full) (element-type CotDensityPart) */
GPtrArray *cot_density_collect_parts (CotDensity *self, gboolean only_shown);
CotLog *cot_density_get_log (CotDensity *self);
CotClockMode cot_density_get_mode (CotDensity *self);
gint16 cot_density_get_local_bias (CotDensity *self);

G_END_DECLS
