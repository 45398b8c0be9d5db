/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cot-engine.h"

G_BEGIN_DECLS

/* Looks a log up by its name in the catalogue around; (s). */
#define COT_LOG_LOOK_UP_ACTION "log-catalogue.look-up"

/* How many logs of a group are here; it opens them, or merges them, and unfolds to say which are
 * here and which are not: where none is, only if it @always does. Actions that it wants:
 * "win.open-log-group" (s), "win.merge-log-group" (s), COT_LOG_LOOK_UP_ACTION. @id: see
 * cot_log_groups_dup_logs(); @logs: (nullable): see cot_log_groups_list_case(). @n_here: (out) */
GtkWidget *cot_log_group_row_new (CotKnowledge *knowledge, GHashTable *logs, const char *id,
                                  const char *title, gboolean always, guint *n_here);
/* At its end. */
void cot_log_group_row_add_button (GtkWidget *row, GtkWidget *button);
/* A button that does something with a log or a group: its label, and all of it for who does not see
 * where it stands. */
GtkWidget *cot_log_button_new (const char *text, const char *label, const char *action,
                               const char *target);

G_END_DECLS
