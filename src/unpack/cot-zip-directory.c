/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-zip.h"

#include <stdlib.h>

static void
read_central_header (const uint8_t *at, CotZipHeader *header)
{
  header->made_by = cot_zip_get_u16 (at + 4);
  header->flags = cot_zip_get_u16 (at + 8);
  header->method = cot_zip_get_u16 (at + 10);
  header->time = cot_zip_get_u16 (at + 12);
  header->date = cot_zip_get_u16 (at + 14);
  header->checksum = cot_unpack_get_u32 (at + 16);
  header->packed_bytes = cot_unpack_get_u32 (at + 20);
  header->size_bytes = cot_unpack_get_u32 (at + 24);
  header->name_bytes = cot_zip_get_u16 (at + 28);
  header->extra_bytes = cot_zip_get_u16 (at + 30);
  header->attributes = cot_unpack_get_u32 (at + 38);
  header->header_offset = cot_unpack_get_u32 (at + 42);
  header->name = at + COT_ZIP_CENTRAL_HEADER_BYTES;
  header->extra = header->name + header->name_bytes;
}

/* False: no further entry can be found. */
static bool
read_next (CotZip *zip, CotWindow *window, uint64_t junk_bytes)
{
  const uint8_t *at = cot_window_peek (window, COT_ZIP_CENTRAL_HEADER_BYTES);
  CotZipHeader header;
  size_t named_bytes;
  uint16_t comment_bytes;
  uint64_t offset;

  if (at == NULL || cot_unpack_get_u32 (at) != COT_ZIP_CENTRAL_HEADER)
    {
      zip->status = COT_UNPACK_BROKEN;
      return false;
    }
  named_bytes = (size_t) COT_ZIP_CENTRAL_HEADER_BYTES + cot_zip_get_u16 (at + 28)
                + cot_zip_get_u16 (at + 30);
  comment_bytes = cot_zip_get_u16 (at + 32);
  at = cot_window_peek (window, named_bytes);
  if (at == NULL)
    {
      zip->status = COT_UNPACK_BROKEN;
      return false;
    }

  read_central_header (at, &header);
  cot_zip_apply_zip64 (&header);
  /* What cannot be an offset is left for the check against the directory's own. */
  if (__builtin_add_overflow (header.header_offset, junk_bytes, &offset))
    offset = UINT64_MAX;
  if (!cot_zip_add (zip, &header, offset))
    return false;
  if (!cot_window_skip (window, (uint64_t) named_bytes + comment_bytes))
    {
      zip->status = COT_UNPACK_BROKEN;
      return false;
    }
  return true;
}

void
cot_zip_read_directory (CotZip *zip, const CotZipDirectory *directory)
{
  uint64_t end = directory->offset + directory->size_bytes;
  CotWindow *window = malloc (sizeof *window);
  uint64_t n = 0;

  if (window == NULL)
    {
      zip->status = COT_UNPACK_NO_MEMORY;
      return;
    }
  cot_window_begin (window, zip->input, directory->offset, end);
  while (window->offset < end && read_next (zip, window, directory->junk_bytes))
    n++;
  free (window);

  /* Old writers count modulo 65,536; any other difference means that something is missing. */
  if (zip->status == COT_UNPACK_OK && (n & 0xffff) != (directory->n_entries & 0xffff))
    zip->status = COT_UNPACK_BROKEN;
}
