/* SPDX-License-Identifier: GPL-3.0-or-later */

/* cotrace-cli: the engine without a window. */

#include "cot-cli.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <string.h>

static const struct
{
  const char *name;
  CotCliStatus (*run) (int argc, char **argv);
  const char *summary;
} commands[] = {
  { "show", cot_cli_show, N_ ("Show the entries of logs") },
  { "scan", cot_cli_scan, N_ ("Look for known failures, and say what to do") },
  { "report", cot_cli_report, N_ ("Write a report of what went wrong, to be handed on") },
  { "info", cot_cli_info, N_ ("Tell what logs are: format, encoding, counts, times") },
  { "code", cot_cli_code, N_ ("Explain error codes: hex, signed or unsigned decimal") },
  { "list-detectors", cot_cli_list_detectors, N_ ("List what is known") },
  { "check-knowledge", cot_cli_check_knowledge, N_ ("Check knowledge files of your own") },
};

static CotCliStatus
usage (gboolean asked_for)
{
  g_autoptr (GString) text = g_string_new (_("Usage: cotrace-cli COMMAND [OPTION…] [PATH…]"));

  g_string_append_c (text, '\n');
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "\n  %-15s %s", commands[i].name, _(commands[i].summary));
  g_string_append_printf (text, "\n\n%s\n",
                          _("“cotrace-cli COMMAND --help” tells the options of a command."));
  if (asked_for)
    cot_cli_print (text->str);
  else
    g_printerr ("%s", text->str);
  return asked_for ? COT_CLI_DONE : COT_CLI_USAGE;
}

static CotCliStatus
run (int argc, char **argv)
{
  g_autofree char *sentence = NULL;

  if (argc < 2)
    return usage (FALSE);
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h")
      || g_str_equal (argv[1], "help"))
    return usage (TRUE);
  if (g_str_equal (argv[1], "--version"))
    {
      cot_cli_print ("cotrace-cli " COT_VERSION "\n");
      return COT_CLI_DONE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].name))
      return commands[i].run (argc - 1, argv + 1);
  sentence = g_strdup_printf (_("“%s” is no command."), argv[1]);
  cot_cli_complain (sentence);
  return usage (FALSE);
}

int
main (int argc, char **argv)
{
  CotCliStatus status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, COT_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  /* Writing to a pipe that was closed gives an error, which is enough. */
  signal (SIGPIPE, SIG_IGN);
  g_set_prgname ("cotrace-cli");
  cot_session_find_unpack_program ();

  status = run (argc, argv);
  cot_cli_flush ();
  return (int) status;
}
