/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-document.h"

#include "cot-index.h"
#include "cot-job.h"
#include "cot-snapshot-private.h"

#define LOCAL_INTERVAL_MSEC 1000
#define REMOTE_INTERVAL_MSEC 2000
#define MAX_INTERVAL_MSEC 60000

struct _CotDocument
{
  GObject parent_instance;

  char *path; /* (nullable) */
  char *name;
  CotSource *source; /* (nullable) */
  CotSnapshot *snapshot;
  CotSnapshot *held; /* (nullable) newer than what is shown, while paused */
  GError *error;
  double progress;

  gboolean loaded; /* to the end, or as far as it could be read */
  gboolean failed;
  gboolean gone;
  gboolean remote;
  gboolean following;
  gboolean paused;

  /* The worker's, while a job runs. */
  CotIndex *index; /* (nullable) */
  CotJob *job; /* (nullable) */
  gboolean check_again;

  guint interval_msec; /* 0: automatic */
  guint n_failures; /* in a row: look less often */
  GSource *timer; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (CotDocument, cot_document, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_EVENT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void schedule_check (CotDocument *self);

static CotSnapshot *
empty_snapshot (void)
{
  CotTables tables;
  CotSnapshot *snapshot;

  cot_tables_init (&tables);
  snapshot = cot_snapshot_new (&cot_format_plain, &tables);
  cot_tables_clear (&tables);
  return snapshot;
}

static void
cot_document_init (CotDocument *self)
{
  self->snapshot = empty_snapshot ();
}

static void
stop_timer (CotDocument *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

/* What a cancelled job still works on is its own from now on. */
static void
drop_job (CotDocument *self)
{
  if (self->job == NULL)
    return;
  cot_job_cancel (self->job);
  g_clear_pointer (&self->job, cot_job_unref);
  g_clear_pointer (&self->index, cot_index_unref);
}

static void
cot_document_dispose (GObject *object)
{
  CotDocument *self = COT_DOCUMENT (object);

  stop_timer (self);
  drop_job (self);
  g_clear_pointer (&self->index, cot_index_unref);

  G_OBJECT_CLASS (cot_document_parent_class)->dispose (object);
}

static void
cot_document_finalize (GObject *object)
{
  CotDocument *self = COT_DOCUMENT (object);

  g_clear_pointer (&self->snapshot, cot_snapshot_unref);
  g_clear_pointer (&self->held, cot_snapshot_unref);
  g_clear_pointer (&self->source, cot_source_unref);
  g_clear_error (&self->error);
  g_free (self->path);
  g_free (self->name);

  G_OBJECT_CLASS (cot_document_parent_class)->finalize (object);
}

static void
cot_document_class_init (CotDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cot_document_dispose;
  object_class->finalize = cot_document_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", COT_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_EVENT] = g_signal_new ("event", COT_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

/**
 * cot_document_new_for_path:
 * @path: (type filename): where the log stands
 *
 * Returns: (transfer full): a document that is not loaded yet
 */
CotDocument *
cot_document_new_for_path (const char *path)
{
  CotDocument *self = g_object_new (COT_TYPE_DOCUMENT, NULL);

  self->path = g_strdup (path);
  self->name = g_filename_display_basename (path);
  return self;
}

/**
 * cot_document_new_for_source:
 * @source: the log's bytes, which do not grow: a member of a bundle, for one
 * @name: (nullable): what to call it; NULL for the label of @source
 *
 * Returns: (transfer full): a document that is not loaded yet
 */
CotDocument *
cot_document_new_for_source (CotSource *source, const char *name)
{
  CotDocument *self = g_object_new (COT_TYPE_DOCUMENT, NULL);

  self->source = cot_source_ref (source);
  self->name = g_utf8_make_valid (name != NULL ? name : cot_source_get_label (source), -1);
  return self;
}

const char *
cot_document_get_path (CotDocument *self)
{
  return self->path;
}

const char *
cot_document_get_name (CotDocument *self)
{
  return self->name;
}

/**
 * cot_document_get_state:
 * @self: a document
 *
 * Returns: how far it is, and what became of its file
 */
CotDocumentState
cot_document_get_state (CotDocument *self)
{
  if (self->failed)
    return COT_DOCUMENT_FAILED;
  if (!self->loaded)
    return self->job != NULL ? COT_DOCUMENT_LOADING : COT_DOCUMENT_NEW;
  if (self->gone)
    return COT_DOCUMENT_GONE;
  if (!self->following)
    return COT_DOCUMENT_READY;
  return self->paused ? COT_DOCUMENT_PAUSED : COT_DOCUMENT_LIVE;
}

/**
 * cot_document_get_error:
 * @self: a document
 *
 * Returns: (nullable) (transfer none): why it could not be read, or not to its end, or why its
 *   file cannot be asked for now
 */
const GError *
cot_document_get_error (CotDocument *self)
{
  return self->error;
}

double
cot_document_get_progress (CotDocument *self)
{
  return self->progress;
}

CotSnapshot *
cot_document_get_snapshot (CotDocument *self)
{
  return self->snapshot;
}

/**
 * cot_document_get_encoding:
 * @self: a document
 *
 * Returns: how the newest generation is written
 */
CotEncoding
cot_document_get_encoding (CotDocument *self)
{
  guint n = cot_snapshot_get_n_generations (self->snapshot);

  return n > 0 ? cot_snapshot_get_generation (self->snapshot, n - 1)->encoding
               : COT_ENCODING_UTF8;
}

const char *
cot_document_get_line_ends (CotDocument *self)
{
  return cot_snapshot_get_line_ends (self->snapshot);
}

/* Takes @snapshot over, at once or, while paused, when the user goes on. */
static void
take_snapshot (CotDocument *self, CotSnapshot *snapshot)
{
  CotSnapshot **place = self->paused && self->loaded ? &self->held : &self->snapshot;

  g_clear_pointer (place, cot_snapshot_unref);
  *place = snapshot;
}

static void
take_error (CotDocument *self, const GError *error)
{
  g_clear_error (&self->error);
  if (error != NULL)
    self->error = g_error_copy (error);
}

/* A log of which something could be read is shown as far as it goes. */
static void
end_load (CotDocument *self, CotSnapshot *snapshot, const GError *error)
{
  take_error (self, error);
  self->failed = error != NULL && snapshot == NULL;
  self->gone = error != NULL && snapshot != NULL
               && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  if (snapshot != NULL)
    take_snapshot (self, snapshot);
  self->loaded = TRUE;
  if (error == NULL)
    self->progress = 1;
  self->remote = cot_index_is_remote (self->index);
  /* Nothing is added to a source that stands at no path. */
  if (self->path == NULL || self->failed)
    g_clear_pointer (&self->index, cot_index_unref);
  schedule_check (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
begin_load (CotDocument *self)
{
  stop_timer (self);
  drop_job (self);
  g_clear_pointer (&self->index, cot_index_unref);
  g_clear_pointer (&self->held, cot_snapshot_unref);
  g_clear_error (&self->error);
  self->loaded = FALSE;
  self->failed = FALSE;
  self->gone = FALSE;
  self->progress = 0;
  self->n_failures = 0;
  self->check_again = FALSE;
  self->index = cot_index_new (self->path, self->source);
}

/* What a job carries: the document lives longer than the job's deliveries. */
typedef struct
{
  CotDocument *document; /* (unowned) main thread only */
  CotIndex *index;
  gboolean keep_copy;
} Task;

typedef struct
{
  CotSnapshot *snapshot; /* (nullable) */
  double progress;
  CotIndexChange change;
  gboolean remote;
} Outcome;

static Task *
task_new (CotDocument *self)
{
  Task *task = g_new0 (Task, 1);

  task->document = self;
  task->index = cot_index_ref (self->index);
  task->keep_copy = self->following;
  return task;
}

static void
task_free (gpointer data)
{
  Task *task = data;

  cot_index_unref (task->index);
  g_free (task);
}

static void
outcome_free (gpointer data)
{
  Outcome *outcome = data;

  cot_snapshot_unref (outcome->snapshot);
  g_free (outcome);
}

static void
report_load (CotIndex *index, double progress, gpointer data)
{
  Outcome *outcome = g_new0 (Outcome, 1);

  outcome->snapshot = cot_index_make_snapshot (index);
  outcome->progress = progress;
  cot_job_report (data, outcome);
}

static gpointer
work_load (CotJob *job, gpointer data, GError **error)
{
  Task *task = data;
  Outcome *outcome = g_new0 (Outcome, 1);

  cot_index_load (task->index, task->keep_copy, report_load, job,
                  cot_job_get_cancellable (job), error);
  if (cot_index_is_open (task->index))
    outcome->snapshot = cot_index_make_snapshot (task->index);
  return outcome;
}

static void
load_reported (CotJob *job, gpointer report, gpointer data)
{
  CotDocument *self = ((Task *) data)->document;
  Outcome *outcome = report;

  self->progress = outcome->progress;
  take_snapshot (self, g_steal_pointer (&outcome->snapshot));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
load_done (CotJob *job, gpointer result, const GError *error, gpointer data)
{
  CotDocument *self = ((Task *) data)->document;
  Outcome *outcome = result;

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
    .free_report = outcome_free,
    .free_result = outcome_free,
    .free_data = task_free,
  };

  begin_load (self);
  functions.data = task_new (self);
  self->job = cot_job_start (&functions);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
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
  drop_job (self);
  self->loaded = TRUE;
  g_clear_error (&self->error);
  g_set_error_literal (&self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "loading was cancelled");
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gpointer
work_check (CotJob *job, gpointer data, GError **error)
{
  Task *task = data;
  Outcome *outcome = g_new0 (Outcome, 1);

  cot_index_check (task->index, &outcome->change, cot_job_get_cancellable (job), error);
  if (outcome->change.changed)
    outcome->snapshot = cot_index_make_snapshot (task->index);
  outcome->remote = cot_index_is_remote (task->index);
  return outcome;
}

static void
check_done (CotJob *job, gpointer result, const GError *error, gpointer data)
{
  g_autoptr (CotDocument) self = g_object_ref (((Task *) data)->document);
  Outcome *outcome = result;
  gboolean changed = outcome->snapshot != NULL || outcome->change.gone != self->gone
                     || (error != NULL) != (self->error != NULL);

  g_clear_pointer (&self->job, cot_job_unref);
  take_error (self, error);
  self->n_failures = error != NULL ? self->n_failures + 1 : 0;
  self->gone = outcome->change.gone;
  self->remote = outcome->remote;
  if (outcome->snapshot != NULL)
    take_snapshot (self, g_steal_pointer (&outcome->snapshot));
  if (changed)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  if (outcome->change.event != COT_DOCUMENT_EVENT_NONE)
    g_signal_emit (self, signals[SIGNAL_EVENT], 0, outcome->change.event);

  if (self->check_again)
    cot_document_check_now (self);
  else
    schedule_check (self);
}

/**
 * cot_document_check_now:
 * @self: a document
 *
 * Looks on a worker whether the file has changed. While a look is under way, one more follows it,
 * so that nothing written before this call is missed.
 */
void
cot_document_check_now (CotDocument *self)
{
  CotJobFunctions functions = {
    .work = work_check,
    .done = check_done,
    .free_result = outcome_free,
    .free_data = task_free,
  };

  if (!self->loaded || self->index == NULL)
    return;
  if (self->job != NULL)
    {
      self->check_again = TRUE;
      return;
    }
  stop_timer (self);
  self->check_again = FALSE;
  functions.data = task_new (self);
  self->job = cot_job_start (&functions);
}

static gboolean
on_timer (gpointer data)
{
  CotDocument *self = data;

  g_clear_pointer (&self->timer, g_source_unref);
  cot_document_check_now (self);
  return G_SOURCE_REMOVE;
}

static guint
get_interval_msec (CotDocument *self)
{
  guint interval_msec = self->interval_msec;

  if (interval_msec == 0)
    interval_msec = self->remote ? REMOTE_INTERVAL_MSEC : LOCAL_INTERVAL_MSEC;
  for (guint i = 0; i < self->n_failures && interval_msec < MAX_INTERVAL_MSEC; i++)
    interval_msec *= 2;
  return interval_msec;
}

/* One look after the other, never two at a time, however long a server takes to answer. */
static void
schedule_check (CotDocument *self)
{
  stop_timer (self);
  if (!self->following || !self->loaded || self->index == NULL || self->job != NULL)
    return;
  self->timer = g_timeout_source_new (get_interval_msec (self));
  g_source_set_static_name (self->timer, "cotrace follow");
  g_source_set_callback (self->timer, on_timer, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

/**
 * cot_document_set_following:
 * @self: a document
 * @following: whether to look for new entries
 *
 * While it is followed, a log of up to 32 MiB keeps a copy of its bytes, so that a truncation
 * takes nothing away from what is shown.
 */
void
cot_document_set_following (CotDocument *self, gboolean following)
{
  if (self->following == following)
    return;
  self->following = following;
  if (following)
    cot_document_check_now (self);
  else
    {
      cot_document_set_paused (self, FALSE);
      stop_timer (self);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

gboolean
cot_document_get_following (CotDocument *self)
{
  return self->following;
}

/**
 * cot_document_set_paused:
 * @self: a document
 * @paused: whether what is shown stays as it is
 *
 * The log is read on while paused; all that came is shown when it goes on.
 */
void
cot_document_set_paused (CotDocument *self, gboolean paused)
{
  if (self->paused == paused)
    return;
  self->paused = paused;
  if (!paused && self->held != NULL)
    take_snapshot (self, g_steal_pointer (&self->held));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

gboolean
cot_document_get_paused (CotDocument *self)
{
  return self->paused;
}

/**
 * cot_document_get_n_held_back:
 * @self: a document
 *
 * Returns: how many entries came since it was paused
 */
guint64
cot_document_get_n_held_back (CotDocument *self)
{
  guint64 n_shown = cot_snapshot_get_n_entries (self->snapshot);
  guint64 n_held = self->held != NULL ? cot_snapshot_get_n_entries (self->held) : n_shown;

  return n_held > n_shown ? n_held - n_shown : 0;
}

/**
 * cot_document_set_poll_interval:
 * @self: a document
 * @interval_msec: time between two looks; 0 for 1 s, or 2 s on remote file systems
 */
void
cot_document_set_poll_interval (CotDocument *self, guint interval_msec)
{
  self->interval_msec = interval_msec;
  schedule_check (self);
}
