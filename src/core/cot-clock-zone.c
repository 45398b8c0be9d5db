/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the clocks of other zones show at a moment of a log. */

#include "cot-clock.h"

#define USEC_A_SECOND 1000000

/* GLib keeps the zone of this computer, as long as TZ stays the same. */
static gint64
get_local_offset (GTimeType type, gint64 time_usec)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gint64 seconds = time_usec / USEC_A_SECOND - (time_usec % USEC_A_SECOND < 0);
  int interval;

  if (type == G_TIME_TYPE_UNIVERSAL)
    interval = g_time_zone_find_interval (zone, type, seconds);
  else
    interval = g_time_zone_adjust_time (zone, type, &seconds);
  return interval >= 0 ? (gint64) g_time_zone_get_offset (zone, interval) * USEC_A_SECOND : 0;
}

/**
 * cot_clock_get_local_bias:
 * @utc_usec: a moment in UTC
 *
 * Any thread.
 *
 * Returns: minutes to add to the clock of this computer to get UTC, as they were at that moment;
 *   %COT_BIAS_NONE for %COT_TIME_NONE
 */
gint16
cot_clock_get_local_bias (gint64 utc_usec)
{
  if (utc_usec == COT_TIME_NONE)
    return COT_BIAS_NONE;
  return (gint16) (-get_local_offset (G_TIME_TYPE_UNIVERSAL, utc_usec) / USEC_A_SECOND / 60);
}

/**
 * cot_clock_show:
 * @time_usec: a wall clock
 * @bias_minutes: minutes to add to it to get UTC; %COT_BIAS_NONE: not known
 * @mode: whose clock is wanted
 *
 * Any thread.
 *
 * Returns: what that clock showed at the moment; the wall clock itself where its zone is not known
 */
gint64
cot_clock_show (gint64 time_usec, gint16 bias_minutes, CotClockMode mode)
{
  gint64 utc_usec = cot_clock_to_utc (time_usec, bias_minutes);
  gint64 local_usec;

  if (mode == COT_CLOCK_WRITTEN || utc_usec == COT_TIME_NONE)
    return time_usec;
  if (mode == COT_CLOCK_UTC
      || __builtin_add_overflow (utc_usec, get_local_offset (G_TIME_TYPE_UNIVERSAL, utc_usec),
                                 &local_usec))
    return utc_usec;
  return local_usec;
}

/**
 * cot_clock_from_local:
 * @local_usec: what the clock of this computer showed
 *
 * An hour that there was twice is taken for its first; one that there was not, for the one behind.
 * Any thread.
 *
 * Returns: the moment in UTC; %COT_TIME_NONE for %COT_TIME_NONE
 */
gint64
cot_clock_from_local (gint64 local_usec)
{
  gint64 utc_usec;

  if (local_usec == COT_TIME_NONE
      || __builtin_sub_overflow (local_usec, get_local_offset (G_TIME_TYPE_STANDARD, local_usec),
                                 &utc_usec))
    return COT_TIME_NONE;
  return utc_usec;
}
