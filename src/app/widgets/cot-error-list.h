/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The errors that no finding explains, each code once, with its meaning: that which came first
 * stands first. A click goes to the first line of it ("go-to"). Empty until a worker has read them.
 */
#define COT_TYPE_ERROR_LIST (cot_error_list_get_type ())
G_DECLARE_FINAL_TYPE (CotErrorList, cot_error_list, COT, ERROR_LIST, GtkWidget)

/* (transfer floating) */
GtkWidget *cot_error_list_new (void);
/* @logs: (element-type CotLog): where they stand */
void cot_error_list_set_logs (CotErrorList *self, CotCase *a_case, GPtrArray *logs);

G_END_DECLS
