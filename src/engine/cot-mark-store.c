/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-mark-store.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "cot-entry-anchor.h"

/* How much of the first record names a content. A first record carries a time in milliseconds, or
 * is the head of a file of its kind; what two files have in common is told apart mark by mark. */
#define MAX_NAMED_BYTES 512
/* COT_MARKS_MAX marks with notes of the usual length. */
#define MAX_FILE_BYTES (8 * 1024 * 1024)

G_DEFINE_QUARK (cot-mark-error-quark, cot_mark_error)

/**
 * cot_stored_mark_copy:
 * @self: a mark
 *
 * Returns: (transfer full): a copy
 */
CotStoredMark *
cot_stored_mark_copy (const CotStoredMark *self)
{
  CotStoredMark *copy = g_memdup2 (self, sizeof *self);

  copy->record = g_strdup (self->record);
  copy->note = g_strdup (self->note);
  return copy;
}

/**
 * cot_stored_mark_free:
 * @self: (transfer full) (nullable): a mark
 *
 * Frees the mark.
 */
void
cot_stored_mark_free (CotStoredMark *self)
{
  if (self == NULL)
    return;
  g_free (self->record);
  g_free (self->note);
  g_free (self);
}

/* (transfer full) (nullable): the file of what that part holds. */
static char *
dup_path (const char *folder, CotSnapshot *snapshot, guint index)
{
  const CotGeneration *generation = cot_snapshot_get_generation (snapshot, index);
  g_autoptr (GByteArray) record = g_byte_array_new ();
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;

  if (generation->n_entries == 0
      || !cot_snapshot_read (snapshot, generation->first_ordinal, record, NULL))
    return NULL;
  id = g_compute_checksum_for_data (G_CHECKSUM_SHA256, record->data,
                                    MIN (record->len, (gsize) MAX_NAMED_BYTES));
  name = g_strdup_printf ("%.*s.marks", COT_ENTRY_ANCHOR_DIGITS, id);
  return g_build_filename (folder, name, NULL);
}

static CotStoredMark *
read_mark (GKeyFile *file, const char *group)
{
  g_autoptr (CotStoredMark) mark = g_new0 (CotStoredMark, 1);
  g_autofree char *note = g_key_file_get_string (file, group, "note", NULL);
  g_autoptr (GError) error = NULL;
  CotEntryAnchor anchor;

  mark->ordinal = G_MAXUINT64;
  mark->record = g_key_file_get_string (file, group, "record", NULL);
  mark->offset = g_key_file_get_uint64 (file, group, "offset", &error);
  if (error != NULL || !cot_entry_anchor_init_from (&anchor, mark->offset, mark->record))
    return NULL;
  mark->made_usec = g_key_file_get_int64 (file, group, "made", NULL);
  if (note != NULL && *note != '\0' && strlen (note) <= COT_MARK_NOTE_MAX_BYTES)
    mark->note = g_steal_pointer (&note);
  return g_steal_pointer (&mark);
}

/* A file that is not there has no marks. */
static GPtrArray *
read_file (const char *path, GError **error)
{
  g_autoptr (GPtrArray) marks = g_ptr_array_new_with_free_func (
      (GDestroyNotify) cot_stored_mark_free);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) groups = NULL;
  g_autoptr (GError) reason = NULL;
  GStatBuf status;

  if (g_stat (path, &status) != 0)
    {
      int code = errno;

      if (code == ENOENT)
        return g_steal_pointer (&marks);
      g_set_error (error, COT_MARK_ERROR, COT_MARK_ERROR_UNREADABLE, "%s: %s", path,
                   g_strerror (code));
      return NULL;
    }
  if (!S_ISREG (status.st_mode) || status.st_size > MAX_FILE_BYTES)
    g_set_error (&reason, COT_MARK_ERROR, COT_MARK_ERROR_UNREADABLE, "larger than a file of marks");
  else
    g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &reason);
  if (reason != NULL)
    {
      g_set_error (error, COT_MARK_ERROR, COT_MARK_ERROR_UNREADABLE, "%s: %s", path,
                   reason->message);
      return NULL;
    }
  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL && marks->len < COT_MARKS_MAX; i++)
    {
      CotStoredMark *mark = read_mark (file, groups[i]);

      if (mark != NULL)
        g_ptr_array_add (marks, mark);
    }
  return g_steal_pointer (&marks);
}

/* Sets the ordinal of a mark whose bytes stand in that part. */
static gboolean
find_mark (CotSnapshot *snapshot, guint index, CotStoredMark *mark)
{
  CotEntryAnchor anchor;

  return cot_entry_anchor_init_from (&anchor, mark->offset, mark->record)
         && cot_entry_anchor_find_in (&anchor, snapshot, index, &mark->ordinal);
}

/**
 * cot_mark_store_load:
 * @folder: where marks are kept
 * @snapshot: a log that is read
 * @error: COT_MARK_ERROR where a file of marks can not be understood
 *
 * Finds the marks of all parts of a log, each with its ordinal. A worker.
 *
 * Returns: (transfer full) (element-type CotStoredMark): the marks
 */
GPtrArray *
cot_mark_store_load (const char *folder, CotSnapshot *snapshot, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (
      (GDestroyNotify) cot_stored_mark_free);

  for (guint i = 0; i < cot_snapshot_get_n_generations (snapshot); i++)
    {
      g_autofree char *path = dup_path (folder, snapshot, i);
      g_autoptr (GPtrArray) kept = NULL;

      if (path == NULL)
        continue;
      kept = read_file (path, error);
      if (kept == NULL)
        return NULL;
      for (guint j = 0; j < kept->len; j++)
        if (find_mark (snapshot, i, kept->pdata[j]))
          g_ptr_array_add (found, cot_stored_mark_copy (kept->pdata[j]));
    }
  return g_steal_pointer (&found);
}

static void
write_mark (GKeyFile *file, guint index, const CotStoredMark *mark)
{
  g_autofree char *group = g_strdup_printf ("mark %u", index);

  g_key_file_set_uint64 (file, group, "offset", mark->offset);
  g_key_file_set_string (file, group, "record", mark->record);
  g_key_file_set_int64 (file, group, "made", mark->made_usec);
  if (mark->note != NULL)
    g_key_file_set_string (file, group, "note", mark->note);
}

/* Marks are as private as the logs that they are of. */
static gboolean
write_file (const char *path, GKeyFile *file, guint n_marks, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = NULL;
  gsize length_bytes;

  if (n_marks == 0)
    {
      g_unlink (path);
      return TRUE;
    }
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s", folder,
                   g_strerror (code));
      return FALSE;
    }
  text = g_key_file_to_data (file, &length_bytes, NULL);
  if (length_bytes > MAX_FILE_BYTES)
    {
      g_set_error (error, COT_MARK_ERROR, COT_MARK_ERROR_FULL, "%s: too many and too long notes",
                   path);
      return FALSE;
    }
  return g_file_set_contents_full (path, text, length_bytes, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                   error);
}

/* One whose text can not be read any more is of no use. */
static gboolean
name_mark (CotSnapshot *snapshot, CotStoredMark *mark)
{
  CotEntryAnchor anchor;

  if (mark->record != NULL)
    return TRUE;
  if (!cot_entry_anchor_init (&anchor, snapshot, mark->ordinal))
    return FALSE;
  mark->record = g_strdup (anchor.record);
  mark->offset = anchor.offset;
  return TRUE;
}

static gboolean
is_changed (GArray *changes, guint64 ordinal)
{
  for (guint i = 0; i < changes->len; i++)
    if (g_array_index (changes, CotMarkChange, i).ordinal == ordinal)
      return TRUE;
  return FALSE;
}

static gboolean
is_in_part (const CotGeneration *generation, guint64 ordinal)
{
  return ordinal >= generation->first_ordinal
         && ordinal - generation->first_ordinal < generation->n_entries;
}

static gboolean
save_part (const char *path, CotSnapshot *snapshot, guint index, GArray *changes, GError **error)
{
  const CotGeneration *generation = cot_snapshot_get_generation (snapshot, index);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GPtrArray) kept = read_file (path, error);
  guint n = 0;

  if (kept == NULL)
    return FALSE;
  for (guint i = 0; i < kept->len; i++)
    {
      CotStoredMark *mark = kept->pdata[i];

      if (!find_mark (snapshot, index, mark) || !is_changed (changes, mark->ordinal))
        write_mark (file, n++, mark);
    }
  for (guint i = 0; i < changes->len && n < COT_MARKS_MAX; i++)
    {
      CotStoredMark *mark = g_array_index (changes, CotMarkChange, i).mark;

      if (mark != NULL && is_in_part (generation, mark->ordinal) && name_mark (snapshot, mark))
        write_mark (file, n++, mark);
    }
  return n == 0 && kept->len == 0 ? TRUE : write_file (path, file, n, error);
}

static gboolean
concerns_part (CotSnapshot *snapshot, guint index, GArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    if (is_in_part (cot_snapshot_get_generation (snapshot, index),
                    g_array_index (changes, CotMarkChange, i).ordinal))
      return TRUE;
  return FALSE;
}

/* Another process may have the same content open: -1 where there is no lock to be had, which is no
 * reason to keep nothing. */
static int
lock_folder (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, ".lock", NULL);
  int lock;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return -1;
  lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (lock >= 0 && flock (lock, LOCK_EX) != 0)
    {
      close (lock);
      return -1;
    }
  return lock;
}

/**
 * cot_mark_store_save:
 * @folder: where marks are kept; made if it is not there
 * @snapshot: the log
 * @changes: (element-type CotMarkChange): what became of some marks since the last time; those that
 *   were not kept before are given offset and checksum
 * @error: COT_MARK_ERROR where what is there can not be understood, and stays as it is;
 *   G_FILE_ERROR
 *
 * Keeps the marks of a log. A worker; one at a time.
 *
 * Returns: whether all were kept
 */
gboolean
cot_mark_store_save (const char *folder, CotSnapshot *snapshot, GArray *changes, GError **error)
{
  int lock = lock_folder (folder);
  gboolean kept = TRUE;

  for (guint i = 0; kept && i < cot_snapshot_get_n_generations (snapshot); i++)
    {
      g_autofree char *path = concerns_part (snapshot, i, changes) ? dup_path (folder, snapshot, i)
                                                                   : NULL;

      kept = path == NULL || save_part (path, snapshot, i, changes, error);
    }
  if (lock >= 0)
    close (lock);
  return kept;
}
