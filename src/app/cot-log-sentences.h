/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* What a log is for, in words for people. */

/* By a path, label or name; (transfer full) (nullable): NULL where it is not known. */
char *cot_log_sentence_dup_purpose (const char *label);
const char *cot_log_sentence_get_side (CotLogSide side); /* "Client" */

/* What a tab is called: the log's name, or "Merged: 4 logs". (transfer full) */
char *cot_log_sentence_dup_name (CotLog *log);
/* Of a merge of several computers or bundles: which. (transfer full) */
char *cot_log_sentence_dup_owners (CotMergedLog *log);
/* Where it is, for the tooltip. (transfer full) */
char *cot_log_sentence_dup_place (CotLog *log);

/* That it looks like no log, and what to do. (transfer full) */
char *cot_log_sentence_dup_no_text (CotLog *log);
/* What a filter does that lets nothing through. (transfer full) */
char *cot_log_sentence_dup_all_hidden (guint64 n_entries);

G_END_DECLS
