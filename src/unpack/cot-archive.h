/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-cab.h"
#include "cot-gzip.h"
#include "cot-zip.h"

/* What kind an archive is, its first bytes say; a zip is whatever they do not name, because a
 * self-extractor begins with a program. */
typedef enum
{
  COT_ARCHIVE_ZIP,
  COT_ARCHIVE_CAB,
  COT_ARCHIVE_GZIP,
} CotArchiveKind;

typedef struct
{
  CotArchiveKind kind;
  CotZip zip;
  CotGzip gzip;
  CotCab *cab; /* NULL: it could not be opened */
} CotArchive;

/* Reads the list of entries. False: there is none at all, and the status says why. */
bool cot_archive_open (CotArchive *archive, const CotInput *input);
void cot_archive_close (CotArchive *archive);
CotUnpackStatus cot_archive_get_status (const CotArchive *archive);
uint32_t cot_archive_get_n_entries (const CotArchive *archive);
/* @entry's label stays the archive's. */
void cot_archive_get_entry (const CotArchive *archive, uint32_t index, CotUnpackEntry *entry);
CotUnpackStatus cot_archive_unpack (CotArchive *archive, uint32_t index, CotSink sink,
                                    void *sink_data);
/* NULL, or COT_UNPACK_MAX_SHARED_BYTES in which smaller entries may be unpacked: the sink is given
 * what stands in there. */
void cot_archive_set_room (CotArchive *archive, uint8_t *room);
/* For all encrypted entries of an archive that is open. */
void cot_archive_set_pass_phrase (CotArchive *archive, const uint8_t *pass_phrase,
                                  size_t length_bytes);
