/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The journeys of the open logs, and the guide: one section at a time, chosen at the top. What was
 * seen in the open logs is ticked and leads to its finding by the action "win.show-finding".
 *
 * Signals: "go-to" (CotLog *log, guint64 ordinal) */
#define COT_TYPE_GUIDE_PAGE (cot_guide_page_get_type ())
G_DECLARE_FINAL_TYPE (CotGuidePage, cot_guide_page, COT, GUIDE_PAGE, GtkWidget)

GtkWidget *cot_guide_page_new (CotKnowledge *knowledge);
void cot_guide_page_set_knowledge (CotGuidePage *self, CotKnowledge *knowledge);
void cot_guide_page_set_case (CotGuidePage *self, CotCase *a_case); /* (nullable) */
/* Opens the entry that speaks of the detector; FALSE where there is none. */
gboolean cot_guide_page_show_detector (CotGuidePage *self, const char *detector_id);

gboolean cot_guide_has_detector (CotKnowledge *knowledge, const char *detector_id);

G_END_DECLS
