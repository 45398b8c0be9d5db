/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cot-engine.h"

G_BEGIN_DECLS

/* That the entry that is selected is marked, its note, and the way to change it. It is seen only
 * where there is a mark. Main thread.
 * Actions that it wants from the window: "win.mark-note" */
#define COT_TYPE_MARK_BAR (cot_mark_bar_get_type ())
G_DECLARE_FINAL_TYPE (CotMarkBar, cot_mark_bar, COT, MARK_BAR, GtkWidget)

GtkWidget *cot_mark_bar_new (void);
/* @log: (nullable): one that is no merge */
void cot_mark_bar_set_entry (CotMarkBar *self, CotLog *log, guint64 ordinal);

G_END_DECLS
