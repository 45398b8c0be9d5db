/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-finding-sign.h"

typedef struct
{
  CotSeverity severity;
  gboolean expected;
  gboolean waiting;
  CotFindingState state;
  CotFindingSign sign;
} Case;

/* What a finding means, from the best to the worst. */
static const Case cases[] = {
  { COT_SEVERITY_SUCCESS, FALSE, FALSE, COT_FINDING_OPEN, COT_FINDING_SIGN_GOOD },
  { COT_SEVERITY_SUCCESS, TRUE, FALSE, COT_FINDING_OPEN, COT_FINDING_SIGN_GOOD },
  { COT_SEVERITY_INFO, TRUE, FALSE, COT_FINDING_OPEN, COT_FINDING_SIGN_NORMAL },
  { COT_SEVERITY_ERROR, TRUE, FALSE, COT_FINDING_OPEN, COT_FINDING_SIGN_NORMAL },
  { COT_SEVERITY_INFO, TRUE, TRUE, COT_FINDING_HISTORY, COT_FINDING_SIGN_NORMAL },
  { COT_SEVERITY_WARNING, FALSE, FALSE, COT_FINDING_HISTORY, COT_FINDING_SIGN_OVER },
  { COT_SEVERITY_ERROR, FALSE, FALSE, COT_FINDING_HISTORY, COT_FINDING_SIGN_OVER },
  { COT_SEVERITY_INFO, FALSE, FALSE, COT_FINDING_OPEN, COT_FINDING_SIGN_NOTED },
  { COT_SEVERITY_INFO, TRUE, TRUE, COT_FINDING_OPEN, COT_FINDING_SIGN_WAITING },
  { COT_SEVERITY_WARNING, FALSE, FALSE, COT_FINDING_OPEN, COT_FINDING_SIGN_PROBLEM },
  { COT_SEVERITY_ERROR, FALSE, FALSE, COT_FINDING_OPEN, COT_FINDING_SIGN_FAILURE },
};

static void
test_signs (void)
{
  CotFindingSign last = COT_FINDING_SIGN_NONE;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CotFinding finding = { .severity = cases[i].severity,
                             .expected = cases[i].expected,
                             .waiting = cases[i].waiting,
                             .state = cases[i].state };

      g_assert_cmpint (cot_finding_sign_of (&finding), ==, cases[i].sign);
      g_assert_cmpint (cases[i].sign, >=, last);
      last = cases[i].sign;
    }
}

/* A tick and its colour belong to what is well, and each sign says so in words of its own. */
static void
test_ticks (void)
{
  g_autoptr (GHashTable) texts = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint sign = COT_FINDING_SIGN_GOOD; sign <= COT_FINDING_SIGN_FAILURE; sign++)
    {
      gboolean is_well = sign == COT_FINDING_SIGN_GOOD || sign == COT_FINDING_SIGN_NORMAL;
      const char *icon = cot_finding_sign_get_icon (sign);
      const char *css_class = cot_finding_sign_get_css_class (sign);

      g_assert_cmpint (g_str_equal (icon, "object-select-symbolic"), ==, is_well);
      g_assert_cmpint (g_str_equal (css_class, "cot-success"), ==, is_well);
      g_assert_true (g_hash_table_add (texts, (gpointer) cot_finding_sign_get_text (sign)));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/finding-sign/signs", test_signs);
  g_test_add_func ("/finding-sign/ticks", test_ticks);
  return g_test_run ();
}
