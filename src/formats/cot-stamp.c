/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-stamp-private.h"

#include "cot-clock.h"

#include "cot-scan-private.h"

/* Moments as programs print them: ISO 8601 and its relatives, dates with slashes and dots, the
 * dates of syslog (RFC 3164) and of C's asctime(), and a time of day alone. */

#define FRACTION_DIGITS 6
#define USEC_A_SECOND 1000000
#define USEC_AN_HOUR ((gint64) 3600 * USEC_A_SECOND)
#define MAX_OFFSET_HOURS 14

typedef struct
{
  const char *data;
  gsize at;
  gsize to;
} Reader;

static char
peek (const Reader *reader)
{
  return reader->at < reader->to ? reader->data[reader->at] : '\0';
}

static gboolean
read_char (Reader *reader, char wanted)
{
  if (reader->at == reader->to || reader->data[reader->at] != wanted)
    return FALSE;
  reader->at++;
  return TRUE;
}

static gboolean
skip_blanks (Reader *reader)
{
  gsize from = reader->at;

  while (reader->at < reader->to && cot_is_blank (reader->data[reader->at]))
    reader->at++;
  return reader->at > from;
}

/* All the digits there, if they are at most @max; how many. */
static guint
read_number (Reader *reader, guint max, int *value)
{
  gsize i = reader->at;
  guint n = 0;

  *value = 0;
  for (; i < reader->to && g_ascii_isdigit (reader->data[i]) && n <= max; i++, n++)
    *value = *value * 10 + (reader->data[i] - '0');
  if (n > max)
    return 0;
  reader->at = i;
  return n;
}

static gboolean
read_word (Reader *reader, const char *word)
{
  gsize length = strlen (word);

  if (reader->to - reader->at < length || ((peek (reader) ^ *word) | 0x20) != 0x20
      || g_ascii_strncasecmp (reader->data + reader->at, word, length) != 0)
    return FALSE;
  reader->at += length;
  return TRUE;
}

static gboolean
is_name (const char *text, const char *name)
{
  return ((text[0] ^ name[0]) | 0x20) == 0x20 && ((text[1] ^ name[1]) | 0x20) == 0x20
         && ((text[2] ^ name[2]) | 0x20) == 0x20;
}

/* The index of the three letters in @names: a word of its own. */
static gboolean
read_name (Reader *reader, const char *names, int *index)
{
  const char *text = reader->data + reader->at;
  gsize end = reader->at;

  while (end < reader->to && end - reader->at <= 3 && g_ascii_isalpha (reader->data[end]))
    end++;
  if (end - reader->at != 3)
    return FALSE;
  for (*index = 0; *names != '\0'; names += 3, *index += 1)
    if (is_name (text, names))
      {
        reader->at = end;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_fraction (Reader *reader, int *microsecond)
{
  guint n = 0;

  *microsecond = 0;
  for (; reader->at < reader->to && g_ascii_isdigit (reader->data[reader->at]); reader->at++, n++)
    if (n < FRACTION_DIGITS)
      *microsecond = *microsecond * 10 + (reader->data[reader->at] - '0');
  for (guint i = n; i < FRACTION_DIGITS; i++)
    *microsecond *= 10;
  return n > 0;
}

/* "AM", "p.m."; 12 AM is midnight, 12 PM noon. Without any it is a clock of 24 hours. */
static void
read_half_day (Reader *reader, int *hour)
{
  Reader ahead = *reader;
  gboolean afternoon;

  skip_blanks (&ahead);
  afternoon = (peek (&ahead) | 0x20) == 'p';
  if (!afternoon && (peek (&ahead) | 0x20) != 'a')
    return;
  ahead.at++;
  read_char (&ahead, '.');
  if (!read_word (&ahead, "m") || g_ascii_isalnum (peek (&ahead)))
    return;
  read_char (&ahead, '.');
  *reader = ahead;
  *hour = *hour < 1 || *hour > 12 ? 24 : *hour % 12 + (afternoon ? 12 : 0);
}

/* H:MM[:SS[.f]], with a colon before the fraction too, as the Group Policy client writes it. */
static gboolean
read_clock (Reader *reader, gboolean needs_seconds, gint64 *of_day_usec)
{
  int hour, minute, second = 0, microsecond = 0;
  gboolean with_seconds;

  if (read_number (reader, 2, &hour) == 0 || !read_char (reader, ':')
      || read_number (reader, 2, &minute) != 2)
    return FALSE;
  with_seconds = read_char (reader, ':');
  if (with_seconds && read_number (reader, 2, &second) != 2)
    return FALSE;
  if (needs_seconds && !with_seconds)
    return FALSE;
  if (with_seconds && (peek (reader) == '.' || peek (reader) == ',' || peek (reader) == ':'))
    {
      Reader ahead = *reader;

      ahead.at++;
      if (read_fraction (&ahead, &microsecond))
        *reader = ahead;
    }
  read_half_day (reader, &hour);
  *of_day_usec = COT_TIME_NONE;
  if (hour <= 23 && minute <= 59 && second <= 59)
    *of_day_usec
        = hour * USEC_AN_HOUR + ((gint64) minute * 60 + second) * USEC_A_SECOND + microsecond;
  return !g_ascii_isalnum (peek (reader)) || (peek (reader) | 0x20) == 'z';
}

/* "+02:00", "-0500", "+02", all hours and minutes to the east; "+300", "-60" as Configuration
 * Manager writes it: minutes to add. There are no 60 hours. */
static gboolean
read_offset (Reader *reader, gint16 *bias_minutes)
{
  gboolean east = peek (reader) == '+';
  int hours, minutes = 0;
  gsize n;

  reader->at++;
  n = read_number (reader, 4, &hours);
  if (n == 3 || (n == 2 && hours > MAX_OFFSET_HOURS && peek (reader) != ':'))
    {
      *bias_minutes = (gint16) (east ? hours : -hours);
      return TRUE;
    }
  if (n == 4)
    {
      minutes = hours % 100;
      hours /= 100;
    }
  else if (n != 2 || (read_char (reader, ':') && read_number (reader, 2, &minutes) != 2))
    {
      return FALSE;
    }
  if (hours > MAX_OFFSET_HOURS || minutes > 59)
    return FALSE;
  *bias_minutes = (gint16) (east ? -(hours * 60 + minutes) : hours * 60 + minutes);
  return TRUE;
}

/* A zone behind a blank must be of a shape that a text hardly has. */
static void
read_zone (Reader *reader, gint16 *bias_minutes)
{
  Reader ahead = *reader;
  gboolean apart = skip_blanks (&ahead);
  gsize from = ahead.at;
  gint16 bias = 0;

  if (peek (&ahead) == '+' || peek (&ahead) == '-')
    {
      if (!read_offset (&ahead, &bias) || (apart && ahead.at - from < 5) || peek (&ahead) == ':')
        return;
    }
  else if (!read_word (&ahead, "UTC") && !read_word (&ahead, "GMT")
           && (apart || !read_word (&ahead, "Z")))
    {
      return;
    }
  if (g_ascii_isalnum (peek (&ahead)))
    return;
  *bias_minutes = bias;
  *reader = ahead;
}

/* 2024-09-09, 9/9/2024, 09.09.24 */
static gboolean
read_numbers (Reader *reader, CotStamp *stamp)
{
  int first, second, third;
  guint n_first = read_number (reader, 4, &first), n_third;
  char separator = peek (reader);

  if (n_first == 0 || n_first == 3 || (separator != '-' && separator != '/' && separator != '.'))
    return FALSE;
  reader->at++;
  if (read_number (reader, 2, &second) == 0 || !read_char (reader, separator))
    return FALSE;
  n_third = read_number (reader, n_first == 4 ? 2 : 4, &third);
  if (n_third == 0 || n_third == 3 || (n_first != 4 && n_third == 1))
    return FALSE;
  if (n_first == 4)
    {
      stamp->kind = COT_STAMP_YEAR_FIRST;
      stamp->year = first;
      stamp->first = second;
      stamp->second = third;
      return TRUE;
    }
  stamp->kind = separator == '.' ? COT_STAMP_DOTS : COT_STAMP_SLASHES;
  stamp->year = n_third == 4 ? third : third + (third < 70 ? 2000 : 1900);
  stamp->first = first;
  stamp->second = second;
  return TRUE;
}

/* [Mon,] Sep  9 [2024] */
static gboolean
read_named (Reader *reader, CotStamp *stamp)
{
  Reader ahead = *reader;
  int weekday, month, year;

  if (read_name (&ahead, "MonTueWedThuFriSatSun", &weekday))
    {
      read_char (&ahead, ',');
      skip_blanks (&ahead);
      *reader = ahead;
    }
  if (!read_name (reader, "JanFebMarAprMayJunJulAugSepOctNovDec", &month) || !skip_blanks (reader)
      || read_number (reader, 2, &stamp->second) == 0)
    return FALSE;
  read_char (reader, ',');
  stamp->kind = COT_STAMP_MONTH_NAME;
  stamp->first = month + 1;
  ahead = *reader;
  if (skip_blanks (&ahead) && read_number (&ahead, 4, &year) == 4 && peek (&ahead) != ':')
    {
      stamp->year = year;
      *reader = ahead;
    }
  return TRUE;
}

/* What may stand between a date and its time: blanks, a comma, a dash, a T, "][". */
static gboolean
read_between (Reader *reader)
{
  gsize from = reader->at;

  if (peek (reader) == 'T' || peek (reader) == 't' || peek (reader) == '_')
    {
      reader->at++;
      return TRUE;
    }
  if (read_char (reader, ']'))
    {
      skip_blanks (reader);
      return read_char (reader, '[');
    }
  read_char (reader, ',');
  skip_blanks (reader);
  if (reader->at > from && read_char (reader, '-'))
    skip_blanks (reader);
  return reader->at > from;
}

gboolean
cot_stamp_read (const char *data, gsize from, gsize to, CotStamp *stamp)
{
  gsize limit = MIN (to, from + COT_STAMP_MAX_BYTES);
  Reader reader = { data, from, cot_find_line_end (data, from, limit) };
  Reader ahead = reader;
  gboolean with_date;
  int year;

  *stamp = (CotStamp){ .kind = COT_STAMP_CLOCK, .bias_minutes = COT_BIAS_NONE };
  if (from >= to)
    return FALSE;
  with_date
      = g_ascii_isalpha (data[from]) ? read_named (&ahead, stamp) : read_numbers (&ahead, stamp);
  if (with_date)
    {
      reader = ahead;
      if (!read_between (&reader))
        return FALSE;
    }
  else
    {
      stamp->kind = COT_STAMP_CLOCK;
    }
  if (!read_clock (&reader, !with_date, &stamp->of_day_usec))
    return FALSE;
  read_zone (&reader, &stamp->bias_minutes);
  ahead = reader;
  if (stamp->kind == COT_STAMP_MONTH_NAME && stamp->year == 0 && skip_blanks (&ahead)
      && read_number (&ahead, 4, &year) == 4 && year >= 1980 && year < 2100
      && !g_ascii_isalnum (peek (&ahead)))
    {
      stamp->year = year;
      reader = ahead;
    }
  stamp->end = reader.at;
  return TRUE;
}

static gint64
day_of (int year, int month, int day)
{
  return cot_clock_from_civil (year, month, day, 0, 0, 0, 0);
}

gint64
cot_stamp_get_time (const CotStamp *stamp, CotDateOrder order, int year)
{
  gboolean day_first = order == COT_DATE_ORDER_DAY_FIRST
                       || (order == COT_DATE_ORDER_UNKNOWN && stamp->kind == COT_STAMP_DOTS);
  gint64 day_usec = COT_TIME_NONE;

  switch (stamp->kind)
    {
    case COT_STAMP_YEAR_FIRST:
    case COT_STAMP_MONTH_NAME:
      day_usec = day_of (stamp->year != 0 ? stamp->year : year, stamp->first, stamp->second);
      break;
    case COT_STAMP_SLASHES:
    case COT_STAMP_DOTS:
      /* There is no month above 12: such a date can be read in one way only. */
      if (day_first ? stamp->second > 12 : stamp->first > 12)
        day_first = !day_first;
      day_usec = day_first ? day_of (stamp->year, stamp->second, stamp->first)
                           : day_of (stamp->year, stamp->first, stamp->second);
      break;
    case COT_STAMP_CLOCK:
    default:
      break;
    }
  if (day_usec == COT_TIME_NONE || stamp->of_day_usec == COT_TIME_NONE)
    return COT_TIME_NONE;
  return day_usec + stamp->of_day_usec;
}
