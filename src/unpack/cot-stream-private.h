/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-stream.h"

/* For the decoders, one file a family. */

#define COT_STREAM_CHUNK_BYTES ((size_t) COT_UNPACK_MAX_DATA_BYTES)

/* Goes on from the checksum of what came before; 0 for nothing. */
uint32_t cot_stream_crc32 (uint32_t checksum, const uint8_t *bytes, size_t length_bytes);
void cot_stream_begin (CotStream *stream);
/* The next packed bytes, decrypted, at most COT_STREAM_CHUNK_BYTES; 0 at their end. */
size_t cot_stream_fetch (CotStream *stream, uint8_t *buffer);
/* At most COT_STREAM_CHUNK_BYTES. False where that is more than may come. */
bool cot_stream_hand_on (CotStream *stream, const uint8_t *bytes, size_t length_bytes);

CotUnpackStatus cot_stream_inflate64 (CotStream *stream);
CotUnpackStatus cot_stream_bunzip2 (CotStream *stream);
CotUnpackStatus cot_stream_unlzma (CotStream *stream);
CotUnpackStatus cot_stream_unxz (CotStream *stream);
CotUnpackStatus cot_stream_unzstd (CotStream *stream);
