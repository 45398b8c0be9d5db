/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-scanner.h"

G_BEGIN_DECLS

/* The rest of a large log, scanned by several threads at once. */
typedef struct _CotSlices CotSlices;

/* How long a slice is at the least: a millisecond's work. Threads that read a log from the disk at
 * places that are far apart are in each other's way: with slices four times as long it took half as
 * long again as one thread alone, and one that is in memory only 0.98 of the time. */
#define COT_SLICE_BYTES (4 * 1024 * 1024)
/* What is shorter is done before a helper has begun. */
#define COT_SLICES_MIN_BYTES (12 * COT_SLICE_BYTES)

CotSlices *cot_slices_new (CotScanner *scanner, guint64 size_bytes, guint max_helpers);
/* All threads end what they do soon after @cancellable says so; (nullable). */
void cot_slices_stop_with (CotSlices *self, GCancellable *cancellable);
/* For tests. */
CotSlices *cot_slices_new_with (CotScanner *scanner, guint64 size_bytes, gsize slice_bytes,
                                guint n_helpers);
void cot_slices_free (CotSlices *self);
gboolean cot_slices_step (CotSlices *self, gboolean *at_end, GError **error);
/* How many slices were of use. */
guint cot_slices_get_n_adopted (CotSlices *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotSlices, cot_slices_free)

G_END_DECLS
