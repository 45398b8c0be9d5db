/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-cli.h"

#include "cot-member-sentences.h"
#include "cot-sentences.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* GLib leaves a "--" in place where the word behind it begins with a dash. */
static void
drop_separator (int *argc, char **argv)
{
  if (*argc < 2 || !g_str_equal (argv[1], "--"))
    return;
  for (int i = 1; i < *argc; i++)
    argv[i] = argv[i + 1];
  (*argc)--;
}

gboolean
cot_cli_parse (const char *summary, const GOptionEntry *entries, int *argc, char ***argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_("[PATH…]"));
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (g_option_context_parse (context, argc, argv, &error))
    {
      drop_separator (argc, *argv);
      return TRUE;
    }
  cot_cli_complain (error->message);
  return FALSE;
}

gboolean
cot_cli_parse_format (const char *text, CotCliFormat *format)
{
  g_autofree char *sentence = NULL;

  *format = COT_CLI_TEXT;
  if (text == NULL || g_str_equal (text, "text"))
    return TRUE;
  *format = COT_CLI_NDJSON;
  if (g_str_equal (text, "ndjson"))
    return TRUE;
  sentence = g_strdup_printf (_("“%s” is no format. Use “text” or “ndjson”."), text);
  cot_cli_complain (sentence);
  return FALSE;
}

/* A name or a line of a log must not steer the terminal; the line ends are our own. */
static char *
dup_visible (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *visible = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (visible, '\n');
      cot_text_append_visible (visible, lines[i], -1, FALSE);
    }
  return g_string_free (visible, FALSE);
}

/* A reader that has gone away has what it wanted; a full disk does not have the answer. */
static G_NORETURN void
end_after_failed_write (void)
{
  int code = errno;

  if (code != EPIPE)
    g_printerr ("cotrace-cli: %s\n", g_strerror (code));
  _exit (code == EPIPE ? COT_CLI_DONE : COT_CLI_REFUSED);
}

void
cot_cli_write (const char *text, gsize length_bytes)
{
  if (fwrite (text, 1, length_bytes, stdout) != length_bytes)
    end_after_failed_write ();
}

void
cot_cli_flush (void)
{
  if (fflush (stdout) != 0)
    end_after_failed_write ();
}

void
cot_cli_print (const char *text)
{
  g_autofree char *visible = cot_cli_is_terminal () ? dup_visible (text) : NULL;

  if (visible != NULL)
    text = visible;
  cot_cli_write (text, strlen (text));
}

void
cot_cli_print_json (CotJson *json)
{
  gsize length_bytes;
  const char *text = cot_json_get_text (json, &length_bytes);

  cot_cli_write (text, length_bytes);
  cot_cli_write ("\n", 1);
}

void
cot_cli_complain (const char *sentence)
{
  g_autofree char *visible = dup_visible (sentence);

  /* What was written before must stand before it where both go to one place. */
  cot_cli_flush ();
  g_printerr ("cotrace-cli: %s\n", visible);
}

gboolean
cot_cli_is_terminal (void)
{
  static int is_terminal = -1; /* asked for every line */

  if (is_terminal < 0)
    is_terminal = isatty (STDOUT_FILENO);
  return is_terminal;
}

/* Here a bundle is not opened again in a dialog: the next step is an option. */
char *
cot_cli_dup_refusal (const GError *reason, const char *name, gboolean is_shown)
{
  if (g_error_matches (reason, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_ENCRYPTED))
    return g_strdup_printf (_("“%s” is encrypted. Give the pass phrase with the option "
                              "--pass-phrase-file."),
                            name);
  if (g_error_matches (reason, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WRONG_PASS_PHRASE))
    return g_strdup_printf (_("“%s” could not be decrypted: the pass phrase is wrong. Give the "
                              "right one with the option --pass-phrase-file."),
                            name);
  return is_shown ? cot_sentence_from_cut (reason, name)
                  : cot_sentence_from_failure (reason, name);
}

static void
refusal_free (gpointer data)
{
  CotCliRefusal *refusal = data;

  g_free (refusal->path);
  g_free (refusal->sentence);
  g_free (refusal);
}

static void
open_path (CotCliInput *input, CotCase *loose, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotCase) opened = cot_session_open_sync (input->session, loose, path, &error);

  if (opened == NULL)
    {
      CotCliRefusal *refusal = g_new0 (CotCliRefusal, 1);

      refusal->path = g_filename_display_name (path);
      refusal->sentence = cot_cli_dup_refusal (error, refusal->path, FALSE);
      cot_cli_complain (refusal->sentence);
      g_ptr_array_add (input->refusals, refusal);
    }
  else if (!g_ptr_array_find (input->cases, opened, NULL))
    g_ptr_array_add (input->cases, g_object_ref (opened));
}

CotCliInput *
cot_cli_input_open (char **paths, int n_paths, gboolean scanning, const char *pass_phrase)
{
  CotCliInput *input = g_new0 (CotCliInput, 1);
  g_autoptr (CotCase) loose = NULL;

  input->session = cot_session_new ();
  if (scanning)
    cot_session_read_own_knowledge (input->session);
  input->cases = g_ptr_array_new_with_free_func (g_object_unref);
  input->refusals = g_ptr_array_new_with_free_func (refusal_free);
  cot_session_set_scanning (input->session, scanning);
  cot_session_set_pass_phrase (input->session, pass_phrase);
  for (guint i = 0; scanning && i < cot_session_get_n_knowledge_problems (input->session); i++)
    {
      cot_cli_complain (cot_session_get_knowledge_problem (input->session, i));
      input->lacks_knowledge = TRUE;
    }
  loose = cot_session_new_case (input->session);
  for (int i = 0; i < n_paths; i++)
    open_path (input, loose, paths[i]);
  for (guint i = 0; i < input->cases->len; i++)
    cot_session_wait (input->session, g_ptr_array_index (input->cases, i));
  return input;
}

void
cot_cli_input_free (CotCliInput *input)
{
  g_ptr_array_unref (input->cases);
  g_ptr_array_unref (input->refusals);
  g_object_unref (input->session);
  g_free (input);
}

GPtrArray *
cot_cli_input_dup_logs (CotCliInput *input)
{
  GPtrArray *logs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < input->cases->len; i++)
    {
      CotCase *a_case = g_ptr_array_index (input->cases, i);

      for (guint j = 0; j < cot_case_get_n_logs (a_case); j++)
        {
          CotLog *log = cot_case_get_log (a_case, j);

          if (cot_log_get_state (log) != COT_DOCUMENT_FAILED)
            g_ptr_array_add (logs, g_object_ref (log));
        }
    }
  return logs;
}

static void
print_line (const char *text)
{
  if (text == NULL)
    return;
  cot_cli_print (text);
  cot_cli_print ("\n");
}

void
cot_cli_print_unread (CotCase *a_case)
{
  g_autofree char *unread = cot_sentence_dup_unread (a_case);
  g_autofree char *left_out = cot_sentence_dup_left_out (a_case);

  print_line (unread);
  print_line (left_out);
}

void
cot_cli_complain_of_unread (CotCase *a_case)
{
  g_autofree char *unread = cot_sentence_dup_unread (a_case);
  g_autofree char *left_out = cot_sentence_dup_left_out (a_case);

  if (unread != NULL)
    cot_cli_complain (unread);
  if (left_out != NULL)
    cot_cli_complain (left_out);
}

void
cot_cli_print_bundle (CotCase *a_case)
{
  const char *device = cot_case_get_device (a_case);
  guint n_devices = cot_case_get_n_devices (a_case);
  g_autofree char *name = cot_sentence_dup_visible (cot_case_get_title (a_case));
  g_autofree char *doubt = cot_sentence_dup_layout_notes (cot_case_get_layout_notes (a_case)
                                                          & COT_LAYOUT_NOTE_DOUBTFUL_ARCHIVE);
  g_autofree char *text = NULL;

  if (device != NULL)
    /* Translators: name of a bundle, who made it, name of a computer */
    text = g_strdup_printf (_("%s: %s of %s\n"), name,
                            cot_sentence_get_layout (cot_case_get_layout (a_case)), device);
  else if (n_devices > 1)
    {
      g_autofree char *devices = cot_sentence_dup_devices (a_case);

      text = g_strdup_printf ("%s: %s\n", name, devices);
    }
  else
    text = g_strdup_printf (_("%s: %s\n"), name,
                            cot_sentence_get_layout (cot_case_get_layout (a_case)));
  cot_cli_print (text);
  print_line (doubt);
}

const char *
cot_cli_get_owner (CotCase *a_case, const char *device)
{
  if (cot_case_get_n_devices (a_case) > 1)
    return device != NULL ? device : _("No computer named");
  if (cot_case_get_device (a_case) != NULL)
    return cot_case_get_device (a_case);
  /* A bundle among others is known by its title. */
  return cot_case_is_bundle (a_case) ? cot_case_get_title (a_case) : _("Single files");
}


void
cot_cli_print_place (CotLog *log, guint64 ordinal)
{
  CotSnapshot *snapshot = cot_log_get_snapshot (log);
  guint64 line = 0;
  guint64 in_part = 0;
  const char *label = cot_log_get_part_label (log, snapshot, ordinal, &in_part);
  g_autofree char *text = NULL;

  cot_snapshot_get_line (snapshot, ordinal, &line, NULL);
  if (line > 0)
    text = g_strdup_printf ("    %s:%" G_GUINT64_FORMAT "\n", label, line);
  else
    {
      /* A row that was made of a file has no line in there. */
      g_autofree char *number = cot_sentence_dup_number (in_part + 1);

      text = g_strdup_printf (_("    %s, entry %s\n"), label, number);
    }
  cot_cli_print (text);
}

void
cot_cli_print_more (guint64 n)
{
  g_autofree char *number = cot_sentence_dup_number (n);
  g_autofree char *text
      = g_strdup_printf (ngettext ("    and %s more\n", "    and %s more\n", n), number);

  if (n > 0)
    cot_cli_print (text);
}

const char *
cot_cli_get_device (CotCase *a_case, CotLog *log)
{
  /* One computer alone is named with the bundle. */
  return cot_case_get_n_devices (a_case) > 1 ? cot_case_get_log_device (a_case, log) : NULL;
}

char *
cot_cli_dup_heading (CotCase *a_case, CotLog *log)
{
  const char *device = cot_cli_get_device (a_case, log);
  g_autofree char *label = cot_sentence_dup_visible (cot_log_get_label (log));

  if (device == NULL)
    return g_steal_pointer (&label);
  /* Translators: name of a log, name of a computer */
  return g_strdup_printf (_("%s of %s"), label, device);
}

CotCase *
cot_cli_input_find_case (CotCliInput *input, CotLog *log)
{
  for (guint i = 0; i < input->cases->len; i++)
    if (cot_case_find_log (g_ptr_array_index (input->cases, i), log) >= 0)
      return g_ptr_array_index (input->cases, i);
  return NULL;
}

gboolean
cot_cli_input_is_refused (CotCliInput *input)
{
  guint n = input->refusals->len;

  for (guint i = 0; i < input->cases->len; i++)
    n += cot_case_get_n_refused (g_ptr_array_index (input->cases, i));
  return n > 0;
}

gboolean
cot_cli_input_complain (CotCliInput *input)
{
  gboolean refused = input->refusals->len > 0 || input->lacks_knowledge;

  for (guint i = 0; i < input->cases->len; i++)
    {
      CotCase *a_case = g_ptr_array_index (input->cases, i);

      for (guint j = 0; j < cot_case_get_n_refused (a_case); j++)
        {
          const GError *reason;
          const char *label = cot_case_get_refused (a_case, j, &reason);
          g_autofree char *sentence
              = cot_cli_dup_refusal (reason, label, cot_case_shows_refused (a_case, j));

          cot_cli_complain (sentence);
          refused = TRUE;
        }
    }
  return refused;
}
