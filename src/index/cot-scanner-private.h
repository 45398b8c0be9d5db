/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-decoder.h"
#include "cot-scanner.h"

G_BEGIN_DECLS

/* Longer strings are not worth a place in a table: their text is read from the log. */
#define COT_INTERN_MAX_BYTES 1024

/* Where entries go: full chunks, the one that is being filled, and what they add up to. */
typedef struct
{
  GPtrArray *chunks; /* CotChunk */
  CotChunkArena *arena; /* (nullable): of the last of them */
  gboolean is_large; /* chunks go to an arena from the first one on */
  CotChunkBuilder *builder;
  guint64 end_offset;
  guint64 n_blank; /* see CotSnapshotCounts */
  guint64 zero_bytes;
  guint64 n_by_state[256]; /* entries by what cot_chunk_pack_state() made of them */
  gint64 first_time_usec; /* of the first and last entry that has one; COT_TIME_NONE */
  gint64 last_time_usec;
  GArray *types; /* guint64: entries by id of the type text */
} CotSink;

typedef struct _CotCcmCache CotCcmCache;

/* The quick way for records of the usual shape: indexes from @start on as many as it can and
 * returns where the first record starts that it leaves to the tolerant way. */
typedef gsize (*CotCcmRun) (CotScanner *self, gsize start);

struct _CotScanner
{
  CotSource *source;
  const CotFormat *format;
  CotTables tables;
  CotSimdScan scan;
  CotCcmRun run_ccm;
  gboolean fast;
  gboolean by_subsystem; /* the messages of Intune's agents begin with the component */
  gsize block_bytes; /* how much the next step reads at once, */
  gsize block_max_bytes; /* and those that come when the log proves large */
  CotSpool *copy; /* (unowned) */
  CotEdges edges;

  /* buffer[0, n_bytes) stands at buffer_offset in the source. The record that comes next starts
   * at start; one byte before it is kept, so that a format can see whether a line starts there. */
  char *buffer;
  gsize capacity; /* of the buffer, and in bytes of the marks, while there is work */
  gsize n_bytes;
  gsize start;
  guint64 buffer_offset;
  CotAhead ahead; /* in the buffer */
  guint64 limit; /* records that start here or behind it are somebody else's */
  gboolean is_at_limit; /* and there may be some in the buffer */

  /* Stage 1 has seen buffer[0, scanned). */
  gsize scanned;
  CotMark *marks;
  gsize n_marks;
  gsize next_mark;
  gsize unmarked; /* the marks in buffer[0, unmarked) are not known any more */
  gboolean wants_more; /* the quick way stopped where the bytes, or their marks, did */
  CotLineEnds ends;
  GArray *lines; /* guint64: line ends before each stride */

  /* Until the encoding is decided, buffer[0, judged) and all before it is ASCII. */
  gboolean is_undecided;
  gsize judged;
  CotEncoding encoding; /* what it looks like by now */

  CotSink done;
  CotSink tail; /* ended by the end of the data; done anew when more comes */
  gboolean has_tail;

  CotCcmCache *ccm; /* (nullable) */
  guint64 n_fast;
};

void cot_sink_init (CotSink *self);
void cot_sink_clear (CotSink *self);
/* Seals the full chunk and begins the next one with @entry. */
void cot_sink_begin_chunk (CotSink *self, const CotChunkEntry *entry);
void cot_sink_grow_types (CotSink *self, guint16 type);
/* Stage 1 for a few more bytes; FALSE where it has seen all that can be judged by now. */
gboolean cot_scanner_scan_more (CotScanner *self);
/* The next piece of that, at most up to @to. */
void cot_scanner_scan_to (CotScanner *self, gsize to, gboolean with_marks);
/* Takes what begin_work() and the next block need. */
void cot_scanner_prepare (CotScanner *self);
/* Indexes what can be with the bytes that are there. */
void cot_scanner_index_records (CotScanner *self, gboolean more_may_come);

/* Where something stands in the buffer, or its end where that is farther off. */
static inline gsize
cot_scanner_find_in_buffer (const CotScanner *self, guint64 offset)
{
  return (gsize) MIN (offset - self->buffer_offset, self->n_bytes);
}

static inline guint64
cot_scanner_get_position (const CotScanner *self)
{
  return self->buffer_offset + self->start;
}

/* Its place in the columns; what it adds to the sums is counted apart. */
static inline void
cot_sink_put (CotSink *self, const CotChunkEntry *entry)
{
  if (G_UNLIKELY (self->builder == NULL || !cot_chunk_builder_add (self->builder, entry)))
    {
      /* A copy, so that the entry itself need not be in memory. */
      const CotChunkEntry first = *entry;

      cot_sink_begin_chunk (self, &first);
    }
}

/* One that was put there. */
static inline void
cot_sink_count (CotSink *self, const CotChunkEntry *entry)
{
  self->n_by_state[entry->state]++;
  if (entry->time_usec == COT_TIME_NONE)
    return;
  if (self->first_time_usec == COT_TIME_NONE)
    self->first_time_usec = entry->time_usec;
  self->last_time_usec = entry->time_usec;
}

static inline void
cot_sink_count_type (CotSink *self, guint16 type, guint64 n)
{
  if (G_UNLIKELY (type >= self->types->len))
    cot_sink_grow_types (self, type);
  g_array_index (self->types, guint64, type) += n;
}

/* A part of a log from one record's start to another's, and what a thread found in it. */
typedef struct
{
  guint64 start;
  guint64 limit; /* where the next slice starts */
  CotSink sink;
  GArray *lines; /* guint64: line ends between @start and each stride of the log in it */
  CotLineEnds ends;
  gboolean is_undecided;
  CotEncoding encoding;
  guint64 n_fast;
} CotSlice;

CotScanner *cot_scanner_new_like (const CotScanner *model, const CotTables *tables,
                                  gboolean is_large);
void cot_slice_init (CotSlice *self, guint64 start, guint64 limit);
void cot_slice_clear (CotSlice *self);

/* Whether a byte was seen that says in which encoding the log is, and what it says is not known
 * yet: that depends on the bytes behind it. */
static inline gboolean
cot_scanner_is_in_doubt (const CotScanner *self)
{
  return self->is_undecided && self->ends.beyond_ascii;
}

/* Stage 1 up to the limit, which the records have reached. */
void cot_scanner_finish_scan (CotScanner *self);
/* Fills the slice. FALSE where no record starts at its limit, it cannot be read, it ends in doubt,
 * or @stopped is set meanwhile: what it holds then is worth nothing. It is what the scanner indexes
 * next, and last. */
gboolean cot_scanner_scan_slice (CotScanner *self, CotSlice *slice, const gint *stopped);
/* The scanner has come to the slice's start: takes what it holds, and goes on at its limit. @ids is
 * what to put in the place of the slice's strings: components, origins, threads, types. */
void cot_scanner_adopt_slice (CotScanner *self, CotSlice *slice, const guint16 *const ids[4]);

/* The tables are not the cache's; they must outlive it. */
CotCcmCache *cot_ccm_cache_new (const CotTables *tables);
void cot_ccm_cache_free (CotCcmCache *self);
CotCcmRun cot_scanner_ccm_get_run (CotSimd variant);

G_END_DECLS
