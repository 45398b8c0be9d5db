/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-query-private.h"

/* How many entries are asked between two reports: few at first, so that the first answers are seen
 * at once, then so many that reports cost nothing. */
#define MIN_ENTRIES_PER_STEP 16384
#define MAX_ENTRIES_PER_STEP 262144

G_DEFINE_FINAL_TYPE (CotQuery, cot_query, G_TYPE_OBJECT)

/* One pass over what is there now. */
typedef struct
{
  CotQuery *query; /* for the main thread only, which does not hear of a pass that was cancelled */
  const CotQueryKind *kind;
  gpointer question;
  CotSnapshot *snapshot;
  guint64 first;
  gboolean is_anew; /* what was answered before does not count */
} Pass;

/* What a pass has found up to a point. */
typedef struct
{
  CotBitset *ordinals;
  guint64 n_asked;
  guint64 n_too_slow;
} Answers;

static void start (CotQuery *self);

static void
pass_free (Pass *pass)
{
  pass->kind->unref (pass->question);
  cot_snapshot_unref (pass->snapshot);
  g_free (pass);
}

static void
answers_free (Answers *answers)
{
  cot_bitset_unref (answers->ordinals);
  g_free (answers);
}

static Answers *
answers_copy (const Answers *answers)
{
  Answers *copy = g_memdup2 (answers, sizeof *answers);

  copy->ordinals = cot_bitset_copy (answers->ordinals);
  return copy;
}

static gpointer
ask (CotJob *job, gpointer data, GError **error)
{
  Pass *pass = data;
  guint64 n_entries = cot_snapshot_get_n_entries (pass->snapshot);
  guint64 step = MIN_ENTRIES_PER_STEP;
  Answers *answers = g_new0 (Answers, 1);

  answers->ordinals = cot_bitset_new ();
  answers->n_asked = pass->first;
  while (answers->n_asked < n_entries)
    {
      guint64 n = MIN (step, n_entries - answers->n_asked);

      if (!pass->kind->run (pass->question, pass->snapshot, answers->n_asked, n,
                            answers->ordinals, &answers->n_too_slow,
                            cot_job_get_cancellable (job), error))
        break;
      answers->n_asked += n;
      step = MIN (2 * step, (guint64) MAX_ENTRIES_PER_STEP);
      if (answers->n_asked < n_entries)
        cot_job_report (job, answers_copy (answers));
    }
  return answers;
}

static void
take_answers (CotQuery *self, Pass *pass, Answers *answers)
{
  if (pass->is_anew)
    cot_bitset_clear (self->ordinals);
  cot_bitset_union (self->ordinals, answers->ordinals);
  self->n_asked = answers->n_asked;
  g_signal_emit_by_name (self, "changed");
}

static void
report_cb (CotJob *job, gpointer report, gpointer data)
{
  Pass *pass = data;

  take_answers (pass->query, pass, report);
}

static guint64
newest_size (CotSnapshot *snapshot)
{
  guint n = cot_snapshot_get_n_generations (snapshot);

  return n == 0 ? 0 : cot_snapshot_get_generation (snapshot, n - 1)->size_bytes;
}

static CotEncoding
newest_encoding (CotSnapshot *snapshot)
{
  guint n = cot_snapshot_get_n_generations (snapshot);

  return n == 0 ? COT_ENCODING_UTF8 : cot_snapshot_get_generation (snapshot, n - 1)->encoding;
}

static gboolean
has_unasked (CotQuery *self)
{
  CotSnapshot *snapshot = cot_log_get_snapshot (self->log);

  return cot_snapshot_get_n_entries (snapshot) != self->n_asked
         || newest_size (snapshot) != self->asked_bytes;
}

static void
done_cb (CotJob *job, gpointer result, const GError *error, gpointer data)
{
  Pass *pass = data;
  g_autoptr (CotQuery) self = g_object_ref (pass->query); /* "changed" may drop it */
  Answers *answers = result;

  g_clear_pointer (&self->job, cot_job_unref);
  self->n_too_slow = (pass->is_anew ? 0 : self->n_too_slow) + answers->n_too_slow;
  self->asked_bytes = newest_size (pass->snapshot);
  take_answers (self, pass, answers);
  /* An entry that could not be read is not asked again until the log changes. */
  if (error == NULL && self->log != NULL && self->job == NULL && has_unasked (self))
    start (self);
}

static void
start (CotQuery *self)
{
  Pass *pass = g_new0 (Pass, 1);

  pass->query = self;
  pass->kind = self->kind;
  pass->question = self->kind->ref (self->question);
  pass->snapshot = cot_snapshot_ref (cot_log_get_snapshot (self->log));
  /* It looked like that for a while, because of damage: other words stand there now. */
  pass->is_anew = self->asked_encoding == COT_ENCODING_WINDOWS_1252
                  && newest_encoding (pass->snapshot) != self->asked_encoding;
  self->asked_encoding = newest_encoding (pass->snapshot);
  /* The last entry may have been half written when it was asked. */
  pass->first = self->n_asked == self->first || pass->is_anew ? self->first : self->n_asked - 1;
  if (!pass->is_anew)
    cot_bitset_remove (self->ordinals, pass->first);
  self->job = cot_job_start (&(CotJobFunctions){
      .work = ask,
      .report = report_cb,
      .done = done_cb,
      .free_report = (GDestroyNotify) answers_free,
      .free_result = (GDestroyNotify) answers_free,
      .data = pass,
      .free_data = (GDestroyNotify) pass_free,
  });
}

static void
log_changed_cb (CotQuery *self)
{
  if (self->job == NULL && has_unasked (self))
    start (self);
}

static void
cot_query_dispose (GObject *object)
{
  CotQuery *self = COT_QUERY (object);

  if (self->job != NULL)
    {
      cot_job_cancel (self->job);
      g_clear_pointer (&self->job, cot_job_unref);
    }
  cot_query_drop_parts (self);
  if (self->log != NULL)
    g_signal_handlers_disconnect_by_data (self->log, self);
  g_clear_object (&self->log);
  G_OBJECT_CLASS (cot_query_parent_class)->dispose (object);
}

static void
cot_query_finalize (GObject *object)
{
  CotQuery *self = COT_QUERY (object);

  if (self->question != NULL)
    self->kind->unref (self->question);
  g_clear_pointer (&self->ordinals, cot_bitset_unref);
  g_clear_pointer (&self->filter, cot_filter_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  G_OBJECT_CLASS (cot_query_parent_class)->finalize (object);
}

static void
cot_query_class_init (CotQueryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cot_query_dispose;
  object_class->finalize = cot_query_finalize;
  g_signal_new ("changed", COT_TYPE_QUERY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cot_query_init (CotQuery *self)
{
  self->ordinals = cot_bitset_new ();
}

static CotQuery *
new_from (CotLog *log, const CotQueryKind *kind, gpointer question, guint64 first)
{
  CotQuery *self = g_object_new (COT_TYPE_QUERY, NULL);

  self->kind = kind;
  self->question = kind->ref (question);
  self->log = g_object_ref (log);
  self->first = first;
  self->n_asked = first;
  if (COT_IS_MERGED_LOG (log))
    {
      cot_query_start_parts (self);
      return self;
    }
  g_signal_connect_swapped (log, "changed", G_CALLBACK (log_changed_cb), self);
  start (self);
  return self;
}

/**
 * cot_query_new:
 * @log: the log that is asked
 * @kind: (scope forever): how a question of this kind is put
 * @question: the question; the query takes a reference
 *
 * Starts asking at once, on a worker. Dropping the object ends it. Main thread.
 *
 * Returns: (transfer full): a query
 */
CotQuery *
cot_query_new (CotLog *log, const CotQueryKind *kind, gpointer question)
{
  return new_from (log, kind, question, 0);
}

/* A filter, and what it may ask for beside the entries. */
typedef struct
{
  gatomicrefcount ref_count;
  CotFilter *filter; /* (nullable): all pass */
  char *log_label;
  CotFilterFindings *findings;
} Filtering;

static gpointer
filtering_ref (gpointer question)
{
  Filtering *filtering = question;

  g_atomic_ref_count_inc (&filtering->ref_count);
  return filtering;
}

static void
filtering_unref (gpointer question)
{
  Filtering *filtering = question;

  if (!g_atomic_ref_count_dec (&filtering->ref_count))
    return;
  g_clear_pointer (&filtering->filter, cot_filter_unref);
  cot_filter_findings_unref (filtering->findings);
  g_free (filtering->log_label);
  g_free (filtering);
}

static gboolean
run_filter (gpointer question, CotSnapshot *snapshot, guint64 first, guint64 n, CotBitset *into,
            guint64 *n_too_slow, GCancellable *cancellable, GError **error)
{
  const Filtering *filtering = question;

  if (filtering->filter == NULL)
    {
      cot_bitset_add_range (into, first, n);
      return TRUE;
    }
  return cot_filter_run (filtering->filter, snapshot, filtering->log_label, filtering->findings,
                         first, n, into, n_too_slow, cancellable, error);
}

static const CotQueryKind filtering_kind = {
  .run = run_filter,
  .ref = filtering_ref,
  .unref = filtering_unref,
};

/**
 * cot_query_new_for_filter:
 * @log: the log that is asked
 * @filter: what entries have to pass
 *
 * A filter that asks for findings has those that are known now; see cot_query_is_outdated(). Main
 * thread.
 *
 * Returns: (transfer full): a query for the entries that pass
 */
CotQuery *
cot_query_new_for_filter (CotLog *log, CotFilter *filter)
{
  return cot_query_new_since (log, filter, 0);
}

/**
 * cot_query_new_since:
 * @log: the log that is asked
 * @filter: (nullable): what entries have to pass
 * @moment: what was there then is not asked; 0: all is
 *
 * As cot_query_new_for_filter(); a log that has not noted the moment is asked from its first entry
 * on. Main thread.
 *
 * Returns: (transfer full): a query for the entries that pass
 */
CotQuery *
cot_query_new_since (CotLog *log, CotFilter *filter, guint moment)
{
  Filtering *filtering = g_new0 (Filtering, 1);
  CotQuery *query;

  g_atomic_ref_count_init (&filtering->ref_count);
  filtering->filter = filter != NULL ? cot_filter_ref (filter) : NULL;
  filtering->log_label = g_strdup (cot_log_get_label (log));
  filtering->findings = cot_filter_findings_ref (cot_log_get_filter_findings (log));
  if (COT_IS_MERGED_LOG (log))
    {
      query = g_object_new (COT_TYPE_QUERY, NULL);
      query->filter = filter != NULL ? cot_filter_ref (filter) : NULL;
      query->moment = moment;
      query->kind = &filtering_kind;
      query->question = filtering_ref (filtering);
      query->log = g_object_ref (log);
      cot_query_start_parts (query);
    }
  else
    {
      query = new_from (log, &filtering_kind, filtering, cot_log_get_first_after (log, moment));
    }
  filtering_unref (filtering);
  return query;
}

/**
 * cot_query_is_outdated:
 * @self: a query
 *
 * Main thread.
 *
 * Returns: whether it filters by findings, and other ones are known of its log by now
 */
gboolean
cot_query_is_outdated (CotQuery *self)
{
  const Filtering *filtering = self->question;

  if (self->parts != NULL)
    return cot_query_has_outdated_part (self);
  return self->kind == &filtering_kind && filtering->filter != NULL
         && cot_filter_asks_for_findings (filtering->filter)
         && !cot_filter_findings_equal (filtering->findings,
                                        cot_log_get_filter_findings (self->log));
}

/**
 * cot_query_get_ordinals:
 * @self: a query
 *
 * Main thread.
 *
 * Returns: (transfer none): the entries that answered so far
 */
CotBitset *
cot_query_get_ordinals (CotQuery *self)
{
  return self->ordinals;
}

/**
 * cot_query_get_n_asked:
 * @self: a query
 *
 * Main thread.
 *
 * Returns: how many entries were asked so far, in their order
 */
guint64
cot_query_get_n_asked (CotQuery *self)
{
  return self->n_asked;
}

/**
 * cot_query_dup_part_ordinals:
 * @self: a query
 * @part: the log that is asked, or one of the merge that is
 *
 * Main thread.
 *
 * Returns: (transfer full): its entries that answered so far, by their ordinals in @part; not to be
 *   changed
 */
CotBitset *
cot_query_dup_part_ordinals (CotQuery *self, CotLog *part)
{
  return self->parts != NULL ? cot_query_ref_answers_of (self, part)
                             : cot_bitset_copy (self->ordinals);
}

/**
 * cot_query_get_part_n_asked:
 * @self: a query
 * @part: the log that is asked, or one of the merge that is
 *
 * Main thread.
 *
 * Returns: how many of its entries were asked so far, in their order
 */
guint64
cot_query_get_part_n_asked (CotQuery *self, CotLog *part)
{
  return self->parts != NULL ? cot_query_get_n_asked_of (self, part) : self->n_asked;
}

/**
 * cot_query_get_running:
 * @self: a query
 *
 * Main thread.
 *
 * Returns: whether a worker still asks
 */
gboolean
cot_query_get_running (CotQuery *self)
{
  return self->parts != NULL ? cot_query_is_any_part_running (self) : self->job != NULL;
}

/**
 * cot_query_get_n_too_slow:
 * @self: a query
 *
 * Main thread.
 *
 * Returns: on how many entries a pattern reached a limit, so that the answer is not known
 */
guint64
cot_query_get_n_too_slow (CotQuery *self)
{
  return self->parts != NULL ? cot_query_count_too_slow (self) : self->n_too_slow;
}
