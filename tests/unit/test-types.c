/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-types.h"

static void
test_round_trip (void)
{
  for (guint i = 0; i < COT_N_SEVERITIES; i++)
    {
      CotSeverity severity = COT_SEVERITY_UNKNOWN;

      g_assert_true (cot_severity_from_string (cot_severity_to_string ((CotSeverity) i),
                                               &severity));
      g_assert_cmpuint (severity, ==, i);
    }
}

static void
test_unknown_names (void)
{
  static const char *const names[] = { NULL, "", "Error", "errors", "error ", "fatal" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      CotSeverity severity = COT_SEVERITY_SUCCESS;

      g_assert_false (cot_severity_from_string (names[i], &severity));
      g_assert_cmpuint (severity, ==, COT_SEVERITY_SUCCESS);
    }
}

static void
test_unknown_numbers (void)
{
  g_assert_cmpstr (cot_severity_to_string ((CotSeverity) COT_N_SEVERITIES), ==, "unknown");
  g_assert_cmpstr (cot_severity_to_string ((CotSeverity) -1), ==, "unknown");
}

static void
test_order_is_importance (void)
{
  g_assert_cmpint (COT_SEVERITY_ERROR, >, COT_SEVERITY_WARNING);
  g_assert_cmpint (COT_SEVERITY_WARNING, >, COT_SEVERITY_INFO);
  g_assert_cmpint (COT_SEVERITY_INFO, >, COT_SEVERITY_VERBOSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/types/round-trip", test_round_trip);
  g_test_add_func ("/types/unknown-names", test_unknown_names);
  g_test_add_func ("/types/unknown-numbers", test_unknown_numbers);
  g_test_add_func ("/types/order", test_order_is_importance);
  return g_test_run ();
}
