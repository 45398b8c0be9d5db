/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-cli.h"

#include "cot-code-sentences.h"

#include <glib/gi18n.h>
#include <string.h>

/* More codes than these are for another word to sift. */
#define MAX_FOUND 20

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

/* Some programs write the number, others the HRESULT that is made of it. */
static void
append_twin (GString *text, const CotCode *code)
{
  g_autofree char *twin = cot_code_dup_twin (code);

  if (twin == NULL)
    return;
  /* Translators: a code */
  g_string_append_printf (text, _("  The same error as %s."), twin);
  g_string_append_c (text, '\n');
}

static void
append_part (const char *name, const char *value, gpointer data)
{
  g_string_append_printf (data, "  %s: %s\n", name, value);
}

static void
print_code (const CotCode *code)
{
  g_autoptr (GString) text = g_string_new (code->code_text);
  g_autofree char *next = NULL;

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
  append_twin (text, code);
  cot_code_sentences_foreach_part (code, append_part, text);
  next = cot_code_sentence_dup_next (code);
  if (next != NULL)
    g_string_append_printf (text, "  %s\n", next);
  cot_cli_print (text->str);
}

/* The codes that hold all words, as the look-up of the window finds them. */
static gboolean
search (const char *words)
{
  guint n_all = 0;
  g_autoptr (GPtrArray) codes = cot_code_search (words, MAX_FOUND, &n_all);
  g_autofree char *more = NULL;

  for (guint i = 0; i < codes->len; i++)
    print_code (g_ptr_array_index (codes, i));
  if (n_all <= codes->len)
    return codes->len > 0;
  more = g_strdup_printf (ngettext ("and %u more: another word finds fewer\n",
                                    "and %u more: another word finds fewer\n",
                                    n_all - codes->len),
                          n_all - codes->len);
  cot_cli_print (more);
  return TRUE;
}

/* Codes that have these digits somewhere are no answer to what was asked: that comes first. */
static void
explain_number (const char *text, const CotCode *code)
{
  guint n_all = 0;
  g_autoptr (GPtrArray) others = cot_code_search (text, 1, &n_all);
  g_autofree char *sentence = g_strdup_printf (_("No code %s is known."), code->code_text);

  print_code (code);
  cot_cli_complain (sentence);
  if (n_all > 0)
    {
      g_autofree char *beside = cot_code_sentence_dup_beside (text);
      g_autofree char *line = g_strdup_printf ("\n%s\n\n", beside);

      cot_cli_print (line);
      search (text);
    }
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
  if (code != NULL && cot_code_sentence_is_decimal (text))
    {
      explain_number (text, code);
      return FALSE;
    }
  if (search (text))
    return TRUE;
  /* What its parts tell, all the same. */
  if (code != NULL)
    print_code (code);
  if (code == NULL)
    sentence = g_strdup_printf (_("“%s” is no code, and no code is known that has these words."),
                                text);
  else
    sentence = g_strdup_printf (_("No code %s is known."), code->code_text);
  cot_cli_complain (sentence);
  return FALSE;
}

/* Words without quotation marks are one search. */
static gboolean
are_words (char **texts)
{
  for (; *texts != NULL; texts++)
    {
      gboolean known;
      g_autoptr (CotCode) code = cot_code_lookup (*texts, &known);

      if (code != NULL)
        return FALSE;
    }
  return TRUE;
}

/* A leading minus is a sign here, not an option: "-2145908697" must reach the look-up. */
static gboolean
is_option (const char *text)
{
  return text[0] == '-' && !g_ascii_isdigit (text[1]);
}

CotCliStatus
cot_cli_code (int argc, char **argv)
{
  char **texts = argv + 1;
  gboolean all = TRUE;

  if (argc == 2 && (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h")))
    {
      cot_cli_print (_("Usage: cotrace-cli code CODE…\n"
                       "       cotrace-cli code WORD…\n\n"
                       "Explains error codes: hex, signed or unsigned decimal. Words find the "
                       "codes that hold all of them.\n"));
      return COT_CLI_DONE;
    }
  if (*texts != NULL && g_str_equal (*texts, "--"))
    texts++;
  else if (*texts != NULL && is_option (*texts))
    {
      g_autofree char *sentence = g_strdup_printf (_("There is no option “%s”."), *texts);

      cot_cli_complain (sentence);
      return COT_CLI_USAGE;
    }
  if (*texts == NULL)
    {
      cot_cli_complain (_("Name a code to explain, or words to find one by."));
      return COT_CLI_USAGE;
    }
  if (are_words (texts))
    {
      g_autofree char *words = g_strjoinv (" ", texts);

      return explain (words) ? COT_CLI_DONE : COT_CLI_REFUSED;
    }
  for (; *texts != NULL; texts++)
    all = explain (*texts) && all;
  return all ? COT_CLI_DONE : COT_CLI_REFUSED;
}
