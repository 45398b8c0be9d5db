/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cot-engine.h"
#include "cot-log-columns.h"
#include "cot-row-model.h"

G_BEGIN_DECLS

/* From the text of a row to the Pango layout of one of its cells. */

PangoLayout *cot_log_text_create_layout (GtkWidget *widget);
void cot_log_text_lay_out (PangoLayout *layout,
                           GtkWidget *widget,
                           const CotRowText *row,
                           const CotHighlights *highlights,
                           CotRowColumn column,
                           int width_px,
                           const CotLogLayout *geometry);

G_END_DECLS
