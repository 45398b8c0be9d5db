/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include "cot-clock.h"

#include "cot-format-w3c-private.h"
#include "cot-lines-private.h"

/* The W3C extended log format, as IIS, HTTP.sys and the Windows firewall write it:
 *
 *   #Software: Microsoft Internet Information Services 10.0
 *   #Fields: date time s-ip cs-method cs-uri-stem ...
 *   2026-11-18 14:12:41 192.0.2.1 GET /index.htm ...
 *
 * A blank parts the values, "-" stands for none, and only some writers quote. Times are in UTC,
 * but for the firewall, which says "#Time Format: Local".
 *
 * Columns are known from the "#Fields:" lines that the format learns of. A file gets a new one
 * whenever the service starts or its settings change, and a record does not know which one stands
 * above it: it is read by the first layout that has its number of columns and finds a date, a time
 * and a status where they belong. Two layouts that differ in neither are told apart by nothing. */
#define FIELDS "#Fields:"
#define FIELDS_BYTES 8
#define LOCAL "#Time Format: Local"
#define DATE "#Date: "
#define SOFTWARE "#Software:"
#define BITS 42 /* one line that any text may quote */
#define BITS_BY_SOFTWARE 24 /* the columns come later, or never */

static gboolean
is_directive (const char *data, gsize from, gsize to, const char *name)
{
  return cot_span_has_prefix (cot_span (data, from, to), name);
}

static gboolean
fits (const CotW3cLine *line, const CotW3cLayout *layout)
{
  CotSpan date = cot_w3c_get_value (line, layout, COT_W3C_DATE);
  CotSpan time = cot_w3c_get_value (line, layout, COT_W3C_TIME);
  CotSpan status = cot_w3c_get_value (line, layout, COT_W3C_STATUS);
  gint number;

  return line->n_values == layout->n_columns
         && (date.data == NULL || cot_has_shape (date.data, 0, date.length_bytes, "9999-99-99"))
         && (time.data == NULL || cot_has_shape (time.data, 0, time.length_bytes, "99:99:99"))
         && (status.data == NULL || cot_span_to_number (status, &number));
}

static const CotW3cLayout *
find_layout (const CotW3cContext *context, const CotW3cLine *line)
{
  for (guint i = 0; context != NULL && i < context->n_layouts; i++)
    if (fits (line, &context->layouts[i]))
      return &context->layouts[i];
  return NULL;
}

static void
set_time (const CotW3cContext *context, CotSpan date, CotSpan time, CotEntry *entry)
{
  gint64 day_usec = context != NULL ? context->day_usec : COT_TIME_NONE;
  CotClockTime of_day;

  if (time.data == NULL || !cot_clock_parse_time (time.data, time.length_bytes, &of_day)
      || (date.data != NULL && !cot_clock_parse_date (date.data, date.length_bytes, &day_usec))
      || day_usec == COT_TIME_NONE)
    return;
  entry->time_usec = day_usec + of_day.of_day_usec;
  if (context == NULL || !context->is_local)
    entry->bias_minutes = 0;
}

/* Without columns, what is surely there: a date and a time in front. */
static gsize
parse_unknown (const CotW3cContext *context, const CotW3cLine *line, CotEntry *entry)
{
  CotSpan date = line->n_values > 2 ? line->values[0] : (CotSpan){ NULL, 0 };
  CotSpan time = line->n_values > 2 ? line->values[1] : (CotSpan){ NULL, 0 };

  if (date.data == NULL || !cot_has_shape (date.data, 0, date.length_bytes, "9999-99-99")
      || !cot_has_shape (time.data, 0, time.length_bytes, "99:99:99"))
    return 0;
  set_time (context, date, time, entry);
  return 2;
}

static void
parse_values (const CotW3cContext *context, const CotW3cLayout *layout, const CotW3cLine *line,
              CotEntry *entry)
{
  CotSpan process = cot_w3c_get_value (line, layout, COT_W3C_PROCESS);

  set_time (context, cot_w3c_get_value (line, layout, COT_W3C_DATE),
            cot_w3c_get_value (line, layout, COT_W3C_TIME), entry);
  entry->component = cot_w3c_get_value (line, layout, COT_W3C_SITE);
  entry->origin = cot_w3c_get_value (line, layout, COT_W3C_CLIENT);
  entry->context = cot_w3c_get_value (line, layout, COT_W3C_USER);
  entry->thread = process;
  entry->type_text = cot_w3c_get_value (line, layout, COT_W3C_STATUS);
  if (entry->type_text.data == NULL)
    entry->type_text = cot_w3c_get_value (line, layout, COT_W3C_ACTION);
  entry->severity = cot_w3c_get_severity (line, layout);
}

/* The columns in front of the message are shown as columns. Where people read what is composed,
 * only detectors look at the message, and they know the line as it is written. */
static gsize
count_leading (const CotW3cLayout *layout)
{
  gsize n = 0;

  if (cot_w3c_is_request (layout) || cot_w3c_is_packet (layout))
    return 0;
  while (n < layout->n_columns
         && (layout->index_of[COT_W3C_DATE] == n + 1 || layout->index_of[COT_W3C_TIME] == n + 1
             || layout->index_of[COT_W3C_SITE] == n + 1))
    n++;
  return n;
}

static void
w3c_parse_entry (const CotFormat *self, const char *record, gsize length_bytes, CotEntry *entry)
{
  const CotW3cContext *context = self->context;
  gsize start = cot_content_start (record, length_bytes);
  gsize line_end = cot_find_line_end (record, start, length_bytes);
  const CotW3cLayout *layout;
  CotW3cLine line;
  gsize n_leading;

  if (start == line_end || record[start] == '#')
    {
      cot_parse_plain_line (record, length_bytes, entry);
      entry->severity = COT_SEVERITY_INFO;
      return;
    }
  cot_entry_clear (entry);
  cot_w3c_split (record, start, line_end, &line);
  layout = find_layout (context, &line);
  if (layout != NULL)
    {
      parse_values (context, layout, &line, entry);
      n_leading = count_leading (layout);
    }
  else
    {
      n_leading = parse_unknown (context, &line, entry);
    }
  if (layout == NULL && n_leading == 0)
    {
      /* Nothing is known of it. */
      cot_parse_plain_line (record, length_bytes, entry);
      return;
    }
  if (n_leading > 0 && n_leading < line.n_values)
    start = (gsize) (line.values[n_leading].data - record);
  cot_entry_set_message (entry, record, start, length_bytes);
  if (layout == NULL)
    entry->severity
        = cot_severity_from_words (entry->message.data, entry->message.length_bytes);
}

static gboolean
w3c_compose (const CotFormat *self, const char *record, gsize length_bytes, GString *message)
{
  gsize start = cot_content_start (record, length_bytes);
  gsize line_end = cot_find_line_end (record, start, length_bytes);
  const CotW3cLayout *layout;
  CotW3cLine line;

  if (start == line_end || record[start] == '#')
    return FALSE;
  cot_w3c_split (record, start, line_end, &line);
  layout = find_layout (self->context, &line);
  return layout != NULL && cot_w3c_compose (&line, layout, message);
}

static guint
w3c_bid (const char *head, gsize length_bytes)
{
  gsize i = cot_content_start (head, length_bytes);
  guint bits = 0;

  /* The directives stand first, but a copy may begin anywhere. */
  for (guint n = 0; i < length_bytes && n < COT_BID_MAX_LINES; n++)
    {
      gsize line_end = cot_find_line_end (head, i, length_bytes);

      if (is_directive (head, i, line_end, FIELDS))
        return BITS;
      if (n == 0 && is_directive (head, i, line_end, SOFTWARE))
        bits = BITS_BY_SOFTWARE;
      for (i = line_end; i < length_bytes && cot_is_filler (head[i]);)
        i++;
    }
  return bits;
}

static void
add_layout (CotW3cContext *context, CotSpan names)
{
  CotW3cLayout layout;

  if (context->n_layouts == COT_W3C_MAX_LAYOUTS || !cot_w3c_read_layout (names, &layout))
    return;
  for (guint i = 0; i < context->n_layouts; i++)
    if (memcmp (&context->layouts[i], &layout, sizeof layout) == 0)
      return;
  context->layouts[context->n_layouts++] = layout;
}

/* What is learnt, and what is known only on the way. */
typedef struct
{
  CotW3cContext context;
  gboolean many_days; /* the dates of the file differ */
} Learner;

static void
add_date (Learner *learner, CotSpan text)
{
  CotW3cContext *context = &learner->context;
  gint64 day_usec;

  if (text.length_bytes < 10 || !cot_clock_parse_date (text.data, 10, &day_usec))
    return;
  learner->many_days |= context->day_usec != COT_TIME_NONE && context->day_usec != day_usec;
  context->day_usec = day_usec;
}

/* Blocks of the middle begin inside a line, which a directive cannot. */
static void
learn_block (Learner *learner, CotSpan block)
{
  const char *data = block.data;
  gsize to = block.length_bytes;

  for (gsize i = cot_content_start (data, to); i < to;)
    {
      gsize line_end = cot_find_line_end (data, i, to);

      /* A line that the block cuts may lack columns. */
      if (is_directive (data, i, line_end, FIELDS) && line_end < to)
        add_layout (&learner->context, cot_span (data, i + FIELDS_BYTES, line_end));
      else if (is_directive (data, i, line_end, LOCAL))
        learner->context.is_local = TRUE;
      else if (is_directive (data, i, line_end, DATE))
        add_date (learner, cot_span (data, i + strlen (DATE), line_end));
      for (i = line_end; i < to && cot_is_filler (data[i]);)
        i++;
    }
}

static const CotFormat *
w3c_learn (const CotFormat *self, const CotSpan *blocks, guint n_blocks)
{
  g_autofree Learner *learner = g_new0 (Learner, 1);
  CotW3cContext *context = &learner->context;

  context->day_usec = COT_TIME_NONE;
  for (guint i = 0; i < n_blocks; i++)
    learn_block (learner, blocks[i]);
  /* The service was started on several days, and a line does not tell on which it was written. */
  if (learner->many_days)
    context->day_usec = COT_TIME_NONE;
  if (context->n_layouts == 0 && !context->is_local && context->day_usec == COT_TIME_NONE)
    return &cot_format_w3c;
  return cot_format_intern (&cot_format_w3c, context, sizeof *context);
}

const CotFormat cot_format_w3c = {
  .id = "w3c",
  .name = "W3C (IIS, firewall)",
  .bid = w3c_bid,
  .next_record = cot_line_next_record,
  .parse_entry = w3c_parse_entry,
  .learn = w3c_learn,
  .compose = w3c_compose,
};
