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
make_entries (guint max_entries)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  guint style = (guint) g_test_rand_int_range (0, 3);
  guint n = (guint) g_test_rand_int_range (0, (gint32) max_entries);
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
  gint64 width_usec = cot_time_bins_choose_width (bins, first_usec, last_usec, max_bins);
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

/* What is inside of the main range and outside of it is all there is; little is outside, and that
 * is far away. */
static void
check_main (const CotTimeBins *bins, GArray *entries, guint max_bins)
{
  gint64 first_usec, last_usec;
  gboolean differ = cot_time_bins_get_main_range (bins, &first_usec, &last_usec);
  gint64 width_usec = cot_time_bins_choose_width (bins, first_usec, last_usec, max_bins);
  gint64 start_usec = cot_time_bins_round_down (first_usec, width_usec);
  guint n = (guint) ((last_usec - start_usec) / width_usec + 1);
  gint64 end_usec = start_usec + n * width_usec;
  g_autofree CotTimeBin *sums = g_new (CotTimeBin, n);
  guint64 n_timed = cot_time_bins_get_n_timed (bins);
  guint64 n_summed = 0;
  CotTimeStretch before, after;

  cot_time_bins_sum (bins, start_usec, width_usec, n, sums);
  cot_time_bins_sum_outside (bins, first_usec, last_usec, &before, &after);
  for (guint i = 0; i < n; i++)
    n_summed += sums[i].n_entries;
  g_assert_cmpuint (n_summed + before.sum.n_entries + after.sum.n_entries, ==, n_timed);
  g_assert_cmpuint (before.sum.n_entries + after.sum.n_entries, <=, n_timed / 10);
  assert_equal (&before.sum, count_slowly (entries, G_MININT64 + 1, start_usec));
  assert_equal (&after.sum, count_slowly (entries, end_usec, G_MAXINT64));
  if (before.sum.n_entries + after.sum.n_entries > 0)
    g_assert_true (differ);
  if (before.sum.n_entries > 0)
    {
      g_assert_cmpint (first_usec - before.last_usec, >=, 9 * (last_usec - first_usec));
      g_assert_cmpint (first_usec - before.last_usec, >, 182 * DAY_USEC);
      assert_equal (&before.sum,
                    count_slowly (entries, before.first_usec, before.last_usec + 1));
    }
  if (after.sum.n_entries > 0)
    {
      g_assert_cmpint (after.first_usec - last_usec, >=, 9 * (last_usec - first_usec));
      g_assert_cmpint (after.first_usec - last_usec, >, 182 * DAY_USEC);
      assert_equal (&after.sum, count_slowly (entries, after.first_usec, after.last_usec + 1));
    }
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
  check_main (bins, entries, (guint) g_test_rand_int_range (2, 500));
}

static void
test_random (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      /* So many that they are counted in longer stretches. */
      g_autoptr (GArray) entries = make_entries (round % 8 == 0 ? 6000 : 600);
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

static int
compare_numbers (gconstpointer first, gconstpointer second)
{
  gint64 a = *(const gint64 *) first, b = *(const gint64 *) second;

  return (a > b) - (a < b);
}

/* The slow way: every stretch from one entry to another. In milliseconds, sorted. */
static void
find_main_slowly (const gint64 *times, guint n, guint *first, guint *last)
{
  guint n_core = n - n / 10;
  gboolean is_wider = TRUE;

  *first = 0;
  *last = n - 1;
  for (guint i = 0; i < n; i++)
    for (guint j = i; j < n; j++)
      if (j - i + 1 >= n_core && times[j] - times[i] < times[*last] - times[*first])
        {
          *first = i;
          *last = j;
        }
  while (is_wider)
    {
      gint64 reach = MAX ((times[*last] - times[*first] + 1) * 9, 365 * DAY_USEC / MSEC);

      is_wider = FALSE;
      if (*first > 0 && times[*first] - times[*first - 1] <= reach)
        {
          --*first;
          is_wider = TRUE;
        }
      if (*last + 1 < n && times[*last + 1] - times[*last] <= reach)
        {
          ++*last;
          is_wider = TRUE;
        }
    }
}

/* Some of them, years before or after. */
static void
throw_out (GArray *entries)
{
  gint32 one_in = g_test_rand_int_range (5, 40);

  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = &g_array_index (entries, Entry, i);

      if (entry->time_usec != COT_TIME_NONE && g_test_rand_int_range (0, one_in) == 0)
        entry->time_usec += g_test_rand_int_range (-20000, 20000) * DAY_USEC;
    }
}

/* Few enough that all stand in their own milliseconds. */
static void
test_main_range (void)
{
  guint n_cut = 0;

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (GArray) entries = make_entries (500);
      g_autoptr (CotTimeBins) bins = cot_time_bins_new ();
      g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
      const gint64 *numbers;
      gint64 first_usec, last_usec;
      guint first, last;

      if (round % 2 == 0)
        throw_out (entries);
      for (guint i = 0; i < entries->len; i++)
        {
          const Entry *entry = &g_array_index (entries, Entry, i);
          gint64 number;

          cot_time_bins_add (bins, entry->time_usec, entry->severity);
          if (entry->time_usec == COT_TIME_NONE)
            continue;
          number = cot_time_bins_round_down (entry->time_usec, MSEC) / MSEC;
          g_array_append_val (times, number);
        }
      g_array_sort (times, compare_numbers);
      numbers = (const gint64 *) (gconstpointer) times->data;
      if (!cot_time_bins_get_main_range (bins, &first_usec, &last_usec))
        continue;
      find_main_slowly (numbers, times->len, &first, &last);
      /* What is all of one moment is no range. */
      if (numbers[first] == numbers[last])
        continue;
      n_cut += first > 0 || last + 1 < times->len;
      g_assert_cmpint (cot_time_bins_round_down (first_usec, MSEC) / MSEC, ==, numbers[first]);
      g_assert_cmpint (cot_time_bins_round_down (last_usec, MSEC) / MSEC, ==, numbers[last]);
    }
  g_assert_cmpuint (n_cut, >, N_ROUNDS / 20);
}

/* A clock that is not set for a few entries takes nothing from the picture of all others, in
 * whatever order they come. */
static void
test_far_off (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (CotTimeBins) bins = cot_time_bins_new ();
      guint n = (guint) g_test_rand_int_range (40, 4000);
      gint64 start_usec = cot_clock_from_civil (2026, 11, 18, 9, 0, 0, 0);
      gint64 length_usec = g_test_rand_int_range (60, 7200) * 1000 * MSEC;
      guint n_early = (guint) g_test_rand_int_range (0, (gint32) n / 20);
      guint n_late = (guint) g_test_rand_int_range (0, (gint32) n / 20);
      gint64 first_usec, last_usec;
      CotTimeStretch before, after;

      for (guint i = 0; i < n; i++)
        {
          cot_time_bins_add (bins, start_usec + length_usec / n * i, COT_SEVERITY_INFO);
          if (i < n_early)
            cot_time_bins_add (bins, g_test_rand_int_range (0, 3600) * 1000 * MSEC,
                               COT_SEVERITY_ERROR);
          if (i >= n - n_late)
            cot_time_bins_add (bins,
                               start_usec + g_test_rand_int_range (9000, 90000) * DAY_USEC,
                               COT_SEVERITY_WARNING);
        }
      g_assert_true (cot_time_bins_get_main_range (bins, &first_usec, &last_usec));
      g_assert_cmpint (first_usec, <=, start_usec);
      g_assert_cmpint (first_usec, >=, start_usec - length_usec / 50);
      g_assert_cmpint (last_usec, <, start_usec + length_usec + length_usec / 50);
      g_assert_cmpint (cot_time_bins_choose_width (bins, first_usec, last_usec, 300), <=,
                       length_usec / 60);
      cot_time_bins_sum_outside (bins, first_usec, last_usec, &before, &after);
      g_assert_cmpuint (before.sum.n_entries, ==, n_early);
      g_assert_cmpuint (before.sum.n_errors, ==, n_early);
      g_assert_cmpuint (after.sum.n_entries, ==, n_late);
      g_assert_cmpuint (after.sum.n_warnings, ==, n_late);
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
  g_test_add_func ("/time-bins/main-range", test_main_range);
  g_test_add_func ("/time-bins/far-off", test_far_off);
  g_test_add_func ("/time-bins/calendar", test_calendar);
  g_test_add_func ("/time-bins/round-down", test_round_down);
  return g_test_run ();
}
