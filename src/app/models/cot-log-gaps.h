/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* The gaps of one log, by the limit that the user set, or a longer one where the
 * log is written rarely (see cot-gap-limit.h), as they come to be known. Main thread. */
typedef struct _CotLogGaps CotLogGaps;

typedef void (*CotLogGapsFunc) (gpointer data);

/* @changed is called when there are others than before. */
CotLogGaps *cot_log_gaps_new (CotLog *log, CotLogGapsFunc changed, gpointer data);
void cot_log_gaps_free (CotLogGaps *self);

/* (nullable): of an entry with a gap above it: "gap of 4 min 12 s". (transfer full) */
char *cot_log_gaps_dup_text (CotLogGaps *self, guint64 ordinal, gboolean *goes_back);
/* The first one in [first, end), or the last one; in a merge, many places may have to be looked at:
 * no more than @max_tries. FALSE: there is none. */
gboolean cot_log_gaps_find (CotLogGaps *self, guint64 first, guint64 end, gboolean forward,
                            guint max_tries, guint64 *ordinal);

/* "4 min 12 s"; (transfer full) */
char *cot_gap_dup_duration (gint64 usec);

G_END_DECLS
