/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-rows-export.h"

#include <string.h>

#include "cot-clock.h"
#include "cot-entry-text.h"
#include "cot-export.h"
#include "cot-job.h"
#include "cot-log-private.h"
#include "cot-member.h"

/* Written at once: enough that the writing costs nothing. */
#define MAX_PENDING_BYTES (256 * 1024)
/* More than this no program takes from a clipboard with joy. */
#define MAX_TEXT_BYTES (64 * 1024 * 1024)

typedef struct
{
  GPtrArray *logs; /* (element-type CotLog): what the numbers of the merge mean */
  CotMerge *merge; /* (nullable): of one log */
  CotSnapshot *snapshot; /* (nullable): of a merge */
  CotBitset *ordinals; /* (nullable): all */
  CotRowsExportKind kind;
  CotRowWriter writer;
  char *title;
  char *headings[COT_N_EXPORTED_CELLS];
  GFile *file; /* (nullable): the text is wanted */
  GString *whole; /* (nullable): the text */
  gboolean keep_existing;
  GTask *task;
  guint64 n_entries; /* written */
} Export;

/* The entry that is written now. */
typedef struct
{
  CotLog *log;
  CotSnapshot *snapshot;
  guint64 ordinal;
  CotEntryColumns columns;
  GByteArray *record;
} Row;

/* On the main thread: logs may go with it. */
static void
export_free (Export *self)
{
  g_ptr_array_unref (self->logs);
  g_clear_pointer (&self->merge, cot_merge_unref);
  g_clear_pointer (&self->snapshot, cot_snapshot_unref);
  g_clear_pointer (&self->ordinals, cot_bitset_unref);
  for (guint i = 0; i < COT_N_EXPORTED_CELLS; i++)
    g_free (self->headings[i]);
  g_free (self->title);
  g_clear_object (&self->file);
  if (self->whole != NULL)
    g_string_free (self->whole, TRUE);
  g_object_unref (self->task);
  g_free (self);
}

static char *
dup_cell (const Export *self, CotEncoding encoding, CotSpan span)
{
  if (span.data == NULL)
    return NULL;
  if (self->writer.format == COT_ROW_FORMAT_TEXT)
    return cot_entry_text_dup_written (encoding, span);
  return cot_entry_text_dup_visible (encoding, span, 0, TRUE);
}

/* Of the part that the entry stands in, which may be older than the one that the log is named
 * after. */
static char *
dup_log_cell (const Row *row)
{
  const char *label = cot_log_get_part_label (row->log, row->snapshot, row->ordinal, NULL);
  g_autofree char *name = label == cot_log_get_label (row->log)
                              ? g_strdup (cot_log_get_name (row->log))
                              : cot_member_dup_name (label);

  return cot_entry_text_dup_visible (COT_ENCODING_UTF8, (CotSpan){ name, strlen (name) }, 0,
                                     FALSE);
}

/* A clock that was moved is in the column of UTC; beside it stands what the file says. On paper the
 * one column has what is shown. */
static gint64
get_written_time (const Export *self, const Row *row)
{
  if (self->writer.format == COT_ROW_FORMAT_UNITS || row->columns.time_usec == COT_TIME_NONE)
    return row->columns.time_usec;
  return row->columns.time_usec - cot_snapshot_get_clock (row->snapshot);
}

static void
append_cells (const Export *self, const Row *row, GString *into)
{
  CotEncoding encoding
      = cot_snapshot_get_generation (row->snapshot, row->columns.generation)->encoding;
  g_autoptr (GString) composed = g_string_new (NULL);
  CotEntry entry = { 0 };
  char *cells[COT_N_EXPORTED_CELLS];

  cot_format_read_entry (cot_snapshot_get_format (row->snapshot),
                         (const char *) row->record->data, row->record->len, composed, &entry);
  cells[0] = cot_entry_text_dup_time (get_written_time (self, row));
  cells[1] = cot_entry_text_dup_time (
      cot_clock_to_utc (row->columns.time_usec, row->columns.bias_minutes));
  cells[2] = g_strdup (cot_severity_to_string (row->columns.severity));
  cells[3] = dup_cell (self, encoding, entry.component);
  cells[4] = dup_cell (self, encoding, entry.thread);
  cells[5] = dup_log_cell (row);
  cells[6] = dup_cell (self, encoding, entry.origin);
  cells[7] = dup_cell (self, encoding, entry.message);
  cot_row_writer_add (&self->writer, (const char *const *) cells, row->columns.severity, into);
  for (guint i = 0; i < COT_N_EXPORTED_CELLS; i++)
    g_free (cells[i]);
}

static gboolean
append_object (const Row *row, CotJson *json, GString *into, GError **error)
{
  guint64 line = 0;
  const char *text;
  gsize length_bytes;

  if (cot_snapshot_get_generation (row->snapshot, row->columns.generation)->original == NULL
      && !cot_snapshot_get_line (row->snapshot, row->ordinal, &line, error))
    return FALSE;
  cot_export_entry (row->log, row->snapshot, row->ordinal, line, &row->columns,
                    (const char *) row->record->data, row->record->len, json);
  text = cot_json_get_text (json, &length_bytes);
  g_string_append_len (into, text, (gssize) length_bytes);
  g_string_append_c (into, '\n');
  return TRUE;
}

static void
append_record (const Row *row, GString *into)
{
  CotEncoding encoding
      = cot_snapshot_get_generation (row->snapshot, row->columns.generation)->encoding;
  const CotSpan span = { (const char *) row->record->data, row->record->len };
  g_autofree char *text = cot_entry_text_dup_written (encoding, span);

  g_string_append (into, text);
  /* The last one of a file may have no end. */
  if (into->len > 0 && into->str[into->len - 1] != '\n' && into->str[into->len - 1] != '\r')
    g_string_append_c (into, '\n');
}

/* Which log is meant, and which of its entries. */
static void
turn_to (const Export *self, guint64 place, Row *row)
{
  guint index = 0;

  row->ordinal = place;
  if (self->merge != NULL)
    cot_merge_get (self->merge, place, &index, &row->ordinal);
  row->log = g_ptr_array_index (self->logs, index);
  row->snapshot = self->merge != NULL ? cot_merge_get_snapshot (self->merge, index)
                                      : self->snapshot;
}

/* @stream: (nullable): the text stays where it is */
static gboolean
flush (GString *text, gsize at_least, GOutputStream *stream, GCancellable *cancellable,
       GError **error)
{
  gboolean written = TRUE;

  if (stream == NULL && text->len > MAX_TEXT_BYTES)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "too much for a text");
      return FALSE;
    }
  if (stream != NULL && text->len >= at_least)
    {
      written = g_output_stream_write_all (stream, text->str, text->len, NULL, cancellable, error);
      g_string_truncate (text, 0);
    }
  return written;
}

static gboolean
append_row (Export *self, const Row *row, CotJson *json, GString *text, GError **error)
{
  switch (self->kind)
    {
    case COT_ROWS_EXPORT_TABLE:
      append_cells (self, row, text);
      break;
    case COT_ROWS_EXPORT_RECORDS:
      append_record (row, text);
      break;
    case COT_ROWS_EXPORT_NDJSON:
      return append_object (row, json, text, error);
    }
  return TRUE;
}

static gboolean
next_place (const Export *self, guint64 n_entries, guint64 from, guint64 *place)
{
  *place = from;
  if (self->ordinals != NULL && !cot_bitset_next (self->ordinals, from, place))
    return FALSE;
  return *place < n_entries;
}

static gboolean
write_entries (Export *self, GOutputStream *stream, GString *text, GCancellable *cancellable,
               GError **error)
{
  guint64 n_entries = self->merge != NULL ? cot_merge_get_n_entries (self->merge)
                                          : cot_snapshot_get_n_entries (self->snapshot);
  g_autoptr (GByteArray) record = g_byte_array_new ();
  g_autoptr (CotJson) json = cot_json_new ();
  Row row = { .record = record };
  guint64 place;

  for (guint64 from = 0; next_place (self, n_entries, from, &place); from = place + 1)
    {
      turn_to (self, place, &row);
      g_byte_array_set_size (record, 0);
      cot_snapshot_get (row.snapshot, row.ordinal, &row.columns);
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !cot_snapshot_read (row.snapshot, row.ordinal, record, error)
          || !append_row (self, &row, json, text, error))
        return FALSE;
      self->n_entries++;
      if (!flush (text, MAX_PENDING_BYTES, stream, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_all (Export *self, GOutputStream *stream, GString *text, GCancellable *cancellable,
           GError **error)
{
  if (self->kind == COT_ROWS_EXPORT_TABLE)
    cot_row_writer_begin (&self->writer, text);
  if (!write_entries (self, stream, text, cancellable, error))
    return FALSE;
  if (self->kind == COT_ROWS_EXPORT_TABLE)
    cot_row_writer_end (&self->writer, text);
  return flush (text, 0, stream, cancellable, error);
}

/* Closed as cancelled, what was written is thrown away, and an older file stays; a new one is there
 * already, and goes. */
static void
throw_away (Export *self, GOutputStream *stream)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_cancellable_cancel (cancelled);
  if (!g_output_stream_is_closed (stream))
    g_output_stream_close (stream, cancelled, NULL);
  if (self->keep_existing)
    g_file_delete (self->file, NULL, NULL);
}

static gpointer
run_text (CotJob *job, gpointer data, GError **error)
{
  Export *self = data;

  self->whole = g_string_new (NULL);
  write_all (self, NULL, self->whole, g_task_get_cancellable (self->task), error);
  return NULL;
}

static gpointer
run (CotJob *job, gpointer data, GError **error)
{
  Export *self = data;
  GCancellable *cancellable = g_task_get_cancellable (self->task);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GFileOutputStream) stream
      = self->keep_existing
            ? g_file_create (self->file, G_FILE_CREATE_PRIVATE, cancellable, error)
            : g_file_replace (self->file, NULL, FALSE, G_FILE_CREATE_PRIVATE, cancellable, error);

  if (stream == NULL)
    return NULL;
  if (!write_all (self, G_OUTPUT_STREAM (stream), text, cancellable, error)
      || !g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error))
    throw_away (self, G_OUTPUT_STREAM (stream));
  return NULL;
}

static void
done_cb (CotJob *job, gpointer result, const GError *error, gpointer data)
{
  Export *self = data;

  if (error != NULL)
    g_task_return_error (self->task, g_error_copy (error));
  else if (self->whole != NULL)
    g_task_return_pointer (self->task, g_string_free (g_steal_pointer (&self->whole), FALSE),
                           g_free);
  else
    g_task_return_int (self->task, (gssize) self->n_entries);
}

static Export *
export_new (CotLog *log, const CotRowsExportOptions *options, GFile *file)
{
  Export *self = g_new0 (Export, 1);
  GPtrArray *logs = NULL;
  CotMerge *merge = COT_LOG_GET_CLASS (log)->get_merge (log, &logs);

  self->logs = g_ptr_array_new_with_free_func (g_object_unref);
  if (merge != NULL)
    self->merge = cot_merge_ref (merge);
  else
    self->snapshot = cot_snapshot_ref (cot_log_get_snapshot (log));
  for (guint i = 0; merge != NULL && i < logs->len; i++)
    g_ptr_array_add (self->logs, g_object_ref (g_ptr_array_index (logs, i)));
  if (merge == NULL)
    g_ptr_array_add (self->logs, g_object_ref (log));
  self->kind = options->kind;
  self->keep_existing = options->keep_existing;
  self->title = g_strdup (options->title);
  for (guint i = 0; i < COT_N_EXPORTED_CELLS; i++)
    self->headings[i] = g_strdup (options->headings[i]);
  self->writer = (CotRowWriter){
    .format = options->format,
    .title = self->title,
    .headings = (const char *const *) self->headings,
    .n_cells = COT_N_EXPORTED_CELLS,
  };
  if (file != NULL)
    self->file = g_object_ref (file);
  return self;
}

/* @work: what the worker does; @file: (nullable) */
static void
start (CotLog *log, CotBitset *ordinals, const CotRowsExportOptions *options, GFile *file,
       CotJobWork work, GTask *task)
{
  Export *export = export_new (log, options, file);
  g_autoptr (CotJob) job = NULL;

  export->task = task;
  if (ordinals != NULL)
    export->ordinals = cot_bitset_copy (ordinals);
  job = cot_job_start (&(CotJobFunctions){
      .work = work,
      .done = done_cb,
      .data = export,
      .free_data = (GDestroyNotify) export_free,
  });
}

/**
 * cot_log_export_async:
 * @self: a log, or a merge
 * @ordinals: (nullable): which entries; %NULL: all
 * @options: how they are written; copied
 * @file: where to; a file that is there is replaced
 * @cancellable: (nullable): a cancellable
 * @callback: on the main context
 * @data: for @callback
 *
 * Writes entries on a worker, as the log is now. Main thread.
 */
void
cot_log_export_async (CotLog *self, CotBitset *ordinals, const CotRowsExportOptions *options,
                      GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, cot_log_export_async);
  start (self, ordinals, options, file, run, task);
}

/**
 * cot_log_export_text_async:
 * @self: a log, or a merge
 * @ordinals: (nullable): which entries; %NULL: all
 * @options: how they are written; copied
 * @cancellable: (nullable): a cancellable
 * @callback: on the main context
 * @data: for @callback
 *
 * As cot_log_export_async(), but for the memory. Main thread.
 */
void
cot_log_export_text_async (CotLog *self, CotBitset *ordinals, const CotRowsExportOptions *options,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, cot_log_export_text_async);
  start (self, ordinals, options, NULL, run_text, task);
}

/**
 * cot_log_export_text_finish:
 * @self: a log
 * @result: what the callback was given
 * @error: COT_SOURCE_ERROR, %G_IO_ERROR_NO_SPACE
 *
 * Returns: (transfer full) (nullable): the text, UTF-8
 */
char *
cot_log_export_text_finish (CotLog *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * cot_log_export_finish:
 * @self: a log
 * @result: what the callback was given
 * @n_entries: (out) (optional): how many were written
 * @error: COT_SOURCE_ERROR, G_IO_ERROR
 *
 * Returns: whether all is in the file
 */
gboolean
cot_log_export_finish (CotLog *self, GAsyncResult *result, guint64 *n_entries, GError **error)
{
  gssize n = g_task_propagate_int (G_TASK (result), error);

  if (n_entries != NULL)
    *n_entries = n >= 0 ? (guint64) n : 0;
  return n >= 0;
}
