/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-error-code.h"

#include "cot-code-words-private.h"

#include <string.h>

/* "0x80070005" */
#define MARKED_BYTES 10
/* Digits of a HRESULT in hexadecimal. */
#define HEX_DIGITS 8
#define MIN_AADSTS_DIGITS 4
#define MAX_AADSTS_DIGITS 8
#define FIRST_FAILED_STATUS 400
#define LAST_STATUS 599
/* No code has as many digits: what more of them there are need not be counted. */
#define ENOUGH_DIGITS 16

/* A message may be long and made to be slow to look at: nothing here may look through all of it for
 * each number in it. */
typedef struct
{
  const char *text;
  gsize n;
  CotCodeContext context;
  enum
  {
    NOT_ASKED,
    SPEAKS_OF_ERROR,
    SPEAKS_OF_NONE
  } error;
} Text;

/* What stands at a place, if it is a code. */
typedef struct
{
  gsize n_bytes; /* 0: none */
  CotCodeScheme scheme;
  guint32 code;
  guint32 sub_status;
} Token;

static char
char_at (const Text *text, gsize i)
{
  return i < text->n ? text->text[i] : '\0';
}

static gboolean
starts_with (const Text *text, gsize start, const char *word)
{
  gsize n = strlen (word);

  return start <= text->n && text->n - start >= n
         && g_ascii_strncasecmp (text->text + start, word, n) == 0;
}

/* Up to ENOUGH_DIGITS. */
static gsize
count_digits (const Text *text, gsize start, gboolean hex)
{
  gsize n = 0;

  while (n < ENOUGH_DIGITS && start + n < text->n
         && (hex ? g_ascii_isxdigit (text->text[start + n])
                 : g_ascii_isdigit (text->text[start + n])))
    n++;
  return n;
}

static gboolean
is_bare_code (const Text *text, gsize start)
{
  return char_at (text, start) == '8' && count_digits (text, start, TRUE) == HEX_DIGITS;
}

/* A code without 0x could be a number of anything: it counts neither inside of words, GUIDs, paths
 * and versions nor where a unit follows. "80072ee7/80072ee2" is a pair of codes. */
static gboolean
joins_before (const Text *text, gsize start)
{
  char c;

  if (start == 0)
    return FALSE;
  c = text->text[start - 1];
  if (c == '/' && start > HEX_DIGITS && is_bare_code (text, start - 1 - HEX_DIGITS))
    return start > HEX_DIGITS + 1 && g_ascii_isalnum (text->text[start - 2 - HEX_DIGITS]);
  return g_ascii_isalnum (c) || strchr ("_-{.\\/#%&+", c) != NULL;
}

static gboolean
joins_after (const Text *text, gsize end)
{
  char c = char_at (text, end);

  if (end >= text->n)
    return FALSE;
  if (c == '/' && is_bare_code (text, end + 1))
    return g_ascii_isalnum (char_at (text, end + 1 + HEX_DIGITS));
  if (g_ascii_isalnum (c) || strchr ("_-}\\/%", c) != NULL)
    return TRUE;
  /* "1.5" and "1,234", but not the end of a sentence */
  return (c == '.' || c == ',') && g_ascii_isalnum (char_at (text, end + 1));
}

/* "80073712 bytes" */
static gboolean
has_unit (const Text *text, gsize end)
{
  if (char_at (text, end) != ' ')
    return FALSE;
  for (guint i = 0; cot_code_units[i] != NULL; i++)
    {
      gsize n = strlen (cot_code_units[i]);

      if (!starts_with (text, end + 1, cot_code_units[i]))
        continue;
      if (char_at (text, end + 1 + n) == 's')
        n++;
      if (!g_ascii_isalnum (char_at (text, end + 1 + n)))
        return TRUE;
    }
  return FALSE;
}

/* The 0x says that it is a number of its own, so that it stands in pairs, lists and brackets; but
 * not in the struct of a GUID, "{0x80070005, 0x4c6e, ...}", nor as the offset in a module. */
static gboolean
is_marked_code (const Text *text, gsize start)
{
  gsize end = start + MARKED_BYTES;
  char before = start > 0 ? text->text[start - 1] : ' ';
  char after = char_at (text, end);

  if (g_ascii_isalnum (before) || strchr ("_\\%+", before) != NULL
      || g_ascii_isalnum (after) || (after != '\0' && strchr ("_\\%", after) != NULL))
    return FALSE;
  if (before == '{' && after == ',')
    return FALSE;
  return !(after == '-' && count_digits (text, end + 1, TRUE) == 4
           && char_at (text, end + 5) == '-');
}

static Token
measure_marked (const Text *text, gsize start)
{
  Token token = { 0 };

  if (char_at (text, start) == '0' && (char_at (text, start + 1) | 0x20) == 'x'
      && count_digits (text, start + 2, TRUE) == HEX_DIGITS && is_marked_code (text, start))
    {
      g_autofree char *digits = g_strndup (text->text + start + 2, HEX_DIGITS);

      token.n_bytes = MARKED_BYTES;
      token.code = (guint32) g_ascii_strtoull (digits, NULL, 16);
    }
  return token;
}

/* Without a 0x only what is clearly a failed HRESULT: eight digits, the first one an 8; or a
 * decimal that is negative, or as large as one. */
static Token
measure_bare (const Text *text, gsize start)
{
  Token token = { 0 };
  gboolean hex = is_bare_code (text, start);
  gsize sign = char_at (text, start) == '-' ? 1 : 0;
  gsize n = hex ? HEX_DIGITS : sign + count_digits (text, start + sign, FALSE);
  g_autofree char *digits = NULL;
  gint64 number;

  if ((!hex && (n < 10 || n > 11)) || joins_before (text, start) || joins_after (text, start + n)
      || has_unit (text, start + n))
    return token;
  digits = g_strndup (text->text + start, n);
  if (hex)
    number = (gint64) g_ascii_strtoull (digits, NULL, 16);
  else if (!g_ascii_string_to_signed (digits, 10, G_MININT32, G_MAXUINT32, &number, NULL))
    return token;
  token.n_bytes = n;
  token.code = (guint32) number;
  return token;
}

/* Whether one of @words, whole, stands before @start with no more than signs between. */
static gboolean
is_called (const Text *text, gsize start, const char *const *words)
{
  gsize end = start;

  while (end > 0 && strchr (COT_CODE_SIGNS, text->text[end - 1]) != NULL)
    end--;
  if (end == start)
    return FALSE;
  for (guint i = 0; words[i] != NULL; i++)
    {
      gsize n = strlen (words[i]);

      if (end >= n && g_ascii_strncasecmp (text->text + end - n, words[i], n) == 0
          && (end == n || !g_ascii_isalnum (text->text[end - n - 1])))
        return TRUE;
    }
  return FALSE;
}

static Token
read_number (const Text *text, gsize start, gsize n)
{
  Token token = { .n_bytes = n };

  for (gsize i = 0; i < n; i++)
    token.code = token.code * 10 + (guint32) (text->text[start + i] - '0');
  return token;
}

static gboolean
has_error_word (const Text *text)
{
  for (gsize i = 0; i < text->n; i++)
    for (guint j = 0; cot_code_error_words[j] != NULL; j++)
      if (starts_with (text, i, cot_code_error_words[j]))
        return TRUE;
  return FALSE;
}

static gboolean
is_called_winhttp (Text *text, gsize start)
{
  if (text->error == SPEAKS_OF_NONE || !is_called (text, start, cot_code_winhttp_words))
    return FALSE;
  if (text->error == NOT_ASKED)
    text->error = has_error_word (text) ? SPEAKS_OF_ERROR : SPEAKS_OF_NONE;
  return text->error == SPEAKS_OF_ERROR;
}

/* "error code 1603", "Error = 12007": a small number is a Win32 error only where the text calls it
 * so. Below 1000 programs have return codes of their own, unless it is named as the system's. */
static Token
measure_small (Text *text, gsize start)
{
  gsize n = count_digits (text, start, FALSE);
  Token token;

  if (n == 0 || n > 5 || char_at (text, start) == '0' || joins_after (text, start + n)
      || has_unit (text, start + n))
    return (Token){ 0 };
  token = read_number (text, start, n);
  if (COT_IS_WINHTTP (token.code) && is_called_winhttp (text, start))
    return token;
  if ((n >= 4 && is_called (text, start, cot_code_words))
      || is_called (text, start, cot_code_system_words))
    return token;
  return (Token){ 0 };
}

/* "HTTP 403.7": the number behind the dot is the sub-status. */
static gsize
measure_sub_status (const Text *text, gsize end, guint32 *sub_status)
{
  gsize n = char_at (text, end) == '.' ? count_digits (text, end + 1, FALSE) : 0;

  *sub_status = COT_STATUS_NO_SUB;
  if (n == 0 || n > 3 || joins_after (text, end + 1 + n))
    return 0;
  *sub_status = read_number (text, end + 1, n).code;
  return n + 1;
}

static Token
measure_status (const Text *text, gsize start)
{
  static const char *const http_words[]
      = { "http", "http/1.1", "http/1.0", "http/2", "http status", "http status code",
          "httpstatus", "httpstatuscode", "http code", "http error", "http error code",
          "status code", "statuscode", NULL };
  static const char *const syncml_words[] = { "syncml", "syncml status", "syncml status code",
                                              NULL };
  static const char *const status_words[]
      = { "status", "status code", "statuscode", "result", "csp result", NULL };
  /* The token service of a management point: "Return code: 401, Description: ..." */
  static const char *const sts_words[] = { "return code", NULL };
  Token token;
  gsize n_sub;

  if (count_digits (text, start, FALSE) != 3
      || (start > 0 && g_ascii_isalnum (text->text[start - 1])))
    return (Token){ 0 };
  token = read_number (text, start, 3);
  if (token.code < FIRST_FAILED_STATUS || token.code > LAST_STATUS)
    return (Token){ 0 };
  n_sub = measure_sub_status (text, start + 3, &token.sub_status);
  if (n_sub == 0 && joins_after (text, start + 3))
    return (Token){ 0 };
  if (is_called (text, start, syncml_words)
      || ((text->context & COT_CODE_IN_SYNCML) != 0 && is_called (text, start, status_words)))
    token.scheme = COT_CODE_SYNCML;
  else if (is_called (text, start, http_words)
           || (starts_with (text, start + 3, ", description:")
               && is_called (text, start, sts_words)))
    token.scheme = COT_CODE_HTTP;
  else
    return (Token){ 0 };
  token.n_bytes += n_sub;
  return token;
}

static Token
measure_aadsts (const Text *text, gsize start)
{
  gsize n_word = strlen ("AADSTS");
  gsize n;
  Token token;

  if (!starts_with (text, start, "AADSTS")
      || (start > 0 && (g_ascii_isalnum (text->text[start - 1]) || text->text[start - 1] == '_')))
    return (Token){ 0 };
  n = count_digits (text, start + n_word, FALSE);
  if (n < MIN_AADSTS_DIGITS || n > MAX_AADSTS_DIGITS
      || g_ascii_isalnum (char_at (text, start + n_word + n))
      || char_at (text, start + n_word + n) == '_')
    return (Token){ 0 };
  token = read_number (text, start + n_word, n);
  token.n_bytes += n_word;
  token.scheme = COT_CODE_AADSTS;
  token.sub_status = COT_STATUS_NO_SUB;
  return token;
}

static Token
measure (Text *text, gsize start)
{
  char c = text->text[start];
  Token token = { 0 };

  if (c == 'A' || c == 'a')
    return measure_aadsts (text, start);
  if (!g_ascii_isdigit (c) && c != '-')
    return token;
  token = measure_marked (text, start);
  if (token.n_bytes == 0)
    token = measure_bare (text, start);
  if (token.n_bytes == 0 && c != '-')
    token = measure_small (text, start);
  if (token.n_bytes == 0 && c != '-')
    token = measure_status (text, start);
  return token;
}

/* Numbers that are a success by their form are no codes to people: 0, 0x00000000, addresses. */
static gboolean
decode (const Text *text, const Token *token, CotErrorMeaning *meaning)
{
  if (token->scheme != COT_CODE_NUMBER)
    return cot_error_status_decode (token->scheme, token->code, token->sub_status, meaning);
  if (token->code == 0 || (token->code > 0xffff && token->code < 0x80000000u))
    return FALSE;
  return cot_error_code_decode_in (token->code, text->context, meaning);
}

/**
 * cot_codes_find_in_log_text:
 * @text: a message
 * @length_bytes: its size, or -1
 * @context: the kind of log that it stands in
 *
 * Only what the tables or a rule know. Never reads beyond @length_bytes.
 *
 * Returns: (transfer full) (element-type CotFoundCode): in the order of the text
 */
GArray *
cot_codes_find_in_log_text (const char *text, gssize length_bytes, CotCodeContext context)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (CotFoundCode));
  Text whole = { .text = text,
                 .n = length_bytes < 0 ? strlen (text) : (gsize) length_bytes,
                 .context = context };
  gsize i = 0;

  while (i < whole.n)
    {
      CotFoundCode one = { .start_bytes = i };
      Token token = measure (&whole, i);

      if (token.n_bytes == 0 || !decode (&whole, &token, &one.meaning))
        {
          i++;
          continue;
        }
      i += token.n_bytes;
      one.end_bytes = i;
      g_array_append_val (found, one);
    }
  return found;
}

/**
 * cot_codes_find_in_text:
 * @text: a message
 * @length_bytes: its size, or -1
 *
 * As cot_codes_find_in_log_text(), where nothing is known of the log.
 *
 * Returns: (transfer full) (element-type CotFoundCode): in the order of the text
 */
GArray *
cot_codes_find_in_text (const char *text, gssize length_bytes)
{
  return cot_codes_find_in_log_text (text, length_bytes, COT_CODE_ANYWHERE);
}
