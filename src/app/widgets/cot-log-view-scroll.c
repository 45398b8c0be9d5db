/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-view-private.h"

#include <math.h>
#include <string.h>

/* Where a horizontal adjustment is stored. */
#define HORIZONTAL GTK_ORIENTATION_HORIZONTAL
#define VERTICAL GTK_ORIENTATION_VERTICAL

static int
get_row_height (CotLogView *self)
{
  return MAX (self->layout.row_height_px, 1);
}

static double
get_content_height (CotLogView *self)
{
  return (double) self->n_rows * get_row_height (self);
}

/* The place where the last row ends at the bottom edge. */
static double
get_max_top (CotLogView *self)
{
  return MAX (get_content_height (self) - self->height_px, 0);
}

static double
get_top (CotLogView *self)
{
  return (double) self->first_row * get_row_height (self) + self->offset_px;
}

static void
set_top (CotLogView *self, double top_px)
{
  top_px = CLAMP (top_px, 0, get_max_top (self));
  self->first_row = (guint64) (top_px / get_row_height (self));
  self->offset_px = top_px - (double) self->first_row * get_row_height (self);
}

/* Also when nothing is at the end because all fits. */
gboolean
cot_log_view_is_at_end (CotLogView *self)
{
  g_return_val_if_fail (COT_IS_LOG_VIEW (self), FALSE);

  return get_top (self) >= get_max_top (self) - 1;
}

/* The topmost row that is seen, in part at least, and how many are. */
void
cot_log_view_get_visible_range (CotLogView *self, guint64 *first, guint64 *n)
{
  g_return_if_fail (COT_IS_LOG_VIEW (self));

  *first = MIN (self->first_row, self->n_rows);
  *n = (guint64) ceil ((self->offset_px + self->height_px) / get_row_height (self));
  *n = MIN (*n, self->n_rows - *first);
}

guint64
_cot_log_view_rows_per_page (CotLogView *self)
{
  int n = self->height_px / get_row_height (self) - 1;

  return (guint64) MAX (n, 1);
}

/* The row at @y_px; COT_LOG_VIEW_NO_ROW below the last one, or with @clamp the nearest. */
guint64
_cot_log_view_position_at (CotLogView *self, double y_px, gboolean clamp)
{
  double from_first = floor ((y_px + self->offset_px) / get_row_height (self));
  guint64 position;

  if (self->n_rows == 0)
    return COT_LOG_VIEW_NO_ROW;
  if (from_first < 0)
    {
      guint64 above = (guint64) -from_first;

      return above > self->first_row ? 0 : self->first_row - above;
    }
  position = self->first_row + (guint64) from_first;
  if (position < self->n_rows)
    return position;
  return clamp ? self->n_rows - 1 : COT_LOG_VIEW_NO_ROW;
}

/* The widget that shows @position now; NULL while it is out of sight. */
CotLogRow *
_cot_log_view_find_row (CotLogView *self, guint64 position)
{
  CotLogRow *row;
  guint64 shown;

  if (self->rows->len == 0 || position >= self->n_rows)
    return NULL;
  row = g_ptr_array_index (self->rows, position % self->rows->len);
  return cot_log_row_get_position (row, &shown) && shown == position ? row : NULL;
}

static void
show_row (CotLogView *self, CotLogRow *row, guint64 position)
{
  guint64 shown;

  if (position >= self->n_rows)
    {
      cot_log_row_unbind (row);
      gtk_widget_set_child_visible (GTK_WIDGET (row), FALSE);
      return;
    }
  if (!cot_log_row_get_position (row, &shown) || shown != position)
    cot_log_row_bind (row, self->model, position);
  cot_log_row_set_selected (row, cot_log_selection_contains (self->selection, position));
  cot_log_row_set_flashing (row, position == self->flash_position);
  gtk_widget_set_child_visible (GTK_WIDGET (row), TRUE);
}

/* Gives each visible position its row widget; those that stay in sight keep theirs. */
static void
bind_rows (CotLogView *self)
{
  if (self->rows->len == 0)
    return;
  if (self->model != NULL)
    cot_row_model_set_visible_range (self->model, self->first_row,
                                     MIN (self->rows->len, self->n_rows - self->first_row));
  for (guint i = 0; i < self->rows->len; i++)
    {
      guint64 position = self->first_row + i;

      show_row (self, g_ptr_array_index (self->rows, position % self->rows->len), position);
    }
  _cot_log_view_update_focus (self);
}

void
_cot_log_view_clear_rows (CotLogView *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

/* One row more than fits, since the first and the last may be seen in part. */
static guint
get_n_wanted_rows (CotLogView *self)
{
  return (guint) (MAX (self->height_px, 0) / get_row_height (self)) + 2;
}

/* TRUE if their number is another one now: then all slots have moved. */
static gboolean
ensure_rows (CotLogView *self)
{
  guint n_wanted = get_n_wanted_rows (self);

  if (self->rows->len == n_wanted)
    return FALSE;
  while (self->rows->len > n_wanted)
    gtk_widget_unparent (g_ptr_array_steal_index (self->rows, self->rows->len - 1));
  while (self->rows->len < n_wanted)
    {
      GtkWidget *row = cot_log_row_new (&self->layout);

      gtk_widget_set_parent (row, GTK_WIDGET (self));
      g_ptr_array_add (self->rows, row);
    }
  return TRUE;
}

static void
configure_adjustment (CotLogView *self,
                      GtkOrientation orientation,
                      double value,
                      double upper,
                      double page)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];
  double step = orientation == VERTICAL ? get_row_height (self) : 3 * get_row_height (self);

  if (adjustment != NULL)
    gtk_adjustment_configure (adjustment, value, 0, MAX (upper, page), step,
                              MAX (page - get_row_height (self), step), page);
}

static void
derive_adjustments (CotLogView *self)
{
  int width_px = gtk_widget_get_width (GTK_WIDGET (self));
  double left = 0;

  if (self->adjustments[HORIZONTAL] != NULL)
    left = gtk_adjustment_get_value (self->adjustments[HORIZONTAL]);
  self->deriving = TRUE;
  configure_adjustment (self, VERTICAL, get_top (self), get_content_height (self),
                        self->height_px);
  configure_adjustment (self, HORIZONTAL, MIN (left, self->layout.content_width_px - width_px),
                        self->layout.content_width_px, width_px);
  self->deriving = FALSE;
}

/* After any change of the place or the number of rows. */
static void
apply_place (CotLogView *self)
{
  set_top (self, get_top (self));
  bind_rows (self);
  derive_adjustments (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  _cot_log_view_emit (self, COT_LOG_VIEW_SCROLLED);
}

static void
value_changed_cb (GtkAdjustment *adjustment, CotLogView *self)
{
  if (self->deriving)
    return;
  if (adjustment == self->adjustments[VERTICAL])
    {
      set_top (self, gtk_adjustment_get_value (adjustment));
      bind_rows (self);
      _cot_log_view_emit (self, COT_LOG_VIEW_SCROLLED);
    }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
_cot_log_view_set_adjustment (CotLogView *self,
                              GtkOrientation orientation,
                              GtkAdjustment *adjustment)
{
  if (adjustment != NULL && self->adjustments[orientation] == adjustment)
    return;
  if (self->adjustments[orientation] != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->adjustments[orientation], value_changed_cb, self);
      g_clear_object (&self->adjustments[orientation]);
    }
  if (adjustment == NULL)
    return;
  self->adjustments[orientation] = g_object_ref_sink (adjustment);
  g_signal_connect (adjustment, "value-changed", G_CALLBACK (value_changed_cb), self);
  derive_adjustments (self);
}

/* The rows in [first, first + n) have other text now. */
void
_cot_log_view_rebind (CotLogView *self, guint64 first, guint64 n)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      CotLogRow *row = g_ptr_array_index (self->rows, i);
      guint64 position;

      if (cot_log_row_get_position (row, &position) && position >= first && position - first < n)
        cot_log_row_bind (row, self->model, position);
    }
}

/* Takes the number of rows from the model anew and shows them; the place stays if it can. */
void
_cot_log_view_refresh (CotLogView *self)
{
  apply_place (self);
}

void
_cot_log_view_scroll_to_end (CotLogView *self)
{
  set_top (self, get_max_top (self));
  apply_place (self);
}

void
_cot_log_view_scroll_by (CotLogView *self, double delta_px)
{
  set_top (self, get_top (self) + delta_px);
  apply_place (self);
}

static double
get_aligned_top (CotLogView *self, guint64 position, CotLogAlign align)
{
  double row_px = get_row_height (self);
  double height_px = self->height_px;
  double start = (double) position * row_px;
  double top = get_top (self);

  switch (align)
    {
    case COT_LOG_ALIGN_START:
      return start;
    case COT_LOG_ALIGN_CENTER:
      return start - floor ((height_px - row_px) / 2);
    case COT_LOG_ALIGN_END:
      return start + row_px - height_px;
    case COT_LOG_ALIGN_NEAREST:
    default:
      if (start < top || height_px < row_px)
        return start;
      return MAX (top, start + row_px - height_px);
    }
}

/**
 * cot_log_view_scroll_to:
 * @self: a log view
 * @position: a row; one beyond the end is the last one
 * @align: where in the view the row shall stand
 *
 * Scrolls without an animation. Before the view has a size, the wish is kept for later.
 */
void
cot_log_view_scroll_to (CotLogView *self, guint64 position, CotLogAlign align)
{
  g_return_if_fail (COT_IS_LOG_VIEW (self));

  if (self->n_rows == 0)
    return;
  position = MIN (position, self->n_rows - 1);
  if (self->rows->len == 0)
    {
      self->pending_position = position;
      self->pending_align = align;
      return;
    }
  set_top (self, get_aligned_top (self, position, align));
  apply_place (self);
}

static void
apply_pending_scroll (CotLogView *self)
{
  if (self->pending_position == COT_LOG_VIEW_NO_ROW)
    return;
  set_top (self, get_aligned_top (self, self->pending_position, self->pending_align));
  self->pending_position = COT_LOG_VIEW_NO_ROW;
}

static void
allocate_rows (CotLogView *self, int width_px)
{
  int row_px = get_row_height (self);
  int row_width_px = MAX (self->layout.content_width_px, width_px);
  double left = 0;

  if (self->adjustments[HORIZONTAL] != NULL)
    left = floor (gtk_adjustment_get_value (self->adjustments[HORIZONTAL]));
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    left = row_width_px - width_px - left;

  for (guint i = 0; i < self->rows->len; i++)
    {
      guint64 position = self->first_row + i;
      GtkWidget *row = g_ptr_array_index (self->rows, position % self->rows->len);
      double top = (double) i * row_px - floor (self->offset_px);
      int minimum_px;

      if (!gtk_widget_get_child_visible (row))
        continue;
      gtk_widget_measure (row, VERTICAL, -1, &minimum_px, NULL, NULL, NULL);
      gtk_widget_allocate (row, row_width_px, row_px, -1,
                           gsk_transform_translate (NULL,
                                                    &GRAPHENE_POINT_INIT ((float) -left,
                                                                          (float) top)));
    }
}

static gboolean
is_cursor_in_sight (CotLogView *self)
{
  double start = (double) self->cursor * get_row_height (self) - get_top (self);

  return self->cursor < self->n_rows && start >= 0 &&
         start + get_row_height (self) <= self->height_px;
}

static gboolean
ensure_rows_cb (gpointer user_data)
{
  CotLogView *self = user_data;

  self->rows_idle = 0;
  if (ensure_rows (self))
    apply_place (self);
  return G_SOURCE_REMOVE;
}

/* A row that comes or goes asks all above it for a new layout. While sizes are given out that would
 * get lost halfway up: GTK forgets it in those that are being allocated, and keeps it in one that
 * only passes the allocation on, which is drawn no more then. So it waits for the end of the
 * layout, except for the first time, when all is allocated anyway, or
 * cot_log_view_expect_size() came before. */
static gboolean
ensure_rows_in_layout (CotLogView *self)
{
  if (self->rows->len == 0)
    return ensure_rows (self);
  if (self->rows->len != get_n_wanted_rows (self) && self->rows_idle == 0)
    self->rows_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, ensure_rows_cb, self, NULL);
  return FALSE;
}

/**
 * cot_log_view_expect_size:
 * @width_px: about how wide it will be
 * @height_px: about how high
 *
 * For a view that comes to be seen in the place of something else: its rows are there before the
 * layout begins in which it gets its first size. Main thread.
 */
void
cot_log_view_expect_size (CotLogView *self, int width_px, int height_px)
{
  g_return_if_fail (COT_IS_LOG_VIEW (self));

  if (self->has_size || width_px <= 0 || height_px <= 0)
    return;
  self->height_px = height_px;
  cot_log_columns_allocate (self->columns, width_px, &self->layout);
  ensure_rows (self);
}

/* The new size may show other rows. What is at the end stays there if it shall, and the row of the
 * cursor is not lost behind a pane that opens because of it. */
void
_cot_log_view_allocate (CotLogView *self, int width_px, int height_px)
{
  CotLogLayout old = self->layout;
  gboolean first_time = !self->has_size;
  gboolean keep_end = !first_time && self->stick_to_end && cot_log_view_is_at_end (self);
  gboolean keep_cursor = !first_time && is_cursor_in_sight (self);
  gboolean resized = first_time || self->height_px != height_px;
  double old_top = get_top (self);

  self->allocating = TRUE;
  self->has_size = TRUE;
  self->height_px = height_px;
  cot_log_columns_allocate (self->columns, width_px, &self->layout);
  resized = ensure_rows_in_layout (self) || resized;
  if (first_time)
    apply_pending_scroll (self);
  if (keep_end)
    set_top (self, get_max_top (self));
  else if (keep_cursor && resized)
    set_top (self, get_aligned_top (self, self->cursor, COT_LOG_ALIGN_NEAREST));
  else
    set_top (self, get_top (self));
  if (resized || get_top (self) != old_top)
    bind_rows (self);
  if (memcmp (&old, &self->layout, sizeof old) != 0)
    {
      for (guint i = 0; i < self->rows->len; i++)
        cot_log_row_layout_changed (g_ptr_array_index (self->rows, i));
    }
  derive_adjustments (self);
  allocate_rows (self, width_px);
  self->allocating = FALSE;
  if (resized || get_top (self) != old_top)
    _cot_log_view_emit (self, COT_LOG_VIEW_SCROLLED);
}
