/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-journey-comparison.h"

#include "cot-clock.h"

/* A device that works beside one that does not: the first thing that the one did and the other did
 * not is where to look. How long each step took tells the rest. */

#define SLOWER_FACTOR 10
#define SLOWER_LEAST_USEC (60 * G_TIME_SPAN_SECOND)

static const CotMilestoneReport *
get_milestone (const CotJourneyReport *report, guint index)
{
  return &g_array_index (report->milestones, CotMilestoneReport, index);
}

/* Whoever has several clocks in her logs is judged by none. */
static gint64
get_utc (const CotMilestoneReport *milestone)
{
  if (milestone->state != COT_MILESTONE_SEEN || milestone->time_usec == COT_TIME_NONE
      || milestone->bias_minutes == COT_BIAS_NONE)
    return COT_TIME_NONE;
  return cot_clock_to_utc (milestone->time_usec, milestone->bias_minutes);
}

/* By the writer's clock where one of the two lacks its zone: both are of one device. */
static gint64
get_distance (const CotMilestoneReport *before, const CotMilestoneReport *milestone)
{
  gint64 from = get_utc (before);
  gint64 to = get_utc (milestone);
  gint64 took_usec;

  if (from == COT_TIME_NONE || to == COT_TIME_NONE)
    {
      from = before->time_usec;
      to = milestone->time_usec;
    }
  if (from == COT_TIME_NONE || to == COT_TIME_NONE
      || __builtin_sub_overflow (to, from, &took_usec) || took_usec < 0)
    return COT_TIME_NONE;
  return took_usec;
}

/* What a milestone took, when @before was the last one that was seen. */
static gint64
follow (const CotMilestoneReport *milestone, const CotMilestoneReport **before)
{
  gint64 took_usec = COT_TIME_NONE;

  if (milestone->state != COT_MILESTONE_SEEN)
    return COT_TIME_NONE;
  if (*before != NULL)
    took_usec = get_distance (*before, milestone);
  *before = milestone;
  return took_usec;
}

static CotJourneyStepKind
get_kind (const CotMilestoneReport *one, const CotMilestoneReport *other)
{
  gboolean one_seen = one->state == COT_MILESTONE_SEEN;
  gboolean other_seen = other->state == COT_MILESTONE_SEEN;

  if (one_seen == other_seen)
    return one_seen ? COT_JOURNEY_STEP_BOTH : COT_JOURNEY_STEP_NEITHER;
  return one_seen ? COT_JOURNEY_STEP_ONE : COT_JOURNEY_STEP_OTHER;
}

static gboolean
is_slower (gint64 one_usec, gint64 other_usec)
{
  gint64 more = MAX (one_usec, other_usec);
  gint64 less = MIN (one_usec, other_usec);

  return one_usec != COT_TIME_NONE && other_usec != COT_TIME_NONE && more >= SLOWER_LEAST_USEC
         && more / SLOWER_FACTOR >= less;
}

/* What was passed, what may be left out, another branch, and what stands in the log of a server
 * that is not here are no end of a way. */
static gboolean
is_difference (const CotJourneyStep *step)
{
  const CotMilestoneReport *lacking
      = step->kind == COT_JOURNEY_STEP_ONE ? step->other : step->one;

  return (step->kind == COT_JOURNEY_STEP_ONE || step->kind == COT_JOURNEY_STEP_OTHER)
         && lacking->state != COT_MILESTONE_NOT_TAKEN && !lacking->passed
         && !lacking->milestone->optional
         && !(lacking->milestone->server && lacking->state == COT_MILESTONE_UNKNOWN);
}

/**
 * cot_journey_comparison_new:
 * @one: what is known of a journey
 * @other: what is known of the same journey of another device, by the same knowledge
 *
 * Any thread.
 *
 * Returns: (transfer full): both side by side
 */
CotJourneyComparison *
cot_journey_comparison_new (CotJourneyReport *one, CotJourneyReport *other)
{
  CotJourneyComparison *self;
  const CotMilestoneReport *one_before = NULL;
  const CotMilestoneReport *other_before = NULL;

  g_return_val_if_fail (one->journey == other->journey, NULL);

  self = g_new0 (CotJourneyComparison, 1);
  self->one = cot_journey_report_ref (one);
  self->other = cot_journey_report_ref (other);
  self->steps = g_array_new (FALSE, FALSE, sizeof (CotJourneyStep));
  self->first_difference = -1;
  for (guint i = 0; i < one->milestones->len; i++)
    {
      CotJourneyStep step = { .one = get_milestone (one, i), .other = get_milestone (other, i) };

      if (step.one->state == COT_MILESTONE_NOT_TAKEN
          && step.other->state == COT_MILESTONE_NOT_TAKEN)
        continue;
      step.kind = get_kind (step.one, step.other);
      step.one_took_usec = follow (step.one, &one_before);
      step.other_took_usec = follow (step.other, &other_before);
      step.slower = is_slower (step.one_took_usec, step.other_took_usec);
      if (self->first_difference < 0 && is_difference (&step))
        self->first_difference = (int) self->steps->len;
      g_array_append_val (self->steps, step);
    }
  return self;
}

/**
 * cot_journey_comparison_free:
 * @self: (nullable) (transfer full): a comparison
 */
void
cot_journey_comparison_free (CotJourneyComparison *self)
{
  if (self == NULL)
    return;
  cot_journey_report_unref (self->one);
  cot_journey_report_unref (self->other);
  g_array_unref (self->steps);
  g_free (self);
}

/**
 * cot_journey_comparison_get_step:
 * @self: a comparison
 * @index: below the number of its steps
 *
 * Returns: (transfer none): the step
 */
const CotJourneyStep *
cot_journey_comparison_get_step (const CotJourneyComparison *self, guint index)
{
  return &g_array_index (self->steps, CotJourneyStep, index);
}
