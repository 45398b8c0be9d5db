/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cot-log-columns.h"
#include "cot-row-model.h"

G_BEGIN_DECLS

/* No row. */
#define COT_LOG_VIEW_NO_ROW G_MAXUINT64

typedef enum
{
  COT_LOG_ALIGN_NEAREST, /* only as far as needed */
  COT_LOG_ALIGN_START,
  COT_LOG_ALIGN_CENTER,
  COT_LOG_ALIGN_END,
} CotLogAlign;

/*
 * The rows of a log: a GtkScrollable that holds one CotLogRow per visible row, whatever the number
 * of entries. Put it into a GtkScrolledWindow; CotLogPane does so and adds header and ruler.
 *
 * Properties: "model", "cursor" (uint64, COT_LOG_VIEW_NO_ROW: none), "stick-to-end"
 * Signals:
 *   "cursor-changed" (): see cot_log_view_get_cursor
 *   "selection-changed" ()
 *   "row-activated" (guint64 position): double click or Enter
 *   "badge-clicked" (guint64 position)
 *   "view-scrolled" (): the visible range is another one
 *   "text-drawn" (): once, when the first frame is painted in which a row has its text
 *   "copied" (gboolean truncated): the clipboard has the rows
 *   "copy-failed" (GError)
 * Actions: "log.copy", "log.copy-message", "log.select-all"; those of CotLogColumns as "columns.*"
 */
#define COT_TYPE_LOG_VIEW (cot_log_view_get_type ())
G_DECLARE_FINAL_TYPE (CotLogView, cot_log_view, COT, LOG_VIEW, GtkWidget)

GtkWidget *cot_log_view_new (void);

void cot_log_view_set_model (CotLogView *self, CotRowModel *model);
CotRowModel *cot_log_view_get_model (CotLogView *self);
CotLogColumns *cot_log_view_get_columns (CotLogView *self);
void cot_log_view_set_extra_menu (CotLogView *self, GMenuModel *menu);

void cot_log_view_scroll_to (CotLogView *self, guint64 position, CotLogAlign align);
void cot_log_view_reveal (CotLogView *self, guint64 position);
void cot_log_view_get_visible_range (CotLogView *self, guint64 *first, guint64 *n);
gboolean cot_log_view_is_at_end (CotLogView *self);
void cot_log_view_expect_size (CotLogView *self, int width_px, int height_px);
void cot_log_view_set_stick_to_end (CotLogView *self, gboolean stick_to_end);
gboolean cot_log_view_get_stick_to_end (CotLogView *self);

guint64 cot_log_view_get_cursor (CotLogView *self);
void cot_log_view_set_cursor (CotLogView *self, guint64 position);
CotBitset *cot_log_view_dup_selection (CotLogView *self);
guint64 cot_log_view_get_n_selected (CotLogView *self);
gboolean cot_log_view_get_selection_bounds (CotLogView *self, guint64 *first, guint64 *last);
void cot_log_view_select_range (CotLogView *self, guint64 first, guint64 n);
void cot_log_view_select_all (CotLogView *self);
void cot_log_view_copy (CotLogView *self);

G_END_DECLS
