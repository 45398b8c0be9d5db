/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A window for a dialog that is more than a question: its page scrolls, Escape closes it, and it
 * goes with its parent. (transfer none): GTK keeps it until it is closed. */
GtkWindow *cot_dialog_window_new (GtkWindow *parent, const char *title, int width_px,
                                  int height_px);
/* Not higher than its parent: on a small screen it would be cut. */
void cot_dialog_window_set_size (GtkWindow *window, GtkWindow *parent, int width_px,
                                 int height_px);
void cot_dialog_window_set_page (GtkWindow *window, GtkWidget *page);
/* @bar: stays in sight below the page. */
void cot_dialog_window_set_page_and_bar (GtkWindow *window, GtkWidget *page, GtkWidget *bar);

G_END_DECLS
