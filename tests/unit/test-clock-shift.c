/* SPDX-License-Identifier: GPL-3.0-or-later */

/* By how much a clock is moved, as people write it. */

#include "cot-clock-shift.h"

#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static void
test_read (void)
{
  static const struct
  {
    const char *text;
    gint64 usec;
  } cases[] = {
    { "+5 min", 5 * MINUTE },
    { "5", 5 * MINUTE },
    { " -5min ", -5 * MINUTE },
    { "\u22125 min", -5 * MINUTE },
    { "1 h 30 min", 90 * MINUTE },
    { "-1h30m", -90 * MINUTE },
    { "+1:30", 90 * MINUTE },
    { "-0:00:07.25", -(7 * SECOND + 250000) },
    { "2 d", 2 * DAY },
    { "2 days 3 hours", 2 * DAY + 3 * HOUR },
    { "90 SECONDS", 90 * SECOND },
    { "250 ms", 250000 },
    { "0", 0 },
    { "3660 d", COT_CLOCK_SHIFT_MAX_USEC },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 usec = -1;

      g_test_message ("%s", cases[i].text);
      g_assert_true (cot_clock_shift_parse (cases[i].text, &usec));
      g_assert_cmpint (usec, ==, cases[i].usec);
    }
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "", "+", "-", "min", "5 minuten?", "5 6", "five", "1:60", "1:", "1:2:", "1:00:61", "1:0:0.1234",
    "--5", "5 min -3 s", "3661 d", "99999999999999999999 d", "999999999999 d", "5 min 3", "0x5",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gint64 usec = 7;

      g_test_message ("%s", texts[i]);
      g_assert_false (cot_clock_shift_parse (texts[i], &usec));
      g_assert_cmpint (usec, ==, 7);
    }
}

/* What is written is read again. */
static void
test_written (void)
{
  static const struct
  {
    gint64 usec;
    const char *text;
  } cases[] = {
    { 5 * MINUTE, "+5\u00a0min" },
    { -(DAY + 90 * MINUTE), "\u22121\u00a0d 1\u00a0h 30\u00a0min" },
    { 1500000, "+1\u00a0s 500\u00a0ms" },
    { 0, "+0\u00a0min" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cot_clock_shift_dup_text (cases[i].usec);
      gint64 usec = -1;

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_true (cot_clock_shift_parse (text, &usec));
      g_assert_cmpint (usec, ==, cases[i].usec);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock-shift/read", test_read);
  g_test_add_func ("/clock-shift/refused", test_refused);
  g_test_add_func ("/clock-shift/written", test_written);
  return g_test_run ();
}
