/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cot-log-view.h"

G_BEGIN_DECLS

/* Header, rows and ruler: all that one log needs to be seen. */
#define COT_TYPE_LOG_PANE (cot_log_pane_get_type ())
G_DECLARE_FINAL_TYPE (CotLogPane, cot_log_pane, COT, LOG_PANE, GtkWidget)

GtkWidget *cot_log_pane_new (void);
CotLogView *cot_log_pane_get_view (CotLogPane *self);

G_END_DECLS
