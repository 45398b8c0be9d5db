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

G_END_DECLS
