/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-view-private.h"

#include <stdarg.h>

#include <glib/gi18n.h>

#include "cot-highlight-rules.h"

/* Beyond this a double could not hold the place in pixels. */
#define MAX_ROWS (G_GUINT64_CONSTANT (1) << 40)
#define NATURAL_ROWS 12

enum
{
  PROP_0,
  PROP_MODEL,
  PROP_CURSOR,
  PROP_STICK_TO_END,
  N_PROPS,
  /* Of GtkScrollable. */
  PROP_HADJUSTMENT = N_PROPS,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

static GParamSpec *properties[N_PROPS];
static guint signals[COT_LOG_VIEW_N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (CotLogView, cot_log_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

void
_cot_log_view_emit (CotLogView *self, guint signal, ...)
{
  va_list args;

  va_start (args, signal);
  g_signal_emit_valist (self, signals[signal], 0, args);
  va_end (args);
}

static void
take_n_rows (CotLogView *self)
{
  self->n_rows = self->model != NULL ? MIN (cot_row_model_get_n_rows (self->model), MAX_ROWS) : 0;
}

static void
reset_cb (CotRowModel *model, CotLogView *self)
{
  gboolean was_at_end = self->stick_to_end && cot_log_view_is_at_end (self);

  take_n_rows (self);
  if (model != NULL)
    cot_log_columns_set_has_logs (self->columns, cot_row_model_has_logs (model));
  self->flash_position = COT_LOG_VIEW_NO_ROW;
  for (guint i = 0; i < self->rows->len; i++)
    cot_log_row_unbind (g_ptr_array_index (self->rows, i));
  _cot_log_view_forget_cursor (self);
  if (was_at_end && self->rows->len > 0)
    _cot_log_view_scroll_to_end (self);
  else
    _cot_log_view_refresh (self);
}

static void
appended_cb (CotRowModel *model, guint64 n, CotLogView *self)
{
  gboolean was_at_end = self->stick_to_end && cot_log_view_is_at_end (self);

  take_n_rows (self);
  if (was_at_end)
    _cot_log_view_scroll_to_end (self);
  else
    _cot_log_view_refresh (self);
}

static void
painted_cb (GdkFrameClock *clock, CotLogView *self)
{
  g_signal_handlers_disconnect_by_func (clock, painted_cb, self);
  _cot_log_view_emit (self, COT_LOG_VIEW_TEXT_DRAWN);
}

static void
rows_changed_cb (CotRowModel *model, guint64 first, guint64 n, CotLogView *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  _cot_log_view_rebind (self, first, n);
  if (clock == NULL || self->has_text)
    return;
  self->has_text = TRUE;
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (painted_cb), self, 0);
}

static void
highlights_changed_cb (CotLogView *self)
{
  _cot_log_view_rebind (self, 0, self->n_rows);
}

static void
columns_changed_cb (CotLogColumns *columns, CotLogView *self)
{
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
disconnect_model (CotLogView *self)
{
  if (self->model == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
}

static void
cot_log_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  CotLogView *self = COT_LOG_VIEW (widget);

  GTK_WIDGET_CLASS (cot_log_view_parent_class)->css_changed (widget, change);

  cot_log_columns_measure (self->columns, gtk_widget_get_pango_context (widget));
  gtk_widget_queue_resize (widget);
}

static void
cot_log_view_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  CotLogView *self = COT_LOG_VIEW (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *natural = NATURAL_ROWS * MAX (self->layout.row_height_px, 1);
}

static void
cot_log_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CotLogView *self = COT_LOG_VIEW (widget);

  _cot_log_view_allocate (self, width, height);
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

static void
cot_log_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CotLogView *self = COT_LOG_VIEW (object);

  switch (id)
    {
    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;
    case PROP_CURSOR:
      g_value_set_uint64 (value, self->cursor);
      break;
    case PROP_STICK_TO_END:
      g_value_set_boolean (value, self->stick_to_end);
      break;
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_VERTICAL]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
cot_log_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CotLogView *self = COT_LOG_VIEW (object);

  switch (id)
    {
    case PROP_MODEL:
      cot_log_view_set_model (self, g_value_get_object (value));
      break;
    case PROP_CURSOR:
      cot_log_view_set_cursor (self, g_value_get_uint64 (value));
      break;
    case PROP_STICK_TO_END:
      cot_log_view_set_stick_to_end (self, g_value_get_boolean (value));
      break;
    case PROP_HADJUSTMENT:
      _cot_log_view_set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      _cot_log_view_set_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_HORIZONTAL] = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_VERTICAL] = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
cot_log_view_dispose (GObject *object)
{
  CotLogView *self = COT_LOG_VIEW (object);

  if (self->copying != NULL)
    g_cancellable_cancel (self->copying);
  g_clear_object (&self->copying);
  g_clear_handle_id (&self->flash_timeout, g_source_remove);
  g_clear_handle_id (&self->focus_idle, g_source_remove);
  g_clear_handle_id (&self->rows_idle, g_source_remove);
  _cot_log_view_stop_autoscroll (self);
  disconnect_model (self);
  self->n_rows = 0;
  _cot_log_view_clear_rows (self);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_object (&self->extra_menu);
  _cot_log_view_set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, NULL);
  _cot_log_view_set_adjustment (self, GTK_ORIENTATION_VERTICAL, NULL);

  G_OBJECT_CLASS (cot_log_view_parent_class)->dispose (object);
}

static void
cot_log_view_finalize (GObject *object)
{
  CotLogView *self = COT_LOG_VIEW (object);

  g_clear_object (&self->columns);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->selection, cot_log_selection_free);

  G_OBJECT_CLASS (cot_log_view_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, COT_TYPE_ROW_MODEL, flags);
  properties[PROP_CURSOR] = g_param_spec_uint64 ("cursor", NULL, NULL, 0, G_MAXUINT64,
                                                 COT_LOG_VIEW_NO_ROW, flags);
  properties[PROP_STICK_TO_END] = g_param_spec_boolean ("stick-to-end", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
}

static guint
new_signal (const char *name, GType argument)
{
  if (argument == G_TYPE_NONE)
    return g_signal_new (name, COT_TYPE_LOG_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                         G_TYPE_NONE, 0);
  return g_signal_new (name, COT_TYPE_LOG_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       1, argument);
}

static void
install_signals (void)
{
  signals[COT_LOG_VIEW_CURSOR_CHANGED] = new_signal ("cursor-changed", G_TYPE_NONE);
  signals[COT_LOG_VIEW_SELECTION_CHANGED] = new_signal ("selection-changed", G_TYPE_NONE);
  signals[COT_LOG_VIEW_ROW_ACTIVATED] = new_signal ("row-activated", G_TYPE_UINT64);
  signals[COT_LOG_VIEW_BADGE_CLICKED] = new_signal ("badge-clicked", G_TYPE_UINT64);
  signals[COT_LOG_VIEW_SCROLLED] = new_signal ("view-scrolled", G_TYPE_NONE);
  signals[COT_LOG_VIEW_COPIED] = new_signal ("copied", G_TYPE_BOOLEAN);
  signals[COT_LOG_VIEW_TEXT_DRAWN] = new_signal ("text-drawn", G_TYPE_NONE);
  signals[COT_LOG_VIEW_COPY_FAILED] = new_signal ("copy-failed", G_TYPE_ERROR);
}

static void
cot_log_view_class_init (CotLogViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cot_log_view_dispose;
  object_class->finalize = cot_log_view_finalize;
  object_class->get_property = cot_log_view_get_property;
  object_class->set_property = cot_log_view_set_property;
  widget_class->measure = cot_log_view_measure;
  widget_class->size_allocate = cot_log_view_size_allocate;
  widget_class->css_changed = cot_log_view_css_changed;

  install_properties (object_class);
  install_signals ();
  gtk_widget_class_set_css_name (widget_class, "logview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TABLE);
  _cot_log_view_cursor_class_init (widget_class);
  _cot_log_view_input_class_init (widget_class);
  _cot_log_view_menu_class_init (widget_class);
  _cot_log_view_copy_class_init (widget_class);
}

static void
cot_log_view_init (CotLogView *self)
{
  self->columns = cot_log_columns_new ();
  self->rows = g_ptr_array_new ();
  self->selection = cot_log_selection_new ();
  self->cursor = self->anchor = COT_LOG_VIEW_NO_ROW;
  self->flash_position = self->pending_position = COT_LOG_VIEW_NO_ROW;
  cot_log_columns_allocate (self->columns, 0, &self->layout);
  g_signal_connect_object (self->columns, "changed", G_CALLBACK (columns_changed_cb), self, 0);
  g_signal_connect_object (cot_highlight_rules_get (), "changed",
                           G_CALLBACK (highlights_changed_cb), self, G_CONNECT_SWAPPED);

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "columns",
                                  cot_log_columns_get_actions (self->columns));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Log entries"), -1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.copy", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.copy-message", FALSE);
  _cot_log_view_input_init (self);
  _cot_log_view_menu_init (self);
}

GtkWidget *
cot_log_view_new (void)
{
  return g_object_new (COT_TYPE_LOG_VIEW, NULL);
}

/* Cursor, selection and place start anew. */
void
cot_log_view_set_model (CotLogView *self, CotRowModel *model)
{
  g_return_if_fail (COT_IS_LOG_VIEW (self));
  g_return_if_fail (model == NULL || COT_IS_ROW_MODEL (model));

  if (self->model == model)
    return;
  disconnect_model (self);
  self->first_row = 0;
  self->offset_px = 0;
  if (model != NULL)
    {
      self->model = g_object_ref (model);
      g_signal_connect (model, "reset", G_CALLBACK (reset_cb), self);
      g_signal_connect (model, "appended", G_CALLBACK (appended_cb), self);
      g_signal_connect (model, "rows-changed", G_CALLBACK (rows_changed_cb), self);
    }
  reset_cb (model, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
}

CotRowModel *
cot_log_view_get_model (CotLogView *self)
{
  g_return_val_if_fail (COT_IS_LOG_VIEW (self), NULL);

  return self->model;
}

/* The columns, to be shared with the header. (transfer none) */
CotLogColumns *
cot_log_view_get_columns (CotLogView *self)
{
  g_return_val_if_fail (COT_IS_LOG_VIEW (self), NULL);

  return self->columns;
}

/* Follow: the view stays at the end when it was there and rows are appended. */
void
cot_log_view_set_stick_to_end (CotLogView *self, gboolean stick_to_end)
{
  g_return_if_fail (COT_IS_LOG_VIEW (self));

  if (self->stick_to_end == !!stick_to_end)
    return;
  self->stick_to_end = !!stick_to_end;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STICK_TO_END]);
}

gboolean
cot_log_view_get_stick_to_end (CotLogView *self)
{
  g_return_val_if_fail (COT_IS_LOG_VIEW (self), FALSE);

  return self->stick_to_end;
}
