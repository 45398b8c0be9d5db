/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cot-code-places.h"

G_BEGIN_DECLS

/* The marks in the open logs, with their notes. Not modal: each leads to its row. */
typedef void (*CotMarksGoTo) (CotCase *a_case, CotLog *log, guint64 ordinal, gpointer data);

/* @logs: (element-type CotCodeLog): where marks may stand; the dialog keeps it
 * @data: for @go_to, lives as long as @parent */
void cot_marks_dialog_present (GtkWindow *parent, GPtrArray *logs, CotMarksGoTo go_to,
                               gpointer data);

G_END_DECLS
