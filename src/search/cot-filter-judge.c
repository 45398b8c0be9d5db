/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cot-filter-private.h"

#include "cot-clock.h"
#include "cot-member.h"

#include <string.h>

/* In the place of a verdict on a name: a pattern hit a limit on it, and would again. */
#define GAVE_UP (COT_VERDICT_YES + 1)

#define DAY_USEC ((gint64) 24 * 60 * 60 * G_USEC_PER_SEC)

static CotFilterVerdict
verdict_of (gboolean yes)
{
  return yes ? COT_VERDICT_YES : COT_VERDICT_NO;
}

static CotFilterVerdict
verdict_not (CotFilterVerdict verdict)
{
  if (verdict == COT_VERDICT_UNKNOWN)
    return verdict;
  return verdict_of (verdict == COT_VERDICT_NO);
}

/* @order: below, within or above what the test compares with, as -1, 0 and 1. */
static CotFilterVerdict
verdict_of_order (CotFilterOperator operator, int order)
{
  switch (operator)
    {
    case COT_OPERATOR_EQUAL:
      return verdict_of (order == 0);
    case COT_OPERATOR_LESS:
      return verdict_of (order < 0);
    case COT_OPERATOR_LESS_EQUAL:
      return verdict_of (order <= 0);
    case COT_OPERATOR_GREATER:
      return verdict_of (order > 0);
    case COT_OPERATOR_GREATER_EQUAL:
      return verdict_of (order >= 0);
    case COT_OPERATOR_MATCHES:
    case COT_OPERATOR_CONTAINS:
      break;
    }
  return COT_VERDICT_NO;
}

static int
compare_numbers (guint64 a, guint64 b)
{
  return a < b ? -1 : a > b;
}

static gboolean
read_number (CotSpan text, guint64 *number)
{
  char digits[24];

  if (text.length_bytes == 0 || text.length_bytes >= sizeof digits)
    return FALSE;
  memcpy (digits, text.data, text.length_bytes);
  digits[text.length_bytes] = '\0';
  return g_ascii_string_to_unsigned (digits, 10, 0, G_MAXUINT64, number, NULL);
}

static int
compare_text (CotSpan text, const char *value)
{
  gsize value_bytes = strlen (value);
  gsize common = MIN (text.length_bytes, value_bytes);

  for (gsize i = 0; i < common; i++)
    {
      int difference
          = (guchar) g_ascii_tolower (text.data[i]) - (guchar) g_ascii_tolower (value[i]);

      if (difference != 0)
        return difference < 0 ? -1 : 1;
    }
  return compare_numbers (text.length_bytes, value_bytes);
}

static gboolean
is_ascii (CotSpan text)
{
  for (gsize i = 0; i < text.length_bytes; i++)
    if ((guchar) text.data[i] >= 0x80)
      return FALSE;
  return TRUE;
}

/* Patterns and values are UTF-8; so must be what they are compared with. */
static CotSpan
decode (CotFilterContext *context, const CotFilterTest *test, CotSpan text)
{
  const CotGeneration *generation;

  if (context->snapshot == NULL || test->is_ascii)
    return text;
  generation = cot_snapshot_get_generation (context->snapshot, context->columns->generation);
  if (generation->encoding != COT_ENCODING_WINDOWS_1252 || is_ascii (text))
    return text;
  if (context->decoded == NULL)
    context->decoded = g_string_new (NULL);
  g_string_truncate (context->decoded, 0);
  cot_decoder_append (context->decoded, generation->encoding, text.data, text.length_bytes);
  return (CotSpan) { context->decoded->str, context->decoded->len };
}

/* Names are UTF-8, whatever the log is written in. */
static CotFilterVerdict
judge_name (CotFilterContext *context, const CotFilterTest *test, CotSpan name)
{
  gsize start;
  gsize end;

  if (test->pattern == NULL)
    return verdict_of_order (test->operator, compare_text (name, test->value));
  switch (cot_pattern_match (test->pattern, context->scratch, name.data, name.length_bytes, 0,
                             &start, &end))
    {
    case COT_MATCH_FOUND:
      return COT_VERDICT_YES;
    case COT_MATCH_NONE:
      return COT_VERDICT_NO;
    case COT_MATCH_LIMIT:
      break;
    }
  return COT_VERDICT_UNKNOWN;
}

static CotFilterVerdict
judge_text (CotFilterContext *context, const CotFilterTest *test, CotSpan text)
{
  CotSpan digits = test->field == COT_FIELD_THREAD ? cot_thread_without_hex (text) : text;
  guint64 number;

  if (test->pattern == NULL && test->is_number && read_number (digits, &number))
    return verdict_of_order (test->operator, compare_numbers (number, test->number));
  return judge_name (context, test, decode (context, test, text));
}

/* A string that the columns know by its id is judged once. */
static CotFilterVerdict
judge_interned (CotFilterContext *context, guint test_index, CotStrings *strings, guint16 id,
                CotSpan in_entry)
{
  const CotFilterTest *test = &g_array_index (context->filter->tests, CotFilterTest, test_index);
  guint8 *verdicts;
  CotFilterVerdict verdict;
  CotSpan text;

  if (strings == NULL || id == COT_STRINGS_OVERFLOW)
    return context->entry != NULL ? judge_text (context, test, in_entry) : COT_VERDICT_UNKNOWN;
  if (context->verdicts[test_index] == NULL)
    context->verdicts[test_index] = g_malloc0 (COT_STRINGS_OVERFLOW);
  verdicts = context->verdicts[test_index];
  if (verdicts[id] != COT_VERDICT_UNKNOWN)
    return verdicts[id] == GAVE_UP ? COT_VERDICT_UNKNOWN : (CotFilterVerdict) verdicts[id];
  text.data = cot_strings_get (strings, id, &text.length_bytes);
  verdict = judge_text (context, test, text);
  verdicts[id] = verdict == COT_VERDICT_UNKNOWN ? GAVE_UP : (guint8) verdict;
  return verdict;
}

/* "2024-09-09 12:34:56.789" */
#define TIME_LETTERS 23

static CotFilterVerdict
judge_time_text (CotFilterContext *context, const CotFilterTest *test, gint64 time_usec)
{
  char text[COT_CLOCK_ISO_SIZE];

  cot_clock_format_iso (time_usec, text);
  text[strcspn (text, "T")] = ' ';
  return judge_name (context, test, (CotSpan) { text, MIN (strlen (text), TIME_LETTERS) });
}

/* Entries are mostly asked about in their order: then the zone goes on from one to the next. */
static gint16
find_bias (CotFilterContext *context)
{
  gint16 bias_minutes = context->columns->bias_minutes;

  if (bias_minutes != COT_BIAS_NONE || context->snapshot == NULL || context->lacks_zones)
    return bias_minutes;
  if (context->zone_ordinal == context->ordinal
      || (context->zone_ordinal != G_MAXUINT64 && context->zone_ordinal + 1 == context->ordinal))
    return context->zone_bias_minutes;
  if (!cot_snapshot_find_bias_up_to (context->snapshot, context->ordinal, &bias_minutes))
    bias_minutes = COT_BIAS_NONE;
  return bias_minutes;
}

/* What the clocks of a zone showed; an entry whose own is not known goes as it was written. */
static gint64
show_in_zone (CotFilterContext *context, const CotFilterSpan *span, gint64 time_usec)
{
  gint16 bias_minutes = find_bias (context);

  context->zone_ordinal = context->ordinal;
  context->zone_bias_minutes = bias_minutes;
  if (bias_minutes == COT_BIAS_NONE)
    return time_usec;
  return time_usec + (bias_minutes - span->bias_minutes) * 60 * (gint64) G_USEC_PER_SEC;
}

static CotFilterVerdict
judge_time (CotFilterContext *context, const CotFilterTest *test, gint64 time_usec)
{
  int order;

  /* No comparison holds for what has no time, but that it is another. */
  if (time_usec == COT_TIME_NONE)
    return COT_VERDICT_NO;
  if (test->pattern != NULL)
    return judge_time_text (context, test, time_usec);
  if (test->span.has_zone)
    time_usec = show_in_zone (context, &test->span, time_usec);
  if (test->span.of_day)
    {
      time_usec %= DAY_USEC;
      if (time_usec < 0)
        time_usec += DAY_USEC;
    }
  order = time_usec < test->span.start_usec ? -1 : time_usec >= test->span.end_usec;
  return verdict_of_order (test->operator, order);
}

static CotFilterVerdict
judge_format (CotFilterContext *context, const CotFilterTest *test)
{
  const char *id = "plain";

  if (context->columns->flags & COT_RECORD_FRAMED)
    {
      if (context->snapshot == NULL)
        return COT_VERDICT_UNKNOWN;
      id = cot_snapshot_get_format (context->snapshot)->id;
    }
  return judge_text (context, test, (CotSpan) { id, strlen (id) });
}

/* What is not in the record is in none of its parts. */
static gboolean
lacks_required (CotFilterContext *context, const CotFilterTest *test)
{
  gsize start;
  gsize end;

  return context->record.data != NULL && test->required != NULL
         && cot_pattern_match (test->required, context->scratch, context->record.data,
                               context->record.length_bytes, 0, &start, &end) == COT_MATCH_NONE;
}

static CotFilterVerdict
judge_parsed (CotFilterContext *context, const CotFilterTest *test)
{
  const CotEntry *entry = context->entry;

  if (entry == NULL)
    return lacks_required (context, test) ? COT_VERDICT_NO : COT_VERDICT_UNKNOWN;
  return judge_text (context, test,
                     test->field == COT_FIELD_TEXT      ? entry->message
                     : test->field == COT_FIELD_CONTEXT ? entry->context
                                                        : entry->type_text);
}

static CotFilterVerdict
judge_column_string (CotFilterContext *context, guint test_index)
{
  const CotFilterTest *test = &g_array_index (context->filter->tests, CotFilterTest, test_index);
  const CotEntryColumns *columns = context->columns;
  CotSnapshot *snapshot = context->snapshot;
  CotEntry none = { 0 };
  const CotEntry *entry = context->entry != NULL ? context->entry : &none;

  if (test->field == COT_FIELD_COMPONENT)
    return judge_interned (context, test_index,
                           snapshot != NULL ? cot_snapshot_get_components (snapshot) : NULL,
                           columns->component, entry->component);
  if (test->field == COT_FIELD_ORIGIN)
    return judge_interned (context, test_index,
                           snapshot != NULL ? cot_snapshot_get_origins (snapshot) : NULL,
                           columns->origin, entry->origin);
  return judge_interned (context, test_index,
                         snapshot != NULL ? cot_snapshot_get_threads (snapshot) : NULL,
                         columns->thread, entry->thread);
}

static CotFilterVerdict
judge_finding (CotFilterContext *context, guint test_index)
{
  if (context->evidence == NULL)
    return COT_VERDICT_UNKNOWN;
  return verdict_of (cot_bitset_contains (context->evidence[test_index], context->ordinal));
}

/* (nullable): what the part of the log is called in which the entry stands. What was rolled over
 * while it was followed has no label of its own. */
static const char *
get_part_label (CotFilterContext *context)
{
  const CotGeneration *generation;

  if (context->snapshot == NULL || context->log_label == NULL)
    return NULL;
  generation = cot_snapshot_get_generation (context->snapshot, context->columns->generation);
  return generation->label != NULL ? generation->label : context->log_label;
}

/* Once for each part of the log. */
static CotFilterVerdict
judge_log (CotFilterContext *context, guint test_index)
{
  static const char ending[] = ".log";
  const CotFilterTest *test = &g_array_index (context->filter->tests, CotFilterTest, test_index);
  const char *label = get_part_label (context);
  guint part = MIN (context->columns->generation, (guint) COT_STRINGS_OVERFLOW - 1);
  g_autofree char *name = NULL;
  CotFilterVerdict verdict;
  CotSpan span;

  if (label == NULL)
    return COT_VERDICT_UNKNOWN;
  if (context->verdicts[test_index] == NULL)
    context->verdicts[test_index] = g_malloc0 (COT_STRINGS_OVERFLOW);
  if (context->verdicts[test_index][part] != COT_VERDICT_UNKNOWN)
    return context->verdicts[test_index][part] == GAVE_UP
               ? COT_VERDICT_UNKNOWN
               : (CotFilterVerdict) context->verdicts[test_index][part];
  name = cot_member_dup_name (label);
  span = (CotSpan) { name, strlen (name) };
  verdict = judge_name (context, test, span);
  if (verdict == COT_VERDICT_NO && span.length_bytes > strlen (ending)
      && g_ascii_strcasecmp (name + span.length_bytes - strlen (ending), ending) == 0)
    {
      span.length_bytes -= strlen (ending);
      verdict = judge_name (context, test, span);
    }
  context->verdicts[test_index][part]
      = verdict == COT_VERDICT_UNKNOWN ? GAVE_UP : (guint8) verdict;
  return verdict;
}

CotFilterVerdict
cot_filter_judge_test (CotFilterContext *context, guint test_index)
{
  const CotFilterTest *test = &g_array_index (context->filter->tests, CotFilterTest, test_index);
  const CotEntryColumns *columns = context->columns;
  CotFilterVerdict verdict = COT_VERDICT_UNKNOWN;

  if (context->severity_only && test->field != COT_FIELD_SEVERITY)
    return verdict;
  switch (test->field)
    {
    case COT_FIELD_TEXT:
    case COT_FIELD_CONTEXT:
    case COT_FIELD_TYPE:
      verdict = judge_parsed (context, test);
      break;
    case COT_FIELD_COMPONENT:
    case COT_FIELD_ORIGIN:
    case COT_FIELD_THREAD:
      verdict = judge_column_string (context, test_index);
      break;
    case COT_FIELD_SEVERITY:
      verdict = verdict_of_order (test->operator,
                                  compare_numbers (columns->severity, test->number));
      break;
    case COT_FIELD_TIME:
      verdict = judge_time (context, test, columns->time_usec);
      break;
    case COT_FIELD_LINE:
      if (columns->line != 0)
        verdict = verdict_of_order (test->operator, compare_numbers (columns->line, test->number));
      break;
    case COT_FIELD_FORMAT:
      verdict = judge_format (context, test);
      break;
    case COT_FIELD_FINDING:
      verdict = judge_finding (context, test_index);
      break;
    case COT_FIELD_LOG:
      verdict = judge_log (context, test_index);
      break;
    }
  return test->negated ? verdict_not (verdict) : verdict;
}

/* What is unknown decides nothing by itself: "yes or unknown" is yes, "no and unknown" is no. */
static CotFilterVerdict
judge_node (CotFilterContext *context, guint index)
{
  CotFilterNode node = g_array_index (context->filter->nodes, CotFilterNode, index);
  CotFilterVerdict decisive = node.kind == COT_NODE_AND ? COT_VERDICT_NO : COT_VERDICT_YES;
  CotFilterVerdict left;
  CotFilterVerdict right;

  if (node.kind == COT_NODE_TEST)
    return cot_filter_judge_test (context, node.left);
  left = judge_node (context, node.left);
  if (node.kind == COT_NODE_NOT)
    return verdict_not (left);
  if (left == decisive)
    return left;
  right = judge_node (context, node.right);
  if (right == decisive)
    return right;
  return left == COT_VERDICT_UNKNOWN ? left : right;
}

CotFilterVerdict
cot_filter_judge_expression (CotFilterContext *context)
{
  return judge_node (context, context->filter->nodes->len - 1);
}
