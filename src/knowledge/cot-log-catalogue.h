/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-knowledge.h"

G_BEGIN_DECLS

/* Which logs there are: what each is for, where it is, and which belong together. Texts are English
 * msgids, as in cot-detector.h. All of it lives as long as its knowledge. */

typedef enum
{
  COT_LOG_SIDE_CLIENT,
  COT_LOG_SIDE_SITE_SERVER,
  COT_LOG_SIDE_SITE_SYSTEM,
  COT_LOG_SIDE_MANAGEMENT_POINT,
  COT_LOG_SIDE_IIS,
  COT_LOG_SIDE_WINDOWS,
  COT_LOG_SIDE_INTUNE,
} CotLogSide;

#define COT_N_LOG_SIDES 7

typedef struct
{
  const char *name; /* "CcmMessaging.log"; what differs in <>: "CloudDP-<guid>.log" */
  const char *component; /* (nullable): where it differs from the name */
  CotLogSide side;
  const char *purpose;
  const char *folder; /* (nullable) */
  const char *rollover; /* (nullable): what becomes of it when it is full */
  const char *const *related; /* names; ends with NULL */
} CotLogFile;

/* Logs that are read together. */
typedef struct
{
  const char *id; /* "co-management" */
  const char *title;
  const char *const *logs; /* names; ends with NULL */
} CotLogGroup;

/* In the files of a user, logs and groups together. */
#define COT_KNOWLEDGE_MAX_LOG_FILES 500

guint cot_knowledge_get_n_log_files (CotKnowledge *self);
const CotLogFile *cot_knowledge_get_log_file (CotKnowledge *self, guint index);
guint cot_knowledge_get_n_log_groups (CotKnowledge *self);
const CotLogGroup *cot_knowledge_get_log_group (CotKnowledge *self, guint index);
/* (nullable): by a path, a member's label or a file name, whatever its case, older part or the
 * computer's name in front of it. */
const CotLogFile *cot_knowledge_find_log_file (CotKnowledge *self, const char *label);
gboolean cot_log_group_has (const CotLogGroup *self, const char *name);
/* Those whose name, component, purpose or groups hold every word, in any order; all without a word.
 * (transfer container) (element-type CotLogFile) */
GPtrArray *cot_knowledge_search_log_files (CotKnowledge *self, const char *words);

G_END_DECLS
