/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-scanner.h"

G_BEGIN_DECLS

/* Longer strings are not worth a place in a table: their text is read from the log. */
#define COT_INTERN_MAX_BYTES 1024

/* Where entries go: full chunks, the one that is being filled, and what they add up to. */
typedef struct
{
  GPtrArray *chunks; /* CotChunk */
  CotChunkBuilder *builder;
  guint64 end_offset;
  CotSnapshotCounts counts; /* but for n_plain, which is what is left */
  GArray *types; /* guint64: entries by id of the type text */
} CotSink;

typedef struct _CotCcmCache CotCcmCache;

struct _CotScanner
{
  CotSource *source;
  const CotFormat *format;
  CotTables tables;
  CotSimdScan scan;
  gboolean fast;
  gsize block_bytes;
  CotSpool *copy; /* (unowned) */
  CotEdges edges;

  /* buffer[0, n_bytes) stands at buffer_offset in the source. The record that comes next starts
   * at start; one byte before it is kept, so that a format can see whether a line starts there. */
  char *buffer;
  gsize n_bytes;
  gsize start;
  guint64 buffer_offset;

  /* Stage 1 has seen buffer[0, scanned). */
  gsize scanned;
  CotMark *marks;
  gsize n_marks;
  gsize next_mark;
  CotLineEnds ends;
  GArray *lines; /* guint64: line ends before each stride */

  CotSink done;
  CotSink tail; /* ended by the end of the data; done anew when more comes */
  gboolean has_tail;

  CotCcmCache *ccm; /* (nullable) */
  guint64 n_fast;
};

/* Seals the full chunk and begins the next one with @entry. */
void cot_sink_begin_chunk (CotSink *self, const CotChunkEntry *entry);
void cot_sink_grow_types (CotSink *self, guint16 type);
/* Stage 1 for a few more bytes; FALSE where it has seen all that can be judged by now. */
gboolean cot_scanner_scan_more (CotScanner *self);

static inline void
cot_sink_add (CotSink *self, const CotChunkEntry *entry, guint64 end_offset)
{
  CotSnapshotCounts *counts = &self->counts;
  guint flags = entry->state >> 3;

  if (G_UNLIKELY (self->builder == NULL || !cot_chunk_builder_add (self->builder, entry)))
    cot_sink_begin_chunk (self, entry);
  self->end_offset = end_offset;

  counts->n_entries++;
  counts->n_framed += (flags & COT_RECORD_FRAMED) != 0;
  counts->n_incomplete += (flags & COT_RECORD_INCOMPLETE) != 0;
  counts->by_severity[MIN (entry->state & 7, COT_N_SEVERITIES - 1)]++;
  if (entry->time_usec != COT_TIME_NONE)
    {
      if (counts->first_time_usec == COT_TIME_NONE)
        counts->first_time_usec = entry->time_usec;
      counts->last_time_usec = entry->time_usec;
    }
}

static inline void
cot_sink_count_type (CotSink *self, guint16 type)
{
  if (G_UNLIKELY (type >= self->types->len))
    cot_sink_grow_types (self, type);
  g_array_index (self->types, guint64, type)++;
}

/* The quick way for records of the usual shape: indexes from @start on as many as it can and
 * returns where the first record starts that it leaves to the tolerant way. */
CotCcmCache *cot_ccm_cache_new (void);
void cot_ccm_cache_free (CotCcmCache *self);
gsize cot_scanner_ccm_run (CotScanner *self, gsize start);

G_END_DECLS
