/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-unfold.h"

/* What unfolds is animated: so many frames of the same height say that all of it is there. */
#define N_CALM_FRAMES 3
#define MAX_FRAMES 90

typedef struct
{
  int height_px;
  guint n_calm;
  guint n_frames;
} Unfolding;

/* As little as brings all of the row into sight; where it is higher than the page, its head. */
static void
scroll_to (GtkWidget *row)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (row, GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *viewport = gtk_widget_get_ancestor (row, GTK_TYPE_VIEWPORT);
  GtkAdjustment *adjustment;
  graphene_rect_t bounds;

  if (scrolled == NULL || viewport == NULL
      || !gtk_widget_compute_bounds (row, gtk_widget_get_first_child (viewport), &bounds))
    return;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  gtk_adjustment_clamp_page (adjustment, bounds.origin.y, bounds.origin.y + bounds.size.height);
}

static gboolean
on_tick (GtkWidget *row, GdkFrameClock *clock, gpointer data)
{
  Unfolding *unfolding = data;
  int height_px = gtk_widget_get_height (row);

  if (!adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)))
    return G_SOURCE_REMOVE;
  /* 0: it is not laid out yet. */
  unfolding->n_calm
      = height_px > 0 && height_px == unfolding->height_px ? unfolding->n_calm + 1 : 0;
  unfolding->height_px = height_px;
  if (unfolding->n_calm < N_CALM_FRAMES && ++unfolding->n_frames < MAX_FRAMES)
    return G_SOURCE_CONTINUE;
  scroll_to (row);
  return G_SOURCE_REMOVE;
}

static void
on_expanded (GtkWidget *row)
{
  /* One that comes unfolded is no answer to the user. */
  if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)) && gtk_widget_get_mapped (row))
    gtk_widget_add_tick_callback (row, on_tick, g_new0 (Unfolding, 1), g_free);
}

/**
 * cot_unfold_in_sight:
 * @row: a row in a scrolled page
 *
 * What the user unfolds at the lower edge of the page is brought into sight.
 */
void
cot_unfold_in_sight (AdwExpanderRow *row)
{
  g_return_if_fail (ADW_IS_EXPANDER_ROW (row));

  g_signal_connect (row, "notify::expanded", G_CALLBACK (on_expanded), NULL);
}

/**
 * cot_unfold_at_once:
 * @row: a row in a scrolled page, which may not be shown yet
 *
 * Unfolds what is wanted, and brings it into sight.
 */
void
cot_unfold_at_once (AdwExpanderRow *row)
{
  g_return_if_fail (ADW_IS_EXPANDER_ROW (row));

  adw_expander_row_set_expanded (row, TRUE);
  gtk_widget_add_tick_callback (GTK_WIDGET (row), on_tick, g_new0 (Unfolding, 1), g_free);
}
