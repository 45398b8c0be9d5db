/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-find.h"

#include "cot-finder.h"
#include "cot-job.h"

#include <string.h>

/* How many entries are looked at between two reports. */
#define ENTRIES_PER_STEP 262144

struct _CotFind
{
  GObject parent_instance;

  CotLog *log;
  CotPattern *pattern;
  CotPatternScratch *scratch; /* of the main thread */
  CotBitset *matches;
  guint64 n_searched;
  guint64 searched_bytes; /* of the newest generation, to see a last entry that went on */
  guint64 n_too_slow;
  CotJob *job; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (CotFind, cot_find, G_TYPE_OBJECT)

typedef struct
{
  CotFind *find;
  CotPattern *pattern;
  CotSnapshot *snapshot;
  guint64 first;
} Search;

/* What a pass has found up to a point. */
typedef struct
{
  CotBitset *matches;
  guint64 first;
  guint64 n_searched;
  guint64 n_too_slow;
} Results;

static void start (CotFind *self);

static void
search_free (Search *search)
{
  cot_pattern_unref (search->pattern);
  cot_snapshot_unref (search->snapshot);
  g_free (search);
}

static void
results_free (Results *results)
{
  cot_bitset_unref (results->matches);
  g_free (results);
}

static Results *
results_copy (const Results *results)
{
  Results *copy = g_memdup2 (results, sizeof *results);

  copy->matches = cot_bitset_copy (results->matches);
  return copy;
}

static gpointer
search_log (CotJob *job, gpointer data, GError **error)
{
  Search *search = data;
  guint64 n_entries = cot_snapshot_get_n_entries (search->snapshot);
  Results *results = g_new0 (Results, 1);

  results->matches = cot_bitset_new ();
  results->first = search->first;
  results->n_searched = search->first;
  while (results->n_searched < n_entries)
    {
      guint64 n = MIN ((guint64) ENTRIES_PER_STEP, n_entries - results->n_searched);

      if (!cot_finder_run (search->pattern, search->snapshot, results->n_searched, n,
                           results->matches, &results->n_too_slow, NULL, NULL,
                           cot_job_get_cancellable (job), error))
        break;
      results->n_searched += n;
      if (results->n_searched < n_entries)
        cot_job_report (job, results_copy (results));
    }
  return results;
}

static void
take_results (CotFind *self, Results *results)
{
  cot_bitset_union (self->matches, results->matches);
  self->n_searched = results->n_searched;
  g_signal_emit_by_name (self, "changed");
}

static void
report_cb (CotJob *job, gpointer report, gpointer data)
{
  Search *search = data;

  take_results (search->find, report);
}

static guint64
newest_size (CotSnapshot *snapshot)
{
  guint n = cot_snapshot_get_n_generations (snapshot);

  return n == 0 ? 0 : cot_snapshot_get_generation (snapshot, n - 1)->size_bytes;
}

static gboolean
has_unsearched (CotFind *self)
{
  CotSnapshot *snapshot = cot_log_get_snapshot (self->log);

  return cot_snapshot_get_n_entries (snapshot) != self->n_searched
         || newest_size (snapshot) != self->searched_bytes;
}

static void
done_cb (CotJob *job, gpointer result, const GError *error, gpointer data)
{
  Search *search = data;
  g_autoptr (CotFind) self = g_object_ref (search->find); /* "changed" may drop it */
  Results *results = result;

  g_clear_pointer (&self->job, cot_job_unref);
  self->n_too_slow += results->n_too_slow;
  self->searched_bytes = newest_size (search->snapshot);
  take_results (self, results);
  /* An entry that could not be read is not searched again until the log changes. */
  if (error == NULL && self->log != NULL && self->job == NULL && has_unsearched (self))
    start (self);
}

static void
start (CotFind *self)
{
  Search *search = g_new0 (Search, 1);

  search->find = self;
  search->pattern = cot_pattern_ref (self->pattern);
  search->snapshot = cot_snapshot_ref (cot_log_get_snapshot (self->log));
  /* The last entry may have been half written when it was searched. */
  search->first = self->n_searched == 0 ? 0 : self->n_searched - 1;
  cot_bitset_remove (self->matches, search->first);
  self->job = cot_job_start (&(CotJobFunctions){
      .work = search_log,
      .report = report_cb,
      .done = done_cb,
      .free_report = (GDestroyNotify) results_free,
      .free_result = (GDestroyNotify) results_free,
      .data = search,
      .free_data = (GDestroyNotify) search_free,
  });
}

static void
log_changed_cb (CotFind *self)
{
  if (self->job == NULL && has_unsearched (self))
    start (self);
}

static void
cot_find_dispose (GObject *object)
{
  CotFind *self = COT_FIND (object);

  if (self->job != NULL)
    {
      cot_job_cancel (self->job);
      g_clear_pointer (&self->job, cot_job_unref);
    }
  if (self->log != NULL)
    g_signal_handlers_disconnect_by_data (self->log, self);
  g_clear_object (&self->log);
  G_OBJECT_CLASS (cot_find_parent_class)->dispose (object);
}

static void
cot_find_finalize (GObject *object)
{
  CotFind *self = COT_FIND (object);

  g_clear_pointer (&self->pattern, cot_pattern_unref);
  g_clear_pointer (&self->scratch, cot_pattern_scratch_free);
  g_clear_pointer (&self->matches, cot_bitset_unref);
  G_OBJECT_CLASS (cot_find_parent_class)->finalize (object);
}

static void
cot_find_class_init (CotFindClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cot_find_dispose;
  object_class->finalize = cot_find_finalize;
  g_signal_new ("changed", COT_TYPE_FIND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cot_find_init (CotFind *self)
{
  self->scratch = cot_pattern_scratch_new ();
  self->matches = cot_bitset_new ();
}

/**
 * cot_find_new:
 * @log: where to look
 * @text: what to look for
 * @flags: how it is meant
 * @error: COT_QUERY_ERROR
 *
 * Starts looking at once, on a worker. Dropping the object ends it. Main thread.
 *
 * Returns: (transfer full): a search
 */
CotFind *
cot_find_new (CotLog *log, const char *text, CotPatternFlags flags, GError **error)
{
  g_autoptr (CotPattern) pattern = cot_pattern_new (text, flags, error);
  CotFind *self;

  if (pattern == NULL)
    return NULL;
  self = g_object_new (COT_TYPE_FIND, NULL);
  self->pattern = g_steal_pointer (&pattern);
  self->log = g_object_ref (log);
  g_signal_connect_swapped (log, "changed", G_CALLBACK (log_changed_cb), self);
  start (self);
  return self;
}

/**
 * cot_find_get_n_matches:
 * @self: a search
 *
 * Returns: the number of entries found so far
 */
guint64
cot_find_get_n_matches (CotFind *self)
{
  return cot_bitset_get_size (self->matches);
}

/**
 * cot_find_get_running:
 * @self: a search
 *
 * Returns: whether a worker is still looking
 */
gboolean
cot_find_get_running (CotFind *self)
{
  return self->job != NULL;
}

/**
 * cot_find_get_n_too_slow:
 * @self: a search
 *
 * Returns: on how many entries the pattern reached a limit, so that it is not known whether they
 *   match
 */
guint64
cot_find_get_n_too_slow (CotFind *self)
{
  return self->n_too_slow;
}

/**
 * cot_find_get_matches:
 * @self: a search
 *
 * Returns: (transfer none): the ordinals found so far
 */
CotBitset *
cot_find_get_matches (CotFind *self)
{
  return self->matches;
}

/**
 * cot_find_step:
 * @self: a search
 * @from: the entry to go on from; itself left out
 * @forward: which way
 * @ordinal: (out): the match
 * @wrapped: (out): whether the end (or the beginning) was passed
 * @index: (out) (optional): the 0-based number of the match
 *
 * Main thread.
 *
 * Returns: whether there is a match
 */
gboolean
cot_find_step (CotFind *self, guint64 from, gboolean forward, guint64 *ordinal, gboolean *wrapped,
               guint64 *index)
{
  gboolean found;

  *wrapped = FALSE;
  if (forward)
    found = cot_bitset_next (self->matches, from + 1, ordinal);
  else
    found = from > 0 && cot_bitset_previous (self->matches, from - 1, ordinal);
  if (!found)
    {
      *wrapped = TRUE;
      found = forward ? cot_bitset_next (self->matches, 0, ordinal)
                      : cot_bitset_previous (self->matches, G_MAXUINT64, ordinal);
    }
  if (found && index != NULL)
    *index = cot_bitset_get_rank (self->matches, *ordinal);
  return found;
}

/**
 * cot_find_mark:
 * @self: a search
 * @text: a row's message
 * @pairs: (out caller-allocates): places as (start, end) in bytes
 * @max_pairs: how many pairs @pairs has room for
 *
 * Main thread; the text of a row is short.
 *
 * Returns: the number of pairs
 */
guint
cot_find_mark (CotFind *self, const char *text, gsize *pairs, guint max_pairs)
{
  return cot_finder_mark (self->pattern, self->scratch, text, strlen (text), pairs, max_pairs);
}
