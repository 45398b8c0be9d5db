/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cot-byte-rank.h"

/* Counted over client, site server and Intune logs, frames included; letters count for both
 * cases. */
const guint8 cot_byte_rank[256] = {
  3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 11, 1, 1, 5, 1, 1, /* 00 */
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* 10 */
  141, 14, 97, 1, 1, 1, 1, 4, 3, 3, 1, 7, 5, 35, 21, 4, /* 20 */
  69, 48, 37, 34, 26, 22, 20, 18, 19, 18, 32, 1, 14, 52, 14, 1, /* 30 */
  1, 73, 15, 63, 50, 145, 27, 34, 18, 70, 3, 7, 49, 40, 73, 79, /* 40 */
  49, 3, 53, 54, 111, 20, 14, 10, 15, 17, 3, 15, 5, 15, 1, 9, /* 50 */
  1, 73, 15, 63, 50, 145, 27, 34, 18, 70, 3, 7, 49, 40, 73, 79, /* 60 */
  49, 3, 53, 54, 111, 20, 14, 10, 15, 17, 3, 2, 1, 2, 1, 1, /* 70 */
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* 80 */
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* 90 */
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* a0 */
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* b0 */
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* c0 */
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* d0 */
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* e0 */
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* f0 */
};

/**
 * cot_byte_rank_bits:
 * @text: (array length=length_bytes): any bytes
 * @length_bytes: the length of @text
 *
 * Returns: how rare @text is, in bits, as if its bytes came independently
 */
guint
cot_byte_rank_bits (const char *text, gsize length_bytes)
{
  guint bits = 0;

  for (gsize i = 0; i < length_bytes; i++)
    /* log2 of 2,000 is 11. */
    bits += 12 - g_bit_storage (cot_byte_rank[(guchar) text[i]]);
  return bits;
}
