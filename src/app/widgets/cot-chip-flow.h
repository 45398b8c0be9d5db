/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What does not fit into one line goes on in the next one, as words do. No child is cut while it
 * has the width of a line; more lines than a few are scrolled. */
#define COT_TYPE_CHIP_FLOW (cot_chip_flow_get_type ())
G_DECLARE_FINAL_TYPE (CotChipFlow, cot_chip_flow, COT, CHIP_FLOW, GtkWidget)

GtkWidget *cot_chip_flow_new (GtkWidget *chips); /* a box, whose children flow from here on */

G_END_DECLS
