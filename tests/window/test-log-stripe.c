/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "cot-app-resources.h"
#include "cot-log-stripe.h"

#define SIZE_PX 24

static cairo_surface_t *
draw (GtkWidget *widget, guint stripe, int width_px)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SIZE_PX, SIZE_PX);
  cairo_t *cairo = cairo_create (surface);
  GskRenderNode *node;

  cot_log_stripe_snapshot (widget, snapshot, stripe,
                           &GRAPHENE_RECT_INIT (0, 0, width_px, width_px < 8 ? SIZE_PX : width_px));
  node = gtk_snapshot_free_to_node (snapshot);
  if (node != NULL)
    gsk_render_node_draw (node, cairo);
  g_clear_pointer (&node, gsk_render_node_unref);
  cairo_destroy (cairo);
  cairo_surface_flush (surface);
  return surface;
}

static const guint32 *
get_line (cairo_surface_t *surface, int y)
{
  int offset = y * cairo_image_surface_get_stride (surface);

  return (const guint32 *) (gpointer) (cairo_image_surface_get_data (surface) + offset);
}

/* Pixels of another colour; or without @colours, that one has and the other has not. */
static guint
count_differences (cairo_surface_t *first, cairo_surface_t *second, gboolean colours)
{
  guint n = 0;

  for (int y = 0; y < SIZE_PX; y++)
    {
      const guint32 *a = get_line (first, y);
      const guint32 *b = get_line (second, y);

      for (int x = 0; x < SIZE_PX; x++)
        n += colours ? a[x] != b[x] : (a[x] != 0) != (b[x] != 0);
    }
  return n;
}

/* No two of them look alike, neither beside the row nor beside the name; those of one colour differ
 * in their form. */
static void
test_unlike (gconstpointer data)
{
  GtkWidget *window = g_object_ref_sink (gtk_window_new ());
  int width_px = GPOINTER_TO_INT (data);
  cairo_surface_t *drawn[COT_N_LOG_STRIPES + 1];

  for (guint i = 0; i <= COT_N_LOG_STRIPES; i++)
    drawn[i] = draw (window, i, width_px);
  for (guint i = 0; i <= COT_N_LOG_STRIPES; i++)
    for (guint j = 0; j < i; j++)
      {
        g_assert_cmpuint (count_differences (drawn[i], drawn[j], TRUE), >, 0);
        if (j > 0 && (i - j) % 6 == 0)
          g_assert_cmpuint (count_differences (drawn[i], drawn[j], FALSE), >=, 8);
      }
  for (guint i = 0; i <= COT_N_LOG_STRIPES; i++)
    cairo_surface_destroy (drawn[i]);
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (window);
}

static void
test_number (void)
{
  g_assert_cmpuint (cot_log_stripe_of_number (0), ==, 1);
  g_assert_cmpuint (cot_log_stripe_of_number (COT_N_LOG_STRIPES - 1), ==, COT_N_LOG_STRIPES);
  g_assert_cmpuint (cot_log_stripe_of_number (COT_N_LOG_STRIPES), ==, 1);
  g_assert_cmpuint (cot_log_stripe_of_number (G_MAXUINT), ==, 0);
}

int
main (int argc, char **argv)
{
  GtkCssProvider *provider;

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  cot_app_get_resource ();
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/io/github/cotrace/Cotrace/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_test_add_data_func ("/log-stripe/unlike-beside-rows", GINT_TO_POINTER (5), test_unlike);
  g_test_add_data_func ("/log-stripe/unlike-beside-names", GINT_TO_POINTER (8), test_unlike);
  g_test_add_data_func ("/log-stripe/unlike-in-lists", GINT_TO_POINTER (10), test_unlike);
  g_test_add_func ("/log-stripe/number", test_number);
  return g_test_run ();
}
