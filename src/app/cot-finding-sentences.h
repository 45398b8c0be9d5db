/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* The title of a finding, with what tells it from others of the same title. (transfer full) */
char *cot_sentence_dup_finding_title (CotFinding *finding);

/* What the times of a finding tell, in words for people. (transfer full) */

/* "30 seconds", "42 minutes", "3 hours", "2 days": the unit that says it best. */
char *cot_sentence_dup_duration (gint64 duration_usec);
/* One sentence each: what should have come and did not, what is due and in how long, and in which
 * rhythm the line came back. @now_usec: UTC, in microseconds; COT_TIME_NONE: who knows when it will
 * be read: then the end of the logs is what tells how late it is. Free with g_strfreev. */
char **cot_sentence_dup_facts (const CotFinding *finding, gint64 now_usec);
/* The same, with marks around what comes from a log, see cot_finding_expand_marked(). */
char **cot_sentence_dup_facts_marked (const CotFinding *finding, gint64 now_usec);
/* Whether they change while time goes by. */
gboolean cot_sentence_facts_age (const CotFinding *finding);

/* What is wrong with a part of a user's own knowledge, and what to do: in front of the reason,
 * which speaks of the file's own words. (transfer none) */
const char *cot_sentence_get_knowledge_error (CotKnowledgeError code);

G_END_DECLS
