/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-correlate.h"

#include "cot-ccmsetup-line.h"
#include "cot-condition-private.h"
#include "cot-coverage-private.h"
#include "cot-decode.h"
#include "cot-finding-private.h"
#include "cot-finding-times-private.h"
#include "cot-groups-private.h"
#include "cot-timeline-private.h"

/* What the conditions make of a detector. */
typedef struct
{
  CotFinding *finding;
  int state; /* CotFindingState or COT_STATE_NONE */
  gboolean severity_is_set;
  const GArray *steps;
} Draft;

static void
add_notes (Draft *draft, const GArray *notes, const GPtrArray *issues)
{
  for (guint i = 0; notes != NULL && i < notes->len; i++)
    {
      const CotNoteRule *note = &g_array_index (notes, CotNoteRule, i);

      if (note->rule == NULL)
        cot_finding_add_note (draft->finding, note->text, NULL);
    }
  /* One by one, in the order of the line. */
  for (guint i = 0; notes != NULL && issues != NULL && i < issues->len; i++)
    {
      const CotSetupIssue *issue = g_ptr_array_index (issues, i);

      for (guint j = 0; j < notes->len; j++)
        {
          const CotNoteRule *note = &g_array_index (notes, CotNoteRule, j);

          if (g_strcmp0 (note->rule, cot_setup_rule_to_string (issue->rule)) == 0)
            cot_finding_add_note (draft->finding, note->text, issue->token);
        }
    }
}

static void
apply (Draft *draft, const CotOverride *override, const GPtrArray *issues)
{
  CotFinding *finding = draft->finding;

  if (override->severity >= 0)
    {
      finding->severity = (CotSeverity) override->severity;
      draft->severity_is_set = TRUE;
    }
  if (override->state >= 0)
    draft->state = override->state;
  if (override->expected >= 0)
    finding->expected = override->expected;
  if (override->waiting >= 0)
    finding->waiting = override->waiting;
  if (override->explains != NULL)
    cot_finding_set_explains (finding, override->explains);
  if (override->title != NULL)
    finding->title = override->title;
  if (override->meaning != NULL)
    finding->meaning = override->meaning;
  if (override->cause != NULL)
    finding->cause = override->cause;
  if (override->verify != NULL)
    finding->verify = override->verify;
  if (override->steps != NULL)
    draft->steps = override->steps;
  add_notes (draft, override->notes, issues);
}

static void
add_evidence (CotFinding *finding, const CotMoment *moment)
{
  CotEvidence evidence = { moment->log, moment->hit->ordinal, moment->hit->time_usec,
                           moment->hit->bias_minutes, moment->run };

  g_array_append_val (finding->evidence, evidence);
}

static void
add_captures (CotFinding *finding, const CotHit *hit)
{
  guint n_rules;
  const CotCaptureRule *rules = cot_detector_get_captures (hit->detector, &n_rules);

  for (guint i = 0; i < n_rules; i++)
    if (hit->captures[i] != NULL)
      cot_finding_add_capture (finding, &rules[i], hit->captures[i],
                               cot_decode (rules[i].decoder, hit->captures[i], rules[i].base));
}

/* What the line could say of itself and did not, the line above that tells for it may say. */
static void
add_captures_from_above (CotFinding *finding, const CotTest *test, const CotTimeline *timeline,
                         const CotMoment *moment)
{
  const CotMoment *above = cot_condition_find_above (test, timeline, moment);
  const CotCaptureRule *rules, *own;
  guint n_rules, n_own;

  if (above == NULL)
    return;
  rules = cot_detector_get_captures (above->hit->detector, &n_rules);
  own = cot_detector_get_captures (finding->detector, &n_own);
  for (guint i = 0; i < n_rules; i++)
    for (guint j = 0; above->hit->captures[i] != NULL && j < n_own; j++)
      if (g_str_equal (rules[i].name, own[j].name)
          && cot_finding_get_capture (finding, own[j].name, FALSE) == NULL)
        cot_finding_add_capture (finding, &own[j], above->hit->captures[i],
                                 cot_decode (own[j].decoder, above->hit->captures[i], own[j].base));
}

static void
add_captures_of_moment (CotFinding *finding, const CotTimeline *timeline, const CotMoment *moment)
{
  add_captures (finding, moment->hit);
  for (guint i = 0; i < finding->detector->whens->len; i++)
    {
      const CotWhen *when = g_ptr_array_index (finding->detector->whens, i);

      for (guint j = 0; j < when->tests->len; j++)
        add_captures_from_above (finding, &g_array_index (when->tests, CotTest, j), timeline,
                                 moment);
    }
}

/* Of a detector without a line of its own: what its tests looked at. */
static void
add_borrowed_evidence (CotFinding *finding, const CotTimeline *timeline)
{
  for (guint i = 0; i < finding->detector->whens->len; i++)
    {
      const CotWhen *when = g_ptr_array_index (finding->detector->whens, i);

      for (guint j = 0; j < when->tests->len; j++)
        {
          const char *of = g_array_index (when->tests, CotTest, j).of;
          const GArray *moments = of != NULL ? cot_timeline_find (timeline, of) : NULL;
          const CotMoment *newest;

          if (moments == NULL)
            continue;
          newest = &g_array_index (moments, CotMoment, moments->len - 1);
          if (finding->evidence->len == 0)
            add_captures (finding, newest->hit);
          add_evidence (finding, newest);
        }
    }
}

/* The starter reports success while the service that it started still works, or fails; and a client
 * that was removed well is no client that was installed. */
static gboolean
went_well (const CotRunRule *rule, const CotTimeline *timeline, const CotMoment *result)
{
  const char *names[] = { rule->capture, NULL };
  GPtrArray list = { (gpointer *) names, 1 };
  guint base;
  const char *value = cot_moment_get_capture (result, &list, &base);

  for (guint i = 0; value != NULL && i < rule->values->len; i++)
    if (g_strcmp0 (g_ptr_array_index (rule->values, i), value) == 0)
      return !cot_timeline_run_has (timeline, result, rule->unless)
             && !cot_timeline_run_has (timeline, result, rule->removes);
  return FALSE;
}

/* In a log of several runs only the last one counts: what stands before a run that went well is
 * over. The result of the run itself says nothing about it. */
static gboolean
is_closed_by_later_run (CotKnowledge *knowledge, const CotTimeline *timeline,
                        const CotMoment *judged)
{
  for (guint i = 0; i < knowledge->runs->len; i++)
    {
      const CotRunRule *rule = &g_array_index (knowledge->runs, CotRunRule, i);
      const GArray *results = cot_timeline_find (timeline, rule->succeeds);

      for (guint j = results != NULL ? results->len : 0; j-- > 0;)
        {
          const CotMoment *result = &g_array_index (results, CotMoment, j);

          if (result->log == judged->log && result->run > judged->run
              && went_well (rule, timeline, result))
            return TRUE;
        }
    }
  return FALSE;
}

static void
apply_conditions (Draft *draft, CotJudgement *judgement)
{
  for (guint i = 0; i < judgement->detector->whens->len; i++)
    {
      const CotWhen *when = g_ptr_array_index (judgement->detector->whens, i);

      switch (cot_when_answer (when, judgement))
        {
        case COT_ANSWER_YES:
          apply (draft, &when->then, judgement->issues);
          break;
        case COT_ANSWER_NO:
          apply (draft, &when->otherwise, judgement->issues);
          break;
        case COT_ANSWER_UNKNOWN:
        default:
          break;
        }
    }
}

/* One that was judged by its newest hit shows that one; else the story starts with the first. */
static gboolean
is_judged_by_one_hit (const CotDetector *detector)
{
  for (guint i = 0; i < detector->whens->len; i++)
    {
      const CotWhen *when = g_ptr_array_index (detector->whens, i);

      for (guint j = 0; j < when->tests->len; j++)
        {
          const CotTest *test = &g_array_index (when->tests, CotTest, j);

          if (test->kind == COT_TEST_LAST_OF_ITS_KIND || test->kind == COT_TEST_EXPECTED_NEXT
              || (test->same != NULL && test->kind == COT_TEST_NOT_FOLLOWED_BY)
              || test->judged_only
              || (test->kind >= COT_TEST_OLDER_THAN && test->of == NULL && !test->span))
            return TRUE;
        }
    }
  return FALSE;
}

/* Is every log in which the detector could speak absent? Then its silence tells nothing. */
static gboolean
cannot_speak (const CotDetector *detector, CotLogDirectory *directory)
{
  if (detector->match == NULL || detector->logs->len == 0)
    return FALSE;
  for (guint i = 0; i < detector->logs->len; i++)
    {
      const CotLogPlace *place
          = cot_log_directory_find (directory, g_ptr_array_index (detector->logs, i));

      if (place != NULL && place->n_logs > 0)
        return FALSE;
    }
  return TRUE;
}

static void
add_missing_log (CotFinding *finding, const CotDetector *other, CotLogDirectory *directory)
{
  const char *name;

  if (other == NULL || !cannot_speak (other, directory))
    return;
  name = g_ptr_array_index (other->logs, 0);
  if (!g_ptr_array_find_with_equal_func (finding->missing_logs, name, g_str_equal, NULL))
    g_ptr_array_add (finding->missing_logs, (gpointer) name);
}

/* Does the test look at other detectors, none of which spoke? */
static gboolean
hears_nothing (const CotTest *test, const CotTimeline *timeline)
{
  if (test->detectors == NULL || test->kind > COT_TEST_TOGETHER_WITH
      || test->within != COT_WITHIN_CASE)
    return FALSE;
  for (guint i = 0; i < test->detectors->len; i++)
    if (cot_timeline_find (timeline, g_ptr_array_index (test->detectors, i)) != NULL)
      return test->mode == COT_MODE_ALL;
  return TRUE;
}

/* Does the line itself say that the condition is about another one? */
static gboolean
is_of_another_value (const CotWhen *when, const CotJudgement *judgement)
{
  for (guint i = 0; judgement->moments != NULL && i < when->tests->len; i++)
    {
      const CotTest *test = &g_array_index (when->tests, CotTest, i);

      if (test->kind == COT_TEST_VALUE && test->of == NULL && test->under == NULL && !test->negated
          && cot_condition_answer_value (test, judgement) == COT_ANSWER_NO)
        return TRUE;
    }
  return FALSE;
}

/* What the conditions would look at, and cannot. */
static void
add_missing_logs (CotFinding *finding, const CotJudgement *judgement)
{
  CotKnowledge *knowledge = judgement->knowledge;
  CotLogDirectory *directory = judgement->directory;

  for (guint i = 0; i < finding->detector->whens->len; i++)
    {
      const CotWhen *when = g_ptr_array_index (finding->detector->whens, i);

      if (is_of_another_value (when, judgement))
        continue;
      for (guint j = 0; j < when->tests->len; j++)
        {
          const CotTest *test = &g_array_index (when->tests, CotTest, j);

          if (test->of != NULL)
            add_missing_log (finding, g_hash_table_lookup (knowledge->by_id, test->of), directory);
          if (!hears_nothing (test, judgement->timeline))
            continue;
          for (guint k = 0; k < test->detectors->len; k++)
            add_missing_log (finding,
                             g_hash_table_lookup (knowledge->by_id,
                                                  g_ptr_array_index (test->detectors, k)),
                             directory);
        }
    }
}

static void
fill_in (Draft *draft, const CotJudgement *judgement)
{
  CotFinding *finding = draft->finding;
  guint shown;

  if (judgement->moments == NULL)
    {
      add_borrowed_evidence (finding, judgement->timeline);
      return;
    }
  shown = is_judged_by_one_hit (judgement->detector) ? judgement->judged : 0;
  add_captures_of_moment (finding, judgement->timeline,
                          &g_array_index (judgement->moments, CotMoment, shown));
  /* Of command lines only the one with the issues is evidence; the others are in order. */
  if (judgement->issues != NULL)
    {
      add_evidence (finding, &g_array_index (judgement->moments, CotMoment, shown));
      return;
    }
  for (guint i = 0; i < judgement->moments->len; i++)
    add_evidence (finding, &g_array_index (judgement->moments, CotMoment, i));
  finding->primary = shown;
}

/* (nullable): the hits of a detector without those for which a better one speaks. */
static GArray *
list_own_moments (const CotTimeline *timeline, const char *id)
{
  const GArray *all = cot_timeline_find (timeline, id);
  g_autoptr (GArray) own = NULL;

  if (all == NULL)
    return NULL;
  own = g_array_sized_new (FALSE, FALSE, sizeof (CotMoment), all->len);
  for (guint i = 0; i < all->len; i++)
    if (!g_array_index (all, CotMoment, i).hit->yielded)
      g_array_append_vals (own, &g_array_index (all, CotMoment, i), 1);
  return own->len > 0 ? g_steal_pointer (&own) : NULL;
}

/* What is over waits for nothing any more. */
static void
add_times (CotFinding *finding, const CotJudgement *judgement)
{
  cot_finding_add_range (finding);
  cot_finding_add_retries (finding);
  if (finding->state != COT_FINDING_OPEN || judgement->moments == NULL)
    return;
  cot_finding_add_timer (finding, judgement);
  cot_finding_add_begin (finding, judgement);
  cot_finding_add_expectations (finding, judgement);
}

/* (nullable): what one detector says about the case. @moments: (nullable): of its lines. */
static CotFinding *
judge (CotKnowledge *knowledge, const CotTimeline *timeline, CotLogDirectory *directory,
       const CotDetector *detector, const GArray *moments)
{
  CotJudgement judgement = { knowledge, timeline, directory, detector, moments, 0, NULL };
  g_autoptr (CotFinding) finding = NULL;
  Draft draft = { NULL, COT_FINDING_OPEN, FALSE, detector->steps };

  if (moments == NULL && (detector->match != NULL || detector->whens->len == 0))
    return NULL;
  finding = cot_finding_new (knowledge, detector);
  draft.finding = finding;
  if (moments == NULL)
    draft.state = COT_STATE_NONE;
  else
    judgement.judged = moments->len - 1;

  apply_conditions (&draft, &judgement);
  if (draft.state == COT_FINDING_OPEN && moments != NULL
      && is_closed_by_later_run (knowledge, timeline,
                                 &g_array_index (moments, CotMoment, judgement.judged)))
    {
      draft.state = COT_FINDING_HISTORY;
      draft.severity_is_set = FALSE;
    }
  if (draft.state != COT_STATE_NONE)
    fill_in (&draft, &judgement);
  g_clear_pointer (&judgement.issues, g_ptr_array_unref);
  if (draft.state == COT_STATE_NONE || finding->evidence->len == 0)
    return NULL;

  finding->state = (CotFindingState) draft.state;
  if (finding->state == COT_FINDING_HISTORY)
    {
      finding->waiting = FALSE;
      finding->severity = MIN (finding->severity, COT_SEVERITY_INFO);
    }
  /* What to do while it lasts is no next step any more, unless a condition says what is left. */
  if (finding->state == COT_FINDING_OPEN || draft.steps != detector->steps)
    cot_finding_set_steps (finding, draft.steps);
  add_times (finding, &judgement);
  if (finding->state == COT_FINDING_OPEN)
    add_missing_logs (finding, &judgement);
  return g_steal_pointer (&finding);
}

static void
add_finding (GPtrArray *findings, CotFinding *finding)
{
  if (finding != NULL)
    g_ptr_array_add (findings, finding);
}

/* Lines of other values tell of other things, and one ends nothing for the other. */
static void
judge_groups (GPtrArray *findings, CotKnowledge *knowledge, const CotTimeline *timeline,
              CotLogDirectory *directory, const CotDetector *detector)
{
  g_autoptr (GArray) moments = list_own_moments (timeline, detector->id);
  g_autoptr (GPtrArray) groups
      = moments != NULL && detector->apart->len > 0 ? cot_groups_new (detector, moments) : NULL;

  if (groups == NULL || groups->len < 2)
    {
      add_finding (findings, judge (knowledge, timeline, directory, detector, moments));
      return;
    }
  for (guint i = 0; i < groups->len; i++)
    {
      const CotGroup *group = g_ptr_array_index (groups, i);
      CotFinding *finding = judge (knowledge, timeline, directory, detector, group->moments);

      if (finding != NULL)
        {
          finding->values = g_strdup (group->values);
          finding->n_summed_up = group->n_others;
        }
      add_finding (findings, finding);
    }
}

/**
 * cot_correlate:
 * @knowledge: the knowledge that the hits come from
 * @logs: the logs of one case; only used during the call
 * @n_logs: how many
 *
 * Any thread. The same hits give the same findings in the same order.
 *
 * Returns: (transfer full) (element-type CotFinding): the headline first, where there is one; then
 *   by how much a finding matters, consequences behind their cause, what is over last
 */
GPtrArray *
cot_correlate (CotKnowledge *knowledge, const CotCaseLog *logs, guint n_logs)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_finding_unref);
  g_autoptr (CotTimeline) timeline = cot_timeline_new (knowledge, logs, n_logs);
  g_autoptr (CotLogDirectory) directory = cot_coverage_open_directory (timeline, n_logs);

  for (guint i = 0; i < knowledge->detectors->len; i++)
    {
      const CotDetector *detector = g_ptr_array_index (knowledge->detectors, i);

      cot_coverage_want (directory, cot_detector_get_logs (detector));
    }
  cot_log_directory_fill (directory);
  for (guint i = 0; i < knowledge->detectors->len; i++)
    {
      const CotDetector *detector = g_ptr_array_index (knowledge->detectors, i);

      if (!detector->marker && !detector->switched_off)
        judge_groups (findings, knowledge, timeline, directory, detector);
    }
  cot_verdict_pass (findings, logs, n_logs);
  return findings;
}
