/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Built without libmspack: a cabinet is told from other files, and that is all. */

#include "cot-cab.h"

const CotUnpackStatus cot_cab_without_reader = COT_UNPACK_METHOD;

bool
cot_cab_starts_like_one (const CotInput *input)
{
  uint8_t magic[4];

  return cot_input_read (input, 0, magic, sizeof magic)
         && cot_unpack_get_u32 (magic) == 0x4643534du;
}

CotCab *
cot_cab_open (const CotInput *input)
{
  (void) input;
  return NULL;
}

void
cot_cab_close (CotCab *cab)
{
  (void) cab;
}

CotUnpackStatus
cot_cab_get_status (const CotCab *cab)
{
  (void) cab;
  return COT_UNPACK_METHOD;
}

uint32_t
cot_cab_get_n_entries (const CotCab *cab)
{
  (void) cab;
  return 0;
}

void
cot_cab_get_entry (const CotCab *cab, uint32_t index, CotUnpackEntry *entry)
{
  (void) cab;
  *entry = (CotUnpackEntry) { .index = index, .status = COT_UNPACK_METHOD };
}

CotUnpackStatus
cot_cab_unpack (CotCab *cab, uint32_t index, CotSink sink, void *sink_data)
{
  (void) cab;
  (void) index;
  (void) sink;
  (void) sink_data;
  return COT_UNPACK_METHOD;
}
