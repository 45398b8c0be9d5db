/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-engine.h"

/* "0 2 -": of each log its number, or that it is off. */
static char *
dup_numbers (CotMergedLog *merged)
{
  GString *numbers = g_string_new (NULL);

  for (guint i = 0; i < cot_merged_log_get_n_logs (merged); i++)
    {
      guint number = cot_merged_log_get_number (merged, i);

      if (number == G_MAXUINT)
        g_string_append (numbers, i > 0 ? " -" : "-");
      else
        g_string_append_printf (numbers, i > 0 ? " %u" : "%u", number);
    }
  return g_string_free (numbers, FALSE);
}

/* Two logs have one colour only where none is free, and each keeps its own as long as it may. */
static void
test_numbers (void)
{
  g_autoptr (CotSession) session = cot_session_new ();
  g_autoptr (CotCase) a_case = cot_session_new_case (session);
  g_autoptr (CotMergedLog) merged = cot_merged_log_new ();
  g_autoptr (GBytes) text = g_bytes_new_static ("one\n", 4);
  g_autofree char *first = NULL;
  g_autofree char *two_off = NULL;
  g_autofree char *one_back = NULL;
  g_autofree char *two = NULL;

  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *label = g_strdup_printf ("%u.log", i);

      cot_merged_log_add (merged, a_case, cot_session_add_text (session, a_case, text, label));
    }
  first = dup_numbers (merged);
  g_assert_cmpstr (first, ==, "0 1 2 3 4 5 6 7");
  cot_merged_log_set_on (merged, 1, FALSE);
  cot_merged_log_set_on (merged, 3, FALSE);
  two_off = dup_numbers (merged);
  g_assert_cmpstr (two_off, ==, "0 - 2 - 4 5 3 1");
  cot_merged_log_set_on (merged, 1, TRUE);
  one_back = dup_numbers (merged);
  g_assert_cmpstr (one_back, ==, "0 6 2 - 4 5 3 1");
  cot_merged_log_begin_change (merged);
  for (guint i = 1; i < 7; i++)
    cot_merged_log_set_on (merged, i, i == 1);
  cot_merged_log_end_change (merged);
  two = dup_numbers (merged);
  g_assert_cmpstr (two, ==, "0 2 - - - - - 1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merged-numbers/colours", test_numbers);
  return g_test_run ();
}
