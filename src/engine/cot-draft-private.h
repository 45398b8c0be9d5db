/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-draft.h"

G_BEGIN_DECLS

/* From the first byte of its tag to the last one, without a line end. (transfer full) */
char *cot_draft_dup_element (const CotDraft *self, const char *id);
/* What stands in <match>; @kind: (out) (transfer none). (transfer full) */
char *cot_draft_dup_match (const char *text, const char **kind);
/* The text of a draft that would be written as that; another one where none would. */
char *cot_draft_dup_text_of_match (const char *match, gboolean is_literal); /* (transfer full) */
/* What the loader of knowledge says of it. */
gboolean cot_draft_check (const CotDraft *self, const char *id, GError **error);

G_END_DECLS
