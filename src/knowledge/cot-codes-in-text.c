/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-error-code.h"

#include <string.h>

/* Where a number cannot be a code of its own: inside of words, GUIDs, paths and versions. */
static gboolean
joins_before (char c)
{
  return g_ascii_isalnum (c) || strchr ("_-{.\\/#%&+", c) != NULL;
}

static gboolean
joins_after (const char *text, gsize length_bytes, gsize end)
{
  char c;

  if (end >= length_bytes)
    return FALSE;
  c = text[end];
  if (g_ascii_isalnum (c) || strchr ("_-}\\/%", c) != NULL)
    return TRUE;
  /* "1.5" and "1,234", but not the end of a sentence */
  return (c == '.' || c == ',') && end + 1 < length_bytes && g_ascii_isalnum (text[end + 1]);
}

static gsize
count_digits (const char *text, gsize length_bytes, gsize start, gboolean hex, gboolean *letters)
{
  gsize n = 0;

  *letters = FALSE;
  while (start + n < length_bytes
         && (hex ? g_ascii_isxdigit (text[start + n]) : g_ascii_isdigit (text[start + n])))
    *letters |= g_ascii_isalpha (text[start + n++]);
  return n;
}

/* The longest token at @start that could be a code; 0 for none. */
static gsize
measure (const char *text, gsize length_bytes, gsize start, guint32 *code)
{
  const char *p = text + start;
  gsize left = length_bytes - start;
  gboolean letters;
  gsize n;
  gint64 number;

  if (left > 2 && p[0] == '0' && (p[1] == 'x' || p[1] == 'X'))
    {
      n = count_digits (text, length_bytes, start + 2, TRUE, &letters);
      if (n != 8)
        return 0;
      *code = (guint32) g_ascii_strtoull (p + 2, NULL, 16);
      return 10;
    }
  n = count_digits (text, length_bytes, start, TRUE, &letters);
  /* Without a 0x only what is clearly a failed HRESULT: eight digits, the first one an 8. */
  if (n == 8 && p[0] == '8')
    {
      g_autofree char *digits = g_strndup (p, n);

      *code = (guint32) g_ascii_strtoull (digits, NULL, 16);
      return n;
    }
  n = count_digits (text, length_bytes, start + (p[0] == '-' ? 1 : 0), FALSE, &letters);
  n += p[0] == '-' ? 1 : 0;
  if (n < 10 || n > 11)
    return 0;
  {
    g_autofree char *digits = g_strndup (p, n);

    if (!g_ascii_string_to_signed (digits, 10, G_MININT32, G_MAXUINT32, &number, NULL))
      return 0;
  }
  *code = (guint32) number;
  return n;
}

/* "error code 1603", "Error = 12007": a small number is a Win32 error only where the text calls it
 * so. Below 1000 programs have return codes of their own. */
static gboolean
is_called_error (const char *text, gsize start)
{
  static const char *const words[]
      = { "error", "error code", "errorcode", "exitcode", "exit code" };
  gsize end = start;

  while (end > 0 && strchr (" =:(", text[end - 1]) != NULL)
    end--;
  if (end == start)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize n = strlen (words[i]);

      if (end >= n && g_ascii_strncasecmp (text + end - n, words[i], n) == 0
          && (end == n || !g_ascii_isalnum (text[end - n - 1])))
        return TRUE;
    }
  return FALSE;
}

static gsize
measure_small (const char *text, gsize length_bytes, gsize start, guint32 *code)
{
  gboolean letters;
  gsize n = count_digits (text, length_bytes, start, FALSE, &letters);

  if (n < 4 || n > 5 || text[start] == '0' || !is_called_error (text, start))
    return 0;
  *code = 0;
  for (gsize i = 0; i < n; i++)
    *code = *code * 10 + (guint32) (text[start + i] - '0');
  return n;
}

static gboolean
is_start (char c)
{
  return g_ascii_isdigit (c) || c == '-';
}

/**
 * cot_codes_find_in_text:
 * @text: a message
 * @length_bytes: its size, or -1
 *
 * Only failures, and only what the table or a rule knows. Never reads beyond @length_bytes.
 *
 * Returns: (transfer full) (element-type CotFoundCode): in the order of the text
 */
GArray *
cot_codes_find_in_text (const char *text, gssize length_bytes)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (CotFoundCode));
  gsize n = length_bytes < 0 ? strlen (text) : (gsize) length_bytes;
  gsize i = 0;

  while (i < n)
    {
      CotFoundCode one = { .start_bytes = i };
      guint32 code = 0;
      gsize token_bytes = 0;

      if (is_start (text[i]) && (i == 0 || !joins_before (text[i - 1])))
        token_bytes = measure (text, n, i, &code);
      if (token_bytes == 0 && is_start (text[i]))
        token_bytes = measure_small (text, n, i, &code);
      if (token_bytes == 0 || joins_after (text, n, i + token_bytes)
          || (code > 0xffff && code < 0x80000000u)
          || !cot_error_code_decode (code, &one.meaning))
        {
          i++;
          continue;
        }
      i += token_bytes;
      one.end_bytes = i;
      g_array_append_val (found, one);
    }
  return found;
}
