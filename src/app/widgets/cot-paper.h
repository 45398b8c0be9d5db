/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cot-print-pages.h"

G_BEGIN_DECLS

/* One page as it will be on paper, as wide as there is room for. */
#define COT_TYPE_PAPER (cot_paper_get_type ())
G_DECLARE_FINAL_TYPE (CotPaper, cot_paper, COT, PAPER, GtkWidget)

/* @pages: (unowned): all found, and there as long as this is */
GtkWidget *cot_paper_new (CotPrintPages *pages, GtkPageSetup *setup);
void cot_paper_set_page (CotPaper *self, guint page); /* counted from 0 */
guint cot_paper_get_page (CotPaper *self);

G_END_DECLS
