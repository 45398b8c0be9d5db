/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* Codes, in words for people. */

/* "0x80070005  Access is denied (E_ACCESSDENIED)". (transfer full) */
char *cot_code_sentence_dup (const CotCode *code);

/* What can be told of a code that no table knows. */

/* "Facility", "36: Windows Update" */
typedef void (*CotCodePartFunc) (const char *name, const char *value, gpointer data);
/* Nothing where it has an entry of its own, or no parts. */
void cot_code_sentences_foreach_part (const CotCode *code, CotCodePartFunc function,
                                      gpointer data);
/* "9003": a number as it is typed. */
gboolean cot_code_sentence_is_decimal (const char *text);
/* What stands above other codes with these digits, where the number itself is not known. (transfer
 * full) */
char *cot_code_sentence_dup_beside (const char *text);
/* What to do next. (transfer full) (nullable): it has an entry of its own */
char *cot_code_sentence_dup_next (const CotCode *code);
/* Of an error that no detector knows: its code, or what the first line says. (transfer full) */
char *cot_code_sentence_dup_error_kind (const CotErrorKind *kind);

G_END_DECLS
