/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The findings of a case, for something that scrolls: the headline as an open card, the others as
 * rows that open, by area, and what is normal last.
 *
 * Signals: "go-to" (CotLog *log, guint64 ordinal) */
#define COT_TYPE_FINDINGS_PAGE (cot_findings_page_get_type ())
G_DECLARE_FINAL_TYPE (CotFindingsPage, cot_findings_page, COT, FINDINGS_PAGE, GtkWidget)

GtkWidget *cot_findings_page_new (CotKnowledge *knowledge);
void cot_findings_page_set_knowledge (CotFindingsPage *self, CotKnowledge *knowledge);
void cot_findings_page_set_case (CotFindingsPage *self, CotCase *a_case); /* (nullable) */
/* Whose they are, where those of other cases stand beside them; (nullable). */
void cot_findings_page_set_heading (CotFindingsPage *self, const char *heading);
CotCase *cot_findings_page_get_case (CotFindingsPage *self); /* (nullable) */
/* Opens the finding of that detector and scrolls to it; FALSE where there is none. */
gboolean cot_findings_page_show_finding (CotFindingsPage *self, const char *key);

G_END_DECLS
