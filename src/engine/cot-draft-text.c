/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a message is likely to stand in other lines of its kind, too. */

#include "cot-draft.h"

#include <string.h>

#define MAX_TEXT_BYTES 240
/* Behind more than these, nothing is needed to know the line. */
#define MAX_PARTS 5
/* A shorter one between two things that differ stands anywhere. */
#define MIN_PART_LETTERS 4
#define GUID_BYTES 36
#define HRESULT_BYTES 10

static gsize
count_while (const char *p, gboolean (*is_one) (gchar c))
{
  gsize n = 0;

  while (p[n] != '\0' && is_one (p[n]))
    n++;
  return n;
}

static gboolean
is_digit (gchar c)
{
  return g_ascii_isdigit (c);
}

static gboolean
is_hex (gchar c)
{
  return g_ascii_isxdigit (c);
}

static gboolean
is_guid_letter (gchar c)
{
  return g_ascii_isxdigit (c) || c == '-';
}

/* Between these, two numbers are one time, date, version or address. */
static gboolean
joins_digits (gchar c)
{
  return c == ':' || c == '.' || c == '/' || c == '-' || c == ',' || c == '+' || c == 'T';
}

static gboolean
is_fixed_letter (gchar c)
{
  return g_ascii_isprint (c) && !g_ascii_isdigit (c);
}

static gboolean
is_word_letter (gchar c)
{
  return g_ascii_isalnum (c) || c == '_';
}

/* "Error 0x80070005" and "-2147024891" say which failure it is. */
static gboolean
is_failure_code (const char *p, gsize n)
{
  if (n != HRESULT_BYTES && n != HRESULT_BYTES + 1)
    return FALSE;
  if (g_str_has_prefix (p, "0x"))
    return n == HRESULT_BYTES && strchr ("8cCdD", p[2]) != NULL;
  return n == HRESULT_BYTES + 1 && g_str_has_prefix (p, "-214");
}

/* The length of what differs from line to line at the start of a word; 0. */
static gsize
measure_variable (const char *p)
{
  gsize n = count_while (p, is_guid_letter);

  if (n >= GUID_BYTES && p[8] == '-' && p[13] == '-')
    return n;
  if (g_str_has_prefix (p, "S-1-"))
    return 4 + count_while (p + 4, is_guid_letter);
  if (p[0] == '0' && (p[1] == 'x' || p[1] == 'X'))
    return 2 + count_while (p + 2, is_hex);
  /* A long one of hexadecimal digits, as of a hash or a thumbprint. */
  n = count_while (p, is_hex);
  if (n >= 8 && strcspn (p, "0123456789") < n && !is_word_letter (p[n]))
    return n;
  n = *p == '-' && g_ascii_isdigit (p[1]) ? 1 : 0;
  if (!g_ascii_isdigit (p[n]))
    return 0;
  do
    n += count_while (p + n, is_digit);
  while (p[n] != '\0' && joins_digits (p[n]) && g_ascii_isdigit (p[n + 1]) && n++ > 0);
  return n;
}

/* A name, such as "PC0042" or "PS1-SRV0001": letters and three digits or more. */
static gsize
measure_numbered_name (const char *p)
{
  gsize n = 0;
  gsize n_digits = 0;

  for (; is_word_letter (p[n]) || p[n] == '-'; n++)
    n_digits += g_ascii_isdigit (p[n]) ? 1 : 0;
  return n_digits >= 3 ? n : 0;
}

static gboolean
contains (const char *p, gsize n, const char *text)
{
  return g_strstr_len (p, (gssize) n, text) != NULL;
}

/* Addresses, mail addresses, folders of users and shares. */
static gboolean
is_variable_word (const char *p, gsize n)
{
  return contains (p, n, "://") || contains (p, n, "@") || contains (p, n, "\\Users\\")
         || contains (p, n, "\\\\");
}

static void
append_anything (GString *text)
{
  if (!g_str_has_suffix (text->str, COT_DRAFT_ANYTHING))
    g_string_append (text, COT_DRAFT_ANYTHING);
}

/* One piece of a word, which may differ or not. Returns its length. */
static gsize
take_piece (GString *text, const char *p, gboolean at_start)
{
  gsize n = at_start ? measure_variable (p) : 0;

  if (n > 0 && is_failure_code (p, n))
    {
      g_string_append_len (text, p, (gssize) n);
      return n;
    }
  if (n == 0 && at_start)
    n = measure_numbered_name (p);
  if (n > 0)
    {
      append_anything (text);
      return n;
    }
  if (is_fixed_letter (*p) || (!at_start && g_ascii_isdigit (*p)))
    {
      g_string_append_c (text, *p);
      return 1;
    }
  append_anything (text);
  return 1;
}

/* The words of a line, with marks for what differs. */
static char *
mark_line (const char *line)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean at_start = TRUE;

  for (const char *p = line; *p != '\0';)
    {
      gsize n_word = strcspn (p, " \t\"'<>()[],;=");

      if (n_word > 0 && is_variable_word (p, n_word))
        {
          append_anything (text);
          p += n_word;
          at_start = FALSE;
          continue;
        }
      if (n_word == 0)
        {
          /* A tab is no letter that shows, and "[\t ]" would not be a plain text. */
          if (*p == '\t')
            append_anything (text);
          else
            g_string_append_c (text, *p);
          p++;
          at_start = TRUE;
          continue;
        }
      for (const char *end = p + n_word; p < end;)
        {
          gsize n = take_piece (text, p, at_start);

          at_start = !is_word_letter (p[n - 1]);
          p += n;
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
is_worth_keeping (const char *part)
{
  guint n = 0;

  for (const char *p = part; *p != '\0' && n < MIN_PART_LETTERS; p++)
    n = g_ascii_isalnum (*p) ? n + 1 : 0;
  return n >= MIN_PART_LETTERS;
}

/* Of a message of several lines, the first with something in it. */
static char *
dup_line (const char *message)
{
  const char *start = message;
  gsize n;

  do
    {
      start += strspn (start, "\r\n");
      n = strcspn (start, "\r\n");
      if (n > 0)
        {
          g_autofree char *line = g_strndup (start, MIN (n, 2 * MAX_TEXT_BYTES));

          if (is_worth_keeping (line))
            return g_steal_pointer (&line);
        }
      start += n;
    }
  while (*start != '\0');
  return g_strdup ("");
}

/* Without what is left of what was cut away at its ends. */
static char *
dup_trimmed (const char *text)
{
  const char *start = text + strspn (text, " )]}>'\",;:.-=");
  gsize n = strlen (start);

  while (n > 0 && strchr (" ([{<'\",;:-=", start[n - 1]) != NULL)
    n--;
  return g_strndup (start, n);
}

/**
 * cot_draft_propose_text:
 * @message: as it is written, UTF-8
 *
 * Any thread.
 *
 * Returns: (transfer full): what of it other lines of its kind are likely to have, too; "" where
 *   nothing is left
 */
char *
cot_draft_propose_text (const char *message)
{
  g_autofree char *line = dup_line (message);
  g_autofree char *marked = mark_line (line);
  g_auto (GStrv) parts = g_strsplit (marked, COT_DRAFT_ANYTHING, -1);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_parts = 0;

  for (guint i = 0; parts[i] != NULL && n_parts < MAX_PARTS; i++)
    {
      gsize room = MAX_TEXT_BYTES - MIN (text->len, MAX_TEXT_BYTES);

      if (!is_worth_keeping (parts[i]) || (n_parts > 0 && room < strlen (parts[i])))
        continue;
      if (n_parts++ > 0)
        g_string_append (text, COT_DRAFT_ANYTHING);
      g_string_append_len (text, parts[i], (gssize) MIN (strlen (parts[i]), room));
    }
  return dup_trimmed (text->str);
}
