/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* Journeys and what is missing of them, in words for people. (transfer full) */

/* What is known of a milestone: "Seen", "Cannot tell: ClientLocation.log is missing". */
char *cot_sentence_dup_milestone_state (const CotMilestoneReport *milestone);
/* "13 of 24 milestones seen" */
char *cot_sentence_dup_progress (const CotJourneyReport *report);
/* How many milestones cannot be told, and why: "1 cannot be told: PolicyAgent.log is missing".
 * NULL: all can. */
char *cot_sentence_dup_untold (const CotJourneyReport *report);
/* Which milestones were passed without being seen. NULL: none. */
char *cot_sentence_dup_passed (const CotJourneyReport *report);
/* What it is worth that there is no gap: "complete". NULL: there is one. The title of what
 * contradicts it is to follow, if anything does. */
const char *cot_sentence_get_end (const CotJourneyReport *report);
/* The same, with that title. */
char *cot_sentence_dup_end (const CotJourneyReport *report);
/* What it means that the path ends at this milestone. */
char *cot_sentence_dup_gap_meaning (const CotMilestoneReport *gap);
/* The logs of a coverage that are in a state: "A.log, B.log"; NULL where there is none. */
char *cot_sentence_dup_covered (const CotCoverage *coverage, CotCoverageState state);
/* What of the logs of a coverage is not there, or only in part; NULL where all is there. */
char *cot_sentence_dup_coverage (const CotCoverage *coverage);
/* Why a finding cannot be judged in full; NULL where it can. */
char *cot_sentence_dup_missing_for_finding (const CotFinding *finding);
/* Where the ways of two devices part, or that they do not. */
char *cot_sentence_dup_comparison (const CotJourneyComparison *comparison, const char *one,
                                   const char *other);
/* Which logs would tell more where no failure is known; NULL where none is known to be missing. */
char *cot_sentence_dup_missing_for_health (CotCase *a_case);

G_END_DECLS
