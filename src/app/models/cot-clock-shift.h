/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More than any clock is wrong by: ten years. */
#define COT_CLOCK_SHIFT_MAX_USEC (G_GINT64_CONSTANT (3660) * 24 * 60 * 60 * G_USEC_PER_SEC)

/* By how much a clock is moved, as people write it: "+5 min", "-1 h 30 min", "+1:30:00", "2 d"; a
 * number alone is minutes. FALSE: it is nothing of that. */
gboolean cot_clock_shift_parse (const char *text, gint64 *shift_usec);
/* "+1 h 30 min"; what cot_clock_shift_parse() reads. (transfer full) */
char *cot_clock_shift_dup_text (gint64 shift_usec);

G_END_DECLS
