/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Counts by time against a list of all times, by random logs; the same on every run of one seed. */

#include "cot-time-bins.h"

#define N_ROUNDS 400
#define MSEC ((gint64) 1000)
#define DAY_USEC (24 * 3600 * (gint64) G_USEC_PER_SEC)

typedef struct
{
  gint64 time_usec;
  CotSeverity severity;
} Entry;

/* How far the next entry is from the one before: a clock that is put back, a gap, a burst. */
static gint64
random_step (guint style)
{
  gint64 step = g_test_rand_int_range (0, 2000) * MSEC;

  switch (g_test_rand_int_range (0, 40))
    {
    case 0:
      return -step * g_test_rand_int_range (1, 3600);
    case 1:
      return style > 0 ? g_test_rand_int_range (1, 400) * DAY_USEC : step * 1000;
    case 2:
      return style > 1 ? -g_test_rand_int_range (1, 20000) * DAY_USEC : 0;
    case 3:
      return g_test_rand_int_range (0, 3);
    default:
      return step;
    }
}

static GArray *
make_entries (void)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  guint style = (guint) g_test_rand_int_range (0, 3);
  guint n = (guint) g_test_rand_int_range (0, 600);
  gint64 time_usec = g_test_rand_int_range (-40000, 40000) * DAY_USEC;

  for (guint i = 0; i < n; i++)
    {
      Entry entry = { .severity = (CotSeverity) g_test_rand_int_range (0, COT_N_SEVERITIES) };

      time_usec += random_step (style);
      entry.time_usec = g_test_rand_int_range (0, 10) == 0 ? COT_TIME_NONE : time_usec;
      g_array_append_val (entries, entry);
    }
  return entries;
}

/* The slow way, one stretch after the other. */
static CotTimeBin
count_slowly (GArray *entries, gint64 from_usec, gint64 until_usec)
{
  CotTimeBin sum = { 0 };

  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);

      if (entry->time_usec == COT_TIME_NONE || entry->time_usec < from_usec
          || entry->time_usec >= until_usec)
        continue;
      sum.n_entries++;
      sum.n_warnings += entry->severity == COT_SEVERITY_WARNING;
      sum.n_errors += entry->severity == COT_SEVERITY_ERROR;
    }
  return sum;
}

static void
assert_equal (const CotTimeBin *bin, CotTimeBin expected)
{
  g_assert_cmpuint (bin->n_entries, ==, expected.n_entries);
  g_assert_cmpuint (bin->n_warnings, ==, expected.n_warnings);
  g_assert_cmpuint (bin->n_errors, ==, expected.n_errors);
}

static void
check_sums (const CotTimeBins *bins, GArray *entries, guint max_bins)
{
  gint64 first_usec, last_usec;
  gboolean differ = cot_time_bins_get_range (bins, &first_usec, &last_usec);
  gint64 width_usec = cot_time_bins_choose_width (bins, max_bins);
  gint64 start_usec = cot_time_bins_round_down (first_usec, width_usec);
  guint n = (guint) ((last_usec - start_usec) / width_usec + 1);
  g_autofree CotTimeBin *sums = g_new (CotTimeBin, n);
  guint64 n_summed = 0;

  g_assert_cmpint (width_usec, >, 0);
  g_assert_cmpuint (n, <=, max_bins);
  /* No shorter length would have done, at least not one tenth of it. */
  if (differ && width_usec > 10 * MSEC)
    g_assert_cmpint ((last_usec - first_usec) / (width_usec / 10), >=, (gint64) max_bins / 2);
  cot_time_bins_sum (bins, start_usec, width_usec, n, sums);
  for (guint i = 0; i < n; i++)
    {
      gint64 from_usec = start_usec + i * width_usec;

      assert_equal (&sums[i], count_slowly (entries, from_usec, from_usec + width_usec));
      n_summed += sums[i].n_entries;
    }
  g_assert_cmpuint (n_summed, ==, cot_time_bins_get_n_timed (bins));
}

static void
check (const CotTimeBins *bins, GArray *entries)
{
  gint64 first_usec = G_MAXINT64, last_usec = G_MININT64;
  gint64 from_usec, until_usec;
  guint64 n_untimed = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);

      if (entry->time_usec == COT_TIME_NONE)
        {
          n_untimed++;
          continue;
        }
      first_usec = MIN (first_usec, entry->time_usec);
      last_usec = MAX (last_usec, entry->time_usec);
    }
  g_assert_cmpuint (cot_time_bins_get_n_untimed (bins), ==, n_untimed);
  g_assert_cmpuint (cot_time_bins_get_n_timed (bins), ==, entries->len - n_untimed);
  g_assert_cmpint (cot_time_bins_get_range (bins, &from_usec, &until_usec), ==,
                   first_usec < last_usec);
  if (n_untimed == entries->len)
    return;
  g_assert_cmpint (from_usec, ==, first_usec);
  g_assert_cmpint (until_usec, ==, last_usec);
  check_sums (bins, entries, (guint) g_test_rand_int_range (8, 500));
}

static void
test_random (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (GArray) entries = make_entries ();
      g_autoptr (CotTimeBins) bins = cot_time_bins_new ();
      g_autoptr (CotTimeBins) copy = NULL;

      for (guint i = 0; i < entries->len; i++)
        {
          const Entry *entry = &g_array_index (entries, Entry, i);

          /* What is added to a copy does not come into what it was made of. */
          if (i == entries->len / 2)
            copy = cot_time_bins_copy (bins);
          cot_time_bins_add (bins, entry->time_usec, entry->severity);
          if (copy != NULL)
            cot_time_bins_add (copy, entry->time_usec, entry->severity);
        }
      check (bins, entries);
      if (copy != NULL)
        check (copy, entries);
    }
}

/* From one end of the calendar to the other, and back. */
static void
test_calendar (void)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_autoptr (CotTimeBins) bins = cot_time_bins_new ();

  for (guint i = 0; i < 200; i++)
    {
      int year = i % 2 == 0 ? 1601 + (int) i : 9999 - (int) i;
      Entry entry = { cot_clock_from_civil (year, 12, 31, 23, 59, 59, 999999),
                      COT_SEVERITY_ERROR };

      g_assert_cmpint (entry.time_usec, !=, COT_TIME_NONE);
      g_array_append_val (entries, entry);
      cot_time_bins_add (bins, entry.time_usec, entry.severity);
    }
  check_sums (bins, entries, 400);
  check_sums (bins, entries, 40);
}

/* Before 1970 too, a stretch begins where it does after it. */
static void
test_round_down (void)
{
  g_assert_cmpint (cot_time_bins_round_down (0, 10), ==, 0);
  g_assert_cmpint (cot_time_bins_round_down (9, 10), ==, 0);
  g_assert_cmpint (cot_time_bins_round_down (-1, 10), ==, -10);
  g_assert_cmpint (cot_time_bins_round_down (-10, 10), ==, -10);
  g_assert_cmpint (cot_time_bins_round_down (-11, 10), ==, -20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-bins/random", test_random);
  g_test_add_func ("/time-bins/calendar", test_calendar);
  g_test_add_func ("/time-bins/round-down", test_round_down);
  return g_test_run ();
}
