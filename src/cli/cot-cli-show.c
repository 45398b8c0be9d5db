/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-cli.h"

#include "cot-member-sentences.h"

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
  CotCliInput *input;
  gboolean has_headings; /* each log has one above its entries */
  CotCase *named_case; /* (nullable) whose heading stands last */
  CotLog *named_log; /* (nullable) as well */
  GHashTable *columns; /* (nullable) of a merge: from a log to what stands before its entries */
} Show;

/* More than this takes the place of the entry itself. */
#define MAX_COLUMN_CHARS 40

/* Above the first entry, so that logs of which a filter leaves nothing are not named. */
static void
print_heading (Show *show, CotLog *log)
{
  CotCase *a_case = cot_cli_input_find_case (show->input, log);
  g_autofree char *heading = cot_cli_dup_heading (a_case, log);

  if (show->named_log != NULL)
    cot_cli_print ("\n");
  if (a_case != show->named_case && cot_case_is_bundle (a_case))
    cot_cli_print_bundle (a_case);
  cot_cli_print (heading);
  cot_cli_print ("\n");
  show->named_case = a_case;
  show->named_log = log;
}

/* The name alone, where no other log has it. */
static char *
dup_column (Show *show, CotLog *log, GHashTable *names)
{
  CotCase *a_case = cot_cli_input_find_case (show->input, log);
  const char *device = cot_cli_get_device (a_case, log);
  gboolean is_shared = GPOINTER_TO_UINT (g_hash_table_lookup (names, cot_log_get_name (log))) > 1;
  g_autofree char *name
      = cot_sentence_dup_visible (is_shared ? cot_log_get_label (log) : cot_log_get_name (log));

  return device != NULL ? g_strconcat (device, ": ", name, NULL) : g_steal_pointer (&name);
}

static void
make_columns (Show *show, GPtrArray *logs)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  glong width = 0;

  for (guint i = 0; i < logs->len; i++)
    {
      const char *name = cot_log_get_name (g_ptr_array_index (logs, i));
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (names, name));

      g_hash_table_insert (names, (gpointer) name, GUINT_TO_POINTER (n + 1));
    }
  for (guint i = 0; i < logs->len; i++)
    {
      char *column = dup_column (show, g_ptr_array_index (logs, i), names);

      g_ptr_array_add (columns, column);
      width = MAX (width, MIN (g_utf8_strlen (column, -1), MAX_COLUMN_CHARS));
    }
  show->columns = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  for (guint i = 0; i < logs->len; i++)
    {
      const char *column = g_ptr_array_index (columns, i);
      glong n_missing = MAX (width - g_utf8_strlen (column, -1), 0);

      g_hash_table_insert (show->columns, g_ptr_array_index (logs, i),
                           g_strdup_printf ("%s%*s  ", column, (int) n_missing, ""));
    }
}

static void
print_entry (Show *show, const CotReadEntry *entry)
{
  g_autofree char *text = cot_read_dup_text (entry, show->visible);

  if (show->columns != NULL)
    cot_cli_print (g_hash_table_lookup (show->columns, entry->log));
  else if (show->has_headings && entry->log != show->named_log)
    print_heading (show, entry->log);
  cot_cli_print (text);
}

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
    print_entry (show, entry);
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
  sentence = cot_cli_dup_refusal (show->error, cot_log_get_label (show->failed), TRUE);
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

static gboolean
is_of_bundle (CotCliInput *input, GPtrArray *logs)
{
  return cot_case_is_bundle (cot_cli_input_find_case (input, g_ptr_array_index (logs, 0)));
}

static CotCliStatus
run (char **paths, int n_paths, gboolean merge, CotFilter *filter, const char *pass_phrase,
     Show *show)
{
  gboolean scanning = filter != NULL && cot_filter_asks_for_findings (filter);
  g_autoptr (CotCliInput) input = cot_cli_input_open (paths, n_paths, scanning, pass_phrase);
  g_autoptr (GPtrArray) logs = cot_cli_input_dup_logs (input);
  gboolean all;

  show->json = cot_json_new ();
  show->bytes = g_byte_array_new ();
  show->visible = cot_cli_is_terminal ();
  show->input = input;
  if (show->format == COT_CLI_TEXT && !show->raw)
    {
      show->has_headings = logs->len > 1 || (logs->len == 1 && is_of_bundle (input, logs));
      if (merge && logs->len > 1)
        make_columns (show, logs);
    }
  all = show_all (logs, merge, filter, show);
  cot_json_free (show->json);
  g_byte_array_unref (show->bytes);
  g_clear_pointer (&show->columns, g_hash_table_unref);
  for (guint i = 0; i < input->cases->len; i++)
    cot_cli_complain_of_unread (g_ptr_array_index (input->cases, i));
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
