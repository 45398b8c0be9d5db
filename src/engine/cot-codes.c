/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-codes.h"

#include "cot-error-code.h"

#include <string.h>

static const struct
{
  const char *id;
  const char *name;
} families[] = {
  { "win32", "Windows" },
  { "winhttp", "WinHTTP" },
  { "configmgr", "Configuration Manager" },
  { "configmgr-server", "Configuration Manager site" },
  { "hresult", "Windows" },
  { "msi", "Windows Installer" },
  { "mdm-enroll", "MDM enrollment" },
  { "mdm-register", "MDM registration" },
  { "windows-update", "Windows Update" },
  { "windows-setup", "Windows Setup" },
  { "certificate", "Certificates" },
  { "intune", "Intune" },
  { "wmi", "WMI" },
  { "bits", "BITS" },
  { "http", "HTTP" },
  { "join", "Device join" },
  { "token", "Microsoft Entra ID" },
  { "appx", "App packages" },
};

static char *
dup_family (const char *id)
{
  if (id == NULL || *id == '\0')
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    if (g_str_equal (families[i].id, id))
      return g_strdup (families[i].name);
  return g_strdup (id);
}

static const char *
get_scheme_family (CotCodeScheme scheme)
{
  switch (scheme)
    {
    case COT_CODE_HTTP:
      return "HTTP";
    case COT_CODE_SYNCML:
      return "SyncML";
    case COT_CODE_AADSTS:
      return "Microsoft Entra ID";
    case COT_CODE_NUMBER:
    default:
      return NULL;
    }
}

static CotCode *
code_from_meaning (const CotErrorMeaning *meaning)
{
  CotCode *code = g_new0 (CotCode, 1);
  const char *symbol = meaning->entry != NULL ? meaning->entry->symbol : "";

  code->code = meaning->code;
  code->is_number = meaning->scheme != COT_CODE_AADSTS;
  code->code_text = cot_status_code_spell (
      meaning->scheme, meaning->scheme == COT_CODE_NUMBER ? meaning->code : meaning->status,
      meaning->sub_status);
  if (meaning->scheme == COT_CODE_NUMBER && meaning->special == NULL)
    code->twin = cot_error_code_get_twin (meaning->code);
  code->meaning = cot_error_meaning_describe (meaning);
  code->is_success = meaning->success;
  /* A status of HTTP or SyncML in it says enough; a number of Win32 says as much as the whole. */
  code->has_entry = meaning->entry != NULL || meaning->special != NULL
                    || (meaning->inner != 0 && cot_error_code_get_twin (meaning->code) == 0);
  /* Of a number that nobody knows it cannot be said that it is an error of Win32. */
  if (!code->has_entry)
    code->twin = 0;
  code->is_known = code->meaning != NULL;
  if (meaning->special != NULL)
    symbol = meaning->special->symbol;
  if (*symbol != '\0')
    code->symbol = g_strdup (symbol);
  code->family = g_strdup (get_scheme_family (meaning->scheme));
  if (code->family == NULL && meaning->entry != NULL)
    code->family = dup_family (meaning->entry->family);
  return code;
}

/**
 * cot_code_free:
 * @code: (transfer full) (nullable): a code
 *
 * Frees the code.
 */
void
cot_code_free (CotCode *code)
{
  if (code == NULL)
    return;
  g_free (code->code_text);
  g_free (code->symbol);
  g_free (code->meaning);
  g_free (code->family);
  g_free (code);
}

static void
add_status (GPtrArray *codes, CotCodeScheme scheme, guint32 status, guint32 sub_status)
{
  CotErrorMeaning meaning;

  if (cot_error_status_decode (scheme, status, sub_status, &meaning))
    g_ptr_array_add (codes, code_from_meaning (&meaning));
}

/* A number of three digits without a word may be any of these. */
static void
add_number (GPtrArray *codes, guint32 number, gboolean bare, CotCodeContext context)
{
  gboolean status = bare && number >= 100 && number <= 599;
  gboolean in_syncml = (context & COT_CODE_IN_SYNCML) != 0;
  CotErrorMeaning meaning;

  if (status && in_syncml)
    add_status (codes, COT_CODE_SYNCML, number, COT_STATUS_NO_SUB);
  if (status)
    add_status (codes, COT_CODE_HTTP, number, COT_STATUS_NO_SUB);
  if (cot_error_code_decode_in (number, context, &meaning) || codes->len == 0)
    g_ptr_array_add (codes, code_from_meaning (&meaning));
  if (status && !in_syncml)
    add_status (codes, COT_CODE_SYNCML, number, COT_STATUS_NO_SUB);
}

static GPtrArray *
codes_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) cot_code_free);
}

/* "(0x80180026)," as it was marked in a line, with what stands around the code. */
static char *
dup_without_marks (const char *text)
{
  static const char marks[] = "\"'()[]{}<>,;:.!?=";
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  gsize from = strspn (stripped, marks);
  gsize to = strlen (stripped);

  while (to > from && strchr (marks, stripped[to - 1]) != NULL)
    to--;
  return g_strstrip (g_strndup (stripped + from, to - from));
}

/**
 * cot_code_lookup_all:
 * @text: what a person typed: hex with or without 0x, unsigned or signed decimal, an HTTP status
 *   with or without sub-status, a SyncML status, an AADSTS number
 * @log: (nullable): the name of the log that it stands in
 *
 * Any thread.
 *
 * Returns: (transfer full) (element-type CotCode): what it may mean, the likeliest first; none
 *   where the text is no code
 */
GPtrArray *
cot_code_lookup_all (const char *text, const char *log)
{
  g_autofree char *stripped = dup_without_marks (text);
  GPtrArray *codes = codes_new ();
  CotCodeScheme scheme;
  CotErrorMeaning meaning;
  guint32 sub_status;
  guint32 value;

  if (cot_status_code_parse (stripped, &scheme, &value, &sub_status))
    {
      cot_error_status_decode (scheme, value, sub_status, &meaning);
      g_ptr_array_add (codes, code_from_meaning (&meaning));
    }
  else if (cot_error_code_parse (stripped, -1, &value))
    add_number (codes, value, strspn (stripped, "0123456789") == strlen (stripped),
                cot_code_context_for_log (log, NULL));
  return codes;
}

/**
 * cot_code_lookup:
 * @text: what a person typed, as for cot_code_lookup_all()
 * @known: (out): %FALSE where nothing is known of the code
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the likeliest code; %NULL where the text is none
 */
CotCode *
cot_code_lookup (const char *text, gboolean *known)
{
  g_autoptr (GPtrArray) codes = cot_code_lookup_all (text, NULL);
  CotCode *code = codes->len > 0 ? g_ptr_array_steal_index (codes, 0) : NULL;

  *known = code != NULL && code->is_known;
  return code;
}

/**
 * cot_codes_find_in_log:
 * @text: a message
 * @log: (nullable): the name of its log
 * @component: (nullable): who wrote it
 *
 * The known codes in it, in order, as they are meant in that log. Any thread.
 *
 * Returns: (transfer full) (element-type CotCode): codes
 */
GPtrArray *
cot_codes_find_in_log (const char *text, const char *log, const char *component)
{
  GPtrArray *codes = codes_new ();
  g_autoptr (GArray) found = cot_codes_find_in_log_text (
      text, (gssize) strlen (text), cot_code_context_for_log (log, component));

  for (guint i = 0; i < found->len; i++)
    {
      const CotFoundCode *place = &g_array_index (found, CotFoundCode, i);
      CotCode *code = code_from_meaning (&place->meaning);

      code->start = place->start_bytes;
      code->end = place->end_bytes;
      g_ptr_array_add (codes, code);
    }
  return codes;
}

/**
 * cot_codes_find:
 * @text: any text
 *
 * The known codes in it, in order. Any thread.
 *
 * Returns: (transfer full) (element-type CotCode): codes
 */
GPtrArray *
cot_codes_find (const char *text)
{
  return cot_codes_find_in_log (text, NULL, NULL);
}

/**
 * cot_code_search:
 * @words: what a person typed
 * @max: how many to give at most
 * @n_all: (out) (optional): how many hold all words
 *
 * Any thread; cheap.
 *
 * Returns: (transfer full) (element-type CotCode): the best, the best first
 */
GPtrArray *
cot_code_search (const char *words, guint max, guint *n_all)
{
  GPtrArray *codes = codes_new ();
  g_autoptr (GArray) matches = cot_codes_search (words, max, n_all);

  for (guint i = 0; i < matches->len; i++)
    {
      const CotCodeMatch *match = &g_array_index (matches, CotCodeMatch, i);
      CotErrorMeaning meaning;

      if (match->entry != NULL)
        cot_error_code_decode (match->entry->code, &meaning);
      else
        cot_error_status_decode (match->status->scheme, match->status->code,
                                 match->status->sub_status, &meaning);
      g_ptr_array_add (codes, code_from_meaning (&meaning));
    }
  return codes;
}

#define STATUS_WORDS \
  "(?:https?(?:/\\d(?:\\.\\d)?)?|status|status ?code|httpstatus(?:code)?|code|result)"
#define SIGNS "[ =:(\\['\"]*"

/* The number in each way to write 32 bits. */
static void
append_spellings (GString *pattern, guint32 code)
{
  g_string_append_printf (pattern, "|\\b0x0*%x\\b", code);
  if (code >= 0x80000000u)
    g_string_append_printf (pattern, "|(?<![\\w{-])(?:%08x|%u)(?![\\w}-])|-%u\\b", code, code,
                            (guint32) - (gint64) (gint32) code);
}

/**
 * cot_code_dup_twin:
 * @code: a code
 *
 * Returns: (transfer full) (nullable): how the same error is written in its other form; %NULL where
 *   it has none
 */
char *
cot_code_dup_twin (const CotCode *code)
{
  if (code->twin == 0)
    return NULL;
  /* An error of Windows is known by its decimal number. */
  return g_strdup_printf (code->twin > G_MAXUINT16 ? "0x%08X" : "%u", code->twin);
}

/**
 * cot_code_dup_pattern:
 * @code: a code
 *
 * For cot_find_new(), with %COT_PATTERN_CASELESS: hexadecimal with and without 0x, signed and
 * unsigned decimal, a Win32 error also as a HRESULT and the other way round.
 *
 * Returns: (transfer full): the pattern
 */
char *
cot_code_dup_pattern (const CotCode *code)
{
  GString *pattern = g_string_new (NULL);
  guint32 low = code->code & 0xffff;
  gboolean is_win32 = code->code <= 0xffff || (code->code & 0xffff0000u) == 0x80070000u;

  if (!code->is_number)
    g_string_append_printf (pattern, "|\\b%s\\b", code->code_text);
  else if (!g_str_has_prefix (code->code_text, "0x"))
    {
      const char *number = strchr (code->code_text, ' ') + 1;
      g_autofree char *escaped = g_regex_escape_string (number, -1);

      g_string_append_printf (pattern, "|\\b" STATUS_WORDS SIGNS "%s\\b", escaped);
      if (strchr (number, '.') == NULL)
        append_spellings (pattern, code->code);
    }
  else
    {
      append_spellings (pattern, code->code);
      if (is_win32)
        {
          append_spellings (pattern, code->code <= 0xffff ? 0x80070000u | low : low);
          cot_codes_append_small_pattern (pattern, low);
        }
    }
  g_string_erase (pattern, 0, 1);
  return g_string_free (pattern, FALSE);
}
