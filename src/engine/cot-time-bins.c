/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-time-bins.h"

#include <string.h>

#define MSEC ((gint64) 1000)
#define SECOND (1000 * MSEC)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* What is counted in: each is a multiple of the one before, so that bins can be put together. The
 * last one is long enough for any two times. */
static const gint64 fine_widths_usec[] = {
  1 * MSEC,   10 * MSEC,  100 * MSEC, 1 * SECOND, 5 * SECOND, 15 * SECOND, 1 * MINUTE, 5 * MINUTE,
  15 * MINUTE, 1 * HOUR,  3 * HOUR,   12 * HOUR,  1 * DAY,    10 * DAY,    100 * DAY,  1000 * DAY,
  10000 * DAY, 100000 * DAY,
};

/* What is shown in. */
static const gint64 shown_widths_usec[] = {
  1 * MSEC,    2 * MSEC,    5 * MSEC,    10 * MSEC,   20 * MSEC,   50 * MSEC,   100 * MSEC,
  200 * MSEC,  500 * MSEC,  1 * SECOND,  2 * SECOND,  5 * SECOND,  10 * SECOND, 15 * SECOND,
  30 * SECOND, 1 * MINUTE,  2 * MINUTE,  5 * MINUTE,  10 * MINUTE, 15 * MINUTE, 30 * MINUTE,
  1 * HOUR,    2 * HOUR,    3 * HOUR,    6 * HOUR,    12 * HOUR,   1 * DAY,     2 * DAY,
  5 * DAY,     10 * DAY,    20 * DAY,    50 * DAY,    100 * DAY,   200 * DAY,   500 * DAY,
  1000 * DAY,  2000 * DAY,  5000 * DAY,  10000 * DAY, 20000 * DAY, 50000 * DAY, 100000 * DAY,
};

struct _CotTimeBins
{
  guint level; /* of the fine widths */
  gint64 start; /* number of the first bin, counted from 1970 */
  GArray *bins; /* (element-type CotTimeBin) */
  gint64 first; /* number of the first and the last bin that has entries */
  gint64 last;
  gint64 first_usec;
  gint64 last_usec;
  guint64 n_timed;
  guint64 n_untimed;
};

static gint64
floor_divide (gint64 number, gint64 by)
{
  return number / by - (number % by < 0);
}

/**
 * cot_time_bins_round_down:
 * @time_usec: a time
 * @width_usec: a length, more than 0
 *
 * Pure.
 *
 * Returns: the multiple of the length at that time or before
 */
gint64
cot_time_bins_round_down (gint64 time_usec, gint64 width_usec)
{
  return floor_divide (time_usec, width_usec) * width_usec;
}

/**
 * cot_time_bins_new:
 *
 * Returns: (transfer full): nothing counted yet
 */
CotTimeBins *
cot_time_bins_new (void)
{
  CotTimeBins *self = g_new0 (CotTimeBins, 1);

  self->bins = g_array_new (FALSE, TRUE, sizeof (CotTimeBin));
  return self;
}

/**
 * cot_time_bins_copy:
 * @self: counts
 *
 * Returns: (transfer full): the same, of its own
 */
CotTimeBins *
cot_time_bins_copy (const CotTimeBins *self)
{
  CotTimeBins *copy = g_memdup2 (self, sizeof *self);

  copy->bins = g_array_copy (self->bins);
  return copy;
}

/**
 * cot_time_bins_free:
 * @self: (transfer full): counts
 */
void
cot_time_bins_free (CotTimeBins *self)
{
  g_array_unref (self->bins);
  g_free (self);
}

static void
add_to (CotTimeBin *sum, const CotTimeBin *bin)
{
  sum->n_entries += bin->n_entries;
  sum->n_warnings += bin->n_warnings;
  sum->n_errors += bin->n_errors;
}

/* One level up: what stood in several bins stands in one. */
static void
coarsen (CotTimeBins *self)
{
  gint64 ratio = fine_widths_usec[self->level + 1] / fine_widths_usec[self->level];
  gint64 start = floor_divide (self->start, ratio);
  g_autoptr (GArray) before = g_steal_pointer (&self->bins);

  self->bins = g_array_new (FALSE, TRUE, sizeof (CotTimeBin));
  if (before->len > 0)
    g_array_set_size (self->bins,
                      (guint) (floor_divide (self->start + before->len - 1, ratio) - start + 1));
  for (guint i = 0; i < before->len; i++)
    add_to (&g_array_index (self->bins, CotTimeBin,
                            floor_divide (self->start + i, ratio) - start),
            &g_array_index (before, CotTimeBin, i));
  self->start = start;
  self->first = floor_divide (self->first, ratio);
  self->last = floor_divide (self->last, ratio);
  self->level++;
}

/* Makes room for a bin, and for as many again on its side, so that it is seldom made. */
static void
reserve (CotTimeBins *self, gint64 number)
{
  guint n_before = self->bins->len;
  gint64 start = self->start;
  gint64 end = start + n_before;
  guint n_in_front;

  if (n_before == 0)
    {
      self->start = number;
      g_array_set_size (self->bins, 1);
      return;
    }
  if (number >= start && number < end)
    return;
  if (number < start)
    start = MAX (number - n_before, end - COT_TIME_BINS_MAX);
  else
    end = MIN (number + 1 + n_before, start + COT_TIME_BINS_MAX);
  /* Room that was made on the other side does not count: there is never more than twice as much. */
  start = MIN (start, number);
  end = MAX (end, number + 1);
  n_in_front = (guint) (self->start - start);
  g_array_set_size (self->bins, (guint) (end - start));
  if (n_in_front > 0)
    {
      memmove (&g_array_index (self->bins, CotTimeBin, n_in_front), self->bins->data,
               n_before * sizeof (CotTimeBin));
      memset (self->bins->data, 0, MIN (n_in_front, n_before) * sizeof (CotTimeBin));
    }
  self->start = start;
}

/* The bin of a time, at the finest level that has room for all. */
static CotTimeBin *
find_bin (CotTimeBins *self, gint64 time_usec)
{
  gint64 number = floor_divide (time_usec, fine_widths_usec[self->level]);

  if (self->n_timed == 0)
    self->first = self->last = number;
  while (MAX (self->last, number) - MIN (self->first, number) >= COT_TIME_BINS_MAX)
    {
      coarsen (self);
      number = floor_divide (time_usec, fine_widths_usec[self->level]);
    }
  reserve (self, number);
  self->first = MIN (self->first, number);
  self->last = MAX (self->last, number);
  return &g_array_index (self->bins, CotTimeBin, number - self->start);
}

/**
 * cot_time_bins_add:
 * @self: counts
 * @time_usec: when an entry was written; %COT_TIME_NONE
 * @severity: how bad it is
 */
void
cot_time_bins_add (CotTimeBins *self, gint64 time_usec, CotSeverity severity)
{
  CotTimeBin *bin;

  if (time_usec == COT_TIME_NONE)
    {
      self->n_untimed++;
      return;
    }
  bin = find_bin (self, time_usec);
  bin->n_entries++;
  bin->n_warnings += severity == COT_SEVERITY_WARNING;
  bin->n_errors += severity == COT_SEVERITY_ERROR;
  self->first_usec = self->n_timed == 0 ? time_usec : MIN (self->first_usec, time_usec);
  self->last_usec = self->n_timed == 0 ? time_usec : MAX (self->last_usec, time_usec);
  self->n_timed++;
}

/**
 * cot_time_bins_get_n_timed:
 * @self: counts
 *
 * Returns: how many entries with a time were counted
 */
guint64
cot_time_bins_get_n_timed (const CotTimeBins *self)
{
  return self->n_timed;
}

/**
 * cot_time_bins_get_n_untimed:
 * @self: counts
 *
 * Returns: how many entries without a time there were
 */
guint64
cot_time_bins_get_n_untimed (const CotTimeBins *self)
{
  return self->n_untimed;
}

/**
 * cot_time_bins_get_range:
 * @self: counts
 * @first_usec: (out): the earliest time
 * @last_usec: (out): the latest time
 *
 * Returns: whether there are two different times
 */
gboolean
cot_time_bins_get_range (const CotTimeBins *self, gint64 *first_usec, gint64 *last_usec)
{
  *first_usec = self->first_usec;
  *last_usec = self->last_usec;
  return self->n_timed > 0 && self->first_usec < self->last_usec;
}

/**
 * cot_time_bins_choose_width:
 * @self: counts
 * @max_bins: at most so many are wanted; where they are few, more may be needed
 *
 * Returns: the shortest length that will do, in microseconds
 */
gint64
cot_time_bins_choose_width (const CotTimeBins *self, guint max_bins)
{
  gint64 fine_usec = fine_widths_usec[self->level];
  gint64 width_usec = fine_usec;

  for (guint i = 0; i < G_N_ELEMENTS (shown_widths_usec); i++)
    {
      width_usec = shown_widths_usec[i];
      if (width_usec % fine_usec == 0
          && floor_divide (self->last_usec, width_usec)
                     - floor_divide (self->first_usec, width_usec)
                 < (gint64) max_bins)
        break;
    }
  return width_usec;
}

/**
 * cot_time_bins_sum:
 * @self: counts
 * @start_usec: where the first stretch begins: a multiple of @width_usec
 * @width_usec: how long each is; see cot_time_bins_choose_width()
 * @n: how many
 * @sums: (out) (array length=n): what was counted in each
 *
 * Where a length is no multiple of what was counted in, a bin counts where it begins.
 */
void
cot_time_bins_sum (const CotTimeBins *self, gint64 start_usec, gint64 width_usec, guint n,
                   CotTimeBin *sums)
{
  gint64 fine_usec = fine_widths_usec[self->level];

  memset (sums, 0, n * sizeof *sums);
  for (guint i = 0; i < self->bins->len; i++)
    {
      gint64 bin_usec = (self->start + i) * fine_usec;

      if (bin_usec >= start_usec && (bin_usec - start_usec) / width_usec < (gint64) n)
        add_to (&sums[(bin_usec - start_usec) / width_usec],
                &g_array_index (self->bins, CotTimeBin, i));
    }
}
