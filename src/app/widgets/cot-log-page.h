/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"
#include "cot-log-view.h"

G_BEGIN_DECLS

/*
 *   CotLog -> CotLogModel -> CotLogPane     rows and ruler
 *      ^          ^
 *      +-- CotFind (of the find bar)
 *
 * The content of a tab: one log, where the user is in it, and what is searched for in it.
 *
 * Signals:
 *   "entry-selected" (): another entry, or another range of them
 *   "find-changed" (): see cot_log_page_dup_find_result
 *   "find-wrapped" (gboolean forward)
 * Actions that it wants from the window: "win.show-finding" (s), "win.toast" (s) */
#define COT_TYPE_LOG_PAGE (cot_log_page_get_type ())
G_DECLARE_FINAL_TYPE (CotLogPage, cot_log_page, COT, LOG_PAGE, GtkWidget)

GtkWidget *cot_log_page_new (CotCase *a_case, CotLog *log);
CotCase *cot_log_page_get_case (CotLogPage *self);
CotLog *cot_log_page_get_log (CotLogPage *self);
CotLogView *cot_log_page_get_view (CotLogPage *self);

/* Selects the entry and shows it; also where it is not read yet. */
void cot_log_page_go_to (CotLogPage *self, guint64 ordinal);
gboolean cot_log_page_get_selected (CotLogPage *self, guint64 *ordinal);
/* The time between the selected rows, or since the first entry, as CMTrace prints it. (nullable) */
char *cot_log_page_dup_elapsed (CotLogPage *self);

/* An empty text ends the search. */
void cot_log_page_find (CotLogPage *self, const char *text, gboolean match_case);
void cot_log_page_find_step (CotLogPage *self, gboolean forward);
char *cot_log_page_dup_find_result (CotLogPage *self, gboolean *failed); /* "12 of 340" */

/* The next entry that bad, or that a detector knows; FALSE where there is none. */
gboolean cot_log_page_step_severity (CotLogPage *self, CotSeverity at_least, gboolean forward);
gboolean cot_log_page_step_known (CotLogPage *self, gboolean forward);

gboolean cot_log_page_get_following (CotLogPage *self);
void cot_log_page_set_following (CotLogPage *self, gboolean following);
void cot_log_page_show_end (CotLogPage *self);

G_END_DECLS
