/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include "cot-format-server-private.h"
#include "cot-scan-private.h"
#include "cot-statmsg.h"

/* message  $$<COMPONENT><MM-DD-YYYY HH:MM:SS.mmm+bias><thread=N (0xHEX)>: what the site server's
 * components write. The message is everything since the end of the record before. */
#define TAIL "$$<"
#define TAIL_BYTES 3
#define THREAD "<thread="
#define THREAD_BYTES 8
#define BITS_AT_START 64
#define BITS 52
#define CCM_OPENER "<![LOG["
#define CCM_CLOSER "]LOG]!><"
/* How far behind the end of its line a message may find its tail, and how many dollar signs and
 * line ends may stand on the way. Without these bounds a long text without tails, behind the last
 * record, would be read again for each of its lines. */
#define LOOKAHEAD_BYTES (32 * 1024)
#define LOOKAHEAD_CANDIDATES 256
#define LOOKAHEAD_LINES 1024
/* How much is looked at behind a line that a tail may go on from. */
#define BEHIND_LINE_BYTES 64

static const char *const marker_lines[] = {
  "<MAXIMUM LOG FILE SIZE REACHED - FILE RENAMED>",
  "ROLLOVER",
};

typedef struct
{
  gsize start;
  gsize end;
  CotSpan component;
  CotSpan moment;
  CotSpan thread;
} Tail;

typedef enum
{
  TAIL_NONE,
  TAIL_FOUND,
  TAIL_CUT, /* by the end of the data */
} TailResult;

/* <text> on one line; @after is behind it. */
static TailResult
read_bracket (const CotWindow *window, gsize from, CotSpan *text, gsize *after)
{
  const char *data = window->data;
  gsize i = from + 1;

  if (from < window->end && data[from] != '<')
    return TAIL_NONE;
  while (i < window->end && data[i] != '<' && data[i] != '>' && !cot_is_line_end (data[i]))
    i++;
  if (i >= window->end)
    return window->is_final ? TAIL_NONE : TAIL_CUT;
  if (data[i] != '>')
    return TAIL_NONE;
  *text = cot_span (data, from + 1, i);
  *after = i + 1;
  return TAIL_FOUND;
}

/* Scripts leave the thread out. For "$$<a><b>" alone is anybody's text, b must then be a moment in
 * digits, and end its line; the old C dates never stand without a thread. */
static TailResult
check_without_thread (const CotWindow *window, const Tail *tail)
{
  gsize i = tail->end;
  gint64 day_usec;
  CotClockTime time;

  while (i < window->end && cot_is_blank (window->data[i]))
    i++;
  if (i == window->end && !window->is_final)
    return TAIL_CUT;
  if ((i < window->end && !cot_is_line_end (window->data[i]))
      || tail->moment.length_bytes == 0 || !g_ascii_isdigit (tail->moment.data[0])
      || !cot_server_parse_moment (tail->moment, &day_usec, &time))
    return TAIL_NONE;
  return TAIL_FOUND;
}

static TailResult
read_thread (const CotWindow *window, Tail *tail)
{
  gsize n_there = MIN (window->end - tail->end, (gsize) THREAD_BYTES);
  TailResult result;
  CotSpan text;

  if (n_there == THREAD_BYTES
      && g_ascii_strncasecmp (window->data + tail->end, THREAD, n_there) == 0)
    {
      result = read_bracket (window, tail->end, &text, &tail->end);
      if (result == TAIL_FOUND)
        tail->thread = cot_span (text.data, THREAD_BYTES - 1, text.length_bytes);
      return result;
    }
  if (n_there < THREAD_BYTES && !window->is_final
      && g_ascii_strncasecmp (window->data + tail->end, THREAD, n_there) == 0)
    return TAIL_CUT;
  return check_without_thread (window, tail);
}

static TailResult
read_tail (const CotWindow *window, gsize start, Tail *tail)
{
  TailResult result;
  gsize after;

  *tail = (Tail){ .start = start };
  result = read_bracket (window, start + TAIL_BYTES - 1, &tail->component, &after);
  if (result == TAIL_FOUND)
    result = read_bracket (window, after, &tail->moment, &tail->end);
  if (result == TAIL_FOUND)
    result = read_thread (window, tail);
  return result;
}

/* The first tail that starts in [@from, @limit). */
static TailResult
find_tail (const CotWindow *window, gsize from, gsize limit, guint n_candidates, Tail *tail)
{
  for (gsize i = from; i < limit && n_candidates > 0; i++, n_candidates--)
    {
      const char *dollar = memchr (window->data + i, '$', limit - i);
      gsize n_there;
      TailResult result = TAIL_NONE;

      if (dollar == NULL)
        break;
      i = (gsize) (dollar - window->data);
      n_there = MIN (window->end - i, (gsize) TAIL_BYTES);
      if (memcmp (dollar, TAIL, n_there) != 0)
        continue;
      if (n_there == TAIL_BYTES)
        result = read_tail (window, i, tail);
      else if (!window->is_final)
        result = TAIL_CUT;
      if (result != TAIL_NONE)
        return result;
    }
  return TAIL_NONE;
}

static gboolean
is_marker_line (const char *data, gsize from, gsize to)
{
  while (to > from && cot_is_filler (data[to - 1]))
    to--;
  for (gsize i = 0; i < G_N_ELEMENTS (marker_lines); i++)
    {
      gsize length = strlen (marker_lines[i]);

      if (to - from == length && g_ascii_strncasecmp (data + from, marker_lines[i], length) == 0)
        return TRUE;
    }
  return FALSE;
}

/* What is left of a tail in a line that has no whole one: "$$<SMS_X>", "$$<SMS_X><11-18-2026 09:1",
 * "$$<SMS_X><11-18-2026 09:12:41.327+300><>". The moments of the 1990s begin with letters: articles
 * quote them in short lines, where a tail goes on in the next one. @to is where the data ends. */
static gboolean
is_stump (const char *data, gsize start, gsize line_end, gsize to)
{
  gsize i = start + TAIL_BYTES - 1;
  gsize end = cot_find_either (data, i + 1, line_end, '<', '>');

  if (end == line_end)
    return memchr (data + i, ' ', line_end - i) == NULL;
  i = end + 1;
  if (data[end] == '<' || (i < line_end && data[i] != '<'))
    return FALSE;
  if (i < line_end)
    return i + 1 == line_end || data[i + 1] == '>' || g_ascii_isdigit (data[i + 1]);
  to = MIN (to, line_end + BEHIND_LINE_BYTES);
  while (i < to && cot_is_filler (data[i]))
    i++;
  return i + 1 >= to || data[i] != '<' || !g_ascii_isalpha (data[i + 1]);
}

/* The number that a moment in digits ends with, and not a year. */
static gboolean
ends_with_bias (const char *data, gsize from, gsize to)
{
  gsize at = to;

  while (at > from && g_ascii_isdigit (data[at - 1]))
    at--;
  return at < to && (to - at != 4 || (at > from && (data[at - 1] == '+' || data[at - 1] == '-')));
}

/* The other half of a torn tail: the line ends "27+300><thread=12 (0xC)>". */
static gboolean
ends_with_thread (const char *data, gsize from, gsize to)
{
  static const char thread[] = "><thread=";
  gsize at = to;
  gsize digits_end;

  if (at == from || data[--at] != '>' || at == from || data[--at] != ')')
    return FALSE;
  for (digits_end = at; at > from && g_ascii_isxdigit (data[at - 1]);)
    at--;
  if (at == digits_end || at - from < 4 || memcmp (data + at - 4, " (0x", 4) != 0)
    return FALSE;
  at -= 4;
  for (digits_end = at; at > from && g_ascii_isdigit (data[at - 1]);)
    at--;
  return at < digits_end && at - from > strlen (thread)
         && g_ascii_strncasecmp (data + at - strlen (thread), thread, strlen (thread)) == 0
         && ends_with_bias (data, from, at - strlen (thread));
}

/* A line without a whole tail that has a part of one: its record was torn, cut or broken. */
static gboolean
is_torn_line (const char *data, gsize from, gsize line_end, gsize to)
{
  while (line_end > from && cot_is_filler (data[line_end - 1]))
    line_end--;
  if (ends_with_thread (data, from, line_end))
    return TRUE;
  for (const char *at = data + from;
       (at = memmem (at, (gsize) (data + line_end - at), TAIL, TAIL_BYTES)) != NULL;
       at += TAIL_BYTES)
    if (is_stump (data, (gsize) (at - data), line_end, to))
      return TRUE;
  return FALSE;
}

/* Two writers share the file: a CCM record begins or ends here. */
static gboolean
is_ccm_line (const char *data, gsize from, gsize to)
{
  while (from < to && cot_is_filler (data[from]))
    from++;
  return cot_starts_with (data, from, to, CCM_OPENER, strlen (CCM_OPENER))
         || memmem (data + from, to - from, CCM_CLOSER, strlen (CCM_CLOSER)) != NULL;
}

/* A line that belongs to no record whose tail comes behind it. */
static gboolean
stands_alone (const char *data, gsize from, gsize line_end, gsize to)
{
  return is_torn_line (data, from, line_end, to) || is_marker_line (data, from, line_end)
         || is_ccm_line (data, from, line_end);
}

static gsize
find_line_start (const char *data, gsize from, gsize at)
{
  while (at > from && !cot_is_line_end (data[at - 1]))
    at--;
  return at;
}

/* Where the message of the tail at @tail begins, of the lines from @from on: behind the last one
 * that stands alone. */
static gsize
find_beginning (const char *data, gsize from, gsize tail)
{
  gsize start = find_line_start (data, from, tail);

  for (guint n_lines = 0; start > from && n_lines < LOOKAHEAD_LINES; n_lines++)
    {
      gsize line_end = start - 1;
      gsize line_start;

      if (line_end > from && data[line_end] == '\n' && data[line_end - 1] == '\r')
        line_end--;
      line_start = find_line_start (data, from, line_end);
      if (line_start > from && stands_alone (data, line_start, line_end, tail))
        break;
      start = line_start;
    }
  return start;
}

/* A line without a tail of its own belongs to the record whose tail comes next, and is plain text
 * where none comes, or where the log was rolled over or torn in between. */
static CotRecordResult
end_behind_line (const CotWindow *window, gsize content, gsize line_end, CotAhead *ahead,
                 gsize *end_offset)
{
  gsize limit = MIN (window->end, line_end + LOOKAHEAD_BYTES);
  Tail tail;
  TailResult result;

  result = find_tail (window, line_end, limit, LOOKAHEAD_CANDIDATES, &tail);
  if (result == TAIL_FOUND)
    {
      gsize beginning = find_beginning (window->data, content, tail.start);

      if (beginning == content)
        return cot_end_with_filler (window, tail.end, end_offset);
      /* Or each of these lines would look for the same tail, over all that stands before it. Where
       * its line is cut, the next of them may see another. */
      if (cot_find_line_end (window->data, tail.end, window->end) < window->end)
        ahead->lines_end = beginning;
    }
  if (result == TAIL_CUT
      || (result == TAIL_NONE && !window->is_final && limit < line_end + LOOKAHEAD_BYTES))
    return COT_RECORD_NEEDS_MORE;
  return cot_end_with_filler (window, line_end, end_offset);
}

static CotRecordResult
server_next_record_ahead (const char *data, gsize length_bytes, gsize start, gboolean at_end,
                          CotAhead *ahead, gsize *end_offset)
{
  CotWindow window = cot_window_new (data, length_bytes, start, at_end);
  gsize content = cot_skip_leading (&window);
  gsize line_end = cot_find_line_end (data, content, window.end);
  TailResult result;
  Tail tail;

  if (content < ahead->lines_end)
    return cot_end_with_filler (&window, line_end, end_offset);
  result = find_tail (&window, content, line_end, G_MAXUINT, &tail);
  if (result == TAIL_CUT)
    return COT_RECORD_NEEDS_MORE;
  if (result == TAIL_FOUND)
    return cot_end_with_filler (&window, tail.end, end_offset);
  if (line_end == window.end)
    return cot_end_at_window (&window, end_offset);
  if (!window.is_final && window.end - line_end < BEHIND_LINE_BYTES)
    return COT_RECORD_NEEDS_MORE;
  if (stands_alone (data, content, line_end, window.end))
    return cot_end_with_filler (&window, line_end, end_offset);
  return end_behind_line (&window, content, line_end, ahead, end_offset);
}

static CotRecordResult
server_next_record (const char *data, gsize length_bytes, gsize start, gboolean at_end,
                    gsize *end_offset)
{
  CotAhead ahead = { 0 };

  return server_next_record_ahead (data, length_bytes, start, at_end, &ahead, end_offset);
}

/* Around the message stand the writer's marks for line breaks. */
static CotSpan
message_of (const char *record, gsize from, gsize to)
{
  while (to > from && (cot_is_filler (record[to - 1]) || record[to - 1] == '~'))
    to--;
  while (from < to && record[from] == '~')
    from++;
  return cot_span (record, from, to);
}

static void
server_parse_entry (const CotFormat *self, const char *record, gsize length_bytes, CotEntry *entry)
{
  CotWindow window = { record, 0, length_bytes, TRUE };
  gsize content = cot_skip_leading (&window);
  gint64 day_usec;
  CotClockTime time;
  Tail tail;

  if (find_tail (&window, content, length_bytes, G_MAXUINT, &tail) != TAIL_FOUND)
    {
      cot_parse_plain_line (record, length_bytes, entry);
      if (is_torn_line (record, content, length_bytes, length_bytes))
        entry->flags |= COT_RECORD_INCOMPLETE;
      return;
    }
  cot_entry_clear (entry);
  entry->flags = COT_RECORD_FRAMED;
  /* The blanks before the first word are the writer's. */
  while (content > 0 && content < tail.start && cot_is_blank (record[content - 1]))
    content--;
  entry->message = message_of (record, content, tail.start);
  entry->component = tail.component;
  entry->thread = tail.thread;
  if (cot_server_parse_moment (tail.moment, &day_usec, &time))
    {
      entry->time_usec = day_usec + time.of_day_usec;
      entry->bias_minutes = time.bias_minutes;
      entry->doubled_bias_sign = time.doubled_sign;
    }
  if (cot_span_has_line_end (entry->message))
    entry->flags |= COT_RECORD_MULTI_LINE;
  entry->severity = cot_statmsg_judge (entry->message);
}

/* A script that writes such logs has tails too, but no moments in them. */
static gboolean
has_moment (const Tail *tail)
{
  gint64 day_usec;
  CotClockTime time;

  return cot_server_parse_moment (tail->moment, &day_usec, &time);
}

/* A tail in the first line is surest: whatever the messages quote, the file is no other. */
static guint
server_bid (const char *head, gsize length_bytes)
{
  CotWindow window = { head, 0, length_bytes, TRUE };
  gsize content = cot_skip_leading (&window);
  gsize line_end = cot_find_line_end (head, content, length_bytes);
  guint n_tails = 0, n_openers = 0;
  gboolean at_start = FALSE;
  Tail tail;

  for (gsize i = 0; find_tail (&window, i, length_bytes, G_MAXUINT, &tail) == TAIL_FOUND;
       i = tail.end)
    if (has_moment (&tail))
      {
        n_tails++;
        at_start |= tail.start < line_end;
      }
  if (n_tails == 0)
    return 0;
  for (const char *at = head; (at = memmem (at, length_bytes - (gsize) (at - head), CCM_OPENER,
                                           strlen (CCM_OPENER))) != NULL;
       at++)
    n_openers++;
  if (n_openers >= n_tails)
    return 0;
  return at_start ? BITS_AT_START : BITS;
}

/**
 * cot_thread_without_hex:
 * @thread: a thread as an entry has it
 *
 * Site servers write the same number twice, "4992 (0x1380)".
 *
 * Returns: the first of them; @thread where it has no such shape
 */
CotSpan
cot_thread_without_hex (CotSpan thread)
{
  const char *blank = thread.data != NULL ? memchr (thread.data, ' ', thread.length_bytes) : NULL;

  if (blank != NULL && (gsize) (blank - thread.data) + 3 < thread.length_bytes && blank[1] == '('
      && blank[2] == '0' && (blank[3] | 0x20) == 'x')
    thread.length_bytes = (gsize) (blank - thread.data);
  return thread;
}

const CotFormat cot_format_server = {
  .id = "server",
  .name = "Site server",
  .bid = server_bid,
  .next_record = server_next_record,
  .next_record_ahead = server_next_record_ahead,
  .parse_entry = server_parse_entry,
};
