/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose the logs are that a case tells of, where they are not all of one computer. */

#include "cot-case-private.h"
#include "cot-client-names.h"

/* More lines of one finding need not be compared to see that it is another one. */
#define MAX_EVIDENCE 200

/**
 * cot_case_get_log_side:
 * @self: a case
 * @log: one of its logs
 * @side: (out): who writes such a log
 *
 * Main thread.
 *
 * Returns: whether the catalogue has the log
 */
gboolean
cot_case_get_log_side (CotCase *self, CotLog *log, CotLogSide *side)
{
  const CotLogFile *file = self->knowledge != NULL
                               ? cot_knowledge_find_log_file (self->knowledge,
                                                              cot_log_get_label (log))
                               : NULL;

  if (file == NULL)
    return FALSE;
  *side = file->side;
  return TRUE;
}

static gboolean
has_both_sides (CotCase *self)
{
  gboolean client = FALSE;
  gboolean server = FALSE;

  for (guint i = 0; i < self->logs->len && !(client && server); i++)
    {
      const CotCaseItem *item = g_ptr_array_index (self->logs, i);
      CotLogSide side;

      if (cot_log_is_of_server (self->knowledge, cot_log_get_label (item->log)))
        server = TRUE;
      else if (cot_case_get_log_side (self, item->log, &side))
        client |= side == COT_LOG_SIDE_CLIENT;
    }
  return client && server;
}

/**
 * cot_case_is_of_both_sides:
 * @self: a case
 *
 * A device and its management point in one folder: no name tells their logs apart. Each row and
 * card of a finding asks: all logs are looked at only where there are others than before. Main
 * thread.
 *
 * Returns: whether there are logs of the client and of a server, and no computers that they are
 *   told by
 */
gboolean
cot_case_is_of_both_sides (CotCase *self)
{
  if (self->knowledge == NULL || cot_case_get_n_devices (self) > 1)
    return FALSE;
  if (self->sides == COT_CASE_SIDES_UNKNOWN)
    self->sides = has_both_sides (self) ? COT_CASE_SIDES_BOTH : COT_CASE_SIDES_ONE;
  return self->sides == COT_CASE_SIDES_BOTH;
}

static char *
dup_line_key (const CotDetector *detector, CotLog *log, guint64 ordinal)
{
  return g_strdup_printf ("%p/%p/%" G_GUINT64_FORMAT, (gconstpointer) detector, (gpointer) log,
                          ordinal);
}

/**
 * cot_case_find_repeated:
 * @self: a case
 *
 * What a server wrote is told of the server, and of each of its clients that it explains something
 * of. Who counts must count it once. Main thread.
 *
 * Returns: (transfer full) (element-type CotFinding): a set: those with a line of which the same
 *   was said before
 */
GHashTable *
cot_case_find_repeated (CotCase *self)
{
  GHashTable *repeated = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = cot_case_get_n_devices (self) > 1 ? cot_case_get_n_findings (self) : 0;

  for (guint i = 0; i < n; i++)
    {
      CotFinding *finding = cot_case_get_finding (self, i);
      CotLog *log;
      guint64 ordinal;

      for (guint j = 0;
           j < MAX_EVIDENCE && cot_case_get_evidence (self, finding, j, &log, &ordinal); j++)
        if (!g_hash_table_add (told, dup_line_key (finding->detector, log, ordinal)))
          g_hash_table_add (repeated, finding);
    }
  return repeated;
}
