/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a pattern of a user costs on messages that are made against it. The limits of a match bound
 * one attempt, not how many there are: a pattern that every message pays for would make each log
 * slow, and nobody would know why. */

#include "cot-knowledge-private.h"
#include "cot-matcher.h"

#include <string.h>

/* Shorter ones stand in too many lines. */
#define MIN_LITERAL_BYTES 4
/* A message may be longer, but a part of it is enough to show what is meant. */
#define MAX_SAMPLE_BYTES 8192
#define MAX_SAMPLES 64
/* Of all subjects of one pattern together. */
#define BUDGET_USEC (60 * 1000)
/* What comes at the end of a subject, where a pattern wants something else. */
#define NEAR_MISS "\x7f"
/* The computer may have been busy with something else. */
#define MAX_TRIES 3

static gboolean
refuse (const CotDetector *detector, GError **error, const char *reason)
{
  g_set_error (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_BAD_RULE, "“%s”: %s", detector->id,
               reason);
  return FALSE;
}

/* Behind a "[": where the class ends. */
static const char *
skip_class (const char *p)
{
  if (*p == '^')
    p++;
  if (*p == ']')
    p++;
  for (; *p != '\0' && *p != ']'; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        p++;
      else if (p[0] == '[' && p[1] == ':' && strstr (p, ":]") != NULL)
        p = strstr (p, ":]") + 1;
    }
  return *p == ']' ? p + 1 : p;
}

/* Behind a "(": where what it holds begins. */
static const char *
skip_group_head (const char *p)
{
  if (*p != '?')
    return p;
  p++;
  if (*p == 'P' || *p == '<')
    {
      const char *end = strpbrk (p, ">=!");

      return end != NULL ? end + 1 : p;
    }
  while (*p != '\0' && strchr ("imsxnJU-:=!>|", *p) != NULL)
    p++;
  return p;
}

/* @end: (out): behind the quantifier, where there is one. */
static gboolean
is_unbounded (const char *p, const char **end)
{
  const char *digits = p + 1;

  *end = p;
  if (*p == '*' || *p == '+')
    {
      *end = p + 1;
      return TRUE;
    }
  if (*p == '?')
    *end = p + 1;
  if (*p != '{' || !g_ascii_isdigit (*digits))
    return FALSE;
  while (g_ascii_isdigit (*digits))
    digits++;
  *end = strchr (p, '}') != NULL ? strchr (p, '}') + 1 : p + strlen (p);
  return digits[0] == ',' && digits[1] == '}';
}

/* One piece of a pattern; @letter: whether it stands for itself. */
static const char *
skip_piece (const char *p, gboolean *letter)
{
  *letter = FALSE;
  switch (*p)
    {
    case '[':
      return skip_class (p + 1);
    case '(':
      return skip_group_head (p + 1);
    case '\\':
      *letter = p[1] != '\0' && !g_ascii_isalnum (p[1]);
      return p[1] != '\0' ? p + 2 : p + 1;
    case ')':
    case '.':
    case '^':
    case '$':
    case '|':
      return p + 1;
    default:
      *letter = TRUE;
      return p + 1;
    }
}

/* Whether a repeat without bound stands before the first text of a pattern, in one of its
 * alternatives: then every place of a message is a place to begin at, and each costs the rest of
 * the message. Behind a "^" there are few such places. */
static gboolean
begins_with_unbounded (const char *expression)
{
  gboolean sifted = FALSE; /* the text of this alternative was seen */
  gboolean at_start = TRUE;
  gboolean anchored = FALSE;
  guint depth = 0;
  guint n_letters = 0;

  for (const char *p = expression; *p != '\0';)
    {
      gboolean letter;
      gboolean unbounded;
      const char *piece = p;
      const char *behind = skip_piece (p, &letter);
      gboolean repeated;

      p = behind;
      depth += *piece == '(' ? 1 : 0;
      depth -= *piece == ')' && depth > 0 ? 1 : 0;
      if (*piece == '|' && depth == 0)
        {
          sifted = anchored = FALSE;
          at_start = TRUE;
          n_letters = 0;
          continue;
        }
      anchored = anchored || (at_start && *piece == '^');
      at_start = FALSE;
      unbounded = *piece != '(' && is_unbounded (p, &p);
      if (unbounded && !sifted && !anchored)
        return TRUE;
      repeated = *piece != '(' && p != behind;
      if (repeated && (*p == '?' || *p == '+'))
        p++;
      n_letters = letter && !repeated ? n_letters + 1 : 0;
      sifted = sifted || n_letters >= MIN_LITERAL_BYTES;
    }
  return FALSE;
}

/* FALSE where it took too long. */
static gboolean
try_subject (CotPattern *pattern, const char *subject, gsize length_bytes, gint64 *left_usec)
{
  for (guint i = 0; i < MAX_TRIES; i++)
    {
      g_autoptr (CotPatternScratch) scratch = cot_pattern_scratch_new ();
      gint64 start_usec = g_get_monotonic_time ();
      gsize start, end;
      CotMatchResult result;

      cot_pattern_scratch_set_budget (scratch, MAX (*left_usec, 1));
      result = cot_pattern_match (pattern, scratch, subject, length_bytes, 0, &start, &end);
      if (result != COT_MATCH_LIMIT)
        {
          *left_usec -= g_get_monotonic_time () - start_usec;
          return TRUE;
        }
    }
  return FALSE;
}

static void
fill (GString *subject, const char *text, gsize text_bytes, gsize wanted_bytes)
{
  while (text_bytes > 0 && subject->len + text_bytes <= wanted_bytes)
    g_string_append_len (subject, text, (gssize) text_bytes);
}

/* The text, and much of the same before and behind it, but not to the end. */
static gboolean
try_filler (CotPattern *pattern, const char *filler, const char *literal, gint64 *left_usec)
{
  g_autoptr (GString) subject = g_string_sized_new (COT_MATCHER_WINDOW_BYTES);

  fill (subject, filler, strlen (filler), COT_MATCHER_WINDOW_BYTES / 2);
  g_string_append (subject, literal);
  fill (subject, filler, strlen (filler), COT_MATCHER_WINDOW_BYTES - strlen (NEAR_MISS));
  g_string_append (subject, NEAR_MISS);
  return try_subject (pattern, subject->str, subject->len, left_usec);
}

/* Again and again without its last letter: whatever it takes to see that it does not match. The
 * letter stands alone at the end, as no place is tried where it is missing altogether. */
static gboolean
try_repeated (CotPattern *pattern, const char *text, gint64 *left_usec)
{
  g_autoptr (GString) subject = g_string_sized_new (COT_MATCHER_WINDOW_BYTES);
  gsize n_bytes = strlen (text) - 1;

  fill (subject, text, n_bytes, COT_MATCHER_WINDOW_BYTES - strlen (NEAR_MISS) - 1);
  g_string_append (subject, NEAR_MISS);
  g_string_append (subject, text + n_bytes);
  return try_subject (pattern, subject->str, subject->len, left_usec);
}

static gboolean
is_fast (const CotDetector *detector, CotPattern *pattern, const char *const *literals)
{
  static const char *const fillers[] = { "a", " ", "\n", "0", "a ", "0x", "\"", ".", "=" };
  gint64 left_usec = BUDGET_USEC;

  for (guint i = 0; literals[i] != NULL; i++)
    {
      if (!try_repeated (pattern, literals[i], &left_usec))
        return FALSE;
      for (guint j = 0; j < G_N_ELEMENTS (fillers); j++)
        if (!try_filler (pattern, fillers[j], literals[i], &left_usec))
          return FALSE;
    }
  for (guint i = 0; i < detector->samples->len; i++)
    {
      const char *text = g_array_index (detector->samples, CotSample, i).text;

      if (*text != '\0' && !try_repeated (pattern, text, &left_usec))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_samples_are_small (const CotDetector *detector, GError **error)
{
  if (detector->samples->len > MAX_SAMPLES)
    return refuse (detector, error, "more than 64 samples");
  for (guint i = 0; i < detector->samples->len; i++)
    if (strlen (g_array_index (detector->samples, CotSample, i).text) > MAX_SAMPLE_BYTES)
      return refuse (detector, error, "a sample is longer than 8192 bytes; a part of it will do");
  return TRUE;
}

/**
 * cot_detector_check_speed:
 * @detector: a detector of a user, whose pattern compiles
 * @error: return location for %COT_KNOWLEDGE_ERROR_BAD_RULE
 *
 * Any thread. Takes a part of a second at most.
 *
 * Returns: %TRUE if logs can be sifted for it, and no message makes it slow
 */
gboolean
cot_detector_check_speed (CotDetector *detector, GError **error)
{
  const char *const *literals;
  CotPattern *pattern = cot_detector_get_pattern (detector, &literals, NULL);
  g_auto (GStrv) long_ones = cot_pattern_dup_required_literals (pattern, MIN_LITERAL_BYTES);

  if (long_ones[0] == NULL)
    return refuse (detector, error,
                   "the pattern holds no text of four characters or more that must occur");
  if (!check_samples_are_small (detector, error))
    return FALSE;
  if (detector->match_is_literal)
    return TRUE;
  if (begins_with_unbounded (detector->match))
    return refuse (detector, error,
                   "a repeat without bound stands before the first text of the pattern; begin "
                   "with the text, or give the repeat a bound such as {1,40}");
  if (!is_fast (detector, pattern, literals))
    return refuse (detector, error,
                   "the pattern is too slow on long messages; give its repeats bounds such as "
                   "{1,40}");
  return TRUE;
}
