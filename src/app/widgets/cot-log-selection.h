/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* The selected positions of a log view, as disjoint ranges: whatever a user does with a mouse and a
 * keyboard, there are few of them, and ten million selected rows cost 16 bytes. */
typedef struct _CotLogSelection CotLogSelection;

CotLogSelection *cot_log_selection_new (void);
void cot_log_selection_free (CotLogSelection *self);

gboolean cot_log_selection_clear (CotLogSelection *self);
void cot_log_selection_add (CotLogSelection *self, guint64 first, guint64 n);
void cot_log_selection_remove (CotLogSelection *self, guint64 first, guint64 n);
gboolean cot_log_selection_is_only (CotLogSelection *self, guint64 first, guint64 n);
gboolean cot_log_selection_contains (CotLogSelection *self, guint64 position);
guint64 cot_log_selection_get_size (CotLogSelection *self);
gboolean cot_log_selection_get_bounds (CotLogSelection *self, guint64 *first, guint64 *last);
CotBitset *cot_log_selection_dup_bitset (CotLogSelection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotLogSelection, cot_log_selection_free)

G_END_DECLS
