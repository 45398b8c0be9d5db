/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cot-log-view.h"

G_BEGIN_DECLS

/* The whole document beside its rows: where errors, warnings, findings, matches and marks stand,
 * and which part is visible. A click or a drag goes there. */
#define COT_TYPE_OVERVIEW_RULER (cot_overview_ruler_get_type ())
G_DECLARE_FINAL_TYPE (CotOverviewRuler, cot_overview_ruler, COT, OVERVIEW_RULER, GtkWidget)

GtkWidget *cot_overview_ruler_new (CotLogView *view);

G_END_DECLS
