/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Questions to a log's columns alone: they are in memory, so the main thread may ask them. */

#include "cot-log-private.h"

#include <string.h>

#include "cot-entry-text.h"

#define SEVERITIES_PER_STEP 65536
/* More names than this nobody looks through. */
#define MAX_NAMES 2000

static void
add_severities (const guint8 *severities, guint64 first, guint64 n, guint64 n_entries,
                guint n_slots, guint8 *slots)
{
  for (guint64 i = 0; i < n; i++)
    {
      guint8 flag;

      if (severities[i] < COT_SEVERITY_WARNING)
        continue;
      flag = severities[i] == COT_SEVERITY_ERROR ? COT_LOG_RULER_ERROR : COT_LOG_RULER_WARNING;
      slots[(first + i) * n_slots / n_entries] |= flag;
    }
}

static void
add_set (CotBitset *set, guint8 flag, guint64 n_entries, guint n_slots, guint8 *slots)
{
  for (guint i = 0; i < n_slots; i++)
    {
      /* Entry e stands in slot e * n_slots / n_entries. */
      guint64 first = (i * n_entries + n_slots - 1) / n_slots;
      guint64 end = ((i + 1) * n_entries + n_slots - 1) / n_slots;
      guint64 ordinal;

      if (first < end && cot_bitset_next (set, first, &ordinal) && ordinal < end)
        slots[i] |= flag;
    }
}

static void
add_known (CotBitset *known, CotLogRulerFlags flag, guint64 n_entries, guint n_slots,
           guint8 *slots)
{
  guint64 ordinal;

  for (guint64 from = 0; cot_bitset_next (known, from, &ordinal) && ordinal < n_entries;
       from = ordinal + 1)
    slots[ordinal * n_slots / n_entries] |= (guint8) flag;
}

/**
 * cot_log_get_ruler:
 * @self: a log
 * @n_slots: in how many equal parts the entries are divided
 * @slots: (out caller-allocates) (array length=n_slots): #CotLogRulerFlags of each part
 *
 * Reads the severity column once: some 2 ms for ten million entries. Main thread.
 */
void
cot_log_get_ruler (CotLog *self, guint n_slots, guint8 *slots)
{
  CotSnapshot *snapshot = cot_log_get_snapshot (self);
  guint64 n_entries = cot_log_get_n_entries (self);
  CotBitset *errors = COT_LOG_GET_CLASS (self)->get_of_severity (self, COT_SEVERITY_ERROR);
  g_autofree guint8 *severities = NULL;

  memset (slots, 0, n_slots);
  if (n_entries == 0 || n_slots == 0)
    return;
  if (errors != NULL)
    {
      CotBitset *warnings = COT_LOG_GET_CLASS (self)->get_of_severity (self, COT_SEVERITY_WARNING);

      add_set (errors, COT_LOG_RULER_ERROR, n_entries, n_slots, slots);
      add_set (warnings, COT_LOG_RULER_WARNING, n_entries, n_slots, slots);
      add_set (cot_log_get_known (self), COT_LOG_RULER_FINDING, n_entries, n_slots, slots);
      add_set (cot_log_get_known_problems (self, COT_SEVERITY_WARNING),
               COT_LOG_RULER_KNOWN_WARNING, n_entries, n_slots, slots);
      add_set (cot_log_get_known_problems (self, COT_SEVERITY_ERROR), COT_LOG_RULER_KNOWN_ERROR,
               n_entries, n_slots, slots);
      return;
    }
  severities = g_malloc (SEVERITIES_PER_STEP);
  for (guint64 first = 0; first < n_entries; first += SEVERITIES_PER_STEP)
    {
      guint64 n = MIN ((guint64) SEVERITIES_PER_STEP, n_entries - first);

      cot_snapshot_get_severities (snapshot, first, n, severities);
      add_severities (severities, first, n, n_entries, n_slots, slots);
    }
  add_known (cot_log_get_known (self), COT_LOG_RULER_FINDING, n_entries, n_slots, slots);
  add_known (cot_log_get_known_problems (self, COT_SEVERITY_WARNING), COT_LOG_RULER_KNOWN_WARNING,
             n_entries, n_slots, slots);
  add_known (cot_log_get_known_problems (self, COT_SEVERITY_ERROR), COT_LOG_RULER_KNOWN_ERROR,
             n_entries, n_slots, slots);
}

static gboolean
search_forward (CotSnapshot *snapshot, CotSeverity severity, guint64 from, guint8 *severities,
                guint64 *ordinal)
{
  guint64 n_entries = cot_snapshot_get_n_entries (snapshot);

  for (guint64 first = from; first < n_entries; first += SEVERITIES_PER_STEP)
    {
      guint64 n = MIN ((guint64) SEVERITIES_PER_STEP, n_entries - first);

      cot_snapshot_get_severities (snapshot, first, n, severities);
      for (guint64 i = 0; i < n; i++)
        if (severities[i] == severity)
          {
            *ordinal = first + i;
            return TRUE;
          }
    }
  return FALSE;
}

static gboolean
search_backward (CotSnapshot *snapshot, CotSeverity severity, guint64 end, guint8 *severities,
                 guint64 *ordinal)
{
  while (end > 0)
    {
      guint64 n = MIN ((guint64) SEVERITIES_PER_STEP, end);

      cot_snapshot_get_severities (snapshot, end - n, n, severities);
      for (guint64 i = n; i > 0; i--)
        if (severities[i - 1] == severity)
          {
            *ordinal = end - n + i - 1;
            return TRUE;
          }
      end -= n;
    }
  return FALSE;
}

static gboolean
step_in_set (CotBitset *set, guint64 from, gboolean forward, guint64 *ordinal)
{
  if (forward)
    return cot_bitset_next (set, from + 1, ordinal);
  return from > 0 && cot_bitset_previous (set, from - 1, ordinal);
}

/**
 * cot_log_find_severity:
 * @self: a log
 * @severity: error or warning
 * @from: where to start; itself left out
 * @forward: which way
 * @ordinal: (out): the entry
 *
 * Main thread.
 *
 * Returns: whether there is such an entry
 */
gboolean
cot_log_find_severity (CotLog *self, CotSeverity severity, guint64 from, gboolean forward,
                       guint64 *ordinal)
{
  CotSnapshot *snapshot = cot_log_get_snapshot (self);
  CotBitset *set = COT_LOG_GET_CLASS (self)->get_of_severity (self, severity);
  g_autofree guint8 *severities = NULL;

  if (set != NULL)
    return step_in_set (set, from, forward, ordinal);
  severities = g_malloc (SEVERITIES_PER_STEP);
  if (forward)
    return search_forward (snapshot, severity, from + 1, severities, ordinal);
  return search_backward (snapshot, severity, MIN (from, cot_snapshot_get_n_entries (snapshot)),
                          severities, ordinal);
}

/**
 * cot_log_count_unexplained:
 * @self: a log of a case
 *
 * Main thread.
 *
 * Returns: the number of entries that are errors by their type, and of which no finding tells
 */
guint64
cot_log_count_unexplained (CotLog *self)
{
  guint64 n_errors = cot_log_get_counts (self)->by_severity[COT_SEVERITY_ERROR];

  /* What is known may still be that of a log which was written anew since. */
  return n_errors - MIN (n_errors, self->known->n_errors);
}

/**
 * cot_log_find_unexplained:
 * @self: a log of a case
 * @from: where to start; itself left out; %G_MAXUINT64: before the first entry
 * @ordinal: (out): the entry
 *
 * Main thread.
 *
 * Returns: whether there is another such entry
 */
gboolean
cot_log_find_unexplained (CotLog *self, guint64 from, guint64 *ordinal)
{
  CotSnapshot *snapshot = cot_log_get_snapshot (self);
  guint64 n_entries = cot_snapshot_get_n_entries (snapshot);
  g_autofree guint8 *severities = g_malloc (SEVERITIES_PER_STEP);

  for (guint64 first = from + 1; first < n_entries; first += SEVERITIES_PER_STEP)
    {
      guint64 n = MIN ((guint64) SEVERITIES_PER_STEP, n_entries - first);

      cot_snapshot_get_severities (snapshot, first, n, severities);
      for (guint64 i = 0; i < n; i++)
        if (severities[i] == COT_SEVERITY_ERROR
            && !cot_bitset_contains (self->known->ordinals, first + i))
          {
            *ordinal = first + i;
            return TRUE;
          }
    }
  return FALSE;
}

/**
 * cot_log_add_names:
 * @self: a log of its own
 * @names: which
 * @into: (element-type utf8): set of names, which it owns
 *
 * Main thread.
 */
void
cot_log_add_names (CotLog *self, CotSnapshotNames names, GHashTable *into)
{
  CotSnapshot *snapshot = cot_log_get_snapshot (self);
  CotStrings *strings = names == COT_SNAPSHOT_COMPONENTS ? cot_snapshot_get_components (snapshot)
                        : names == COT_SNAPSHOT_ORIGINS  ? cot_snapshot_get_origins (snapshot)
                                                         : cot_snapshot_get_threads (snapshot);
  guint n = MIN (cot_strings_get_n (strings), MAX_NAMES);
  guint n_generations = cot_snapshot_get_n_generations (snapshot);
  CotEncoding encoding;

  if (n_generations == 0)
    return;
  encoding = cot_snapshot_get_generation (snapshot, n_generations - 1)->encoding;
  /* 0 is no name. */
  for (guint id = 1; id < n; id++)
    {
      CotSpan span;

      span.data = cot_strings_get (strings, (guint16) id, &span.length_bytes);
      g_hash_table_add (into, cot_entry_text_dup_written (encoding, span));
    }
}
