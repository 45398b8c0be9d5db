/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-part.h"
#include "cot-scanner.h"
#include "cot-snapshot.h"

G_BEGIN_DECLS

typedef struct
{
  CotPart *part;
  CotGeneration public;
} CotSnapshotGeneration;

struct _CotSnapshot
{
  gatomicrefcount ref_count;
  const CotFormat *format;
  CotTables tables;
  gint64 clock_usec; /* is added to each time */
  CotSnapshotGeneration *generations;
  guint n_generations;
  CotSnapshotCounts counts;
  CotTypeCount *types; /* sorted by text */
  guint n_types;
};

CotSnapshot *cot_snapshot_new (const CotFormat *format, const CotTables *tables);
/* By what the clock of its writer is moved; before a generation is added. */
void cot_snapshot_set_clock (CotSnapshot *self, gint64 clock_usec);
/* Adds a generation behind the others; before anybody else sees the snapshot. Of @texts its
 * sources, encoding and label are taken; they stay the caller's. */
void cot_snapshot_add_part (CotSnapshot *self, CotPart *part, const CotGeneration *texts);
void cot_snapshot_finish (CotSnapshot *self);
/* The entries of @self, with the texts where @newer found them: (transfer full). */
CotSnapshot *cot_snapshot_move_texts (CotSnapshot *self, CotSnapshot *newer);

/* The generation of an entry, which must be in the snapshot. */
guint cot_snapshot_find_generation (CotSnapshot *self, guint64 ordinal);
/* "crlf", "lf", "cr", "mixed" or "none" */
const char *cot_snapshot_get_line_ends (CotSnapshot *self);
gsize cot_snapshot_get_memory_bytes (CotSnapshot *self);

G_END_DECLS
