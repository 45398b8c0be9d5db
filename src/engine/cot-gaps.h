/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-query.h"

G_BEGIN_DECLS

/* Where a log was silent for long, and where its clock went back. */

/* A clock that goes back by less is that of threads that write at once. */
#define COT_CLOCK_JUMP_USEC (60 * (gint64) G_USEC_PER_SEC)

/* The entries before which there may be such a place; cot_gap_find() tells whether there is. Main
 * thread. (transfer full) */
CotQuery *cot_query_new_for_gaps (CotLog *log, gint64 limit_usec);
/* How much later an entry is than the one before it that has a time, where that is more than
 * @limit_usec or much less than nothing. In a merge, of the entries of all its logs. Only columns
 * are looked at; main thread. */
gboolean cot_gap_find (CotLog *log, guint64 ordinal, gint64 limit_usec, gint64 *gap_usec);

G_END_DECLS
