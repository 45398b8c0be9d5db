/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is read of a log on demand: everything about one entry, and rows for the clipboard. */

#include "cot-log-private.h"

#include <string.h>

#include "cot-log-time.h"
#include "cot-codes.h"
#include "cot-message-ids.h"
#include "cot-entry-text.h"
#include "cot-merged-log.h"
#include "cot-statmsg.h"

/* More than this makes the receiving program, not us, unusable. */
#define MAX_COPY_BYTES (64 * 1024 * 1024)

typedef struct
{
  CotSnapshot *snapshot;
  guint64 ordinal; /* of the details */
  guint64 asked; /* the same in what was asked: several logs may be shown as one; of what is
                  * copied, the one that is being read */
  char *label; /* of the log that the entry stands in */
  CotBitset *ordinals; /* to be copied */
  CotBitset *shown; /* (nullable): what is a row */
  CotMergedZones zones; /* of a merge */
  char *columns;
  char *log_name;
  CotMerge *merge; /* (nullable): the ordinals are places in it */
  GPtrArray *log_names; /* (nullable): of its logs */
} Question;

static void
question_free (Question *question)
{
  cot_snapshot_unref (question->snapshot);
  g_clear_pointer (&question->ordinals, cot_bitset_unref);
  g_clear_pointer (&question->shown, cot_bitset_unref);
  g_free (question->columns);
  g_free (question->log_name);
  g_free (question->label);
  g_clear_pointer (&question->merge, cot_merge_unref);
  g_clear_pointer (&question->log_names, g_ptr_array_unref);
  g_free (question);
}

/**
 * cot_entry_details_free:
 * @details: (transfer full) (nullable): details of an entry
 *
 * Frees the details.
 */
void
cot_entry_details_free (CotEntryDetails *details)
{
  if (details == NULL)
    return;
  g_free (details->message);
  g_free (details->message_as_written);
  g_free (details->component);
  g_free (details->context);
  g_free (details->thread);
  g_free (details->origin);
  g_free (details->type_text);
  g_free (details->time_text);
  g_free (details->registry_flags);
  g_free (details->severity_said);
  g_clear_pointer (&details->codes, g_ptr_array_unref);
  g_clear_pointer (&details->ids, g_array_unref);
  g_free (details->record);
  cot_readable_free (details->readable);
  g_clear_pointer (&details->bytes, g_bytes_unref);
  g_free (details);
}

/* An id means something only together with the program whose table it is of. */
static guint
read_status_id (CotSpan message)
{
  static const char server[] = "SMS Server";
  CotStatmsg status;

  if (!cot_statmsg_parse (message.data, message.length_bytes, &status)
      || status.source.length_bytes != strlen (server)
      || memcmp (status.source.data, server, strlen (server)) != 0)
    return 0;
  return status.id;
}

/* A log in UTF-16 was re-coded to be read: its own bytes are read again. */
static GBytes *
read_bytes (const CotGeneration *generation, const CotEntryColumns *columns,
            const GByteArray *record)
{
  guint64 start, end;
  gsize n_read = 0;
  g_autofree char *bytes = NULL;

  if (generation->original != NULL)
    return NULL;
  if (generation->transcoded == NULL)
    return g_bytes_new (record->data, record->len);
  start = cot_transcoded_get_original_offset (generation->transcoded, columns->offset);
  end = cot_transcoded_get_original_offset (generation->transcoded,
                                            columns->offset + columns->length_bytes);
  /* Two bytes for each that a record can have. */
  if (end <= start || end - start > 2 * COT_RECORD_MAX_BYTES)
    return NULL;
  bytes = g_malloc ((gsize) (end - start));
  if (!cot_source_read (cot_transcoded_get_original (generation->transcoded), start, bytes,
                        (gsize) (end - start), &n_read, NULL))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&bytes), n_read);
}

static char *
dup_record (CotEncoding encoding, const GByteArray *record)
{
  CotSpan span = { (const char *) record->data, record->len };

  while (span.length_bytes > 0 && strchr ("\r\n", span.data[span.length_bytes - 1]) != NULL
         && span.data[span.length_bytes - 1] != '\0')
    span.length_bytes--;
  return cot_entry_text_dup_written (encoding, span);
}

/* What people see of the entry besides its columns. */
static void
read_forms (CotEntryDetails *details, const CotFormat *format, const CotEntry *entry,
            const CotGeneration *generation, const CotEntryColumns *columns,
            const GByteArray *record, GCancellable *cancellable)
{
  CotSpan said;

  details->severity_reason = cot_entry_find_severity_reason (format, entry, &said);
  if (said.data != NULL)
    details->severity_said
        = cot_entry_text_dup_visible (generation->encoding, said, 256, FALSE);
  details->readable = cot_readable_new (details->message_as_written,
                                        strlen (details->message_as_written), cancellable);
  details->record = dup_record (generation->encoding, record);
  details->bytes = read_bytes (generation, columns, record);
}

static CotEntryDetails *
make_details (CotSnapshot *snapshot, const CotEntryColumns *columns, const GByteArray *record,
              GCancellable *cancellable)
{
  const CotGeneration *generation = cot_snapshot_get_generation (snapshot, columns->generation);
  const CotFormat *format = cot_snapshot_get_format (snapshot);
  CotEncoding encoding = generation->encoding;
  CotEntryDetails *details = g_new0 (CotEntryDetails, 1);
  g_autoptr (GString) composed = g_string_new (NULL);
  CotEntry entry = { 0 };

  cot_format_read_entry (format, (const char *) record->data, record->len, composed, &entry);
  details->offset = columns->offset;
  if (generation->transcoded != NULL)
    details->offset = cot_transcoded_get_original_offset (generation->transcoded, columns->offset);
  details->length_bytes = columns->length_bytes;
  /* What a row that was made of a file takes up in memory is nobody's business. */
  if (generation->original != NULL)
    details->offset = details->length_bytes = 0;
  details->message = cot_entry_text_dup_visible (encoding, entry.message, 0, TRUE);
  details->message_as_written = cot_entry_text_dup_written (encoding, entry.message);
  details->component = cot_entry_text_dup_visible (encoding, entry.component, 0, FALSE);
  details->context = cot_entry_text_dup_visible (encoding, entry.context, 0, FALSE);
  details->thread = cot_entry_text_dup_visible (encoding, entry.thread, 0, FALSE);
  details->origin = cot_entry_text_dup_visible (encoding, entry.origin, 0, FALSE);
  if (entry.type_text.data != NULL)
    details->type_text = cot_entry_text_dup_visible (encoding, entry.type_text, 0, FALSE);
  details->time_usec = columns->time_usec;
  details->clock_usec = cot_snapshot_get_clock (snapshot);
  details->bias_minutes = columns->bias_minutes;
  details->bias_writer = cot_entry_get_bias_writer (&entry);
  details->time_text = cot_entry_text_dup_time (columns->time_usec);
  details->status_id = read_status_id (entry.message);
  if (strcmp (format->id, "registry") == 0)
    details->registry_note = cot_registry_note_find (details->context, details->message,
                                                     &details->registry_flags);
  details->format_id = format->id;
  details->severity = columns->severity;
  details->flags = columns->flags;
  read_forms (details, format, &entry, generation, columns, record, cancellable);
  return details;
}

static void
load_details (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Question *question = data;
  g_autoptr (GByteArray) record = g_byte_array_new ();
  g_autoptr (CotEntryDetails) details = NULL;
  CotEntryColumns columns;
  CotEntryTime time;
  GError *error = NULL;

  if (!cot_snapshot_get (question->snapshot, question->ordinal, &columns))
    {
      g_task_return_new_error (task, COT_SOURCE_ERROR, COT_SOURCE_ERROR_TRUNCATED, "no such entry");
      return;
    }
  if (!cot_snapshot_read (question->snapshot, question->ordinal, record, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  details = make_details (question->snapshot, &columns, record, cancellable);
  details->ordinal = question->asked;
  if (cot_entry_time_read (question->snapshot, question->ordinal, &time))
    {
      details->bias_minutes = time.bias_minutes;
      details->bias_is_carried = time.bias_is_carried;
    }
  details->codes = cot_codes_find_in_log (details->message, question->label, details->component);
  details->ids = cot_message_ids_find (details->message);
  /* Without its line number an entry still can be read. */
  cot_snapshot_get_line (question->snapshot, question->ordinal, &details->line, NULL);
  g_task_return_pointer (task, g_steal_pointer (&details), (GDestroyNotify) cot_entry_details_free);
}

static Question *
new_question (CotLog *self)
{
  Question *question = g_new0 (Question, 1);

  question->zones.bias_minutes = COT_BIAS_NONE;
  question->snapshot = cot_snapshot_ref (cot_log_get_snapshot (self));
  question->log_name = g_strdup (cot_log_get_title (self));
  return question;
}

/**
 * cot_log_load_details_async:
 * @self: a log
 * @ordinal: which entry
 * @cancellable: (nullable): to be triggered when another entry is wanted instead
 * @callback: on the main context
 * @data: for @callback
 *
 * Reads everything about one entry on a worker. Main thread.
 */
void
cot_log_load_details_async (CotLog *self, guint64 ordinal, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  guint64 in_log = ordinal;
  CotLog *log = cot_log_locate (self, ordinal, &in_log);
  Question *question = new_question (log != NULL ? log : self);

  question->ordinal = in_log;
  question->asked = ordinal;
  question->label = g_strdup (cot_log_get_label (log != NULL ? log : self));
  g_task_set_source_tag (task, cot_log_load_details_async);
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  g_task_run_in_thread (task, load_details);
}

/**
 * cot_log_load_details_finish:
 * @self: a log
 * @result: what the callback was given
 * @error: COT_SOURCE_ERROR where the text can no longer be read; G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the details
 */
CotEntryDetails *
cot_log_load_details_finish (CotLog *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gint64
get_common_time (const Question *question, guint64 place)
{
  CotSnapshot *snapshot = question->snapshot;
  guint64 ordinal = place;
  guint log;

  if (question->merge != NULL)
    {
      cot_merge_get (question->merge, place, &log, &ordinal);
      snapshot = cot_merge_get_snapshot (question->merge, log);
    }
  return cot_entry_time_read_common (snapshot, ordinal, question->zones.bias_minutes);
}

/* (nullable): since the row above. */
static char *
dup_elapsed (const Question *question)
{
  guint64 above = question->asked - 1;
  gint64 from, to;

  if (question->asked == 0
      || (question->shown != NULL && !cot_bitset_previous (question->shown, above, &above)))
    return NULL;
  from = get_common_time (question, above);
  to = get_common_time (question, question->asked);
  if (from == COT_TIME_NONE || to == COT_TIME_NONE)
    return NULL;
  return cot_clock_format_elapsed (to - from);
}

static void
append_cell (GString *into, char column, const Question *question, CotEncoding encoding,
             const CotEntry *entry, const CotEntryTime *time)
{
  g_autofree char *text = NULL;

  switch (column)
    {
    case 'm':
      text = cot_entry_text_dup_written (encoding, entry->message);
      break;
    case 'c':
      text = cot_entry_text_dup_written (encoding, entry->component);
      break;
    case 't':
      text = cot_entry_time_dup_text (time, COT_CLOCK_WRITTEN);
      break;
    case 'u':
      text = cot_entry_time_dup_text (time, COT_CLOCK_UTC);
      break;
    case 'z':
      text = cot_entry_time_dup_text (time, COT_CLOCK_LOCAL);
      break;
    case 'e':
      text = dup_elapsed (question);
      break;
    case 'h':
      text = cot_entry_text_dup_written (encoding, entry->thread);
      break;
    case 'o':
      text = cot_entry_text_dup_written (encoding, entry->origin);
      break;
    case 'l':
      text = g_strdup (question->log_name);
      break;
    default:
      break;
    }
  if (text != NULL)
    g_string_append (into, text);
}

static void
append_row (GString *into, const Question *question, guint64 ordinal, const GByteArray *record)
{
  const CotFormat *format = cot_snapshot_get_format (question->snapshot);
  CotEntryColumns columns;
  CotEntryTime time;
  g_autoptr (GString) composed = g_string_new (NULL);
  CotEntry entry = { 0 };
  CotEncoding encoding;

  if (!cot_snapshot_get (question->snapshot, ordinal, &columns)
      || !cot_entry_time_read (question->snapshot, ordinal, &time))
    return;
  encoding = cot_snapshot_get_generation (question->snapshot, columns.generation)->encoding;
  cot_format_read_entry (format, (const char *) record->data, record->len, composed, &entry);
  for (const char *column = question->columns; *column != '\0'; column++)
    {
      if (column != question->columns)
        g_string_append_c (into, '\t');
      append_cell (into, *column, question, encoding, &entry, &time);
    }
  g_string_append_c (into, '\n');
}

/* Which log is meant, and which of its entries. */
static guint64
turn_to (Question *question, guint64 place)
{
  guint log;
  guint64 ordinal;

  if (question->merge == NULL)
    return place;
  cot_merge_get (question->merge, place, &log, &ordinal);
  cot_snapshot_unref (question->snapshot);
  question->snapshot = cot_snapshot_ref (cot_merge_get_snapshot (question->merge, log));
  g_free (question->log_name);
  question->log_name = g_strdup (g_ptr_array_index (question->log_names, log));
  return ordinal;
}

static void
copy_rows (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Question *question = data;
  g_autoptr (GByteArray) record = g_byte_array_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  GError *error = NULL;
  guint64 end = question->merge != NULL ? cot_merge_get_n_entries (question->merge) : G_MAXUINT64;
  guint64 place;

  for (guint64 from = 0; cot_bitset_next (question->ordinals, from, &place) && place < end
                         && text->len < MAX_COPY_BYTES;
       from = place + 1)
    {
      guint64 ordinal = turn_to (question, place);

      question->asked = place;
      g_byte_array_set_size (record, 0);
      if (g_cancellable_set_error_if_cancelled (cancellable, &error)
          || !cot_snapshot_read (question->snapshot, ordinal, record, &error))
        {
          g_task_return_error (task, error);
          return;
        }
      append_row (text, question, ordinal, record);
    }
  g_task_return_pointer (task, g_string_free (g_steal_pointer (&text), FALSE), g_free);
}

static char *
dup_name_in_merge (CotLog *merged, CotLog *log)
{
  int index = cot_merged_log_find_log (COT_MERGED_LOG (merged), log);

  /* It may have left the merge, and still be shown. */
  return index >= 0 ? cot_merged_log_dup_title (COT_MERGED_LOG (merged), (guint) index)
                    : g_strdup (cot_log_get_title (log));
}

/**
 * cot_log_copy_async:
 * @self: a log
 * @ordinals: the entries
 * @shown: (nullable): the entries that are rows; %NULL: all are
 * @columns: letters in the order wanted: m message, c component, t time, u time in UTC, z time of
 *   this computer, e time since the row above, h thread, o origin, l log
 * @cancellable: (nullable): a cancellable
 * @callback: on the main context
 * @data: for @callback
 *
 * Makes the text that CMTrace would put on the clipboard: a line an entry, tabs between the
 * columns; stops after 64 MiB. Main thread; the reading is done on a worker.
 */
void
cot_log_copy_async (CotLog *self, CotBitset *ordinals, CotBitset *shown, const char *columns,
                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Question *question = new_question (self);
  GPtrArray *logs = NULL;
  CotMerge *merge = COT_LOG_GET_CLASS (self)->get_merge (self, &logs);

  if (merge != NULL)
    {
      question->merge = cot_merge_ref (merge);
      question->log_names = g_ptr_array_new_with_free_func (g_free);
      for (guint i = 0; i < logs->len; i++)
        g_ptr_array_add (question->log_names,
                         dup_name_in_merge (self, g_ptr_array_index (logs, i)));
    }
  question->ordinals = cot_bitset_copy (ordinals);
  question->shown = shown != NULL ? cot_bitset_copy (shown) : NULL;
  if (COT_IS_MERGED_LOG (self))
    cot_merged_log_get_zones (COT_MERGED_LOG (self), &question->zones);
  question->columns = g_strdup (columns);
  g_task_set_source_tag (task, cot_log_copy_async);
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  g_task_run_in_thread (task, copy_rows);
}

/**
 * cot_log_copy_finish:
 * @self: a log
 * @result: what the callback was given
 * @error: COT_SOURCE_ERROR, G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the text
 */
char *
cot_log_copy_finish (CotLog *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
