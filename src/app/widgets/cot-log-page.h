/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"
#include "cot-log-view.h"

G_BEGIN_DECLS

/*
 *   CotLog -> CotLogModel -> CotLogPane     rows and ruler
 *      ^          ^
 *      +-- CotFind (of the find bar), CotQuery (of the filter)
 *
 * The content of a tab: one log, where the user is in it, what is searched for in it, and which
 * entries are shown.
 *
 * Signals:
 *   "entry-selected" (): another entry, or another range of them
 *   "find-changed" (): see cot_log_page_dup_find_result
 *   "find-wrapped" (gboolean forward)
 *   "leaving" (): another entry will be selected, which may lie far away
 *   "filter-changed" (): see cot_log_page_dup_filter_result; the clauses may be other ones
 * Actions that it wants from the window: "win.show-finding" (s), "win.toast" (s),
 *   "win.filter-time" (s) */
#define COT_TYPE_LOG_PAGE (cot_log_page_get_type ())
G_DECLARE_FINAL_TYPE (CotLogPage, cot_log_page, COT, LOG_PAGE, GtkWidget)

GtkWidget *cot_log_page_new (CotCase *a_case, CotLog *log);
CotCase *cot_log_page_get_case (CotLogPage *self);
CotLog *cot_log_page_get_log (CotLogPage *self);
CotLogView *cot_log_page_get_view (CotLogPage *self);

/* Selects the entry and shows it; also where it is not read yet. */
void cot_log_page_go_to (CotLogPage *self, guint64 ordinal);
gboolean cot_log_page_get_selected (CotLogPage *self, guint64 *ordinal);
/* The same by the log that an entry is of: in a merge one of its logs. */
void cot_log_page_go_to_entry (CotLogPage *self, CotLog *log, guint64 ordinal);
CotLog *cot_log_page_get_selected_entry (CotLogPage *self, guint64 *ordinal); /* (nullable) */
/* The first one in sight; (nullable). */
CotLog *cot_log_page_get_top_entry (CotLogPage *self, guint64 *ordinal);
/* Both as they were another time. (nullable) logs */
void cot_log_page_return_to (CotLogPage *self, CotLog *top_log, guint64 top, CotLog *selected_log,
                             guint64 selected);
/* The moment of the first row in sight, and going to one without selecting anything. */
gboolean cot_log_page_get_top_time (CotLogPage *self, gint64 *time_usec);
void cot_log_page_show_time (CotLogPage *self, gint64 time_usec);
/* The time between the selected rows, or since the first entry, as CMTrace prints it. (nullable) */
char *cot_log_page_dup_elapsed (CotLogPage *self);

/* An empty text ends the search. */
/* With an empty text, nothing. */
void cot_log_page_find (CotLogPage *self, const CotFindQuestion *question);
void cot_log_page_find_step (CotLogPage *self, gboolean forward);
char *cot_log_page_dup_find_result (CotLogPage *self, gboolean *failed); /* "12 of 340" */

/* The next row that is an error, or that a detector knows; FALSE where there is none. */
gboolean cot_log_page_step_noted (CotLogPage *self, CotRulerFlags kind, gboolean forward);
gboolean cot_log_page_has_noted (CotLogPage *self, CotRulerFlags kind);

/* Conditions for the rows, see cot_filter_clauses_dup_expression(); the list is copied. The
 * selected entry stays in sight, or the next one that is shown. */
void cot_log_page_set_filter (CotLogPage *self, GPtrArray *clauses, gboolean any);
GPtrArray *cot_log_page_get_clauses (CotLogPage *self); /* (element-type CotFilterClause) */
gboolean cot_log_page_get_any_clause (CotLogPage *self);
gboolean cot_log_page_take_clauses_changed (CotLogPage *self);
/* What the selected entry has in that field of the filter language. (nullable) */
char *cot_log_page_dup_selected_text (CotLogPage *self, const char *field);
/* "42 of 1,234 shown", or what is wrong with the filter; empty where there is none. */
char *cot_log_page_dup_filter_result (CotLogPage *self, gboolean *failed);
/* The filter lets no entry through, as far as is known. */
gboolean cot_log_page_hides_all (CotLogPage *self);

/* What is exported: (transfer full) (nullable), NULL for all entries of the log. */
CotBitset *cot_log_page_dup_shown (CotLogPage *self);
gboolean cot_log_page_knows_shown (CotLogPage *self);
CotBitset *cot_log_page_dup_selected (CotLogPage *self);
guint64 cot_log_page_get_n_selected (CotLogPage *self);

/* Whether the window is high enough for the strip of time above the rows. */
void cot_log_page_set_strip_room (CotLogPage *self, gboolean has_room);

gboolean cot_log_page_get_following (CotLogPage *self);
void cot_log_page_set_following (CotLogPage *self, gboolean following);
void cot_log_page_show_end (CotLogPage *self);

G_END_DECLS
