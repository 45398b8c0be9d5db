/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What holds for one log as for a merge of several: by the logs that it is made of. */

#include "cot-log-private.h"

/**
 * cot_log_get_n_parts:
 * @self: a log
 *
 * Returns: how many logs it is made of: 1, or as many as are on in a merge
 */
guint
cot_log_get_n_parts (CotLog *self)
{
  return COT_LOG_GET_CLASS (self)->get_n_parts (self);
}

/**
 * cot_log_get_part:
 * @self: a log
 * @index: below cot_log_get_n_parts()
 *
 * Returns: (transfer none): one of the logs that it is made of
 */
CotLog *
cot_log_get_part (CotLog *self, guint index)
{
  return COT_LOG_GET_CLASS (self)->get_part (self, index);
}

/**
 * cot_log_locate:
 * @self: a log
 * @ordinal: an entry
 * @ordinal_in_log: (out): which entry of the log that is returned
 *
 * Main thread.
 *
 * Returns: (transfer none) (nullable): the log that the entry is of: @self, or one of a merge;
 *   %NULL beyond the end of a merge
 */
CotLog *
cot_log_locate (CotLog *self, guint64 ordinal, guint64 *ordinal_in_log)
{
  return COT_LOG_GET_CLASS (self)->locate (self, ordinal, ordinal_in_log);
}

/**
 * cot_log_find_place:
 * @self: a log
 * @log: a log that may be in it, or be it
 * @ordinal: an entry of @log
 * @place: (out): the ordinal that the entry has in @self
 *
 * Main thread.
 *
 * Returns: whether it is there, by now
 */
gboolean
cot_log_find_place (CotLog *self, CotLog *log, guint64 ordinal, guint64 *place)
{
  return COT_LOG_GET_CLASS (self)->find_place (self, log, ordinal, place);
}

/**
 * cot_log_get_columns:
 * @self: a log
 * @ordinal: an entry
 * @columns: (out): what the index knows of it
 *
 * Returns: %FALSE beyond the end
 */
gboolean
cot_log_get_columns (CotLog *self, guint64 ordinal, CotEntryColumns *columns)
{
  guint64 in_log;
  CotLog *log = cot_log_locate (self, ordinal, &in_log);

  return log != NULL && cot_snapshot_get (cot_log_get_snapshot (log), in_log, columns);
}

/**
 * cot_log_get_n_seams:
 * @self: a log
 *
 * Returns: between how many neighbouring entries a newer part of a log begins
 */
guint
cot_log_get_n_seams (CotLog *self)
{
  return COT_LOG_GET_CLASS (self)->get_n_seams (self);
}

/**
 * cot_log_get_seam:
 * @self: a log
 * @index: below cot_log_get_n_seams()
 *
 * Returns: the ordinal of the first entry below the seam; they ascend
 */
guint64
cot_log_get_seam (CotLog *self, guint index)
{
  return COT_LOG_GET_CLASS (self)->get_seam (self, index);
}

/**
 * cot_log_can_follow:
 * @self: a log
 *
 * Returns: whether it is a file that may change: new entries are added, and where its rows were
 *   made of all of it the event says that they are outdated. Of a merge: whether one of its logs is
 */
gboolean
cot_log_can_follow (CotLog *self)
{
  for (guint i = 0; i < cot_log_get_n_parts (self); i++)
    if (cot_log_get_part (self, i)->path != NULL)
      return TRUE;
  return FALSE;
}

/**
 * cot_log_set_following:
 * @self: a log
 * @following: whether new entries are read as they are written
 *
 * Where it is a file that may change. Main thread.
 */
void
cot_log_set_following (CotLog *self, gboolean following)
{
  COT_LOG_GET_CLASS (self)->set_following (self, following);
}

/**
 * cot_log_stop_following_alone:
 * @self: a log whose own tab was closed
 *
 * What was asked of it by cot_log_set_following() is not wanted any more; merges that have it
 * switched on follow it still. Main thread.
 */
void
cot_log_stop_following_alone (CotLog *self)
{
  cot_log_set_follower (self, self, FALSE);
}

/**
 * cot_log_get_following:
 * @self: a log
 *
 * Returns: whether new entries are read, of some log at least
 */
gboolean
cot_log_get_following (CotLog *self)
{
  for (guint i = 0; i < cot_log_get_n_parts (self); i++)
    if (cot_document_get_following (cot_log_get_part (self, i)->document))
      return TRUE;
  return FALSE;
}

/**
 * cot_log_set_paused:
 * @self: a log that is followed
 * @paused: whether what is shown stays as it is
 *
 * Main thread.
 */
void
cot_log_set_paused (CotLog *self, gboolean paused)
{
  COT_LOG_GET_CLASS (self)->set_paused (self, paused);
}

/**
 * cot_log_get_paused:
 * @self: a log
 *
 * Returns: whether what is shown of it, or of one of its logs, stays as it is
 */
gboolean
cot_log_get_paused (CotLog *self)
{
  for (guint i = 0; i < cot_log_get_n_parts (self); i++)
    if (cot_document_get_paused (cot_log_get_part (self, i)->document))
      return TRUE;
  return FALSE;
}

/**
 * cot_log_get_n_held_back:
 * @self: a log
 *
 * Returns: how many new entries came while it was paused
 */
guint64
cot_log_get_n_held_back (CotLog *self)
{
  guint64 n = 0;

  for (guint i = 0; i < cot_log_get_n_parts (self); i++)
    n += cot_document_get_n_held_back (cot_log_get_part (self, i)->document);
  return n;
}

/**
 * cot_log_check_now:
 * @self: a log that is followed
 *
 * Looks for new entries without waiting for the next time. Main thread.
 */
void
cot_log_check_now (CotLog *self)
{
  for (guint i = 0; i < cot_log_get_n_parts (self); i++)
    cot_document_check_now (cot_log_get_part (self, i)->document);
}

/**
 * cot_log_get_stopped:
 * @self: a log
 *
 * Returns: whether its reading, or that of one of the logs of a merge, was given up before it was
 *   done
 */
gboolean
cot_log_get_stopped (CotLog *self)
{
  for (guint i = 0; i < cot_log_get_n_parts (self); i++)
    if (cot_log_get_part (self, i)->is_stopped)
      return TRUE;
  return FALSE;
}

/**
 * cot_log_is_blank:
 * @self: a log
 *
 * Returns: whether nobody wrote anything of it: its bytes are zeros, or the mark of its encoding
 */
gboolean
cot_log_is_blank (CotLog *self)
{
  const CotSnapshotCounts *counts = cot_log_get_counts (self);

  return counts->n_blank == counts->n_entries;
}

/**
 * cot_log_get_n_written:
 * @self: a log
 *
 * Returns: how many entries it has, for people: none where it is blank
 */
guint64
cot_log_get_n_written (CotLog *self)
{
  return cot_log_is_blank (self) ? 0 : cot_log_get_n_entries (self);
}

/**
 * cot_log_get_zero_bytes:
 * @self: a log
 * @all_bytes: (out): of how many bytes
 *
 * Returns: how many bytes of it are zeros in a row, where a text would stand; 0 for a merge
 */
guint64
cot_log_get_zero_bytes (CotLog *self, guint64 *all_bytes)
{
  CotSnapshot *snapshot = cot_log_get_snapshot (self);

  *all_bytes = 0;
  for (guint i = 0; i < cot_snapshot_get_n_generations (snapshot); i++)
    *all_bytes += cot_snapshot_get_generation (snapshot, i)->size_bytes;
  return cot_snapshot_get_counts (snapshot)->zero_bytes;
}

/**
 * cot_log_is_no_text:
 * @self: a log
 *
 * Returns: whether it looks like no log, but like a program, or like packed or encrypted data
 */
gboolean
cot_log_is_no_text (CotLog *self)
{
  CotSnapshot *snapshot = cot_log_get_snapshot (self);
  guint n = cot_snapshot_get_n_generations (snapshot);

  return n > 0 && cot_snapshot_get_generation (snapshot, n - 1)->is_no_text;
}

/**
 * cot_log_get_n_moved:
 * @self: a log
 * @clock_usec: (out): by how much the clock of one of them is moved; untouched where there is none
 *
 * Returns: of how many logs, those of a merge or itself, the clock is moved
 */
guint
cot_log_get_n_moved (CotLog *self, gint64 *clock_usec)
{
  guint n = 0;

  for (guint i = 0; i < cot_log_get_n_parts (self); i++)
    {
      const CotReadAs *read_as = cot_log_get_read_as (cot_log_get_part (self, i));

      if (read_as->clock_usec == 0)
        continue;
      *clock_usec = read_as->clock_usec;
      n++;
    }
  return n;
}
