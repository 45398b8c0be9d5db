/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a window without a log shows: how to open one, what was open last, and practice.
 * It activates "win.open", "win.open-uri" (s) and "practice.list". */
#define COT_TYPE_EMPTY_PAGE (cot_empty_page_get_type ())
G_DECLARE_FINAL_TYPE (CotEmptyPage, cot_empty_page, COT, EMPTY_PAGE, GtkWidget)

GtkWidget *cot_empty_page_new (void);

G_END_DECLS
