/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

void cot_popovers_pop_down (GtkWidget *root);
