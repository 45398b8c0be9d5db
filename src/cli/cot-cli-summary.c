/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-cli-summary.h"

#include "cot-code-sentences.h"
#include "cot-journey-sentences.h"
#include "cot-sentences.h"
#include "cot-summary-sentences.h"

#include <glib/gi18n.h>

/* More kinds of errors that nobody knows than these are looked for in the logs themselves. */
#define MAX_SHOWN_ERRORS 5

static void
print_line (const char *text)
{
  cot_cli_print (text);
  cot_cli_print ("\n");
}

/* Of one computer: its causes, where there are several. */
static gboolean
print_stories (CotCase *a_case, const CotSummary *summary)
{
  if (summary->headline == NULL || summary->n_others == 0)
    return FALSE;
  for (guint i = 0; i < cot_case_get_n_findings (a_case); i++)
    {
      CotFinding *finding = cot_case_get_finding (a_case, i);
      g_autofree char *text = NULL;

      if (!cot_finding_is_story (finding))
        continue;
      text = cot_sentence_dup_story (finding);
      print_line (text);
    }
  return TRUE;
}

static void
print_cases (CotCliInput *input)
{
  gboolean begun = FALSE;

  for (guint i = 0; i < input->cases->len; i++)
    {
      CotCase *a_case = g_ptr_array_index (input->cases, i);
      g_autoptr (GPtrArray) summaries = cot_case_list_summaries (a_case);

      if (summaries->len == 1 && input->cases->len == 1)
        {
          begun = print_stories (a_case, g_ptr_array_index (summaries, 0));
          break;
        }
      for (guint j = 0; j < summaries->len; j++)
        {
          const CotSummary *summary = g_ptr_array_index (summaries, j);
          g_autofree char *text
              = cot_sentence_dup_summary (summary, cot_cli_get_owner (a_case, summary->device));

          print_line (text);
          begun = TRUE;
        }
    }
  if (begun)
    cot_cli_print ("\n");
}

/* "    WUAHandler.log:12" and below it "      0x80070005  Access is denied (3 times)" */
static void
print_kind (CotLog *log, const CotErrorKind *kind)
{
  g_autofree char *title = cot_code_sentence_dup_error_kind (kind);
  g_autofree char *number = cot_sentence_dup_number (kind->n);
  g_autofree char *line = NULL;

  cot_cli_print_place (log, kind->ordinal);
  if (kind->n > 1)
    /* Translators: an error, and how often it stands there */
    line = g_strdup_printf (ngettext ("      %s (%s time)\n", "      %s (%s times)\n", kind->n),
                            title, number);
  else
    line = g_strdup_printf ("      %s\n", title);
  cot_cli_print (line);
}

/* What failed first often is why the rest did. */
static void
print_kinds (GPtrArray *logs, guint64 n_errors)
{
  g_autoptr (CotErrorKinds) kinds = cot_error_kinds_new ();
  const GPtrArray *all;

  for (guint i = 0; i < logs->len; i++)
    cot_error_kinds_add (kinds, g_ptr_array_index (logs, i), i);
  cot_error_kinds_run (kinds, NULL);
  all = cot_error_kinds_get (kinds);
  for (guint i = 0; i < MIN (all->len, MAX_SHOWN_ERRORS); i++)
    {
      const CotErrorKind *kind = g_ptr_array_index (all, i);

      print_kind (g_ptr_array_index (logs, kind->index), kind);
      n_errors -= MIN (n_errors, kind->n);
    }
  cot_cli_print_more (n_errors);
}

static void
print_unexplained (GPtrArray *summaries)
{
  g_autoptr (GPtrArray) logs = g_ptr_array_new ();
  g_autofree char *text = NULL;
  guint64 n = 0;

  for (guint i = 0; i < summaries->len; i++)
    {
      const CotSummary *summary = g_ptr_array_index (summaries, i);

      n += summary->n_unexplained;
      g_ptr_array_extend (logs, summary->unexplained, NULL, NULL);
    }
  text = cot_sentence_dup_unexplained (n, logs->len);
  if (text == NULL)
    return;
  print_line (text);
  print_kinds (logs, n);
}

static void
print_missing (CotCliInput *input)
{
  for (guint i = 0; i < input->cases->len; i++)
    {
      g_autofree char *missing
          = cot_sentence_dup_missing_for_health (g_ptr_array_index (input->cases, i));

      if (missing != NULL)
        print_line (missing);
    }
}

static void
print_verdict (CotCliInput *input, GPtrArray *summaries)
{
  guint n_signs = 0;
  guint n_stuck = 0;
  guint n_untold = 0;
  guint64 n_unexplained = 0;
  gboolean is_blank = summaries->len > 0;
  const char *verdict;
  g_autofree char *text = NULL;
  g_autofree char *stuck = NULL;

  for (guint i = 0; i < summaries->len; i++)
    {
      const CotSummary *summary = g_ptr_array_index (summaries, i);

      n_signs += summary->n_signs;
      n_stuck += summary->n_stuck;
      n_untold += summary->n_untold;
      n_unexplained += summary->n_unexplained;
      is_blank &= cot_sentence_is_blank (summary);
    }
  if (is_blank)
    {
      /* Translators: "Nothing to judge", and a sentence that says why */
      text = g_strdup_printf (_("%s. %s"), cot_sentence_get_blank (),
                              cot_sentence_get_blank_note ());
      print_line (text);
      cot_cli_print ("\n");
      return;
    }
  verdict = cot_sentence_get_verdict (n_signs, n_stuck, n_unexplained);
  if (n_signs == 0)
    /* Translators: "No known failure found" */
    text = g_strdup_printf (_("%s. This is no proof of health."), verdict);
  else
    /* Translators: "Nothing wrong found", and a number */
    text = g_strdup_printf (ngettext ("%s, and %u sign of health.", "%s, and %u signs of health.",
                                      n_signs),
                            verdict, n_signs);
  print_line (text);
  stuck = cot_sentence_dup_stuck (n_stuck, n_untold);
  if (stuck != NULL)
    print_line (stuck);
  print_unexplained (summaries);
  /* What is missing could tell otherwise, however well all of the rest looks. */
  print_missing (input);
  cot_cli_print ("\n");
}

static gboolean
has_trouble (CotCliInput *input, const char *area)
{
  for (guint i = 0; i < input->cases->len; i++)
    {
      CotCase *a_case = g_ptr_array_index (input->cases, i);

      for (guint j = 0; j < cot_case_get_n_findings (a_case); j++)
        {
          CotFinding *finding = cot_case_get_finding (a_case, j);

          if (cot_finding_is_trouble (finding)
              && (area == NULL || g_str_equal (area, cot_detector_get_area (finding->detector))))
            return TRUE;
        }
    }
  return FALSE;
}

/* What was found need not be all that is wrong; where nothing was, the verdict names them. */
void
cot_cli_print_unexplained_beside (CotCliInput *input, const char *area)
{
  g_autofree char *text = NULL;
  guint64 n = 0;
  guint n_logs = 0;

  if (area != NULL || !has_trouble (input, NULL))
    return;
  for (guint i = 0; i < input->cases->len; i++)
    {
      g_autoptr (CotSummary) summary = cot_case_sum_up (g_ptr_array_index (input->cases, i));

      n += summary->n_unexplained;
      n_logs += summary->unexplained->len;
    }
  text = cot_sentence_dup_unexplained_beside (n, n_logs);
  if (text == NULL)
    return;
  print_line (text);
  cot_cli_print ("\n");
}

void
cot_cli_print_summary (CotCliInput *input, const char *area)
{
  g_autoptr (GPtrArray) summaries
      = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_summary_free);

  /* Whoever asks for one area is told nothing of the others, be it good or bad. */
  if (area != NULL)
    {
      if (!has_trouble (input, area))
        cot_cli_print (_("No known failure of this area found. This is no proof of health.\n\n"));
      return;
    }
  if (!has_trouble (input, NULL))
    {
      for (guint i = 0; i < input->cases->len; i++)
        g_ptr_array_add (summaries, cot_case_sum_up (g_ptr_array_index (input->cases, i)));
      print_verdict (input, summaries);
    }
  print_cases (input);
}
