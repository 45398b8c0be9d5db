/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-clock.h"
#include "cot-log.h"
#include "cot-merge.h"

G_BEGIN_DECLS

/* When an entry was written, and what its zone is known by. */
typedef struct
{
  gint64 time_usec; /* the wall clock; COT_TIME_NONE */
  gint16 bias_minutes; /* its true bias; COT_BIAS_NONE: nothing in its log tells */
  gboolean bias_is_carried; /* it is that of the last entry before it that says one */
} CotEntryTime;

/* From the columns alone; main thread. FALSE beyond the end. */
gboolean cot_log_get_entry_time (CotLog *self, guint64 ordinal, CotEntryTime *time);
/* The same for one log, at any thread. */
gboolean cot_entry_time_read (CotSnapshot *snapshot, guint64 ordinal, CotEntryTime *time);
/* A time that differences may be taken of: in UTC where the log tells its zones at all; else as
 * written, or by @fallback_bias_minutes. Any thread. */
gint64 cot_entry_time_read_common (CotSnapshot *snapshot, guint64 ordinal,
                                   gint16 fallback_bias_minutes);
/* The same for all entries of a merge, one after the other: to look for what a log said last takes
 * too long for each. Any one thread. */
typedef struct _CotMergeTimes CotMergeTimes;

CotMergeTimes *cot_merge_times_new (CotMerge *merge, gint16 fallback_bias_minutes);
void cot_merge_times_free (CotMergeTimes *self);
gint64 cot_merge_times_read_next (CotMergeTimes *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotMergeTimes, cot_merge_times_free)

/* The same; logs of a merge that tell no zone are in that of the others. Main thread. */
gint64 cot_log_get_common_time (CotLog *self, guint64 ordinal);
/* What is wanted of @mode cannot be said, so that the wall clock is shown. Pure. */
gboolean cot_entry_time_is_unknown (const CotEntryTime *self, CotClockMode mode);
/* "2026-11-18 09:12:41.327"; "?" behind it where it is the wall clock although another one is
 * wanted; NULL without a time. (transfer full) */
char *cot_entry_time_dup_text (const CotEntryTime *self, CotClockMode mode);

G_END_DECLS
