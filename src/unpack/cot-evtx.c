/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-evtx-private.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* The layout is that of the file header, which takes the first 4 KiB, of chunks of 64 KiB each, and
 * of records in them, which never reach over a chunk's end. */
#define FILE_MAGIC "ElfFile\0"
#define CHUNK_MAGIC "ElfChnk\0"
#define MAGIC_BYTES 8u
#define FILE_HEADER_BYTES 4096u
#define FILE_SUMMED_BYTES 120u
#define FILE_SUM_OFFSET 124u
#define CHUNK_HEADER_BYTES 512u
#define CHUNK_FIRST_NUMBER_OFFSET 24u
#define CHUNK_LAST_NUMBER_OFFSET 32u
#define CHUNK_FREE_OFFSET 48u
#define CHUNK_RECORDS_SUM_OFFSET 52u
#define CHUNK_SUMMED_BYTES 120u
#define CHUNK_SUM_OFFSET 124u
#define CHUNK_TABLES_OFFSET 128u

#define RECORD_MAGIC "\x2a\x2a\0"
#define RECORD_MAGIC_BYTES 4u
#define RECORD_HEADER_BYTES 24u
#define RECORD_END_BYTES 4u /* its size once more */
#define RECORD_MIN_BYTES (RECORD_HEADER_BYTES + RECORD_END_BYTES)

#define ROOM_FOR_LAST_ROW_BYTES 512u

typedef struct
{
  const CotInput *input;
  CotSink sink;
  void *sink_data;
  uint64_t n_left; /* of what may be handed on */
  bool is_full;

  CotEvtxChunk chunk;
  CotEvtxEvent event;
  CotEvtxText row;
  char event_text[COT_EVTX_MAX_TEXT_BYTES];
  char row_text[COT_EVTX_MAX_ROW_BYTES];
  uint8_t output[COT_UNPACK_MAX_DATA_BYTES];
  size_t n_output;
} Evtx;

static void
flush (Evtx *evtx)
{
  if (evtx->n_output > 0)
    evtx->sink (evtx->sink_data, evtx->output, evtx->n_output);
  evtx->n_output = 0;
}

/* Hands on the row, and empties it. Rows are handed on whole or not at all. */
static void
put_row (Evtx *evtx)
{
  const char *from = evtx->row.data;
  size_t n = evtx->row.n_bytes;

  evtx->row.n_bytes = 0;
  if (evtx->is_full || n > evtx->n_left)
    {
      evtx->is_full = true;
      return;
    }
  evtx->n_left -= n;
  while (n > 0)
    {
      size_t part = sizeof evtx->output - evtx->n_output;

      if (part > n)
        part = n;
      memcpy (evtx->output + evtx->n_output, from, part);
      evtx->n_output += part;
      from += part;
      n -= part;
      if (evtx->n_output == sizeof evtx->output)
        flush (evtx);
    }
}

static void
put_warning (Evtx *evtx, const char *message)
{
  cot_evtx_row_append_warning (message, &evtx->row);
  put_row (evtx);
}

/* Says that rows are missing; the room for it is kept back. */
static void
put_end_of_room (Evtx *evtx)
{
  evtx->is_full = false;
  evtx->n_left = ROOM_FOR_LAST_ROW_BYTES;
  put_warning (evtx, "This event log says more than can be shown. The rest of it is left out.");
  evtx->is_full = true;
}

static void
put_damage (Evtx *evtx, uint64_t offset, uint32_t n_bytes, uint32_t n_records)
{
  char text[256];

  if (n_records == 0)
    snprintf (text, sizeof text,
              "A damaged part of this event log was skipped: %" PRIu32 " bytes from byte %" PRIu64
              " on hold no event that can be read.",
              n_bytes, offset);
  else
    snprintf (text, sizeof text,
              "A damaged part of this event log was recovered: of %" PRIu32
              " bytes from byte %" PRIu64 " on, %" PRIu32
              " events could be found. Others may be missing.",
              n_bytes, offset, n_records);
  put_warning (evtx, text);
}

/* The size of the record at @at; 0 where there is none. */
static uint32_t
get_record_size (const CotEvtxChunk *chunk, uint32_t at, uint32_t end)
{
  const uint8_t *record = chunk->bytes + at;
  uint32_t size;

  if (end - at < RECORD_MIN_BYTES || memcmp (record, RECORD_MAGIC, RECORD_MAGIC_BYTES) != 0)
    return 0;
  size = cot_unpack_get_u32 (record + 4);
  if (size < RECORD_MIN_BYTES || size > end - at
      || cot_unpack_get_u32 (record + size - RECORD_END_BYTES) != size)
    return 0;
  return size;
}

/* A chunk whose records say far more than it holds is shown without what they say. */
static void
put_exhausted (Evtx *evtx, const CotEvtxRecord *record)
{
  CotEvtxEvent *event = &evtx->event;

  cot_evtx_event_begin (event);
  event->was_cut = true;
  cot_evtx_row_append (event, record, &evtx->row);
  put_row (evtx);
}

static void
put_record (Evtx *evtx, uint32_t at, uint32_t size)
{
  CotEvtxChunk *chunk = &evtx->chunk;
  const uint8_t *bytes = chunk->bytes + at;
  CotEvtxRecord record = {
    .number = cot_unpack_get_u64 (bytes + 8),
    .filetime = cot_unpack_get_u64 (bytes + 16),
  };

  if (chunk->n_text_left < COT_EVTX_MAX_ROW_BYTES || chunk->n_tokens_left == 0)
    {
      put_exhausted (evtx, &record);
      return;
    }
  cot_evtx_event_begin (&evtx->event);
  record.is_broken = !cot_evtx_xml_read (chunk, at + RECORD_HEADER_BYTES,
                                         at + size - RECORD_END_BYTES, &evtx->event);
  cot_evtx_row_append (&evtx->event, &record, &evtx->row);
  chunk->n_text_left -= evtx->row.n_bytes;
  put_row (evtx);
}

static uint32_t
get_sum (const uint8_t *bytes, uint32_t n_bytes)
{
  return (uint32_t) crc32 (0, bytes, n_bytes);
}

static bool
has_magic (const CotEvtxChunk *chunk)
{
  return memcmp (chunk->bytes, CHUNK_MAGIC, MAGIC_BYTES) == 0;
}

/* Its first 512 bytes: the header, and the tables of names and templates. */
static bool
is_header_good (const uint8_t *header)
{
  uint32_t sum = (uint32_t) crc32 (get_sum (header, CHUNK_SUMMED_BYTES),
                                   header + CHUNK_TABLES_OFFSET,
                                   CHUNK_HEADER_BYTES - CHUNK_TABLES_OFFSET);

  return memcmp (header, CHUNK_MAGIC, MAGIC_BYTES) == 0
         && sum == cot_unpack_get_u32 (header + CHUNK_SUM_OFFSET);
}

/* Records of a chunk are numbered upward, and its header knows from where to where; a log that was
 * not closed may have a few more. What else stands behind them is of an earlier use of it. */
static bool
is_left_over (const CotEvtxChunk *chunk, uint32_t at, uint64_t *last_number)
{
  uint64_t number = cot_unpack_get_u64 (chunk->bytes + at + 8);
  uint64_t first = cot_unpack_get_u64 (chunk->bytes + CHUNK_FIRST_NUMBER_OFFSET);
  uint64_t last = cot_unpack_get_u64 (chunk->bytes + CHUNK_LAST_NUMBER_OFFSET);
  bool is_next = number > 0 && number - 1 == *last_number;

  if (number <= *last_number
      || (is_header_good (chunk->bytes) && !is_next && (number < first || number > last))
      || (*last_number > 0 && number - *last_number > COT_EVTX_CHUNK_BYTES / RECORD_MIN_BYTES))
    return true;
  *last_number = number;
  return false;
}

/* Records one behind the other. Returns where that ends. */
static uint32_t
put_records (Evtx *evtx, uint32_t at, uint32_t end)
{
  while (at < end && !evtx->is_full)
    {
      uint32_t size = get_record_size (&evtx->chunk, at, end);

      if (size == 0)
        break;
      put_record (evtx, at, size);
      at += size;
    }
  return at;
}

/* The next whole record from @at on, wherever it begins; @end where there is none. */
static uint32_t
find_record (const CotEvtxChunk *chunk, uint32_t at, uint32_t end)
{
  while (at < end)
    {
      const uint8_t *found = memchr (chunk->bytes + at, RECORD_MAGIC[0], end - at);

      if (found == NULL)
        break;
      at = (uint32_t) (found - chunk->bytes);
      if (get_record_size (chunk, at, end) > 0)
        return at;
      at++;
    }
  return end;
}

/* What a chunk holds that cannot be trusted: said first, so that it stands above what was found. */
static void
recover_records (Evtx *evtx, uint64_t offset, uint32_t start)
{
  CotEvtxChunk *chunk = &evtx->chunk;
  uint32_t end = chunk->n_bytes;
  uint32_t n_records = 0;
  uint64_t last_number = 0;
  uint32_t at;

  for (at = find_record (chunk, start, end); at < end; at = find_record (chunk, at, end))
    {
      if (!is_left_over (chunk, at, &last_number))
        n_records++;
      at += get_record_size (chunk, at, end);
    }
  put_damage (evtx, offset + start, end - start, n_records);
  last_number = 0;
  at = start;
  while (!evtx->is_full && (at = find_record (chunk, at, end)) < end)
    {
      uint32_t size = get_record_size (chunk, at, end);

      if (!is_left_over (chunk, at, &last_number))
        put_record (evtx, at, size);
      at += size;
    }
}

/* Where the records end; 0 where the chunk is not as it was written. */
static uint32_t
find_records_end (const CotEvtxChunk *chunk)
{
  uint32_t end = cot_unpack_get_u32 (chunk->bytes + CHUNK_FREE_OFFSET);
  uint32_t sum = cot_unpack_get_u32 (chunk->bytes + CHUNK_RECORDS_SUM_OFFSET);

  if (!is_header_good (chunk->bytes) || end < CHUNK_HEADER_BYTES || end > chunk->n_bytes
      || get_sum (chunk->bytes + CHUNK_HEADER_BYTES, end - CHUNK_HEADER_BYTES) != sum)
    return 0;
  return end;
}

static bool
is_empty (const CotEvtxChunk *chunk)
{
  for (uint32_t i = 0; i < chunk->n_bytes; i++)
    if (chunk->bytes[i] != 0)
      return false;
  return true;
}

static bool
load_chunk (Evtx *evtx, uint64_t offset)
{
  CotEvtxChunk *chunk = &evtx->chunk;

  chunk->n_bytes = (uint32_t) cot_input_read_some (evtx->input, offset, chunk->bytes,
                                                   COT_EVTX_CHUNK_BYTES);
  memset (chunk->bytes + chunk->n_bytes, 0, COT_EVTX_CHUNK_BYTES - chunk->n_bytes);
  memset (chunk->names, COT_EVTX_NAME_NONE, sizeof chunk->names);
  chunk->n_tokens_left = COT_EVTX_CHUNK_MAX_TOKENS;
  chunk->n_text_left = COT_EVTX_CHUNK_MAX_TEXT_BYTES;
  return has_magic (chunk) || !is_empty (chunk);
}

static void
convert_chunk (Evtx *evtx, uint64_t offset)
{
  uint32_t end;
  uint32_t at;

  /* Logs are made larger than what is in them. */
  if (!load_chunk (evtx, offset))
    return;
  end = find_records_end (&evtx->chunk);
  if (end == 0)
    {
      recover_records (evtx, offset, has_magic (&evtx->chunk) ? CHUNK_HEADER_BYTES : 0);
      return;
    }
  at = put_records (evtx, CHUNK_HEADER_BYTES, end);
  if (at < end && !evtx->is_full)
    recover_records (evtx, offset, at);
}

/* A log that is full goes on at its start: the chunk with the oldest record comes first. Chunks in
 * front of it that are damaged, and only those, do not tell that the log is such a one. */
static uint64_t
find_first_chunk (const CotInput *input, uint64_t n_chunks)
{
  uint8_t header[CHUNK_HEADER_BYTES];
  uint64_t lowest = UINT64_MAX;
  uint64_t first = 0;
  uint64_t n_good = 0;

  for (uint64_t i = 0; i < n_chunks; i++)
    {
      uint64_t number;

      if (!cot_input_read (input, FILE_HEADER_BYTES + i * COT_EVTX_CHUNK_BYTES, header,
                           sizeof header) ||
          !is_header_good (header))
        continue;
      number = cot_unpack_get_u64 (header + CHUNK_FIRST_NUMBER_OFFSET);
      if (number < lowest)
        {
          lowest = number;
          first = n_good > 0 ? i : 0;
        }
      n_good++;
    }
  return first;
}

/* Whether it is an event log at all; a header that is damaged is told of. */
static bool
check_file (Evtx *evtx)
{
  uint8_t header[FILE_SUM_OFFSET + 4];
  uint8_t magic[MAGIC_BYTES];

  if (!cot_input_read (evtx->input, 0, header, sizeof header))
    return false;
  if (memcmp (header, FILE_MAGIC, MAGIC_BYTES) != 0
      && (!cot_input_read (evtx->input, FILE_HEADER_BYTES, magic, sizeof magic)
          || memcmp (magic, CHUNK_MAGIC, MAGIC_BYTES) != 0))
    return false;
  if (memcmp (header, FILE_MAGIC, MAGIC_BYTES) != 0
      || get_sum (header, FILE_SUMMED_BYTES) != cot_unpack_get_u32 (header + FILE_SUM_OFFSET))
    put_warning (evtx, "The header of this event log is damaged; its events are read all the "
                       "same.");
  return true;
}

static CotUnpackStatus
convert (Evtx *evtx)
{
  uint64_t size_bytes = evtx->input->size_bytes;
  uint64_t n_chunks = 0;
  uint64_t first;

  if (!check_file (evtx))
    return COT_UNPACK_NOT_AN_ARCHIVE;
  if (size_bytes > FILE_HEADER_BYTES)
    n_chunks = (size_bytes - FILE_HEADER_BYTES - 1) / COT_EVTX_CHUNK_BYTES + 1;
  first = find_first_chunk (evtx->input, n_chunks);
  for (uint64_t i = 0; i < n_chunks && !evtx->is_full; i++)
    convert_chunk (evtx, FILE_HEADER_BYTES + (first + i) % n_chunks * COT_EVTX_CHUNK_BYTES);
  if (evtx->is_full)
    put_end_of_room (evtx);
  flush (evtx);
  return evtx->is_full ? COT_UNPACK_MEMBER_LIMIT : COT_UNPACK_OK;
}

CotUnpackStatus
cot_evtx_convert (const CotInput *input, uint64_t max_bytes, CotSink sink, void *sink_data)
{
  Evtx *evtx = calloc (1, sizeof *evtx);
  CotUnpackStatus status;

  if (evtx == NULL)
    return COT_UNPACK_NO_MEMORY;
  evtx->input = input;
  evtx->sink = sink;
  evtx->sink_data = sink_data;
  evtx->n_left = max_bytes > ROOM_FOR_LAST_ROW_BYTES ? max_bytes - ROOM_FOR_LAST_ROW_BYTES : 0;
  evtx->event.text.data = evtx->event_text;
  evtx->event.text.max_bytes = sizeof evtx->event_text;
  evtx->row.data = evtx->row_text;
  evtx->row.max_bytes = sizeof evtx->row_text;
  status = convert (evtx);
  free (evtx);
  return status;
}
