/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-selection.h"

typedef struct
{
  guint64 first;
  guint64 end; /* behind the last */
} Range;

struct _CotLogSelection
{
  GArray *ranges; /* ascending, with a gap between any two */
};

CotLogSelection *
cot_log_selection_new (void)
{
  CotLogSelection *self = g_new0 (CotLogSelection, 1);

  self->ranges = g_array_new (FALSE, FALSE, sizeof (Range));
  return self;
}

void
cot_log_selection_free (CotLogSelection *self)
{
  g_array_unref (self->ranges);
  g_free (self);
}

static Range *
get_range (CotLogSelection *self, guint index)
{
  return &g_array_index (self->ranges, Range, index);
}

/* The first range that ends at or behind @position. */
static guint
find_range (CotLogSelection *self, guint64 position)
{
  guint low = 0;
  guint high = self->ranges->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (get_range (self, middle)->end < position)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static guint64
get_end (guint64 first, guint64 n)
{
  return n > G_MAXUINT64 - first ? G_MAXUINT64 : first + n;
}

/* TRUE if there was anything to forget. */
gboolean
cot_log_selection_clear (CotLogSelection *self)
{
  gboolean had_any = self->ranges->len > 0;

  g_array_set_size (self->ranges, 0);
  return had_any;
}

void
cot_log_selection_add (CotLogSelection *self, guint64 first, guint64 n)
{
  Range added = { first, get_end (first, n) };
  guint index = find_range (self, first);
  guint n_absorbed = 0;

  if (n == 0)
    return;
  while (index + n_absorbed < self->ranges->len &&
         get_range (self, index + n_absorbed)->first <= added.end)
    {
      const Range *other = get_range (self, index + n_absorbed);

      added.first = MIN (added.first, other->first);
      added.end = MAX (added.end, other->end);
      n_absorbed++;
    }
  if (n_absorbed > 0)
    g_array_remove_range (self->ranges, index, n_absorbed);
  g_array_insert_val (self->ranges, index, added);
}

void
cot_log_selection_remove (CotLogSelection *self, guint64 first, guint64 n)
{
  guint64 end = get_end (first, n);
  guint index = find_range (self, first);

  while (index < self->ranges->len && get_range (self, index)->first < end)
    {
      Range range = *get_range (self, index);
      Range before = { range.first, MIN (range.end, first) };
      Range behind = { MAX (range.first, end), range.end };

      g_array_remove_index (self->ranges, index);
      if (before.first < before.end)
        g_array_insert_val (self->ranges, index++, before);
      if (behind.first < behind.end)
        g_array_insert_val (self->ranges, index++, behind);
    }
}

/* Whether exactly these rows are selected. */
gboolean
cot_log_selection_is_only (CotLogSelection *self, guint64 first, guint64 n)
{
  return self->ranges->len == 1 && get_range (self, 0)->first == first &&
         get_range (self, 0)->end == get_end (first, n);
}

gboolean
cot_log_selection_contains (CotLogSelection *self, guint64 position)
{
  guint index;

  if (position == G_MAXUINT64)
    return FALSE;
  index = find_range (self, position + 1);
  return index < self->ranges->len && get_range (self, index)->first <= position;
}

guint64
cot_log_selection_get_size (CotLogSelection *self)
{
  guint64 size = 0;

  for (guint i = 0; i < self->ranges->len; i++)
    size += get_range (self, i)->end - get_range (self, i)->first;
  return size;
}

/* The smallest and the greatest selected position; FALSE if none is. */
gboolean
cot_log_selection_get_bounds (CotLogSelection *self, guint64 *first, guint64 *last)
{
  if (self->ranges->len == 0)
    return FALSE;
  *first = get_range (self, 0)->first;
  *last = get_range (self, self->ranges->len - 1)->end - 1;
  return TRUE;
}

CotBitset *
cot_log_selection_dup_bitset (CotLogSelection *self)
{
  CotBitset *positions = cot_bitset_new ();

  for (guint i = 0; i < self->ranges->len; i++)
    {
      const Range *range = get_range (self, i);

      cot_bitset_add_range (positions, range->first, range->end - range->first);
    }
  return positions;
}
