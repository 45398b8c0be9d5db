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
  explicit_bzero (zip, sizeof *zip);
}

void
cot_zip_set_pass_phrase (CotZip *zip, const uint8_t *pass_phrase, size_t length_bytes)
{
  explicit_bzero (zip->pass_phrase, sizeof zip->pass_phrase);
  if (length_bytes > sizeof zip->pass_phrase)
    length_bytes = sizeof zip->pass_phrase;
  memcpy (zip->pass_phrase, pass_phrase, length_bytes);
  zip->pass_phrase_bytes = length_bytes;
  zip->is_proven = false;
}

CotUnpackStatus
cot_zip_get_entry_status (const CotZip *zip, const CotZipEntry *entry)
{
  CotUnpackStatus status = (CotUnpackStatus) entry->status;
  bool is_readable = status == COT_UNPACK_OK || status == COT_UNPACK_CUT;

  if (is_readable && entry->lock.kind != COT_ZIP_NOT_ENCRYPTED && zip->pass_phrase_bytes == 0)
    return COT_UNPACK_ENCRYPTED;
  return status;
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
run_method (CotStream *stream, CotZipCipher *cipher, const CotZipEntry *entry)
{
  CotUnpackStatus status = cot_stream_run (stream, entry->method);

  if (entry->status == COT_UNPACK_CUT)
    return COT_UNPACK_CUT;
  if (status == COT_UNPACK_CUT)
    return COT_UNPACK_BROKEN; /* there is more archive behind it, so the entry is at fault */
  if (status == COT_UNPACK_OK && stream->n_produced != entry->size_bytes)
    return COT_UNPACK_WRONG_SIZE;
  if (status == COT_UNPACK_OK && !cot_zip_cipher_is_true (cipher, stream))
    return COT_UNPACK_WRONG_CHECKSUM;
  if (status == COT_UNPACK_OK && entry->lock.has_checksum && stream->checksum != entry->checksum)
    return COT_UNPACK_WRONG_CHECKSUM;
  return status;
}

static CotUnpackStatus
run_stream (const CotZip *zip, const CotZipEntry *entry, CotStream *stream)
{
  bool is_cut = entry->status == COT_UNPACK_CUT;
  CotUnpackStatus status = COT_UNPACK_OK;
  CotZipCipher cipher = { .lock = entry->lock };

  if (entry->lock.kind != COT_ZIP_NOT_ENCRYPTED)
    status = cot_zip_cipher_begin (&cipher, &entry->lock, zip->pass_phrase, zip->pass_phrase_bytes,
                                   is_cut, stream);
  if (status == COT_UNPACK_OK)
    status = run_method (stream, &cipher, entry);
  cot_zip_cipher_wipe (&cipher);
  return status;
}

/* Fewer bytes come out right by chance. */
#define MIN_PROOF_BYTES 8u

/* Only measured. */
static CotUnpackStatus
try_pass_phrase (CotZip *zip, const CotZipEntry *entry)
{
  CotStream stream = {
    .input = zip->input,
    .packed_bytes = entry->packed_bytes,
    .max_bytes = entry->size_bytes,
    .has_end_mark = entry->has_end_mark,
  };
  CotUnpackStatus status = find_data (zip, entry, &stream.offset);

  if (status == COT_UNPACK_OK)
    status = run_stream (zip, entry, &stream);
  if (status == COT_UNPACK_OK && entry->size_bytes >= MIN_PROOF_BYTES)
    zip->is_proven = true;
  return status;
}

static const CotZipEntry *
find_smallest_proof (const CotZip *zip)
{
  const CotZipEntry *smallest = NULL;

  for (uint32_t i = 0; i < zip->n_entries; i++)
    {
      const CotZipEntry *entry = &zip->entries[i];

      if (entry->lock.kind == COT_ZIP_TRADITIONAL && entry->status == COT_UNPACK_OK
          && entry->size_bytes >= MIN_PROOF_BYTES
          && (smallest == NULL || entry->size_bytes < smallest->size_bytes))
        smallest = entry;
    }
  return smallest;
}

/* The traditional encryption tells one wrong pass phrase of 256 not from the right one. So an
 * entry is tried before anything is handed on, the smallest first, which costs least: what comes
 * out wrong then is the pass phrase's fault, later it is the data's. */
static CotUnpackStatus
prove_pass_phrase (CotZip *zip, const CotZipEntry *entry)
{
  const CotZipEntry *smallest;
  CotUnpackStatus status;

  if (entry->lock.kind != COT_ZIP_TRADITIONAL || zip->is_proven
      || entry->status == COT_UNPACK_CUT)
    return COT_UNPACK_OK;
  smallest = find_smallest_proof (zip);
  if (smallest != NULL && smallest != entry
      && try_pass_phrase (zip, smallest) == COT_UNPACK_OK)
    return COT_UNPACK_OK;
  status = try_pass_phrase (zip, entry);
  if (status == COT_UNPACK_BROKEN || status == COT_UNPACK_WRONG_SIZE
      || status == COT_UNPACK_WRONG_CHECKSUM)
    return COT_UNPACK_WRONG_PASS_PHRASE;
  return status;
}

CotUnpackStatus
cot_zip_unpack (CotZip *zip, uint32_t index, CotSink sink, void *sink_data)
{
  CotZipEntry *entry = &zip->entries[index];
  CotStream stream = {
    .input = zip->input,
    .sink = sink,
    .sink_data = sink_data,
    .has_end_mark = entry->has_end_mark,
    .room = zip->room,
  };
  CotUnpackStatus status = cot_zip_get_entry_status (zip, entry);

  if (status != COT_UNPACK_OK && status != COT_UNPACK_CUT)
    return status;
  status = find_data (zip, entry, &stream.offset);
  if (status == COT_UNPACK_OK)
    status = cot_budget_check (zip->unpacked_bytes, entry->charged_bytes, entry->size_bytes,
                               zip->input->size_bytes);
  stream.packed_bytes = entry->packed_bytes;
  stream.max_bytes = entry->size_bytes;
  if (status == COT_UNPACK_OK)
    status = prove_pass_phrase (zip, entry);
  if (status != COT_UNPACK_OK)
    return status;

  status = run_stream (zip, entry, &stream);
  cot_budget_charge (&zip->unpacked_bytes, &entry->charged_bytes, stream.n_produced);
  return status;
}
