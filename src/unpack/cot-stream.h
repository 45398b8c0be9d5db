/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-input.h"
#include "cot-unpack-protocol.h"

typedef void (*CotSink) (void *data, const uint8_t *bytes, size_t length_bytes);
/* In place. */
typedef void (*CotDecrypt) (void *data, uint8_t *bytes, size_t length_bytes);

/* What a decoder may have in memory, whatever its data asks for: well below the worker's limit. */
#define COT_STREAM_MAX_MEMORY_BYTES (UINT64_C (192) << 20)

/* The packed data of one entry, and what comes of it. */
typedef struct
{
  const CotInput *input;
  uint64_t offset;
  uint64_t packed_bytes;
  uint64_t max_bytes; /* nothing beyond is handed on */
  CotSink sink;       /* may be NULL: the data is only measured */
  void *sink_data;
  CotDecrypt decrypt; /* may be NULL: the data is not encrypted */
  void *decrypt_data;
  bool is_one_of_many; /* others follow it in packed_bytes, which are not read for each of them */
  bool has_end_mark; /* LZMA: otherwise the data ends after max_bytes */
  /* May be NULL; COT_UNPACK_MAX_SHARED_BYTES, for who unpacks all at once. The sink is then given
   * bytes that stand in there. */
  uint8_t *room;

  /* results */
  uint64_t n_fetched; /* of the input; some of it may not have been needed */
  uint64_t n_consumed;
  uint64_t n_produced;
  uint32_t checksum;
} CotStream;

/* Method numbers of APPNOTE.TXT 4.4.5 */
typedef enum
{
  COT_METHOD_STORE = 0,
  COT_METHOD_DEFLATE = 8,
  COT_METHOD_DEFLATE64 = 9,
  COT_METHOD_BZIP2 = 12,
  COT_METHOD_LZMA = 14,
  COT_METHOD_OLD_ZSTD = 20,
  COT_METHOD_ZSTD = 93,
  COT_METHOD_XZ = 95,
} CotMethod;

bool cot_stream_knows (uint16_t method);

/* OK: the data ended by itself. CUT: the input ended first. BROKEN: it is no such data.
 * WRONG_SIZE: there would have been more than max_bytes. NO_MEMORY: it asks for more than it may
 * have. */
CotUnpackStatus cot_stream_run (CotStream *stream, uint16_t method);
CotUnpackStatus cot_stream_copy (CotStream *stream);
CotUnpackStatus cot_stream_inflate (CotStream *stream);

/* Has the rest of the packed data decrypted, which the method did not need. False: it is cut. */
bool cot_stream_drain (CotStream *stream);
