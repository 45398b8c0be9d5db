/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-merged-log-private.h"

/* What a merge does in another way than one log. */

static CotMergedMember *
get_on (CotMergedLog *self, guint index)
{
  return g_ptr_array_index (self->on, index);
}

static guint
count_in_state (CotMergedLog *self, CotDocumentState state)
{
  guint n = 0;

  for (guint i = 0; i < self->on->len; i++)
    n += cot_log_get_state (get_on (self, i)->log) == state;
  return n;
}

gboolean
cot_merged_log_is_being_read (CotMergedLog *self)
{
  return count_in_state (self, COT_DOCUMENT_NEW) > 0
         || count_in_state (self, COT_DOCUMENT_LOADING) > 0;
}

static void
merged_set_following (CotLog *log, gboolean following)
{
  CotMergedLog *self = COT_MERGED_LOG (log);

  self->following = following;
  if (!following)
    self->paused = FALSE;
  for (guint i = 0; i < self->on->len; i++)
    if (following)
      cot_log_set_follower (get_on (self, i)->log, self, TRUE);
    else
      cot_log_set_following (get_on (self, i)->log, FALSE);
}

static void
merged_set_paused (CotLog *log, gboolean paused)
{
  CotMergedLog *self = COT_MERGED_LOG (log);

  self->paused = paused && self->following;
  for (guint i = 0; i < self->on->len; i++)
    cot_log_set_paused (get_on (self, i)->log, paused);
}

static guint
merged_get_n_parts (CotLog *log)
{
  return COT_MERGED_LOG (log)->on->len;
}

static CotLog *
merged_get_part (CotLog *log, guint index)
{
  return get_on (COT_MERGED_LOG (log), index)->log;
}

static guint64
merged_get_n_entries (CotLog *log)
{
  CotMergedLog *self = COT_MERGED_LOG (log);

  return self->order != NULL ? cot_merge_get_n_entries (self->order->merge) : 0;
}

static CotLog *
merged_locate (CotLog *log, guint64 ordinal, guint64 *ordinal_in_log)
{
  CotMergedLog *self = COT_MERGED_LOG (log);
  guint index;

  if (ordinal >= merged_get_n_entries (log))
    return NULL;
  cot_merge_get (self->order->merge, ordinal, &index, ordinal_in_log);
  return g_ptr_array_index (self->order->logs, index);
}

static gboolean
merged_find_place (CotLog *merged, CotLog *log, guint64 ordinal, guint64 *place)
{
  CotMergedLog *self = COT_MERGED_LOG (merged);

  for (guint i = 0; self->order != NULL && i < self->order->logs->len; i++)
    if (g_ptr_array_index (self->order->logs, i) == log)
      {
        *place = cot_merge_get_position (self->order->merge, i, ordinal);
        return *place < merged_get_n_entries (merged);
      }
  return FALSE;
}

static guint
merged_get_n_seams (CotLog *log)
{
  CotMergedLog *self = COT_MERGED_LOG (log);

  return self->order != NULL ? self->order->seams->len : 0;
}

static guint64
merged_get_seam (CotLog *log, guint index)
{
  return g_array_index (COT_MERGED_LOG (log)->order->seams, guint64, index);
}

static const CotSnapshotCounts *
merged_get_counts (CotLog *log)
{
  CotMergedLog *self = COT_MERGED_LOG (log);

  return self->order != NULL ? &self->order->counts : &self->no_counts;
}

/* What is still to come counts most; then what happens to some of them. */
static CotDocumentState
merged_get_state (CotLog *log)
{
  CotMergedLog *self = COT_MERGED_LOG (log);
  guint n_failed = count_in_state (self, COT_DOCUMENT_FAILED);

  if (self->on->len > 0 && n_failed == self->on->len)
    return COT_DOCUMENT_FAILED;
  if (!self->is_whole || cot_merged_log_is_being_read (self))
    return COT_DOCUMENT_LOADING;
  if (count_in_state (self, COT_DOCUMENT_PAUSED) > 0)
    return COT_DOCUMENT_PAUSED;
  if (count_in_state (self, COT_DOCUMENT_LIVE) > 0)
    return COT_DOCUMENT_LIVE;
  return self->on->len > 0 && count_in_state (self, COT_DOCUMENT_GONE) > 0 ? COT_DOCUMENT_GONE
                                                                           : COT_DOCUMENT_READY;
}

/* Where none can be read: why the first one cannot. */
static const GError *
merged_get_error (CotLog *log)
{
  CotMergedLog *self = COT_MERGED_LOG (log);

  return merged_get_state (log) == COT_DOCUMENT_FAILED ? cot_log_get_error (get_on (self, 0)->log)
                                                       : NULL;
}

static double
merged_get_progress (CotLog *log)
{
  CotMergedLog *self = COT_MERGED_LOG (log);
  double sum = 0;

  for (guint i = 0; i < self->on->len; i++)
    sum += cot_log_get_progress (get_on (self, i)->log);
  return self->on->len > 0 ? sum / self->on->len : 1;
}

static CotBitset *
merged_get_of_severity (CotLog *log, CotSeverity severity)
{
  CotMergedLog *self = COT_MERGED_LOG (log);

  if (self->order == NULL)
    return COT_LOG (self)->known->ordinals; /* empty */
  return severity == COT_SEVERITY_ERROR ? self->order->errors : self->order->warnings;
}

static CotMerge *
merged_get_merge (CotLog *log, GPtrArray **logs)
{
  CotMergedLog *self = COT_MERGED_LOG (log);

  if (self->order == NULL)
    return NULL;
  *logs = self->order->logs;
  return self->order->merge;
}

void
cot_merged_log_init_class (CotLogClass *log_class)
{
  log_class->get_n_parts = merged_get_n_parts;
  log_class->get_part = merged_get_part;
  log_class->locate = merged_locate;
  log_class->find_place = merged_find_place;
  log_class->get_n_seams = merged_get_n_seams;
  log_class->get_seam = merged_get_seam;
  log_class->get_n_entries = merged_get_n_entries;
  log_class->set_following = merged_set_following;
  log_class->set_paused = merged_set_paused;
  log_class->get_counts = merged_get_counts;
  log_class->get_state = merged_get_state;
  log_class->get_error = merged_get_error;
  log_class->get_progress = merged_get_progress;
  log_class->get_of_severity = merged_get_of_severity;
  log_class->get_merge = merged_get_merge;
}
