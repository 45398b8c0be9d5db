/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-archive.h"

bool
cot_archive_open (CotArchive *archive, const CotInput *input)
{
  if (cot_cab_starts_like_one (input))
    {
      archive->kind = COT_ARCHIVE_CAB;
      archive->cab = cot_cab_open (input);
      return archive->cab != NULL;
    }
  if (cot_gzip_starts_like_one (input))
    {
      archive->kind = COT_ARCHIVE_GZIP;
      return cot_gzip_open (&archive->gzip, input);
    }
  archive->kind = COT_ARCHIVE_ZIP;
  return cot_zip_open (&archive->zip, input);
}

void
cot_archive_close (CotArchive *archive)
{
  cot_zip_close (&archive->zip);
  cot_cab_close (archive->cab);
  archive->cab = NULL;
}

CotUnpackStatus
cot_archive_get_status (const CotArchive *archive)
{
  switch (archive->kind)
    {
    case COT_ARCHIVE_CAB:
      if (archive->cab == NULL)
        return cot_cab_without_reader;
      return cot_cab_get_status (archive->cab);
    case COT_ARCHIVE_GZIP:
      return archive->gzip.status;
    case COT_ARCHIVE_ZIP:
    default:
      return archive->zip.status;
    }
}

uint32_t
cot_archive_get_n_entries (const CotArchive *archive)
{
  switch (archive->kind)
    {
    case COT_ARCHIVE_CAB:
      return archive->cab != NULL ? cot_cab_get_n_entries (archive->cab) : 0;
    case COT_ARCHIVE_GZIP:
      return archive->gzip.status != COT_UNPACK_NOT_AN_ARCHIVE ? 1 : 0;
    case COT_ARCHIVE_ZIP:
    default:
      return archive->zip.n_entries;
    }
}

static void
get_zip_entry (const CotZip *zip, uint32_t index, CotUnpackEntry *entry)
{
  const CotZipEntry *from = &zip->entries[index];

  *entry = (CotUnpackEntry) {
    .index = index,
    .flags = from->flags,
    .status = cot_zip_get_entry_status (zip, from),
    .detail = from->method,
    .size_bytes = from->size_bytes,
    .packed_bytes = from->packed_bytes,
    .modified_usec = from->modified_usec,
    .label = zip->labels + from->label_offset,
    .label_bytes = from->label_bytes,
  };
}

static void
get_gzip_entry (const CotGzip *gzip, CotUnpackEntry *entry)
{
  *entry = (CotUnpackEntry) {
    .flags = gzip->flags,
    .status = gzip->entry_status,
    .size_bytes = gzip->size_bytes,
    .packed_bytes = gzip->input->size_bytes,
    .modified_usec = gzip->modified_usec,
    .label = gzip->label,
    .label_bytes = gzip->label_bytes,
  };
}

void
cot_archive_get_entry (const CotArchive *archive, uint32_t index, CotUnpackEntry *entry)
{
  switch (archive->kind)
    {
    case COT_ARCHIVE_CAB:
      cot_cab_get_entry (archive->cab, index, entry);
      break;
    case COT_ARCHIVE_GZIP:
      get_gzip_entry (&archive->gzip, entry);
      break;
    case COT_ARCHIVE_ZIP:
    default:
      get_zip_entry (&archive->zip, index, entry);
    }
}

CotUnpackStatus
cot_archive_unpack (CotArchive *archive, uint32_t index, CotSink sink, void *sink_data)
{
  switch (archive->kind)
    {
    case COT_ARCHIVE_CAB:
      return cot_cab_unpack (archive->cab, index, sink, sink_data);
    case COT_ARCHIVE_GZIP:
      return cot_gzip_unpack (&archive->gzip, sink, sink_data);
    case COT_ARCHIVE_ZIP:
    default:
      return cot_zip_unpack (&archive->zip, index, sink, sink_data);
    }
}

void
cot_archive_set_pass_phrase (CotArchive *archive, const uint8_t *pass_phrase, size_t length_bytes)
{
  if (archive->kind == COT_ARCHIVE_ZIP)
    cot_zip_set_pass_phrase (&archive->zip, pass_phrase, length_bytes);
}

void
cot_archive_set_room (CotArchive *archive, uint8_t *room)
{
  if (archive->kind == COT_ARCHIVE_ZIP)
    archive->zip.room = room;
}
