/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format-w3c-private.h"

#include "cot-lines-private.h"

/* In the order of preference where two names mean one thing. */
static const struct
{
  const char *name;
  CotW3cColumn column;
} names[] = {
  { "date", COT_W3C_DATE },
  { "time", COT_W3C_TIME },
  { "s-sitename", COT_W3C_SITE },
  { "s-siteid", COT_W3C_SITE },
  { "cs-method", COT_W3C_METHOD },
  { "cs-uri-stem", COT_W3C_STEM },
  { "cs-uri", COT_W3C_STEM },
  { "cs-uri-query", COT_W3C_QUERY },
  { "cs-username", COT_W3C_USER },
  { "c-ip", COT_W3C_CLIENT },
  { "sc-status", COT_W3C_STATUS },
  { "sc-substatus", COT_W3C_SUBSTATUS },
  { "sc-win32-status", COT_W3C_WIN32_STATUS },
  { "time-taken", COT_W3C_TIME_TAKEN },
  { "s-reason", COT_W3C_REASON },
  { "action", COT_W3C_ACTION },
  { "protocol", COT_W3C_PROTOCOL },
  { "src-ip", COT_W3C_CLIENT },
  { "dst-ip", COT_W3C_TARGET },
  { "src-port", COT_W3C_CLIENT_PORT },
  { "dst-port", COT_W3C_TARGET_PORT },
  { "path", COT_W3C_PATH },
  { "pid", COT_W3C_PROCESS },
};

/* Behind a quoted value, from its opening quote; @to where it is not closed. */
static gsize
skip_quoted (const char *data, gsize from, gsize to)
{
  for (gsize i = from + 1; i < to; i++)
    if (data[i] == '"' && (i + 1 == to || cot_is_blank (data[i + 1])))
      return i + 1;
  return to;
}

void
cot_w3c_split (const char *data, gsize from, gsize to, CotW3cLine *line)
{
  gsize i = cot_skip_blanks (data, from, to);

  line->n_values = 0;
  while (i < to)
    {
      gboolean quoted = data[i] == '"';
      gsize end = quoted ? skip_quoted (data, i, to) : cot_skip_word (data, i, to);
      gboolean closed = quoted && end - i > 1 && data[end - 1] == '"';

      if (line->n_values < COT_W3C_MAX_COLUMNS)
        line->values[line->n_values] = cot_span (data, closed ? i + 1 : i, closed ? end - 1 : end);
      line->n_values++;
      i = cot_skip_blanks (data, end, to);
    }
}

gboolean
cot_w3c_read_layout (CotSpan text, CotW3cLayout *layout)
{
  gboolean known = FALSE;
  CotW3cLine line;

  memset (layout, 0, sizeof *layout);
  cot_w3c_split (text.data, 0, text.length_bytes, &line);
  if (line.n_values > COT_W3C_MAX_COLUMNS)
    return FALSE;
  layout->n_columns = (guint8) line.n_values;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint j = 0; j < line.n_values; j++)
      if (layout->index_of[names[i].column] == 0 && cot_span_is (line.values[j], names[i].name))
        {
          layout->index_of[names[i].column] = (guint8) (j + 1);
          known = TRUE;
        }
  return known;
}

/* "-" stands for none. */
CotSpan
cot_w3c_get_value (const CotW3cLine *line, const CotW3cLayout *layout, CotW3cColumn column)
{
  guint index = layout->index_of[column];
  CotSpan none = { NULL, 0 };

  if (index == 0 || index > line->n_values || index > COT_W3C_MAX_COLUMNS)
    return none;
  return cot_span_is (line->values[index - 1], "-") ? none : line->values[index - 1];
}

/* The first answers of Kerberos and NTLM are 401.2 and 401.1 without a password having been wrong:
 * SEC_E_NO_CREDENTIALS, ERROR_ACCESS_DENIED. */
static gboolean
is_challenge (gint substatus, CotSpan win32_status)
{
  return substatus == 2
         || (win32_status.data != NULL
             && (cot_span_is (win32_status, "5") || cot_span_is (win32_status, "2148074254")));
}

CotSeverity
cot_w3c_get_severity (const CotW3cLine *line, const CotW3cLayout *layout)
{
  CotSpan action = cot_w3c_get_value (line, layout, COT_W3C_ACTION);
  gint status = 0, substatus = 0;

  if (action.data != NULL)
    return cot_span_has_prefix (action, "DROP") || cot_span_is (action, "INFO-EVENTS-LOST")
               ? COT_SEVERITY_WARNING
               : COT_SEVERITY_INFO;
  cot_span_to_number (cot_w3c_get_value (line, layout, COT_W3C_STATUS), &status);
  cot_span_to_number (cot_w3c_get_value (line, layout, COT_W3C_SUBSTATUS), &substatus);
  if (status >= 500)
    return COT_SEVERITY_ERROR;
  if (status == 401
      && is_challenge (substatus, cot_w3c_get_value (line, layout, COT_W3C_WIN32_STATUS)))
    return COT_SEVERITY_INFO;
  /* HTTP.sys notes connections that ended without a request: no status. */
  return status >= 400 ? COT_SEVERITY_WARNING : COT_SEVERITY_INFO;
}

/* The value of @column, if there is one, between @before and @after. */
static gboolean
append (GString *into, const CotW3cLine *line, const CotW3cLayout *layout, CotW3cColumn column,
        const char *before, const char *after)
{
  CotSpan value = cot_w3c_get_value (line, layout, column);

  if (value.length_bytes == 0)
    return FALSE;
  g_string_append (into, before);
  g_string_append_len (into, value.data, (gssize) value.length_bytes);
  g_string_append (into, after);
  return TRUE;
}

/* "DROP UDP 192.0.2.7:68 to 192.0.2.9:67 RECEIVE" */
static void
compose_packet (const CotW3cLine *line, const CotW3cLayout *layout, GString *message)
{
  append (message, line, layout, COT_W3C_ACTION, "", "");
  append (message, line, layout, COT_W3C_PROTOCOL, " ", "");
  if (append (message, line, layout, COT_W3C_CLIENT, " ", ""))
    append (message, line, layout, COT_W3C_CLIENT_PORT, ":", "");
  if (append (message, line, layout, COT_W3C_TARGET, " to ", ""))
    append (message, line, layout, COT_W3C_TARGET_PORT, ":", "");
  append (message, line, layout, COT_W3C_PATH, " ", "");
}

static void
compose_request (const CotW3cLine *line, const CotW3cLayout *layout, GString *message)
{
  CotSpan win32_status = cot_w3c_get_value (line, layout, COT_W3C_WIN32_STATUS);

  append (message, line, layout, COT_W3C_METHOD, "", "");
  append (message, line, layout, COT_W3C_STEM, message->len > 0 ? " " : "", "");
  append (message, line, layout, COT_W3C_QUERY, "?", "");
  if (append (message, line, layout, COT_W3C_STATUS, message->len > 0 ? " " : "", ""))
    append (message, line, layout, COT_W3C_SUBSTATUS, ".", "");
  if (win32_status.data != NULL && !cot_span_is (win32_status, "0"))
    append (message, line, layout, COT_W3C_WIN32_STATUS, " (", ")");
  append (message, line, layout, COT_W3C_REASON, message->len > 0 ? " " : "", "");
  append (message, line, layout, COT_W3C_TIME_TAKEN, " ", " ms");
  append (message, line, layout, COT_W3C_CLIENT, " from ", "");
}

gboolean
cot_w3c_compose (const CotW3cLine *line, const CotW3cLayout *layout, GString *message)
{
  gboolean is_request = layout->index_of[COT_W3C_STEM] != 0 || layout->index_of[COT_W3C_STATUS] != 0
                        || layout->index_of[COT_W3C_REASON] != 0;

  if (layout->index_of[COT_W3C_ACTION] != 0 && !is_request)
    compose_packet (line, layout, message);
  else if (is_request)
    compose_request (line, layout, message);
  return message->len > 0;
}
