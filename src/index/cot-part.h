/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-chunk.h"
#include "cot-scanner-simd.h"
#include "cot-snapshot.h"

G_BEGIN_DECLS

/* The lines before every so many bytes are known; a line number costs reading the rest. */
#define COT_LINE_STRIDE_BYTES (64 * 1024)

typedef struct
{
  guint16 text; /* in the scanner's table of type texts */
  guint64 n;
} CotTypeCount;

/* What is known of one generation at one time: immutable, shared between snapshots. */
typedef struct
{
  gatomicrefcount ref_count;
  CotChunk **chunks;
  guint64 *first_ordinals; /* of each chunk, inside the generation; one more: the end */
  guint n_chunks;
  guint64 size_bytes; /* the end of the last entry */
  guint64 *lines; /* line ends before each stride */
  guint n_lines;
  CotLineEnds ends;
  CotSnapshotCounts counts;
  CotTypeCount *types;
  guint n_types;
} CotPart;

CotPart *cot_part_ref (CotPart *self);
void cot_part_unref (CotPart *self);
static inline guint64
cot_part_get_n_entries (const CotPart *self)
{
  return self->first_ordinals[self->n_chunks];
}
/* The chunk that holds that entry; @ordinal counts inside the generation and must be in it. */
guint cot_part_find_chunk (const CotPart *self, guint64 ordinal);
/* The chunk that holds that byte; there must be at least one. */
guint cot_part_find_offset (const CotPart *self, guint64 offset);
void cot_part_get_columns (const CotPart *self, guint64 ordinal, CotEntryColumns *columns);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotPart, cot_part_unref)

G_END_DECLS
