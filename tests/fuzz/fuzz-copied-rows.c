/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-format.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  return fuzz_format (&cot_format_copied_rows, data, size);
}
