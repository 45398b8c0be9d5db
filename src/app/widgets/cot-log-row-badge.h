/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cot-row-model.h"

G_BEGIN_DECLS

/* Small drawings that a row consists of. All take the colours from the widget's style. */

const char *cot_log_badge_get_label (const CotRowText *text);
int cot_log_badge_measure (GtkWidget *widget, const CotRowText *text, gboolean worded, int icon_px);
void cot_log_badge_snapshot (GtkWidget *widget,
                             GtkSnapshot *snapshot,
                             const CotRowText *text,
                             gboolean worded,
                             int icon_px,
                             const graphene_rect_t *area);

void cot_log_snapshot_icon (GtkWidget *widget,
                            GtkSnapshot *snapshot,
                            const char *icon_name,
                            const GdkRGBA *color,
                            int size_px,
                            double x_px,
                            double y_px);
gboolean cot_log_has_strong_ground (GtkWidget *widget, CotSeverity severity);
void cot_log_lookup_color (GtkWidget *widget, const char *name, GdkRGBA *color);
const char *cot_log_severity_color (CotSeverity severity);
const char *cot_log_severity_mark_color (CotSeverity severity);

G_END_DECLS
