/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-unpack-protocol.h"

/* Frames on their way to the parent, gathered so that a list of many small ones is not as many
 * calls. A parent that is gone ends the process. */
typedef struct
{
  int fd;
  size_t n_bytes;
  uint8_t buffer[2 * (COT_UNPACK_HEADER_BYTES + COT_UNPACK_MAX_PAYLOAD_BYTES)];
} CotOutput;

void cot_output_put (CotOutput *output, CotUnpackType type, const void *payload,
                     uint32_t length_bytes);
void cot_output_put_entry (CotOutput *output, const CotUnpackEntry *entry);
void cot_output_put_pair (CotOutput *output, CotUnpackType type, CotUnpackStatus status,
                          uint32_t value);
void cot_output_flush (CotOutput *output);
