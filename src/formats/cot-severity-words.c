/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include <string.h>

#include "cot-severity-private.h"

/* One pass over the words of a text. A word counts as a whole, in any case, and only if the text
 * does not deny it: by a negation before it ("no errors"), by a zero, a good result or a negation
 * behind it ("error code 0", "failed: none", "errors were not found"), or because it is part of a
 * name ("error handling"). */

#define MAX_WORD_BYTES 16
#define MAX_WORDS_BEFORE_NUMBER 3
#define MAX_WORDS_BEHIND_NONE_OF 4

typedef enum
{
  WORD_OTHER,
  WORD_ERROR,
  WORD_WARNING,
  WORD_CODE, /* bad only with a number behind it: "ErrorCode=5" */
  WORD_NEGATOR,
  WORD_NON, /* denies one word only: a non-fatal error is an error */
  WORD_LINK, /* between a negator and what it denies: "no more errors" */
  WORD_BEFORE_NUMBER, /* between a word and its number: "error count is 0" */
  WORD_NAME, /* makes a name of the word before it: "error handling" */
  WORD_GOOD, /* "failed: null" */
  WORD_NONE, /* "failed: none", "none of them failed" */
  WORD_LABEL, /* bad only as the label of a line: "[ERR] x" */
} WordKind;

typedef enum
{
  NEGATED_NOT,
  NEGATED_ONCE,
  NEGATED,
  NEGATED_BY_NONE, /* if "of" comes next, */
  NEGATED_OF, /* a few words long: "none of the 5 updates failed" */
} Negation;

typedef struct
{
  Negation how;
  guint n_words_left; /* of NEGATED_OF */
} Denial;

typedef enum
{
  AFTER_NOTHING,
  AFTER_GOOD, /* a zero, a good result, or the rest of a name */
  AFTER_NUMBER, /* not zero */
} After;

/* In the order of the lengths, and of the letters within a length. */
static const struct
{
  const char *word;
  WordKind kind;
} words[] = {
  { "a", WORD_LINK },
  { "an", WORD_LINK },
  { "is", WORD_BEFORE_NUMBER },
  { "no", WORD_NEGATOR },
  { "of", WORD_BEFORE_NUMBER },
  { "ok", WORD_GOOD },
  { "or", WORD_LINK },
  { "and", WORD_LINK },
  { "any", WORD_LINK },
  { "are", WORD_BEFORE_NUMBER },
  { "err", WORD_LABEL },
  { "new", WORD_LINK },
  { "non", WORD_NON },
  { "nor", WORD_NEGATOR },
  { "not", WORD_NEGATOR },
  { "the", WORD_LINK },
  { "was", WORD_BEFORE_NUMBER },
  { "back", WORD_NAME },
  { "been", WORD_LINK },
  { "code", WORD_BEFORE_NUMBER },
  { "fail", WORD_ERROR },
  { "free", WORD_NAME },
  { "have", WORD_LINK },
  { "more", WORD_LINK },
  { "none", WORD_NONE },
  { "null", WORD_GOOD },
  { "over", WORD_NAME },
  { "rate", WORD_BEFORE_NUMBER },
  { "s_ok", WORD_GOOD },
  { "safe", WORD_NAME },
  { "such", WORD_LINK },
  { "warn", WORD_WARNING },
  { "were", WORD_BEFORE_NUMBER },
  { "zero", WORD_NEGATOR },
  { "codes", WORD_BEFORE_NUMBER },
  { "count", WORD_BEFORE_NUMBER },
  { "errno", WORD_CODE },
  { "error", WORD_ERROR },
  { "fails", WORD_ERROR },
  { "false", WORD_GOOD },
  { "fatal", WORD_ERROR },
  { "files", WORD_BEFORE_NUMBER },
  { "found", WORD_BEFORE_NUMBER },
  { "items", WORD_BEFORE_NUMBER },
  { "known", WORD_LINK },
  { "level", WORD_BEFORE_NUMBER },
  { "never", WORD_NEGATOR },
  { "other", WORD_LINK },
  { "retry", WORD_WARNING },
  { "total", WORD_BEFORE_NUMBER },
  { "value", WORD_BEFORE_NUMBER },
  { "errors", WORD_ERROR },
  { "failed", WORD_ERROR },
  { "longer", WORD_LINK },
  { "number", WORD_BEFORE_NUMBER },
  { "status", WORD_BEFORE_NUMBER },
  { "control", WORD_NAME },
  { "failing", WORD_ERROR },
  { "failure", WORD_ERROR },
  { "further", WORD_LINK },
  { "handler", WORD_NAME },
  { "logging", WORD_NAME },
  { "neither", WORD_NEGATOR },
  { "nothing", WORD_NEGATOR },
  { "serious", WORD_LINK },
  { "success", WORD_GOOD },
  { "warning", WORD_WARNING },
  { "without", WORD_NEGATOR },
  { "checking", WORD_NAME },
  { "critical", WORD_LINK },
  { "detected", WORD_BEFORE_NUMBER },
  { "failures", WORD_ERROR },
  { "handlers", WORD_NAME },
  { "handling", WORD_NAME },
  { "occurred", WORD_BEFORE_NUMBER },
  { "previous", WORD_LINK },
  { "recovery", WORD_NAME },
  { "reported", WORD_BEFORE_NUMBER },
  { "retrying", WORD_WARNING },
  { "returned", WORD_BEFORE_NUMBER },
  { "warnings", WORD_WARNING },
  { "errorcode", WORD_CODE },
  { "exception", WORD_ERROR },
  { "failcount", WORD_CODE },
  { "lasterror", WORD_CODE },
  { "reporting", WORD_NAME },
  { "succeeded", WORD_GOOD },
  { "tolerance", WORD_NAME },
  { "additional", WORD_LINK },
  { "correction", WORD_NAME },
  { "errorcount", WORD_CODE },
  { "errorlevel", WORD_CODE },
  { "exceptions", WORD_ERROR },
  { "unexpected", WORD_LINK },
  { "encountered", WORD_BEFORE_NUMBER },
  { "failedcount", WORD_CODE },
  { "failurecount", WORD_CODE },
};

/* Where the words of each length begin, and with which letters: most words of a log are none of
 * these, and are turned away by one look. */
static struct
{
  guint8 first[MAX_WORD_BYTES + 1];
  guint32 letters[MAX_WORD_BYTES];
} by_length;

typedef struct
{
  const char *text;
  gsize length_bytes;
} Text;

static guint32
letter_bit (char letter)
{
  return g_ascii_isalpha (letter) ? 1u << (g_ascii_tolower (letter) - 'a') : 0;
}

static void
prepare_words (void)
{
  static gsize prepared;
  guint index = 0;

  if (!g_once_init_enter (&prepared))
    return;
  for (guint length = 0; length < MAX_WORD_BYTES; length++)
    {
      by_length.first[length] = (guint8) index;
      for (; index < G_N_ELEMENTS (words) && strlen (words[index].word) == length; index++)
        by_length.letters[length] |= letter_bit (words[index].word[0]);
    }
  by_length.first[MAX_WORD_BYTES] = (guint8) index;
  g_assert (index == G_N_ELEMENTS (words));
  g_once_init_leave (&prepared, 1);
}

static gboolean
is_word_byte (char byte)
{
  return g_ascii_isalnum (byte) || byte == '_' || (guint8) byte >= 0x80;
}

static gsize
word_end (const Text *text, gsize from)
{
  while (from < text->length_bytes && is_word_byte (text->text[from]))
    from++;
  return from;
}

static char
byte_at (const Text *text, gsize at)
{
  return at < text->length_bytes ? text->text[at] : '\0';
}

/* "System.InvalidOperationException", "ERROR_ACCESS_DENIED". */
static WordKind
classify_identifier (const char *word, gsize length)
{
  static const char suffix[] = "Exception";
  static const char prefix[] = "ERROR_";
  static const char good[] = "ERROR_SUCCESS";

  if (length > strlen (suffix)
      && memcmp (word + length - strlen (suffix), suffix, strlen (suffix)) == 0)
    return WORD_ERROR;
  if (length == strlen (good) && memcmp (word, good, length) == 0)
    return WORD_GOOD;
  if (length > strlen (prefix) && memcmp (word, prefix, strlen (prefix)) == 0)
    return WORD_ERROR;
  return WORD_OTHER;
}

static WordKind
classify (const char *word, gsize length)
{
  if (length < MAX_WORD_BYTES && (by_length.letters[length] & letter_bit (word[0])) != 0)
    for (guint i = by_length.first[length]; i < by_length.first[length + 1]; i++)
      if (g_ascii_strncasecmp (words[i].word, word, length) == 0)
        return words[i].kind;
  return classify_identifier (word, length);
}

static gboolean
is_any_of (const Text *text, gsize start, gsize end, const char *const *wanted)
{
  for (; *wanted != NULL; wanted++)
    if (strlen (*wanted) == end - start
        && g_ascii_strncasecmp (text->text + start, *wanted, end - start) == 0)
      return TRUE;
  return FALSE;
}

static gsize
skip_blanks (const Text *text, gsize from)
{
  while (from < text->length_bytes && (text->text[from] == ' ' || text->text[from] == '\t'))
    from++;
  return from;
}

/* "[Critical] x", "CRITICAL: x": how bad the line is, not what its words say. */
static gboolean
is_label (const Text *text, gsize start, gsize end)
{
  char before = start > 0 ? text->text[start - 1] : ' ';

  if (before == '[' && byte_at (text, end) == ']')
    return TRUE;
  if (!(before == ' ' || before == '\t' || before == '\n') || byte_at (text, end) != ':')
    return FALSE;
  for (gsize i = start; i < end; i++)
    if (!g_ascii_isupper (text->text[i]))
      return FALSE;
  return TRUE;
}

/* A piece of a path, a file name or a variable: \error\, failed.log, $error. */
static gboolean
is_part_of_name (const Text *text, gsize start, gsize end)
{
  if (start > 0 && strchr ("\\/$%", text->text[start - 1]) != NULL)
    return TRUE;
  return byte_at (text, end) == '.' && g_ascii_islower (byte_at (text, end + 1));
}

static gboolean
is_zero (const char *word, gsize length)
{
  if (length > 2 && word[0] == '0' && (word[1] == 'x' || word[1] == 'X'))
    {
      word += 2;
      length -= 2;
    }
  for (gsize i = 0; i < length; i++)
    if (word[i] != '0')
      return FALSE;
  return length > 0;
}

/* "0 errors", but not the end of "10:00" or "1.0", nor a list's "code 0, ...". */
static gboolean
is_count_of_zero (const Text *text, gsize start, gsize end)
{
  char before = start > 0 ? text->text[start - 1] : ' ';
  char after = byte_at (text, end);

  return before != '\0' && strchr (" \t\r\n([,", before) != NULL
         && (after == '\0' || strchr (".:,;", after) == NULL)
         && is_zero (text->text + start, end - start);
}

static gboolean
starts_with_good_sentence (const Text *text, gsize at)
{
  static const char sentence[] = "the operation completed successfully";
  gsize length = strlen (sentence);

  return text->length_bytes - at >= length
         && g_ascii_strncasecmp (text->text + at, sentence, length) == 0;
}

/* The number that a text gives for a word; 10:15 and 1.5 are none. */
static After
judge_number (const Text *text, gsize start, gsize end)
{
  char next = byte_at (text, end);

  if ((next == ':' || next == '.') && g_ascii_isdigit (byte_at (text, end + 1)))
    return AFTER_NOTHING;
  return is_zero (text->text + start, end - start) ? AFTER_GOOD : AFTER_NUMBER;
}

/* "none", but not "none of the servers answered". */
static gboolean
is_good_result (const Text *text, gsize start, gsize end)
{
  static const char *const of[] = { "of", NULL };
  WordKind kind = classify (text->text + start, end - start);
  gsize next = skip_blanks (text, end);

  return kind == WORD_GOOD || starts_with_good_sentence (text, start)
         || (kind == WORD_NONE && !is_any_of (text, next, word_end (text, next), of));
}

/* Quotes around nothing, and nothing behind them: error: "" */
static gboolean
is_empty_value (const Text *text, gsize from)
{
  gsize i = from;
  char quote;

  if (byte_at (text, i) == '"' || byte_at (text, i) == '\'')
    i++; /* of the name: "error": "" */
  i = skip_blanks (text, i);
  if (byte_at (text, i) != ':' && byte_at (text, i) != '=')
    return FALSE;
  i = skip_blanks (text, i + 1);
  quote = byte_at (text, i);
  if ((quote != '"' && quote != '\'') || byte_at (text, i + 1) != quote)
    return FALSE;
  i = skip_blanks (text, i + 2);
  return i >= text->length_bytes || strchr (",;)]}>|\r\n", text->text[i]) != NULL;
}

/* "Errors were not found", "an error has not been reported". */
static gboolean
is_denied_behind (const Text *text, gsize start, gsize end)
{
  static const char *const things[]
      = { "error", "errors", "failure", "failures", "warning", "warnings",
          "exception", "exceptions", NULL };
  static const char *const verbs[] = { "is", "are", "was", "were", "has", "have", "had", NULL };
  static const char *const not[] = { "not", NULL };
  static const char *const been[] = { "been", NULL };
  static const char *const found[] = { "found", "detected", "encountered", "reported", NULL };
  const char *const *const wanted[] = { things, verbs, not, been, found };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      if (is_any_of (text, start, end, wanted[i]))
        {
          start = skip_blanks (text, end);
          end = word_end (text, start);
        }
      else if (wanted[i] != been)
        return FALSE;
    }
  return TRUE;
}

/* Looks behind a word for its number or result. @assigned: directly, by "=" or ":". */
static After
look_after (const Text *text, gsize from, gboolean *assigned)
{
  gboolean separated = FALSE;
  gsize i = from;

  *assigned = FALSE;
  if (text->length_bytes - i >= 3 && memcmp (text->text + i, "(s)", 3) == 0)
    i += 3;
  for (guint n_words = 0; n_words <= MAX_WORDS_BEFORE_NUMBER; n_words++)
    {
      gsize end;
      WordKind kind;

      for (; i < text->length_bytes && text->text[i] != '\0'
             && strchr (" \t:=()[]<>{}\"'#-", text->text[i]) != NULL;
           i++)
        separated |= text->text[i] == ':' || text->text[i] == '=' || text->text[i] == '>';
      end = word_end (text, i);
      if (end == i)
        return AFTER_NOTHING;
      if (g_ascii_isdigit (text->text[i]))
        {
          *assigned = separated && n_words == 0;
          return judge_number (text, i, end);
        }
      kind = classify (text->text + i, end - i);
      if (separated && is_good_result (text, i, end))
        return AFTER_GOOD;
      if (n_words == 0 && !separated && kind == WORD_NAME)
        return AFTER_GOOD;
      if (kind != WORD_BEFORE_NUMBER)
        return AFTER_NOTHING;
      i = end;
    }
  return AFTER_NOTHING;
}

static gboolean
is_bad (const Text *text, gsize start, gsize end, WordKind kind, Negation negation)
{
  gboolean assigned;
  After after = look_after (text, end, &assigned);

  if (after == AFTER_GOOD || is_empty_value (text, end) || is_denied_behind (text, start, end))
    return FALSE;
  if (after == AFTER_NUMBER && assigned)
    return TRUE;
  return negation == NEGATED_NOT && (kind != WORD_CODE || after == AFTER_NUMBER);
}

/* A sentence that is over denies nothing of the next. */
static gboolean
ends_negation (char byte, Negation negation)
{
  if (negation >= NEGATED_BY_NONE && byte != '\0' && strchr (",([{-", byte) != NULL)
    return TRUE;
  return byte == '.' || byte == ';' || byte == ':' || byte == '!' || byte == '?' || byte == '|'
         || byte == '\n' || byte == '\r';
}

static WordKind
read_word (const Text *text, gsize start, gsize end)
{
  gsize length = end - start;
  char first = text->text[start];
  WordKind kind;

  if (g_ascii_isdigit (first))
    return is_count_of_zero (text, start, end) ? WORD_NEGATOR : WORD_OTHER;
  /* "didn't" */
  if (length == 1 && first == 't' && start > 0 && text->text[start - 1] == '\'')
    return WORD_NEGATOR;
  kind = classify (text->text + start, length);
  if (kind == WORD_LABEL || (kind == WORD_LINK && g_ascii_tolower (first) == 'c'))
    return is_label (text, start, end) ? WORD_ERROR : kind;
  if ((kind == WORD_ERROR || kind == WORD_WARNING || kind == WORD_CODE)
      && is_part_of_name (text, start, end))
    return WORD_OTHER;
  return kind;
}

/* "none of the 5 updates failed": whatever word stands between. */
static Denial
next_denial_of_none (const Text *text, gsize start, gsize end, Denial denial)
{
  static const char *const of[] = { "of", NULL };

  if (denial.how == NEGATED_BY_NONE && is_any_of (text, start, end, of))
    return (Denial){ NEGATED_OF, MAX_WORDS_BEHIND_NONE_OF };
  if (denial.how == NEGATED_OF && denial.n_words_left > 0)
    return (Denial){ NEGATED_OF, denial.n_words_left - 1 };
  return (Denial){ NEGATED_NOT, 0 };
}

static Denial
next_denial (const Text *text, gsize start, gsize end, WordKind kind, Denial denial)
{
  static const char *const and[] = { "and", NULL };

  switch (kind)
    {
    case WORD_NEGATOR:
      return (Denial){ NEGATED, 0 };
    case WORD_NON:
      return (Denial){ NEGATED_ONCE, 0 };
    case WORD_NONE:
      return (Denial){ NEGATED_BY_NONE, 0 };
    case WORD_LINK:
      /* "none of the retries helped and setup failed": another sentence */
      return denial.how == NEGATED_OF && is_any_of (text, start, end, and)
                 ? (Denial){ NEGATED_NOT, 0 }
                 : denial;
    case WORD_ERROR:
    case WORD_WARNING:
      return (Denial){ denial.how == NEGATED ? NEGATED : NEGATED_NOT, 0 };
    case WORD_CODE:
    case WORD_BEFORE_NUMBER:
    case WORD_NAME:
    case WORD_GOOD:
    case WORD_LABEL:
    case WORD_OTHER:
    default:
      return next_denial_of_none (text, start, end, denial);
    }
}

/* @said: (nullable): what decided; it has no data where nothing did. */
static CotSeverity
judge (const char *text, gsize length_bytes, CotSpan *said)
{
  const Text all = { text, length_bytes };
  CotSeverity severity = COT_SEVERITY_INFO;
  Denial denial = { NEGATED_NOT, 0 };

  if (!cot_severity_has_stem (text, length_bytes))
    return COT_SEVERITY_INFO;
  prepare_words ();
  for (gsize i = 0; i < length_bytes;)
    {
      gsize end;
      WordKind kind;

      if (!is_word_byte (text[i]))
        {
          if (ends_negation (text[i], denial.how))
            denial = (Denial){ NEGATED_NOT, 0 };
          i++;
          continue;
        }
      end = word_end (&all, i);
      kind = read_word (&all, i, end);
      if ((kind == WORD_ERROR || kind == WORD_WARNING || kind == WORD_CODE)
          && is_bad (&all, i, end, kind, denial.how))
        {
          if (said != NULL && (kind != WORD_WARNING || severity == COT_SEVERITY_INFO))
            *said = (CotSpan){ text + i, end - i };
          if (kind != WORD_WARNING)
            return COT_SEVERITY_ERROR;
          severity = COT_SEVERITY_WARNING;
        }
      denial = next_denial (&all, i, end, kind, denial);
      i = end;
    }
  return severity;
}

/**
 * cot_severity_from_words:
 * @text: (array length=length_bytes) (nullable): a message in an encoding of bytes
 * @length_bytes: its length
 *
 * For records without a type. CMTrace colours such lines by the mere letters "error", "fail" and
 * "warn"; this reads whole words and what is said of them. Any thread.
 *
 * Returns: %COT_SEVERITY_ERROR, %COT_SEVERITY_WARNING, or %COT_SEVERITY_INFO where nothing bad is
 *   said
 */
CotSeverity
cot_severity_from_words (const char *text, gsize length_bytes)
{
  return judge (text, length_bytes, NULL);
}

CotSeverity
cot_severity_find_word (const char *text, gsize length_bytes, CotSpan *said)
{
  *said = (CotSpan){ NULL, 0 };
  return judge (text, length_bytes, said);
}
