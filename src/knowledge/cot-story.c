/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One cause and its consequences, told in the order of time. A line that came a thousand times
 * would drown the others: what a finding has in one log is told once, where it began. */

#include "cot-story.h"

#include "cot-finding-times-private.h"

/* A line while its story is put together. */
typedef struct
{
  CotStoryLine line;
  guint log;
  guint64 ordinal;
  gint64 order_usec; /* like @time_usec, but behind its predecessor where it has no time */
  guint place; /* cause first: makes the order total */
} Draft;

static const CotEvidence *
get_evidence (const CotFinding *finding, guint index)
{
  return &g_array_index (finding->evidence, CotEvidence, index);
}

static gint64
to_story_time (const CotStory *self, const CotEvidence *evidence)
{
  return cot_evidence_get_time (evidence, self->clock);
}

static void
start_draft (const CotStory *self, GArray *drafts, CotFinding *finding, guint index)
{
  const CotEvidence *evidence = get_evidence (finding, index);
  Draft draft = { .log = evidence->log, .ordinal = evidence->ordinal, .place = drafts->len };

  draft.line.finding = finding;
  draft.line.first = index;
  draft.line.time_usec = to_story_time (self, evidence);
  draft.line.last_time_usec = COT_TIME_NONE;
  draft.order_usec = draft.line.time_usec;
  g_array_append_val (drafts, draft);
}

/* Evidence comes by time, so that of several logs is mixed: few logs, so each is looked for. */
static void
add_finding (const CotStory *self, GArray *drafts, CotFinding *finding)
{
  guint first_draft = drafts->len;

  for (guint i = 0; i < finding->evidence->len; i++)
    {
      const CotEvidence *evidence = get_evidence (finding, i);
      guint j = first_draft;
      Draft *draft;
      gint64 time_usec;

      while (j < drafts->len && g_array_index (drafts, Draft, j).log != evidence->log)
        j++;
      if (j == drafts->len)
        start_draft (self, drafts, finding, i);
      draft = &g_array_index (drafts, Draft, j);
      draft->line.last = i;
      draft->line.n++;
      time_usec = to_story_time (self, evidence);
      if (time_usec != COT_TIME_NONE)
        draft->line.last_time_usec = time_usec;
    }
}

static int
compare_in_log (gconstpointer a, gconstpointer b)
{
  const Draft *left = a;
  const Draft *right = b;

  if (left->log != right->log)
    return left->log < right->log ? -1 : 1;
  if (left->ordinal != right->ordinal)
    return left->ordinal < right->ordinal ? -1 : 1;
  return left->place < right->place ? -1 : left->place > right->place;
}

static int
compare_by_time (gconstpointer a, gconstpointer b)
{
  const Draft *left = a;
  const Draft *right = b;

  if (left->order_usec != right->order_usec)
    return left->order_usec < right->order_usec ? -1 : 1;
  return 0;
}

/* In one log the order of its entries is right, even where its clock was set back meanwhile or an
 * entry has no time: a line never stands before its predecessor. Sorts of GLib's arrays keep the
 * order of equals. */
static void
sort_drafts (GArray *drafts)
{
  g_array_sort (drafts, compare_in_log);
  for (guint i = 1; i < drafts->len; i++)
    {
      const Draft *before = &g_array_index (drafts, Draft, i - 1);
      Draft *draft = &g_array_index (drafts, Draft, i);

      if (draft->log == before->log)
        draft->order_usec = MAX (draft->order_usec, before->order_usec);
    }
  g_array_sort (drafts, compare_by_time);
}

/* The cause first. */
static GPtrArray *
list_members (CotFinding *cause, CotFinding *const *findings, guint n_findings)
{
  GPtrArray *members = g_ptr_array_new ();

  g_ptr_array_add (members, cause);
  for (guint i = 0; i < n_findings; i++)
    if (findings[i]->parent == cause)
      g_ptr_array_add (members, findings[i]);
  return members;
}

/**
 * cot_story_new:
 * @finding: a finding: a cause, or a consequence
 * @findings: (array length=n_findings): those of cot_correlate(), with @finding among them
 * @n_findings: how many
 *
 * Any thread.
 *
 * Returns: (transfer full): the lines of the cause and of all its consequences, by time
 */
CotStory *
cot_story_new (CotFinding *finding, CotFinding *const *findings, guint n_findings)
{
  CotStory *self = g_new0 (CotStory, 1);
  CotFinding *cause = finding->parent != NULL ? finding->parent : finding;
  g_autoptr (GPtrArray) members = list_members (cause, findings, n_findings);
  g_autoptr (GArray) drafts = g_array_new (FALSE, FALSE, sizeof (Draft));

  self->cause = cot_finding_ref (cause);
  self->n_findings = members->len;
  self->clock = cot_findings_choose_clock ((CotFinding *const *) members->pdata, members->len);
  self->lines = g_array_new (FALSE, FALSE, sizeof (CotStoryLine));
  for (guint i = 0; i < members->len; i++)
    add_finding (self, drafts, g_ptr_array_index (members, i));
  sort_drafts (drafts);
  for (guint i = 0; i < drafts->len; i++)
    {
      const CotStoryLine *line = &g_array_index (drafts, Draft, i).line;

      cot_finding_ref (line->finding);
      g_array_append_vals (self->lines, line, 1);
    }
  return self;
}

/**
 * cot_story_free:
 * @self: (transfer full): a story
 */
void
cot_story_free (CotStory *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    cot_finding_unref (g_array_index (self->lines, CotStoryLine, i).finding);
  g_array_unref (self->lines);
  cot_finding_unref (self->cause);
  g_free (self);
}
