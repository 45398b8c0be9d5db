/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-cli.h"

#include "cot-member-list.h"
#include "cot-member-sentences.h"
#include "cot-sentences.h"

#include <glib/gi18n.h>

static void
append_hint (GString *text, CotCase *a_case, CotLog *log)
{
  int member = cot_case_find_member (a_case, log);
  const CotCollectedItem *item =
      member >= 0 ? cot_case_get_collected (a_case, (guint) member) : NULL;
  g_autofree char *hint = NULL;

  if (item == NULL || cot_case_get_not_collected (a_case, (guint) member))
    return;
  hint = cot_sentence_dup_collected_hint (item);
  g_string_append_printf (text, "\n  %s", hint);
}

static void
print_text (CotCase *a_case, CotLog *log)
{
  const CotSnapshotCounts *counts = cot_log_get_counts (log);
  g_autofree char *heading = cot_cli_dup_heading (a_case, log);
  g_autoptr (GString) text = g_string_new (heading);
  g_autofree char *number = cot_sentence_dup_number (counts->n_entries);

  g_string_append_printf (text, "\n  %s, %s", cot_log_get_format_name (log),
                          cot_log_get_encoding_name (log));
  g_string_append_printf (text, ", ");
  g_string_append_printf (text, ngettext ("%s entry", "%s entries", (gulong) counts->n_entries),
                          number);
  for (guint i = COT_N_SEVERITIES; i > 0; i--)
    if (counts->by_severity[i - 1] > 0)
      g_string_append_printf (text, "\n  %s: %" G_GUINT64_FORMAT,
                              cot_sentence_get_severity ((CotSeverity) (i - 1)),
                              counts->by_severity[i - 1]);
  if (counts->n_incomplete > 0)
    g_string_append_printf (text, "\n  %s: %" G_GUINT64_FORMAT, _("Cut or broken"),
                            counts->n_incomplete);
  if (counts->first_time_usec != COT_TIME_NONE)
    {
      char first[COT_CLOCK_ISO_SIZE], last[COT_CLOCK_ISO_SIZE];

      cot_clock_format_iso (counts->first_time_usec, first);
      cot_clock_format_iso (counts->last_time_usec, last);
      g_string_append_printf (text, _("\n  From %s to %s"), first, last);
    }
  if (cot_log_is_no_text (log))
    g_string_append_printf (text, "\n  %s", _("This does not look like a log: it is full of bytes "
                                              "that no text has."));
  append_hint (text, a_case, log);
  g_string_append_c (text, '\n');
  cot_cli_print (text->str);
}

static void
print_one_not_collected (const char *label, const CotCollectedItem *item, gboolean *has_heading)
{
  g_autofree char *name = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *text = NULL;

  if (label != NULL)
    sentence = cot_sentence_dup_not_collected (label, &name, &reason);
  if (sentence == NULL && item != NULL)
    sentence = cot_sentence_dup_item_not_collected (item, &name, &reason);
  if (sentence == NULL)
    return;
  text = g_strdup_printf ("%s  %s: %s\n", *has_heading ? "" : _("Not collected:\n"), name, reason);
  *has_heading = TRUE;
  cot_cli_print (text);
}

/* What Intune could not collect, by the names of the members or by the device's own report. */
static void
print_not_collected (CotCase *a_case)
{
  gboolean has_heading = FALSE;

  for (guint i = 0; i < cot_case_get_n_members (a_case); i++)
    if (cot_case_get_not_collected (a_case, i))
      print_one_not_collected (cot_case_get_member (a_case, i)->label,
                               cot_case_get_collected (a_case, i), &has_heading);
  for (guint i = 0; i < cot_case_get_n_absent (a_case); i++)
    print_one_not_collected (NULL, cot_case_get_absent (a_case, i), &has_heading);
}

static void
export_not_collected (CotCase *a_case, CotJson *json)
{
  for (guint i = 0; i < cot_case_get_n_members (a_case); i++)
    {
      const CotCollectedItem *item = cot_case_get_collected (a_case, i);
      gboolean is_missing = cot_case_get_not_collected (a_case, i);

      if (item == NULL && !is_missing)
        continue;
      cot_export_collected (cot_case_get_member (a_case, i)->label, item, !is_missing, json);
      cot_cli_print_json (json);
    }
  for (guint i = 0; i < cot_case_get_n_absent (a_case); i++)
    {
      cot_export_collected (NULL, cot_case_get_absent (a_case, i), FALSE, json);
      cot_cli_print_json (json);
    }
}

/* In the order of the window: an archive's own says nothing. (element-type CotLog) */
static GPtrArray *
list_logs (CotCase *a_case)
{
  GPtrArray *logs = g_ptr_array_new ();
  g_autoptr (GArray) places = cot_case_is_bundle (a_case) ? cot_member_list_new (a_case) : NULL;
  g_autoptr (GHashTable) here = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < cot_case_get_n_logs (a_case); i++)
    g_hash_table_add (here, cot_case_get_log (a_case, i));
  for (guint i = 0; places != NULL && i < places->len; i++)
    {
      guint member = g_array_index (places, CotMemberPlace, i).member;
      CotLog *log = cot_case_get_member_log (a_case, member);

      if (log != NULL && g_hash_table_contains (here, log))
        g_ptr_array_add (logs, log);
    }
  for (guint i = 0; places == NULL && i < cot_case_get_n_logs (a_case); i++)
    g_ptr_array_add (logs, cot_case_get_log (a_case, i));
  return logs;
}

static void
print_case (CotCase *a_case, CotCliFormat format, CotJson *json)
{
  g_autoptr (GPtrArray) logs = list_logs (a_case);

  if (format == COT_CLI_TEXT && cot_case_is_bundle (a_case))
    cot_cli_print_bundle (a_case);
  for (guint i = 0; i < logs->len; i++)
    {
      CotLog *log = g_ptr_array_index (logs, i);

      if (cot_log_get_state (log) == COT_DOCUMENT_FAILED)
        continue;
      if (format == COT_CLI_TEXT)
        {
          print_text (a_case, log);
          continue;
        }
      cot_export_log (log, json);
      cot_cli_print_json (json);
    }
  if (!cot_case_is_bundle (a_case))
    return;
  if (format == COT_CLI_TEXT)
    {
      print_not_collected (a_case);
      cot_cli_print_unread (a_case);
    }
  else
    export_not_collected (a_case, json);
}

CotCliStatus
cot_cli_info (int argc, char **argv)
{
  g_autofree char *format_name = NULL;
  g_autofree char *phrase_file = NULL;
  g_autoptr (CotCliPassPhrase) phrase = NULL;
  g_autoptr (CotCliInput) input = NULL;
  g_autoptr (CotJson) json = cot_json_new ();
  CotCliFormat format;
  const GOptionEntry options[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_name, N_ ("text or ndjson"), N_ ("FORMAT") },
    { "pass-phrase-file", 0, 0, G_OPTION_ARG_FILENAME, &phrase_file,
      N_ ("Read encrypted bundles with the first line of this file"), N_ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };

  if (!cot_cli_parse (_("Tells what logs are."), options, &argc, &argv)
      || !cot_cli_parse_format (format_name, &format))
    return COT_CLI_USAGE;
  if (argc < 2)
    {
      cot_cli_complain (_("Name a log, a folder or a bundle to look at."));
      return COT_CLI_USAGE;
    }
  if (!cot_cli_read_pass_phrase (phrase_file, &phrase))
    return COT_CLI_USAGE;
  input = cot_cli_input_open (argv + 1, argc - 1, FALSE, phrase);
  for (guint i = 0; i < input->cases->len; i++)
    print_case (g_ptr_array_index (input->cases, i), format, json);
  return cot_cli_input_complain (input) ? COT_CLI_REFUSED : COT_CLI_DONE;
}
