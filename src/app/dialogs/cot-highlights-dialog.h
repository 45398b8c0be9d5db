/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The texts that light up in logs: new ones, other colours, on and off. Not modal, so that the
 * rows are seen to change; a window has one of them.
 * @text: (nullable): what the entry of a new one holds at first */
void cot_highlights_dialog_present (GtkWindow *parent, const char *text);

G_END_DECLS
