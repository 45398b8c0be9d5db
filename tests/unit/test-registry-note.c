/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-registry-note.h"

#define SOFTWARE "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft"
#define ENROLLMENT SOFTWARE "\\Enrollments\\41B7C0DE-0000-4000-8000-000000000001"

static void
test_notes (void)
{
  static const struct
  {
    const char *key;
    const char *message;
    CotRegistryNote note;
    const char *flags;
  } cases[] = {
    { SOFTWARE "\\Windows\\CurrentVersion\\MDM", "ClientHealthStatus = dword:00000007 (7)",
      COT_REGISTRY_NOTE_CLIENT_HEALTH,
      "1 client installed, 2 client registered, 4 a health evaluation was passed" },
    { SOFTWARE "\\CCM", "CoManagementFlags = dword:00000041 (65)", COT_REGISTRY_NOTE_WORKLOADS,
      "1 co-management configured, 64 client apps" },
    { "HKEY_LOCAL_MACHINE\\software\\microsoft\\Enrollments",
      "ExternallyManaged = dword:00000001 (1)", COT_REGISTRY_NOTE_EXTERNALLY_MANAGED, NULL },
    { SOFTWARE "\\Enrollments", "ExternallyManaged = dword:00000000 (0)", COT_REGISTRY_NOTE_NONE,
      NULL },
    { ENROLLMENT, "ProviderID = \"MS DM Server\"", COT_REGISTRY_NOTE_INTUNE, NULL },
    { ENROLLMENT, "ProviderID = \"Contoso\"", COT_REGISTRY_NOTE_ENROLLMENT, NULL },
    { ENROLLMENT "\\DMClient", "ProviderID = \"MS DM Server\"", COT_REGISTRY_NOTE_NONE, NULL },
    { SOFTWARE "\\Enrollments\\Status", "a = \"b\"", COT_REGISTRY_NOTE_NONE, NULL },
    { SOFTWARE "\\Enrollments\\{", "a = \"b\"", COT_REGISTRY_NOTE_NONE, NULL },
    { SOFTWARE "\\Enrollments\\", "a = \"b\"", COT_REGISTRY_NOTE_NONE, NULL },
    { SOFTWARE "\\CCM", "CoManagementFlags = \"65\"", COT_REGISTRY_NOTE_NONE, NULL },
    { SOFTWARE "\\CCM", "CoManagementFlags2 = dword:00000041 (65)", COT_REGISTRY_NOTE_NONE, NULL },
    { SOFTWARE "\\CCM", "CoManagementFlags = dword:", COT_REGISTRY_NOTE_NONE, NULL },
    { "", "", COT_REGISTRY_NOTE_NONE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *flags = NULL;

      g_test_message ("%s: %s", cases[i].key, cases[i].message);
      g_assert_cmpint (cot_registry_note_find (cases[i].key, cases[i].message, &flags), ==,
                       cases[i].note);
      g_assert_cmpstr (flags, ==, cases[i].flags);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/registry-note/notes", test_notes);
  return g_test_run ();
}
