/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-practice.h"

#include "cot-settings.h"

#define SCORES_KEY "practice-scores"
#define SHOWN (-1)

/* (nullable): a program that was not installed has the scenarios of its own build. */
static char *
dup_build_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *here = program != NULL ? g_path_get_dirname (program) : NULL;
  g_autofree char *folder = NULL;

  if (here == NULL || g_str_equal (here, COT_BINDIR))
    return NULL;
  folder = g_build_filename (here, "../../data/practice/practice", NULL);
  return g_file_test (folder, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&folder) : NULL;
}

char **
cot_practice_dup_folders (void)
{
  const char *const *data_dirs = g_get_system_data_dirs ();
  g_autoptr (GStrvBuilder) folders = g_strv_builder_new ();
  g_autofree char *built = dup_build_folder ();
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "cotrace", "practice", NULL);

  g_strv_builder_add (folders, own);
  if (built != NULL)
    g_strv_builder_add (folders, built);
  g_strv_builder_add (folders, COT_DATA_DIR "/practice");
  for (guint i = 0; data_dirs[i] != NULL; i++)
    {
      g_autofree char *folder = g_build_filename (data_dirs[i], "cotrace", "practice", NULL);

      g_strv_builder_add (folders, folder);
    }
  return g_strv_builder_end (folders);
}

CotPracticeState
cot_practice_get_state (const char *id, guint *score)
{
  GSettings *settings = cot_settings_get ();
  g_autoptr (GVariant) saved = NULL;
  gint32 value;

  *score = 0;
  if (settings == NULL)
    return COT_PRACTICE_NEW;
  saved = g_settings_get_value (settings, SCORES_KEY);
  if (!g_variant_lookup (saved, id, "i", &value))
    return COT_PRACTICE_NEW;
  if (value < 0)
    return COT_PRACTICE_SHOWN;
  *score = (guint) MIN (value, COT_EXERCISE_FULL_SCORE);
  return COT_PRACTICE_SOLVED;
}

static void
note (const char *id, gint32 value)
{
  GSettings *settings = cot_settings_get ();
  g_autoptr (GVariant) saved = NULL;
  GVariantBuilder builder;
  GVariantIter iter;
  const char *other;
  gint32 before;

  if (settings == NULL)
    return;
  saved = g_settings_get_value (settings, SCORES_KEY);
  if (g_variant_lookup (saved, id, "i", &before) && before >= value)
    return;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{si}"));
  g_variant_iter_init (&iter, saved);
  while (g_variant_iter_next (&iter, "{&si}", &other, &before))
    if (!g_str_equal (other, id))
      g_variant_builder_add (&builder, "{si}", other, before);
  g_variant_builder_add (&builder, "{si}", id, value);
  g_settings_set_value (settings, SCORES_KEY, g_variant_builder_end (&builder));
}

void
cot_practice_note_solved (const char *id, guint score)
{
  note (id, (gint32) score);
}

void
cot_practice_note_shown (const char *id)
{
  note (id, SHOWN);
}
