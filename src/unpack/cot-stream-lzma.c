/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-stream-private.h"

#include <lzma.h>
#include <stdlib.h>
#include <string.h>

/* In front of LZMA data in a zip: the version of the packer, the length of the properties, and
 * the properties. */
#define HEADER_BYTES 4u
#define PROPERTIES_BYTES 5u

static CotUnpackStatus
status_from_result (lzma_ret result)
{
  switch ((int) result)
    {
    case LZMA_STREAM_END:
    case LZMA_OK:
      return COT_UNPACK_OK;
    case LZMA_BUF_ERROR: /* no progress: there is no input left */
      return COT_UNPACK_CUT;
    case LZMA_MEM_ERROR:
    case LZMA_MEMLIMIT_ERROR:
      return COT_UNPACK_NO_MEMORY;
    default:
      return COT_UNPACK_BROKEN;
    }
}

/* @ends_by_size: nothing in the data tells its end, and whatever comes after its declared size
 * is none of it. @lzma may have input in @packed already. */
static CotUnpackStatus
decode_all (CotStream *stream, lzma_stream *lzma, uint8_t *packed, bool ends_by_size)
{
  uint8_t unpacked[COT_STREAM_CHUNK_BYTES];

  for (;;)
    {
      uint64_t room = stream->max_bytes - stream->n_produced;
      size_t wanted = sizeof unpacked;
      lzma_action action = LZMA_RUN;
      lzma_ret result;

      if (ends_by_size && room == 0)
        {
          stream->n_consumed -= lzma->avail_in;
          return COT_UNPACK_OK;
        }
      if (ends_by_size && room < wanted)
        wanted = (size_t) room;
      if (lzma->avail_in == 0)
        {
          lzma->next_in = packed;
          lzma->avail_in = cot_stream_fetch (stream, packed);
        }
      if (lzma->avail_in == 0)
        action = LZMA_FINISH;
      lzma->next_out = unpacked;
      lzma->avail_out = wanted;
      result = lzma_code (lzma, action);

      if (!cot_stream_hand_on (stream, unpacked, wanted - lzma->avail_out))
        return COT_UNPACK_WRONG_SIZE;
      if (result != LZMA_OK)
        {
          stream->n_consumed -= lzma->avail_in;
          return status_from_result (result);
        }
    }
}

/* The dictionary never holds more than all of the data, whatever size it claims to need. */
static CotUnpackStatus
begin_raw (CotStream *stream, lzma_stream *lzma, const uint8_t *properties)
{
  lzma_filter filters[2] = { { .id = LZMA_FILTER_LZMA1 }, { .id = LZMA_VLI_UNKNOWN } };
  lzma_options_lzma *options;
  CotUnpackStatus status = COT_UNPACK_NO_MEMORY;
  lzma_ret result;

  result = lzma_properties_decode (&filters[0], NULL, properties, PROPERTIES_BYTES);
  if (result != LZMA_OK)
    return status_from_result (result);
  options = filters[0].options;
  if (options->dict_size > stream->max_bytes)
    options->dict_size = (uint32_t) stream->max_bytes;
  if (options->dict_size < LZMA_DICT_SIZE_MIN)
    options->dict_size = LZMA_DICT_SIZE_MIN;
  if (lzma_raw_decoder_memusage (filters) <= COT_STREAM_MAX_MEMORY_BYTES)
    status = status_from_result (lzma_raw_decoder (lzma, filters));
  free (options);
  return status;
}

CotUnpackStatus
cot_stream_unlzma (CotStream *stream)
{
  uint8_t packed[COT_STREAM_CHUNK_BYTES];
  lzma_stream lzma = LZMA_STREAM_INIT;
  CotUnpackStatus status;
  size_t n;

  cot_stream_begin (stream);
  n = cot_stream_fetch (stream, packed);
  if (n < HEADER_BYTES + PROPERTIES_BYTES)
    return COT_UNPACK_CUT;
  if (packed[2] != PROPERTIES_BYTES || packed[3] != 0)
    return COT_UNPACK_BROKEN;
  status = begin_raw (stream, &lzma, packed + HEADER_BYTES);
  if (status == COT_UNPACK_OK)
    {
      lzma.next_in = packed + HEADER_BYTES + PROPERTIES_BYTES;
      lzma.avail_in = n - HEADER_BYTES - PROPERTIES_BYTES;
      status = decode_all (stream, &lzma, packed, !stream->has_end_mark);
    }
  lzma_end (&lzma);
  return status;
}

CotUnpackStatus
cot_stream_unxz (CotStream *stream)
{
  uint8_t packed[COT_STREAM_CHUNK_BYTES];
  lzma_stream lzma = LZMA_STREAM_INIT;
  CotUnpackStatus status;

  cot_stream_begin (stream);
  status = status_from_result (lzma_stream_decoder (&lzma, COT_STREAM_MAX_MEMORY_BYTES, 0));
  if (status == COT_UNPACK_OK)
    status = decode_all (stream, &lzma, packed, false);
  lzma_end (&lzma);
  return status;
}
