/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-filter-clause.h"

#include "cot-types.h"

/**
 * cot_filter_clause_new:
 * @field: (nullable): a field of the filter language, or %NULL where @value is an expression
 * @relation: how the field relates to the value
 * @value: the first value
 * @excludes: whether entries for which it holds are hidden
 *
 * Any thread.
 *
 * Returns: (transfer full): a clause that is on
 */
CotFilterClause *
cot_filter_clause_new (const char *field, CotClauseRelation relation, const char *value,
                       gboolean excludes)
{
  CotFilterClause *self = g_new0 (CotFilterClause, 1);

  self->field = g_strdup (field);
  self->relation = relation;
  self->values = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->values, g_strdup (value));
  self->excludes = excludes;
  return self;
}

/**
 * cot_filter_clause_new_since:
 * @moment: see cot_log_note_moment()
 * @time: when that was, for people
 *
 * Any thread.
 *
 * Returns: (transfer full): a clause that hides what was there
 */
CotFilterClause *
cot_filter_clause_new_since (guint moment, const char *time)
{
  CotFilterClause *self = cot_filter_clause_new (NULL, COT_CLAUSE_AT_LEAST, time, FALSE);

  self->moment = moment;
  return self;
}

/**
 * cot_filter_clauses_ask_findings:
 * @clauses: (element-type CotFilterClause): clauses
 *
 * Returns: whether one that is on asks for what is known about an entry
 */
gboolean
cot_filter_clauses_ask_findings (GPtrArray *clauses)
{
  for (guint i = 0; i < clauses->len; i++)
    {
      const CotFilterClause *clause = g_ptr_array_index (clauses, i);

      if (!clause->is_off && g_strcmp0 (clause->field, "finding") == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * cot_filter_clauses_get_moment:
 * @clauses: (element-type CotFilterClause): the clauses
 *
 * What was there is hidden whatever the others ask for. Any thread.
 *
 * Returns: the newest moment of those that are on; 0: none
 */
guint
cot_filter_clauses_get_moment (GPtrArray *clauses)
{
  guint moment = 0;

  for (guint i = 0; i < clauses->len; i++)
    {
      const CotFilterClause *clause = g_ptr_array_index (clauses, i);

      if (!clause->is_off)
        moment = MAX (moment, clause->moment);
    }
  return moment;
}

/**
 * cot_filter_clause_copy:
 * @self: a clause
 *
 * Any thread.
 *
 * Returns: (transfer full): a clause that shares nothing with @self
 */
CotFilterClause *
cot_filter_clause_copy (const CotFilterClause *self)
{
  CotFilterClause *copy = g_memdup2 (self, sizeof *self);

  copy->field = g_strdup (self->field);
  copy->values = g_ptr_array_copy (self->values, (GCopyFunc) (void (*) (void)) g_strdup, NULL);
  g_ptr_array_set_free_func (copy->values, g_free);
  return copy;
}

/**
 * cot_filter_clause_copy_complete:
 * @self: a clause
 *
 * An empty value asks for nothing. Any thread.
 *
 * Returns: (transfer full) (nullable): a copy without its empty values; %NULL where none is left
 */
CotFilterClause *
cot_filter_clause_copy_complete (const CotFilterClause *self)
{
  g_autoptr (CotFilterClause) copy = cot_filter_clause_copy (self);

  for (guint i = copy->values->len; i > 0; i--)
    if (*(const char *) g_ptr_array_index (copy->values, i - 1) == '\0')
      g_ptr_array_remove_index (copy->values, i - 1);
  return copy->values->len > 0 ? g_steal_pointer (&copy) : NULL;
}

/**
 * cot_filter_clause_free:
 * @self: (transfer full): a clause
 */
void
cot_filter_clause_free (CotFilterClause *self)
{
  g_free (self->field);
  g_ptr_array_unref (self->values);
  g_free (self);
}

/**
 * cot_filter_clause_has_value:
 * @self: a clause
 * @value: a value
 *
 * Returns: whether it is one of the clause's
 */
gboolean
cot_filter_clause_has_value (const CotFilterClause *self, const char *value)
{
  return g_ptr_array_find_with_equal_func (self->values, value, g_str_equal, NULL);
}

/* The language takes a backslash for itself but before a quote and before itself. */
static void
append_quoted (GString *expression, const char *value)
{
  g_string_append_c (expression, '"');
  for (const char *at = value; *at != '\0'; at++)
    {
      if (*at == '"' || *at == '\\')
        g_string_append_c (expression, '\\');
      g_string_append_c (expression, *at);
    }
  g_string_append_c (expression, '"');
}

static const char *const operators[COT_N_CLAUSE_RELATIONS] = {
  [COT_CLAUSE_CONTAINS] = ":",  [COT_CLAUSE_IS] = "=",       [COT_CLAUSE_MATCHES] = "~",
  [COT_CLAUSE_AT_LEAST] = ">=", [COT_CLAUSE_AT_MOST] = "<=",
};

static void
append_test (GString *expression, const char *field, CotClauseRelation relation, const char *value)
{
  g_string_append_printf (expression, "%s %s ", field, operators[relation]);
  append_quoted (expression, value);
}

/* Whether the clause asks for what is at least as bad as a problem is. */
static gboolean
is_of_problems (CotClauseRelation relation, CotSeverity severity)
{
  return severity >= COT_SEVERITY_WARNING && relation != COT_CLAUSE_AT_MOST;
}

/* The writer of a log often takes the cause of a failure for information: a line that is known for
 * a problem counts as one. Who wants to know what the writer thought asks by an expression. */
static void
append_severity (GString *expression, CotClauseRelation relation, const char *value)
{
  CotSeverity severity;

  append_test (expression, "severity", relation, value);
  if (!cot_severity_from_string (value, &severity)
      || (severity == COT_SEVERITY_ERROR && relation == COT_CLAUSE_AT_MOST))
    return;
  if (is_of_problems (relation, severity))
    {
      g_string_append (expression, " or ");
      append_test (expression, "finding", COT_CLAUSE_AT_LEAST, value);
      if (relation == COT_CLAUSE_AT_LEAST)
        return;
      g_string_append (expression, " and ");
      append_test (expression, "finding", COT_CLAUSE_AT_MOST, value);
      return;
    }
  if (relation == COT_CLAUSE_AT_LEAST)
    return;
  g_string_append (expression, " and not ");
  append_test (expression, "finding", COT_CLAUSE_AT_LEAST,
               cot_severity_to_string (severity == COT_SEVERITY_WARNING ? COT_SEVERITY_ERROR
                                                                        : COT_SEVERITY_WARNING));
}

/**
 * cot_filter_clause_counts_problems:
 * @self: a clause
 *
 * Returns: whether it asks for a severity that lines which are known for a problem count as too
 */
gboolean
cot_filter_clause_counts_problems (const CotFilterClause *self)
{
  CotSeverity severity;

  if (g_strcmp0 (self->field, "severity") != 0)
    return FALSE;
  for (guint i = 0; i < self->values->len; i++)
    if (cot_severity_from_string (g_ptr_array_index (self->values, i), &severity)
        && is_of_problems (self->relation, severity))
      return TRUE;
  return FALSE;
}

/**
 * cot_filter_clause_get_range:
 * @self: a clause
 * @span: (out caller-allocates): the range
 *
 * Returns: whether it asks for one range of times: "time = 09:12..09:20"
 */
gboolean
cot_filter_clause_get_range (const CotFilterClause *self, CotFilterSpan *span)
{
  return g_strcmp0 (self->field, "time") == 0 && self->relation == COT_CLAUSE_IS
         && !self->excludes && self->values->len == 1
         && cot_filter_span_parse (g_ptr_array_index (self->values, 0), span) && span->is_range;
}

/**
 * cot_filter_clause_settle_relation:
 * @field: (nullable): a field of the filter language
 * @relation: how somebody wants it compared
 * @value: with what
 *
 * From one time to another is a range, which is within: "from 09:12..09:20" can mean nothing else.
 *
 * Returns: how it is compared
 */
CotClauseRelation
cot_filter_clause_settle_relation (const char *field, CotClauseRelation relation,
                                   const char *value)
{
  CotFilterSpan span;

  if (g_strcmp0 (field, "time") == 0 && cot_filter_span_parse (value, &span) && span.is_range)
    return COT_CLAUSE_IS;
  return relation;
}

static void
append_clause (GString *expression, const CotFilterClause *clause)
{
  g_string_append (expression, clause->excludes ? "not (" : "(");
  for (guint i = 0; i < clause->values->len; i++)
    {
      const char *value = g_ptr_array_index (clause->values, i);

      if (i > 0)
        g_string_append (expression, " or ");
      if (clause->field == NULL)
        {
          g_string_append_printf (expression, "(%s)", value);
          continue;
        }
      if (g_str_equal (clause->field, "severity"))
        append_severity (expression, clause->relation, value);
      else
        append_test (expression, clause->field,
                     cot_filter_clause_settle_relation (clause->field, clause->relation, value),
                     value);
    }
  g_string_append_c (expression, ')');
}

static void
append_clauses (GString *expression, GPtrArray *clauses, gboolean excluding, const char *joint)
{
  gsize start = expression->len;

  for (guint i = 0; i < clauses->len; i++)
    {
      const CotFilterClause *clause = g_ptr_array_index (clauses, i);

      if (clause->is_off || clause->moment != 0 || clause->excludes != excluding)
        continue;
      if (expression->len > start)
        g_string_append (expression, joint);
      append_clause (expression, clause);
    }
}

/**
 * cot_filter_clauses_dup_expression:
 * @clauses: (element-type CotFilterClause): the clauses; those that are off do not count
 * @any: whether one of those that do not exclude is enough
 *
 * What a clause excludes is hidden whatever @any says. Any thread.
 *
 * Returns: (transfer full) (nullable): the expression; %NULL where no clause is on
 */
char *
cot_filter_clauses_dup_expression (GPtrArray *clauses, gboolean any)
{
  g_autoptr (GString) including = g_string_new (NULL);
  g_autoptr (GString) excluding = g_string_new (NULL);

  append_clauses (including, clauses, FALSE, any ? " or " : " and ");
  append_clauses (excluding, clauses, TRUE, " and ");
  if (including->len == 0 && excluding->len == 0)
    return NULL;
  if (including->len == 0)
    return g_string_free (g_steal_pointer (&excluding), FALSE);
  if (excluding->len == 0)
    return g_string_free (g_steal_pointer (&including), FALSE);
  return g_strdup_printf ("(%s) and %s", including->str, excluding->str);
}
