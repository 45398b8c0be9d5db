/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-types.h"

G_BEGIN_DECLS

/* "2024-09-09T12:34:56.789000" and the NUL */
#define COT_CLOCK_ISO_SIZE 32

/* Microseconds since 1970-01-01 00:00 of the clock that the writer looked at (no zone). */
gint64 cot_clock_from_civil (int year, int month, int day, int hour, int minute, int second,
                             int microsecond); /* COT_TIME_NONE if that is no date */
void cot_clock_to_civil (gint64 time_usec, int *year, int *month, int *day, int *hour, int *minute,
                         int *second, int *microsecond);
void cot_clock_format_iso (gint64 time_usec, char text[COT_CLOCK_ISO_SIZE]); /* to the usec */
/* The moment in UTC: wall clock + bias (minutes to ADD, Windows sense); NONE without a bias. */
gint64 cot_clock_to_utc (gint64 time_usec, gint16 bias_minutes);

/* Whose clock shows the times of a log: the writer's own, that of this computer, or UTC. */
typedef enum
{
  COT_CLOCK_WRITTEN,
  COT_CLOCK_LOCAL,
  COT_CLOCK_UTC,
} CotClockMode;

#define COT_N_CLOCK_MODES 3

/* What that clock showed; the wall clock itself where its bias is not known. Any thread. */
gint64 cot_clock_show (gint64 time_usec, gint16 bias_minutes, CotClockMode mode);
/* Of this computer at a moment in UTC; COT_BIAS_NONE for COT_TIME_NONE. Any thread. */
gint16 cot_clock_get_local_bias (gint64 utc_usec);
/* The moment in UTC at which the clock of this computer showed that. Any thread. */
gint64 cot_clock_from_local (gint64 local_usec);
/* "0:01:12.345"; days as "2d 0:01:12.345"; a minus sign where negative. */
char *cot_clock_format_elapsed (gint64 elapsed_usec);
/* As CMTrace's status bar prints it: "0h 1m 12s 345ms (72.345 seconds)". */
char *cot_clock_format_elapsed_long (gint64 elapsed_usec);

/* Tolerant readers; FALSE and nothing written where the text is no such thing.
 * Time: H:MM[:SS[.f{1,}]][bias], bias as +300, -060, +00 or none.
 * Date: M-D-YYYY, YYYY-MM-DD, also with slashes. */
typedef struct
{
  gint64 of_day_usec;
  gint16 bias_minutes; /* COT_BIAS_NONE */
  gboolean doubled_sign; /* "+-240": east-positive writers */
} CotClockTime;

gboolean cot_clock_parse_time (const char *text, gsize length_bytes, CotClockTime *time);
gboolean cot_clock_parse_date (const char *text, gsize length_bytes, gint64 *day_usec);
/* Free forms found inside messages and captures: ISO 8601 with or without Z, "MM/DD/YYYY HH:MM:SS".
 * @is_utc tells whether the text said so. */
gboolean cot_clock_parse_moment (const char *text, gsize length_bytes, gint64 *time_usec,
                                 gboolean *is_utc);

G_END_DECLS
