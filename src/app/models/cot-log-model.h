/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"
#include "cot-row-model.h"

G_BEGIN_DECLS

/*
 *   CotLog (ordinals, rows)  --+
 *   CotFind (matches)        --+->  CotLogModel (positions)  ->  CotLogView, CotOverviewRuler
 *   CotQuery (what is shown) --+
 *
 * One log as rows: its entries, and a seam above the first entry of each newer generation. A
 * position is an ordinal plus the seams above it; behind a filter, the rank among the entries that
 * it lets through, without seams. Every crossing goes through cot_log_model_get_ordinal() and
 * _get_position().
 */
#define COT_TYPE_LOG_MODEL (cot_log_model_get_type ())
G_DECLARE_FINAL_TYPE (CotLogModel, cot_log_model, COT, LOG_MODEL, GObject)

CotLogModel *cot_log_model_new (CotLog *log);
/* Whose matches the rows light up; (nullable). */
void cot_log_model_set_find (CotLogModel *self, CotFind *find);
/* The entry whose first match is the current one; G_MAXUINT64: none. */
void cot_log_model_set_current_match (CotLogModel *self, guint64 ordinal);
/* Which entries are rows; (nullable): all of them. */
void cot_log_model_set_filter (CotLogModel *self, CotQuery *filter);
CotQuery *cot_log_model_get_filter (CotLogModel *self); /* (transfer none) (nullable) */
/* Whether the entry is a row, as far as is known yet. */
gboolean cot_log_model_shows (CotLogModel *self, guint64 ordinal);
/* The next (or previous) row's entry of that kind after (before) @from. */
gboolean cot_log_model_step (CotLogModel *self, CotRulerFlags kind, guint64 from,
                             gboolean forward, guint64 *ordinal);
/* The matches of the search that are rows; (nullable), (transfer none), until anything changes. */
CotBitset *cot_log_model_get_matches (CotLogModel *self);

/* Of a seam: the ordinal of the entry below it. */
guint64 cot_log_model_get_ordinal (CotLogModel *self, guint64 position);
/* Of an entry that is no row: the row of the next one that is. */
guint64 cot_log_model_get_position (CotLogModel *self, guint64 ordinal);
gboolean cot_log_model_is_seam (CotLogModel *self, guint64 position);

/* "2026-11-18 09:12:41.327"; NULL for COT_TIME_NONE. (transfer full) */
char *cot_time_dup_text (gint64 time_usec);

G_END_DECLS
