/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-journey-sentences.h"

#include "cot-finding-sentences.h"
#include "cot-sentences.h"
#include "cot-summary-sentences.h"

#include <glib/gi18n.h>

static char *
dup_unknown (CotCoverageState coverage, const char *log_name)
{
  switch (coverage)
    {
    case COT_COVERAGE_MISSING:
      return g_strdup_printf (_("Cannot tell: %s is missing"), log_name);
    case COT_COVERAGE_STARTS_AFTER:
      return g_strdup_printf (_("Cannot tell: %s starts later"), log_name);
    case COT_COVERAGE_ENDS_BEFORE:
      return g_strdup_printf (_("Cannot tell: %s ends before"), log_name);
    case COT_COVERAGE_PRESENT:
    default:
      return g_strdup (_("Cannot tell"));
    }
}

char *
cot_sentence_dup_milestone_state (const CotMilestoneReport *milestone)
{
  switch (milestone->state)
    {
    case COT_MILESTONE_SEEN:
      return g_strdup (_("Seen"));
    case COT_MILESTONE_NOT_TAKEN:
      return g_strdup (_("Another way was taken"));
    case COT_MILESTONE_MISSING:
      if (milestone->passed && !milestone->milestone->optional)
        /* Translators: %s is the name of a log */
        return g_strdup_printf (_("Not seen in %s, but later ones were"), milestone->log_name);
      /* Translators: %s is the name of a log */
      return g_strdup_printf (milestone->milestone->optional ? _("Not seen; may stand in %s")
                                                             : _("Should stand in %s"),
                              milestone->log_name);
    case COT_MILESTONE_UNKNOWN:
    default:
      if (milestone->milestone->server && milestone->coverage == COT_COVERAGE_MISSING)
        return g_strdup_printf (_("In a log of the server, not here: %s"), milestone->log_name);
      return dup_unknown (milestone->coverage, milestone->log_name);
    }
}

char *
cot_sentence_dup_progress (const CotJourneyReport *report)
{
  return g_strdup_printf (ngettext ("%u of %u milestone seen", "%u of %u milestones seen",
                                    report->n_milestones),
                          report->n_seen, report->n_milestones);
}

/* Of the milestones that cannot be told for one reason, the logs that would. */
typedef struct
{
  GPtrArray *server; /* (element-type utf8) */
  GPtrArray *missing;
  GPtrArray *late;
  GPtrArray *early;
} Untold;

static void
add_name (GPtrArray *names, const char *name)
{
  if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, (gpointer) name);
}

static guint
count_untold (const CotJourneyReport *report, Untold *untold)
{
  guint n = 0;

  for (guint i = 0; i < report->milestones->len; i++)
    {
      const CotMilestoneReport *milestone
          = &g_array_index (report->milestones, CotMilestoneReport, i);

      if (milestone->state != COT_MILESTONE_UNKNOWN)
        continue;
      n++;
      if (milestone->coverage == COT_COVERAGE_STARTS_AFTER)
        add_name (untold->late, milestone->log_name);
      else if (milestone->coverage == COT_COVERAGE_ENDS_BEFORE)
        add_name (untold->early, milestone->log_name);
      else if (milestone->milestone->server)
        add_name (untold->server, milestone->log_name);
      else
        add_name (untold->missing, milestone->log_name);
    }
  return n;
}

/* @format has a place for names, and is one of ours. */
static void
add_reason (GString *text, const char *format, GPtrArray *names)
{
  g_autofree char *joined = names->len > 0 ? cot_sentence_join_names (names) : NULL;
  g_auto (GStrv) around = g_strsplit (format, "%s", 2);

  if (joined == NULL)
    return;
  g_string_append (text, text->len > 0 ? "; " : "");
  g_string_append (text, around[0]);
  g_string_append (text, joined);
  g_string_append (text, around[0] != NULL && around[1] != NULL ? around[1] : "");
}

char *
cot_sentence_dup_untold (const CotJourneyReport *report)
{
  g_autoptr (GPtrArray) server = g_ptr_array_new ();
  g_autoptr (GPtrArray) missing = g_ptr_array_new ();
  g_autoptr (GPtrArray) late = g_ptr_array_new ();
  g_autoptr (GPtrArray) early = g_ptr_array_new ();
  g_autoptr (GString) reasons = g_string_new (NULL);
  Untold untold = { server, missing, late, early };
  guint n = count_untold (report, &untold);

  if (n == 0)
    return NULL;
  add_reason (reasons,
              ngettext ("%s of the server is not here", "%s of the server are not here",
                        server->len),
              server);
  add_reason (reasons, ngettext ("%s is missing", "%s are missing", missing->len), missing);
  add_reason (reasons, ngettext ("%s begins later", "%s begin later", late->len), late);
  add_reason (reasons, ngettext ("%s ends before", "%s end before", early->len), early);
  /* Translators: how many milestones, and why: which logs are missing */
  return g_strdup_printf (ngettext ("%u cannot be told: %s", "%u cannot be told: %s", n), n,
                          reasons->str);
}

char *
cot_sentence_dup_passed (const CotJourneyReport *report)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < report->milestones->len; i++)
    {
      const CotMilestoneReport *milestone
          = &g_array_index (report->milestones, CotMilestoneReport, i);

      if (milestone->passed && milestone->state == COT_MILESTONE_MISSING
          && !milestone->milestone->optional)
        g_ptr_array_add (titles, (gpointer) gettext (milestone->milestone->title));
    }
  if (titles->len == 0)
    return NULL;
  text = cot_sentence_join_names (titles);
  /* Translators: titles of milestones */
  return g_strdup_printf (_("Not seen, but later ones were: %s"), text);
}

const char *
cot_sentence_get_end (const CotJourneyReport *report)
{
  g_autofree char *untold = NULL;

  if (cot_journey_report_get_gap (report) != NULL)
    return NULL;
  untold = cot_sentence_dup_untold (report);
  if (report->contradiction != NULL)
    /* Translators: what follows "12 of 12 milestones seen, "; the title of a finding follows */
    return untold != NULL ? _("no gap in the logs that are here, but:")
                          : _("came to its end, but:");
  if (untold != NULL)
    return _("no gap in the logs that are here");
  return report->complete ? _("complete") : _("came to its end");
}

char *
cot_sentence_dup_end (const CotJourneyReport *report)
{
  const char *end = cot_sentence_get_end (report);
  g_autofree char *title = NULL;

  if (end == NULL || report->contradiction == NULL)
    return g_strdup (end);
  title = cot_sentence_dup_finding_title (report->contradiction);
  return g_strconcat (end, " ", title, NULL);
}

char *
cot_sentence_dup_gap_meaning (const CotMilestoneReport *gap)
{
  const char *meaning = gap->milestone->missing;

  if (gap->state == COT_MILESTONE_UNKNOWN)
    switch (gap->coverage)
      {
      case COT_COVERAGE_STARTS_AFTER:
        return g_strdup_printf (_("Cannot tell: %s starts after the milestone before. What it said "
                                  "earlier was thrown away; look for its older part."),
                                gap->log_name);
      case COT_COVERAGE_ENDS_BEFORE:
        return g_strdup_printf (_("Cannot tell: %s ends before this line could be in it. Nothing "
                                  "was written to it since, or it was copied earlier."),
                                gap->log_name);
      case COT_COVERAGE_MISSING:
      case COT_COVERAGE_PRESENT:
      default:
        return g_strdup_printf (_("Cannot tell, %s is missing. Add it to say more."),
                                gap->log_name);
      }
  if (gap->seen_before)
    return g_strdup_printf (_("%s An earlier attempt came further than this one."),
                            meaning != NULL ? gettext (meaning) : "");
  return g_strdup (meaning != NULL ? gettext (meaning) : "");
}

char *
cot_sentence_dup_covered (const CotCoverage *coverage, CotCoverageState state)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < coverage->logs->len; i++)
    {
      const CotLogCoverage *log = g_ptr_array_index (coverage->logs, i);

      if (log->state == state)
        g_ptr_array_add (names, log->name);
    }
  return names->len > 0 ? cot_sentence_join_names (names) : NULL;
}

char *
cot_sentence_dup_coverage (const CotCoverage *coverage)
{
  g_autofree char *missing = cot_sentence_dup_covered (coverage, COT_COVERAGE_MISSING);
  g_autofree char *late = cot_sentence_dup_covered (coverage, COT_COVERAGE_STARTS_AFTER);
  g_autofree char *early = cot_sentence_dup_covered (coverage, COT_COVERAGE_ENDS_BEFORE);
  g_autoptr (GString) text = g_string_new (NULL);

  if (missing != NULL)
    g_string_append_printf (text, _("Missing: %s."), missing);
  if (late != NULL)
    {
      g_string_append (text, text->len > 0 ? " " : "");
      g_string_append_printf (text, _("Begins after it: %s."), late);
    }
  if (early != NULL)
    {
      g_string_append (text, text->len > 0 ? " " : "");
      g_string_append_printf (text, _("Ends before it: %s."), early);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

char *
cot_sentence_dup_missing_for_finding (const CotFinding *finding)
{
  g_autofree char *names = NULL;

  if (finding->missing_logs->len == 0)
    return NULL;
  names = cot_sentence_join_names (finding->missing_logs);
  return g_strdup_printf (ngettext ("Cannot tell more: %s is missing.",
                                    "Cannot tell more: %s are missing.",
                                    finding->missing_logs->len),
                          names);
}

char *
cot_sentence_dup_missing_for_health (CotCase *a_case)
{
  g_auto (GStrv) missing = cot_case_dup_missing_logs (a_case);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (CotSummary) all = cot_case_sum_up (a_case);
  g_autofree char *text = NULL;

  /* A log that is here, and was not read, would be called missing. */
  if (all->n_stopped > 0)
    return g_strdup (cot_sentence_get_stopped_note ());
  for (guint i = 0; missing[i] != NULL; i++)
    g_ptr_array_add (names, missing[i]);
  if (names->len == 0)
    return NULL;
  text = cot_sentence_join_names (names);
  return g_strdup_printf (_("These logs would tell more: %s."), text);
}

static char *
dup_difference (const CotJourneyStep *step, const char *one, const char *other)
{
  gboolean one_has = step->kind == COT_JOURNEY_STEP_ONE;
  const CotMilestoneReport *lacking = one_has ? step->other : step->one;
  const char *title = gettext (lacking->milestone->title);

  /* Translators: title of a milestone, two devices */
  return g_strdup_printf (lacking->state == COT_MILESTONE_MISSING
                              ? _("They part at “%s”: %s has it, %s does not.")
                              : _("They may part at “%s”: %s has it; of %s it cannot be told."),
                          title, one_has ? one : other, one_has ? other : one);
}

char *
cot_sentence_dup_comparison (const CotJourneyComparison *comparison, const char *one,
                             const char *other)
{
  const CotMilestoneReport *one_gap = cot_journey_report_get_gap (comparison->one);
  const CotMilestoneReport *other_gap = cot_journey_report_get_gap (comparison->other);

  if (comparison->first_difference >= 0)
    return dup_difference (
        cot_journey_comparison_get_step (comparison, (guint) comparison->first_difference), one,
        other);
  if (one_gap != NULL && other_gap != NULL && one_gap->milestone == other_gap->milestone)
    /* Translators: title of a milestone */
    return g_strdup_printf (_("Both stop at “%s”."), gettext (one_gap->milestone->title));
  if (one_gap == NULL && other_gap == NULL)
    return g_strdup (_("They do not part: neither has a gap."));
  return g_strdup (_("They do not part at anything that must be there."));
}
