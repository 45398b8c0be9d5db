/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What widgets are called on the accessibility bus, where GTK 4.8 says too much: the mark of a
 * mnemonic, a label twice, a tooltip that is the name again. */

/* @label: with a mnemonic */
GtkWidget *cot_button_new_named (const char *label);
GtkWidget *cot_check_button_new_named (const char *label);
/* Again, after its label has changed. */
void cot_names_set_mnemonic (GtkWidget *widget, const char *label);
/* All buttons with a mnemonic in what others made: a dialog, a toast. */
void cot_names_tidy_below (GtkWidget *root);
/* The button with that label says the key that presses it. */
void cot_names_tell_key_below (GtkWidget *root, const char *label);
/* Name and tooltip are the same: it is told once. */
void cot_names_set (GtkWidget *widget, const char *name);

/* A row with a title, and perhaps a subtitle, is called by all that is seen of it, and one that
 * unfolds says whether it is. Without markup. @sign: (nullable): what is said before the title */
void cot_names_set_row (GtkWidget *row, const char *sign);
/* A screen reader says it now, wherever the focus is in the window of @widget. */
void cot_names_announce (GtkWidget *widget, const char *text);

G_END_DECLS
