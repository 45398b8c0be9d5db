/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One failure with two codes, or of two servers, is two failures: what is said of one would be
 * wrong of the other. */

#include "cot-groups-private.h"

#include "cot-condition-private.h"

/* So many are told one by one; what is older is told together, as a log may hold thousands. */
#define MAX_GROUPS 8

static void
group_free (gpointer data)
{
  CotGroup *group = data;

  g_free (group->values);
  g_array_unref (group->moments);
  g_free (group);
}

/* "mp1.contoso.com, 12029"; empty where the line has none of them. */
static char *
dup_values (const CotDetector *detector, const CotMoment *moment)
{
  GString *values = g_string_new (NULL);

  for (guint i = 0; i < detector->apart->len; i++)
    {
      const char *names[] = { g_ptr_array_index (detector->apart, i), NULL };
      GPtrArray list = { (gpointer *) names, 1 };
      guint base;
      const char *text = cot_moment_get_capture (moment, &list, &base);

      if (text != NULL)
        g_string_append_printf (values, "%s%s", values->len > 0 ? ", " : "", text);
    }
  return g_string_free (values, FALSE);
}

/* By the newest line of each. */
static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const GArray *left = (*(const CotGroup *const *) a)->moments;
  const GArray *right = (*(const CotGroup *const *) b)->moments;

  return cot_moment_compare (cot_moment_at (right, right->len - 1),
                             cot_moment_at (left, left->len - 1));
}

static int
compare_moments (gconstpointer a, gconstpointer b)
{
  return cot_moment_compare (a, b);
}

static void
sum_up (GPtrArray *groups)
{
  CotGroup *rest;

  if (groups->len <= MAX_GROUPS + 1)
    return;
  rest = g_ptr_array_index (groups, MAX_GROUPS);
  rest->n_others = groups->len - MAX_GROUPS - 1;
  for (guint i = MAX_GROUPS + 1; i < groups->len; i++)
    {
      const GArray *moments = ((const CotGroup *) g_ptr_array_index (groups, i))->moments;

      g_array_append_vals (rest->moments, moments->data, moments->len);
    }
  g_array_sort (rest->moments, compare_moments);
  g_ptr_array_set_size (groups, MAX_GROUPS + 1);
}

GPtrArray *
cot_groups_new (const CotDetector *detector, const GArray *moments)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (group_free);
  g_autoptr (GHashTable) by_values
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < moments->len; i++)
    {
      const CotMoment *moment = cot_moment_at (moments, i);
      g_autofree char *values = dup_values (detector, moment);
      char *key = g_ascii_strdown (values, -1);
      CotGroup *group = g_hash_table_lookup (by_values, key);

      if (group == NULL)
        {
          group = g_new0 (CotGroup, 1);
          group->values = *values != '\0' ? g_steal_pointer (&values) : NULL;
          group->moments = g_array_new (FALSE, FALSE, sizeof (CotMoment));
          g_ptr_array_add (groups, group);
          g_hash_table_insert (by_values, key, group);
        }
      else
        {
          g_free (key);
        }
      g_array_append_vals (group->moments, moment, 1);
    }
  g_ptr_array_sort (groups, compare_groups);
  sum_up (groups);
  return groups;
}
