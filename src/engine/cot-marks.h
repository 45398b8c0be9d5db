/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-log.h"
#include "cot-mark-store.h"

G_BEGIN_DECLS

/* The user's marks in one log, each with a note if she wrote one. They are kept by what the log
 * holds, not by its name, and are found again after it was rolled over. Main thread; files are read
 * and written on workers. */
#define COT_TYPE_MARKS (cot_marks_get_type ())
G_DECLARE_FINAL_TYPE (CotMarks, cot_marks, COT, MARKS, GObject)

/* Signals:
 *   "changed" (): other entries are marked, or a note is another one
 *   "failed" (const GError *): the marks could not be read or kept; those in memory stay */

/* Of a log that is one file, from the first call on as long as the log lives. (transfer none) */
CotMarks *cot_marks_of_log (CotLog *log);
/* In which folder marks are kept; (transfer full). */
char *cot_marks_dup_folder (void);

/* Copies of what is marked now, for a worker; NULL: it is not known yet what is kept of the log,
 * and cot_mark_store_load() tells it. (transfer full) (nullable) (element-type CotStoredMark) */
GPtrArray *cot_marks_copy_of_log (CotLog *log);

CotBitset *cot_marks_get_ordinals (CotMarks *self); /* (transfer none) */
gboolean cot_marks_contains (CotMarks *self, guint64 ordinal);
const char *cot_marks_get_note (CotMarks *self, guint64 ordinal); /* (nullable) */
/* FALSE where there are too many marks already. */
gboolean cot_marks_set (CotMarks *self, guint64 ordinal, gboolean marked);
/* Marks the entry too; NULL or empty: without a note. Longer ones are cut. */
gboolean cot_marks_set_note (CotMarks *self, guint64 ordinal, const char *note);
/* Whether those of earlier days were looked for. */
gboolean cot_marks_get_loaded (CotMarks *self);
/* Whether all are on disk as they are here. */
gboolean cot_marks_get_settled (CotMarks *self);
/* How many logs, open or closed, have marks that are being written. */
guint cot_marks_get_n_saves (void);

G_END_DECLS
