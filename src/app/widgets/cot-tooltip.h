/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For what is told many times a second while a log grows: to set a tooltip looks for its place on
 * the screen each time, though it is the same and nobody sees it. @text is (nullable). */
static inline void
cot_tooltip_update (GtkWidget *widget, const char *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}

G_END_DECLS
