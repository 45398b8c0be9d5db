/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-document-private.h"

#define LOCAL_INTERVAL_MSEC 1000
#define REMOTE_INTERVAL_MSEC 2000
#define MAX_INTERVAL_MSEC 60000
/* How often a log is looked at that is written all the time: a line is known within a frame, and a
 * look takes about 0.3 ms of a core, most of it for waking up. Many logs share the time. */
#define WATCH_INTERVAL_MSEC 20
#define WATCH_SHARE_MSEC 10
/* GIO's watches look up so often where more is written than they may tell of. */
#define SLOW_WATCH_MSEC 100

static guint default_interval_msec; /* 0: automatic */
static guint watch_interval_msec = WATCH_INTERVAL_MSEC;
static guint n_watches; /* main thread */

void
cot_document_stop_timer (CotDocument *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static guint
get_watch_interval_msec (void)
{
  return MAX (watch_interval_msec, n_watches * WATCH_SHARE_MSEC);
}

/* What it was that changed, the look will find out; it comes soon, but not with each line that is
 * written. What cannot be read is not asked more often for being written. */
static void
on_written (CotDocument *self)
{
  gboolean is_awaited = self->is_look_owed && (self->job != NULL || self->timer != NULL);

  if (self->n_failures > 0 || is_awaited)
    return;
  self->is_look_owed = TRUE;
  cot_document_schedule_check (self);
}

void
cot_document_stop_watch (CotDocument *self)
{
  if (self->watch == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->watch, self);
  g_file_monitor_cancel (self->watch);
  g_clear_object (&self->watch);
  n_watches--;
}

/* The kernel tells of what is written on this computer; it is a hint and no more. It does not see
 * what a server does to a file on a share, nor what happens behind a sandbox's portal: the timer
 * looks all the same. Who has chosen how often to look is taken at his word. */
static void
keep_watch (CotDocument *self)
{
  gboolean wanted = self->following && !self->remote && self->path != NULL
                    && self->interval_msec == 0 && default_interval_msec == 0
                    /* Those are shown anew once their writer rests, which only time tells. */
                    && !cot_index_is_converted (self->index);
  g_autoptr (GFile) file = NULL;

  if (!wanted)
    cot_document_stop_watch (self);
  else if (self->watch == NULL)
    {
      file = g_file_new_for_path (self->path);
      self->watch = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
      /* There may be no watches left: then the timer must do. */
      if (self->watch == NULL)
        return;
      n_watches++;
      g_signal_connect_swapped (self->watch, "changed", G_CALLBACK (on_written), self);
    }
  if (self->watch != NULL)
    g_file_monitor_set_rate_limit (self->watch, (gint) get_watch_interval_msec ());
}

static gpointer
work_check (CotJob *job, gpointer data, GError **error)
{
  CotDocumentTask *task = data;
  CotDocumentOutcome *outcome = g_new0 (CotDocumentOutcome, 1);

  cot_index_check (task->index, &outcome->change, cot_job_get_cancellable (job), error);
  if (outcome->change.changed)
    outcome->snapshot = cot_index_make_snapshot (task->index);
  outcome->remote = cot_index_is_remote (task->index);
  return outcome;
}

static void
check_done (CotJob *job, gpointer result, const GError *error, gpointer data)
{
  g_autoptr (CotDocument) self = g_object_ref (((CotDocumentTask *) data)->document);
  CotDocumentOutcome *outcome = result;
  gboolean changed = outcome->snapshot != NULL || outcome->change.gone != self->gone
                     || (error != NULL) != (self->error != NULL);

  g_clear_pointer (&self->job, cot_job_unref);
  cot_document_take_error (self, error);
  self->n_failures = error != NULL ? self->n_failures + 1 : 0;
  /* What could not be read at first has come by now. */
  if (error == NULL)
    self->progress = 1;
  self->gone = outcome->change.gone;
  self->remote = outcome->remote;
  self->found_more = error == NULL && outcome->snapshot != NULL;
  if (outcome->snapshot != NULL)
    cot_document_take_snapshot (self, g_steal_pointer (&outcome->snapshot));
  if (changed)
    cot_document_emit_changed (self);
  if (self->paused
      && (outcome->change.event == COT_DOCUMENT_EVENT_OUTDATED
          || outcome->change.event == COT_DOCUMENT_EVENT_UNDERSTOOD))
    self->outdated = outcome->change.event;
  else if (outcome->change.event != COT_DOCUMENT_EVENT_NONE)
    cot_document_emit_event (self, outcome->change.event);

  /* Who is told of it takes his time, too: then there is a rest. */
  if (self->found_more)
    self->found_usec = g_get_monotonic_time ();
  if (self->check_again)
    cot_document_check_now (self);
  else
    cot_document_schedule_check (self);
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
    .free_result = cot_document_outcome_free,
    .free_data = cot_document_task_free,
  };

  if (!self->loaded || self->index == NULL)
    return;
  if (self->job != NULL)
    {
      self->check_again = TRUE;
      return;
    }
  cot_document_stop_timer (self);
  self->check_again = FALSE;
  self->is_look_owed = FALSE;
  functions.data = cot_document_task_new (self);
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
    interval_msec = default_interval_msec;
  if (interval_msec == 0)
    interval_msec = self->remote ? REMOTE_INTERVAL_MSEC : LOCAL_INTERVAL_MSEC;
  for (guint i = 0; i < self->n_failures && interval_msec < MAX_INTERVAL_MSEC; i++)
    interval_msec *= 2;
  return interval_msec;
}

/* Of a log that was just written, and of one that is written all the time: GIO's watch would be
 * late with the next line, unless there is time. */
static gboolean
is_due_soon (CotDocument *self)
{
  return self->watch != NULL
         && (self->is_look_owed
             || (self->found_more && get_watch_interval_msec () < SLOW_WATCH_MSEC));
}

static guint
get_wait_msec (CotDocument *self)
{
  guint interval_msec = get_watch_interval_msec ();
  gint64 since_msec = (g_get_monotonic_time () - self->found_usec) / 1000;
  guint rest_msec = interval_msec - (guint) CLAMP (since_msec, 0, (gint64) interval_msec);

  return is_due_soon (self) ? MIN (rest_msec, get_interval_msec (self)) : get_interval_msec (self);
}

void
cot_document_schedule_check (CotDocument *self)
{
  cot_document_stop_timer (self);
  if (!self->following || !self->loaded || self->index == NULL || self->job != NULL)
    return;
  keep_watch (self);
  self->timer = g_timeout_source_new (get_wait_msec (self));
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
      cot_document_stop_timer (self);
      cot_document_stop_watch (self);
    }
  cot_document_emit_changed (self);
}

/**
 * cot_document_get_following:
 * @self: a document
 *
 * Returns: whether it looks for new entries
 */
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
    cot_document_take_snapshot (self, g_steal_pointer (&self->held));
  cot_document_emit_changed (self);
  if (!paused && self->outdated != COT_DOCUMENT_EVENT_NONE)
    {
      CotDocumentEvent event = self->outdated;

      self->outdated = COT_DOCUMENT_EVENT_NONE;
      cot_document_emit_event (self, event);
    }
}

/**
 * cot_document_get_paused:
 * @self: a document
 *
 * Returns: whether new entries are held back
 */
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
 * @interval_msec: time between two looks; 0 for the default
 */
void
cot_document_set_poll_interval (CotDocument *self, guint interval_msec)
{
  self->interval_msec = interval_msec;
  cot_document_schedule_check (self);
}

/**
 * cot_document_set_default_poll_interval:
 * @interval_msec: time between two looks; 0 for 1 s, or 2 s on remote file systems
 *
 * For all documents that have no interval of their own. One that waits already looks after the
 * time that it had; cot_document_set_poll_interval() lets it begin anew.
 */
void
cot_document_set_default_poll_interval (guint interval_msec)
{
  default_interval_msec = interval_msec;
}

/**
 * cot_document_set_watch_interval:
 * @interval_msec: the shortest time between two looks at a log that is written on this computer
 *
 * For all documents, from their next look on. What is written after a pause is seen at once in any
 * case; this is for a log that is written all the time.
 */
void
cot_document_set_watch_interval (guint interval_msec)
{
  watch_interval_msec = interval_msec;
}
