/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-cli.h"

#include "cot-report-sentences.h"

#include <glib/gi18n.h>

static gboolean
parse_format (const char *text, CotReportFormat *format)
{
  g_autofree char *sentence = NULL;

  *format = COT_REPORT_HTML;
  if (text == NULL || g_str_equal (text, "html"))
    return TRUE;
  *format = COT_REPORT_MARKDOWN;
  if (g_str_equal (text, "markdown"))
    return TRUE;
  sentence = g_strdup_printf (_("“%s” is no format. Use “html” or “markdown”."), text);
  cot_cli_complain (sentence);
  return FALSE;
}

/* Who named a word must know what became of it: it may have been mistyped. */
static gboolean
mask_words (CotReport *report, char **words)
{
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      g_autofree char *sentence = NULL;
      guint n;
      guint n_inside;
      gboolean is_masked = cot_report_mask_word (report, words[i], &n, &n_inside);

      sentence = is_masked
                     ? cot_sentence_dup_masked_word (words[i], n, n_inside)
                     : g_strdup_printf (_("“%s” cannot be masked. Use two characters or more."),
                                        words[i]);
      cot_cli_complain (sentence);
      if (!is_masked)
        return FALSE;
    }
  return TRUE;
}

CotCliStatus
cot_cli_report (int argc, char **argv)
{
  g_autofree char *format_name = NULL;
  g_autofree char *phrase_file = NULL;
  g_autoptr (CotCliPassPhrase) phrase = NULL;
  g_autoptr (CotCliInput) input = NULL;
  g_autoptr (CotReport) report = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  gboolean unmasked = FALSE;
  gboolean with_marks = FALSE;
  CotReportFormat format;
  const GOptionEntry options[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_name, N_("html or markdown"), N_("FORMAT") },
    { "unmasked", 0, 0, G_OPTION_ARG_NONE, &unmasked,
      N_("Leave names and secrets in, instead of stand-ins"), NULL },
    { "mask", 0, 0, G_OPTION_ARG_STRING_ARRAY, &words,
      N_("Put a stand-in for this word, too, also inside of longer words"), N_("WORD") },
    { "marks", 0, 0, G_OPTION_ARG_NONE, &with_marks,
      N_("Also tell what you marked in the window, with your notes"), NULL },
    { "pass-phrase-file", 0, 0, G_OPTION_ARG_FILENAME, &phrase_file,
      N_("Read encrypted bundles with the first line of this file"), N_("FILE") },
    G_OPTION_ENTRY_NULL,
  };

  if (!cot_cli_parse (
          _("Writes a report of what went wrong, with stand-ins for names and secrets."), options,
          &argc, &argv)
      || !parse_format (format_name, &format))
    return COT_CLI_USAGE;
  if (unmasked && words != NULL)
    {
      cot_cli_complain (_("Use either --mask or --unmasked."));
      return COT_CLI_USAGE;
    }
  if (argc < 2)
    {
      cot_cli_complain (_("Name a log, a folder or a bundle to report on."));
      return COT_CLI_USAGE;
    }
  if (!cot_cli_read_pass_phrase (phrase_file, &phrase))
    return COT_CLI_USAGE;
  input = cot_cli_input_open (argv + 1, argc - 1, TRUE, phrase);
  report = cot_report_build_sync ((CotCase *const *) input->cases->pdata, input->cases->len,
                                  with_marks, cot_report_compose, NULL);
  if (!mask_words (report, words))
    return COT_CLI_USAGE;
  text = cot_report_dup_file (report, format, !unmasked);
  cot_cli_print (text);
  return cot_cli_input_complain (input) ? COT_CLI_REFUSED : COT_CLI_DONE;
}
