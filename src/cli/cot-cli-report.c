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

CotCliStatus
cot_cli_report (int argc, char **argv)
{
  g_autofree char *format_name = NULL;
  g_autofree char *phrase_file = NULL;
  g_autoptr (CotCliPassPhrase) phrase = NULL;
  g_autoptr (CotCliInput) input = NULL;
  g_autoptr (CotReport) report = NULL;
  g_autofree char *text = NULL;
  gboolean unmasked = FALSE;
  CotReportFormat format;
  const GOptionEntry options[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_name, N_("html or markdown"), N_("FORMAT") },
    { "unmasked", 0, 0, G_OPTION_ARG_NONE, &unmasked,
      N_("Leave names and secrets in, instead of stand-ins"), NULL },
    { "pass-phrase-file", 0, 0, G_OPTION_ARG_FILENAME, &phrase_file,
      N_("Read encrypted bundles with the first line of this file"), N_("FILE") },
    G_OPTION_ENTRY_NULL,
  };

  if (!cot_cli_parse (
          _("Writes a report of what went wrong, with stand-ins for names and secrets."), options,
          &argc, &argv)
      || !parse_format (format_name, &format))
    return COT_CLI_USAGE;
  if (argc < 2)
    {
      cot_cli_complain (_("Name a log, a folder or a bundle to report on."));
      return COT_CLI_USAGE;
    }
  if (!cot_cli_read_pass_phrase (phrase_file, &phrase))
    return COT_CLI_USAGE;
  input = cot_cli_input_open (argv + 1, argc - 1, TRUE, phrase);
  report = cot_report_build_sync ((CotCase *const *) input->cases->pdata, input->cases->len,
                                  cot_report_compose, NULL);
  text = cot_report_dup_file (report, format, !unmasked);
  cot_cli_print (text);
  return cot_cli_input_complain (input) ? COT_CLI_REFUSED : COT_CLI_DONE;
}
