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
  CotSnapshotCounts counts;
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

void cot_sink_add (CotSink *self, const CotChunkEntry *entry, guint64 end_offset);
void cot_sink_count_type (CotSink *self, guint16 type);

/* The quick way for records of the usual shape: indexes from @start on as many as it can and
 * returns where the first record starts that it leaves to the tolerant way. */
CotCcmCache *cot_ccm_cache_new (void);
void cot_ccm_cache_free (CotCcmCache *self);
gsize cot_scanner_ccm_run (CotScanner *self, gsize start);

G_END_DECLS
