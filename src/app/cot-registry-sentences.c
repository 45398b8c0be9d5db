/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-registry-sentences.h"

#include <glib/gi18n.h>

char *
cot_sentence_dup_registry_note (CotRegistryNote note, const char *flags)
{
  switch (note)
    {
    case COT_REGISTRY_NOTE_CLIENT_HEALTH:
      /* Translators: %s is a list of what the client is, such as "1 client installed" */
      return g_strdup_printf (_("Health of the client: %s. A healthy client has 7."), flags);
    case COT_REGISTRY_NOTE_WORKLOADS:
      /* Translators: %s is a list of workloads, such as "64 client apps" */
      return g_strdup_printf (_("Co-management: %s."), flags);
    case COT_REGISTRY_NOTE_EXTERNALLY_MANAGED:
      return g_strdup (_("Something has declared the device as managed, so it may not enroll. "
                         "Find out what it was before you change this."));
    case COT_REGISTRY_NOTE_INTUNE:
      return g_strdup (_("An enrollment in Intune."));
    case COT_REGISTRY_NOTE_ENROLLMENT:
      return g_strdup (_("An enrollment in device management."));
    case COT_REGISTRY_NOTE_NONE:
    default:
      return NULL;
    }
}
