/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-clock-shift.h"

#include <glib/gi18n.h>
#include <string.h>

#define MSEC_USEC G_GINT64_CONSTANT (1000)
#define MINUTE_USEC (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define HOUR_USEC (60 * MINUTE_USEC)
#define DAY_USEC (24 * HOUR_USEC)
#define MAX_DIGITS 12

/* The largest first, as they are written. The first word of each is the one that is shown. */
static const struct
{
  gint64 usec;
  const char *words[6];
} units[] = {
  /* Translators: short for days */
  { DAY_USEC, { N_("d"), "d", "day", "days" } },
  /* Translators: short for hours */
  { HOUR_USEC, { N_("h"), "h", "hr", "hour", "hours" } },
  /* Translators: short for minutes */
  { MINUTE_USEC, { N_("min"), "min", "m", "minute", "minutes" } },
  /* Translators: short for seconds */
  { G_USEC_PER_SEC, { N_("s"), "s", "sec", "second", "seconds" } },
  /* Translators: short for milliseconds */
  { MSEC_USEC, { N_("ms"), "ms", "msec" } },
};

static void
skip_spaces (const char **at)
{
  while (g_ascii_isspace (**at))
    (*at)++;
}

static gboolean
read_number (const char **at, gint64 *number)
{
  const char *start = *at;

  *number = 0;
  for (; g_ascii_isdigit (**at); (*at)++)
    {
      if (*at - start >= MAX_DIGITS)
        return FALSE;
      *number = *number * 10 + (**at - '0');
    }
  return *at > start;
}

/* (nullable index): G_N_ELEMENTS (units) where it is no unit. */
static guint
read_unit (const char **at)
{
  const char *end = *at;
  g_autofree char *word = NULL;

  while (*end != '\0' && !g_ascii_isspace (*end) && !g_ascii_isdigit (*end))
    end++;
  word = g_strndup (*at, (gsize) (end - *at));
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      gboolean is_it = strcmp (word, _(units[i].words[0])) == 0;

      for (guint j = 0; units[i].words[j] != NULL && !is_it; j++)
        is_it = g_ascii_strcasecmp (word, units[i].words[j]) == 0;
      if (!is_it)
        continue;
      *at = end;
      return i;
    }
  return G_N_ELEMENTS (units);
}

/* What cannot be added up is more than any clock is wrong by. */
static gboolean
add (gint64 *sum_usec, gint64 number, gint64 unit_usec)
{
  if (number > COT_CLOCK_SHIFT_MAX_USEC / unit_usec)
    return FALSE;
  *sum_usec += number * unit_usec;
  return *sum_usec <= COT_CLOCK_SHIFT_MAX_USEC;
}

/* "1:30:00" or "1:30:00.250" behind the hours; hours and minutes alone are "1:30". */
static gboolean
read_clock (const char **at, gint64 hours, gint64 *sum_usec)
{
  gint64 minutes, seconds = 0, msec = 0;

  (*at)++;
  if (!read_number (at, &minutes) || minutes > 59)
    return FALSE;
  if (**at == ':')
    {
      (*at)++;
      if (!read_number (at, &seconds) || seconds > 59)
        return FALSE;
    }
  if (**at == '.' || **at == ',')
    {
      const char *start = ++*at;

      if (!read_number (at, &msec) || *at - start > 3)
        return FALSE;
      for (gsize i = (gsize) (*at - start); i < 3; i++)
        msec *= 10;
    }
  return add (sum_usec, hours, HOUR_USEC) && add (sum_usec, minutes, MINUTE_USEC)
         && add (sum_usec, seconds, G_USEC_PER_SEC) && add (sum_usec, msec, MSEC_USEC);
}

static gboolean
read_amount (const char *at, gint64 *sum_usec)
{
  guint n = 0;

  for (skip_spaces (&at); *at != '\0'; skip_spaces (&at), n++)
    {
      gint64 number;
      guint unit;

      if (!read_number (&at, &number))
        return FALSE;
      if (*at == ':')
        {
          if (!read_clock (&at, number, sum_usec))
            return FALSE;
          continue;
        }
      skip_spaces (&at);
      if (*at == '\0' && n == 0)
        return add (sum_usec, number, MINUTE_USEC);
      unit = read_unit (&at);
      if (unit == G_N_ELEMENTS (units) || !add (sum_usec, number, units[unit].usec))
        return FALSE;
    }
  return n > 0;
}

gboolean
cot_clock_shift_parse (const char *text, gint64 *shift_usec)
{
  static const char *const minuses[] = { "-", "\u2212", "\u2013" };
  g_autoptr (GString) plain = g_string_new (text);
  gint64 sum_usec = 0;
  gboolean is_negative = FALSE;

  g_string_replace (plain, "\u00a0", " ", 0);
  text = plain->str;
  skip_spaces (&text);
  for (gsize i = 0; i < G_N_ELEMENTS (minuses) && !is_negative; i++)
    if (g_str_has_prefix (text, minuses[i]))
      {
        is_negative = TRUE;
        text += strlen (minuses[i]);
      }
  if (!is_negative && *text == '+')
    text++;
  if (!read_amount (text, &sum_usec))
    return FALSE;
  *shift_usec = is_negative ? -sum_usec : sum_usec;
  return TRUE;
}

char *
cot_clock_shift_dup_text (gint64 shift_usec)
{
  g_autoptr (GString) text = g_string_new (shift_usec < 0 ? "\u2212" : "+");
  gint64 left_usec = shift_usec < 0 ? -shift_usec : shift_usec;
  gboolean is_first = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      gint64 n = left_usec / units[i].usec;

      left_usec -= n * units[i].usec;
      if (n == 0)
        continue;
      g_string_append_printf (text, "%s%" G_GINT64_FORMAT "\u00a0%s", is_first ? "" : " ", n,
                              _(units[i].words[0]));
      is_first = FALSE;
    }
  if (is_first)
    g_string_append_printf (text, "0\u00a0%s", _("min"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
