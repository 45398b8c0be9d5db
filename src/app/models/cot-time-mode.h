/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whose clock the user wants to see: one setting for all windows, logs and the next run. Main
 * thread. */
CotClockMode cot_time_mode_get (void);
char cot_time_mode_get_letter (void); /* of its column, see cot_log_copy_async() */
/* Calls @changed with @object whenever it becomes another one, as long as @object lives. */
void cot_time_mode_watch (gpointer object, GCallback changed);
/* The action "time-mode" (s) for a window; (nullable): NULL without settings. (transfer full) */
GAction *cot_time_mode_create_action (void);
/* Items of that action, as "win.time-mode"; @utc_usec: a moment for which the local clock is named;
 * COT_TIME_NONE: now. (transfer full) */
GMenuModel *cot_time_mode_create_menu (gint64 utc_usec);

/* "UTC−5", "UTC+5:30"; (transfer full) */
char *cot_time_mode_dup_offset (gint16 bias_minutes);

G_END_DECLS
