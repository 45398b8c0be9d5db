/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-filter-span.h"

#include <string.h>

#include "cot-clock.h"

#define MINUTE_USEC (60 * (gint64) G_USEC_PER_SEC)
#define DAY_USEC (24 * 60 * MINUTE_USEC)
#define BETWEEN ".."

/* Exactly @n digits. */
static gboolean
read_digits (const char **text, guint n, int *value)
{
  *value = 0;
  for (; n > 0; n--, (*text)++)
    {
      if (!g_ascii_isdigit (**text))
        return FALSE;
      *value = *value * 10 + g_ascii_digit_value (**text);
    }
  return TRUE;
}

static gboolean
read_mark (const char **text, char mark)
{
  if (**text != mark)
    return FALSE;
  (*text)++;
  return TRUE;
}

/* "2024-09-09" */
static gboolean
read_date (const char **text, gint64 *day_usec)
{
  int year;
  int month;
  int day;

  if (!read_digits (text, 4, &year) || !read_mark (text, '-') || !read_digits (text, 2, &month)
      || !read_mark (text, '-') || !read_digits (text, 2, &day))
    return FALSE;
  *day_usec = cot_clock_from_civil (year, month, day, 0, 0, 0, 0);
  return *day_usec != COT_TIME_NONE;
}

/* ".5", up to microseconds */
static gboolean
read_fraction (const char **text, gint64 *of_day_usec, gint64 *length_usec)
{
  if (!g_ascii_isdigit (**text))
    return FALSE;
  for (; g_ascii_isdigit (**text); (*text)++)
    if (*length_usec > 1)
      {
        *length_usec /= 10;
        *of_day_usec += *length_usec * g_ascii_digit_value (**text);
      }
  return TRUE;
}

/* "12:34", "12:34:56", "12:34:56.789"; how long that is, too */
static gboolean
read_time_of_day (const char **text, gint64 *of_day_usec, gint64 *length_usec)
{
  int hour;
  int minute;
  int second;

  if (!read_digits (text, 2, &hour) || !read_mark (text, ':') || !read_digits (text, 2, &minute)
      || hour > 23 || minute > 59)
    return FALSE;
  *of_day_usec = ((gint64) hour * 60 + minute) * MINUTE_USEC;
  *length_usec = MINUTE_USEC;
  if (!read_mark (text, ':'))
    return TRUE;
  if (!read_digits (text, 2, &second) || second > 59)
    return FALSE;
  *of_day_usec += second * G_USEC_PER_SEC;
  *length_usec = G_USEC_PER_SEC;
  /* ".." is no fraction. */
  return g_str_has_prefix (*text, BETWEEN) || !read_mark (text, '.')
         || read_fraction (text, of_day_usec, length_usec);
}

/* "Z", "+02:00", "-05:30": east of UTC is more. Only behind a time of day. */
static gboolean
read_zone (const char **text, CotFilterSpan *span)
{
  gboolean is_east = **text == '+';
  int hour;
  int minute;

  if (read_mark (text, 'Z'))
    {
      span->has_zone = TRUE;
      return TRUE;
    }
  if (!read_mark (text, '+') && !read_mark (text, '-'))
    return TRUE;
  if (!read_digits (text, 2, &hour) || !read_mark (text, ':') || !read_digits (text, 2, &minute)
      || hour > 14 || minute > 59)
    return FALSE;
  span->has_zone = TRUE;
  span->bias_minutes = (gint16) ((hour * 60 + minute) * (is_east ? -1 : 1));
  return TRUE;
}

/* @is_bare: there was no date, and @day_usec is that of the time before it. */
static gboolean
read_moment (const char **text, CotFilterSpan *span, gint64 *day_usec, gboolean *is_bare)
{
  gint64 length_usec = DAY_USEC;
  gint64 of_day_usec = 0;

  *is_bare = strlen (*text) >= 3 && (*text)[2] == ':';
  if (!*is_bare && !read_date (text, day_usec))
    return FALSE;
  if (*is_bare || read_mark (text, 'T') || read_mark (text, ' '))
    if (!read_time_of_day (text, &of_day_usec, &length_usec) || !read_zone (text, span))
      return FALSE;
  span->start_usec = *day_usec + of_day_usec;
  span->end_usec = span->start_usec + length_usec;
  return TRUE;
}

/* The second time may be in another zone, but not without one where the first has one; without a
 * date, it is of the same day. */
static gboolean
read_end (const char **text, CotFilterSpan *span, gint64 day_usec)
{
  CotFilterSpan end = { 0 };
  gboolean is_bare;

  if (!read_moment (text, &end, &day_usec, &is_bare) || end.has_zone != span->has_zone
      || (span->of_day && !is_bare))
    return FALSE;
  span->end_usec = end.end_usec + (end.bias_minutes - span->bias_minutes) * MINUTE_USEC;
  span->is_range = TRUE;
  return span->end_usec > span->start_usec;
}

/**
 * cot_filter_span_parse:
 * @text: what is behind "time =" in a filter
 * @span: (out caller-allocates): what it means
 *
 * Pure.
 *
 * Returns: whether it is a time or two of them
 */
gboolean
cot_filter_span_parse (const char *text, CotFilterSpan *span)
{
  gint64 day_usec = 0;

  *span = (CotFilterSpan){ 0 };
  if (!read_moment (&text, span, &day_usec, &span->of_day))
    return FALSE;
  if (!g_str_has_prefix (text, BETWEEN))
    return *text == '\0';
  text += strlen (BETWEEN);
  return read_end (&text, span, day_usec) && *text == '\0';
}

static void
append_time_of_day (GString *text, gint64 time_usec, gboolean in_msec)
{
  int year, month, day, hour, minute, second, microsecond;

  cot_clock_to_civil (time_usec, &year, &month, &day, &hour, &minute, &second, &microsecond);
  g_string_append_printf (text, "%02d:%02d:%02d", hour, minute, second);
  if (in_msec)
    g_string_append_printf (text, ".%03d", microsecond / 1000);
}

static void
append_date (GString *text, gint64 time_usec)
{
  int year, month, day, hour, minute, second, microsecond;

  cot_clock_to_civil (time_usec, &year, &month, &day, &hour, &minute, &second, &microsecond);
  g_string_append_printf (text, "%04d-%02d-%02dT", year, month, day);
}

static void
append_zone (GString *text, const CotFilterSpan *span)
{
  int minutes = ABS ((int) span->bias_minutes);

  if (span->has_zone && minutes == 0)
    g_string_append_c (text, 'Z');
  else if (span->has_zone)
    g_string_append_printf (text, "%c%02d:%02d", span->bias_minutes > 0 ? '-' : '+', minutes / 60,
                            minutes % 60);
}

/* The day of a time, counted from 1970. */
static gint64
get_day (gint64 time_usec)
{
  return time_usec / DAY_USEC - (time_usec % DAY_USEC < 0);
}

/**
 * cot_filter_span_dup_text:
 * @span: a range, not of any day
 *
 * The second time is the last second within, or the last millisecond where it takes these.
 *
 * Returns: (transfer full): the text that cot_filter_span_parse() reads as that
 */
char *
cot_filter_span_dup_text (const CotFilterSpan *span)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean in_msec
      = span->start_usec % G_USEC_PER_SEC != 0 || span->end_usec % G_USEC_PER_SEC != 0;
  gint64 last_usec = span->end_usec - (in_msec ? 1000 : G_USEC_PER_SEC);

  append_date (text, span->start_usec);
  append_time_of_day (text, span->start_usec, in_msec);
  append_zone (text, span);
  g_string_append (text, BETWEEN);
  if (get_day (last_usec) != get_day (span->start_usec))
    append_date (text, last_usec);
  append_time_of_day (text, last_usec, in_msec);
  append_zone (text, span);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
