/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-event-export.h"

#include "fuzz-rows.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  fuzz_conversion (&cot_conversion_event_export, data, size);
  return 0;
}
