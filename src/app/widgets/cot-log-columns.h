/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cot-row-model.h"

G_BEGIN_DECLS

/* Where one column stands; x is counted from the start edge (the right one where text runs so). */
typedef struct
{
  CotRowColumn column;
  int x_px;
  int width_px;
} CotLogCell;

/* The geometry that a header and its rows share. */
typedef struct
{
  guint n_cells;
  CotLogCell cells[COT_N_ROW_COLUMNS];
  int content_width_px;
  int gutter_px;  /* for the severity icon, the stripe of the log included */
  int stripe_px;  /* of the log, in a merged view; else 0 */
  int row_height_px;
  int padding_px; /* at both ends of a cell */
  int icon_px;
  int time_full_px; /* "2026-11-18 09:12:41.327" and "11-18 09:12:41.327" */
  int time_short_px;
  int time_mark_px; /* "?" behind it */
} CotLogLayout;

#define COT_TYPE_LOG_COLUMNS (cot_log_columns_get_type ())
G_DECLARE_FINAL_TYPE (CotLogColumns, cot_log_columns, COT, LOG_COLUMNS, GObject)

CotLogColumns *cot_log_columns_new (void);

const char *cot_log_columns_get_title (CotRowColumn column);
gboolean cot_log_columns_get_visible (CotLogColumns *self, CotRowColumn column);
void cot_log_columns_set_visible (CotLogColumns *self, CotRowColumn column, gboolean visible);
void cot_log_columns_set_suppressed (CotLogColumns *self,
                                     CotRowColumn column,
                                     gboolean suppressed);
gboolean cot_log_columns_get_only_text (CotLogColumns *self);
void cot_log_columns_set_only_text (CotLogColumns *self, gboolean only_text);
void cot_log_columns_set_has_logs (CotLogColumns *self, gboolean has_logs);

void cot_log_columns_move (CotLogColumns *self, CotRowColumn column, CotRowColumn before_or_after,
                           gboolean after);
gboolean cot_log_columns_step (CotLogColumns *self, CotRowColumn column, int direction);
void cot_log_columns_resize (CotLogColumns *self, CotRowColumn column, int width_px);
void cot_log_columns_reset (CotLogColumns *self);

GVariant *cot_log_columns_dup_variant (CotLogColumns *self);
void cot_log_columns_set_variant (CotLogColumns *self, GVariant *variant);

guint cot_log_columns_get_shown (CotLogColumns *self, CotRowColumn columns[COT_N_ROW_COLUMNS]);
void cot_log_columns_measure (CotLogColumns *self, PangoContext *context);
void cot_log_columns_allocate (CotLogColumns *self, int width_px, CotLogLayout *layout);

/* "only-text", "reset", and one toggle per column that can be hidden. */
GActionGroup *cot_log_columns_get_actions (CotLogColumns *self);
GMenuModel *cot_log_columns_get_menu (CotLogColumns *self);

G_END_DECLS
