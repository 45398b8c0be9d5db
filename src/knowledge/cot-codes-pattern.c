/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-error-code.h"

#include "cot-code-words-private.h"

/* Where no part of a word, a version or a path goes on, and no unit follows. "12007/80072ee7" is a
 * pair of codes. */
#define NO_MORE_OF_IT \
  "(?![0-9a-z_}\\\\%-]|/(?!8[0-9a-f]{7}(?![0-9a-z]))|[.,][0-9a-z])"

static void
append_words (GString *pattern, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *escaped = g_regex_escape_string (words[i], -1);

      g_string_append_printf (pattern, "%s%s", i > 0 ? "|" : "", escaped);
    }
}

static void
append_called (GString *pattern, const char *const *words, const char *const *more_words,
               guint32 number)
{
  g_string_append (pattern, "(?<![0-9a-z])(?:");
  append_words (pattern, words);
  if (more_words != NULL)
    {
      g_string_append_c (pattern, '|');
      append_words (pattern, more_words);
    }
  g_string_append_printf (pattern, ")[ =:(\\['\"]+%u", number);
  g_string_append (pattern, NO_MORE_OF_IT "(?! (?:");
  append_words (pattern, cot_code_units);
  g_string_append (pattern, ")s?(?![0-9a-z]))");
}

/**
 * cot_codes_append_small_pattern:
 * @pattern: a pattern for a match without regard to case
 * @number: of an error of Windows, up to five digits
 *
 * Appends alternatives, each behind "|", that match a text where cot_codes_find_in_log_text() takes
 * the number for a code; below 1000 also where only a person who looks for it would.
 */
void
cot_codes_append_small_pattern (GString *pattern, guint32 number)
{
  g_string_append_c (pattern, '|');
  append_called (pattern, cot_code_system_words, cot_code_words, number);
  if (!COT_IS_WINHTTP (number))
    return;
  /* Once a text, from its start: for each place it would cost the square of the length. */
  g_string_append (pattern, "|\\A(?=(?s:.*?)(?:");
  append_words (pattern, cot_code_error_words);
  g_string_append (pattern, "))(?s:.*?)");
  append_called (pattern, cot_code_winhttp_words, NULL, number);
}
