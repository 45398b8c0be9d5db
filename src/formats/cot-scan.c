/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-scan-private.h"

#define BOM "\xef\xbb\xbf"
#define BOM_BYTES 3

gsize
cot_skip_leading (const CotWindow *window)
{
  gsize i = window->start;

  if (cot_starts_with (window->data, i, window->end, BOM, BOM_BYTES))
    i += BOM_BYTES;
  while (i < window->end && cot_is_filler (window->data[i]))
    i++;
  return i;
}

/* How many of the last bytes are the beginning of a UTF-8 sequence that goes on behind them. */
static gsize
count_torn_bytes (const char *data, gsize start, gsize end)
{
  for (gsize n = 1; n < 4 && n < end - start; n++)
    {
      guint8 byte = (guint8) data[end - n];

      if (byte >= 0xc0)
        return n < (byte >= 0xf0 ? 4u : byte >= 0xe0 ? 3u : 2u) ? n : 0;
      if (byte < 0x80)
        return 0;
    }
  return 0;
}

CotRecordResult
cot_end_at_window (const CotWindow *window, gsize *end_offset)
{
  if (!window->is_final)
    return COT_RECORD_NEEDS_MORE;
  *end_offset = window->end;
  if (window->end - window->start == COT_RECORD_MAX_BYTES)
    *end_offset -= count_torn_bytes (window->data, window->start, window->end);
  return COT_RECORD_FOUND;
}

CotRecordResult
cot_end_with_filler (const CotWindow *window, gsize at, gsize *end_offset)
{
  gsize end = at;

  for (gsize i = at; i < window->end; i++)
    {
      if (!cot_is_filler (window->data[i]))
        {
          *end_offset = end;
          return COT_RECORD_FOUND;
        }
      /* Blanks before content are its indentation. */
      if (!cot_is_blank (window->data[i]))
        end = i + 1;
    }
  return cot_end_at_window (window, end_offset);
}

void
cot_entry_clear (CotEntry *entry)
{
  memset (entry, 0, sizeof *entry);
  entry->time_usec = COT_TIME_NONE;
  entry->bias_minutes = COT_BIAS_NONE;
}

gboolean
cot_span_has_line_end (CotSpan span)
{
  return cot_find_line_end (span.data, 0, span.length_bytes) < span.length_bytes;
}

/* Line ends and NULs around it are no part of the message; its indentation is. */
void
cot_parse_plain_line (const char *record, gsize length_bytes, CotEntry *entry)
{
  CotWindow window = { record, 0, length_bytes, TRUE };
  gsize from = cot_skip_leading (&window);
  gsize to = length_bytes;

  cot_entry_clear (entry);
  while (to > from && cot_is_filler (record[to - 1]) && !cot_is_blank (record[to - 1]))
    to--;
  while (from > 0 && from < to && cot_is_blank (record[from - 1]))
    from--;
  if (to == length_bytes)
    entry->flags = COT_RECORD_OPEN_ENDED;
  entry->message = cot_span (record, from, to);
  if (cot_span_has_line_end (entry->message))
    entry->flags |= COT_RECORD_MULTI_LINE;
  entry->severity = cot_severity_from_words (record + from, to - from);
}
