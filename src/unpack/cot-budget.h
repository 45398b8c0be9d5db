/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-unpack-protocol.h"

/* Whether @more_bytes may be unpacked of an archive of @packed_bytes that has given
 * @unpacked_bytes: OK, TOTAL_LIMIT or BUNDLE_RATIO. */
CotUnpackStatus cot_budget_check (uint64_t unpacked_bytes, uint64_t more_bytes,
                                  uint64_t packed_bytes);
/* How much may come of an archive of @packed_bytes at all. */
uint64_t cot_budget_get_most (uint64_t packed_bytes);
