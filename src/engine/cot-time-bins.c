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
  1000000 * DAY,
};

/* Bins that follow each other, from a multiple of so many on. */
#define PAGE_BINS 32
#define MAX_PAGES (COT_TIME_BINS_MAX / PAGE_BINS)

/* What is outside of the main range: at most one entry in so many, */
#define MAIN_PARTS 10
/* so many times as far from it as it is long, */
#define FAR_TIMES 9
/* and so far at least: a clock that was not set is years off, a device that was off for a season is
 * not. */
#define FAR_USEC (365 * DAY)

typedef struct
{
  gint64 number; /* its first bin, divided by PAGE_BINS */
  CotTimeBin bins[PAGE_BINS];
} Page;

struct _CotTimeBins
{
  guint level; /* of the fine widths */
  GArray *pages; /* (element-type Page), by their numbers; none is empty */
  guint newest; /* index of the page that was looked for last: the next entry is mostly there too */
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

  self->pages = g_array_new (FALSE, TRUE, sizeof (Page));
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

  copy->pages = g_array_copy (self->pages);
  return copy;
}

/**
 * cot_time_bins_free:
 * @self: (transfer full): counts
 */
void
cot_time_bins_free (CotTimeBins *self)
{
  g_array_unref (self->pages);
  g_free (self);
}

static void
add_to (CotTimeBin *sum, const CotTimeBin *bin)
{
  sum->n_entries += bin->n_entries;
  sum->n_warnings += bin->n_warnings;
  sum->n_errors += bin->n_errors;
}

static Page *
get_page (const CotTimeBins *self, guint index)
{
  return &g_array_index (self->pages, Page, index);
}

static gint64
get_number (const Page *page, guint bin)
{
  return page->number * PAGE_BINS + bin;
}

/* The index of the page with that number, else where it would stand. */
static gboolean
find_page (const CotTimeBins *self, gint64 number, guint *index)
{
  guint first = 0;
  guint end = self->pages->len;

  while (first < end)
    {
      guint middle = first + (end - first) / 2;

      if (get_page (self, middle)->number < number)
        first = middle + 1;
      else
        end = middle;
    }
  *index = first;
  return first < self->pages->len && get_page (self, first)->number == number;
}

/* Put together from pages in their order, so that a new one is always the last. */
static void
add_coarse (GArray *pages, gint64 number, const CotTimeBin *bin)
{
  gint64 page_number = floor_divide (number, PAGE_BINS);
  Page *page = pages->len > 0 ? &g_array_index (pages, Page, pages->len - 1) : NULL;

  if (page == NULL || page->number != page_number)
    {
      g_array_set_size (pages, pages->len + 1);
      page = &g_array_index (pages, Page, pages->len - 1);
      page->number = page_number;
    }
  add_to (&page->bins[number - page_number * PAGE_BINS], bin);
}

/* One level up: what stood in several bins stands in one. */
static void
coarsen (CotTimeBins *self)
{
  gint64 ratio = fine_widths_usec[self->level + 1] / fine_widths_usec[self->level];
  g_autoptr (GArray) before = g_steal_pointer (&self->pages);

  self->pages = g_array_new (FALSE, TRUE, sizeof (Page));
  for (guint i = 0; i < before->len; i++)
    {
      const Page *page = &g_array_index (before, Page, i);

      for (guint j = 0; j < PAGE_BINS; j++)
        if (page->bins[j].n_entries > 0)
          add_coarse (self->pages, floor_divide (get_number (page, j), ratio), &page->bins[j]);
    }
  self->level++;
  self->newest = 0;
}

/* The bin of a time, at the finest level that has room for all. Where nothing was written takes no
 * room: one entry that is far from all others makes no bin longer. */
static CotTimeBin *
find_bin (CotTimeBins *self, gint64 time_usec)
{
  gint64 number = floor_divide (time_usec, fine_widths_usec[self->level]);
  gint64 page_number = floor_divide (number, PAGE_BINS);

  while (self->newest >= self->pages->len || get_page (self, self->newest)->number != page_number)
    {
      Page page = { .number = page_number };

      if (find_page (self, page_number, &self->newest))
        break;
      if (self->pages->len < MAX_PAGES || self->level + 1 == G_N_ELEMENTS (fine_widths_usec))
        {
          g_array_insert_val (self->pages, self->newest, page);
          break;
        }
      coarsen (self);
      number = floor_divide (time_usec, fine_widths_usec[self->level]);
      page_number = floor_divide (number, PAGE_BINS);
    }
  return &get_page (self, self->newest)->bins[number - page_number * PAGE_BINS];
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

/* A bin that has entries. */
typedef struct
{
  gint64 number;
  guint64 n_entries;
} Occupied;

static GArray *
list_occupied (const CotTimeBins *self)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (Occupied));

  for (guint i = 0; i < self->pages->len; i++)
    for (guint j = 0; j < PAGE_BINS; j++)
      {
        const Page *page = get_page (self, i);
        Occupied bin = { get_number (page, j), page->bins[j].n_entries };

        if (bin.n_entries > 0)
          g_array_append_val (list, bin);
      }
  return list;
}

/* The shortest stretch that has so many entries. */
static void
find_core (GArray *list, guint64 n_wanted, guint *first, guint *last)
{
  const Occupied *bins = (const Occupied *) (gconstpointer) list->data;
  guint start = 0;
  guint64 n = 0;

  *first = 0;
  *last = list->len - 1;
  for (guint end = 0; end < list->len; end++)
    {
      n += bins[end].n_entries;
      while (n - bins[start].n_entries >= n_wanted)
        n -= bins[start++].n_entries;
      if (n >= n_wanted
          && bins[end].number - bins[start].number < bins[*last].number - bins[*first].number)
        {
          *first = start;
          *last = end;
        }
    }
}

/* And all that is not far from it; what is so is nearer to more. */
static void
widen (GArray *list, gint64 far_bins, guint *first, guint *last)
{
  const Occupied *bins = (const Occupied *) (gconstpointer) list->data;
  gboolean is_wider = TRUE;

  while (is_wider)
    {
      gint64 reach = MAX ((bins[*last].number - bins[*first].number + 1) * FAR_TIMES, far_bins);

      is_wider = FALSE;
      if (*first > 0 && bins[*first].number - bins[*first - 1].number <= reach)
        {
          --*first;
          is_wider = TRUE;
        }
      if (*last + 1 < list->len && bins[*last + 1].number - bins[*last].number <= reach)
        {
          ++*last;
          is_wider = TRUE;
        }
    }
}

/**
 * cot_time_bins_get_main_range:
 * @self: counts
 * @first_usec: (out): where it begins
 * @last_usec: (out): where it ends
 *
 * Leaves out what is so far off that nearly all others would stand in one place beside it: a few
 * entries of a device whose clock was not set yet, years away.
 *
 * Returns: whether there are two different times
 */
gboolean
cot_time_bins_get_main_range (const CotTimeBins *self, gint64 *first_usec, gint64 *last_usec)
{
  gint64 fine_usec = fine_widths_usec[self->level];
  g_autoptr (GArray) list = NULL;
  const Occupied *bins;
  guint first, last;

  if (!cot_time_bins_get_range (self, first_usec, last_usec))
    return FALSE;
  list = list_occupied (self);
  bins = (const Occupied *) (gconstpointer) list->data;
  find_core (list, self->n_timed - self->n_timed / MAIN_PARTS, &first, &last);
  widen (list, FAR_USEC / fine_usec, &first, &last);
  /* A moment is no range. */
  if (first == last)
    return TRUE;
  *first_usec = MAX (*first_usec, bins[first].number * fine_usec);
  *last_usec = MIN (*last_usec, (bins[last].number + 1) * fine_usec - 1);
  return TRUE;
}

/**
 * cot_time_bins_choose_width:
 * @self: counts
 * @first_usec: the earliest time that is wanted
 * @last_usec: the latest
 * @max_bins: at most so many are wanted; where they are few, more may be needed
 *
 * Returns: the shortest length that will do, in microseconds
 */
gint64
cot_time_bins_choose_width (const CotTimeBins *self, gint64 first_usec, gint64 last_usec,
                            guint max_bins)
{
  gint64 fine_usec = fine_widths_usec[self->level];
  gint64 width_usec = fine_usec;

  for (guint i = 0; i < G_N_ELEMENTS (shown_widths_usec); i++)
    {
      width_usec = shown_widths_usec[i];
      if (width_usec % fine_usec == 0
          && floor_divide (last_usec, width_usec) - floor_divide (first_usec, width_usec)
                 < (gint64) max_bins)
        break;
    }
  return width_usec;
}

static void
add_page (const CotTimeBins *self, const Page *page, gint64 start_usec, gint64 width_usec, guint n,
          CotTimeBin *sums)
{
  for (guint i = 0; i < PAGE_BINS; i++)
    {
      gint64 bin_usec = get_number (page, i) * fine_widths_usec[self->level];

      if (page->bins[i].n_entries > 0 && bin_usec >= start_usec
          && (bin_usec - start_usec) / width_usec < (gint64) n)
        add_to (&sums[(bin_usec - start_usec) / width_usec], &page->bins[i]);
    }
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
  memset (sums, 0, n * sizeof *sums);
  for (guint i = 0; i < self->pages->len; i++)
    add_page (self, get_page (self, i), start_usec, width_usec, n, sums);
}

static void
add_stretch (CotTimeStretch *stretch, const CotTimeBins *self, gint64 bin_usec,
             const CotTimeBin *bin)
{
  gint64 end_usec = bin_usec + fine_widths_usec[self->level] - 1;

  if (stretch->sum.n_entries == 0)
    stretch->first_usec = MAX (bin_usec, self->first_usec);
  stretch->last_usec = MIN (end_usec, self->last_usec);
  add_to (&stretch->sum, bin);
}

/**
 * cot_time_bins_sum_outside:
 * @self: counts
 * @first_usec: the first time that is looked at
 * @last_usec: the last one; see cot_time_bins_get_main_range()
 * @before: (out): what was counted earlier
 * @after: (out): what was counted later
 */
void
cot_time_bins_sum_outside (const CotTimeBins *self, gint64 first_usec, gint64 last_usec,
                           CotTimeStretch *before, CotTimeStretch *after)
{
  *before = *after = (CotTimeStretch){ .first_usec = COT_TIME_NONE, .last_usec = COT_TIME_NONE };
  for (guint i = 0; i < self->pages->len; i++)
    for (guint j = 0; j < PAGE_BINS; j++)
      {
        const Page *page = get_page (self, i);
        gint64 bin_usec = get_number (page, j) * fine_widths_usec[self->level];

        if (page->bins[j].n_entries == 0)
          continue;
        if (bin_usec + fine_widths_usec[self->level] <= first_usec)
          add_stretch (before, self, bin_usec, &page->bins[j]);
        else if (bin_usec > last_usec)
          add_stretch (after, self, bin_usec, &page->bins[j]);
      }
}
