/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-cli-journeys.h"

#include "cot-finding-sentences.h"
#include "cot-journey-sentences.h"

#include <glib/gi18n.h>

static void
print_covered (const CotCoverage *coverage, CotCoverageState state, const char *format)
{
  g_autofree char *names = cot_sentence_dup_covered (coverage, state);
  g_autofree char *text = NULL;

  if (names == NULL)
    return;
  text = g_strconcat ("    ", format, " ", names, "\n", NULL);
  cot_cli_print (text);
}

static void
print_gap (const CotJourneyReport *report, const CotMilestoneReport *gap)
{
  g_autofree char *meaning = cot_sentence_dup_gap_meaning (gap);
  g_autofree char *head
      = g_strdup_printf (_("    First gap: %s\n"), gettext (gap->milestone->title));
  g_autofree char *look = g_strdup_printf (_("    Look in %s for: %s\n"), gap->log_name,
                                           gap->milestone->expected);
  g_autofree char *what = g_strdup_printf ("    %s\n", meaning);

  cot_cli_print (head);
  cot_cli_print (what);
  cot_cli_print (look);
  for (guint i = 0; i < gap->milestone->n_steps; i++)
    {
      g_autofree char *plain = cot_step_text_to_plain (gettext (gap->milestone->steps[i].text));
      g_autofree char *step = g_strdup_printf ("    %u. %s\n", i + 1, plain);

      cot_cli_print (step);
    }
  if (report->explanation != NULL)
    {
      g_autofree char *title = cot_sentence_dup_finding_title (report->explanation);
      g_autofree char *text = g_strdup_printf (
          _("    A finding explains it: %s (%s)\n"), title,
          cot_detector_get_id (report->explanation->detector));

      cot_cli_print (text);
    }
}

/* (nullable): there is only one who can be meant. */
static const char *
get_owner (CotCliInput *input, CotCase *a_case, const char *device)
{
  return input->cases->len > 1 || device != NULL ? cot_cli_get_owner (a_case, device) : NULL;
}

static void
print_journey (const CotJourneyReport *report, const char *owner)
{
  const CotMilestoneReport *gap = cot_journey_report_get_gap (report);
  g_autofree char *progress = cot_sentence_dup_progress (report);
  g_autofree char *untold = cot_sentence_dup_untold (report);
  g_autofree char *passed = cot_sentence_dup_passed (report);
  g_autofree char *end = cot_sentence_dup_end (report);
  g_autofree char *head = g_strdup_printf (
      "  %s%s%s: %s%s%s\n", owner != NULL ? owner : "", owner != NULL ? ": " : "",
      gettext (cot_journey_get_title (report->journey)), progress, end != NULL ? ", " : "",
      end != NULL ? end : "");

  cot_cli_print (head);
  if (untold != NULL)
    {
      g_autofree char *line = g_strdup_printf ("    %s\n", untold);

      cot_cli_print (line);
    }
  if (passed != NULL)
    {
      g_autofree char *line = g_strdup_printf ("    %s\n", passed);

      cot_cli_print (line);
    }
  if (gap != NULL)
    print_gap (report, gap);
  print_covered (report->coverage, COT_COVERAGE_MISSING, _("Logs that are missing:"));
  print_covered (report->coverage, COT_COVERAGE_STARTS_AFTER, _("Logs that start too late:"));
  print_covered (report->coverage, COT_COVERAGE_ENDS_BEFORE, _("Logs that end too early:"));
}

/* What of the logs that the findings need is not there. */
static void
print_coverage (CotCliInput *input, CotCase *a_case, const char *area)
{
  for (guint i = 0; i < cot_case_get_n_coverages (a_case); i++)
    {
      const CotCoverage *coverage = cot_case_get_coverage (a_case, i);
      const char *owner
          = get_owner (input, a_case, cot_case_get_coverage_device (a_case, i));
      g_autofree char *lack = NULL;
      g_autofree char *text = NULL;

      if (area != NULL && !g_str_equal (area, coverage->area))
        continue;
      lack = cot_sentence_dup_coverage (coverage);
      if (lack == NULL)
        continue;
      /* Translators: name of an area, which logs are missing */
      text = g_strdup_printf (_("Logs that would tell more (%s): %s\n"), coverage->area, lack);
      if (owner != NULL)
        {
          cot_cli_print (owner);
          cot_cli_print (": ");
        }
      cot_cli_print (text);
    }
}

static gboolean
is_wanted (const CotJourneyReport *report, const char *area)
{
  return area == NULL || g_str_equal (area, cot_journey_get_area (report->journey));
}

void
cot_cli_print_journeys (CotCliInput *input, CotCliFormat format, const char *area, CotJson *json)
{
  gboolean begun = FALSE;

  for (guint i = 0; i < input->cases->len; i++)
    {
      CotCase *a_case = g_ptr_array_index (input->cases, i);

      if (format == COT_CLI_TEXT)
        print_coverage (input, a_case, area);
      for (guint j = 0; j < cot_case_get_n_journeys (a_case); j++)
        {
          CotJourneyReport *report = cot_case_get_journey (a_case, j);

          if (!is_wanted (report, area))
            continue;
          if (format == COT_CLI_NDJSON)
            {
              cot_export_journey (a_case, j, json);
              cot_cli_print_json (json);
            }
          else if (report->applies)
            {
              if (!begun)
                cot_cli_print (_("Journeys\n"));
              begun = TRUE;
              print_journey (report, get_owner (input, a_case,
                                                cot_case_get_journey_device (a_case, j)));
            }
        }
    }
  if (begun)
    cot_cli_print ("\n");
}
