/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-cli.h"

#include "cot-sentences.h"

#include <glib/gi18n.h>

typedef struct
{
  CotCliFormat format;
  gboolean raw;
  gboolean visible;
  CotJson *json;
  GByteArray *bytes;
  GError *error;
  CotLog *failed; /* where @error happened */
} Show;

static gboolean
show_entry (const CotReadEntry *entry, gpointer data)
{
  Show *show = data;

  if (show->raw)
    {
      g_byte_array_set_size (show->bytes, 0);
      if (!cot_read_original (entry, show->bytes, &show->error))
        {
          show->failed = entry->log;
          return FALSE;
        }
      cot_cli_write ((const char *) show->bytes->data, show->bytes->len);
    }
  else if (show->format == COT_CLI_NDJSON)
    {
      cot_export_entry (entry->log, entry->snapshot, entry->ordinal, entry->line, &entry->columns,
                        entry->record, entry->length_bytes, show->json);
      cot_cli_print_json (show->json);
    }
  else
    {
      g_autofree char *text = cot_read_dup_text (entry, show->visible);

      cot_cli_print (text);
    }
  return TRUE;
}

static void
write_bytes (const char *bytes, gsize length_bytes, gpointer data)
{
  cot_cli_write (bytes, length_bytes);
}

static gboolean
show_log (CotLog *log, CotFilter *filter, Show *show)
{
  gboolean was_converted = FALSE;

  if (show->raw
      && (!cot_read_converted_file (log, write_bytes, NULL, &was_converted, &show->error)
          || was_converted))
    return show->error == NULL;
  return cot_read_log (log, filter, show_entry, show, &show->error);
}

/* One log, or several in the order of their times. */
static gboolean
show_logs (CotLog *const *logs, guint n_logs, CotFilter *filter, Show *show)
{
  g_autofree char *sentence = NULL;
  gboolean all;

  show->failed = logs[0];
  if (n_logs == 1)
    all = show_log (logs[0], filter, show);
  else
    all = cot_read_merged (logs, n_logs, filter, show_entry, show, &show->failed, &show->error);
  if (all && show->error == NULL)
    return TRUE;
  sentence = cot_cli_dup_refusal (show->error, cot_log_get_label (show->failed));
  cot_cli_complain (sentence);
  g_clear_error (&show->error);
  return FALSE;
}

static gboolean
show_all (GPtrArray *logs, gboolean merge, CotFilter *filter, Show *show)
{
  CotLog *const *all_logs = (CotLog *const *) logs->pdata;
  gboolean all = TRUE;

  if (merge && logs->len > 1)
    return show_logs (all_logs, logs->len, filter, show);
  for (guint i = 0; i < logs->len; i++)
    all = show_logs (all_logs + i, 1, filter, show) && all;
  return all;
}

static CotCliStatus
run (char **paths, int n_paths, gboolean merge, CotFilter *filter, const char *pass_phrase,
     Show *show)
{
  g_autoptr (CotCliInput) input = cot_cli_input_open (paths, n_paths, FALSE, pass_phrase);
  g_autoptr (GPtrArray) logs = cot_cli_input_dup_logs (input);
  gboolean all;

  show->json = cot_json_new ();
  show->bytes = g_byte_array_new ();
  show->visible = cot_cli_is_terminal ();
  all = show_all (logs, merge, filter, show);
  cot_json_free (show->json);
  g_byte_array_unref (show->bytes);
  if (cot_cli_input_complain (input))
    all = FALSE;
  return all ? COT_CLI_DONE : COT_CLI_REFUSED;
}

CotCliStatus
cot_cli_show (int argc, char **argv)
{
  g_autofree char *format_name = NULL;
  g_autofree char *phrase_file = NULL;
  g_autoptr (CotCliPassPhrase) phrase = NULL;
  g_autofree char *expression = NULL;
  g_autoptr (CotFilter) filter = NULL;
  g_autoptr (GError) error = NULL;
  gboolean merge = FALSE;
  Show show = { 0 };
  const GOptionEntry options[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_name, N_ ("text or ndjson"), N_ ("FORMAT") },
    { "merge", 0, 0, G_OPTION_ARG_NONE, &merge, N_ ("All logs in one, in the order of their times"),
      NULL },
    { "filter", 0, 0, G_OPTION_ARG_STRING, &expression, N_ ("Show only entries that pass"),
      N_ ("EXPRESSION") },
    { "raw", 0, 0, G_OPTION_ARG_NONE, &show.raw, N_ ("Write the bytes as they stand in the file"),
      NULL },
    { "pass-phrase-file", 0, 0, G_OPTION_ARG_FILENAME, &phrase_file,
      N_ ("Read encrypted bundles with the first line of this file"), N_ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };

  if (!cot_cli_parse (_("Shows the entries of logs."), options, &argc, &argv)
      || !cot_cli_parse_format (format_name, &show.format))
    return COT_CLI_USAGE;
  if (argc < 2)
    {
      cot_cli_complain (_("Name a log, a folder or a bundle to show."));
      return COT_CLI_USAGE;
    }
  if (expression != NULL && (filter = cot_filter_new (expression, &error)) == NULL)
    {
      cot_cli_complain (error->message);
      return COT_CLI_USAGE;
    }
  if (!cot_cli_read_pass_phrase (phrase_file, &phrase))
    return COT_CLI_USAGE;
  return run (argv + 1, argc - 1, merge, filter, phrase, &show);
}
