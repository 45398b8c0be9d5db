/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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
  const CotTimeline *timeline;
  const CotDetector *detector;
  const GArray *moments; /* CotMoment; (nullable) for a detector without a line */
  guint judged; /* index of the moment that is judged: the newest, or one that a test chose */
  GPtrArray *issues; /* CotSetupIssue of the judged line; (nullable) */
} CotJudgement;

CotAnswer cot_when_answer (const CotWhen *when, CotJudgement *judgement);
/* (nullable): what @moment captured under the first of @names that took part. */
const char *cot_moment_get_capture (const CotMoment *moment, const GPtrArray *names, guint *base);

G_END_DECLS
