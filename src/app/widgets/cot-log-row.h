/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cot-log-columns.h"
#include "cot-row-model.h"

G_BEGIN_DECLS

/* One visible row of a log view. A view has as many as fit and binds them to other positions as it
 * scrolls; the row keeps the text and draws it. */
#define COT_TYPE_LOG_ROW (cot_log_row_get_type ())
G_DECLARE_FINAL_TYPE (CotLogRow, cot_log_row, COT, LOG_ROW, GtkWidget)

GtkWidget *cot_log_row_new (const CotLogLayout *layout);

void cot_log_row_bind (CotLogRow *self, CotRowModel *model, guint64 position);
void cot_log_row_unbind (CotLogRow *self);
gboolean cot_log_row_get_position (CotLogRow *self, guint64 *position);
const CotRowText *cot_log_row_get_text (CotLogRow *self);
void cot_log_row_set_selected (CotLogRow *self, gboolean selected);
void cot_log_row_set_flashing (CotLogRow *self, gboolean flashing);
void cot_log_row_layout_changed (CotLogRow *self);

gboolean cot_log_row_is_on_badge (CotLogRow *self, double x_px);
const CotLogCell *cot_log_row_pick_cell (CotLogRow *self, double x_px, GdkRectangle *area);
gboolean cot_log_row_is_ellipsized (CotLogRow *self, CotRowColumn column);

G_END_DECLS
