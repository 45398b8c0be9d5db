/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-overview-ruler.h"

#include "cot-sentences.h"

#include <string.h>

#include <glib/gi18n.h>

#include "cot-log-row-badge.h"

#define WIDTH_PX 18
#define MIN_BOX_PX 8
/* A tick is this high, and so is a slot of the model's answer. */
#define TICK_PX 3

struct _CotOverviewRuler
{
  GtkWidget parent_instance;

  CotLogView *view; /* unowned: a sibling */
  CotRowModel *model;
  guint n_slots;
  guint8 *slots;
  gboolean stale;
  gboolean dragging;
  double grab_px; /* from the top of the box to the pointer, while it is dragged */
};

G_DEFINE_FINAL_TYPE (CotOverviewRuler, cot_overview_ruler, GTK_TYPE_WIDGET)

static guint64
get_n_rows (CotOverviewRuler *self)
{
  return self->model != NULL ? cot_row_model_get_n_rows (self->model) : 0;
}

/* The visible part as a box; at least so high that it can be seen and taken. */
static void
get_box (CotOverviewRuler *self, double *top_px, double *height_px)
{
  double ruler_px = gtk_widget_get_height (GTK_WIDGET (self));
  double n_rows = MAX ((double) get_n_rows (self), 1);
  guint64 first = 0, n = 0;

  if (self->view != NULL)
    cot_log_view_get_visible_range (self->view, &first, &n);
  *height_px = CLAMP ((double) n / n_rows * ruler_px, MIN (MIN_BOX_PX, ruler_px), ruler_px);
  *top_px = MIN ((double) first / n_rows * ruler_px, ruler_px - *height_px);
  if (self->view != NULL && cot_log_view_is_at_end (self->view) && first > 0)
    *top_px = ruler_px - *height_px;
}

static void
update_accessible_value (CotOverviewRuler *self)
{
  guint64 first = 0, n = 0;
  guint64 n_rows = get_n_rows (self);
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *all = NULL;
  g_autofree char *text = NULL;

  if (self->view != NULL)
    cot_log_view_get_visible_range (self->view, &first, &n);
  from = cot_sentence_dup_number (MIN (first + 1, n_rows));
  to = cot_sentence_dup_number (first + n);
  all = cot_sentence_dup_number (n_rows);
  /* Translators: the rows of a log that are visible, of how many. */
  text = g_strdup_printf (_ ("Rows %s to %s of %s"), from, to, all);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) n_rows,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) first,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
scrolled_cb (CotOverviewRuler *self)
{
  update_accessible_value (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
model_changed_cb (CotOverviewRuler *self)
{
  self->stale = TRUE;
  scrolled_cb (self);
}

static void
disconnect_model (CotOverviewRuler *self)
{
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
}

static void
take_model (CotOverviewRuler *self)
{
  disconnect_model (self);
  if (self->view != NULL)
    g_set_object (&self->model, cot_log_view_get_model (self->view));
  if (self->model != NULL)
    {
      g_signal_connect_swapped (self->model, "reset", G_CALLBACK (model_changed_cb), self);
      g_signal_connect_swapped (self->model, "appended", G_CALLBACK (model_changed_cb), self);
      g_signal_connect_swapped (self->model, "ruler-changed", G_CALLBACK (model_changed_cb), self);
    }
  model_changed_cb (self);
}

static void
ensure_slots (CotOverviewRuler *self)
{
  guint n_slots = (guint) gtk_widget_get_height (GTK_WIDGET (self)) / TICK_PX;

  if (!self->stale && n_slots == self->n_slots)
    return;
  if (n_slots != self->n_slots)
    {
      g_free (self->slots);
      self->slots = g_new0 (guint8, MAX (n_slots, 1));
      self->n_slots = n_slots;
    }
  self->stale = FALSE;
  if (self->model != NULL && n_slots > 0)
    cot_row_model_get_ruler (self->model, n_slots, self->slots);
  else
    memset (self->slots, 0, n_slots);
}

static void
snapshot_tick (CotOverviewRuler *self,
               GtkSnapshot *snapshot,
               const char *color_name,
               double start_px,
               double top_px,
               double width_px)
{
  GdkRGBA color;

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    start_px = gtk_widget_get_width (GTK_WIDGET (self)) - start_px - width_px;
  cot_log_lookup_color (GTK_WIDGET (self), color_name, &color);
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT ((float) start_px, (float) top_px,
                                                  (float) width_px, TICK_PX - 1));
}

static void
add_outline (cairo_t *cr, CotRulerShape shape)
{
  switch (shape)
    {
    case COT_RULER_DIAMOND:
      cairo_move_to (cr, 0, -4.5);
      cairo_line_to (cr, 4.5, 0);
      cairo_line_to (cr, 0, 4.5);
      cairo_line_to (cr, -4.5, 0);
      break;
    case COT_RULER_TRIANGLE:
      cairo_move_to (cr, 0, -4);
      cairo_line_to (cr, 4.5, 3.5);
      cairo_line_to (cr, -4.5, 3.5);
      break;
    case COT_RULER_DOT:
    default:
      cairo_arc (cr, 0, 0, 3, 0, 2 * G_PI);
      break;
    }
  cairo_close_path (cr);
}

/**
 * cot_overview_ruler_get_shape:
 * @flags: #CotRulerFlags of a known line
 * @color_name: (out) (optional): the colour of the shape
 *
 * How bad it is decides, not the type that its writer gave it.
 *
 * Returns: what stands for it
 */
CotRulerShape
cot_overview_ruler_get_shape (guint8 flags, const char **color_name)
{
  static const char *const colors[] = { "cot_info", "cot_warning_mark", "cot_error_mark" };
  CotRulerShape shape = COT_RULER_DOT;

  if ((flags & COT_RULER_KNOWN_ERROR) != 0)
    shape = COT_RULER_DIAMOND;
  else if ((flags & COT_RULER_KNOWN_WARNING) != 0)
    shape = COT_RULER_TRIANGLE;
  if (color_name != NULL)
    *color_name = colors[shape];
  return shape;
}

/* A line in the colour of the ground around the shape keeps it apart from the ticks below. */
static void
snapshot_shape (CotOverviewRuler *self, GtkSnapshot *snapshot, double top_px, guint8 flags)
{
  const char *name;
  CotRulerShape shape = cot_overview_ruler_get_shape (flags, &name);
  double middle_px = CLAMP (top_px + 1, 5, gtk_widget_get_height (GTK_WIDGET (self)) - 5);
  GdkRGBA color, ground;
  cairo_t *cr;

  cot_log_lookup_color (GTK_WIDGET (self), name, &color);
  cot_log_lookup_color (GTK_WIDGET (self), "window_bg_color", &ground);
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (WIDTH_PX / 2.f - 6, (float) middle_px - 6,
                                                       12, 12));
  cairo_translate (cr, WIDTH_PX / 2., middle_px);
  add_outline (cr, shape);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, &ground);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  cairo_destroy (cr);
}


static void
snapshot_slots (CotOverviewRuler *self, GtkSnapshot *snapshot)
{
  for (guint i = 0; i < self->n_slots; i++)
    {
      double top_px = i * TICK_PX;
      guint8 flags = self->slots[i];

      if (flags == 0)
        continue;
      if ((flags & COT_RULER_GAP) != 0)
        {
          snapshot_tick (self, snapshot, "cot_info", 0, top_px, 4);
          snapshot_tick (self, snapshot, "cot_info", WIDTH_PX - 4, top_px, 4);
        }
      if ((flags & COT_RULER_MATCH) != 0)
        snapshot_tick (self, snapshot, "cot_ruler_match", 5, top_px, WIDTH_PX - 10);
      if ((flags & COT_RULER_ERROR) != 0)
        snapshot_tick (self, snapshot, "cot_error_mark", 2, top_px, 6);
      if ((flags & COT_RULER_WARNING) != 0)
        snapshot_tick (self, snapshot, "cot_warning_mark", WIDTH_PX - 6, top_px, 5);
      if ((flags & COT_RULER_MARK) != 0)
        snapshot_tick (self, snapshot, "cot_user_mark", 1, top_px, WIDTH_PX - 2);
    }
  /* The worst last, above the others. */
  for (guint shape = COT_RULER_DOT; shape <= COT_RULER_DIAMOND; shape++)
    for (guint i = 0; i < self->n_slots; i++)
      {
        if ((self->slots[i] & COT_RULER_FINDING) != 0
            && cot_overview_ruler_get_shape (self->slots[i], NULL) == shape)
          snapshot_shape (self, snapshot, i * TICK_PX, self->slots[i]);
      }
}

static void
cot_overview_ruler_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CotOverviewRuler *self = COT_OVERVIEW_RULER (widget);
  double top_px, height_px;
  GskRoundedRect box;
  GdkRGBA fill, line;

  ensure_slots (self);
  if (get_n_rows (self) == 0)
    return;
  get_box (self, &top_px, &height_px);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &line);
  fill = line;
  fill.alpha *= .12f;
  line.alpha *= .4f;
  gsk_rounded_rect_init_from_rect (&box,
                                   &GRAPHENE_RECT_INIT (1, (float) top_px, WIDTH_PX - 2,
                                                        (float) height_px),
                                   3);
  gtk_snapshot_push_rounded_clip (snapshot, &box);
  gtk_snapshot_append_color (snapshot, &fill, &box.bounds);
  gtk_snapshot_pop (snapshot);
  snapshot_slots (self, snapshot);
  gtk_snapshot_append_border (snapshot, &box, (float[4]){ 1, 1, 1, 1 },
                              (GdkRGBA[4]){ line, line, line, line });
}

/* A tooltip has a ground of its own, on which the colours of the ruler would not show. */
static const struct
{
  guint8 flags; /* all of them */
  const char *sign;
  const char *text;
} legend[] = {
  { COT_RULER_FINDING | COT_RULER_KNOWN_ERROR, "◆", N_ ("Known error") },
  { COT_RULER_FINDING | COT_RULER_KNOWN_WARNING, "▲", N_ ("Known warning") },
  { COT_RULER_FINDING, "●", N_ ("Other known line") },
  { COT_RULER_ERROR, "▬", N_ ("Error, at the left") },
  { COT_RULER_WARNING, "▬", N_ ("Warning, at the right") },
  { COT_RULER_MATCH, "▬", N_ ("Match, in the middle") },
  { COT_RULER_MARK, "▬", N_ ("Your mark, all across") },
  { COT_RULER_GAP, "╸╺", N_ ("Gap in time, at both edges") },
};

static gboolean
is_in_slots (CotOverviewRuler *self, guint8 flags)
{
  guint8 others = flags == COT_RULER_FINDING ? COT_RULER_KNOWN_ERROR | COT_RULER_KNOWN_WARNING : 0;

  for (guint i = 0; i < self->n_slots; i++)
    if ((self->slots[i] & flags) == flags && (self->slots[i] & others) == 0)
      return TRUE;
  return FALSE;
}

/**
 * cot_overview_ruler_dup_legend:
 *
 * Returns: (transfer full) (nullable): what the signs that are there now mean
 */
char *
cot_overview_ruler_dup_legend (CotOverviewRuler *self)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  g_return_val_if_fail (COT_IS_OVERVIEW_RULER (self), NULL);

  ensure_slots (self);
  for (guint i = 0; i < G_N_ELEMENTS (legend); i++)
    {
      if (!is_in_slots (self, legend[i].flags))
        continue;
      g_string_append_printf (lines, "%s%s  %s", lines->len > 0 ? "\n" : "", legend[i].sign,
                              _ (legend[i].text));
    }
  return lines->len > 0 ? g_string_free (g_steal_pointer (&lines), FALSE) : NULL;
}

static gboolean
cot_overview_ruler_query_tooltip (GtkWidget *widget,
                                  int x,
                                  int y,
                                  gboolean by_keyboard,
                                  GtkTooltip *tooltip)
{
  g_autofree char *text = cot_overview_ruler_dup_legend (COT_OVERVIEW_RULER (widget));

  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

static void
cot_overview_ruler_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH_PX : 0;
}

/* Scrolls so that the top of the box is at @top_px. */
static void
scroll_box_to (CotOverviewRuler *self, double top_px)
{
  double ruler_px = gtk_widget_get_height (GTK_WIDGET (self));
  double box_top_px, box_px, free_px;
  guint64 first, n, n_rows = get_n_rows (self);

  if (self->view == NULL || n_rows == 0)
    return;
  get_box (self, &box_top_px, &box_px);
  cot_log_view_get_visible_range (self->view, &first, &n);
  free_px = MAX (ruler_px - box_px, 1);
  top_px = CLAMP (top_px, 0, free_px);
  if (top_px >= free_px)
    cot_log_view_scroll_to (self->view, n_rows - 1, COT_LOG_ALIGN_END);
  else
    cot_log_view_scroll_to (self->view,
                            (guint64) (top_px / free_px * (double) (n_rows - MIN (n, n_rows))),
                            COT_LOG_ALIGN_START);
}

/* A click on a tick means the row that the tick stands for, not a place somewhere near it. */
static gboolean
reveal_tick_at (CotOverviewRuler *self, double y_px)
{
  guint slot = (guint) (MAX (y_px, 0) / TICK_PX);
  guint64 n_rows = get_n_rows (self);
  guint64 first, end, position;

  ensure_slots (self);
  if (slot > 0 && slot < self->n_slots && self->slots[slot] == 0)
    slot--;
  if (slot >= self->n_slots || self->slots[slot] == 0)
    return FALSE;
  first = (guint64) ((double) slot / self->n_slots * (double) n_rows);
  end = (guint64) ((double) (slot + 1) / self->n_slots * (double) n_rows);
  if (!cot_row_model_find_noted (self->model, first, MAX (end - first, 1), &position))
    return FALSE;
  cot_log_view_reveal (self->view, position);
  return TRUE;
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, CotOverviewRuler *self)
{
  double ruler_px = gtk_widget_get_height (GTK_WIDGET (self));
  guint64 n_rows = get_n_rows (self);
  double top_px, height_px;

  self->dragging = FALSE;
  if (self->view == NULL || n_rows == 0)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  get_box (self, &top_px, &height_px);
  self->grab_px = y - top_px;
  if (self->grab_px >= 0 && self->grab_px < height_px)
    return;
  if (!reveal_tick_at (self, y))
    cot_log_view_scroll_to (self->view,
                            (guint64) (CLAMP (y / MAX (ruler_px, 1), 0, 1) * (double) n_rows),
                            COT_LOG_ALIGN_CENTER);
  get_box (self, &top_px, &height_px);
  self->grab_px = CLAMP (y - top_px, 0, height_px);
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, CotOverviewRuler *self)
{
  double x, y;

  if (!self->dragging)
    self->dragging = gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, 0, (int) dy);
  if (self->dragging && gtk_gesture_drag_get_start_point (gesture, &x, &y))
    scroll_box_to (self, y + dy - self->grab_px);
}

static gboolean
step_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  CotOverviewRuler *self = COT_OVERVIEW_RULER (widget);
  guint64 first, n, step, n_rows = get_n_rows (self);
  int direction;
  gboolean by_page;

  if (self->view == NULL || n_rows == 0)
    return FALSE;
  g_variant_get (args, "(ib)", &direction, &by_page);
  cot_log_view_get_visible_range (self->view, &first, &n);
  /* A step is a hundredth of the document, so that keys get through a long one too. */
  step = by_page ? MAX (n_rows / 10, n) : MAX (n_rows / 100, 1);
  if (direction < 0)
    first = first > step ? first - step : 0;
  else
    first = first + MIN (step, n_rows - first);
  cot_log_view_scroll_to (self->view, first, COT_LOG_ALIGN_START);
  return TRUE;
}

static gboolean
jump_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  CotOverviewRuler *self = COT_OVERVIEW_RULER (widget);

  if (self->view == NULL)
    return FALSE;
  cot_log_view_scroll_to (self->view, g_variant_get_boolean (args) ? G_MAXUINT64 : 0,
                          g_variant_get_boolean (args) ? COT_LOG_ALIGN_END : COT_LOG_ALIGN_START);
  return TRUE;
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, CotOverviewRuler *self)
{
  GtkAdjustment *adjustment;

  if (self->view == NULL)
    return FALSE;
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) +
                                          dy * 3 * gtk_adjustment_get_step_increment (adjustment));
  return TRUE;
}

static void
cot_overview_ruler_dispose (GObject *object)
{
  CotOverviewRuler *self = COT_OVERVIEW_RULER (object);

  disconnect_model (self);
  g_clear_weak_pointer (&self->view);

  G_OBJECT_CLASS (cot_overview_ruler_parent_class)->dispose (object);
}

static void
cot_overview_ruler_finalize (GObject *object)
{
  g_free (COT_OVERVIEW_RULER (object)->slots);

  G_OBJECT_CLASS (cot_overview_ruler_parent_class)->finalize (object);
}

static void
cot_overview_ruler_class_init (CotOverviewRulerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cot_overview_ruler_dispose;
  G_OBJECT_CLASS (klass)->finalize = cot_overview_ruler_finalize;
  widget_class->snapshot = cot_overview_ruler_snapshot;
  widget_class->measure = cot_overview_ruler_measure;
  widget_class->query_tooltip = cot_overview_ruler_query_tooltip;

  gtk_widget_class_set_css_name (widget_class, "logruler");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SCROLLBAR);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, 0, step_cb, "(ib)", -1, FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, 0, step_cb, "(ib)", 1, FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Up, 0, step_cb, "(ib)", -1, TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Down, 0, step_cb, "(ib)", 1, TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, jump_cb, "b", FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, 0, jump_cb, "b", TRUE);
}

static void
cot_overview_ruler_init (CotOverviewRuler *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *scroll;

  scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  self->stale = TRUE;
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Overview"), GTK_ACCESSIBLE_PROPERTY_ORIENTATION,
                                  GTK_ORIENTATION_VERTICAL, -1);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
}

/* Follows @view and its model. */
GtkWidget *
cot_overview_ruler_new (CotLogView *view)
{
  CotOverviewRuler *self = g_object_new (COT_TYPE_OVERVIEW_RULER, NULL);

  g_set_weak_pointer (&self->view, view);
  g_signal_connect_object (view, "view-scrolled", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "notify::model", G_CALLBACK (take_model), self,
                           G_CONNECT_SWAPPED);
  take_model (self);
  return GTK_WIDGET (self);
}
