/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-density-private.h"

/* Between the axis of the counts, the clock that its labels show, and the filter language. */

#define MINUTE_USEC (60 * (gint64) G_USEC_PER_SEC)

/* From the axis to UTC; not for the clock as written. */
static gint64
get_shift (CotDensity *self)
{
  return cot_density_get_mode (self) == COT_CLOCK_LOCAL
             ? cot_density_get_local_bias (self) * MINUTE_USEC
             : 0;
}

/**
 * cot_density_get_axis_time:
 * @self: counts
 * @time: when an entry was written
 *
 * Returns: where it stands on the axis; %COT_TIME_NONE: nowhere
 */
gint64
cot_density_get_axis_time (CotDensity *self, const CotEntryTime *time)
{
  if (time->time_usec == COT_TIME_NONE || time->bias_minutes == COT_BIAS_NONE
      || cot_density_get_mode (self) == COT_CLOCK_WRITTEN)
    return time->time_usec;
  return time->time_usec + time->bias_minutes * MINUTE_USEC - get_shift (self);
}

/**
 * cot_density_get_wall_time:
 * @self: counts
 * @axis_usec: a time on the axis
 *
 * Returns: what the clock showed then, daylight saving included
 */
gint64
cot_density_get_wall_time (CotDensity *self, gint64 axis_usec)
{
  if (cot_density_get_mode (self) != COT_CLOCK_LOCAL)
    return axis_usec;
  return cot_clock_show (axis_usec + get_shift (self), 0, COT_CLOCK_LOCAL);
}

/**
 * cot_density_get_span:
 * @self: counts
 * @from_usec: a time on the axis
 * @until_usec: a later one; itself left out
 *
 * Returns: the same in the filter language: what passes it is what is counted there
 */
CotFilterSpan
cot_density_get_span (CotDensity *self, gint64 from_usec, gint64 until_usec)
{
  CotFilterSpan span = { .start_usec = from_usec, .end_usec = until_usec, .is_range = TRUE };

  if (cot_density_get_mode (self) == COT_CLOCK_WRITTEN)
    return span;
  span.has_zone = TRUE;
  if (cot_density_get_mode (self) == COT_CLOCK_LOCAL)
    span.bias_minutes = cot_clock_get_local_bias (from_usec + get_shift (self));
  span.start_usec = from_usec + get_shift (self) - span.bias_minutes * MINUTE_USEC;
  span.end_usec = span.start_usec + (until_usec - from_usec);
  return span;
}

/**
 * cot_density_place_span:
 * @self: counts
 * @span: a time of the filter language
 * @from_usec: (out): where it begins on the axis
 * @until_usec: (out): where it ends
 *
 * Returns: whether it is a range by a clock that the axis can show
 */
gboolean
cot_density_place_span (CotDensity *self, const CotFilterSpan *span, gint64 *from_usec,
                        gint64 *until_usec)
{
  gint64 shift_usec = span->bias_minutes * MINUTE_USEC - get_shift (self);

  if (!span->is_range || span->of_day
      || span->has_zone != (cot_density_get_mode (self) != COT_CLOCK_WRITTEN))
    return FALSE;
  if (!span->has_zone)
    shift_usec = 0;
  *from_usec = span->start_usec + shift_usec;
  *until_usec = span->end_usec + shift_usec;
  return TRUE;
}
