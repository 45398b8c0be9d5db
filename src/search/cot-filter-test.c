/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cot-filter-private.h"

#include <string.h>

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

static gboolean
set_time (CotFilterTest *self, GError **error)
{
  if (cot_filter_span_parse (self->value, &self->span))
    return TRUE;
  g_set_error_literal (error, COT_QUERY_ERROR, COT_QUERY_ERROR_SYNTAX,
                       "a time was expected: 2024-09-09, 2024-09-09T12:34, 2024-09-09T12:34:56, "
                       "12:34:56, or two as 12:34..12:56; with Z or +02:00 behind it, it is of "
                       "that zone");
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
