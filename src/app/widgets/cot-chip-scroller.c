/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-chip-scroller.h"

#include <glib/gi18n.h>

struct _CotChipScroller
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkAdjustment *adjustment;
  GtkWidget *back_button; /* there are chips before those that can be seen */
  GtkWidget *on_button; /* and behind them */
  guint source;
};

G_DEFINE_FINAL_TYPE (CotChipScroller, cot_chip_scroller, GTK_TYPE_WIDGET)

static gboolean
show_scroll_buttons (gpointer data)
{
  CotChipScroller *self = data;
  double value = gtk_adjustment_get_value (self->adjustment);

  self->source = 0;
  gtk_widget_set_visible (self->back_button, value > gtk_adjustment_get_lower (self->adjustment));
  gtk_widget_set_visible (self->on_button, value + gtk_adjustment_get_page_size (self->adjustment)
                                               < gtk_adjustment_get_upper (self->adjustment));
  return G_SOURCE_REMOVE;
}

/* It changes while sizes are allotted, when nothing may come or go. */
static void
on_scrolled (CotChipScroller *self)
{
  if (self->source == 0)
    self->source = g_idle_add (show_scroll_buttons, self);
}

static void
scroll_by (CotChipScroller *self, double pages)
{
  gtk_adjustment_set_value (self->adjustment,
                            gtk_adjustment_get_value (self->adjustment)
                                + pages * gtk_adjustment_get_page_size (self->adjustment));
}

static void
on_back (CotChipScroller *self)
{
  scroll_by (self, -.8);
}

static void
on_on (CotChipScroller *self)
{
  scroll_by (self, .8);
}

static GtkWidget *
make_scroll_button (CotChipScroller *self, const char *icon_name, const char *what,
                    GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_tooltip_text (button, what);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, what,
                                  -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  /* By the keyboard, the chips themselves are stepped through. */
  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_set_visible (button, FALSE);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  return button;
}

static void
cot_chip_scroller_dispose (GObject *object)
{
  CotChipScroller *self = COT_CHIP_SCROLLER (object);

  if (self->adjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustment, self);
  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->adjustment);
  g_clear_pointer (&self->back_button, gtk_widget_unparent);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->on_button, gtk_widget_unparent);

  G_OBJECT_CLASS (cot_chip_scroller_parent_class)->dispose (object);
}

static void
cot_chip_scroller_class_init (CotChipScrollerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_chip_scroller_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
cot_chip_scroller_init (CotChipScroller *self)
{
  GtkScrolledWindow *scroller;

  self->scroller = gtk_scrolled_window_new ();
  scroller = GTK_SCROLLED_WINDOW (self->scroller);
  gtk_scrolled_window_set_policy (scroller, GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_propagate_natural_width (scroller, TRUE);
  self->adjustment = g_object_ref (gtk_scrolled_window_get_hadjustment (scroller));
  g_signal_connect_swapped (self->adjustment, "changed", G_CALLBACK (on_scrolled), self);
  g_signal_connect_swapped (self->adjustment, "value-changed", G_CALLBACK (on_scrolled), self);
  self->back_button = make_scroll_button (self, "go-previous-symbolic",
                                          _ ("Show the conditions before"), G_CALLBACK (on_back));
  self->on_button = make_scroll_button (self, "go-next-symbolic",
                                        _ ("Show the conditions behind"), G_CALLBACK (on_on));
  gtk_widget_set_parent (self->back_button, GTK_WIDGET (self));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_widget_set_parent (self->on_button, GTK_WIDGET (self));
}

/**
 * cot_chip_scroller_new:
 * @chips: the row
 *
 * Returns: (transfer floating): the row, as wide as there is room
 */
GtkWidget *
cot_chip_scroller_new (GtkWidget *chips)
{
  CotChipScroller *self = g_object_new (COT_TYPE_CHIP_SCROLLER, NULL);

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), chips);
  return GTK_WIDGET (self);
}
