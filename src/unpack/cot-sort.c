/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-sort.h"

#include <stdint.h>

typedef struct
{
  uint8_t *items;
  size_t item_bytes;
  CotCompare compare;
  const void *data;
} Heap;

static uint8_t *
get_item (const Heap *heap, size_t index)
{
  return heap->items + index * heap->item_bytes;
}

static int
compare_items (const Heap *heap, size_t a, size_t b)
{
  return heap->compare (get_item (heap, a), get_item (heap, b), heap->data);
}

static void
swap (const Heap *heap, size_t a, size_t b)
{
  uint8_t *first = get_item (heap, a);
  uint8_t *second = get_item (heap, b);

  for (size_t i = 0; i < heap->item_bytes; i++)
    {
      uint8_t kept = first[i];

      first[i] = second[i];
      second[i] = kept;
    }
}

static void
sift_down (const Heap *heap, size_t root, size_t n)
{
  for (;;)
    {
      size_t child = 2 * root + 1;

      if (child >= n)
        return;
      if (child + 1 < n && compare_items (heap, child + 1, child) > 0)
        child++;
      if (compare_items (heap, child, root) <= 0)
        return;
      swap (heap, child, root);
      root = child;
    }
}

void
cot_sort (void *items, size_t n, size_t item_bytes, CotCompare compare, const void *data)
{
  Heap heap = { items, item_bytes, compare, data };

  for (size_t i = n / 2; i-- > 0;)
    sift_down (&heap, i, n);
  for (size_t last = n; last-- > 1;)
    {
      swap (&heap, 0, last);
      sift_down (&heap, 0, last);
    }
}
