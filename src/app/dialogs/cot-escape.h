/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Escape closes a window that is no GtkDialog, as it does a dialog. */
void cot_escape_closes (GtkWidget *window);

G_END_DECLS
