/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-input.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

size_t
cot_input_read_some (const CotInput *input, uint64_t offset, void *buffer, size_t length_bytes)
{
  uint8_t *into = buffer;
  size_t n = 0;

  if (offset >= input->size_bytes)
    return 0;
  if (length_bytes > input->size_bytes - offset)
    length_bytes = (size_t) (input->size_bytes - offset);

  while (n < length_bytes)
    {
      ssize_t got = pread (input->fd, into + n, length_bytes - n, (off_t) (offset + n));

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        break;
      n += (size_t) got;
    }
  return n;
}

bool
cot_input_read (const CotInput *input, uint64_t offset, void *buffer, size_t length_bytes)
{
  return cot_input_read_some (input, offset, buffer, length_bytes) == length_bytes;
}

void
cot_window_begin (CotWindow *window, const CotInput *input, uint64_t offset, uint64_t end)
{
  window->input = input;
  window->offset = offset;
  window->end = end < input->size_bytes ? end : input->size_bytes;
  window->start = 0;
  window->n_bytes = 0;
}

const uint8_t *
cot_window_peek (CotWindow *window, size_t length_bytes)
{
  if (length_bytes > COT_WINDOW_BYTES || window->offset > window->end
      || length_bytes > window->end - window->offset)
    return NULL;

  if (window->n_bytes - window->start < length_bytes)
    {
      uint64_t left;
      size_t kept = window->n_bytes - window->start;
      size_t wanted = COT_WINDOW_BYTES - kept;

      memmove (window->buffer, window->buffer + window->start, kept);
      left = window->end - window->offset - kept;
      if (wanted > left)
        wanted = (size_t) left;
      window->n_bytes = kept
                        + cot_input_read_some (window->input, window->offset + kept,
                                               window->buffer + kept, wanted);
      window->start = 0;
      if (window->n_bytes < length_bytes)
        return NULL;
    }
  return window->buffer + window->start;
}

bool
cot_window_skip (CotWindow *window, uint64_t length_bytes)
{
  if (window->offset > window->end || length_bytes > window->end - window->offset)
    return false;

  window->offset += length_bytes;
  if (length_bytes <= window->n_bytes - window->start)
    window->start += (size_t) length_bytes;
  else
    window->start = window->n_bytes = 0;
  return true;
}
