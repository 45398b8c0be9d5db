/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What there is to choose from for a field, as far as it holds what was typed there; out of sight
 * where that is nothing. Signals: "chosen" (s) */
#define COT_TYPE_VALUE_PROPOSALS (cot_value_proposals_get_type ())
G_DECLARE_FINAL_TYPE (CotValueProposals, cot_value_proposals, COT, VALUE_PROPOSALS, GtkWidget)

GtkWidget *cot_value_proposals_new (void);
/* (nullable) (transfer full): in the order in which they are shown. */
void cot_value_proposals_set_values (CotValueProposals *self, char **values);
void cot_value_proposals_set_typed (CotValueProposals *self, const char *text);

G_END_DECLS
