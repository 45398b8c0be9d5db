/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-condition-private.h"

#include "cot-ccmsetup-line.h"
#include "cot-clock.h"
#include "cot-decode.h"

#include <string.h>

/* How many hits on either side of one are looked at for a relation: bounds the work on a log that
 * holds nothing else. */
#define MAX_NEIGHBOURS 64
#define USEC_PER_HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

static CotAnswer
answer (gboolean yes)
{
  return yes ? COT_ANSWER_YES : COT_ANSWER_NO;
}

static const CotMoment *
get_moment (const GArray *moments, guint index)
{
  return &g_array_index (moments, CotMoment, index);
}

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

static gboolean
is_related (const CotTest *test, const CotMoment *self, const CotMoment *other)
{
  if (!is_in_scope (test, self, other))
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

static guint
find_place (const GArray *moments, const CotMoment *moment)
{
  guint low = 0;
  guint high = moments->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (cot_moment_compare (get_moment (moments, middle), moment) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean
has_related_neighbour (const CotTest *test, const CotMoment *self, const GArray *others)
{
  guint place = find_place (others, self);
  guint first = place > MAX_NEIGHBOURS ? place - MAX_NEIGHBOURS : 0;
  guint end = MIN (others->len, place + MAX_NEIGHBOURS);

  for (guint i = first; i < end; i++)
    if (is_related (test, self, get_moment (others, i)))
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
  if (test->within == COT_WITHIN_CASE && test->seconds < 0 && test->entries < 0 && !test->before)
    return TRUE;
  for (guint i = 0; i < judgement->moments->len; i++)
    if (has_related_neighbour (test, get_moment (judgement->moments, i), others))
      return TRUE;
  return FALSE;
}

static CotAnswer
answer_together (const CotTest *test, const CotJudgement *judgement)
{
  guint n_found = 0;

  for (guint i = 0; i < test->detectors->len; i++)
    if (stands_together (test, judgement, g_ptr_array_index (test->detectors, i)))
      n_found++;
  switch (test->mode)
    {
    case COT_MODE_ALL:
      return answer (n_found == test->detectors->len);
    case COT_MODE_NONE:
      return answer (n_found == 0);
    case COT_MODE_ANY:
    default:
      return answer (n_found > 0);
    }
}

static CotAnswer
answer_last (const CotTest *test, const CotJudgement *judgement)
{
  const CotMoment *newest = get_moment (judgement->moments, judgement->moments->len - 1);

  for (guint i = 0; i < test->detectors->len; i++)
    {
      const char *id = g_ptr_array_index (test->detectors, i);
      const GArray *others = cot_timeline_find (judgement->timeline, id);

      if (id == judgement->detector->id || others == NULL)
        continue;
      if (cot_moment_is_after (get_moment (others, others->len - 1), newest))
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
          const CotMoment *other = get_moment (others, j);

          if (cot_moment_is_after (other, self) && is_related (&relation, self, other))
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

static CotAnswer
answer_followed (const CotTest *test, const CotJudgement *judgement)
{
  const CotMoment *self = get_moment (judgement->moments, judgement->judged);

  if (test->kind == COT_TEST_FOLLOWED_BY)
    return answer (is_followed (test, judgement, self, FALSE));
  /* Late is not never. */
  if (is_followed (test, judgement, self, TRUE))
    return COT_ANSWER_NO;
  return answer_time_is_up (test, judgement, self);
}

const char *
cot_moment_get_capture (const CotMoment *moment, const GPtrArray *names, guint *base)
{
  guint n_rules;
  const CotCaptureRule *rules = cot_detector_get_captures (moment->hit->detector, &n_rules);

  for (guint i = 0; i < names->len; i++)
    for (guint j = 0; j < n_rules; j++)
      if (g_ptr_array_index (names, i) != NULL
          && g_str_equal (rules[j].name, g_ptr_array_index (names, i))
          && moment->hit->captures[j] != NULL)
        {
          *base = rules[j].base;
          return moment->hit->captures[j];
        }
  return NULL;
}

/* The moments whose captures a test looks at, and the one that is meant. */
static const GArray *
get_subject (const CotTest *test, const CotJudgement *judgement, guint *index)
{
  const GArray *moments = judgement->moments;

  *index = judgement->judged;
  if (test->of != NULL)
    {
      moments = cot_timeline_find (judgement->timeline, test->of);
      *index = moments != NULL ? moments->len - 1 : 0;
    }
  return moments;
}

static gboolean
contains_caseless (const char *text, const char *part)
{
  g_autofree char *folded_text = g_ascii_strdown (text, -1);
  g_autofree char *folded_part = g_ascii_strdown (part, -1);

  return strstr (folded_text, folded_part) != NULL;
}

static gboolean
is_value (const CotTest *test, const char *text)
{
  if (test->contains != NULL && !contains_caseless (text, test->contains))
    return FALSE;
  if (test->values == NULL)
    return TRUE;
  for (guint i = 0; i < test->values->len; i++)
    if (g_ascii_strcasecmp (text, g_ptr_array_index (test->values, i)) == 0)
      return TRUE;
  return FALSE;
}

static CotAnswer
answer_value (const CotTest *test, const CotJudgement *judgement)
{
  guint newest, base;
  const GArray *moments = get_subject (test, judgement, &newest);
  gboolean seen = FALSE;
  gboolean found = FALSE;

  for (guint i = 0; moments != NULL && i < moments->len && !found; i++)
    {
      const char *text;

      if (!test->any_hit && i != newest)
        continue;
      text = cot_moment_get_capture (get_moment (moments, i), test->captures, &base);
      seen |= text != NULL;
      found = text != NULL && is_value (test, text);
    }
  return seen ? answer (found != test->values_excluded) : COT_ANSWER_UNKNOWN;
}

static CotAnswer
answer_bits (const CotTest *test, const CotJudgement *judgement)
{
  guint index, base;
  const GArray *moments = get_subject (test, judgement, &index);
  const char *text = NULL;
  guint64 value;

  if (moments != NULL)
    text = cot_moment_get_capture (get_moment (moments, index), test->captures, &base);
  if (text == NULL || !cot_decode_number (text, base, &value))
    return COT_ANSWER_UNKNOWN;
  switch (test->bits_mode)
    {
    case COT_BITS_NONE:
      return answer ((value & test->bits) == 0);
    case COT_BITS_EQUALS:
      return answer (value == test->bits);
    case COT_BITS_NOT_EQUALS:
      return answer (value != test->bits);
    case COT_BITS_ANY:
    default:
      return answer ((value & test->bits) != 0);
    }
}

static CotAnswer
answer_span (const CotTest *test, const GArray *moments)
{
  gint64 first = get_moment (moments, 0)->moment_usec;
  gint64 last = get_moment (moments, moments->len - 1)->moment_usec;

  if (first == COT_TIME_NONE || last == COT_TIME_NONE)
    return COT_ANSWER_UNKNOWN;
  return answer (last - first > test->limit * USEC_PER_HOUR);
}

/* The clock of the reader says nothing about a log that was copied a year ago: the newest entry of
 * the same log is "now". */
static CotAnswer
answer_older (const CotTest *test, const CotJudgement *judgement)
{
  guint index, base;
  const GArray *moments = get_subject (test, judgement, &index);
  const char *text;
  gint64 captured_usec, now_usec;
  gint16 bias_minutes;
  gboolean is_utc;

  if (moments == NULL)
    return COT_ANSWER_UNKNOWN;
  if (test->span)
    return answer_span (test, moments);
  text = cot_moment_get_capture (get_moment (moments, index), test->captures, &base);
  if (text == NULL || !cot_clock_parse_moment (text, strlen (text), &captured_usec, &is_utc))
    return COT_ANSWER_UNKNOWN;
  now_usec = cot_hits_get_newest_time (
      judgement->timeline->logs[get_moment (moments, index)->log].hits, &bias_minutes);
  if (now_usec == COT_TIME_NONE)
    return COT_ANSWER_UNKNOWN;
  if (is_utc && bias_minutes != COT_BIAS_NONE)
    now_usec = cot_clock_to_utc (now_usec, bias_minutes);
  return answer (now_usec - captured_usec > test->limit * USEC_PER_HOUR);
}

/* Chooses the newest line that is too long as the one to judge. */
static CotAnswer
answer_length (const CotTest *test, CotJudgement *judgement)
{
  guint base;

  for (guint i = judgement->moments->len; i-- > 0;)
    {
      const char *text
          = cot_moment_get_capture (get_moment (judgement->moments, i), test->captures, &base);

      if (text == NULL || g_utf8_strlen (text, -1) <= test->limit)
        continue;
      judgement->judged = i;
      return COT_ANSWER_YES;
    }
  return COT_ANSWER_NO;
}

static gboolean
has_issue (const GPtrArray *issues, gboolean broken_only)
{
  for (guint i = 0; i < issues->len; i++)
    {
      CotSetupRule rule = ((const CotSetupIssue *) g_ptr_array_index (issues, i))->rule;

      if (!broken_only
          || (rule != COT_SETUP_UNKNOWN_PARAMETER && rule != COT_SETUP_UNKNOWN_PROPERTY))
        return TRUE;
    }
  return FALSE;
}

/* Chooses the newest line with an issue; later tests of the detector look at that one. */
static CotAnswer
answer_setup_line (const CotTest *test, CotJudgement *judgement)
{
  guint base;

  if (judgement->issues != NULL)
    return answer (has_issue (judgement->issues, test->broken_only));
  for (guint i = judgement->moments->len; i-- > 0;)
    {
      const char *text
          = cot_moment_get_capture (get_moment (judgement->moments, i), test->captures, &base);
      g_autoptr (GPtrArray) issues = text != NULL ? cot_ccmsetup_line_check (text) : NULL;

      if (issues == NULL || !has_issue (issues, test->broken_only))
        continue;
      judgement->judged = i;
      judgement->issues = g_steal_pointer (&issues);
      return COT_ANSWER_YES;
    }
  return COT_ANSWER_NO;
}

static gboolean
needs_own_hits (const CotTest *test)
{
  if (test->kind == COT_TEST_TOGETHER_WITH)
    return FALSE;
  return test->kind <= COT_TEST_TOGETHER_WITH || test->kind >= COT_TEST_LENGTH_OVER
         || test->of == NULL;
}

static CotAnswer
answer_test (const CotTest *test, CotJudgement *judgement)
{
  if (judgement->moments == NULL && needs_own_hits (test))
    return COT_ANSWER_UNKNOWN;
  switch (test->kind)
    {
    case COT_TEST_LAST_OF_ITS_KIND:
      return answer_last (test, judgement);
    case COT_TEST_FOLLOWED_BY:
    case COT_TEST_NOT_FOLLOWED_BY:
      return answer_followed (test, judgement);
    case COT_TEST_TOGETHER_WITH:
      return answer_together (test, judgement);
    case COT_TEST_OLDER_THAN:
      return answer_older (test, judgement);
    case COT_TEST_VALUE:
      return answer_value (test, judgement);
    case COT_TEST_BITS:
      return answer_bits (test, judgement);
    case COT_TEST_LENGTH_OVER:
      return answer_length (test, judgement);
    case COT_TEST_SETUP_LINE:
      return answer_setup_line (test, judgement);
    default:
      return COT_ANSWER_UNKNOWN;
    }
}

/* All tests must hold; one that certainly does not decides, whatever is unknown about others. */
CotAnswer
cot_when_answer (const CotWhen *when, CotJudgement *judgement)
{
  CotAnswer all = COT_ANSWER_YES;

  for (guint i = 0; i < when->tests->len; i++)
    {
      const CotTest *test = &g_array_index (when->tests, CotTest, i);
      CotAnswer one = answer_test (test, judgement);

      if (test->negated && one != COT_ANSWER_UNKNOWN)
        one = answer (one == COT_ANSWER_NO);
      if (one == COT_ANSWER_NO)
        return COT_ANSWER_NO;
      if (one == COT_ANSWER_UNKNOWN)
        all = COT_ANSWER_UNKNOWN;
    }
  return all;
}
