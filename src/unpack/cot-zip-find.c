/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-zip.h"

#include <stdlib.h>
#include <string.h>

/* How far from the end the end record is looked for: its comment has up to 65,535 bytes, and
 * some downloads carry more behind it. */
#define TAIL_BYTES ((size_t) 1024 * 1024)
#define MAX_DIRECTORY_BYTES (UINT64_C (256) << 20)

#define END_RECORD 0x06054b50u
#define END_RECORD_BYTES 22u
#define ZIP64_LOCATOR 0x07064b50u
#define ZIP64_LOCATOR_BYTES 20u
#define ZIP64_END_RECORD 0x06064b50u
#define ZIP64_END_RECORD_BYTES 56u

/* The end record of either kind. */
typedef struct
{
  uint64_t offset;
  uint64_t directory_bytes;
  uint64_t directory_offset;
  uint64_t n_entries;
  uint32_t disk;
} EndRecord;

static bool
has_directory_at (const CotInput *input, uint64_t offset, const EndRecord *end)
{
  uint8_t signature[4];

  if (end->directory_bytes == 0)
    return end->n_entries == 0;
  return cot_input_read (input, offset, signature, sizeof signature)
         && cot_unpack_get_u32 (signature) == COT_ZIP_CENTRAL_HEADER;
}

/* The directory stands right before the end record; where the offset in the record says
 * otherwise, the difference is what was put in front of the archive. */
static bool
place_directory (const CotInput *input, const EndRecord *end, CotZipDirectory *directory)
{
  if (end->directory_bytes > end->offset)
    return false;

  directory->size_bytes = end->directory_bytes;
  directory->n_entries = end->n_entries;
  directory->offset = end->offset - end->directory_bytes;
  if (directory->offset >= end->directory_offset
      && has_directory_at (input, directory->offset, end))
    {
      directory->junk_bytes = directory->offset - end->directory_offset;
      return true;
    }
  if (end->directory_offset <= end->offset - end->directory_bytes
      && has_directory_at (input, end->directory_offset, end))
    {
      directory->offset = end->directory_offset;
      directory->junk_bytes = 0;
      return true;
    }
  return false;
}

static bool
read_zip64_at (const CotInput *input, uint64_t offset, EndRecord *end)
{
  uint8_t record[ZIP64_END_RECORD_BYTES];

  if (!cot_input_read (input, offset, record, sizeof record)
      || cot_unpack_get_u32 (record) != ZIP64_END_RECORD)
    return false;
  end->offset = offset;
  end->disk = cot_unpack_get_u32 (record + 16) | cot_unpack_get_u32 (record + 20);
  end->n_entries = cot_unpack_get_u64 (record + 32);
  end->directory_bytes = cot_unpack_get_u64 (record + 40);
  end->directory_offset = cot_unpack_get_u64 (record + 48);
  return true;
}

/* Takes the 64-bit record in place of @end where there is one. */
static void
read_zip64 (const CotInput *input, EndRecord *end)
{
  uint8_t locator[ZIP64_LOCATOR_BYTES];
  uint64_t offset;

  if (end->offset < ZIP64_LOCATOR_BYTES + ZIP64_END_RECORD_BYTES)
    return;
  offset = end->offset - ZIP64_LOCATOR_BYTES;
  if (!cot_input_read (input, offset, locator, sizeof locator)
      || cot_unpack_get_u32 (locator) != ZIP64_LOCATOR)
    return;
  /* With junk in front the locator points too low: then the record is right before it. */
  if (!read_zip64_at (input, cot_unpack_get_u64 (locator + 8), end))
    read_zip64_at (input, offset - ZIP64_END_RECORD_BYTES, end);
}

static CotUnpackStatus
try_end_record (const CotInput *input, const uint8_t *record, uint64_t offset,
                CotZipDirectory *directory)
{
  EndRecord end = {
    .offset = offset,
    .disk = (uint32_t) cot_zip_get_u16 (record + 4) | cot_zip_get_u16 (record + 6),
    .n_entries = cot_zip_get_u16 (record + 10),
    .directory_bytes = cot_unpack_get_u32 (record + 12),
    .directory_offset = cot_unpack_get_u32 (record + 16),
  };

  if (end.n_entries == 0xffff || end.directory_bytes == 0xffffffffu
      || end.directory_offset == 0xffffffffu)
    read_zip64 (input, &end);
  if (!place_directory (input, &end, directory))
    return end.disk != 0 && end.disk != 0xffff ? COT_UNPACK_SPLIT : COT_UNPACK_NOT_AN_ARCHIVE;
  if (end.disk != 0 && end.disk != 0xffff)
    return COT_UNPACK_SPLIT;
  if (directory->size_bytes > MAX_DIRECTORY_BYTES)
    return COT_UNPACK_DIRECTORY_LIMIT;
  return COT_UNPACK_OK;
}

static CotUnpackStatus
search_tail (const CotInput *input, const uint8_t *tail, size_t tail_bytes,
             CotZipDirectory *directory)
{
  uint64_t tail_offset = input->size_bytes - tail_bytes;
  CotUnpackStatus status = COT_UNPACK_NOT_AN_ARCHIVE;

  /* The last one that makes sense: a comment may hold what looks like a record. */
  for (size_t i = tail_bytes - END_RECORD_BYTES + 1; i-- > 0;)
    {
      CotUnpackStatus tried;

      if (tail[i] != 'P' || cot_unpack_get_u32 (tail + i) != END_RECORD)
        continue;
      tried = try_end_record (input, tail + i, tail_offset + i, directory);
      if (tried == COT_UNPACK_OK)
        return tried;
      if (status == COT_UNPACK_NOT_AN_ARCHIVE)
        status = tried;
    }
  return status;
}

CotUnpackStatus
cot_zip_find_directory (const CotInput *input, CotZipDirectory *directory)
{
  size_t tail_bytes = TAIL_BYTES;
  CotUnpackStatus status = COT_UNPACK_NOT_AN_ARCHIVE;
  uint8_t *tail;

  if (input->size_bytes < END_RECORD_BYTES)
    return COT_UNPACK_NOT_AN_ARCHIVE;
  if (tail_bytes > input->size_bytes)
    tail_bytes = (size_t) input->size_bytes;
  tail = malloc (tail_bytes);
  if (tail == NULL)
    return COT_UNPACK_NO_MEMORY;
  if (cot_input_read (input, input->size_bytes - tail_bytes, tail, tail_bytes))
    status = search_tail (input, tail, tail_bytes, directory);
  free (tail);
  return status;
}
