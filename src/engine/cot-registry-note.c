/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-registry-note.h"

#include <string.h>

#include "cot-decode.h"

static gboolean
ends_with (const char *text, const char *end)
{
  gsize n = strlen (text);
  gsize n_end = strlen (end);

  return n >= n_end && g_ascii_strcasecmp (text + n - n_end, end) == 0;
}

/* "...\Enrollments\{an id}", with or without the braces; the keys below it are others. */
static gboolean
is_enrollment (const char *key)
{
  static const char parent[] = "\\SOFTWARE\\Microsoft\\Enrollments\\";
  const char *last = strrchr (key, '\\');
  g_autofree char *id = NULL;
  g_autofree char *above = NULL;

  if (last == NULL)
    return FALSE;
  above = g_strndup (key, (gsize) (last - key) + 1);
  if (!ends_with (above, parent))
    return FALSE;
  id = g_strdup (last + 1 + (last[1] == '{' ? 1 : 0));
  if (ends_with (id, "}"))
    id[strlen (id) - 1] = '\0';
  return g_uuid_string_is_valid (id);
}

/* What stands behind "Name = "; NULL where the message is of another value. */
static const char *
get_value (const char *message, const char *name)
{
  gsize n = strlen (name);

  if (g_ascii_strncasecmp (message, name, n) != 0 || !g_str_has_prefix (message + n, " = "))
    return NULL;
  return message + n + strlen (" = ");
}

/* Of "dword:00000017 (23)" */
static gboolean
get_number (const char *message, const char *name, guint64 *number)
{
  static const char kind[] = "dword:";
  const char *value = get_value (message, name);
  g_autofree char *digits = NULL;

  if (value == NULL || !g_str_has_prefix (value, kind))
    return FALSE;
  digits = g_strndup (value + strlen (kind), 8);
  return strlen (digits) == 8 && cot_decode_number (digits, 16, number);
}

/**
 * cot_registry_note_find:
 * @key: the key that a value stands under
 * @message: "Name = dword:00000017 (23)"
 * @flags: (out) (nullable): what its bits are, where the note is about flags
 *
 * Only what Microsoft describes, and what detectors say as well.
 *
 * Returns: what is to be said about the value
 */
CotRegistryNote
cot_registry_note_find (const char *key, const char *message, char **flags)
{
  static const char *const workloads[] = { "CoManagementFlags",
                                           "CoManagementSettings_Capabilities" };
  guint64 number = 0;

  *flags = NULL;
  if (ends_with (key, "\\MDM") && get_number (message, "ClientHealthStatus", &number))
    {
      *flags = cot_decode_client_health (number);
      return COT_REGISTRY_NOTE_CLIENT_HEALTH;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (workloads); i++)
    if (get_number (message, workloads[i], &number))
      {
        *flags = cot_decode_workloads (number);
        return COT_REGISTRY_NOTE_WORKLOADS;
      }
  if (ends_with (key, "\\SOFTWARE\\Microsoft\\Enrollments")
      && get_number (message, "ExternallyManaged", &number) && number == 1)
    return COT_REGISTRY_NOTE_EXTERNALLY_MANAGED;
  if (!is_enrollment (key))
    return COT_REGISTRY_NOTE_NONE;
  if (g_strcmp0 (get_value (message, "ProviderID"), "\"MS DM Server\"") == 0)
    return COT_REGISTRY_NOTE_INTUNE;
  return COT_REGISTRY_NOTE_ENROLLMENT;
}
