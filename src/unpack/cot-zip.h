/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-input.h"
#include "cot-stream.h"
#include "cot-unpack-protocol.h"
#include "cot-zip-cipher.h"

/* All that is known of one entry before it is unpacked. Offsets are those of the input, so that
 * junk in front of the archive (a self-extractor) is counted in. */
typedef struct
{
  uint64_t header_offset;
  uint64_t limit_offset; /* where the next entry begins; its data ends before */
  uint64_t packed_bytes;
  uint64_t size_bytes;
  uint64_t charged_bytes; /* so many of the total are its own */
  int64_t modified_usec;
  uint32_t checksum;
  uint32_t label_offset;
  uint32_t label_bytes;
  uint32_t flags; /* CotUnpackFlags */
  uint32_t status; /* CotUnpackStatus */
  uint16_t method; /* below the encryption */
  CotZipLock lock;
  bool has_end_mark; /* LZMA */
} CotZipEntry;

typedef struct
{
  const CotInput *input;
  CotZipEntry *entries;
  uint32_t n_entries;
  uint32_t n_allocated;
  char *labels;
  size_t labels_bytes;
  size_t labels_allocated;
  uint64_t unpacked_bytes;
  uint64_t measured_bytes; /* unpacked only to find an end */
  CotUnpackStatus status; /* of the list: OK, CUT, BROKEN, or a limit that ended it early */
  uint8_t pass_phrase[COT_UNPACK_MAX_PASS_PHRASE_BYTES];
  size_t pass_phrase_bytes; /* 0: none is known */
  bool is_proven; /* one entry at least came out right with it */
  uint8_t *room; /* NULL, or COT_UNPACK_MAX_SHARED_BYTES; the owner's */
} CotZip;

/* Reads the list of entries. False: there is none at all, and the status says why. */
bool cot_zip_open (CotZip *zip, const CotInput *input);
void cot_zip_close (CotZip *zip);
/* For all encrypted entries; @length_bytes is at most COT_UNPACK_MAX_PASS_PHRASE_BYTES. */
void cot_zip_set_pass_phrase (CotZip *zip, const uint8_t *pass_phrase, size_t length_bytes);
/* What is known before it is unpacked. */
CotUnpackStatus cot_zip_get_entry_status (const CotZip *zip, const CotZipEntry *entry);
/* Hands the data to @sink. What it handed on is good to have unless the status is one of the
 * entry's own. */
CotUnpackStatus cot_zip_unpack (CotZip *zip, uint32_t index, CotSink sink, void *sink_data);

/* The rest is between the parts of the reader. */

#define COT_ZIP_LOCAL_HEADER 0x04034b50u
#define COT_ZIP_CENTRAL_HEADER 0x02014b50u
#define COT_ZIP_LOCAL_HEADER_BYTES 30u
#define COT_ZIP_CENTRAL_HEADER_BYTES 46u
#define COT_ZIP_METHOD_AES 99
#define COT_ZIP_FLAG_ENCRYPTED (1u << 0)
#define COT_ZIP_FLAG_END_MARK (1u << 1)
#define COT_ZIP_FLAG_STREAMED (1u << 3)
#define COT_ZIP_FLAG_STRONG (1u << 6)
#define COT_ZIP_FLAG_MASKED (1u << 13)

/* A local or a central header, as far as both agree. */
typedef struct
{
  const uint8_t *name;
  const uint8_t *extra;
  uint16_t name_bytes;
  uint16_t extra_bytes;
  uint16_t made_by;
  uint16_t flags;
  uint16_t method;
  uint16_t time;
  uint16_t date;
  uint32_t checksum;
  uint64_t packed_bytes;
  uint64_t size_bytes;
  uint64_t header_offset; /* as the archive counts */
  uint32_t attributes;
} CotZipHeader;

typedef struct
{
  uint64_t offset; /* of the directory, in the input */
  uint64_t size_bytes;
  uint64_t n_entries; /* as declared; modulo 65,536 where the writer knew no better */
  uint64_t junk_bytes; /* in front of the archive */
} CotZipDirectory;

uint16_t cot_zip_get_u16 (const uint8_t *at);

/* From the end of the input. OK; NOT_AN_ARCHIVE where there is no directory; SPLIT;
 * DIRECTORY_LIMIT. */
CotUnpackStatus cot_zip_find_directory (const CotInput *input, CotZipDirectory *directory);
void cot_zip_read_directory (CotZip *zip, const CotZipDirectory *directory);
/* Without a directory: entry by entry from the start. */
void cot_zip_scan (CotZip *zip);
bool cot_zip_starts_like_one (const CotInput *input);

/* Adds the entry, unless it is a folder. False: a limit was reached, and the status says which. */
bool cot_zip_add (CotZip *zip, const CotZipHeader *header, uint64_t offset);
/* The 64-bit sizes, and the better name and time that extra fields hold. */
void cot_zip_apply_zip64 (CotZipHeader *header);
bool cot_zip_find_extra (const CotZipHeader *header, uint16_t id, const uint8_t **field,
                         uint16_t *length_bytes);
/* How it is encrypted, and with which method it is packed below that. */
CotZipLock cot_zip_get_lock (const CotZipHeader *header, uint16_t *method);
/* Refuses every entry that begins inside an earlier one, and tells each where the next begins. */
void cot_zip_find_overlaps (CotZip *zip, uint64_t end_offset);
