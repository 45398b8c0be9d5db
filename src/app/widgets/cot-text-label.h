/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Makes a label wrap as texts about logs must: behind the underscores of a symbol and the
 * backslashes of a path, anywhere if need be, but without hyphens, which would look like a part of
 * them. @attributes may be NULL. */
void cot_text_label_set_wrapping (GtkLabel *label, PangoAttrList *attributes);

/* A wrapped, selectable label, aligned to the start; css_class may be NULL. Plain text. */
GtkWidget *cot_text_label_new (const char *text, const char *css_class);
/* The same for a text of the knowledge, whose back-quoted parts are set in monospace. */
GtkWidget *cot_step_label_new (const char *text);

G_END_DECLS
