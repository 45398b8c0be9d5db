/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-code-sentences.h"

#include "cot-entry-text.h"
#include "cot-member-sentences.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_TITLE_CHARACTERS 120

/**
 * cot_code_sentence_dup:
 * @code: a code
 *
 * Returns: (transfer full): the code and what it means, in one line
 */
char *
cot_code_sentence_dup (const CotCode *code)
{
  if (code->meaning == NULL)
    return g_strdup (code->code_text);
  return g_strdup_printf ("%s  %s", code->code_text, code->meaning);
}

static const char *
get_kind (CotErrorPartsKind kind)
{
  switch (kind)
    {
    case COT_ERROR_PARTS_OF_PROGRAM:
      return _("Code that a program made itself");
    case COT_ERROR_PARTS_STATUS_IN_HRESULT:
      return _("HRESULT with a status of the Windows kernel (NTSTATUS) in it");
    case COT_ERROR_PARTS_STATUS:
      return _("Status of the Windows kernel or a driver (NTSTATUS)");
    case COT_ERROR_PARTS_TOKEN_BROKER:
      return _("Code of what gets the sign-in tokens of Entra ID on Windows (token broker)");
    case COT_ERROR_PARTS_HRESULT:
    default:
      return _("HRESULT");
    }
}

/* The same error where Windows has a number for it. */
static char *
dup_win32 (guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);
  gboolean known;
  g_autoptr (CotCode) code = cot_code_lookup (text, &known);

  /* Translators: a number, of which nothing is known */
  return known && code->meaning != NULL ? g_strdup_printf ("%u: %s", number, code->meaning)
                                        : g_strdup_printf (_("%u: not known here"), number);
}

void
cot_code_sentences_foreach_part (const CotCode *code, CotCodePartFunc function, gpointer data)
{
  g_autofree char *facility = NULL;
  g_autofree char *number = NULL;
  g_autofree char *win32 = NULL;
  CotErrorParts parts;

  if (code->has_entry || !code->is_number || !cot_error_parts_read (code->code, &parts))
    return;
  function (_("Kind"), get_kind (parts.kind), data);
  function (_("Outcome"),
            parts.is_failure ? _("Failure: the highest bit is set")
                             : _("Success: the highest bit is not set"),
            data);
  if (parts.facility_name != NULL)
    facility = g_strdup_printf ("%u: %s", parts.facility, parts.facility_name);
  else if (parts.kind == COT_ERROR_PARTS_HRESULT)
    /* Translators: a number that no part of Windows is known to use */
    facility = g_strdup_printf (_("%u: not known here"), parts.facility);
  else
    facility = g_strdup_printf ("%u", parts.facility);
  function (_("Facility"), facility, data);
  if (parts.kind == COT_ERROR_PARTS_HRESULT && parts.facility == COT_FACILITY_WIN32)
    {
      win32 = dup_win32 (parts.number);
      function (_("Win32 error"), win32, data);
      return;
    }
  number = g_strdup_printf ("%u (0x%04X)", parts.number, parts.number);
  function (_("Number in it"), number, data);
}

/* Whoever types one asks for this number; "8007" may well be the beginning of a code, too. */
gboolean
cot_code_sentence_is_decimal (const char *text)
{
  return *text != '\0' && text[strspn (text, "0123456789")] == '\0';
}

char *
cot_code_sentence_dup_beside (const char *text)
{
  /* Translators: a number */
  return g_strdup_printf (_("Other codes, with “%s” in their number or text:"), text);
}

char *
cot_code_sentence_dup_next (const CotCode *code)
{
  CotErrorParts parts;
  gboolean is_whole = code->is_number && cot_error_parts_read (code->code, &parts);
  gboolean is_hresult = is_whole && parts.kind == COT_ERROR_PARTS_HRESULT;

  if (code->has_entry)
    return NULL;
  if (!code->is_number || (is_whole && parts.kind == COT_ERROR_PARTS_OF_PROGRAM))
    return g_strdup (_("This code has no entry here. Search for it together with the name of the "
                       "component that wrote the line."));
  if (is_whole && parts.kind == COT_ERROR_PARTS_TOKEN_BROKER)
    return g_strdup (_("This code has no entry here. Look in the event log AAD, Operational, at "
                       "the same time: an AADSTS number there says most."));
  if (!is_whole || (is_hresult && parts.facility == COT_FACILITY_WIN32))
    /* Translators: a number */
    return g_strdup_printf (_("This code has no entry here. On a computer with Windows, “net "
                              "helpmsg %u” tells what it means."),
                            code->code & 0xffff);
  if (is_hresult && parts.facility == COT_FACILITY_OWN)
    return g_strdup (_("This code has no entry here. Each program gives the numbers of this "
                       "facility a meaning of its own: search for it together with the name of "
                       "the component that wrote the line."));
  /* Translators: a code */
  return g_strdup_printf (_("This code has no entry here. On a computer with Windows, “certutil "
                            "-error %s” tells what Windows knows of it. Otherwise search for it "
                            "together with the name of the component that wrote the line."),
                          code->code_text);
}

char *
cot_code_sentence_dup_error_kind (const CotErrorKind *kind)
{
  g_autofree char *visible = NULL;
  g_autofree char *beginning = NULL;

  if (kind->code != NULL)
    return cot_code_sentence_dup (kind->code);
  visible = cot_entry_text_dup_folded (kind->message != NULL ? kind->message : "");
  if (*visible == '\0')
    return g_strdup (_("An error without a text"));
  if (g_utf8_strlen (visible, -1) <= MAX_TITLE_CHARACTERS)
    return g_steal_pointer (&visible);
  beginning = g_utf8_substring (visible, 0, MAX_TITLE_CHARACTERS);
  return g_strdup_printf ("%s…", beginning);
}
