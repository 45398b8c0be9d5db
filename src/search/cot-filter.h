/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-bitset.h"
#include "cot-pattern.h"
#include "cot-snapshot.h"

G_BEGIN_DECLS

/* A question to every entry. Expression language:
 *   expression := term { ("and" | "or") term }, "and" binds closer; term := "not" term | "(" expression ")" | test
 *   test := field operator value;  field := text component context origin thread severity type time line format
 *   operator := "=" "!=" "~" "!~" (pattern) ":" "!:" (contains, caseless) "<" "<=" ">" ">="
 *   value := "quoted with \" escapes" or a bare word; a bare value alone means text : value
 */
typedef struct _CotFilter CotFilter;

CotFilter *cot_filter_new (const char *expression, GError **error);
CotFilter *cot_filter_ref (CotFilter *self);
void cot_filter_unref (CotFilter *self);
gboolean cot_filter_matches (CotFilter *self, CotPatternScratch *scratch,
                             const CotEntryColumns *columns, const CotEntry *entry);
/* The ordinals of [first, first + n) that pass, added to @into. */
gboolean cot_filter_run (CotFilter *self, CotSnapshot *snapshot, guint64 first, guint64 n,
                         CotBitset *into, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotFilter, cot_filter_unref)

G_END_DECLS
