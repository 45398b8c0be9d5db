/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-cli.h"
#include "cot-cli-journeys.h"
#include "cot-cli-summary.h"
#include "cot-finding-sentences.h"

#include "cot-journey-sentences.h"
#include "cot-member-sentences.h"
#include "cot-sentences.h"

#include <glib/gi18n.h>

/* More places of one finding than these say nothing new to a reader. */
#define MAX_SHOWN_EVIDENCE 5

typedef struct
{
  guint n_findings;
  guint n_errors;
  guint n_logs;
  guint n_refused;
  CotFinding *headline; /* (nullable) */
} Summary;

static void
print_evidence (CotCase *a_case, CotFinding *finding)
{
  CotLog *log;
  guint64 ordinal;
  guint i;

  for (i = 0; i < MAX_SHOWN_EVIDENCE && cot_case_get_evidence (a_case, finding, i, &log, &ordinal);
       i++)
    cot_cli_print_place (log, ordinal);
  cot_cli_print_more (finding->evidence->len - i);
}

static void
print_paragraph (const char *heading, CotFinding *finding, const char *text)
{
  g_autofree char *expanded = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *line = NULL;

  if (text == NULL)
    return;
  expanded = cot_finding_expand (finding, gettext (text));
  plain = cot_step_text_to_plain (expanded);
  line = g_strdup_printf ("  %s %s\n", heading, plain);
  cot_cli_print (line);
}

static void
print_steps (CotFinding *finding)
{
  for (guint i = 0; i < finding->n_steps; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u.", i + 1);

      /* A step that can destroy something, or weakens security, says so in its first words. */
      print_paragraph (number, finding, finding->steps[i].text);
    }
}

static void
print_facts (const CotFinding *finding)
{
  g_auto (GStrv) facts = cot_sentence_dup_facts (finding, g_get_real_time ());

  for (guint i = 0; facts[i] != NULL; i++)
    {
      g_autofree char *line = g_strdup_printf ("  %s %s\n", _("Note:"), facts[i]);

      cot_cli_print (line);
    }
}

static void
print_missing_logs (const CotFinding *finding)
{
  g_autofree char *sentence = cot_sentence_dup_missing_for_finding (finding);
  g_autofree char *line = sentence != NULL ? g_strdup_printf ("  %s\n", sentence) : NULL;

  if (line != NULL)
    cot_cli_print (line);
}

static void
print_finding (CotCase *a_case, CotFinding *finding)
{
  g_autofree char *title = cot_sentence_dup_finding_title (finding);
  g_autofree char *head = NULL;

  head = g_strdup_printf ("%s%s: %s (%s)\n", finding->headline ? _("Read this first: ") : "",
                          cot_sentence_get_severity (finding->severity), title,
                          cot_detector_get_id (finding->detector));
  cot_cli_print (head);
  if (finding->parent != NULL)
    cot_cli_print (finding->began_before_parent ? _("  Explained by another finding.\n")
                                                : _("  A result of another finding.\n"));
  if (finding->expected)
    cot_cli_print (_("  This is normal.\n"));
  if (finding->state == COT_FINDING_HISTORY)
    cot_cli_print (_("  This is over.\n"));
  print_paragraph (_("What it means:"), finding, finding->meaning);
  print_paragraph (_("Cause:"), finding, finding->cause);
  for (guint i = 0; i < finding->notes->len; i++)
    {
      const CotNote *note = g_ptr_array_index (finding->notes, i);
      g_autofree char *text = cot_note_expand (note, gettext (note->text));

      print_paragraph (_("Note:"), finding, text);
    }
  print_facts (finding);
  print_missing_logs (finding);
  print_steps (finding);
  print_paragraph (_("How to see that it works:"), finding, finding->verify);
  print_evidence (a_case, finding);
  cot_cli_print ("\n");
}

static void
take_finding (CotCase *a_case, CotFinding *finding, CotCliFormat format, CotJson *json,
              Summary *summary)
{
  summary->n_findings++;
  if (finding->severity == COT_SEVERITY_ERROR)
    summary->n_errors++;
  if (finding->headline
      && (summary->headline == NULL || summary->headline->severity < finding->severity))
    summary->headline = finding;
  if (format == COT_CLI_TEXT)
    print_finding (a_case, finding);
  else
    {
      cot_export_finding (a_case, finding, json);
      cot_cli_print_json (json);
    }
}

static void
print_refusal (const char *path, const char *sentence, CotJson *json, Summary *summary)
{
  summary->n_refused++;
  cot_export_refused (path, sentence, json);
  cot_cli_print_json (json);
}

static void
print_refused (CotCliInput *input, CotJson *json, Summary *summary)
{
  for (guint i = 0; i < input->refusals->len; i++)
    {
      const CotCliRefusal *refusal = g_ptr_array_index (input->refusals, i);

      print_refusal (refusal->path, refusal->sentence, json, summary);
    }
  for (guint i = 0; i < input->cases->len; i++)
    {
      CotCase *a_case = g_ptr_array_index (input->cases, i);

      for (guint j = 0; j < cot_case_get_n_refused (a_case); j++)
        {
          const GError *reason;
          const char *label = cot_case_get_refused (a_case, j, &reason);
          g_autofree char *sentence
              = cot_cli_dup_refusal (reason, label, cot_case_shows_refused (a_case, j));

          print_refusal (label, sentence, json, summary);
        }
    }
}

static void
print_bundle (CotCase *a_case, CotCliFormat format, CotJson *json)
{
  if (format == COT_CLI_NDJSON)
    {
      cot_export_bundle (a_case, json);
      cot_cli_print_json (json);
      return;
    }
  cot_cli_print_bundle (a_case);
}

static void
print_ndjson_tail (CotCliInput *input, GPtrArray *logs, const char *area, CotJson *json,
                   Summary *summary)
{
  for (guint i = 0; i < logs->len; i++)
    {
      cot_export_log (g_ptr_array_index (logs, i), json);
      cot_cli_print_json (json);
    }
  print_refused (input, json, summary);
  cot_cli_print_journeys (input, COT_CLI_NDJSON, area, json);
  cot_json_reset (json);
  cot_json_begin_object (json);
  cot_json_key (json, "kind");
  cot_json_string (json, "summary");
  cot_json_key (json, "findings");
  cot_json_uint (json, summary->n_findings);
  cot_json_key (json, "errors");
  cot_json_uint (json, summary->n_errors);
  cot_json_key (json, "logs");
  cot_json_uint (json, summary->n_logs);
  cot_json_key (json, "refused");
  cot_json_uint (json, summary->n_refused);
  cot_json_key (json, "headline");
  cot_json_string (json, summary->headline != NULL
                             ? cot_detector_get_id (summary->headline->detector)
                             : NULL);
  cot_json_end_object (json);
  cot_cli_print_json (json);
}

static void
print_text_tail (CotCliInput *input, const char *area, const Summary *summary)
{
  g_autofree char *text = NULL;

  for (guint i = 0; i < input->cases->len; i++)
    cot_cli_print_unread (g_ptr_array_index (input->cases, i));
  /* Where nothing was looked at, there is nothing to be said. */
  if (summary->n_logs == 0)
    {
      cot_cli_print (cot_cli_input_is_refused (input)
                         ? _("Nothing could be read, so nothing can be said of it.\n")
                         : _("There is no log in there, so nothing can be said.\n"));
      return;
    }
  cot_cli_print_unexplained_beside (input, area);
  text = g_strdup_printf (ngettext ("%u log looked at.\n", "%u logs looked at.\n", summary->n_logs),
                          summary->n_logs);
  cot_cli_print (text);
}

/* Silence about what was left out would be taken for health. */
static void
complain_of_limits (CotCliInput *input)
{
  guint64 n = 0;
  g_autofree char *number = NULL;
  g_autofree char *sentence = NULL;

  for (guint i = 0; i < input->cases->len; i++)
    n += cot_case_get_n_judged_in_part (g_ptr_array_index (input->cases, i));
  if (n == 0)
    return;
  number = cot_sentence_dup_number (n);
  sentence = g_strdup_printf (ngettext ("%s entry is very long, or too slow for a pattern: it was "
                                        "judged only in part.",
                                        "%s entries are very long, or too slow for a pattern: they "
                                        "were judged only in part.",
                                        (gulong) n),
                              number);
  cot_cli_complain (sentence);
}

/* "No known failure" would be no news of them. Returns whether there is nothing but such. */
static gboolean
complain_of_no_text (GPtrArray *logs)
{
  g_autofree char *first = NULL;
  g_autofree char *number = NULL;
  g_autofree char *sentence = NULL;
  guint n = 0;

  for (guint i = 0; i < logs->len; i++)
    {
      CotLog *log = g_ptr_array_index (logs, i);

      if (!cot_log_is_no_text (log))
        continue;
      if (n++ == 0)
        first = cot_sentence_dup_visible (cot_log_get_label (log));
    }
  if (n == 0)
    return FALSE;
  if (n == 1)
    sentence = g_strdup_printf (_("%s does not look like a log: it is full of bytes that no text "
                                  "has. Ask for a new copy."),
                                first);
  else
    {
      number = cot_sentence_dup_number (n - 1);
      /* Translators: the name of a file, and how many others */
      sentence = g_strdup_printf (ngettext ("%s and %s other do not look like logs: they are full "
                                            "of bytes that no text has. Ask for new copies.",
                                            "%s and %s others do not look like logs: they are "
                                            "full of bytes that no text has. Ask for new copies.",
                                            n - 1),
                                  first, number);
    }
  cot_cli_complain (sentence);
  return n == logs->len;
}

/* Each computer is judged alone; those without a finding are named too. */
static void
print_devices_to (CotCase *a_case, const char *device, guint *next)
{
  guint n = cot_case_get_n_devices (a_case);

  for (; n > 1 && *next < n; (*next)++)
    {
      const char *name = cot_case_get_nth_device (a_case, *next);
      g_autofree char *text = NULL;

      if (device != NULL && g_str_equal (name, device))
        {
          (*next)++;
          /* Translators: name of a computer */
          text = g_strdup_printf (_("Computer %s\n\n"), name);
          cot_cli_print (text);
          return;
        }
      if (*next > 0
          && g_strcmp0 (cot_case_get_nth_device (a_case, *next - 1), device) == 0)
        return;
      text = g_strdup_printf (_("Computer %s: no known failure found\n\n"), name);
      cot_cli_print (text);
    }
}

static void
print_findings (CotCase *a_case, CotCliFormat format, const char *area, CotJson *json,
                Summary *summary)
{
  gboolean several = format == COT_CLI_TEXT && cot_case_get_n_devices (a_case) > 1;
  gboolean nameless = FALSE;
  guint next = 0;

  for (guint i = 0; i < cot_case_get_n_findings (a_case); i++)
    {
      CotFinding *finding = cot_case_get_finding (a_case, i);
      const char *device = cot_case_get_finding_device (a_case, finding);

      if (area != NULL && !g_str_equal (area, cot_detector_get_area (finding->detector)))
        continue;
      if (several)
        print_devices_to (a_case, device, &next);
      if (several && device == NULL && !nameless)
        cot_cli_print (_("No computer named\n\n"));
      nameless = nameless || device == NULL;
      take_finding (a_case, finding, format, json, summary);
    }
  if (several)
    print_devices_to (a_case, NULL, &next);
}

static CotCliStatus
run (CotCliInput *input, CotCliFormat format, const char *area)
{
  g_autoptr (GPtrArray) logs = cot_cli_input_dup_logs (input);
  g_autoptr (CotJson) json = cot_json_new ();
  Summary summary = { .n_logs = logs->len };
  gboolean no_log;

  for (guint i = 0; i < input->cases->len; i++)
    if (cot_case_is_bundle (g_ptr_array_index (input->cases, i)))
      print_bundle (g_ptr_array_index (input->cases, i), format, json);
  if (format == COT_CLI_TEXT && logs->len > 0)
    cot_cli_print_summary (input, area);
  for (guint i = 0; i < input->cases->len; i++)
    print_findings (g_ptr_array_index (input->cases, i), format, area, json, &summary);
  if (format == COT_CLI_TEXT)
    {
      cot_cli_print_journeys (input, format, area, json);
      print_text_tail (input, area, &summary);
    }
  else
    print_ndjson_tail (input, logs, area, json, &summary);
  no_log = complain_of_no_text (logs);
  complain_of_limits (input);
  /* As with grep: an answer that is not whole says so, whatever it found. */
  if (cot_cli_input_complain (input) || no_log)
    return COT_CLI_REFUSED;
  return summary.n_errors > 0 ? COT_CLI_FOUND : COT_CLI_DONE;
}

/* A misspelt area has no findings, which would be taken for health. */
static gboolean
check_area (const char *area)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *sentence = NULL;
  const char *name;

  if (area == NULL)
    return TRUE;
  for (guint i = 0; (name = cot_knowledge_get_nth_area (i)) != NULL; i++)
    {
      if (g_str_equal (name, area))
        return TRUE;
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
    }
  /* Translators: what was typed, names that cannot be translated */
  sentence = g_strdup_printf (_("“%s” is no area. Use one of these: %s."), area, names->str);
  cot_cli_complain (sentence);
  return FALSE;
}

CotCliStatus
cot_cli_scan (int argc, char **argv)
{
  g_autofree char *format_name = NULL;
  g_autofree char *phrase_file = NULL;
  g_autoptr (CotCliPassPhrase) phrase = NULL;
  g_autofree char *area = NULL;
  g_autoptr (CotCliInput) input = NULL;
  CotCliFormat format;
  const GOptionEntry options[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_name, N_ ("text or ndjson"), N_ ("FORMAT") },
    { "area", 0, 0, G_OPTION_ARG_STRING, &area, N_ ("Only findings of this area"), N_ ("AREA") },
    { "pass-phrase-file", 0, 0, G_OPTION_ARG_FILENAME, &phrase_file,
      N_ ("Read encrypted bundles with the first line of this file"), N_ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };

  if (!cot_cli_parse (_("Looks for known failures, and says what to do."), options, &argc, &argv)
      || !cot_cli_parse_format (format_name, &format) || !check_area (area))
    return COT_CLI_USAGE;
  if (argc < 2)
    {
      cot_cli_complain (_("Name a log, a folder or a bundle to scan."));
      return COT_CLI_USAGE;
    }
  if (!cot_cli_read_pass_phrase (phrase_file, &phrase))
    return COT_CLI_USAGE;
  input = cot_cli_input_open (argv + 1, argc - 1, TRUE, phrase);
  return run (input, format, area);
}
