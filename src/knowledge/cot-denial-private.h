/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-detector-private.h"

G_BEGIN_DECLS

/* Does the clause around the bytes [@start, @end) of @text deny or ask for what stands there
 * ("ended without error X", "is X returned?")? Then it is no evidence. A failure that is told with
 * a "not" ("could not ...: X", "not found: X") is one. */
gboolean cot_denial_is_around (const char *text, gsize length_bytes, gsize start, gsize end);

/* Like cot_pattern_match() from the begin of @text on, for the first match that is evidence. A
 * detector of which a sample itself denies looks for just that: there each match counts. */
CotMatchResult cot_detector_match (CotDetector *detector, CotPattern *pattern,
                                   CotPatternScratch *scratch, const char *text,
                                   gsize length_bytes, gsize *start, gsize *end);

G_END_DECLS
