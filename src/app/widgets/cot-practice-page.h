/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The task of an exercise: the story, the two questions, hints, the score, and at the end what it
 * was.
 *
 * Signals: "go-to" (CotLog *log, guint64 ordinal)
 * Actions that it wants from the window: "practice.line" (the selected row is the answer),
 * "practice.next", "practice.again", "practice.list", "practice.end" */
#define COT_TYPE_PRACTICE_PAGE (cot_practice_page_get_type ())
G_DECLARE_FINAL_TYPE (CotPracticePage, cot_practice_page, COT, PRACTICE_PAGE, GtkWidget)

GtkWidget *cot_practice_page_new (void);
void cot_practice_page_set_case (CotPracticePage *self, CotCase *a_case); /* (nullable) */

G_END_DECLS
