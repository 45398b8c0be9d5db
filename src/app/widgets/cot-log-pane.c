/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-pane.h"

#include "cot-log-header.h"
#include "cot-overview-ruler.h"
#include "cot-settings.h"

struct _CotLogPane
{
  GtkWidget parent_instance;

  CotLogView *view;
};

G_DEFINE_FINAL_TYPE (CotLogPane, cot_log_pane, GTK_TYPE_WIDGET)

static gboolean
cot_log_pane_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (COT_LOG_PANE (widget)->view));
}

/* The default would end with grab_focus(), which never fails here: Tab and Shift+Tab would come
 * back to the view for ever. */
static gboolean
cot_log_pane_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean backward = direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP
                      || direction == GTK_DIR_LEFT;
  GtkWidget *child = gtk_widget_get_focus_child (widget);

  if (child == NULL)
    child = backward ? gtk_widget_get_last_child (widget) : gtk_widget_get_first_child (widget);
  while (child != NULL && !gtk_widget_child_focus (child, direction))
    child = backward ? gtk_widget_get_prev_sibling (child) : gtk_widget_get_next_sibling (child);
  return child != NULL;
}

static void
cot_log_pane_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (cot_log_pane_parent_class)->dispose (object);
}

static void
cot_log_pane_class_init (CotLogPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cot_log_pane_dispose;
  widget_class->grab_focus = cot_log_pane_grab_focus;
  widget_class->focus = cot_log_pane_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "logpane");
}

/* The columns are the same in all tabs, and in the next run. */
static void
save_columns_cb (CotLogColumns *columns, GSettings *settings)
{
  g_autoptr (GVariant) saved = g_settings_get_value (settings, "columns");
  g_autoptr (GVariant) current = g_variant_ref_sink (cot_log_columns_dup_variant (columns));

  if (!g_variant_equal (saved, current))
    g_settings_set_value (settings, "columns", current);
}

static void
set_css_class (GtkWidget *widget, const char *name, gboolean wanted)
{
  if (wanted)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
apply_settings (CotLogPane *self, GSettings *settings)
{
  g_autoptr (GVariant) columns = g_settings_get_value (settings, "columns");
  g_autofree char *colours = g_settings_get_string (settings, "row-colours");

  cot_log_columns_set_variant (cot_log_view_get_columns (self->view), columns);
  set_css_class (GTK_WIDGET (self->view), "classic", g_str_equal (colours, "classic"));
  set_css_class (GTK_WIDGET (self->view), "monospace",
                 g_settings_get_boolean (settings, "rows-monospace"));
}

static void
settings_changed_cb (GSettings *settings, const char *key, CotLogPane *self)
{
  apply_settings (self, settings);
}

static void
bind_settings (CotLogPane *self)
{
  GSettings *settings = cot_settings_get ();

  if (settings == NULL)
    return;
  apply_settings (self, settings);
  g_signal_connect_object (cot_log_view_get_columns (self->view), "changed",
                           G_CALLBACK (save_columns_cb), settings, 0);
  g_signal_connect_object (settings, "changed", G_CALLBACK (settings_changed_cb), self, 0);
}

static void
cot_log_pane_init (CotLogPane *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkAdjustment *hadjustment;
  GtkWidget *header;

  self->view = COT_LOG_VIEW (cot_log_view_new ());
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  /* The ruler is the vertical scrollbar. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_EXTERNAL);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_set_hexpand (scrolled, TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);

  hadjustment = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scrolled));
  header = cot_log_header_new (cot_log_view_get_columns (self->view),
                               hadjustment);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  gtk_widget_set_parent (cot_overview_ruler_new (self->view), GTK_WIDGET (self));
  bind_settings (self);
}

GtkWidget *
cot_log_pane_new (void)
{
  return g_object_new (COT_TYPE_LOG_PANE, NULL);
}

/* (transfer none) */
CotLogView *
cot_log_pane_get_view (CotLogPane *self)
{
  g_return_val_if_fail (COT_IS_LOG_PANE (self), NULL);

  return self->view;
}
