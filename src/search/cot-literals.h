/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-types.h"

G_BEGIN_DECLS

/* Many literals looked for in one pass, caselessly over ASCII; SIMD where the machine has it. */
typedef struct _CotLiterals CotLiterals;

/* Return FALSE to stop. @literal is the index in the array given to new. */
typedef gboolean (*CotLiteralsFunc) (guint literal, gsize offset, gpointer data);

CotLiterals *cot_literals_new (const char *const *literals, guint n_literals);
CotLiterals *cot_literals_ref (CotLiterals *self);
void cot_literals_unref (CotLiterals *self);
/* Every occurrence, in the order of its offset. Never reads beyond @length_bytes. */
void cot_literals_scan (CotLiterals *self, const char *data, gsize length_bytes,
                        CotLiteralsFunc function, gpointer user_data);
/* The scalar way, the judge of what is right. */
void cot_literals_scan_scalar (CotLiterals *self, const char *data, gsize length_bytes,
                               CotLiteralsFunc function, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotLiterals, cot_literals_unref)

G_END_DECLS
