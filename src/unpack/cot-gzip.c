/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-gzip.h"

#include "cot-budget.h"
#include "cot-name.h"

#include <string.h>

#define HEADER_BYTES 10u
#define TRAILER_BYTES 8u
#define METHOD_DEFLATE 8
#define FLAG_CHECKSUM (1u << 1)
#define FLAG_EXTRA (1u << 2)
#define FLAG_NAME (1u << 3)
#define FLAG_COMMENT (1u << 4)

#define USEC_PER_SECOND INT64_C (1000000)

/* The head of one stream. */
typedef struct
{
  uint64_t data_offset;
  uint64_t name_offset;
  uint64_t name_bytes; /* without its NUL */
  uint32_t modified_seconds; /* 0: none */
} Header;

bool
cot_gzip_starts_like_one (const CotInput *input)
{
  uint8_t magic[3];

  return cot_input_read (input, 0, magic, sizeof magic) && magic[0] == 0x1f && magic[1] == 0x8b
         && magic[2] == METHOD_DEFLATE;
}

/* Moves @offset behind the next NUL. False: there is none. */
static bool
skip_text (const CotInput *input, uint64_t *offset)
{
  uint8_t buffer[512];
  size_t n;

  while ((n = cot_input_read_some (input, *offset, buffer, sizeof buffer)) > 0)
    {
      const uint8_t *end = memchr (buffer, 0, n);

      if (end != NULL)
        {
          *offset += (uint64_t) (end - buffer) + 1;
          return true;
        }
      *offset += n;
    }
  return false;
}

/* False: no stream begins here, or not all of its head is there. */
static bool
read_header (const CotInput *input, uint64_t offset, Header *header)
{
  uint8_t fixed[HEADER_BYTES];
  uint8_t length[2];
  uint8_t flags;

  if (!cot_input_read (input, offset, fixed, sizeof fixed) || fixed[0] != 0x1f || fixed[1] != 0x8b
      || fixed[2] != METHOD_DEFLATE)
    return false;
  flags = fixed[3];
  *header = (Header) { .modified_seconds = cot_unpack_get_u32 (fixed + 4) };
  offset += sizeof fixed;

  if (flags & FLAG_EXTRA)
    {
      if (!cot_input_read (input, offset, length, sizeof length))
        return false;
      offset += sizeof length + (uint64_t) (length[0] | length[1] << 8);
    }
  header->name_offset = offset;
  if (flags & FLAG_NAME)
    {
      if (!skip_text (input, &offset))
        return false;
      header->name_bytes = offset - header->name_offset - 1;
    }
  if ((flags & FLAG_COMMENT) && !skip_text (input, &offset))
    return false;
  if (flags & FLAG_CHECKSUM)
    offset += 2;
  header->data_offset = offset;
  return offset <= input->size_bytes;
}

/* One stream, and where it ends. */
static CotUnpackStatus
run_stream (CotStream *stream, uint64_t *end)
{
  uint8_t trailer[TRAILER_BYTES];
  CotUnpackStatus status = cot_stream_inflate (stream);

  *end = stream->offset + stream->n_consumed;
  if (status != COT_UNPACK_OK)
    return status;
  if (!cot_input_read (stream->input, *end, trailer, sizeof trailer))
    return COT_UNPACK_CUT;
  *end += sizeof trailer;
  if (cot_unpack_get_u32 (trailer) != stream->checksum
      || cot_unpack_get_u32 (trailer + 4) != (uint32_t) stream->n_produced)
    return COT_UNPACK_WRONG_CHECKSUM;
  return COT_UNPACK_OK;
}

/* All streams; what stands behind the last one (padding of a tape, mostly) is no part of the
 * file. A wrong checksum is told at the end, because the data is good to have. */
static CotUnpackStatus
run_all (const CotInput *input, uint64_t max_bytes, CotSink sink, void *sink_data,
         uint64_t *n_produced)
{
  CotUnpackStatus result = COT_UNPACK_OK;
  uint64_t offset = 0;
  bool is_first = true;
  Header header;

  *n_produced = 0;
  if (!read_header (input, 0, &header))
    return COT_UNPACK_CUT;
  do
    {
      CotStream stream = {
        .input = input,
        .offset = header.data_offset,
        .packed_bytes = input->size_bytes - header.data_offset,
        .max_bytes = max_bytes - *n_produced,
        .is_one_of_many = !is_first,
        .sink = sink,
        .sink_data = sink_data,
      };
      CotUnpackStatus status = run_stream (&stream, &offset);

      is_first = false;
      *n_produced += stream.n_produced;
      if (status == COT_UNPACK_WRONG_CHECKSUM)
        result = status;
      else if (status != COT_UNPACK_OK)
        return status;
    }
  while (read_header (input, offset, &header));
  return result;
}

static void
set_label (CotGzip *gzip, const Header *header)
{
  uint8_t name[COT_UNPACK_MAX_NAME_BYTES];

  if (header->name_bytes == 0 || header->name_bytes > sizeof name
      || !cot_input_read (gzip->input, header->name_offset, name, (size_t) header->name_bytes))
    return;
  gzip->label_bytes
      = (uint32_t) cot_name_to_label (name, (size_t) header->name_bytes, gzip->label);
}

bool
cot_gzip_open (CotGzip *gzip, const CotInput *input)
{
  uint64_t most = cot_budget_get_most (input->size_bytes);
  CotUnpackStatus status;
  Header header;

  memset (gzip, 0, sizeof *gzip);
  gzip->input = input;
  gzip->modified_usec = COT_UNPACK_TIME_NONE;
  if (!read_header (input, 0, &header))
    {
      gzip->status = cot_gzip_starts_like_one (input) ? COT_UNPACK_CUT : COT_UNPACK_NOT_AN_ARCHIVE;
      return false;
    }
  set_label (gzip, &header);
  if (header.modified_seconds != 0)
    {
      gzip->modified_usec = (int64_t) header.modified_seconds * USEC_PER_SECOND;
      gzip->flags = COT_UNPACK_TIME_IS_UTC;
    }

  /* What may not be unpacked is not measured either. */
  if (most > COT_UNPACK_MAX_MEMBER_BYTES)
    most = COT_UNPACK_MAX_MEMBER_BYTES;
  status = run_all (input, most, NULL, NULL, &gzip->size_bytes);
  if (status == COT_UNPACK_WRONG_SIZE)
    gzip->entry_status = most == COT_UNPACK_MAX_MEMBER_BYTES ? COT_UNPACK_MEMBER_LIMIT
                                                             : COT_UNPACK_BUNDLE_RATIO;
  else if (status == COT_UNPACK_NO_MEMORY)
    gzip->entry_status = status;
  else if (status == COT_UNPACK_CUT)
    gzip->status = status;
  return true;
}

CotUnpackStatus
cot_gzip_unpack (CotGzip *gzip, CotSink sink, void *sink_data)
{
  CotUnpackStatus status;
  uint64_t n_produced;

  if (gzip->entry_status != COT_UNPACK_OK)
    return gzip->entry_status;
  status = cot_budget_check (0, 0, gzip->size_bytes, gzip->input->size_bytes);
  if (status != COT_UNPACK_OK)
    return status;
  status = run_all (gzip->input, gzip->size_bytes, sink, sink_data, &n_produced);
  if ((status == COT_UNPACK_OK || status == COT_UNPACK_WRONG_CHECKSUM)
      && n_produced != gzip->size_bytes)
    return COT_UNPACK_WRONG_SIZE;
  return status;
}
