/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-zip.h"

#include "cot-budget.h"

#include <stdlib.h>
#include <string.h>

uint16_t
cot_zip_get_u16 (const uint8_t *at)
{
  return (uint16_t) (at[0] | at[1] << 8);
}

bool
cot_zip_starts_like_one (const CotInput *input)
{
  uint8_t signature[4];

  return cot_input_read (input, 0, signature, sizeof signature)
         && cot_unpack_get_u32 (signature) == COT_ZIP_LOCAL_HEADER;
}

/* What stands in front of a directory is a program, or the like. If it begins like an archive, the
 * directory is that of an archive inside it, whose own end is missing. */
static CotUnpackStatus
find_own_directory (const CotInput *input, CotZipDirectory *directory)
{
  CotUnpackStatus found = cot_zip_find_directory (input, directory);

  if (found == COT_UNPACK_OK && directory->junk_bytes > 0 && cot_zip_starts_like_one (input))
    return COT_UNPACK_NOT_AN_ARCHIVE;
  return found;
}

bool
cot_zip_open (CotZip *zip, const CotInput *input)
{
  CotZipDirectory directory;
  CotUnpackStatus found;

  memset (zip, 0, sizeof *zip);
  zip->input = input;
  zip->status = COT_UNPACK_OK;

  found = find_own_directory (input, &directory);
  if (found == COT_UNPACK_OK)
    {
      cot_zip_read_directory (zip, &directory);
      cot_zip_find_overlaps (zip, directory.offset);
      return true;
    }
  if (found == COT_UNPACK_NOT_AN_ARCHIVE && cot_zip_starts_like_one (input))
    {
      zip->status = COT_UNPACK_CUT;
      cot_zip_scan (zip);
      cot_zip_find_overlaps (zip, input->size_bytes);
      return true;
    }
  zip->status = found;
  return false;
}

void
cot_zip_close (CotZip *zip)
{
  free (zip->entries);
  free (zip->labels);
  memset (zip, 0, sizeof *zip);
}

/* Where the data is: the local header has its own lengths of name and extra field. */
static CotUnpackStatus
find_data (const CotZip *zip, const CotZipEntry *entry, uint64_t *data_offset)
{
  uint8_t header[COT_ZIP_LOCAL_HEADER_BYTES];
  uint64_t end;

  if (!cot_input_read (zip->input, entry->header_offset, header, sizeof header)
      || cot_unpack_get_u32 (header) != COT_ZIP_LOCAL_HEADER)
    return COT_UNPACK_BROKEN;
  *data_offset = entry->header_offset + sizeof header + cot_zip_get_u16 (header + 26)
                 + cot_zip_get_u16 (header + 28);
  if (entry->status == COT_UNPACK_CUT)
    return COT_UNPACK_OK;
  if (__builtin_add_overflow (*data_offset, entry->packed_bytes, &end))
    return COT_UNPACK_BROKEN;
  return end <= entry->limit_offset ? COT_UNPACK_OK : COT_UNPACK_OVERLAP;
}

static CotUnpackStatus
run_stream (CotStream *stream, const CotZipEntry *entry)
{
  CotUnpackStatus status;

  status = entry->method == COT_ZIP_METHOD_STORE ? cot_stream_copy (stream)
                                                 : cot_stream_inflate (stream);
  if (entry->status == COT_UNPACK_CUT)
    return COT_UNPACK_CUT;
  if (status == COT_UNPACK_CUT)
    return COT_UNPACK_BROKEN; /* there is more archive behind it, so the entry is at fault */
  if (status == COT_UNPACK_OK && stream->n_produced != entry->size_bytes)
    return COT_UNPACK_WRONG_SIZE;
  if (status == COT_UNPACK_OK && stream->checksum != entry->checksum)
    return COT_UNPACK_WRONG_CHECKSUM;
  return status;
}

CotUnpackStatus
cot_zip_unpack (CotZip *zip, uint32_t index, CotSink sink, void *sink_data)
{
  CotZipEntry *entry = &zip->entries[index];
  CotStream stream = { .input = zip->input, .sink = sink, .sink_data = sink_data };
  CotUnpackStatus status;

  if (entry->status != COT_UNPACK_OK && entry->status != COT_UNPACK_CUT)
    return (CotUnpackStatus) entry->status;
  status = find_data (zip, entry, &stream.offset);
  if (status == COT_UNPACK_OK)
    status = cot_budget_check (zip->unpacked_bytes, entry->was_charged ? 0 : entry->size_bytes,
                               zip->input->size_bytes);
  if (status != COT_UNPACK_OK)
    return status;

  stream.packed_bytes = entry->packed_bytes;
  stream.max_bytes = entry->size_bytes;
  status = run_stream (&stream, entry);
  if (!entry->was_charged)
    {
      zip->unpacked_bytes += stream.n_produced;
      entry->was_charged = true;
    }
  return status;
}
