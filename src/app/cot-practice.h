/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* What windows and dialogs share about practice: where scenarios stand, and how they went. */

/* The learner's own folder first, then what ships. Ends with NULL; free with g_strfreev(). */
char **cot_practice_dup_folders (void);
typedef enum
{
  COT_PRACTICE_NEW,
  COT_PRACTICE_SHOWN, /* the learner looked at the answer, and has not solved it since */
  COT_PRACTICE_SOLVED,
} CotPracticeState;

/* How it went so far. @score: the best one where it is solved, else 0. */
CotPracticeState cot_practice_get_state (const char *id, guint *score);
/* What is better than what was noted before is kept. */
void cot_practice_note_solved (const char *id, guint score);
void cot_practice_note_shown (const char *id);

G_END_DECLS
