/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* When an entry was written, in the zones that are not shown, and why that is believed.
 * (transfer full) (nullable): NULL without a time. */
char *cot_time_sentence_dup_meaning (const CotEntryTime *time, CotBiasWriter writer,
                                     CotClockMode mode);
/* For the details: the time that is shown, and the one beside it. (transfer full) */
char *cot_time_sentence_dup (const CotEntryTime *time, CotClockMode mode);

/* FALSE: no device wrote a log then; its clock was not set. @time_usec: a wall clock or UTC */
gboolean cot_time_is_credible (gint64 time_usec);
/* The time between two entries as CMTrace says it, and by days where there are some: "0h 1m 12s
 * 345ms (72.345 seconds)", "792d 18:47:00.852". (transfer full) */
char *cot_time_sentence_dup_elapsed (gint64 elapsed_usec);

G_END_DECLS
