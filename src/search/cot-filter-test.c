/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cot-filter-private.h"

#include <string.h>

#include "cot-clock.h"
#include "cot-index.h"

static const char *const field_names[COT_N_FIELDS] = {
  "text", "component", "context", "origin", "thread", "severity", "type", "time", "line",
  "format", "finding", "log",
};

const char *
cot_filter_field_get_name (CotFilterField field)
{
  return field_names[field];
}

gboolean
cot_filter_field_from_name (const char *name, gsize length_bytes, CotFilterField *field)
{
  for (guint i = 0; i < COT_N_FIELDS; i++)
    if (strlen (field_names[i]) == length_bytes
        && g_ascii_strncasecmp (field_names[i], name, length_bytes) == 0)
      {
        *field = (CotFilterField) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
has_order (CotFilterField field)
{
  return field == COT_FIELD_THREAD || field == COT_FIELD_TYPE || field == COT_FIELD_SEVERITY
         || field == COT_FIELD_TIME || field == COT_FIELD_LINE || field == COT_FIELD_FINDING;
}

static gboolean
has_text (CotFilterField field)
{
  return field != COT_FIELD_SEVERITY && field != COT_FIELD_TIME && field != COT_FIELD_LINE;
}

gboolean
cot_filter_field_has_operator (CotFilterField field, CotFilterOperator operator)
{
  switch (operator)
    {
    case COT_OPERATOR_EQUAL:
      return TRUE;
    case COT_OPERATOR_MATCHES:
    case COT_OPERATOR_CONTAINS:
      return has_text (field);
    case COT_OPERATOR_LESS:
    case COT_OPERATOR_LESS_EQUAL:
    case COT_OPERATOR_GREATER:
    case COT_OPERATOR_GREATER_EQUAL:
      return has_order (field);
    }
  return FALSE;
}

void
cot_filter_test_clear (gpointer data)
{
  CotFilterTest *self = data;

  g_clear_pointer (&self->value, g_free);
  g_clear_pointer (&self->pattern, cot_pattern_unref);
  g_clear_pointer (&self->required, cot_pattern_unref);
}

/* Records without this text need not be parsed. */
static void
set_required (CotFilterTest *self)
{
  g_auto (GStrv) literals = cot_pattern_dup_required_literals (self->pattern, 2);

  if (g_strv_length (literals) == 1 && g_str_is_ascii (literals[0]))
    self->required
        = cot_pattern_new (literals[0], COT_PATTERN_LITERAL | COT_PATTERN_CASELESS, NULL);
}

/**
 * cot_filter_test_set_pattern:
 * @self: a test, with field and operator
 * @pattern: (transfer full): what it compares with
 */
void
cot_filter_test_set_pattern (CotFilterTest *self, CotPattern *pattern)
{
  self->pattern = pattern;
  /* Where a word ends is told by the letter behind it, which may be any. */
  self->is_ascii = (cot_pattern_get_flags (pattern)
                    & (COT_PATTERN_LITERAL | COT_PATTERN_WHOLE_WORD)) == COT_PATTERN_LITERAL
                   && g_str_is_ascii (cot_pattern_get_text (pattern));
  set_required (self);
}

static gboolean
set_pattern (CotFilterTest *self, GError **error)
{
  CotPatternFlags flags = COT_PATTERN_CASELESS;
  CotPattern *pattern;

  flags |= self->operator == COT_OPERATOR_CONTAINS ? COT_PATTERN_LITERAL : COT_PATTERN_MULTI_LINE;
  pattern = cot_pattern_new (self->value, flags, error);
  if (pattern == NULL)
    return FALSE;
  cot_filter_test_set_pattern (self, pattern);
  return TRUE;
}

static gboolean
set_severity (CotFilterTest *self, GError **error)
{
  g_autofree char *folded = g_ascii_strdown (self->value, -1);
  CotSeverity severity;

  if (!cot_severity_from_string (folded, &severity))
    {
      g_set_error_literal (error, COT_QUERY_ERROR, COT_QUERY_ERROR_SYNTAX,
                           "a severity was expected: unknown, verbose, info, success, warning or "
                           "error");
      return FALSE;
    }
  self->number = severity;
  return TRUE;
}

/* Exactly @n digits. */
static gboolean
read_digits (const char **text, guint n, int *value)
{
  *value = 0;
  for (; n > 0; n--, (*text)++)
    {
      if (!g_ascii_isdigit (**text))
        return FALSE;
      *value = *value * 10 + g_ascii_digit_value (**text);
    }
  return TRUE;
}

static gboolean
read_mark (const char **text, char mark)
{
  if (**text != mark)
    return FALSE;
  (*text)++;
  return TRUE;
}

/* "2024-09-09" */
static gboolean
read_date (const char **text, gint64 *day_usec)
{
  int year;
  int month;
  int day;

  if (!read_digits (text, 4, &year) || !read_mark (text, '-') || !read_digits (text, 2, &month)
      || !read_mark (text, '-') || !read_digits (text, 2, &day))
    return FALSE;
  *day_usec = cot_clock_from_civil (year, month, day, 0, 0, 0, 0);
  return *day_usec != COT_TIME_NONE;
}

/* ".5", up to microseconds */
static gboolean
read_fraction (const char **text, gint64 *of_day_usec, gint64 *length_usec)
{
  if (!g_ascii_isdigit (**text))
    return FALSE;
  for (; g_ascii_isdigit (**text); (*text)++)
    if (*length_usec > 1)
      {
        *length_usec /= 10;
        *of_day_usec += *length_usec * g_ascii_digit_value (**text);
      }
  return TRUE;
}

/* "12:34", "12:34:56", "12:34:56.789"; how long that is, too */
static gboolean
read_time_of_day (const char **text, gint64 *of_day_usec, gint64 *length_usec)
{
  int hour;
  int minute;
  int second;

  if (!read_digits (text, 2, &hour) || !read_mark (text, ':') || !read_digits (text, 2, &minute)
      || hour > 23 || minute > 59)
    return FALSE;
  *of_day_usec = ((gint64) hour * 60 + minute) * 60 * G_USEC_PER_SEC;
  *length_usec = 60 * G_USEC_PER_SEC;
  if (!read_mark (text, ':'))
    return TRUE;
  if (!read_digits (text, 2, &second) || second > 59)
    return FALSE;
  *of_day_usec += second * G_USEC_PER_SEC;
  *length_usec = G_USEC_PER_SEC;
  return !read_mark (text, '.') || read_fraction (text, of_day_usec, length_usec);
}

static gboolean
read_moment (CotFilterTest *self)
{
  const char *text = self->value;
  gint64 length_usec = (gint64) 24 * 60 * 60 * G_USEC_PER_SEC;
  gint64 of_day_usec = 0;
  gint64 day_usec = 0;

  self->of_day = strlen (text) >= 3 && text[2] == ':';
  if (!self->of_day && !read_date (&text, &day_usec))
    return FALSE;
  if (self->of_day || read_mark (&text, 'T') || read_mark (&text, ' '))
    if (!read_time_of_day (&text, &of_day_usec, &length_usec))
      return FALSE;
  self->start_usec = day_usec + of_day_usec;
  self->end_usec = self->start_usec + length_usec;
  return *text == '\0';
}

static gboolean
set_time (CotFilterTest *self, GError **error)
{
  if (read_moment (self))
    return TRUE;
  g_set_error_literal (error, COT_QUERY_ERROR, COT_QUERY_ERROR_SYNTAX,
                       "a time was expected: 2024-09-09, 2024-09-09T12:34, 2024-09-09T12:34:56 or "
                       "12:34:56");
  return FALSE;
}

/* A misspelt name would hide every entry, or none, without a word. */
static gboolean
set_format (const CotFilterTest *self, GError **error)
{
  g_autoptr (GString) message = g_string_new ("a format was expected:");
  const char *id;

  for (guint i = 0; (id = cot_index_get_nth_format_id (i)) != NULL; i++)
    {
      if (g_ascii_strcasecmp (id, self->value) == 0)
        return TRUE;
      g_string_append_printf (message, "%s %s", i > 0 ? "," : "", id);
    }
  g_set_error_literal (error, COT_QUERY_ERROR, COT_QUERY_ERROR_SYNTAX, message->str);
  return FALSE;
}

/* How bad, or which one; "none" is not any. */
static gboolean
set_finding (CotFilterTest *self, GError **error)
{
  gboolean is_none = g_ascii_strcasecmp (self->value, "none") == 0;

  if (self->operator != COT_OPERATOR_EQUAL)
    return set_severity (self, error);
  if (is_none)
    self->negated = !self->negated;
  if (is_none || g_ascii_strcasecmp (self->value, COT_FILTER_ANY_FINDING) == 0)
    {
      g_free (self->value);
      self->value = g_strdup (COT_FILTER_ANY_FINDING);
    }
  return TRUE;
}

static gboolean
set_line (CotFilterTest *self, GError **error)
{
  if (self->is_number)
    return TRUE;
  g_set_error_literal (error, COT_QUERY_ERROR, COT_QUERY_ERROR_SYNTAX,
                       "a line number was expected");
  return FALSE;
}

gboolean
cot_filter_test_set_value (CotFilterTest *self, const char *value, GError **error)
{
  self->value = g_strdup (value);
  self->is_number = g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT64, &self->number, NULL);
  if (self->operator == COT_OPERATOR_MATCHES || self->operator == COT_OPERATOR_CONTAINS)
    return set_pattern (self, error);
  switch (self->field)
    {
    case COT_FIELD_SEVERITY:
      return set_severity (self, error);
    case COT_FIELD_TIME:
      return set_time (self, error);
    case COT_FIELD_LINE:
      return set_line (self, error);
    case COT_FIELD_FORMAT:
      return set_format (self, error);
    case COT_FIELD_FINDING:
      return set_finding (self, error);
    case COT_FIELD_TEXT:
    case COT_FIELD_COMPONENT:
    case COT_FIELD_CONTEXT:
    case COT_FIELD_ORIGIN:
    case COT_FIELD_THREAD:
    case COT_FIELD_TYPE:
    case COT_FIELD_LOG:
      break;
    }
  return TRUE;
}
