/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-types.h"

G_BEGIN_DECLS

/* How common a byte is in logs, from 1 (hardly ever) upwards, without regard to case.
 * The unit is about one in 2,000 bytes. Only speed depends on it, never a result. */
extern const guint8 cot_byte_rank[256];

/* How rare a text is, in bits: about log2 of the number of bytes between two hits. */
guint cot_byte_rank_bits (const char *text, gsize length_bytes);

G_END_DECLS
