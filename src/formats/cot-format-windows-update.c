/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include "cot-clock.h"

#include "cot-lines-private.h"

/* WindowsUpdate.log. Up to Windows 8.1 the agent writes it, with tabs and a hexadecimal thread:
 *
 *   YYYY-MM-DD<tab>HH:MM:SS:mmm<tab>PID<tab>TID<tab>component<tab>text
 *
 * Since then Get-WindowsUpdateLog makes it of traces, with blanks and a decimal thread:
 *
 *   YYYY/MM/DD HH:MM:SS.fffffff PID  TID  component       text
 *
 * The first kind tells its zone in the line that begins each run of the agent, "tz: -0500"; the
 * second is in the local time of the machine that converted it, and does not say which. */
#define OLD_STAMP "9999-99-99\t99:99:99:999\t"
#define NEW_STAMP "9999/99/99 99:99:99.9999999 "
#define STAMP_BYTES 28
#define NEW_NO_COMPONENT_BLANKS 10
/* Where the symbols were missing, the time is the beginning of all file times, 1600-12-31. */
#define FIRST_YEAR 1990
#define ZONE "tz: "
#define BITS 50

typedef struct
{
  gint16 bias_minutes;
} Context;

static gboolean
is_stamp (const char *data, gsize from, gsize to)
{
  return cot_has_shape (data, from, to, OLD_STAMP) || cot_has_shape (data, from, to, NEW_STAMP);
}

static CotRecordResult
windows_update_next_record (const char *data, gsize length_bytes, gsize start, gboolean at_end,
                            gsize *end_offset)
{
  return cot_stamped_next_record (data, length_bytes, start, at_end, is_stamp, STAMP_BYTES,
                                  end_offset);
}

/* The last ":" of the old kind stands where a "." should. */
static gint64
read_time (const char *stamp)
{
  gboolean is_old = stamp[4] == '-';
  CotSpan year = cot_span (stamp, 0, 4);
  CotSpan fraction = cot_span (stamp, 20, is_old ? 23 : 26);
  gint year_number, fraction_number;
  gint64 day_usec;
  CotClockTime time;

  if (!cot_span_to_number (year, &year_number) || year_number < FIRST_YEAR
      || !cot_span_to_number (fraction, &fraction_number)
      || !cot_clock_parse_date (stamp, 10, &day_usec)
      || !cot_clock_parse_time (stamp + 11, 8, &time))
    return COT_TIME_NONE;
  return day_usec + time.of_day_usec + (gint64) fraction_number * (is_old ? 1000 : 1);
}

/* The next of the tab-separated fields, without blanks around; @at is behind its tab. */
static CotSpan
next_field (const char *data, gsize *at, gsize to)
{
  gsize from = *at, end = *at, after;

  while (end < to && data[end] != '\t')
    end++;
  after = MIN (end + 1, to);
  while (from < end && data[from] == ' ')
    from++;
  while (end > from && data[end - 1] == ' ')
    end--;
  *at = after;
  return cot_span (data, from, end);
}

static gsize
read_old_fields (const char *data, gsize from, gsize to, CotEntry *entry)
{
  next_field (data, &from, to); /* the process */
  entry->thread = next_field (data, &from, to);
  entry->component = next_field (data, &from, to);
  return from;
}

static gsize
read_new_fields (const char *data, gsize from, gsize to, CotEntry *entry)
{
  gsize thread, end, at;

  thread = cot_skip_blanks (data, cot_skip_word (data, cot_skip_blanks (data, from, to), to), to);
  end = cot_skip_word (data, thread, to);
  entry->thread = cot_span (data, thread, end);
  at = cot_skip_blanks (data, end, to);
  if (at - end >= NEW_NO_COMPONENT_BLANKS)
    return at;
  end = cot_skip_word (data, at, to);
  entry->component = cot_span (data, at, end);
  return cot_skip_blanks (data, end, to);
}

/* What the writer calls a warning is one, whatever words follow. */
static CotSeverity
severity_of (CotSpan message)
{
  CotSpan text = message;

  while (text.length_bytes > 0 && strchr (" *#+", text.data[0]) != NULL && text.data[0] != '\0')
    {
      text.data++;
      text.length_bytes--;
    }
  if (cot_span_has_prefix (text, "WARNING:"))
    return COT_SEVERITY_WARNING;
  if (cot_span_has_prefix (text, "FATAL:"))
    return COT_SEVERITY_ERROR;
  return cot_severity_from_words (message.data, message.length_bytes);
}

static void
windows_update_parse_entry (const CotFormat *self, const char *record, gsize length_bytes,
                            CotEntry *entry)
{
  const Context *context = self->context;
  gsize start = cot_content_start (record, length_bytes);
  gsize line_end = cot_find_line_end (record, start, length_bytes);
  gboolean is_old = cot_has_shape (record, start, line_end, OLD_STAMP);
  gsize at;

  if (!is_stamp (record, start, line_end))
    {
      cot_parse_plain_line (record, length_bytes, entry);
      return;
    }
  cot_entry_clear (entry);
  entry->time_usec = read_time (record + start);
  if (is_old && context != NULL && entry->time_usec != COT_TIME_NONE)
    entry->bias_minutes = context->bias_minutes;
  if (is_old)
    at = read_old_fields (record, start + strlen (OLD_STAMP), line_end, entry);
  else
    at = read_new_fields (record, start + strlen (NEW_STAMP), line_end, entry);
  cot_entry_set_message (entry, record, at, length_bytes);
  entry->severity = severity_of (entry->message);
}

static guint
windows_update_bid (const char *head, gsize length_bytes)
{
  guint n_lines;
  guint n_stamps = cot_count_stamps (head, length_bytes, is_stamp, &n_lines);

  return n_stamps > 0 && n_stamps * 4 >= n_lines ? BITS : 0;
}

/* The zones that a block names, as minutes to add for UTC. FALSE where two differ. */
static gboolean
add_zones (CotSpan block, gint16 *bias_minutes)
{
  const char *at = block.data;
  const char *end = block.data + block.length_bytes;

  while ((at = memmem (at, (gsize) (end - at), ZONE, strlen (ZONE))) != NULL)
    {
      gint hours, minutes;
      gint16 bias;

      at += strlen (ZONE);
      if (end - at < 6 || (at[0] != '+' && at[0] != '-') || at[5] != ')'
          || !cot_span_to_number ((CotSpan){ at + 1, 2 }, &hours)
          || !cot_span_to_number ((CotSpan){ at + 3, 2 }, &minutes) || hours > 14 || minutes > 59)
        continue;
      bias = (gint16) ((at[0] == '+' ? -1 : 1) * (hours * 60 + minutes));
      if (*bias_minutes != COT_BIAS_NONE && *bias_minutes != bias)
        return FALSE;
      *bias_minutes = bias;
    }
  return TRUE;
}

/* A file over a change of the clocks names two zones, and no line tells which is its own. */
static const CotFormat *
windows_update_learn (const CotFormat *self, const CotSpan *blocks, guint n_blocks)
{
  Context context = { COT_BIAS_NONE };

  for (guint i = 0; i < n_blocks; i++)
    if (!add_zones (blocks[i], &context.bias_minutes))
      return &cot_format_windows_update;
  if (context.bias_minutes == COT_BIAS_NONE)
    return &cot_format_windows_update;
  return cot_format_intern (&cot_format_windows_update, &context, sizeof context);
}

const CotFormat cot_format_windows_update = {
  .id = "windows-update",
  .name = "Windows Update",
  .bid = windows_update_bid,
  .next_record = windows_update_next_record,
  .parse_entry = windows_update_parse_entry,
  .learn = windows_update_learn,
};
