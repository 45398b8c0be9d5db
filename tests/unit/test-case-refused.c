/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What could not be read, and what of it is shown all the same. */

#include "case-fixture.h"

#include "cot-case-private.h"
#include "cot-log-private.h"

#define N_MANY 20000

static GError *
new_error (void)
{
  return g_error_new_literal (COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_LIMIT, "too much");
}

/* An archive inside is shown where a log came out of it, however deep. */
static void
test_archive_inside (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *label;
    gboolean is_shown;
  } cases[] = {
    { "a.zip", TRUE }, { "a.zip/b.cab", TRUE }, { "a.zip/b", FALSE }, { "a", FALSE },
    { "b.cab", FALSE }, { "a.zip/b.cab/c.log", FALSE },
  };
  g_autoptr (CotLog) log = cot_log_new_for_member ("a.zip/b.cab/c.log");
  g_autoptr (GError) error = new_error ();
  guint n;

  add_log (fixture, "x.log", "x\n");
  judge (fixture);
  n = cot_case_get_n_members (fixture->bundle);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    cot_case_refuse (fixture->bundle, n + i, cases[i].label, error);
  g_assert_false (cot_case_shows_refused (fixture->bundle, 0));
  cot_case_add_log (fixture->bundle, log, n + 100);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].label);
      g_assert_cmpint (cot_case_shows_refused (fixture->bundle, i), ==, cases[i].is_shown);
    }
}

/* Seconds, if each of them looked at all logs. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = new_error ();
  gint64 started;
  guint n;

  add_log (fixture, "x.log", "x\n");
  judge (fixture);
  n = cot_case_get_n_members (fixture->bundle);
  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *label = g_strdup_printf ("bundle.zip/device-%u.zip", i);
      g_autofree char *inner = g_strdup_printf ("bundle.zip/device-%u.zip/CCM/CcmExec.log", i * 2);
      g_autoptr (CotLog) log = cot_log_new_for_member (inner);

      cot_case_refuse (fixture->bundle, n + i, label, error);
      cot_case_add_log (fixture->bundle, log, n + i);
    }
  started = g_get_monotonic_time ();
  for (guint i = 0; i < N_MANY; i++)
    g_assert_cmpint (cot_case_shows_refused (fixture->bundle, i), ==, i % 2 == 0);
  g_test_message ("%.3f s", (double) (g_get_monotonic_time () - started) / G_USEC_PER_SEC);
  g_assert_cmpint (g_get_monotonic_time () - started, <, G_USEC_PER_SEC);
}

#define ADD(name, function) \
  g_test_add ("/case-refused/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("archive-inside", test_archive_inside);
  ADD ("many", test_many);
  return g_test_run ();
}
