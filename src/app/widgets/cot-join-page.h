/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cot-engine.h"

G_BEGIN_DECLS

/* What dsregcmd /status says of a device: how it is joined, its user's token, its management, and
 * the tests that failed. Signal "go-to" (CotLog *, guint64 ordinal). */
#define COT_TYPE_JOIN_PAGE (cot_join_page_get_type ())
G_DECLARE_FINAL_TYPE (CotJoinPage, cot_join_page, COT, JOIN_PAGE, GtkWidget)

GtkWidget *cot_join_page_new (void);
/* The log with the output; (nullable): nothing is shown. @heading (nullable) says whose it is. */
void cot_join_page_set_log (CotJoinPage *self, CotLog *log, const char *heading);

G_END_DECLS
