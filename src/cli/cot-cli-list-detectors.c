/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-cli.h"

#include <glib/gi18n.h>

static void
print_json (const CotDetector *detector, CotJson *json)
{
  const char *const *logs = cot_detector_get_logs (detector);

  cot_json_reset (json);
  cot_json_begin_object (json);
  cot_json_key (json, "kind");
  cot_json_string (json, "detector");
  cot_json_key (json, "detector");
  cot_json_string (json, cot_detector_get_id (detector));
  cot_json_key (json, "area");
  cot_json_string (json, cot_detector_get_area (detector));
  cot_json_key (json, "severity");
  cot_json_string (json, cot_severity_to_string (cot_detector_get_severity (detector)));
  cot_json_key (json, "expected_behaviour");
  cot_json_boolean (json, cot_detector_is_expected (detector));
  cot_json_key (json, "title");
  cot_json_string (json, cot_detector_get_title (detector));
  cot_json_key (json, "logs");
  cot_json_begin_array (json);
  for (guint i = 0; logs[i] != NULL; i++)
    cot_json_string (json, logs[i]);
  cot_json_end_array (json);
  if (cot_detector_is_switched_off (detector))
    {
      cot_json_key (json, "switched_off");
      cot_json_boolean (json, TRUE);
    }
  cot_json_end_object (json);
  cot_cli_print_json (json);
}

CotCliStatus
cot_cli_list_detectors (int argc, char **argv)
{
  g_autofree char *format_name = NULL;
  g_autoptr (CotSession) session = NULL;
  g_autoptr (CotJson) json = cot_json_new ();
  CotKnowledge *knowledge;
  CotCliFormat format;
  const GOptionEntry options[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_name, N_ ("text or ndjson"), N_ ("FORMAT") },
    G_OPTION_ENTRY_NULL,
  };

  if (!cot_cli_parse (_("Lists what is known."), options, &argc, &argv)
      || !cot_cli_parse_format (format_name, &format))
    return COT_CLI_USAGE;
  if (argc > 1)
    {
      g_autofree char *sentence
          = g_strdup_printf (_("“%s” is not needed: this command has options only."), argv[1]);

      cot_cli_complain (sentence);
      return COT_CLI_USAGE;
    }
  session = cot_session_new ();
  cot_session_read_own_knowledge (session);
  knowledge = cot_session_get_knowledge (session);
  for (guint i = 0; i < cot_session_get_n_knowledge_problems (session); i++)
    cot_cli_complain (cot_session_get_knowledge_problem (session, i));
  for (guint i = 0; i < cot_knowledge_get_n_detectors (knowledge); i++)
    {
      const CotDetector *detector = cot_knowledge_get_detector (knowledge, i);
      g_autofree char *line = NULL;

      if (cot_detector_is_marker (detector))
        continue;
      if (format == COT_CLI_NDJSON)
        {
          print_json (detector, json);
          continue;
        }
      line = g_strdup_printf ("%-42s %-18s %-8s %s%s\n", cot_detector_get_id (detector),
                              cot_detector_get_area (detector),
                              cot_severity_to_string (cot_detector_get_severity (detector)),
                              gettext (cot_detector_get_title (detector)),
                              cot_detector_is_switched_off (detector) ? _(" (switched off)") : "");
      cot_cli_print (line);
    }
  return cot_session_get_n_knowledge_problems (session) > 0 ? COT_CLI_REFUSED : COT_CLI_DONE;
}
