/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-document-private.h"

static guint n_spare_cores; /* main thread, before anything is loaded */

static struct
{
  GMutex mutex;
  GCond cond;
  gboolean is_held;
  gboolean has_waiter;
  guint max_msec;
} first_rows;

/* The worker is done with its own list. */
static void
take_older_errors (CotDocument *self)
{
  for (guint i = 0; i < self->older->len; i++)
    {
      CotOlderPart *part = self->older->pdata[i];
      const GError *error = cot_index_get_older_error (self->index, i);

      g_clear_error (&part->error);
      if (error != NULL)
        part->error = g_error_copy (error);
    }
}

/* A log of which something could be read is shown as far as it goes. */
static void
end_load (CotDocument *self, CotSnapshot *snapshot, const GError *error)
{
  cot_document_take_error (self, error);
  self->failed = error != NULL && snapshot == NULL;
  self->gone = error != NULL && snapshot != NULL
               && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  if (snapshot != NULL)
    cot_document_take_snapshot (self, snapshot);
  self->loaded = TRUE;
  g_clear_pointer (&self->ending, cot_ending_unref);
  if (error == NULL)
    self->progress = 1;
  self->remote = cot_index_is_remote (self->index);
  take_older_errors (self);
  /* Nothing is added to a source that stands at no path. */
  if (self->path == NULL || self->failed)
    g_clear_pointer (&self->index, cot_index_unref);
  cot_document_schedule_check (self);
  cot_document_emit_changed (self);
}

/**
 * cot_document_set_n_spare_cores:
 * @n_cores: how many cores no document takes while it is loaded; one it takes in any case
 *
 * For a program whose main thread has work of its own, such as to draw the first rows. Before
 * anything is loaded.
 */
void
cot_document_set_n_spare_cores (guint n_cores)
{
  n_spare_cores = n_cores;
}

/**
 * cot_document_hold_loads:
 * @max_msec: how long at the most
 *
 * For a program that has yet to draw its first window: a document that has handed over its first
 * block reads on only when cot_document_let_loads_go() says that its rows are drawn. The cores, and
 * the way to the memory, are for the drawing until then. One document at a time waits, so that one
 * that waits for a thread of the pool gets it. Before anything is loaded.
 */
void
cot_document_hold_loads (guint max_msec)
{
  g_mutex_lock (&first_rows.mutex);
  first_rows.is_held = cot_job_get_n_threads () > 1;
  first_rows.max_msec = max_msec;
  g_mutex_unlock (&first_rows.mutex);
}

/**
 * cot_document_let_loads_go:
 *
 * From now on no document waits. Any thread.
 */
void
cot_document_let_loads_go (void)
{
  g_mutex_lock (&first_rows.mutex);
  first_rows.is_held = FALSE;
  g_cond_broadcast (&first_rows.cond);
  g_mutex_unlock (&first_rows.mutex);
}

static void
wake_waiter (void)
{
  g_mutex_lock (&first_rows.mutex);
  g_cond_broadcast (&first_rows.cond);
  g_mutex_unlock (&first_rows.mutex);
}

/* Before the first block is handed over: another log that is opened on account of it must not come
 * between. */
static gboolean
become_waiter (void)
{
  gboolean is_free;

  g_mutex_lock (&first_rows.mutex);
  is_free = first_rows.is_held && !first_rows.has_waiter;
  if (is_free)
    first_rows.has_waiter = TRUE;
  g_mutex_unlock (&first_rows.mutex);
  return is_free;
}

static void
wait_for_first_rows (GCancellable *cancellable)
{
  gulong handler = g_cancellable_connect (cancellable, G_CALLBACK (wake_waiter), NULL, NULL);
  gint64 end_usec;

  g_mutex_lock (&first_rows.mutex);
  end_usec = g_get_monotonic_time () + (gint64) first_rows.max_msec * 1000;
  while (first_rows.is_held && !g_cancellable_is_cancelled (cancellable))
    if (!g_cond_wait_until (&first_rows.cond, &first_rows.mutex, end_usec))
      first_rows.is_held = FALSE;
  first_rows.has_waiter = FALSE;
  g_mutex_unlock (&first_rows.mutex);
  g_cancellable_disconnect (cancellable, handler);
}

static void
begin_load (CotDocument *self)
{
  guint n_others = cot_job_get_n_threads () - 1;

  cot_document_stop_timer (self);
  cot_document_drop_job (self);
  g_clear_pointer (&self->index, cot_index_unref);
  g_clear_pointer (&self->held, cot_snapshot_unref);
  g_clear_error (&self->error);
  g_clear_pointer (&self->ending, cot_ending_unref);
  self->loaded = FALSE;
  self->failed = FALSE;
  self->gone = FALSE;
  self->progress = 0;
  self->n_failures = 0;
  self->check_again = FALSE;
  self->index = cot_index_new (self->path, self->source);
  cot_index_set_format (self->index, self->format);
  cot_index_set_encoding (self->index, self->encoding_id);
  cot_index_set_clock (self->index, self->clock_usec);
  cot_index_set_max_helpers (self->index, n_others - MIN (n_others, n_spare_cores));
  for (guint i = 0; i < self->older->len; i++)
    {
      const CotOlderPart *part = self->older->pdata[i];

      cot_index_add_older (self->index, part->path, part->source, part->label);
    }
}

typedef struct
{
  CotJob *job;
  gboolean has_reported;
} Load;

static void
report_load (CotIndex *index, double progress, gpointer data)
{
  Load *load = data;
  CotDocumentOutcome *outcome = g_new0 (CotDocumentOutcome, 1);
  gboolean waits = !load->has_reported && become_waiter ();

  outcome->snapshot = cot_index_make_snapshot (index);
  outcome->progress = progress;
  outcome->ending = cot_index_dup_ending (index);
  cot_job_report (load->job, outcome);
  if (waits)
    wait_for_first_rows (cot_job_get_cancellable (load->job));
  load->has_reported = TRUE;
}

static gpointer
work_load (CotJob *job, gpointer data, GError **error)
{
  CotDocumentTask *task = data;
  CotDocumentOutcome *outcome = g_new0 (CotDocumentOutcome, 1);
  Load load = { .job = job };

  cot_index_load (task->index, task->keep_copy, report_load, &load,
                  cot_job_get_cancellable (job), error);
  if (cot_index_is_open (task->index))
    outcome->snapshot = cot_index_make_snapshot (task->index);
  return outcome;
}

static void
load_reported (CotJob *job, gpointer report, gpointer data)
{
  CotDocument *self = ((CotDocumentTask *) data)->document;
  CotDocumentOutcome *outcome = report;

  self->progress = outcome->progress;
  g_clear_pointer (&self->ending, cot_ending_unref);
  self->ending = g_steal_pointer (&outcome->ending);
  cot_document_take_snapshot (self, g_steal_pointer (&outcome->snapshot));
  cot_document_emit_changed (self);
}

static void
load_done (CotJob *job, gpointer result, const GError *error, gpointer data)
{
  CotDocument *self = ((CotDocumentTask *) data)->document;
  CotDocumentOutcome *outcome = result;

  g_clear_pointer (&self->job, cot_job_unref);
  end_load (self, outcome != NULL ? g_steal_pointer (&outcome->snapshot) : NULL, error);
}

/**
 * cot_document_load:
 * @self: a document
 *
 * Starts to index on a worker; "changed" tells how far it is, and cot_document_get_state() how it
 * ended. The first block is handed over at once. Loading again begins anew.
 */
void
cot_document_load (CotDocument *self)
{
  CotJobFunctions functions = {
    .work = work_load,
    .report = load_reported,
    .done = load_done,
    .free_report = cot_document_outcome_free,
    .free_result = cot_document_outcome_free,
    .free_data = cot_document_task_free,
  };

  begin_load (self);
  functions.data = cot_document_task_new (self);
  self->job = cot_job_start (&functions);
  cot_document_emit_changed (self);
}

/**
 * cot_document_load_sync:
 * @self: a document
 * @cancellable: (nullable): a cancellable
 * @error: a return location, COT_SOURCE_ERROR or G_IO_ERROR
 *
 * Indexes on the calling thread.
 *
 * Returns: FALSE with @error set where it could not be read to its end; what could be read is in
 *   the snapshot
 */
gboolean
cot_document_load_sync (CotDocument *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) load_error = NULL;
  CotSnapshot *snapshot = NULL;

  begin_load (self);
  cot_index_load (self->index, self->following, NULL, NULL, cancellable, &load_error);
  if (cot_index_is_open (self->index))
    snapshot = cot_index_make_snapshot (self->index);
  end_load (self, snapshot, load_error);
  if (load_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&load_error));
  return FALSE;
}

/**
 * cot_document_cancel:
 * @self: a document
 *
 * Ends the loading; what was handed over so far stays. Such a document is not followed until it
 * is loaded again.
 */
void
cot_document_cancel (CotDocument *self)
{
  if (self->loaded || self->job == NULL)
    return;
  cot_document_drop_job (self);
  g_clear_pointer (&self->ending, cot_ending_unref);
  self->loaded = TRUE;
  g_clear_error (&self->error);
  g_set_error_literal (&self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "loading was cancelled");
  cot_document_emit_changed (self);
}
