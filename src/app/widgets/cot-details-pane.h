/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Everything about the selected entry: its whole message, its attributes, the codes in it, and
 * for a known line what it means and the next step.
 *
 * Signals:
 *   "codes-changed" (): see cot_details_pane_get_codes
 * Actions that it wants from the window: "win.show-finding" (s), "win.toast" (s),
 *   "win.mark-note" */
#define COT_TYPE_DETAILS_PANE (cot_details_pane_get_type ())
G_DECLARE_FINAL_TYPE (CotDetailsPane, cot_details_pane, COT, DETAILS_PANE, GtkWidget)

GtkWidget *cot_details_pane_new (void);
/* @log: NULL shows that nothing is selected. */
void cot_details_pane_set_entry (CotDetailsPane *self, CotLog *log, guint64 ordinal);
/* What is said while nothing is selected in @log (nullable), which is in front: that one can, or
 * that there is nothing to select, also as the filter hides all. For who shows it, whenever that
 * has changed. */
void cot_details_pane_tell_of_log (CotDetailsPane *self, CotLog *log, gboolean hides_all);
/* Little room: of the explanation only the title and the next step. */
void cot_details_pane_set_compact (CotDetailsPane *self, gboolean compact);
/* The message in the next form that it has: as written, laid out, decoded, its bytes. */
void cot_details_pane_next_form (CotDetailsPane *self);
/* (nullable) (transfer none) (element-type CotCode) */
GPtrArray *cot_details_pane_get_codes (CotDetailsPane *self);

G_END_DECLS
