/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The journeys of a case: the one that came furthest open, the others that apply as rows to open,
 * and a list of those that do not apply.
 *
 * Signals: "go-to" (CotLog *log, guint64 ordinal) */
#define COT_TYPE_JOURNEYS_PAGE (cot_journeys_page_get_type ())
G_DECLARE_FINAL_TYPE (CotJourneysPage, cot_journeys_page, COT, JOURNEYS_PAGE, GtkWidget)

GtkWidget *cot_journeys_page_new (CotKnowledge *knowledge);
void cot_journeys_page_set_knowledge (CotJourneysPage *self, CotKnowledge *knowledge);
void cot_journeys_page_set_case (CotJourneysPage *self, CotCase *a_case); /* (nullable) */
/* Opens what is said of that journey, and scrolls to it. */
void cot_journeys_page_show (CotJourneysPage *self, const char *journey_id);

G_END_DECLS
