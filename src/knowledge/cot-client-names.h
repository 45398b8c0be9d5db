/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-matcher.h"

G_BEGIN_DECLS

/* A server writes its lines for all its clients, and some name the client. Pure; any thread. */

/* Whether a log, by its label or file name, is one that a server writes. */
gboolean cot_log_is_of_server (CotKnowledge *knowledge, const char *log_name);
/* The words of a message that may name a computer or a client, in small letters with spaces
 * between: "PC0042" and what follows "GUID:". NULL for none. (transfer full) */
char *cot_client_names_dup (const char *message, gsize length_bytes);
/* Whether a word is like the name of a computer: others stand in any line. */
gboolean cot_client_name_is_telling (const char *name);

G_END_DECLS
