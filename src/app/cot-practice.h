/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* What windows and dialogs share about practice: where scenarios stand, and how they went. */

/* The learner's own folder first, then what ships. Ends with NULL; free with g_strfreev(). */
char **cot_practice_dup_folders (void);
/* The best score of a scenario; FALSE where it was never done. */
gboolean cot_practice_get_score (const char *id, guint *score);
void cot_practice_note_score (const char *id, guint score);

G_END_DECLS
