/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-stream-private.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#ifdef HAVE_LIBDEFLATE
#include <libdeflate.h>

/* Both the packed and the unpacked data are held in memory. */
#define MAX_WHOLE_BYTES (UINT64_C (32) << 20)

uint32_t
cot_stream_crc32 (uint32_t checksum, const uint8_t *bytes, size_t length_bytes)
{
  return libdeflate_crc32 (checksum, bytes, length_bytes);
}

static bool
fetch_whole (CotStream *stream, uint8_t *packed)
{
  while (stream->n_fetched < stream->packed_bytes)
    if (cot_stream_fetch (stream, packed + stream->n_fetched) == 0)
      return false;
  return true;
}

static bool
decompress_whole (CotStream *stream, const uint8_t *packed, uint8_t *unpacked, size_t *n_unpacked)
{
  struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor ();
  enum libdeflate_result result = LIBDEFLATE_BAD_DATA;
  size_t n_consumed = 0;

  if (decompressor != NULL)
    result = libdeflate_deflate_decompress_ex (decompressor, packed, stream->packed_bytes, unpacked,
                                               stream->max_bytes, &n_consumed, n_unpacked);
  libdeflate_free_decompressor (decompressor);
  stream->n_consumed = n_consumed;
  return result == LIBDEFLATE_SUCCESS;
}

/* In half the time, where all is as it should be and not too large. False, and nothing handed on,
 * where it is not: the usual way then finds out what came before the fault. */
static bool
inflate_whole (CotStream *stream)
{
  bool has_room = stream->room != NULL && stream->max_bytes <= COT_UNPACK_MAX_SHARED_BYTES;
  uint8_t *packed, *unpacked;
  size_t n_unpacked = 0;
  bool done;

  if (stream->decrypt != NULL || stream->is_one_of_many || stream->packed_bytes == 0
      || stream->max_bytes == 0
      || stream->packed_bytes > MAX_WHOLE_BYTES || stream->max_bytes > MAX_WHOLE_BYTES)
    return false;
  packed = malloc ((size_t) stream->packed_bytes);
  unpacked = has_room ? stream->room : malloc ((size_t) stream->max_bytes);
  done = packed != NULL && unpacked != NULL && fetch_whole (stream, packed)
         && decompress_whole (stream, packed, unpacked, &n_unpacked);
  for (size_t at = 0; done && at < n_unpacked; at += COT_STREAM_CHUNK_BYTES)
    {
      size_t left = n_unpacked - at;

      cot_stream_hand_on (stream, unpacked + at,
                          left < COT_STREAM_CHUNK_BYTES ? left : COT_STREAM_CHUNK_BYTES);
    }
  free (packed);
  if (!has_room)
    free (unpacked);
  return done;
}
#else
uint32_t
cot_stream_crc32 (uint32_t checksum, const uint8_t *bytes, size_t length_bytes)
{
  return (uint32_t) crc32 (checksum, bytes, (uInt) length_bytes);
}

static bool
inflate_whole (CotStream *stream)
{
  (void) stream;
  return false;
}
#endif

static CotUnpackStatus
inflate_all (CotStream *stream, z_stream *z)
{
  uint8_t packed[COT_STREAM_CHUNK_BYTES];
  uint8_t unpacked[COT_STREAM_CHUNK_BYTES];

  for (;;)
    {
      int result;

      if (z->avail_in == 0)
        {
          z->next_in = packed;
          z->avail_in = (uInt) cot_stream_fetch (stream, packed);
        }
      z->next_out = unpacked;
      z->avail_out = (uInt) sizeof unpacked;
      result = inflate (z, Z_NO_FLUSH);

      if (!cot_stream_hand_on (stream, unpacked, sizeof unpacked - z->avail_out))
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

  cot_stream_begin (stream);
  if (inflate_whole (stream))
    return COT_UNPACK_OK;
  cot_stream_begin (stream);
  memset (&z, 0, sizeof z);
  if (inflateInit2 (&z, -MAX_WBITS) != Z_OK)
    return COT_UNPACK_NO_MEMORY;
  status = inflate_all (stream, &z);
  inflateEnd (&z);
  return status;
}
