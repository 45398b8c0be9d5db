/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format-server-private.h"

#include "cot-scan-private.h"

#define MAX_WORDS 5

static guint
split_words (CotSpan text, CotSpan words[MAX_WORDS])
{
  guint n = 0;
  gsize i = 0;

  while (n < MAX_WORDS)
    {
      gsize start;

      while (i < text.length_bytes && (cot_is_blank (text.data[i]) || text.data[i] == '~'))
        i++;
      for (start = i; i < text.length_bytes && !cot_is_blank (text.data[i])
                      && text.data[i] != '~';)
        i++;
      if (i == start)
        break;
      words[n++] = cot_span (text.data, start, i);
    }
  return n;
}

static gboolean
read_month (CotSpan word, int *month)
{
  static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";

  for (int i = 0; i < 12 && word.length_bytes == 3; i++)
    if (g_ascii_strncasecmp (word.data, names + i * 3, 3) == 0)
      {
        *month = i + 1;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_number (CotSpan word, gsize max_digits, int *value)
{
  *value = 0;
  for (gsize i = 0; i < word.length_bytes; i++)
    {
      if (!g_ascii_isdigit (word.data[i]) || i == max_digits)
        return FALSE;
      *value = *value * 10 + (word.data[i] - '0');
    }
  return word.length_bytes > 0;
}

/* "Wed May 21 17:09:02 1997~" of SMS 1, and "Fri Mar 26 10:43:41.547 1999 Eastern Standard Time"
 * of SMS 2. A zone in words is no bias: which one it was depends on the writer's language. */
static gboolean
parse_c_date (const CotSpan *words, guint n_words, gint64 *day_usec, CotClockTime *time)
{
  CotClockTime result;
  int month, day, year;
  gint64 midnight;

  if (n_words < 5 || words[0].length_bytes != 3 || !g_ascii_isalpha (words[0].data[0])
      || !read_month (words[1], &month) || !read_number (words[2], 2, &day)
      || !cot_clock_parse_time (words[3].data, words[3].length_bytes, &result)
      || !read_number (words[4], 4, &year))
    return FALSE;
  midnight = cot_clock_from_civil (year, month, day, 0, 0, 0, 0);
  if (midnight == COT_TIME_NONE)
    return FALSE;
  *day_usec = midnight;
  *time = result;
  return TRUE;
}

gboolean
cot_server_parse_moment (CotSpan text, gint64 *day_usec, CotClockTime *time)
{
  CotSpan words[MAX_WORDS];
  guint n_words = split_words (text, words);
  const char *end;
  gint64 midnight;

  if (parse_c_date (words, n_words, day_usec, time))
    return TRUE;
  if (n_words < 2
      || !cot_clock_parse_date (words[0].data, words[0].length_bytes, &midnight))
    return FALSE;
  /* All that follows the date: a bias that lost its sign stands behind a blank. */
  end = words[n_words - 1].data + words[n_words - 1].length_bytes;
  if (!cot_clock_parse_time (words[1].data, (gsize) (end - words[1].data), time)
      && !cot_clock_parse_time (words[1].data, words[1].length_bytes, time))
    return FALSE;
  *day_usec = midnight;
  return TRUE;
}
