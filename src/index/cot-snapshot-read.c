/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-snapshot-private.h"

/* With the larger blocks a text is found in a large log in 0.93 of the time; of a small one, to get
 * the memory for them takes longer. */
#define BLOCK_BYTES (512 * 1024)
#define LARGE_BLOCK_BYTES (1024 * 1024)
#define N_SMALL_BLOCKS 16

static gboolean
check_text (const CotGeneration *generation, GError **error)
{
  if (!generation->text_lost)
    return TRUE;
  g_set_error_literal (error, COT_SOURCE_ERROR, COT_SOURCE_ERROR_TRUNCATED,
                       "the log was truncated, and its older text is gone");
  return FALSE;
}

/* All of the bytes or an error: what is indexed was there once. */
static gboolean
read_exactly (CotSource *source, guint64 offset, char *buffer, gsize length_bytes, GError **error)
{
  gsize n_read = 0;

  if (!cot_source_read (source, offset, buffer, length_bytes, &n_read, error))
    return FALSE;
  if (n_read == length_bytes)
    return TRUE;
  g_set_error_literal (error, COT_SOURCE_ERROR, COT_SOURCE_ERROR_TRUNCATED,
                       "the log was truncated while it was read");
  return FALSE;
}

/**
 * cot_snapshot_read:
 * @self: a snapshot
 * @ordinal: an entry
 * @into: replaced by the record's bytes, its line end included
 * @error: a return location; COT_SOURCE_ERROR_TRUNCATED where the text is gone
 *
 * Any worker thread.
 *
 * Returns: FALSE with @error set where the record could not be read
 */
gboolean
cot_snapshot_read (CotSnapshot *self, guint64 ordinal, GByteArray *into, GError **error)
{
  const CotGeneration *generation;
  CotEntryColumns columns;

  g_return_val_if_fail (ordinal < self->counts.n_entries, FALSE);

  cot_snapshot_get (self, ordinal, &columns);
  generation = &self->generations[columns.generation].public;
  g_byte_array_set_size (into, (guint) columns.length_bytes);
  return check_text (generation, error)
         && read_exactly (generation->source, columns.offset, (char *) into->data,
                          (gsize) columns.length_bytes, error);
}

/* The line ends before an offset: those before its stride are known, the rest is counted. */
static gboolean
count_lines_before (const CotSnapshotGeneration *generation, guint64 offset, CotLineEnds *ends,
                    guint64 *n_before, GError **error)
{
  const CotPart *part = generation->part;
  guint64 stride = MIN (offset / COT_LINE_STRIDE_BYTES, part->n_lines - 1);
  guint64 from = stride * COT_LINE_STRIDE_BYTES;
  /* A CR before the stride decides whether a LF at its start ends a line. */
  guint64 first = from > 0 ? from - 1 : 0;
  gsize length_bytes = (gsize) (offset - first);
  g_autofree char *buffer = NULL;
  CotSimdScan scan = cot_simd_get_scan (cot_simd_get_best ());

  *ends = (CotLineEnds){ 0 };
  *n_before = part->lines[stride];
  if (!check_text (&generation->public, error))
    return FALSE;
  if (length_bytes == 0)
    return TRUE;
  buffer = g_malloc (length_bytes + COT_SIMD_PADDING_BYTES);
  if (!read_exactly (generation->public.source, first, buffer, length_bytes, error))
    return FALSE;
  ends->after_cr = from > 0 && buffer[0] == '\r';
  scan (buffer, (gsize) (from - first), length_bytes, ends, NULL);
  *n_before += cot_line_ends_get_n (ends);
  return TRUE;
}

/**
 * cot_snapshot_get_line:
 * @self: a snapshot
 * @ordinal: an entry
 * @line: (out): the physical line, from 1, at which it starts in its generation; 0 for a row that
 *   was made of a file
 * @error: a return location
 *
 * Reads at most COT_LINE_STRIDE_BYTES; any worker thread. For many entries in a row use
 * cot_snapshot_foreach(), which counts as it goes.
 *
 * Returns: FALSE with @error set where the text could not be read
 */
gboolean
cot_snapshot_get_line (CotSnapshot *self, guint64 ordinal, guint64 *line, GError **error)
{
  CotEntryColumns columns;
  CotLineEnds ends;
  guint64 n_before;

  g_return_val_if_fail (ordinal < self->counts.n_entries, FALSE);

  cot_snapshot_get (self, ordinal, &columns);
  if (self->generations[columns.generation].public.original != NULL)
    {
      *line = 0;
      return TRUE;
    }
  if (!count_lines_before (&self->generations[columns.generation], columns.offset, &ends,
                           &n_before, error))
    return FALSE;
  *line = n_before + 1;
  return TRUE;
}

/* As many whole records from @ordinal on as a block holds, at least one, all in one chunk. */
typedef struct
{
  guint generation;
  const CotChunk *chunk;
  guint first; /* in the chunk */
  guint n;
  guint64 offset;
  gsize length_bytes;
} Block;

static void
find_block (CotSnapshot *self, guint64 ordinal, guint64 n, guint64 max_bytes, Block *block)
{
  const CotSnapshotGeneration *generation;
  guint64 inside;
  guint number;
  guint last;

  block->generation = cot_snapshot_find_generation (self, ordinal);
  generation = &self->generations[block->generation];
  inside = ordinal - generation->public.first_ordinal;
  number = cot_part_find_chunk (generation->part, inside);
  block->chunk = generation->part->chunks[number];
  block->first = (guint) (inside - generation->part->first_ordinals[number]);
  block->n = (guint) MIN (n, block->chunk->n_entries - block->first);
  block->offset = cot_chunk_get_offset (block->chunk, block->first);

  last = block->first + block->n - 1;
  if (cot_chunk_get_end (block->chunk, last) - block->offset > max_bytes)
    {
      last = cot_chunk_find_offset (block->chunk, block->offset + max_bytes, 0);
      /* That one is cut by the end of the block. */
      last = MAX (last, block->first + 1) - 1;
    }
  block->n = last - block->first + 1;
  block->length_bytes = (gsize) (cot_chunk_get_end (block->chunk, last) - block->offset);
}

/**
 * cot_snapshot_foreach_block:
 * @self: a snapshot
 * @first: an entry
 * @n: how many from there on; G_MAXUINT64 for all
 * @function: (scope call): called with whole records in a row; stops where it returns FALSE
 * @data: for @function
 * @cancellable: (nullable): asked before each block
 * @error: a return location
 *
 * The block is readable for COT_SIMD_PADDING_BYTES behind its end. Entries whose text is lost are
 * left out. Any worker thread.
 *
 * Returns: FALSE with @error set where reading failed or was cancelled
 */
gboolean
cot_snapshot_foreach_block (CotSnapshot *self, guint64 first, guint64 n,
                            CotSnapshotBlockFunc function, gpointer data,
                            GCancellable *cancellable, GError **error)
{
  guint64 n_left = first < self->counts.n_entries ? MIN (n, self->counts.n_entries - first) : 0;
  g_autofree char *buffer = NULL;
  gsize capacity = 0;

  for (guint n_blocks = 0; n_left > 0; n_blocks++)
    {
      Block block;
      const CotGeneration *generation;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      find_block (self, first, n_left,
                  n_blocks < N_SMALL_BLOCKS ? BLOCK_BYTES : LARGE_BLOCK_BYTES, &block);
      generation = &self->generations[block.generation].public;
      if (block.length_bytes > capacity)
        {
          capacity = block.length_bytes;
          g_free (buffer);
          buffer = g_malloc (capacity + COT_SIMD_PADDING_BYTES);
        }
      if (!generation->text_lost)
        {
          if (!read_exactly (generation->source, block.offset, buffer, block.length_bytes, error))
            return FALSE;
          if (!function (self, first, block.n, buffer, block.length_bytes, block.offset, data))
            return TRUE;
        }
      first += block.n;
      n_left -= block.n;
    }
  return TRUE;
}

typedef struct
{
  CotSnapshotFunc function;
  gpointer data;
  CotSimdScan scan;
  guint generation;
  CotLineEnds ends;
  guint64 n_before; /* line ends before the next entry */
  gboolean counting;
  GError *error;
} Walk;

/* The line ends before the first entry of a walk have to be looked up, once a generation. */
static gboolean
begin_generation (CotSnapshot *self, Walk *walk, guint generation, guint64 offset)
{
  if (walk->counting && walk->generation == generation)
    return TRUE;
  walk->counting = TRUE;
  walk->generation = generation;
  return count_lines_before (&self->generations[generation], offset, &walk->ends,
                             &walk->n_before, &walk->error);
}

static gboolean
walk_block (CotSnapshot *self, guint64 first, guint64 n, const char *block, gsize length_bytes,
            guint64 block_offset, gpointer data)
{
  Walk *walk = data;
  CotEntryColumns columns;

  for (guint64 ordinal = first; ordinal < first + n; ordinal++)
    {
      gsize at;
      guint64 n_known;

      cot_snapshot_get (self, ordinal, &columns);
      if (!begin_generation (self, walk, columns.generation, columns.offset))
        return FALSE;
      at = (gsize) (columns.offset - block_offset);
      columns.line = self->generations[columns.generation].public.original == NULL
                         ? walk->n_before + 1
                         : 0;
      if (!walk->function (self, ordinal, &columns, block + at, (gsize) columns.length_bytes,
                           walk->data))
        return FALSE;
      n_known = cot_line_ends_get_n (&walk->ends);
      walk->scan (block, at, at + (gsize) columns.length_bytes, &walk->ends, NULL);
      walk->n_before += cot_line_ends_get_n (&walk->ends) - n_known;
    }
  return TRUE;
}

/**
 * cot_snapshot_foreach:
 * @self: a snapshot
 * @first: an entry
 * @n: how many from there on; G_MAXUINT64 for all
 * @function: (scope call): called for each entry; stops where it returns FALSE
 * @data: for @function
 * @cancellable: (nullable): asked before each block
 * @error: a return location
 *
 * Here line is set in the columns. Entries whose text is lost are left out. Any worker thread.
 *
 * Returns: FALSE with @error set where reading failed or was cancelled
 */
gboolean
cot_snapshot_foreach (CotSnapshot *self, guint64 first, guint64 n, CotSnapshotFunc function,
                      gpointer data, GCancellable *cancellable, GError **error)
{
  Walk walk = { .function = function,
                .data = data,
                .scan = cot_simd_get_scan (cot_simd_get_best ()) };

  if (!cot_snapshot_foreach_block (self, first, n, walk_block, &walk, cancellable, error))
    return FALSE;
  if (walk.error == NULL)
    return TRUE;
  g_propagate_error (error, walk.error);
  return FALSE;
}
