/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void
cot_output_flush (CotOutput *output)
{
  size_t n = 0;

  while (n < output->n_bytes)
    {
      ssize_t written = write (output->fd, output->buffer + n, output->n_bytes - n);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        _exit (COT_UNPACK_EXIT_PROTOCOL);
      n += (size_t) written;
    }
  output->n_bytes = 0;
}

/* Room for a frame of that payload; the buffer holds two of the largest. */
static uint8_t *
begin_frame (CotOutput *output, CotUnpackType type, uint32_t length_bytes)
{
  uint8_t *at;

  if (sizeof output->buffer - output->n_bytes < (size_t) COT_UNPACK_HEADER_BYTES + length_bytes)
    cot_output_flush (output);
  at = output->buffer + output->n_bytes;
  cot_unpack_write_header (at, type, length_bytes);
  output->n_bytes += (size_t) COT_UNPACK_HEADER_BYTES + length_bytes;
  return at + COT_UNPACK_HEADER_BYTES;
}

void
cot_output_put (CotOutput *output, CotUnpackType type, const void *payload, uint32_t length_bytes)
{
  uint8_t *into = begin_frame (output, type, length_bytes);

  if (length_bytes > 0)
    memcpy (into, payload, length_bytes);
}

void
cot_output_put_entry (CotOutput *output, const CotUnpackEntry *entry)
{
  uint8_t *into = begin_frame (output, COT_UNPACK_ENTRY,
                               COT_UNPACK_ENTRY_BYTES + entry->label_bytes);

  cot_unpack_write_entry (into, entry);
  if (entry->label_bytes > 0)
    memcpy (into + COT_UNPACK_ENTRY_BYTES, entry->label, entry->label_bytes);
}

void
cot_output_put_pair (CotOutput *output, CotUnpackType type, CotUnpackStatus status, uint32_t value)
{
  uint8_t *into = begin_frame (output, type, 8);

  cot_unpack_put_u32 (into, status);
  cot_unpack_put_u32 (into + 4, value);
}
