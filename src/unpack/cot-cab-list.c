/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-cab-private.h"

#include "cot-dos-time.h"
#include "cot-name.h"
#include "cot-sort.h"

#include <stdlib.h>
#include <string.h>

/* Folders, to find the number of one that a file points to. */
typedef struct
{
  const struct mscabd_folder *folder;
  uint32_t number;
} Place;

static int
compare_places (const void *a, const void *b, const void *data)
{
  uintptr_t first = (uintptr_t) ((const Place *) a)->folder;
  uintptr_t second = (uintptr_t) ((const Place *) b)->folder;

  (void) data;
  return (first > second) - (first < second);
}

static int
compare_entries (const void *a, const void *b, const void *data)
{
  const CotCabEntry *first = a;
  const CotCabEntry *second = b;

  (void) data;
  if (first->folder != second->folder)
    return first->folder < second->folder ? -1 : 1;
  if (first->offset != second->offset)
    return first->offset < second->offset ? -1 : 1;
  return (first->ordinal > second->ordinal) - (first->ordinal < second->ordinal);
}

static uint32_t
count_folders (const CotCab *cab)
{
  uint32_t n = 0;

  for (const struct mscabd_folder *at = cab->cabinet->folders; at != NULL; at = at->next)
    n++;
  return n;
}

/* Sorted by address. NULL: no memory. */
static Place *
list_places (const CotCab *cab)
{
  Place *places = calloc (cab->n_folders + 1u, sizeof *places);
  uint32_t n = 0;

  if (places == NULL)
    return NULL;
  for (const struct mscabd_folder *at = cab->cabinet->folders; at != NULL; at = at->next, n++)
    places[n] = (Place) { at, n };
  cot_sort (places, n, sizeof *places, compare_places, NULL);
  return places;
}

/* NULL: it is none of them. */
static const Place *
find_place (const CotCab *cab, const Place *places, const struct mscabd_folder *folder)
{
  Place wanted = { .folder = folder };
  uint32_t low = 0;
  uint32_t high = cab->n_folders;

  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;
      int order = compare_places (&wanted, &places[middle], NULL);

      if (order == 0)
        return &places[middle];
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return NULL;
}

static uint32_t
count_files (const CotCab *cab, size_t *labels_bytes)
{
  uint32_t n = 0;

  *labels_bytes = 0;
  for (const struct mscabd_file *at = cab->cabinet->files; at != NULL; at = at->next)
    {
      size_t more = 3 * strnlen (at->filename, COT_UNPACK_MAX_NAME_BYTES);

      if (n == COT_UNPACK_MAX_ENTRIES || *labels_bytes + more > COT_UNPACK_MAX_LABELS_BYTES)
        break;
      *labels_bytes += more;
      n++;
    }
  return n;
}

static CotUnpackStatus
judge (const CotCab *cab, const struct mscabd_file *file, const struct mscabd_folder *folder)
{
  uint64_t end = (uint64_t) file->offset + file->length;

  if (folder == NULL || MSCABD_COMP_METHOD (folder->comp_type) > MSCAB_COMP_LZX)
    return COT_UNPACK_BROKEN;
  if (file->length > COT_UNPACK_MAX_MEMBER_BYTES)
    return COT_UNPACK_MEMBER_LIMIT;
  if (end > (uint64_t) folder->num_blocks * COT_CAB_BLOCK_BYTES)
    return cab->lacks_next ? COT_UNPACK_SPLIT : COT_UNPACK_BROKEN;
  return COT_UNPACK_OK;
}

/* The library took the two words apart; what does not fit in again was no date. */
static int64_t
get_time (const struct mscabd_file *file)
{
  unsigned date = 0;
  unsigned time;

  if (file->date_y >= 1980 && file->date_y < 2108)
    date = (unsigned) (file->date_y - 1980) << 9 | ((unsigned) file->date_m & 15) << 5
           | ((unsigned) file->date_d & 31);
  time = ((unsigned) file->time_h & 31) << 11 | ((unsigned) file->time_m & 63) << 5
         | ((unsigned) file->time_s & 63) >> 1;
  return cot_dos_time_to_usec ((uint16_t) date, (uint16_t) time);
}

static void
add_entry (CotCab *cab, struct mscabd_file *file, const Place *places)
{
  const Place *place = find_place (cab, places, file->folder);
  CotCabEntry *entry = &cab->entries[cab->n_entries];

  *entry = (CotCabEntry) {
    .file = file,
    .offset = file->offset,
    .size_bytes = file->length,
    .modified_usec = get_time (file),
    .ordinal = cab->n_entries++,
    .folder = place != NULL ? place->number : cab->n_folders,
    .label_offset = (uint32_t) cab->labels_bytes,
    .status = judge (cab, file, place != NULL ? place->folder : NULL),
  };
  entry->label_bytes = (uint32_t) cot_name_to_label (
      (const uint8_t *) file->filename, strnlen (file->filename, COT_UNPACK_MAX_NAME_BYTES),
      cab->labels + cab->labels_bytes);
  cab->labels_bytes += entry->label_bytes;
}

/* Bytes that two files share are the way to make much of little. */
static void
find_overlaps (CotCab *cab)
{
  uint64_t end = 0;

  for (uint32_t i = 0; i < cab->n_entries; i++)
    {
      CotCabEntry *entry = &cab->entries[i];

      if (i == 0 || entry->folder != entry[-1].folder)
        end = 0;
      if (entry->status != COT_UNPACK_OK || entry->size_bytes == 0)
        continue;
      if (entry->offset < end)
        entry->status = COT_UNPACK_OVERLAP;
      else
        end = entry->offset + entry->size_bytes;
    }
}

/* Where the first folder lacks its beginning, none of its files can be had. */
static void
find_headless (CotCab *cab)
{
  bool is_headless = false;

  if (!cab->lacks_previous)
    return;
  for (uint32_t i = 0; i < cab->n_entries && cab->entries[i].folder == 0; i++)
    {
      CotCabEntry *entry = &cab->entries[i];

      if (!is_headless && entry->status == COT_UNPACK_OK)
        {
          if (!cot_cab_lacks_beginning (cab, entry))
            return;
          is_headless = true;
        }
      if (is_headless || entry->status == COT_UNPACK_BROKEN)
        entry->status = COT_UNPACK_SPLIT;
    }
}

void
cot_cab_list (CotCab *cab)
{
  size_t labels_bytes;
  uint32_t n_files = count_files (cab, &labels_bytes);
  Place *places;

  cab->n_folders = count_folders (cab);
  cab->cut_folder = cab->n_folders;
  places = list_places (cab);
  cab->entries = calloc (n_files + 1u, sizeof *cab->entries);
  cab->labels = malloc (labels_bytes + 1);
  cab->bad_from = malloc ((cab->n_folders + 1u) * sizeof *cab->bad_from);
  if (places == NULL || cab->entries == NULL || cab->labels == NULL || cab->bad_from == NULL)
    {
      free (places);
      cab->status = COT_UNPACK_NO_MEMORY;
      return;
    }

  for (uint32_t i = 0; i <= cab->n_folders; i++)
    cab->bad_from[i] = UINT64_MAX;
  for (struct mscabd_file *at = cab->cabinet->files; at != NULL; at = at->next)
    {
      if (cab->n_entries == n_files)
        {
          cab->status = COT_UNPACK_ENTRIES_LIMIT;
          break;
        }
      add_entry (cab, at, places);
    }
  free (places);
  cot_sort (cab->entries, cab->n_entries, sizeof *cab->entries, compare_entries, NULL);
  find_overlaps (cab);
  find_headless (cab);
}

bool
cot_cab_find_files_again (CotCab *cab)
{
  struct mscabd_file **files = calloc (cab->n_entries + 1u, sizeof *files);
  struct mscabd_file *at = cab->cabinet->files;
  uint32_t n = 0;

  if (files == NULL)
    return false;
  for (; at != NULL && n < cab->n_entries; at = at->next)
    files[n++] = at;
  for (uint32_t i = 0; n == cab->n_entries && i < n; i++)
    cab->entries[i].file = files[cab->entries[i].ordinal];
  free (files);
  return n == cab->n_entries;
}

void
cot_cab_get_entry (const CotCab *cab, uint32_t index, CotUnpackEntry *into)
{
  const CotCabEntry *entry = &cab->entries[index];

  *into = (CotUnpackEntry) {
    .index = index,
    .status = entry->status,
    .size_bytes = entry->size_bytes,
    .modified_usec = entry->modified_usec,
    .label = cab->labels + entry->label_offset,
    .label_bytes = entry->label_bytes,
  };
}
