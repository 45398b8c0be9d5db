/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-private.h"
#include "cot-merged-log.h"

/**
 * cot_log_begin_moment:
 *
 * Main thread.
 *
 * Returns: a moment that no log has noted
 */
guint
cot_log_begin_moment (void)
{
  static guint newest;

  return ++newest;
}

static const CotLogMoment *
find (CotLog *self, guint moment)
{
  for (guint i = self->moments != NULL ? self->moments->len : 0; i > 0; i--)
    {
      const CotLogMoment *noted = &g_array_index (self->moments, CotLogMoment, i - 1);

      if (noted->moment == moment)
        return noted;
    }
  return NULL;
}

/**
 * cot_log_note_moment:
 * @self: a log or a merge
 * @moment: of cot_log_begin_moment()
 *
 * What is there now was there at the moment, in the logs of a merge that are off, too. Noted once:
 * a log that has noted it keeps what it noted. Main thread.
 */
void
cot_log_note_moment (CotLog *self, guint moment)
{
  CotLogMoment noted;

  if (COT_IS_MERGED_LOG (self))
    {
      for (guint i = 0; i < cot_merged_log_get_n_logs (COT_MERGED_LOG (self)); i++)
        cot_log_note_moment (cot_merged_log_get_log (COT_MERGED_LOG (self), i), moment);
      return;
    }
  if (find (self, moment) != NULL)
    return;
  if (self->moments == NULL)
    self->moments = g_array_new (FALSE, FALSE, sizeof (CotLogMoment));
  noted = (CotLogMoment){ moment, cot_log_get_n_entries (self) };
  g_array_append_val (self->moments, noted);
}

/**
 * cot_log_knows_moment:
 * @self: a log or a merge
 * @moment: a moment
 *
 * Main thread.
 *
 * Returns: whether it was noted, of a merge by one of its logs
 */
gboolean
cot_log_knows_moment (CotLog *self, guint moment)
{
  if (!COT_IS_MERGED_LOG (self))
    return find (self, moment) != NULL;
  for (guint i = 0; i < cot_merged_log_get_n_logs (COT_MERGED_LOG (self)); i++)
    if (find (cot_merged_log_get_log (COT_MERGED_LOG (self), i), moment) != NULL)
      return TRUE;
  return FALSE;
}

/**
 * cot_log_get_first_after:
 * @self: a log, no merge
 * @moment: a moment
 *
 * Entries are only ever appended, also where the log begins anew. Main thread.
 *
 * Returns: the ordinal of the first entry that was not there; 0 where nothing was noted
 */
guint64
cot_log_get_first_after (CotLog *self, guint moment)
{
  const CotLogMoment *noted = find (self, moment);

  return noted != NULL ? noted->n_entries : 0;
}
