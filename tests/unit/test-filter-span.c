/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Times of the filter language: what they mean, and that what is written is read as the same. */

#include "cot-filter-span.h"

#include "cot-clock.h"

#define N_ROUNDS 20000
#define MINUTE_USEC (60 * (gint64) G_USEC_PER_SEC)

static gint64
at (int day, int hour, int minute, int second)
{
  return cot_clock_from_civil (2026, 11, day, hour, minute, second, 0);
}

static CotFilterSpan
parse (const char *text)
{
  CotFilterSpan span;

  g_assert_true (cot_filter_span_parse (text, &span));
  return span;
}

static void
test_meaning (void)
{
  CotFilterSpan span = parse ("2026-11-18");

  g_assert_cmpint (span.start_usec, ==, at (18, 0, 0, 0));
  g_assert_cmpint (span.end_usec, ==, at (19, 0, 0, 0));
  g_assert_false (span.of_day || span.is_range || span.has_zone);

  span = parse ("2026-11-18T09:12..09:20");
  g_assert_cmpint (span.start_usec, ==, at (18, 9, 12, 0));
  g_assert_cmpint (span.end_usec, ==, at (18, 9, 21, 0));
  g_assert_true (span.is_range && !span.of_day);

  span = parse ("09:12..09:12:30");
  g_assert_cmpint (span.end_usec - span.start_usec, ==, 31 * G_USEC_PER_SEC);
  g_assert_true (span.is_range && span.of_day);

  /* The second clock is half an hour behind the first: the same that it shows is later. */
  span = parse ("2026-11-18T09:12-05:00..09:12-05:30");
  g_assert_cmpint (span.bias_minutes, ==, 300);
  g_assert_cmpint (span.end_usec - span.start_usec, ==, 31 * MINUTE_USEC);
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "", "..", "09:12..", "..09:12", "09:12..09:11", "09:12.", "09:12...09:13", "09:12:00.",
    "2026-11-18..", "2026-11-18TZ", "2026-11-18T09:12z", "09:12Z..09:13", "09:12..09:13Z",
    "09:12+1:00", "09:12+15:00", "09:12+01:60", "09:12 Z", "09:12..09:13 ",
    "2026-02-30..2026-03-01",
  };
  CotFilterSpan span;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i]);
      g_assert_false (cot_filter_span_parse (texts[i], &span));
    }
}

static void
assert_text (CotFilterSpan span, const char *want)
{
  g_autofree char *text = cot_filter_span_dup_text (&span);

  g_assert_cmpstr (text, ==, want);
}

static void
test_text (void)
{
  CotFilterSpan span = { .start_usec = at (18, 9, 12, 0), .end_usec = at (18, 9, 20, 0) };

  assert_text (span, "2026-11-18T09:12:00..09:19:59");
  span.has_zone = TRUE;
  assert_text (span, "2026-11-18T09:12:00Z..09:19:59Z");
  span.bias_minutes = -90;
  assert_text (span, "2026-11-18T09:12:00+01:30..09:19:59+01:30");
  span.has_zone = FALSE;
  span.end_usec = at (19, 0, 0, 0);
  assert_text (span, "2026-11-18T09:12:00..23:59:59");
  span.end_usec++;
  span.end_usec += 999 + 20000;
  assert_text (span, "2026-11-18T09:12:00.000..2026-11-19T00:00:00.020");
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      gint64 unit_usec = g_test_rand_int_range (0, 2) == 0 ? 1000 : G_USEC_PER_SEC;
      gint64 length = g_test_rand_int_range (1, g_test_rand_int_range (0, 2) == 0 ? 100 : 1000000);
      CotFilterSpan span = {
        .start_usec = g_test_rand_int_range (-1000000000, 2000000000) * unit_usec,
        .is_range = TRUE,
        .has_zone = g_test_rand_int_range (0, 2) == 0,
      };
      CotFilterSpan read;
      g_autofree char *text = NULL;

      span.end_usec = span.start_usec + length * unit_usec;
      if (span.has_zone)
        span.bias_minutes = (gint16) g_test_rand_int_range (-14 * 60, 14 * 60 + 1);
      text = cot_filter_span_dup_text (&span);
      read = parse (text);
      g_assert_cmpint (read.start_usec, ==, span.start_usec);
      g_assert_cmpint (read.end_usec, ==, span.end_usec);
      g_assert_cmpint (read.has_zone, ==, span.has_zone);
      g_assert_cmpint (read.bias_minutes, ==, span.bias_minutes);
      g_assert_true (read.is_range && !read.of_day);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter-span/meaning", test_meaning);
  g_test_add_func ("/filter-span/refused", test_refused);
  g_test_add_func ("/filter-span/text", test_text);
  g_test_add_func ("/filter-span/round-trip", test_round_trip);
  return g_test_run ();
}
