/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One journey as a path: its milestones from top to bottom, where each was seen, and at the first
 * gap what to do. Each seen milestone is a row that leads to its entry.
 *
 * Signals: "go-to" (CotLog *log, guint64 ordinal) */
#define COT_TYPE_JOURNEY_VIEW (cot_journey_view_get_type ())
G_DECLARE_FINAL_TYPE (CotJourneyView, cot_journey_view, COT, JOURNEY_VIEW, GtkWidget)

GtkWidget *cot_journey_view_new (CotCase *a_case, CotJourneyReport *report);

G_END_DECLS
