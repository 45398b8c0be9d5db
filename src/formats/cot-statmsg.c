/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-statmsg.h"

#include "cot-clock.h"

#include "cot-format-server-private.h"
#include "cot-lines-private.h"

/* STATMSG: ID=2301 SEV=I LEV=M SOURCE="SMS Server" COMP="SMS_DISTRIBUTION_MANAGER" SYS=... SITE=...
 * PID=924 TID=1424 GMTDATE=Tue Nov 18 09:12:41.327 2026 ISTR0="..." ... ISTR9="" NUMATTRS=0
 * LE=0X8007052e
 *
 * Fields are read by their names, in any order. A string in quotes may hold quotes: it ends at the
 * quote behind which a field begins, or the text ends. Newer writers put ">>" in front. */

#define MARK "STATMSG:"
#define MARK_BYTES 8
#define MAX_NAME_BYTES 16
#define MAX_ID 65535

static gsize
skip_filler (const char *text, gsize from, gsize to)
{
  while (from < to && cot_is_filler (text[from]))
    from++;
  return from;
}

/* NAME= at @from; @end is behind it. */
static gboolean
read_name (const char *text, gsize from, gsize to, CotSpan *name, gsize *end)
{
  gsize limit = MIN (to, from + MAX_NAME_BYTES);
  gsize i = from;

  while (i < limit && (g_ascii_isupper (text[i]) || g_ascii_isdigit (text[i])))
    i++;
  if (i == from || i == limit || text[i] != '=' || !g_ascii_isupper (text[from]))
    return FALSE;
  *name = cot_span (text, from, i);
  *end = i + 1;
  return TRUE;
}

/* Whether nothing follows, or the next field does. */
static gboolean
ends_value (const char *text, gsize from, gsize to)
{
  gsize next = skip_filler (text, from, to);
  CotSpan name;
  gsize end;

  return next == to || (next > from && read_name (text, next, to, &name, &end));
}

/* @from is behind the opening quote. */
static gsize
read_quoted (const char *text, gsize from, gsize to, CotSpan *value)
{
  gsize i = from;

  while (i < to)
    {
      const char *quote = memchr (text + i, '"', to - i);

      if (quote == NULL)
        break;
      i = (gsize) (quote - text);
      if (ends_value (text, i + 1, to))
        {
          *value = cot_span (text, from, i);
          return i + 1;
        }
      i++;
    }
  *value = cot_span (text, from, to);
  return to;
}

/* Of several words where it is a date. */
static gsize
read_bare (const char *text, gsize from, gsize to, CotSpan *value)
{
  gsize i = from;

  while (i < to)
    {
      if (!cot_is_filler (text[i]))
        i++;
      else if (ends_value (text, i, to))
        break;
      else
        i = skip_filler (text, i, to);
    }
  *value = cot_span (text, from, i);
  return i;
}

static CotSeverity
severity_of (CotSpan value)
{
  switch (value.length_bytes > 0 ? value.data[0] : '\0')
    {
    case 'E':
      return COT_SEVERITY_ERROR;
    case 'W':
      return COT_SEVERITY_WARNING;
    case 'I':
      return COT_SEVERITY_INFO;
    default:
      return COT_SEVERITY_UNKNOWN;
    }
}

static CotStatmsgKind
kind_of (CotSpan value)
{
  switch (value.length_bytes > 0 ? value.data[0] : '\0')
    {
    case 'M':
      return COT_STATMSG_KIND_MILESTONE;
    case 'D':
      return COT_STATMSG_KIND_DETAIL;
    case 'A':
      return COT_STATMSG_KIND_AUDIT;
    default:
      return COT_STATMSG_KIND_UNKNOWN;
    }
}

static gint64
read_date (CotSpan value)
{
  gint64 day_usec;
  CotClockTime time;

  if (!cot_server_parse_moment (value, &day_usec, &time))
    return COT_TIME_NONE;
  return day_usec + time.of_day_usec;
}

static CotSpan *
find_span (CotStatmsg *message, CotSpan name)
{
  const struct
  {
    const char *name;
    CotSpan *span;
  } spans[] = {
    { "SOURCE", &message->source }, { "COMP", &message->component },
    { "SYS", &message->system },    { "SITE", &message->site },
    { "PID", &message->process },   { "TID", &message->thread },
    { "LE", &message->last_error },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (spans); i++)
    if (cot_span_is (name, spans[i].name))
      return spans[i].span;
  if (name.length_bytes == 5 && cot_span_has_prefix (name, "ISTR") && name.data[4] >= '0'
      && name.data[4] <= '9')
    return &message->strings[name.data[4] - '0'];
  return NULL;
}

static void
take_field (CotStatmsg *message, CotSpan name, CotSpan value, gboolean *has_id)
{
  CotSpan *span = find_span (message, name);
  gint number;

  if (span != NULL)
    {
      if (span->data == NULL)
        *span = value;
    }
  else if (cot_span_is (name, "ID") && !*has_id)
    {
      *has_id = cot_span_to_number (value, &number) && number <= MAX_ID;
      message->id = *has_id ? (guint) number : 0;
    }
  else if (cot_span_is (name, "SEV"))
    message->severity = severity_of (value);
  else if (cot_span_is (name, "LEV"))
    message->kind = kind_of (value);
  else if (cot_span_is (name, "GMTDATE"))
    message->time_usec = read_date (value);
}

/**
 * cot_statmsg_parse:
 * @text: (array length=length_bytes) (nullable): the message of an entry
 * @length_bytes: its length
 * @message: (out caller-allocates): what it says; cleared where FALSE is returned
 *
 * Any thread.
 *
 * Returns: whether the text is a status message with an id
 */
gboolean
cot_statmsg_parse (const char *text, gsize length_bytes, CotStatmsg *message)
{
  gsize i = skip_filler (text, 0, length_bytes);
  gboolean has_id = FALSE;

  *message = (CotStatmsg){ .time_usec = COT_TIME_NONE };
  while (i < length_bytes && (text[i] == '>' || text[i] == '~'))
    i++;
  i = skip_filler (text, i, length_bytes);
  if (!cot_starts_with (text, i, length_bytes, MARK, MARK_BYTES))
    return FALSE;
  i += MARK_BYTES;
  for (;;)
    {
      CotSpan name, value;
      gsize end;

      i = skip_filler (text, i, length_bytes);
      if (!read_name (text, i, length_bytes, &name, &end))
        break;
      if (end < length_bytes && text[end] == '"')
        i = read_quoted (text, end + 1, length_bytes, &value);
      else
        i = read_bare (text, end, length_bytes, &value);
      take_field (message, name, value, &has_id);
    }
  if (!has_id)
    *message = (CotStatmsg){ .time_usec = COT_TIME_NONE };
  return has_id;
}

/**
 * cot_statmsg_judge:
 * @message: that of an entry whose writer says nothing of severity
 *
 * Only status messages say how bad they are; other texts are judged by their words, as CMTrace
 * does. Any thread.
 *
 * Returns: how bad the entry is
 */
CotSeverity
cot_statmsg_judge (CotSpan message)
{
  CotStatmsg status;

  if (cot_statmsg_parse (message.data, message.length_bytes, &status)
      && status.severity != COT_SEVERITY_UNKNOWN)
    return status.severity;
  return cot_severity_from_words (message.data, message.length_bytes);
}
