/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-merge.h"

/* A place in the merged order: the log in the upper bits, the ordinal in the lower ones. */
#define ORDINAL_BITS 48
#define MAX_SNAPSHOTS (1u << (64 - ORDINAL_BITS))

struct _CotMerge
{
  guint64 *places;
  guint64 n_entries;
};

/* One log on its way through the merge: the entry that it would give next. */
typedef struct
{
  CotSnapshot *snapshot;
  guint number;
  guint64 ordinal;
  guint64 n_entries;
  gint64 wall_usec; /* its own time, or that of the entry it goes with */
  gint64 utc_usec; /* COT_TIME_NONE without a bias */
} Log;

static gboolean
take_time (Log *self, const CotEntryColumns *columns)
{
  if (columns->time_usec == COT_TIME_NONE)
    return FALSE;
  self->wall_usec = columns->time_usec;
  self->utc_usec = columns->bias_minutes != COT_BIAS_NONE
                       ? columns->time_usec + (gint64) columns->bias_minutes * 60 * G_USEC_PER_SEC
                       : COT_TIME_NONE;
  return TRUE;
}

/* Entries before the first one with a time go with that; a log without any goes last. */
static void
begin_log (Log *self)
{
  CotEntryColumns columns;

  self->wall_usec = G_MAXINT64;
  self->utc_usec = COT_TIME_NONE;
  for (guint64 i = 0; i < self->n_entries; i++)
    if (cot_snapshot_get (self->snapshot, i, &columns) && take_time (self, &columns))
      return;
}

static void
advance_log (Log *self)
{
  CotEntryColumns columns;

  self->ordinal++;
  if (self->ordinal < self->n_entries
      && cot_snapshot_get (self->snapshot, self->ordinal, &columns))
    take_time (self, &columns);
}

static gboolean
is_earlier (const Log *self, const Log *other)
{
  if (self->utc_usec != COT_TIME_NONE && other->utc_usec != COT_TIME_NONE)
    return self->utc_usec < other->utc_usec;
  return self->wall_usec < other->wall_usec;
}

/* The comparison is no order over all logs (two may have a bias that the third has not), so every
 * log is asked, in their order: the result depends on nothing else. */
static Log *
find_earliest (Log *logs, guint n_logs)
{
  Log *earliest = &logs[0];

  for (guint i = 1; i < n_logs; i++)
    if (is_earlier (&logs[i], earliest))
      earliest = &logs[i];
  return earliest;
}

/**
 * cot_merge_new:
 * @snapshots: (array length=n_snapshots): the logs; where times are equal, earlier ones go first
 * @n_snapshots: how many
 *
 * Puts the entries of several logs in one order. Each log's own order stays as it is, also where
 * its clock went back. Entries without a time go with their predecessor, those before the first
 * time with their successor. Reads no file; any thread.
 *
 * Returns: (transfer full): the order
 */
CotMerge *
cot_merge_new (CotSnapshot *const *snapshots, guint n_snapshots)
{
  CotMerge *self = g_new0 (CotMerge, 1);
  g_autofree Log *logs = NULL;
  guint n_logs = 0;
  guint64 n = 0;

  g_return_val_if_fail (n_snapshots <= MAX_SNAPSHOTS, self);

  logs = g_new0 (Log, n_snapshots);
  for (guint i = 0; i < n_snapshots; i++)
    {
      Log *log = &logs[n_logs];

      log->snapshot = snapshots[i];
      log->number = i;
      log->n_entries = cot_snapshot_get_n_entries (snapshots[i]);
      self->n_entries += log->n_entries;
      begin_log (log);
      n_logs += log->n_entries > 0;
    }

  self->places = g_new (guint64, self->n_entries);
  while (n_logs > 0)
    {
      Log *log = find_earliest (logs, n_logs);

      self->places[n++] = (guint64) log->number << ORDINAL_BITS | log->ordinal;
      advance_log (log);
      if (log->ordinal == log->n_entries)
        {
          n_logs--;
          for (; log < logs + n_logs; log++)
            log[0] = log[1];
        }
    }
  return self;
}

/**
 * cot_merge_free:
 * @self: (nullable) (transfer full): an order
 */
void
cot_merge_free (CotMerge *self)
{
  if (self == NULL)
    return;
  g_free (self->places);
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
 * cot_merge_get:
 * @self: an order
 * @position: a place in it, from 0
 * @snapshot: (out): which log stands there, by its index
 * @ordinal: (out): which of its entries
 */
void
cot_merge_get (CotMerge *self, guint64 position, guint *snapshot, guint64 *ordinal)
{
  g_return_if_fail (position < self->n_entries);

  *snapshot = (guint) (self->places[position] >> ORDINAL_BITS);
  *ordinal = self->places[position] & ((G_GUINT64_CONSTANT (1) << ORDINAL_BITS) - 1);
}
