/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* What a report says, in words for people: a #CotReportCompose. @written: (nullable) (type utf8):
 * when it is written; without it the same cases give the same report. */
void cot_report_compose (CotReport *report, GPtrArray *facts, gpointer written);
/* "User", "Device", for what is masked. */
const char *cot_sentence_get_mask_kind (CotMaskKind kind);
/* What became of a word that was to be masked, see cot_report_mask_word(). (transfer full) */
char *cot_sentence_dup_masked_word (const char *word, guint n, guint n_inside);

G_END_DECLS
