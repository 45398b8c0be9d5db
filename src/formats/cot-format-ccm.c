/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include "cot-clock.h"

#include "cot-format-ccm-private.h"
#include "cot-scan-private.h"

/* <![LOG[message]LOG]!><time="..." date="..." ...>: what CMTrace calls the new format. */
#define OPENER "<![LOG["
#define OPENER_BYTES 7
#define CLOSER "]LOG]!>"
#define CLOSER_BYTES 7
#define BITS_AT_START 66
#define BITS 56
#define BITS_BY_CLOSER 48

typedef enum
{
  MESSAGE_CLOSED,
  MESSAGE_CUT, /* by the opener of the next record */
  MESSAGE_UNFINISHED,
} MessageEnd;

typedef struct
{
  MessageEnd how;
  gsize end; /* of the message; for a cut one the start of the next record */
  gsize attributes; /* behind the "<" */
} Message;

/* A message may quote a closer: only one with the frame's "<" behind it ends it. A quoted opener
 * is text, but one at the start of a line shows that the record before it was cut off. */
static Message
find_message_end (const char *data, gsize from, gsize to)
{
  for (gsize i = from; (i = cot_find_either (data, i, to, ']', '<')) < to; i++)
    {
      if (data[i] == ']' && cot_starts_with (data, i, to, CLOSER, CLOSER_BYTES))
        {
          gsize frame = i + CLOSER_BYTES;

          while (frame < to && cot_is_blank (data[frame]))
            frame++;
          if (frame == to)
            break;
          if (data[frame] == '<')
            return (Message){ MESSAGE_CLOSED, i, frame + 1 };
          i = frame - 1;
        }
      else if (data[i] == '<' && cot_is_line_end (data[i - 1])
               && cot_starts_with (data, i, to, OPENER, OPENER_BYTES))
        {
          return (Message){ MESSAGE_CUT, i, i };
        }
    }
  return (Message){ MESSAGE_UNFINISHED, to, to };
}

static CotRecordResult
end_of_frame (const CotWindow *window, gsize opener, gsize *end_offset)
{
  Message message = find_message_end (window->data, opener + OPENER_BYTES, window->end);
  gsize after;

  switch (message.how)
    {
    case MESSAGE_CUT:
      *end_offset = message.end;
      return COT_RECORD_FOUND;
    case MESSAGE_UNFINISHED:
      return cot_end_at_window (window, end_offset);
    case MESSAGE_CLOSED:
    default:
      break;
    }
  if (cot_ccm_attributes_read (window->data, message.attributes, window->end, NULL, &after)
          == COT_CCM_ATTRIBUTES_UNFINISHED
      && (!window->is_final || after == window->end))
    return cot_end_at_window (window, end_offset);
  return cot_end_with_filler (window, after, end_offset);
}

/* Text between records: a line of its own, up to an opener in it. */
static CotRecordResult
end_of_text (const CotWindow *window, gsize from, gsize *end_offset)
{
  gsize line_end = cot_find_line_end (window->data, from, window->end);

  for (gsize i = from; i < line_end; i++)
    {
      const char *bracket = memchr (window->data + i, '<', line_end - i);

      if (bracket == NULL)
        break;
      i = (gsize) (bracket - window->data);
      if (i > from && cot_starts_with (window->data, i, line_end, OPENER, OPENER_BYTES))
        {
          *end_offset = i;
          return COT_RECORD_FOUND;
        }
    }
  if (line_end == window->end)
    return cot_end_at_window (window, end_offset);
  return cot_end_with_filler (window, line_end, end_offset);
}

static CotRecordResult
ccm_next_record (const char *data, gsize length_bytes, gsize start, gboolean at_end,
                 gsize *end_offset)
{
  CotWindow window = cot_window_new (data, length_bytes, start, at_end);
  gsize content = cot_skip_leading (&window);

  if (cot_starts_with (data, content, window.end, OPENER, OPENER_BYTES))
    return end_of_frame (&window, content, end_offset);
  if (content == window.end)
    return cot_end_at_window (&window, end_offset);
  return end_of_text (&window, content, end_offset);
}

static CotSpan
trimmed (CotSpan span)
{
  while (span.length_bytes > 0 && g_ascii_isspace (span.data[0]))
    {
      span.data++;
      span.length_bytes--;
    }
  while (span.length_bytes > 0 && g_ascii_isspace (span.data[span.length_bytes - 1]))
    span.length_bytes--;
  return span;
}

/* 1 to 3 as CMTrace colours them. 0 is what verbose writers print, 4 what some loggers do. */
static CotSeverity
severity_of (CotSpan type, CotSpan message)
{
  CotSpan text = trimmed (type);

  if (text.length_bytes == 1)
    switch (text.data[0])
      {
      case '0':
      case '4':
        return COT_SEVERITY_VERBOSE;
      case '1':
        return COT_SEVERITY_INFO;
      case '2':
        return COT_SEVERITY_WARNING;
      case '3':
        return COT_SEVERITY_ERROR;
      default:
        break;
      }
  return cot_severity_from_words (message.data, message.length_bytes);
}

static void
apply_attributes (const CotCcmAttributes *attributes, CotEntry *entry)
{
  CotClockTime time;
  gint64 day_usec;

  entry->component = attributes->component;
  entry->context = attributes->context.data != NULL ? attributes->context : attributes->source;
  entry->thread = attributes->thread;
  entry->origin = attributes->file;
  entry->type_text = attributes->type;
  if (attributes->time.data == NULL
      || !cot_clock_parse_time (attributes->time.data, attributes->time.length_bytes, &time))
    return;
  entry->bias_minutes = time.bias_minutes;
  entry->doubled_bias_sign = time.doubled_sign;
  if (attributes->date.data != NULL
      && cot_clock_parse_date (attributes->date.data, attributes->date.length_bytes, &day_usec))
    entry->time_usec = day_usec + time.of_day_usec;
}

static CotRecordFlags
parse_attributes (const char *record, gsize from, gsize length_bytes, CotEntry *entry)
{
  CotCcmAttributes attributes = { 0 };
  CotCcmAttributesEnd end;
  gsize after;

  end = cot_ccm_attributes_read (record, from, length_bytes, &attributes, &after);
  apply_attributes (&attributes, entry);
  switch (end)
    {
    case COT_CCM_ATTRIBUTES_BROKEN:
      return COT_RECORD_INCOMPLETE;
    case COT_CCM_ATTRIBUTES_UNFINISHED:
      return COT_RECORD_INCOMPLETE | COT_RECORD_OPEN_ENDED;
    case COT_CCM_ATTRIBUTES_CLOSED:
    default:
      return 0;
    }
}

/* FALSE where the record is no frame. */
static gboolean
read_message (const char *record, gsize length_bytes, Message *message, CotSpan *text)
{
  CotWindow window = { record, 0, length_bytes, TRUE };
  gsize opener = cot_skip_leading (&window);
  gsize from = opener + OPENER_BYTES;
  gsize end;

  if (!cot_starts_with (record, opener, length_bytes, OPENER, OPENER_BYTES))
    return FALSE;
  *message = find_message_end (record, from, length_bytes);
  end = message->end;
  if (message->how != MESSAGE_CLOSED)
    while (end > from && cot_is_filler (record[end - 1]) && !cot_is_blank (record[end - 1]))
      end--;
  *text = cot_span (record, from, end);
  return TRUE;
}

static void
ccm_parse_entry (const CotFormat *self, const char *record, gsize length_bytes, CotEntry *entry)
{
  Message message;
  CotSpan text;

  if (!read_message (record, length_bytes, &message, &text))
    {
      cot_parse_plain_line (record, length_bytes, entry);
      return;
    }
  cot_entry_clear (entry);
  entry->flags = COT_RECORD_FRAMED;
  if (message.how == MESSAGE_CLOSED)
    entry->flags |= parse_attributes (record, message.attributes, length_bytes, entry);
  else
    entry->flags |= COT_RECORD_INCOMPLETE | COT_RECORD_OPEN_ENDED;
  entry->message = text;
  if (cot_span_has_line_end (entry->message))
    entry->flags |= COT_RECORD_MULTI_LINE;
  entry->severity = severity_of (entry->type_text, entry->message);
}

/* Without the attributes, which take most of the time. */
static CotSpan
ccm_find_message (const CotFormat *self, const char *record, gsize length_bytes)
{
  Message message;
  CotEntry entry;
  CotSpan text;

  if (read_message (record, length_bytes, &message, &text))
    return text;
  cot_parse_plain_line (record, length_bytes, &entry);
  return entry.message;
}

/* A frame is seven rare bytes in a row, but a script that writes logs quotes it too. One that the
 * file begins with is surest of all: whatever its messages quote, the file is no other. */
static guint
ccm_bid (const char *head, gsize length_bytes)
{
  const CotWindow window = { head, 0, length_bytes, TRUE };
  gsize content = cot_skip_leading (&window);
  guint n_openers = 0, n_closers = 0, n_tails = 0;

  for (gsize i = 0; (i = cot_find_either (head, i, length_bytes, '<', '$')) < length_bytes; i++)
    {
      if (cot_starts_with (head, i, length_bytes, "$$<", 3))
        n_tails++;
      else if (cot_starts_with (head, i, length_bytes, OPENER, OPENER_BYTES))
        n_openers++;
      else if (i >= CLOSER_BYTES && memcmp (head + i - CLOSER_BYTES, CLOSER, CLOSER_BYTES) == 0)
        n_closers++;
    }
  if (n_openers + n_closers == 0 || n_tails > MAX (n_openers, n_closers))
    return 0;
  if (cot_starts_with (head, content, length_bytes, OPENER, OPENER_BYTES))
    return BITS_AT_START;
  return n_openers > 0 ? BITS : BITS_BY_CLOSER;
}

const CotFormat cot_format_ccm = {
  .id = "ccm",
  .name = "CCM",
  .bid = ccm_bid,
  .next_record = ccm_next_record,
  .parse_entry = ccm_parse_entry,
  .find_message = ccm_find_message,
};
