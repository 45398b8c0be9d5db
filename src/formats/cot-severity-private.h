/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-types.h"

G_BEGIN_DECLS

/* Whether the text holds the letters of any word that may say something bad, in any case. Most
 * texts do not, and need not be taken to words. */
gboolean cot_severity_has_stem (const char *text, gsize length_bytes);
/* As cot_severity_from_words(), with the word that decided. */
CotSeverity cot_severity_find_word (const char *text, gsize length_bytes, CotSpan *said);

G_END_DECLS
