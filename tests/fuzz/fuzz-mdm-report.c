/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-reports.h"

#include "fuzz-rows.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  fuzz_conversion (&cot_conversion_mdm_xml, data, size);
  fuzz_conversion (&cot_conversion_mdm_html, data, size);
  return 0;
}
