/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is read is in its range, and a moment that was printed is read back. */

#include <stdint.h>
#include <string.h>

#include "cot-clock.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define USEC_A_DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

static void
check_moment (gint64 time_usec)
{
  int year, month, day, hour, minute, second, microsecond;
  char iso[COT_CLOCK_ISO_SIZE];
  gint64 again;
  gboolean is_utc;

  cot_clock_to_civil (time_usec, &year, &month, &day, &hour, &minute, &second, &microsecond);
  again = cot_clock_from_civil (year, month, day, hour, minute, second, microsecond);
  if (again == COT_TIME_NONE)
    {
      g_assert_true (year < 1601 || year > 9999);
      return;
    }
  g_assert_cmpint (again, ==, time_usec);
  cot_clock_format_iso (time_usec, iso);
  g_assert_true (cot_clock_parse_moment (iso, strlen (iso), &again, &is_utc));
  g_assert_cmpint (again, ==, time_usec);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  CotClockTime time;
  gint64 usec;
  gboolean is_utc;

  if (cot_clock_parse_time (text, size, &time))
    {
      g_assert_cmpint (time.of_day_usec, >=, 0);
      g_assert_cmpint (time.of_day_usec, <, USEC_A_DAY);
      g_assert_true (time.bias_minutes == COT_BIAS_NONE
                     || (time.bias_minutes >= -9999 && time.bias_minutes <= 9999));
    }
  if (cot_clock_parse_date (text, size, &usec))
    {
      g_assert_cmpint (usec % USEC_A_DAY, ==, 0);
      check_moment (usec);
    }
  if (cot_clock_parse_moment (text, size, &usec, &is_utc))
    check_moment (usec);
  if (size >= sizeof usec)
    {
      g_autofree char *elapsed = NULL;

      memcpy (&usec, data, sizeof usec);
      check_moment (usec);
      cot_clock_to_utc (usec, (gint16) size);
      elapsed = cot_clock_format_elapsed (usec);
      g_assert_cmpuint (strlen (elapsed), >=, strlen ("0:00:00.000"));
    }
  return 0;
}
