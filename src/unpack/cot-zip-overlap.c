/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-zip.h"

#include <stdlib.h>

/* Heap sort: no worst case that an archive could be made for, and no help from the C library,
 * whose qsort() asks the kernel how much memory there is. */

static bool
comes_after (const CotZipEntry *entries, uint32_t a, uint32_t b)
{
  if (entries[a].header_offset != entries[b].header_offset)
    return entries[a].header_offset > entries[b].header_offset;
  return a > b;
}

static void
sift_down (const CotZipEntry *entries, uint32_t *order, uint32_t root, uint32_t n)
{
  for (;;)
    {
      uint32_t child = 2 * root + 1;
      uint32_t kept;

      if (child >= n)
        return;
      if (child + 1 < n && comes_after (entries, order[child + 1], order[child]))
        child++;
      if (!comes_after (entries, order[child], order[root]))
        return;
      kept = order[root];
      order[root] = order[child];
      order[child] = kept;
      root = child;
    }
}

static void
sort_by_offset (const CotZipEntry *entries, uint32_t *order, uint32_t n)
{
  for (uint32_t i = 0; i < n; i++)
    order[i] = i;
  for (uint32_t i = n / 2; i-- > 0;)
    sift_down (entries, order, i, n);
  for (uint32_t last = n; last-- > 1;)
    {
      uint32_t kept = order[0];

      order[0] = order[last];
      order[last] = kept;
      sift_down (entries, order, 0, last);
    }
}

/* The least that the entry takes: its local header may be longer, which unpacking checks. */
static bool
get_end (const CotZipEntry *entry, uint64_t *end)
{
  return !__builtin_add_overflow (entry->header_offset, COT_ZIP_LOCAL_HEADER_BYTES, end)
         && !__builtin_add_overflow (*end, entry->packed_bytes, end);
}

static void
refuse (CotZipEntry *entry, CotUnpackStatus status)
{
  if (entry->status == COT_UNPACK_OK)
    entry->status = status;
}

void
cot_zip_find_overlaps (CotZip *zip, uint64_t end_offset)
{
  uint32_t *order = malloc (sizeof *order * ((size_t) zip->n_entries + 1));
  CotZipEntry *previous = NULL;
  uint64_t taken = 0;

  if (order == NULL)
    {
      /* Unchecked entries must not be unpacked. */
      for (uint32_t i = 0; i < zip->n_entries; i++)
        refuse (&zip->entries[i], COT_UNPACK_NO_MEMORY);
      return;
    }
  sort_by_offset (zip->entries, order, zip->n_entries);

  for (uint32_t i = 0; i < zip->n_entries; i++)
    {
      CotZipEntry *entry = &zip->entries[order[i]];
      uint64_t end;

      entry->limit_offset = end_offset;
      if (!get_end (entry, &end) || (end > end_offset && entry->status != COT_UNPACK_CUT))
        {
          refuse (entry, COT_UNPACK_BROKEN);
          continue;
        }
      if (entry->header_offset < taken)
        {
          refuse (entry, COT_UNPACK_OVERLAP);
          continue;
        }
      if (previous != NULL)
        previous->limit_offset = entry->header_offset;
      previous = entry;
      taken = end;
    }
  free (order);
}
