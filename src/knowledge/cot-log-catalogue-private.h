/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-log-catalogue.h"

G_BEGIN_DECLS

/* One <log-file> or <log-group>; an atomic RC box. */
typedef struct
{
  CotLogFile file; /* one of these two */
  CotLogGroup group;
  const char *pattern; /* (nullable): what the stem of a label must be like */
  gboolean is_group;
  gboolean builtin;
  const char *source; /* the file that it stands in */
  guint line;
  GStringChunk *texts;
  GPtrArray *names; /* related logs, or logs of the group; ends with NULL */
} CotLogEntry;

CotLogEntry *cot_log_entry_new (gboolean is_group);
const char *cot_log_entry_own (CotLogEntry *self, const char *text);
void cot_log_entry_add_name (CotLogEntry *self, const char *name);
CotLogEntry *cot_log_entry_ref (CotLogEntry *self);
void cot_log_entry_unref (CotLogEntry *self);
/* What a file must say; fills what the public structure points to. */
gboolean cot_log_entry_check (CotLogEntry *self, GError **error);
gboolean cot_log_side_parse (const char *text, CotLogSide *side);

typedef struct _CotLogCatalogue CotLogCatalogue;

CotLogCatalogue *cot_log_catalogue_new (CotLogCatalogue *base); /* (nullable) */
void cot_log_catalogue_free (CotLogCatalogue *self);
guint cot_log_catalogue_get_n (CotLogCatalogue *self); /* files and groups */
gboolean cot_log_catalogue_add (CotLogCatalogue *self, CotLogEntry *entry, GError **error);
/* Every log that is named must be in it. FALSE at the first of a built-in entry, or of any where
 * @problems is NULL; others become problems and are left out. */
gboolean cot_log_catalogue_check_names (CotLogCatalogue *self, GPtrArray *problems, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotLogEntry, cot_log_entry_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotLogCatalogue, cot_log_catalogue_free)

G_END_DECLS
