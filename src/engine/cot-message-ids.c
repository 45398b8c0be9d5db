/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-message-ids.h"

#include <string.h>

#define GUID_LETTERS 36
#define PACKAGE_LETTERS 8
/* "S-1-5-18" is everybody's; what names someone is longer. */
#define MIN_SID_LETTERS 16

/* A letter that goes on what stands before it. A letter beyond ASCII is none: no id has some. */
static gboolean
is_word (char letter)
{
  return g_ascii_isalnum (letter) || letter == '_';
}

/* Each returns the length of what begins at @text, or 0; the text ends with a NUL, at which all
 * stop. */
static gsize
match_guid (const char *text)
{
  static const char shape[GUID_LETTERS + 1] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

  for (guint i = 0; i < GUID_LETTERS; i++)
    if (shape[i] == '-' ? text[i] != '-' : !g_ascii_isxdigit (text[i]))
      return 0;
  return GUID_LETTERS;
}

static gsize
match_sid (const char *text)
{
  gsize length;

  if (strncmp (text, "S-1-", 4) != 0)
    return 0;
  for (length = 4; g_ascii_isdigit (text[length]) || text[length] == '-'; length++)
    ;
  while (text[length - 1] == '-')
    length--;
  return length >= MIN_SID_LETTERS ? length : 0;
}

/* Three letters of the site, a capital first, and five hexadecimal digits: most of them decimal,
 * which tells it from a word in capitals. */
static gsize
match_package (const char *text)
{
  guint n_digits = 0;

  if (!g_ascii_isupper (text[0]))
    return 0;
  for (guint i = 1; i < 3; i++)
    if (!g_ascii_isupper (text[i]) && !g_ascii_isdigit (text[i]))
      return 0;
  for (guint i = 3; i < PACKAGE_LETTERS; i++)
    {
      if (!g_ascii_isdigit (text[i]) && (text[i] < 'A' || text[i] > 'F'))
        return 0;
      n_digits += g_ascii_isdigit (text[i]) ? 1 : 0;
    }
  return n_digits >= 4 ? PACKAGE_LETTERS : 0;
}

static gsize
match_any (const char *text)
{
  gsize length = match_guid (text);

  if (length == 0)
    length = match_sid (text);
  if (length == 0)
    length = match_package (text);
  return length > 0 && !is_word (text[length]) ? length : 0;
}

/**
 * cot_message_ids_find:
 * @message: a text
 *
 * Returns: (transfer full) (element-type CotMessageId): where identifiers stand in it
 */
GArray *
cot_message_ids_find (const char *message)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (CotMessageId));
  const char *text = message;

  while (*text != '\0' && ids->len < COT_MESSAGE_MAX_IDS)
    {
      /* "ScopeId_" and "Content_" stand right before a GUID; so does a "_". */
      gsize length = text == message || !g_ascii_isalnum (text[-1]) ? match_any (text) : 0;
      CotMessageId id = { (gsize) (text - message), (gsize) (text - message) + length };

      if (length > 0)
        g_array_append_val (ids, id);
      text += MAX (length, 1);
    }
  return ids;
}
