/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include "cot-clock.h"

#include "cot-format-msi-private.h"
#include "cot-lines-private.h"

/* What Windows Installer writes (msiexec /l): lines of several kinds.
 *
 *   === Verbose logging started: 4/25/2026  4:25:27  Build type: ... ===
 *   MSI (s) (94:70) [04:25:27:728]: text
 *   Action start 4:25:27: FileCost.
 *   Action ended 4:25:27: FileCost. Return value 1.
 *   Property(S): Name = value
 *   CustomAction:  text
 *
 * Only the first and the last line have a date, and in the language of the installer; the other
 * lines get it by what the format learns of the file. A line without any of these marks is one
 * that a custom action printed: an entry of its own, for it says nothing of the line above. But
 * below one of the installer's numbered messages it is the rest of its text:
 *
 *   MSI (s) (94:70) [04:25:27:728]: Product: Contoso VPN -- Error 25001. Setup failed
 *   The error code is 80004005
 */
#define SERVICE "MSI ("
#define SERVICE_BYTES 5
#define MAX_ACTION_BYTES 64
#define MAX_NAME_BYTES 40
#define BITS 47 /* less than a frame, whose messages may quote it */
#define BITS_BY_HEADER 41
#define DAY_USEC (G_TIME_SPAN_DAY)
#define SLACK_USEC (60 * G_TIME_SPAN_SECOND)

typedef struct
{
  gint64 day_usec; /* COT_TIME_NONE */
  gint64 start_of_day_usec; /* an earlier time is of the day after */
  CotMsiOrder order;
  gint32 padding;
} Context;

/* The fields of "MSI (s) (94:70) [04:25:27:728]: ". Older ones have no time. */
typedef struct
{
  CotSpan side;
  CotSpan thread;
  CotSpan time;
  gsize text;
} Service;

static gboolean
read_service (const char *data, gsize from, gsize to, Service *service)
{
  gsize at = from + SERVICE_BYTES;
  const char *end;

  if (!cot_starts_with (data, from, to, SERVICE, SERVICE_BYTES) || to - at < 4
      || !g_ascii_isalpha (data[at]) || memcmp (data + at + 1, ") (", 3) != 0)
    return FALSE;
  service->side = cot_span (data, from, at + 2);
  at += 4;
  end = memchr (data + at, ')', MIN (to - at, (gsize) 24));
  if (end == NULL)
    return FALSE;
  service->thread = cot_span (data, at, (gsize) (end - data));
  at = cot_skip_blanks (data, (gsize) (end - data) + 1, to);
  service->time = (CotSpan){ NULL, 0 };
  if (cot_has_shape (data, at, to, "[99:99:99:999]"))
    {
      service->time = cot_span (data, at + 1, at + 13);
      at += 14;
    }
  if (at == to || data[at] != ':')
    return FALSE;
  at++;
  service->text = at < to && data[at] == ' ' ? at + 1 : at;
  return TRUE;
}

/* The time of day in "Action start 4:25:27: FileCost.", whatever the words are; @after is behind
 * its colon and blank. */
static gboolean
find_action_time (const char *data, gsize from, gsize to, CotSpan *time, gsize *after)
{
  gsize limit = MIN (to, from + MAX_ACTION_BYTES);

  if (from == to || !(g_ascii_isalpha (data[from]) || (guchar) data[from] >= 0x80))
    return FALSE;
  for (gsize i = from; i + 1 < limit; i++)
    {
      gsize start = i + 1;
      gsize end;

      if (data[i] == ':')
        return FALSE;
      if (data[i] != ' ' || !g_ascii_isdigit (data[start]))
        continue;
      end = cot_skip_word (data, start, to);
      if (!cot_has_shape (data, start, end, "9:99:99:")
          && !cot_has_shape (data, start, end, "99:99:99:"))
        continue;
      if (end - start > 9)
        return FALSE;
      *time = cot_span (data, start, end - 1);
      *after = MIN (end + 1, to);
      return TRUE;
    }
  return FALSE;
}

/* "CAQuietExec:  text": how the usual libraries for custom actions sign their lines. */
static CotSpan
find_custom_action (const char *data, gsize from, gsize to)
{
  gsize i = from;

  while (i < to && i - from < MAX_NAME_BYTES && (g_ascii_isalnum (data[i]) || data[i] == '_'))
    i++;
  if (i - from < 3 || i + 1 >= to || data[i] != ':' || data[i + 1] != ' ')
    return (CotSpan){ NULL, 0 };
  return cot_span (data, from, i);
}

static gboolean
is_property (const char *data, gsize from, gsize to)
{
  return cot_starts_with (data, from, to, "Property(", 9) && to - from > 11
         && data[from + 10] == ')' && data[from + 11] == ':';
}

static gboolean
has_mark (const char *data, gsize from, gsize to)
{
  Service service;
  CotSpan time;
  gsize after;

  return read_service (data, from, to, &service) || is_property (data, from, to)
         || find_action_time (data, from, to, &time, &after)
         || find_custom_action (data, from, to).data != NULL
         || cot_starts_with (data, from, to, "=== ", 4)
         || cot_starts_with (data, from, to, "CustomAction ", 13)
         || cot_msi_is_numbered (cot_span (data, from, to));
}

/* Whether the lines below may be the rest of the text. */
static gboolean
may_go_on (const char *data, gsize from, gsize line_end)
{
  static const char of_product[] = " -- Error ";
  Service service = { .text = from };
  CotSpan text;

  read_service (data, from, line_end, &service);
  text = cot_span (data, service.text, line_end);
  return cot_msi_is_numbered (text)
         || memmem (text.data, text.length_bytes, of_product, strlen (of_product)) != NULL;
}

static CotRecordResult
msi_next_record (const char *data, gsize length_bytes, gsize start, gboolean at_end,
                 gsize *end_offset)
{
  CotWindow window = cot_window_new (data, length_bytes, start, at_end);
  gsize content = cot_skip_leading (&window);
  gsize line_end = cot_find_line_end (data, content, window.end);

  if (line_end == window.end)
    return cot_end_at_window (&window, end_offset);
  if (!may_go_on (data, content, line_end))
    return cot_end_with_filler (&window, line_end, end_offset);
  for (;;)
    {
      gsize next = cot_skip_line_end (data, line_end, window.end);
      gsize next_end;

      if (next >= window.end)
        return cot_end_at_window (&window, end_offset);
      next_end = cot_find_line_end (data, next, window.end);
      if (next_end == window.end && !window.is_final)
        return COT_RECORD_NEEDS_MORE;
      if (cot_is_filler (data[next]) || has_mark (data, next, next_end))
        return cot_end_with_filler (&window, line_end, end_offset);
      if (next_end == window.end)
        return cot_end_at_window (&window, end_offset);
      line_end = next_end;
    }
}

/* 04:25:27:728, the last part being milliseconds. */
static gint64
read_of_day (CotSpan time)
{
  CotClockTime result;
  gint milliseconds = 0;
  gsize length = time.length_bytes;

  if (length == 12)
    {
      cot_span_to_number (cot_span (time.data, 9, 12), &milliseconds);
      length = 8;
    }
  if (!cot_clock_parse_time (time.data, length, &result))
    return COT_TIME_NONE;
  return result.of_day_usec + (gint64) milliseconds * 1000;
}

static gint64
moment_of (const Context *context, CotSpan time)
{
  gint64 of_day_usec = time.data != NULL ? read_of_day (time) : COT_TIME_NONE;

  if (context == NULL || context->day_usec == COT_TIME_NONE || of_day_usec == COT_TIME_NONE)
    return COT_TIME_NONE;
  if (of_day_usec + SLACK_USEC < context->start_of_day_usec)
    of_day_usec += DAY_USEC;
  return context->day_usec + of_day_usec;
}

static gint64
moment_of_date (const Context *context, const CotMsiDate *date)
{
  gint64 day_usec
      = cot_msi_date_get_day (date, context != NULL ? context->order : COT_MSI_ORDER_UNSURE);

  return day_usec != COT_TIME_NONE ? day_usec + date->of_day_usec : COT_TIME_NONE;
}

/* The text after the name that a line begins with. */
static CotSpan
outcome_of (const CotEntry *entry, CotSpan name)
{
  CotSpan text = entry->message;
  gsize colon;

  if (name.data == NULL)
    return text;
  colon = MIN ((gsize) (name.data - text.data) + name.length_bytes, text.length_bytes);
  return cot_span (text.data,
                   cot_skip_blanks (text.data, MIN (colon + 1, text.length_bytes),
                                    text.length_bytes),
                   text.length_bytes);
}

static void
parse_action (const Context *context, const char *record, gsize start, gsize after,
              gsize length_bytes, CotSpan time, CotEntry *entry)
{
  gsize end = after;

  entry->time_usec = moment_of (context, time);
  while (end < length_bytes && (g_ascii_isalnum (record[end]) || record[end] == '_'))
    end++;
  if (end > after && end < length_bytes && record[end] == '.')
    entry->origin = cot_span (record, after, end);
  cot_entry_set_message (entry, record, start, length_bytes);
  entry->severity = cot_msi_get_severity (entry->message, TRUE);
}

static void
msi_parse_entry (const CotFormat *self, const char *record, gsize length_bytes, CotEntry *entry)
{
  const Context *context = self->context;
  gsize start = cot_content_start (record, length_bytes);
  gsize line_end = cot_find_line_end (record, start, length_bytes);
  CotSpan name, time;
  CotMsiDate date;
  Service service;
  gsize after;

  if (read_service (record, start, line_end, &service))
    {
      cot_entry_clear (entry);
      entry->component = service.side;
      entry->thread = service.thread;
      entry->time_usec = moment_of (context, service.time);
      cot_entry_set_message (entry, record, service.text, length_bytes);
      entry->severity = cot_msi_get_severity (entry->message, FALSE);
      return;
    }
  if (find_action_time (record, start, line_end, &time, &after))
    {
      cot_entry_clear (entry);
      parse_action (context, record, start, after, line_end, time, entry);
      if (line_end < length_bytes)
        entry->flags &= ~(guint) COT_RECORD_OPEN_ENDED;
      return;
    }
  cot_parse_plain_line (record, length_bytes, entry);
  if (cot_msi_read_date_line (cot_span (record, start, line_end), &date))
    {
      entry->flags |= COT_RECORD_FRAMED;
      entry->time_usec = moment_of_date (context, &date);
      entry->severity = COT_SEVERITY_INFO;
      return;
    }
  name = is_property (record, start, line_end) ? cot_span (record, start, start + 11)
                                               : find_custom_action (record, start, line_end);
  if (name.data != NULL)
    {
      entry->flags |= COT_RECORD_FRAMED;
      entry->component = name;
    }
  /* "DEBUG: Error 2826: ..." is about dialogs, and stands in logs of healthy installations. */
  if (is_property (record, start, line_end)
      || cot_starts_with (record, start, line_end, "DEBUG:", 6))
    entry->severity = COT_SEVERITY_INFO;
  else
    entry->severity = cot_msi_get_severity (outcome_of (entry, name), FALSE);
}

/* Lines of a service or of an action, in a file that has such a header or many of them. */
static guint
msi_bid (const char *head, gsize length_bytes)
{
  guint n_lines = 0, n_service = 0, n_actions = 0, n_dates = 0;
  gsize i = cot_content_start (head, length_bytes);

  for (; i < length_bytes && n_lines < COT_BID_MAX_LINES; n_lines++)
    {
      gsize line_end = cot_find_line_end (head, i, length_bytes);
      CotSpan time;
      CotMsiDate date;
      Service service;
      gsize after;

      if (read_service (head, i, line_end, &service))
        n_service++;
      else if (cot_msi_read_date_line (cot_span (head, i, line_end), &date))
        n_dates++;
      else if (find_action_time (head, i, line_end, &time, &after))
        n_actions++;
      for (i = line_end; i < length_bytes && cot_is_filler (head[i]);)
        i++;
    }
  if (n_service > 0 && (n_dates > 0 || n_service * 8 >= n_lines))
    return BITS;
  return n_dates > 0 && (n_actions > 0 || n_lines == 1) ? BITS_BY_HEADER : 0;
}

typedef struct
{
  CotMsiDate dates[64];
  guint n;
} Dates;

/* The blocks may overlap. */
static gboolean
is_known (const Dates *dates, const CotMsiDate *date)
{
  for (guint i = 0; i < dates->n; i++)
    if (dates->dates[i].of_day_usec == date->of_day_usec
        && memcmp (dates->dates[i].numbers, date->numbers, sizeof date->numbers) == 0)
      return TRUE;
  return FALSE;
}

/* A block of the middle begins inside a line. */
static void
collect_dates (Dates *dates, CotSpan block, gboolean from_start)
{
  gsize i = from_start ? cot_content_start (block.data, block.length_bytes)
                       : cot_find_line_end (block.data, 0, block.length_bytes);

  while (i < block.length_bytes && dates->n < G_N_ELEMENTS (dates->dates))
    {
      CotMsiDate date;
      gsize line_end;

      while (i < block.length_bytes && cot_is_line_end (block.data[i]))
        i++;
      line_end = cot_find_line_end (block.data, i, block.length_bytes);
      if (cot_msi_read_date_line (cot_span (block.data, i, line_end), &date)
          && !is_known (dates, &date))
        dates->dates[dates->n++] = date;
      i = line_end;
    }
}

/* One date for the whole file: that of its header, where the others agree. A log that was added to
 * on another day has times of several days, and no line tells of which. */
static gint64
find_day (const Dates *dates, CotMsiOrder order)
{
  const CotMsiDate *first = &dates->dates[0];
  const CotMsiDate *last = &dates->dates[dates->n - 1];
  gint64 day_usec = cot_msi_date_get_day (first, order);
  gint64 last_usec = cot_msi_date_get_day (last, order);

  if (day_usec == COT_TIME_NONE)
    return COT_TIME_NONE;
  if (dates->n == 2 && last_usec == day_usec + DAY_USEC && last->of_day_usec < first->of_day_usec)
    return day_usec;
  for (guint i = 1; i < dates->n; i++)
    if (cot_msi_date_get_day (&dates->dates[i], order) != day_usec)
      return COT_TIME_NONE;
  return day_usec;
}

static gboolean
has_header (CotSpan head)
{
  gsize start = cot_content_start (head.data, head.length_bytes);
  gsize line_end = cot_find_line_end (head.data, start, head.length_bytes);
  CotMsiDate date;

  return cot_msi_read_date_line (cot_span (head.data, start, line_end), &date);
}

static const CotFormat *
msi_learn (const CotFormat *self, const CotSpan *blocks, guint n_blocks)
{
  g_autofree Dates *dates = g_new0 (Dates, 1);
  Context context;

  memset (&context, 0, sizeof context);
  collect_dates (dates, blocks[0], TRUE);
  for (guint i = 1; i < n_blocks; i++)
    collect_dates (dates, blocks[i], FALSE);
  if (dates->n == 0)
    return &cot_format_msi;
  for (guint i = 0; i < dates->n && context.order == COT_MSI_ORDER_UNSURE; i++)
    context.order = cot_msi_date_get_order (&dates->dates[i]);
  context.day_usec = find_day (dates, context.order);
  /* Without a header, the log began at an unknown time of that day. */
  if (has_header (blocks[0]) && context.day_usec != COT_TIME_NONE)
    context.start_of_day_usec = dates->dates[0].of_day_usec;
  return cot_format_intern (&cot_format_msi, &context, sizeof context);
}

const CotFormat cot_format_msi = {
  .id = "msi",
  .name = "Windows Installer",
  .bid = msi_bid,
  .next_record = msi_next_record,
  .parse_entry = msi_parse_entry,
  .learn = msi_learn,
};
