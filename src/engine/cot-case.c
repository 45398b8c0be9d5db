/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-case-private.h"

#include "cot-log-private.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (CotCase, cot_case, G_TYPE_OBJECT)

enum
{
  MEMBERS_CHANGED,
  FINDINGS_CHANGED,
  PROGRESS_CHANGED,
  N_SIGNALS,
};

static void
cot_case_dispose (GObject *object)
{
  CotCase *self = COT_CASE (object);

  /* What is let go of below may still tell of itself: nothing is to be judged for that. */
  self->held = TRUE;
  cot_case_clear_findings (self);
  cot_case_stop_collection (self);
  g_clear_pointer (&self->active, g_ptr_array_unref);
  g_clear_pointer (&self->wanted, g_ptr_array_unref);
  g_clear_pointer (&self->logs, g_ptr_array_unref);
  g_clear_pointer (&self->log_members, g_hash_table_unref);
  g_clear_pointer (&self->member_logs, g_hash_table_unref);
  g_clear_pointer (&self->leaders, g_hash_table_unref);
  g_clear_pointer (&self->apart, g_hash_table_unref);
  g_clear_pointer (&self->older, g_hash_table_unref);
  G_OBJECT_CLASS (cot_case_parent_class)->dispose (object);
}

static void
cot_case_finalize (GObject *object)
{
  CotCase *self = COT_CASE (object);

  cot_case_finish_refused (self);
  g_clear_pointer (&self->loose_devices, g_ptr_array_unref);
  g_clear_pointer (&self->collection, cot_collection_free);
  g_clear_pointer (&self->bundle, cot_bundle_unref);
  g_clear_pointer (&self->knowledge, cot_knowledge_unref);
  g_free (self->path);
  g_free (self->title);
  G_OBJECT_CLASS (cot_case_parent_class)->finalize (object);
}

static void
cot_case_class_init (CotCaseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  static const char *const names[N_SIGNALS]
      = { "members-changed", "findings-changed", "progress-changed" };

  object_class->dispose = cot_case_dispose;
  object_class->finalize = cot_case_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    g_signal_new (names[i], COT_TYPE_CASE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cot_case_init (CotCase *self)
{
  self->title = g_strdup ("");
  self->logs = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_case_log_free);
  self->active = g_ptr_array_new ();
  self->wanted = g_ptr_array_new ();
  self->loose_devices = g_ptr_array_new ();
  self->member_logs = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->log_members = g_hash_table_new (NULL, NULL);
  self->apart = g_hash_table_new (NULL, NULL);
  self->leaders = g_hash_table_new (NULL, NULL);
  self->older = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  cot_case_init_refused (self);
}

/**
 * cot_case_new:
 * @knowledge: (nullable): what the logs are looked at with; %NULL: they are only read
 *
 * Returns: (transfer full): a case for loose files
 */
CotCase *
cot_case_new (CotKnowledge *knowledge)
{
  CotCase *self = g_object_new (COT_TYPE_CASE, NULL);

  if (knowledge != NULL)
    self->knowledge = cot_knowledge_ref (knowledge);
  /* Who only reads wants file by file. */
  self->joins = knowledge != NULL;
  return self;
}

/* One that is read anew takes the place of the one before. */
static void
set_member_log (CotCase *self, guint index, CotLog *log)
{
  gpointer key = GUINT_TO_POINTER (index + 1);

  g_hash_table_remove (self->log_members, g_hash_table_lookup (self->member_logs, key));
  g_hash_table_insert (self->member_logs, key, g_object_ref (log));
  g_hash_table_insert (self->log_members, log, key);
}

static CotLog *
add_member_log (CotCase *self, guint index)
{
  const CotMember *member = cot_bundle_get_member (self->bundle, index);
  g_autofree char *path = cot_bundle_dup_member_path (self->bundle, index);
  g_autoptr (CotLog) log = path != NULL ? cot_log_new_for_path (path, member->label)
                                        : cot_log_new_for_member (member->label);

  set_member_log (self, index, log);
  /* An older part is read with the newest one, and alone only for who wants to see it. */
  if (cot_case_get_newest_member (self, index) == index || !cot_case_get_joined (self, index))
    {
      cot_case_add_older_files (self, log, index);
      cot_case_add_log (self, log, index);
    }
  return log;
}

/* Each log costs some KiB, however small it is, and somebody may have made very many to do harm. */
static void
refuse_more_logs (CotCase *self)
{
  g_autoptr (GError) error = g_error_new (COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_TOO_MANY_LOGS,
                                          "has more than %u logs", COT_CASE_MAX_LOGS);

  cot_case_refuse (self, G_MAXUINT, self->title, error);
}

/**
 * cot_case_add_member:
 * @self: a case of a bundle
 * @index: a member that has no log
 *
 * Gives it one, if it is text and can be read; cot_case_pump() starts it. Main thread.
 */
void
cot_case_add_member (CotCase *self, guint index)
{
  const CotMember *member = cot_bundle_get_member (self->bundle, index);
  g_autoptr (GError) error = cot_bundle_dup_member_error (self->bundle, index);

  if (error != NULL)
    cot_case_refuse (self, index, member->label, error);
  else if (!cot_member_kind_is_text (member->kind))
    return;
  else if (g_hash_table_size (self->member_logs) < COT_CASE_MAX_LOGS)
    add_member_log (self, index);
  else
    refuse_more_logs (self);
}

/**
 * cot_case_get_is_unread:
 * @self: a case of a bundle
 * @index: below cot_case_get_n_members()
 *
 * Returns: whether it was left out only because its name is that of nothing known
 */
gboolean
cot_case_get_is_unread (CotCase *self, guint index)
{
  const CotMember *member = cot_bundle_get_member (self->bundle, index);
  g_autoptr (GError) error = NULL;

  if (member->kind != COT_MEMBER_BINARY || member->size_bytes == 0
      || cot_case_get_member_log (self, index) != NULL)
    return FALSE;
  error = cot_bundle_dup_member_error (self->bundle, index);
  return error == NULL;
}

/**
 * cot_case_read_member:
 * @self: a case of a bundle
 * @index: below cot_case_get_n_members()
 *
 * Reads and judges as a log what was left out by its name. Main thread.
 *
 * Returns: (transfer none) (nullable): its log; %NULL where it cannot be read, or shall not
 */
CotLog *
cot_case_read_member (CotCase *self, guint index)
{
  CotLog *log = cot_case_get_member_log (self, index);

  if (log != NULL || !cot_case_get_is_unread (self, index))
    return log;
  log = add_member_log (self, index);
  cot_case_pump (self);
  g_signal_emit_by_name (self, "members-changed");
  return log;
}

/**
 * cot_case_new_for_bundle:
 * @knowledge: (nullable): what the logs are looked at with; %NULL: they are only read
 * @bundle: a folder or an archive
 *
 * All members that are text are read and scanned in the background. Main thread.
 *
 * Returns: (transfer full): a case
 */
CotCase *
cot_case_new_for_bundle (CotKnowledge *knowledge, CotBundle *bundle)
{
  CotCase *self = cot_case_new (knowledge);
  g_autoptr (GError) error = cot_bundle_dup_error (bundle);

  self->bundle = cot_bundle_ref (bundle);
  self->path = g_strdup (cot_bundle_get_path (bundle));
  g_free (self->title);
  self->title = g_filename_display_basename (self->path);
  cot_case_join_members (self);
  for (guint i = 0; i < cot_bundle_get_n_members (bundle); i++)
    cot_case_add_member (self, i);
  if (error != NULL)
    cot_case_refuse (self, G_MAXUINT, self->title, error);
  cot_case_read_collection (self);
  cot_case_pump (self);
  cot_case_schedule_correlation (self);
  return self;
}

/**
 * cot_case_find_path:
 * @self: a case
 * @path: a path
 *
 * Returns: (transfer none) (nullable): the log that is open from that path
 */
CotLog *
cot_case_find_path (CotCase *self, const char *path)
{
  for (guint i = 0; i < self->logs->len; i++)
    {
      CotCaseItem *item = g_ptr_array_index (self->logs, i);

      if (g_strcmp0 (cot_log_get_path (item->log), path) == 0)
        return item->log;
    }
  return NULL;
}

/* One that is open already stays a log of its own. */
static void
add_older_paths (CotCase *self, CotCaseItem *item, GPtrArray *older)
{
  item->older_paths = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; older != NULL && i < older->len; i++)
    {
      const char *path = g_ptr_array_index (older, i);
      g_autofree char *label = g_filename_display_name (path);

      if (cot_case_find_path (self, path) != NULL)
        continue;
      g_ptr_array_add (item->older_paths, g_strdup (path));
      cot_log_add_older (item->log, path, NULL, label);
    }
}

static gboolean
is_older_path (CotCase *self, const char *path)
{
  for (guint i = 0; i < self->logs->len; i++)
    {
      const CotCaseItem *item = g_ptr_array_index (self->logs, i);

      if (item->older_paths != NULL
          && g_ptr_array_find_with_equal_func (item->older_paths, path, g_str_equal, NULL))
        return TRUE;
    }
  return FALSE;
}

/**
 * cot_case_add_path:
 * @self: a case for loose files
 * @path: path of a log
 * @older: (nullable) (element-type filename): older parts of it, the oldest first
 *
 * Adds the log, or finds it where it is open already, and starts reading it. Main thread.
 *
 * Returns: (transfer none): the log
 */
CotLog *
cot_case_add_path (CotCase *self, const char *path, GPtrArray *older)
{
  CotLog *found = cot_case_find_path (self, path);
  gboolean is_part = is_older_path (self, path);
  CotCaseItem *item;
  g_autofree char *label = NULL;
  g_autoptr (CotLog) log = NULL;

  if (found != NULL)
    return found;
  label = g_filename_display_name (path);
  log = cot_log_new_for_path (path, label);
  cot_case_add_log (self, log, G_MAXUINT);
  item = g_ptr_array_index (self->logs, self->logs->len - 1);
  item->is_part = is_part;
  add_older_paths (self, item, older);
  g_signal_emit_by_name (self, "members-changed");
  cot_case_pump (self);
  return log;
}

/**
 * cot_case_add_text:
 * @self: a case for loose files
 * @text: the bytes of a log
 * @label: what people call it, UTF-8
 *
 * Adds a log that stands in no file, and starts reading it. Main thread.
 *
 * Returns: (transfer none): the log
 */
CotLog *
cot_case_add_text (CotCase *self, GBytes *text, const char *label)
{
  g_autoptr (CotLog) log = cot_log_new_for_member (label);
  CotCaseItem *item;

  cot_case_add_log (self, log, G_MAXUINT);
  item = g_ptr_array_index (self->logs, self->logs->len - 1);
  item->text = cot_source_new_from_bytes (text, label);
  cot_log_take_source (log, cot_source_ref (item->text));
  g_signal_emit_by_name (self, "members-changed");
  cot_case_pump (self);
  return log;
}

/**
 * cot_case_reread_log:
 * @self: a case
 * @log: one of its logs
 * @read_as: how to read it
 *
 * Reads a log anew. Entries of a #CotLog are only ever appended, so another one takes its place.
 * Main thread.
 *
 * Returns: (transfer none) (nullable): the new log
 */
CotLog *
cot_case_reread_log (CotCase *self, CotLog *log, const CotReadAs *read_as)
{
  int index = cot_case_find_log (self, log);
  g_autoptr (CotLog) newer = NULL;
  CotCaseItem *item;

  if (index < 0)
    return NULL;
  item = g_ptr_array_index (self->logs, (guint) index);
  if (cot_log_get_path (log) != NULL)
    newer = cot_log_new_for_path (cot_log_get_path (log), cot_log_get_label (log));
  else
    newer = cot_log_new_for_member (cot_log_get_label (log));
  if (item->text != NULL)
    cot_log_take_source (newer, cot_source_ref (item->text));
  cot_log_set_read_as (newer, read_as);
  if (item->member != G_MAXUINT)
    {
      set_member_log (self, item->member, newer);
      cot_case_add_older_files (self, newer, item->member);
    }
  for (guint i = 0; item->older_paths != NULL && i < item->older_paths->len; i++)
    {
      const char *path = g_ptr_array_index (item->older_paths, i);
      g_autofree char *label = g_filename_display_name (path);

      cot_log_add_older (newer, path, NULL, label);
    }
  cot_case_replace_log (item, newer);
  cot_case_schedule_correlation (self);
  g_signal_emit_by_name (self, "members-changed");
  cot_case_pump (self);
  return newer;
}

/**
 * cot_case_reopen_log:
 * @self: a case
 * @log: one of its logs
 * @format_id: (nullable): how to read it; %NULL: as its content says
 *
 * As cot_case_reread_log(): what else was chosen for it stays. Main thread.
 *
 * Returns: (transfer none) (nullable): the new log
 */
CotLog *
cot_case_reopen_log (CotCase *self, CotLog *log, const char *format_id)
{
  CotReadAs read_as = *cot_log_get_read_as (log);

  read_as.format_id = format_id;
  return cot_case_reread_log (self, log, &read_as);
}

/* Parts of a log that is gone are logs for themselves. */
static void
judge_parts_left (CotCase *self)
{
  for (guint i = 0; i < self->logs->len; i++)
    {
      CotCaseItem *item = g_ptr_array_index (self->logs, i);
      const char *path = cot_log_get_path (item->log);

      if (item->is_part && item->member == G_MAXUINT && !is_older_path (self, path))
        cot_case_judge_part (item);
    }
}

/**
 * cot_case_remove_log:
 * @self: a case for loose files
 * @log: one of its logs
 *
 * The log's findings go with it. Main thread.
 */
void
cot_case_remove_log (CotCase *self, CotLog *log)
{
  int index = cot_case_find_log (self, log);

  CotCaseItem *item;

  if (index < 0)
    return;
  item = g_ptr_array_index (self->logs, (guint) index);
  /* Opened again, it may be read whole. */
  if (item->refused != NULL)
    cot_case_forget_reason (self, cot_log_get_label (log), item->refused);
  cot_case_take_out (self, item);
  g_ptr_array_remove_index (self->logs, (guint) index);
  cot_case_forget_labels (self);
  judge_parts_left (self);
  cot_case_schedule_correlation (self);
  g_signal_emit_by_name (self, "members-changed");
  cot_case_pump (self);
}

/**
 * cot_case_get_title:
 * @self: a case
 *
 * Returns: (transfer none): the bundle's name, UTF-8; "" for loose files
 */
const char *
cot_case_get_title (CotCase *self)
{
  return self->title;
}

/**
 * cot_case_get_device:
 * @self: a case
 *
 * Returns: (transfer none) (nullable): the computer that the logs come from, by their names; %NULL
 *   also where they come from several
 */
const char *
cot_case_get_device (CotCase *self)
{
  return self->bundle != NULL ? cot_bundle_get_device_name (self->bundle) : NULL;
}

/**
 * cot_case_get_path:
 * @self: a case
 *
 * Returns: (transfer none) (nullable): the bundle's path; %NULL for loose files
 */
const char *
cot_case_get_path (CotCase *self)
{
  return self->path;
}

/**
 * cot_case_is_bundle:
 * @self: a case
 *
 * Returns: whether it is a folder or an archive
 */
gboolean
cot_case_is_bundle (CotCase *self)
{
  return self->bundle != NULL;
}

/**
 * cot_case_is_archive:
 * @self: a case
 *
 * Returns: whether it is an archive, whose logs never grow
 */
gboolean
cot_case_is_archive (CotCase *self)
{
  return self->bundle != NULL && cot_bundle_get_kind (self->bundle) != COT_BUNDLE_FOLDER;
}

/**
 * cot_case_get_n_members:
 * @self: a case
 *
 * Returns: the number of files in the bundle; 0 for loose files
 */
guint
cot_case_get_n_members (CotCase *self)
{
  return self->bundle != NULL ? cot_bundle_get_n_members (self->bundle) : 0;
}

/**
 * cot_case_get_member:
 * @self: a case of a bundle
 * @index: below cot_case_get_n_members()
 *
 * Returns: (transfer none): the member
 */
const CotMember *
cot_case_get_member (CotCase *self, guint index)
{
  return cot_bundle_get_member (self->bundle, index);
}

/**
 * cot_case_get_member_log:
 * @self: a case of a bundle
 * @index: below cot_case_get_n_members()
 *
 * Returns: (transfer none) (nullable): its log; %NULL where it is no text, or was refused
 */
CotLog *
cot_case_get_member_log (CotCase *self, guint index)
{
  return g_hash_table_lookup (self->member_logs, GUINT_TO_POINTER (index + 1));
}

/**
 * cot_case_get_n_logs:
 * @self: a case
 *
 * Returns: the number of logs
 */
guint
cot_case_get_n_logs (CotCase *self)
{
  return self->logs->len;
}

/**
 * cot_case_get_log:
 * @self: a case
 * @index: below cot_case_get_n_logs()
 *
 * Returns: (transfer none): the log
 */
CotLog *
cot_case_get_log (CotCase *self, guint index)
{
  CotCaseItem *item = g_ptr_array_index (self->logs, index);

  return item->log;
}

/**
 * cot_case_find_log:
 * @self: a case
 * @log: a log
 *
 * Returns: its index; -1 where it is not of this case
 */
int
cot_case_find_log (CotCase *self, CotLog *log)
{
  for (guint i = 0; i < self->logs->len; i++)
    if (cot_case_get_log (self, i) == log)
      return (int) i;
  return -1;
}

/**
 * cot_case_get_n_unidentified:
 * @self: a case
 * @first: (out) (optional) (transfer none): the first of them; untouched where there is none
 *
 * Returns: how many logs are of a kind that is known by name, and could be any
 */
guint
cot_case_get_n_unidentified (CotCase *self, CotLog **first)
{
  guint n = 0;

  for (guint i = 0; i < self->logs->len; i++)
    {
      const CotCaseItem *item = g_ptr_array_index (self->logs, i);

      if (item->is_part || item->identity != COT_LOG_IDENTITY_UNKNOWN)
        continue;
      if (n++ == 0 && first != NULL)
        *first = item->log;
    }
  return n;
}
