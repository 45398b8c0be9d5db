/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-filter-clauses-variant.h"

#define MAX_CLAUSES 64
#define MAX_VALUES 256

static const char *const relations[COT_N_CLAUSE_RELATIONS] = {
  [COT_CLAUSE_CONTAINS] = "contains", [COT_CLAUSE_IS] = "is",
  [COT_CLAUSE_MATCHES] = "matches",   [COT_CLAUSE_AT_LEAST] = "at-least",
  [COT_CLAUSE_AT_MOST] = "at-most",
};

/* (nullable): "" as a field is an expression. */
static CotFilterClause *
read_clause (const char *field, const char *relation, gboolean excludes, gboolean is_off,
             const char *const *values)
{
  g_autoptr (CotFilterClause) clause = NULL;

  for (guint i = 0; i < COT_N_CLAUSE_RELATIONS && values[0] != NULL; i++)
    if (g_str_equal (relations[i], relation))
      clause = cot_filter_clause_new (*field != '\0' ? field : NULL, (CotClauseRelation) i,
                                      values[0], excludes);
  if (clause == NULL)
    return NULL;
  clause->is_off = is_off;
  for (guint i = 1; values[i] != NULL && i < MAX_VALUES; i++)
    g_ptr_array_add (clause->values, g_strdup (values[i]));
  return g_steal_pointer (&clause);
}

/**
 * cot_filter_clauses_from_variant:
 * @variant: of the type %COT_FILTER_CLAUSES_TYPE, with whatever in it
 *
 * A filter with a part that cannot be read would show other entries: it is none.
 *
 * Returns: (transfer full) (nullable) (element-type CotFilterClause): the clauses
 */
GPtrArray *
cot_filter_clauses_from_variant (GVariant *variant)
{
  g_autoptr (GPtrArray) clauses
      = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_filter_clause_free);
  GVariantIter iter;
  const char *field;
  const char *relation;
  gboolean excludes;
  gboolean is_off;
  g_autofree const char **values = NULL;

  g_variant_iter_init (&iter, variant);
  while (g_variant_iter_next (&iter, "(&s&sbb^a&s)", &field, &relation, &excludes, &is_off,
                              &values))
    {
      CotFilterClause *clause = read_clause (field, relation, excludes, is_off, values);

      g_clear_pointer (&values, g_free);
      if (clause == NULL || clauses->len == MAX_CLAUSES)
        {
          g_clear_pointer (&clause, cot_filter_clause_free);
          return NULL;
        }
      g_ptr_array_add (clauses, clause);
    }
  return clauses->len > 0 ? g_steal_pointer (&clauses) : NULL;
}

/**
 * cot_filter_clauses_to_variant:
 * @clauses: (element-type CotFilterClause): the clauses
 *
 * What is of this process alone is left out.
 *
 * Returns: (transfer floating): what cot_filter_clauses_from_variant() reads
 */
GVariant *
cot_filter_clauses_to_variant (GPtrArray *clauses)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (COT_FILTER_CLAUSES_TYPE));
  for (guint i = 0; i < MIN (clauses->len, MAX_CLAUSES); i++)
    {
      const CotFilterClause *clause = g_ptr_array_index (clauses, i);
      g_autoptr (GPtrArray) values = NULL;

      if (clause->moment != 0)
        continue;
      values = g_ptr_array_copy (clause->values, NULL, NULL);
      g_ptr_array_set_free_func (values, NULL);
      g_ptr_array_add (values, NULL);
      g_variant_builder_add (&builder, "(ssbb^as)", clause->field != NULL ? clause->field : "",
                             relations[clause->relation], clause->excludes, clause->is_off,
                             values->pdata);
    }
  return g_variant_builder_end (&builder);
}
