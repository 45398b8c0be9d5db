/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-stream-private.h"

#include <bzlib.h>
#include <string.h>

/* A block unpacks to 900 kB at most, and the decoder never has more than 4 MB. */
static CotUnpackStatus
bunzip2_all (CotStream *stream, bz_stream *bz)
{
  char packed[COT_STREAM_CHUNK_BYTES];
  char unpacked[COT_STREAM_CHUNK_BYTES];

  for (;;)
    {
      bool is_at_end = false;
      int result;

      if (bz->avail_in == 0)
        {
          bz->next_in = packed;
          bz->avail_in = (unsigned int) cot_stream_fetch (stream, (uint8_t *) packed);
          is_at_end = bz->avail_in == 0;
        }
      bz->next_out = unpacked;
      bz->avail_out = (unsigned int) sizeof unpacked;
      result = BZ2_bzDecompress (bz);

      if (!cot_stream_hand_on (stream, (const uint8_t *) unpacked,
                               sizeof unpacked - bz->avail_out))
        return COT_UNPACK_WRONG_SIZE;
      switch (result)
        {
        case BZ_OK: /* also where it makes no progress */
          if (is_at_end && bz->avail_out == sizeof unpacked)
            return COT_UNPACK_CUT;
          break;
        case BZ_STREAM_END:
          stream->n_consumed -= bz->avail_in;
          return COT_UNPACK_OK;
        case BZ_MEM_ERROR:
          return COT_UNPACK_NO_MEMORY;
        default:
          return COT_UNPACK_BROKEN;
        }
    }
}

CotUnpackStatus
cot_stream_bunzip2 (CotStream *stream)
{
  bz_stream bz;
  CotUnpackStatus status;

  cot_stream_begin (stream);
  memset (&bz, 0, sizeof bz);
  if (BZ2_bzDecompressInit (&bz, 0, 0) != BZ_OK)
    return COT_UNPACK_NO_MEMORY;
  status = bunzip2_all (stream, &bz);
  BZ2_bzDecompressEnd (&bz);
  return status;
}
