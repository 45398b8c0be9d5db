/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-merge.h"

#include <string.h>

/* A block remembers where each log stood at its start, so that within it the number of a log is all
 * that an entry needs: its ordinal is how often that number came before. */
#define BLOCK_ENTRIES 4096
#define MAX_SNAPSHOTS G_MAXUINT16

/* Keys of a log that are read at once. */
#define KEYS_PER_STEP 256

/* The key of a log that has no time at all: it goes last. */
#define NO_KEY G_MAXINT64

typedef struct
{
  gatomicrefcount ref_count;
  guint n; /* how many entries */
  gint64 latest_before; /* the greatest key of all entries before this block */
  guint64 *bases; /* for each log, the ordinal of its next entry */
  guint16 logs[BLOCK_ENTRIES];
} Block;

struct _CotMerge
{
  gatomicrefcount ref_count;
  GPtrArray *blocks; /* (element-type Block), all but the last one full */
  GPtrArray *snapshots; /* (element-type CotSnapshot) */
  gint16 fallback_bias_minutes; /* of entries whose log says no zone */
  guint64 n_entries;
  guint64 n_kept;
};

/* One log on its way through the merge: the entry that it would give next. */
typedef struct
{
  CotSnapshot *snapshot;
  guint16 number;
  gint16 fallback_bias_minutes;
  guint64 ordinal;
  guint64 n_entries;
  gint64 key; /* of that entry, or of the one that it goes with */
  gint64 keys[KEYS_PER_STEP]; /* COT_TIME_NONE without a time */
  guint64 first_key; /* the ordinal of keys[0] */
  guint n_keys;
} Log;

static Block *
block_new (guint n_logs)
{
  Block *block = g_new (Block, 1);

  g_atomic_ref_count_init (&block->ref_count);
  block->n = 0;
  block->bases = g_new (guint64, n_logs);
  return block;
}

static Block *
block_ref (Block *block)
{
  g_atomic_ref_count_inc (&block->ref_count);
  return block;
}

static void
block_unref (Block *block)
{
  if (!g_atomic_ref_count_dec (&block->ref_count))
    return;
  g_free (block->bases);
  g_free (block);
}

static gint64
read_key (Log *self, guint64 ordinal)
{
  if (ordinal < self->first_key || ordinal - self->first_key >= self->n_keys)
    {
      self->first_key = ordinal;
      self->n_keys = (guint) MIN (self->n_entries - ordinal, (guint64) KEYS_PER_STEP);
      cot_snapshot_get_utc_times (self->snapshot, ordinal, self->n_keys,
                                  self->fallback_bias_minutes, self->keys);
    }
  return self->keys[ordinal - self->first_key];
}

/* Entries before the first one with a time go with that. */
static gint64
find_key_from (Log *self, guint64 ordinal)
{
  for (; ordinal < self->n_entries; ordinal++)
    {
      gint64 key = read_key (self, ordinal);

      if (key != COT_TIME_NONE)
        return key;
    }
  return NO_KEY;
}

/* The key that the entry has in the merge: its own, or that of its predecessor. */
static gint64
find_key (Log *self, guint64 ordinal)
{
  for (guint64 i = ordinal + 1; i > 0; i--)
    {
      gint64 key;

      /* The keys that are read next are those before this one. */
      if (i - 1 < self->first_key || i - 1 - self->first_key >= self->n_keys)
        read_key (self, i > KEYS_PER_STEP ? i - KEYS_PER_STEP : 0);
      key = read_key (self, i - 1);
      if (key != COT_TIME_NONE)
        return key;
    }
  return find_key_from (self, ordinal + 1);
}

static void
advance (Log *self)
{
  gint64 key;

  self->ordinal++;
  if (self->ordinal == self->n_entries)
    return;
  key = read_key (self, self->ordinal);
  if (key != COT_TIME_NONE)
    self->key = key;
}

static gboolean
is_before (const Log *self, const Log *other)
{
  return self->key < other->key || (self->key == other->key && self->number < other->number);
}

/* A heap of logs by what they would give next. */
static void
sift_down (Log **heap, guint n, guint at)
{
  Log *log = heap[at];

  for (guint child = 2 * at + 1; child < n; child = 2 * at + 1)
    {
      if (child + 1 < n && is_before (heap[child + 1], heap[child]))
        child++;
      if (!is_before (heap[child], log))
        break;
      heap[at] = heap[child];
      at = child;
    }
  heap[at] = log;
}

static gint16
find_bias (CotSnapshot *const *snapshots, guint n_snapshots)
{
  for (guint i = 0; i < n_snapshots; i++)
    {
      gint16 bias_minutes;

      if (cot_snapshot_find_bias (snapshots[i], &bias_minutes))
        return bias_minutes;
    }
  return 0;
}

static Block *
begin_block (CotMerge *self, const Log *logs, gint64 latest)
{
  Block *block = block_new (self->snapshots->len);

  for (guint i = 0; i < self->snapshots->len; i++)
    block->bases[i] = logs[i].ordinal;
  block->latest_before = latest;
  g_ptr_array_add (self->blocks, block);
  return block;
}

/* From where the logs stand now to their ends. */
static void
merge (CotMerge *self, Log *logs, gint64 latest)
{
  g_autofree Log **heap = g_new (Log *, self->snapshots->len);
  Block *block = NULL;
  guint n = 0;

  for (guint i = 0; i < self->snapshots->len; i++)
    if (logs[i].ordinal < logs[i].n_entries)
      heap[n++] = &logs[i];
  for (guint i = n / 2; i > 0; i--)
    sift_down (heap, n, i - 1);

  while (n > 0)
    {
      Log *log = heap[0];

      if (block == NULL || block->n == BLOCK_ENTRIES)
        block = begin_block (self, logs, latest);
      block->logs[block->n++] = log->number;
      latest = MAX (latest, log->key);
      advance (log);
      if (log->ordinal == log->n_entries)
        heap[0] = heap[--n];
      if (n > 0)
        sift_down (heap, n, 0);
    }
}

static Log *
logs_new (CotMerge *self)
{
  Log *logs = g_new0 (Log, self->snapshots->len);

  for (guint i = 0; i < self->snapshots->len; i++)
    {
      logs[i].snapshot = g_ptr_array_index (self->snapshots, i);
      logs[i].number = (guint16) i;
      logs[i].fallback_bias_minutes = self->fallback_bias_minutes;
      logs[i].n_entries = cot_snapshot_get_n_entries (logs[i].snapshot);
      self->n_entries += logs[i].n_entries;
    }
  return logs;
}

static CotMerge *
merge_new (CotSnapshot *const *snapshots, guint n_snapshots)
{
  CotMerge *self = g_new0 (CotMerge, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) block_unref);
  self->snapshots = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_snapshot_unref);
  for (guint i = 0; i < n_snapshots; i++)
    g_ptr_array_add (self->snapshots, cot_snapshot_ref (snapshots[i]));
  self->fallback_bias_minutes = find_bias (snapshots, n_snapshots);
  return self;
}

/* What the order was made of, as far as it can have changed: the last entry may have been half
 * written. Its key, and where it is; FALSE where the log is as it was. */
static gboolean
find_change (CotMerge *before, Log *log, guint64 *ordinal, gint64 *key)
{
  CotSnapshot *old = g_ptr_array_index (before->snapshots, log->number);
  guint64 n_before = cot_snapshot_get_n_entries (old);

  if (old == log->snapshot)
    return FALSE;
  *ordinal = n_before > 0 ? n_before - 1 : 0;
  if (*ordinal >= log->n_entries)
    {
      *ordinal = 0;
      *key = G_MININT64;
      return TRUE;
    }
  /* Whatever comes behind that entry, it does not go before it. */
  *key = find_key (log, *ordinal);
  if (cot_snapshot_get_counts (old)->first_time_usec == COT_TIME_NONE)
    *ordinal = 0; /* all went last, or with the first time that has come now */
  return TRUE;
}

/* How many blocks of @before stay as they are. A block stays if no log has changed before its end,
 * and if nothing that is new would have gone before an entry in it. */
static guint
count_kept_blocks (CotMerge *before, Log *logs)
{
  guint n_kept = before->blocks->len;

  for (guint i = 0; i < before->snapshots->len; i++)
    {
      guint64 ordinal;
      gint64 key;

      if (!find_change (before, &logs[i], &ordinal, &key))
        continue;
      /* The state at the start of block n is what has to be right for the first n to stay. */
      n_kept = MIN (n_kept, before->blocks->len - (before->blocks->len > 0));
      while (n_kept > 0)
        {
          const Block *block = g_ptr_array_index (before->blocks, n_kept);

          if (block->bases[i] <= ordinal && block->latest_before < key)
            break;
          n_kept--;
        }
    }
  return n_kept;
}

/**
 * cot_merge_new:
 * @snapshots: (array length=n_snapshots): the logs; where times are equal, earlier ones go first
 * @n_snapshots: how many, at most 65535
 *
 * Puts the entries of several logs in one order. Each log's own order stays as it is, also where
 * its clock went back. Entries without a time go with their predecessor, those before the first
 * time with their successor; a log without any goes last. Reads no file; any thread.
 *
 * Returns: (transfer full): the order
 */
CotMerge *
cot_merge_new (CotSnapshot *const *snapshots, guint n_snapshots)
{
  CotMerge *self;
  g_autofree Log *logs = NULL;

  g_return_val_if_fail (n_snapshots <= MAX_SNAPSHOTS, NULL);

  self = merge_new (snapshots, n_snapshots);
  logs = logs_new (self);
  for (guint i = 0; i < n_snapshots; i++)
    logs[i].key = find_key_from (&logs[i], 0);
  merge (self, logs, G_MININT64);
  return self;
}

/**
 * cot_merge_new_grown:
 * @before: an order of the same logs
 * @snapshots: (array length=n_snapshots): the same logs, of which some went on
 * @n_snapshots: as many as @before has
 *
 * The same as cot_merge_new(), at the cost of what is new where that is later than what was there.
 * Any thread.
 *
 * Returns: (transfer full): the order
 */
CotMerge *
cot_merge_new_grown (CotMerge *before, CotSnapshot *const *snapshots, guint n_snapshots)
{
  g_autoptr (CotMerge) self = NULL;
  g_autofree Log *logs = NULL;
  guint n_kept;
  const Block *state;

  g_return_val_if_fail (n_snapshots == before->snapshots->len, NULL);

  self = merge_new (snapshots, n_snapshots);
  if (self->fallback_bias_minutes != before->fallback_bias_minutes)
    return cot_merge_new (snapshots, n_snapshots);
  logs = logs_new (self);
  n_kept = count_kept_blocks (before, logs);
  if (n_kept == 0)
    return cot_merge_new (snapshots, n_snapshots);
  for (guint i = 0; i < n_kept; i++)
    g_ptr_array_add (self->blocks, block_ref (g_ptr_array_index (before->blocks, i)));
  self->n_kept = MIN ((guint64) n_kept * BLOCK_ENTRIES, before->n_entries);
  if (n_kept == before->blocks->len)
    return g_steal_pointer (&self);
  state = g_ptr_array_index (before->blocks, n_kept);
  for (guint i = 0; i < n_snapshots; i++)
    {
      logs[i].ordinal = state->bases[i];
      if (logs[i].ordinal < logs[i].n_entries)
        logs[i].key = find_key (&logs[i], logs[i].ordinal);
    }
  merge (self, logs, state->latest_before);
  return g_steal_pointer (&self);
}

/**
 * cot_merge_ref:
 * @self: an order
 *
 * Any thread.
 *
 * Returns: (transfer full): the same order
 */
CotMerge *
cot_merge_ref (CotMerge *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * cot_merge_unref:
 * @self: (transfer full): an order
 *
 * Any thread.
 */
void
cot_merge_unref (CotMerge *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->blocks);
  g_ptr_array_unref (self->snapshots);
  g_free (self);
}

/**
 * cot_merge_get_n_entries:
 * @self: an order
 *
 * Returns: the number of entries of all its logs
 */
guint64
cot_merge_get_n_entries (CotMerge *self)
{
  return self->n_entries;
}

/**
 * cot_merge_get_n_kept:
 * @self: an order
 *
 * Returns: how many places at the start are the same as in the order that it was grown from; 0 for
 *   one that was not
 */
guint64
cot_merge_get_n_kept (CotMerge *self)
{
  return self->n_kept;
}

static guint
count_in_block (const Block *block, guint n, guint16 number)
{
  guint count = 0;

  for (guint i = 0; i < n; i++)
    count += block->logs[i] == number;
  return count;
}

/**
 * cot_merge_get:
 * @self: an order
 * @position: a place in it, from 0
 * @snapshot: (out): which log stands there, by its index
 * @ordinal: (out): which of its entries
 */
void
cot_merge_get (CotMerge *self, guint64 position, guint *snapshot, guint64 *ordinal)
{
  const Block *block;
  guint at = (guint) (position % BLOCK_ENTRIES);

  g_return_if_fail (position < self->n_entries);

  block = g_ptr_array_index (self->blocks, position / BLOCK_ENTRIES);
  *snapshot = block->logs[at];
  *ordinal = block->bases[*snapshot] + count_in_block (block, at, block->logs[at]);
}

/* The last block that begins at or before that entry of the log. */
static guint
find_block (CotMerge *self, guint snapshot, guint64 ordinal)
{
  guint first = 0;
  guint n = self->blocks->len;

  while (n > 1)
    {
      guint half = n / 2;
      const Block *block = g_ptr_array_index (self->blocks, first + half);

      if (block->bases[snapshot] <= ordinal)
        {
          first += half;
          n -= half;
        }
      else
        {
          n = half;
        }
    }
  return first;
}

/**
 * cot_merge_get_position:
 * @self: an order
 * @snapshot: the index of a log
 * @ordinal: one of its entries
 *
 * Returns: the place of that entry; the number of all entries where there is no such entry
 */
guint64
cot_merge_get_position (CotMerge *self, guint snapshot, guint64 ordinal)
{
  guint index;
  const Block *block;
  guint64 n_left;

  g_return_val_if_fail (snapshot < self->snapshots->len, self->n_entries);

  if (self->n_entries == 0)
    return 0;
  index = find_block (self, snapshot, ordinal);
  block = g_ptr_array_index (self->blocks, index);
  n_left = ordinal - block->bases[snapshot];
  for (guint i = 0; i < block->n; i++)
    if (block->logs[i] == snapshot && n_left-- == 0)
      return (guint64) index * BLOCK_ENTRIES + i;
  return self->n_entries;
}
