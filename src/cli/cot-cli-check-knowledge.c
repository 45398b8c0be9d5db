/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-cli.h"

#include <glib/gi18n.h>

static const char *
get_code_name (CotKnowledgeError code)
{
  switch (code)
    {
    case COT_KNOWLEDGE_ERROR_DUPLICATE_ID:
      return "duplicate-id";
    case COT_KNOWLEDGE_ERROR_SAMPLE_MISMATCH:
      return "sample-mismatch";
    case COT_KNOWLEDGE_ERROR_UNREADABLE:
      return "unreadable";
    case COT_KNOWLEDGE_ERROR_BAD_RULE:
    default:
      return "bad-rule";
    }
}

static void
print_problem (const CotKnowledgeProblem *problem, CotCliFormat format, CotJson *json)
{
  g_autofree char *file = g_filename_display_name (problem->file);
  g_autofree char *text = NULL;

  if (format == COT_CLI_TEXT)
    {
      /* As compilers say it, so that editors find the place. */
      text = problem->line > 0
                 ? g_strdup_printf ("%s:%u: %s\n", file, problem->line, problem->reason)
                 : g_strdup_printf ("%s: %s\n", file, problem->reason);
      cot_cli_print (text);
      return;
    }
  cot_json_reset (json);
  cot_json_begin_object (json);
  cot_json_key (json, "kind");
  cot_json_string (json, "problem");
  cot_json_key (json, "file");
  cot_json_string (json, file);
  cot_json_key (json, "line");
  if (problem->line > 0)
    cot_json_uint (json, problem->line);
  else
    cot_json_null (json);
  cot_json_key (json, "code");
  cot_json_string (json, get_code_name (problem->code));
  cot_json_key (json, "reason");
  cot_json_string (json, problem->reason);
  cot_json_end_object (json);
  cot_cli_print_json (json);
}

static void
print_pack (const CotKnowledgePack *pack, CotCliFormat format, CotJson *json)
{
  g_autofree char *file = g_filename_display_name (pack->path);
  g_autofree char *text = NULL;

  if (format == COT_CLI_TEXT)
    {
      /* Translators: name of a file; what of it can be used */
      text = g_strdup_printf (_("%s: detectors: %u, journeys: %u, logs and groups: %u, "
                                "problems: %u\n"),
                              file, pack->n_detectors, pack->n_journeys, pack->n_log_entries,
                              pack->n_problems);
      cot_cli_print (text);
      return;
    }
  cot_json_reset (json);
  cot_json_begin_object (json);
  cot_json_key (json, "kind");
  cot_json_string (json, "pack");
  cot_json_key (json, "file");
  cot_json_string (json, file);
  cot_json_key (json, "detectors");
  cot_json_uint (json, pack->n_detectors);
  cot_json_key (json, "journeys");
  cot_json_uint (json, pack->n_journeys);
  cot_json_key (json, "log_entries");
  cot_json_uint (json, pack->n_log_entries);
  cot_json_key (json, "problems");
  cot_json_uint (json, pack->n_problems);
  cot_json_end_object (json);
  cot_cli_print_json (json);
}

CotCliStatus
cot_cli_check_knowledge (int argc, char **argv)
{
  g_autofree char *format_name = NULL;
  g_autoptr (CotSession) session = NULL;
  g_autoptr (CotKnowledge) knowledge = NULL;
  g_autoptr (CotJson) json = cot_json_new ();
  CotCliFormat format;
  const GOptionEntry options[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_name, N_ ("text or ndjson"), N_ ("FORMAT") },
    G_OPTION_ENTRY_NULL,
  };

  if (!cot_cli_parse (_("Checks knowledge files of your own."), options, &argc, &argv)
      || !cot_cli_parse_format (format_name, &format))
    return COT_CLI_USAGE;
  if (argc < 2)
    {
      cot_cli_complain (_("Name a knowledge file to check."));
      return COT_CLI_USAGE;
    }
  session = cot_session_new ();
  /* Together, as they would be read from their folder: one may name detectors of another. */
  knowledge = cot_knowledge_new_with_files (cot_session_get_knowledge (session),
                                            (const char *const *) argv + 1, (guint) argc - 1);
  for (guint i = 0; i < cot_knowledge_get_n_problems (knowledge); i++)
    print_problem (cot_knowledge_get_problem (knowledge, i), format, json);
  for (guint i = 0; i < cot_knowledge_get_n_packs (knowledge); i++)
    print_pack (cot_knowledge_get_pack (knowledge, i), format, json);
  return cot_knowledge_get_n_problems (knowledge) > 0 ? COT_CLI_REFUSED : COT_CLI_DONE;
}
