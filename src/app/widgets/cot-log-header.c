/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-header.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cot-time-mode.h"

/* So near to a line it is taken by the pointer. */
#define GRIP_PX 5
#define RESIZE_STEP_PX 10
#define NO_COLUMN (-1)

typedef enum
{
  DRAG_NONE,
  DRAG_RESIZE,
  DRAG_MOVE,
} DragKind;

struct _CotLogHeader
{
  GtkWidget parent_instance;

  CotLogColumns *columns;
  GtkAdjustment *hadjustment;
  CotLogLayout layout;
  GtkWidget *titles[COT_N_ROW_COLUMNS];
  GtkWidget *menu;

  DragKind drag;
  int drag_column;
  int drag_width_px; /* at the start of a resize */
  int drag_sign;     /* whether the column grows or shrinks towards the end */
  int drop_cell;     /* before which a moved column would go; n_cells: behind the last */
};

G_DEFINE_FINAL_TYPE (CotLogHeader, cot_log_header, GTK_TYPE_WIDGET)

static gboolean
is_rtl (CotLogHeader *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

/* From a place in the widget, counted from the left, to one in the content, from its start. */
static double
to_content (CotLogHeader *self, double x_px)
{
  if (is_rtl (self))
    x_px = gtk_widget_get_width (GTK_WIDGET (self)) - x_px;
  return x_px + gtk_adjustment_get_value (self->hadjustment);
}

static double
from_content (CotLogHeader *self, double start_px, double width_px)
{
  start_px -= gtk_adjustment_get_value (self->hadjustment);
  if (is_rtl (self))
    return gtk_widget_get_width (GTK_WIDGET (self)) - start_px - width_px;
  return start_px;
}

static int
find_cell (CotLogHeader *self, double content_px)
{
  for (guint i = 0; i < self->layout.n_cells; i++)
    {
      const CotLogCell *cell = &self->layout.cells[i];

      if (content_px >= cell->x_px && content_px < cell->x_px + cell->width_px)
        return (int) i;
    }
  return -1;
}

/* The cell that ends at the line near @content_px; the last one has no line. */
static int
find_line (CotLogHeader *self, double content_px)
{
  for (guint i = 0; i + 1 < self->layout.n_cells; i++)
    {
      const CotLogCell *cell = &self->layout.cells[i];

      if (ABS (content_px - (cell->x_px + cell->width_px)) <= GRIP_PX)
        return (int) i;
    }
  return -1;
}

/* Which column a line resizes. Log Text takes the rest, so on its far side a line moves the column
 * behind it: only so the line follows the pointer. */
static CotRowColumn
get_resized_column (CotLogHeader *self, int line, int *sign)
{
  for (int i = 0; i <= line; i++)
    {
      if (self->layout.cells[i].column == COT_ROW_COLUMN_MESSAGE)
        {
          *sign = -1;
          return self->layout.cells[line + 1].column;
        }
    }
  *sign = 1;
  return self->layout.cells[line].column;
}

static int
get_width_px (CotLogHeader *self, CotRowColumn column)
{
  for (guint i = 0; i < self->layout.n_cells; i++)
    {
      if (self->layout.cells[i].column == column)
        return self->layout.cells[i].width_px;
    }
  return 0;
}

static void
popup_menu (CotLogHeader *self, double x_px, double y_px)
{
  if (self->menu == NULL)
    {
      self->menu = gtk_popover_menu_new_from_model (cot_log_columns_get_menu (self->columns));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                               &(GdkRectangle){ (int) x_px, (int) y_px, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static int
get_focused_column (CotLogHeader *self)
{
  for (int i = 0; i < COT_N_ROW_COLUMNS; i++)
    {
      if (gtk_widget_is_focus (self->titles[i]))
        return i;
    }
  return NO_COLUMN;
}

static gboolean
popup_menu_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  CotLogHeader *self = COT_LOG_HEADER (widget);
  int column = get_focused_column (self);
  graphene_rect_t bounds;

  if (column == NO_COLUMN ||
      !gtk_widget_compute_bounds (self->titles[column], widget, &bounds))
    return FALSE;
  popup_menu (self, bounds.origin.x, bounds.origin.y + bounds.size.height);
  return TRUE;
}

static gboolean
step_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  CotLogHeader *self = COT_LOG_HEADER (widget);
  int column = get_focused_column (self);
  int direction, modifiers;

  if (column == NO_COLUMN)
    return FALSE;
  g_variant_get (args, "(ii)", &direction, &modifiers);
  if (is_rtl (self))
    direction = -direction;
  if (modifiers == GDK_SHIFT_MASK)
    cot_log_columns_resize (self->columns, (CotRowColumn) column,
                            get_width_px (self, (CotRowColumn) column) +
                              direction * RESIZE_STEP_PX);
  else if (modifiers == GDK_CONTROL_MASK)
    cot_log_columns_step (self->columns, (CotRowColumn) column, direction);
  else
    {
      for (guint i = 0; i < self->layout.n_cells; i++)
        {
          guint next = i + (guint) direction;

          if ((int) self->layout.cells[i].column == column && next < self->layout.n_cells)
            gtk_widget_grab_focus (self->titles[self->layout.cells[next].column]);
        }
    }
  return TRUE;
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, CotLogHeader *self)
{
  double content_px = to_content (self, x);
  int line = find_line (self, content_px);
  int cell = find_cell (self, content_px);

  self->drag = DRAG_NONE;
  self->drop_cell = -1;
  if (line >= 0)
    {
      self->drag = DRAG_RESIZE;
      self->drag_column = (int) get_resized_column (self, line, &self->drag_sign);
      self->drag_width_px = get_width_px (self, (CotRowColumn) self->drag_column);
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
    }
  else if (cell >= 0)
    {
      self->drag_column = (int) self->layout.cells[cell].column;
      gtk_widget_grab_focus (self->titles[self->drag_column]);
    }
  else
    self->drag_column = NO_COLUMN;
}

static int
find_drop_cell (CotLogHeader *self, double content_px)
{
  int drop_cell = 0;

  for (guint i = 0; i < self->layout.n_cells; i++)
    {
      const CotLogCell *cell = &self->layout.cells[i];

      if (content_px > cell->x_px + cell->width_px / 2.)
        drop_cell = (int) i + 1;
    }
  return drop_cell;
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, CotLogHeader *self)
{
  double x, y;

  if (!gtk_gesture_drag_get_start_point (gesture, &x, &y) || self->drag_column == NO_COLUMN)
    return;
  if (self->drag == DRAG_RESIZE)
    {
      int delta_px = (int) (is_rtl (self) ? -dx : dx) * self->drag_sign;

      cot_log_columns_resize (self->columns, (CotRowColumn) self->drag_column,
                              MAX (self->drag_width_px + delta_px, 1));
      return;
    }
  if (self->drag == DRAG_NONE && gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) dx, 0))
    {
      self->drag = DRAG_MOVE;
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      gtk_widget_add_css_class (self->titles[self->drag_column], "dragged");
    }
  if (self->drag == DRAG_MOVE)
    {
      self->drop_cell = find_drop_cell (self, to_content (self, x + dx));
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}

static void
finish_drag (CotLogHeader *self)
{
  if (self->drag == DRAG_MOVE)
    gtk_widget_remove_css_class (self->titles[self->drag_column], "dragged");
  self->drag = DRAG_NONE;
  self->drop_cell = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, CotLogHeader *self)
{
  CotRowColumn column = (CotRowColumn) self->drag_column;
  int drop_cell = self->drop_cell;
  gboolean moved = self->drag == DRAG_MOVE && drop_cell >= 0;

  finish_drag (self);
  if (!moved)
    return;
  if (drop_cell < (int) self->layout.n_cells)
    cot_log_columns_move (self->columns, column, self->layout.cells[drop_cell].column, FALSE);
  else
    cot_log_columns_move (self->columns, column, self->layout.cells[drop_cell - 1].column, TRUE);
}

static void
drag_cancel_cb (GtkGesture *gesture, GdkEventSequence *sequence, CotLogHeader *self)
{
  finish_drag (self);
}

/* A double click on a line gives the column its default width again. */
static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, CotLogHeader *self)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  int line = find_line (self, to_content (self, x));
  int sign;

  if (button == GDK_BUTTON_SECONDARY)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      popup_menu (self, x, y);
    }
  else if (button == GDK_BUTTON_PRIMARY && n_press == 2 && line >= 0)
    cot_log_columns_resize (self->columns, get_resized_column (self, line, &sign), 0);
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, CotLogHeader *self)
{
  gboolean on_line = find_line (self, to_content (self, x)) >= 0;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), on_line ? "col-resize" : NULL);
}

static void
cot_log_header_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CotLogHeader *self = COT_LOG_HEADER (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  int height_px = gtk_widget_get_height (widget);
  GdkRGBA line, accent;

  GTK_WIDGET_CLASS (cot_log_header_parent_class)->snapshot (widget, snapshot);

  if (!gtk_style_context_lookup_color (style, "borders", &line))
    gtk_style_context_get_color (style, &line);
  for (guint i = 0; i < self->layout.n_cells; i++)
    {
      double x = from_content (self, self->layout.cells[i].x_px, 1);

      gtk_snapshot_append_color (snapshot, &line,
                                 &GRAPHENE_RECT_INIT ((float) x, 0, 1, height_px));
    }
  if (self->drop_cell >= 0 && gtk_style_context_lookup_color (style, "accent_color", &accent))
    {
      int start_px = self->drop_cell < (int) self->layout.n_cells
                       ? self->layout.cells[self->drop_cell].x_px
                       : self->layout.content_width_px - 1;

      gtk_snapshot_append_color (snapshot, &accent,
                                 &GRAPHENE_RECT_INIT ((float) from_content (self, start_px - 1, 3),
                                                      0, 3, height_px));
    }
}

static void
cot_log_header_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  CotLogHeader *self = COT_LOG_HEADER (widget);

  *minimum = *natural = 0;
  for (guint i = 0; i < COT_N_ROW_COLUMNS; i++)
    {
      int title_minimum, title_natural;

      gtk_widget_measure (self->titles[i], orientation, -1, &title_minimum, &title_natural, NULL,
                          NULL);
      if (orientation == GTK_ORIENTATION_VERTICAL)
        *minimum = *natural = MAX (*natural, title_natural);
    }
}

static void
cot_log_header_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CotLogHeader *self = COT_LOG_HEADER (widget);
  gboolean shown[COT_N_ROW_COLUMNS] = { FALSE };

  cot_log_columns_allocate (self->columns, width, &self->layout);
  for (guint i = 0; i < self->layout.n_cells; i++)
    {
      const CotLogCell *cell = &self->layout.cells[i];
      GtkWidget *title = self->titles[cell->column];
      double x = from_content (self, cell->x_px, cell->width_px);

      shown[cell->column] = TRUE;
      gtk_widget_set_child_visible (title, TRUE);
      gtk_widget_allocate (title, cell->width_px, height, -1,
                           gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) x, 0)));
    }
  for (guint i = 0; i < COT_N_ROW_COLUMNS; i++)
    {
      if (!shown[i])
        gtk_widget_set_child_visible (self->titles[i], FALSE);
    }
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

/* Tab goes to one title only; from there the arrows lead on. */
static gboolean
cot_log_header_focus (GtkWidget *widget, GtkDirectionType direction)
{
  CotLogHeader *self = COT_LOG_HEADER (widget);

  if (get_focused_column (self) != NO_COLUMN || self->layout.n_cells == 0)
    return FALSE;
  if (self->menu != NULL && gtk_widget_get_mapped (self->menu))
    return gtk_widget_child_focus (self->menu, direction);
  return gtk_widget_grab_focus (self->titles[self->layout.cells[0].column]);
}

static void
cot_log_header_dispose (GObject *object)
{
  CotLogHeader *self = COT_LOG_HEADER (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  for (guint i = 0; i < COT_N_ROW_COLUMNS; i++)
    g_clear_pointer (&self->titles[i], gtk_widget_unparent);
  g_clear_object (&self->columns);
  g_clear_object (&self->hadjustment);

  G_OBJECT_CLASS (cot_log_header_parent_class)->dispose (object);
}

static void
bind_step (GtkWidgetClass *widget_class, guint key, int direction)
{
  gtk_widget_class_add_binding (widget_class, key, 0, step_cb, "(ii)", direction, 0);
  gtk_widget_class_add_binding (widget_class, key, GDK_SHIFT_MASK, step_cb, "(ii)", direction,
                                (int) GDK_SHIFT_MASK);
  gtk_widget_class_add_binding (widget_class, key, GDK_CONTROL_MASK, step_cb, "(ii)", direction,
                                (int) GDK_CONTROL_MASK);
}

static void
cot_log_header_class_init (CotLogHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cot_log_header_dispose;
  widget_class->snapshot = cot_log_header_snapshot;
  widget_class->measure = cot_log_header_measure;
  widget_class->size_allocate = cot_log_header_size_allocate;
  widget_class->focus = cot_log_header_focus;

  gtk_widget_class_set_css_name (widget_class, "logheader");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ROW);
  bind_step (widget_class, GDK_KEY_Left, -1);
  bind_step (widget_class, GDK_KEY_Right, 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, popup_menu_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, popup_menu_cb, NULL);
}

static void
add_titles (CotLogHeader *self)
{
  for (guint i = 0; i < COT_N_ROW_COLUMNS; i++)
    {
      const char *title = cot_log_columns_get_title ((CotRowColumn) i);

      GtkWidget *label = gtk_label_new (title);

      /* The label alone would keep the arrow keys for itself. */
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      self->titles[i] = g_object_new (ADW_TYPE_BIN, "css-name", "logtitle", "accessible-role",
                                      GTK_ACCESSIBLE_ROLE_COLUMN_HEADER, "child", label,
                                      "focusable", TRUE, NULL);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->titles[i]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
      gtk_widget_set_parent (self->titles[i], GTK_WIDGET (self));
    }
}

/* The heading says whose clock the times are of. */
static void
update_time_title (CotLogHeader *self)
{
  GtkWidget *title = self->titles[COT_ROW_COLUMN_TIME];
  const char *text = cot_log_columns_get_title (COT_ROW_COLUMN_TIME);

  gtk_label_set_text (GTK_LABEL (adw_bin_get_child (ADW_BIN (title))), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (title), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
add_controllers (CotLogHeader *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (drag_cancel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

static void
cot_log_header_init (CotLogHeader *self)
{
  self->drop_cell = -1;
  self->drag_column = NO_COLUMN;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Columns"), -1);
  add_titles (self);
  cot_time_mode_watch (self, G_CALLBACK (update_time_title));
  add_controllers (self);
}

/* @hadjustment is the one that the view scrolls sideways by. */
GtkWidget *
cot_log_header_new (CotLogColumns *columns, GtkAdjustment *hadjustment)
{
  CotLogHeader *self = g_object_new (COT_TYPE_LOG_HEADER, NULL);

  self->columns = g_object_ref (columns);
  self->hadjustment = g_object_ref (hadjustment);
  g_signal_connect_object (columns, "changed", G_CALLBACK (gtk_widget_queue_allocate), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (hadjustment, "value-changed", G_CALLBACK (gtk_widget_queue_allocate),
                           self, G_CONNECT_SWAPPED);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "columns",
                                  cot_log_columns_get_actions (columns));
  return GTK_WIDGET (self);
}
