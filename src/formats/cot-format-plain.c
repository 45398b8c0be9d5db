/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include "cot-scan-private.h"

/* Anything is text. */
static guint
plain_bid (const char *head, gsize length_bytes)
{
  return 1;
}

static CotRecordResult
plain_next_record (const char *data, gsize length_bytes, gsize start, gboolean at_end,
                   gsize *end_offset)
{
  CotWindow window = cot_window_new (data, length_bytes, start, at_end);
  gsize line_end = cot_find_line_end (data, start, window.end);

  if (line_end == window.end)
    return cot_end_at_window (&window, end_offset);
  if (data[line_end] == '\r' && line_end + 1 == window.end && !window.is_final)
    return COT_RECORD_NEEDS_MORE;
  *end_offset = line_end + 1;
  if (data[line_end] == '\r' && line_end + 1 < window.end && data[line_end + 1] == '\n')
    *end_offset = line_end + 2;
  return COT_RECORD_FOUND;
}

static void
plain_parse_entry (const CotFormat *self, const char *record, gsize length_bytes, CotEntry *entry)
{
  cot_parse_plain_line (record, length_bytes, entry);
}

const CotFormat cot_format_plain = {
  .id = "plain",
  .name = "Plain text",
  .bid = plain_bid,
  .next_record = plain_next_record,
  .parse_entry = plain_parse_entry,
};
