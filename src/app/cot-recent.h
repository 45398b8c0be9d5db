/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cot-engine.h"

G_BEGIN_DECLS

/* What was opened before: kept by the desktop (GtkRecentManager), unless the user does not want
 * that ("remember-recent"). */
void cot_recent_add (const char *path, CotCase *opened);
/* The newest first, at most @max; whether they still exist is not asked.
 * (element-type GtkRecentInfo) (transfer full) */
GPtrArray *cot_recent_list (guint max);
void cot_recent_clear (void);
/* A menu section of items that activate "win.open-uri". (transfer full) */
GMenuModel *cot_recent_create_menu (guint max);
/* A themed icon for what stands there: log, folder, or bundle. */
const char *cot_recent_get_icon_name (GtkRecentInfo *info);

G_END_DECLS
