/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-scanner.h"

G_BEGIN_DECLS

/* The rest of a large log, scanned by several threads at once. */
typedef struct _CotSlices CotSlices;

/* How long a slice is at the least: a few milliseconds' work. */
#define COT_SLICE_BYTES (16 * 1024 * 1024)

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
