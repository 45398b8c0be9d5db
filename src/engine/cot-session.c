/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-session.h"

#include "cot-case-private.h"
#include "cot-foreign.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* Enough to know an archive by its first bytes. */
#define HEAD_BYTES 512
/* More than a bundle may have members, twice. */
#define MAX_FILES ((rlim_t) 524288)
/* What is shown of a log that is written all the time: nobody reads it faster, and each time the
 * window is laid out and drawn. */
#define WATCH_INTERVAL_MSEC 250
#define FIRST_ROWS_MAX_MSEC 500

struct _CotSession
{
  GObject parent_instance;

  CotKnowledge *builtin;
  CotKnowledge *knowledge; /* with the user's own, once that was read */
  GPtrArray *problems; /* (element-type utf8) */
  GHashTable *cases; /* set of CotCase that are looked at, unowned */
  guint n_readings; /* of the user's own knowledge: the newest counts */
  gboolean scanning;
  gboolean joining;
  gboolean is_prepared;
  char *pass_phrase; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (CotSession, cot_session, G_TYPE_OBJECT)

enum
{
  KNOWLEDGE_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What stands at a path. */
typedef struct
{
  char *path; /* without links, so that one file has one tab */
  CotBundle *bundle; /* (nullable): a folder or an archive */
  GPtrArray *older; /* (nullable): paths of older parts of the log, the oldest first */
  gboolean is_misnamed; /* called an archive, and none */
} Place;

typedef struct
{
  CotCase *loose;
  char *path;
  char *pass_phrase; /* (nullable) */
  gboolean joining;
} Opening;

static void
wipe (char *pass_phrase)
{
  if (pass_phrase != NULL)
    explicit_bzero (pass_phrase, strlen (pass_phrase));
  g_free (pass_phrase);
}

static void
place_free (Place *place)
{
  g_free (place->path);
  g_clear_pointer (&place->bundle, cot_bundle_unref);
  g_clear_pointer (&place->older, g_ptr_array_unref);
  g_free (place);
}

static void
opening_free (Opening *opening)
{
  g_clear_object (&opening->loose);
  wipe (opening->pass_phrase);
  g_free (opening->path);
  g_free (opening);
}

static void
forget_case (gpointer data, GObject *a_case)
{
  CotSession *self = data;

  g_hash_table_remove (self->cases, a_case);
}

static void
watch_case (CotSession *self, CotCase *a_case)
{
  if (self->scanning && g_hash_table_add (self->cases, a_case))
    g_object_weak_ref (G_OBJECT (a_case), forget_case, self);
}

static void
cot_session_finalize (GObject *object)
{
  CotSession *self = COT_SESSION (object);
  GHashTableIter cases;
  gpointer a_case;

  g_hash_table_iter_init (&cases, self->cases);
  while (g_hash_table_iter_next (&cases, &a_case, NULL))
    g_object_weak_unref (a_case, forget_case, self);
  g_hash_table_unref (self->cases);
  g_clear_pointer (&self->builtin, cot_knowledge_unref);
  g_clear_pointer (&self->knowledge, cot_knowledge_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->pass_phrase, wipe);
  G_OBJECT_CLASS (cot_session_parent_class)->finalize (object);
}

static void
cot_session_class_init (CotSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cot_session_finalize;
  signals[KNOWLEDGE_CHANGED] = g_signal_new ("knowledge-changed", COT_TYPE_SESSION,
                                             G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                             0);
}

/* Every open log keeps its file, and a folder may hold thousands of them. The usual soft limit of
 * 1024 is meant for programs that use select(). */
static void
raise_limit_of_files (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;
  limit.rlim_cur = MIN (limit.rlim_max, MAX (limit.rlim_cur, MAX_FILES));
  setrlimit (RLIMIT_NOFILE, &limit);
}

static void
cot_session_init (CotSession *self)
{
  g_autoptr (GError) error = NULL;

  raise_limit_of_files ();
  self->scanning = TRUE;
  self->problems = g_ptr_array_new_with_free_func (g_free);
  self->cases = g_hash_table_new (NULL, NULL);
  self->builtin = cot_knowledge_new_builtin (&error);
  /* The built-in files are tested with every build: without them the program is not whole. */
  if (self->builtin == NULL)
    g_error ("The built-in knowledge cannot be read: %s", error->message);
  self->knowledge = cot_knowledge_ref (self->builtin);
}

/**
 * cot_session_new:
 *
 * Has the built-in knowledge; the user's own comes with cot_session_read_own_knowledge() or its
 * asynchronous sister. Main thread.
 *
 * Returns: (transfer full): a session
 */
CotSession *
cot_session_new (void)
{
  return g_object_new (COT_TYPE_SESSION, NULL);
}

/**
 * cot_session_serve_window:
 * @self: a session of which nothing is opened yet
 *
 * For a window, which draws what is read while it is read: a core stays free for that, a log that
 * is written all the time is shown a few times a second, and until the first rows are drawn (see
 * cot_document_hold_loads()) the first log is not read beyond its first block. Main thread.
 */
void
cot_session_serve_window (CotSession *self)
{
  cot_document_set_watch_interval (WATCH_INTERVAL_MSEC);
  cot_document_set_n_spare_cores (1);
  cot_document_hold_loads (FIRST_ROWS_MAX_MSEC);
}

/**
 * cot_session_get_knowledge:
 * @self: a session
 *
 * Returns: (transfer none): what logs are looked at with
 */
CotKnowledge *
cot_session_get_knowledge (CotSession *self)
{
  return self->knowledge;
}

/**
 * cot_session_dup_own_knowledge_folder:
 *
 * Any thread.
 *
 * Returns: (transfer full) (type filename): where the user's own knowledge stands; there
 *   need be no such folder
 */
char *
cot_session_dup_own_knowledge_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "cotrace", "knowledge", NULL);
}

static CotKnowledge *
read_own_knowledge (CotKnowledge *builtin)
{
  g_autofree char *folder = cot_session_dup_own_knowledge_folder ();

  return cot_knowledge_new_with_folder (builtin, folder);
}

static char *
dup_problem (const CotKnowledgeProblem *problem)
{
  g_autofree char *file = g_filename_display_name (problem->file);

  return problem->line > 0 ? g_strdup_printf ("%s:%u: %s", file, problem->line, problem->reason)
                           : g_strdup_printf ("%s: %s", file, problem->reason);
}

static gboolean
has_own (CotKnowledge *knowledge)
{
  return cot_knowledge_get_n_packs (knowledge) > 0 || cot_knowledge_get_n_problems (knowledge) > 0;
}

static void
take_knowledge (CotSession *self, CotKnowledge *knowledge)
{
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer a_case;

  /* Most people have none: then no log is looked at again, and nothing is prepared anew. */
  if (!has_own (self->knowledge) && !has_own (knowledge))
    return;
  cot_knowledge_unref (self->knowledge);
  self->knowledge = cot_knowledge_ref (knowledge);
  g_ptr_array_set_size (self->problems, 0);
  for (guint i = 0; i < cot_knowledge_get_n_problems (knowledge); i++)
    g_ptr_array_add (self->problems, dup_problem (cot_knowledge_get_problem (knowledge, i)));
  /* A handler of a case's signal may close another one. */
  g_hash_table_iter_init (&iter, self->cases);
  while (g_hash_table_iter_next (&iter, &a_case, NULL))
    g_ptr_array_add (cases, g_object_ref (a_case));
  for (guint i = 0; i < cases->len; i++)
    cot_case_set_knowledge (g_ptr_array_index (cases, i), knowledge);
  g_signal_emit (self, signals[KNOWLEDGE_CHANGED], 0);
}

/**
 * cot_session_read_own_knowledge:
 * @self: a session
 *
 * For the command line: reads the user's own knowledge on the calling thread.
 */
void
cot_session_read_own_knowledge (CotSession *self)
{
  g_autoptr (CotKnowledge) knowledge = read_own_knowledge (self->builtin);

  self->n_readings++;
  take_knowledge (self, knowledge);
}

static void
read_own_knowledge_in_thread (GTask *task, gpointer source, gpointer data,
                              GCancellable *cancellable)
{
  g_task_return_pointer (task, read_own_knowledge (data), (GDestroyNotify) cot_knowledge_unref);
}

static void
on_own_knowledge_read (GObject *source, GAsyncResult *result, gpointer data)
{
  CotSession *self = COT_SESSION (source);
  g_autoptr (GTask) task = data;
  g_autoptr (CotKnowledge) knowledge = g_task_propagate_pointer (G_TASK (result), NULL);

  if (GPOINTER_TO_UINT (g_task_get_task_data (task)) == self->n_readings)
    take_knowledge (self, knowledge);
  g_task_return_boolean (task, TRUE);
}

/**
 * cot_session_read_own_knowledge_async:
 * @self: a session
 * @callback: (nullable): on the main context
 * @data: for @callback
 *
 * Reads the user's own knowledge on a worker, also again; what is open is looked at with it from
 * then on. Emits "knowledge-changed" where there is any, or was. Main thread.
 */
void
cot_session_read_own_knowledge_async (CotSession *self, GAsyncReadyCallback callback,
                                      gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  g_autoptr (GTask) reading = g_task_new (self, NULL, on_own_knowledge_read, task);

  g_task_set_source_tag (task, cot_session_read_own_knowledge_async);
  g_task_set_task_data (task, GUINT_TO_POINTER (++self->n_readings), NULL);
  g_task_set_task_data (reading, cot_knowledge_ref (self->builtin),
                        (GDestroyNotify) cot_knowledge_unref);
  g_task_run_in_thread (reading, read_own_knowledge_in_thread);
}

/**
 * cot_session_get_n_knowledge_problems:
 * @self: a session
 *
 * Returns: how many faults the user's knowledge files have
 */
guint
cot_session_get_n_knowledge_problems (CotSession *self)
{
  return self->problems->len;
}

/**
 * cot_session_get_knowledge_problem:
 * @self: a session
 * @index: below cot_session_get_n_knowledge_problems()
 *
 * Returns: (transfer none): "file:line: reason"; without the line where the whole file is meant
 */
const char *
cot_session_get_knowledge_problem (CotSession *self, guint index)
{
  return g_ptr_array_index (self->problems, index);
}

/**
 * cot_session_set_scanning:
 * @self: a session
 * @scanning: whether detectors look at what is opened from now on
 *
 * For commands that only read. Main thread.
 */
void
cot_session_set_scanning (CotSession *self, gboolean scanning)
{
  self->scanning = scanning;
}

/**
 * cot_session_set_joining:
 * @self: a session
 * @joining: whether a single log that is opened from now on is read with its older parts
 *
 * Main thread.
 */
void
cot_session_set_joining (CotSession *self, gboolean joining)
{
  self->joining = joining;
}

/**
 * cot_session_set_poll_interval:
 * @self: a session
 * @interval_msec: time between two looks at a followed log; 0: as it fits
 *
 * Logs that wait for their next look wait so long from now on. Main thread.
 */
void
cot_session_set_poll_interval (CotSession *self, guint interval_msec)
{
  GHashTableIter cases;
  gpointer a_case;

  cot_document_set_default_poll_interval (interval_msec);
  g_hash_table_iter_init (&cases, self->cases);
  while (g_hash_table_iter_next (&cases, &a_case, NULL))
    for (guint i = 0; i < cot_case_get_n_logs (a_case); i++)
      cot_document_set_poll_interval (cot_log_get_document (cot_case_get_log (a_case, i)), 0);
}

/**
 * cot_session_set_pass_phrase:
 * @self: a session
 * @pass_phrase: (nullable): for the encrypted members of what is opened from now on
 *
 * For programs that know it before. It is wiped with the session. Main thread.
 */
void
cot_session_set_pass_phrase (CotSession *self, const char *pass_phrase)
{
  g_clear_pointer (&self->pass_phrase, wipe);
  self->pass_phrase = g_strdup (pass_phrase);
}

/**
 * cot_session_new_case:
 * @self: a session
 *
 * Returns: (transfer full): a case for loose files
 */
CotCase *
cot_session_new_case (CotSession *self)
{
  CotCase *a_case = cot_case_new (self->scanning ? self->knowledge : NULL);

  watch_case (self, a_case);
  return a_case;
}

/**
 * cot_session_find_unpack_program:
 *
 * A program that runs from its build tree takes the reader of archives from there; an installed
 * one finds nothing beside it and keeps the installed one. Main thread, before anything is opened.
 */
void
cot_session_find_unpack_program (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *program = NULL;

  if (folder == NULL)
    return;
  program = g_build_filename (folder, "..", "unpack", "cotrace-unpack", NULL);
  if (g_file_test (program, G_FILE_TEST_IS_EXECUTABLE))
    cot_unpacker_set_program (program);
}

static char *
path_without_links (const char *path)
{
  char *resolved = realpath (path, NULL); /* by malloc, which is g_malloc's since GLib 2.46 */

  /* An empty path would be made the current folder. */
  if (resolved == NULL && *path == '\0')
    return g_strdup ("");
  return resolved != NULL ? resolved : g_canonicalize_filename (path, NULL);
}

typedef struct
{
  char *path;
  char *generation;
} OlderPart;

static void
clear_older_part (gpointer data)
{
  OlderPart *part = data;

  g_free (part->path);
  g_free (part->generation);
}

static int
compare_older_parts (gconstpointer first, gconstpointer second)
{
  const OlderPart *a = first;
  const OlderPart *b = second;

  return cot_case_compare_generations (a->generation, b->generation);
}

/* (nullable): what the writer of a log has put aside beside it; only the newest part has any. */
static GPtrArray *
find_older_parts (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base_name = NULL;
  g_autofree char *generation = NULL;
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (OlderPart));
  g_autoptr (GDir) dir = NULL;
  GPtrArray *paths;
  const char *name;

  g_array_set_clear_func (parts, clear_older_part);
  cot_member_identify (path, NULL, &base_name, &generation);
  if (*generation == '\0' && g_str_has_suffix (base_name, ".log"))
    dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *base = NULL;
      OlderPart part = { 0 };

      cot_member_identify (name, NULL, &base, &part.generation);
      if (*part.generation == '\0' || !cot_member_generation_is_ordered (part.generation)
          || g_ascii_strcasecmp (base, base_name) != 0)
        {
          g_free (part.generation);
          continue;
        }
      part.path = g_build_filename (folder, name, NULL);
      g_array_append_val (parts, part);
    }
  if (parts->len == 0)
    return NULL;
  g_array_sort (parts, compare_older_parts);
  paths = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < parts->len; i++)
    g_ptr_array_add (paths, g_strdup (g_array_index (parts, OlderPart, i).path));
  return paths;
}

static gboolean
is_program (const char *head, gsize n_head)
{
  return n_head >= 2 && memcmp (head, "MZ", 2) == 0;
}

/* (nullable): @error is set, or it is a log. A self-extractor begins with its program, so that only
 * the end of the file tells that an archive is in it. */
static CotBundle *
open_archive (const char *path, const char *head, gsize n_head, const char *pass_phrase,
              GCancellable *cancellable, GError **error)
{
  gboolean is_archive = cot_bundle_is_archive (head, n_head);
  gboolean may_be_one = is_program (head, n_head) || cot_bundle_is_archive_name (path);
  g_autoptr (GError) local_error = NULL;
  CotBundle *bundle;

  if (!is_archive && !may_be_one)
    return NULL;
  bundle = cot_bundle_open_with_pass_phrase (path, pass_phrase, cancellable, &local_error);
  /* Any other program, or what is only called an archive. */
  if (!is_archive
      && (g_error_matches (local_error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_NOT_AN_ARCHIVE)
          || g_error_matches (local_error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WORKER)))
    return NULL;
  if (bundle == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return bundle;
}

/* On a worker: the path may lie on a server that does not answer. */
static Place *
look_at_path (const char *path, const char *pass_phrase, gboolean joining,
              GCancellable *cancellable, GError **error)
{
  g_autoptr (CotSource) source = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (CotBundle) bundle = NULL;
  g_autofree char *resolved = path_without_links (path);
  char head[HEAD_BYTES];
  gsize n_head = 0;
  Place *place;

  source = cot_source_open (resolved, &local_error);
  if (source == NULL)
    {
      if (!g_error_matches (local_error, COT_SOURCE_ERROR, COT_SOURCE_ERROR_IS_FOLDER))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      bundle = cot_bundle_open_with_pass_phrase (resolved, pass_phrase, cancellable, error);
      if (bundle == NULL)
        return NULL;
    }
  else
    {
      if (!cot_source_read (source, 0, head, sizeof head, &n_head, error))
        return NULL;
      if (!cot_foreign_check (source, resolved, error))
        return NULL;
      bundle = open_archive (resolved, head, n_head, pass_phrase, cancellable, &local_error);
      if (local_error == NULL && bundle == NULL && is_program (head, n_head))
        cot_foreign_check_program (source, cancellable, &local_error);
      if (bundle != NULL)
        cot_foreign_check_bundle (bundle, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
    }
  place = g_new0 (Place, 1);
  if (joining && bundle == NULL)
    place->older = find_older_parts (resolved);
  place->is_misnamed = bundle == NULL && cot_bundle_is_archive_name (resolved);
  place->path = g_steal_pointer (&resolved);
  place->bundle = g_steal_pointer (&bundle);
  return place;
}

static void
prefix_name (GError **error, const char *path)
{
  g_autofree char *name = g_filename_display_name (path);

  if (*error != NULL)
    g_prefix_error (error, "%s: ", name);
}

static void
look_at_path_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Opening *opening = data;
  GError *error = NULL;
  Place *place = look_at_path (opening->path, opening->pass_phrase, opening->joining, cancellable,
                               &error);

  if (place == NULL)
    {
      prefix_name (&error, opening->path);
      g_task_return_error (task, error);
    }
  else
    g_task_return_pointer (task, place, (GDestroyNotify) place_free);
}

static gpointer
prepare (CotJob *job, gpointer data, GError **error)
{
  cot_matcher_prepare (data);
  return NULL;
}

/* What the first log that is judged would have to wait for is done while others are opened. */
static void
prepare_knowledge (CotSession *self)
{
  if (!self->scanning || self->is_prepared)
    return;
  self->is_prepared = TRUE;
  cot_job_unref (cot_job_start (&(CotJobFunctions){
      .work = prepare,
      .data = cot_knowledge_ref (self->knowledge),
      .free_data = (GDestroyNotify) cot_knowledge_unref,
  }));
}

/**
 * cot_session_open_async:
 * @self: a session
 * @loose: the case that a single log joins
 * @path: path of a log, a folder or an archive
 * @cancellable: (nullable): a cancellable
 * @callback: on the main context
 * @data: for @callback
 *
 * Finds out on a worker what stands at the path. Main thread.
 */
void
cot_session_open_async (CotSession *self, CotCase *loose, const char *path,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Opening *opening = g_new0 (Opening, 1);

  prepare_knowledge (self);
  opening->loose = g_object_ref (loose);
  opening->path = g_strdup (path);
  opening->pass_phrase = g_strdup (self->pass_phrase);
  opening->joining = self->joining;
  g_task_set_source_tag (task, cot_session_open_async);
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  g_task_run_in_thread (task, look_at_path_in_thread);
}

static CotCase *
open_place (CotSession *self, CotCase *loose, const Place *place, CotLog **log)
{
  if (place->bundle != NULL)
    {
      CotCase *opened
          = cot_case_new_for_bundle (self->scanning ? self->knowledge : NULL, place->bundle);

      *log = NULL;
      watch_case (self, opened);
      return opened;
    }
  *log = cot_case_add_path (loose, place->path, place->older);
  if (place->is_misnamed)
    {
      g_autoptr (GError) reason
          = g_error_new_literal (COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_NOT_AN_ARCHIVE,
                                 "is called an archive, but is none");

      cot_case_refuse (loose, G_MAXUINT, cot_log_get_label (*log), reason);
      g_signal_emit_by_name (loose, "members-changed");
    }
  return g_object_ref (loose);
}

/**
 * cot_session_open_finish:
 * @self: a session
 * @result: what the callback was given
 * @log: (out) (transfer none) (nullable): the log, where the path was one
 * @error: COT_SOURCE_ERROR or COT_BUNDLE_ERROR, the message begins with the path
 *
 * Returns: (transfer full): the case that the path now belongs to
 */
CotCase *
cot_session_open_finish (CotSession *self, GAsyncResult *result, CotLog **log, GError **error)
{
  Opening *opening = g_task_get_task_data (G_TASK (result));
  Place *place = g_task_propagate_pointer (G_TASK (result), error);
  CotCase *opened;

  if (place == NULL)
    return NULL;
  opened = open_place (self, opening->loose, place, log);
  place_free (place);
  return opened;
}

/**
 * cot_session_add_text:
 * @self: a session
 * @loose: the case that the text joins
 * @text: the bytes of a log that stands in no file
 * @label: what people call it, UTF-8
 *
 * It is kept in memory as long as its log. Main thread.
 *
 * Returns: (transfer none): its log
 */
CotLog *
cot_session_add_text (CotSession *self, CotCase *loose, GBytes *text, const char *label)
{
  prepare_knowledge (self);
  return cot_case_add_text (loose, text, label);
}

/**
 * cot_session_open_sync:
 * @self: a session
 * @loose: the case that a single log joins
 * @path: path of a log, a folder or an archive
 * @error: as cot_session_open_finish()
 *
 * For the command line: looks at the path on the calling thread. cot_session_wait() then waits for
 * the reading.
 *
 * Returns: (transfer full): the case that the path now belongs to
 */
CotCase *
cot_session_open_sync (CotSession *self, CotCase *loose, const char *path, GError **error)
{
  GError *local_error = NULL;
  CotCase *opened;
  CotLog *log;
  Place *place;

  prepare_knowledge (self);
  place = look_at_path (path, self->pass_phrase, self->joining, NULL, &local_error);
  if (place == NULL)
    {
      prefix_name (&local_error, path);
      g_propagate_error (error, local_error);
      return NULL;
    }
  opened = open_place (self, loose, place, &log);
  place_free (place);
  return opened;
}

/**
 * cot_session_wait:
 * @self: a session
 * @a_case: a case
 *
 * For the command line: runs the main context until all is read and judged.
 */
void
cot_session_wait (CotSession *self, CotCase *a_case)
{
  while (!cot_case_get_settled (a_case))
    g_main_context_iteration (NULL, TRUE);
}
