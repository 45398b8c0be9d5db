/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-application.h"
#include "cot-code-places.h"
#include "cot-session-keeper.h"

G_BEGIN_DECLS

#define COT_TYPE_WINDOW (cot_window_get_type ())
G_DECLARE_FINAL_TYPE (CotWindow, cot_window, COT, WINDOW, AdwApplicationWindow)

CotWindow *cot_window_new (CotApplication *application);
/* Logs, folders and archives, in this order. What is open already, here or in another window,
 * comes to the front instead. */
void cot_window_open_files (CotWindow *self, GFile **files, guint n_files);
/* All logs of all that is open, tabs or not: (element-type CotCodeLog) (transfer full). */
GPtrArray *cot_window_list_logs (CotWindow *self);
/* Brings the window to the front, and the entry in it; nothing where its case was closed. */
void cot_window_show_entry (CotWindow *self, CotCase *a_case, CotLog *log, guint64 ordinal);

/* What is opened next is shown in the order of the times, in one tab. */
void cot_window_merge_next (CotWindow *self);
/* @filter: (nullable): an expression that is a filter: each log that this window opens from now on
 * has it. @place: (nullable): where the first one that is read is shown; see cot_place_parse(). */
void cot_window_show_next (CotWindow *self, const char *filter, const char *place);

/* What it shows, for a later start. */
void cot_window_collect_session (CotWindow *self, CotSessionDraft *draft);
/* Opens what such a window showed, beside what is there. @is_own: the window was made for that, and
 * goes again where all of it is open elsewhere. @n_left_out: the tabs of so many bundles, of all
 * windows, are left out, which one that was not made for it tells; 0: none is. */
void cot_window_reopen (CotWindow *self, const CotSessionWindow *session, gboolean is_own,
                        guint n_left_out);
gboolean cot_window_is_empty (CotWindow *self);
void cot_window_offer_session (CotWindow *self, const CotSessionState *session);
void cot_window_report_session (CotWindow *self);

G_END_DECLS
