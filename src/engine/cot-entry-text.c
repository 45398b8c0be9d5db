/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-entry-text.h"

#include "cot-clock.h"

#include <string.h>

/* Stands for a line end inside a message that is shown on one line. */
#define LINE_END_MARK "\xe2\x86\xb5 "

/* A cut in the middle of a character would show as a broken byte that the log does not have. */
static gsize
cut_at_character (CotEncoding encoding, CotSpan span, gsize max_bytes)
{
  gsize end = MIN (span.length_bytes, max_bytes);

  if (encoding == COT_ENCODING_WINDOWS_1252 || end == span.length_bytes)
    return end;
  for (gsize back = 0; back < 4 && end > 0; back++)
    {
      if (((guchar) span.data[end] & 0xc0) != 0x80)
        return end;
      end--;
    }
  return end;
}

/* A log in UTF-16 was re-coded before its records were found: the bytes of a record are UTF-8. */
static CotEncoding
encoding_of_records (CotEncoding encoding)
{
  return cot_encoding_is_utf16 (encoding) ? COT_ENCODING_UTF8 : encoding;
}

static GString *
decode (CotEncoding encoding, CotSpan span, gsize max_bytes)
{
  gsize length = max_bytes == 0 ? span.length_bytes : cut_at_character (encoding, span, max_bytes);
  GString *text = g_string_sized_new (length + 1);

  if (span.data != NULL)
    cot_decoder_append (text, encoding_of_records (encoding), span.data, length);
  return text;
}

/**
 * cot_entry_text_dup_visible:
 * @encoding: how the bytes are to be read
 * @span: the bytes
 * @max_bytes: decode no more than that; 0 for all
 * @keep_line_ends: whether CR and LF stay
 *
 * Decodes a piece of a record and shows every dangerous character as a boxed escape. Any thread.
 *
 * Returns: (transfer full): valid UTF-8
 */
char *
cot_entry_text_dup_visible (CotEncoding encoding, CotSpan span, gsize max_bytes,
                            gboolean keep_line_ends)
{
  g_autoptr (GString) text = decode (encoding, span, max_bytes);
  GString *visible = g_string_sized_new (text->len + 1);

  cot_text_append_visible (visible, text->str, (gssize) text->len, keep_line_ends);
  return g_string_free (visible, FALSE);
}

/**
 * cot_entry_text_dup_written:
 * @encoding: how the bytes are to be read
 * @span: the bytes
 *
 * Decodes a piece of a record as it was written. For the clipboard, never for the screen. Any
 * thread.
 *
 * Returns: (transfer full): valid UTF-8
 */
char *
cot_entry_text_dup_written (CotEncoding encoding, CotSpan span)
{
  return g_string_free (decode (encoding, span, 0), FALSE);
}

/**
 * cot_entry_text_dup_row:
 * @encoding: how the bytes are to be read
 * @span: the message
 *
 * Decodes the first %COT_ROW_MESSAGE_BYTES of a message for a row: one line, each line end shown
 * as a mark. Any thread.
 *
 * Returns: (transfer full): valid UTF-8
 */
char *
cot_entry_text_dup_row (CotEncoding encoding, CotSpan span)
{
  g_autoptr (GString) text = decode (encoding, span, COT_ROW_MESSAGE_BYTES);
  GString *row = g_string_sized_new (text->len + 1);
  const char *at = text->str;
  const char *end = text->str + text->len;

  /* Line ends around the message would only push its words out of sight. */
  while (at < end && (*at == '\r' || *at == '\n'))
    at++;
  while (end > at && (end[-1] == '\r' || end[-1] == '\n'))
    end--;
  while (at < end)
    {
      const char *stop = at;

      while (stop < end && *stop != '\r' && *stop != '\n')
        stop++;
      cot_text_append_visible (row, at, stop - at, FALSE);
      if (stop == end)
        break;
      g_string_append (row, LINE_END_MARK);
      at = stop + (stop[0] == '\r' && stop + 1 < end && stop[1] == '\n' ? 2 : 1);
    }
  return g_string_free (row, FALSE);
}

/**
 * cot_entry_text_dup_folded:
 * @text: UTF-8, of one line or several
 *
 * For a title: one line, its words parted by one space, and shown as
 * cot_text_append_visible() shows them. Any thread.
 *
 * Returns: (transfer full): the line; empty where @text has no words
 */
char *
cot_entry_text_dup_folded (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\r\n", -1);
  g_autoptr (GString) folded = g_string_new (NULL);
  GString *visible = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (folded, "%s%s", folded->len > 0 ? " " : "", words[i]);
  cot_text_append_visible (visible, folded->str, (gssize) folded->len, FALSE);
  return g_string_free (visible, FALSE);
}

/**
 * cot_entry_text_dup_time:
 * @time_usec: wall clock in microseconds, or %COT_TIME_NONE
 *
 * Returns: (transfer full) (nullable): "2026-11-18 09:12:41.327", to the millisecond as CMTrace
 *   shows it
 */
char *
cot_entry_text_dup_time (gint64 time_usec)
{
  int year, month, day, hour, minute, second, microsecond;

  if (time_usec == COT_TIME_NONE)
    return NULL;
  cot_clock_to_civil (time_usec, &year, &month, &day, &hour, &minute, &second, &microsecond);
  return g_strdup_printf ("%04d-%02d-%02d %02d:%02d:%02d.%03d", year, month, day, hour, minute,
                          second, microsecond / 1000);
}

/**
 * cot_row_fill:
 * @row: (out caller-allocates): to be cleared with cot_row_clear()
 * @encoding: of the record's generation
 * @format: the format that framed the record
 * @record: the record's bytes
 * @length_bytes: their number
 * @columns: what the index knows of the entry
 * @seam: whether it is the first entry of a newer generation
 *
 * Makes the text of one row. Any thread.
 */
void
cot_row_fill (CotRow *row, CotEncoding encoding, const CotFormat *format, const char *record,
              gsize length_bytes, const CotEntryColumns *columns, gboolean seam)
{
  g_autoptr (GString) composed = g_string_new (NULL);
  CotEntry entry = { 0 };

  cot_format_read_entry (format, record, length_bytes, composed, &entry);
  row->message = cot_entry_text_dup_row (encoding, entry.message);
  row->component = cot_entry_text_dup_visible (encoding, entry.component, 256, FALSE);
  row->thread = cot_entry_text_dup_visible (encoding, entry.thread, 256, FALSE);
  row->origin = cot_entry_text_dup_visible (encoding, entry.origin, 1024, FALSE);
  row->time_usec = columns->time_usec;
  row->bias_minutes = columns->bias_minutes;
  row->bias_writer = cot_entry_get_bias_writer (&entry);
  row->severity = columns->severity;
  row->flags = columns->flags;
  row->first_of_generation = seam;
}

/**
 * cot_row_clear:
 * @row: a row made by cot_row_fill()
 *
 * Frees the texts of a row.
 */
void
cot_row_clear (CotRow *row)
{
  g_clear_pointer (&row->message, g_free);
  g_clear_pointer (&row->component, g_free);
  g_clear_pointer (&row->thread, g_free);
  g_clear_pointer (&row->origin, g_free);
}
