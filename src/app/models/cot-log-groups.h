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
gboolean cot_log_groups_has_own (const char *name);

/* More would not be looked through any more. */
#define COT_LOG_GROUPS_MAX_OWN 50
#define COT_LOG_GROUPS_MAX_LOGS 200

typedef enum
{
  COT_LOG_GROUP_SAVED,
  COT_LOG_GROUP_TOO_MANY_GROUPS,
  COT_LOG_GROUP_TOO_MANY_LOGS,
  COT_LOG_GROUP_READ_ONLY, /* the settings are locked */
} CotLogGroupSaved;

/* An own group of that name is replaced. What cannot be kept whole leaves all as it was. @logs:
 * names, ends with NULL. */
CotLogGroupSaved cot_log_groups_save (const char *name, const char *const *logs);
void cot_log_groups_remove (const char *name);
/* The names of the logs of a group of the catalogue or an own one; (nullable) (transfer full). */
char **cot_log_groups_dup_logs (CotKnowledge *knowledge, const char *id);

/* What such a group is called; (nullable) (transfer none). */
const char *cot_log_groups_get_title (CotKnowledge *knowledge, const char *id);

/* By what a log is known in groups: its name in the catalogue, else its own. */
const char *cot_log_groups_get_name (CotKnowledge *knowledge, CotLog *log);
/* Which logs are in a case, without older parts, of one computer where one is named: name in small
 * letters to CotLog. (transfer full) */
GHashTable *cot_log_groups_list_case (CotKnowledge *knowledge, CotCase *a_case,
                                      const char *device);
/* (nullable) (transfer none) */
CotLog *cot_log_groups_find (GHashTable *logs, const char *name);

G_END_DECLS
