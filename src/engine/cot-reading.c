/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-reading.h"

#include "cot-entry-text.h"
#include "cot-merge.h"

#include <string.h>

#define FILE_BLOCK_BYTES (256 * 1024)

typedef struct
{
  CotReadEntry entry;
  CotFilterJudge *judge; /* (nullable) of the entry's log */
  guint generation; /* of the line count */
  CotReadFunc function;
  gpointer data;
} Reading;

/* CRLF, LF and a lone CR each end a physical line. */
static guint64
count_line_ends (const char *text, gsize length_bytes)
{
  const char *end = text + length_bytes;
  guint64 n = 0;

  for (const char *at = text; at < end; at++)
    {
      if (*at == '\n')
        n++;
      else if (*at == '\r' && (at + 1 == end || at[1] != '\n'))
        n++;
    }
  return n;
}

static gboolean
passes (Reading *reading)
{
  return reading->judge == NULL
         || cot_filter_judge_matches (reading->judge, reading->entry.ordinal,
                                      &reading->entry.columns, reading->entry.record,
                                      reading->entry.length_bytes);
}

static gboolean
read_entry (CotSnapshot *snapshot, guint64 ordinal, const CotEntryColumns *columns,
            const char *record, gsize length_bytes, gpointer data)
{
  Reading *reading = data;
  gboolean go_on = TRUE;

  if (columns->generation != reading->generation)
    {
      reading->generation = columns->generation;
      reading->entry.line = 1;
    }
  /* A row that was made of a file stands on no line of it. */
  if (cot_snapshot_get_generation (snapshot, columns->generation)->original != NULL)
    reading->entry.line = 0;
  reading->entry.ordinal = ordinal;
  reading->entry.columns = *columns;
  reading->entry.columns.line = reading->entry.line;
  reading->entry.record = record;
  reading->entry.length_bytes = length_bytes;
  if (passes (reading))
    go_on = reading->function (&reading->entry, reading->data);
  reading->entry.line += count_line_ends (record, length_bytes);
  return go_on;
}

/**
 * cot_read_log:
 * @log: a log that has been read
 * @filter: (nullable): what to leave out
 * @function: called for each entry that passes
 * @data: for @function
 * @error: COT_SOURCE_ERROR
 *
 * Blocking.
 *
 * Returns: whether all entries could be read
 */
gboolean
cot_read_log (CotLog *log, CotFilter *filter, CotReadFunc function, gpointer data, GError **error)
{
  CotSnapshot *snapshot = cot_log_get_snapshot (log);
  g_autoptr (CotFilterJudge) judge
      = filter != NULL
            ? cot_filter_judge_new (filter, snapshot, cot_log_get_label (log),
                                    cot_log_get_filter_findings (log))
            : NULL;
  Reading reading = {
    .entry = { .log = log, .snapshot = snapshot, .line = 1 },
    .judge = judge,
    .function = function,
    .data = data,
  };

  return cot_snapshot_foreach (snapshot, 0, cot_snapshot_get_n_entries (snapshot), read_entry,
                               &reading, NULL, error);
}

static gboolean
read_merged_entry (Reading *reading, CotLog *log, guint64 ordinal, GByteArray *record,
                   gboolean *go_on, GError **error)
{
  CotSnapshot *snapshot = cot_log_get_snapshot (log);

  reading->entry.log = log;
  reading->entry.snapshot = snapshot;
  reading->entry.ordinal = ordinal;
  g_byte_array_set_size (record, 0);
  if (!cot_snapshot_get (snapshot, ordinal, &reading->entry.columns)
      || !cot_snapshot_read (snapshot, ordinal, record, error)
      || !cot_snapshot_get_line (snapshot, ordinal, &reading->entry.line, error))
    return FALSE;
  reading->entry.columns.line = reading->entry.line;
  reading->entry.record = (const char *) record->data;
  reading->entry.length_bytes = record->len;
  if (passes (reading))
    *go_on = reading->function (&reading->entry, reading->data);
  return TRUE;
}

/**
 * cot_read_merged:
 * @logs: (array length=n_logs): logs that have been read
 * @n_logs: their number
 * @filter: (nullable): what to leave out
 * @function: called for each entry that passes
 * @data: for @function
 * @failed: (out) (transfer none): on an error, the log that could not be read
 * @error: COT_SOURCE_ERROR
 *
 * Blocking.
 *
 * Returns: whether all entries could be read
 */
gboolean
cot_read_merged (CotLog *const *logs, guint n_logs, CotFilter *filter, CotReadFunc function,
                 gpointer data, CotLog **failed, GError **error)
{
  g_autofree CotSnapshot **snapshots = g_new0 (CotSnapshot *, n_logs + 1);
  g_autoptr (GPtrArray) judges
      = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_filter_judge_free);
  g_autoptr (GByteArray) record = g_byte_array_new ();
  g_autoptr (CotMerge) merge = NULL;
  gboolean go_on = TRUE;
  Reading reading = { .function = function, .data = data };

  for (guint i = 0; i < n_logs; i++)
    {
      snapshots[i] = cot_log_get_snapshot (logs[i]);
      if (filter != NULL)
        g_ptr_array_add (judges,
                         cot_filter_judge_new (filter, snapshots[i], cot_log_get_label (logs[i]),
                                               cot_log_get_filter_findings (logs[i])));
    }
  merge = cot_merge_new (snapshots, n_logs);
  for (guint64 position = 0; go_on && position < cot_merge_get_n_entries (merge); position++)
    {
      guint index;
      guint64 ordinal;

      cot_merge_get (merge, position, &index, &ordinal);
      reading.judge = filter != NULL ? g_ptr_array_index (judges, index) : NULL;
      if (!read_merged_entry (&reading, logs[index], ordinal, record, &go_on, error))
        {
          *failed = logs[index];
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * cot_read_original:
 * @entry: an entry
 * @into: its bytes are appended
 * @error: COT_SOURCE_ERROR
 *
 * For a re-coded log, reads the bytes that the file has at that place. An entry of a converted log
 * has none: it is given as text, and cot_read_converted_file() gives the file.
 *
 * Returns: whether they could be read
 */
gboolean
cot_read_original (const CotReadEntry *entry, GByteArray *into, GError **error)
{
  const CotGeneration *generation
      = cot_snapshot_get_generation (entry->snapshot, entry->columns.generation);
  CotTranscoded *transcoded = generation->transcoded;
  guint64 start, end;
  guint old_length = into->len;
  gsize n_read = 0;

  /* What a file was converted into is no bytes of it. */
  if (generation->original != NULL)
    {
      g_autofree char *text = cot_read_dup_text (entry, FALSE);

      g_byte_array_append (into, (const guint8 *) text, (guint) strlen (text));
      return TRUE;
    }
  if (transcoded == NULL)
    {
      g_byte_array_append (into, (const guint8 *) entry->record, (guint) entry->length_bytes);
      return TRUE;
    }
  start = cot_transcoded_get_original_offset (transcoded, entry->columns.offset);
  end = cot_transcoded_get_original_offset (transcoded,
                                            entry->columns.offset + entry->columns.length_bytes);
  g_byte_array_set_size (into, old_length + (guint) (end - start));
  if (!cot_source_read (cot_transcoded_get_original (transcoded), start, into->data + old_length,
                        (gsize) (end - start), &n_read, error))
    return FALSE;
  g_byte_array_set_size (into, old_length + (guint) n_read);
  return TRUE;
}

/**
 * cot_read_converted_file:
 * @log: a log that has been read
 * @function: called with the bytes of the file, block after block
 * @data: for @function
 * @was_converted: (out): %FALSE where its entries are the bytes of the file themselves
 * @error: COT_SOURCE_ERROR
 *
 * An event log, or another file that rows were made of, as it is. Blocking.
 *
 * Returns: whether all of it could be read
 */
gboolean
cot_read_converted_file (CotLog *log, CotReadBytesFunc function, gpointer data,
                         gboolean *was_converted, GError **error)
{
  CotSnapshot *snapshot = cot_log_get_snapshot (log);
  guint n_generations = cot_snapshot_get_n_generations (snapshot);
  g_autofree char *block = NULL;
  CotSource *original = NULL;
  guint64 offset = 0;
  gsize n_read = 0;

  if (n_generations > 0)
    original = cot_snapshot_get_generation (snapshot, n_generations - 1)->original;
  *was_converted = original != NULL;
  if (original == NULL)
    return TRUE;
  block = g_malloc (FILE_BLOCK_BYTES);
  do
    {
      if (!cot_source_read (original, offset, block, FILE_BLOCK_BYTES, &n_read, error))
        return FALSE;
      function (block, n_read, data);
      offset += n_read;
    }
  while (n_read > 0);
  return TRUE;
}

/* Each line end, CR alone too, starts a line of its own: on a terminal a CR would write over the
 * beginning of the line. */
static void
append_message (GString *into, const char *message)
{
  const char *at = message;

  for (;;)
    {
      gsize length = strcspn (at, "\r\n");

      g_string_append_len (into, at, (gssize) length);
      g_string_append_c (into, '\n');
      at += length;
      if (*at == '\0')
        return;
      at += at[0] == '\r' && at[1] == '\n' ? 2 : 1;
      g_string_append (into, "    ");
    }
}

/**
 * cot_read_dup_text:
 * @entry: an entry
 * @visible: whether control characters are shown as escapes: for a terminal
 *
 * Returns: (transfer full): the entry for people, a line end behind it; further lines of its
 *   message are indented
 */
char *
cot_read_dup_text (const CotReadEntry *entry, gboolean visible)
{
  const CotGeneration *generation
      = cot_snapshot_get_generation (entry->snapshot, entry->columns.generation);
  GString *text = g_string_new (NULL);
  g_autoptr (GString) composed = g_string_new (NULL);
  CotEntry parsed = { 0 };
  g_autofree char *time = cot_entry_text_dup_time (entry->columns.time_usec);
  g_autofree char *component = NULL;
  g_autofree char *message = NULL;

  cot_format_read_entry (cot_snapshot_get_format (entry->snapshot), entry->record,
                         entry->length_bytes, composed, &parsed);
  component = cot_entry_text_dup_visible (generation->encoding, parsed.component, 0, FALSE);
  message = visible ? cot_entry_text_dup_visible (generation->encoding, parsed.message, 0, TRUE)
                    : cot_entry_text_dup_written (generation->encoding, parsed.message);
  g_string_append_printf (text, "%-23s %-8s", time != NULL ? time : "",
                          cot_severity_to_string (entry->columns.severity));
  if (*component != '\0')
    g_string_append_printf (text, " %s", component);
  if (parsed.thread.length_bytes > 0)
    {
      g_autofree char *thread
          = cot_entry_text_dup_visible (generation->encoding, parsed.thread, 0, FALSE);

      g_string_append_printf (text, " [%s]", thread);
    }
  g_string_append (text, "  ");
  append_message (text, message);
  return g_string_free (text, FALSE);
}
