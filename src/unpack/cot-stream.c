/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-stream.h"

#include <string.h>
#include <zlib.h>

#define CHUNK_BYTES ((size_t) COT_UNPACK_MAX_DATA_BYTES)

static size_t
read_chunk (CotStream *stream, uint8_t *buffer)
{
  uint64_t left = stream->packed_bytes - stream->n_consumed;

  return cot_input_read_some (stream->input, stream->offset + stream->n_consumed, buffer,
                              left < CHUNK_BYTES ? (size_t) left : CHUNK_BYTES);
}

/* False where that is more than may come. */
static bool
hand_on (CotStream *stream, const uint8_t *bytes, size_t length_bytes)
{
  uint64_t room = stream->max_bytes - stream->n_produced;
  bool fits = length_bytes <= room;

  if (!fits)
    length_bytes = (size_t) room;
  if (length_bytes > 0)
    {
      stream->checksum = (uint32_t) crc32 (stream->checksum, bytes, (uInt) length_bytes);
      if (stream->sink != NULL)
        stream->sink (stream->sink_data, bytes, length_bytes);
      stream->n_produced += length_bytes;
    }
  return fits;
}

static void
begin (CotStream *stream)
{
  stream->n_consumed = 0;
  stream->n_produced = 0;
  stream->checksum = (uint32_t) crc32 (0, Z_NULL, 0);
}

CotUnpackStatus
cot_stream_copy (CotStream *stream)
{
  uint8_t buffer[CHUNK_BYTES];

  begin (stream);
  while (stream->n_consumed < stream->packed_bytes)
    {
      size_t n = read_chunk (stream, buffer);

      if (n == 0)
        return COT_UNPACK_CUT;
      stream->n_consumed += n;
      if (!hand_on (stream, buffer, n))
        return COT_UNPACK_WRONG_SIZE;
    }
  return COT_UNPACK_OK;
}

static CotUnpackStatus
inflate_all (CotStream *stream, z_stream *z)
{
  uint8_t packed[CHUNK_BYTES];
  uint8_t unpacked[CHUNK_BYTES];

  for (;;)
    {
      int result;

      if (z->avail_in == 0)
        {
          z->next_in = packed;
          z->avail_in = (uInt) read_chunk (stream, packed);
          stream->n_consumed += z->avail_in;
        }
      z->next_out = unpacked;
      z->avail_out = (uInt) CHUNK_BYTES;
      result = inflate (z, Z_NO_FLUSH);

      if (!hand_on (stream, unpacked, CHUNK_BYTES - z->avail_out))
        return COT_UNPACK_WRONG_SIZE;
      switch (result)
        {
        case Z_OK:
          break;
        case Z_STREAM_END:
          stream->n_consumed -= z->avail_in;
          return COT_UNPACK_OK;
        case Z_BUF_ERROR: /* no progress: there is no input left */
          return COT_UNPACK_CUT;
        case Z_MEM_ERROR:
          return COT_UNPACK_NO_MEMORY;
        default:
          return COT_UNPACK_BROKEN;
        }
    }
}

CotUnpackStatus
cot_stream_inflate (CotStream *stream)
{
  z_stream z;
  CotUnpackStatus status;

  begin (stream);
  memset (&z, 0, sizeof z);
  if (inflateInit2 (&z, -MAX_WBITS) != Z_OK)
    return COT_UNPACK_NO_MEMORY;
  status = inflate_all (stream, &z);
  inflateEnd (&z);
  return status;
}
