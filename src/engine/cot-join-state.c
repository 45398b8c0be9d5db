/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-join-state.h"

#include "cot-case-private.h"
#include "cot-decoder.h"

/* The output has some 100 lines; what is longer is something else. */
#define MAX_ENTRIES 5000
#define MAX_TEXT_BYTES (1024 * 1024)

static gboolean
is_join_log (CotLog *log)
{
  return cot_log_get_n_entries (log) > 0
         && cot_format_is (cot_snapshot_get_format (cot_log_get_snapshot (log)),
                           &cot_format_dsreg);
}

/**
 * cot_case_get_log_device:
 * @self: a case
 * @log: a log
 *
 * Main thread.
 *
 * Returns: (transfer none) (nullable): the computer that it comes from; %NULL where that is not
 *   known, or the log is none of the case
 */
const char *
cot_case_get_log_device (CotCase *self, CotLog *log)
{
  int member = cot_case_find_member (self, log);

  for (guint i = 0; self->bundle == NULL && i < self->logs->len; i++)
    {
      const CotCaseItem *item = g_ptr_array_index (self->logs, i);

      if (item->log == log)
        return item->device;
    }
  if (member < 0)
    return NULL;
  if (cot_case_get_member (self, (guint) member)->device != NULL)
    return cot_case_get_member (self, (guint) member)->device;
  return cot_case_get_device (self);
}

/**
 * cot_case_find_join_log:
 * @self: a case
 * @front: (nullable): the log that is looked at
 *
 * What one computer says of itself is nothing to another one: where the case has several, only a
 * log of the same one is found.
 *
 * Main thread.
 *
 * Returns: (transfer none) (nullable): @front, if it holds the output of dsregcmd /status; else the
 *   first log that does, of the same computer
 */
CotLog *
cot_case_find_join_log (CotCase *self, CotLog *front)
{
  gboolean has_several = cot_case_get_n_devices (self) > 1;
  gboolean is_ours = front != NULL && cot_case_find_log (self, front) >= 0;
  const char *device = is_ours ? cot_case_get_log_device (self, front) : NULL;

  if (is_ours && is_join_log (front))
    return front;
  for (guint i = 0; i < cot_case_get_n_logs (self); i++)
    {
      CotLog *log = cot_case_get_log (self, i);

      if (is_join_log (log)
          && (!has_several
              || (device != NULL
                  && g_strcmp0 (cot_case_get_log_device (self, log), device) == 0)))
        return log;
    }
  return NULL;
}

static void
load_state (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  CotSnapshot *snapshot = data;
  g_autoptr (GByteArray) record = g_byte_array_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  guint64 n = MIN (cot_snapshot_get_n_entries (snapshot), MAX_ENTRIES);
  GError *error = NULL;
  CotEntryColumns columns;

  for (guint64 i = 0; i < n && text->len < MAX_TEXT_BYTES; i++)
    {
      g_byte_array_set_size (record, 0);
      if (g_cancellable_set_error_if_cancelled (cancellable, &error)
          || !cot_snapshot_read (snapshot, i, record, &error))
        {
          g_task_return_error (task, error);
          return;
        }
      if (cot_snapshot_get (snapshot, i, &columns))
        cot_decoder_append (
            text, cot_snapshot_get_generation (snapshot, columns.generation)->encoding,
            (const char *) record->data, record->len);
    }
  g_task_return_pointer (task, cot_dsreg_state_parse (text->str, text->len),
                         (GDestroyNotify) cot_dsreg_state_free);
}

/**
 * cot_log_load_join_state_async:
 * @self: a log with the output of dsregcmd /status
 * @cancellable: (nullable): a cancellable
 * @callback: on the main context
 * @data: for @callback
 *
 * Main thread; the reading is done on a worker.
 */
void
cot_log_load_join_state_async (CotLog *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, cot_log_load_join_state_async);
  g_task_set_task_data (task, cot_snapshot_ref (cot_log_get_snapshot (self)),
                        (GDestroyNotify) cot_snapshot_unref);
  g_task_run_in_thread (task, load_state);
}

/**
 * cot_log_load_join_state_finish:
 * @self: a log
 * @result: what the callback was given
 * @error: COT_SOURCE_ERROR, G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): what the log says
 */
CotDsregState *
cot_log_load_join_state_finish (CotLog *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
