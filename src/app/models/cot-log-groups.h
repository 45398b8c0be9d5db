/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* Logs that are opened together: those of the catalogue, and the user's own, which stand in the
 * settings. Main thread. */

/* What the id of an own group starts with; its name follows. */
#define COT_OWN_LOG_GROUP_PREFIX "own:"

guint cot_log_groups_get_n_own (void);
const char *cot_log_groups_get_own_name (guint index);
/* An own group of that name is replaced. @logs: names, ends with NULL. */
void cot_log_groups_save (const char *name, const char *const *logs);
void cot_log_groups_remove (const char *name);
/* The names of the logs of a group of the catalogue or an own one; (nullable) (transfer full). */
char **cot_log_groups_dup_logs (CotKnowledge *knowledge, const char *id);

/* By what a log is known in groups: its name in the catalogue, else its own. */
const char *cot_log_groups_get_name (CotKnowledge *knowledge, CotLog *log);
/* Which logs are in a case, without older parts, of one computer where one is named: name in small
 * letters to CotLog. (transfer full) */
GHashTable *cot_log_groups_list_case (CotKnowledge *knowledge, CotCase *a_case,
                                      const char *device);
/* (nullable) (transfer none) */
CotLog *cot_log_groups_find (GHashTable *logs, const char *name);

G_END_DECLS
