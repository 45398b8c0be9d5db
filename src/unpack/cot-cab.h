/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-input.h"
#include "cot-stream.h"

/* A cabinet, or the parts of a set one behind the other in the input. libmspack unpacks it; it
 * reads and writes by functions of ours only, and sees no name but the number of a part. */
typedef struct _CotCab CotCab;

bool cot_cab_starts_like_one (const CotInput *input);
/* NULL: see below. Any fault of the cabinet is in its status. */
CotCab *cot_cab_open (const CotInput *input);
/* Why there is none: no memory, or it was built without. */
extern const CotUnpackStatus cot_cab_without_reader;
void cot_cab_close (CotCab *cab);
CotUnpackStatus cot_cab_get_status (const CotCab *cab);
/* In the order of the data, so that reading them one after the other unpacks nothing twice. */
uint32_t cot_cab_get_n_entries (const CotCab *cab);
void cot_cab_get_entry (const CotCab *cab, uint32_t index, CotUnpackEntry *entry);
CotUnpackStatus cot_cab_unpack (CotCab *cab, uint32_t index, CotSink sink, void *sink_data);
