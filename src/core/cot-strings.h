/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-types.h"

G_BEGIN_DECLS

/* Id of every string that came after the table was full; its text must be read from the log. */
#define COT_STRINGS_OVERFLOW 0xffff

/* An append-only table of strings with 16-bit ids; id 0 is the empty string. One thread interns,
 * any thread may read ids that it was handed. */
typedef struct _CotStrings CotStrings;

CotStrings *cot_strings_new (void);
CotStrings *cot_strings_ref (CotStrings *self);
void cot_strings_unref (CotStrings *self);
guint16 cot_strings_intern (CotStrings *self, const char *text, gsize length_bytes);
/* @length_bytes may be NULL. The string is NUL-terminated, as the bytes stood in the log. */
const char *cot_strings_get (CotStrings *self, guint16 id, gsize *length_bytes);
guint cot_strings_get_n (CotStrings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotStrings, cot_strings_unref)

G_END_DECLS
