/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-pattern.h"

G_BEGIN_DECLS

/* What cot_pattern_dup_required_literals() and cot_pattern_dup_other_literals() do, on the text of
 * a regular expression that compiles; @known is (nullable). (transfer full), free with
 * g_strfreev. */
char **cot_required_literals_find (const char *pattern, gsize length_bytes, gboolean caseless,
                                   gsize min_bytes, const char *const *known);

G_END_DECLS
