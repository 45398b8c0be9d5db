/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-event-export.h"

#include <string.h>

#include "cot-lines-private.h"
#include "cot-report-rows-private.h"
#include "cot-stamp-private.h"

/* The columns of Event Viewer, named in the first line in the language of the computer: level, or
 * keywords, date and time, source, event ID, task category. The text of the event stands behind
 * them and has no name; it may have several lines, and then it has quotes around it. */

#define N_NAMED 5
#define MAX_LEVEL_BYTES 60
#define MAX_SOURCE_BYTES 260
#define MAX_ID_BYTES 10
#define MAX_CATEGORY_BYTES 260
/* How often it is asked whether anybody waits for it still. */
#define EVENTS_A_LOOK 4096

typedef struct
{
  const char *text;
  gsize length_bytes;
  gsize at;
  char separator;
  /* A quote was opened that never closes: from there on quotes are nothing special. To look for the
   * end of each of them would take the time of the square. */
  gboolean quotes_are_plain;
} Reader;

typedef struct
{
  CotStamp stamp;
  gboolean has_time; /* else it is a line that belongs to no event */
  CotSpan level;
  CotSpan source;
  CotSpan id;
  CotSpan category;
  CotSpan message;
  gboolean has_quotes; /* two of them in the message are one */
  CotSpan rest; /* lines behind it */
} Event;

static gboolean
is_line_end (char byte)
{
  return byte == '\r' || byte == '\n';
}

/* Behind the quote that closes the one at @from, or @from where there is none. */
static gsize
find_closing (Reader *self, gsize from)
{
  gsize i = from + 1;

  while (i < self->length_bytes)
    {
      const char *quote = memchr (self->text + i, '"', self->length_bytes - i);

      if (quote == NULL)
        break;
      i = (gsize) (quote - self->text) + 1;
      if (i == self->length_bytes || self->text[i] != '"')
        return i;
      i++;
    }
  self->quotes_are_plain = TRUE;
  return from;
}

static gboolean
ends_field (const Reader *self, gsize at, gboolean is_rest)
{
  return at == self->length_bytes || is_line_end (self->text[at])
         || (!is_rest && self->text[at] == self->separator);
}

/* One field, and what separates it from the next. @is_rest: to the end of the line, whatever
 * separators are in it. Returns whether another field follows. */
static gboolean
read_field (Reader *self, gboolean is_rest, CotSpan *field, gboolean *has_quotes)
{
  gsize from = self->at;
  gsize end = from;

  if (from < self->length_bytes && self->text[from] == '"' && !self->quotes_are_plain)
    end = find_closing (self, from);
  /* Where more stands behind them, they are part of the text. */
  *has_quotes = end > from && ends_field (self, end, is_rest);
  if (*has_quotes)
    *field = (CotSpan){ self->text + from + 1, end - from - 2 };
  else
    {
      for (end = from; !ends_field (self, end, is_rest);)
        end++;
      *field = (CotSpan){ self->text + from, end - from };
    }
  self->at = end;
  if (end == self->length_bytes || is_line_end (self->text[end]))
    return FALSE;
  self->at++;
  return TRUE;
}

static void
skip_line_end (Reader *self)
{
  while (self->at < self->length_bytes && is_line_end (self->text[self->at]))
    self->at++;
}

static gboolean
is_event_id (CotSpan text)
{
  gint number;

  return text.length_bytes > 0 && text.length_bytes <= MAX_ID_BYTES
         && cot_span_to_number (text, &number);
}

static gboolean
read_stamp (CotSpan text, CotStamp *stamp)
{
  return text.length_bytes > 0 && text.length_bytes <= COT_STAMP_MAX_BYTES
         && cot_stamp_read (text.data, 0, text.length_bytes, stamp)
         && stamp->end == text.length_bytes && stamp->kind != COT_STAMP_CLOCK
         && stamp->of_day_usec != COT_TIME_NONE;
}

static gboolean read_event (Reader *self, Event *event);

/* A quote that somebody forgot to close ends at the next event's: then that one begins inside. */
static gboolean
holds_event (const Reader *self, CotSpan message)
{
  const char *line = message.data + message.length_bytes;
  Reader reader = *self;
  Event event;

  while (line > message.data && !is_line_end (line[-1]))
    line--;
  reader.at = (gsize) (line - self->text);
  reader.quotes_are_plain = TRUE;
  return line > message.data && read_event (&reader, &event);
}

static void
read_message (Reader *self, Event *event)
{
  gboolean quotes_are_plain = self->quotes_are_plain;
  gsize from = self->at;

  read_field (self, TRUE, &event->message, &event->has_quotes);
  if (!event->has_quotes || !holds_event (self, event->message))
    return;
  self->at = from;
  self->quotes_are_plain = TRUE;
  read_field (self, TRUE, &event->message, &event->has_quotes);
  self->quotes_are_plain = quotes_are_plain;
}

/* FALSE, and nothing read, where no event begins. */
static gboolean
read_event (Reader *self, Event *event)
{
  CotSpan named[N_NAMED];
  gsize from = self->at;
  gboolean has_more = TRUE;
  gboolean has_quotes;
  guint n = 0;

  *event = (Event){ .has_time = TRUE };
  for (; n < N_NAMED && has_more; n++)
    has_more = read_field (self, FALSE, &named[n], &has_quotes);
  if (n == N_NAMED && named[0].length_bytes <= MAX_LEVEL_BYTES
      && named[2].length_bytes <= MAX_SOURCE_BYTES && named[4].length_bytes <= MAX_CATEGORY_BYTES
      && is_event_id (named[3]) && read_stamp (named[1], &event->stamp))
    {
      event->level = named[0];
      event->source = named[2];
      event->id = named[3];
      /* Other tables of this shape have their text there. */
      if (!has_more)
        event->message = named[4];
      else
        {
          event->category = named[4];
          read_message (self, event);
        }
      skip_line_end (self);
      return TRUE;
    }
  self->at = from;
  return FALSE;
}

static CotSpan
read_line (Reader *self)
{
  gsize from = self->at;
  CotSpan line;

  while (self->at < self->length_bytes && !is_line_end (self->text[self->at]))
    self->at++;
  line = (CotSpan){ self->text + from, self->at - from };
  skip_line_end (self);
  return line;
}

/* A line that begins no event goes on with the one above it. */
static void
take_line (GArray *events, CotSpan line)
{
  Event *last = events->len > 0 ? &g_array_index (events, Event, events->len - 1) : NULL;

  if (line.length_bytes == 0)
    return;
  if (last == NULL)
    {
      Event event = { .message = line };

      g_array_append_val (events, event);
    }
  else if (last->rest.data == NULL)
    last->rest = line;
  else
    last->rest.length_bytes = (gsize) (line.data + line.length_bytes - last->rest.data);
}

static gint64
get_time (const Event *event, CotDateOrder order)
{
  return event->has_time ? cot_stamp_get_time (&event->stamp, order, 0) : COT_TIME_NONE;
}

/* How often time goes forward and back from an event to the next. */
typedef struct
{
  guint n_forward;
  guint n_back;
} Course;

static Course
follow_times (const GArray *events, CotDateOrder order)
{
  Course course = { 0, 0 };
  gint64 before_usec = COT_TIME_NONE;

  for (guint i = 0; i < events->len; i++)
    {
      gint64 time_usec = get_time (&g_array_index (events, Event, i), order);

      if (time_usec == COT_TIME_NONE)
        continue;
      course.n_forward += before_usec != COT_TIME_NONE && time_usec > before_usec;
      course.n_back += before_usec != COT_TIME_NONE && time_usec < before_usec;
      before_usec = time_usec;
    }
  return course;
}

/* A number above 12 is no month. Where there is none, the reading is right in which time keeps its
 * direction; where it does in both, slashes mean the month first, and dots the day. */
static CotDateOrder
judge_order (const GArray *events)
{
  Course month_first = follow_times (events, COT_DATE_ORDER_MONTH_FIRST);
  Course day_first = follow_times (events, COT_DATE_ORDER_DAY_FIRST);
  guint n_turns[] = { MIN (month_first.n_forward, month_first.n_back),
                      MIN (day_first.n_forward, day_first.n_back) };
  guint n_above_12[2] = { 0, 0 };
  guint n_dots = 0;

  for (guint i = 0; i < events->len; i++)
    {
      const CotStamp *stamp = &g_array_index (events, Event, i).stamp;

      if (stamp->kind != COT_STAMP_SLASHES && stamp->kind != COT_STAMP_DOTS)
        continue;
      n_dots += stamp->kind == COT_STAMP_DOTS;
      n_above_12[0] += stamp->first > 12 && stamp->second <= 12;
      n_above_12[1] += stamp->second > 12 && stamp->first <= 12;
    }
  if (n_above_12[0] != n_above_12[1])
    return n_above_12[0] > n_above_12[1] ? COT_DATE_ORDER_DAY_FIRST : COT_DATE_ORDER_MONTH_FIRST;
  if (n_turns[0] != n_turns[1])
    return n_turns[0] > n_turns[1] ? COT_DATE_ORDER_DAY_FIRST : COT_DATE_ORDER_MONTH_FIRST;
  return n_dots > 0 ? COT_DATE_ORDER_DAY_FIRST : COT_DATE_ORDER_MONTH_FIRST;
}

/* As Windows calls them in English, German, French, Spanish, Italian, Portuguese, and Dutch. */
static CotSeverity
judge_level (CotSpan level)
{
  static const struct
  {
    const char *start;
    CotSeverity severity;
  } levels[] = {
    { "crit", COT_SEVERITY_ERROR },
    { "krit", COT_SEVERITY_ERROR },
    { "cr\u00ed", COT_SEVERITY_ERROR },
    { "err", COT_SEVERITY_ERROR },
    { "feh", COT_SEVERITY_ERROR },
    { "fou", COT_SEVERITY_ERROR },
    { "warn", COT_SEVERITY_WARNING },
    { "waar", COT_SEVERITY_WARNING },
    { "aver", COT_SEVERITY_WARNING },
    { "adver", COT_SEVERITY_WARNING },
    { "avvi", COT_SEVERITY_WARNING },
    { "aviso", COT_SEVERITY_WARNING },
    { "audit failure", COT_SEVERITY_WARNING },
    { "audit success", COT_SEVERITY_INFO },
    { "inf", COT_SEVERITY_INFO },
    { "verb", COT_SEVERITY_VERBOSE },
    { "ausf", COT_SEVERITY_VERBOSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    if (level.length_bytes >= strlen (levels[i].start)
        && g_ascii_strncasecmp (level.data, levels[i].start, strlen (levels[i].start)) == 0)
      return levels[i].severity;
  return COT_SEVERITY_UNKNOWN;
}

static void
append_unquoted (GString *into, const Event *event)
{
  const char *at = event->message.data;
  const char *end = at + event->message.length_bytes;

  while (at < end)
    {
      const char *quote
          = event->has_quotes ? memchr (at, '"', (gsize) (end - at)) : NULL;
      const char *stop = quote != NULL ? quote + 1 : end;

      g_string_append_len (into, at, stop - at);
      at = quote != NULL && stop < end && *stop == '"' ? stop + 1 : stop;
    }
}

/* Room that is used for all events. */
typedef struct
{
  GString *context;
  GString *origin;
  GString *message;
} Room;

static void
append_span (GString *into, CotSpan span)
{
  g_string_append_len (into, span.data, (gssize) span.length_bytes);
}

static void
add_event (CotReportRows *rows, const Event *event, CotDateOrder order, Room *room)
{
  CotRow row = { .time_usec = get_time (event, order),
                 .bias_minutes = event->has_time ? event->stamp.bias_minutes : COT_BIAS_NONE,
                 .severity = event->has_time ? judge_level (event->level) : COT_SEVERITY_INFO,
                 .component = event->source };

  g_string_truncate (room->context, 0);
  g_string_truncate (room->origin, 0);
  g_string_truncate (room->message, 0);
  if (event->has_time)
    {
      append_span (room->context, event->level);
      if (event->category.length_bytes > 0)
        g_string_append (room->context, ", ");
      append_span (room->context, event->category);
      append_span (room->origin, event->source);
      g_string_append_c (room->origin, ':');
      append_span (room->origin, event->id);
      g_string_append (room->message, "Event ID ");
      append_span (room->message, event->id);
      g_string_append (room->message, ": ");
    }
  append_unquoted (room->message, event);
  if (event->rest.length_bytes > 0)
    {
      g_string_append_c (room->message, '\n');
      append_span (room->message, event->rest);
    }
  row.context = cot_report_span (room->context);
  row.origin = cot_report_span (room->origin);
  row.message = cot_report_span (room->message);
  cot_report_rows_add_row (rows, &row);
}

typedef struct
{
  gint64 time_usec;
  guint index;
} Place;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *first = a;
  const Place *second = b;

  if (first->time_usec != second->time_usec)
    return first->time_usec < second->time_usec ? -1 : 1;
  return (first->index > second->index) - (first->index < second->index);
}

/* (element-type Place) (transfer full): the events in the order in which they happened. What has no
 * time stays with what stands before it. */
static GArray *
list_places (const GArray *events, CotDateOrder order, gboolean is_newest_first,
             gboolean is_sorted)
{
  GArray *places = g_array_sized_new (FALSE, FALSE, sizeof (Place), events->len);
  gint64 before_usec = G_MININT64;

  for (guint i = 0; i < events->len; i++)
    {
      guint index = is_newest_first ? events->len - 1 - i : i;
      gint64 time_usec = get_time (&g_array_index (events, Event, index), order);
      Place place;

      before_usec = time_usec != COT_TIME_NONE ? time_usec : before_usec;
      place = (Place){ before_usec, i };
      g_array_append_val (places, place);
    }
  if (!is_sorted)
    g_array_sort (places, compare_places);
  for (guint i = 0; is_newest_first && i < places->len; i++)
    {
      Place *place = &g_array_index (places, Place, i);

      place->index = events->len - 1 - place->index;
    }
  return places;
}

static void
add_events (CotReportRows *rows, const GArray *events, gboolean is_cut)
{
  CotDateOrder order = judge_order (events);
  Course course = follow_times (events, order);
  gboolean is_newest_first = course.n_forward <= course.n_back;
  gboolean is_sorted = course.n_forward == 0 || course.n_back == 0;
  g_autoptr (GArray) places = list_places (events, order, is_newest_first, is_sorted);
  Room room = { g_string_new (NULL), g_string_new (NULL), g_string_new (NULL) };
  const char *sentence = is_newest_first ? "The file is too large: older events are left out."
                                         : "The file is too large: newer events are left out.";

  if (is_cut)
    cot_report_rows_add (rows, COT_SEVERITY_WARNING, (CotSpan){ "", 0 }, (CotSpan){ "", 0 },
                         (CotSpan){ sentence, strlen (sentence) });
  for (guint i = 0; i < places->len && !cot_report_rows_is_done (rows); i++)
    add_event (rows, &g_array_index (events, Event, g_array_index (places, Place, i).index), order,
               &room);
  g_string_free (room.context, TRUE);
  g_string_free (room.origin, TRUE);
  g_string_free (room.message, TRUE);
}

/* Behind the line that names the columns. */
static gboolean
begin (Reader *self, const char *text, gsize length_bytes)
{
  static const char separators[] = { ',', '\t', ';' };
  gsize from = cot_content_start (text, length_bytes);

  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      CotSpan name = { NULL, 0 };
      CotStamp stamp;
      gboolean has_quotes;
      guint n = 0;
      gboolean has_more = TRUE;

      *self = (Reader){ text, length_bytes, from, separators[i], FALSE };
      for (; has_more && n <= N_NAMED; n++)
        {
          has_more = read_field (self, FALSE, &name, &has_quotes);
          if (name.length_bytes == 0 || name.length_bytes > MAX_LEVEL_BYTES
              || read_stamp (name, &stamp) || is_event_id (name))
            break;
        }
      if (n < N_NAMED || has_more)
        continue;
      skip_line_end (self);
      return TRUE;
    }
  return FALSE;
}

static gboolean
claims (const char *head, gsize length_bytes)
{
  Reader reader;
  Event event;

  return begin (&reader, head, length_bytes) && read_event (&reader, &event);
}

static gboolean
convert (CotSource *from, CotSpool *into, GCancellable *cancellable, GError **error)
{
  gboolean is_cut = FALSE;
  g_autoptr (GString) text = cot_report_read (from, &is_cut, cancellable, error);
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (Event));
  CotReportRows rows;
  Reader reader;

  if (text == NULL)
    return FALSE;
  if (!begin (&reader, text->str, text->len))
    reader = (Reader){ text->str, text->len, 0, ',', FALSE };
  while (reader.at < reader.length_bytes)
    {
      Event event;

      if (events->len % EVENTS_A_LOOK == 0
          && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (read_event (&reader, &event))
        g_array_append_val (events, event);
      else
        take_line (events, read_line (&reader));
    }
  cot_report_rows_init (&rows, into, text->len, cancellable);
  add_events (&rows, events, is_cut);
  return cot_report_rows_finish (&rows, error);
}

const CotConversion cot_conversion_event_export = {
  .format = {
    .id = "event-export",
    .name = "Event log saved as text",
    .bid = cot_rows_bid,
    .next_record = cot_rows_next_record,
    .parse_entry = cot_rows_parse_entry,
  },
  .claims = claims,
  .convert = convert,
};
