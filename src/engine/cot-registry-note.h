/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Values of the registry that tell something about management to who knows them. */
typedef enum
{
  COT_REGISTRY_NOTE_NONE,
  COT_REGISTRY_NOTE_CLIENT_HEALTH, /* ClientHealthStatus: flags */
  COT_REGISTRY_NOTE_WORKLOADS, /* CoManagementFlags and the like: flags */
  COT_REGISTRY_NOTE_EXTERNALLY_MANAGED,
  COT_REGISTRY_NOTE_INTUNE, /* an enrollment whose server is Intune */
  COT_REGISTRY_NOTE_ENROLLMENT, /* any other value of an enrollment */
} CotRegistryNote;

/* @key and @message as a row of a registry export has them. @flags: in words, of values that are
 * flags; to be freed. */
CotRegistryNote cot_registry_note_find (const char *key, const char *message, char **flags);

G_END_DECLS
