/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-density-strip-private.h"

#define PAGE_BINS 10

static void
emit_range (CotDensityStrip *self, const char *signal, CotDensityRange range)
{
  g_signal_emit_by_name (self, signal, range.from_usec, range.until_usec);
}

static void
redraw (CotDensityStrip *self)
{
  cot_density_strip_update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drop_draft (CotDensityStrip *self)
{
  self->draft = COT_DENSITY_NO_RANGE;
  self->anchor_usec = COT_TIME_NONE;
  redraw (self);
}

/* Whole bins: from the one of the anchor to the other one, whichever comes first. */
static void
mark_to (CotDensityStrip *self, guint bin)
{
  guint anchor = cot_density_scale_find_bin (&self->scale, self->anchor_usec);

  self->draft.from_usec = cot_density_scale_get_bin_start (&self->scale, MIN (anchor, bin));
  self->draft.until_usec = cot_density_scale_get_bin_start (&self->scale, MAX (anchor, bin) + 1);
}

static gboolean
is_empty (CotDensityStrip *self)
{
  cot_density_strip_ensure (self);
  return self->scale.n_bins == 0;
}

/* Where the keys begin: at the rows in sight. */
static guint
get_cursor_bin (CotDensityStrip *self)
{
  gint64 time_usec = self->cursor_usec != COT_TIME_NONE ? self->cursor_usec
                                                        : self->visible.from_usec;

  return time_usec != COT_TIME_NONE ? cot_density_scale_find_bin (&self->scale, time_usec) : 0;
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, CotDensityStrip *self)
{
  self->dragging = FALSE;
  if (is_empty (self))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  drop_draft (self);
  self->anchor_usec = cot_density_scale_get_bin_start (
      &self->scale, cot_density_scale_find_bin_at (&self->scale, x));
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, CotDensityStrip *self)
{
  double x, y;

  if (is_empty (self) || self->anchor_usec == COT_TIME_NONE
      || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  if (!self->dragging)
    self->dragging = gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) dx, 0);
  if (!self->dragging)
    return;
  mark_to (self, cot_density_scale_find_bin_at (&self->scale, x + dx));
  redraw (self);
}

/* Without a drag it is a click. */
static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, CotDensityStrip *self)
{
  CotDensityRange draft = self->draft;
  gint64 anchor_usec = self->anchor_usec;
  gboolean dragged = self->dragging;

  self->dragging = FALSE;
  if (is_empty (self) || anchor_usec == COT_TIME_NONE)
    return;
  drop_draft (self);
  self->cursor_usec = anchor_usec;
  if (!dragged)
    {
      emit_range (self, "jump",
                  cot_density_strip_get_bin_range (
                      self, cot_density_scale_find_bin (&self->scale, anchor_usec)));
      return;
    }
  if (draft.from_usec == COT_TIME_NONE)
    return;
  /* So that Escape takes it off again. */
  gtk_widget_grab_focus (GTK_WIDGET (self));
  emit_range (self, "range-selected", draft);
}

static void
drag_cancel_cb (GtkGesture *gesture, GdkEventSequence *sequence, CotDensityStrip *self)
{
  self->dragging = FALSE;
  drop_draft (self);
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, CotDensityStrip *self)
{
  if (n_press == 2 && self->has_range)
    g_signal_emit_by_name (self, "range-cleared");
}

/* By so many bins, to the first or to the last one; with Shift, all between is marked. */
static gboolean
move_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  CotDensityStrip *self = COT_DENSITY_STRIP (widget);
  int step;
  gboolean marks;
  guint before, bin;

  if (is_empty (self))
    return FALSE;
  g_variant_get (args, "(ib)", &step, &marks);
  before = get_cursor_bin (self);
  /* The first key only shows where they are. */
  if (self->cursor_usec == COT_TIME_NONE && (step == 1 || step == -1) && !marks)
    step = 0;
  bin = (guint) CLAMP ((gint64) before + step, 0, (gint64) self->scale.n_bins - 1);
  if (!marks)
    self->draft = COT_DENSITY_NO_RANGE;
  if (!marks || self->anchor_usec == COT_TIME_NONE)
    self->anchor_usec = cot_density_scale_get_bin_start (&self->scale, marks ? before : bin);
  self->cursor_usec = cot_density_scale_get_bin_start (&self->scale, bin);
  if (marks)
    mark_to (self, bin);
  redraw (self);
  return TRUE;
}

static gboolean
activate_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  CotDensityStrip *self = COT_DENSITY_STRIP (widget);
  CotDensityRange range = self->draft;

  if (is_empty (self))
    return FALSE;
  if (range.from_usec == COT_TIME_NONE)
    range = cot_density_strip_get_bin_range (self, get_cursor_bin (self));
  drop_draft (self);
  emit_range (self, "range-selected", range);
  return TRUE;
}

static gboolean
jump_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  CotDensityStrip *self = COT_DENSITY_STRIP (widget);

  if (is_empty (self))
    return FALSE;
  emit_range (self, "jump", cot_density_strip_get_bin_range (self, get_cursor_bin (self)));
  return TRUE;
}

/* What is being marked goes first, then what was filtered by; then the key is for others. */
static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  CotDensityStrip *self = COT_DENSITY_STRIP (widget);

  if (self->draft.from_usec != COT_TIME_NONE)
    {
      self->dragging = FALSE;
      drop_draft (self);
      return TRUE;
    }
  if (!self->has_range)
    return FALSE;
  g_signal_emit_by_name (self, "range-cleared");
  return TRUE;
}

static void
focus_cb (CotDensityStrip *self)
{
  redraw (self);
}

void
cot_density_strip_add_bindings (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    guint keypad_key;
    int step;
  } moves[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, -1 },
    { GDK_KEY_Right, GDK_KEY_KP_Right, 1 },
    { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, -PAGE_BINS },
    { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, PAGE_BINS },
    { GDK_KEY_Home, GDK_KEY_KP_Home, G_MININT },
    { GDK_KEY_End, GDK_KEY_KP_End, G_MAXINT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    for (guint shift = 0; shift < 2; shift++)
      {
        GdkModifierType modifiers = shift ? GDK_SHIFT_MASK : (GdkModifierType) 0;

        gtk_widget_class_add_binding (widget_class, moves[i].key, modifiers, move_cb, "(ib)",
                                      moves[i].step, shift);
        gtk_widget_class_add_binding (widget_class, moves[i].keypad_key, modifiers, move_cb,
                                      "(ib)", moves[i].step, shift);
      }
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, jump_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

void
cot_density_strip_init_input (CotDensityStrip *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (drag_cancel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_group (click, drag);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (focus_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}
