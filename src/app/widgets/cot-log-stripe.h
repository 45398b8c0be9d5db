/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cot-row-model.h"

G_BEGIN_DECLS

/* What marks a log of a merged view, beside its name: one of six colours, and then one of three
 * forms, so that logs whose colours repeat, or whose colours cannot be told apart, still look
 * unlike. Counted from 1 to COT_N_LOG_STRIPES; 0: none. */

/* @area is counted from the left. */
void cot_log_stripe_snapshot (GtkWidget *widget,
                              GtkSnapshot *snapshot,
                              guint stripe,
                              const graphene_rect_t *area);

/* A small square with the mark. */
#define COT_TYPE_LOG_SWATCH (cot_log_swatch_get_type ())
G_DECLARE_FINAL_TYPE (CotLogSwatch, cot_log_swatch, COT, LOG_SWATCH, GtkWidget)

GtkWidget *cot_log_swatch_new (guint stripe);
void cot_log_swatch_set_stripe (CotLogSwatch *self, guint stripe);

G_END_DECLS
