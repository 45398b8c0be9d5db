/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include "cot-dates-private.h"
#include "cot-lines-private.h"
#include "cot-statmsg.h"

/* Rows of a log viewer as the clipboard has them: columns with tabs between them, as people paste
 * them into mails and tickets. CMTrace copies the message, the component, the date and time, and
 * the thread; Cotrace does the same with the columns that are shown, and those may be the log
 * before the component, the elapsed time before the thread, and the origin behind it. Neither
 * copies the type.
 *
 * A message may hold tabs and line ends: so a row is read from its end, and lines without such an
 * end belong to the message of the row that comes next, unless that is far away, or stands in one
 * line below an empty one: then they are what somebody wrote above the rows. */

#define MAX_FIELDS 6
/* Behind the time: elapsed, thread, origin. */
#define MAX_BEHIND 3
#define MAX_NAME_BYTES 96
#define MAX_NAME_BLANKS 3
#define MAX_LOG_NAME_BYTES 260
#define MAX_THREAD_BYTES 40
#define MAX_ORIGIN_BYTES 260
#define LOOKAHEAD_BYTES (64 * 1024)
#define BITS 42
/* A text and a date are no more than a hint. */
#define BITS_HINT 12

typedef struct
{
  gsize message_end;
  CotSpan log; /* no data where there is none, as below */
  CotSpan component;
  CotSpan thread;
  CotSpan origin;
  CotStamp stamp;
  gboolean has_time;
} Tail;

static CotSpan
trim (CotSpan text)
{
  while (text.length_bytes > 0 && cot_is_blank (text.data[0]))
    text = (CotSpan){ text.data + 1, text.length_bytes - 1 };
  while (text.length_bytes > 0 && cot_is_blank (text.data[text.length_bytes - 1]))
    text.length_bytes--;
  return text;
}

/* A date and a time, and nothing else; behind one whose zone is not known is a question mark. */
static gboolean
read_time (CotSpan field, CotStamp *stamp)
{
  CotSpan text = trim (field);

  if (text.length_bytes > 0 && text.data[text.length_bytes - 1] == '?')
    text.length_bytes--;
  return text.length_bytes > 0 && text.length_bytes <= COT_STAMP_MAX_BYTES
         && cot_stamp_read (text.data, 0, text.length_bytes, stamp)
         && stamp->end == text.length_bytes && stamp->kind != COT_STAMP_CLOCK;
}

/* "0:01:12.345", "-2d 0:01:12.345" */
static gboolean
is_elapsed (CotSpan field)
{
  guint n_colons = 0;

  if (field.length_bytes < 7 || field.length_bytes > 32
      || field.data[field.length_bytes - 4] != '.')
    return FALSE;
  for (gsize i = 0; i < field.length_bytes; i++)
    {
      n_colons += field.data[i] == ':';
      if (!g_ascii_isdigit (field.data[i]) && memchr ("-d :.", field.data[i], 5) == NULL)
        return FALSE;
    }
  return n_colons == 2;
}

/* "4120 (0x1018)", "4120", "1A2C:0B10" */
static gboolean
is_thread (CotSpan field)
{
  CotSpan number = cot_thread_without_hex (field);
  gboolean has_digit = FALSE;

  if (field.length_bytes > MAX_THREAD_BYTES)
    return FALSE;
  for (gsize i = 0; i < number.length_bytes; i++)
    {
      has_digit |= g_ascii_isdigit (number.data[i]);
      if (!g_ascii_isalnum (number.data[i]) && number.data[i] != ':' && number.data[i] != '-')
        return FALSE;
    }
  return has_digit;
}

/* "client.cpp:1205", "C:\Program Files\Contoso\agent.ps1:12": only a path has blanks. Other tables
 * have their texts behind the time, and these are no rows. */
static gboolean
is_origin (CotSpan field)
{
  const gsize n = field.length_bytes;

  if (n <= 2 || n > MAX_ORIGIN_BYTES || memchr (".:", field.data[n - 1], 2) != NULL)
    return FALSE;
  if (field.data[1] != ':' && memchr ("\\/", field.data[0], 2) == NULL
      && memchr (field.data, ' ', n) != NULL)
    return FALSE;
  return memchr (field.data, '.', n) != NULL || memchr (field.data, ':', n) != NULL;
}

/* No sentence: that is the end of a message with a tab in it, and not a component. */
static gboolean
is_name (CotSpan field)
{
  guint n_blanks = 0;

  if (field.length_bytes == 0 || field.length_bytes > MAX_NAME_BYTES
      || (!g_ascii_isalpha (field.data[0]) && strchr ("_$[", field.data[0]) == NULL))
    return FALSE;
  for (gsize i = 0; i < field.length_bytes; i++)
    {
      char byte = field.data[i];

      n_blanks += byte == ' ';
      if (!g_ascii_isalnum (byte) && memchr (" ._-$#&:/\\()[]", byte, 14) == NULL)
        return FALSE;
    }
  return n_blanks <= MAX_NAME_BLANKS && field.data[field.length_bytes - 1] != '.'
         && field.data[field.length_bytes - 1] != ':';
}

/* "CcmExec.log", and where the rows are of several devices, "PC01 · CcmExec.log": a name that a
 * file has, whatever letters are in it. */
static gboolean
is_log_name (CotSpan field)
{
  static const char *const extensions[] = { ".log", ".lo_", ".txt", ".evtx", ".reg", ".xml" };
  guint n_blanks = 0;
  gboolean has_extension = FALSE;

  if (field.length_bytes > MAX_LOG_NAME_BYTES)
    return FALSE;
  for (gsize i = 0; i < field.length_bytes; i++)
    {
      const CotSpan rest = cot_span (field.data, i, field.length_bytes);

      n_blanks += field.data[i] == ' ';
      for (guint j = 0; i > 0 && j < G_N_ELEMENTS (extensions) && !has_extension; j++)
        has_extension = cot_span_has_prefix (rest, extensions[j]);
    }
  return has_extension && n_blanks <= MAX_NAME_BLANKS
         && memchr (".,:;", field.data[field.length_bytes - 1], 4) == NULL;
}

/* @fields: those behind the time, the last one first. */
static gboolean
read_behind (const CotSpan *fields, guint n, Tail *tail)
{
  gboolean has_elapsed = FALSE;

  for (guint i = n; i > 0; i--)
    {
      CotSpan field = trim (fields[i - 1]);

      if (field.length_bytes == 0)
        continue;
      if (!has_elapsed && tail->thread.data == NULL && is_elapsed (field))
        has_elapsed = TRUE;
      else if (tail->thread.data == NULL && tail->origin.data == NULL && is_thread (field))
        tail->thread = field;
      else if (tail->origin.data == NULL && is_origin (field))
        tail->origin = field;
      else
        return FALSE;
    }
  return TRUE;
}

/* @fields: those before the time, the last one first; a tab stands before each. */
static void
read_before (const char *data, const CotSpan *fields, guint n, Tail *tail)
{
  CotSpan component = n > 0 ? trim (fields[0]) : (CotSpan){ NULL, 0 };
  CotSpan log = n > 1 ? trim (fields[1]) : (CotSpan){ NULL, 0 };

  if (n == 0 || (component.length_bytes > 0 && !is_name (component)))
    return;
  tail->message_end = (gsize) (fields[0].data - data) - 1;
  if (n > 1 && is_log_name (log))
    {
      tail->log = log;
      tail->message_end = (gsize) (fields[1].data - data) - 1;
    }
  else if (component.length_bytes > 0 && is_log_name (component))
    {
      /* Where there is no room, the component makes way for the log. */
      tail->log = component;
      return;
    }
  tail->component = component;
}

/* An entry whose time cannot be read has a thread all the same. Where no time tells that this is a
 * row, the thread must look like none other: "4120 (0x1018)". */
static gboolean
read_timeless (const char *data, const CotSpan *fields, guint n, Tail *tail)
{
  for (guint i = 1; i + 1 < n && i <= MAX_BEHIND; i++)
    {
      if (trim (fields[i]).length_bytes > 0 || !is_name (trim (fields[i + 1])))
        continue;
      *tail = (Tail){ .message_end = (gsize) (fields[i].data - data) - 1 };
      if (!read_behind (fields, i, tail) || tail->thread.data == NULL
          || cot_thread_without_hex (tail->thread).length_bytes == tail->thread.length_bytes)
        continue;
      read_before (data, fields + i + 1, n - i - 1, tail);
      return TRUE;
    }
  return FALSE;
}

/* The end of the row in the line [@from, @to). */
static gboolean
read_tail (const char *data, gsize from, gsize to, Tail *tail)
{
  CotSpan fields[MAX_FIELDS];
  gsize end = to;
  guint n = 0;

  while (n < MAX_FIELDS)
    {
      const char *tab = memrchr (data + from, '\t', end - from);

      if (tab == NULL)
        break;
      fields[n++] = cot_span (data, (gsize) (tab - data) + 1, end);
      end = (gsize) (tab - data);
    }
  for (guint i = 0; i < n && i <= MAX_BEHIND; i++)
    {
      *tail = (Tail){ .message_end = (gsize) (fields[i].data - data) - 1 };
      if (!read_time (fields[i], &tail->stamp))
        continue;
      tail->has_time = TRUE;
      if (!read_behind (fields, i, tail))
        return FALSE;
      read_before (data, fields + i + 1, n - i - 1, tail);
      return TRUE;
    }
  if (n >= 3 && read_timeless (data, fields, n, tail))
    return TRUE;
  if (n < 3 || trim (fields[0]).length_bytes > 0 || trim (fields[1]).length_bytes > 0)
    return FALSE;
  *tail = (Tail){ .message_end = (gsize) (fields[1].data - data) - 1 };
  read_before (data, fields + 2, n - 2, tail);
  return TRUE;
}

static gboolean
is_row (const char *data, gsize from, gsize to)
{
  Tail tail;

  return read_tail (data, from, to, &tail);
}

static gboolean
is_empty (const char *data, gsize from, gsize to)
{
  return trim (cot_span (data, from, to)).length_bytes == 0;
}

/* What stands above the columns. */
static gboolean
is_header (const char *data, gsize from, gsize to)
{
  static const char *const titles[]
      = { "log text", "message", "component", "date/time", "thread", "log", "elapsed", "origin" };
  guint n = 0;

  for (gsize i = from; i < to; n++)
    {
      gsize tab = cot_find_either (data, i, to, '\t', '\t');
      CotSpan title = trim (cot_span (data, i, tab));
      gboolean known = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (titles) && !known; j++)
        known = cot_span_is (title, titles[j]);
      if (!known)
        return FALSE;
      i = tab + 1;
    }
  return n >= 2;
}

/* Blanks before the first word are cells that are empty. */
static gsize
find_line_start (const char *data, gsize start, gsize content)
{
  while (content > start && cot_is_blank (data[content - 1]))
    content--;
  return content;
}

/* What comes behind a line without an end of its own. */
typedef enum
{
  NEXT_IS_ROW, /* it goes on with the message of that */
  NEXT_IS_NONE, /* near enough */
  NEXT_IS_UNKNOWN,
} Next;

/* The first row behind the line that ends at @line_end, if it begins less than LOOKAHEAD_BYTES
 * behind @content. Where there is none, each line behind this one would look for the same row
 * again: so that is looked for twice as far away, and @ahead keeps which lines have none near. */
static Next
find_row (const CotWindow *window, gsize content, gsize line_end, CotAhead *ahead, gsize *row_end)
{
  const gsize limit = content + LOOKAHEAD_BYTES;
  gsize from = cot_skip_line_end (window->data, line_end, window->end);
  gsize known = line_end;
  gboolean is_apart = FALSE;

  while (from < window->end && from < limit + LOOKAHEAD_BYTES)
    {
      gsize to = cot_find_line_end (window->data, from, window->end);

      if (to == window->end && !window->is_final)
        break;
      if (is_header (window->data, from, to))
        {
          ahead->lines_end = from;
          return NEXT_IS_NONE;
        }
      if (is_row (window->data, from, to))
        {
          if (is_apart)
            {
              ahead->lines_end = from;
              return NEXT_IS_NONE;
            }
          if (from >= limit)
            break;
          *row_end = to;
          return NEXT_IS_ROW;
        }
      known = to;
      is_apart = is_empty (window->data, from, to);
      from = cot_skip_line_end (window->data, to, window->end);
    }
  if (from < limit && !window->is_final)
    return NEXT_IS_UNKNOWN;
  /* Of what stands behind the longest record nothing is known. */
  if (window->end - window->start < COT_RECORD_MAX_BYTES)
    {
      if (window->is_final && from == window->end)
        ahead->lines_end = window->end;
      else if (known > content + LOOKAHEAD_BYTES)
        ahead->lines_end = known - LOOKAHEAD_BYTES;
    }
  return NEXT_IS_NONE;
}

static CotRecordResult
copied_rows_next_record_ahead (const char *data, gsize length_bytes, gsize start, gboolean at_end,
                               CotAhead *ahead, gsize *end_offset)
{
  CotWindow window = cot_window_new (data, length_bytes, start, at_end);
  gsize content = cot_skip_leading (&window);
  gsize line_end = cot_find_line_end (data, content, window.end);
  gsize line_start = find_line_start (data, start, content);
  gsize row_end = line_end;

  if (line_end == window.end)
    return cot_end_at_window (&window, end_offset);
  if (content >= ahead->lines_end && !is_row (data, line_start, line_end)
      && !is_header (data, line_start, line_end)
      && find_row (&window, content, line_end, ahead, &row_end) == NEXT_IS_UNKNOWN)
    return COT_RECORD_NEEDS_MORE;
  return cot_end_with_filler (&window, row_end, end_offset);
}

static CotRecordResult
copied_rows_next_record (const char *data, gsize length_bytes, gsize start, gboolean at_end,
                         gsize *end_offset)
{
  CotAhead ahead = { 0 };

  return copied_rows_next_record_ahead (data, length_bytes, start, at_end, &ahead, end_offset);
}

/* The last line with content, all its tabs included. */
static void
find_last_line (const char *record, gsize from, gsize length_bytes, gsize *line_start,
                gsize *line_end)
{
  gsize content_end = cot_content_end (record, from, length_bytes);

  *line_start = content_end;
  while (*line_start > from && !cot_is_line_end (record[*line_start - 1]))
    *line_start -= 1;
  *line_end = cot_find_line_end (record, content_end, length_bytes);
  while (*line_end > content_end && !cot_is_blank (record[*line_end - 1]))
    *line_end -= 1;
}

static void
copied_rows_parse_entry (const CotFormat *self, const char *record, gsize length_bytes,
                         CotEntry *entry)
{
  gsize content = cot_content_start (record, length_bytes);
  gsize from = find_line_start (record, 0, content);
  gsize line_start, line_end;
  Tail tail;

  find_last_line (record, from, length_bytes, &line_start, &line_end);
  if (!read_tail (record, line_start, line_end, &tail))
    {
      cot_parse_plain_line (record, length_bytes, entry);
      return;
    }
  cot_entry_clear (entry);
  entry->flags = COT_RECORD_FRAMED;
  if (line_end == length_bytes)
    entry->flags |= COT_RECORD_OPEN_ENDED;
  entry->message = cot_span (record, from, tail.message_end);
  if (cot_span_has_line_end (entry->message))
    entry->flags |= COT_RECORD_MULTI_LINE;
  entry->component = tail.component;
  entry->context = tail.log;
  entry->thread = tail.thread;
  entry->origin = tail.origin;
  if (tail.has_time)
    entry->time_usec = cot_dates_get_time (self->context, &tail.stamp);
  if (entry->time_usec != COT_TIME_NONE)
    entry->bias_minutes = tail.stamp.bias_minutes;
  entry->severity = cot_statmsg_judge (entry->message);
}

/* A component, a time and a thread are sure, however many lines the messages have; without one of
 * the others most lines must have a time. */
static guint
copied_rows_bid (const char *head, gsize length_bytes)
{
  gsize i = cot_content_start (head, length_bytes);
  guint n_lines = 0, n_rows = 0, n_good = 0, n_whole = 0;

  while (i < length_bytes && n_lines < COT_BID_MAX_LINES)
    {
      gsize from = find_line_start (head, 0, i);
      gsize line_end = cot_find_line_end (head, i, length_bytes);
      Tail tail;

      /* The last one may be cut. */
      if (line_end == length_bytes && n_lines > 0)
        break;
      if (read_tail (head, from, line_end, &tail) && tail.has_time)
        {
          n_rows++;
          n_good += tail.component.length_bytes > 0 || tail.thread.data != NULL;
          n_whole += tail.component.length_bytes > 0 && tail.thread.data != NULL;
        }
      if (!is_header (head, from, line_end))
        n_lines++;
      for (i = line_end; i < length_bytes && cot_is_filler (head[i]);)
        i++;
    }
  if (n_rows == 0)
    return 0;
  if (n_whole * 8 >= n_lines || n_good * 2 > n_lines)
    return BITS;
  return n_rows * 2 > n_lines ? BITS_HINT : 0;
}

static gboolean
read_line_stamp (const char *data, gsize from, gsize line_end, CotStamp *stamp)
{
  Tail tail;

  if (!read_tail (data, from, line_end, &tail) || !tail.has_time)
    return FALSE;
  *stamp = tail.stamp;
  return TRUE;
}

static CotProof
copied_rows_judge (const CotSpan *blocks, guint n_blocks)
{
  return cot_dates_judge (blocks, n_blocks, read_line_stamp, G_MAXSIZE);
}

static const CotFormat *
copied_rows_learn (const CotFormat *self, const CotSpan *blocks, guint n_blocks)
{
  CotDates dates;

  if (!cot_dates_learn (blocks, n_blocks, read_line_stamp, G_MAXSIZE, &dates))
    return self;
  return cot_format_intern (&cot_format_copied_rows, &dates, sizeof dates);
}

const CotFormat cot_format_copied_rows = {
  .id = "copied-rows",
  .name = "Copied rows",
  .bid = copied_rows_bid,
  .next_record = copied_rows_next_record,
  .next_record_ahead = copied_rows_next_record_ahead,
  .parse_entry = copied_rows_parse_entry,
  .learn = copied_rows_learn,
  .judge = copied_rows_judge,
};
