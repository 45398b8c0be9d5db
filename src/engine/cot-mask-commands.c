/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values by where they stand in a command line: "net use \\srv\share PASSWORD /user:ACCOUNT",
 * "tool.exe /p PASSWORD". No word says there what they are. */

#include "cot-mask-private.h"

#include <string.h>

#define MAX_WORDS 8
#define MAX_LINE_BYTES 512
#define MIN_ODD_BYTES 6
#define MAX_ODD_BYTES 256

typedef struct
{
  gsize start;
  gsize end;
} Word;

/* "x.msp", "scripts.ps1" */
static gboolean
is_file (const char *text, gsize n)
{
  const char *dot = memrchr (text, '.', n);
  gsize n_ending = dot != NULL ? n - (gsize) (dot + 1 - text) : 0;

  if (n_ending < 2 || n_ending > 4 || !g_ascii_isalpha (dot[1]))
    return FALSE;
  for (gsize i = 1; i <= n_ending; i++)
    if (!g_ascii_isalnum (dot[i]))
      return FALSE;
  return TRUE;
}

gboolean
cot_mask_is_odd (const char *text, gsize n)
{
  gboolean has_letter = FALSE;
  gboolean has_other = FALSE;

  if (n < MIN_ODD_BYTES || n > MAX_ODD_BYTES || text[0] == '{' || text[0] == '-'
      || g_ascii_strncasecmp (text, "0x", 2) == 0 || memchr (text, '\\', n) != NULL
      || memchr (text, '/', n) != NULL || cot_mask_is_guid (text, n) || is_file (text, n))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      has_letter = has_letter || g_ascii_isalpha (text[i]);
      has_other = has_other || g_ascii_isdigit (text[i]) || strchr ("!$%&*#@+?^", text[i]) != NULL;
    }
  return has_letter && has_other;
}

static gboolean
next_word (const char *text, gsize n, gsize *at, Word *word)
{
  char quote;

  while (*at < n && (text[*at] == ' ' || text[*at] == '\t'))
    (*at)++;
  if (*at >= n || text[*at] == '\r' || text[*at] == '\n')
    return FALSE;
  quote = text[*at];
  if (quote == '"' || quote == '\'')
    {
      const char *close = memchr (text + *at + 1, quote, n - *at - 1);

      word->start = *at + 1;
      word->end = close != NULL ? (gsize) (close - text) : n;
      *at = MIN (word->end + 1, n);
      return TRUE;
    }
  word->start = *at;
  while (*at < n && strchr (" \t\r\n\"'<>|", text[*at]) == NULL)
    (*at)++;
  word->end = *at;
  /* What ends the sentence or the value in a log. */
  while (word->end > word->start && strchr (".,;:)]", text[word->end - 1]) != NULL)
    word->end--;
  return *at > word->start;
}

static gboolean
is_word (const char *text, Word word, const char *name)
{
  return word.end - word.start == strlen (name)
         && g_ascii_strncasecmp (text + word.start, name, word.end - word.start) == 0;
}

/* "/user:CONTOSO\svc-deploy", "/u:svc" */
static gboolean
take_account (CotMask *self, const char *text, Word word)
{
  const char *colon = memchr (text + word.start, ':', word.end - word.start);
  const char *slash;
  gsize at;

  if (colon == NULL || g_ascii_tolower (text[word.start + 1]) != 'u')
    return FALSE;
  at = (gsize) (colon + 1 - text);
  slash = memchr (text + at, '\\', word.end - at);
  if (slash != NULL && (gsize) (slash - text) > at)
    cot_mask_add_domain (self, text + at, (gsize) (slash - text) - at);
  while (slash != NULL && (gsize) (slash - text) < word.end && *slash == '\\')
    slash++;
  if (slash != NULL)
    at = (gsize) (slash - text);
  if (at < word.end && memchr (text + at, '@', word.end - at) == NULL)
    cot_mask_add_user (self, text + at, word.end - at);
  return TRUE;
}

static gboolean
is_drive (const char *text, Word word)
{
  return is_word (text, word, "*")
         || (word.end - word.start <= 2 && g_ascii_isalpha (text[word.start]));
}

static void
learn_net_use (CotMask *self, const char *text, gsize n, gsize at)
{
  gboolean has_target = FALSE;
  Word word;

  for (guint i = 0; i < MAX_WORDS && next_word (text, n, &at, &word); i++)
    {
      if (word.end <= word.start || is_drive (text, word))
        continue;
      if (text[word.start] == '\\')
        has_target = TRUE;
      else if (text[word.start] == '/')
        {
          if (is_word (text, word, "/delete") || is_word (text, word, "/d"))
            return;
          has_target = take_account (self, text, word) || has_target;
        }
      else if (has_target && text[word.start] != '(' && text[word.start] != '-')
        {
          if (word.end - word.start > 2)
            cot_mask_add_secret (self, text + word.start, word.end - word.start);
          return;
        }
      else
        return;
    }
}

/* "net user svc-deploy P@ss /add" */
static void
learn_net_user (CotMask *self, const char *text, gsize n, gsize at)
{
  Word name;
  Word word;

  if (!next_word (text, n, &at, &name) || !next_word (text, n, &at, &word) || name.end <= name.start
      || word.end <= word.start || text[name.start] == '/')
    return;
  if (text[word.start] == '/' || cot_mask_is_odd (text + word.start, word.end - word.start))
    cot_mask_add_user (self, text + name.start, name.end - name.start);
  if (text[word.start] != '/' && cot_mask_is_odd (text + word.start, word.end - word.start))
    cot_mask_add_secret (self, text + word.start, word.end - word.start);
}

/* "ConvertTo-SecureString 'S3cret' -AsPlainText" */
static void
learn_secure_string (CotMask *self, const char *text, gsize n, gsize at)
{
  Word word;

  while (next_word (text, n, &at, &word))
    {
      if (is_word (text, word, "-String"))
        continue;
      if (word.end > word.start && text[word.start] != '-' && text[word.start] != '$'
          && text[word.start] != '(')
        cot_mask_add_secret (self, text + word.start, word.end - word.start);
      return;
    }
}

void
cot_mask_learn_command (CotMask *self, const char *text, gsize n, gsize at)
{
  static const struct
  {
    const char *words[2]; /* with a blank behind each */
    void (*learn) (CotMask *self, const char *text, gsize n, gsize at);
  } commands[] = {
    { { "net use ", "net.exe use " }, learn_net_use },
    { { "net user ", "net.exe user " }, learn_net_user },
    { { "ConvertTo-SecureString ", "ConvertTo-SecureString " }, learn_secure_string },
  };

  if (g_ascii_tolower (text[at]) != 'n' && g_ascii_tolower (text[at]) != 'c')
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (commands[i].words); j++)
      {
        gsize n_words = strlen (commands[i].words[j]);

        if (at + n_words < n && g_ascii_strncasecmp (text + at, commands[i].words[j], n_words) == 0)
          {
            commands[i].learn (self, text, MIN (n, at + n_words + MAX_LINE_BYTES), at + n_words);
            return;
          }
      }
}

/* "/p Sommer2026", "-rp:...": of so short an option only what looks like a pass word, since others
 * mean a patch, a port or a path by it. */
void
cot_mask_learn_option (CotMask *self, const char *text, gsize n, gsize at)
{
  gsize end = at + 1;
  Word word;

  if (at == 0 || strchr (" \t\"'", text[at - 1]) == NULL)
    return;
  if (end < n && g_ascii_tolower (text[end]) == 'r')
    end++;
  if (end + 2 >= n || g_ascii_tolower (text[end]) != 'p' || strchr (" :=", text[end + 1]) == NULL)
    return;
  end += 2;
  if (next_word (text, MIN (n, end + MAX_LINE_BYTES), &end, &word)
      && cot_mask_is_odd (text + word.start, word.end - word.start))
    cot_mask_add_secret (self, text + word.start, word.end - word.start);
}
