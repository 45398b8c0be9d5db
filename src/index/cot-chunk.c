/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-chunk.h"

#include <string.h>

#define N_ID_COLUMNS 3
#define MAX_LISTED 256
/* Below it a list costs more than it saves. */
#define MIN_ENTRIES_FOR_LIST (4 * MAX_LISTED)

/* The columns lie behind the struct in one piece of memory, the widest first, so that each is
 * aligned without padding. */
typedef struct
{
  guint n;
  gboolean wide_times;
  guint n_biases;
  guint n_listed[N_ID_COLUMNS]; /* 0: an id for each entry */
} ColumnShape;

static gsize
columns_bytes (const ColumnShape *shape)
{
  gsize n = shape->n;
  gsize per_entry = sizeof (guint32) + 1;
  gsize n_bytes = shape->n_biases * sizeof (gint16);

  per_entry += shape->wide_times ? sizeof (gint64) : sizeof (gint32);
  per_entry += shape->n_biases > 1 ? 1 : 0;
  for (guint i = 0; i < N_ID_COLUMNS; i++)
    {
      per_entry += shape->n_listed[i] > 0 ? sizeof (guint8) : sizeof (guint16);
      n_bytes += shape->n_listed[i] * sizeof (guint16);
    }
  return n * per_entry + n_bytes;
}

/* How many ids are to be listed; 0 where a list is not worth it. All up to the greatest are:
 * strings get their ids in the order in which they come. */
static guint
count_listed (const guint16 *ids, guint n)
{
  guint16 greatest = 0;

  if (n < MIN_ENTRIES_FOR_LIST)
    return 0;
  for (guint i = 0; i < n; i++)
    greatest = MAX (greatest, ids[i]);
  return greatest < MAX_LISTED ? greatest + 1u : 0;
}

static gsize
header_bytes (void)
{
  return (sizeof (CotChunk) + 15) & ~(gsize) 15;
}

/* Whole milliseconds within 24 days of the first: half the memory. Writes them to @into. */
static gboolean
narrow_times (const gint64 *times_usec, guint n, gint64 base_usec, gint32 *into)
{
  for (guint i = 0; i < n; i++)
    {
      gint64 delta;
      gint64 msec;

      if (times_usec[i] == COT_TIME_NONE)
        {
          into[i] = G_MININT32;
          continue;
        }
      if (__builtin_sub_overflow (times_usec[i], base_usec, &delta))
        return FALSE;
      msec = delta / 1000;
      if (msec * 1000 != delta || msec <= G_MININT32 || msec > G_MAXINT32)
        return FALSE;
      into[i] = (gint32) msec;
    }
  return TRUE;
}

static gint64
first_time (const gint64 *times_usec, guint n)
{
  for (guint i = 0; i < n; i++)
    if (times_usec[i] != COT_TIME_NONE)
      return times_usec[i];
  return 0;
}

static gpointer
take_column (char **cursor, gsize size_bytes)
{
  gpointer column = *cursor;

  *cursor += size_bytes;
  return column;
}

static gpointer
copy_column (char **cursor, gconstpointer from, gsize size_bytes)
{
  return memcpy (take_column (cursor, size_bytes), from, size_bytes);
}

static void
take_ids (CotIdColumn *column, char **cursor, const guint16 *ids, guint n, guint n_listed)
{
  guint16 *list;

  column->n_listed = n_listed;
  if (n_listed == 0)
    {
      column->ids = copy_column (cursor, ids, n * sizeof *ids);
      return;
    }
  column->ids = list = take_column (cursor, n_listed * sizeof *list);
  for (guint i = 0; i < n_listed; i++)
    list[i] = (guint16) i;
}

static void
take_places (CotIdColumn *column, char **cursor, const guint16 *ids, guint n)
{
  guint8 *places;

  if (column->n_listed == 0)
    return;
  column->places = places = take_column (cursor, n);
  for (guint i = 0; i < n; i++)
    places[i] = (guint8) ids[i];
}

static gpointer
take_memory (const ColumnShape *shape, CotChunkArena **arena)
{
  gsize n_bytes = header_bytes () + columns_bytes (shape);

  return arena != NULL ? cot_chunk_arena_take (arena, n_bytes) : g_malloc (n_bytes);
}

static void
give_back_memory (gpointer memory, CotChunkArena **arena)
{
  if (arena != NULL)
    cot_chunk_arena_give_back (*arena, memory);
  else
    g_free (memory);
}

/**
 * cot_chunk_builder_seal:
 * @self: a builder with at least one entry
 * @end_offset: the offset behind its last entry
 * @arena: (nullable) (inout): where to take the memory from, which is worth it for the full chunks
 *   of a large log; %NULL for memory of its own
 *
 * Makes an immutable chunk of what the builder holds, in as little memory as its times and biases
 * allow. The builder is left as it is, so that an unfinished chunk can be shown as well.
 *
 * Returns: (transfer full): the chunk
 */
CotChunk *
cot_chunk_builder_seal (CotChunkBuilder *self, guint64 end_offset, CotChunkArena **arena)
{
  gsize n = self->n_entries;
  gint64 base_usec = first_time (self->times_usec, self->n_entries);
  const guint16 *const ids[N_ID_COLUMNS] = { self->components, self->origins, self->threads };
  ColumnShape shape = { .n = self->n_entries, .n_biases = self->n_biases };
  CotIdColumn *columns[N_ID_COLUMNS];
  char *memory, *cursor;
  CotChunk *chunk;

  for (guint i = 0; i < N_ID_COLUMNS; i++)
    shape.n_listed[i] = count_listed (ids[i], shape.n);
  memory = take_memory (&shape, arena);
  cursor = memory + header_bytes ();
  if (!narrow_times (self->times_usec, shape.n, base_usec, (gpointer) cursor))
    {
      give_back_memory (memory, arena);
      shape.wide_times = TRUE;
      memory = take_memory (&shape, arena);
      cursor = memory + header_bytes ();
    }

  chunk = (gpointer) memory;
  memset (chunk, 0, sizeof *chunk);
  chunk->arena = arena != NULL ? cot_chunk_arena_ref (*arena) : NULL;
  g_atomic_ref_count_init (&chunk->ref_count);
  chunk->n_entries = shape.n;
  chunk->base_offset = self->base_offset;
  chunk->end_offset = end_offset;
  chunk->base_time_usec = base_usec;
  if (shape.wide_times)
    chunk->times_usec = copy_column (&cursor, self->times_usec, n * sizeof (gint64));
  else
    chunk->times_msec = take_column (&cursor, n * sizeof (gint32));
  chunk->offsets = copy_column (&cursor, self->offsets, n * sizeof (guint32));
  columns[0] = &chunk->components;
  columns[1] = &chunk->origins;
  columns[2] = &chunk->threads;
  for (guint i = 0; i < N_ID_COLUMNS; i++)
    take_ids (columns[i], &cursor, ids[i], shape.n, shape.n_listed[i]);
  chunk->biases = copy_column (&cursor, self->biases, self->n_biases * sizeof (gint16));
  for (guint i = 0; i < N_ID_COLUMNS; i++)
    take_places (columns[i], &cursor, ids[i], shape.n);
  chunk->states = copy_column (&cursor, self->states, n);
  if (shape.n_biases > 1)
    chunk->bias_indexes = copy_column (&cursor, self->bias_indexes, n);
  return chunk;
}

/**
 * cot_chunk_ref:
 * @self: a chunk
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
CotChunk *
cot_chunk_ref (CotChunk *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * cot_chunk_unref:
 * @self: (nullable) (transfer full): a chunk
 *
 * Any thread.
 */
void
cot_chunk_unref (CotChunk *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  if (self->arena != NULL)
    cot_chunk_arena_unref (self->arena);
  else
    g_free (self);
}

static void
rename_column (const CotIdColumn *column, guint n, const guint16 *ids)
{
  guint16 *writable = (guint16 *) column->ids;

  for (guint i = 0; i < (column->places != NULL ? column->n_listed : n); i++)
    writable[i] = ids[writable[i]];
}

/**
 * cot_chunk_rename:
 * @self: a chunk that nobody else has seen
 * @ids: what to put in the place of an id of a component, of an origin, and of a thread
 *
 * For a chunk whose strings went to other tables than those of its log.
 */
void
cot_chunk_rename (CotChunk *self, const guint16 *const ids[3])
{
  rename_column (&self->components, self->n_entries, ids[0]);
  rename_column (&self->origins, self->n_entries, ids[1]);
  rename_column (&self->threads, self->n_entries, ids[2]);
}

/**
 * cot_chunk_get_memory_bytes:
 * @self: a chunk
 *
 * Returns: what the chunk costs, in bytes
 */
gsize
cot_chunk_get_memory_bytes (const CotChunk *self)
{
  ColumnShape shape = {
    .n = self->n_entries,
    .wide_times = self->times_usec != NULL,
    .n_biases = self->bias_indexes != NULL ? COT_CHUNK_MAX_BIASES : 1,
    .n_listed = { self->components.n_listed, self->origins.n_listed, self->threads.n_listed },
  };

  return header_bytes () + columns_bytes (&shape);
}

/**
 * cot_chunk_find_offset:
 * @self: a chunk
 * @offset: a byte of its source, not before its first entry
 * @near: an entry of it that may be a little before the one that is looked for; 0 for no idea
 *
 * Returns: the last entry of the chunk that starts at or before @offset
 */
guint
cot_chunk_find_offset (const CotChunk *self, guint64 offset, guint near)
{
  guint low = near < self->n_entries && cot_chunk_get_offset (self, near) <= offset ? near : 0;
  guint step = 1;
  guint high;

  /* Who asks goes through the log: the next one is mostly a few entries away. */
  while (low + step < self->n_entries && cot_chunk_get_offset (self, low + step) <= offset)
    {
      low += step;
      step *= 2;
    }
  high = MIN (low + step, self->n_entries);
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (cot_chunk_get_offset (self, middle) <= offset)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/**
 * cot_chunk_builder_new:
 *
 * Returns: (transfer full): an empty builder, 1.4 MB of which only the used pages cost memory
 */
CotChunkBuilder *
cot_chunk_builder_new (void)
{
  /* Not zeroed: the pages of a small log's unused rows are never touched. */
  CotChunkBuilder *self = g_malloc (sizeof *self);

  cot_chunk_builder_clear (self);
  return self;
}

/**
 * cot_chunk_builder_free:
 * @self: (nullable) (transfer full): a builder
 */
void
cot_chunk_builder_free (CotChunkBuilder *self)
{
  g_free (self);
}

/**
 * cot_chunk_builder_find_bias:
 * @self: a builder
 * @bias_minutes: a bias, or COT_BIAS_NONE
 *
 * Makes it the last one, which the next entry most likely has too. Logs hold two biases at the
 * most, summer's and winter's; a hostile one that holds more than COT_CHUNK_MAX_BIASES gets more
 * chunks instead of losing any.
 *
 * Returns: FALSE where the table is full
 */
gboolean
cot_chunk_builder_find_bias (CotChunkBuilder *self, gint16 bias_minutes)
{
  guint i;

  for (i = 0; i < self->n_biases; i++)
    if (self->biases[i] == bias_minutes)
      break;

  if (i == COT_CHUNK_MAX_BIASES)
    return FALSE;
  if (i == self->n_biases)
    self->biases[self->n_biases++] = bias_minutes;
  self->last_bias = i;
  return TRUE;
}
