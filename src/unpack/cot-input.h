/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The archive: a descriptor and the size that it had at the start. */
typedef struct
{
  int fd;
  uint64_t size_bytes;
} CotInput;

/* As many bytes as there are, up to @length_bytes; 0 at the end and on a fault. */
size_t cot_input_read_some (const CotInput *input, uint64_t offset, void *buffer,
                            size_t length_bytes);
/* All of them, or false. */
bool cot_input_read (const CotInput *input, uint64_t offset, void *buffer, size_t length_bytes);

#define COT_WINDOW_BYTES (256 * 1024)

/* A part of the input, read forward in large pieces. */
typedef struct
{
  const CotInput *input;
  uint64_t offset; /* of the first byte that was not consumed */
  uint64_t end;
  size_t start; /* where that byte is in the buffer */
  size_t n_bytes;
  uint8_t buffer[COT_WINDOW_BYTES];
} CotWindow;

/* Begins at @offset, and never gives a byte at or after @end. */
void cot_window_begin (CotWindow *window, const CotInput *input, uint64_t offset, uint64_t end);
/* The next @length_bytes without consuming them, at most COT_WINDOW_BYTES; NULL where the part
 * ends before. They stay until the next call. */
const uint8_t *cot_window_peek (CotWindow *window, size_t length_bytes);
/* False, and nothing consumed, where the part ends before. */
bool cot_window_skip (CotWindow *window, uint64_t length_bytes);
