/* SPDX-License-Identifier: GPL-3.0-or-later */

/* After one line another one is expected within some time. That it did not come says something only
 * where the log in which it would stand goes on for that long after the first that waits for it. */

#include "cot-condition-private.h"

/* The log in which the expected line would stand and that goes on for longest; FALSE where there is
 * none. */
typedef struct
{
  gboolean found;
  guint log;
  gint64 newest_usec; /* on the clock of moments; COT_TIME_NONE */
  const char *name; /* (nullable): as documented */
} Place;

static void
take_log (Place *place, const CotTimeline *timeline, guint log, const char *name)
{
  gint64 newest_usec = cot_timeline_get_newest (timeline, log);

  if (place->found && newest_usec <= place->newest_usec)
    return;
  *place = (Place){ TRUE, log, newest_usec, name };
}

static void
look_for_logs (Place *place, const CotJudgement *judgement, const CotDetector *expected)
{
  for (guint i = 0; i < expected->logs->len; i++)
    {
      const CotLogPlace *known
          = cot_log_directory_find (judgement->directory, g_ptr_array_index (expected->logs, i));
      const GArray *logs
          = known != NULL ? cot_log_directory_list (judgement->directory, known->name) : NULL;

      for (guint j = 0; logs != NULL && j < logs->len; j++)
        take_log (place, judgement->timeline, g_array_index (logs, guint, j), known->name);
      if (place->name == NULL)
        place->name = g_ptr_array_index (expected->logs, i);
    }
}

/* A line that may stand anywhere, or must be in the same log, is expected where the first one
 * is. */
static Place
find_place (const CotTest *test, const CotJudgement *judgement, const CotMoment *self)
{
  Place place = { FALSE, 0, COT_TIME_NONE, NULL };

  for (guint i = 0; test->within == COT_WITHIN_CASE && i < test->detectors->len; i++)
    {
      const CotDetector *expected = g_hash_table_lookup (
          judgement->knowledge->by_id, g_ptr_array_index (test->detectors, i));

      if (expected != NULL)
        look_for_logs (&place, judgement, expected);
    }
  if (place.name == NULL)
    take_log (&place, judgement->timeline, self->log, NULL);
  return place;
}

/* (transfer container) (element-type CotMoment): the answers that @self could have had, however
 * late or early. */
static GPtrArray *
list_answers (const CotTest *test, const CotJudgement *judgement, const CotMoment *self)
{
  GPtrArray *answers = g_ptr_array_new ();
  CotTest relation = *test;

  relation.seconds = -1;
  for (guint i = 0; i < test->detectors->len; i++)
    {
      const GArray *others
          = cot_timeline_find (judgement->timeline, g_ptr_array_index (test->detectors, i));

      for (guint j = 0; others != NULL && j < others->len; j++)
        {
          const CotMoment *other = cot_moment_at (others, j);

          if (cot_condition_is_related (&relation, judgement->timeline, self, other))
            g_ptr_array_add (answers, (gpointer) other);
        }
    }
  return answers;
}

/* (nullable): the first one behind @self. */
static const CotMoment *
find_next (const CotTest *test, const CotJudgement *judgement, const CotMoment *self)
{
  g_autoptr (GPtrArray) answers = list_answers (test, judgement, self);
  const CotMoment *next = NULL;

  for (guint i = 0; i < answers->len; i++)
    {
      const CotMoment *answer = g_ptr_array_index (answers, i);

      if (cot_moment_is_after (answer, self)
          && (next == NULL || cot_moment_compare (answer, next) < 0))
        next = answer;
    }
  return next;
}

/* A question that is asked again and again is not young because it was asked just now: the time
 * runs from the first one behind the last answer. */
static gint64
find_first_unanswered (const CotTest *test, const CotJudgement *judgement, const CotMoment *self)
{
  g_autoptr (GPtrArray) answers = list_answers (test, judgement, self);
  const CotMoment *answered = NULL;
  gint64 first_usec = self->moment_usec;
  CotTest relation = *test;

  relation.seconds = -1;
  for (guint i = 0; i < answers->len; i++)
    if (answered == NULL
        || cot_moment_compare (g_ptr_array_index (answers, i), answered) > 0)
      answered = g_ptr_array_index (answers, i);
  for (guint i = judgement->judged; i-- > 0;)
    {
      const CotMoment *earlier = cot_moment_at (judgement->moments, i);

      if (answered != NULL && !cot_moment_is_after (earlier, answered))
        break;
      if (earlier->moment_usec != COT_TIME_NONE
          && cot_condition_is_related (&relation, judgement->timeline, self, earlier))
        first_usec = MIN (first_usec, earlier->moment_usec);
    }
  return first_usec;
}

static gint64
get_wall_clock (const CotTimeline *timeline, const Place *place)
{
  return place->found ? cot_hits_get_newest_time (timeline->logs[place->log].hits, NULL)
                      : COT_TIME_NONE;
}

CotAnswer
cot_condition_answer_expected (const CotTest *test, const CotJudgement *judgement,
                               CotExpectation *expectation)
{
  const CotMoment *self = cot_moment_at (judgement->moments, judgement->judged);
  const CotMoment *next = find_next (test, judgement, self);
  gint64 limit_usec = test->seconds * G_USEC_PER_SEC;
  gboolean timed = self->moment_usec != COT_TIME_NONE;
  CotExpectation result = { .line = test->line, .limit_usec = limit_usec };
  CotAnswer answer = COT_ANSWER_UNKNOWN;

  if (next != NULL)
    {
      result.state = COT_NEXT_LATE;
      if (timed && next->moment_usec != COT_TIME_NONE)
        result.after_usec = next->moment_usec - self->moment_usec;
      answer = COT_ANSWER_YES;
    }
  else
    {
      Place place = find_place (test, judgement, self);

      result.log_name = (char *) place.name;
      if (place.found && place.name == NULL)
        result.log_name = (char *) judgement->timeline->logs[place.log].name;
      result.end_usec = get_wall_clock (judgement->timeline, &place);
      result.state = place.found ? COT_NEXT_NOT_YET : COT_NEXT_NO_LOG;
      if (place.found && timed && place.newest_usec != COT_TIME_NONE
          && place.newest_usec - find_first_unanswered (test, judgement, self) > limit_usec)
        {
          result.state = COT_NEXT_NEVER;
          answer = COT_ANSWER_NO;
        }
    }
  if (expectation != NULL)
    *expectation = result;
  return answer;
}
