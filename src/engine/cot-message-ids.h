/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Names of one thing in many logs: GUIDs (policies, assignments, contents, enrollments), security
 * identifiers (S-1-…) and identifiers of packages and deployments of a site ("PS100012"). */
typedef struct
{
  gsize start; /* bytes of the message */
  gsize end; /* behind the last one */
} CotMessageId;

#define COT_MESSAGE_MAX_IDS 64

/* (element-type CotMessageId) (transfer full): the first ones, in order. Any thread. */
GArray *cot_message_ids_find (const char *message);

G_END_DECLS
