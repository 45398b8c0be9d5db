/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A row that may be wider than there is room for; buttons at its ends tell of what is out of sight,
 * and go there. */
#define COT_TYPE_CHIP_SCROLLER (cot_chip_scroller_get_type ())
G_DECLARE_FINAL_TYPE (CotChipScroller, cot_chip_scroller, COT, CHIP_SCROLLER, GtkWidget)

GtkWidget *cot_chip_scroller_new (GtkWidget *chips);

G_END_DECLS
