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
  if (text.length_bytes < sizeof layout->names)
    memcpy (layout->names, text.data, text.length_bytes);
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

gboolean
cot_w3c_is_request (const CotW3cLayout *layout)
{
  return layout->index_of[COT_W3C_STEM] != 0 || layout->index_of[COT_W3C_STATUS] != 0
         || layout->index_of[COT_W3C_REASON] != 0;
}

gboolean
cot_w3c_is_packet (const CotW3cLayout *layout)
{
  return layout->index_of[COT_W3C_ACTION] != 0 && !cot_w3c_is_request (layout);
}

typedef struct
{
  const CotW3cLine *line;
  const CotW3cLayout *layout;
  GString *message;
  guint64 done; /* a bit a column */
} Composer;

G_STATIC_ASSERT (COT_W3C_MAX_COLUMNS <= 64);

static void
set_done (Composer *self, CotW3cColumn column)
{
  if (self->layout->index_of[column] != 0)
    self->done |= G_GUINT64_CONSTANT (1) << (self->layout->index_of[column] - 1);
}

/* The value of @column, if there is one, between @before and @after. */
static gboolean
append (Composer *self, CotW3cColumn column, const char *before, const char *after)
{
  CotSpan value = cot_w3c_get_value (self->line, self->layout, column);

  set_done (self, column);
  if (value.length_bytes == 0)
    return FALSE;
  if (*before != ' ' || self->message->len > 0)
    g_string_append (self->message, before);
  g_string_append_len (self->message, value.data, (gssize) value.length_bytes);
  g_string_append (self->message, after);
  return TRUE;
}

/* "DROP UDP 192.0.2.7:68 to 192.0.2.9:67 RECEIVE" */
static void
compose_packet (Composer *self)
{
  append (self, COT_W3C_ACTION, "", "");
  append (self, COT_W3C_PROTOCOL, " ", "");
  if (append (self, COT_W3C_CLIENT, " ", ""))
    append (self, COT_W3C_CLIENT_PORT, ":", "");
  if (append (self, COT_W3C_TARGET, " to ", ""))
    append (self, COT_W3C_TARGET_PORT, ":", "");
  append (self, COT_W3C_PATH, " ", "");
}

static void
compose_request (Composer *self)
{
  CotSpan win32_status = cot_w3c_get_value (self->line, self->layout, COT_W3C_WIN32_STATUS);

  append (self, COT_W3C_METHOD, "", "");
  append (self, COT_W3C_STEM, " ", "");
  append (self, COT_W3C_QUERY, "?", "");
  if (append (self, COT_W3C_STATUS, " ", ""))
    append (self, COT_W3C_SUBSTATUS, ".", "");
  if (win32_status.data != NULL && cot_span_is (win32_status, "0"))
    set_done (self, COT_W3C_WIN32_STATUS);
  else
    append (self, COT_W3C_WIN32_STATUS, " (", ")");
  append (self, COT_W3C_REASON, " ", "");
  append (self, COT_W3C_TIME_TAKEN, " ", " ms");
  append (self, COT_W3C_CLIENT, " from ", "");
}

/* Whatever else there is can be read and found too. */
static void
append_others (Composer *self)
{
  const char *separator = "  ";
  CotW3cLine columns;

  cot_w3c_split (self->layout->names, 0, strlen (self->layout->names), &columns);
  for (guint i = 0; i < self->layout->n_columns; i++)
    {
      CotSpan value = self->line->values[i];

      if ((self->done >> i & 1) != 0 || value.length_bytes == 0 || cot_span_is (value, "-"))
        continue;
      g_string_append (self->message, separator);
      if (i < columns.n_values)
        {
          g_string_append_len (self->message, columns.values[i].data,
                               (gssize) columns.values[i].length_bytes);
          g_string_append_c (self->message, '=');
        }
      g_string_append_len (self->message, value.data, (gssize) value.length_bytes);
      separator = " ";
    }
}

gboolean
cot_w3c_compose (const CotW3cLine *line, const CotW3cLayout *layout, GString *message)
{
  Composer composer = { line, layout, message, 0 };

  if (line->n_values != layout->n_columns)
    return FALSE;
  set_done (&composer, COT_W3C_DATE);
  set_done (&composer, COT_W3C_TIME);
  set_done (&composer, COT_W3C_SITE);
  set_done (&composer, COT_W3C_PROCESS);
  if (cot_w3c_is_packet (layout))
    compose_packet (&composer);
  else if (cot_w3c_is_request (layout))
    compose_request (&composer);
  if (message->len == 0)
    return FALSE;
  append_others (&composer);
  return TRUE;
}
