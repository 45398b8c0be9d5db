/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-found-entries.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* An entry in a list of what was found: its message around the first match, and where it stands.
 * It reads the entry itself, and shows nothing until it has. */
#define COT_TYPE_FOUND_ROW (cot_found_row_get_type ())
G_DECLARE_FINAL_TYPE (CotFoundRow, cot_found_row, COT, FOUND_ROW, GtkWidget)

GtkWidget *cot_found_row_new (void);
/* @entry: (nullable); @names_case: say which bundle it is of, too */
void cot_found_row_set_entry (CotFoundRow *self, CotFoundEntry *entry, gboolean names_case);

G_END_DECLS
