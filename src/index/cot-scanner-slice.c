/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-scanner-private.h"

/* What is read behind a slice: a record is known to end where the next one is seen to begin. */
#define AHEAD_BYTES (16 * 1024)

void
cot_slice_init (CotSlice *self, guint64 start, guint64 limit)
{
  *self = (CotSlice){ .start = start, .limit = limit };
}

void
cot_slice_clear (CotSlice *self)
{
  cot_sink_clear (&self->sink);
  g_clear_pointer (&self->lines, g_array_unref);
}

/**
 * cot_scanner_new_like:
 * @model: a scanner that works
 * @tables: where the strings go
 * @is_large: whether its chunks share memory from the first one on, which is for slices of many
 *   thousand entries
 *
 * Returns: (transfer full): a scanner for slices of the log that @model scans
 */
CotScanner *
cot_scanner_new_like (const CotScanner *model, const CotTables *tables, gboolean is_large)
{
  CotScanner *self = cot_scanner_new (model->source, model->format, tables);

  self->scan = model->scan;
  self->run_ccm = model->run_ccm;
  self->fast = model->fast;
  /* Small blocks: several readers share the outer caches. */
  cot_scanner_set_block_size (self, MIN (self->block_bytes, model->block_max_bytes));
  self->is_undecided = model->is_undecided;
  self->encoding = model->encoding;
  self->done.is_large = is_large;
  return self;
}

/* Nothing is read yet but the byte before @offset, where a line ends: nothing that stands before it
 * matters to what comes. */
static void
go_to (CotScanner *self, guint64 offset)
{
  self->buffer[0] = '\n';
  self->n_bytes = 1;
  self->start = 1;
  self->buffer_offset = offset - 1;
  self->ahead = (CotAhead){ 0 };
  self->scanned = 1;
  self->n_marks = 0;
  self->next_mark = 0;
  self->unmarked = 0;
  self->judged = 1;
  self->is_at_limit = FALSE;
}

/* It may have waited for what comes behind the limit. All but marks is the same without. */
void
cot_scanner_finish_scan (CotScanner *self)
{
  gsize limit = cot_scanner_find_in_buffer (self, self->limit);

  while (self->scanned < limit)
    cot_scanner_scan_to (self, limit, FALSE);
}

static void
seal_rest (CotSink *self, guint64 end_offset)
{
  if (self->builder == NULL || self->builder->n_entries == 0)
    return;
  g_ptr_array_add (self->chunks, cot_chunk_builder_seal (self->builder, end_offset,
                                                         self->is_large ? &self->arena : NULL));
  cot_chunk_builder_clear (self->builder);
}

/* The builder and the memory behind it serve the next slice, too. */
static void
take_sink (CotScanner *self, CotSlice *slice)
{
  seal_rest (&self->done, slice->limit);
  cot_sink_clear (&slice->sink);
  slice->sink = self->done;
  self->done = (CotSink){ .is_large = slice->sink.is_large };
  cot_sink_init (&self->done);
  self->done.builder = g_steal_pointer (&slice->sink.builder);
  self->done.arena = g_steal_pointer (&slice->sink.arena);
}

static void
begin_slice (CotScanner *self, const CotSlice *slice)
{
  cot_scanner_prepare (self);
  go_to (self, slice->start);
  self->limit = slice->limit;
  self->ends = (CotLineEnds){ 0 };
  g_array_set_size (self->lines, 0);
  self->n_fast = 0;
}

gboolean
cot_scanner_scan_slice (CotScanner *self, CotSlice *slice, const gint *stopped)
{
  const guint64 end = slice->limit + AHEAD_BYTES;
  const gboolean was_undecided = self->is_undecided;
  const CotEncoding encoding = self->encoding;
  gsize n_read = 1;
  gboolean is_whole;

  begin_slice (self, slice);
  while (n_read > 0 && cot_scanner_get_position (self) < slice->limit)
    {
      guint64 at = self->buffer_offset + self->n_bytes;

      cot_scanner_prepare (self);
      if (g_atomic_int_get (stopped)
          || !cot_source_read (self->source, at, self->buffer + self->n_bytes,
                               (gsize) MIN (self->block_bytes, end - at), &n_read, NULL))
        break;
      self->n_bytes += n_read;
      cot_scanner_index_records (self, at + n_read < end);
      while (cot_scanner_scan_more (self))
        continue;
    }
  cot_scanner_finish_scan (self);
  is_whole = cot_scanner_get_position (self) == slice->limit && !cot_scanner_is_in_doubt (self);
  take_sink (self, slice);
  slice->lines = g_array_copy (self->lines);
  slice->ends = self->ends;
  slice->is_undecided = self->is_undecided;
  slice->encoding = self->encoding;
  slice->n_fast = self->n_fast;
  self->is_undecided = was_undecided;
  self->encoding = encoding;
  return is_whole;
}

static void
add_lines (CotScanner *self, const CotSlice *slice)
{
  guint64 n_before = cot_line_ends_get_n (&self->ends);

  for (guint i = 0; i < slice->lines->len; i++)
    {
      guint64 n = n_before + g_array_index (slice->lines, guint64, i);

      g_array_append_val (self->lines, n);
    }
  self->ends.n_cr += slice->ends.n_cr;
  self->ends.n_lf += slice->ends.n_lf;
  self->ends.n_crlf += slice->ends.n_crlf;
  self->ends.after_cr = slice->ends.after_cr;
  self->ends.beyond_ascii |= slice->ends.beyond_ascii;
}

static void
add_sink (CotSink *self, CotSink *sink, const guint16 *type_ids)
{
  for (guint i = 0; i < sink->chunks->len; i++)
    g_ptr_array_add (self->chunks, cot_chunk_ref (sink->chunks->pdata[i]));
  self->end_offset = sink->end_offset;
  self->n_blank += sink->n_blank;
  self->zero_bytes += sink->zero_bytes;
  for (guint i = 0; i < G_N_ELEMENTS (sink->n_by_state); i++)
    self->n_by_state[i] += sink->n_by_state[i];
  if (self->first_time_usec == COT_TIME_NONE)
    self->first_time_usec = sink->first_time_usec;
  if (sink->last_time_usec != COT_TIME_NONE)
    self->last_time_usec = sink->last_time_usec;
  for (guint i = 0; i < sink->types->len; i++)
    {
      guint64 n = g_array_index (sink->types, guint64, i);

      if (n > 0)
        cot_sink_count_type (self, type_ids != NULL ? type_ids[i] : (guint16) i, n);
    }
}

void
cot_scanner_adopt_slice (CotScanner *self, CotSlice *slice, const guint16 *const ids[4])
{
  g_return_if_fail (cot_scanner_get_position (self) == slice->start);
  g_return_if_fail (!cot_scanner_is_in_doubt (self));

  seal_rest (&self->done, slice->start);
  add_lines (self, slice);
  if (self->is_undecided)
    {
      self->is_undecided = slice->is_undecided;
      self->encoding = slice->encoding;
    }
  if (ids != NULL)
    for (guint i = 0; i < slice->sink.chunks->len; i++)
      cot_chunk_rename (slice->sink.chunks->pdata[i], ids);
  add_sink (&self->done, &slice->sink, ids != NULL ? ids[3] : NULL);
  self->n_fast += slice->n_fast;
  go_to (self, slice->limit);
  /* The last bytes of the log stand where nobody has read by now. */
  self->edges.n_tail = 0;
}
