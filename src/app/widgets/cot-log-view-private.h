/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-log-row.h"
#include "cot-log-selection.h"
#include "cot-log-view.h"

G_BEGIN_DECLS

/* The view is one type in several files: -scroll (what is visible), -cursor (cursor and
 * selection), -input (keys and pointer), -menu (context menu, tooltips) and -copy. */
struct _CotLogView
{
  GtkWidget parent_instance;

  CotRowModel *model;
  guint64 n_rows;
  CotLogColumns *columns;
  CotLogLayout layout;

  /* The truth about the place: the topmost row, and how much of it is hidden. The adjustment is
   * derived from it, so that no sum of pixels can overflow. */
  guint64 first_row;
  double offset_px;
  gboolean has_size; /* it was given one */
  int height_px; /* that the place was made for; a new one comes with the next allocation */
  GtkAdjustment *adjustments[2]; /* by GtkOrientation */
  GtkScrollablePolicy policies[2];
  gboolean deriving; /* the adjustments follow us, not we them */
  gboolean stick_to_end;
  guint64 pending_position; /* of a scroll_to() before there was a size */
  CotLogAlign pending_align;

  GPtrArray *rows; /* slot: position modulo their number; owned as children */
  gboolean allocating;
  guint focus_idle;
  guint rows_idle; /* fits the number of rows to the height */

  CotLogSelection *selection;
  guint64 cursor;
  guint64 anchor; /* the fixed end of a range selection */
  guint64 flash_position;
  guint flash_timeout;

  gboolean has_text; /* some row has had, or has when the next frame is drawn */
  gboolean on_badge; /* the pointer */
  graphene_point_t pointer; /* where it was last */
  gboolean by_keys; /* the cursor was moved since by them */
  gboolean dragging;
  double drag_x;
  double drag_y;
  guint autoscroll_tick;

  GMenuModel *extra_menu;
  GtkWidget *menu;
  GCancellable *copying;
};

enum
{
  COT_LOG_VIEW_CURSOR_CHANGED,
  COT_LOG_VIEW_SELECTION_CHANGED,
  COT_LOG_VIEW_ROW_ACTIVATED,
  COT_LOG_VIEW_BADGE_CLICKED,
  COT_LOG_VIEW_SCROLLED,
  COT_LOG_VIEW_COPIED,
  COT_LOG_VIEW_COPY_FAILED,
  COT_LOG_VIEW_TEXT_DRAWN,
  COT_LOG_VIEW_N_SIGNALS
};

typedef enum
{
  COT_LOG_SELECT_ONLY,   /* this row and no other */
  COT_LOG_SELECT_EXTEND, /* from the anchor to this row */
  COT_LOG_SELECT_TOGGLE,
  COT_LOG_SELECT_KEEP, /* move the cursor alone */
} CotLogSelect;

void _cot_log_view_emit (CotLogView *self, guint signal, ...);

/* -scroll */
void _cot_log_view_set_adjustment (CotLogView *self,
                                   GtkOrientation orientation,
                                   GtkAdjustment *adjustment);
void _cot_log_view_allocate (CotLogView *self, int width_px, int height_px);
void _cot_log_view_rebind (CotLogView *self, guint64 first, guint64 n);
void _cot_log_view_refresh (CotLogView *self);
void _cot_log_view_scroll_by (CotLogView *self, double delta_px);
void _cot_log_view_scroll_to_end (CotLogView *self);
void _cot_log_view_clear_rows (CotLogView *self);
CotLogRow *_cot_log_view_find_row (CotLogView *self, guint64 position);
guint64 _cot_log_view_position_at (CotLogView *self, double y_px, gboolean clamp);
guint64 _cot_log_view_rows_per_page (CotLogView *self);

/* -cursor */
void _cot_log_view_move_cursor (CotLogView *self, guint64 position, CotLogSelect select);
void _cot_log_view_forget_cursor (CotLogView *self);
void _cot_log_view_update_selected (CotLogView *self);
void _cot_log_view_update_focus (CotLogView *self);
void _cot_log_view_cursor_class_init (GtkWidgetClass *widget_class);

/* -input, -menu, -copy */
void _cot_log_view_input_class_init (GtkWidgetClass *widget_class);
void _cot_log_view_input_init (CotLogView *self);
void _cot_log_view_stop_autoscroll (CotLogView *self);
void _cot_log_view_menu_class_init (GtkWidgetClass *widget_class);
void _cot_log_view_menu_init (CotLogView *self);
void _cot_log_view_popup_menu (CotLogView *self, double x_px, double y_px);
void _cot_log_view_copy_class_init (GtkWidgetClass *widget_class);

G_END_DECLS
