/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-rows.h"

#include "cot-scan-private.h"

#include <string.h>

#define FIELD_END '\x1f'
#define ROW_END '\x1e'
#define ROW_END_BYTES 2

static void
append_field (GString *text, CotSpan span)
{
  for (gsize i = 0; i < span.length_bytes; i++)
    if (span.data[i] == FIELD_END)
      g_string_append (text, "\xe2\x90\x9f");
    else if (span.data[i] == ROW_END)
      g_string_append (text, "\xe2\x90\x9e");
    else
      g_string_append_c (text, span.data[i]);
}

/**
 * cot_rows_append:
 * @into: the rows so far
 * @row: another one
 * @error: a return location
 *
 * A row that is longer than a record may be is cut.
 *
 * Returns: FALSE with @error set where it could not be written
 */
gboolean
cot_rows_append (CotSpool *into, const CotRow *row, GError **error)
{
  const CotSpan fields[] = { row->component, row->thread, row->context, row->origin,
                             row->message };
  g_autoptr (GString) text = g_string_new (NULL);

  if (row->time_usec != COT_TIME_NONE)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, row->time_usec);
  g_string_append_c (text, FIELD_END);
  if (row->bias_minutes != COT_BIAS_NONE)
    g_string_append_printf (text, "%d", row->bias_minutes);
  g_string_append_c (text, FIELD_END);
  g_string_append_printf (text, "%u", (guint) row->severity);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_string_append_c (text, FIELD_END);
      append_field (text, fields[i]);
    }
  if (text->len > COT_RECORD_MAX_BYTES - ROW_END_BYTES)
    g_string_truncate (text, COT_RECORD_MAX_BYTES - ROW_END_BYTES);
  g_string_append_c (text, ROW_END);
  g_string_append_c (text, '\n');
  return cot_spool_append (into, text->str, text->len, error);
}

/**
 * cot_rows_bid:
 * @head: (array length=length_bytes): a first block
 * @length_bytes: its length
 *
 * Returns: 0: rows are never found in a file, a conversion makes them
 */
guint
cot_rows_bid (const char *head, gsize length_bytes)
{
  return 0;
}

/**
 * cot_rows_next_record:
 * @data: (array length=length_bytes): rows
 * @length_bytes: their length
 * @start: where a row starts
 * @at_end: whether nothing comes behind @data
 * @end_offset: (out): behind the row
 *
 * The next_record() of every format of rows.
 *
 * Returns: whether the end was found
 */
CotRecordResult
cot_rows_next_record (const char *data, gsize length_bytes, gsize start, gboolean at_end,
                      gsize *end_offset)
{
  CotWindow window = cot_window_new (data, length_bytes, start, at_end);
  const char *end = memchr (data + start, ROW_END, window.end - start);

  if (end == NULL || (gsize) (end - data) + ROW_END_BYTES > window.end)
    return cot_end_at_window (&window, end_offset);
  *end_offset = (gsize) (end - data) + (end[1] == '\n' ? ROW_END_BYTES : 1);
  return COT_RECORD_FOUND;
}

static gboolean
take_field (const char **at, const char *end, CotSpan *field)
{
  const char *stop = memchr (*at, FIELD_END, (gsize) (end - *at));

  if (stop == NULL)
    return FALSE;
  *field = (CotSpan){ *at, (gsize) (stop - *at) };
  *at = stop + 1;
  return TRUE;
}

static gboolean
read_number (CotSpan field, gint64 *value)
{
  char text[24];
  char *end;

  if (field.length_bytes == 0 || field.length_bytes >= sizeof text)
    return FALSE;
  memcpy (text, field.data, field.length_bytes);
  text[field.length_bytes] = '\0';
  *value = g_ascii_strtoll (text, &end, 10);
  return *end == '\0';
}

/**
 * cot_rows_parse_entry:
 * @self: a format of rows
 * @record: (array length=length_bytes): a row
 * @length_bytes: its length
 * @entry: (out caller-allocates): what it says
 *
 * The parse_entry() of every format of rows. What is no row is a plain line.
 */
void
cot_rows_parse_entry (const CotFormat *self, const char *record, gsize length_bytes,
                      CotEntry *entry)
{
  const char *at = record;
  const char *end = memchr (record, ROW_END, length_bytes);
  CotSpan time, bias, severity;
  gint64 value;

  *entry = (CotEntry){ .time_usec = COT_TIME_NONE, .bias_minutes = COT_BIAS_NONE };
  if (end == NULL)
    {
      entry->flags = COT_RECORD_INCOMPLETE | COT_RECORD_OPEN_ENDED;
      end = record + length_bytes;
    }
  if (!take_field (&at, end, &time) || !take_field (&at, end, &bias)
      || !take_field (&at, end, &severity) || !take_field (&at, end, &entry->component)
      || !take_field (&at, end, &entry->thread) || !take_field (&at, end, &entry->context)
      || !take_field (&at, end, &entry->origin))
    {
      cot_parse_plain_line (record, length_bytes, entry);
      return;
    }
  entry->flags |= COT_RECORD_FRAMED;
  entry->message = (CotSpan){ at, (gsize) (end - at) };
  if (memchr (at, '\n', entry->message.length_bytes) != NULL)
    entry->flags |= COT_RECORD_MULTI_LINE;
  if (read_number (time, &value))
    entry->time_usec = value;
  if (read_number (bias, &value) && value > -24 * 60 && value < 24 * 60)
    entry->bias_minutes = (gint16) value;
  if (read_number (severity, &value) && value >= 0 && value < COT_N_SEVERITIES)
    entry->severity = (CotSeverity) value;
}

static const CotConversion *const conversions[] = {
  NULL,
};

/**
 * cot_conversions_detect:
 * @head: (array length=length_bytes): the first block, as UTF-8 where it was UTF-16
 * @length_bytes: its length
 *
 * Returns: (transfer none) (nullable): how to make rows of such a file; NULL where it is lines
 */
const CotConversion *
cot_conversions_detect (const char *head, gsize length_bytes)
{
  for (guint i = 0; i < G_N_ELEMENTS (conversions); i++)
    if (conversions[i] != NULL && conversions[i]->claims (head, length_bytes))
      return conversions[i];
  return NULL;
}
