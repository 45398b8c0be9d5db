/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-saved-filters.h"
#include "cot-settings.h"

#define KEY "saved-filters"

static GPtrArray *
make_clauses (void)
{
  GPtrArray *clauses = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_filter_clause_free);
  CotFilterClause *clause = cot_filter_clause_new ("component", COT_CLAUSE_IS, "CcmExec", TRUE);

  g_ptr_array_add (clause->values, g_strdup ("a \"quoted\" one"));
  clause->is_off = TRUE;
  g_ptr_array_add (clauses, clause);
  g_ptr_array_add (clauses, cot_filter_clause_new (NULL, COT_CLAUSE_IS, "line > 7", FALSE));
  return clauses;
}

static void
assert_names (const char *const *names)
{
  g_auto (GStrv) saved = cot_saved_filters_dup_names ();

  g_assert_cmpstrv (saved, names);
}

/* What the settings hold may be anything: a filter with a part that is not understood is none. */
static void
test_foreign_settings (void)
{
  g_autoptr (GPtrArray) clauses = NULL;
  gboolean any = TRUE;

  g_settings_set_value (
      cot_settings_get (), KEY,
      g_variant_new_parsed ("[('none', false, @a(ssbbas) []),"
                            " ('foreign', false, [('text', 'sounds-like', false, false, ['a'])]),"
                            " ('no value', false, [('text', 'is', false, false, @as [])]),"
                            " ('good', false, [('text', 'contains', true, false, ['a', 'b'])])]"));
  assert_names ((const char *const[]){ "good", NULL });
  g_assert_null (cot_saved_filters_load ("foreign", &any));
  clauses = cot_saved_filters_load ("good", &any);
  g_assert_false (any);
  g_assert_cmpuint (clauses->len, ==, 1);
}

static void
test_round_trip (void)
{
  g_autoptr (GPtrArray) clauses = make_clauses ();
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_autoptr (GPtrArray) loaded = NULL;
  g_autoptr (GVariant) kept = NULL;
  const CotFilterClause *clause;
  gboolean any = FALSE;

  cot_saved_filters_remove ("good");
  g_assert_true (cot_saved_filters_save ("b", clauses, TRUE));
  g_assert_true (cot_saved_filters_save ("a", clauses, FALSE));
  assert_names ((const char *const[]){ "a", "b", NULL });
  loaded = cot_saved_filters_load ("b", &any);
  g_assert_true (any);
  g_assert_cmpuint (loaded->len, ==, 2);
  clause = g_ptr_array_index (loaded, 0);
  g_assert_cmpstr (clause->field, ==, "component");
  g_assert_cmpint (clause->relation, ==, COT_CLAUSE_IS);
  g_assert_true (clause->excludes);
  g_assert_true (clause->is_off);
  g_assert_cmpuint (clause->values->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (clause->values, 1), ==, "a \"quoted\" one");
  g_assert_null (((const CotFilterClause *) g_ptr_array_index (loaded, 1))->field);

  /* The same name again takes its place. */
  g_ptr_array_add (one, g_ptr_array_index (clauses, 1));
  g_assert_true (cot_saved_filters_save ("b", one, FALSE));
  cot_saved_filters_remove ("a");
  cot_saved_filters_remove ("never there");
  assert_names ((const char *const[]){ "b", NULL });
  kept = g_settings_get_value (cot_settings_get (), KEY);
  g_assert_cmpuint (g_variant_n_children (kept), ==, 1);
}

int
main (int argc, char **argv)
{
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_test_init (&argc, &argv, NULL);
  if (cot_settings_get () == NULL)
    {
      g_test_message ("the schema is not built");
      return 77;
    }
  /* In this order: what is saved is read once. */
  g_test_add_func ("/saved-filters/foreign-settings", test_foreign_settings);
  g_test_add_func ("/saved-filters/round-trip", test_round_trip);
  return g_test_run ();
}
