/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"
#include "cot-row-model.h"

G_BEGIN_DECLS

/*
 *   CotLog (ordinals, rows)  --+
 *                              +->  CotLogModel (positions)  ->  CotLogView, CotOverviewRuler
 *   CotFind (matches)        --+
 *
 * One log as rows: its entries, and a seam above the first entry of each newer generation. A
 * position is an ordinal plus the seams above it; every crossing goes through
 * cot_log_model_get_ordinal() and _get_position().
 */
#define COT_TYPE_LOG_MODEL (cot_log_model_get_type ())
G_DECLARE_FINAL_TYPE (CotLogModel, cot_log_model, COT, LOG_MODEL, GObject)

CotLogModel *cot_log_model_new (CotLog *log);
/* Whose matches the rows light up; (nullable). */
void cot_log_model_set_find (CotLogModel *self, CotFind *find);
/* The entry whose first match is the current one; G_MAXUINT64: none. */
void cot_log_model_set_current_match (CotLogModel *self, guint64 ordinal);
/* Of a seam: the ordinal of the entry below it. */
guint64 cot_log_model_get_ordinal (CotLogModel *self, guint64 position);
guint64 cot_log_model_get_position (CotLogModel *self, guint64 ordinal);
gboolean cot_log_model_is_seam (CotLogModel *self, guint64 position);

/* "2026-11-18 09:12:41.327"; NULL for COT_TIME_NONE. (transfer full) */
char *cot_time_dup_text (gint64 time_usec);
/* UTC, and why; NULL where nothing is known. (transfer full) */
char *cot_time_dup_utc_text (gint64 time_usec, gint16 bias_minutes);

G_END_DECLS
