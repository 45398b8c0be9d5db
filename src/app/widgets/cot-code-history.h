/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What was looked up, the newest first: as long as the program runs, and beyond only where the
 * setting "remember-lookups" says so. One list for all windows. */

/* (element-type utf8) (transfer none): items are GtkStringObject. */
GListModel *cot_code_history_get (void);
void cot_code_history_add (const char *code_text);
void cot_code_history_clear (void);
/* The setting changed: what is remembered is written, or thrown away. */
void cot_code_history_save (void);

G_END_DECLS
