/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-cli.h"

#include <glib/gi18n.h>
#include <string.h>

/* The symbol stands in the line above already. */
static void
append_meaning (GString *text, const CotCode *code)
{
  g_autofree char *tail
      = code->symbol != NULL ? g_strdup_printf (" (%s)", code->symbol) : NULL;
  gsize length = strlen (code->meaning);

  if (tail != NULL && g_str_has_suffix (code->meaning, tail))
    length -= strlen (tail);
  g_string_append_printf (text, "  %.*s\n", (int) length, code->meaning);
}

static void
print_code (const CotCode *code)
{
  g_autoptr (GString) text = g_string_new (code->code_text);

  if (code->is_number)
    g_string_append_printf (text, "  %u", code->code);
  /* As a signed number, where it is another one. */
  if (code->is_number && code->code > G_MAXINT32)
    g_string_append_printf (text, "  %d", (gint32) code->code);
  if (code->symbol != NULL)
    g_string_append_printf (text, "  %s", code->symbol);
  g_string_append_c (text, '\n');
  if (code->meaning != NULL)
    append_meaning (text, code);
  if (code->family != NULL)
    g_string_append_printf (text, "  %s\n", code->family);
  cot_cli_print (text->str);
}

static gboolean
explain (const char *text)
{
  gboolean known;
  g_autoptr (CotCode) code = cot_code_lookup (text, &known);
  g_autofree char *sentence = NULL;

  if (code != NULL && known)
    {
      print_code (code);
      return TRUE;
    }
  if (code == NULL)
    sentence = g_strdup_printf (_("“%s” is no code: write hex digits, or a decimal number."), text);
  else
    sentence = g_strdup_printf (_("No code %s is known."), code->code_text);
  cot_cli_complain (sentence);
  return FALSE;
}

/* A leading minus is a sign here, not an option: "-2145908697" must reach the look-up. */
CotCliStatus
cot_cli_code (int argc, char **argv)
{
  gboolean all = TRUE;

  if (argc == 2 && (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h")))
    {
      cot_cli_print (_("Usage: cotrace-cli code CODE…\n\n"
                       "Explains error codes: hex, signed or unsigned decimal.\n"));
      return COT_CLI_DONE;
    }
  if (argc < 2)
    {
      cot_cli_complain (_("Name a code to explain."));
      return COT_CLI_USAGE;
    }
  for (int i = 1; i < argc; i++)
    all = explain (argv[i]) && all;
  return all ? COT_CLI_DONE : COT_CLI_REFUSED;
}
