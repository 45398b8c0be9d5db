/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-input.h"
#include "cot-stream.h"

/* One file, packed by gzip (RFC 1952): a list of one entry. Streams that were written one behind
 * the other are one file. */
typedef struct
{
  const CotInput *input;
  uint64_t size_bytes; /* measured: the archive holds it modulo 4 GiB, and only of its last part */
  int64_t modified_usec;
  uint32_t flags; /* CotUnpackFlags */
  uint32_t label_bytes; /* 0: it names no file */
  CotUnpackStatus entry_status;
  CotUnpackStatus status; /* of the list */
  char label[COT_UNPACK_MAX_LABEL_BYTES];
} CotGzip;

bool cot_gzip_starts_like_one (const CotInput *input);
/* Unpacks it once to find its size. False: it is none. */
bool cot_gzip_open (CotGzip *gzip, const CotInput *input);
CotUnpackStatus cot_gzip_unpack (CotGzip *gzip, CotSink sink, void *sink_data);
