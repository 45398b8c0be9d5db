/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-settings.h"

static GSettings *
create (const char *schema_id)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, schema_id, TRUE);
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

GSettings *
cot_settings_get (void)
{
  static gsize initialized;
  static GSettings *settings;

  if (g_once_init_enter (&initialized))
    {
      settings = create (COT_APPLICATION_ID);
      g_once_init_leave (&initialized, 1);
    }
  return settings;
}

GSettings *
cot_settings_get_window (void)
{
  static gsize initialized;
  static GSettings *settings;

  if (g_once_init_enter (&initialized))
    {
      settings = create (COT_APPLICATION_ID ".Window");
      g_once_init_leave (&initialized, 1);
    }
  return settings;
}

gboolean
cot_settings_get_boolean (const char *key, gboolean fallback)
{
  GSettings *settings = cot_settings_get ();

  return settings != NULL ? g_settings_get_boolean (settings, key) : fallback;
}
