/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-input.h"
#include "cot-unpack-protocol.h"

typedef void (*CotSink) (void *data, const uint8_t *bytes, size_t length_bytes);

/* The packed data of one entry, and what comes of it. */
typedef struct
{
  const CotInput *input;
  uint64_t offset;
  uint64_t packed_bytes;
  uint64_t max_bytes; /* nothing beyond is handed on */
  CotSink sink; /* may be NULL: the data is only measured */
  void *sink_data;

  /* results */
  uint64_t n_consumed;
  uint64_t n_produced;
  uint32_t checksum;
} CotStream;

/* OK: the data ended by itself. CUT: the input ended first. BROKEN: it is no such data.
 * WRONG_SIZE: there would have been more than max_bytes. */
CotUnpackStatus cot_stream_copy (CotStream *stream);
CotUnpackStatus cot_stream_inflate (CotStream *stream);
