/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The filters that have a name: to choose one, to remove one, to give the one that is on a name.
 * Actions that it wants: "filter.load" (s), "filter.save" (s), "filter.remove" (s). */
GtkWidget *cot_saved_filters_popover_new (void);

G_END_DECLS
