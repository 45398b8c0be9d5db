/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-source.h"

G_BEGIN_DECLS

/* The name of the first element of a document, behind declarations and comments; an empty span
 * where it begins with anything else. */
CotSpan cot_markup_find_root (const char *head, gsize length_bytes);
/* Whether both are the same name, in any case. */
gboolean cot_markup_is_named (CotSpan span, const char *name);
/* Appends @text without blanks around it, each run of blanks in it as one space. */
void cot_markup_append_squeezed (GString *into, const char *text, gsize length_bytes);
/* Text without a byte order mark, in valid UTF-8 without NULs: what GMarkup can be given. */
void cot_markup_append_text (GString *into, const char *bytes, gsize length_bytes);
/* A message as rows have them: the value of each "sig=" as stars. */
void cot_markup_hide_secrets (char *text);

G_END_DECLS
