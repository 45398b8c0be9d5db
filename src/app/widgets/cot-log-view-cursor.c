/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-view-private.h"

/* How long a row that was jumped to stays lit. */
#define FLASH_MSEC 600

static void
selection_changed (CotLogView *self)
{
  gboolean any = cot_log_selection_get_size (self->selection) > 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.copy", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.copy-message", any);
  _cot_log_view_update_selected (self);
  _cot_log_view_emit (self, COT_LOG_VIEW_SELECTION_CHANGED);
}

/* Shows the selection in the rows that are visible. */
void
_cot_log_view_update_selected (CotLogView *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      CotLogRow *row = g_ptr_array_index (self->rows, i);
      guint64 position;

      if (cot_log_row_get_position (row, &position))
        cot_log_row_set_selected (row, cot_log_selection_contains (self->selection, position));
    }
}

static gboolean
has_focus_inside (CotLogView *self, GtkWidget **focus)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  return *focus != NULL && (*focus == GTK_WIDGET (self) ||
                            (COT_IS_LOG_ROW (*focus) &&
                             gtk_widget_get_parent (*focus) == GTK_WIDGET (self)));
}

static gboolean
update_focus_cb (gpointer user_data)
{
  CotLogView *self = user_data;

  self->focus_idle = 0;
  _cot_log_view_update_focus (self);
  return G_SOURCE_REMOVE;
}

/* A recycled row must not carry the focus to another entry: the focus is on the row of the cursor,
 * and while that is out of sight on the view itself. */
void
_cot_log_view_update_focus (CotLogView *self)
{
  GtkWidget *focus;
  CotLogRow *row;

  if (!has_focus_inside (self, &focus))
    return;
  row = _cot_log_view_find_row (self, self->cursor);
  if (focus == (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self)))
    return;
  if (self->allocating)
    {
      if (self->focus_idle == 0)
        self->focus_idle = g_idle_add (update_focus_cb, self);
      return;
    }
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static gboolean
cot_log_view_grab_focus (GtkWidget *widget)
{
  CotLogView *self = COT_LOG_VIEW (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  CotLogRow *row = _cot_log_view_find_row (self, self->cursor);

  if (root == NULL)
    return FALSE;
  gtk_root_set_focus (root, row != NULL ? GTK_WIDGET (row) : widget);
  return TRUE;
}

/* Tab goes in and out of the view as a whole; in the menu the arrows go from item to item. */
static gboolean
cot_log_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  CotLogView *self = COT_LOG_VIEW (widget);
  GtkWidget *focus;

  if (has_focus_inside (self, &focus))
    return FALSE;
  if (self->menu != NULL && gtk_widget_get_mapped (self->menu))
    return gtk_widget_child_focus (self->menu, direction);
  return gtk_widget_grab_focus (widget);
}

void
_cot_log_view_cursor_class_init (GtkWidgetClass *widget_class)
{
  widget_class->grab_focus = cot_log_view_grab_focus;
  widget_class->focus = cot_log_view_focus;
}

static void
place_cursor (CotLogView *self, guint64 position)
{
  if (self->cursor == position)
    return;
  self->cursor = position;
  _cot_log_view_update_focus (self);
  _cot_log_view_emit (self, COT_LOG_VIEW_CURSOR_CHANGED);
  g_object_notify (G_OBJECT (self), "cursor");
}

static void
select_only (CotLogView *self, guint64 first, guint64 n)
{
  if (cot_log_selection_is_only (self->selection, first, n))
    return;
  cot_log_selection_clear (self->selection);
  cot_log_selection_add (self->selection, first, n);
  selection_changed (self);
}

static void
toggle (CotLogView *self, guint64 position)
{
  if (cot_log_selection_contains (self->selection, position))
    cot_log_selection_remove (self->selection, position, 1);
  else
    cot_log_selection_add (self->selection, position, 1);
  selection_changed (self);
}

/* What a click or a key does: the cursor goes to @position, and the selection follows. */
void
_cot_log_view_move_cursor (CotLogView *self, guint64 position, CotLogSelect select)
{
  guint64 first, last;

  if (position >= self->n_rows)
    return;
  if (select == COT_LOG_SELECT_EXTEND && self->anchor >= self->n_rows)
    self->anchor = position;
  if (select == COT_LOG_SELECT_ONLY || select == COT_LOG_SELECT_TOGGLE)
    self->anchor = position;
  place_cursor (self, position);

  first = MIN (self->anchor, position);
  last = MAX (self->anchor, position);
  switch (select)
    {
    case COT_LOG_SELECT_ONLY:
      select_only (self, position, 1);
      break;
    case COT_LOG_SELECT_EXTEND:
      select_only (self, first, last - first + 1);
      break;
    case COT_LOG_SELECT_TOGGLE:
      toggle (self, position);
      break;
    case COT_LOG_SELECT_KEEP:
    default:
      break;
    }
}

/* Other rows now: a position of before means nothing. */
void
_cot_log_view_forget_cursor (CotLogView *self)
{
  self->anchor = COT_LOG_VIEW_NO_ROW;
  place_cursor (self, COT_LOG_VIEW_NO_ROW);
  if (cot_log_selection_clear (self->selection))
    selection_changed (self);
}

/* The row with the cursor, or COT_LOG_VIEW_NO_ROW. */
guint64
cot_log_view_get_cursor (CotLogView *self)
{
  g_return_val_if_fail (COT_IS_LOG_VIEW (self), COT_LOG_VIEW_NO_ROW);

  return self->cursor;
}

/* Selects the row @position alone and puts the cursor there, without scrolling;
 * COT_LOG_VIEW_NO_ROW takes cursor and selection away. */
void
cot_log_view_set_cursor (CotLogView *self, guint64 position)
{
  g_return_if_fail (COT_IS_LOG_VIEW (self));

  if (position < self->n_rows)
    _cot_log_view_move_cursor (self, position, COT_LOG_SELECT_ONLY);
  else
    _cot_log_view_forget_cursor (self);
}

static gboolean
stop_flash_cb (gpointer user_data)
{
  CotLogView *self = user_data;
  CotLogRow *row = _cot_log_view_find_row (self, self->flash_position);

  self->flash_timeout = 0;
  self->flash_position = COT_LOG_VIEW_NO_ROW;
  if (row != NULL)
    cot_log_row_set_flashing (row, FALSE);
  return G_SOURCE_REMOVE;
}

/* A jump from a finding, the ruler or a match: cursor, scroll to the middle where the row is out of
 * sight, and light it once. */
void
cot_log_view_reveal (CotLogView *self, guint64 position)
{
  guint64 first, n;
  CotLogRow *row;

  g_return_if_fail (COT_IS_LOG_VIEW (self));

  if (position >= self->n_rows)
    return;
  g_clear_handle_id (&self->flash_timeout, g_source_remove);
  row = _cot_log_view_find_row (self, self->flash_position);
  if (row != NULL)
    cot_log_row_set_flashing (row, FALSE);

  self->flash_position = position;
  self->flash_timeout = g_timeout_add (FLASH_MSEC, stop_flash_cb, self);
  cot_log_view_set_cursor (self, position);
  cot_log_view_get_visible_range (self, &first, &n);
  if (position > first && position + 1 < first + n)
    _cot_log_view_refresh (self);
  else
    cot_log_view_scroll_to (self, position, COT_LOG_ALIGN_CENTER);
}

/* (transfer full) */
CotBitset *
cot_log_view_dup_selection (CotLogView *self)
{
  g_return_val_if_fail (COT_IS_LOG_VIEW (self), NULL);

  return cot_log_selection_dup_bitset (self->selection);
}

guint64
cot_log_view_get_n_selected (CotLogView *self)
{
  g_return_val_if_fail (COT_IS_LOG_VIEW (self), 0);

  return cot_log_selection_get_size (self->selection);
}

/* The first and the last selected row; FALSE if none is. */
gboolean
cot_log_view_get_selection_bounds (CotLogView *self, guint64 *first, guint64 *last)
{
  g_return_val_if_fail (COT_IS_LOG_VIEW (self), FALSE);

  return cot_log_selection_get_bounds (self->selection, first, last);
}

void
cot_log_view_select_range (CotLogView *self, guint64 first, guint64 n)
{
  g_return_if_fail (COT_IS_LOG_VIEW (self));

  if (first >= self->n_rows || n == 0)
    return;
  self->anchor = first;
  select_only (self, first, MIN (n, self->n_rows - first));
}

void
cot_log_view_select_all (CotLogView *self)
{
  g_return_if_fail (COT_IS_LOG_VIEW (self));

  cot_log_view_select_range (self, 0, self->n_rows);
}
