/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-budget.h"

CotUnpackStatus
cot_budget_check (uint64_t unpacked_bytes, uint64_t charged_bytes, uint64_t size_bytes,
                  uint64_t packed_bytes)
{
  uint64_t more_bytes = size_bytes > charged_bytes ? size_bytes - charged_bytes : 0;
  uint64_t total;

  if (__builtin_add_overflow (unpacked_bytes, more_bytes, &total)
      || total > COT_UNPACK_MAX_TOTAL_BYTES)
    return COT_UNPACK_TOTAL_LIMIT;
  if (total > COT_UNPACK_RATIO_FREE_BYTES && total / COT_UNPACK_MAX_RATIO > packed_bytes)
    return COT_UNPACK_BUNDLE_RATIO;
  return COT_UNPACK_OK;
}

void
cot_budget_charge (uint64_t *unpacked_bytes, uint64_t *charged_bytes, uint64_t n_produced)
{
  if (n_produced <= *charged_bytes)
    return;
  *unpacked_bytes += n_produced - *charged_bytes;
  *charged_bytes = n_produced;
}

uint64_t
cot_budget_get_most (uint64_t packed_bytes)
{
  uint64_t most;

  if (__builtin_mul_overflow (packed_bytes, COT_UNPACK_MAX_RATIO, &most)
      || most > COT_UNPACK_MAX_TOTAL_BYTES)
    return COT_UNPACK_MAX_TOTAL_BYTES;
  return most > COT_UNPACK_RATIO_FREE_BYTES ? most : COT_UNPACK_RATIO_FREE_BYTES;
}
