/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-stream-private.h"

#include <zstd.h>
#include <zstd_errors.h>

/* 128 MiB: what every decoder has to offer, and the most that a packer uses unless it is told to
 * go beyond. */
#define MAX_WINDOW_LOG 27

static CotUnpackStatus
status_from_result (size_t result)
{
  switch ((int) ZSTD_getErrorCode (result))
    {
    case ZSTD_error_no_error:
      return COT_UNPACK_OK;
    case ZSTD_error_memory_allocation:
    case ZSTD_error_frameParameter_windowTooLarge:
      return COT_UNPACK_NO_MEMORY;
    default:
      return COT_UNPACK_BROKEN;
    }
}

/* Several frames may stand one behind the other. */
static CotUnpackStatus
decode_all (CotStream *stream, ZSTD_DStream *zstd)
{
  uint8_t packed[COT_STREAM_CHUNK_BYTES];
  uint8_t unpacked[COT_STREAM_CHUNK_BYTES];
  ZSTD_inBuffer in = { .src = packed };
  size_t result = 1; /* 0: at the end of a frame */

  for (;;)
    {
      ZSTD_outBuffer out = { .dst = unpacked, .size = sizeof unpacked };
      bool is_at_end = false;

      if (in.pos == in.size)
        {
          in.pos = 0;
          in.size = cot_stream_fetch (stream, packed);
          is_at_end = in.size == 0;
        }
      if (is_at_end && result == 0)
        return COT_UNPACK_OK;
      result = ZSTD_decompressStream (zstd, &out, &in);
      if (!cot_stream_hand_on (stream, unpacked, out.pos))
        return COT_UNPACK_WRONG_SIZE;
      if (ZSTD_isError (result))
        return status_from_result (result);
      if (is_at_end && out.pos == 0)
        return COT_UNPACK_CUT;
    }
}

CotUnpackStatus
cot_stream_unzstd (CotStream *stream)
{
  ZSTD_DStream *zstd = ZSTD_createDStream ();
  CotUnpackStatus status;
  size_t result;

  cot_stream_begin (stream);
  if (zstd == NULL)
    return COT_UNPACK_NO_MEMORY;
  result = ZSTD_DCtx_setParameter (zstd, ZSTD_d_windowLogMax, MAX_WINDOW_LOG);
  status = status_from_result (result);
  if (status == COT_UNPACK_OK)
    status = decode_all (stream, zstd);
  ZSTD_freeDStream (zstd);
  return status;
}
