/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* Which entries of what a tab shows are marked: of one log, or of all those of a merge. */
#define COT_TYPE_MARKED_ROWS (cot_marked_rows_get_type ())
G_DECLARE_FINAL_TYPE (CotMarkedRows, cot_marked_rows, COT, MARKED_ROWS, GObject)

/* Signals: "changed" () */

CotMarkedRows *cot_marked_rows_new (CotLog *log);
/* Ordinals of the log; (transfer none), until anything changes. */
CotBitset *cot_marked_rows_get_ordinals (CotMarkedRows *self);
/* The note of an entry; (nullable), (transfer none). */
const char *cot_marked_rows_get_note (CotMarkedRows *self, guint64 ordinal);

G_END_DECLS
