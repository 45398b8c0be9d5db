/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-find.h"

#include "cot-finder.h"
#include "cot-query.h"

#include <string.h>

struct _CotFind
{
  GObject parent_instance;

  CotQuery *query;
  CotPattern *pattern;
  CotFilterColumns columns;
  CotPatternScratch *scratch; /* of the main thread */
};

G_DEFINE_FINAL_TYPE (CotFind, cot_find, G_TYPE_OBJECT)

static gboolean
run_pattern (gpointer question, CotSnapshot *snapshot, guint64 first, guint64 n, CotBitset *into,
             guint64 *n_too_slow, GCancellable *cancellable, GError **error)
{
  return cot_finder_run (question, snapshot, first, n, into, n_too_slow, NULL, NULL, cancellable,
                         error);
}

static const CotQueryKind finding = {
  .run = run_pattern,
  .ref = (gpointer (*) (gpointer)) cot_pattern_ref,
  .unref = (void (*) (gpointer)) cot_pattern_unref,
};

static void
on_query_changed (CotFind *self)
{
  g_signal_emit_by_name (self, "changed");
}

static void
cot_find_dispose (GObject *object)
{
  CotFind *self = COT_FIND (object);

  if (self->query != NULL)
    g_signal_handlers_disconnect_by_data (self->query, self);
  g_clear_object (&self->query);
  G_OBJECT_CLASS (cot_find_parent_class)->dispose (object);
}

static void
cot_find_finalize (GObject *object)
{
  CotFind *self = COT_FIND (object);

  g_clear_pointer (&self->pattern, cot_pattern_unref);
  g_clear_pointer (&self->scratch, cot_pattern_scratch_free);
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
}

/**
 * cot_find_new:
 * @log: where to look
 * @question: what to look for, how it is meant, and where in an entry
 * @error: COT_QUERY_ERROR
 *
 * Starts looking at once, on a worker. Dropping the object ends it. Main thread.
 *
 * Returns: (transfer full): a search
 */
CotFind *
cot_find_new (CotLog *log, const CotFindQuestion *question, GError **error)
{
  g_autoptr (CotPattern) pattern = cot_pattern_new (question->text, question->flags, error);
  CotFind *self;

  if (pattern == NULL)
    return NULL;
  self = g_object_new (COT_TYPE_FIND, NULL);
  self->pattern = g_steal_pointer (&pattern);
  self->columns = question->columns;
  if (self->columns == COT_COLUMN_TEXT)
    {
      self->query = cot_query_new (log, &finding, self->pattern);
    }
  else
    {
      g_autoptr (CotFilter) filter = cot_filter_new_for_pattern (self->pattern, self->columns);

      self->query = cot_query_new_for_filter (log, filter);
    }
  g_signal_connect_swapped (self->query, "changed", G_CALLBACK (on_query_changed), self);
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
  return cot_bitset_get_size (cot_query_get_ordinals (self->query));
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
  return cot_query_get_running (self->query);
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
  return cot_query_get_n_too_slow (self->query);
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
  return cot_query_get_ordinals (self->query);
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
  if (!(self->columns & COT_COLUMN_TEXT))
    return 0;
  return cot_finder_mark (self->pattern, self->scratch, text, strlen (text), pairs, max_pairs,
                          NULL);
}
