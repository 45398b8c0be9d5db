/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-zip.h"

#include "cot-sort.h"

#include <stdlib.h>

static int
compare_offsets (const void *a, const void *b, const void *data)
{
  const CotZipEntry *entries = data;
  uint32_t first = *(const uint32_t *) a;
  uint32_t second = *(const uint32_t *) b;

  if (entries[first].header_offset != entries[second].header_offset)
    return entries[first].header_offset < entries[second].header_offset ? -1 : 1;
  return (first > second) - (first < second);
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
  for (uint32_t i = 0; i < zip->n_entries; i++)
    order[i] = i;
  cot_sort (order, zip->n_entries, sizeof *order, compare_offsets, zip->entries);

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
