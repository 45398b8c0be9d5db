/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-types.h"

G_BEGIN_DECLS

/* A set of positions (64-bit). Dense bits in chunks with counts, so that adding, asking, and
 * "the n-th member" are cheap for ten million positions and more. Reference counted; immutable
 * once shared. */
typedef struct _CotBitset CotBitset;

CotBitset *cot_bitset_new (void);
CotBitset *cot_bitset_ref (CotBitset *self);
void cot_bitset_unref (CotBitset *self);
CotBitset *cot_bitset_copy (CotBitset *self);
void cot_bitset_add (CotBitset *self, guint64 value);
void cot_bitset_remove (CotBitset *self, guint64 value);
void cot_bitset_add_range (CotBitset *self, guint64 first, guint64 n);
/* @bits: the lowest of the first stands for @first, which is a multiple of 64. */
void cot_bitset_add_bits (CotBitset *self, guint64 first, const guint64 *bits, guint n_words);
void cot_bitset_clear (CotBitset *self);
void cot_bitset_truncate (CotBitset *self, guint64 end); /* removes @end and all above */
gboolean cot_bitset_contains (CotBitset *self, guint64 value);
guint64 cot_bitset_get_size (CotBitset *self);
/* The value with @nth smaller members; FALSE beyond the end. */
gboolean cot_bitset_get_nth (CotBitset *self, guint64 nth, guint64 *value);
/* How many members are smaller than @value. */
guint64 cot_bitset_get_rank (CotBitset *self, guint64 value);
/* The first member at or after (next), at or before (previous) @from. */
gboolean cot_bitset_next (CotBitset *self, guint64 from, guint64 *value);
gboolean cot_bitset_previous (CotBitset *self, guint64 from, guint64 *value);
void cot_bitset_union (CotBitset *self, CotBitset *other);
void cot_bitset_intersect (CotBitset *self, CotBitset *other);
void cot_bitset_subtract (CotBitset *self, CotBitset *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotBitset, cot_bitset_unref)

G_END_DECLS
