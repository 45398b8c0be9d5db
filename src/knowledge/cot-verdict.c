/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-finding-private.h"

#include "cot-finding-times-private.h"

/* What led to a failure is often written only at the end of the attempt, or by the other side,
 * whose clock may be off: so much later a line may still be the cause. */
#define MAX_BEHIND_USEC (G_GINT64_CONSTANT (60) * 60 * G_USEC_PER_SEC)
/* In one log there is one clock, and only the end of the attempt to wait for. */
#define MAX_BEHIND_IN_LOG_USEC (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

/* Of two failures of one rank that are so far apart, the newer one tells how it stands. */
#define SAME_STATE_USEC (G_GINT64_CONSTANT (12) * 60 * 60 * G_USEC_PER_SEC)

/* Everything that decides about the place of a finding; the first difference counts. */
typedef struct
{
  CotFinding *finding;
  guint index; /* in the order of the knowledge: makes the order total */
  guint n_consequences;
  gboolean stale;
  gboolean outdated; /* by the newest failure */
} Place;

static gboolean
is_candidate (const CotFinding *finding)
{
  return finding->parent == NULL && cot_finding_is_trouble (finding);
}

/* The first or the last moment of a finding by that clock; COT_TIME_NONE where a line has none. */
static gint64
find_limit (const CotFinding *finding, CotStoryClock clock, gboolean newest, guint *log)
{
  gint64 limit_usec = COT_TIME_NONE;

  for (guint i = 0; i < finding->evidence->len; i++)
    {
      const CotEvidence *evidence = &g_array_index (finding->evidence, CotEvidence, i);
      gint64 time_usec = cot_evidence_get_time (evidence, clock);

      if (time_usec == COT_TIME_NONE)
        return COT_TIME_NONE;
      if (limit_usec != COT_TIME_NONE
          && (newest ? time_usec <= limit_usec : time_usec >= limit_usec))
        continue;
      limit_usec = time_usec;
      *log = evidence->log;
    }
  return limit_usec;
}

/* Nothing comes of what was not there yet. That it was not must be known: the log of the cause
 * reaches back to before the last line of the consequence. A wait goes on behind its line. */
static gboolean
came_too_late (CotFinding *cause, CotFinding *consequence, const CotCaseLog *logs)
{
  CotFinding *both[] = { cause, consequence };
  CotStoryClock clock = cot_findings_choose_clock (both, G_N_ELEMENTS (both));
  CotEvidence begin = { 0 };
  gint64 cause_usec, consequence_usec, begin_usec;
  guint log = 0;

  if (clock == COT_STORY_CLOCK_MIXED || consequence->waiting)
    return FALSE;
  consequence_usec = find_limit (consequence, clock, TRUE, &log);
  cause_usec = find_limit (cause, clock, FALSE, &log);
  if (consequence_usec == COT_TIME_NONE || cause_usec == COT_TIME_NONE)
    return FALSE;
  begin.time_usec = cot_hits_get_oldest_time (logs[log].hits, &begin.bias_minutes);
  begin_usec = cot_evidence_get_time (&begin, clock);
  return begin_usec != COT_TIME_NONE && begin_usec <= consequence_usec
         && consequence_usec < cause_usec - MAX_BEHIND_USEC;
}

static gboolean
is_of_one_log (const CotFinding *finding)
{
  for (guint i = 1; i < finding->evidence->len; i++)
    if (g_array_index (finding->evidence, CotEvidence, i).log
        != g_array_index (finding->evidence, CotEvidence, 0).log)
      return FALSE;
  return TRUE;
}

static gboolean
has_runs (const CotFinding *finding)
{
  for (guint i = 0; i < finding->evidence->len; i++)
    if (g_array_index (finding->evidence, CotEvidence, i).run > 0)
      return TRUE;
  return FALSE;
}

static gint64
get_run_key (const CotEvidence *evidence)
{
  return ((gint64) evidence->log << 32) | evidence->run;
}

/* What one run of a program came to explains no other one: where both stand in a log of several
 * runs, they must in one of them. */
static gboolean
are_of_other_runs (const CotFinding *cause, const CotFinding *consequence)
{
  g_autoptr (GHashTable) runs = NULL;
  g_autoptr (GHashTable) logs = NULL;
  gboolean share_log = FALSE;

  if (!has_runs (cause) && !has_runs (consequence))
    return FALSE;
  runs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  logs = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < cause->evidence->len; i++)
    {
      const CotEvidence *evidence = &g_array_index (cause->evidence, CotEvidence, i);
      gint64 key = get_run_key (evidence);

      g_hash_table_add (runs, g_memdup2 (&key, sizeof key));
      g_hash_table_add (logs, GUINT_TO_POINTER (evidence->log + 1));
    }
  for (guint i = 0; i < consequence->evidence->len; i++)
    {
      const CotEvidence *evidence = &g_array_index (consequence->evidence, CotEvidence, i);
      gint64 key = get_run_key (evidence);

      if (g_hash_table_contains (runs, &key))
        return FALSE;
      share_log = share_log || g_hash_table_contains (logs, GUINT_TO_POINTER (evidence->log + 1));
    }
  return share_log;
}

/* In one log the order is known, whatever its clock does: no line explains those before it, but for
 * what one attempt writes in a moment. */
static gboolean
stands_behind (const CotFinding *cause, const CotFinding *consequence)
{
  const CotEvidence *first = &g_array_index (cause->evidence, CotEvidence, 0);
  const CotEvidence *last = &g_array_index (consequence->evidence, CotEvidence,
                                            consequence->evidence->len - 1);

  if (consequence->waiting || !is_of_one_log (cause) || !is_of_one_log (consequence)
      || first->log != last->log || first->ordinal <= last->ordinal)
    return FALSE;
  return first->time_usec != COT_TIME_NONE && last->time_usec != COT_TIME_NONE
         && first->time_usec - last->time_usec > MAX_BEHIND_IN_LOG_USEC;
}

/* What is normal explains only what is normal, but for a wait; a note in passing explains no
 * error, and no wait: it would be told beneath what nobody has to read. */
static gboolean
may_explain (CotFinding *cause, CotFinding *consequence, const CotCaseLog *logs)
{
  if (cause == consequence || cause->state != COT_FINDING_OPEN
      || consequence->state != COT_FINDING_OPEN || !cot_finding_explains (cause, consequence)
      || came_too_late (cause, consequence, logs) || are_of_other_runs (cause, consequence)
      || stands_behind (cause, consequence))
    return FALSE;
  if (consequence->waiting && !cot_finding_is_trouble (cause))
    return FALSE;
  return cause->waiting
         || ((!cause->expected || consequence->expected)
             && (cause->severity >= COT_SEVERITY_WARNING
                 || cause->severity >= consequence->severity));
}

static int
compare_rank (const Place *a, const Place *b)
{
  const CotFinding *left = a->finding;
  const CotFinding *right = b->finding;

  if (left->state != right->state)
    return left->state == COT_FINDING_OPEN ? -1 : 1;
  if (is_candidate (left) != is_candidate (right))
    return is_candidate (left) ? -1 : 1;
  if (a->stale != b->stale)
    return a->stale ? 1 : -1;
  if (left->severity != right->severity)
    {
      /* Good news is less urgent than neutral news. */
      if (left->severity == COT_SEVERITY_SUCCESS || right->severity == COT_SEVERITY_SUCCESS)
        if (MAX (left->severity, right->severity) == COT_SEVERITY_SUCCESS)
          return left->severity == COT_SEVERITY_SUCCESS ? 1 : -1;
      return left->severity > right->severity ? -1 : 1;
    }
  if (left->detector->generic != right->detector->generic)
    return left->detector->generic ? 1 : -1;
  if (a->outdated != b->outdated)
    return a->outdated ? 1 : -1;
  if (a->n_consequences != b->n_consequences)
    return a->n_consequences > b->n_consequences ? -1 : 1;
  return a->index < b->index ? -1 : a->index > b->index;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  return compare_rank (a, b);
}

/* Who comes first when several causes explain the same: the one that no other explains. */
static void
link_causes (GPtrArray *findings, const CotCaseLog *logs)
{
  for (guint i = 0; i < findings->len; i++)
    {
      CotFinding *consequence = g_ptr_array_index (findings, i);
      CotFinding *best = NULL;

      for (guint j = 0; j < findings->len; j++)
        {
          CotFinding *cause = g_ptr_array_index (findings, j);

          if (!may_explain (cause, consequence, logs))
            continue;
          if (best == NULL || may_explain (cause, best, logs)
              || (cause->severity > best->severity && !may_explain (best, cause, logs)))
            best = cause;
        }
      consequence->parent = best;
    }
}

/* What stands in the logs before its cause does is no result to the eye. */
static gboolean
began_before (CotFinding *consequence, CotFinding *cause)
{
  CotFinding *both[] = { cause, consequence };
  CotStoryClock clock = cot_findings_choose_clock (both, G_N_ELEMENTS (both));
  guint log = 0;
  gint64 cause_usec = find_limit (cause, clock, FALSE, &log);
  gint64 consequence_usec = find_limit (consequence, clock, FALSE, &log);

  return clock != COT_STORY_CLOCK_MIXED && cause_usec != COT_TIME_NONE
         && consequence_usec != COT_TIME_NONE && consequence_usec < cause_usec;
}

/* The list shows one level: every consequence stands under its first cause. A circle, which only
 * the files of a user can make, is cut where it closes. */
static void
climb_to_roots (GPtrArray *findings)
{
  g_autofree CotFinding **roots = g_new0 (CotFinding *, MAX (findings->len, 1));

  for (guint i = 0; i < findings->len; i++)
    {
      CotFinding *self = g_ptr_array_index (findings, i);
      CotFinding *root = self->parent;

      for (guint n = 0; root != NULL && root->parent != NULL && n < findings->len; n++)
        root = root->parent;
      roots[i] = root != NULL && root->parent == NULL ? root : NULL;
    }
  for (guint i = 0; i < findings->len; i++)
    {
      CotFinding *self = g_ptr_array_index (findings, i);

      self->parent = roots[i];
      self->began_before_parent = roots[i] != NULL && began_before (self, roots[i]);
    }
}

/* A wait goes on behind its line, and what a line tells by its age to the end of its log. */
static gint64
find_last (const CotFinding *finding, const CotCaseLog *logs, CotStoryClock clock)
{
  CotEvidence last = g_array_index (finding->evidence, CotEvidence, finding->primary);
  guint log;

  if (finding->waiting)
    return COT_TIME_NONE;
  if (finding->begin_usec == COT_TIME_NONE)
    return find_limit (finding, clock, TRUE, &log);
  last.time_usec = cot_hits_get_newest_time (logs[last.log].hits, &last.bias_minutes);
  return last.time_usec != COT_TIME_NONE ? cot_evidence_get_time (&last, clock) : COT_TIME_NONE;
}

/* The newest time of a story by that clock; COT_TIME_NONE where a line of it has none. */
static gint64
find_newest (GPtrArray *findings, CotFinding *root, const CotCaseLog *logs, CotStoryClock clock)
{
  gint64 newest_usec = find_last (root, logs, clock);

  for (guint i = 0; i < findings->len && newest_usec != COT_TIME_NONE; i++)
    {
      CotFinding *finding = g_ptr_array_index (findings, i);
      gint64 time_usec;

      if (finding->parent != root || finding->state != COT_FINDING_OPEN)
        continue;
      time_usec = find_last (finding, logs, clock);
      newest_usec = time_usec == COT_TIME_NONE ? time_usec : MAX (newest_usec, time_usec);
    }
  return newest_usec;
}

static gint64
find_end (const CotCaseLog *logs, guint n_logs, CotStoryClock clock)
{
  gint64 end_usec = COT_TIME_NONE;

  for (guint i = 0; i < n_logs; i++)
    {
      CotEvidence last = { .bias_minutes = COT_BIAS_NONE };
      gint64 time_usec;

      last.time_usec = cot_hits_get_newest_time (logs[i].hits, &last.bias_minutes);
      if (logs[i].is_guest || last.time_usec == COT_TIME_NONE)
        continue;
      time_usec = cot_evidence_get_time (&last, clock);
      if (end_usec == COT_TIME_NONE || time_usec > end_usec)
        end_usec = time_usec;
    }
  return end_usec;
}

static void
tell_ages (GPtrArray *findings, const CotCaseLog *logs, guint n_logs)
{
  CotStoryClock clock
      = cot_findings_choose_clock ((CotFinding *const *) findings->pdata, findings->len);
  gint64 end_usec = find_end (logs, n_logs, clock);

  for (guint i = 0; i < findings->len && end_usec != COT_TIME_NONE; i++)
    {
      CotFinding *finding = g_ptr_array_index (findings, i);
      gint64 newest_usec;

      if (!is_candidate (finding))
        continue;
      newest_usec = find_newest (findings, finding, logs, clock);
      if (newest_usec != COT_TIME_NONE)
        finding->age_usec = MAX (end_usec - newest_usec, 0);
    }
}

/* Is there one as bad that is so much newer? */
static gboolean
is_outdated (GPtrArray *findings, const CotFinding *finding)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const CotFinding *other = g_ptr_array_index (findings, i);

      if (is_candidate (other) && other->severity >= finding->severity && other->age_usec >= 0
          && finding->age_usec - other->age_usec > SAME_STATE_USEC)
        return TRUE;
    }
  return FALSE;
}

static void
sort_places (GPtrArray *findings, GArray *places)
{
  for (guint i = 0; i < findings->len; i++)
    {
      CotFinding *finding = g_ptr_array_index (findings, i);
      Place place = { finding, i, 0, cot_finding_is_stale (finding),
                      is_outdated (findings, finding) };

      for (guint j = 0; j < findings->len; j++)
        if (((CotFinding *) g_ptr_array_index (findings, j))->parent == place.finding)
          place.n_consequences++;
      g_array_append_val (places, place);
    }
  g_array_sort (places, compare_places);
}

static gboolean
has_own_evidence (const CotFinding *finding, const CotCaseLog *logs)
{
  for (guint i = 0; i < finding->evidence->len; i++)
    if (!logs[g_array_index (finding->evidence, CotEvidence, i).log].is_guest)
      return TRUE;
  return FALSE;
}

/* A story of which nothing stands in a log of the device itself is another one's. */
static void
leave_out_strangers (GPtrArray *findings, const CotCaseLog *logs)
{
  g_autoptr (GHashTable) own_stories = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) strangers = g_ptr_array_new ();

  for (guint i = 0; i < findings->len; i++)
    {
      CotFinding *finding = g_ptr_array_index (findings, i);

      if (has_own_evidence (finding, logs))
        g_hash_table_add (own_stories, finding->parent != NULL ? finding->parent : finding);
    }
  for (guint i = 0; i < findings->len; i++)
    {
      CotFinding *finding = g_ptr_array_index (findings, i);

      if (!g_hash_table_contains (own_stories,
                                  finding->parent != NULL ? finding->parent : finding))
        g_ptr_array_add (strangers, finding);
    }
  for (guint i = 0; i < strangers->len; i++)
    g_ptr_array_remove (findings, g_ptr_array_index (strangers, i));
}

void
cot_verdict_pass (GPtrArray *findings, const CotCaseLog *logs, guint n_logs)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  guint n = 0;

  link_causes (findings, logs);
  climb_to_roots (findings);
  leave_out_strangers (findings, logs);
  tell_ages (findings, logs, n_logs);
  sort_places (findings, places);
  for (guint i = 0; i < places->len; i++)
    {
      CotFinding *root = g_array_index (places, Place, i).finding;

      if (root->parent != NULL)
        continue;
      findings->pdata[n++] = root;
      for (guint j = 0; j < places->len; j++)
        if (g_array_index (places, Place, j).finding->parent == root)
          findings->pdata[n++] = g_array_index (places, Place, j).finding;
    }
  if (findings->len > 0)
    {
      CotFinding *first = g_ptr_array_index (findings, 0);

      first->headline = is_candidate (first);
    }
}
