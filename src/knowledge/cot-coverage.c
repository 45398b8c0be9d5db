/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which logs a conclusion needs, and what of them is not there. */

#include "cot-coverage-private.h"

#include "cot-clock.h"

#include <string.h>

static gint64
read_clock (guint log, gboolean newest, gpointer data)
{
  const CotTimeline *timeline = data;

  return newest ? cot_timeline_get_newest (timeline, log) : cot_timeline_get_oldest (timeline, log);
}

CotLogDirectory *
cot_coverage_open_directory (CotTimeline *timeline, guint n_logs)
{
  return cot_log_directory_new (timeline->logs, n_logs, read_clock, timeline);
}

void
cot_coverage_want (CotLogDirectory *directory, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    cot_log_directory_want (directory, names[i]);
}

static void
log_coverage_free (gpointer data)
{
  CotLogCoverage *log = data;

  g_free (log->name);
  g_free (log);
}

static CotCoverage *
coverage_new (const char *area, const CotJourney *journey)
{
  CotCoverage *self = g_new0 (CotCoverage, 1);

  self->area = area;
  self->journey = journey;
  self->logs = g_ptr_array_new_with_free_func (log_coverage_free);
  return self;
}

/**
 * cot_coverage_free:
 * @self: (transfer full): a coverage
 */
void
cot_coverage_free (CotCoverage *self)
{
  g_ptr_array_unref (self->logs);
  g_free (self);
}

/* What is known to be gone is not there for one milestone because it is for another. */
static void
note_log (CotCoverage *self, const char *name, CotCoverageState state)
{
  CotLogCoverage *log;

  for (guint i = 0; i < self->logs->len; i++)
    {
      log = g_ptr_array_index (self->logs, i);
      if (g_ascii_strcasecmp (log->name, name) != 0)
        continue;
      if (log->state == COT_COVERAGE_PRESENT)
        log->state = state;
      return;
    }
  log = g_new0 (CotLogCoverage, 1);
  log->name = g_strdup (name);
  log->state = state;
  g_ptr_array_add (self->logs, log);
}

CotCoverage *
cot_coverage_of_journey (const CotJourneyReport *report, CotLogDirectory *directory)
{
  CotCoverage *self = coverage_new (cot_journey_get_area (report->journey), report->journey);

  for (guint i = 0; i < report->milestones->len; i++)
    {
      const CotMilestoneReport *one = &g_array_index (report->milestones, CotMilestoneReport, i);

      /* The log of a server is no part of what a device can be asked for. */
      if (one->state == COT_MILESTONE_NOT_TAKEN
          || (one->milestone->server && one->coverage == COT_COVERAGE_MISSING))
        continue;
      note_log (self, one->log_name, one->coverage);
    }
  return self;
}

static gboolean
is_name_character (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '-' || c == '%';
}

/* Also the dot of "client.msi.log", but not one that ends a sentence. */
static gboolean
is_in_name (const char *text, const char *at)
{
  return is_name_character (*at) || (*at == '.' && at > text && is_name_character (at[-1]));
}

/**
 * cot_log_names_in_text:
 * @text: a step, or the like
 * @names: (element-type utf8): what to add to; frees its elements
 *
 * A name that is there already, in whatever case, is not added.
 */
void
cot_log_names_in_text (const char *text, GPtrArray *names)
{
  const char *dot = text;

  while ((dot = strstr (dot, ".log")) != NULL)
    {
      const char *start = dot;
      const char *end = dot + strlen (".log");
      g_autofree char *name = NULL;
      gboolean known = FALSE;

      while (start > text && is_in_name (text, start - 1))
        start--;
      dot = end;
      if (start + strlen (".log") == end || is_name_character (*end))
        continue;
      name = g_strndup (start, (gsize) (end - start));
      for (guint i = 0; i < names->len && !known; i++)
        known = g_ascii_strcasecmp (g_ptr_array_index (names, i), name) == 0;
      if (!known)
        g_ptr_array_add (names, g_steal_pointer (&name));
    }
}

/* The logs that tell more about a finding: those that its steps and its conditions name. */
static GPtrArray *
list_wanted_names (const CotFinding *finding)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < finding->n_steps; i++)
    cot_log_names_in_text (finding->steps[i].text, names);
  for (guint i = 0; i < finding->missing_logs->len; i++)
    if (!g_ptr_array_find_with_equal_func (names, g_ptr_array_index (finding->missing_logs, i),
                                           g_str_equal, NULL))
      g_ptr_array_add (names, g_strdup (g_ptr_array_index (finding->missing_logs, i)));
  return names;
}

static gint64
to_moment (const CotTimeline *timeline, const CotEvidence *evidence)
{
  if (evidence->time_usec == COT_TIME_NONE || !timeline->in_utc)
    return evidence->time_usec;
  return cot_clock_to_utc (evidence->time_usec, evidence->bias_minutes);
}

static CotCoverageState
judge_place (const CotLogPlace *place, gint64 first_usec, gint64 last_usec)
{
  if (place == NULL || place->n_logs == 0)
    return COT_COVERAGE_MISSING;
  if (first_usec != COT_TIME_NONE && place->oldest_usec != COT_TIME_NONE
      && place->oldest_usec > last_usec)
    return COT_COVERAGE_STARTS_AFTER;
  if (last_usec != COT_TIME_NONE && place->newest_usec != COT_TIME_NONE
      && place->newest_usec < first_usec)
    return COT_COVERAGE_ENDS_BEFORE;
  return COT_COVERAGE_PRESENT;
}

static CotCoverage *
get_area (GPtrArray *coverages, const char *area)
{
  for (guint i = 0; i < coverages->len; i++)
    {
      CotCoverage *coverage = g_ptr_array_index (coverages, i);

      if (g_str_equal (coverage->area, area))
        return coverage;
    }
  g_ptr_array_add (coverages, coverage_new (area, NULL));
  return g_ptr_array_index (coverages, coverages->len - 1);
}

/**
 * cot_coverage_of_findings:
 * @knowledge: the knowledge that the hits come from
 * @logs: the logs of one case; only used during the call
 * @n_logs: how many
 * @findings: (element-type CotFinding): what cot_correlate() made of the same logs
 *
 * Any thread.
 *
 * Returns: (transfer full) (element-type CotCoverage): one for each area that has an open finding
 */
GPtrArray *
cot_coverage_of_findings (CotKnowledge *knowledge,
                          const CotCaseLog *logs,
                          guint n_logs,
                          GPtrArray *findings)
{
  GPtrArray *coverages = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_coverage_free);
  g_autoptr (CotTimeline) timeline = cot_timeline_new (knowledge, logs, n_logs);
  g_autoptr (CotLogDirectory) directory = cot_coverage_open_directory (timeline, n_logs);
  g_autoptr (GPtrArray) wanted
      = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < findings->len; i++)
    {
      const CotFinding *finding = g_ptr_array_index (findings, i);
      GPtrArray *names = cot_finding_is_trouble (finding) ? list_wanted_names (finding)
                                                   : g_ptr_array_new_with_free_func (g_free);

      for (guint j = 0; j < names->len; j++)
        cot_log_directory_want (directory, g_ptr_array_index (names, j));
      g_ptr_array_add (wanted, names);
    }
  cot_log_directory_fill (directory);
  for (guint i = 0; i < findings->len; i++)
    {
      const CotFinding *finding = g_ptr_array_index (findings, i);
      const GPtrArray *names = g_ptr_array_index (wanted, i);
      const CotEvidence *first = &g_array_index (finding->evidence, CotEvidence, 0);
      const CotEvidence *last
          = &g_array_index (finding->evidence, CotEvidence, finding->evidence->len - 1);

      for (guint j = 0; j < names->len; j++)
        {
          const CotLogPlace *place
              = cot_log_directory_find (directory, g_ptr_array_index (names, j));

          note_log (get_area (coverages, cot_detector_get_area (finding->detector)),
                    place != NULL ? place->name : g_ptr_array_index (names, j),
                    judge_place (place, to_moment (timeline, first), to_moment (timeline, last)));
        }
    }
  return coverages;
}
