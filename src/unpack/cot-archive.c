/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-archive.h"

bool
cot_archive_open (CotArchive *archive, const CotInput *input)
{
  archive->kind = COT_ARCHIVE_ZIP;
  return cot_zip_open (&archive->zip, input);
}

void
cot_archive_close (CotArchive *archive)
{
  cot_zip_close (&archive->zip);
}

CotUnpackStatus
cot_archive_get_status (const CotArchive *archive)
{
  return archive->zip.status;
}

uint32_t
cot_archive_get_n_entries (const CotArchive *archive)
{
  return archive->zip.n_entries;
}

void
cot_archive_get_entry (const CotArchive *archive, uint32_t index, CotUnpackEntry *entry)
{
  const CotZip *zip = &archive->zip;
  const CotZipEntry *from = &zip->entries[index];

  *entry = (CotUnpackEntry) {
    .index = index,
    .flags = from->flags,
    .status = from->status,
    .detail = from->method,
    .size_bytes = from->size_bytes,
    .packed_bytes = from->packed_bytes,
    .modified_usec = from->modified_usec,
    .label = zip->labels + from->label_offset,
    .label_bytes = from->label_bytes,
  };
}

CotUnpackStatus
cot_archive_unpack (CotArchive *archive, uint32_t index, CotSink sink, void *sink_data)
{
  return cot_zip_unpack (&archive->zip, index, sink, sink_data);
}
