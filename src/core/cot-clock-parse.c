/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-clock.h"

#include <string.h>

#define USEC_A_SECOND 1000000
#define USEC_A_MINUTE ((gint64) 60 * USEC_A_SECOND)
#define FRACTION_DIGITS 6
#define MAX_BIAS_DIGITS 4

typedef struct
{
  const char *at;
  const char *end;
} Reader;

static Reader
reader_trimmed (const char *text, gsize length_bytes)
{
  Reader reader = { text, text + length_bytes };

  while (reader.at < reader.end && g_ascii_isspace (*reader.at))
    reader.at++;
  while (reader.at < reader.end && g_ascii_isspace (reader.end[-1]))
    reader.end--;
  return reader;
}

static gboolean
read_char (Reader *reader, char wanted)
{
  if (reader->at == reader->end || *reader->at != wanted)
    return FALSE;
  reader->at++;
  return TRUE;
}

static gboolean
read_one_of (Reader *reader, const char *wanted, char *found)
{
  if (reader->at == reader->end || *reader->at == '\0' || strchr (wanted, *reader->at) == NULL)
    return FALSE;
  *found = *reader->at++;
  return TRUE;
}

static guint
skip_blanks (Reader *reader)
{
  guint n = 0;

  for (; reader->at < reader->end && (*reader->at == ' ' || *reader->at == '\t'); n++)
    reader->at++;
  return n;
}

/* Up to @max_digits ASCII digits; how many there were. */
static guint
read_number (Reader *reader, guint max_digits, int *value)
{
  guint n = 0;

  *value = 0;
  for (; n < max_digits && reader->at < reader->end && g_ascii_isdigit (*reader->at); n++)
    *value = *value * 10 + (*reader->at++ - '0');
  return n;
}

/* A decimal fraction of any length, cut to microseconds. "7" is .7: writers that drop trailing
 * zeros exist in real logs, and nothing tells those that mean 7 ms apart. */
static gboolean
read_fraction (Reader *reader, int *microsecond)
{
  guint n;
  int ignored;

  n = read_number (reader, FRACTION_DIGITS, microsecond);
  if (n == 0)
    return FALSE;
  for (; n < FRACTION_DIGITS; n++)
    *microsecond *= 10;
  while (read_number (reader, 1, &ignored) > 0)
    continue;
  return TRUE;
}

/* H:MM[:SS[.f]] */
static gboolean
read_clock (Reader *reader, gint64 *of_day_usec)
{
  int hour, minute, second = 0, microsecond = 0;
  char separator;

  if (read_number (reader, 2, &hour) == 0 || !read_char (reader, ':')
      || read_number (reader, 2, &minute) == 0)
    return FALSE;
  if (read_char (reader, ':'))
    {
      if (read_number (reader, 2, &second) == 0)
        return FALSE;
      if (read_one_of (reader, ".,", &separator) && !read_fraction (reader, &microsecond))
        return FALSE;
    }
  if (hour > 23 || minute > 59 || second > 59)
    return FALSE;
  *of_day_usec = ((gint64) hour * 3600 + minute * 60 + second) * USEC_A_SECOND + microsecond;
  return TRUE;
}

/* "+300", "-60", "+000"; "+-240" and "--60" by writers that glue a sign to a signed number; and
 * " 600" by those whose plus got lost. */
static gboolean
read_bias (Reader *reader, CotClockTime *time)
{
  guint n_blanks = skip_blanks (reader);
  char first = '\0', second = '\0';
  int minutes;

  if (reader->at == reader->end)
    return TRUE;
  if (read_one_of (reader, "+-", &first))
    read_one_of (reader, "-", &second);
  else if (n_blanks == 0)
    return FALSE;
  if (read_number (reader, MAX_BIAS_DIGITS, &minutes) == 0 || reader->at != reader->end)
    return FALSE;
  time->doubled_sign = second != '\0';
  time->bias_minutes = (gint16) (first == '-' || second == '-' ? -minutes : minutes);
  return TRUE;
}

/**
 * cot_clock_parse_time:
 * @text: (array length=length_bytes): a time of day as an attribute gives it
 * @length_bytes: its length
 * @time: (out caller-allocates): what it says; untouched where FALSE is returned
 *
 * Only ASCII digits are digits. The bias stays as the writer's number stands.
 *
 * Returns: whether all of @text is a time
 */
gboolean
cot_clock_parse_time (const char *text, gsize length_bytes, CotClockTime *time)
{
  Reader reader = reader_trimmed (text, length_bytes);
  CotClockTime result = { 0, COT_BIAS_NONE, FALSE };

  if (!read_clock (&reader, &result.of_day_usec) || !read_bias (&reader, &result))
    return FALSE;
  *time = result;
  return TRUE;
}

/* M-D-YYYY or YYYY-MM-DD, with slashes too, but not with both. */
static gboolean
read_date (Reader *reader, gint64 *day_usec)
{
  int first, second, third;
  guint n_first, n_third;
  char separator;
  gint64 day;

  n_first = read_number (reader, 4, &first);
  if (n_first == 0 || n_first == 3 || !read_one_of (reader, "-/", &separator))
    return FALSE;
  if (read_number (reader, 2, &second) == 0 || !read_char (reader, separator))
    return FALSE;
  n_third = read_number (reader, n_first == 4 ? 2 : 4, &third);
  if (n_third == 0 || (n_first != 4 && n_third != 4)
      || (reader->at < reader->end && g_ascii_isdigit (*reader->at)))
    return FALSE;
  day = n_first == 4 ? cot_clock_from_civil (first, second, third, 0, 0, 0, 0)
                     : cot_clock_from_civil (third, first, second, 0, 0, 0, 0);
  if (day == COT_TIME_NONE)
    return FALSE;
  *day_usec = day;
  return TRUE;
}

/**
 * cot_clock_parse_date:
 * @text: (array length=length_bytes): a date as an attribute gives it
 * @length_bytes: its length
 * @day_usec: (out): the midnight that begins it; untouched where FALSE is returned
 *
 * The month comes first unless the year does: no real log was found that begins with the day.
 *
 * Returns: whether all of @text is a date
 */
gboolean
cot_clock_parse_date (const char *text, gsize length_bytes, gint64 *day_usec)
{
  Reader reader = reader_trimmed (text, length_bytes);
  gint64 day;

  if (!read_date (&reader, &day) || reader.at != reader.end)
    return FALSE;
  *day_usec = day;
  return TRUE;
}

static gboolean
read_word (Reader *reader, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (reader->end - reader->at) < length
      || g_ascii_strncasecmp (reader->at, word, length) != 0)
    return FALSE;
  reader->at += length;
  return TRUE;
}

/* 12 AM is midnight, 12 PM is noon. */
static gboolean
read_half_day (Reader *reader, gint64 *of_day_usec)
{
  const gint64 half_usec = 12 * 60 * USEC_A_MINUTE;
  gint64 in_half_usec = *of_day_usec % half_usec;
  gboolean afternoon;

  skip_blanks (reader);
  afternoon = read_word (reader, "PM");
  if (!afternoon && !read_word (reader, "AM"))
    return TRUE;
  if (*of_day_usec >= half_usec + 60 * USEC_A_MINUTE)
    return FALSE;
  *of_day_usec = in_half_usec + (afternoon ? half_usec : 0);
  return TRUE;
}

/* Z, UTC, GMT, +05:30, -0500 */
static gboolean
read_zone (Reader *reader, gint64 *time_usec, gboolean *is_utc)
{
  int hours, minutes;
  char sign;

  skip_blanks (reader);
  if (reader->at == reader->end)
    return TRUE;
  *is_utc = TRUE;
  if (read_one_of (reader, "+-", &sign))
    {
      if (read_number (reader, 2, &hours) != 2)
        return FALSE;
      read_char (reader, ':');
      if (read_number (reader, 2, &minutes) != 2 || hours > 14 || minutes > 59)
        return FALSE;
      *time_usec -= (sign == '-' ? -1 : 1) * (hours * 60 + minutes) * USEC_A_MINUTE;
      return reader->at == reader->end;
    }
  return (read_word (reader, "UTC") || read_word (reader, "GMT") || read_word (reader, "Z"))
         && reader->at == reader->end;
}

/**
 * cot_clock_parse_moment:
 * @text: (array length=length_bytes): a date and a time in one
 * @length_bytes: its length
 * @time_usec: (out): the moment; untouched where FALSE is returned
 * @is_utc: (out): whether the text says that it is in UTC, or by how much it is not; the moment
 *   is then in UTC
 *
 * Returns: whether all of @text is a moment
 */
gboolean
cot_clock_parse_moment (const char *text, gsize length_bytes, gint64 *time_usec,
                        gboolean *is_utc)
{
  Reader reader = reader_trimmed (text, length_bytes);
  gboolean utc = FALSE;
  gint64 day, of_day, moment;

  if (!read_date (&reader, &day))
    return FALSE;
  if (!read_char (&reader, 'T') && !read_char (&reader, 't') && skip_blanks (&reader) == 0)
    return FALSE;
  if (!read_clock (&reader, &of_day) || !read_half_day (&reader, &of_day))
    return FALSE;
  moment = day + of_day;
  if (!read_zone (&reader, &moment, &utc))
    return FALSE;
  *time_usec = moment;
  *is_utc = utc;
  return TRUE;
}
