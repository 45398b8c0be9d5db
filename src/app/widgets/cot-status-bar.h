/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The line at the foot of the window: what the log is, what is in it, what is selected. */
#define COT_TYPE_STATUS_BAR (cot_status_bar_get_type ())
G_DECLARE_FINAL_TYPE (CotStatusBar, cot_status_bar, COT, STATUS_BAR, GtkWidget)

GtkWidget *cot_status_bar_new (void);
void cot_status_bar_set_log (CotStatusBar *self, CotLog *log); /* (nullable) */
void cot_status_bar_set_other (CotStatusBar *self, CotLog *other);
void cot_status_bar_set_elapsed (CotStatusBar *self, const char *elapsed); /* (nullable) */

G_END_DECLS
