/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cot-log-columns.h"

G_BEGIN_DECLS

/* The titles above a log view, as wide as it. A drag of a line between two titles resizes, a drag
 * of a title reorders, the context menu hides. By key: Left and Right go from title to title, with
 * Ctrl they move the column, with Shift they resize it, and Menu opens the menu. */
#define COT_TYPE_LOG_HEADER (cot_log_header_get_type ())
G_DECLARE_FINAL_TYPE (CotLogHeader, cot_log_header, COT, LOG_HEADER, GtkWidget)

GtkWidget *cot_log_header_new (CotLogColumns *columns, GtkAdjustment *hadjustment);

G_END_DECLS
