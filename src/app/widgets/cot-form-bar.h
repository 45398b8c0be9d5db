/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-entry-sentences.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Above a message: in which form it is shown, whether its lines are wrapped, and what of it can be
 * copied. Only the forms that there are have a button; the one that was chosen is kept for the
 * next entry that has it, too.
 *
 * Signals:
 *   "changed" (): another form is to be shown, or lines are wrapped otherwise
 * Actions that it wants from what it stands in: "details.copy-message", "details.copy-entry",
 * "details.copy-record", "details.copy-shown" */
#define COT_TYPE_FORM_BAR (cot_form_bar_get_type ())
G_DECLARE_FINAL_TYPE (CotFormBar, cot_form_bar, COT, FORM_BAR, GtkWidget)

GtkWidget *cot_form_bar_new (void);
void cot_form_bar_set_details (CotFormBar *self, const CotEntryDetails *details);
CotEntryForm cot_form_bar_get_form (CotFormBar *self);
gboolean cot_form_bar_get_wrap (CotFormBar *self);
/* The next form that there is; after the last one the first. */
void cot_form_bar_next (CotFormBar *self);

G_END_DECLS
