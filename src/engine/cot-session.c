/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-session.h"

#include "cot-case-private.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* Enough to know an archive by its first bytes. */
#define HEAD_BYTES 512
/* More than a bundle may have members, twice. */
#define MAX_FILES ((rlim_t) 524288)

struct _CotSession
{
  GObject parent_instance;

  CotKnowledge *knowledge;
  GPtrArray *problems; /* (element-type utf8) */
  gboolean scanning;
  gboolean joining;
  char *pass_phrase; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (CotSession, cot_session, G_TYPE_OBJECT)

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
cot_session_finalize (GObject *object)
{
  CotSession *self = COT_SESSION (object);

  g_clear_pointer (&self->knowledge, cot_knowledge_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->pass_phrase, wipe);
  G_OBJECT_CLASS (cot_session_parent_class)->finalize (object);
}

static void
cot_session_class_init (CotSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cot_session_finalize;
}

static void
add_user_knowledge (CotSession *self)
{
  g_autofree char *folder
      = g_build_filename (g_get_user_data_dir (), "cotrace", "knowledge", NULL);
  g_autoptr (CotKnowledge) builtin = g_steal_pointer (&self->knowledge);

  self->knowledge = cot_knowledge_new_with_folder (builtin, folder);
  for (guint i = 0; i < cot_knowledge_get_n_problems (self->knowledge); i++)
    {
      const CotKnowledgeProblem *problem = cot_knowledge_get_problem (self->knowledge, i);

      g_ptr_array_add (self->problems, g_strdup_printf ("%s:%u: %s", problem->file, problem->line,
                                                        problem->reason));
    }
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
  self->knowledge = cot_knowledge_new_builtin (&error);
  /* The built-in files are tested with every build: without them the program is not whole. */
  if (self->knowledge == NULL)
    g_error ("The built-in knowledge cannot be read: %s", error->message);
  add_user_knowledge (self);
}

/**
 * cot_session_new:
 *
 * Reads the built-in knowledge and the user's own. Main thread.
 *
 * Returns: (transfer full): a session
 */
CotSession *
cot_session_new (void)
{
  return g_object_new (COT_TYPE_SESSION, NULL);
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
 * Returns: (transfer none): "file:line: reason"
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
  return cot_case_new (self->scanning ? self->knowledge : NULL);
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
      if (*part.generation == '\0' || g_ascii_strcasecmp (base, base_name) != 0)
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
      if (cot_bundle_is_archive (head, n_head))
        {
          bundle = cot_bundle_open_with_pass_phrase (resolved, pass_phrase, cancellable, error);
          if (bundle == NULL)
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
      *log = NULL;
      return cot_case_new_for_bundle (self->scanning ? self->knowledge : NULL, place->bundle);
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
  Place *place = look_at_path (path, self->pass_phrase, self->joining, NULL, &local_error);
  CotCase *opened;
  CotLog *log;

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
