/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the hits of a case to what they show of each journey. The newest attempt counts: the marks
 * of an older one tell nothing about where this one stands. */

#include "cot-journey-report.h"

#include "cot-coverage-private.h"
#include "cot-timeline-private.h"

/* Clocks of two logs of one device differ by less; lines of one moment come in any order. */
#define TOLERANCE_USEC G_USEC_PER_SEC
/* A log that begins this soon behind the milestone before was made then; one that begins later may
 * have been thrown away and begun anew. */
#define FRESH_USEC (G_TIME_SPAN_HOUR)
/* A log that goes on for less than this behind the milestone before, may have been copied before
 * the next one came. */
#define PATIENCE_USEC (G_TIME_SPAN_MINUTE)

typedef struct
{
  CotJourneyReport report; /* first: what the others see */
  gatomicrefcount references;
  CotKnowledge *knowledge;
} FullReport;

typedef struct
{
  CotTimeline *timeline;
  CotLogDirectory *directory; /* of the device's own logs */
  CotLogDirectory *with_guests; /* and of those of its servers */
  guint *stamps; /* per log: the number of the milestone that names it */
  guint n_logs;
  guint stamp;
} Judge;

/* One journey in work. */
typedef struct
{
  Judge *judge;
  const CotJourney *journey;
  CotJourneyReport *report;
  GPtrArray *moments; /* per milestone: GArray of CotMoment, by time */
  CotMoment *picked; /* per milestone; hit is NULL where it was not seen */
  guint *branches; /* per fork, from 1: which branch was taken */
  int start; /* index of the milestone at which the newest attempt begins; -1 */
} Path;

static int
compare_moments (gconstpointer a, gconstpointer b)
{
  return cot_moment_compare (a, b);
}

/* What servers wrote counts where the journey goes through a server. */
static CotLogDirectory *
get_directory (const Judge *judge, const CotMilestone *milestone)
{
  return milestone->server ? judge->with_guests : judge->directory;
}

static void
stamp_logs (Judge *judge, const CotMilestone *milestone)
{
  CotLogDirectory *directory = get_directory (judge, milestone);

  judge->stamp++;
  for (guint i = 0; milestone->logs[i] != NULL; i++)
    {
      const GArray *logs = cot_log_directory_list (directory, milestone->logs[i]);

      for (guint j = 0; logs != NULL && j < logs->len; j++)
        judge->stamps[g_array_index (logs, guint, j)] = judge->stamp;
    }
}

/* The lines that show the milestone, in the logs where it stands. */
static GArray *
list_moments (Judge *judge, const CotMilestone *milestone)
{
  GArray *moments = g_array_new (FALSE, FALSE, sizeof (CotMoment));
  guint n_lists = 0;

  stamp_logs (judge, milestone);
  for (guint i = 0; milestone->seen_by[i] != NULL; i++)
    {
      const GArray *all = cot_timeline_find (judge->timeline, milestone->seen_by[i]);
      guint n = moments->len;

      for (guint j = 0; all != NULL && j < all->len; j++)
        {
          const CotMoment *moment = &g_array_index (all, CotMoment, j);

          if (judge->stamps[moment->log] == judge->stamp)
            g_array_append_vals (moments, moment, 1);
        }
      n_lists += moments->len > n ? 1 : 0;
    }
  if (n_lists > 1)
    g_array_sort (moments, compare_moments);
  return moments;
}

static gboolean
is_not_before (const CotMoment *moment, const CotMoment *other)
{
  if (moment->log == other->log)
    return moment->hit->ordinal >= other->hit->ordinal;
  if (moment->order_usec == G_MININT64 || other->order_usec == G_MININT64)
    return TRUE;
  return moment->order_usec >= other->order_usec - TOLERANCE_USEC;
}

static const CotMoment *
newest_of (const GArray *moments)
{
  return moments->len > 0 ? &g_array_index (moments, CotMoment, moments->len - 1) : NULL;
}

/* (nullable): where the newest attempt begins. */
static const CotMoment *
get_start (const Path *path)
{
  return path->start >= 0 ? newest_of (g_ptr_array_index (path->moments, (guint) path->start))
                          : NULL;
}

static void
find_start (Path *path)
{
  path->start = -1;
  for (guint i = 0; i < path->moments->len; i++)
    {
      const GArray *moments = g_ptr_array_index (path->moments, i);

      if (!cot_journey_get_milestone (path->journey, i)->starts || moments->len == 0)
        continue;
      path->start = (int) i;
      path->report->n_attempts = moments->len;
      return;
    }
}

/* The line by which an attempt is known need not be the first that the program wrote in it. */
static gboolean
is_in_attempt (const CotMoment *moment, const CotMoment *start)
{
  return (moment->log == start->log && start->run > 0 && moment->run == start->run)
         || is_not_before (moment, start);
}

/* (nullable): the line that shows the milestone in the newest attempt: the first behind the
 * milestone before it, as much is written over and over later. */
static const CotMoment *
pick_moment (const Path *path, guint index, const CotMoment *previous)
{
  const GArray *moments = g_ptr_array_index (path->moments, index);
  const CotMoment *start = get_start (path);
  const CotMoment *newest_allowed = NULL;

  if (start == NULL || (int) index == path->start)
    return newest_of (moments);
  for (guint i = 0; i < moments->len; i++)
    {
      const CotMoment *moment = &g_array_index (moments, CotMoment, i);

      /* What comes before the begin is not begun anew: the newest of it that is not too new. */
      if ((int) index < path->start)
        {
          if (newest_allowed == NULL || is_not_before (start, moment))
            newest_allowed = moment;
          continue;
        }
      if (!is_in_attempt (moment, start))
        continue;
      if (previous == NULL || is_not_before (moment, previous))
        return moment;
      newest_allowed = moment;
    }
  return newest_allowed;
}

static void
pick (Path *path, guint index, const CotMoment **previous)
{
  const CotMoment *moment = pick_moment (path, index, *previous);

  if (moment == NULL)
    return;
  path->picked[index] = *moment;
  *previous = &path->picked[index];
}

/* Of the ways of a fork the one of which most was seen, then the one that was gone last. */
static guint
pick_branches (Path *path, guint first, const CotMoment **previous)
{
  guint fork = cot_journey_get_milestone (path->journey, first)->fork;
  const CotMoment *before = *previous;
  guint n_best = 0;
  guint i = first;

  path->branches[fork] = 0;
  while (i < path->moments->len && cot_journey_get_milestone (path->journey, i)->fork == fork)
    {
      guint branch = cot_journey_get_milestone (path->journey, i)->branch;
      const CotMoment *last = before;
      guint n_seen = 0;

      for (; i < path->moments->len && cot_journey_get_milestone (path->journey, i)->fork == fork
             && cot_journey_get_milestone (path->journey, i)->branch == branch;
           i++)
        {
          pick (path, i, &last);
          n_seen += path->picked[i].hit != NULL ? 1 : 0;
        }
      if (n_seen > n_best
          || (n_seen > 0 && n_seen == n_best && cot_moment_compare (last, *previous) > 0))
        {
          n_best = n_seen;
          path->branches[fork] = branch;
          *previous = last;
        }
    }
  return i;
}

static void
walk (Path *path)
{
  const CotMoment *previous = NULL;

  for (guint i = 0; i < path->moments->len;)
    if (cot_journey_get_milestone (path->journey, i)->fork != 0)
      i = pick_branches (path, i, &previous);
    else
      pick (path, i++, &previous);
}

static gboolean
has_main_log (const Path *path, const CotMilestone *milestone)
{
  const CotLogPlace *main_log
      = cot_log_directory_find (get_directory (path->judge, milestone), milestone->logs[0]);

  return main_log != NULL && main_log->n_logs > 0;
}

static gboolean
log_goes_on (const Path *path, guint log, const CotMoment *previous)
{
  const CotTimeline *timeline = path->judge->timeline;
  gint64 newest_usec = cot_timeline_get_newest (timeline, log);

  if (previous->order_usec != G_MININT64 && newest_usec != COT_TIME_NONE)
    return newest_usec >= previous->order_usec + PATIENCE_USEC;
  return log != previous->log
         || previous->hit->ordinal + 1 < cot_hits_get_counts (timeline->logs[log].hits)->n_entries;
}

/* Whether the log of a milestone goes on behind the one before it. One that ends there is no proof
 * that nothing came. */
static gboolean
goes_on (const Path *path, const CotMilestone *milestone, const CotMoment *previous)
{
  for (guint i = 0; milestone->logs[i] != NULL; i++)
    {
      const GArray *logs = cot_log_directory_list (get_directory (path->judge, milestone),
                                                   milestone->logs[i]);

      for (guint j = 0; logs != NULL && j < logs->len; j++)
        if (log_goes_on (path, g_array_index (logs, guint, j), previous))
          return TRUE;
    }
  return FALSE;
}

/* What can be told about a milestone that was not seen. @previous: the one before it; (nullable).
 */
static CotMilestoneState
tell_absence (const Path *path, CotMilestoneReport *milestone, const CotMoment *previous)
{
  CotLogDirectory *directory = get_directory (path->judge, milestone->milestone);
  CotLogPlace place = { .oldest_usec = COT_TIME_NONE, .newest_usec = COT_TIME_NONE };
  gint64 since_usec = previous != NULL ? previous->order_usec : G_MININT64;

  milestone->log_name = milestone->milestone->logs[0];
  for (guint i = 0; milestone->milestone->logs[i] != NULL; i++)
    {
      const CotLogPlace *one = cot_log_directory_find (directory, milestone->milestone->logs[i]);

      if (one == NULL || one->n_logs == 0)
        continue;
      if (place.n_logs == 0)
        milestone->log_name = milestone->milestone->logs[i];
      place.n_logs += one->n_logs;
      place.rolled = place.rolled || one->rolled;
      place.newest_usec = MAX (place.newest_usec, one->newest_usec);
      if (place.oldest_usec == COT_TIME_NONE
          || (one->oldest_usec != COT_TIME_NONE && one->oldest_usec < place.oldest_usec))
        place.oldest_usec = one->oldest_usec;
    }
  milestone->coverage = COT_COVERAGE_PRESENT;
  /* The first name is that of the log where the line stands today; the others are older ones, or
   * have it in some versions only. */
  if (place.n_logs == 0 || !has_main_log (path, milestone->milestone))
    {
      milestone->coverage = COT_COVERAGE_MISSING;
      milestone->log_name = milestone->milestone->logs[0];
    }
  else if (since_usec != G_MININT64 && place.newest_usec != COT_TIME_NONE
           && place.newest_usec < since_usec - TOLERANCE_USEC)
    milestone->coverage = COT_COVERAGE_ENDS_BEFORE;
  /* That what need not be there is not there, is no conclusion. */
  else if (previous != NULL && !milestone->milestone->optional
           && !goes_on (path, milestone->milestone, previous))
    milestone->coverage = COT_COVERAGE_ENDS_BEFORE;
  else if (since_usec != G_MININT64 && place.oldest_usec != COT_TIME_NONE
           && place.oldest_usec > since_usec + TOLERANCE_USEC
           && (place.rolled || place.oldest_usec - since_usec > FRESH_USEC))
    milestone->coverage = COT_COVERAGE_STARTS_AFTER;
  return milestone->coverage == COT_COVERAGE_PRESENT ? COT_MILESTONE_MISSING
                                                     : COT_MILESTONE_UNKNOWN;
}

/* The documented name of the log that a line was found in. */
static const char *
find_log_name (const Path *path, const CotMilestone *milestone, guint log)
{
  for (guint i = 0; milestone->logs[i] != NULL; i++)
    {
      const GArray *logs = cot_log_directory_list (get_directory (path->judge, milestone),
                                                   milestone->logs[i]);

      for (guint j = 0; logs != NULL && j < logs->len; j++)
        if (g_array_index (logs, guint, j) == log)
          return milestone->logs[i];
    }
  return milestone->logs[0];
}

static void
set_place (CotMilestoneReport *milestone, const CotMoment *moment)
{
  milestone->log = moment->log;
  milestone->ordinal = moment->hit->ordinal;
  milestone->time_usec = moment->hit->time_usec;
  milestone->bias_minutes = moment->hit->bias_minutes;
}

static void
report_milestones (Path *path)
{
  CotJourneyReport *report = path->report;
  const CotMoment *previous = NULL;

  for (guint i = 0; i < path->moments->len; i++)
    {
      const CotMilestone *milestone = cot_journey_get_milestone (path->journey, i);
      const CotMoment *moment = &path->picked[i];
      CotMilestoneReport one = { .milestone = milestone,
                                 .log = G_MAXUINT,
                                 .time_usec = COT_TIME_NONE,
                                 .bias_minutes = COT_BIAS_NONE,
                                 .log_name = milestone->logs[0] };

      if (milestone->fork != 0 && milestone->branch != path->branches[milestone->fork])
        one.state = COT_MILESTONE_NOT_TAKEN;
      else if (moment->hit != NULL)
        {
          set_place (&one, moment);
          one.state = COT_MILESTONE_SEEN;
          one.log_name = find_log_name (path, milestone, moment->log);
          previous = moment;
        }
      else
        {
          one.state = tell_absence (path, &one, previous);
          one.seen_before = ((const GArray *) g_ptr_array_index (path->moments, i))->len > 0;
        }
      report->n_milestones += one.state != COT_MILESTONE_NOT_TAKEN ? 1 : 0;
      report->n_seen += one.state == COT_MILESTONE_SEEN ? 1 : 0;
      g_array_append_val (report->milestones, one);
    }
}

/* Whether it shows that the path came that far. A server writes its lines for all its clients. */
static gboolean
proves_the_way (const CotMilestoneReport *one)
{
  return (one->state == COT_MILESTONE_SEEN || one->taken_back) && !one->milestone->alone
         && !one->milestone->server;
}

/* The first behind all that was seen, which must be there and is not. What was passed is no gap:
 * the log itself tells that the path went on; but then it is not known that all of it was gone. */
static void
find_gap (CotJourneyReport *report)
{
  gboolean later = FALSE;

  report->first_gap = -1;
  report->complete = report->applies;
  for (guint i = report->milestones->len; i-- > 0;)
    {
      CotMilestoneReport *one = &g_array_index (report->milestones, CotMilestoneReport, i);
      gboolean passed = later;

      later = later || proves_the_way (one);
      if (one->state == COT_MILESTONE_NOT_TAKEN || one->state == COT_MILESTONE_SEEN)
        continue;
      one->passed = passed;
      if (!one->milestone->optional && !one->milestone->server)
        report->complete = FALSE;
      if (one->milestone->optional || passed
          || (one->state == COT_MILESTONE_UNKNOWN && one->milestone->server))
        continue;
      report->first_gap = (int) i;
      report->complete = FALSE;
    }
}

/* Of the device itself: what its server wrote does not tell that it went this way. */
static void
take_evidence (const Path *path, const GArray *moments)
{
  CotJourneyReport *report = path->report;
  const CotMoment *moment = NULL;

  for (guint i = moments->len; i-- > 0 && moment == NULL;)
    {
      const CotMoment *one = &g_array_index (moments, CotMoment, i);

      if (!path->judge->timeline->logs[one->log].is_guest)
        moment = one;
    }
  if (moment == NULL)
    return;
  report->applies = TRUE;
  set_place (&report->evidence, moment);
}

static void
find_evidence (Path *path)
{
  const char *const *ids = cot_journey_get_applies (path->journey);

  for (guint i = 0; i < path->moments->len && !path->report->applies; i++)
    if (cot_journey_get_milestone (path->journey, i)->applies)
      take_evidence (path, g_ptr_array_index (path->moments, i));
  for (guint i = 0; ids[i] != NULL && !path->report->applies; i++)
    {
      const GArray *moments = cot_timeline_find (path->judge->timeline, ids[i]);

      if (moments != NULL)
        take_evidence (path, moments);
    }
}

/* Whether a line of the finding stands in a log of the milestone. */
static gboolean
stands_in_log_of (Judge *judge, const CotMilestone *milestone, const CotFinding *finding)
{
  stamp_logs (judge, milestone);
  for (guint i = 0; i < finding->evidence->len; i++)
    {
      guint log = g_array_index (finding->evidence, CotEvidence, i).log;

      if (log < judge->n_logs && judge->stamps[log] == judge->stamp)
        return TRUE;
    }
  return FALSE;
}

/* The log that tells why the way ended ends early for nothing that would have come behind. */
static void
end_there (Judge *judge, CotJourneyReport *report, const CotFinding *finding)
{
  for (guint i = (guint) report->first_gap; i < report->milestones->len; i++)
    {
      CotMilestoneReport *one = &g_array_index (report->milestones, CotMilestoneReport, i);

      if (one->coverage != COT_COVERAGE_ENDS_BEFORE
          || !stands_in_log_of (judge, one->milestone, finding))
        continue;
      one->state = COT_MILESTONE_MISSING;
      one->coverage = COT_COVERAGE_PRESENT;
    }
}

/* Findings come in reading order: the first that is known to explain it; what that is a result of
 * is to be read in its place. Where it is an error in the log itself, the path ended there, however
 * soon the log does. */
static void
find_explanation (Judge *judge, CotJourneyReport *report, GPtrArray *findings)
{
  CotMilestoneReport *gap
      = report->first_gap >= 0 ? &g_array_index (report->milestones, CotMilestoneReport,
                                                 (guint) report->first_gap)
                               : NULL;

  for (guint i = 0; gap != NULL && i < findings->len; i++)
    {
      CotFinding *finding = g_ptr_array_index (findings, i);

      if (finding->state != COT_FINDING_OPEN
          || !g_strv_contains (gap->milestone->explained_by,
                               cot_detector_get_id (finding->detector)))
        continue;
      report->explanation = cot_finding_ref (finding->parent != NULL ? finding->parent : finding);
      if (finding->severity >= COT_SEVERITY_ERROR
          && stands_in_log_of (judge, gap->milestone, finding))
        end_there (judge, report, finding);
      return;
    }
}

/* A finding speaks against the journey where it is of its area, or tells why a milestone would be
 * missing, and stands where the journey does. What cannot be told needs no line there. */
static gboolean
is_of_scenario (Judge *judge, const CotJourneyReport *report, const CotFinding *finding)
{
  const char *id = cot_detector_get_id (finding->detector);
  gboolean same_area = g_str_equal (cot_detector_get_area (finding->detector),
                                    cot_journey_get_area (report->journey));

  for (guint i = 0; i < report->milestones->len; i++)
    {
      const CotMilestoneReport *one = &g_array_index (report->milestones, CotMilestoneReport, i);
      gboolean explains = g_strv_contains (one->milestone->explained_by, id);

      if (one->state == COT_MILESTONE_NOT_TAKEN || (!explains && !same_area))
        continue;
      if ((explains && one->state != COT_MILESTONE_SEEN)
          || stands_in_log_of (judge, one->milestone, finding))
        return TRUE;
    }
  return FALSE;
}

/* That all milestones were seen does not tell that all is well: an error of the same scenario, or
 * the cause of one, may stand all the same. Findings come in reading order. */
static void
find_contradiction (Judge *judge, CotJourneyReport *report, GPtrArray *findings)
{
  if (!report->applies || report->first_gap >= 0)
    return;
  for (guint i = 0; i < findings->len; i++)
    {
      CotFinding *finding = g_ptr_array_index (findings, i);
      CotFinding *cause = finding->parent != NULL ? finding->parent : finding;

      if (finding->state != COT_FINDING_OPEN || finding->expected
          || finding->severity < COT_SEVERITY_ERROR || !is_of_scenario (judge, report, finding))
        continue;
      report->contradiction = cot_finding_ref (cause);
      report->complete = FALSE;
      return;
    }
}

/* The line by which a milestone was seen may tell itself that this is no more so. */
static void
take_back (CotJourneyReport *report, GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const CotFinding *finding = g_ptr_array_index (findings, i);
      const char *id = cot_detector_get_id (finding->detector);

      if (!cot_finding_is_trouble (finding) || finding->severity < COT_SEVERITY_ERROR)
        continue;
      for (guint j = 0; j < report->milestones->len; j++)
        {
          CotMilestoneReport *one = &g_array_index (report->milestones, CotMilestoneReport, j);

          if (one->state != COT_MILESTONE_SEEN || !g_strv_contains (one->milestone->seen_by, id)
              || !g_strv_contains (one->milestone->explained_by, id))
            continue;
          one->state = COT_MILESTONE_MISSING;
          one->taken_back = TRUE;
          one->log = G_MAXUINT;
          one->ordinal = 0;
          one->time_usec = COT_TIME_NONE;
          one->bias_minutes = COT_BIAS_NONE;
          report->n_seen--;
        }
    }
}

static CotJourneyReport *
judge_journey (Judge *judge,
               CotKnowledge *knowledge,
               const CotJourney *journey,
               GPtrArray *findings)
{
  FullReport *self = g_new0 (FullReport, 1);
  CotJourneyReport *report = &self->report;
  guint n = cot_journey_get_n_milestones (journey);
  g_autoptr (GPtrArray) moments = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autofree CotMoment *picked = g_new0 (CotMoment, n);
  g_autofree guint *branches = g_new0 (guint, n + 1); /* a fork has milestones */
  Path path = { judge, journey, report, moments, picked, branches, -1 };

  g_atomic_ref_count_init (&self->references);
  self->knowledge = cot_knowledge_ref (knowledge);
  report->journey = journey;
  report->evidence = (CotMilestoneReport){ .log = G_MAXUINT, .time_usec = COT_TIME_NONE };
  report->milestones = g_array_sized_new (FALSE, TRUE, sizeof (CotMilestoneReport), n);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (moments, list_moments (judge, cot_journey_get_milestone (journey, i)));
  find_start (&path);
  walk (&path);
  report_milestones (&path);
  take_back (report, findings);
  find_evidence (&path);
  find_gap (report);
  find_explanation (judge, report, findings);
  find_contradiction (judge, report, findings);
  report->coverage = cot_coverage_of_journey (report, judge->directory);
  return report;
}

/* What is to be read first of all ends it, or speaks against it. */
static gboolean
is_about_headline (const CotJourneyReport *report)
{
  return (report->explanation != NULL && report->explanation->headline)
         || (report->contradiction != NULL && report->contradiction->headline);
}

static int
compare_reports (gconstpointer a, gconstpointer b)
{
  const CotJourneyReport *left = *(const CotJourneyReport *const *) a;
  const CotJourneyReport *right = *(const CotJourneyReport *const *) b;

  if (left->applies != right->applies)
    return left->applies ? -1 : 1;
  if (left->applies && is_about_headline (left) != is_about_headline (right))
    return is_about_headline (left) ? -1 : 1;
  if (left->applies && left->n_seen != right->n_seen)
    return left->n_seen > right->n_seen ? -1 : 1;
  return g_strcmp0 (cot_journey_get_id (left->journey), cot_journey_get_id (right->journey));
}

static guint
count_own (const CotCaseLog *logs, guint n_logs)
{
  guint n = 0;

  while (n < n_logs && !logs[n].is_guest)
    n++;
  return n;
}

/**
 * cot_journeys_judge:
 * @knowledge: the knowledge that the hits come from
 * @logs: the logs of one case, those of guests last; only used during the call
 * @n_logs: how many
 * @findings: (element-type CotFinding): what cot_correlate() made of the same logs
 *
 * Any thread. The same hits give the same reports in the same order.
 *
 * Returns: (transfer full) (element-type CotJourneyReport): one for each journey
 */
GPtrArray *
cot_journeys_judge (CotKnowledge *knowledge,
                    const CotCaseLog *logs,
                    guint n_logs,
                    GPtrArray *findings)
{
  GPtrArray *reports = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_journey_report_unref);
  g_autoptr (CotTimeline) timeline = cot_timeline_new (knowledge, logs, n_logs);
  guint n_own = count_own (logs, n_logs);
  g_autoptr (CotLogDirectory) directory = cot_coverage_open_directory (timeline, n_own);
  g_autoptr (CotLogDirectory) with_guests = cot_coverage_open_directory (timeline, n_logs);
  g_autofree guint *stamps = g_new0 (guint, n_logs + 1);
  Judge judge = { timeline, directory, with_guests, stamps, n_logs, 0 };

  /* What ends well in them is not where a path leads. */
  cot_timeline_drop_removals (timeline, knowledge);
  for (guint i = 0; i < cot_knowledge_get_n_journeys (knowledge); i++)
    {
      const CotJourney *journey = cot_knowledge_get_journey (knowledge, i);

      for (guint j = 0; j < cot_journey_get_n_milestones (journey); j++)
        {
          cot_coverage_want (directory, cot_journey_get_milestone (journey, j)->logs);
          cot_coverage_want (with_guests, cot_journey_get_milestone (journey, j)->logs);
        }
    }
  cot_log_directory_fill (directory);
  cot_log_directory_fill (with_guests);
  for (guint i = 0; i < cot_knowledge_get_n_journeys (knowledge); i++)
    g_ptr_array_add (reports, judge_journey (&judge, knowledge,
                                             cot_knowledge_get_journey (knowledge, i), findings));
  g_ptr_array_sort (reports, compare_reports);
  return reports;
}

/**
 * cot_journey_report_ref:
 * @self: a report
 *
 * Returns: (transfer full): @self
 */
CotJourneyReport *
cot_journey_report_ref (CotJourneyReport *self)
{
  g_atomic_ref_count_inc (&((FullReport *) self)->references);
  return self;
}

/**
 * cot_journey_report_unref:
 * @self: (transfer full): a report
 *
 * Any thread.
 */
void
cot_journey_report_unref (CotJourneyReport *self)
{
  FullReport *whole = (FullReport *) self;

  if (!g_atomic_ref_count_dec (&whole->references))
    return;
  g_clear_pointer (&self->explanation, cot_finding_unref);
  g_clear_pointer (&self->contradiction, cot_finding_unref);
  g_clear_pointer (&self->coverage, cot_coverage_free);
  g_array_unref (self->milestones);
  cot_knowledge_unref (whole->knowledge);
  g_free (whole);
}

/**
 * cot_journey_report_get_gap:
 * @self: a report
 *
 * Returns: (transfer none) (nullable): the first milestone behind all that was seen that must be
 *   there and is not
 */
const CotMilestoneReport *
cot_journey_report_get_gap (const CotJourneyReport *self)
{
  return self->first_gap >= 0
             ? &g_array_index (self->milestones, CotMilestoneReport, (guint) self->first_gap)
             : NULL;
}
