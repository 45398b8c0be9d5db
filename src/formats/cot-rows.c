/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-rows.h"

#include "cot-scan-private.h"

#include <string.h>

#define FIELD_END '\x1f'
#define ROW_END '\x1e'
#define ROW_END_BYTES 2

/* So much of anything but the message: what makes columns is short, or it is made up. */
#define MAX_FIELD_BYTES 1024
#define CUT_MARK "\xe2\x80\xa6"
/* " [cut: of N bytes]" and what ends the row. */
#define ROOM_FOR_END 64

/* The end of a piece of at most @max_bytes that tears no character. */
static gsize
find_cut (CotSpan span, gsize max_bytes)
{
  gsize end = max_bytes;

  while (end > 0 && max_bytes - end < 4 && ((guint8) span.data[end] & 0xc0) == 0x80)
    end--;
  return ((guint8) span.data[end] & 0xc0) == 0x80 ? max_bytes : end;
}

/* A separator in it becomes three bytes. */
static char *
put_escaped (char *into, const char *data, gsize length_bytes)
{
  for (gsize at = 0; at < length_bytes; at++)
    {
      gsize stop = cot_find_either (data, at, length_bytes, FIELD_END, ROW_END);

      memcpy (into, data + at, stop - at);
      into += stop - at;
      if (stop < length_bytes)
        into = mempcpy (into, data[stop] == FIELD_END ? "\xe2\x90\x9f" : "\xe2\x90\x9e", 3);
      at = stop;
    }
  return into;
}

static char *
put_field (char *into, CotSpan span)
{
  gboolean is_cut = span.length_bytes > MAX_FIELD_BYTES;

  *into++ = FIELD_END;
  into = put_escaped (into, span.data, is_cut ? find_cut (span, MAX_FIELD_BYTES)
                                              : span.length_bytes);
  return is_cut ? mempcpy (into, CUT_MARK, strlen (CUT_MARK)) : into;
}

/* What may stand in the row, counting that a separator in it becomes three bytes. */
static gsize
measure_message (CotSpan span, gsize room_bytes)
{
  gsize n_bytes = 0;

  if (span.length_bytes <= room_bytes / 3)
    return span.length_bytes;
  for (gsize i = 0; i < span.length_bytes; i++)
    {
      n_bytes += span.data[i] == FIELD_END || span.data[i] == ROW_END ? 3 : 1;
      if (n_bytes > room_bytes)
        return find_cut (span, i);
    }
  return span.length_bytes;
}

/**
 * cot_rows_write:
 * @into: rows so far
 * @row: another one
 *
 * For who makes many rows: appending them to a spool a block at a time is faster. Where the message
 * is longer than a record may be, it is cut and says so; of the other fields 1 KiB stays.
 */
void
cot_rows_write (GString *into, const CotRow *row)
{
  const CotSpan fields[] = { row->component, row->thread, row->context, row->origin };
  gsize start = into->len;
  gsize n_most = ROOM_FOR_END;
  gsize n_message;
  char *at;

  if (row->time_usec != COT_TIME_NONE)
    g_string_append_printf (into, "%" G_GINT64_FORMAT, row->time_usec);
  g_string_append_c (into, FIELD_END);
  if (row->bias_minutes != COT_BIAS_NONE)
    g_string_append_printf (into, "%d", row->bias_minutes);
  g_string_append_c (into, FIELD_END);
  g_string_append_c (into, (char) ('0' + (guint) row->severity % 10));

  /* A string that grows piece by piece takes most of the time of a conversion. */
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    n_most += 3 * MIN (fields[i].length_bytes, MAX_FIELD_BYTES) + 1 + strlen (CUT_MARK);
  n_most += 3 * MIN (row->message.length_bytes, COT_RECORD_MAX_BYTES);
  g_string_set_size (into, into->len + n_most);
  at = into->str + into->len - n_most;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    at = put_field (at, fields[i]);
  *at++ = FIELD_END;
  n_message = measure_message (row->message, COT_RECORD_MAX_BYTES - ROOM_FOR_END
                                                 - ((gsize) (at - into->str) - start));
  at = put_escaped (at, row->message.data, n_message);
  g_string_set_size (into, (gsize) (at - into->str));
  if (n_message < row->message.length_bytes)
    g_string_append_printf (into, CUT_MARK " [cut: %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
                            " bytes]", n_message, row->message.length_bytes);
  g_string_append_c (into, ROW_END);
  g_string_append_c (into, '\n');
}

/**
 * cot_rows_get_limit:
 * @file_bytes: the size of a file
 *
 * A file that was made to do harm says little in many rows that each repeat a long key. Beyond the
 * limit a conversion ends with a row that says so. Real files come to a few times their size.
 *
 * Returns: how many bytes the rows of that file may have
 */
guint64
cot_rows_get_limit (guint64 file_bytes)
{
  const guint64 base = 16 * 1024 * 1024, room = 1024 * 1024 * 1024;

  if (file_bytes > G_MAXINT64 / 64)
    return G_MAXINT64;
  return base + MIN (64 * file_bytes, room + 16 * file_bytes);
}

/**
 * cot_rows_append:
 * @into: the rows so far
 * @row: another one
 * @error: a return location
 *
 * As cot_rows_write(), into a spool.
 *
 * Returns: FALSE with @error set where it could not be written
 */
gboolean
cot_rows_append (CotSpool *into, const CotRow *row, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  cot_rows_write (text, row);
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
