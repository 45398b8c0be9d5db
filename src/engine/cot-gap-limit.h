/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cot-log.h"

G_BEGIN_DECLS

/* From which silence on a log has a gap. A fixed limit marks nearly every row of a log that is
 * written once an hour; so the limit is that of the user, or several times the distance that is
 * usual there, whichever is longer.
 *
 * Usual: nine in ten distances between entries are no longer. So never more than about one row in
 * ten has a mark, however the log is written, but a handful may always have one. */

/* How many distances a silence must exceed that nobody counts as usual. */
#define COT_GAP_FACTOR 4
/* So many marks are not too many for any log. */
#define COT_GAP_N_FEW 5

/* How long the distances of a log are, counted in buckets whose ends are an eighth apart. */
typedef struct _CotGapTally CotGapTally;

CotGapTally *cot_gap_tally_new (gint64 shortest_usec);
void cot_gap_tally_free (CotGapTally *self);
/* What is less than nothing, a clock that went back, is no distance. */
void cot_gap_tally_add (CotGapTally *self, gint64 distance_usec);
/* Never less than the shortest limit. */
gint64 cot_gap_tally_get_limit (const CotGapTally *self);

/* The limit that fits a log, or a merge, as it is now; counted on a worker. Main thread. */
void cot_gap_limit_find_async (CotLog *log, gint64 shortest_usec, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data);
/* COT_TIME_NONE: cancelled. */
gint64 cot_gap_limit_find_finish (CotLog *log, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotGapTally, cot_gap_tally_free)

G_END_DECLS
