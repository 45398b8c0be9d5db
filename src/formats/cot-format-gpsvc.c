/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include "cot-lines-private.h"

/* GPSVC(pid.tid) HH:MM:SS:mmm Function: text: the debug log of the Group Policy client, UTF-16LE
 * without a byte order mark, and of its ancestor USERENV. The numbers are hexadecimal. No line
 * says on which day it was written, so that no entry has a time; the clock stays in the message. */

#define MAX_WRITER_BYTES 16
#define MAX_ID_DIGITS 8
#define CLOCK "99:99:99:999 "
#define CLOCK_BYTES 13
#define STAMP_BYTES (MAX_WRITER_BYTES + 2 * MAX_ID_DIGITS + CLOCK_BYTES + 4)
#define MAX_FUNCTION_BYTES 96
#define BITS 60

typedef struct
{
  CotSpan writer;
  CotSpan ids;
  gsize clock;
} Line;

static gsize
skip_hex (const char *data, gsize from, gsize to)
{
  gsize i = from;

  while (i < to && i - from < MAX_ID_DIGITS && g_ascii_isxdigit (data[i]))
    i++;
  return i;
}

static gboolean
read_line (const char *data, gsize from, gsize to, Line *line)
{
  gsize limit = MIN (to, from + STAMP_BYTES);
  gsize i = from, ids, dot, end;

  while (i < limit && i - from < MAX_WRITER_BYTES && g_ascii_isupper (data[i]))
    i++;
  if (i < from + 3 || i >= limit || data[i] != '(')
    return FALSE;
  ids = i + 1;
  dot = skip_hex (data, ids, limit);
  if (dot == ids || dot == limit || data[dot] != '.')
    return FALSE;
  end = skip_hex (data, dot + 1, limit);
  if (end == dot + 1 || !cot_starts_with (data, end, limit, ") ", 2)
      || !cot_has_shape (data, end + 2, limit, CLOCK))
    return FALSE;
  line->writer = cot_span (data, from, i);
  line->ids = cot_span (data, ids, end);
  line->clock = end + 2;
  return TRUE;
}

static gboolean
is_stamp (const char *data, gsize from, gsize to)
{
  Line line;

  return read_line (data, from, to, &line);
}

static CotRecordResult
gpsvc_next_record (const char *data, gsize length_bytes, gsize start, gboolean at_end,
                   gsize *end_offset)
{
  return cot_stamped_next_record (data, length_bytes, start, at_end, is_stamp, STAMP_BYTES,
                                  end_offset);
}

/* "CGPNotify::Register", "ProcessGPOs(User)" before the first colon and blank. */
static CotSpan
find_function (const char *data, gsize from, gsize to)
{
  gsize limit = MIN (to, from + MAX_FUNCTION_BYTES);
  gsize i = from;

  while (i < limit && (g_ascii_isalnum (data[i]) || memchr ("_:~()<>", data[i], 7) != NULL))
    i++;
  if (i < from + 3 || data[i - 1] != ':' || data[i - 2] == ':' || !g_ascii_isalpha (data[from]))
    return (CotSpan){ NULL, 0 };
  return cot_span (data, from, i - 1);
}

static void
gpsvc_parse_entry (const CotFormat *self, const char *record, gsize length_bytes, CotEntry *entry)
{
  gsize from = cot_content_start (record, length_bytes);
  gsize line_end = cot_find_line_end (record, from, length_bytes);
  gsize text;
  Line line;

  if (!read_line (record, from, line_end, &line))
    {
      cot_parse_plain_line (record, length_bytes, entry);
      return;
    }
  text = line.clock + CLOCK_BYTES;
  cot_entry_clear (entry);
  entry->component = line.writer;
  entry->thread = line.ids;
  entry->origin = find_function (record, text, line_end);
  cot_entry_set_message (entry, record, line.clock, length_bytes);
  entry->severity = cot_severity_from_words (record + text, length_bytes - text);
}

static guint
gpsvc_bid (const char *head, gsize length_bytes)
{
  guint n_lines;
  guint n_stamps = cot_count_stamps (head, length_bytes, is_stamp, &n_lines);

  return n_stamps > 0 && n_stamps * 2 >= n_lines ? BITS : 0;
}

const CotFormat cot_format_gpsvc = {
  .id = "gpsvc",
  .name = "Group Policy",
  .bid = gpsvc_bid,
  .next_record = gpsvc_next_record,
  .parse_entry = gpsvc_parse_entry,
};
