/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-practice.h"

#include "cot-settings.h"

#define SCORES_KEY "practice-scores"

char **
cot_practice_dup_folders (void)
{
  const char *const *data_dirs = g_get_system_data_dirs ();
  g_autoptr (GStrvBuilder) folders = g_strv_builder_new ();
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "cotrace", "practice", NULL);

  g_strv_builder_add (folders, own);
  g_strv_builder_add (folders, COT_DATA_DIR "/practice");
  for (guint i = 0; data_dirs[i] != NULL; i++)
    {
      g_autofree char *folder = g_build_filename (data_dirs[i], "cotrace", "practice", NULL);

      g_strv_builder_add (folders, folder);
    }
  return g_strv_builder_end (folders);
}

gboolean
cot_practice_get_score (const char *id, guint *score)
{
  GSettings *settings = cot_settings_get ();
  g_autoptr (GVariant) saved = NULL;
  gint32 value;

  if (settings == NULL)
    return FALSE;
  saved = g_settings_get_value (settings, SCORES_KEY);
  if (!g_variant_lookup (saved, id, "i", &value))
    return FALSE;
  *score = (guint) CLAMP (value, 0, COT_EXERCISE_FULL_SCORE);
  return TRUE;
}

void
cot_practice_note_score (const char *id, guint score)
{
  GSettings *settings = cot_settings_get ();
  g_autoptr (GVariant) saved = NULL;
  GVariantBuilder builder;
  GVariantIter iter;
  const char *other;
  gint32 other_score;
  guint before;

  if (settings == NULL || (cot_practice_get_score (id, &before) && before >= score))
    return;
  saved = g_settings_get_value (settings, SCORES_KEY);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{si}"));
  g_variant_iter_init (&iter, saved);
  while (g_variant_iter_next (&iter, "{&si}", &other, &other_score))
    if (!g_str_equal (other, id))
      g_variant_builder_add (&builder, "{si}", other, other_score);
  g_variant_builder_add (&builder, "{si}", id, (gint32) score);
  g_settings_set_value (settings, SCORES_KEY, g_variant_builder_end (&builder));
}
