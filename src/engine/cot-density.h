/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-clock.h"
#include "cot-filter-span.h"
#include "cot-log-time.h"
#include "cot-log.h"
#include "cot-query.h"
#include "cot-time-bins.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* How many entries of a log, or of a merge, were written when; counted on a worker, and on as the
 * log grows. Dropping the object ends that. Main thread.
 *
 * Axis: times are those that the rows show by the clock @mode. For the clock of this computer, that
 * has one offset for all of the axis, the one of cot_density_get_local_bias(): so a stretch of time
 * is as long on it as it was. An entry whose zone is not known stands where its wall clock says. */
#define COT_TYPE_DENSITY (cot_density_get_type ())
G_DECLARE_FINAL_TYPE (CotDensity, cot_density, COT, DENSITY, GObject)

/* Signals: "changed" (): there are other counts; a handler may drop the object. */

CotDensity *cot_density_new (CotLog *log, CotClockMode mode);
CotClockMode cot_density_get_mode (CotDensity *self);
gint16 cot_density_get_local_bias (CotDensity *self); /* COT_BIAS_NONE in the other modes */
/* Which entries are shown; (nullable): all. */
void cot_density_set_filter (CotDensity *self, CotQuery *filter);

const CotTimeBins *cot_density_get_all (CotDensity *self); /* (transfer none) */
/* Where most of these stand: cheap, however often it is asked. */
gboolean cot_density_get_main_range (CotDensity *self, gint64 *first_usec, gint64 *last_usec);
/* Of those that pass the filter; (nullable): there is none; (transfer none). */
const CotTimeBins *cot_density_get_shown (CotDensity *self);
gboolean cot_density_get_running (CotDensity *self);

/* Where an entry stands on the axis; COT_TIME_NONE. */
gint64 cot_density_get_axis_time (CotDensity *self, const CotEntryTime *time);
/* What the clock of the axis showed then: what its labels say. */
gint64 cot_density_get_wall_time (CotDensity *self, gint64 axis_usec);
/* A stretch of the axis as the filter language writes it, and the other way round. FALSE: it is by
 * another clock, or no stretch of one day. */
CotFilterSpan cot_density_get_span (CotDensity *self, gint64 from_usec, gint64 until_usec);
gboolean cot_density_place_span (CotDensity *self, const CotFilterSpan *span, gint64 *from_usec,
                                 gint64 *until_usec);

/* The first of the entries that pass the filter and were written in [@from_usec, @until_usec).
 * Where there is none, the first one that was written later, else the last one before. Looks for it
 * on a worker. Errors: G_IO_ERROR_NOT_FOUND: no entry that is shown has a time. */
void cot_density_find_async (CotDensity *self, gint64 from_usec, gint64 until_usec,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer data);
gboolean cot_density_find_finish (CotDensity *self, GAsyncResult *result, guint64 *ordinal,
                                  GError **error);

G_END_DECLS
