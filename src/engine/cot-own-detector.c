/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-own-detector.h"

#include "cot-draft-private.h"
#include "cot-knowledge-place.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct _CotOwnDetector
{
  gatomicrefcount references;
  char *id;
  char *path;
  guint line; /* of the file, when the knowledge was read */

  /* Written by one worker after the other. */
  char *loaded; /* (nullable): its element, as it was loaded */
  char *before; /* (nullable): the file before it was removed */
  char *after; /* (nullable): and then; %NULL where the file went */
};

/* Each of them reads a file and writes it again. */
static GMutex writing;

/**
 * cot_own_detector_new:
 * @detector: one of the user's own
 *
 * Returns: (transfer full): where it stands
 */
CotOwnDetector *
cot_own_detector_new (const CotDetector *detector)
{
  CotOwnDetector *self = g_new0 (CotOwnDetector, 1);

  g_atomic_ref_count_init (&self->references);
  self->id = g_strdup (cot_detector_get_id (detector));
  self->path = g_strdup (cot_detector_get_file (detector));
  self->line = cot_detector_get_line (detector);
  return self;
}

/**
 * cot_own_detector_ref:
 * @self: a detector
 *
 * Returns: (transfer full): @self
 */
CotOwnDetector *
cot_own_detector_ref (CotOwnDetector *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * cot_own_detector_unref:
 * @self: (transfer full): a detector
 *
 * Any thread.
 */
void
cot_own_detector_unref (CotOwnDetector *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->id);
  g_free (self->path);
  g_free (self->loaded);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

/**
 * cot_own_detector_get_id:
 * @self: a detector
 *
 * Returns: (transfer none): its id
 */
const char *
cot_own_detector_get_id (CotOwnDetector *self)
{
  return self->id;
}

/**
 * cot_own_detector_get_path:
 * @self: a detector
 *
 * Returns: (transfer none) (type filename): its file
 */
const char *
cot_own_detector_get_path (CotOwnDetector *self)
{
  return self->path;
}

static gboolean
refuse_changed (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG,
                       "the file was changed meanwhile");
  return FALSE;
}

/* A file as it is now. */
typedef struct
{
  char *text; /* ends with a zero */
  gsize length_bytes;
  char *etag; /* of what was read: nobody's changes are overwritten */
} Content;

static void
content_clear (Content *content)
{
  g_free (content->text);
  g_free (content->etag);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Content, content_clear)

static gboolean
read_content (const char *path, Content *content, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info
      = g_file_query_info (file, G_FILE_ATTRIBUTE_ETAG_VALUE, G_FILE_QUERY_INFO_NONE, NULL, error);
  g_autofree char *text = NULL;

  if (info == NULL || !cot_knowledge_load_file (path, &text, &content->length_bytes, error))
    return FALSE;
  /* It is written again as a text: nothing behind a zero shall be lost. */
  if (memchr (text, '\0', content->length_bytes) != NULL)
    {
      g_set_error_literal (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_UNREADABLE, "no text");
      return FALSE;
    }
  content->text = g_strndup (text, content->length_bytes);
  content->etag = g_strdup (g_file_info_get_etag (info));
  return TRUE;
}

static gboolean
find_place (CotOwnDetector *self, const Content *content, CotKnowledgePlace *place, GError **error)
{
  return cot_knowledge_find_place (content->text, content->length_bytes, self->id, self->line,
                                   place)
         || refuse_changed (error);
}

static gboolean
write_content (const char *path, const char *text, const char *etag, GError **error)
{
  /* A link stays one: what it leads to is replaced in one piece; a full disk harms nothing then. */
  char *whole = realpath (path, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (whole != NULL ? whole : path);

  free (whole);
  return g_file_replace_contents (file, text, strlen (text), etag, FALSE, G_FILE_CREATE_NONE, NULL,
                                  NULL, error);
}

/* Loading */

typedef struct
{
  CotDraft *draft; /* (nullable) */
  CotOwnDetectorShape shape;
} Loaded;

static void
loaded_free (gpointer data)
{
  Loaded *loaded = data;

  g_clear_pointer (&loaded->draft, cot_draft_free);
  g_free (loaded);
}

static CotDraft *
make_draft (const CotDetector *detector)
{
  CotDraft *draft = g_new0 (CotDraft, 1);
  const CotReference *references;
  const CotSample *samples;
  const char *const *logs = cot_detector_get_logs (detector);
  const CotStep *steps;
  gboolean is_literal;
  const char *match = cot_detector_get_match (detector, &is_literal);
  guint n_references, n_samples, n_steps;

  references = cot_detector_get_references (detector, &n_references);
  samples = cot_detector_get_samples (detector, &n_samples);
  steps = cot_detector_get_steps (detector, &n_steps);
  draft->title = g_strdup (cot_detector_get_title (detector));
  draft->text = cot_draft_dup_text_of_match (match != NULL ? match : "", is_literal);
  draft->log = g_strdup (logs[0] != NULL ? logs[0] : "");
  draft->meaning = g_strdup (cot_detector_get_meaning (detector));
  draft->step = g_strdup (n_steps > 0 ? steps[0].text : "");
  draft->sample = g_strdup (n_samples > 0 ? samples[0].text : "");
  draft->source = g_strdup (n_references > 0 ? references[0].text : "");
  draft->severity = cot_detector_get_severity (detector);
  return draft;
}

static gboolean
has_several (const CotDetector *detector)
{
  const char *const *logs = cot_detector_get_logs (detector);
  guint n_samples, n_steps;

  cot_detector_get_samples (detector, &n_samples);
  cot_detector_get_steps (detector, &n_steps);
  return n_samples > 1 || n_steps > 1 || (logs[0] != NULL && logs[1] != NULL);
}

/* What stands at the ends of a field, and line ends in it, would not be kept. */
static gboolean
fits_field (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  return g_str_equal (trimmed, text) && strpbrk (text, "\r\n\t") == NULL;
}

static gboolean
has_pattern (const CotDetector *detector, const CotDraft *draft)
{
  gboolean is_literal;
  const char *match = cot_detector_get_match (detector, &is_literal);
  const char *kind;
  g_autofree char *written = cot_draft_dup_match (draft->text, &kind);

  return g_strcmp0 (match, written) != 0 || is_literal != g_str_equal (kind, "literal")
         || !fits_field (draft->text);
}

/* Why a draft cannot hold it: the first that is met. */
static CotOwnDetectorShape
find_shape (const CotDetector *detector, const CotDraft *draft, const char *element)
{
  if (strstr (element, "<when") != NULL)
    return COT_OWN_DETECTOR_HAS_CONDITIONS;
  if (detector == NULL)
    return COT_OWN_DETECTOR_HAS_MORE;
  if (has_pattern (detector, draft))
    return COT_OWN_DETECTOR_HAS_PATTERN;
  return has_several (detector) ? COT_OWN_DETECTOR_HAS_SEVERAL : COT_OWN_DETECTOR_HAS_MORE;
}

/* What a draft would write must say all that stands there: else something would be lost. */
static gboolean
says_the_same (const CotDraft *draft, const char *id, const char *element)
{
  g_autofree char *written = cot_draft_dup_element (draft, id);
  g_autofree char *one = cot_knowledge_dup_canonical (written, strlen (written));
  g_autofree char *other = cot_knowledge_dup_canonical (element, strlen (element));

  return one != NULL && g_strcmp0 (one, other) == 0;
}

/* (nullable) */
static Loaded *
load (CotOwnDetector *self, GError **error)
{
  g_auto (Content) content = { 0 };
  CotKnowledgePlace place;
  g_autofree char *document = NULL;
  g_autoptr (CotKnowledge) knowledge = NULL;
  const CotDetector *detector;
  Loaded *loaded;

  if (!read_content (self->path, &content, error) || !find_place (self, &content, &place, error))
    return NULL;
  g_free (self->loaded);
  self->loaded = g_strndup (content.text + place.start, place.end - place.start);
  document = g_strdup_printf ("<knowledge>%s</knowledge>", self->loaded);
  /* Where it names others, it is not whole alone. */
  knowledge = cot_knowledge_new_from_xml (NULL, self->path, document, strlen (document), NULL);
  detector = knowledge != NULL ? cot_knowledge_find (knowledge, self->id) : NULL;
  loaded = g_new0 (Loaded, 1);
  if (detector != NULL)
    loaded->draft = make_draft (detector);
  if (detector == NULL || has_pattern (detector, loaded->draft)
      || !says_the_same (loaded->draft, self->id, self->loaded))
    {
      loaded->shape = find_shape (detector, loaded->draft, self->loaded);
      g_clear_pointer (&loaded->draft, cot_draft_free);
    }
  return loaded;
}

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  Loaded *loaded;

  g_mutex_lock (&writing);
  loaded = load (data, &error);
  g_mutex_unlock (&writing);
  if (loaded != NULL)
    g_task_return_pointer (task, loaded, loaded_free);
  else
    g_task_return_error (task, error);
}

/* On a worker, with @self as its data. */
static void
start (CotOwnDetector *self, gpointer tag, GTaskThreadFunc function, GAsyncReadyCallback callback,
       gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, cot_own_detector_ref (self),
                        (GDestroyNotify) cot_own_detector_unref);
  g_task_run_in_thread (task, function);
}

/**
 * cot_own_detector_load_async:
 * @self: a detector
 * @callback: on the main context
 * @data: for @callback
 *
 * Main thread.
 */
void
cot_own_detector_load_async (CotOwnDetector *self, GAsyncReadyCallback callback, gpointer data)
{
  start (self, cot_own_detector_load_async, load_in_thread, callback, data);
}

/**
 * cot_own_detector_load_finish:
 * @self: a detector
 * @result: what the callback was given
 * @shape: (out): what a draft cannot hold
 * @error: COT_KNOWLEDGE_ERROR or G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): a draft with all that its file says of it; %NULL without an
 *   error where @shape is not %COT_OWN_DETECTOR_FITS
 */
CotDraft *
cot_own_detector_load_finish (CotOwnDetector *self, GAsyncResult *result,
                              CotOwnDetectorShape *shape, GError **error)
{
  Loaded *loaded = g_task_propagate_pointer (G_TASK (result), error);
  CotDraft *draft;

  *shape = COT_OWN_DETECTOR_FITS;
  if (loaded == NULL)
    return NULL;
  *shape = loaded->shape;
  draft = g_steal_pointer (&loaded->draft);
  loaded_free (loaded);
  return draft;
}

static void
return_done (GTask *task, gboolean done, GError *error)
{
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Replacing */

typedef struct
{
  CotOwnDetector *detector;
  CotDraft *draft;
} Replacement;

static void
replacement_free (gpointer data)
{
  Replacement *replacement = data;

  cot_own_detector_unref (replacement->detector);
  cot_draft_free (replacement->draft);
  g_free (replacement);
}

static gboolean
replace (CotOwnDetector *self, const CotDraft *draft, GError **error)
{
  g_auto (Content) content = { 0 };
  CotKnowledgePlace place;
  g_autofree char *element = cot_draft_dup_element (draft, self->id);
  g_autoptr (GString) text = NULL;

  if (!cot_draft_check (draft, self->id, error) || !read_content (self->path, &content, error)
      || !find_place (self, &content, &place, error))
    return FALSE;
  if (self->loaded == NULL || strlen (self->loaded) != place.end - place.start
      || strncmp (self->loaded, content.text + place.start, place.end - place.start) != 0)
    return refuse_changed (error);
  text = g_string_new_len (content.text, (gssize) place.start);
  g_string_append (text, element);
  g_string_append (text, content.text + place.end);
  if (!write_content (self->path, text->str, content.etag, error))
    return FALSE;
  g_free (self->loaded);
  self->loaded = g_steal_pointer (&element);
  return TRUE;
}

static void
replace_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Replacement *replacement = data;
  GError *error = NULL;
  gboolean done;

  g_mutex_lock (&writing);
  done = replace (replacement->detector, replacement->draft, &error);
  g_mutex_unlock (&writing);
  return_done (task, done, error);
}

/**
 * cot_own_detector_replace_async:
 * @self: a detector that was loaded
 * @draft: what takes its place, under its id
 * @callback: on the main context
 * @data: for @callback
 *
 * Main thread.
 */
void
cot_own_detector_replace_async (CotOwnDetector *self, const CotDraft *draft,
                                GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);
  Replacement *replacement = g_new0 (Replacement, 1);

  replacement->detector = cot_own_detector_ref (self);
  replacement->draft = cot_draft_copy (draft);
  g_task_set_source_tag (task, cot_own_detector_replace_async);
  g_task_set_task_data (task, replacement, replacement_free);
  g_task_run_in_thread (task, replace_in_thread);
}

/**
 * cot_own_detector_replace_finish:
 * @self: a detector
 * @result: what the callback was given
 * @error: COT_KNOWLEDGE_ERROR or G_IO_ERROR
 *
 * Returns: whether it was written
 */
gboolean
cot_own_detector_replace_finish (CotOwnDetector *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Removing */

/* With the line that it had for itself. */
static void
widen (const char *text, CotKnowledgePlace *place)
{
  gsize start = place->start;
  gsize end = place->end;

  while (start > 0 && (text[start - 1] == ' ' || text[start - 1] == '\t'))
    start--;
  while (text[end] == ' ' || text[end] == '\t' || text[end] == '\r')
    end++;
  if (text[end] != '\n' || (start > 0 && text[start - 1] != '\n'))
    return;
  place->start = start;
  place->end = end + 1;
}

static gboolean
remove_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return g_file_delete (file, NULL, error);
}

static gboolean
remove_it (CotOwnDetector *self, GError **error)
{
  g_auto (Content) content = { 0 };
  CotKnowledgePlace place;
  g_autoptr (GString) text = NULL;

  if (!read_content (self->path, &content, error) || !find_place (self, &content, &place, error))
    return FALSE;
  widen (content.text, &place);
  text = g_string_new_len (content.text, (gssize) place.start);
  g_string_append (text, content.text + place.end);
  if (place.is_alone ? !remove_file (self->path, error)
                     : !write_content (self->path, text->str, content.etag, error))
    return FALSE;
  g_free (self->before);
  g_free (self->after);
  self->before = g_steal_pointer (&content.text);
  self->after = place.is_alone ? NULL : g_strdup (text->str);
  return TRUE;
}

static void
remove_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  gboolean done;

  g_mutex_lock (&writing);
  done = remove_it (data, &error);
  g_mutex_unlock (&writing);
  return_done (task, done, error);
}

/**
 * cot_own_detector_remove_async:
 * @self: a detector
 * @callback: on the main context
 * @data: for @callback
 *
 * Main thread.
 */
void
cot_own_detector_remove_async (CotOwnDetector *self, GAsyncReadyCallback callback, gpointer data)
{
  start (self, cot_own_detector_remove_async, remove_in_thread, callback, data);
}

/**
 * cot_own_detector_remove_finish:
 * @self: a detector
 * @result: what the callback was given
 * @error: COT_KNOWLEDGE_ERROR or G_IO_ERROR
 *
 * Returns: whether it is gone
 */
gboolean
cot_own_detector_remove_finish (CotOwnDetector *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
write_new (const char *path, const char *text, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) stream = g_file_create (file, G_FILE_CREATE_NONE, NULL, error);

  if (stream == NULL)
    return FALSE;
  if (g_output_stream_write_all (G_OUTPUT_STREAM (stream), text, strlen (text), NULL, NULL, error)
      && g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error))
    return TRUE;
  /* Half a file would only be complained of. */
  g_file_delete (file, NULL, NULL);
  return FALSE;
}

static gboolean
restore (CotOwnDetector *self, GError **error)
{
  g_auto (Content) content = { 0 };

  if (self->before == NULL)
    return refuse_changed (error);
  if (self->after == NULL)
    return write_new (self->path, self->before, error);
  if (!read_content (self->path, &content, error))
    return FALSE;
  if (!g_str_equal (content.text, self->after))
    return refuse_changed (error);
  return write_content (self->path, self->before, content.etag, error);
}

static void
restore_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  gboolean done;

  g_mutex_lock (&writing);
  done = restore (data, &error);
  g_mutex_unlock (&writing);
  return_done (task, done, error);
}

/**
 * cot_own_detector_restore_async:
 * @self: a detector that was removed
 * @callback: on the main context
 * @data: for @callback
 *
 * Main thread.
 */
void
cot_own_detector_restore_async (CotOwnDetector *self, GAsyncReadyCallback callback, gpointer data)
{
  start (self, cot_own_detector_restore_async, restore_in_thread, callback, data);
}

/**
 * cot_own_detector_restore_finish:
 * @self: a detector
 * @result: what the callback was given
 * @error: G_IO_ERROR
 *
 * Returns: whether it is there again
 */
gboolean
cot_own_detector_restore_finish (CotOwnDetector *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Switching */

typedef struct
{
  char *id;
  gboolean on;
} Switch;

static void
switch_free (gpointer data)
{
  Switch *wish = data;

  g_free (wish->id);
  g_free (wish);
}

/* The lines of others, and what the user wrote between them, stay. */
static char *
dup_switched (const char *text, const Switch *wish)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) result = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (!cot_knowledge_off_line_names (lines[i], wish->id)
        && (*lines[i] != '\0' || lines[i + 1] != NULL))
      g_string_append_printf (result, "%s\n", lines[i]);
  if (!wish->on)
    g_string_append_printf (result, "%s\n", wish->id);
  return g_string_free (g_steal_pointer (&result), FALSE);
}

static gboolean
switch_it (const Switch *wish, GError **error)
{
  g_autofree char *folder = cot_session_dup_own_knowledge_folder ();
  g_autofree char *path = g_build_filename (folder, COT_KNOWLEDGE_OFF_FILE, NULL);
  gboolean is_there = g_file_test (path, G_FILE_TEST_EXISTS);
  g_auto (Content) content = { 0 };
  g_autofree char *text = NULL;

  if (is_there && !read_content (path, &content, error))
    return FALSE;
  text = dup_switched (is_there ? content.text : "", wish);
  if (*text == '\0')
    return !is_there || remove_file (path, error);
  return is_there ? write_content (path, text, content.etag, error)
                  : write_new (path, text, error);
}

static void
switch_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  gboolean done;

  g_mutex_lock (&writing);
  done = switch_it (data, &error);
  g_mutex_unlock (&writing);
  return_done (task, done, error);
}

/**
 * cot_own_detector_switch_async:
 * @self: a detector
 * @on: whether it shall find anything
 * @callback: on the main context
 * @data: for @callback
 *
 * Main thread.
 */
void
cot_own_detector_switch_async (CotOwnDetector *self, gboolean on, GAsyncReadyCallback callback,
                               gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);
  Switch *wish = g_new0 (Switch, 1);

  wish->id = g_strdup (self->id);
  wish->on = on;
  g_task_set_source_tag (task, cot_own_detector_switch_async);
  g_task_set_task_data (task, wish, switch_free);
  g_task_run_in_thread (task, switch_in_thread);
}

/**
 * cot_own_detector_switch_finish:
 * @self: a detector
 * @result: what the callback was given
 * @error: COT_KNOWLEDGE_ERROR or G_IO_ERROR
 *
 * Returns: whether it is switched
 */
gboolean
cot_own_detector_switch_finish (CotOwnDetector *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
