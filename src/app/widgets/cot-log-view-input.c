/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-view-private.h"

typedef enum
{
  MOVE_UP,
  MOVE_DOWN,
  MOVE_PAGE_UP,
  MOVE_PAGE_DOWN,
  MOVE_START,
  MOVE_END,
} Move;

/* Rows per second and pixel beyond the edge, while a drag selects. */
#define AUTOSCROLL_SPEED 4.

static guint64
get_target (CotLogView *self, Move move)
{
  guint64 page = _cot_log_view_rows_per_page (self);
  guint64 last = self->n_rows - 1;
  guint64 from = self->cursor;

  if (from >= self->n_rows)
    {
      /* No cursor yet: the first step takes the first row that is seen. */
      if (move == MOVE_UP || move == MOVE_DOWN)
        return MIN (self->first_row + (self->offset_px > 0 ? 1 : 0), last);
      from = self->first_row;
    }
  switch (move)
    {
    case MOVE_UP:
      return from > 0 ? from - 1 : 0;
    case MOVE_DOWN:
      return MIN (from + 1, last);
    case MOVE_PAGE_UP:
      return from > page ? from - page : 0;
    case MOVE_PAGE_DOWN:
      return last - from > page ? from + page : last;
    case MOVE_START:
      return 0;
    case MOVE_END:
    default:
      return last;
    }
}

/* A page turned by key keeps the cursor where it was on the screen. */
static void
scroll_with_cursor (CotLogView *self, Move move, guint64 from, guint64 to)
{
  guint64 first, n;

  cot_log_view_get_visible_range (self, &first, &n);
  if ((move == MOVE_PAGE_UP || move == MOVE_PAGE_DOWN) && from >= first && from - first < n)
    {
      double rows = to >= from ? (double) (to - from) : -(double) (from - to);

      _cot_log_view_scroll_by (self, rows * self->layout.row_height_px);
    }
  cot_log_view_scroll_to (self, to, COT_LOG_ALIGN_NEAREST);
}

static gboolean
move_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  CotLogView *self = COT_LOG_VIEW (widget);
  guint64 from = self->cursor;
  guint64 to;
  int move, select;

  g_variant_get (args, "(ii)", &move, &select);
  if (self->n_rows == 0)
    return FALSE;
  to = get_target (self, (Move) move);
  self->by_keys = TRUE;
  /* Scrolled first, so that the row exists that takes the focus. */
  scroll_with_cursor (self, (Move) move, from, to);
  _cot_log_view_move_cursor (self, to, (CotLogSelect) select);
  return TRUE;
}

static gboolean
scroll_sideways_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  CotLogView *self = COT_LOG_VIEW (widget);
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_HORIZONTAL];
  int direction = g_variant_get_int32 (args);

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    direction = -direction;
  if (adjustment != NULL)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) +
                                            direction *
                                              gtk_adjustment_get_step_increment (adjustment));
  return TRUE;
}

static gboolean
select_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  CotLogView *self = COT_LOG_VIEW (widget);

  _cot_log_view_move_cursor (self, self->cursor, (CotLogSelect) g_variant_get_int32 (args));
  return TRUE;
}

static gboolean
activate_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  CotLogView *self = COT_LOG_VIEW (widget);

  if (self->cursor >= self->n_rows)
    return FALSE;
  _cot_log_view_emit (self, COT_LOG_VIEW_ROW_ACTIVATED, self->cursor);
  return TRUE;
}

static void
bind_move (GtkWidgetClass *widget_class, guint key, guint keypad_key, Move move)
{
  const guint keys[] = { key, keypad_key };
  /* First and last row are no place where a cursor without selection would be wanted: there Ctrl
   * does what it does in an editor. */
  CotLogSelect with_ctrl = move == MOVE_START || move == MOVE_END ? COT_LOG_SELECT_ONLY
                                                                  : COT_LOG_SELECT_KEEP;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_widget_class_add_binding (widget_class, keys[i], 0, move_cb, "(ii)", (int) move,
                                    (int) COT_LOG_SELECT_ONLY);
      gtk_widget_class_add_binding (widget_class, keys[i], GDK_SHIFT_MASK, move_cb, "(ii)",
                                    (int) move, (int) COT_LOG_SELECT_EXTEND);
      gtk_widget_class_add_binding (widget_class, keys[i], GDK_CONTROL_MASK, move_cb, "(ii)",
                                    (int) move, (int) with_ctrl);
      gtk_widget_class_add_binding (widget_class, keys[i], GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                    move_cb, "(ii)", (int) move, (int) COT_LOG_SELECT_EXTEND);
    }
}

void
_cot_log_view_input_class_init (GtkWidgetClass *widget_class)
{
  bind_move (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, MOVE_UP);
  bind_move (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, MOVE_DOWN);
  bind_move (widget_class, GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, MOVE_PAGE_UP);
  bind_move (widget_class, GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, MOVE_PAGE_DOWN);
  bind_move (widget_class, GDK_KEY_Home, GDK_KEY_KP_Home, MOVE_START);
  bind_move (widget_class, GDK_KEY_End, GDK_KEY_KP_End, MOVE_END);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, scroll_sideways_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, scroll_sideways_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, select_cb, "i",
                                (int) COT_LOG_SELECT_ONLY);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, GDK_SHIFT_MASK, select_cb, "i",
                                (int) COT_LOG_SELECT_EXTEND);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, GDK_CONTROL_MASK, select_cb, "i",
                                (int) COT_LOG_SELECT_TOGGLE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, activate_cb, NULL);
}

static CotLogSelect
get_click_select (GtkGesture *gesture)
{
  GdkModifierType state;

  state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  if ((state & GDK_SHIFT_MASK) != 0)
    return COT_LOG_SELECT_EXTEND;
  return (state & GDK_CONTROL_MASK) != 0 ? COT_LOG_SELECT_TOGGLE : COT_LOG_SELECT_ONLY;
}

static gboolean
is_on_badge (CotLogView *self, guint64 position, double x_px, double y_px)
{
  CotLogRow *row = _cot_log_view_find_row (self, position);
  graphene_point_t point;

  return row != NULL &&
         gtk_widget_compute_point (GTK_WIDGET (self), GTK_WIDGET (row),
                                   &GRAPHENE_POINT_INIT ((float) x_px, (float) y_px), &point) &&
         cot_log_row_is_on_badge (row, point.x);
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, CotLogView *self)
{
  guint64 position = _cot_log_view_position_at (self, y, FALSE);

  /* Asked before the click selects the row, which widens the badge. */
  gboolean on_badge = n_press == 1 && is_on_badge (self, position, x, y);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (position == COT_LOG_VIEW_NO_ROW)
    return;
  _cot_log_view_move_cursor (self, position, get_click_select (GTK_GESTURE (gesture)));
  if (on_badge)
    _cot_log_view_emit (self, COT_LOG_VIEW_BADGE_CLICKED, position);
  else if (n_press == 2)
    _cot_log_view_emit (self, COT_LOG_VIEW_ROW_ACTIVATED, position);
}

static void
menu_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, CotLogView *self)
{
  guint64 position = _cot_log_view_position_at (self, y, FALSE);

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (position != COT_LOG_VIEW_NO_ROW && !cot_log_selection_contains (self->selection, position))
    _cot_log_view_move_cursor (self, position, COT_LOG_SELECT_ONLY);
  _cot_log_view_popup_menu (self, x, y);
}

static void
extend_to_pointer (CotLogView *self)
{
  int height_px = gtk_widget_get_height (GTK_WIDGET (self));
  double y_px = CLAMP (self->drag_y, 0, height_px - 1);
  guint64 position = _cot_log_view_position_at (self, y_px, TRUE);

  if (position != COT_LOG_VIEW_NO_ROW && position != self->cursor)
    _cot_log_view_move_cursor (self, position, COT_LOG_SELECT_EXTEND);
}

static gboolean
autoscroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  CotLogView *self = COT_LOG_VIEW (widget);
  int height_px = gtk_widget_get_height (widget);
  double beyond_px = self->drag_y < 0 ? self->drag_y : MAX (self->drag_y - height_px, 0);
  double frame_sec = 1. / 60;
  gint64 refresh_usec = 0;

  gdk_frame_clock_get_refresh_info (clock, 0, &refresh_usec, NULL);
  if (refresh_usec > 0)
    frame_sec = refresh_usec / (double) G_USEC_PER_SEC;
  _cot_log_view_scroll_by (self, beyond_px * AUTOSCROLL_SPEED * self->layout.row_height_px / 6 *
                                   frame_sec);
  extend_to_pointer (self);
  return G_SOURCE_CONTINUE;
}

void
_cot_log_view_stop_autoscroll (CotLogView *self)
{
  if (self->autoscroll_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->autoscroll_tick);
  self->autoscroll_tick = 0;
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, CotLogView *self)
{
  GdkDevice *device;

  device = gtk_event_controller_get_current_event_device (GTK_EVENT_CONTROLLER (gesture));
  /* A finger scrolls. */
  if (device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
  self->dragging = FALSE;
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, CotLogView *self)
{
  int height_px = gtk_widget_get_height (GTK_WIDGET (self));
  double x, y;

  if (!gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  if (!self->dragging && !gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, 0, (int) dy))
    return;
  if (!self->dragging)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->dragging = TRUE;
  self->drag_x = x + dx;
  self->drag_y = y + dy;
  extend_to_pointer (self);
  if (self->drag_y >= 0 && self->drag_y < height_px)
    _cot_log_view_stop_autoscroll (self);
  else if (self->autoscroll_tick == 0)
    self->autoscroll_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), autoscroll_cb, NULL,
                                                          NULL);
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, CotLogView *self)
{
  self->dragging = FALSE;
  _cot_log_view_stop_autoscroll (self);
}

static void
cancel_cb (GtkGesture *gesture, GdkEventSequence *sequence, CotLogView *self)
{
  self->dragging = FALSE;
  _cot_log_view_stop_autoscroll (self);
}

/* A badge is a button: the pointer says so. GTK tells of motion, too, where rows go by below a
 * pointer that rests. */
static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, CotLogView *self)
{
  graphene_point_t pointer = GRAPHENE_POINT_INIT ((float) x, (float) y);
  gboolean on_badge = is_on_badge (self, _cot_log_view_position_at (self, y, FALSE), x, y);

  if (on_badge != self->on_badge)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self), on_badge ? "pointer" : NULL);
  self->on_badge = on_badge;
  if (!graphene_point_equal (&pointer, &self->pointer))
    self->by_keys = FALSE;
  self->pointer = pointer;
}

void
_cot_log_view_input_init (CotLogView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *menu_click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu_click), GDK_BUTTON_SECONDARY);
  g_signal_connect (menu_click, "pressed", G_CALLBACK (menu_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (menu_click));

  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (cancel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));

  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}
