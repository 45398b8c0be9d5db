/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-condition-private.h"

G_BEGIN_DECLS

/* By which clock all lines of these findings can be told. */
CotStoryClock cot_findings_choose_clock (CotFinding *const *findings, guint n_findings);
gint64 cot_evidence_get_time (const CotEvidence *evidence, CotStoryClock clock);

/* Each fills in what it is named after, from the evidence of a finding that has some. */
void cot_finding_add_range (CotFinding *finding);
void cot_finding_add_retries (CotFinding *finding);
void cot_finding_add_timer (CotFinding *finding, const CotJudgement *judgement);
/* When the line grew too old, where the conditions ask for its age. */
void cot_finding_add_begin (CotFinding *finding, const CotJudgement *judgement);
void cot_finding_add_expectations (CotFinding *finding, const CotJudgement *judgement);

G_END_DECLS
