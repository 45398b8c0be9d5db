/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-row-cache.h"

#include "cot-entry-text.h"
#include "cot-job.h"

/* Behind a filter each row of a screen may come from a block of its own: there have to be more
 * blocks than any screen has rows, or those that are seen would drive each other out for ever. */
#define ROWS_PER_BLOCK 32
#define MAX_BLOCKS 256

typedef struct
{
  guint64 first;
  guint n;
  guint64 last_use;
  gboolean outdated;
  CotRow rows[ROWS_PER_BLOCK];
} RowBlock;

struct _CotRowCache
{
  GHashTable *blocks; /* first ordinal -> RowBlock */
  GHashTable *requests; /* first ordinal -> Request */
  guint64 clock;
  CotRowCacheLoaded loaded;
  gpointer data;
};

/* A block that a worker reads just now. The job frees it, after all else. */
typedef struct
{
  CotRowCache *cache;
  CotSnapshot *snapshot;
  guint64 first;
  CotJob *job;
  RowBlock *block; /* (nullable): what the worker read, until the cache takes it */
  gboolean outdated; /* the log went on since it was asked for */
} Request;

static void
row_block_free (RowBlock *block)
{
  for (guint i = 0; i < block->n; i++)
    cot_row_clear (&block->rows[i]);
  g_free (block);
}

static void
request_free (Request *request)
{
  cot_snapshot_unref (request->snapshot);
  g_clear_pointer (&request->block, row_block_free);
  g_free (request);
}

/* Of a job that has ended nothing is cancelled. */
static void
request_drop (Request *request)
{
  g_autoptr (CotJob) job = g_steal_pointer (&request->job);

  cot_job_cancel (job);
}

static gboolean
fill_row (CotSnapshot *snapshot, guint64 ordinal, const CotEntryColumns *columns,
          const char *record, gsize length_bytes, gpointer data)
{
  RowBlock *block = data;
  const CotGeneration *generation
      = cot_snapshot_get_generation (snapshot, columns->generation);
  gboolean seam = columns->generation > 0 && ordinal == generation->first_ordinal;

  cot_row_fill (&block->rows[block->n], generation->encoding,
                cot_snapshot_get_format (snapshot), record, length_bytes, columns, seam);
  block->n++;
  return block->n < ROWS_PER_BLOCK;
}

/* The names in the columns are bytes of the log as well. */
static char *
dup_name (CotEncoding encoding, CotStrings *names, guint16 id)
{
  CotSpan span;

  span.data = cot_strings_get (names, id, &span.length_bytes);
  return cot_entry_text_dup_visible (encoding, span, 0, FALSE);
}

/* Where the text can no longer be read (truncated under us), the columns still are true: the row
 * stays, with what the index knows. */
static void
fill_from_columns (RowBlock *block, CotSnapshot *snapshot, guint n_wanted)
{
  while (block->n < n_wanted)
    {
      CotRow *row = &block->rows[block->n];
      CotEntryColumns columns;
      CotEncoding encoding;

      if (!cot_snapshot_get (snapshot, block->first + block->n, &columns))
        break;
      encoding = cot_snapshot_get_generation (snapshot, columns.generation)->encoding;
      row->message = g_strdup ("\xe2\x80\xa6");
      row->component
          = dup_name (encoding, cot_snapshot_get_components (snapshot), columns.component);
      row->thread = dup_name (encoding, cot_snapshot_get_threads (snapshot), columns.thread);
      row->origin = dup_name (encoding, cot_snapshot_get_origins (snapshot), columns.origin);
      row->time_usec = columns.time_usec;
      row->bias_minutes = columns.bias_minutes;
      row->severity = columns.severity;
      row->flags = columns.flags;
      block->n++;
    }
}

static gpointer
load_block (CotJob *job, gpointer data, GError **error)
{
  Request *request = data;
  RowBlock *block = g_new0 (RowBlock, 1);
  guint64 n_entries = cot_snapshot_get_n_entries (request->snapshot);
  guint n_wanted;

  block->first = request->first;
  n_wanted = (guint) MIN ((guint64) ROWS_PER_BLOCK, n_entries - block->first);
  cot_snapshot_foreach (request->snapshot, block->first, n_wanted, fill_row, block,
                        cot_job_get_cancellable (job), NULL);
  fill_from_columns (block, request->snapshot, n_wanted);
  request->block = block;
  return NULL;
}

static void
evict (CotRowCache *self)
{
  while (g_hash_table_size (self->blocks) > MAX_BLOCKS)
    {
      GHashTableIter iter;
      RowBlock *block, *oldest = NULL;

      g_hash_table_iter_init (&iter, self->blocks);
      while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &block))
        if (oldest == NULL || block->last_use < oldest->last_use)
          oldest = block;
      g_hash_table_remove (self->blocks, &oldest->first);
    }
}

static void
block_loaded (CotJob *job, gpointer result, const GError *error, gpointer data)
{
  Request *request = data;
  CotRowCache *self = request->cache;
  RowBlock *block = g_steal_pointer (&request->block);
  guint64 first = block->first;
  guint n = block->n;

  block->last_use = ++self->clock;
  block->outdated = request->outdated;
  g_hash_table_replace (self->blocks, &block->first, block);
  g_hash_table_remove (self->requests, &first);
  evict (self);
  self->loaded (first, n, self->data);
}

static void
request_block (CotRowCache *self, CotSnapshot *snapshot, guint64 first)
{
  Request *request;

  if (g_hash_table_contains (self->requests, &first))
    return;
  request = g_new0 (Request, 1);
  request->cache = self;
  request->snapshot = cot_snapshot_ref (snapshot);
  request->first = first;
  request->job = cot_job_start (&(CotJobFunctions){
      .work = load_block,
      .done = block_loaded,
      .data = request,
      .free_data = (GDestroyNotify) request_free,
  });
  g_hash_table_insert (self->requests, g_memdup2 (&first, sizeof first), request);
}

/**
 * cot_row_cache_new:
 * @loaded: called on the main thread when rows that were asked for have come
 * @data: for @loaded
 *
 * Returns: (transfer full): an empty cache
 */
CotRowCache *
cot_row_cache_new (CotRowCacheLoaded loaded, gpointer data)
{
  CotRowCache *self = g_new0 (CotRowCache, 1);

  self->blocks = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                                        (GDestroyNotify) row_block_free);
  self->requests = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                          (GDestroyNotify) request_drop);
  self->loaded = loaded;
  self->data = data;
  return self;
}

/**
 * cot_row_cache_free:
 * @self: (transfer full): a cache
 *
 * Frees the cache; nothing is delivered any more. Main thread.
 */
void
cot_row_cache_free (CotRowCache *self)
{
  g_hash_table_unref (self->requests);
  g_hash_table_unref (self->blocks);
  g_free (self);
}

/**
 * cot_row_cache_peek:
 * @self: a cache
 * @snapshot: the entries
 * @ordinal: which entry
 *
 * Never waits: a block that is not there is asked of a worker. Main thread.
 *
 * Returns: (nullable): the row, valid until the main loop runs; %NULL while it is being read
 */
const CotRow *
cot_row_cache_peek (CotRowCache *self, CotSnapshot *snapshot, guint64 ordinal)
{
  guint64 first = ordinal / ROWS_PER_BLOCK * ROWS_PER_BLOCK;
  RowBlock *block = g_hash_table_lookup (self->blocks, &first);

  if (ordinal >= cot_snapshot_get_n_entries (snapshot))
    return NULL;
  if (block == NULL || block->outdated || ordinal - first >= block->n)
    request_block (self, snapshot, first);
  if (block == NULL || ordinal - first >= block->n)
    return NULL;
  block->last_use = ++self->clock;
  return &block->rows[ordinal - first];
}

/**
 * cot_row_cache_outdate:
 * @self: a cache
 * @ordinal: the first entry that may read differently now
 *
 * Main thread.
 */
void
cot_row_cache_outdate (CotRowCache *self, guint64 ordinal)
{
  GHashTableIter iter;
  RowBlock *block;
  Request *request;

  g_hash_table_iter_init (&iter, self->blocks);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &block))
    if (block->first + ROWS_PER_BLOCK > ordinal)
      block->outdated = TRUE;
  /* What a worker reads for such a block just now comes from the older snapshot. */
  g_hash_table_iter_init (&iter, self->requests);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &request))
    if (request->first + ROWS_PER_BLOCK > ordinal)
      request->outdated = TRUE;
}
