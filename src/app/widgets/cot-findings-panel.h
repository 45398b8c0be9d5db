/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 *   CotFindingsPanel:  [ Findings 3 | Guide | Codes ]
 *                      CotFindingsPage, CotGuidePage, CotCodesView; CotPracticePage in
 *                      front of them while the logs are those of an exercise
 *
 * The side panel. Signals: "go-to" (CotLog *log, guint64 ordinal) */
#define COT_TYPE_FINDINGS_PANEL (cot_findings_panel_get_type ())
G_DECLARE_FINAL_TYPE (CotFindingsPanel, cot_findings_panel, COT, FINDINGS_PANEL, GtkWidget)

GtkWidget *cot_findings_panel_new (CotKnowledge *knowledge);
void cot_findings_panel_set_knowledge (CotFindingsPanel *self, CotKnowledge *knowledge);
void cot_findings_panel_set_case (CotFindingsPanel *self, CotCase *a_case); /* (nullable) */
void cot_findings_panel_set_log (CotFindingsPanel *self, CotLog *log); /* (nullable) */
/* It was closed. */
void cot_findings_panel_forget_case (CotFindingsPanel *self, CotCase *a_case);
/* Which of the cases the selected row is of: links and the guide are meant of it. (nullable) */
void cot_findings_panel_set_row_case (CotFindingsPanel *self, CotCase *row_case);
/* How many findings ask for something, and how bad the worst is; for the badge. */
guint cot_findings_panel_count (CotFindingsPanel *self, CotSeverity *worst);
void cot_findings_panel_show_findings (CotFindingsPanel *self);
void cot_findings_panel_show_finding (CotFindingsPanel *self, const char *key);
void cot_findings_panel_open_guide (CotFindingsPanel *self);
void cot_findings_panel_show_guide (CotFindingsPanel *self, const char *detector_id);
/* The exercise of the case has come to another stage. */
void cot_findings_panel_update_exercise (CotFindingsPanel *self);
/* Shows what codes stand in the selected entry. */
void cot_findings_panel_show_codes (CotFindingsPanel *self);
void cot_findings_panel_set_codes (CotFindingsPanel *self, GPtrArray *codes); /* (nullable) */
/* It asks the window where codes stand. (transfer none) */
GtkWidget *cot_findings_panel_get_codes_view (CotFindingsPanel *self);

G_END_DECLS
