/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* Filters that the user gave a name, kept in the settings. What stands in there may be anything: a
 * filter that cannot be read is left out. Main thread. */

/* (element-type utf8), ordered. (transfer full) */
char **cot_saved_filters_dup_names (void);
/* (element-type CotFilterClause) (transfer full) (nullable): NULL where there is none so named. */
GPtrArray *cot_saved_filters_load (const char *name, gboolean *any);
/* Takes the place of one so named. FALSE where there is no room for more. */
gboolean cot_saved_filters_save (const char *name, GPtrArray *clauses, gboolean any);
void cot_saved_filters_remove (const char *name);

G_END_DECLS
