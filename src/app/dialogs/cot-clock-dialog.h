/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cot-engine.h"

G_BEGIN_DECLS

/* What was answered; 0: its clock is as it is written. */
typedef void (*CotClockChosen) (gint64 clock_usec, gpointer data);

/* Asks by how much the clock of a log is wrong. @example_usec: a time of it as it is written, to
 * show what becomes of it. @free_data: (nullable): frees @data once nothing is answered any more */
void cot_clock_dialog_present (GtkWindow *parent, const char *log_name, gint64 clock_usec,
                               gint64 example_usec, CotClockChosen chosen, gpointer data,
                               GDestroyNotify free_data);

G_END_DECLS
