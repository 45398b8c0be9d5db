/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-correlate.h"
#include "cot-journey.h"

G_BEGIN_DECLS

typedef enum
{
  COT_COVERAGE_PRESENT,
  COT_COVERAGE_MISSING, /* no such log in the case */
  COT_COVERAGE_STARTS_AFTER, /* what was before its first entry is gone */
  COT_COVERAGE_ENDS_BEFORE, /* it ends before what is looked for could be in it */
} CotCoverageState;

typedef struct
{
  char *name; /* as in the documentation */
  CotCoverageState state;
} CotLogCoverage;

/* Which logs a scenario needs, and what the case has of them. */
typedef struct
{
  const char *area; /* of the findings or of the journey */
  const CotJourney *journey; /* (nullable): NULL for the findings of an area */
  GPtrArray *logs; /* (element-type CotLogCoverage) */
} CotCoverage;

typedef enum
{
  COT_MILESTONE_SEEN,
  COT_MILESTONE_MISSING, /* its log is there and does not have it */
  COT_MILESTONE_UNKNOWN, /* cannot be told: see @coverage */
  COT_MILESTONE_NOT_TAKEN, /* the device went another branch of the fork */
} CotMilestoneState;

typedef struct
{
  const CotMilestone *milestone;
  CotMilestoneState state;
  CotCoverageState coverage; /* of the log; where it is UNKNOWN, why */
  const char *log_name; /* as in the documentation: where it stands or should stand */
  gboolean taken_back; /* missing, as the line by which it was seen tells that it is no more so */
  gboolean seen_before; /* missing now, but an earlier attempt came that far */
  gboolean passed; /* not seen, but a later milestone of the same attempt was: never a gap */
  guint log; /* index in the logs of the case; G_MAXUINT where it was not seen */
  guint64 ordinal;
  gint64 time_usec; /* as written; COT_TIME_NONE */
  gint16 bias_minutes;
} CotMilestoneReport;

/* What the logs of a case show of one journey. Fields are read-only. Immutable, reference counted.
 */
typedef struct
{
  const CotJourney *journey;
  gboolean applies;
  CotMilestoneReport evidence; /* that it applies; log is G_MAXUINT where it does not */
  guint n_milestones; /* on the way that the device took */
  guint n_seen;
  guint n_attempts; /* how often the path was begun; 0 where its begin was not seen */
  int first_gap; /* index in @milestones: behind all that was seen; -1: none */
  gboolean complete; /* applies, all that must be there was seen, but in logs of servers, and
                      * nothing contradicts it */
  CotFinding *explanation; /* (nullable): an open finding that tells why it ends there */
  CotFinding *contradiction; /* (nullable): it has no gap, and yet this open error stands */
  GArray *milestones; /* (element-type CotMilestoneReport): all branches, in order */
  CotCoverage *coverage;
} CotJourneyReport;

/* One report for each journey of the knowledge: those that apply first, among them those of which
 * the headline tells that they failed, then the longest way. @findings are those of the same logs.
 * Any thread.
 * (transfer full) (element-type CotJourneyReport) */
GPtrArray *cot_journeys_judge (CotKnowledge *knowledge,
                               const CotCaseLog *logs,
                               guint n_logs,
                               GPtrArray *findings);
CotJourneyReport *cot_journey_report_ref (CotJourneyReport *self);
void cot_journey_report_unref (CotJourneyReport *self);
/* (nullable): the milestone at which to go on looking: none that was passed. */
const CotMilestoneReport *cot_journey_report_get_gap (const CotJourneyReport *self);

/* What the open findings of each area need to say more: in the order of the findings. Any thread.
 * (transfer full) (element-type CotCoverage) */
GPtrArray *cot_coverage_of_findings (CotKnowledge *knowledge,
                                     const CotCaseLog *logs,
                                     guint n_logs,
                                     GPtrArray *findings);
void cot_coverage_free (CotCoverage *self);
/* Adds the log names that stand in a text, which are words that end in ".log", to those that
 * @names has. (element-type utf8) */
void cot_log_names_in_text (const char *text, GPtrArray *names);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotJourneyReport, cot_journey_report_unref)

G_END_DECLS
