/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-log.h"

G_BEGIN_DECLS

/* The rows of a log as text, in blocks that workers read; the least used go first. Main thread. */
typedef struct _CotRowCache CotRowCache;

/* Called when rows that were asked for have come. */
typedef void (*CotRowCacheLoaded) (guint64 first, guint64 n, gpointer data);

CotRowCache *cot_row_cache_new (CotRowCacheLoaded loaded, gpointer data);
void cot_row_cache_free (CotRowCache *self);
/* (nullable): NULL where the row is not there; its block is then read. */
const CotRow *cot_row_cache_peek (CotRowCache *self, CotSnapshot *snapshot, guint64 ordinal);
/* Entries from @ordinal on may read differently now. What is there stays until the new text comes,
 * so that nothing flickers. */
void cot_row_cache_outdate (CotRowCache *self, guint64 ordinal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotRowCache, cot_row_cache_free)

G_END_DECLS
