/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* What is said first of a case, in words for people. (transfer full) where a function is a dup. */

/* Whether that is so, of a case without trouble. */
/* Is there nothing in all of its logs that could be judged? Then the verdict is this, with why. */
gboolean cot_sentence_is_blank (const CotSummary *summary);
const char *cot_sentence_get_blank (void);
const char *cot_sentence_get_blank_note (void);
gboolean cot_sentence_is_well (guint n_signs, guint n_stuck, guint64 n_unexplained);
/* Where nothing is in trouble: "Nothing wrong found", only where something tells that it went well,
 * no journey ends at a gap, and no error is left that nothing explains. */
const char *cot_sentence_get_verdict (guint n_signs, guint n_stuck, guint64 n_unexplained);
/* Where that cannot be said: "Reading was stopped; 5 % was read". */
char *cot_sentence_dup_stopped (double part_read);
/* What that is worth; it ends with what to do about it. */
const char *cot_sentence_get_stopped_note (void);
/* "But 2 journeys do not reach their end in these logs."; NULL where all do. */
/* @n_untold: of these, those of which cannot be told how they go on: none of them stopped. */
char *cot_sentence_dup_stuck (guint n_stuck, guint n_untold);
/* "But 3 entries in 2 logs are errors that no detector knows."; NULL where there are none. What
 * follows says where they stand. */
char *cot_sentence_dup_unexplained (guint64 n_entries, guint n_logs);
/* The same where something was found. */
char *cot_sentence_dup_unexplained_beside (guint64 n_entries, guint n_logs);
/* One of several computers in one line: "PC01 failed: The client certificate was refused" */
char *cot_sentence_dup_summary (const CotSummary *summary, const char *device);
/* Likewise, with another text for the title of the finding that fails. */
char *cot_sentence_dup_summary_titled (const CotSummary *summary,
                                       const char *device,
                                       const char *title);
/* How it is with the computer, without what it is: "PC01 waits" */
char *cot_sentence_dup_state (const CotFinding *headline, const char *device);
/* One of several causes in one line: "Failed: The client certificate was refused" */
char *cot_sentence_dup_story (CotFinding *cause);

G_END_DECLS
