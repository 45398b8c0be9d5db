/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-job.h"

#include <sched.h>

#define MAX_THREADS 8
#define REPORT_INTERVAL_USEC (G_USEC_PER_SEC / 10)

struct _CotJob
{
  gatomicrefcount n_refs;
  CotJobFunctions functions;
  GCancellable *cancellable;
  GSource *source; /* wakes the starter's main context */

  GMutex lock; /* for what follows */
  gpointer pending_report; /* nullable */
  gboolean has_report;
  gboolean finished;
  gpointer result;
  GError *error;
  gint64 last_delivery_usec; /* monotonic; 0 before the first */
};

static void
free_with (GDestroyNotify function, gpointer value)
{
  if (function != NULL && value != NULL)
    function (value);
}

/* A report that was overtaken, or that nobody may see any more. */
static void
drop_report (CotJob *self)
{
  if (self->has_report)
    free_with (self->functions.free_report, g_steal_pointer (&self->pending_report));
  self->has_report = FALSE;
}

static void
deliver_report (CotJob *self)
{
  gpointer report;
  gboolean has_report;

  g_mutex_lock (&self->lock);
  has_report = self->has_report;
  report = g_steal_pointer (&self->pending_report);
  self->has_report = FALSE;
  if (has_report)
    self->last_delivery_usec = g_get_monotonic_time ();
  g_mutex_unlock (&self->lock);
  if (!has_report)
    return;
  if (self->functions.report != NULL && !cot_job_is_cancelled (self))
    self->functions.report (self, report, self->functions.data);
  free_with (self->functions.free_report, report);
}

static void
deliver_end (CotJob *self)
{
  if (self->functions.done != NULL && !cot_job_is_cancelled (self))
    self->functions.done (self, self->result, self->error, self->functions.data);
  free_with (self->functions.free_result, g_steal_pointer (&self->result));
  free_with (self->functions.free_data, g_steal_pointer (&self->functions.data));
}

static gboolean
job_source_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  CotJob *self = user_data;
  gboolean finished;

  g_mutex_lock (&self->lock);
  g_source_set_ready_time (source, -1);
  finished = self->finished;
  g_mutex_unlock (&self->lock);
  deliver_report (self);
  if (!finished)
    return G_SOURCE_CONTINUE;
  deliver_end (self);
  return G_SOURCE_REMOVE;
}

static GSourceFuncs job_source_functions = {
  .dispatch = job_source_dispatch,
};

static void
job_run (gpointer data)
{
  CotJob *self = data;
  gpointer result = NULL;
  GError *error = NULL;

  if (!cot_job_is_cancelled (self))
    result = self->functions.work (self, self->functions.data, &error);
  else
    g_cancellable_set_error_if_cancelled (self->cancellable, &error);
  g_mutex_lock (&self->lock);
  self->result = result;
  self->error = error;
  self->finished = TRUE;
  g_source_set_ready_time (self->source, 0);
  g_mutex_unlock (&self->lock);
  cot_job_unref (self);
}

static void
job_unref_notify (gpointer data)
{
  cot_job_unref (data);
}

/* What a thread of the pool is handed. */
typedef struct
{
  CotJobHelp run;
  gpointer data;
} Task;

static void
task_run (gpointer data, gpointer user_data)
{
  const Task task = *(Task *) data;

  g_free (data);
  task.run (task.data);
}

static gpointer
create_pool (gpointer data)
{
  return g_thread_pool_new (task_run, NULL, (gint) cot_job_get_n_threads (), FALSE, NULL);
}

static GThreadPool *
get_pool (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, create_pool, NULL);
}

static void
push_task (CotJobHelp run, gpointer data)
{
  Task *task = g_new (Task, 1);

  *task = (Task){ run, data };
  g_thread_pool_push (get_pool (), task, NULL);
}

/**
 * cot_job_get_n_threads:
 *
 * Any thread.
 *
 * Returns: how many threads the pool has at the most: as many as this process may run at once
 */
guint
cot_job_get_n_threads (void)
{
  cpu_set_t cores;
  guint n = g_get_num_processors ();

  /* Who started us may have left us only some (taskset(1), cgroups): GLib 2.74 counts all. */
  if (sched_getaffinity (0, sizeof cores, &cores) == 0)
    n = (guint) CPU_COUNT (&cores);
  return CLAMP (n, 1, MAX_THREADS);
}

/**
 * cot_job_ask_for_help:
 * @help: what each of the helpers does
 * @data: for @help
 * @n_helpers: how many
 *
 * Whoever asks must get on without them: all threads of the pool may be busy, and he may be one
 * of them. What @data needs must last until each of them has come. Any thread.
 */
void
cot_job_ask_for_help (CotJobHelp help, gpointer data, guint n_helpers)
{
  for (guint i = 0; i < n_helpers; i++)
    push_task (help, data);
}

/**
 * cot_job_start:
 * @functions: what to do; copied
 *
 * Starts the work on the pool. The other functions run on the thread-default main context of the
 * thread that calls this.
 *
 * Returns: (transfer full): the job
 */
CotJob *
cot_job_start (const CotJobFunctions *functions)
{
  CotJob *self = g_new0 (CotJob, 1);
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  g_atomic_ref_count_init (&self->n_refs);
  g_mutex_init (&self->lock);
  self->functions = *functions;
  self->cancellable = g_cancellable_new ();
  self->source = g_source_new (&job_source_functions, sizeof (GSource));
  g_source_set_static_name (self->source, "cotrace job");
  /* Let go when the source is destroyed, by its last dispatch or with its context. */
  g_source_set_callback (self->source, NULL, cot_job_ref (self), job_unref_notify);
  g_source_attach (self->source, context);
  push_task (job_run, cot_job_ref (self));
  return self;
}

/**
 * cot_job_ref:
 * @self: a job
 *
 * Returns: (transfer full): @self; any thread
 */
CotJob *
cot_job_ref (CotJob *self)
{
  g_atomic_ref_count_inc (&self->n_refs);
  return self;
}

/**
 * cot_job_unref:
 * @self: (transfer full): a job
 *
 * Any thread. The work goes on without the reference, and its end is still delivered.
 */
void
cot_job_unref (CotJob *self)
{
  if (!g_atomic_ref_count_dec (&self->n_refs))
    return;
  drop_report (self);
  free_with (self->functions.free_result, self->result);
  free_with (self->functions.free_data, self->functions.data);
  g_clear_error (&self->error);
  g_source_unref (self->source);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * cot_job_cancel:
 * @self: a job
 *
 * Called on the thread that started it: neither report nor end is delivered after this. The work
 * is told by its cancellable; its data is freed once it has ended.
 */
void
cot_job_cancel (CotJob *self)
{
  g_cancellable_cancel (self->cancellable);
}

/**
 * cot_job_is_cancelled:
 * @self: a job
 *
 * Any thread; cheap enough to be asked in a loop.
 *
 * Returns: whether cot_job_cancel() was called
 */
gboolean
cot_job_is_cancelled (CotJob *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

/**
 * cot_job_get_cancellable:
 * @self: a job
 *
 * Returns: (transfer none): for functions that the work calls
 */
GCancellable *
cot_job_get_cancellable (CotJob *self)
{
  return self->cancellable;
}

/**
 * cot_job_report:
 * @self: a job
 * @report: (transfer full) (nullable): what the starter shall see
 *
 * From the worker. A report that was not yet delivered is freed, on the worker.
 */
void
cot_job_report (CotJob *self, gpointer report)
{
  g_mutex_lock (&self->lock);
  drop_report (self);
  self->pending_report = report;
  self->has_report = TRUE;
  if (!self->finished)
    g_source_set_ready_time (self->source, self->last_delivery_usec == 0
                                               ? 0
                                               : self->last_delivery_usec + REPORT_INTERVAL_USEC);
  g_mutex_unlock (&self->lock);
}
