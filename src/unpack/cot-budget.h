/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-unpack-protocol.h"

/* Whether an entry of @size_bytes may be unpacked of an archive of @packed_bytes that has given
 * @unpacked_bytes, of which @charged_bytes are that entry's: OK, TOTAL_LIMIT or BUNDLE_RATIO. */
CotUnpackStatus cot_budget_check (uint64_t unpacked_bytes, uint64_t charged_bytes,
                                  uint64_t size_bytes, uint64_t packed_bytes);
/* Adds what an entry gave to the total; what it gave before is in there. */
void cot_budget_charge (uint64_t *unpacked_bytes, uint64_t *charged_bytes, uint64_t n_produced);
/* How much may come of an archive of @packed_bytes at all. */
uint64_t cot_budget_get_most (uint64_t packed_bytes);
