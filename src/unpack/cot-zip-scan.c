/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-zip.h"

#include "cot-budget.h"

#include <stdlib.h>

#define MAX_VARIABLE_BYTES (2u * 65535)

static bool
read_local_header (const CotInput *input, uint64_t offset, uint8_t *buffer, CotZipHeader *header)
{
  size_t n = cot_input_read_some (input, offset, buffer,
                                  COT_ZIP_LOCAL_HEADER_BYTES + MAX_VARIABLE_BYTES);

  if (n < COT_ZIP_LOCAL_HEADER_BYTES || cot_unpack_get_u32 (buffer) != COT_ZIP_LOCAL_HEADER)
    return false;
  *header = (CotZipHeader) {
    .flags = cot_zip_get_u16 (buffer + 6),
    .method = cot_zip_get_u16 (buffer + 8),
    .time = cot_zip_get_u16 (buffer + 10),
    .date = cot_zip_get_u16 (buffer + 12),
    .checksum = cot_unpack_get_u32 (buffer + 14),
    .packed_bytes = cot_unpack_get_u32 (buffer + 18),
    .size_bytes = cot_unpack_get_u32 (buffer + 22),
    .name_bytes = cot_zip_get_u16 (buffer + 26),
    .extra_bytes = cot_zip_get_u16 (buffer + 28),
  };
  header->name = buffer + COT_ZIP_LOCAL_HEADER_BYTES;
  header->extra = header->name + header->name_bytes;
  if (n < (size_t) COT_ZIP_LOCAL_HEADER_BYTES + header->name_bytes + header->extra_bytes)
    return false;
  cot_zip_apply_zip64 (header);
  return true;
}

static bool
ends_by_itself (uint16_t method)
{
  return method == COT_METHOD_DEFLATE || method == COT_METHOD_DEFLATE64
         || method == COT_METHOD_BZIP2 || method == COT_METHOD_LZMA || method == COT_METHOD_XZ;
}

/* What is there of an entry that is cut and as large as its data. */
static uint64_t
get_cut_size (const CotZipHeader *header)
{
  uint16_t method;
  CotZipLock lock = cot_zip_get_lock (header, &method);
  uint32_t front_bytes = cot_zip_lock_get_front_bytes (&lock);

  if (method != COT_METHOD_STORE)
    return header->size_bytes;
  if (header->packed_bytes < front_bytes)
    return 0;
  if (header->size_bytes < header->packed_bytes - front_bytes)
    return header->size_bytes;
  return header->packed_bytes - front_bytes;
}

/* A streamed entry says its sizes only behind its data, and that end must be found by unpacking
 * it. What may not be unpacked is not measured either. OK or CUT where the end was found; anything
 * else ends the scan. */
static CotUnpackStatus
measure (CotZip *zip, CotZipHeader *header, uint64_t data_offset)
{
  uint64_t most = cot_budget_get_most (zip->input->size_bytes);
  CotStream stream = {
    .input = zip->input,
    .offset = data_offset,
    .packed_bytes = zip->input->size_bytes - data_offset,
    .max_bytes = most - zip->measured_bytes,
  };
  CotUnpackStatus status;

  if (!ends_by_itself (header->method) || (header->flags & COT_ZIP_FLAG_ENCRYPTED))
    return COT_UNPACK_BROKEN;
  stream.has_end_mark = true;
  status = cot_stream_run (&stream, header->method);
  zip->measured_bytes += stream.n_produced;
  header->packed_bytes = stream.n_consumed;
  header->size_bytes = stream.n_produced;
  header->checksum = stream.checksum;
  if (status != COT_UNPACK_WRONG_SIZE)
    return status;
  return most == COT_UNPACK_MAX_TOTAL_BYTES ? COT_UNPACK_TOTAL_LIMIT : COT_UNPACK_BUNDLE_RATIO;
}

/* A descriptor has 12 to 24 bytes, with or without a signature. */
static bool
skip_descriptor (const CotInput *input, uint64_t *offset)
{
  static const uint64_t lengths[] = { 0, 12, 16, 20, 24 };
  uint8_t signature[4];

  for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++)
    {
      uint32_t value;

      if (!cot_input_read (input, *offset + lengths[i], signature, sizeof signature))
        return false;
      value = cot_unpack_get_u32 (signature);
      if (value == COT_ZIP_LOCAL_HEADER || value == COT_ZIP_CENTRAL_HEADER)
        {
          *offset += lengths[i];
          return true;
        }
    }
  return false;
}

/* Adds the entry at @offset and moves on to the next. False: this was the last. */
static bool
scan_next (CotZip *zip, uint8_t *buffer, uint64_t *offset)
{
  CotUnpackStatus status = COT_UNPACK_OK;
  CotZipHeader header;
  uint64_t start;

  if (!read_local_header (zip->input, *offset, buffer, &header))
    return false;
  start = *offset + COT_ZIP_LOCAL_HEADER_BYTES + header.name_bytes + header.extra_bytes;
  if ((header.flags & COT_ZIP_FLAG_STREAMED) && header.packed_bytes == 0)
    status = measure (zip, &header, start);
  else if (header.packed_bytes > zip->input->size_bytes - start)
    {
      header.packed_bytes = zip->input->size_bytes - start;
      status = COT_UNPACK_CUT;
      header.size_bytes = get_cut_size (&header);
    }

  if (!cot_zip_add (zip, &header, *offset))
    return false;
  if (zip->n_entries > 0 && zip->entries[zip->n_entries - 1].header_offset == *offset)
    {
      CotZipEntry *entry = &zip->entries[zip->n_entries - 1];

      /* A ratio, or a size, that only the missing end makes impossible is no reason against what
       * is there; the data still stops at the declared size. */
      if (entry->status == COT_UNPACK_OK
          || (status == COT_UNPACK_CUT
              && (entry->status == COT_UNPACK_IMPOSSIBLE_RATIO
                  || entry->status == COT_UNPACK_WRONG_SIZE)))
        entry->status = status;
    }
  *offset = start + header.packed_bytes;
  return status == COT_UNPACK_OK && skip_descriptor (zip->input, offset);
}

void
cot_zip_scan (CotZip *zip)
{
  uint8_t *buffer = malloc (COT_ZIP_LOCAL_HEADER_BYTES + MAX_VARIABLE_BYTES);
  uint64_t offset = 0;

  if (buffer == NULL)
    {
      zip->status = COT_UNPACK_NO_MEMORY;
      return;
    }
  while (scan_next (zip, buffer, &offset))
    continue;
  free (buffer);
}
