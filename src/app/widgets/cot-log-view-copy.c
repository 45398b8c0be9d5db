/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-view-private.h"

#include "cot-text-content.h"

/* More than this no program takes from a clipboard with joy. */
#define MAX_COPY_BYTES (64 * 1024 * 1024)

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CotLogView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean truncated = FALSE;

  text = cot_row_model_dup_text_finish (COT_ROW_MODEL (source), result, &truncated, &error);
  if (text == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        _cot_log_view_emit (self, COT_LOG_VIEW_COPY_FAILED, error);
      return;
    }
  cot_text_content_copy (GTK_WIDGET (self), g_steal_pointer (&text));
  _cot_log_view_emit (self, COT_LOG_VIEW_COPIED, truncated);
}

/* The text may have to be read first: the clipboard gets it when it is there, and a second copy
 * takes the place of one that is not done yet. */
static void
copy_columns (CotLogView *self, const CotRowColumn *columns, guint n_columns)
{
  g_autoptr (CotBitset) positions = NULL;

  if (self->model == NULL || cot_log_selection_get_size (self->selection) == 0)
    return;
  if (self->copying != NULL)
    g_cancellable_cancel (self->copying);
  g_clear_object (&self->copying);
  self->copying = g_cancellable_new ();
  positions = cot_log_view_dup_selection (self);
  cot_row_model_dup_text_async (self->model, positions, columns, n_columns, MAX_COPY_BYTES,
                                self->copying, copied_cb, g_object_ref (self));
}

/* All selected rows with the columns that are shown, joined by tabs, in view order. */
void
cot_log_view_copy (CotLogView *self)
{
  CotRowColumn columns[COT_N_ROW_COLUMNS];
  guint n_columns;

  g_return_if_fail (COT_IS_LOG_VIEW (self));

  n_columns = cot_log_columns_get_shown (self->columns, columns);
  copy_columns (self, columns, n_columns);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  cot_log_view_copy (COT_LOG_VIEW (widget));
}

static void
copy_message_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const CotRowColumn columns[] = { COT_ROW_COLUMN_MESSAGE };

  copy_columns (COT_LOG_VIEW (widget), columns, G_N_ELEMENTS (columns));
}

static void
select_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  cot_log_view_select_all (COT_LOG_VIEW (widget));
}

void
_cot_log_view_copy_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "log.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "log.copy-message", NULL, copy_message_action);
  gtk_widget_class_install_action (widget_class, "log.select-all", NULL, select_all_action);

  /* A menu shows the last one. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Insert, GDK_CONTROL_MASK, "log.copy",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "log.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c,
                                       GDK_CONTROL_MASK | GDK_SHIFT_MASK, "log.copy-message", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, "log.select-all",
                                       NULL);
}
