/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include "cot-dates-private.h"
#include "cot-lines-private.h"
#include "cot-stamp-private.h"
#include "cot-timed-private.h"

/* Lines with a time in front, in any of the usual forms (cot-stamp.c), in brackets or not, behind
 * the priority of syslog ("<34>", and "<34>1 " since RFC 5424) or not. No program's own format: it
 * bids below all that are.
 *
 * What a line does not say stays unsaid. A date of syslog without a year has one only where other
 * lines of the file name it, and a time of day without a date is on no day: such a time is not the
 * entry's, and stays in its message. */

#define MAX_PRIORITY_BYTES 5
#define MAX_PRIORITY 191
#define VERSION_BYTES 2
#define STAMP_BYTES (COT_STAMP_MAX_BYTES + MAX_PRIORITY_BYTES + VERSION_BYTES + 3)
#define BITS_DATED 20
#define BITS_CLOCK 10

typedef struct
{
  CotStamp stamp;
  CotSpan priority; /* its number; no data where there is none */
  gsize end; /* behind the stamp, and its bracket */
  char closer; /* of a bracket that goes on behind the stamp */
} Start;

/* Behind "<34>" or "<34>1 "; @from where there is no such thing. */
static gsize
read_priority (const char *data, gsize from, gsize to, CotSpan *priority)
{
  gsize i = from + 1;

  *priority = (CotSpan){ NULL, 0 };
  if (from >= to || data[from] != '<')
    return from;
  while (i < to && i - from < MAX_PRIORITY_BYTES - 1 && g_ascii_isdigit (data[i]))
    i++;
  if (i == from + 1 || i >= to || data[i] != '>')
    return from;
  *priority = cot_span (data, from + 1, i);
  i++;
  return to - i > VERSION_BYTES && data[i] == '1' && data[i + 1] == ' ' ? i + VERSION_BYTES : i;
}

/* The facility times 8, and the severity of syslog: from 0, the worst, to 7. */
static CotSeverity
severity_of_priority (CotSpan priority)
{
  guint number = 0;

  for (gsize i = 0; i < priority.length_bytes; i++)
    number = number * 10 + (guint) (priority.data[i] - '0');
  if (priority.length_bytes == 0 || number > MAX_PRIORITY)
    return COT_SEVERITY_UNKNOWN;
  number %= 8;
  return number <= 3 ? COT_SEVERITY_ERROR : number == 4 ? COT_SEVERITY_WARNING : COT_SEVERITY_INFO;
}

static char
closer_of (char opener)
{
  return opener == '[' ? ']' : opener == '(' ? ')' : opener == '<' ? '>' : opener == '"' ? '"' : 0;
}

static gboolean
ends_stamp (char byte)
{
  switch (byte)
    {
    case '\0':
    case ' ':
    case '\t':
    case '\r':
    case '\n':
    case ',':
    case ';':
    case ':':
    case '|':
    case '-':
    case ']':
    case '>':
    case '~':
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
read_start (const char *data, gsize from, gsize to, Start *start)
{
  gsize limit = MIN (to, from + STAMP_BYTES);
  gsize i = read_priority (data, from, limit, &start->priority);
  char closer = i < limit ? closer_of (data[i]) : 0;

  if (closer != 0)
    i++;
  if (!cot_stamp_read (data, i, limit, &start->stamp))
    return FALSE;
  i = start->stamp.end;
  start->closer = 0;
  start->end = i;
  if (closer == 0)
    return i >= limit || ends_stamp (data[i]);
  if (i < limit && data[i] == closer)
    start->end = i + 1;
  else if (i < limit && cot_is_blank (data[i]))
    start->closer = closer;
  else
    return FALSE;
  return TRUE;
}

static gboolean
is_stamp (const char *data, gsize from, gsize to)
{
  Start start;

  return read_start (data, from, to, &start);
}

static CotRecordResult
timed_next_record (const char *data, gsize length_bytes, gsize start, gboolean at_end,
                   gsize *end_offset)
{
  return cot_stamped_next_record (data, length_bytes, start, at_end, is_stamp, STAMP_BYTES,
                                  end_offset);
}

static void
timed_parse_entry (const CotFormat *self, const char *record, gsize length_bytes, CotEntry *entry)
{
  const CotDates *dates = self->context;
  gsize from = cot_content_start (record, length_bytes);
  gsize line_end = cot_find_line_end (record, from, length_bytes);
  CotTimedFields fields;
  Start start;

  if (!read_start (record, from, line_end, &start))
    {
      cot_parse_plain_line (record, length_bytes, entry);
      return;
    }
  cot_entry_clear (entry);
  if (start.stamp.kind == COT_STAMP_MONTH_NAME)
    cot_timed_read_syslog (record, start.end, line_end, &fields);
  else
    cot_timed_read_fields (record, start.end, line_end, start.closer, &fields);
  entry->time_usec = cot_dates_get_time (dates, &start.stamp);
  entry->component = fields.component;
  entry->thread = fields.thread;
  entry->type_text = fields.level;
  if (entry->time_usec != COT_TIME_NONE)
    entry->bias_minutes = start.stamp.bias_minutes;
  while (fields.text < length_bytes && cot_is_line_end (record[fields.text]))
    fields.text++;
  cot_entry_set_message (entry, record, entry->time_usec != COT_TIME_NONE ? fields.text : from,
                         length_bytes);
  entry->severity = severity_of_priority (start.priority);
  if (entry->severity != COT_SEVERITY_UNKNOWN)
    entry->type_text = start.priority;
  else
    entry->severity = fields.severity;
  if (entry->severity == COT_SEVERITY_UNKNOWN)
    entry->severity = cot_severity_from_words (record + fields.text, length_bytes - fields.text);
}

/* The lines that begin a text: indented ones go on with another. */
static guint
timed_bid (const char *head, gsize length_bytes)
{
  const CotWindow window = { head, 0, length_bytes, TRUE };
  gsize i = cot_skip_leading (&window);
  guint n_lines = 0, n_stamps = 0, n_dates = 0;

  while (i < length_bytes && n_lines < COT_BID_MAX_LINES)
    {
      gsize line_end = cot_find_line_end (head, i, length_bytes);
      Start start;

      if (line_end == length_bytes && n_lines > 0)
        break;
      if (!cot_is_filler (head[i]))
        {
          n_lines++;
          if (read_start (head, i, line_end, &start))
            {
              n_stamps++;
              n_dates += start.stamp.kind != COT_STAMP_CLOCK;
            }
        }
      for (i = line_end; i < length_bytes && cot_is_filler (head[i]) && !cot_is_blank (head[i]);)
        i++;
    }
  if (n_stamps * 2 <= n_lines)
    return 0;
  return n_dates * 2 > n_stamps ? BITS_DATED : BITS_CLOCK;
}

static gboolean
read_line_stamp (const char *data, gsize from, gsize line_end, CotStamp *stamp)
{
  Start start;

  if (!read_start (data, from, line_end, &start))
    return FALSE;
  *stamp = start.stamp;
  return TRUE;
}

static CotProof
timed_judge (const CotSpan *blocks, guint n_blocks)
{
  return cot_dates_judge (blocks, n_blocks, read_line_stamp, STAMP_BYTES);
}

static const CotFormat *
timed_learn (const CotFormat *self, const CotSpan *blocks, guint n_blocks)
{
  CotDates dates;

  if (!cot_dates_learn (blocks, n_blocks, read_line_stamp, STAMP_BYTES, &dates))
    return self;
  return cot_format_intern (&cot_format_timed, &dates, sizeof dates);
}

const CotFormat cot_format_timed = {
  .id = "timed",
  .name = "Text with times",
  .bid = timed_bid,
  .next_record = timed_next_record,
  .parse_entry = timed_parse_entry,
  .learn = timed_learn,
  .judge = timed_judge,
};
