/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where times stand in a strip, and how high its bars are. */

#include "cot-density-scale.h"

#define N_ROUNDS 2000
#define HEIGHT_PX 28

static gboolean
init_scale (CotDensityScale *scale, gint64 first_usec, gint64 last_usec, double width_px)
{
  g_autoptr (CotTimeBins) bins = cot_time_bins_new ();
  gint64 from_usec, until_usec;

  cot_time_bins_add (bins, first_usec, COT_SEVERITY_INFO);
  cot_time_bins_add (bins, last_usec, COT_SEVERITY_INFO);
  *scale = (CotDensityScale){ .width_px = width_px };
  return cot_time_bins_get_main_range (bins, &from_usec, &until_usec)
         && cot_density_scale_init (scale, bins, from_usec, until_usec, width_px);
}

/* Each bin has room, its edges are found again, and none is twice there. */
static void
check_bins (const CotDensityScale *scale)
{
  double end_px = 0;

  for (guint i = 0; i < scale->n_bins; i++)
    {
      gint64 start_usec = cot_density_scale_get_bin_start (scale, i);
      double x = cot_density_scale_get_bin_x (scale, i);
      double next = cot_density_scale_get_bin_x (scale, i + 1);

      g_assert_cmpfloat (x, ==, end_px);
      g_assert_cmpfloat (next - x, >=, COT_DENSITY_MIN_BIN_PX - 1);
      g_assert_cmpuint (cot_density_scale_find_bin_at (scale, x), ==, i);
      g_assert_cmpuint (cot_density_scale_find_bin_at (scale, next - 1), ==, i);
      g_assert_cmpuint (cot_density_scale_find_bin (scale, start_usec), ==, i);
      g_assert_cmpuint (cot_density_scale_find_bin (scale, start_usec + scale->width_usec - 1),
                        ==, i);
      end_px = next;
    }
  g_assert_cmpfloat (end_px, <=, scale->width_px);
  g_assert_cmpuint (cot_density_scale_find_bin_at (scale, -5), ==, 0);
  g_assert_cmpuint (cot_density_scale_find_bin_at (scale, scale->width_px + 5), ==,
                    scale->n_bins - 1);
  g_assert_cmpuint (cot_density_scale_find_bin (scale, scale->start_usec - 1), ==, 0);
}

static void
test_bins (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      gint64 first_usec = g_test_rand_int_range (-2000000000, 2000000000) * (gint64) 1000000;
      gint64 length = g_test_rand_int_range (1, 2000000000);
      gint64 unit_usec = round % 3 == 0 ? 1000 : round % 3 == 1 ? 1 : 1000000;
      double width_px = g_test_rand_int_range (2 * COT_DENSITY_MIN_BIN_PX, 4000);
      gint64 last_usec = first_usec + length * unit_usec;
      CotDensityScale scale;

      g_assert_true (init_scale (&scale, first_usec, last_usec, width_px));
      g_assert_cmpint (scale.start_usec, <=, first_usec);
      g_assert_cmpint (cot_density_scale_get_bin_start (&scale, scale.n_bins), >, last_usec);
      if (width_px > 100)
        check_bins (&scale);
      g_assert_cmpint (cot_density_scale_choose_step (&scale, 80) % 1000, ==, 0);
    }
}

static void
test_nothing (void)
{
  CotDensityScale scale;

  g_assert_false (init_scale (&scale, 5, 5, 400));
  g_assert_cmpuint (scale.n_bins, ==, 0);
  g_assert_false (init_scale (&scale, 5, 5000, 0));
  g_assert_cmpuint (scale.n_bins, ==, 0);
}

/* Labels have the room that was asked for, and the next shorter step would not have it. */
static void
test_steps (void)
{
  CotDensityScale scale;
  gint64 second = G_USEC_PER_SEC;

  g_assert_true (init_scale (&scale, 0, 3600 * second - 1, 600));
  g_assert_cmpint (cot_density_scale_choose_step (&scale, 80), ==, 600 * second);
  g_assert_cmpint (cot_density_scale_choose_step (&scale, 160), ==, 1800 * second);
}

static double
get_height (CotDensityBar bar)
{
  return bar.errors_px + bar.warnings_px + bar.rest_px;
}

/* One error among very many entries is seen, and so is one entry beside very many. */
static void
test_bars (void)
{
  CotTimeBin full = { 1000000, 1, 1 };
  CotTimeBin one = { 1, 0, 0 };
  CotTimeBin error = { 1, 0, 1 };
  CotTimeBin none = { 0 };
  CotDensityBar bar = cot_density_bar_measure (&full, 1000000, HEIGHT_PX);

  g_assert_cmpfloat (bar.errors_px, >=, 3);
  g_assert_cmpfloat (bar.warnings_px, >=, 3);
  g_assert_cmpfloat (get_height (bar), ==, HEIGHT_PX);
  bar = cot_density_bar_measure (&one, 1000000, HEIGHT_PX);
  g_assert_cmpfloat (bar.rest_px, >=, 1);
  g_assert_cmpfloat (bar.errors_px + bar.warnings_px, ==, 0);
  bar = cot_density_bar_measure (&error, 1000000, HEIGHT_PX);
  g_assert_cmpfloat (bar.errors_px, >=, 3);
  g_assert_cmpfloat (bar.rest_px, ==, 0);
  bar = cot_density_bar_measure (&none, 1000000, HEIGHT_PX);
  g_assert_cmpfloat (get_height (bar), ==, 0);
}

static void
test_bars_fit (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      CotTimeBin bin = { .n_errors = (guint64) g_test_rand_int_range (0, 1000),
                         .n_warnings = (guint64) g_test_rand_int_range (0, 1000) };
      guint64 max;
      CotDensityBar bar;

      bin.n_entries = bin.n_errors + bin.n_warnings + (guint64) g_test_rand_int_range (0, 1000);
      max = bin.n_entries + (guint64) g_test_rand_int_range (0, 100000);
      bar = cot_density_bar_measure (&bin, max, HEIGHT_PX);
      g_assert_cmpfloat (get_height (bar), <=, HEIGHT_PX);
      g_assert_true (bar.errors_px >= 0 && bar.warnings_px >= 0 && bar.rest_px >= 0);
      g_assert_true ((bar.errors_px > 0) == (bin.n_errors > 0));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/density-scale/bins", test_bins);
  g_test_add_func ("/density-scale/nothing", test_nothing);
  g_test_add_func ("/density-scale/steps", test_steps);
  g_test_add_func ("/density-scale/bars", test_bars);
  g_test_add_func ("/density-scale/bars-fit", test_bars_fit);
  return g_test_run ();
}
