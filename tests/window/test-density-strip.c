/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <glib/gstdio.h>

#include "cot-app-resources.h"
#include "cot-density-strip-private.h"

#define DEADLINE_SECONDS 60

#include "wait-until.h"

/* What is told of a stretch of time stands in the line of the labels, and touches none of them. */

#define WIDTH_PX 900
#define MIN_GAP_PX 10
#define N_MINUTES 60

typedef struct
{
  double from_x;
  double until_x;
} Piece;

/* What a block covers is gone. */
static void
cover (GArray *pieces, Piece block)
{
  for (guint i = pieces->len; i > 0; i--)
    {
      const Piece *piece = &g_array_index (pieces, Piece, i - 1);

      if (piece->from_x >= block.from_x && piece->until_x <= block.until_x)
        g_array_remove_index (pieces, i - 1);
    }
}

/* What is painted in that line, in this order.
 * @n_before: those that are left of what was painted before the last block */
static void
collect (GskRenderNode *node, graphene_point_t at, float top_px, GArray *pieces, guint *n_before)
{
  GskRenderNodeType type = gsk_render_node_get_node_type (node);
  graphene_rect_t bounds;
  Piece piece;

  gsk_render_node_get_bounds (node, &bounds);
  piece = (Piece){ at.x + bounds.origin.x, at.x + bounds.origin.x + bounds.size.width };
  if (type == GSK_CONTAINER_NODE)
    {
      for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
        collect (gsk_container_node_get_child (node, i), at, top_px, pieces, n_before);
    }
  else if (type == GSK_TRANSFORM_NODE)
    {
      float x, y;

      gsk_transform_to_translate (gsk_transform_node_get_transform (node), &x, &y);
      collect (gsk_transform_node_get_child (node), GRAPHENE_POINT_INIT (at.x + x, at.y + y),
               top_px, pieces, n_before);
    }
  else if (type == GSK_TEXT_NODE)
    {
      g_array_append_val (pieces, piece);
    }
  else if (type == GSK_COLOR_NODE && at.y + bounds.origin.y >= top_px)
    {
      cover (pieces, piece);
      *n_before = pieces->len;
    }
}

/* Behind the last block is nothing but what is told. */
static void
assert_apart (CotDensityStrip *strip)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  Piece told = { G_MAXDOUBLE, 0 };
  guint n_before = 0;

  GTK_WIDGET_GET_CLASS (strip)->snapshot (GTK_WIDGET (strip), snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  collect (node, GRAPHENE_POINT_INIT (0, 0), (float) gtk_widget_get_height (GTK_WIDGET (strip)) / 2,
           pieces, &n_before);
  g_assert_cmpuint (n_before, >, 1);
  g_assert_cmpuint (pieces->len, >, n_before);
  for (guint i = n_before; i < pieces->len; i++)
    {
      const Piece *piece = &g_array_index (pieces, Piece, i);

      told.from_x = MIN (told.from_x, piece->from_x);
      told.until_x = MAX (told.until_x, piece->until_x);
    }
  for (guint i = 0; i < n_before; i++)
    {
      const Piece *label = &g_array_index (pieces, Piece, i);

      if (label->until_x > told.from_x - MIN_GAP_PX && label->from_x < told.until_x + MIN_GAP_PX)
        g_error ("a label from %g to %g, and what is told from %g to %g", label->from_x,
                 label->until_x, told.from_x, told.until_x);
    }
}

static char *
write_log (const char *folder)
{
  char *path = g_build_filename (folder, "Contoso.log", NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < N_MINUTES; i++)
    g_string_append_printf (text,
                            "<![LOG[Step %d]LOG]!><time=\"09:%02d:00.000+300\" "
                            "date=\"11-18-2026\" component=\"Contoso\" context=\"\" type=\"1\" "
                            "thread=\"1\" file=\"a.cpp:1\">\r\n",
                            i, i);
  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
  return path;
}

static void
try_bins (CotLog *log)
{
  g_autoptr (CotDensity) density = cot_density_new (log, COT_CLOCK_WRITTEN);
  GtkWidget *window = adw_window_new ();
  GtkWidget *widget = cot_density_strip_new ();
  CotDensityStrip *strip = COT_DENSITY_STRIP (widget);

  wait_until (!cot_density_get_running (density));
  gtk_widget_set_valign (widget, GTK_ALIGN_START);
  adw_window_set_content (ADW_WINDOW (window), widget);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH_PX, 200);
  cot_density_strip_set_density (strip, density);
  gtk_window_present (GTK_WINDOW (window));
  wait_until (gtk_widget_get_width (widget) > WIDTH_PX / 2);
  cot_density_strip_ensure (strip);
  g_assert_cmpuint (strip->scale.n_bins, >, 10);
  for (guint i = 0; i < strip->scale.n_bins; i++)
    {
      strip->draft = cot_density_strip_get_bin_range (strip, i);
      assert_apart (strip);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_told_apart_from_labels (void)
{
  g_autofree char *folder = g_dir_make_tmp ("cotrace-strip-XXXXXX", NULL);
  g_autofree char *path = write_log (folder);
  g_autoptr (CotSession) session = cot_session_new ();
  g_autoptr (CotCase) a_case = cot_session_new_case (session);
  g_autoptr (CotCase) opened = NULL;
  g_autoptr (GError) error = NULL;

  opened = cot_session_open_sync (session, a_case, path, &error);
  g_assert_no_error (error);
  cot_session_wait (session, a_case);
  try_bins (cot_case_get_log (a_case, 0));
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (cot_app_get_resource ());
  adw_init ();

  g_test_add_func ("/density-strip/told-apart-from-labels", test_told_apart_from_labels);

  return g_test_run ();
}
