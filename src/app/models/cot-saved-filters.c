/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-saved-filters.h"

#include "cot-filter-clauses-variant.h"
#include "cot-settings.h"

#define KEY "saved-filters"
/* A name, whether one clause is enough, and the clauses. */
#define FILTER_TYPE "(sb" COT_FILTER_CLAUSES_TYPE ")"
#define TYPE "a" FILTER_TYPE

#define MAX_FILTERS 100

typedef struct
{
  char *name;
  gboolean any;
  GPtrArray *clauses; /* (element-type CotFilterClause) */
} SavedFilter;

static GPtrArray *saved; /* (element-type SavedFilter), by name */

static void
saved_filter_free (gpointer data)
{
  SavedFilter *filter = data;

  g_free (filter->name);
  g_ptr_array_unref (filter->clauses);
  g_free (filter);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const SavedFilter *filter_a = *(SavedFilter *const *) a;
  const SavedFilter *filter_b = *(SavedFilter *const *) b;

  return g_utf8_collate (filter_a->name, filter_b->name);
}

static GPtrArray *
get_saved (void)
{
  g_autoptr (GVariant) kept = NULL;
  GVariantIter iter;
  const char *name;
  gboolean any;
  GVariant *clauses;

  if (saved != NULL)
    return saved;
  saved = g_ptr_array_new_with_free_func (saved_filter_free);
  if (cot_settings_get () == NULL)
    return saved;
  kept = g_settings_get_value (cot_settings_get (), KEY);
  g_variant_iter_init (&iter, kept);
  while (saved->len < MAX_FILTERS
         && g_variant_iter_next (&iter, "(&sb@" COT_FILTER_CLAUSES_TYPE ")", &name, &any, &clauses))
    {
      SavedFilter filter = { .any = any, .clauses = cot_filter_clauses_from_variant (clauses) };

      g_variant_unref (clauses);
      if (filter.clauses == NULL)
        continue;
      filter.name = g_strdup (name);
      g_ptr_array_add (saved, g_memdup2 (&filter, sizeof filter));
    }
  g_ptr_array_sort (saved, compare_names);
  return saved;
}

static void
write_saved (void)
{
  GVariantBuilder builder;

  if (cot_settings_get () == NULL)
    return;
  g_variant_builder_init (&builder, G_VARIANT_TYPE (TYPE));
  for (guint i = 0; i < saved->len; i++)
    {
      const SavedFilter *filter = g_ptr_array_index (saved, i);

      g_variant_builder_add (&builder, "(sb@" COT_FILTER_CLAUSES_TYPE ")", filter->name,
                             filter->any, cot_filter_clauses_to_variant (filter->clauses));
    }
  g_settings_set_value (cot_settings_get (), KEY, g_variant_builder_end (&builder));
}

static gboolean
find_saved (const char *name, guint *index)
{
  for (guint i = 0; i < get_saved ()->len; i++)
    if (g_str_equal (((SavedFilter *) g_ptr_array_index (saved, i))->name, name))
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * cot_saved_filters_dup_names:
 *
 * Returns: (transfer full): the names, ordered
 */
char **
cot_saved_filters_dup_names (void)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  char **names;

  for (guint i = 0; i < get_saved ()->len; i++)
    g_strv_builder_add (builder, ((SavedFilter *) g_ptr_array_index (saved, i))->name);
  names = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return names;
}

static GPtrArray *
copy_clauses (GPtrArray *clauses)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_filter_clause_free);

  for (guint i = 0; i < clauses->len; i++)
    g_ptr_array_add (copy, cot_filter_clause_copy (g_ptr_array_index (clauses, i)));
  return copy;
}

/**
 * cot_saved_filters_load:
 * @name: of a filter
 * @any: (out): whether one of its clauses is enough
 *
 * Returns: (transfer full) (nullable) (element-type CotFilterClause): its clauses
 */
GPtrArray *
cot_saved_filters_load (const char *name, gboolean *any)
{
  const SavedFilter *filter;
  guint index;

  if (!find_saved (name, &index))
    return NULL;
  filter = g_ptr_array_index (saved, index);
  *any = filter->any;
  return copy_clauses (filter->clauses);
}

/**
 * cot_saved_filters_save:
 * @name: what to call it; not empty
 * @clauses: (element-type CotFilterClause): at least one
 * @any: whether one of them is enough
 *
 * Returns: whether there was room
 */
gboolean
cot_saved_filters_save (const char *name, GPtrArray *clauses, gboolean any)
{
  SavedFilter *filter;
  guint index;

  g_return_val_if_fail (*name != '\0' && clauses->len > 0, FALSE);

  if (find_saved (name, &index))
    g_ptr_array_remove_index (saved, index);
  else if (saved->len == MAX_FILTERS)
    return FALSE;
  filter = g_new0 (SavedFilter, 1);
  filter->name = g_strdup (name);
  filter->any = any;
  filter->clauses = copy_clauses (clauses);
  g_ptr_array_add (saved, filter);
  g_ptr_array_sort (saved, compare_names);
  write_saved ();
  return TRUE;
}

/**
 * cot_saved_filters_remove:
 * @name: of a filter
 */
void
cot_saved_filters_remove (const char *name)
{
  guint index;

  if (!find_saved (name, &index))
    return;
  g_ptr_array_remove_index (saved, index);
  write_saved ();
}
