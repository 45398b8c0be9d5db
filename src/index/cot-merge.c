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

/* What was made anew may have come out as it was. */
static void
extend_kept (CotMerge *self, CotMerge *before)
{
  for (guint i = (guint) (self->n_kept / BLOCK_ENTRIES);
       i < MIN (self->blocks->len, before->blocks->len); i++)
    {
      const Block *block = g_ptr_array_index (self->blocks, i);
      const Block *old = g_ptr_array_index (before->blocks, i);
      guint n = MIN (block->n, old->n);
      guint n_same = 0;

      while (n_same < n && block->logs[n_same] == old->logs[n_same])
        n_same++;
      self->n_kept = (guint64) i * BLOCK_ENTRIES + n_same;
      if (n_same < BLOCK_ENTRIES)
        break;
    }
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

static CotMerge *
make_anew (CotMerge *before, CotSnapshot *const *snapshots, guint n_snapshots)
{
  CotMerge *self = cot_merge_new (snapshots, n_snapshots);

  extend_kept (self, before);
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
    return make_anew (before, snapshots, n_snapshots);
  logs = logs_new (self);
  n_kept = count_kept_blocks (before, logs);
  if (n_kept == 0)
    return make_anew (before, snapshots, n_snapshots);
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
  extend_kept (self, before);
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

/**
 * cot_merge_get_logs:
 * @self: an order
 * @first: a place in it, from 0
 * @n: how many places from there on, all of them in it
 * @logs: (out) (array length=n): which logs stand there, by their indices
 *
 * Far faster than cot_merge_get() for each: the entries of a log stand in the order that they have
 * in it, so that who reads from the first place on can count them.
 */
void
cot_merge_get_logs (CotMerge *self, guint64 first, guint n, guint16 *logs)
{
  g_return_if_fail (first + n <= self->n_entries);

  while (n > 0)
    {
      const Block *block = g_ptr_array_index (self->blocks, first / BLOCK_ENTRIES);
      guint at = (guint) (first % BLOCK_ENTRIES);
      guint n_here = MIN (n, BLOCK_ENTRIES - at);

      memcpy (logs, block->logs + at, n_here * sizeof *logs);
      logs += n_here;
      first += n_here;
      n -= n_here;
    }
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

/**
 * cot_merge_get_snapshot:
 * @self: an order
 * @snapshot: the index of a log
 *
 * Returns: (transfer none): the log's entries that it was made of
 */
CotSnapshot *
cot_merge_get_snapshot (CotMerge *self, guint snapshot)
{
  g_return_val_if_fail (snapshot < self->snapshots->len, NULL);

  return g_ptr_array_index (self->snapshots, snapshot);
}

typedef void (*PlaceFunc) (guint16 log, guint64 ordinal, guint64 place, gpointer data);

static void
foreach_place (CotMerge *self, guint64 first, PlaceFunc function, gpointer data)
{
  g_autofree guint64 *ordinals = g_new (guint64, self->snapshots->len);

  for (guint i = (guint) (first / BLOCK_ENTRIES); i < self->blocks->len; i++)
    {
      const Block *block = g_ptr_array_index (self->blocks, i);
      guint64 place = (guint64) i * BLOCK_ENTRIES;

      memcpy (ordinals, block->bases, self->snapshots->len * sizeof *ordinals);
      for (guint j = 0; j < block->n; j++)
        {
          guint16 log = block->logs[j];
          guint64 ordinal = ordinals[log]++;

          if (place + j >= first)
            function (log, ordinal, place + j, data);
        }
    }
}

typedef struct
{
  CotBitset *const *sets;
  CotBitset *into;
  guint64 *wanted; /* for each log, the next one of its set; G_MAXUINT64: none */
} Mapping;

static guint64
find_wanted (CotBitset *set, guint64 from)
{
  guint64 ordinal;

  return set != NULL && cot_bitset_next (set, from, &ordinal) ? ordinal : G_MAXUINT64;
}

static void
map_place (guint16 log, guint64 ordinal, guint64 place, gpointer data)
{
  Mapping *mapping = data;

  if (mapping->wanted[log] > ordinal)
    return;
  if (mapping->wanted[log] < ordinal)
    mapping->wanted[log] = find_wanted (mapping->sets[log], ordinal);
  if (mapping->wanted[log] != ordinal)
    return;
  cot_bitset_add (mapping->into, place);
  mapping->wanted[log] = find_wanted (mapping->sets[log], ordinal + 1);
}

/* Of few it is cheaper to look each one up than to go through all that there is. */
static void
map_few (CotMerge *self, guint log, CotBitset *set, guint64 first, CotBitset *into)
{
  guint64 n_entries = cot_snapshot_get_n_entries (g_ptr_array_index (self->snapshots, log));
  guint64 ordinal;

  for (guint64 from = 0; cot_bitset_next (set, from, &ordinal) && ordinal < n_entries;
       from = ordinal + 1)
    {
      guint64 place = cot_merge_get_position (self, log, ordinal);

      if (place >= first)
        cot_bitset_add (into, place);
    }
}

#define ENTRIES_PER_LOOKUP 1000

/**
 * cot_merge_map:
 * @self: an order
 * @sets: (array): for each log, some of its ordinals; %NULL: none
 * @first: the first place that counts
 * @into: where their places are added
 *
 * Reads no file; any thread.
 */
void
cot_merge_map (CotMerge *self, CotBitset *const *sets, guint64 first, CotBitset *into)
{
  g_autofree guint64 *wanted = g_new (guint64, self->snapshots->len + 1);
  Mapping mapping = { sets, into, wanted };
  guint64 n_members = 0;

  for (guint i = 0; i < self->snapshots->len; i++)
    {
      wanted[i] = find_wanted (sets[i], 0);
      n_members += sets[i] != NULL ? cot_bitset_get_size (sets[i]) : 0;
    }
  if (first >= self->n_entries || n_members == 0)
    return;
  if (n_members > (self->n_entries - first) / ENTRIES_PER_LOOKUP)
    {
      foreach_place (self, first, map_place, &mapping);
      return;
    }
  for (guint i = 0; i < self->snapshots->len; i++)
    if (sets[i] != NULL)
      map_few (self, i, sets[i], first, into);
}

typedef struct
{
  CotMerge *merge;
  CotSeverity severity;
  CotBitset *into;
  guint8 *severities; /* for each log, KEYS_PER_STEP of them */
  guint64 *read_to; /* for each log: the ordinal behind those; 0: none were read */
} SeverityMapping;

static void
map_severity (guint16 log, guint64 ordinal, guint64 place, gpointer data)
{
  SeverityMapping *mapping = data;
  guint8 *severities = mapping->severities + (gsize) log * KEYS_PER_STEP;
  guint64 first = ordinal / KEYS_PER_STEP * KEYS_PER_STEP;
  CotSnapshot *snapshot = g_ptr_array_index (mapping->merge->snapshots, log);

  if (ordinal >= mapping->read_to[log])
    {
      guint64 n = MIN (cot_snapshot_get_n_entries (snapshot) - first, (guint64) KEYS_PER_STEP);

      cot_snapshot_get_severities (snapshot, first, n, severities);
      mapping->read_to[log] = first + n;
    }
  if (severities[ordinal - first] == mapping->severity)
    cot_bitset_add (mapping->into, place);
}

/**
 * cot_merge_map_severity:
 * @self: an order
 * @severity: a severity
 * @first: the first place that counts
 * @into: where the places of entries of that severity are added
 *
 * Reads no file; any thread.
 */
void
cot_merge_map_severity (CotMerge *self, CotSeverity severity, guint64 first, CotBitset *into)
{
  g_autofree guint8 *severities = g_malloc ((gsize) self->snapshots->len * KEYS_PER_STEP + 1);
  g_autofree guint64 *read_to = g_new0 (guint64, self->snapshots->len + 1);
  SeverityMapping mapping = { self, severity, into, severities, read_to };

  foreach_place (self, first, map_severity, &mapping);
}
