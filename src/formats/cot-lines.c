/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-lines-private.h"

/* The next line with content behind the line end at @line_end; @end is where the lines before it
 * end. Blanks before content are its indentation. */
static gsize
find_content (const CotWindow *window, gsize line_end, gsize *end)
{
  gsize i = line_end;

  *end = line_end;
  for (; i < window->end && cot_is_filler (window->data[i]); i++)
    if (!cot_is_blank (window->data[i]))
      *end = i + 1;
  return i;
}

static gboolean
can_tell_stamp (const CotWindow *window, gsize from, gsize stamp_bytes)
{
  return window->is_final || window->end - from >= stamp_bytes
         || cot_find_line_end (window->data, from, window->end) < window->end;
}

/* At the end of the longest record: rather behind a whole line than inside one. */
static CotRecordResult
end_at_lines (const CotWindow *window, gsize last_end, gsize *end_offset)
{
  if (window->is_final && window->end - window->start == COT_RECORD_MAX_BYTES
      && last_end > window->start)
    {
      *end_offset = last_end;
      return COT_RECORD_FOUND;
    }
  return cot_end_at_window (window, end_offset);
}

CotRecordResult
cot_stamped_next_record (const char *data, gsize length_bytes, gsize start, gboolean at_end,
                         CotIsStamp is_stamp, gsize stamp_bytes, gsize *end_offset)
{
  CotWindow window = cot_window_new (data, length_bytes, start, at_end);
  gsize content = cot_skip_leading (&window);
  gsize last_end = start;
  gboolean framed;

  if (content == window.end || !can_tell_stamp (&window, content, stamp_bytes))
    return cot_end_at_window (&window, end_offset);
  framed = is_stamp (data, content, window.end);
  for (;;)
    {
      gsize line_end = cot_find_line_end (data, content, window.end);
      gsize end;

      if (line_end == window.end)
        return end_at_lines (&window, last_end, end_offset);
      content = find_content (&window, line_end, &end);
      if (content == window.end)
        return cot_end_at_window (&window, end_offset);
      if (!can_tell_stamp (&window, content, stamp_bytes))
        return COT_RECORD_NEEDS_MORE;
      if (!framed || (content == end && is_stamp (data, content, window.end)))
        {
          *end_offset = end;
          return COT_RECORD_FOUND;
        }
      last_end = end;
    }
}

CotRecordResult
cot_line_next_record (const char *data, gsize length_bytes, gsize start, gboolean at_end,
                      gsize *end_offset)
{
  CotWindow window = cot_window_new (data, length_bytes, start, at_end);
  gsize content = cot_skip_leading (&window);
  gsize line_end = cot_find_line_end (data, content, window.end);

  if (line_end == window.end)
    return cot_end_at_window (&window, end_offset);
  return cot_end_with_filler (&window, line_end, end_offset);
}

gsize
cot_content_start (const char *record, gsize length_bytes)
{
  const CotWindow window = { record, 0, length_bytes, TRUE };

  return cot_skip_leading (&window);
}

gsize
cot_content_end (const char *record, gsize from, gsize length_bytes)
{
  while (length_bytes > from && cot_is_filler (record[length_bytes - 1]))
    length_bytes--;
  return length_bytes;
}

void
cot_entry_set_message (CotEntry *entry, const char *record, gsize from, gsize length_bytes)
{
  gsize end = cot_content_end (record, from, length_bytes);

  entry->flags |= COT_RECORD_FRAMED;
  if (end == length_bytes)
    entry->flags |= COT_RECORD_OPEN_ENDED;
  entry->message = cot_span (record, from, end);
  if (cot_span_has_line_end (entry->message))
    entry->flags |= COT_RECORD_MULTI_LINE;
}

gboolean
cot_has_shape (const char *data, gsize from, gsize to, const char *shape)
{
  for (; *shape != '\0'; shape++, from++)
    {
      if (from >= to)
        return FALSE;
      if (*shape == '9'   ? !g_ascii_isdigit (data[from])
          : *shape == 'X' ? !g_ascii_isxdigit (data[from])
                          : data[from] != *shape)
        return FALSE;
    }
  return TRUE;
}

gsize
cot_skip_blanks (const char *data, gsize from, gsize to)
{
  while (from < to && cot_is_blank (data[from]))
    from++;
  return from;
}

gsize
cot_skip_word (const char *data, gsize from, gsize to)
{
  while (from < to && !cot_is_blank (data[from]) && !cot_is_line_end (data[from]))
    from++;
  return from;
}

gboolean
cot_span_is (CotSpan span, const char *text)
{
  return span.length_bytes == strlen (text) && cot_span_has_prefix (span, text);
}

gboolean
cot_span_has_prefix (CotSpan span, const char *prefix)
{
  gsize length = strlen (prefix);

  return span.length_bytes >= length && g_ascii_strncasecmp (span.data, prefix, length) == 0;
}

gboolean
cot_span_to_number (CotSpan span, gint *number)
{
  gint64 value = 0;

  for (gsize i = 0; i < span.length_bytes; i++)
    {
      if (!g_ascii_isdigit (span.data[i]))
        return FALSE;
      value = value * 10 + (span.data[i] - '0');
      if (value > G_MAXINT)
        return FALSE;
    }
  *number = (gint) value;
  return span.length_bytes > 0;
}

guint
cot_count_stamps (const char *head, gsize length_bytes, CotIsStamp is_stamp, guint *n_lines)
{
  const CotWindow window = { head, 0, length_bytes, TRUE };
  gsize i = cot_skip_leading (&window);
  guint n = 0;

  *n_lines = 0;
  while (i < length_bytes && *n_lines < COT_BID_MAX_LINES)
    {
      gsize line_end = cot_find_line_end (head, i, length_bytes);

      if (line_end == length_bytes && *n_lines > 0)
        break;
      *n_lines += 1;
      if (is_stamp (head, i, line_end))
        n++;
      for (i = line_end; i < length_bytes && cot_is_filler (head[i]);)
        i++;
    }
  return n;
}
