/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-bitset.h"
#include "cot-snapshot.h"

G_BEGIN_DECLS

/* Several logs in one order: by UTC, stable; an entry without a time keeps its place behind its
 * predecessor in its own log. A log that says no zone is taken to be of the zone of the first one
 * that does. Immutable, reference counted; two bytes an entry. */
typedef struct _CotMerge CotMerge;

CotMerge *cot_merge_new (CotSnapshot *const *snapshots, guint n_snapshots);
/* The same logs, grown since @before: what cannot have changed is shared with it. */
CotMerge *cot_merge_new_grown (CotMerge *before, CotSnapshot *const *snapshots,
                               guint n_snapshots);
CotMerge *cot_merge_ref (CotMerge *self);
void cot_merge_unref (CotMerge *self);

guint64 cot_merge_get_n_entries (CotMerge *self);
void cot_merge_get (CotMerge *self, guint64 position, guint *snapshot, guint64 *ordinal);
/* Which logs stand at @n places from @first on: the entries of each in the order of their log. */
void cot_merge_get_logs (CotMerge *self, guint64 first, guint n, guint16 *logs);
/* Where an entry of one log stands in the order. */
guint64 cot_merge_get_position (CotMerge *self, guint snapshot, guint64 ordinal);
/* Where the entries of the logs' sets stand, from @first on, added to @into. @sets: one for each
 * log; NULL: none of it. */
void cot_merge_map (CotMerge *self, CotBitset *const *sets, guint64 first, CotBitset *into);
/* The same for those whose severity is a certain one. */
void cot_merge_map_severity (CotMerge *self, CotSeverity severity, guint64 first, CotBitset *into);
CotSnapshot *cot_merge_get_snapshot (CotMerge *self, guint snapshot); /* (transfer none) */
/* How many places at the start are the same as in the order that it was grown from. */
guint64 cot_merge_get_n_kept (CotMerge *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotMerge, cot_merge_unref)

G_END_DECLS
