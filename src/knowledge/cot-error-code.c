/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-error-code.h"

#include "cot-knowledge-data.h"

#include <stdlib.h>
#include <string.h>

#define TABLE_PATH "/io/github/cotrace/Cotrace/knowledge/error-codes.tsv"

/* HRESULT_FROM_WIN32 */
#define FACILITY_WIN32 0x80070000u
/* HTTP statuses as BITS and the enrollment client report them */
#define FACILITY_HTTP 0x80190000u
/* SyncML statuses as Intune reports them: 0x87D10000 + status */
#define FACILITY_SYNCML 0x87D10000u

static int
compare_codes (gconstpointer a, gconstpointer b)
{
  const CotErrorCode *left = a;
  const CotErrorCode *right = b;

  return left->code < right->code ? -1 : left->code > right->code;
}

static gboolean
parse_row (char *row, CotErrorCode *entry)
{
  char *fields[5];
  char *rest = row;
  char *end;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      fields[i] = strsep (&rest, "\t");
      if (fields[i] == NULL)
        return FALSE;
    }
  entry->code = (guint32) strtoul (fields[0], &end, 16);
  entry->family = g_intern_string (fields[1]);
  entry->text_kind
      = g_str_equal (fields[2], "own") ? COT_ERROR_TEXT_OWN : COT_ERROR_TEXT_SYMBOL;
  entry->symbol = fields[3];
  entry->text = fields[4];
  return *end == '\0' && end != fields[0];
}

/* The rows point into @text, which stays. */
static GArray *
parse_table (char *text)
{
  GArray *table = g_array_new (FALSE, FALSE, sizeof (CotErrorCode));
  char *rest = text;
  char *row;

  while ((row = strsep (&rest, "\n")) != NULL)
    {
      CotErrorCode entry;

      if (*row != '#' && parse_row (row, &entry))
        g_array_append_val (table, entry);
    }
  g_array_sort (table, compare_codes);
  return table;
}

static GArray *
get_table (void)
{
  static GArray *table = NULL;

  if (g_once_init_enter (&table))
    {
      g_autoptr (GBytes) bytes = g_resource_lookup_data (
          cot_knowledge_data_get_resource (), TABLE_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      gsize length_bytes = 0;
      const char *data = bytes != NULL ? g_bytes_get_data (bytes, &length_bytes) : "";

      g_once_init_leave (&table, parse_table (g_strndup (data, length_bytes)));
    }
  return table;
}

/**
 * cot_error_codes_get_n:
 * Any thread; the first call reads the table.
 *
 * Returns: the number of rows of the table
 */
guint
cot_error_codes_get_n (void)
{
  return get_table ()->len;
}

/**
 * cot_error_codes_get:
 * @index: below cot_error_codes_get_n()
 *
 * Returns: (transfer none): a row, in ascending order of the unsigned codes
 */
const CotErrorCode *
cot_error_codes_get (guint index)
{
  return &g_array_index (get_table (), CotErrorCode, index);
}

/**
 * cot_error_code_lookup:
 * @code: a code
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): the row of exactly that code
 */
const CotErrorCode *
cot_error_code_lookup (guint32 code)
{
  const CotErrorCode key = { .code = code };
  GArray *table = get_table ();

  if (table->len == 0)
    return NULL;
  return bsearch (&key, table->data, table->len, sizeof (CotErrorCode), compare_codes);
}

/* Misspellings that were copied so often that people search for them. */
static const struct
{
  const char *text;
  guint32 code;
} misspelt[] = {
  { "80180002b", 0x8018002bu },
  { "801c003", 0x801c0003u },
};

static gboolean
parse_hex (const char *text, guint32 *code)
{
  gsize n = strlen (text);

  for (guint i = 0; i < G_N_ELEMENTS (misspelt); i++)
    if (g_ascii_strcasecmp (misspelt[i].text, text) == 0)
      {
        *code = misspelt[i].code;
        return TRUE;
      }

  if (n == 0 || n > 8 || strspn (text, "0123456789abcdefABCDEF") != n)
    return FALSE;
  *code = (guint32) g_ascii_strtoull (text, NULL, 16);
  return TRUE;
}

/**
 * cot_error_code_parse:
 * @text: what somebody typed or a line holds
 * @length_bytes: its size, or -1
 * @code: (out): the code as an unsigned number
 *
 * Hexadecimal with 0x; without it where it has eight digits or holds a letter; decimal, signed or
 * not. White space around it does not matter. Eight decimal digits that start with 8 are the
 * HRESULT that people mean.
 *
 * Returns: %FALSE where it is no 32-bit number
 */
gboolean
cot_error_code_parse (const char *text, gssize length_bytes, guint32 *code)
{
  g_autofree char *copy
      = g_strndup (text, length_bytes < 0 ? strlen (text) : (gsize) length_bytes);
  const char *trimmed = g_strstrip (copy);
  gsize n_digits = strspn (trimmed, "0123456789");
  gint64 number;

  if (g_ascii_strncasecmp (trimmed, "0x", 2) == 0)
    return parse_hex (trimmed + 2, code);
  if (trimmed[n_digits] != '\0' && *trimmed != '-')
    return parse_hex (trimmed, code);
  if (n_digits == 8 && (*trimmed == '8' || *trimmed == '0'))
    return parse_hex (trimmed, code);
  if (!g_ascii_string_to_signed (trimmed, 10, G_MININT32, G_MAXUINT32, &number, NULL))
    return FALSE;
  *code = (guint32) number;
  return TRUE;
}

/* What stands inside of a code by the rules of its facility. */
static void
find_inner (guint32 code, CotErrorMeaning *meaning)
{
  guint32 low = code & 0xffff;

  switch (code & 0xffff0000u)
    {
    case FACILITY_WIN32:
      meaning->inner = low;
      meaning->inner_kind = COT_IS_WINHTTP (low) ? "WinHTTP" : "Win32";
      break;
    case FACILITY_HTTP:
      meaning->inner = low >= 100 && low <= 599 ? low : 0;
      meaning->inner_kind = meaning->inner != 0 ? "HTTP" : NULL;
      break;
    case FACILITY_SYNCML:
      meaning->inner = low >= 100 && low <= 599 ? low : 0;
      meaning->inner_kind = meaning->inner != 0 ? "SyncML" : NULL;
      break;
    default:
      break;
    }
}

/* Failures have other symbols than the successes that are told by a code. */
static gboolean
is_success_symbol (const char *symbol)
{
  return g_str_has_prefix (symbol, "ERROR_SUCCESS")
         || g_str_has_prefix (symbol, "HRESULT_FROM_WIN32(ERROR_SUCCESS");
}

/**
 * cot_error_code_get_twin:
 * @code: a code
 *
 * Programs write a Win32 error as its number or as the HRESULT that is made of it: 12007 and
 * 0x80072EE7 are one error.
 *
 * Returns: the other form; 0 where it has none
 */
guint32
cot_error_code_get_twin (guint32 code)
{
  if (code != 0 && code <= 0xffff)
    return FACILITY_WIN32 | code;
  return (code & 0xffff0000u) == FACILITY_WIN32 ? code & 0xffff : 0;
}

/**
 * cot_error_code_decode:
 * @code: a code
 * @meaning: (out): what it means
 *
 * Any thread.
 *
 * Returns: %FALSE where neither the table nor a rule knows it
 */
gboolean
cot_error_code_decode (guint32 code, CotErrorMeaning *meaning)
{
  memset (meaning, 0, sizeof *meaning);
  meaning->code = code;
  meaning->sub_status = COT_STATUS_NO_SUB;
  /* A HRESULT without its highest bit is a success; a small number is a Win32 error. */
  meaning->success = code == 0 || (code > 0xffff && code < 0x80000000u);
  meaning->entry = cot_error_code_lookup (code);
  find_inner (code, meaning);
  if (meaning->entry == NULL && meaning->inner != 0
      && (code & 0xffff0000u) == FACILITY_WIN32)
    {
      meaning->entry = cot_error_code_lookup (meaning->inner);
      meaning->by_rule = meaning->entry != NULL;
    }
  if (meaning->entry != NULL)
    {
      meaning->success = meaning->success || is_success_symbol (meaning->entry->symbol);
      return TRUE;
    }
  return meaning->inner != 0 && (code & 0xffff0000u) != FACILITY_WIN32;
}

/**
 * cot_error_code_decode_in:
 * @code: a code
 * @context: where it stands
 * @meaning: (out): what it means there
 *
 * Any thread.
 *
 * Returns: %FALSE where neither the tables nor a rule know it
 */
gboolean
cot_error_code_decode_in (guint32 code, CotCodeContext context, CotErrorMeaning *meaning)
{
  gboolean known = cot_error_code_decode (code, meaning);

  meaning->special = cot_status_code_lookup_in (code, context);
  return known || meaning->special != NULL;
}

/**
 * cot_error_status_decode:
 * @scheme: what kind of number it is, not %COT_CODE_NUMBER
 * @status: the number
 * @sub_status: what follows its dot, or %COT_STATUS_NO_SUB
 * @meaning: (out): what it means
 *
 * Any thread.
 *
 * Returns: %FALSE where nothing is known of it
 */
gboolean
cot_error_status_decode (CotCodeScheme scheme, guint32 status, guint32 sub_status,
                         CotErrorMeaning *meaning)
{
  guint32 facility = scheme == COT_CODE_HTTP ? FACILITY_HTTP : FACILITY_SYNCML;

  memset (meaning, 0, sizeof *meaning);
  meaning->scheme = scheme;
  meaning->status = status;
  meaning->sub_status = sub_status;
  meaning->code = status;
  meaning->special = cot_status_code_lookup (scheme, status, sub_status);
  if (scheme == COT_CODE_AADSTS)
    return meaning->special != NULL;
  meaning->code = facility | (status & 0xffff);
  meaning->success = status < 400;
  meaning->entry = cot_error_code_lookup (meaning->code);
  return meaning->special != NULL || meaning->entry != NULL;
}

/**
 * cot_error_meaning_describe:
 * @meaning: of a code that is known
 *
 * Returns: (transfer full) (nullable): it in one line of text
 */
char *
cot_error_meaning_describe (const CotErrorMeaning *meaning)
{
  const CotErrorCode *entry = meaning->entry;
  const CotStatusCode *special = meaning->special;

  if (special != NULL && *special->symbol != '\0')
    return g_strdup_printf ("%s (%s)", special->text, special->symbol);
  if (special != NULL)
    return g_strdup (special->text);
  if (entry == NULL && meaning->inner != 0)
    return g_strdup_printf ((meaning->code & 0xffff0000u) == FACILITY_WIN32 ? "%s error %u"
                                                                           : "%s status %u",
                            meaning->inner_kind, meaning->inner);
  if (entry == NULL)
    return NULL;
  if (*entry->symbol == '\0')
    return g_strdup (entry->text);
  if (entry->text_kind == COT_ERROR_TEXT_SYMBOL)
    return g_strdup (entry->symbol);
  return g_strdup_printf ("%s (%s)", entry->text, entry->symbol);
}

/**
 * cot_error_code_describe:
 * @code: a code
 *
 * Returns: (transfer full) (nullable): its meaning for one line of text
 */
char *
cot_error_code_describe (guint32 code)
{
  CotErrorMeaning meaning;

  return cot_error_code_decode (code, &meaning) ? cot_error_meaning_describe (&meaning) : NULL;
}
