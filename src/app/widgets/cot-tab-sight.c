/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-tab-sight.h"

#include <string.h>

/* Tabs slide to their places over many frames: so many without a change, and they stand. */
#define N_CALM_TICKS 3
#define KEY "cot-tab-sight"

typedef struct
{
  AdwTabBar *bar;
  GtkWidget *scroller; /* (unowned): of the bar */
  guint tick;
  int n_calm_ticks;
  double value; /* of the tick before */
} Sight;

/* (nullable): there is another one for pinned tabs, of which there are none. */
static GtkWidget *
find_scroller (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (GTK_IS_SCROLLED_WINDOW (widget))
    return gtk_widget_has_css_class (widget, "pinned") ? NULL : widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_scroller (child);
  return found;
}

/* (nullable): what shows the page. Its type is none that libadwaita tells of. */
static GtkWidget *
find_tab (GtkWidget *widget, AdwTabPage *page)
{
  GtkWidget *found = NULL;

  if (strcmp (G_OBJECT_TYPE_NAME (widget), "AdwTab") == 0)
    {
      g_autoptr (GObject) its_page = NULL;

      if (g_object_class_find_property (G_OBJECT_GET_CLASS (widget), "page") != NULL)
        g_object_get (widget, "page", &its_page, NULL);
      return its_page == G_OBJECT (page) ? widget : NULL;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_tab (child, page);
  return found;
}

static GtkAdjustment *
get_adjustment (Sight *self)
{
  return gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller));
}

static void
show_selected (Sight *self)
{
  AdwTabView *view = adw_tab_bar_get_view (self->bar);
  AdwTabPage *page = view != NULL ? adw_tab_view_get_selected_page (view) : NULL;
  GtkWidget *tab = page != NULL ? find_tab (self->scroller, page) : NULL;
  GtkAdjustment *adjustment = get_adjustment (self);
  double value = gtk_adjustment_get_value (adjustment);
  graphene_rect_t place;
  double start_px, end_px;
  int width_px = gtk_widget_get_width (self->scroller);

  if (tab == NULL || !gtk_widget_compute_bounds (tab, self->scroller, &place))
    return;
  start_px = place.origin.x;
  end_px = place.origin.x + place.size.width;
  if (start_px < 0)
    gtk_adjustment_set_value (adjustment, value + start_px);
  else if (end_px > width_px)
    gtk_adjustment_set_value (adjustment, value + MIN (end_px - width_px, start_px));
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Sight *self = data;
  double value = gtk_adjustment_get_value (get_adjustment (self));

  self->n_calm_ticks = value == self->value ? self->n_calm_ticks + 1 : 0;
  self->value = value;
  if (self->n_calm_ticks < N_CALM_TICKS)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  show_selected (self);
  return G_SOURCE_REMOVE;
}

static void
on_changed (GtkWidget *bar)
{
  Sight *self = g_object_get_data (G_OBJECT (bar), KEY);

  self->n_calm_ticks = 0;
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (bar, on_tick, self, NULL);
}

void
cot_tab_sight_keep (AdwTabBar *bar)
{
  GtkWidget *scroller = find_scroller (GTK_WIDGET (bar));
  Sight *self;

  /* A later libadwaita may be made otherwise, and keep it in sight by itself. */
  if (scroller == NULL)
    return;
  self = g_new0 (Sight, 1);
  self->bar = bar;
  self->scroller = scroller;
  g_object_set_data_full (G_OBJECT (bar), KEY, self, g_free);
  /* Of the room and the length of the bar, not of where it is scrolled to. */
  g_signal_connect_object (get_adjustment (self), "changed", G_CALLBACK (on_changed), bar,
                           G_CONNECT_SWAPPED);
}
