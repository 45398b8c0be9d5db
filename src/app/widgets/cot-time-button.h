/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cot-engine.h"

G_BEGIN_DECLS

/* Says whose clock the times of a log are of, and lets the user choose another one.
 * Actions that it wants from the window: "win.time-mode" (s) */
#define COT_TYPE_TIME_BUTTON (cot_time_button_get_type ())
G_DECLARE_FINAL_TYPE (CotTimeButton, cot_time_button, COT, TIME_BUTTON, GtkWidget)

GtkWidget *cot_time_button_new (void);
/* @log: (nullable). Out of sight where there is none, or no entry of it has a time. To be called
 * again when the log changed. */
void cot_time_button_set_log (CotTimeButton *self, CotLog *log);

G_END_DECLS
