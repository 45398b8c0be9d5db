/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @error: (nullable): what went wrong */
typedef void (*CotTextEditorOpened) (const GError *error, gpointer data);

/* Opens a file in the user's text editor, whatever kind of text it is: what is set for XML is often
 * a browser, in which nothing can be corrected. @data is an object that is kept until then. */
void cot_text_editor_open (GtkWidget *widget, const char *path, CotTextEditorOpened opened,
                           gpointer data);

G_END_DECLS
