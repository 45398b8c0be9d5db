/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-snapshot.h"

G_BEGIN_DECLS

/* Several logs in one order: by UTC where both sides have a bias, else by the wall clock; stable;
 * an entry without a time keeps its place behind its predecessor in its own log. */
typedef struct _CotMerge CotMerge;

CotMerge *cot_merge_new (CotSnapshot *const *snapshots, guint n_snapshots);
void cot_merge_free (CotMerge *self);
guint64 cot_merge_get_n_entries (CotMerge *self);
void cot_merge_get (CotMerge *self, guint64 position, guint *snapshot, guint64 *ordinal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotMerge, cot_merge_free)

G_END_DECLS
