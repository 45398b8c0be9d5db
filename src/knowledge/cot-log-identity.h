/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-knowledge.h"
#include "cot-snapshot.h"

G_BEGIN_DECLS

/* How it is known which log a file is. */
typedef enum
{
  COT_LOG_IDENTITY_NAME,    /* by its name, or it is of no kind that detectors look for by name */
  COT_LOG_IDENTITY_CONTENT, /* by what stands in it: somebody has renamed it */
  COT_LOG_IDENTITY_UNKNOWN, /* it could be any: detectors for one log do not look at it */
} CotLogIdentity;

/* Any thread. (transfer full): what detectors are told that the log is. */
char *cot_log_identify (CotKnowledge *knowledge, const char *label, CotSnapshot *snapshot,
                        CotLogIdentity *identity);

/* Any thread. Whether a component writes to a log of the catalogue; @component may be longer than
 * the log's name, "CIAgentJob" of CIAgent.log. */
gboolean cot_log_knows_component (CotKnowledge *knowledge, const char *component);
/* Any thread. Whether a log may hold entries of any program, each of which says by its component
 * whose it is. */
gboolean cot_log_may_quote (CotKnowledge *knowledge, const char *label, CotSnapshot *snapshot);

G_END_DECLS
