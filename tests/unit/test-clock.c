/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-clock.h"

#include <string.h>

#define USEC_A_SECOND G_GINT64_CONSTANT (1000000)
#define USEC_A_DAY (86400 * USEC_A_SECOND)

static void
assert_iso (gint64 time_usec, const char *expected)
{
  char text[COT_CLOCK_ISO_SIZE];

  cot_clock_format_iso (time_usec, text);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_civil (void)
{
  g_assert_cmpint (cot_clock_from_civil (1970, 1, 1, 0, 0, 0, 0), ==, 0);
  g_assert_cmpint (cot_clock_from_civil (1969, 12, 31, 23, 59, 59, 999999), ==, -1);
  g_assert_cmpint (cot_clock_from_civil (2024, 9, 9, 12, 34, 56, 789000), ==,
                   G_GINT64_CONSTANT (1725885296789000));
  assert_iso (G_GINT64_CONSTANT (1725885296789000), "2024-09-09T12:34:56.789000");
  assert_iso (cot_clock_from_civil (1601, 1, 1, 0, 0, 0, 0), "1601-01-01T00:00:00.000000");
  assert_iso (cot_clock_from_civil (9999, 12, 31, 23, 59, 59, 999999),
              "9999-12-31T23:59:59.999999");
  assert_iso (cot_clock_from_civil (2000, 2, 29, 0, 0, 0, 1), "2000-02-29T00:00:00.000001");
  assert_iso (COT_TIME_NONE, "");
  assert_iso (G_MAXINT64, "");
}

static void
test_no_such_date (void)
{
  static const int dates[][7] = {
    { 1600, 12, 31, 0, 0, 0, 0 }, { 10000, 1, 1, 0, 0, 0, 0 }, { 0, 1, 1, 0, 0, 0, 0 },
    { 2024, 0, 1, 0, 0, 0, 0 },   { 2024, 13, 1, 0, 0, 0, 0 }, { 2024, 4, 31, 0, 0, 0, 0 },
    { 2023, 2, 29, 0, 0, 0, 0 },  { 1900, 2, 29, 0, 0, 0, 0 }, { 2024, 1, 0, 0, 0, 0, 0 },
    { 2024, 1, 1, 24, 0, 0, 0 },  { 2024, 1, 1, 0, 60, 0, 0 }, { 2024, 1, 1, 0, 0, 60, 0 },
    { 2024, 1, 1, -1, 0, 0, 0 },  { 2024, 1, 1, 0, 0, 0, -1 }, { 2024, 1, 1, 0, 0, 0, 1000000 },
    { G_MININT, 1, 1, 0, 0, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      const int *d = dates[i];

      g_assert_cmpint (cot_clock_from_civil (d[0], d[1], d[2], d[3], d[4], d[5], d[6]), ==,
                       COT_TIME_NONE);
    }
}

/* Each day of eight centuries, against the calendar of GLib. */
static void
test_every_day (void)
{
  g_autoptr (GDate) date = g_date_new_dmy (1, G_DATE_JANUARY, 1601);
  gint64 time_usec = cot_clock_from_civil (1601, 1, 1, 0, 0, 0, 0);

  while (g_date_get_year (date) < 2401)
    {
      int year, month, day, hour, minute, second, microsecond;

      cot_clock_to_civil (time_usec + 5, &year, &month, &day, &hour, &minute, &second,
                          &microsecond);
      g_assert_cmpint (year, ==, g_date_get_year (date));
      g_assert_cmpint (month, ==, g_date_get_month (date));
      g_assert_cmpint (day, ==, g_date_get_day (date));
      g_assert_cmpint (hour + minute + second, ==, 0);
      g_assert_cmpint (microsecond, ==, 5);
      g_assert_cmpint (cot_clock_from_civil (year, month, day, 0, 0, 0, 0), ==, time_usec);
      time_usec += USEC_A_DAY;
      g_date_add_days (date, 1);
    }
}

static void
test_utc (void)
{
  gint64 noon = cot_clock_from_civil (2026, 6, 15, 12, 0, 0, 0);

  assert_iso (cot_clock_to_utc (noon, 300), "2026-06-15T17:00:00.000000");
  assert_iso (cot_clock_to_utc (noon, -330), "2026-06-15T06:30:00.000000");
  g_assert_cmpint (cot_clock_to_utc (noon, COT_BIAS_NONE), ==, COT_TIME_NONE);
  g_assert_cmpint (cot_clock_to_utc (COT_TIME_NONE, 300), ==, COT_TIME_NONE);
  g_assert_cmpint (cot_clock_to_utc (G_MAXINT64, 300), ==, COT_TIME_NONE);
}

static void
assert_elapsed (gint64 elapsed_usec, const char *expected)
{
  g_autofree char *text = cot_clock_format_elapsed (elapsed_usec);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_long (gint64 elapsed_usec, const char *expected)
{
  g_autofree char *text = cot_clock_format_elapsed_long (elapsed_usec);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_elapsed (void)
{
  assert_long (0, "0h 0m 0s 0ms (0.000 seconds)");
  assert_long (72345999, "0h 1m 12s 345ms (72.345 seconds)");
  assert_long (-72345000, "-0h 1m 12s 345ms (-72.345 seconds)");
  assert_long (-999, "0h 0m 0s 0ms (0.000 seconds)");
  assert_long (26 * 3600 * USEC_A_SECOND + 5000, "26h 0m 0s 5ms (93600.005 seconds)");
  assert_elapsed (0, "0:00:00.000");
  assert_elapsed (72345999, "0:01:12.345");
  assert_elapsed (-72345000, "-0:01:12.345");
  assert_elapsed (-999, "0:00:00.000");
  assert_elapsed (23 * 3600 * USEC_A_SECOND, "23:00:00.000");
  assert_elapsed (2 * USEC_A_DAY + 72345000, "2d 0:01:12.345");
  assert_elapsed (-2 * USEC_A_DAY, "-2d 0:00:00.000");
  assert_elapsed (G_MININT64, "-106751991d 4:00:54.775");
}

typedef struct
{
  const char *text;
  int hour, minute, second, microsecond;
  int bias_minutes;
  gboolean doubled_sign;
} TimeCase;

#define NO_BIAS COT_BIAS_NONE

static const TimeCase times[] = {
  { "09:12:41.327+300", 9, 12, 41, 327000, 300, FALSE },
  { "9:12:41.327+300", 9, 12, 41, 327000, 300, FALSE },
  { "01:03:34.174-60", 1, 3, 34, 174000, -60, FALSE },
  { "01:03:34.174-060", 1, 3, 34, 174000, -60, FALSE },
  { "19:33:19.766-330", 19, 33, 19, 766000, -330, FALSE },
  { "16:52:13.000+000", 16, 52, 13, 0, 0, FALSE },
  { "16:52:13.000+00", 16, 52, 13, 0, 0, FALSE },
  { "16:52:13.000+0", 16, 52, 13, 0, 0, FALSE },
  { "16:52:13.000-780", 16, 52, 13, 0, -780, FALSE },
  { "16:52:13.000+0480", 16, 52, 13, 0, 480, FALSE },
  { "13:59:35.6721099", 13, 59, 35, 672109, NO_BIAS, FALSE },
  { "13:59:35.67210991234567890", 13, 59, 35, 672109, NO_BIAS, FALSE },
  { "13:22:31.868388", 13, 22, 31, 868388, NO_BIAS, FALSE },
  { "13:37:11.01933", 13, 37, 11, 19330, NO_BIAS, FALSE },
  { "13:37:11.0193", 13, 37, 11, 19300, NO_BIAS, FALSE },
  { "13:37:11.7", 13, 37, 11, 700000, NO_BIAS, FALSE },
  { "13:37:11,250+60", 13, 37, 11, 250000, 60, FALSE },
  { "13:05:32", 13, 5, 32, 0, NO_BIAS, FALSE },
  { "13:05:32+120", 13, 5, 32, 0, 120, FALSE },
  { "13:05", 13, 5, 0, 0, NO_BIAS, FALSE },
  { "13:05+60", 13, 5, 0, 0, 60, FALSE },
  { "9:5:2", 9, 5, 2, 0, NO_BIAS, FALSE },
  { "16:52:13.517+-240", 16, 52, 13, 517000, -240, TRUE },
  { "16:52:13.517--60", 16, 52, 13, 517000, -60, TRUE },
  { "16:52:13.517 600", 16, 52, 13, 517000, 600, FALSE },
  { "16:52:13.517 +600", 16, 52, 13, 517000, 600, FALSE },
  { "  16:52:13.517+60\t", 16, 52, 13, 517000, 60, FALSE },
  { "23:59:59.9999999", 23, 59, 59, 999999, NO_BIAS, FALSE },
};

static void
test_times (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      const TimeCase *c = &times[i];
      CotClockTime time = { -1, 0, FALSE };

      g_test_message ("%s", c->text);
      g_assert_true (cot_clock_parse_time (c->text, strlen (c->text), &time));
      g_assert_cmpint (time.of_day_usec, ==,
                       ((c->hour * 60 + c->minute) * 60 + c->second) * USEC_A_SECOND
                           + c->microsecond);
      g_assert_cmpint (time.bias_minutes, ==, c->bias_minutes);
      g_assert_cmpint (time.doubled_sign, ==, c->doubled_sign);
    }
}

static void
test_no_times (void)
{
  static const char *const texts[] = {
    "", " ", "12", "12:", ":12", "24:00:00", "12:60:00", "12:00:60", "12:00:00.", "12:00:00.+60",
    "12:00:00.000+", "12:00:00.000+-", "12:00:00.000++60", "12:00:00.000-+60",
    "12:00:00.000+12345", "12:00:00.000+60x", "12:00:00.000 x", "12:00:00x", "123:00:00",
    "12:00:00.00\u0660", "\uff11\uff12:00:00", "12-00-00", "12:00:00.000---60",
    "18:27:49 -0532 LMT", "0000-12-31 18:27:49 -0532 LMT",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      CotClockTime time = { 42, 42, TRUE };

      g_test_message ("%s", texts[i]);
      g_assert_false (cot_clock_parse_time (texts[i], strlen (texts[i]), &time));
      g_assert_cmpint (time.of_day_usec, ==, 42);
      g_assert_cmpint (time.bias_minutes, ==, 42);
    }
}

/* A length is a length: nothing behind it is read. */
static void
test_no_terminator (void)
{
  CotClockTime time;
  gint64 day;

  g_assert_true (cot_clock_parse_time ("12:34:56.789+300", 8, &time));
  g_assert_cmpint (time.bias_minutes, ==, COT_BIAS_NONE);
  g_assert_true (cot_clock_parse_date ("1-2-20245", 8, &day));
  g_assert_false (cot_clock_parse_time (NULL, 0, &time));
  g_assert_false (cot_clock_parse_date (NULL, 0, &day));
  g_assert_false (cot_clock_parse_time ("12:3\0", 6, &time));
}

static void
test_dates (void)
{
  static const char *const dates[] = {
    "09-11-2026", "9-11-2026", "2026-09-11", "2026-9-11", "09/11/2026", "9/11/2026",
    "2026/09/11", " 09-11-2026 ",
  };
  static const char *const bad[] = {
    "", "09-11", "09-11-26", "09-11-202", "09-11-20266", "13-11-2026", "31-12-2026", "02-30-2026",
    "09-11/2026", "2026-13-01", "2026-1-123", "026-01-01", "09.11.2026", "0000-12-31",
    "1600-01-01", "09-11-2026x", "x09-11-2026", "0\u0661-11-2026", "--2026", "09--11-2026",
  };
  gint64 expected = cot_clock_from_civil (2026, 9, 11, 0, 0, 0, 0);

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      gint64 day = 0;

      g_test_message ("%s", dates[i]);
      g_assert_true (cot_clock_parse_date (dates[i], strlen (dates[i]), &day));
      g_assert_cmpint (day, ==, expected);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      gint64 day = 42;

      g_test_message ("%s", bad[i]);
      g_assert_false (cot_clock_parse_date (bad[i], strlen (bad[i]), &day));
      g_assert_cmpint (day, ==, 42);
    }
}

static void
test_moments (void)
{
  static const struct
  {
    const char *text;
    const char *iso;
    gboolean is_utc;
  } cases[] = {
    { "2026-11-25T10:03:11Z", "2026-11-25T10:03:11.000000", TRUE },
    { "2026-11-25T10:03:11.5Z", "2026-11-25T10:03:11.500000", TRUE },
    { "2026-11-25 10:03:11", "2026-11-25T10:03:11.000000", FALSE },
    { "2026-11-25T10:03:11+05:30", "2026-11-25T04:33:11.000000", TRUE },
    { "2026-11-25T10:03:11-0500", "2026-11-25T15:03:11.000000", TRUE },
    { "11/25/2026 10:03:11", "2026-11-25T10:03:11.000000", FALSE },
    { "11/25/2026 1:03:11 PM", "2026-11-25T13:03:11.000000", FALSE },
    { "11/25/2026 12:03:11 AM", "2026-11-25T00:03:11.000000", FALSE },
    { "11/25/2026 12:03:11 PM", "2026-11-25T12:03:11.000000", FALSE },
    { "11-25-2026 10:03 UTC", "2026-11-25T10:03:00.000000", TRUE },
    { "2026-11-25 10:03:11 gmt", "2026-11-25T10:03:11.000000", TRUE },
  };
  static const char *const bad[] = {
    "", "2026-11-25", "2026-11-25T", "2026-11-25T10", "10:03:11", "2026-11-25T10:03:11X",
    "2026-11-25T10:03:11+5", "2026-11-25T10:03:11+99:00", "11/25/2026 13:03:11 PM",
    "2026-11-25x10:03:11", "2026-11-25T10:03:11ZZ",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 time_usec = 0;
      gboolean is_utc = !cases[i].is_utc;

      g_test_message ("%s", cases[i].text);
      g_assert_true (cot_clock_parse_moment (cases[i].text, strlen (cases[i].text), &time_usec,
                                             &is_utc));
      assert_iso (time_usec, cases[i].iso);
      g_assert_cmpint (is_utc, ==, cases[i].is_utc);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      gint64 time_usec = 42;
      gboolean is_utc = FALSE;

      g_test_message ("%s", bad[i]);
      g_assert_false (cot_clock_parse_moment (bad[i], strlen (bad[i]), &time_usec, &is_utc));
      g_assert_cmpint (time_usec, ==, 42);
    }
}

/* Six hours behind UTC in winter, five in summer. */
static void
test_zones (void)
{
  gint64 winter = cot_clock_from_civil (2026, 11, 18, 9, 0, 0, 1500);
  gint64 summer = cot_clock_from_civil (2026, 7, 18, 9, 0, 0, 1500);
  gint64 hour = 3600 * USEC_A_SECOND;

  g_assert_cmpint (cot_clock_show (winter, 300, COT_CLOCK_WRITTEN), ==, winter);
  g_assert_cmpint (cot_clock_show (winter, 300, COT_CLOCK_UTC), ==, winter + 5 * hour);
  g_assert_cmpint (cot_clock_show (winter, 300, COT_CLOCK_LOCAL), ==, winter - hour);
  g_assert_cmpint (cot_clock_show (summer, 300, COT_CLOCK_LOCAL), ==, summer);
  g_assert_cmpint (cot_clock_show (winter, COT_BIAS_NONE, COT_CLOCK_UTC), ==, winter);
  g_assert_cmpint (cot_clock_show (winter, COT_BIAS_NONE, COT_CLOCK_LOCAL), ==, winter);
  g_assert_cmpint (cot_clock_show (COT_TIME_NONE, 300, COT_CLOCK_LOCAL), ==, COT_TIME_NONE);
  g_assert_cmpint (cot_clock_show (G_MAXINT64, 300, COT_CLOCK_LOCAL), ==, G_MAXINT64);
  g_assert_cmpint (cot_clock_get_local_bias (winter), ==, 360);
  g_assert_cmpint (cot_clock_get_local_bias (summer), ==, 300);
  g_assert_cmpint (cot_clock_get_local_bias (COT_TIME_NONE), ==, COT_BIAS_NONE);
  g_assert_cmpint (cot_clock_from_local (winter), ==, winter + 6 * hour);
  g_assert_cmpint (cot_clock_from_local (summer), ==, summer + 5 * hour);
  g_assert_cmpint (cot_clock_from_local (COT_TIME_NONE), ==, COT_TIME_NONE);
  for (gint64 i = 0; i < 365; i++)
    {
      gint64 utc = winter + i * 24 * hour;

      g_assert_cmpint (cot_clock_from_local (cot_clock_show (utc, 0, COT_CLOCK_LOCAL)), ==, utc);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "CST6CDT,M3.2.0,M11.1.0", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/civil", test_civil);
  g_test_add_func ("/clock/no-such-date", test_no_such_date);
  g_test_add_func ("/clock/every-day", test_every_day);
  g_test_add_func ("/clock/utc", test_utc);
  g_test_add_func ("/clock/zones", test_zones);
  g_test_add_func ("/clock/elapsed", test_elapsed);
  g_test_add_func ("/clock/times", test_times);
  g_test_add_func ("/clock/no-times", test_no_times);
  g_test_add_func ("/clock/no-terminator", test_no_terminator);
  g_test_add_func ("/clock/dates", test_dates);
  g_test_add_func ("/clock/moments", test_moments);
  return g_test_run ();
}
