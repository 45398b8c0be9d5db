/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-document-private.h"

#include "cot-snapshot-private.h"

G_DEFINE_FINAL_TYPE (CotDocument, cot_document, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_EVENT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* All have the same before they are read: a bundle has many logs, and its tables take room. */
static CotSnapshot *
ref_empty_snapshot (void)
{
  static CotSnapshot *shared;

  if (g_once_init_enter (&shared))
    g_once_init_leave (&shared, cot_snapshot_new (&cot_format_plain, cot_tables_get_empty ()));
  return cot_snapshot_ref (shared);
}

static void
cot_document_init (CotDocument *self)
{
  self->snapshot = ref_empty_snapshot ();
  self->older = g_ptr_array_new_with_free_func (cot_older_part_free);
}

static void
cot_document_dispose (GObject *object)
{
  CotDocument *self = COT_DOCUMENT (object);

  cot_document_stop_timer (self);
  cot_document_stop_watch (self);
  cot_document_drop_job (self);
  g_clear_pointer (&self->index, cot_index_unref);

  G_OBJECT_CLASS (cot_document_parent_class)->dispose (object);
}

static void
cot_document_finalize (GObject *object)
{
  CotDocument *self = COT_DOCUMENT (object);

  g_clear_pointer (&self->snapshot, cot_snapshot_unref);
  g_clear_pointer (&self->held, cot_snapshot_unref);
  g_clear_pointer (&self->ending, cot_ending_unref);
  g_clear_pointer (&self->source, cot_source_unref);
  g_clear_pointer (&self->older, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self->path);
  g_free (self->name);
  g_free (self->encoding_id);

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

/**
 * cot_document_set_format:
 * @self: a document that is not loaded yet
 * @format_id: (nullable): one of the formats; %NULL or none of them: as its content says
 */
void
cot_document_set_format (CotDocument *self, const char *format_id)
{
  self->format = cot_index_find_choice (format_id);
}

/**
 * cot_document_set_encoding:
 * @self: a document that is not loaded yet
 * @encoding_id: (nullable): one of the encodings; %NULL or none of them: as its content says
 */
void
cot_document_set_encoding (CotDocument *self, const char *encoding_id)
{
  g_autofree char *before = self->encoding_id;

  self->encoding_id = g_strdup (encoding_id);
}

/**
 * cot_document_set_clock:
 * @self: a document that is not loaded yet
 * @clock_usec: what is to be added to each of its times, because the clock of its writer was wrong
 */
void
cot_document_set_clock (CotDocument *self, gint64 clock_usec)
{
  self->clock_usec = clock_usec;
}

static void
add_older (CotDocument *self, const char *path, CotSource *source, const char *label)
{
  CotOlderPart *part = g_new0 (CotOlderPart, 1);

  part->path = g_strdup (path);
  part->source = source != NULL ? cot_source_ref (source) : NULL;
  part->label = g_utf8_make_valid (label, -1);
  g_ptr_array_add (self->older, part);
}

/**
 * cot_document_add_older_path:
 * @self: a document that is not loaded yet
 * @path: (type filename): where an older part of the log stands
 * @label: what people call the part
 *
 * Add the oldest part first. It is read to where it ends now, and not followed.
 */
void
cot_document_add_older_path (CotDocument *self, const char *path, const char *label)
{
  add_older (self, path, NULL, label);
}

/**
 * cot_document_add_older_source:
 * @self: a document that is not loaded yet
 * @source: the bytes of an older part of the log
 * @label: what people call the part
 *
 * Add the oldest part first.
 */
void
cot_document_add_older_source (CotDocument *self, CotSource *source, const char *label)
{
  add_older (self, NULL, source, label);
}

/**
 * cot_document_get_older_error:
 * @self: a document that is loaded
 * @index: which older part, in the order of adding
 *
 * Returns: (nullable) (transfer none): why it could not be read, or not to its end;
 *   %G_IO_ERROR_NOT_SUPPORTED where it is of another format than the log and was left out
 */
const GError *
cot_document_get_older_error (CotDocument *self, guint index)
{
  if (index >= self->older->len)
    return NULL;
  return ((const CotOlderPart *) self->older->pdata[index])->error;
}

/**
 * cot_document_get_path:
 * @self: a document
 *
 * Returns: (nullable) (transfer none) (type filename): where it stands; NULL for a source
 */
const char *
cot_document_get_path (CotDocument *self)
{
  return self->path;
}

/**
 * cot_document_get_name:
 * @self: a document
 *
 * Returns: (transfer none): its base name or label, valid UTF-8
 */
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
  /* Without an index nobody looks: a source does not grow, and loading may have been cancelled. */
  if (!self->following || self->index == NULL)
    return COT_DOCUMENT_READY;
  return self->paused ? COT_DOCUMENT_PAUSED : COT_DOCUMENT_LIVE;
}

/**
 * cot_document_get_ending:
 * @self: a document
 *
 * Returns: (transfer none) (nullable): the last entry of a long log, while it is not read up to
 *   there
 */
const CotEnding *
cot_document_get_ending (CotDocument *self)
{
  return self->ending;
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

/**
 * cot_document_get_progress:
 * @self: a document
 *
 * Returns: what part of it is indexed, from 0 to 1
 */
double
cot_document_get_progress (CotDocument *self)
{
  return self->progress;
}

/**
 * cot_document_get_snapshot:
 * @self: a document
 *
 * Never NULL: it is empty until the first block is indexed.
 *
 * Returns: (transfer none): what is shown now; take a reference before the main loop goes on
 */
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

  return n > 0 ? cot_snapshot_get_generation (self->snapshot, n - 1)->file_encoding
               : COT_ENCODING_UTF8;
}

/**
 * cot_document_get_line_ends:
 * @self: a document
 *
 * Counted over all that is indexed, line ends inside of messages too.
 *
 * Returns: (transfer none): "crlf", "lf", "cr", "mixed" or "none"
 */
const char *
cot_document_get_line_ends (CotDocument *self)
{
  return cot_snapshot_get_line_ends (self->snapshot);
}

/* What stays on the screen must not be read from a file that holds something else by now. */
static void
keep_text_shown (CotDocument *self, CotSnapshot *newer)
{
  CotSnapshot *moved;

  if (cot_snapshot_get_n_generations (newer) == cot_snapshot_get_n_generations (self->snapshot))
    return;
  moved = cot_snapshot_move_texts (self->snapshot, newer);
  cot_snapshot_unref (self->snapshot);
  self->snapshot = moved;
}

void
cot_document_take_snapshot (CotDocument *self, CotSnapshot *snapshot)
{
  gboolean hold = self->paused && self->loaded;
  CotSnapshot **place = hold ? &self->held : &self->snapshot;

  if (hold)
    keep_text_shown (self, snapshot);
  g_clear_pointer (place, cot_snapshot_unref);
  *place = snapshot;
}

void
cot_document_take_error (CotDocument *self, const GError *error)
{
  g_clear_error (&self->error);
  if (error != NULL)
    self->error = g_error_copy (error);
}

CotDocumentTask *
cot_document_task_new (CotDocument *self)
{
  CotDocumentTask *task = g_new0 (CotDocumentTask, 1);

  task->document = self;
  task->index = cot_index_ref (self->index);
  task->keep_copy = self->following;
  return task;
}

void
cot_document_task_free (gpointer data)
{
  CotDocumentTask *task = data;

  cot_index_unref (task->index);
  g_free (task);
}

void
cot_document_outcome_free (gpointer data)
{
  CotDocumentOutcome *outcome = data;

  cot_snapshot_unref (outcome->snapshot);
  cot_ending_unref (outcome->ending);
  g_free (outcome);
}

void
cot_document_emit_changed (CotDocument *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
cot_document_emit_event (CotDocument *self, CotDocumentEvent event)
{
  g_signal_emit (self, signals[SIGNAL_EVENT], 0, event);
}

/* What a cancelled job still works on is its own from now on. */
void
cot_document_drop_job (CotDocument *self)
{
  if (self->job == NULL)
    return;
  cot_job_cancel (self->job);
  g_clear_pointer (&self->job, cot_job_unref);
  g_clear_pointer (&self->index, cot_index_unref);
}
