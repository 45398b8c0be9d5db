/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line may hold the words of a failure and say that it did not happen: "ended without error
 * 0x80180026", "Is 0x80180026 returned?". What counts is the clause around the words that a pattern
 * found, not the line: most failures say "not" somewhere ("could not connect: 0x80072ee7"). So a
 * denying word counts only where nothing but words like "error code" stands between it and the
 * match. */

#include "cot-denial-private.h"

#include <string.h>

/* How far a clause is looked through on either side of a match. */
#define MAX_CLAUSE_BYTES 120
/* Matches of one pattern in one text that are tried. Behind them it is not known what stands there:
 * that is told as what it is, and not taken for a denial. */
#define MAX_TRIES 64

typedef struct
{
  const char *text;
  gsize length_bytes;
} Span;

typedef enum
{
  WORD_OTHER,
  WORD_NOUN, /* what goes in front of a code */
  WORD_FILLER,
  WORD_VERB,
  WORD_DENYING,
} WordKind;

static gboolean
is_one_of (Span word, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (strlen (words[i]) == word.length_bytes
        && g_ascii_strncasecmp (word.text, words[i], word.length_bytes) == 0)
      return TRUE;
  return FALSE;
}

static WordKind
get_kind (Span word)
{
  static const char *const nouns[]
      = { "error", "errors", "code", "codes", "failure", "failures", "hresult", "hr",
          "result", "status", "value", NULL };
  static const char *const fillers[]
      = { "a", "an", "the", "any", "such", "this", "that", "with", "of", "by", "more",
          "longer", "exit", "return", NULL };
  static const char *const verbs[]
      = { "fail", "fails", "failed", "failing", "end", "ended", "report", "get", "see", "give",
          "produce", "raise", "throw", "encounter", "encountered", NULL };
  static const char *const denying[]
      = { "no", "not", "without", "never", "neither", "nor", "than", "isn't", "wasn't", "aren't",
          "weren't", "didn't", "doesn't", "don't", "hasn't", "haven't", "hadn't", NULL };

  if (is_one_of (word, nouns))
    return WORD_NOUN;
  if (is_one_of (word, fillers))
    return WORD_FILLER;
  if (is_one_of (word, verbs))
    return WORD_VERB;
  return is_one_of (word, denying) ? WORD_DENYING : WORD_OTHER;
}

static gboolean
is_word_byte (char c)
{
  return g_ascii_isalpha (c) || c == '\'';
}

/* What stands between a name and its value: "error code: X", "error (X)". */
static gboolean
is_colon (char c)
{
  return c == ':' || c == '=' || c == '(';
}

/* Quotes and the like stand between words of one clause. */
static gboolean
is_joint (char c)
{
  return c == ' ' || c == '\t' || c == '"' || c == '\'';
}

/* (nullable text): the word of letters that ends at @end. */
static Span
get_word_before (const char *text, gsize begin, gsize end)
{
  gsize start = end;

  while (start > begin && is_word_byte (text[start - 1]))
    start--;
  /* A part of a name or a number is no word. */
  if (start > 0
      && (g_ascii_isalnum (text[start - 1]) || strchr ("_-=\\/", text[start - 1]) != NULL))
    start = end;
  return (Span){ start < end ? text + start : NULL, end - start };
}

static gsize
skip_joints_before (const char *text, gsize begin, gsize end, gboolean *colon)
{
  while (end > begin && (is_joint (text[end - 1]) || is_colon (text[end - 1])))
    *colon |= is_colon (text[--end]);
  return end;
}

/* Does "could", or the other half of "other than", give the denying word another meaning? */
static gboolean
is_real_denial (const char *text, gsize begin, gsize end, Span denying)
{
  static const char *const than[] = { "than", NULL };
  static const char *const others[] = { "other", "rather", NULL };
  static const char *const abilities[] = { "can", "could", NULL };
  gboolean colon = FALSE;
  Span before = get_word_before (text, begin, skip_joints_before (text, begin, end, &colon));

  if (is_one_of (denying, than))
    return before.text != NULL && is_one_of (before, others);
  return colon || before.text == NULL || !is_one_of (before, abilities);
}

/* "without error code " in front of the match. */
static gboolean
is_denied_before (const char *text, gsize start)
{
  gsize begin = start > MAX_CLAUSE_BYTES ? start - MAX_CLAUSE_BYTES : 0;
  gboolean colon = FALSE;
  gsize end = skip_joints_before (text, begin, start, &colon);

  /* The match may begin inside of a word, which then says nothing. */
  if (end == start && start > 0 && is_word_byte (text[start - 1]))
    return FALSE;
  for (;;)
    {
      Span word = get_word_before (text, begin, end);

      if (word.text == NULL)
        return FALSE;
      end -= word.length_bytes;
      switch (get_kind (word))
        {
        case WORD_DENYING:
          return !colon && is_real_denial (text, begin, end, word);
        case WORD_VERB:
          /* "did not end: error X" tells of a failure. */
          if (colon)
            return FALSE;
          break;
        case WORD_NOUN:
          /* "no error: X" */
          colon = FALSE;
          break;
        case WORD_FILLER:
          break;
        case WORD_OTHER:
        default:
          return FALSE;
        }
      end = skip_joints_before (text, begin, end, &colon);
    }
}

static Span
get_word_after (const char *text, gsize end, gsize *place)
{
  gsize start = *place;

  while (start < end && is_joint (text[start]))
    start++;
  *place = start;
  while (*place < end && is_word_byte (text[*place]))
    (*place)++;
  return (Span){ text + start, *place - start };
}

/* " was not returned", or " was cleared", behind the match. */
static gboolean
is_denied_behind (const char *text, gsize length_bytes, gsize end)
{
  static const char *const helpers[]
      = { "is", "was", "are", "were", "has", "have", "had", "did", "does", "do", NULL };
  static const char *const nots[] = { "not", "never", NULL };
  static const char *const both[] = { "isn't", "wasn't", "aren't", "weren't", "hasn't", "haven't",
                                      "hadn't", "didn't", "doesn't", "don't", NULL };
  static const char *const fillers[] = { "been", "a", "an", "the", NULL };
  static const char *const happened[]
      = { "returned", "return", "reported", "logged", "raised", "thrown", "seen", "occur",
          "occurred", "happen", "happened", "error", "failure", "problem", "cause", NULL };
  static const char *const cleared[] = { "cleared", NULL };
  gsize limit = MIN (length_bytes, end + MAX_CLAUSE_BYTES);
  gsize place = end;
  Span word = get_word_after (text, limit, &place);

  if (is_one_of (word, helpers))
    {
      do
        word = get_word_after (text, limit, &place);
      while (is_one_of (word, fillers));
      if (is_one_of (word, cleared))
        return TRUE;
      if (!is_one_of (word, nots))
        return FALSE;
    }
  else if (!is_one_of (word, both))
    {
      return FALSE;
    }
  do
    word = get_word_after (text, limit, &place);
  while (is_one_of (word, fillers));
  return is_one_of (word, happened);
}

/* Behind a mark that ends a clause, and at line ends. */
static gboolean
starts_clause (const char *text, gsize place)
{
  char before, mark;

  if (place == 0)
    return TRUE;
  before = text[place - 1];
  if (before == '\n' || before == '\r' || before == '(')
    return TRUE;
  mark = place > 1 ? text[place - 2] : '\0';
  return before == ' ' && mark != '\0' && strchr (".!?;:,-", mark) != NULL;
}

/* A "?" may also stand for a letter that was lost, in a path, or in an address. */
static gboolean
is_question_mark (const char *text, gsize length_bytes, gsize place)
{
  if (text[place] != '?' || place == 0 || strchr ("?\\/ ", text[place - 1]) != NULL)
    return FALSE;
  return place + 1 == length_bytes || strchr (" \r\n\t\"')", text[place + 1]) != NULL;
}

/* "Is X returned?", and "X?" */
static gboolean
is_asked (const char *text, gsize length_bytes, gsize start, gsize end)
{
  static const char *const questions[]
      = { "is",  "are",  "was",   "were",  "did",  "does",  "do",    "has",  "have", "had",
          "can", "could", "will", "would", "should", "what", "which", "who", "why",  "when",
          "where", "how", NULL };
  gsize limit = MIN (length_bytes, end + MAX_CLAUSE_BYTES);
  gsize mark = end;
  gsize clause = start;
  gsize place;

  while (mark < limit && !is_question_mark (text, length_bytes, mark))
    {
      if (mark > end && starts_clause (text, mark))
        return FALSE;
      mark++;
    }
  if (mark == limit)
    return FALSE;
  if (mark == end)
    return TRUE;
  while (!starts_clause (text, clause) && start - clause < MAX_CLAUSE_BYTES)
    clause--;
  place = clause;
  return is_one_of (get_word_after (text, length_bytes, &place), questions);
}

gboolean
cot_denial_is_around (const char *text, gsize length_bytes, gsize start, gsize end)
{
  return is_denied_before (text, start) || is_denied_behind (text, length_bytes, end)
         || is_asked (text, length_bytes, start, end);
}

static gboolean
has_denying_sample (const CotDetector *detector, CotPattern *pattern)
{
  CotPatternScratch *scratch = cot_pattern_scratch_new ();
  gboolean denies = FALSE;

  for (guint i = 0; i < detector->samples->len && !denies; i++)
    {
      const CotSample *sample = &g_array_index (detector->samples, CotSample, i);
      gsize start, end;
      gsize length_bytes = strlen (sample->text);

      denies = sample->matches
               && cot_pattern_match (pattern, scratch, sample->text, length_bytes, 0, &start, &end)
                      == COT_MATCH_FOUND
               && cot_denial_is_around (sample->text, length_bytes, start, end);
    }
  cot_pattern_scratch_free (scratch);
  return denies;
}

/* Asked for the first time when a line denies, which is rare. */
static gboolean
looks_for_denials (CotDetector *detector, CotPattern *pattern)
{
  if (g_once_init_enter (&detector->denials))
    g_once_init_leave (&detector->denials, has_denying_sample (detector, pattern) ? 2 : 1);
  return detector->denials == 2;
}

CotMatchResult
cot_detector_match (CotDetector *detector, CotPattern *pattern, CotPatternScratch *scratch,
                    const char *text, gsize length_bytes, gsize *start, gsize *end)
{
  gsize from = 0;

  for (guint i = 0; i < MAX_TRIES; i++)
    {
      CotMatchResult result
          = cot_pattern_match (pattern, scratch, text, length_bytes, from, start, end);

      if (result != COT_MATCH_FOUND || !cot_denial_is_around (text, length_bytes, *start, *end)
          || looks_for_denials (detector, pattern))
        return result;
      from = *start + 1;
      if (from > length_bytes)
        return COT_MATCH_NONE;
    }
  return COT_MATCH_LIMIT;
}
