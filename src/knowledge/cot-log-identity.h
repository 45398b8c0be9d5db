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

G_END_DECLS
