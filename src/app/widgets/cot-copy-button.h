/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A flat button that copies a text and says so in a toast ("win.toast").
 * @what: what it copies, for its tooltip and name: "Copy the command"
 * @toast: what the toast says: "Command copied" */
GtkWidget *cot_copy_button_new (const char *text, const char *what, const char *toast);

G_END_DECLS
