/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-clock.h"
#include "cot-types.h"

G_BEGIN_DECLS

/* How many entries were written when: counts in equal stretches of time, fine enough for a screen.
 * Times may come in any order; as more of them come, the stretches get longer, so that there are
 * never more than COT_TIME_BINS_MAX. Only stretches in which something was written are kept. A
 * plain value; any thread. */
typedef struct _CotTimeBins CotTimeBins;

#define COT_TIME_BINS_MAX 16384

/* Every entry counts as one; warnings and errors are among them. */
typedef struct
{
  guint64 n_entries;
  guint64 n_warnings;
  guint64 n_errors;
} CotTimeBin;

/* What was counted together, and from when to when, to the length of a bin. */
typedef struct
{
  CotTimeBin sum;
  gint64 first_usec; /* COT_TIME_NONE: nothing */
  gint64 last_usec;
} CotTimeStretch;

CotTimeBins *cot_time_bins_new (void);
CotTimeBins *cot_time_bins_copy (const CotTimeBins *self);
void cot_time_bins_free (CotTimeBins *self);
/* COT_TIME_NONE is counted as well, but has no place. */
void cot_time_bins_add (CotTimeBins *self, gint64 time_usec, CotSeverity severity);

guint64 cot_time_bins_get_n_timed (const CotTimeBins *self);
guint64 cot_time_bins_get_n_untimed (const CotTimeBins *self);
/* The earliest and the latest time; FALSE: there are no two different ones. */
gboolean cot_time_bins_get_range (const CotTimeBins *self, gint64 *first_usec, gint64 *last_usec);
/* The same without the few entries that are far from all others. */
gboolean cot_time_bins_get_main_range (const CotTimeBins *self, gint64 *first_usec,
                                       gint64 *last_usec);
/* A length that people count in, for at most @max_bins stretches that begin at multiples of it;
 * cot_time_bins_sum() is exact for it. */
gint64 cot_time_bins_choose_width (const CotTimeBins *self, gint64 first_usec, gint64 last_usec,
                                   guint max_bins);
/* Counts for @n stretches of @width_usec, the first of which begins at @start_usec: a multiple. */
void cot_time_bins_sum (const CotTimeBins *self, gint64 start_usec, gint64 width_usec, guint n,
                        CotTimeBin *sums);
/* What is earlier, and what is later. */
void cot_time_bins_sum_outside (const CotTimeBins *self, gint64 first_usec, gint64 last_usec,
                                CotTimeStretch *before, CotTimeStretch *after);
/* The multiple of @width_usec at @time_usec or before. */
gint64 cot_time_bins_round_down (gint64 time_usec, gint64 width_usec);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotTimeBins, cot_time_bins_free)

G_END_DECLS
