/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include "cot-lines-private.h"
#include "cot-stamp-private.h"
#include "cot-timed-private.h"

/* [stamp] [section] [source] [severity] :: text: what PSAppDeployToolkit writes where it is told to
 * log "legacy" text (psappdeploytoolkit.com, the configuration's LogStyle). Version 3 stamps
 * MM-dd-yyyy HH:mm:ss.fff, version 4 the round-trip form of .NET. The section may be missing, and
 * so may the severity. Lines without a stamp go on with the text. */

#define MAX_GROUPS 4
#define MAX_GROUP_BYTES 128
#define STAMP_BYTES (COT_STAMP_MAX_BYTES + 2)
#define BITS 44

typedef struct
{
  CotStamp stamp;
  CotSpan groups[MAX_GROUPS];
  guint n_groups;
  gsize text; /* behind ":: " */
} Line;

static gboolean
read_stamp (const char *data, gsize from, gsize to, CotStamp *stamp)
{
  gsize limit = MIN (to, from + STAMP_BYTES);

  return from < limit && data[from] == '[' && cot_stamp_read (data, from + 1, limit, stamp)
         && stamp->kind != COT_STAMP_CLOCK && stamp->end < limit && data[stamp->end] == ']';
}

static gboolean
is_stamp (const char *data, gsize from, gsize to)
{
  CotStamp stamp;

  return read_stamp (data, from, to, &stamp);
}

/* @to: the end of the line. */
static gboolean
read_line (const char *data, gsize from, gsize to, Line *line)
{
  gsize i;

  *line = (Line){ .n_groups = 0 };
  if (!read_stamp (data, from, to, &line->stamp))
    return FALSE;
  for (i = cot_skip_blanks (data, line->stamp.end + 1, to);
       i < to && data[i] == '[' && line->n_groups < MAX_GROUPS; i = cot_skip_blanks (data, i, to))
    {
      gsize limit = MIN (to, i + MAX_GROUP_BYTES);
      const char *close = memchr (data + i, ']', limit - i);

      if (close == NULL)
        return FALSE;
      line->groups[line->n_groups++] = cot_span (data, i + 1, (gsize) (close - data));
      i = (gsize) (close - data) + 1;
    }
  if (!cot_starts_with (data, i, to, "::", 2))
    return FALSE;
  line->text = cot_skip_blanks (data, i + 2, to);
  return TRUE;
}

/* By its word, or by the numbers of CMTrace. */
static gboolean
read_severity (CotSpan word, CotSeverity *severity)
{
  static const CotSeverity numbers[]
      = { COT_SEVERITY_SUCCESS, COT_SEVERITY_INFO, COT_SEVERITY_WARNING, COT_SEVERITY_ERROR };

  if (word.length_bytes == 1 && word.data[0] >= '0' && word.data[0] <= '3')
    *severity = numbers[word.data[0] - '0'];
  else if (word.length_bytes < 2 || !cot_level_from_word (word, severity))
    return FALSE;
  return TRUE;
}

static CotRecordResult
psadt_next_record (const char *data, gsize length_bytes, gsize start, gboolean at_end,
                   gsize *end_offset)
{
  return cot_stamped_next_record (data, length_bytes, start, at_end, is_stamp, STAMP_BYTES,
                                  end_offset);
}

static void
psadt_parse_entry (const CotFormat *self, const char *record, gsize length_bytes, CotEntry *entry)
{
  gsize from = cot_content_start (record, length_bytes);
  gsize line_end = cot_find_line_end (record, from, length_bytes);
  gboolean has_severity = FALSE;
  Line line;

  if (!read_line (record, from, line_end, &line))
    {
      cot_parse_plain_line (record, length_bytes, entry);
      return;
    }
  cot_entry_clear (entry);
  if (line.n_groups > 0)
    has_severity = read_severity (line.groups[line.n_groups - 1], &entry->severity);
  if (has_severity)
    entry->type_text = line.groups[--line.n_groups];
  if (line.n_groups > 0)
    entry->component = line.groups[--line.n_groups];
  entry->time_usec = cot_stamp_get_time (&line.stamp, COT_DATE_ORDER_MONTH_FIRST, 0);
  entry->bias_minutes = line.stamp.bias_minutes;
  /* A context beside a bias would make it the bias of a script, which counts the other way. */
  if (line.n_groups > 0 && entry->bias_minutes == COT_BIAS_NONE)
    entry->context = line.groups[0];
  cot_entry_set_message (entry, record, line.text, length_bytes);
  if (!has_severity)
    entry->severity = cot_severity_from_words (entry->message.data, entry->message.length_bytes);
}

static gboolean
is_line (const char *data, gsize from, gsize to)
{
  Line line;

  return read_line (data, from, to, &line) && line.n_groups > 0;
}

static guint
psadt_bid (const char *head, gsize length_bytes)
{
  guint n_lines;
  guint n_stamps = cot_count_stamps (head, length_bytes, is_line, &n_lines);

  return n_stamps > 0 && n_stamps * 4 >= n_lines ? BITS : 0;
}

const CotFormat cot_format_psadt = {
  .id = "psadt",
  .name = "PSAppDeployToolkit text",
  .bid = psadt_bid,
  .next_record = psadt_next_record,
  .parse_entry = psadt_parse_entry,
};
