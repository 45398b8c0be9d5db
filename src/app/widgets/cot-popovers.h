/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

void cot_popovers_pop_down (GtkWidget *root);
gboolean cot_popovers_has_kept_focus (GtkPopover *closed);
