/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-registry.h"

#include "fuzz-rows.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  fuzz_conversion (&cot_conversion_registry, data, size);
  return 0;
}
