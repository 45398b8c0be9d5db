/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-marks.h"

#include <string.h>

#include "cot-job.h"
/* Of the marks, at their log. */
#define LOG_KEY "cot-marks"

struct _CotMarks
{
  GObject parent_instance;

  CotLog *log; /* (unowned) (nullable): it owns this; NULL once it is gone */
  CotBitset *ordinals;
  GHashTable *marks; /* ordinal (gint64 key) to CotStoredMark */
  GHashTable *unmarked; /* set of ordinals (gint64) that were unmarked before all were loaded */
  GHashTable *changed; /* set of ordinals (gint64) of which nothing is kept yet */
  CotSnapshot *snapshot; /* (nullable): in which those stand */
  guint n_generations_loaded;
  CotJob *load; /* (nullable) */
  CotJob *save; /* (nullable) */
  gboolean failed; /* to save: the next change tries again */
  gboolean is_unread; /* what is kept could not be read */
};

G_DEFINE_FINAL_TYPE (CotMarks, cot_marks, G_TYPE_OBJECT)

typedef struct
{
  CotMarks *marks; /* for the main thread only; a reference where it is kept to the end */
  gboolean owns_marks;
  CotSnapshot *snapshot;
  GArray *changes; /* (nullable) (element-type CotMarkChange): what is to be kept */
} Task;

/* Marks of one content may stand in two logs that are open: their files are not written at once. */
static GMutex saving;
static guint n_saves; /* that run */

static void start_save (CotMarks *self);

static void
task_free (Task *task)
{
  if (task->owns_marks)
    g_object_unref (task->marks);
  cot_snapshot_unref (task->snapshot);
  g_clear_pointer (&task->changes, g_array_unref);
  g_free (task);
}

/**
 * cot_marks_dup_folder:
 *
 * Returns: (transfer full): the folder in which marks are kept, whether it is there or not
 */
char *
cot_marks_dup_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "cotrace", "marks", NULL);
}

static CotStoredMark *
lookup (CotMarks *self, guint64 ordinal)
{
  gint64 key = (gint64) ordinal;

  return g_hash_table_lookup (self->marks, &key);
}

static void
insert (CotMarks *self, CotStoredMark *mark)
{
  gint64 key = (gint64) mark->ordinal;

  cot_bitset_add (self->ordinals, mark->ordinal);
  g_hash_table_replace (self->marks, g_memdup2 (&key, sizeof key), mark);
}

static gpointer
load_marks (CotJob *job, gpointer data, GError **error)
{
  Task *task = data;
  g_autofree char *folder = cot_marks_dup_folder ();

  return cot_mark_store_load (folder, task->snapshot, error);
}

/* What the user did meanwhile counts more than what was kept. */
static gboolean
take_loaded (CotMarks *self, GPtrArray *loaded)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < loaded->len; i++)
    {
      const CotStoredMark *mark = loaded->pdata[i];
      gint64 key = (gint64) mark->ordinal;

      if (lookup (self, mark->ordinal) != NULL || g_hash_table_contains (self->unmarked, &key))
        continue;
      insert (self, cot_stored_mark_copy (mark));
      changed = TRUE;
    }
  return changed;
}

static void
loaded_cb (CotJob *job, gpointer result, const GError *error, gpointer data)
{
  Task *task = data;
  g_autoptr (CotMarks) self = g_object_ref (task->marks);
  gboolean changed;

  g_clear_pointer (&self->load, cot_job_unref);
  self->n_generations_loaded = cot_snapshot_get_n_generations (task->snapshot);
  self->is_unread = error != NULL;
  if (error != NULL)
    {
      g_signal_emit_by_name (self, "failed", error);
      return;
    }
  changed = take_loaded (self, result);
  g_hash_table_remove_all (self->unmarked);
  if (changed)
    g_signal_emit_by_name (self, "changed");
}

static gboolean
is_whole (CotLog *log)
{
  CotDocumentState state = cot_log_get_state (log);

  return state != COT_DOCUMENT_NEW && state != COT_DOCUMENT_LOADING
         && state != COT_DOCUMENT_FAILED;
}

/* A part is looked at once; what a followed log gains has no marks yet. */
static void
look_for_marks (CotMarks *self)
{
  CotSnapshot *snapshot = cot_log_get_snapshot (self->log);
  Task *task;

  if (self->load != NULL || !is_whole (self->log) || cot_snapshot_get_n_entries (snapshot) == 0
      || cot_snapshot_get_n_generations (snapshot) == self->n_generations_loaded)
    return;
  task = g_new0 (Task, 1);
  task->marks = self;
  task->snapshot = cot_snapshot_ref (snapshot);
  self->load = cot_job_start (&(CotJobFunctions){
      .work = load_marks,
      .done = loaded_cb,
      .free_result = (GDestroyNotify) g_ptr_array_unref,
      .data = task,
      .free_data = (GDestroyNotify) task_free,
  });
}

static gpointer
save_marks (CotJob *job, gpointer data, GError **error)
{
  Task *task = data;
  g_autofree char *folder = cot_marks_dup_folder ();
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&saving);

  return GINT_TO_POINTER (cot_mark_store_save (folder, task->snapshot, task->changes, error));
}

/* Offset and checksum stay true; reading them again would be waste. What was not kept is tried
 * again. */
static void
take_changes (CotMarks *self, GArray *changes, gboolean kept)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const CotMarkChange *change = &g_array_index (changes, CotMarkChange, i);
      CotStoredMark *mark = lookup (self, change->ordinal);

      if (!kept)
        g_hash_table_add (self->changed, g_memdup2 (&change->ordinal, sizeof change->ordinal));
      if (mark == NULL || mark->record != NULL || change->mark == NULL)
        continue;
      mark->record = g_strdup (change->mark->record);
      mark->offset = change->mark->offset;
    }
}

static void
saved_cb (CotJob *job, gpointer result, const GError *error, gpointer data)
{
  Task *task = data;
  g_autoptr (CotMarks) self = g_object_ref (task->marks);
  gboolean is_due = g_hash_table_size (self->changed) > 0;

  n_saves--;
  g_clear_pointer (&self->save, cot_job_unref);
  self->failed = error != NULL;
  take_changes (self, task->changes, error == NULL);
  if (is_due)
    start_save (self);
  else if (error == NULL)
    g_clear_pointer (&self->snapshot, cot_snapshot_unref);
  if (error != NULL)
    g_signal_emit_by_name (self, "failed", error);
}

static void
clear_change (gpointer data)
{
  CotMarkChange *change = data;

  cot_stored_mark_free (change->mark);
}

/* The log may be closed meanwhile: the marks stay until they are written. */
static void
start_save (CotMarks *self)
{
  Task *task = g_new0 (Task, 1);
  GHashTableIter iter;
  gpointer key;

  task->changes = g_array_new (FALSE, FALSE, sizeof (CotMarkChange));
  g_array_set_clear_func (task->changes, clear_change);
  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      CotMarkChange change = { *(guint64 *) key, NULL };
      const CotStoredMark *mark = lookup (self, change.ordinal);

      change.mark = mark != NULL ? cot_stored_mark_copy (mark) : NULL;
      g_array_append_val (task->changes, change);
    }
  g_hash_table_remove_all (self->changed);
  task->marks = g_object_ref (self);
  task->owns_marks = TRUE;
  task->snapshot = cot_snapshot_ref (self->snapshot);
  n_saves++;
  self->save = cot_job_start (&(CotJobFunctions){
      .work = save_marks,
      .done = saved_cb,
      .data = task,
      .free_data = (GDestroyNotify) task_free,
  });
}

static void
changed (CotMarks *self, guint64 ordinal)
{
  g_hash_table_add (self->changed, g_memdup2 (&ordinal, sizeof ordinal));
  g_clear_pointer (&self->snapshot, cot_snapshot_unref);
  self->snapshot = cot_snapshot_ref (cot_log_get_snapshot (self->log));
  if (self->save == NULL)
    start_save (self);
  g_signal_emit_by_name (self, "changed");
}

static void
cot_marks_finalize (GObject *object)
{
  CotMarks *self = COT_MARKS (object);

  if (self->load != NULL)
    cot_job_cancel (self->load);
  g_clear_pointer (&self->load, cot_job_unref);
  g_clear_pointer (&self->ordinals, cot_bitset_unref);
  g_clear_pointer (&self->marks, g_hash_table_unref);
  g_clear_pointer (&self->unmarked, g_hash_table_unref);
  g_clear_pointer (&self->changed, g_hash_table_unref);
  g_clear_pointer (&self->snapshot, cot_snapshot_unref);
  G_OBJECT_CLASS (cot_marks_parent_class)->finalize (object);
}

static void
cot_marks_class_init (CotMarksClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cot_marks_finalize;
  g_signal_new ("changed", COT_TYPE_MARKS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("failed", COT_TYPE_MARKS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
cot_marks_init (CotMarks *self)
{
  self->ordinals = cot_bitset_new ();
  self->marks = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                       (GDestroyNotify) cot_stored_mark_free);
  self->unmarked = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->changed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/* The last thing that the log does with it. */
static void
release (gpointer data)
{
  CotMarks *self = data;

  self->log = NULL;
  g_object_unref (self);
}

/**
 * cot_marks_of_log:
 * @log: a log that is one file with its older parts
 *
 * Starts to look for the marks of earlier days, once the log is read. Main thread.
 *
 * Returns: (transfer none): the marks, which the log owns
 */
CotMarks *
cot_marks_of_log (CotLog *log)
{
  CotMarks *self = g_object_get_data (G_OBJECT (log), LOG_KEY);

  if (self != NULL)
    return self;
  self = g_object_new (COT_TYPE_MARKS, NULL);
  self->log = log;
  g_object_set_data_full (G_OBJECT (log), LOG_KEY, self, release);
  g_signal_connect_object (log, "changed", G_CALLBACK (look_for_marks), self, G_CONNECT_SWAPPED);
  look_for_marks (self);
  return self;
}

/**
 * cot_marks_copy_of_log:
 * @log: a log that is one file with its older parts
 *
 * What was marked a moment ago may not be kept yet, and what cannot be kept is marked all the same.
 * Main thread.
 *
 * Returns: (transfer full) (nullable) (element-type CotStoredMark): what is marked; %NULL where
 *   nobody looked for that yet, or could not read it
 */
GPtrArray *
cot_marks_copy_of_log (CotLog *log)
{
  CotMarks *self = g_object_get_data (G_OBJECT (log), LOG_KEY);
  GPtrArray *copies;
  GHashTableIter iter;
  gpointer mark;

  if (self == NULL || !cot_marks_get_loaded (self)
      || (self->is_unread && g_hash_table_size (self->marks) == 0))
    return NULL;
  copies = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_stored_mark_free);
  g_hash_table_iter_init (&iter, self->marks);
  while (g_hash_table_iter_next (&iter, NULL, &mark))
    g_ptr_array_add (copies, cot_stored_mark_copy (mark));
  return copies;
}

/**
 * cot_marks_get_ordinals:
 * @self: marks
 *
 * Main thread.
 *
 * Returns: (transfer none): which entries are marked
 */
CotBitset *
cot_marks_get_ordinals (CotMarks *self)
{
  return self->ordinals;
}

/**
 * cot_marks_contains:
 * @self: marks
 * @ordinal: an entry of the log
 *
 * Main thread; cheap enough for every drawn row.
 *
 * Returns: whether the entry is marked
 */
gboolean
cot_marks_contains (CotMarks *self, guint64 ordinal)
{
  return cot_bitset_contains (self->ordinals, ordinal);
}

/**
 * cot_marks_get_note:
 * @self: marks
 * @ordinal: an entry of the log
 *
 * Main thread.
 *
 * Returns: (nullable) (transfer none): its note, valid until the marks change
 */
const char *
cot_marks_get_note (CotMarks *self, guint64 ordinal)
{
  const CotStoredMark *mark = lookup (self, ordinal);

  return mark == NULL ? NULL : mark->note;
}

/* (nullable): NULL where there are too many. */
static CotStoredMark *
ensure (CotMarks *self, guint64 ordinal)
{
  CotStoredMark *mark = lookup (self, ordinal);

  if (mark != NULL || cot_bitset_get_size (self->ordinals) >= COT_MARKS_MAX
      || ordinal >= cot_log_get_n_entries (self->log))
    return mark;
  mark = g_new0 (CotStoredMark, 1);
  mark->ordinal = ordinal;
  mark->made_usec = g_get_real_time ();
  insert (self, mark);
  return mark;
}

/**
 * cot_marks_set:
 * @self: marks
 * @ordinal: an entry of the log
 * @marked: whether it is to be marked; its note goes with the mark
 *
 * Marks an entry or takes the mark away, and keeps that. Main thread.
 *
 * Returns: %FALSE where the log has %COT_MARKS_MAX marks already, or no such entry
 */
gboolean
cot_marks_set (CotMarks *self, guint64 ordinal, gboolean marked)
{
  gint64 key = (gint64) ordinal;

  if (cot_marks_contains (self, ordinal) == !!marked)
    return TRUE;
  if (marked)
    {
      g_hash_table_remove (self->unmarked, &key);
      if (ensure (self, ordinal) == NULL)
        return FALSE;
    }
  else
    {
      cot_bitset_remove (self->ordinals, ordinal);
      g_hash_table_remove (self->marks, &key);
      g_hash_table_add (self->unmarked, g_memdup2 (&key, sizeof key));
    }
  changed (self, ordinal);
  return TRUE;
}

/* As much as fits, without half a character. */
static char *
dup_bounded (const char *note)
{
  g_autofree char *valid = note == NULL ? NULL : g_utf8_make_valid (note, -1);
  const char *end;

  if (valid == NULL || *valid == '\0')
    return NULL;
  if (strlen (valid) <= COT_MARK_NOTE_MAX_BYTES)
    return g_steal_pointer (&valid);
  end = g_utf8_find_prev_char (valid, valid + COT_MARK_NOTE_MAX_BYTES + 1);
  return g_strndup (valid, (gsize) (end - valid));
}

/**
 * cot_marks_set_note:
 * @self: marks
 * @ordinal: an entry of the log, marked or not
 * @note: (nullable): what is to stand there, at most %COT_MARK_NOTE_MAX_BYTES of it; empty: none
 *
 * Marks an entry, with a note, and keeps that. Main thread.
 *
 * Returns: as cot_marks_set()
 */
gboolean
cot_marks_set_note (CotMarks *self, guint64 ordinal, const char *note)
{
  g_autofree char *bounded = dup_bounded (note);
  CotStoredMark *mark = ensure (self, ordinal);

  if (mark == NULL)
    return FALSE;
  g_free (mark->note);
  mark->note = g_steal_pointer (&bounded);
  changed (self, ordinal);
  return TRUE;
}

/**
 * cot_marks_get_loaded:
 * @self: marks
 *
 * Main thread.
 *
 * Returns: whether those of earlier days were looked for, once at least
 */
gboolean
cot_marks_get_loaded (CotMarks *self)
{
  return self->n_generations_loaded > 0;
}

/**
 * cot_marks_get_settled:
 * @self: marks
 *
 * Main thread.
 *
 * Returns: whether nothing waits to be looked for or kept
 */
gboolean
cot_marks_get_settled (CotMarks *self)
{
  return self->load == NULL && self->save == NULL
         && (self->failed || g_hash_table_size (self->changed) == 0);
}

/**
 * cot_marks_get_n_saves:
 *
 * For the end of the program, which should wait for them. Main thread.
 *
 * Returns: how many logs have marks that are being written
 */
guint
cot_marks_get_n_saves (void)
{
  return n_saves;
}
