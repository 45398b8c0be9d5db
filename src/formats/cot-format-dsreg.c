/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include "cot-dsreg-private.h"
#include "cot-lines-private.h"

/* The output of dsregcmd /status: boxes with the titles of sections, and lines "Key : Value". A
 * line is an entry, and so is a box. The component of a line is its key: a record knows nothing
 * of the box above it. */

#define BITS 45 /* less than a transcript of the command */
#define MIN_KEYS 3

typedef enum
{
  LINE_OTHER,
  LINE_EDGE, /* +-----+ */
  LINE_TITLE, /* | Device State | */
} LineKind;

static LineKind
kind_of (const char *data, gsize from, gsize to)
{
  gsize i = cot_skip_blanks (data, from, to);

  if (cot_starts_with (data, i, to, "+-", 2))
    return LINE_EDGE;
  return i < to && data[i] == '|' ? LINE_TITLE : LINE_OTHER;
}

/* The blanks and two bytes tell the kind of a line. */
static gboolean
can_tell_kind (const CotWindow *window, gsize from)
{
  gsize i = cot_skip_blanks (window->data, from, window->end);

  return window->is_final || window->end - i >= 2;
}

/* A box goes on from its upper edge to its title, and from that to its lower edge. */
static gboolean
goes_on (LineKind kind, LineKind next)
{
  return (kind == LINE_EDGE && next == LINE_TITLE) || (kind == LINE_TITLE && next == LINE_EDGE);
}

static CotRecordResult
dsreg_next_record (const char *data, gsize length_bytes, gsize start, gboolean at_end,
                   gsize *end_offset)
{
  CotWindow window = cot_window_new (data, length_bytes, start, at_end);
  gsize content = cot_skip_leading (&window);
  gsize line_end = cot_find_line_end (data, content, window.end);
  LineKind kind = kind_of (data, content, line_end);
  guint n_more = kind == LINE_EDGE ? 2 : kind == LINE_TITLE ? 1 : 0;

  for (; n_more > 0 && line_end < window.end; n_more--)
    {
      gsize next = cot_skip_line_end (data, line_end, window.end);
      LineKind next_kind;

      if (!can_tell_kind (&window, next))
        return COT_RECORD_NEEDS_MORE;
      next_kind = kind_of (data, next, window.end);
      if (!goes_on (kind, next_kind))
        break;
      kind = next_kind;
      line_end = cot_find_line_end (data, next, window.end);
    }
  if (line_end == window.end)
    return cot_end_at_window (&window, end_offset);
  return cot_end_with_filler (&window, line_end, end_offset);
}

static gboolean
find_title (const char *record, gsize from, gsize length_bytes, CotSpan *title)
{
  while (from < length_bytes)
    {
      gsize line_end = cot_find_line_end (record, from, length_bytes);

      if (cot_dsreg_read_title (record, from, line_end, title))
        return TRUE;
      from = cot_skip_line_end (record, line_end, length_bytes);
    }
  return FALSE;
}

static void
dsreg_parse_entry (const CotFormat *self, const char *record, gsize length_bytes, CotEntry *entry)
{
  gsize from = cot_content_start (record, length_bytes);
  gsize line_end = cot_find_line_end (record, from, length_bytes);
  CotDsregLine line;
  CotSpan title;

  if (kind_of (record, from, line_end) != LINE_OTHER
      && find_title (record, from, length_bytes, &title))
    {
      cot_entry_clear (entry);
      entry->flags = COT_RECORD_FRAMED;
      entry->message = title;
      entry->severity = COT_SEVERITY_INFO;
    }
  else if (cot_dsreg_read_line (record, from, line_end, &line))
    {
      cot_entry_clear (entry);
      cot_entry_set_message (entry, record, from, length_bytes);
      entry->severity = cot_dsreg_judge (&line);
      entry->component = line.key;
    }
  else
    {
      cot_parse_plain_line (record, length_bytes, entry);
      entry->severity = COT_SEVERITY_INFO;
    }
}

static gboolean
is_known_line (const char *data, gsize from, gsize to)
{
  CotDsregLine line;

  return cot_dsreg_read_line (data, from, to, &line) && cot_dsreg_is_known (line.key);
}

static guint
dsreg_bid (const char *head, gsize length_bytes)
{
  guint n_lines;
  guint n_known = cot_count_stamps (head, length_bytes, is_known_line, &n_lines);

  return n_known >= MIN_KEYS && n_known * 4 >= n_lines ? BITS : 0;
}

const CotFormat cot_format_dsreg = {
  .id = "dsregcmd",
  .name = "dsregcmd /status",
  .bid = dsreg_bid,
  .next_record = dsreg_next_record,
  .parse_entry = dsreg_parse_entry,
};
