/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* As for qsort(): below 0, 0, above 0. */
typedef int (*CotCompare) (const void *a, const void *b, const void *data);

/* No worst case that an archive could be made for, and no help from the C library, whose qsort()
 * asks the kernel how much memory there is. */
void cot_sort (void *items, size_t n, size_t item_bytes, CotCompare compare, const void *data);
