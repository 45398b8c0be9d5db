/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"
#include "cot-row-model.h"

G_BEGIN_DECLS

/* Which entries of a log a filter lets through, as rows: a position is the rank of an ordinal. */
typedef struct _CotShownRows CotShownRows;

typedef void (*CotShownRowsFunc) (gpointer data);

/* @changed is called when @filter lets through more or other entries than before. */
CotShownRows *cot_shown_rows_new (CotLog *log, CotQuery *filter, CotShownRowsFunc changed,
                                  gpointer data);
void cot_shown_rows_free (CotShownRows *self);

CotQuery *cot_shown_rows_get_filter (CotShownRows *self); /* (transfer none) */
guint64 cot_shown_rows_count (CotShownRows *self);
/* G_MAXUINT64: no such row any more. */
guint64 cot_shown_rows_get_ordinal (CotShownRows *self, guint64 position);
/* Of an entry that is not shown: the row of the next one that is. */
guint64 cot_shown_rows_get_position (CotShownRows *self, guint64 ordinal);

/* The entries among the shown ones of which @flag is true; (transfer none), until anything changes.
 * @matches: (nullable): those of the search. */
CotBitset *cot_shown_rows_get_noted (CotShownRows *self, CotRulerFlags flag, CotBitset *matches);
void cot_shown_rows_forget_noted (CotShownRows *self); /* what is known or searched changed */
void cot_shown_rows_get_ruler (CotShownRows *self, CotBitset *matches, guint n_slots,
                               guint8 *slots);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotShownRows, cot_shown_rows_free)

G_END_DECLS
