/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-clock.h"

G_BEGIN_DECLS

/* The moment of a $$< tail in any of its historic forms; FALSE and nothing written where the text
 * is none of them. */
gboolean cot_server_parse_moment (CotSpan text, gint64 *day_usec, CotClockTime *time);

G_END_DECLS
