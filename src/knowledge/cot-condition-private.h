/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-log-directory-private.h"
#include "cot-timeline-private.h"

G_BEGIN_DECLS

typedef enum
{
  COT_ANSWER_NO,
  COT_ANSWER_YES,
  COT_ANSWER_UNKNOWN, /* the evidence is not there: neither <then> nor <else> */
} CotAnswer;

/* One detector of a case while its conditions are looked at. */
typedef struct
{
  CotKnowledge *knowledge;
  const CotTimeline *timeline;
  CotLogDirectory *directory; /* of the logs of all detectors */
  const CotDetector *detector;
  const GArray *moments; /* CotMoment; (nullable) for a detector without a line */
  guint judged; /* index of the moment that is judged: the newest, or one that a test chose */
  GPtrArray *issues; /* CotSetupIssue of the judged line; (nullable) */
} CotJudgement;

CotAnswer cot_when_answer (const CotWhen *when, CotJudgement *judgement);
/* (nullable): what @moment captured under the first of @names that took part. */
const char *cot_moment_get_capture (const CotMoment *moment, const GPtrArray *names, guint *base);

/* What @text, captured by @moment, says by the clock of the other times of its log. */
gboolean cot_moment_read_time (const CotMoment *moment, const CotTimeline *timeline,
                               const char *text, gint64 *time_usec, gboolean *is_utc);

static inline CotAnswer
cot_answer (gboolean yes)
{
  return yes ? COT_ANSWER_YES : COT_ANSWER_NO;
}

static inline const CotMoment *
cot_moment_at (const GArray *moments, guint index)
{
  return &g_array_index (moments, CotMoment, index);
}

/* The tests that relate hits to each other. */
CotAnswer cot_condition_answer_last (const CotTest *test, const CotJudgement *judgement);
/* With "same" it chooses the hit to judge. */
CotAnswer cot_condition_answer_followed (const CotTest *test, CotJudgement *judgement);
CotAnswer cot_condition_answer_together (const CotTest *test, const CotJudgement *judgement);
/* Is @other related to @self as the test wants, its time included? */
gboolean cot_condition_is_related (const CotTest *test, const CotTimeline *timeline,
                                   const CotMoment *self, const CotMoment *other);
/* (nullable): the nearest line of "under" above @moment in its log, but for those that captured
 * something else under one of its names. */
const CotMoment *cot_condition_find_above (const CotTest *test, const CotTimeline *timeline,
                                           const CotMoment *moment);
/* Where each hit tells of a thing of its own, chooses the newest one that nothing followed. */
void cot_condition_choose_unfollowed (const CotTest *test, CotJudgement *judgement);
/* Did the line come that is expected behind the newest one? @expectation: (nullable): what to say
 * where it did not in time; its log_name stays the directory's. */
CotAnswer cot_condition_answer_expected (const CotTest *test, const CotJudgement *judgement,
                                         CotExpectation *expectation);
/* The tests that look at what was captured; the last two choose the hit to judge. */
CotAnswer cot_condition_answer_value (const CotTest *test, const CotJudgement *judgement);
CotAnswer cot_condition_answer_bits (const CotTest *test, const CotJudgement *judgement);
CotAnswer cot_condition_answer_older (const CotTest *test, const CotJudgement *judgement);
CotAnswer cot_condition_answer_length (const CotTest *test, CotJudgement *judgement);
CotAnswer cot_condition_answer_setup_line (const CotTest *test, CotJudgement *judgement);

G_END_DECLS
