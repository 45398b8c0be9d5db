/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is left of a label when folder, number, rollover suffix and case are gone. */
char *cot_log_get_stem (const char *label);
/* The same, also for logs that only end like documented ones. */
char *cot_log_get_whole_stem (const char *label);
/* (nullable): what the stem of a log must end with to be meant; NULL for names that are compared in
 * another way. */
char *cot_log_dup_documented_stem (const char *documented_name);
gboolean cot_log_stem_matches (const char *stem, const char *documented_name);

G_END_DECLS
