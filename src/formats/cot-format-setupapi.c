/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include "cot-lines-private.h"
#include "cot-stamp-private.h"

/* setupapi.dev.log, setupapi.setup.log, ...: the text logs of SetupAPI, by "SetupAPI Text Logs" on
 * learn.microsoft.com.
 *
 *   >>>  [Device Install - USB\VID_0000]
 *   >>>  Section start 2024/09/09 12:34:56.789
 *        dvi: text 12:34:57.001
 *   !    sto:      a warning
 *   !!!  sto:      an error
 *   <<<  Section end 2024/09/09 12:34:59.123
 *   <<<  [Exit status: FAILURE(0x00000002)]
 *
 * The two lines that open a section are one entry, and so are the two that close it; each other
 * line is one. A line inside of a section has a clock at best, and no day: it has no time. */

#define PREFIX_BYTES 5
#define MAX_CATEGORY_BYTES 4
#define PAIR_BYTES 20
#define BITS 43 /* two lines that any text may quote */

#define OPENED ">>>  ["
#define STARTED ">>>  Section start "
#define ENDED "<<<  Section end "
#define STATUS "<<<  [Exit status: "
#define BOOT "[Boot Session: "

static gboolean
starts_with (const char *data, gsize from, gsize to, const char *text)
{
  return cot_starts_with (data, from, to, text, strlen (text));
}

/* Behind the first line, without its line end, or @end where the next line is not its second. */
static CotRecordResult
join_pair (const CotWindow *window, gsize line_end, const char *second, gsize *end)
{
  gsize i = cot_skip_line_end (window->data, line_end, window->end);

  *end = line_end;
  if (window->end - i < PAIR_BYTES && !window->is_final
      && cot_find_line_end (window->data, i, window->end) == window->end)
    return COT_RECORD_NEEDS_MORE;
  if (starts_with (window->data, i, window->end, second))
    *end = cot_find_line_end (window->data, i, window->end);
  return *end == window->end && !window->is_final ? COT_RECORD_NEEDS_MORE : COT_RECORD_FOUND;
}

static CotRecordResult
setupapi_next_record (const char *data, gsize length_bytes, gsize start, gboolean at_end,
                      gsize *end_offset)
{
  CotWindow window = cot_window_new (data, length_bytes, start, at_end);
  gsize content = cot_skip_leading (&window);
  gsize line_end = cot_find_line_end (data, content, window.end);
  const char *second = NULL;

  if (line_end == window.end)
    return cot_end_at_window (&window, end_offset);
  if (starts_with (data, content, line_end, OPENED))
    second = STARTED;
  else if (starts_with (data, content, line_end, ENDED))
    second = STATUS;
  if (second != NULL && join_pair (&window, line_end, second, &line_end) == COT_RECORD_NEEDS_MORE)
    return COT_RECORD_NEEDS_MORE;
  if (line_end == window.end)
    return cot_end_at_window (&window, end_offset);
  return cot_end_with_filler (&window, line_end, end_offset);
}

static gint64
time_at (const char *data, gsize from, gsize to)
{
  CotStamp stamp;

  if (!cot_stamp_read (data, from, to, &stamp) || stamp.kind != COT_STAMP_YEAR_FIRST)
    return COT_TIME_NONE;
  return cot_stamp_get_time (&stamp, COT_DATE_ORDER_UNKNOWN, 0);
}

/* The time that the record says behind @mark, wherever that begins a line. */
static gint64
time_behind (const char *data, gsize from, gsize to, const char *mark)
{
  while (from < to)
    {
      gsize line_end = cot_find_line_end (data, from, to);

      if (starts_with (data, from, line_end, mark))
        return time_at (data, from + strlen (mark), line_end);
      for (from = line_end; from < to && cot_is_line_end (data[from]);)
        from++;
    }
  return COT_TIME_NONE;
}

/* The mark of a line inside of a section: how bad it is fills five columns. */
static gboolean
read_prefix (const char *data, gsize from, gsize to, CotSeverity *severity)
{
  static const struct
  {
    const char *prefix;
    CotSeverity severity;
  } prefixes[] = {
    { "!!!  ", COT_SEVERITY_ERROR }, { "!    ", COT_SEVERITY_WARNING },
    { "     ", COT_SEVERITY_INFO },  { "   . ", COT_SEVERITY_INFO },
    { ".    ", COT_SEVERITY_INFO },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (starts_with (data, from, to, prefixes[i].prefix))
      {
        *severity = prefixes[i].severity;
        return TRUE;
      }
  return FALSE;
}

/* "inf:", " ui:", "...:" of the fixed width in front of a blank; @end is behind the colon. */
static gboolean
read_category (const char *data, gsize from, gsize to, CotSpan *category, gsize *end)
{
  gsize start = cot_skip_blanks (data, from, MIN (to, from + 2));
  gsize i = start;

  while (i < to && i - start < MAX_CATEGORY_BYTES && (g_ascii_islower (data[i]) || data[i] == '.'))
    i++;
  if (i < start + 2 || i >= to || data[i] != ':' || (i + 1 < to && !cot_is_blank (data[i + 1])))
    return FALSE;
  *category = cot_span (data, start, i);
  *end = i + 1;
  return TRUE;
}

/* The blanks before the text are how deep it is nested. */
static void
parse_body (const char *record, gsize from, gsize length_bytes, CotEntry *entry)
{
  gsize line_end = cot_find_line_end (record, from, length_bytes);
  gsize at = from + PREFIX_BYTES, end;

  if (read_category (record, at, line_end, &entry->component, &end))
    at = end + (end < line_end ? 1 : 0);
  cot_entry_set_message (entry, record, at, length_bytes);
}

static void
setupapi_parse_entry (const CotFormat *self, const char *record, gsize length_bytes,
                      CotEntry *entry)
{
  gsize from = cot_content_start (record, length_bytes);
  CotSeverity severity;
  gsize line;

  /* The blanks in front of a line are its mark. */
  for (line = from; line > 0 && cot_is_blank (record[line - 1]);)
    line--;
  cot_entry_clear (entry);
  entry->severity = COT_SEVERITY_INFO;
  if (starts_with (record, from, length_bytes, ">>>")
      || starts_with (record, from, length_bytes, "<<<"))
    {
      gboolean opens = record[from] == '>';

      entry->time_usec = time_behind (record, from, length_bytes, opens ? STARTED : ENDED);
      cot_entry_set_message (entry, record, from, length_bytes);
      if (!opens && memmem (record + from, length_bytes - from, "status: FAILURE", 15) != NULL)
        entry->severity = COT_SEVERITY_ERROR;
    }
  else if (read_prefix (record, line, length_bytes, &severity))
    {
      entry->severity = severity;
      parse_body (record, line, length_bytes, entry);
    }
  else if (from < length_bytes && record[from] == '[')
    {
      entry->time_usec = time_behind (record, from, length_bytes, BOOT);
      cot_entry_set_message (entry, record, from, length_bytes);
    }
  else
    {
      cot_parse_plain_line (record, length_bytes, entry);
    }
}

static gboolean
is_mark (const char *data, gsize from, gsize to)
{
  return starts_with (data, from, to, STARTED) || starts_with (data, from, to, ENDED)
         || starts_with (data, from, to, STATUS) || starts_with (data, from, to, BOOT)
         || starts_with (data, from, to, "[BeginLog]");
}

static guint
setupapi_bid (const char *head, gsize length_bytes)
{
  guint n_lines;
  guint n_marks = cot_count_stamps (head, length_bytes, is_mark, &n_lines);

  return n_marks >= 2 ? BITS : n_marks > 0 ? BITS / 2 : 0;
}

const CotFormat cot_format_setupapi = {
  .id = "setupapi",
  .name = "SetupAPI",
  .bid = setupapi_bid,
  .next_record = setupapi_next_record,
  .parse_entry = setupapi_parse_entry,
};
