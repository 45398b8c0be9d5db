/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-scanner-private.h"

#include <string.h>

#define BOM "\xef\xbb\xbf"
/* The first rows are not to wait for more. To read a large log in larger blocks takes 0.95 of the
 * time; for a small one, of which a bundle has hundreds, to get the memory takes longer. */
#define FIRST_BLOCK_BYTES ((gsize) 256 * 1024)
#define BLOCK_BYTES ((gsize) 1024 * 1024)
#define LARGE_LOG_BYTES ((guint64) 8 * 1024 * 1024)
/* Divides COT_LINE_STRIDE_BYTES. */
#define SCAN_BYTES (16 * 1024)
/* Logs of up to so many chunks share no memory between them: it comes in too large pieces. */
#define SMALL_LOG_CHUNKS 2
/* A format that still wants more behind that many bytes of one record gets the end. */
#define RECORD_LIMIT_BYTES (COT_RECORD_MAX_BYTES + 64 * 1024)

/**
 * cot_tables_init:
 * @self: (out caller-allocates): tables of no strings
 */
void
cot_tables_init (CotTables *self)
{
  self->components = cot_strings_new ();
  self->origins = cot_strings_new ();
  self->threads = cot_strings_new ();
  self->types = cot_strings_new ();
}

/**
 * cot_tables_copy:
 * @self: (out caller-allocates): tables
 * @from: other tables
 *
 * Both share the same strings after this.
 */
void
cot_tables_copy (CotTables *self, const CotTables *from)
{
  self->components = cot_strings_ref (from->components);
  self->origins = cot_strings_ref (from->origins);
  self->threads = cot_strings_ref (from->threads);
  self->types = cot_strings_ref (from->types);
}

/**
 * cot_tables_clear:
 * @self: tables
 *
 * Lets go of the strings.
 */
void
cot_tables_clear (CotTables *self)
{
  g_clear_pointer (&self->components, cot_strings_unref);
  g_clear_pointer (&self->origins, cot_strings_unref);
  g_clear_pointer (&self->threads, cot_strings_unref);
  g_clear_pointer (&self->types, cot_strings_unref);
}

/**
 * cot_tables_get_empty:
 *
 * Any thread.
 *
 * Returns: (transfer none): tables of no strings, to be read only
 */
const CotTables *
cot_tables_get_empty (void)
{
  static CotTables *empty;

  if (g_once_init_enter (&empty))
    {
      CotTables *tables = g_new (CotTables, 1);

      cot_tables_init (tables);
      g_once_init_leave (&empty, tables);
    }
  return empty;
}

/**
 * cot_tables_are_empty:
 * @self: tables
 *
 * Returns: whether there is no string in any of them
 */
gboolean
cot_tables_are_empty (const CotTables *self)
{
  return cot_strings_get_n (self->components) == 1 && cot_strings_get_n (self->origins) == 1
         && cot_strings_get_n (self->threads) == 1 && cot_strings_get_n (self->types) == 1;
}

void
cot_sink_init (CotSink *self)
{
  self->chunks = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_chunk_unref);
  self->types = g_array_new (FALSE, TRUE, sizeof (guint64));
  self->first_time_usec = COT_TIME_NONE;
  self->last_time_usec = COT_TIME_NONE;
}

void
cot_sink_clear (CotSink *self)
{
  g_clear_pointer (&self->chunks, g_ptr_array_unref);
  g_clear_pointer (&self->arena, cot_chunk_arena_unref);
  g_clear_pointer (&self->types, g_array_unref);
  g_clear_pointer (&self->builder, cot_chunk_builder_free);
}

static void
sink_reset (CotSink *self)
{
  cot_sink_clear (self);
  *self = (CotSink){ 0 };
  cot_sink_init (self);
}

void
cot_sink_begin_chunk (CotSink *self, const CotChunkEntry *entry)
{
  gboolean is_large = self->is_large || self->chunks->len >= SMALL_LOG_CHUNKS;
  CotChunkArena **arena = is_large ? &self->arena : NULL;

  if (self->builder == NULL)
    self->builder = cot_chunk_builder_new ();
  else
    g_ptr_array_add (self->chunks, cot_chunk_builder_seal (self->builder, entry->offset, arena));
  cot_chunk_builder_clear (self->builder);
  cot_chunk_builder_add (self->builder, entry);
}

void
cot_sink_grow_types (CotSink *self, guint16 type)
{
  g_array_set_size (self->types, type + 1u);
}

/* Intune's agents write the frame of Configuration Manager. */
static gboolean
has_quick_way (const CotFormat *format)
{
  return format == &cot_format_ccm || format == &cot_format_ime;
}

/**
 * cot_scanner_new:
 * @source: where the bytes are
 * @format: how to read them
 * @tables: the tables that strings go to; one thread at a time may intern
 *
 * Returns: (transfer full): a scanner at the start of @source
 */
CotScanner *
cot_scanner_new (CotSource *source, const CotFormat *format, const CotTables *tables)
{
  CotScanner *self = g_new0 (CotScanner, 1);
  guint64 no_lines = 0;

  self->source = cot_source_ref (source);
  self->format = format;
  cot_tables_copy (&self->tables, tables);
  cot_scanner_set_simd (self, cot_simd_get_best ());
  self->fast = has_quick_way (format);
  self->by_subsystem = format == &cot_format_ime;
  self->lines = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_array_append_val (self->lines, no_lines);
  cot_sink_init (&self->done);
  cot_sink_init (&self->tail);
  self->block_bytes = FIRST_BLOCK_BYTES;
  self->block_max_bytes = BLOCK_BYTES;
  self->limit = G_MAXUINT64;
  return self;
}

/**
 * cot_scanner_free:
 * @self: (nullable) (transfer full): a scanner
 */
void
cot_scanner_free (CotScanner *self)
{
  if (self == NULL)
    return;
  cot_sink_clear (&self->done);
  cot_sink_clear (&self->tail);
  cot_edges_clear (&self->edges);
  cot_ccm_cache_free (self->ccm);
  g_array_unref (self->lines);
  g_free (self->marks);
  g_free (self->buffer);
  cot_tables_clear (&self->tables);
  cot_source_unref (self->source);
  g_free (self);
}

/**
 * cot_scanner_set_block_size:
 * @self: a scanner that has read nothing
 * @block_bytes: how much to read at once, at least 1; else a first block is smaller than the others
 */
void
cot_scanner_set_block_size (CotScanner *self, gsize block_bytes)
{
  g_return_if_fail (block_bytes > 0);
  g_return_if_fail (self->n_bytes == 0);

  self->block_bytes = block_bytes;
  self->block_max_bytes = block_bytes;
}

/**
 * cot_scanner_set_simd:
 * @self: a scanner
 * @variant: one that this machine can run
 */
void
cot_scanner_set_simd (CotScanner *self, CotSimd variant)
{
  CotSimdScan scan = cot_simd_get_scan (variant);

  g_return_if_fail (scan != NULL);
  self->scan = scan;
  self->run_ccm = cot_scanner_ccm_get_run (variant);
}

/**
 * cot_scanner_set_fast:
 * @self: a scanner that has read nothing
 * @fast: FALSE to read every record by the format's own reader
 */
void
cot_scanner_set_fast (CotScanner *self, gboolean fast)
{
  self->fast = fast && has_quick_way (self->format);
}

/**
 * cot_scanner_set_copy:
 * @self: a scanner
 * @copy: (nullable): where all bytes go that are read from now on
 *
 * The copy stays the caller's, and must not be freed while it is set. If it cannot be written,
 * it ends before the bytes do.
 */
void
cot_scanner_set_copy (CotScanner *self, CotSpool *copy)
{
  self->copy = copy;
}

/**
 * cot_scanner_set_undecided:
 * @self: a scanner that has read nothing
 * @encoding: UTF-8 or Windows-1252: what the log looks like by what was seen of it
 *
 * What decides is still to come. Once it has, cot_scanner_get_encoding() says so.
 */
void
cot_scanner_set_undecided (CotScanner *self, CotEncoding encoding)
{
  g_return_if_fail (self->buffer_offset + self->n_bytes == 0);

  self->is_undecided = TRUE;
  self->encoding = encoding;
}

/**
 * cot_scanner_get_encoding:
 * @self: a scanner that was set undecided
 * @encoding: (out): what the bytes look like by now
 *
 * Returns: FALSE where more bytes may change that
 */
gboolean
cot_scanner_get_encoding (CotScanner *self, CotEncoding *encoding)
{
  *encoding = self->encoding;
  return !self->is_undecided;
}

/* Looks at the bytes in buffer[judged, @to) that stage 1 has seen, and where they decide, at some
 * behind them. */
static void
judge_encoding (CotScanner *self, gsize to)
{
  gsize n_open = 0;

  if (!self->ends.beyond_ascii)
    self->judged = MAX (self->judged, to);
  else if (cot_encoding_decide (self->buffer + self->judged, self->n_bytes - self->judged, &n_open,
                                &self->encoding))
    self->is_undecided = FALSE;
  else
    self->judged += n_open;
}

/**
 * cot_edges_clear:
 * @self: edges
 *
 * Makes them those of nothing.
 */
void
cot_edges_clear (CotEdges *self)
{
  g_free (self->head);
  g_free (self->tail);
  *self = (CotEdges){ 0 };
}

static void
remember_edges (CotEdges *self, const char *data, gsize length_bytes)
{
  gsize n_head = MIN (length_bytes, COT_EDGE_BYTES - self->n_head);
  gsize n_new = MIN (length_bytes, COT_EDGE_BYTES);
  gsize n_old = MIN (self->n_tail, COT_EDGE_BYTES - n_new);

  if (length_bytes == 0)
    return;
  if (n_head > 0)
    {
      self->head = g_realloc (self->head, self->n_head + n_head);
      memcpy (self->head + self->n_head, data, n_head);
      self->n_head += n_head;
    }
  if (n_old > 0)
    memmove (self->tail, self->tail + self->n_tail - n_old, n_old);
  if (n_old + n_new > self->n_tail)
    self->tail = g_realloc (self->tail, n_old + n_new);
  memcpy (self->tail + n_old, data + length_bytes - n_new, n_new);
  self->n_tail = n_old + n_new;
}

/* Room for one more block behind what is kept. Few logs have a record that is longer than a block,
 * and most logs of a bundle are not longer than one. Not zeroed: pages that no log fills are never
 * touched. */
static void
ensure_space (CotScanner *self)
{
  gsize needed = self->n_bytes + self->block_bytes + COT_SIMD_PADDING_BYTES;
  gsize capacity = MIN (2 * self->capacity,
                        1 + RECORD_LIMIT_BYTES + self->block_bytes + COT_SIMD_PADDING_BYTES);

  if (needed <= self->capacity)
    return;
  self->capacity = MAX (needed, capacity);
  self->buffer = g_realloc (self->buffer, self->capacity);
  self->marks = g_renew (CotMark, self->marks, COT_MARKS_MAX (self->capacity));
}

/* What the work needs, and a scanner at rest does not hold. */
static void
begin_work (CotScanner *self)
{
  if (self->marks != NULL)
    return;
  self->capacity = 0;
  self->ccm = self->fast ? cot_ccm_cache_new (&self->tables) : NULL;
}

/* Moves what is left of the last block to the front. */
static void
make_room (CotScanner *self)
{
  gsize shift = self->start > 0 ? MIN (self->start - 1, self->scanned) : 0;
  gsize n_kept = 0;

  if (self->is_undecided)
    shift = MIN (shift, self->judged);
  if (shift == 0)
    return;

  memmove (self->buffer, self->buffer + shift, self->n_bytes - shift);
  self->n_bytes -= shift;
  self->start -= shift;
  self->scanned -= shift;
  self->ahead.lines_end -= MIN (self->ahead.lines_end, shift);
  self->judged -= MIN (self->judged, shift);
  self->unmarked -= MIN (self->unmarked, shift);
  self->buffer_offset += shift;
  for (gsize i = self->next_mark; i < self->n_marks; i++)
    if (self->marks[i].at >= shift)
      {
        self->marks[n_kept] = self->marks[i];
        self->marks[n_kept++].at -= (guint32) shift;
      }
  self->n_marks = n_kept;
  self->next_mark = 0;
}

static void
forget_used_marks (CotScanner *self)
{
  gsize n_left = self->n_marks - self->next_mark;

  memmove (self->marks, self->marks + self->next_mark, n_left * sizeof *self->marks);
  self->n_marks = n_left;
  self->next_mark = 0;
}

/* In steps so small that stage 2 finds the bytes in the innermost cache. The line count before
 * each stride is kept. The last bytes wait: they may be the beginning of a mark. */
gboolean
cot_scanner_scan_more (CotScanner *self)
{
  gsize to = MIN (self->n_bytes - MIN (self->n_bytes, COT_MARK_LOOKAHEAD_BYTES),
                  cot_scanner_find_in_buffer (self, self->limit));

  if (self->scanned >= to)
    return FALSE;
  forget_used_marks (self);
  cot_scanner_scan_to (self, to, self->fast);
  return TRUE;
}

void
cot_scanner_scan_to (CotScanner *self, gsize to, gboolean with_marks)
{
  guint64 offset = self->buffer_offset + self->scanned;
  gsize end = self->scanned + (gsize) MIN (SCAN_BYTES - offset % SCAN_BYTES, to - self->scanned);

  self->n_marks += self->scan (self->buffer, self->scanned, end, &self->ends,
                               with_marks ? self->marks + self->n_marks : NULL);
  self->scanned = end;
  if (self->is_undecided)
    judge_encoding (self, end);
  if ((self->buffer_offset + end) % COT_LINE_STRIDE_BYTES == 0)
    {
      guint64 n = cot_line_ends_get_n (&self->ends);

      g_array_append_val (self->lines, n);
    }
}

static guint16
intern (CotStrings *strings, CotSpan span)
{
  if (span.data == NULL || span.length_bytes == 0)
    return 0;
  if (span.length_bytes > COT_INTERN_MAX_BYTES)
    return COT_STRINGS_OVERFLOW;
  return cot_strings_intern (strings, span.data, span.length_bytes);
}

static gsize
count_zeros (const char *data, gsize from, gsize to)
{
  gsize end = from;

  if (from < to && data[from] == '\0' && memcmp (data + from, data + from + 1, to - from - 1) == 0)
    return to - from;
  while (end < to && data[end] == '\0')
    end++;
  return end - from;
}

/* A hole in a file, and what was laid out and never written, reads as zeros. */
static void
count_blank (CotScanner *self, CotSink *sink, gsize start, gsize end)
{
  gboolean has_mark = self->buffer_offset + start == 0 && end - start >= strlen (BOM)
                      && memcmp (self->buffer + start, BOM, strlen (BOM)) == 0;
  gsize from = start + (has_mark ? strlen (BOM) : 0);
  gsize n_zeros = count_zeros (self->buffer, from, end);

  sink->zero_bytes += n_zeros;
  sink->n_blank += from + n_zeros == end ? 1 : 0;
}

/* A record alone cannot tell what stood behind it: only in the tail there was nothing. */
static void
add_record (CotScanner *self, CotSink *sink, gsize start, gsize end)
{
  guint known_flags = sink == &self->tail ? G_MAXUINT : ~(guint) COT_RECORD_OPEN_ENDED;
  CotEntry entry = { 0 };
  CotChunkEntry columns;

  cot_format_parse_entry (self->format, self->buffer + start, end - start, &entry);
  columns.offset = self->buffer_offset + start;
  columns.time_usec = entry.time_usec;
  columns.bias_minutes = cot_entry_get_true_bias (&entry);
  columns.component = intern (self->tables.components, entry.component);
  columns.origin = intern (self->tables.origins, entry.origin);
  columns.thread = intern (self->tables.threads, entry.thread);
  columns.state = cot_chunk_pack_state (entry.severity, entry.flags & known_flags);
  cot_sink_put (sink, &columns);
  cot_sink_count (sink, &columns);
  sink->end_offset = self->buffer_offset + end;
  if (G_UNLIKELY (self->buffer[start] == '\0' || self->buffer_offset + start == 0))
    count_blank (self, sink, start, end);
  if (entry.type_text.data != NULL)
    cot_sink_count_type (sink, intern (self->tables.types, entry.type_text), 1);
}

/* The next record by the format's own rules; FALSE where it needs more bytes. Whatever a format
 * does, records move on and stay inside the buffer. */
static gboolean
find_record_end (CotScanner *self, gsize start, gboolean at_end, CotAhead *ahead, gsize *end)
{
  CotRecordResult result;
  CotAhead at_the_end = *ahead; /* what is seen there may change when more comes */
  gsize found = start;

  result = cot_format_next_record (self->format, self->buffer, self->n_bytes, start, at_end, ahead,
                                   &found);
  if (result == COT_RECORD_NEEDS_MORE && !at_end)
    {
      if (self->n_bytes - start < RECORD_LIMIT_BYTES)
        return FALSE;
      result = cot_format_next_record (self->format, self->buffer, self->n_bytes, start, TRUE,
                                       &at_the_end, &found);
    }
  if (result != COT_RECORD_FOUND || found <= start || found > self->n_bytes)
    found = MIN (self->n_bytes, start + COT_RECORD_MAX_BYTES);
  *end = found;
  return TRUE;
}

/* The last records of a block lack the marks that the next one brings: where few bytes are left,
 * the quick way can wait for them. */
static gboolean
can_wait (CotScanner *self)
{
  return self->fast && self->wants_more
         && self->n_bytes - self->start < self->block_bytes / 4;
}

void
cot_scanner_index_records (CotScanner *self, gboolean more_may_come)
{
  gsize end;

  for (;;)
    {
      if (self->fast)
        self->start = self->run_ccm (self, self->start);
      self->is_at_limit = cot_scanner_get_position (self) >= self->limit;
      if (self->start >= self->n_bytes || self->is_at_limit
          || (more_may_come && can_wait (self))
          || !find_record_end (self, self->start, FALSE, &self->ahead, &end))
        return;
      add_record (self, &self->done, self->start, end);
      self->start = end;
    }
}

/* What the end of the data ends is shown as it stands, and is indexed anew when more comes. So
 * what is seen ahead there holds for all of the tail, and for nothing else. */
static void
index_tail (CotScanner *self)
{
  CotAhead ahead = self->ahead;
  gsize start = self->start;
  gsize end;

  while (start < self->n_bytes && find_record_end (self, start, TRUE, &ahead, &end))
    {
      add_record (self, &self->tail, start, end);
      start = end;
    }
  self->has_tail = TRUE;
}

/* Stage 1 has not seen the very last bytes. */
static void
judge_rest (CotScanner *self)
{
  if (!self->is_undecided)
    return;
  for (gsize i = self->scanned; i < self->n_bytes && !self->ends.beyond_ascii; i++)
    self->ends.beyond_ascii = (guint8) self->buffer[i] >= 0x80;
  judge_encoding (self, self->scanned);
}

void
cot_scanner_prepare (CotScanner *self)
{
  begin_work (self);
  make_room (self);
  ensure_space (self);
}

static void
go_through_buffer (CotScanner *self)
{
  cot_scanner_index_records (self, TRUE);
  while (cot_scanner_scan_more (self))
    continue;
}

/**
 * cot_scanner_step:
 * @self: a scanner
 * @at_end: (out): whether the source has no more bytes for now
 * @error: a return location
 *
 * Reads and indexes one block. At the end of the data the last entries are shown as they stand,
 * an unfinished one marked COT_RECORD_OPEN_ENDED; if the source has grown, the next call goes on
 * from the last entry that no more bytes can change.
 *
 * An error leaves everything as it was: the call can be repeated.
 *
 * Returns: FALSE with @error set where the source could not be read
 */
gboolean
cot_scanner_step (CotScanner *self, gboolean *at_end, GError **error)
{
  gsize n_read = 0;

  cot_scanner_prepare (self);
  /* What was read last stood behind a limit that has moved on: the buffer would grow with each
   * slice, and at the end all that it holds would be taken for the last record. */
  if (self->is_at_limit)
    {
      go_through_buffer (self);
      *at_end = FALSE;
      return TRUE;
    }
  if (!cot_source_read (self->source, self->buffer_offset + self->n_bytes,
                        self->buffer + self->n_bytes, self->block_bytes, &n_read, error))
    return FALSE;

  *at_end = n_read == 0;
  if (n_read == 0 && self->has_tail)
    return TRUE;
  if (n_read == 0)
    {
      cot_scanner_index_records (self, FALSE);
      while (cot_scanner_scan_more (self))
        continue;
      *at_end = !self->is_at_limit;
      if (self->is_at_limit)
        return TRUE;
      index_tail (self);
      judge_rest (self);
      return TRUE;
    }

  if (self->has_tail)
    sink_reset (&self->tail);
  self->has_tail = FALSE;
  remember_edges (&self->edges, self->buffer + self->n_bytes, n_read);
  if (self->copy != NULL
      && !cot_spool_append (self->copy, self->buffer + self->n_bytes, n_read, NULL))
    self->copy = NULL;
  self->n_bytes += n_read;
  if (self->buffer_offset >= LARGE_LOG_BYTES)
    self->block_bytes = self->block_max_bytes;
  go_through_buffer (self);
  return TRUE;
}

/**
 * cot_scanner_rest:
 * @self: a scanner
 *
 * Gives back the memory that only reading needs: most logs are read once, and then looked at for
 * hours. The next step takes it again.
 */
void
cot_scanner_rest (CotScanner *self)
{
  if (self->marks == NULL)
    return;
  make_room (self);
  /* A record without marks goes the tolerant way: those of the kept bytes need not be kept. */
  self->n_marks = 0;
  self->next_mark = 0;
  self->unmarked = self->scanned;
  g_clear_pointer (&self->marks, g_free);
  g_clear_pointer (&self->ccm, cot_ccm_cache_free);
  self->buffer = g_realloc (self->buffer, self->n_bytes + COT_SIMD_PADDING_BYTES);
  self->block_bytes = MIN (FIRST_BLOCK_BYTES, self->block_max_bytes);
}

static gint64
earlier (gint64 first, gint64 second)
{
  return first != COT_TIME_NONE ? first : second;
}

static void
add_counts (CotSnapshotCounts *self, const CotSink *sink)
{
  for (guint state = 0; state < G_N_ELEMENTS (sink->n_by_state); state++)
    {
      guint64 n = sink->n_by_state[state];
      guint flags = cot_state_get_flags ((guint8) state);

      self->n_entries += n;
      self->n_framed += (flags & COT_RECORD_FRAMED) != 0 ? n : 0;
      self->n_incomplete += (flags & COT_RECORD_INCOMPLETE) != 0 ? n : 0;
      self->by_severity[MIN (cot_state_get_severity ((guint8) state), COT_N_SEVERITIES - 1)] += n;
    }
  self->n_blank += sink->n_blank;
  self->zero_bytes += sink->zero_bytes;
  self->first_time_usec = earlier (self->first_time_usec, sink->first_time_usec);
  self->last_time_usec = earlier (sink->last_time_usec, self->last_time_usec);
}

static void
add_sink (CotPart *part, const CotSink *sink)
{
  guint64 n = part->first_ordinals[part->n_chunks];

  for (guint i = 0; i < sink->chunks->len; i++)
    {
      part->chunks[part->n_chunks++] = cot_chunk_ref (sink->chunks->pdata[i]);
      n += part->chunks[part->n_chunks - 1]->n_entries;
      part->first_ordinals[part->n_chunks] = n;
    }
  if (sink->builder != NULL && sink->builder->n_entries > 0)
    {
      part->chunks[part->n_chunks++] = cot_chunk_builder_seal (sink->builder, sink->end_offset,
                                                                NULL);
      part->first_ordinals[part->n_chunks] = n + sink->builder->n_entries;
    }
  add_counts (&part->counts, sink);
  part->size_bytes = MAX (part->size_bytes, sink->end_offset);
}

static void
add_types (CotPart *part, const GArray *done, const GArray *tail)
{
  guint n = MAX (done->len, tail->len);

  part->types = g_new (CotTypeCount, n);
  for (guint i = 0; i < n; i++)
    {
      guint64 sum = (i < done->len ? g_array_index (done, guint64, i) : 0)
                    + (i < tail->len ? g_array_index (tail, guint64, i) : 0);

      if (sum > 0)
        part->types[part->n_types++] = (CotTypeCount){ (guint16) i, sum };
    }
}

/**
 * cot_scanner_make_part:
 * @self: a scanner
 *
 * Takes what is indexed so far. Full chunks are shared, the last one is copied: about a
 * megabyte at the most.
 *
 * Returns: (transfer full): an immutable part
 */
CotPart *
cot_scanner_make_part (CotScanner *self)
{
  CotPart *part = g_new0 (CotPart, 1);
  guint n_chunks = self->done.chunks->len + self->tail.chunks->len + 2;

  g_atomic_ref_count_init (&part->ref_count);
  part->chunks = g_new (CotChunk *, n_chunks);
  part->first_ordinals = g_new0 (guint64, n_chunks + 1);
  part->counts.first_time_usec = COT_TIME_NONE;
  part->counts.last_time_usec = COT_TIME_NONE;
  add_sink (part, &self->done);
  add_sink (part, &self->tail);
  part->counts.n_plain = part->counts.n_entries - part->counts.n_framed;
  add_types (part, self->done.types, self->tail.types);

  part->n_lines = self->lines->len;
  part->lines = g_memdup2 (self->lines->data, self->lines->len * sizeof (guint64));
  part->ends = self->ends;
  if (self->scanned < self->n_bytes)
    self->scan (self->buffer, self->scanned, self->n_bytes, &part->ends, NULL);
  return part;
}

/**
 * cot_scanner_get_n_read:
 * @self: a scanner
 *
 * Returns: how many bytes of the source were read
 */
guint64
cot_scanner_get_n_read (CotScanner *self)
{
  return self->buffer_offset + self->n_bytes;
}

/**
 * cot_scanner_get_n_fast:
 * @self: a scanner
 *
 * Returns: how many entries went the quick way
 */
guint64
cot_scanner_get_n_fast (CotScanner *self)
{
  return self->n_fast;
}

/**
 * cot_scanner_get_edges:
 * @self: a scanner
 *
 * Returns: (transfer none): the first and the last bytes that were read
 */
const CotEdges *
cot_scanner_get_edges (CotScanner *self)
{
  return &self->edges;
}
