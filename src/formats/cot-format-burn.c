/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include "cot-lines-private.h"
#include "cot-stamp-private.h"

/* [PID:TID][2024-09-09T12:34:56]i001: text: what the bootstrappers of WiX (Burn) write. The
 * numbers are hexadecimal, the letter says how bad it is, and the number behind it which message.
 * Lines without that go on with the text. There is no zone: it is the local time. */

#define MAX_ID_DIGITS 8
#define MAX_CODE_DIGITS 4
#define STAMP_BYTES (2 * MAX_ID_DIGITS + COT_STAMP_MAX_BYTES + MAX_CODE_DIGITS + 8)
#define BITS 60

typedef struct
{
  CotSpan ids;
  CotStamp stamp;
  CotSpan code; /* "i001"; empty where there is none */
  gsize text;
} Line;

static gboolean
read_id (const char *data, gsize *at, gsize to, char end)
{
  gsize i = *at;

  while (i < to && i - *at < MAX_ID_DIGITS && g_ascii_isxdigit (data[i]))
    i++;
  if (i == *at || i == to || data[i] != end)
    return FALSE;
  *at = i + 1;
  return TRUE;
}

static gboolean
read_line (const char *data, gsize from, gsize to, Line *line)
{
  gsize limit = cot_find_line_end (data, from, MIN (to, from + STAMP_BYTES));
  gsize i = from + 1, code;

  if (from >= limit || data[from] != '[' || !read_id (data, &i, limit, ':')
      || !read_id (data, &i, limit, ']') || i == limit || data[i] != '[')
    return FALSE;
  line->ids = cot_span (data, from + 1, i - 1);
  if (!cot_stamp_read (data, i + 1, limit, &line->stamp) || line->stamp.kind != COT_STAMP_YEAR_FIRST
      || line->stamp.end >= limit || data[line->stamp.end] != ']')
    return FALSE;
  code = i = line->stamp.end + 1;
  if (i < limit && g_ascii_isalpha (data[i]))
    for (i++; i < limit && i - code <= MAX_CODE_DIGITS && g_ascii_isdigit (data[i]);)
      i++;
  if (i == limit || data[i] != ':')
    return FALSE;
  line->code = cot_span (data, code, i);
  line->text = i + 1;
  return TRUE;
}

static gboolean
is_stamp (const char *data, gsize from, gsize to)
{
  Line line;

  return read_line (data, from, to, &line);
}

static CotRecordResult
burn_next_record (const char *data, gsize length_bytes, gsize start, gboolean at_end,
                  gsize *end_offset)
{
  return cot_stamped_next_record (data, length_bytes, start, at_end, is_stamp, STAMP_BYTES,
                                  end_offset);
}

static CotSeverity
severity_of (CotSpan code, CotSpan message)
{
  switch (code.length_bytes > 0 ? code.data[0] : '\0')
    {
    case 'e':
      return COT_SEVERITY_ERROR;
    case 'w':
      return COT_SEVERITY_WARNING;
    case 'i':
      return COT_SEVERITY_INFO;
    case 'v':
    case 'd':
      return COT_SEVERITY_VERBOSE;
    default:
      return cot_severity_from_words (message.data, message.length_bytes);
    }
}

static void
burn_parse_entry (const CotFormat *self, const char *record, gsize length_bytes, CotEntry *entry)
{
  gsize from = cot_content_start (record, length_bytes);
  Line line;

  if (!read_line (record, from, length_bytes, &line))
    {
      cot_parse_plain_line (record, length_bytes, entry);
      return;
    }
  cot_entry_clear (entry);
  entry->thread = line.ids;
  if (line.code.length_bytes > 0)
    entry->type_text = line.code;
  entry->time_usec = cot_stamp_get_time (&line.stamp, COT_DATE_ORDER_UNKNOWN, 0);
  entry->bias_minutes = line.stamp.bias_minutes;
  cot_entry_set_message (entry, record, cot_skip_blanks (record, line.text, length_bytes),
                         length_bytes);
  entry->severity = severity_of (line.code, entry->message);
}

static guint
burn_bid (const char *head, gsize length_bytes)
{
  guint n_lines;
  guint n_stamps = cot_count_stamps (head, length_bytes, is_stamp, &n_lines);

  return n_stamps > 0 && n_stamps * 4 >= n_lines ? BITS : 0;
}

const CotFormat cot_format_burn = {
  .id = "burn",
  .name = "WiX Burn",
  .bid = burn_bid,
  .next_record = burn_next_record,
  .parse_entry = burn_parse_entry,
};
