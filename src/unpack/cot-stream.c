/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-stream-private.h"

/* Of a stream that may end soon, with another one behind it. */
#define FIRST_BYTES 512u

size_t
cot_stream_fetch (CotStream *stream, uint8_t *buffer)
{
  uint64_t left = stream->packed_bytes - stream->n_fetched;
  size_t wanted = left < COT_STREAM_CHUNK_BYTES ? (size_t) left : COT_STREAM_CHUNK_BYTES;
  size_t n;

  if (stream->is_one_of_many && wanted > FIRST_BYTES + stream->n_fetched)
    wanted = (size_t) (FIRST_BYTES + stream->n_fetched);
  n = cot_input_read_some (stream->input, stream->offset + stream->n_fetched, buffer, wanted);
  if (n > 0 && stream->decrypt != NULL)
    stream->decrypt (stream->decrypt_data, buffer, n);
  stream->n_fetched += n;
  stream->n_consumed = stream->n_fetched;
  return n;
}

bool
cot_stream_hand_on (CotStream *stream, const uint8_t *bytes, size_t length_bytes)
{
  uint64_t room = stream->max_bytes - stream->n_produced;
  bool fits = length_bytes <= room;

  if (!fits)
    length_bytes = (size_t) room;
  if (length_bytes > 0)
    {
      stream->checksum = cot_stream_crc32 (stream->checksum, bytes, length_bytes);
      if (stream->sink != NULL)
        stream->sink (stream->sink_data, bytes, length_bytes);
      stream->n_produced += length_bytes;
    }
  return fits;
}

void
cot_stream_begin (CotStream *stream)
{
  stream->n_fetched = 0;
  stream->n_consumed = 0;
  stream->n_produced = 0;
  stream->checksum = 0;
}

bool
cot_stream_drain (CotStream *stream)
{
  uint8_t buffer[COT_STREAM_CHUNK_BYTES];
  uint64_t n_consumed = stream->n_consumed;

  while (cot_stream_fetch (stream, buffer) > 0)
    continue;
  stream->n_consumed = n_consumed;
  return stream->n_fetched == stream->packed_bytes;
}

CotUnpackStatus
cot_stream_copy (CotStream *stream)
{
  uint8_t buffer[COT_STREAM_CHUNK_BYTES];

  cot_stream_begin (stream);
  while (stream->n_fetched < stream->packed_bytes)
    {
      size_t n = cot_stream_fetch (stream, buffer);

      if (n == 0)
        return COT_UNPACK_CUT;
      if (!cot_stream_hand_on (stream, buffer, n))
        return COT_UNPACK_WRONG_SIZE;
    }
  return COT_UNPACK_OK;
}

static const struct
{
  uint16_t number;
  CotUnpackStatus (*run) (CotStream *stream);
} methods[] = {
  { COT_METHOD_STORE, cot_stream_copy },
  { COT_METHOD_DEFLATE, cot_stream_inflate },
  { COT_METHOD_DEFLATE64, cot_stream_inflate64 },
  { COT_METHOD_BZIP2, cot_stream_bunzip2 },
  { COT_METHOD_LZMA, cot_stream_unlzma },
  { COT_METHOD_OLD_ZSTD, cot_stream_unzstd },
  { COT_METHOD_ZSTD, cot_stream_unzstd },
  { COT_METHOD_XZ, cot_stream_unxz },
};

bool
cot_stream_knows (uint16_t method)
{
  for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
    if (methods[i].number == method)
      return true;
  return false;
}

CotUnpackStatus
cot_stream_run (CotStream *stream, uint16_t method)
{
  for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
    if (methods[i].number == method)
      return methods[i].run (stream);
  return COT_UNPACK_METHOD;
}
