/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The knowledge files of a user, which may be anything: a broken one is named, and costs no more
 * than a bounded time and memory, and nothing of the others. */

#include "cot-knowledge-private.h"

#include "cot-log-catalogue-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Names are sorted before they are read; in a folder of more than these, nobody looks for packs. */
#define MAX_NAMES 10000

static gboolean
refuse_file (GError **error, const char *reason)
{
  g_set_error_literal (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_UNREADABLE, reason);
  return FALSE;
}

static gboolean
read_all (int fd, char **text, gsize *length_bytes, GError **error)
{
  g_autofree char *buffer = g_malloc (COT_KNOWLEDGE_MAX_FILE_BYTES + 1);
  gsize n = 0;
  gssize got = 1;

  /* One byte more than may be there: a file may grow after it was asked for its size. */
  while (n <= COT_KNOWLEDGE_MAX_FILE_BYTES && got != 0)
    {
      got = read (fd, buffer + n, COT_KNOWLEDGE_MAX_FILE_BYTES + 1 - n);
      if (got < 0 && errno != EINTR)
        return refuse_file (error, g_strerror (errno));
      n += (gsize) MAX (got, 0);
    }
  if (n > COT_KNOWLEDGE_MAX_FILE_BYTES)
    return refuse_file (error, "larger than 1 MiB");
  *text = g_steal_pointer (&buffer);
  *length_bytes = n;
  return TRUE;
}

static gboolean
load_open_file (int fd, char **text, gsize *length_bytes, GError **error)
{
  struct stat status;

  if (fstat (fd, &status) != 0)
    return refuse_file (error, g_strerror (errno));
  if (S_ISDIR (status.st_mode))
    return refuse_file (error, "a folder, not a file");
  if (!S_ISREG (status.st_mode))
    return refuse_file (error, "not a regular file");
  if (status.st_size > COT_KNOWLEDGE_MAX_FILE_BYTES)
    return refuse_file (error, "larger than 1 MiB");
  return read_all (fd, text, length_bytes, error);
}

/**
 * cot_knowledge_load_file:
 * @path: a path
 * @text: (out) (transfer full): what stands there, without a zero at its end
 * @length_bytes: (out): how much
 * @error: %COT_KNOWLEDGE_ERROR_UNREADABLE
 *
 * A folder, a pipe or a large file is refused. Any thread; reads it.
 *
 * Returns: whether it was read
 */
gboolean
cot_knowledge_load_file (const char *path, char **text, gsize *length_bytes, GError **error)
{
  /* Opening a FIFO must not wait for its writer. */
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  gboolean loaded;

  if (fd < 0)
    return refuse_file (error, g_strerror (errno));
  loaded = load_open_file (fd, text, length_bytes, error);
  close (fd);
  return loaded;
}

/* The limits of all files together. */
typedef struct
{
  CotKnowledge *knowledge;
  guint max_detectors;
  guint max_entries;
} Reading;

static Reading
start_reading (CotKnowledge *base)
{
  CotKnowledge *knowledge = cot_knowledge_new_on_top (base);

  return (Reading){
    knowledge,
    knowledge->detectors->len + COT_KNOWLEDGE_MAX_DETECTORS,
    cot_log_catalogue_get_n (knowledge->catalogue) + COT_KNOWLEDGE_MAX_LOG_FILES,
  };
}

static void
add_pack (CotKnowledge *self, const char *path, guint n_log_entries)
{
  CotKnowledgePack *pack = g_new0 (CotKnowledgePack, 1);

  pack->path = g_strdup (path);
  pack->n_log_entries = n_log_entries;
  g_ptr_array_add (self->packs, pack);
}

static void
read_file (const Reading *reading, const char *path)
{
  CotKnowledge *self = reading->knowledge;
  g_autoptr (GPtrArray) detectors
      = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_detector_unref);
  g_autoptr (GPtrArray) journeys
      = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_journey_unref);
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_log_entry_unref);
  CotKnowledgeFile file = { path, FALSE, detectors, self->runs, journeys, entries, self->problems };
  guint n_entries_before = cot_log_catalogue_get_n (self->catalogue);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length_bytes = 0;
  guint line = 0;

  if (!cot_knowledge_load_file (path, &text, &length_bytes, &error)
      || !cot_knowledge_file_parse (&file, text, length_bytes, &line, &error))
    cot_knowledge_add_problem (self->problems, path, line, error);
  else
    cot_knowledge_take_file (self, &file, reading->max_detectors, reading->max_entries);
  add_pack (self, path, cot_log_catalogue_get_n (self->catalogue) - n_entries_before);
}

static void
add_problem_of_many (CotKnowledge *self, const char *path, CotKnowledgeError code,
                     const char *reason)
{
  g_autoptr (GError) error = g_error_new_literal (COT_KNOWLEDGE_ERROR, (int) code, reason);

  cot_knowledge_add_problem (self->problems, path, 0, error);
}

static void
read_files (const Reading *reading, const char *const *paths, guint n_paths)
{
  CotKnowledge *self = reading->knowledge;

  for (guint i = 0; i < n_paths; i++)
    {
      if (i == COT_KNOWLEDGE_MAX_PACKS)
        {
          add_problem_of_many (self, paths[i], COT_KNOWLEDGE_ERROR_BAD_RULE,
                               "not read, nor what comes behind it: there are too many files");
          return;
        }
      if (self->problems->len >= COT_KNOWLEDGE_MAX_PROBLEMS)
        {
          add_problem_of_many (self, paths[i], COT_KNOWLEDGE_ERROR_BAD_RULE,
                               "not read, nor what comes behind it: too much is wrong in the "
                               "files before it");
          return;
        }
      read_file (reading, paths[i]);
    }
}

static CotKnowledgePack *
find_pack (CotKnowledge *self, const char *path)
{
  for (guint i = 0; i < self->packs->len; i++)
    {
      CotKnowledgePack *pack = g_ptr_array_index (self->packs, i);

      if (g_str_equal (pack->path, path))
        return pack;
    }
  return NULL;
}

/* At the end: what was taken may have been left out again. */
static void
count_packs (CotKnowledge *self)
{
  for (guint i = 0; i < self->detectors->len; i++)
    {
      const CotDetector *detector = g_ptr_array_index (self->detectors, i);
      CotKnowledgePack *pack = detector->builtin ? NULL : find_pack (self, detector->file);

      if (pack != NULL && !detector->marker)
        pack->n_detectors++;
    }
  for (guint i = 0; i < self->journeys->len; i++)
    {
      const CotJourney *journey = g_ptr_array_index (self->journeys, i);
      CotKnowledgePack *pack = journey->builtin ? NULL : find_pack (self, journey->file);

      if (pack != NULL)
        pack->n_journeys++;
    }
  for (guint i = 0; i < self->problems->len; i++)
    {
      const CotKnowledgeProblem *problem = g_ptr_array_index (self->problems, i);
      CotKnowledgePack *pack = find_pack (self, problem->file);

      if (pack != NULL)
        pack->n_problems++;
    }
}

static CotKnowledge *
finish_reading (const Reading *reading)
{
  cot_knowledge_drop_dangling (reading->knowledge);
  count_packs (reading->knowledge);
  return reading->knowledge;
}

static int
compare_paths (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* (nullable): a folder that does not exist holds no pack; any other fault is one to tell of. */
static GDir *
open_folder (CotKnowledge *self, const char *folder)
{
  GDir *dir;

  errno = 0;
  dir = g_dir_open (folder, 0, NULL);
  if (dir == NULL && errno != ENOENT)
    add_problem_of_many (self, folder, COT_KNOWLEDGE_ERROR_UNREADABLE, g_strerror (errno));
  return dir;
}

/* (transfer full): "" for an empty line and for a comment */
static char *
dup_off_id (const char *line, gsize n_bytes)
{
  char *id = g_strstrip (g_strndup (line, n_bytes));

  if (*id == '#')
    *id = '\0';
  return id;
}

/**
 * cot_knowledge_off_line_names:
 * @line: one of %COT_KNOWLEDGE_OFF_FILE
 * @id: of a detector
 *
 * Any thread.
 *
 * Returns: whether the line switches it off
 */
gboolean
cot_knowledge_off_line_names (const char *line, const char *id)
{
  g_autofree char *named = dup_off_id (line, strlen (line));

  return g_str_equal (named, id);
}

/* Ids that no detector has are no fault: its file may be away for a while. */
static void
read_switched_off (CotKnowledge *self, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, COT_KNOWLEDGE_OFF_FILE, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length_bytes = 0;

  if (g_access (path, F_OK) != 0)
    return;
  if (!cot_knowledge_load_file (path, &text, &length_bytes, &error))
    {
      cot_knowledge_add_problem (self->problems, path, 0, error);
      return;
    }
  for (gsize start = 0; start < length_bytes;)
    {
      const char *end = memchr (text + start, '\n', length_bytes - start);
      gsize n = end != NULL ? (gsize) (end - text) - start : length_bytes - start;

      g_hash_table_add (self->switched_off, dup_off_id (text + start, n));
      start += n + 1;
    }
  for (guint i = 0; i < self->detectors->len; i++)
    {
      CotDetector *detector = g_ptr_array_index (self->detectors, i);

      /* What is built in is shared with others, and stays as it is. */
      if (!detector->builtin && !detector->marker)
        detector->switched_off = g_hash_table_contains (self->switched_off, detector->id);
    }
}

/**
 * cot_knowledge_new_with_folder:
 * @base: what to add to
 * @folder: path of a folder with *.xml files of the user
 *
 * Never fails: see cot_knowledge_get_problem(). Any thread; reads files.
 *
 * Returns: (transfer full): @base and what the files brought
 */
CotKnowledge *
cot_knowledge_new_with_folder (CotKnowledge *base, const char *folder)
{
  Reading reading = start_reading (base);
  g_autoptr (GDir) dir = open_folder (reading.knowledge, folder);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && paths->len < MAX_NAMES && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".xml"))
      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (paths, compare_paths);
  read_files (&reading, (const char *const *) paths->pdata, paths->len);
  read_switched_off (reading.knowledge, folder);
  return finish_reading (&reading);
}

/**
 * cot_knowledge_new_with_files:
 * @base: what to add to
 * @paths: (array length=n_paths): paths of files of the user
 * @n_paths: how many
 *
 * Never fails: see cot_knowledge_get_problem(). Any thread; reads files.
 *
 * Returns: (transfer full): @base and what the files brought
 */
CotKnowledge *
cot_knowledge_new_with_files (CotKnowledge *base, const char *const *paths, guint n_paths)
{
  Reading reading = start_reading (base);

  read_files (&reading, paths, n_paths);
  return finish_reading (&reading);
}
