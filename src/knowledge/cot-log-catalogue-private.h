/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-log-catalogue.h"

G_BEGIN_DECLS

typedef enum
{
  COT_LOG_ENTRY_FILE,
  COT_LOG_ENTRY_GROUP,
  COT_LOG_ENTRY_WORDS,
} CotLogEntryKind;

/* What is known of words that people type. */
typedef enum
{
  COT_SEARCH_WORDS_SAME, /* they mean the same */
  COT_SEARCH_WORDS_SMALL, /* they say nothing */
  COT_SEARCH_WORDS_ENDINGS, /* what words end with that are the same without */
} CotSearchWords;

/* One <log-file>, <log-group> or <search-words>; an atomic RC box. */
typedef struct
{
  CotLogEntryKind kind;
  CotLogFile file; /* one of these three */
  CotLogGroup group;
  CotSearchWords words;
  const char *pattern; /* (nullable): what the stem of a label must be like */
  gboolean builtin;
  const char *source; /* the file that it stands in */
  guint line;
  GStringChunk *texts;
  GPtrArray *names; /* related logs, logs of the group, or words; ends with NULL */
  GArray *symptoms; /* CotLogSymptom, of the group */
} CotLogEntry;

CotLogEntry *cot_log_entry_new (CotLogEntryKind kind);
const char *cot_log_entry_own (CotLogEntry *self, const char *text);
void cot_log_entry_add_name (CotLogEntry *self, const char *name);
CotLogEntry *cot_log_entry_ref (CotLogEntry *self);
void cot_log_entry_unref (CotLogEntry *self);
/* What a file must say; fills what the public structure points to. */
gboolean cot_log_entry_check (CotLogEntry *self, GError **error);
gboolean cot_log_side_parse (const char *text, CotLogSide *side);
const char *cot_log_side_get_name (CotLogSide side);
gboolean cot_search_words_parse (const char *text, CotSearchWords *words);
/* What an error says of it. */
const char *cot_log_entry_get_name (const CotLogEntry *self);

/* What a search looks at; made when it is wanted first. */
typedef struct _CotLogSearchIndex CotLogSearchIndex;

void cot_log_search_index_free (CotLogSearchIndex *self);

typedef struct _CotLogCatalogue
{
  GPtrArray *files; /* CotLogEntry */
  GPtrArray *groups; /* CotLogEntry */
  GPtrArray *words; /* CotLogEntry */
  GHashTable *by_stem; /* stem to CotLogEntry */
  GPtrArray *patterns; /* CotLogEntry: names that differ from computer to computer */
  CotLogSearchIndex *index; /* (nullable) */
} CotLogCatalogue;

CotLogCatalogue *cot_log_catalogue_new (CotLogCatalogue *base); /* (nullable) */
void cot_log_catalogue_free (CotLogCatalogue *self);
guint cot_log_catalogue_get_n (CotLogCatalogue *self); /* of all kinds */
gboolean cot_log_catalogue_add (CotLogCatalogue *self, CotLogEntry *entry, GError **error);
/* Every log that is named must be in it. FALSE at the first of a built-in entry, or of any where
 * @problems is NULL; others become problems and are left out. */
gboolean cot_log_catalogue_check_names (CotLogCatalogue *self, GPtrArray *problems, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotLogEntry, cot_log_entry_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotLogCatalogue, cot_log_catalogue_free)

G_END_DECLS
