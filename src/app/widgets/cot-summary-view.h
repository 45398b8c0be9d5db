/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-error-list.h"

G_BEGIN_DECLS

/* What stands at the top of the findings: of several computers each in one line, of several causes
 * each in one line; while the logs are read, that more may come; where nothing is in trouble, what
 * that is worth, and the errors that no detector knows.
 *
 * Signals: "go-to" (CotLog *log, guint64 ordinal)
 *          "show-finding" (CotFinding *finding): it is wanted, further down
 *          "show-errors" (): those that no finding explains are */
#define COT_TYPE_SUMMARY_VIEW (cot_summary_view_get_type ())
G_DECLARE_FINAL_TYPE (CotSummaryView, cot_summary_view, COT, SUMMARY_VIEW, GtkWidget)

/* (transfer floating); tells of @a_case as it is now. */
GtkWidget *cot_summary_view_new (CotCase *a_case, CotKnowledge *knowledge, CotErrorList *errors,
                                 gboolean is_judged);
/* What stands behind the findings: the errors that none of them explains. */
GtkWidget *cot_summary_view_new_beside (CotCase *a_case, CotKnowledge *knowledge,
                                        CotErrorList *errors);
/* Either of them, where more of these errors came. */
void cot_summary_view_renew (CotSummaryView *self);
/* Whether there is nothing to tell. */
gboolean cot_summary_view_is_empty (CotSummaryView *self);

G_END_DECLS
