/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-servicing-private.h"

#include "cot-clock.h"

#include "cot-lines-private.h"

#define STAMP "9999-99-99 99:99:99, "
#define STAMP_BYTES 22 /* with the first letter of the level */
#define LEVEL_COLUMN 21
#define TEXT_COLUMN 50
#define MAX_COMPONENT_BYTES 12
#define BITS 46

static gboolean
is_stamp (const char *data, gsize from, gsize to)
{
  return to - from >= STAMP_BYTES && cot_has_shape (data, from, to, STAMP)
         && g_ascii_isalpha (data[from + LEVEL_COLUMN]);
}

CotRecordResult
cot_servicing_next_record (const char *data, gsize length_bytes, gsize start, gboolean at_end,
                           gsize *end_offset)
{
  return cot_stamped_next_record (data, length_bytes, start, at_end, is_stamp, STAMP_BYTES,
                                  end_offset);
}

/* Capitals and digits, with a blank behind them. */
static gboolean
read_component (const char *data, gsize from, gsize to, gsize *end)
{
  gsize i = from;

  while (i < to && (g_ascii_isupper (data[i]) || g_ascii_isdigit (data[i]) || data[i] == '_'))
    i++;
  *end = i;
  return i > from + 1 && i - from <= MAX_COMPONENT_BYTES && g_ascii_isupper (data[from])
         && i < to && cot_is_blank (data[i]);
}

typedef struct
{
  CotSpan level;
  CotSpan code;
  CotSpan component;
  gsize text;
} Fields;

/* The columns tell whether a first word is a component or of the text. Where somebody has changed
 * the blanks, a word of capitals passes for one. */
static Fields
read_fields (const char *data, gsize start, gsize to)
{
  gsize level_end = cot_skip_word (data, start + LEVEL_COLUMN, to);
  gsize at = cot_skip_blanks (data, level_end, to);
  gsize text_column = start + TEXT_COLUMN;
  Fields fields = { .level = cot_span (data, start + LEVEL_COLUMN, level_end) };
  gsize end;

  if (cot_has_shape (data, at, to, "[0x"))
    {
      end = cot_skip_word (data, at, to);
      if (data[end - 1] == ']')
        {
          fields.code = cot_span (data, at + 1, end - 1);
          at = cot_skip_blanks (data, end, to);
        }
    }
  if (at < text_column && read_component (data, at, to, &end))
    {
      fields.component = cot_span (data, at, end);
      text_column = MAX (text_column, end + 1);
      at = cot_skip_blanks (data, end, to);
    }
  /* Blanks beyond the columns are the text's own. */
  fields.text = MIN (at, MAX (text_column, level_end));
  return fields;
}

/* %COT_SEVERITY_UNKNOWN for a word that is none of the levels. */
static CotSeverity
severity_of_level (CotSpan level)
{
  static const struct
  {
    const char *prefix;
    CotSeverity severity;
  } levels[] = {
    { "info", COT_SEVERITY_INFO },
    { "warn", COT_SEVERITY_WARNING },
    { "err", COT_SEVERITY_ERROR },
    { "fatal", COT_SEVERITY_ERROR },
    { "crit", COT_SEVERITY_ERROR },
    { "perf", COT_SEVERITY_VERBOSE },
    { "debug", COT_SEVERITY_VERBOSE },
    { "verb", COT_SEVERITY_VERBOSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    if (cot_span_has_prefix (level, levels[i].prefix))
      return levels[i].severity;
  return COT_SEVERITY_UNKNOWN;
}

/* Whether the line has a stamp and one of the levels, and nothing of a list with commas. */
static gboolean
has_level (const char *data, gsize from, gsize to)
{
  gsize start = from + LEVEL_COLUMN, end;

  if (!is_stamp (data, from, to))
    return FALSE;
  end = cot_skip_word (data, start, to);
  return g_ascii_isalpha (data[end - 1])
         && severity_of_level (cot_span (data, start, end)) != COT_SEVERITY_UNKNOWN;
}

gboolean
cot_servicing_parse (const char *record, gsize length_bytes, CotEntry *entry, CotSpan *code)
{
  gsize start = cot_content_start (record, length_bytes);
  gint64 day_usec;
  CotClockTime time;
  Fields fields;

  *code = (CotSpan){ NULL, 0 };
  if (!is_stamp (record, start, length_bytes))
    {
      cot_parse_plain_line (record, length_bytes, entry);
      return FALSE;
    }
  cot_entry_clear (entry);
  fields = read_fields (record, start, cot_find_line_end (record, start, length_bytes));
  *code = fields.code;
  entry->component = fields.component;
  entry->type_text = fields.level;
  if (cot_clock_parse_date (record + start, 10, &day_usec)
      && cot_clock_parse_time (record + start + 11, 8, &time))
    entry->time_usec = day_usec + time.of_day_usec;
  cot_entry_set_message (entry, record, fields.text, length_bytes);
  entry->severity = severity_of_level (fields.level);
  if (entry->severity == COT_SEVERITY_UNKNOWN)
    entry->severity = cot_severity_from_words (entry->message.data, entry->message.length_bytes);
  return TRUE;
}

static gboolean
is_one_of (CotSpan component, const char *const *names)
{
  for (; *names != NULL; names++)
    if (cot_span_is (component, *names))
      return TRUE;
  return FALSE;
}

CotServicingKind
cot_servicing_detect (const char *head, gsize length_bytes)
{
  static const char *const of_cbs[] = { "CBS", "CSI", "DPX", "SQM", "WCP", "CSP", NULL };
  const CotWindow window = { head, 0, length_bytes, TRUE };
  gsize i = cot_skip_leading (&window);
  guint n_lines, n_cbs = 0, n_dism = 0, n_other = 0;
  guint n_stamps = cot_count_stamps (head, length_bytes, has_level, &n_lines);

  /* Most lines of servicing have a stamp, but texts of many lines may stand between. */
  if (n_stamps == 0 || n_stamps * 4 < n_lines)
    return COT_SERVICING_NONE;
  for (guint n = 0; i < length_bytes && n < COT_BID_MAX_LINES; n++)
    {
      gsize line_end = cot_find_line_end (head, i, length_bytes);

      if (has_level (head, i, line_end))
        {
          CotSpan component = read_fields (head, i, line_end).component;

          if (component.data != NULL && cot_span_is (component, "DISM"))
            n_dism++;
          else if (component.data != NULL && is_one_of (component, of_cbs))
            n_cbs++;
          else
            n_other++;
        }
      for (i = line_end; i < length_bytes && cot_is_filler (head[i]);)
        i++;
    }
  if (n_other >= n_cbs && n_other >= n_dism)
    return COT_SERVICING_PANTHER;
  return n_dism >= n_cbs ? COT_SERVICING_DISM : COT_SERVICING_CBS;
}

guint
cot_servicing_bid (const char *head, gsize length_bytes, CotServicingKind kind)
{
  return cot_servicing_detect (head, length_bytes) == kind ? BITS : 0;
}
