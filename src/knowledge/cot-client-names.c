/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-client-names.h"

#include "cot-log-catalogue.h"

#include <string.h>

/* A line names few; numbers of other kinds stand in many. */
#define MAX_NAMES 12
#define MIN_BYTES 4
#define MAX_BYTES 63

/**
 * cot_log_is_of_server:
 * @knowledge: knowledge
 * @log_name: the label or file name of a log
 *
 * Returns: whether it is one that a server writes, so that its line may be the cause of what a
 *   client tells, wherever it stands
 */
gboolean
cot_log_is_of_server (CotKnowledge *knowledge, const char *log_name)
{
  const CotLogFile *file = cot_knowledge_find_log_file (knowledge, log_name);

  if (file == NULL)
    return FALSE;
  switch (file->side)
    {
    case COT_LOG_SIDE_SITE_SERVER:
    case COT_LOG_SIDE_SITE_SYSTEM:
    case COT_LOG_SIDE_MANAGEMENT_POINT:
    case COT_LOG_SIDE_IIS:
      return TRUE;
    case COT_LOG_SIDE_CLIENT:
    case COT_LOG_SIDE_WINDOWS:
    case COT_LOG_SIDE_INTUNE:
    default:
      return FALSE;
    }
}

static gboolean
is_name_char (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '_';
}

static gboolean
is_telling (const char *word, gsize n)
{
  gboolean has_digit = FALSE;
  gboolean has_letter = FALSE;

  if (n < MIN_BYTES || n > MAX_BYTES || (n > 2 && g_ascii_strncasecmp (word, "0x", 2) == 0))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      has_digit |= g_ascii_isdigit (word[i]);
      has_letter |= g_ascii_isalpha (word[i]);
    }
  return has_digit && has_letter;
}

/**
 * cot_client_name_is_telling:
 * @name: the name of a computer, as a folder or a bundle has it
 *
 * Returns: whether it is looked for in lines: with letters and digits, as computers are named; a
 *   word, as “client”, may mean anything
 */
gboolean
cot_client_name_is_telling (const char *name)
{
  gsize n = strlen (name);

  for (gsize i = 0; i < n; i++)
    if (!is_name_char (name[i]))
      return FALSE;
  return is_telling (name, n);
}

/**
 * cot_client_names_dup:
 * @message: a message, UTF-8
 * @length_bytes: its length
 *
 * Returns: (transfer full) (nullable): the words of it that may name a computer or a client
 */
char *
cot_client_names_dup (const char *message, gsize length_bytes)
{
  GString *names = NULL;
  guint n_names = 0;

  for (gsize i = 0; i < length_bytes && n_names < MAX_NAMES; i++)
    {
      gsize start = i;

      while (i < length_bytes && is_name_char (message[i]))
        i++;
      if (i == start || !is_telling (message + start, i - start))
        continue;
      if (names == NULL)
        names = g_string_new (NULL);
      if (n_names++ > 0)
        g_string_append_c (names, ' ');
      g_string_append_len (names, message + start, (gssize) (i - start));
    }
  if (names == NULL)
    return NULL;
  g_string_ascii_down (names);
  return g_string_free (names, FALSE);
}
