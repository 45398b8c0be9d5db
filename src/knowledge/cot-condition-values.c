/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-condition-private.h"

#include "cot-ccmsetup-line.h"
#include "cot-clock.h"
#include "cot-decode.h"

#include <string.h>

#define USEC_PER_HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

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

/* The program that wrote the line read that moment from the clock that it wrote the time of the
 * line with, also where it says it in UTC: if the user moved one, the other moves along. No
 * detector captures what a server's clock made. */
gboolean
cot_moment_read_time (const CotMoment *moment, const CotTimeline *timeline, const char *text,
                      gint64 *time_usec, gboolean *is_utc)
{
  if (!cot_clock_parse_moment (text, strlen (text), time_usec, is_utc))
    return FALSE;
  *time_usec += cot_hits_get_clock (timeline->logs[moment->log].hits);
  return TRUE;
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

/* What the nearest line above says, which tells for the line that is judged. */
static CotAnswer
answer_value_above (const CotTest *test, const CotJudgement *judgement)
{
  const CotMoment *above = cot_condition_find_above (
      test, judgement->timeline, cot_moment_at (judgement->moments, judgement->judged));
  guint base;
  const char *text = above != NULL ? cot_moment_get_capture (above, test->captures, &base) : NULL;

  return text != NULL ? cot_answer (is_value (test, text) != test->values_excluded)
                      : COT_ANSWER_UNKNOWN;
}

CotAnswer
cot_condition_answer_value (const CotTest *test, const CotJudgement *judgement)
{
  guint newest, base;
  const GArray *moments = get_subject (test, judgement, &newest);
  gboolean seen = FALSE;
  gboolean found = FALSE;

  if (test->under != NULL && judgement->moments->len > 0)
    return answer_value_above (test, judgement);
  for (guint i = 0; moments != NULL && i < moments->len && !found; i++)
    {
      const char *text;

      if (!test->any_hit && i != newest)
        continue;
      text = cot_moment_get_capture (cot_moment_at (moments, i), test->captures, &base);
      seen |= text != NULL;
      found = text != NULL && is_value (test, text);
    }
  return seen ? cot_answer (found != test->values_excluded) : COT_ANSWER_UNKNOWN;
}

CotAnswer
cot_condition_answer_bits (const CotTest *test, const CotJudgement *judgement)
{
  guint index, base;
  const GArray *moments = get_subject (test, judgement, &index);
  const char *text = NULL;
  guint64 value;

  if (moments != NULL)
    text = cot_moment_get_capture (cot_moment_at (moments, index), test->captures, &base);
  if (text == NULL || !cot_decode_number (text, base, &value))
    return COT_ANSWER_UNKNOWN;
  switch (test->bits_mode)
    {
    case COT_BITS_NONE:
      return cot_answer ((value & test->bits) == 0);
    case COT_BITS_EQUALS:
      return cot_answer (value == test->bits);
    case COT_BITS_NOT_EQUALS:
      return cot_answer (value != test->bits);
    case COT_BITS_ANY:
    default:
      return cot_answer ((value & test->bits) != 0);
    }
}

/* (nullable): the newest one that does not stand behind @moment */
static const CotMoment *
find_last_before (const CotTimeline *timeline, const char *id, const CotMoment *moment)
{
  const GArray *others = cot_timeline_find (timeline, id);

  for (guint i = others != NULL ? others->len : 0; i-- > 0;)
    if (!cot_moment_is_after (cot_moment_at (others, i), moment))
      return cot_moment_at (others, i);
  return NULL;
}

/* What was ended once is another story, however like it looks. The newest one is never skipped. */
static guint
skip_ended (const GArray *moments, guint start, const CotMoment *end)
{
  while (end != NULL && start + 1 < moments->len
         && !cot_moment_is_after (cot_moment_at (moments, start), end))
    start++;
  return start;
}

static CotAnswer
answer_span (const CotTest *test, const CotTimeline *timeline, const GArray *moments)
{
  const CotMoment *newest = cot_moment_at (moments, moments->len - 1);
  guint start = 0;
  gint64 first, last;

  for (guint i = 0; test->detectors != NULL && i < test->detectors->len; i++)
    {
      const char *id = g_ptr_array_index (test->detectors, i);

      start = skip_ended (moments, start, find_last_before (timeline, id, newest));
    }
  first = cot_moment_at (moments, start)->moment_usec;
  last = newest->moment_usec;
  if (first == COT_TIME_NONE || last == COT_TIME_NONE)
    return COT_ANSWER_UNKNOWN;
  return cot_answer (last - first > test->limit * USEC_PER_HOUR);
}

/* The wall clock of a log that does not say its bias is ahead of UTC by 14 hours or behind it by 12
 * at the most: in between nobody knows. */
static CotAnswer
answer_age_without_bias (gint64 age_usec, gint64 limit_usec)
{
  if (age_usec - 14 * USEC_PER_HOUR > limit_usec)
    return COT_ANSWER_YES;
  return age_usec + 12 * USEC_PER_HOUR <= limit_usec ? COT_ANSWER_NO : COT_ANSWER_UNKNOWN;
}

/* Both times stand in one log, so that one clock wrote them: the newest that @test->than captured
 * there. */
static CotAnswer
answer_older_than_other (const CotTest *test, const CotJudgement *judgement,
                         const CotMoment *moment, gint64 captured_usec, gboolean captured_is_utc)
{
  const GArray *others = cot_timeline_find (judgement->timeline, test->than);
  guint base;

  for (guint i = others != NULL ? others->len : 0; i-- > 0;)
    {
      const CotMoment *other = cot_moment_at (others, i);
      const char *text = other->log == moment->log
                             ? cot_moment_get_capture (other, test->captures, &base)
                             : NULL;
      gint64 other_usec;
      gboolean is_utc;

      if (text != NULL
          && cot_moment_read_time (other, judgement->timeline, text, &other_usec, &is_utc)
          && is_utc == captured_is_utc)
        return cot_answer (other_usec - captured_usec > test->limit * USEC_PER_HOUR);
    }
  return COT_ANSWER_UNKNOWN;
}

/* What one log says of its times is nothing to hits in another. */
static gboolean
are_all_in_log (const GArray *moments, guint log)
{
  for (guint i = 0; moments != NULL && i < moments->len; i++)
    if (cot_moment_at (moments, i)->log != log)
      return FALSE;
  return TRUE;
}

/* The clock of the reader says nothing about a log that was copied a year ago: the newest entry of
 * the same log is "now". */
CotAnswer
cot_condition_answer_older (const CotTest *test, const CotJudgement *judgement)
{
  guint index, base;
  const GArray *moments = get_subject (test, judgement, &index);
  const CotMoment *moment;
  const char *text;
  gint64 captured_usec, now_usec;
  gint16 bias_minutes;
  gboolean is_utc;

  if (moments == NULL)
    return COT_ANSWER_UNKNOWN;
  if (test->span)
    return answer_span (test, judgement->timeline, moments);
  moment = cot_moment_at (moments, index);
  text = cot_moment_get_capture (moment, test->captures, &base);
  if (text == NULL
      || !cot_moment_read_time (moment, judgement->timeline, text, &captured_usec, &is_utc))
    return COT_ANSWER_UNKNOWN;
  if (test->than != NULL && !are_all_in_log (judgement->moments, moment->log))
    return COT_ANSWER_UNKNOWN;
  if (test->than != NULL)
    return answer_older_than_other (test, judgement, moment, captured_usec, is_utc);
  now_usec
      = cot_hits_get_newest_time (judgement->timeline->logs[moment->log].hits, &bias_minutes);
  if (now_usec == COT_TIME_NONE)
    return COT_ANSWER_UNKNOWN;
  if (is_utc && bias_minutes == COT_BIAS_NONE)
    return answer_age_without_bias (now_usec - captured_usec, test->limit * USEC_PER_HOUR);
  if (is_utc)
    now_usec = cot_clock_to_utc (now_usec, bias_minutes);
  return cot_answer (now_usec - captured_usec > test->limit * USEC_PER_HOUR);
}

/* Chooses the newest line that is too long as the one to judge. */
CotAnswer
cot_condition_answer_length (const CotTest *test, CotJudgement *judgement)
{
  guint base;

  for (guint i = judgement->moments->len; i-- > 0;)
    {
      const char *text
          = cot_moment_get_capture (cot_moment_at (judgement->moments, i), test->captures, &base);

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
CotAnswer
cot_condition_answer_setup_line (const CotTest *test, CotJudgement *judgement)
{
  guint base;

  if (judgement->issues != NULL)
    return cot_answer (has_issue (judgement->issues, test->broken_only));
  for (guint i = judgement->moments->len; i-- > 0;)
    {
      const char *text
          = cot_moment_get_capture (cot_moment_at (judgement->moments, i), test->captures, &base);
      g_autoptr (GPtrArray) issues = text != NULL ? cot_ccmsetup_line_check (text) : NULL;

      if (issues == NULL || !has_issue (issues, test->broken_only))
        continue;
      judgement->judged = i;
      judgement->issues = g_steal_pointer (&issues);
      return COT_ANSWER_YES;
    }
  return COT_ANSWER_NO;
}
