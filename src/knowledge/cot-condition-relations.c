/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-condition-private.h"

/* How many hits on either side of one are looked at for a relation: bounds the work on a log that
 * holds nothing else. */
#define MAX_NEIGHBOURS 64
/* So many pairs of hits are looked at where each hit tells of a thing of its own. */
#define MAX_PAIRS 65536u
/* How long one attempt writes, at most, from what went wrong to what it was about. */
#define MAX_BELOW_USEC (G_GINT64_CONSTANT (10) * G_USEC_PER_SEC)

static gboolean
is_in_scope (const CotTest *test, const CotMoment *self, const CotMoment *other)
{
  if (test->within == COT_WITHIN_CASE)
    return TRUE;
  if (other->log == self->log)
    return test->within == COT_WITHIN_LOG || other->run == self->run;
  /* Other logs that the same run writes do not tell where it starts. */
  return test->within == COT_WITHIN_RUN && test->kind == COT_TEST_TOGETHER_WITH;
}

static guint
find_place (const GArray *moments, const CotMoment *moment)
{
  guint low = 0;
  guint high = moments->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (cot_moment_compare (cot_moment_at (moments, middle), moment) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Did both capture something under one name, and not the same? */
static gboolean
tells_of_another (const CotMoment *self, const CotMoment *other)
{
  guint n_rules, n_other_rules;
  const CotCaptureRule *rules = cot_detector_get_captures (self->hit->detector, &n_rules);
  const CotCaptureRule *other_rules
      = cot_detector_get_captures (other->hit->detector, &n_other_rules);

  for (guint i = 0; i < n_rules; i++)
    for (guint j = 0; self->hit->captures[i] != NULL && j < n_other_rules; j++)
      if (other->hit->captures[j] != NULL && g_str_equal (rules[i].name, other_rules[j].name)
          && g_ascii_strcasecmp (self->hit->captures[i], other->hit->captures[j]) != 0)
        return TRUE;
  return FALSE;
}

const CotMoment *
cot_condition_find_above (const CotTest *test, const CotTimeline *timeline,
                          const CotMoment *moment)
{
  const GArray *topics = test->under != NULL ? cot_timeline_find (timeline, test->under) : NULL;

  if (topics == NULL)
    return NULL;
  for (guint i = find_place (topics, moment), n = 0; i-- > 0 && n < MAX_NEIGHBOURS; n++)
    if (cot_moment_at (topics, i)->log == moment->log
        && !tells_of_another (moment, cot_moment_at (topics, i)))
      return cot_moment_at (topics, i);
  return NULL;
}

/* (nullable): the nearest line of "over" below @moment in its log that says of what both tell. What
 * is written later belongs to another attempt. */
static const char *
find_subject_below (const CotTest *test, const CotTimeline *timeline, const CotMoment *moment)
{
  const GArray *topics = test->over != NULL ? cot_timeline_find (timeline, test->over) : NULL;
  guint base, end;

  if (topics == NULL || moment->moment_usec == COT_TIME_NONE)
    return NULL;
  end = MIN (topics->len, find_place (topics, moment) + MAX_NEIGHBOURS);
  for (guint i = find_place (topics, moment); i < end; i++)
    {
      const CotMoment *topic = cot_moment_at (topics, i);
      const char *subject = cot_moment_get_capture (topic, test->same, &base);

      if (topic->moment_usec != COT_TIME_NONE
          && topic->moment_usec - moment->moment_usec > MAX_BELOW_USEC)
        return NULL;
      if (topic->log == moment->log && subject != NULL)
        return subject;
    }
  return NULL;
}

/* (nullable): what says of what @moment tells: itself, or the nearest line of "under" above, or of
 * "over" below. */
static const char *
find_subject (const CotTest *test, const CotTimeline *timeline, const CotMoment *moment)
{
  guint base;
  const char *own = cot_moment_get_capture (moment, test->same, &base);
  const CotMoment *above;

  if (own != NULL)
    return own;
  above = cot_condition_find_above (test, timeline, moment);
  if (above != NULL)
    return cot_moment_get_capture (above, test->same, &base);
  return find_subject_below (test, timeline, moment);
}

/* A line that does not say of what it tells may tell of this; where another line above or below it
 * should say so, it must. */
static gboolean
tell_of_same (const CotTest *test, const CotTimeline *timeline, const CotMoment *self,
              const CotMoment *other)
{
  const char *of_self, *of_other;

  if (test->same == NULL)
    return TRUE;
  of_self = find_subject (test, timeline, self);
  of_other = find_subject (test, timeline, other);
  if (of_self == NULL || of_other == NULL)
    return test->under == NULL && test->over == NULL;
  return g_ascii_strcasecmp (of_self, of_other) == 0;
}

gboolean
cot_condition_is_related (const CotTest *test, const CotTimeline *timeline, const CotMoment *self,
                          const CotMoment *other)
{
  if (!is_in_scope (test, self, other) || !tell_of_same (test, timeline, self, other))
    return FALSE;
  if (test->before && !cot_moment_is_after (self, other))
    return FALSE;
  if (test->entries >= 0)
    {
      guint64 low = MIN (self->hit->ordinal, other->hit->ordinal);
      guint64 high = MAX (self->hit->ordinal, other->hit->ordinal);

      if (self->log != other->log || high - low > (guint64) test->entries)
        return FALSE;
    }
  if (test->seconds >= 0)
    {
      if (self->moment_usec == COT_TIME_NONE || other->moment_usec == COT_TIME_NONE)
        return FALSE;
      if (ABS (self->moment_usec - other->moment_usec) > test->seconds * G_USEC_PER_SEC)
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_related_neighbour (const CotTest *test, const CotTimeline *timeline, const CotMoment *self,
                       const GArray *others)
{
  guint place = find_place (others, self);
  guint first = place > MAX_NEIGHBOURS ? place - MAX_NEIGHBOURS : 0;
  guint end = MIN (others->len, place + MAX_NEIGHBOURS);

  for (guint i = first; i < end; i++)
    if (cot_condition_is_related (test, timeline, self, cot_moment_at (others, i)))
      return TRUE;
  return FALSE;
}

static gboolean
stands_together (const CotTest *test, const CotJudgement *judgement, const char *id)
{
  const GArray *others = cot_timeline_find (judgement->timeline, id);

  if (others == NULL)
    return FALSE;
  if (judgement->moments == NULL)
    return TRUE;
  if (test->within == COT_WITHIN_CASE && test->seconds < 0 && test->entries < 0 && !test->before
      && test->same == NULL)
    return TRUE;
  for (guint i = 0; i < judgement->moments->len; i++)
    if ((!test->judged_only || i == judgement->judged)
        && has_related_neighbour (test, judgement->timeline,
                                  cot_moment_at (judgement->moments, i), others))
      return TRUE;
  return FALSE;
}

CotAnswer
cot_condition_answer_together (const CotTest *test, const CotJudgement *judgement)
{
  guint n_found = 0;

  for (guint i = 0; i < test->detectors->len; i++)
    if (stands_together (test, judgement, g_ptr_array_index (test->detectors, i)))
      n_found++;
  switch (test->mode)
    {
    case COT_MODE_ALL:
      return cot_answer (n_found == test->detectors->len);
    case COT_MODE_NONE:
      return cot_answer (n_found == 0);
    case COT_MODE_ANY:
    default:
      return cot_answer (n_found > 0);
    }
}

CotAnswer
cot_condition_answer_last (const CotTest *test, const CotJudgement *judgement)
{
  const CotMoment *newest = cot_moment_at (judgement->moments, judgement->moments->len - 1);

  for (guint i = 0; i < test->detectors->len; i++)
    {
      const char *id = g_ptr_array_index (test->detectors, i);
      const GArray *others = cot_timeline_find (judgement->timeline, id);

      /* Where its values are told apart, one of other values may stand behind the newest. */
      if (others == NULL
          || (id == judgement->detector->id && judgement->detector->apart->len == 0))
        continue;
      if (cot_moment_is_after (cot_moment_at (others, others->len - 1), newest))
        return COT_ANSWER_NO;
    }
  return COT_ANSWER_YES;
}

/* Is there one behind @self, within the time of the test or (@any_time) at all? */
static gboolean
is_followed (const CotTest *test, const CotJudgement *judgement, const CotMoment *self,
             gboolean any_time)
{
  CotTest relation = *test;

  if (any_time)
    relation.seconds = -1;
  for (guint i = 0; i < test->detectors->len; i++)
    {
      const GArray *others
          = cot_timeline_find (judgement->timeline, g_ptr_array_index (test->detectors, i));

      for (guint j = others != NULL ? others->len : 0; j-- > 0;)
        {
          const CotMoment *other = cot_moment_at (others, j);

          if (cot_moment_is_after (other, self)
              && cot_condition_is_related (&relation, judgement->timeline, self, other))
            return TRUE;
        }
    }
  return FALSE;
}

/* Has the log gone on for longer than the test would wait? */
static CotAnswer
answer_time_is_up (const CotTest *test, const CotJudgement *judgement, const CotMoment *self)
{
  gint64 newest = cot_timeline_get_newest (judgement->timeline, self->log);

  if (test->seconds < 0)
    return COT_ANSWER_YES;
  if (newest == COT_TIME_NONE || self->moment_usec == COT_TIME_NONE
      || newest - self->moment_usec <= test->seconds * G_USEC_PER_SEC)
    return COT_ANSWER_UNKNOWN;
  return COT_ANSWER_YES;
}

static guint
count_others (const CotTest *test, const CotJudgement *judgement)
{
  guint n = 1;

  for (guint i = 0; i < test->detectors->len; i++)
    {
      const GArray *others
          = cot_timeline_find (judgement->timeline, g_ptr_array_index (test->detectors, i));

      n += others != NULL ? others->len : 0;
    }
  return n;
}

/* Where each hit tells of a thing of its own, what came of the newest ends nothing for the others:
 * the newest that nothing followed is judged. */
void
cot_condition_choose_unfollowed (const CotTest *test, CotJudgement *judgement)
{
  guint limit = MAX (MAX_NEIGHBOURS, MAX_PAIRS / count_others (test, judgement));
  guint n = MIN (judgement->judged + 1, limit);

  for (guint i = 0; i < n; i++)
    if (!is_followed (test, judgement, cot_moment_at (judgement->moments, judgement->judged - i),
                      TRUE))
      {
        judgement->judged -= i;
        return;
      }
}

CotAnswer
cot_condition_answer_followed (const CotTest *test, CotJudgement *judgement)
{
  const CotMoment *self;

  if (test->same != NULL && test->kind == COT_TEST_NOT_FOLLOWED_BY)
    cot_condition_choose_unfollowed (test, judgement);
  self = cot_moment_at (judgement->moments, judgement->judged);

  if (test->kind == COT_TEST_FOLLOWED_BY)
    return cot_answer (is_followed (test, judgement, self, FALSE));
  /* Late is not never. */
  if (is_followed (test, judgement, self, TRUE))
    return COT_ANSWER_NO;
  return answer_time_is_up (test, judgement, self);
}
