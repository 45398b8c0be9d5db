/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the times of a finding's lines tell: in which rhythm they came, what is due, and what should
 * have come since. */

#include "cot-finding-times-private.h"

#include "cot-clock.h"
#include "cot-decode.h"

#include <string.h>

/* Fewer are no rhythm. */
#define MIN_TIMES 3
/* So many tell the rhythm; more are only counted. */
#define MAX_INTERVALS 4096
/* Of ten intervals, so many must be near the usual one. */
#define MIN_REGULAR_OF_TEN 8
/* A delay above this is a mistake in the line. */
#define MAX_DELAY_SECONDS (G_GUINT64_CONSTANT (3660) * 86400)
#define USEC_PER_MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

static const CotEvidence *
get_evidence (const CotFinding *finding, guint index)
{
  return &g_array_index (finding->evidence, CotEvidence, index);
}

/* By one clock all times can be shown as they stand in the logs. */
CotStoryClock
cot_findings_choose_clock (CotFinding *const *findings, guint n_findings)
{
  gint16 bias_minutes = COT_BIAS_NONE;
  gboolean seen = FALSE;
  gboolean several = FALSE;
  gboolean unknown = FALSE;

  for (guint i = 0; i < n_findings; i++)
    for (guint j = 0; j < findings[i]->evidence->len; j++)
      {
        const CotEvidence *evidence = get_evidence (findings[i], j);

        if (evidence->time_usec == COT_TIME_NONE)
          continue;
        unknown |= evidence->bias_minutes == COT_BIAS_NONE;
        several |= seen && evidence->bias_minutes != bias_minutes;
        bias_minutes = evidence->bias_minutes;
        seen = TRUE;
      }
  if (!several)
    return COT_STORY_CLOCK_WRITTEN;
  return unknown ? COT_STORY_CLOCK_MIXED : COT_STORY_CLOCK_UTC;
}

gint64
cot_evidence_get_time (const CotEvidence *evidence, CotStoryClock clock)
{
  if (evidence->time_usec == COT_TIME_NONE || clock != COT_STORY_CLOCK_UTC)
    return evidence->time_usec;
  return cot_clock_to_utc (evidence->time_usec, evidence->bias_minutes);
}

void
cot_finding_add_range (CotFinding *finding)
{
  finding->clock = cot_findings_choose_clock (&finding, 1);
  for (guint i = 0; i < finding->evidence->len; i++)
    {
      gint64 time_usec = cot_evidence_get_time (get_evidence (finding, i), finding->clock);

      if (time_usec == COT_TIME_NONE)
        continue;
      if (finding->first_time_usec == COT_TIME_NONE)
        finding->first_time_usec = time_usec;
      finding->last_time_usec = time_usec;
    }
}

/* The log that has the most of it; the first one of several. */
static guint
choose_log (const CotFinding *finding)
{
  g_autofree guint *counts = NULL;
  guint n_logs = 0;
  guint best = 0;

  for (guint i = 0; i < finding->evidence->len; i++)
    n_logs = MAX (n_logs, get_evidence (finding, i)->log + 1);
  counts = g_new0 (guint, n_logs);
  for (guint i = 0; i < finding->evidence->len; i++)
    counts[get_evidence (finding, i)->log]++;
  for (guint i = 1; i < n_logs; i++)
    if (counts[i] > counts[best])
      best = i;
  return best;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

static gboolean
is_near (gint64 interval_usec, gint64 usual_usec)
{
  return ABS (interval_usec - usual_usec) <= MAX (usual_usec / 5, G_USEC_PER_SEC);
}

/* From one attempt to the next. What comes within a second was written by one; a clock that is set
 * back ends none. */
static GArray *
list_intervals (const CotFinding *finding, CotRetries *retries)
{
  GArray *intervals = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint log = choose_log (finding);

  for (guint i = 0; i < finding->evidence->len; i++)
    {
      const CotEvidence *evidence = get_evidence (finding, i);
      gint64 interval_usec;

      if (evidence->log != log || evidence->time_usec == COT_TIME_NONE)
        continue;
      if (retries->n == 0)
        {
          retries->first_usec = retries->last_usec = evidence->time_usec;
          retries->n = 1;
          continue;
        }
      interval_usec = evidence->time_usec - retries->last_usec;
      if (interval_usec < G_USEC_PER_SEC)
        continue;
      if (intervals->len < MAX_INTERVALS)
        g_array_append_val (intervals, interval_usec);
      retries->last_usec = evidence->time_usec;
      retries->n++;
    }
  return intervals;
}

void
cot_finding_add_retries (CotFinding *finding)
{
  CotRetries retries = { 0 };
  g_autoptr (GArray) intervals = list_intervals (finding, &retries);
  guint n_near = 0;

  if (retries.n < MIN_TIMES)
    return;
  g_array_sort (intervals, compare_times);
  retries.usual_usec = g_array_index (intervals, gint64, (intervals->len - 1) / 2);
  retries.shortest_usec = g_array_index (intervals, gint64, 0);
  retries.longest_usec = g_array_index (intervals, gint64, intervals->len - 1);
  for (guint i = 0; i < intervals->len; i++)
    if (is_near (g_array_index (intervals, gint64, i), retries.usual_usec))
      n_near++;
  retries.regular = n_near * 10 >= intervals->len * MIN_REGULAR_OF_TEN;
  finding->retries = retries;
}

/* COT_TIME_NONE, or when what @text says is due, by the clock of the line. */
static gint64
read_due (const CotMoment *moment, const CotTimeline *timeline, CotDecoder decoder,
          const char *text)
{
  const CotHit *hit = moment->hit;
  gint64 due_usec;
  gboolean is_utc;
  guint64 n;

  if (decoder == COT_DECODER_DUE_TIME)
    {
      if (!cot_moment_read_time (moment, timeline, text, &due_usec, &is_utc))
        return COT_TIME_NONE;
      if (!is_utc)
        return due_usec;
      return hit->bias_minutes != COT_BIAS_NONE
                 ? due_usec - hit->bias_minutes * USEC_PER_MINUTE
                 : COT_TIME_NONE;
    }
  if (hit->time_usec == COT_TIME_NONE || !cot_decode_number (text, 10, &n)
      || n > MAX_DELAY_SECONDS)
    return COT_TIME_NONE;
  n *= decoder == COT_DECODER_DUE_MINUTES ? 60 : 1;
  return hit->time_usec + (gint64) n * G_USEC_PER_SEC;
}

/* The newest entry of all logs of the computer, by the clock of @log: how far they go. A log in
 * which nothing happens ends long before they were copied. */
static gint64
find_end (const CotJudgement *judgement, guint log)
{
  gint16 bias_minutes;
  gint64 end_usec
      = cot_hits_get_newest_time (judgement->timeline->logs[log].hits, &bias_minutes);

  for (guint i = 0; i < judgement->timeline->n_logs; i++)
    {
      gint16 other_bias_minutes;
      gint64 time_usec
          = cot_hits_get_newest_time (judgement->timeline->logs[i].hits, &other_bias_minutes);

      if (i == log || time_usec == COT_TIME_NONE
          || judgement->timeline->logs[i].is_guest)
        continue;
      if (bias_minutes != COT_BIAS_NONE && other_bias_minutes != COT_BIAS_NONE)
        time_usec += (other_bias_minutes - bias_minutes) * USEC_PER_MINUTE;
      end_usec = MAX (end_usec, time_usec);
    }
  return end_usec;
}

void
cot_finding_add_timer (CotFinding *finding, const CotJudgement *judgement)
{
  const CotMoment *moment = cot_moment_at (judgement->moments, judgement->judged);
  guint n_rules;
  const CotCaptureRule *rules
      = cot_detector_get_captures (moment->hit->detector, &n_rules);

  for (guint i = 0; i < n_rules; i++)
    {
      const char *text = moment->hit->captures[i];
      gint64 due_usec;

      if (text == NULL || rules[i].decoder < COT_DECODER_DUE_TIME)
        continue;
      due_usec = read_due (moment, judgement->timeline, rules[i].decoder, text);
      if (due_usec == COT_TIME_NONE)
        continue;
      finding->timer.due_usec = due_usec;
      finding->timer.end_usec = find_end (judgement, moment->log);
      finding->timer.bias_minutes = moment->hit->bias_minutes;
      return;
    }
}

/* Of the tests that hold the last one counts, as it does for the texts. */
void
cot_finding_add_begin (CotFinding *finding, const CotJudgement *judgement)
{
  const CotMoment *moment = cot_moment_at (judgement->moments, judgement->judged);
  CotJudgement again = *judgement;

  for (guint i = 0; cot_finding_is_trouble (finding) && i < judgement->detector->whens->len; i++)
    {
      const CotWhen *when = g_ptr_array_index (judgement->detector->whens, i);

      for (guint j = 0; j < when->tests->len; j++)
        {
          const CotTest *test = &g_array_index (when->tests, CotTest, j);
          const char *text;
          gint64 since_usec;
          guint base;

          if (test->kind != COT_TEST_OLDER_THAN || test->span || test->negated || test->of != NULL
              || test->than != NULL || cot_when_answer (when, &again) != COT_ANSWER_YES)
            continue;
          text = cot_moment_get_capture (moment, test->captures, &base);
          since_usec = text != NULL ? read_due (moment, judgement->timeline, COT_DECODER_DUE_TIME,
                                                text)
                                    : COT_TIME_NONE;
          if (since_usec != COT_TIME_NONE)
            finding->begin_usec = since_usec + (gint64) test->limit * 60 * USEC_PER_MINUTE;
        }
    }
}

void
cot_finding_add_expectations (CotFinding *finding, const CotJudgement *judgement)
{
  for (guint i = 0; i < judgement->detector->whens->len; i++)
    {
      const CotWhen *when = g_ptr_array_index (judgement->detector->whens, i);

      for (guint j = 0; j < when->tests->len; j++)
        {
          const CotTest *test = &g_array_index (when->tests, CotTest, j);
          CotExpectation expectation;

          if (test->kind != COT_TEST_EXPECTED_NEXT)
            continue;
          cot_condition_answer_expected (test, judgement, &expectation);
          if (expectation.state == COT_NEXT_LATE
              && expectation.after_usec <= expectation.limit_usec)
            continue;
          expectation.log_name = g_strdup (expectation.log_name);
          g_ptr_array_add (finding->expectations,
                           g_memdup2 (&expectation, sizeof expectation));
        }
    }
}
