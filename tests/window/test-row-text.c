/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <string.h>

#include "cot-app-resources.h"
#include "cot-log-pane.h"
#include "cot-log-row-badge.h"
#include "cot-log-row-text.h"

/* The layout of the cells of a row: what is cut, and what lights up. */

#define WIDTH 900

/* What the find bar found is seen, even at the end of a line that is too long for its cell. */
static void
test_match_in_sight (void)
{
  g_autoptr (GtkWidget) pane = g_object_ref_sink (cot_log_pane_new ());
  CotLogColumns *columns = cot_log_view_get_columns (cot_log_pane_get_view (COT_LOG_PANE (pane)));
  g_autoptr (PangoLayout) layout = cot_log_text_create_layout (pane);
  g_auto (CotRowText) row = { 0 };
  const CotHighlights none = { 0 };
  CotLogLayout geometry;
  PangoRectangle match;

  cot_log_columns_allocate (columns, WIDTH, &geometry);
  row.message = g_strnfill (4000, 'x');
  memcpy (row.message + 3900, "needle", 6);
  row.n_matches = 1;
  row.matches[0] = (CotRowMatch){ 3900, 3906 };
  row.current_match = -1;
  cot_log_text_lay_out (layout, pane, &row, &none, COT_ROW_COLUMN_MESSAGE, 300,
                       &geometry);
  g_assert_true (g_str_has_prefix (pango_layout_get_text (layout), "xxx"));
  g_assert_cmpuint (strlen (pango_layout_get_text (layout)), <, 1000);

  row.current_match = 0;
  cot_log_text_lay_out (layout, pane, &row, &none, COT_ROW_COLUMN_MESSAGE, 300,
                       &geometry);
  g_assert_true (g_str_has_prefix (pango_layout_get_text (layout), "…xxx"));
  pango_layout_index_to_pos (layout,
                             (int) (strstr (pango_layout_get_text (layout), "needle") -
                                    pango_layout_get_text (layout)),
                             &match);
  g_assert_cmpint (match.x, >, 0);
  g_assert_cmpint (match.x / PANGO_SCALE, <, 200);

  /* A model that is wrong about its matches does no harm. */
  row.matches[0] = (CotRowMatch){ 60000, 65000 };
  cot_log_text_lay_out (layout, pane, &row, &none, COT_ROW_COLUMN_MESSAGE, 300,
                       &geometry);
  row.matches[0] = (CotRowMatch){ 3900, 10 };
  cot_log_text_lay_out (layout, pane, &row, &none, COT_ROW_COLUMN_MESSAGE, 300,
                       &geometry);
  g_assert_true (g_str_has_prefix (pango_layout_get_text (layout), "xxx"));
}

static gboolean
has_background (PangoLayout *layout, int index, guint16 red)
{
  g_autoptr (PangoAttrIterator) at
      = pango_attr_list_get_iterator (pango_layout_get_attributes (layout));
  int start, end;

  do
    {
      PangoAttribute *ground = pango_attr_iterator_get (at, PANGO_ATTR_BACKGROUND);

      pango_attr_iterator_range (at, &start, &end);
      if (index >= start && index < end)
        return ground != NULL && ((PangoAttrColor *) ground)->color.red == red;
    }
  while (pango_attr_iterator_next (at));
  return FALSE;
}

/* A highlight lights up around what the find bar found, which keeps its own look; so does a
 * thread. */
static void
test_highlights (void)
{
  g_autoptr (GtkWidget) pane = g_object_ref_sink (cot_log_pane_new ());
  CotLogColumns *columns = cot_log_view_get_columns (cot_log_pane_get_view (COT_LOG_PANE (pane)));
  g_autoptr (PangoLayout) layout = cot_log_text_create_layout (pane);
  g_auto (CotRowText) row = { 0 };
  const CotHighlights highlights = { .spans = { { 2, 12, 1 } }, .n_spans = 1, .thread_colour = 2 };
  CotLogLayout geometry;
  GdkRGBA match, first, second;
  int thread_end;

  cot_log_lookup_color (pane, "cot_match", &match);
  cot_log_lookup_color (pane, "cot_highlight_1", &first);
  cot_log_lookup_color (pane, "cot_highlight_2", &second);
  cot_log_columns_allocate (columns, WIDTH, &geometry);
  row.message = g_strdup ("0123456789abcdef");
  row.thread = g_strdup ("7120");
  row.n_matches = 1;
  row.matches[0] = (CotRowMatch){ 5, 8 };
  row.current_match = -1;
  cot_log_text_lay_out (layout, pane, &row, &highlights, COT_ROW_COLUMN_MESSAGE, 300,
                       &geometry);
  for (int i = 0; i < 16; i++)
    {
      gboolean is_match = i >= 5 && i < 8;

      g_assert_cmpint (has_background (layout, i, (guint16) (first.red * 65535)), ==,
                       i >= 2 && i < 12 && !is_match);
      g_assert_cmpint (has_background (layout, i, (guint16) (match.red * 65535)), ==, is_match);
    }
  cot_log_text_lay_out (layout, pane, &row, &highlights, COT_ROW_COLUMN_THREAD, 60,
                       &geometry);
  thread_end = (int) strlen (pango_layout_get_text (layout));
  g_assert_true (has_background (layout, 0, (guint16) (second.red * 65535)));
  g_assert_true (has_background (layout, thread_end - 1, (guint16) (second.red * 65535)));
}

/* A thread that its writer wrote twice, and a text that only looks like it. */
static void
test_thread (void)
{
  g_autoptr (GtkWidget) pane = g_object_ref_sink (cot_log_pane_new ());
  CotLogColumns *columns = cot_log_view_get_columns (cot_log_pane_get_view (COT_LOG_PANE (pane)));
  g_autoptr (PangoLayout) layout = cot_log_text_create_layout (pane);
  g_auto (CotRowText) row = { 0 };
  const CotHighlights none = { 0 };
  CotLogLayout geometry;

  cot_log_columns_allocate (columns, WIDTH, &geometry);
  row.thread = g_strdup ("2856 (0xB28)");
  cot_log_text_lay_out (layout, pane, &row, &none, COT_ROW_COLUMN_THREAD, 60, &geometry);
  g_assert_cmpstr (pango_layout_get_text (layout), ==, "\342\200\2162856");
  cot_log_text_lay_out (layout, pane, &row, &none, COT_ROW_COLUMN_THREAD, 200, &geometry);
  g_assert_cmpstr (pango_layout_get_text (layout), ==, "\342\200\2162856 (0xB28)");
  g_free (row.thread);
  row.thread = g_strdup ("2856 (main)");
  cot_log_text_lay_out (layout, pane, &row, &none, COT_ROW_COLUMN_THREAD, 60, &geometry);
  g_assert_cmpstr (pango_layout_get_text (layout), ==, "\342\200\2162856 (main)");
}

static void
load_style (void)
{
  GdkDisplay *display = gdk_display_get_default ();
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  g_resources_register (cot_app_get_resource ());
  gtk_css_provider_load_from_resource (provider, "/io/github/cotrace/Cotrace/style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display),
                                    "/io/github/cotrace/Cotrace/icons");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  adw_init ();
  load_style ();
  g_test_add_func ("/row-text/match-in-sight", test_match_in_sight);
  g_test_add_func ("/row-text/highlights", test_highlights);
  g_test_add_func ("/row-text/thread", test_thread);
  return g_test_run ();
}
