/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include "cot-clock.h"

#include "cot-lines-private.h"

/* What Start-Transcript of PowerShell writes, by "about_Logging" and "Start-Transcript" on
 * learn.microsoft.com: a block between lines of asterisks tells the start in the language of the
 * system, with a time of 14 digits in any, and so does one before each command where they are
 * asked for. Between stands what the console showed.
 *
 * A line is an entry; the lines in which PowerShell tells where an error happened go with the
 * error. Only lines that say a time have one. */

#define STARS "********************"
#define STARS_BYTES 20
#define MOMENT "99999999999999"
#define MOMENT_BYTES 14
/* Longer lines are none of those that belong to an error. */
#define MAX_DETAIL_BYTES 512
#define HEADER_BYTES 2048
#define BITS 62

static gboolean
is_stars (const char *data, gsize from, gsize to)
{
  if (!cot_starts_with (data, from, to, STARS, STARS_BYTES))
    return FALSE;
  while (from < to && data[from] == '*')
    from++;
  return from == to || cot_is_line_end (data[from]);
}

/* "Start time: 20240909123456", whatever the words. */
static gboolean
read_moment (const char *data, gsize from, gsize to, gint64 *time_usec)
{
  gsize digits = to - from >= MOMENT_BYTES + 2 ? to - MOMENT_BYTES : from;
  int parts[6], year;
  gint64 moment;

  if (digits == from || !cot_has_shape (data, digits, to, MOMENT)
      || g_ascii_isdigit (data[digits - 1]))
    return FALSE;
  for (guint i = 1; i < G_N_ELEMENTS (parts); i++)
    {
      gsize at = digits + 2 + i * 2;

      parts[i] = (data[at] - '0') * 10 + data[at + 1] - '0';
    }
  year = (int) g_ascii_strtoull (
      (const char[]){ data[digits], data[digits + 1], data[digits + 2], data[digits + 3], '\0' },
      NULL, 10);
  moment = cot_clock_from_civil (year, parts[1], parts[2], parts[3], parts[4], parts[5], 0);
  if (moment == COT_TIME_NONE)
    return FALSE;
  *time_usec = moment;
  return TRUE;
}

/* "At line:1 char:5", "In Zeile:1 Zeichen:5", "Au caractère Ligne:1 : 5": two numbers behind
 * colons, of which one ends the line. */
static gboolean
is_position (const char *data, gsize from, gsize to)
{
  gsize i = to, line;

  while (i > from && g_ascii_isdigit (data[i - 1]))
    i--;
  if (i == to || i == from)
    return FALSE;
  while (i > from && data[i - 1] == ' ')
    i--;
  if (i == from || data[--i] != ':')
    return FALSE;
  while (i > from && data[i - 1] != ':' && !g_ascii_isdigit (data[i - 1]))
    i--;
  for (line = i; line > from && g_ascii_isdigit (data[line - 1]);)
    line--;
  return line < i && line > from && data[line - 1] == ':' && cot_is_blank (data[i])
         && !cot_is_blank (data[from]);
}

/* A line of those that follow an error: its place, the code, what it is. */
static gboolean
is_detail (const char *data, gsize from, gsize to)
{
  gsize i = cot_skip_blanks (data, from, to);

  return cot_starts_with (data, i, to, "+ ", 2) || is_position (data, from, to);
}

static CotRecordResult
transcript_next_record (const char *data, gsize length_bytes, gsize start, gboolean at_end,
                        gsize *end_offset)
{
  CotWindow window = cot_window_new (data, length_bytes, start, at_end);
  gsize content = cot_skip_leading (&window);
  gsize line_end = cot_find_line_end (data, content, window.end);

  while (line_end < window.end)
    {
      gsize next = cot_skip_line_end (data, line_end, window.end);
      gsize limit = MIN (window.end, next + MAX_DETAIL_BYTES);
      gsize next_end = cot_find_line_end (data, next, limit);

      /* Whether that line ends in time decides, and is not known yet. */
      if (next_end == limit && limit < next + MAX_DETAIL_BYTES && !window.is_final)
        return COT_RECORD_NEEDS_MORE;
      if (next_end == next + MAX_DETAIL_BYTES || !is_detail (data, next, next_end))
        return cot_end_with_filler (&window, line_end, end_offset);
      line_end = next_end;
    }
  return cot_end_at_window (&window, end_offset);
}

static gboolean
contains (CotSpan text, const char *part)
{
  return memmem (text.data, text.length_bytes, part, strlen (part)) != NULL;
}

/* The streams have the same names in front in every language but their own words; what those of
 * other languages say is left to the words. */
static CotSeverity
severity_of (CotSpan message, CotSpan first_line)
{
  if (contains (message, "+ CategoryInfo ") || contains (message, "+ FullyQualifiedErrorId ")
      || contains (first_line, "TerminatingError("))
    return COT_SEVERITY_ERROR;
  if (cot_span_has_prefix (first_line, "WARNING: "))
    return COT_SEVERITY_WARNING;
  if (cot_span_has_prefix (first_line, "VERBOSE: ") || cot_span_has_prefix (first_line, "DEBUG: "))
    return COT_SEVERITY_VERBOSE;
  /* What was typed says what was wanted, and not what came of it. */
  if (cot_span_has_prefix (first_line, "PS ")
      && memchr (first_line.data, '>', first_line.length_bytes) != NULL)
    return COT_SEVERITY_INFO;
  return cot_severity_from_words (message.data, message.length_bytes);
}

static void
transcript_parse_entry (const CotFormat *self, const char *record, gsize length_bytes,
                        CotEntry *entry)
{
  gsize from, line_end, to;

  cot_parse_plain_line (record, length_bytes, entry);
  from = (gsize) (entry->message.data - record);
  /* The blank lines behind an error are no part of it. */
  to = cot_content_end (record, from, from + entry->message.length_bytes);
  entry->message.length_bytes = to - from;
  line_end = cot_find_line_end (record, from, to);
  entry->severity = severity_of (entry->message, cot_span (record, from, line_end));
  if (read_moment (record, from, line_end, &entry->time_usec))
    entry->flags |= COT_RECORD_FRAMED;
}

/* Asterisks, a time among the first lines, asterisks. */
static guint
transcript_bid (const char *head, gsize length_bytes)
{
  gsize i = cot_content_start (head, length_bytes);
  gsize limit = MIN (length_bytes, i + HEADER_BYTES);
  gboolean has_moment = FALSE;

  if (!is_stars (head, i, limit))
    return 0;
  while (i < limit)
    {
      gsize line_end;
      gint64 time_usec;

      i = cot_find_line_end (head, i, limit);
      while (i < limit && cot_is_filler (head[i]))
        i++;
      line_end = cot_find_line_end (head, i, limit);
      if (is_stars (head, i, line_end))
        return has_moment ? BITS : 0;
      has_moment |= read_moment (head, i, line_end, &time_usec);
    }
  return has_moment ? BITS / 2 : 0;
}

const CotFormat cot_format_transcript = {
  .id = "transcript",
  .name = "PowerShell transcript",
  .bid = transcript_bid,
  .next_record = transcript_next_record,
  .parse_entry = transcript_parse_entry,
};
