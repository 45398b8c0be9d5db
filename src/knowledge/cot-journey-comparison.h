/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-journey-report.h"

G_BEGIN_DECLS

typedef enum
{
  COT_JOURNEY_STEP_BOTH, /* both have it */
  COT_JOURNEY_STEP_NEITHER,
  COT_JOURNEY_STEP_ONE, /* the first alone has it */
  COT_JOURNEY_STEP_OTHER, /* the second alone */
} CotJourneyStepKind;

/* A milestone on the ways of two devices. */
typedef struct
{
  CotJourneyStepKind kind;
  const CotMilestoneReport *one;
  const CotMilestoneReport *other;
  /* Since what was seen before it on the same way; COT_TIME_NONE where it cannot be told. */
  gint64 one_took_usec;
  gint64 other_took_usec;
  gboolean slower; /* one of them took ten times as long as the other, and a minute at least */
} CotJourneyStep;

/* The same journey of two devices, step by step. Fields are read-only. Immutable. */
typedef struct
{
  CotJourneyReport *one;
  CotJourneyReport *other;
  GArray *steps; /* (element-type CotJourneyStep): those that either took, in order */
  int first_difference; /* index in @steps: where one goes on and the other stops; -1: nowhere */
} CotJourneyComparison;

CotJourneyComparison *cot_journey_comparison_new (CotJourneyReport *one, CotJourneyReport *other);
void cot_journey_comparison_free (CotJourneyComparison *self);
const CotJourneyStep *cot_journey_comparison_get_step (const CotJourneyComparison *self,
                                                       guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotJourneyComparison, cot_journey_comparison_free)

G_END_DECLS
