/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-cab-private.h"

#include "cot-budget.h"

#include <stdlib.h>
#include <string.h>

#define FLAG_PREVIOUS MSCAB_HDR_PREVCAB
#define FLAG_NEXT MSCAB_HDR_NEXTCAB

const CotUnpackStatus cot_cab_without_reader = COT_UNPACK_NO_MEMORY;

bool
cot_cab_starts_like_one (const CotInput *input)
{
  uint8_t magic[4];

  return cot_input_read (input, 0, magic, sizeof magic) && memcmp (magic, "MSCF", 4) == 0;
}

static CotUnpackStatus
status_from_error (int error)
{
  switch (error)
    {
    case MSPACK_ERR_OK:
      return COT_UNPACK_OK;
    case MSPACK_ERR_NOMEMORY:
      return COT_UNPACK_NO_MEMORY;
    case MSPACK_ERR_CHECKSUM:
      return COT_UNPACK_WRONG_CHECKSUM;
    default:
      return COT_UNPACK_BROKEN;
    }
}

static void
close_reader (CotCab *cab)
{
  if (cab->cabinet != NULL)
    cab->reader->close (cab->reader, cab->cabinet);
  if (cab->reader != NULL)
    mspack_destroy_cab_decompressor (cab->reader);
  cab->cabinet = NULL;
  cab->reader = NULL;
}

/* Joins what belongs together; the first part that does not fit ends the set. A part in which the
 * library left out entries that make no sense is not joined: it still points to them when it does.
 * When it salvages, which parts these are is not seen, so only those are joined that were whole
 * without that. */
static void
join_parts (CotCab *cab)
{
  struct mscabd_cabinet *last = cab->cabinet;
  uint32_t n_parts = cab->is_salvaging ? cab->n_joined : cab->n_parts;

  cab->n_joined = 1;
  for (uint32_t i = 1; !cab->is_damaged && i < n_parts; i++)
    {
      struct mscabd_cabinet *next = cab->reader->open (cab->reader, cab->parts[i].name);

      if (next == NULL)
        break;
      if (next->set_id != last->set_id
          || cab->reader->append (cab->reader, last, next) != MSPACK_ERR_OK)
        {
          cab->reader->close (cab->reader, next);
          break;
        }
      last = next;
      cab->n_joined++;
    }
  cab->lacks_previous = (cab->cabinet->flags & FLAG_PREVIOUS) != 0;
  cab->lacks_next = (last->flags & FLAG_NEXT) != 0;
}

static CotUnpackStatus
open_reader (CotCab *cab, bool salvage)
{
  close_reader (cab);
  cab->is_salvaging = salvage;
  cab->reader = mspack_create_cab_decompressor (&cab->system);
  if (cab->reader == NULL)
    return COT_UNPACK_NO_MEMORY;
  if (salvage)
    cab->reader->set_param (cab->reader, MSCABD_PARAM_SALVAGE, 1);
  cab->cabinet = cab->reader->open (cab->reader, cab->parts[0].name);
  if (cab->cabinet == NULL)
    return status_from_error (cab->reader->last_error (cab->reader));
  join_parts (cab);
  return COT_UNPACK_OK;
}

CotCab *
cot_cab_open (const CotInput *input)
{
  CotCab *cab = calloc (1, sizeof *cab);
  CotUnpackStatus status;
  int selftest;

  if (cab == NULL)
    return NULL;
  MSPACK_SYS_SELFTEST (selftest);
  if (selftest != MSPACK_ERR_OK)
    {
      free (cab);
      return NULL;
    }
  cab->input = input;
  cot_cab_init_system (cab);
  if (!cot_cab_find_parts (cab))
    {
      cab->status = input->size_bytes < 64 ? COT_UNPACK_CUT : COT_UNPACK_BROKEN;
      return cab;
    }

  /* Where the list is damaged, it is read as far as it makes sense. */
  status = open_reader (cab, false);
  if (status == COT_UNPACK_BROKEN || status == COT_UNPACK_WRONG_CHECKSUM)
    {
      cab->status = cab->hit_end ? COT_UNPACK_CUT : COT_UNPACK_BROKEN;
      cab->is_damaged = true;
      status = open_reader (cab, true);
    }
  if (status == COT_UNPACK_OK)
    cot_cab_list (cab);
  else if (cab->status == COT_UNPACK_OK)
    cab->status = status;
  if (cab->status == COT_UNPACK_OK && cab->parts[cab->n_parts - 1].is_cut)
    cab->status = COT_UNPACK_CUT;
  return cab;
}

void
cot_cab_close (CotCab *cab)
{
  if (cab == NULL)
    return;
  close_reader (cab);
  free (cab->entries);
  free (cab->labels);
  free (cab->bad_from);
  free (cab);
}

CotUnpackStatus
cot_cab_get_status (const CotCab *cab)
{
  return cab->status;
}

uint32_t
cot_cab_get_n_entries (const CotCab *cab)
{
  return cab->n_entries;
}

/* False: there is no reader any more. */
static bool
reopen_reader (CotCab *cab, bool salvage)
{
  if (open_reader (cab, salvage) == COT_UNPACK_OK && cot_cab_find_files_again (cab))
    return true;
  close_reader (cab);
  return false;
}

static int
extract (CotCab *cab, const CotCabEntry *entry, uint64_t max_bytes)
{
  cab->n_written = 0;
  cab->n_reads = 0;
  cab->max_bytes = max_bytes;
  cab->said_checksum = false;
  cab->hit_end = false;
  return cab->reader->extract (cab->reader, entry->file, "");
}

bool
cot_cab_lacks_beginning (CotCab *cab, const CotCabEntry *entry)
{
  /* It is refused before anything is read. If it is not, the first byte ends the attempt, and the
   * reader remembers that as a fault. */
  if (extract (cab, entry, 0) == MSPACK_ERR_DECRUNCH && cab->n_reads == 0)
    return true;
  reopen_reader (cab, cab->is_salvaging);
  return false;
}

/* What was wrong with a block is wrong with all that its folder holds from there on, because the
 * later data may refer to it. */
static void
note_bad_from (CotCab *cab, const CotCabEntry *entry, uint64_t offset)
{
  if (cab->bad_from[entry->folder] > offset)
    cab->bad_from[entry->folder] = offset;
}

/* A block with a wrong checksum stops libmspack. The data is good to have all the same: it is
 * unpacked once more without that check, and what was handed on already is left out. */
static int
extract_despite_checksum (CotCab *cab, uint32_t index)
{
  CotCabEntry *entry = &cab->entries[index];
  int error;

  note_bad_from (cab, entry, entry->offset + cab->n_written);
  cab->n_skipped = cab->n_written;
  if (!reopen_reader (cab, true))
    return MSPACK_ERR_DATAFORMAT;
  error = extract (cab, entry, entry->size_bytes);
  cab->n_skipped = 0;
  return error;
}

static CotUnpackStatus
run (CotCab *cab, uint32_t index)
{
  const CotCabEntry *entry = &cab->entries[index];
  int error = extract (cab, entry, entry->size_bytes);

  if (error == MSPACK_ERR_CHECKSUM && !cab->is_salvaging)
    error = extract_despite_checksum (cab, index);
  if (cab->hit_end)
    cab->cut_folder = entry->folder;
  if (error != MSPACK_ERR_OK && entry->folder == cab->cut_folder)
    return COT_UNPACK_CUT;
  if (error != MSPACK_ERR_OK)
    return status_from_error (error);
  if (cab->n_written != entry->size_bytes)
    return COT_UNPACK_WRONG_SIZE;
  if (cab->is_salvaging && cab->said_checksum)
    note_bad_from (cab, entry, entry->offset);
  if (cab->bad_from[entry->folder] < entry->offset + entry->size_bytes)
    return COT_UNPACK_WRONG_CHECKSUM;
  return COT_UNPACK_OK;
}

CotUnpackStatus
cot_cab_unpack (CotCab *cab, uint32_t index, CotSink sink, void *sink_data)
{
  CotCabEntry *entry = &cab->entries[index];
  CotUnpackStatus status = entry->status;

  if (status != COT_UNPACK_OK)
    return status;
  if (cab->reader == NULL)
    return COT_UNPACK_BROKEN;
  if (entry->size_bytes == 0)
    return COT_UNPACK_OK;
  status = cot_budget_check (cab->unpacked_bytes, entry->charged_bytes, entry->size_bytes,
                             cab->input->size_bytes);
  if (status != COT_UNPACK_OK)
    return status;

  cab->sink = sink;
  cab->sink_data = sink_data;
  status = run (cab, index);
  cab->sink = NULL;
  cot_budget_charge (&cab->unpacked_bytes, &entry->charged_bytes, cab->n_written);
  return status;
}
