/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cot-engine.h"

G_BEGIN_DECLS

/* The values of a field of the filter language that there are: (nullable), free with g_strfreev. */
typedef char **(*CotFilterProposeFunc) (const char *field, gpointer data);

/* One condition of a filter as a pill: a popover changes it, a button takes it away. One that was
 * left without a value goes by itself.
 * Signals: "changed" (): the clause is another one now; "removed" () */
#define COT_TYPE_FILTER_CHIP (cot_filter_chip_get_type ())
G_DECLARE_FINAL_TYPE (CotFilterChip, cot_filter_chip, COT, FILTER_CHIP, GtkWidget)

GtkWidget *cot_filter_chip_new (const CotFilterClause *clause); /* the clause is copied */
void cot_filter_chip_set_propose (CotFilterChip *self, CotFilterProposeFunc propose,
                                  gpointer data);
const CotFilterClause *cot_filter_chip_get_clause (CotFilterChip *self);
void cot_filter_chip_edit (CotFilterChip *self); /* opens the popover */

G_END_DECLS
