/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-code-log.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where a code stands in logs, in every spelling: one log after the other is searched on workers,
 * and what is found is a list that jumps. Dropping it ends the search.
 * Signals: "go-to" (CotCase, CotLog, guint64 ordinal) */
#define COT_TYPE_CODE_PLACES (cot_code_places_get_type ())
G_DECLARE_FINAL_TYPE (CotCodePlaces, cot_code_places, COT, CODE_PLACES, GtkWidget)

/* @logs: (element-type CotCodeLog) */
GtkWidget *cot_code_places_new (const CotCode *code, GPtrArray *logs);

G_END_DECLS
