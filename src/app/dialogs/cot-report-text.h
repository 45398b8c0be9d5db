/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cot-engine.h"

G_BEGIN_DECLS

/* What a report will say, to be read and selected in. */
GtkWidget *cot_report_text_new (void);
/* What was scrolled to stays where it was. */
void cot_report_text_show (GtkTextView *self, const CotReportPreview *preview);
/* (transfer full) (nullable): the first line of what is selected. */
char *cot_report_text_dup_selected (GtkTextView *self);

G_END_DECLS
