/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-dos-time.h"

#include "cot-unpack-protocol.h"

#define USEC_PER_SECOND INT64_C (1000000)

/* Days since 1970 of a date of the Gregorian calendar. timegm() would want to read the time
 * zone's file, which the lock forbids. */
static int64_t
days_from_date (int year, int month, int day)
{
  static const int before_month[12] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };
  int past = month > 2 ? year : year - 1;

  return INT64_C (365) * (year - 1970) + past / 4 - past / 100 + past / 400 - 477
         + before_month[month - 1] + day - 1;
}

int64_t
cot_dos_time_to_usec (uint16_t date, uint16_t time)
{
  int year = 1980 + (date >> 9);
  int month = date >> 5 & 15;
  int day = date & 31;
  int hour = time >> 11;
  int minute = time >> 5 & 63;
  int second = 2 * (time & 31);

  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59)
    return COT_UNPACK_TIME_NONE;
  return (days_from_date (year, month, day) * 86400 + hour * 3600 + minute * 60 + second)
         * USEC_PER_SECOND;
}
