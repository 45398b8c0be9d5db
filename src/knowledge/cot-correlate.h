/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-finding.h"
#include "cot-matcher.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name; /* label, as given to the matcher */
  CotHits *hits;
  guint64 size_bytes; /* of its newest part; 0: not known */
  guint n_generations; /* parts of it that are read as one log; 0: not known */
  /* Of a server that was given with the device: it may hold the cause of what the device tells, or
   * what came of it; what else it tells is no news of this device. */
  gboolean is_guest;
} CotCaseLog;

/* What the hits of one case (one device, or one server with the clients that were given with it)
 * say together: findings in the order in which to read them, the headline first, consequences
 * behind their cause. Cheap: call it again whenever hits arrived. Any thread.
 * (transfer full) (element-type CotFinding) */
GPtrArray *cot_correlate (CotKnowledge *knowledge, const CotCaseLog *logs, guint n_logs);

G_END_DECLS
