/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "cot-log-pane.h"
#include "cot-log-row-badge.h"
#include "cot-overview-ruler.h"
#include "synthetic-model.h"

#define WIDTH 900
#define HEIGHT 600

/* What a line is known for decides, whatever its writer took it for. */
static void
test_shapes (void)
{
  static const struct
  {
    guint8 flags;
    CotRulerShape shape;
    const char *color;
  } cases[] = {
    { COT_RULER_FINDING | COT_RULER_KNOWN_ERROR, COT_RULER_DIAMOND, "cot_error_mark" },
    { COT_RULER_FINDING | COT_RULER_KNOWN_ERROR | COT_RULER_KNOWN_WARNING, COT_RULER_DIAMOND,
      "cot_error_mark" },
    { COT_RULER_FINDING | COT_RULER_KNOWN_WARNING | COT_RULER_ERROR, COT_RULER_TRIANGLE,
      "cot_warning_mark" },
    { COT_RULER_FINDING | COT_RULER_ERROR, COT_RULER_DOT, "cot_info" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *color = NULL;

      g_assert_cmpint (cot_overview_ruler_get_shape (cases[i].flags, &color), ==, cases[i].shape);
      g_assert_cmpstr (color, ==, cases[i].color);
    }
}

/* The word in the row says the same as the sign on the ruler. */
static void
test_words (void)
{
  CotRowText text = { .badge = COT_ROW_BADGE_FAILURE, .badge_severity = COT_SEVERITY_ERROR };

  g_assert_cmpstr (cot_log_badge_get_label (&text), ==, "Known failure");
  text.badge_severity = COT_SEVERITY_WARNING;
  g_assert_cmpstr (cot_log_badge_get_label (&text), ==, "Known problem");
  text.badge_severity = COT_SEVERITY_INFO;
  g_assert_cmpstr (cot_log_badge_get_label (&text), ==, "Known line");
}

static CotOverviewRuler *
find_ruler (GtkWidget *pane)
{
  GtkWidget *child = gtk_widget_get_first_child (pane);

  while (child != NULL && !COT_IS_OVERVIEW_RULER (child))
    child = gtk_widget_get_next_sibling (child);
  return COT_OVERVIEW_RULER (child);
}

/* The tooltip explains the signs that are there, and no others. */
static void
test_legend (void)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *pane = cot_log_pane_new ();
  SyntheticModel *model = synthetic_model_new (100000);
  CotOverviewRuler *ruler = find_ruler (pane);
  g_autofree char *legend = NULL;
  g_autofree char *nothing = NULL;

  cot_log_view_set_model (cot_log_pane_get_view (COT_LOG_PANE (pane)), COT_ROW_MODEL (model));
  adw_window_set_content (ADW_WINDOW (window), pane);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (window));
  while (gtk_widget_get_height (GTK_WIDGET (ruler)) < HEIGHT / 2)
    g_main_context_iteration (NULL, TRUE);
  legend = cot_overview_ruler_dup_legend (ruler);
  g_assert_nonnull (strstr (legend, "◆  Known error\n"));
  g_assert_nonnull (strstr (legend, "▲  Known warning\n"));
  g_assert_nonnull (strstr (legend, "●  Other known line\n"));
  g_assert_nonnull (strstr (legend, "Error, at the left"));
  cot_log_view_set_model (cot_log_pane_get_view (COT_LOG_PANE (pane)), NULL);
  nothing = cot_overview_ruler_dup_legend (ruler);
  g_assert_null (nothing);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (model);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/overview-ruler/shapes", test_shapes);
  g_test_add_func ("/overview-ruler/words", test_words);
  g_test_add_func ("/overview-ruler/legend", test_legend);
  return g_test_run ();
}
