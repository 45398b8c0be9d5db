/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include "cot-clock.h"

#include "cot-lines-private.h"

/* ReportingEvents.log in the SoftwareDistribution folder: what the Windows Update agent reports.
 * Fields with tabs between, the zone as hours and minutes east of UTC:
 *
 *   {event} YYYY-MM-DD HH:MM:SS:mmm-0500 1 147 [AGENT_DETECTION_FINISHED] 101 {update} revision
 *   80240022 agent outcome type text [correlation vector]
 *
 * The number and the name of the event are one field or two. */
#define STAMP "{XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX}\t9999-99-99 99:99:99"
#define TIME_OFFSET 39
#define STAMP_BYTES 58
#define MAX_FIELDS 14
#define BITS 58

enum
{
  FIELD_TIME = 1,
  FIELD_EVENT = 3,
  FIELD_EVENT_NAME = 4, /* where it is a field of its own */
  FIELD_RESULT = 7,
  FIELD_AGENT,
  FIELD_OUTCOME,
  FIELD_TYPE,
  FIELD_TEXT,
};

static gboolean
is_stamp (const char *data, gsize from, gsize to)
{
  return cot_has_shape (data, from, to, STAMP);
}

static CotRecordResult
reporting_events_next_record (const char *data, gsize length_bytes, gsize start, gboolean at_end,
                              gsize *end_offset)
{
  return cot_stamped_next_record (data, length_bytes, start, at_end, is_stamp, STAMP_BYTES,
                                  end_offset);
}

static guint
split_fields (const char *data, gsize from, gsize to, CotSpan fields[MAX_FIELDS])
{
  guint n = 0;

  while (n < MAX_FIELDS)
    {
      const char *tab = memchr (data + from, '\t', to - from);
      gsize end = tab != NULL && n + 1 < MAX_FIELDS ? (gsize) (tab - data) : to;

      fields[n++] = cot_span (data, from, end);
      if (tab == NULL)
        break;
      from = end + 1;
      if (end == to)
        break;
    }
  return n;
}

/* [:.]mmm and +hhmm, both of which may be missing. */
static void
read_time (CotSpan text, CotEntry *entry)
{
  const char *data = text.data;
  gsize at = 19;
  gint milliseconds = 0, hours, minutes;
  gint64 day_usec;
  CotClockTime time;

  if (!cot_clock_parse_date (data, 10, &day_usec) || !cot_clock_parse_time (data + 11, 8, &time))
    return;
  if (cot_has_shape (data, at, text.length_bytes, ":999")
      || cot_has_shape (data, at, text.length_bytes, ".999"))
    {
      cot_span_to_number (cot_span (data, at + 1, at + 4), &milliseconds);
      at += 4;
    }
  entry->time_usec = day_usec + time.of_day_usec + (gint64) milliseconds * 1000;
  if (!cot_has_shape (data, at, text.length_bytes, "+9999")
      && !cot_has_shape (data, at, text.length_bytes, "-9999"))
    return;
  cot_span_to_number (cot_span (data, at + 1, at + 3), &hours);
  cot_span_to_number (cot_span (data, at + 3, at + 5), &minutes);
  if (hours <= 14 && minutes <= 59)
    entry->bias_minutes = (gint16) ((data[at] == '+' ? -1 : 1) * (hours * 60 + minutes));
}

/* "AGENT_DETECTION_FINISHED" of "147 [AGENT_DETECTION_FINISHED]". */
static CotSpan
find_event_name (CotSpan field)
{
  const char *open = memchr (field.data, '[', field.length_bytes);
  const char *close = NULL;

  if (open != NULL)
    close = memchr (open, ']', field.length_bytes - (gsize) (open - field.data));
  if (close == NULL)
    return field;
  return (CotSpan){ open + 1, (gsize) (close - open - 1) };
}

/* The result decides, for it may be bad where the outcome is "Success"; a set highest bit makes an
 * HRESULT a failure. */
static CotSeverity
severity_of (const CotSpan *fields, CotSpan event)
{
  static const char good[] = "_SUCCEEDED";
  CotSpan result = fields[FIELD_RESULT];
  CotSpan outcome = fields[FIELD_OUTCOME];

  if (cot_span_has_prefix (outcome, "Fail")
      || (result.length_bytes == 8 && g_ascii_xdigit_value (result.data[0]) >= 8))
    return COT_SEVERITY_ERROR;
  if (cot_span_has_prefix (outcome, "Warn") || cot_span_has_prefix (outcome, "Cancel"))
    return COT_SEVERITY_WARNING;
  if (event.length_bytes > strlen (good)
      && memcmp (event.data + event.length_bytes - strlen (good), good, strlen (good)) == 0)
    return COT_SEVERITY_SUCCESS;
  return COT_SEVERITY_INFO;
}

/* The text ends at the tab before the correlation vector, or with the record. */
static void
set_text (CotEntry *entry, const char *record, CotSpan text, gsize length_bytes)
{
  gsize from = (gsize) (text.data - record);

  cot_entry_set_message (entry, record, from, length_bytes);
  if (entry->flags & COT_RECORD_MULTI_LINE)
    return;
  entry->message.length_bytes = MIN (entry->message.length_bytes, text.length_bytes);
}

static void
reporting_events_parse_entry (const CotFormat *self, const char *record, gsize length_bytes,
                              CotEntry *entry)
{
  gsize start = cot_content_start (record, length_bytes);
  gsize line_end = cot_find_line_end (record, start, length_bytes);
  CotSpan fields[MAX_FIELDS + 1] = { { NULL, 0 } };
  CotSpan event = { NULL, 0 };
  guint n;

  if (!is_stamp (record, start, line_end))
    {
      cot_parse_plain_line (record, length_bytes, entry);
      return;
    }
  cot_entry_clear (entry);
  n = split_fields (record, start, line_end, fields);
  read_time (fields[FIELD_TIME], entry);
  if (n > FIELD_EVENT)
    event = find_event_name (fields[FIELD_EVENT]);
  if (n > FIELD_EVENT_NAME && cot_span_has_prefix (fields[FIELD_EVENT_NAME], "["))
    {
      event = find_event_name (fields[FIELD_EVENT_NAME]);
      memmove (fields + FIELD_EVENT_NAME, fields + FIELD_EVENT_NAME + 1,
               (MAX_FIELDS - FIELD_EVENT_NAME) * sizeof *fields);
      n--;
    }
  entry->context = event;
  if (n <= FIELD_TEXT)
    {
      /* Cut: all that follows the time is shown. */
      set_text (entry, record, n > 2 ? fields[2] : cot_span (record, line_end, line_end),
                length_bytes);
      entry->message.length_bytes
          = cot_content_end (entry->message.data, 0,
                             length_bytes - (gsize) (entry->message.data - record));
      entry->flags |= COT_RECORD_INCOMPLETE;
      entry->severity
          = cot_severity_from_words (entry->message.data, entry->message.length_bytes);
      return;
    }
  entry->component = fields[FIELD_AGENT];
  entry->type_text = fields[FIELD_OUTCOME];
  set_text (entry, record, fields[FIELD_TEXT], length_bytes);
  entry->severity = severity_of (fields, event);
}

static guint
reporting_events_bid (const char *head, gsize length_bytes)
{
  guint n_lines;
  guint n_stamps = cot_count_stamps (head, length_bytes, is_stamp, &n_lines);

  return n_stamps > 0 && n_stamps * 4 >= n_lines ? BITS : 0;
}

const CotFormat cot_format_reporting_events = {
  .id = "reporting-events",
  .name = "Update reporting events",
  .bid = reporting_events_bid,
  .next_record = reporting_events_next_record,
  .parse_entry = reporting_events_parse_entry,
};
