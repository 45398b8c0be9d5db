/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-detector-private.h"
#include "cot-matcher.h"

G_BEGIN_DECLS

CotHits *cot_hits_new (CotKnowledge *knowledge);
/* @captures: one text per capture of the detector, NULL for none; copied. */
void cot_hits_add (CotHits *self, const CotHit *hit);
CotHitsCounts *cot_hits_edit_counts (CotHits *self);
void cot_hits_set_oldest_time (CotHits *self, gint64 time_usec, gint16 bias_minutes);
void cot_hits_see_time (CotHits *self, gint64 time_usec, gint16 bias_minutes);
/* By what the times of the hits are moved. */
void cot_hits_set_clock (CotHits *self, gint64 clock_usec);
/* Puts a hit of the past, whose turn has not come yet, where its ordinal belongs. */
void cot_hits_insert (CotHits *self, const CotHit *hit);
/* The hits of the newest entry, from @first on, and those of the same entry in @others, which are
 * not added yet: generic ones and those that yield step back. */
void cot_hits_settle_entry (CotHits *self, guint first, CotHit *const *others, guint n_others);

G_END_DECLS
