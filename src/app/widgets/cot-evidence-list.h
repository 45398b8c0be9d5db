/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where a finding was seen: one link for each log, with how often.
 *
 * Signals: "go-to" (CotLog *log, guint64 ordinal) */
#define COT_TYPE_EVIDENCE_LIST (cot_evidence_list_get_type ())
G_DECLARE_FINAL_TYPE (CotEvidenceList, cot_evidence_list, COT, EVIDENCE_LIST, GtkWidget)

GtkWidget *cot_evidence_list_new (CotCase *a_case, CotFinding *finding);

G_END_DECLS
