/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-groups.h"
#include "cot-settings.h"

#define KEY "log-groups"

/* @n names of logs. */
static char **
make_names (guint n)
{
  char **names = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    names[i] = g_strdup_printf ("Contoso%u.log", i);
  return names;
}

static CotLogGroupSaved
save (const char *name, guint n)
{
  g_auto (GStrv) names = make_names (n);

  return cot_log_groups_save (name, (const char *const *) names);
}

/* Also what is in the settings, for the next start. */
static void
assert_group (const char *name, guint n)
{
  g_autofree char *id = g_strconcat (COT_OWN_LOG_GROUP_PREFIX, name, NULL);
  g_auto (GStrv) logs = cot_log_groups_dup_logs (NULL, id);
  g_autoptr (GVariant) kept = g_settings_get_value (cot_settings_get (), KEY);
  g_autoptr (GVariantIter) in_settings = NULL;
  GVariantIter iter;
  const char *kept_name;
  gboolean found = FALSE;

  g_assert_nonnull (logs);
  g_assert_cmpuint (g_strv_length (logs), ==, n);
  g_variant_iter_init (&iter, kept);
  while (!found && g_variant_iter_next (&iter, "(&sas)", &kept_name, &in_settings))
    {
      found = g_str_equal (kept_name, name);
      if (found)
        g_assert_cmpuint (g_variant_iter_n_children (in_settings), ==, n);
      g_clear_pointer (&in_settings, g_variant_iter_free);
    }
  g_assert_true (found);
}

/* A group is kept whole, or not at all: then the one of that name stays as it was. */
static void
test_too_many_logs (void)
{
  g_assert_cmpint (save ("full", COT_LOG_GROUPS_MAX_LOGS), ==, COT_LOG_GROUP_SAVED);
  assert_group ("full", COT_LOG_GROUPS_MAX_LOGS);
  g_assert_cmpint (save ("mine", 3), ==, COT_LOG_GROUP_SAVED);
  g_assert_cmpint (save ("mine", COT_LOG_GROUPS_MAX_LOGS + 1), ==, COT_LOG_GROUP_TOO_MANY_LOGS);
  assert_group ("mine", 3);
  g_assert_cmpint (save ("other", COT_LOG_GROUPS_MAX_LOGS + 1), ==, COT_LOG_GROUP_TOO_MANY_LOGS);
  g_assert_false (cot_log_groups_has_own ("other"));
  g_assert_cmpuint (cot_log_groups_get_n_own (), ==, 2);
}

static void
test_too_many_groups (void)
{
  g_autoptr (GVariant) kept = NULL;

  for (guint i = cot_log_groups_get_n_own (); i < COT_LOG_GROUPS_MAX_OWN; i++)
    {
      g_autofree char *name = g_strdup_printf ("group %u", i);

      g_assert_cmpint (save (name, 1), ==, COT_LOG_GROUP_SAVED);
    }
  g_assert_cmpint (save ("one more", 1), ==, COT_LOG_GROUP_TOO_MANY_GROUPS);
  g_assert_false (cot_log_groups_has_own ("one more"));
  assert_group ("mine", 3);
  kept = g_settings_get_value (cot_settings_get (), KEY);
  g_assert_cmpuint (g_variant_n_children (kept), ==, COT_LOG_GROUPS_MAX_OWN);

  /* One that is there can still be changed, and a place that is free be taken. */
  g_assert_cmpint (save ("mine", 4), ==, COT_LOG_GROUP_SAVED);
  assert_group ("mine", 4);
  cot_log_groups_remove ("full");
  g_assert_cmpint (save ("one more", 1), ==, COT_LOG_GROUP_SAVED);
  assert_group ("one more", 1);
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
  /* In this order: the second fills what is left by the first. */
  g_test_add_func ("/log-groups/too-many-logs", test_too_many_logs);
  g_test_add_func ("/log-groups/too-many-groups", test_too_many_groups);
  return g_test_run ();
}
