/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-time.h"

#include "cot-entry-text.h"
#include "cot-merged-log.h"

#define PLACES_PER_STEP 1024

/**
 * cot_entry_time_read:
 * @snapshot: a snapshot
 * @ordinal: an entry of it
 * @time: (out caller-allocates): its time
 *
 * An entry that says no bias is taken to be in the zone of the last one before it in its log: one
 * file is written by one computer. Any thread.
 *
 * Returns: whether there is such an entry
 */
gboolean
cot_entry_time_read (CotSnapshot *snapshot, guint64 ordinal, CotEntryTime *time)
{
  CotEntryColumns columns;

  if (!cot_snapshot_get (snapshot, ordinal, &columns))
    return FALSE;
  *time = (CotEntryTime){ .time_usec = columns.time_usec, .bias_minutes = columns.bias_minutes };
  if (time->bias_minutes == COT_BIAS_NONE && time->time_usec != COT_TIME_NONE && ordinal > 0)
    time->bias_is_carried
        = cot_snapshot_find_bias_up_to (snapshot, ordinal - 1, &time->bias_minutes);
  return TRUE;
}

/**
 * cot_log_get_entry_time:
 * @self: a log, or a merge
 * @ordinal: an entry
 * @time: (out caller-allocates): its time
 *
 * Main thread; only columns are looked at.
 *
 * Returns: whether there is such an entry
 */
gboolean
cot_log_get_entry_time (CotLog *self, guint64 ordinal, CotEntryTime *time)
{
  guint64 in_log;
  CotLog *log = cot_log_locate (self, ordinal, &in_log);

  return log != NULL && cot_entry_time_read (cot_log_get_snapshot (log), in_log, time);
}

/**
 * cot_entry_time_read_common:
 * @snapshot: a snapshot
 * @ordinal: an entry of it
 * @fallback_bias_minutes: the bias of a log that says none; %COT_BIAS_NONE: its times stay as
 *   written
 *
 * An entry before the first one that says a bias goes by that one: an elapsed time must not have
 * the offset in it. Any thread.
 *
 * Returns: a time to take differences of; %COT_TIME_NONE
 */
gint64
cot_entry_time_read_common (CotSnapshot *snapshot, guint64 ordinal, gint16 fallback_bias_minutes)
{
  CotEntryTime time;

  if (!cot_entry_time_read (snapshot, ordinal, &time) || time.time_usec == COT_TIME_NONE)
    return COT_TIME_NONE;
  if (time.bias_minutes == COT_BIAS_NONE
      && !cot_snapshot_find_bias (snapshot, &time.bias_minutes))
    time.bias_minutes = fallback_bias_minutes;
  return cot_clock_show (time.time_usec, time.bias_minutes, COT_CLOCK_UTC);
}

/* Where one log of a merge is. */
typedef struct
{
  guint64 ordinal; /* of its next entry */
  gint16 bias_minutes; /* what that goes by, where it says none itself */
} LogClock;

struct _CotMergeTimes
{
  CotMerge *merge;
  gint16 fallback_bias_minutes;
  guint64 position; /* of the next entry */
  guint16 logs[PLACES_PER_STEP]; /* of the places around it */
  GArray *clocks; /* (element-type LogClock) of the logs that were met */
};

/**
 * cot_merge_times_new:
 * @merge: a merge
 * @fallback_bias_minutes: the bias of logs that say none; %COT_BIAS_NONE: their times stay as
 *   written
 *
 * Returns: (transfer full): the times of the entries of @merge, from the first one on
 */
CotMergeTimes *
cot_merge_times_new (CotMerge *merge, gint16 fallback_bias_minutes)
{
  CotMergeTimes *self = g_new0 (CotMergeTimes, 1);

  self->merge = cot_merge_ref (merge);
  self->fallback_bias_minutes = fallback_bias_minutes;
  self->clocks = g_array_new (FALSE, FALSE, sizeof (LogClock));
  return self;
}

/**
 * cot_merge_times_free:
 * @self: (transfer full): times
 */
void
cot_merge_times_free (CotMergeTimes *self)
{
  cot_merge_unref (self->merge);
  g_array_unref (self->clocks);
  g_free (self);
}

static LogClock *
get_clock (CotMergeTimes *self, guint index)
{
  while (self->clocks->len <= index)
    {
      CotSnapshot *snapshot = cot_merge_get_snapshot (self->merge, self->clocks->len);
      LogClock clock = { 0 };

      if (!cot_snapshot_find_bias (snapshot, &clock.bias_minutes))
        clock.bias_minutes = self->fallback_bias_minutes;
      g_array_append_val (self->clocks, clock);
    }
  return &g_array_index (self->clocks, LogClock, index);
}

/**
 * cot_merge_times_read_next:
 * @self: times of a merge that has more entries than were read
 *
 * Returns: that of the next entry, as cot_entry_time_read_common() gives it
 */
gint64
cot_merge_times_read_next (CotMergeTimes *self)
{
  guint at = (guint) (self->position % PLACES_PER_STEP);
  CotEntryColumns columns;
  LogClock *clock;

  if (at == 0)
    {
      guint64 n_left = cot_merge_get_n_entries (self->merge) - self->position;

      cot_merge_get_logs (self->merge, self->position,
                          (guint) MIN (n_left, (guint64) PLACES_PER_STEP), self->logs);
    }
  self->position++;
  clock = get_clock (self, self->logs[at]);
  if (!cot_snapshot_get (cot_merge_get_snapshot (self->merge, self->logs[at]), clock->ordinal++,
                         &columns))
    return COT_TIME_NONE;
  if (columns.bias_minutes != COT_BIAS_NONE)
    clock->bias_minutes = columns.bias_minutes;
  return columns.time_usec != COT_TIME_NONE
           ? cot_clock_show (columns.time_usec, clock->bias_minutes, COT_CLOCK_UTC)
           : COT_TIME_NONE;
}

/**
 * cot_log_get_common_time:
 * @self: a log, or a merge
 * @ordinal: an entry
 *
 * Main thread; only columns are looked at.
 *
 * Returns: a time to take differences of; %COT_TIME_NONE
 */
gint64
cot_log_get_common_time (CotLog *self, guint64 ordinal)
{
  CotMergedZones zones = { .bias_minutes = COT_BIAS_NONE };
  guint64 in_log;
  CotLog *log = cot_log_locate (self, ordinal, &in_log);

  if (COT_IS_MERGED_LOG (self))
    cot_merged_log_get_zones (COT_MERGED_LOG (self), &zones);
  return log != NULL ? cot_entry_time_read_common (cot_log_get_snapshot (log), in_log,
                                                   zones.bias_minutes)
                     : COT_TIME_NONE;
}

/**
 * cot_entry_time_is_unknown:
 * @self: a time
 * @mode: whose clock is wanted
 *
 * Returns: whether the wall clock has to stand for it, as its zone is not known
 */
gboolean
cot_entry_time_is_unknown (const CotEntryTime *self, CotClockMode mode)
{
  return mode != COT_CLOCK_WRITTEN && self->time_usec != COT_TIME_NONE
         && self->bias_minutes == COT_BIAS_NONE;
}

/**
 * cot_entry_time_dup_text:
 * @self: a time
 * @mode: whose clock is wanted
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the time; a question mark is behind it where it is the wall
 *   clock for want of a zone; %NULL without a time
 */
char *
cot_entry_time_dup_text (const CotEntryTime *self, CotClockMode mode)
{
  char *text
      = cot_entry_text_dup_time (cot_clock_show (self->time_usec, self->bias_minutes, mode));
  char *marked;

  if (!cot_entry_time_is_unknown (self, mode))
    return text;
  marked = g_strconcat (text, "?", NULL);
  g_free (text);
  return marked;
}
