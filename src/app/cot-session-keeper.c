/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-session-keeper.h"

#include <fcntl.h>
#include <string.h>

#include "cot-small-file.h"

/* A crash takes no more than this away. Who scrolls through a log does not write all the time. */
#define CHANGE_DELAY_SECONDS 1
#define PLACES_DELAY_SECONDS 8

struct _CotSessionKeeper
{
  GObject parent_instance;

  CotSessionFunc collect;
  gpointer data;
  CotSessionState *last; /* (nullable) */
  GError *error; /* (nullable): why there is none */
  gboolean is_loaded;

  guint change_source; /* saves soon */
  guint places_source; /* saves later */
  gboolean is_saving;
  gboolean is_due; /* it changed while it was saved */
  gboolean is_open; /* from the first thing that was opened to the end */
  CotSessionDraft *end; /* (nullable): is saved when the save that runs is over, as the last one */
};

G_DEFINE_FINAL_TYPE (CotSessionKeeper, cot_session_keeper, G_TYPE_OBJECT)

typedef struct
{
  CotSessionPlace *place; /* of the state */
  CotSnapshot *snapshot;
  guint64 ordinal;
} Place;

static void
place_clear (gpointer data)
{
  Place *self = data;

  g_clear_pointer (&self->snapshot, cot_snapshot_unref);
}

static CotSessionDraft *
draft_new (void)
{
  CotSessionDraft *self = g_new0 (CotSessionDraft, 1);

  self->state = cot_session_state_new ();
  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_array_set_clear_func (self->places, place_clear);
  return self;
}

static void
draft_free (gpointer data)
{
  CotSessionDraft *self = data;

  g_array_unref (self->places);
  cot_session_state_free (self->state);
  g_free (self);
}

/**
 * cot_session_draft_add_place:
 * @self: what is going to be written
 * @place: of a tab of its state
 * @log: the index of the log in that tab
 * @snapshot: what is read of it
 * @ordinal: the entry in there
 *
 * The entry is read on a worker.
 */
void
cot_session_draft_add_place (CotSessionDraft *self, CotSessionPlace *place, guint log,
                             CotSnapshot *snapshot, guint64 ordinal)
{
  Place added = { place, cot_snapshot_ref (snapshot), ordinal };

  place->log = log;
  g_array_append_val (self->places, added);
}

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "cotrace", "session", NULL);
}

/* FALSE without an error: there is none. No more is read than a session can have, and nothing that
 * would never end. */
static gboolean
read_text (const char *path, GByteArray *text, GError **error)
{
  g_autoptr (GError) read_error = NULL;

  if (cot_small_file_read (path, O_NOFOLLOW, COT_SESSION_STATE_MAX_BYTES, text, &read_error))
    return TRUE;
  if (!g_error_matches (read_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_propagate_error (error, g_steal_pointer (&read_error));
  return FALSE;
}

static void
load (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *path = dup_path ();
  g_autoptr (GByteArray) text = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  CotSessionState *state = NULL;

  if (read_text (path, text, &error))
    state = cot_session_state_parse ((const char *) text->data, text->len, &error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, state, (GDestroyNotify) cot_session_state_free);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  CotSessionKeeper *self = COT_SESSION_KEEPER (source);

  self->last = g_task_propagate_pointer (G_TASK (result), &self->error);
  if (self->last != NULL && cot_session_state_get_n_tabs (self->last) == 0)
    g_clear_pointer (&self->last, cot_session_state_free);
  self->is_loaded = TRUE;
  g_signal_emit_by_name (self, "loaded");
}

/**
 * cot_session_keeper_load:
 *
 * Reads what was open last time; once, before anything is opened.
 */
void
cot_session_keeper_load (CotSessionKeeper *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_loaded, NULL);

  g_task_run_in_thread (task, load);
}

gboolean
cot_session_keeper_is_loaded (CotSessionKeeper *self)
{
  return self->is_loaded;
}

const CotSessionState *
cot_session_keeper_get_last (CotSessionKeeper *self)
{
  return self->last;
}

const GError *
cot_session_keeper_get_error (CotSessionKeeper *self)
{
  return self->error;
}

static void
name_places (CotSessionDraft *draft)
{
  for (guint i = 0; i < draft->places->len; i++)
    {
      const Place *place = &g_array_index (draft->places, Place, i);

      cot_entry_anchor_init (&place->place->anchor, place->snapshot, place->ordinal);
    }
}

/* What is open is as private as the logs. What stays as it was is not written again. */
static void
save (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  CotSessionDraft *draft = data;
  g_autofree char *path = dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GByteArray) before = g_byte_array_new ();
  g_autofree char *text = NULL;
  gsize length_bytes;

  name_places (draft);
  text = cot_session_state_to_text (draft->state, &length_bytes);
  if (length_bytes <= COT_SESSION_STATE_MAX_BYTES && g_mkdir_with_parents (folder, 0700) == 0
      && (!read_text (path, before, NULL) || before->len != length_bytes
          || memcmp (before->data, text, length_bytes) != 0))
    g_file_set_contents_full (path, text, (gssize) length_bytes, G_FILE_SET_CONTENTS_CONSISTENT,
                              0600, NULL);
  g_task_return_boolean (task, TRUE);
}

static void start_save (CotSessionKeeper *self);
static void run_save (CotSessionKeeper *self, CotSessionDraft *draft);

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  CotSessionKeeper *self = COT_SESSION_KEEPER (source);

  self->is_saving = FALSE;
  if (self->end != NULL)
    run_save (self, g_steal_pointer (&self->end));
  else if (self->is_due && self->is_open)
    start_save (self);
}

/* That nothing can be kept is no reason to disturb who reads a log. */
static void
run_save (CotSessionKeeper *self, CotSessionDraft *draft)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_saved, NULL);

  self->is_saving = TRUE;
  self->is_due = FALSE;
  g_task_set_task_data (task, draft, draft_free);
  g_task_run_in_thread (task, save);
}

static void
stop_waiting (CotSessionKeeper *self)
{
  g_clear_handle_id (&self->change_source, g_source_remove);
  g_clear_handle_id (&self->places_source, g_source_remove);
}

static CotSessionDraft *
make_draft (CotSessionKeeper *self)
{
  CotSessionDraft *draft = draft_new ();

  self->collect (draft, self->data);
  return draft;
}

/* One at a time, so that the newest is the last. */
static void
start_save (CotSessionKeeper *self)
{
  stop_waiting (self);
  self->is_due = self->is_saving;
  if (!self->is_saving)
    run_save (self, make_draft (self));
}

static gboolean
on_change_delay (gpointer data)
{
  CotSessionKeeper *self = data;

  self->change_source = 0;
  start_save (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_places_delay (gpointer data)
{
  CotSessionKeeper *self = data;

  self->places_source = 0;
  start_save (self);
  return G_SOURCE_REMOVE;
}

/**
 * cot_session_keeper_note:
 * @change: what has changed
 *
 * What is open is kept soon.
 */
void
cot_session_keeper_note (CotSessionKeeper *self, CotSessionChange change)
{
  g_return_if_fail (COT_IS_SESSION_KEEPER (self));

  self->is_open = self->is_open || change == COT_SESSION_OPENED;
  if (!self->is_open)
    return;
  if (change == COT_SESSION_MOVED && self->places_source == 0)
    self->places_source = g_timeout_add_seconds (PLACES_DELAY_SECONDS, on_places_delay, self);
  else if (change != COT_SESSION_MOVED && self->change_source == 0)
    self->change_source = g_timeout_add_seconds (CHANGE_DELAY_SECONDS, on_change_delay, self);
}

/**
 * cot_session_keeper_end:
 *
 * Keeps what the windows show before they go.
 */
void
cot_session_keeper_end (CotSessionKeeper *self)
{
  CotSessionDraft *draft;

  g_return_if_fail (COT_IS_SESSION_KEEPER (self));

  stop_waiting (self);
  if (!self->is_open)
    return;
  self->is_open = FALSE;
  draft = make_draft (self);
  draft->state->was_ended = TRUE;
  if (self->is_saving)
    self->end = draft;
  else
    run_save (self, draft);
}

/**
 * cot_session_keeper_is_saving:
 *
 * Returns: whether something is still on its way to the disk
 */
gboolean
cot_session_keeper_is_saving (CotSessionKeeper *self)
{
  return self->is_saving;
}

static void
cot_session_keeper_finalize (GObject *object)
{
  CotSessionKeeper *self = COT_SESSION_KEEPER (object);

  stop_waiting (self);
  g_clear_pointer (&self->end, draft_free);
  g_clear_pointer (&self->last, cot_session_state_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (cot_session_keeper_parent_class)->finalize (object);
}

static void
cot_session_keeper_class_init (CotSessionKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cot_session_keeper_finalize;
  g_signal_new ("loaded", COT_TYPE_SESSION_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
cot_session_keeper_init (CotSessionKeeper *self)
{
}

/**
 * cot_session_keeper_new:
 * @collect: adds what is open
 * @data: for it
 *
 * Returns: (transfer full): a keeper that has read nothing yet
 */
CotSessionKeeper *
cot_session_keeper_new (CotSessionFunc collect, gpointer data)
{
  CotSessionKeeper *self = g_object_new (COT_TYPE_SESSION_KEEPER, NULL);

  self->collect = collect;
  self->data = data;
  return self;
}
