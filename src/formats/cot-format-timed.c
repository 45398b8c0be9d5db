/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

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
#define FIRST_YEAR 1980
#define LAST_YEAR 2099

/* What a file as a whole tells of its dates. */
typedef struct
{
  gint32 year; /* of dates without; 0: not known */
  gint32 order; /* CotDateOrder */
} Dates;

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
  const Dates *dates = self->context;
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
  entry->time_usec = cot_stamp_get_time (
      &start.stamp, dates != NULL ? (CotDateOrder) dates->order : COT_DATE_ORDER_UNKNOWN,
      dates != NULL ? dates->year : 0);
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

/* What the dates of a file tell about their order. */
typedef struct
{
  guint n_above_12[2]; /* the first number, the second */
  guint n_backwards[2]; /* against the time, the month first, the day first */
  gint64 before_usec[2];
  guint n_dots;
  guint n_open; /* dates that can be read both ways */
  gint32 year;
  gboolean lacks_year;
  int month_before; /* of the last date without a year */
  gboolean turns_year; /* they are of two years, and no line tells which is which */
} Evidence;

static void
take_open_date (Evidence *evidence, const CotStamp *stamp)
{
  static const CotDateOrder orders[] = { COT_DATE_ORDER_MONTH_FIRST, COT_DATE_ORDER_DAY_FIRST };

  evidence->n_open++;
  evidence->n_dots += stamp->kind == COT_STAMP_DOTS;
  evidence->n_above_12[0] += stamp->first > 12 && stamp->second <= 12;
  evidence->n_above_12[1] += stamp->second > 12 && stamp->first <= 12;
  for (guint i = 0; i < 2; i++)
    {
      gint64 time_usec = cot_stamp_get_time (stamp, orders[i], 0);

      if (time_usec == COT_TIME_NONE)
        continue;
      evidence->n_backwards[i] += time_usec < evidence->before_usec[i];
      evidence->before_usec[i] = time_usec;
    }
}

static void
take_stamp (Evidence *evidence, const CotStamp *stamp)
{
  if (stamp->kind == COT_STAMP_SLASHES || stamp->kind == COT_STAMP_DOTS)
    take_open_date (evidence, stamp);
  if (stamp->kind == COT_STAMP_MONTH_NAME && stamp->year == 0)
    {
      evidence->lacks_year = TRUE;
      evidence->turns_year |= stamp->first < evidence->month_before;
      evidence->month_before = stamp->first;
    }
  else if (evidence->year == 0 && stamp->year >= FIRST_YEAR && stamp->year <= LAST_YEAR)
    evidence->year = stamp->year;
}

/* @is_first: the block begins with a line, and not inside of one. */
static void
take_block (Evidence *evidence, const CotSpan *block, gboolean is_first)
{
  gsize i = 0;

  if (is_first)
    i = cot_content_start (block->data, block->length_bytes);
  else
    i = cot_find_line_end (block->data, 0, block->length_bytes);
  while (i < block->length_bytes)
    {
      gsize line_end = cot_find_line_end (block->data, i, block->length_bytes);
      Start start;

      /* The last line may be cut. */
      if ((line_end < block->length_bytes || line_end - i >= STAMP_BYTES)
          && read_start (block->data, i, line_end, &start))
        take_stamp (evidence, &start.stamp);
      for (i = line_end; i < block->length_bytes && cot_is_filler (block->data[i]);)
        i++;
    }
}

/* A number above 12 is no month. Where there is none, the reading is right in which time runs
 * forward; where both do, slashes mean the month first, and dots the day. */
static CotDateOrder
judge_order (const Evidence *evidence)
{
  if (evidence->n_above_12[0] != evidence->n_above_12[1])
    return evidence->n_above_12[0] > evidence->n_above_12[1] ? COT_DATE_ORDER_DAY_FIRST
                                                             : COT_DATE_ORDER_MONTH_FIRST;
  if (evidence->n_backwards[0] != evidence->n_backwards[1])
    return evidence->n_backwards[0] > evidence->n_backwards[1] ? COT_DATE_ORDER_DAY_FIRST
                                                               : COT_DATE_ORDER_MONTH_FIRST;
  return evidence->n_dots * 2 > evidence->n_open ? COT_DATE_ORDER_DAY_FIRST
                                                 : COT_DATE_ORDER_MONTH_FIRST;
}

static void
take_blocks (Evidence *evidence, const CotSpan *blocks, guint n_blocks)
{
  *evidence = (Evidence){ .before_usec = { G_MININT64, G_MININT64 } };
  for (guint i = 0; i < n_blocks; i++)
    take_block (evidence, &blocks[i], i == 0);
}

/* Only a number above 12 is proof. */
static CotProof
timed_judge (const CotSpan *blocks, guint n_blocks)
{
  Evidence evidence;

  take_blocks (&evidence, blocks, n_blocks);
  if (evidence.n_open == 0)
    return COT_PROOF_NOT_ASKED;
  return evidence.n_above_12[0] == evidence.n_above_12[1] ? COT_PROOF_OPEN : COT_PROOF_GIVEN;
}

static const CotFormat *
timed_learn (const CotFormat *self, const CotSpan *blocks, guint n_blocks)
{
  Evidence evidence;
  Dates dates = { 0 };

  take_blocks (&evidence, blocks, n_blocks);
  if (evidence.n_open > 0)
    dates.order = judge_order (&evidence);
  if (evidence.lacks_year && !evidence.turns_year)
    dates.year = evidence.year;
  if (dates.order == COT_DATE_ORDER_UNKNOWN && dates.year == 0)
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
