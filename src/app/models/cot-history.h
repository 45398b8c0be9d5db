/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What was asked for, the newest first: as long as the program runs, and beyond only where a
 * setting says so. One list for all windows. Main thread. */
typedef enum
{
  COT_HISTORY_CODES, /* looked up; kept where "remember-lookups" is on */
  COT_HISTORY_FINDS, /* searched for; "remember-finds" */
} CotHistory;

#define COT_N_HISTORIES 2

/* (element-type utf8) (transfer none): items are GtkStringObject. */
GListModel *cot_history_get (CotHistory history);
void cot_history_add (CotHistory history, const char *text);
void cot_history_clear (CotHistory history);
/* From then on the settings are heard: what is not to be remembered is thrown away. */
void cot_history_init (void);

G_END_DECLS
