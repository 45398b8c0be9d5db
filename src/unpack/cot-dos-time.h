/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

/* Wall clock, in microseconds as if it was UTC; COT_UNPACK_TIME_NONE where there is no such
 * moment. */
int64_t cot_dos_time_to_usec (uint16_t date, uint16_t time);
