/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cot-engine.h"

G_BEGIN_DECLS

/* Beside a CotDensityStrip: the few entries that are so far from all others that they have no place
 * in it, as those of a clock that was not set. Says when and how many, and leads to the first.
 * Hidden by itself where there are none.
 *
 * Signals:
 *   "jump" (gint64 from_usec, gint64 until_usec): to the first entry of that time of the axis */
#define COT_TYPE_OUTSIDE_BUTTON (cot_outside_button_get_type ())
G_DECLARE_FINAL_TYPE (CotOutsideButton, cot_outside_button, COT, OUTSIDE_BUTTON, GtkButton)

GtkWidget *cot_outside_button_new (gboolean is_later);
void cot_outside_button_set_density (CotOutsideButton *self, CotDensity *density); /* (nullable) */

G_END_DECLS
