/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-budget.h"

/* The ratio of a whole archive is looked at once it has given this much. */
#define RATIO_FREE_BYTES (UINT64_C (64) << 20)
#define MAX_RATIO 200u

CotUnpackStatus
cot_budget_check (uint64_t unpacked_bytes, uint64_t more_bytes, uint64_t packed_bytes)
{
  uint64_t total;

  if (__builtin_add_overflow (unpacked_bytes, more_bytes, &total)
      || total > COT_UNPACK_MAX_TOTAL_BYTES)
    return COT_UNPACK_TOTAL_LIMIT;
  if (total > RATIO_FREE_BYTES && total / MAX_RATIO > packed_bytes)
    return COT_UNPACK_BUNDLE_RATIO;
  return COT_UNPACK_OK;
}

uint64_t
cot_budget_get_most (uint64_t packed_bytes)
{
  uint64_t most;

  if (__builtin_mul_overflow (packed_bytes, MAX_RATIO, &most) || most > COT_UNPACK_MAX_TOTAL_BYTES)
    return COT_UNPACK_MAX_TOTAL_BYTES;
  return most > RATIO_FREE_BYTES ? most : RATIO_FREE_BYTES;
}
