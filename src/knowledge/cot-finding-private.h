/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-correlate.h"
#include "cot-knowledge-private.h"

G_BEGIN_DECLS

typedef struct
{
  CotFinding finding; /* first: what the others see */
  gatomicrefcount references;
  CotKnowledge *knowledge;
  GPtrArray *explains; /* interned ids; after the conditions */
} CotFullFinding;

CotFinding *cot_finding_new (CotKnowledge *knowledge, const CotDetector *detector);
void cot_finding_set_explains (CotFinding *self, GPtrArray *ids);
gboolean cot_finding_explains (const CotFinding *self, const CotFinding *other);
void cot_finding_set_steps (CotFinding *self, const GArray *steps);
void cot_finding_add_note (CotFinding *self, const char *text, const char *argument);
/* Takes @decoded. */
void cot_finding_add_capture (CotFinding *self, const CotCaptureRule *rule, const char *text,
                              char *decoded);

/* Links consequences to their causes, leaves out what only guests among the logs tell, names the
 * headline, and puts all into reading order. */
void cot_verdict_pass (GPtrArray *findings, const CotCaseLog *logs, guint n_logs);

G_END_DECLS
