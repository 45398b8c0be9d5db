/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Text of any length for the clipboard. */
#define COT_TYPE_TEXT_CONTENT (cot_text_content_get_type ())
G_DECLARE_FINAL_TYPE (CotTextContent, cot_text_content, COT, TEXT_CONTENT, GdkContentProvider)

GdkContentProvider *cot_text_content_new (char *text); /* (transfer full) both ways */
/* What gdk_clipboard_set_text() does, and does not hang for a long text. */
void cot_text_content_copy (GtkWidget *widget, char *text); /* takes the text */

G_END_DECLS
