/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What two devices are compared by, where it is not known which log is whose. */

#include "cot-travellers.h"

static void
test_unknown_logs (void)
{
  g_autoptr (CotSession) session = cot_session_new ();
  g_autoptr (CotCase) loose = cot_session_new_case (session);
  g_autoptr (CotCase) other_loose = cot_session_new_case (session);
  CotTraveller alone = { .a_case = loose, .name = (char *) "Contoso" };
  CotTraveller other_alone = { .a_case = other_loose, .name = (char *) "Fabrikam" };
  CotTraveller shared = { .a_case = other_loose,
                          .device = (char *) "PC01",
                          .name = (char *) "PC01" };
  g_autoptr (GPtrArray) known = cot_travellers_list_only_logs (&alone, &other_alone);

  g_assert_nonnull (known);
  g_assert_cmpuint (known->len, ==, 0);
  /* No logs would mean that both have the same. */
  g_assert_null (cot_travellers_list_only_logs (&alone, &shared));
  g_assert_null (cot_travellers_list_only_logs (&shared, &alone));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/travellers/unknown-logs", test_unknown_logs);
  return g_test_run ();
}
