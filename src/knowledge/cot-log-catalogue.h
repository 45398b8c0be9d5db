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
  gboolean quotes; /* it holds what scripts print, or command lines: nobody speaks there unnamed */
  const char *purpose;
  const char *folder; /* (nullable) */
  const char *rollover; /* (nullable): what becomes of it when it is full */
  const char *const *related; /* names; ends with NULL */
} CotLogFile;

/* What somebody says who looks for a log. */
typedef struct
{
  const char *text; /* "An application does not install" */
  const char *log; /* which one of the group to read first then */
} CotLogSymptom;

/* Logs that are read together. */
typedef struct
{
  const char *id; /* "co-management" */
  const char *title;
  const char *const *logs; /* names, the one to read first in front; ends with NULL */
  const CotLogSymptom *symptoms;
  guint n_symptoms;
} CotLogGroup;

/* What a search found. */
typedef struct
{
  GPtrArray *files; /* (element-type CotLogFile): the best first */
  guint n_close; /* so many of @files are about the words; the others only mention them */
  GPtrArray *groups; /* (element-type CotLogGroup): which the words are about, the best first */
  const CotLogFile *first; /* (nullable): the one of @files to read first */
  const CotLogSymptom *symptom; /* (nullable): which tells so; NULL: it is the first of a group */
  GPtrArray *unknown; /* (element-type utf8): words that nothing has; ends with NULL */
  gboolean is_partial; /* no log has all the other words: these have most of them */
} CotLogSearch;

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
/* By what logs are for, what they are called and the symptoms that lead to them; all without a
 * word. Small words and endings do not count. (transfer full) */
CotLogSearch *cot_knowledge_search_logs (CotKnowledge *self, const char *words);
void cot_log_search_free (CotLogSearch *search);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotLogSearch, cot_log_search_free)

G_END_DECLS
