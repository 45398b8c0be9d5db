/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-detector.h"

G_BEGIN_DECLS

/* In words, English; (nullable) where the text is no such value. (transfer full) */
char *cot_decode (CotDecoder decoder, const char *text, guint base);

/* Bits without a name stay numbers. (transfer full) */
char *cot_decode_client_health (guint64 flags);
char *cot_decode_workloads (guint64 flags);
const char *cot_decode_http_status (guint status); /* (nullable) */
const char *cot_decode_sid (const char *sid); /* (nullable): well-known ones only */
/* A number as it stands in a log: decimal, or hex with 0x or where @base is 16. */
gboolean cot_decode_number (const char *text, guint base, guint64 *value);

G_END_DECLS
