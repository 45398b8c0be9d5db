/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-clock.h"

#define SECONDS_A_DAY 86400
#define USEC_A_SECOND 1000000
#define USEC_A_DAY ((gint64) SECONDS_A_DAY * USEC_A_SECOND)
/* What Windows can write: its calendar begins in 1601, and four digits end in 9999. */
#define FIRST_YEAR 1601
#define LAST_YEAR 9999
/* 400 years of the Gregorian calendar, and the days from 0000-03-01 to 1970-01-01. */
#define DAYS_AN_ERA 146097
#define DAYS_TO_EPOCH 719468

/* Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": the year begins in March, so
 * that the leap day is its last. */
static gint64
days_from_civil (gint64 year, int month, int day)
{
  gint64 shifted = month <= 2 ? year - 1 : year;
  gint64 era = (shifted >= 0 ? shifted : shifted - 399) / 400;
  gint64 year_of_era = shifted - era * 400;
  gint64 day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

  return era * DAYS_AN_ERA + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year
         - DAYS_TO_EPOCH;
}

static void
civil_from_days (gint64 days, int *year, int *month, int *day)
{
  gint64 shifted = days + DAYS_TO_EPOCH;
  gint64 era = (shifted >= 0 ? shifted : shifted - (DAYS_AN_ERA - 1)) / DAYS_AN_ERA;
  gint64 of_era = shifted - era * DAYS_AN_ERA;
  gint64 year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  gint64 of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  gint64 from_march = (5 * of_year + 2) / 153;

  *day = (int) (of_year - (153 * from_march + 2) / 5 + 1);
  *month = (int) (from_march < 10 ? from_march + 3 : from_march - 9);
  *year = (int) (year_of_era + era * 400 + (*month <= 2 ? 1 : 0));
}

static int
days_in_month (int year, int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

/**
 * cot_clock_from_civil:
 * @year: 1601 to 9999, in the Gregorian calendar
 * @month: 1 to 12
 * @day: 1 to the length of the month
 * @hour: 0 to 23
 * @minute: 0 to 59
 * @second: 0 to 59
 * @microsecond: 0 to 999999
 *
 * Returns: microseconds since 1970-01-01 00:00 of the same clock; %COT_TIME_NONE where any part
 *   is out of its range
 */
gint64
cot_clock_from_civil (int year, int month, int day, int hour, int minute, int second,
                      int microsecond)
{
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1
      || day > days_in_month (year, month))
    return COT_TIME_NONE;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59
      || microsecond < 0 || microsecond >= USEC_A_SECOND)
    return COT_TIME_NONE;
  return days_from_civil (year, month, day) * USEC_A_DAY
         + ((gint64) hour * 3600 + minute * 60 + second) * USEC_A_SECOND + microsecond;
}

/**
 * cot_clock_to_civil:
 * @time_usec: a moment; all parts of %COT_TIME_NONE are 0
 * @year: (out): the year
 * @month: (out): 1 to 12
 * @day: (out): 1 to 31
 * @hour: (out): 0 to 23
 * @minute: (out): 0 to 59
 * @second: (out): 0 to 59
 * @microsecond: (out): 0 to 999999
 */
void
cot_clock_to_civil (gint64 time_usec, int *year, int *month, int *day, int *hour, int *minute,
                    int *second, int *microsecond)
{
  gint64 days = time_usec / USEC_A_DAY;
  gint64 of_day = time_usec % USEC_A_DAY;
  int seconds;

  if (time_usec == COT_TIME_NONE)
    {
      *year = *month = *day = *hour = *minute = *second = *microsecond = 0;
      return;
    }
  if (of_day < 0)
    {
      of_day += USEC_A_DAY;
      days--;
    }
  civil_from_days (days, year, month, day);
  seconds = (int) (of_day / USEC_A_SECOND);
  *hour = seconds / 3600;
  *minute = seconds / 60 % 60;
  *second = seconds % 60;
  *microsecond = (int) (of_day % USEC_A_SECOND);
}

/**
 * cot_clock_format_iso:
 * @time_usec: a moment
 * @text: (out caller-allocates): "2024-09-09T12:34:56.789000"; empty for %COT_TIME_NONE and for
 *   what no log can say
 */
void
cot_clock_format_iso (gint64 time_usec, char text[COT_CLOCK_ISO_SIZE])
{
  int year, month, day, hour, minute, second, microsecond;

  cot_clock_to_civil (time_usec, &year, &month, &day, &hour, &minute, &second, &microsecond);
  text[0] = '\0';
  /* A bias may carry a moment of the first or last day into the neighbouring year. */
  if (year >= FIRST_YEAR - 1 && year <= LAST_YEAR + 1)
    g_snprintf (text, COT_CLOCK_ISO_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d.%06d", year, month, day,
                hour, minute, second, microsecond);
}

/**
 * cot_clock_to_utc:
 * @time_usec: a wall clock
 * @bias_minutes: minutes to add to it; the sense of Windows' TIME_ZONE_INFORMATION
 *
 * Returns: the same moment in UTC; %COT_TIME_NONE where either is unknown
 */
gint64
cot_clock_to_utc (gint64 time_usec, gint16 bias_minutes)
{
  gint64 utc_usec;

  if (time_usec == COT_TIME_NONE || bias_minutes == COT_BIAS_NONE
      || __builtin_add_overflow (time_usec, (gint64) bias_minutes * 60 * USEC_A_SECOND, &utc_usec))
    return COT_TIME_NONE;
  return utc_usec;
}

/**
 * cot_clock_format_elapsed:
 * @elapsed_usec: a difference of two moments, of either sign
 *
 * Short enough for a column; what is below a millisecond is dropped.
 *
 * Returns: (transfer full): "0:01:12.345", "2d 0:01:12.345", "-0:00:00.001"
 */
char *
cot_clock_format_elapsed (gint64 elapsed_usec)
{
  guint64 amount = elapsed_usec < 0 ? 0 - (guint64) elapsed_usec : (guint64) elapsed_usec;
  guint64 milliseconds = amount / 1000;
  guint64 days = milliseconds / (SECONDS_A_DAY * G_GUINT64_CONSTANT (1000));
  guint seconds = (guint) (milliseconds / 1000 % SECONDS_A_DAY);
  const char *sign = elapsed_usec < 0 && milliseconds > 0 ? "-" : "";
  g_autofree char *day_text = NULL;

  if (days > 0)
    day_text = g_strdup_printf ("%" G_GUINT64_FORMAT "d ", days);
  return g_strdup_printf ("%s%s%u:%02u:%02u.%03u", sign, day_text != NULL ? day_text : "",
                          seconds / 3600, seconds / 60 % 60, seconds % 60,
                          (guint) (milliseconds % 1000));
}

/**
 * cot_clock_format_elapsed_long:
 * @elapsed_usec: a difference of two moments, of either sign
 *
 * As CMTrace's status bar prints it; what is below a millisecond is dropped.
 *
 * Returns: (transfer full): "0h 1m 12s 345ms (72.345 seconds)"
 */
char *
cot_clock_format_elapsed_long (gint64 elapsed_usec)
{
  guint64 amount = elapsed_usec < 0 ? 0 - (guint64) elapsed_usec : (guint64) elapsed_usec;
  guint64 milliseconds = amount / 1000;
  guint64 seconds = milliseconds / 1000;
  const char *sign = elapsed_usec < 0 && milliseconds > 0 ? "-" : "";

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT "h %um %us %ums (%s%" G_GUINT64_FORMAT
                          ".%03u seconds)",
                          sign, seconds / 3600, (guint) (seconds / 60 % 60),
                          (guint) (seconds % 60), (guint) (milliseconds % 1000), sign, seconds,
                          (guint) (milliseconds % 1000));
}
