/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cot-pattern.h"

#include <string.h>

#define DETECTOR_FLAGS (COT_PATTERN_CASELESS | COT_PATTERN_DOT_ALL | COT_PATTERN_MULTI_LINE)

static CotPattern *
pattern_new (const char *text, CotPatternFlags flags)
{
  g_autoptr (GError) error = NULL;
  CotPattern *pattern = cot_pattern_new (text, flags, &error);

  g_assert_no_error (error);
  g_assert_nonnull (pattern);
  return pattern;
}

static CotMatchResult
match (const char *text, CotPatternFlags flags, const char *subject, gsize *start, gsize *end)
{
  g_autoptr (CotPattern) pattern = pattern_new (text, flags);
  g_autoptr (CotPatternScratch) scratch = cot_pattern_scratch_new ();

  return cot_pattern_match (pattern, scratch, subject, strlen (subject), 0, start, end);
}

static void
assert_match (const char *text, CotPatternFlags flags, const char *subject, gsize want_start,
              gsize want_end)
{
  gsize start = 0;
  gsize end = 0;

  g_assert_cmpint (match (text, flags, subject, &start, &end), ==, COT_MATCH_FOUND);
  g_assert_cmpuint (start, ==, want_start);
  g_assert_cmpuint (end, ==, want_end);
}

static void
assert_no_match (const char *text, CotPatternFlags flags, const char *subject)
{
  gsize start;
  gsize end;

  g_assert_cmpint (match (text, flags, subject, &start, &end), ==, COT_MATCH_NONE);
}

static void
test_literal (void)
{
  assert_match ("a.b", COT_PATTERN_LITERAL, "axb a.b", 4, 7);
  assert_no_match ("A.b", COT_PATTERN_LITERAL, "a.b");
  assert_match ("A.b", COT_PATTERN_LITERAL | COT_PATTERN_CASELESS, "xa.B", 1, 4);
  assert_match ("", COT_PATTERN_LITERAL, "abc", 0, 0);
  assert_match ("\xc3\x84(", COT_PATTERN_LITERAL | COT_PATTERN_CASELESS, "x\xc3\xa4(", 1, 4);
  assert_no_match ("\xc3\x84", COT_PATTERN_LITERAL, "x\xc3\xa4");
  /* No letter, but 0x20 apart from one that is looked for. */
  assert_no_match ("[x", COT_PATTERN_LITERAL | COT_PATTERN_CASELESS, "{x");
  assert_no_match ("@", COT_PATTERN_LITERAL | COT_PATTERN_CASELESS, "`");
}

/* All places in subjects that are shorter and longer than a vector, the last byte included. */
static void
test_literal_places (void)
{
  const CotPatternFlags caseless = COT_PATTERN_LITERAL | COT_PATTERN_CASELESS;

  for (gsize length_bytes = 5; length_bytes < 110; length_bytes++)
    {
      g_autofree char *subject = g_malloc (length_bytes + 1);

      for (gsize at = 0; at + 5 <= length_bytes; at++)
        {
          memset (subject, 'q', length_bytes);
          subject[length_bytes] = '\0';
          memcpy (subject + at, "QuEue", 5);
          assert_match ("queue", caseless, subject, at, at + 5);
          assert_no_match ("queue", COT_PATTERN_LITERAL, subject);
        }
    }
}

static void
test_whole_word (void)
{
  const CotPatternFlags words[] = { COT_PATTERN_WHOLE_WORD,
                                    COT_PATTERN_WHOLE_WORD | COT_PATTERN_LITERAL };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      assert_match ("log", words[i], "catalog logs log", 13, 16);
      assert_match ("log", words[i], "(log)", 1, 4);
      assert_no_match ("log", words[i], "log_ 1log log\xc3\xa4 \xc3\xa4log");
      assert_match ("log", words[i], "\xe2\x80\x9clog\xe2\x80\x9d", 3, 6);
      assert_match ("log", words[i], "\xa4log\xff", 1, 4);
    }
  /* The wrap holds the whole alternation. */
  assert_no_match ("log|cat", COT_PATTERN_WHOLE_WORD, "catalog");
}

static void
test_flags (void)
{
  assert_no_match ("^b$", 0, "a\nb\nc");
  assert_match ("^b$", COT_PATTERN_MULTI_LINE, "a\r\nb\r\nc", 3, 4);
  assert_no_match ("a.b", 0, "a\nb");
  assert_match ("a.b", COT_PATTERN_DOT_ALL, "a\nb", 0, 3);
  assert_match ("a.b", 0, "a\xc3\xa4" "b", 0, 4);
}

static void
test_invalid_subject (void)
{
  assert_match ("b+", 0, "\xff\xfe" "bb\x80", 2, 4);
  assert_no_match ("a.b", 0, "a\xff" "b");
  {
    g_autoptr (CotPattern) pattern = pattern_new ("b", 0);
    g_autoptr (CotPatternScratch) scratch = cot_pattern_scratch_new ();
    gsize start;
    gsize end;

    g_assert_cmpint (cot_pattern_match (pattern, scratch, NULL, 0, 0, &start, &end), ==,
                     COT_MATCH_NONE);
    g_assert_cmpint (cot_pattern_match (pattern, scratch, "a\0b", 3, 0, &start, &end), ==,
                     COT_MATCH_FOUND);
    g_assert_cmpuint (start, ==, 2);
    g_assert_cmpint (cot_pattern_match (pattern, scratch, "b", 1, 2, &start, &end), ==,
                     COT_MATCH_NONE);
  }
}

static void
test_groups (void)
{
  g_autoptr (CotPattern) pattern = pattern_new ("(?P<z>\\d+)(?P<a>x)?", 0);
  g_autoptr (CotPattern) other = pattern_new ("(?P<z>q)", 0);
  g_autoptr (CotPatternScratch) scratch = cot_pattern_scratch_new ();
  gsize start = 0;
  gsize end = 0;

  g_assert_cmpuint (cot_pattern_get_n_names (pattern), ==, 2);
  g_assert_cmpstr (cot_pattern_get_name (pattern, 0), ==, "a");
  g_assert_cmpstr (cot_pattern_get_name (pattern, 1), ==, "z");
  g_assert_null (cot_pattern_get_name (pattern, 2));
  g_assert_false (cot_pattern_get_group (pattern, scratch, "z", &start, &end));
  g_assert_cmpint (cot_pattern_match (pattern, scratch, "ab 12", 5, 0, &start, &end), ==,
                   COT_MATCH_FOUND);
  g_assert_true (cot_pattern_get_group (pattern, scratch, "z", &start, &end));
  g_assert_cmpuint (start, ==, 3);
  g_assert_cmpuint (end, ==, 5);
  g_assert_false (cot_pattern_get_group (pattern, scratch, "a", &start, &end));
  g_assert_false (cot_pattern_get_group (pattern, scratch, "none", &start, &end));
  g_assert_false (cot_pattern_get_group (other, scratch, "z", &start, &end));
  g_assert_cmpint (cot_pattern_match (pattern, scratch, "ab", 2, 0, &start, &end), ==,
                   COT_MATCH_NONE);
  g_assert_false (cot_pattern_get_group (pattern, scratch, "z", &start, &end));
}

static void
test_many_groups (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (CotPattern) pattern = NULL;
  g_autoptr (CotPatternScratch) scratch = cot_pattern_scratch_new ();
  gsize start = 0;
  gsize end = 0;

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (text, "(?<g%u>.)", i);
  pattern = pattern_new (text->str, 0);
  g_assert_cmpint (cot_pattern_match (pattern, scratch, text->str, text->len, 0, &start, &end), ==,
                   COT_MATCH_FOUND);
  g_assert_true (cot_pattern_get_group (pattern, scratch, "g99", &start, &end));
  g_assert_cmpuint (start, ==, 99);
}

static void
assert_error (const char *text, CotPatternFlags flags, CotQueryError code, const char *prefix)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (cot_pattern_new (text, flags, &error));
  g_assert_error (error, COT_QUERY_ERROR, (int) code);
  g_assert_true (g_str_has_prefix (error->message, prefix));
}

static void
test_errors (void)
{
  g_autofree char *longest = g_strnfill (4096, 'a');
  g_autofree char *too_long = g_strnfill (4097, 'a');
  g_autoptr (CotPattern) pattern = pattern_new (longest, 0);

  assert_error ("ab(", 0, COT_QUERY_ERROR_PATTERN, "at 3: ");
  assert_error ("ab(", COT_PATTERN_WHOLE_WORD, COT_QUERY_ERROR_PATTERN, "at 3: ");
  assert_error ("a)|(b", COT_PATTERN_WHOLE_WORD, COT_QUERY_ERROR_PATTERN, "at 1: ");
  assert_error ("a\xff", 0, COT_QUERY_ERROR_PATTERN, "at 1: ");
  assert_error ("a\\Cb", 0, COT_QUERY_ERROR_PATTERN, "at ");
  assert_error (too_long, 0, COT_QUERY_ERROR_LIMIT, "at 4096: ");
  assert_error (too_long, COT_PATTERN_LITERAL, COT_QUERY_ERROR_LIMIT, "at 4096: ");
}

static void
test_limits (void)
{
  g_autoptr (CotPattern) explodes = pattern_new ("^(a+)+$", 0);
  g_autoptr (CotPattern) quadratic = pattern_new ("error[^\\n]*failed[^\\n]*0x[0-9a-f]{8}", 0);
  g_autoptr (CotPatternScratch) scratch = cot_pattern_scratch_new ();
  g_autoptr (GString) subject = g_string_new (NULL);
  gsize start;
  gsize end;

  for (guint i = 0; i < 100; i++)
    g_string_append (subject, "a");
  g_string_append (subject, "b");
  g_assert_cmpint (cot_pattern_match (explodes, scratch, subject->str, subject->len, 0, &start,
                                      &end), ==, COT_MATCH_LIMIT);

  g_string_truncate (subject, 0);
  while (subject->len < 1024 * 1024)
    g_string_append (subject, "error failed 0x ");
  cot_pattern_scratch_set_budget (scratch, 20000);
  g_assert_cmpint (cot_pattern_match (quadratic, scratch, subject->str, subject->len, 0, &start,
                                      &end), ==, COT_MATCH_LIMIT);
  /* The scratch is as good as new. */
  g_assert_cmpint (cot_pattern_match (quadratic, scratch, "error failed 0x00000001", 23, 0, &start,
                                      &end), ==, COT_MATCH_FOUND);
}

/* With a budget the subject is gone through in steps; the result must be that of one go. */
static void
test_budget_steps (void)
{
  g_autoptr (CotPattern) pattern = pattern_new ("(?<=\xc3\xa4)(?<tail>x+)$", 0);
  g_autoptr (CotPatternScratch) scratch = cot_pattern_scratch_new ();
  g_autoptr (GString) subject = g_string_new (NULL);

  while (subject->len < 40000)
    g_string_append (subject, "\xc3\xa4x\xe2\x82\xac");
  cot_pattern_scratch_set_budget (scratch, 10 * G_USEC_PER_SEC);
  for (guint i = 0; i < 200; i++)
    {
      gsize at = subject->len;
      gsize start = 0;
      gsize end = 0;

      g_string_append (subject, "\xc3\xa4xx");
      g_assert_cmpint (cot_pattern_match (pattern, scratch, subject->str, subject->len, 0, &start,
                                          &end), ==, COT_MATCH_FOUND);
      g_assert_cmpuint (start, ==, at + 2);
      g_assert_cmpuint (end, ==, at + 4);
      g_assert_true (cot_pattern_get_group (pattern, scratch, "tail", &start, &end));
      g_string_append (subject, "yy");
    }
}

/* One attempt that reads a megabyte again for each of its characters is cut off in time; one that
 * only needs many steps is not. */
static void
test_budget_of_one_attempt (void)
{
  static const char *const slow[] = { ".*.*z", "\\G.*.*z" };
  g_autoptr (CotPattern) long_way = pattern_new ("\\A(?:a|b)*c", 0);
  g_autoptr (CotPatternScratch) scratch = cot_pattern_scratch_new ();
  g_autofree char *subject = g_strnfill (1024 * 1024, 'a');
  gsize start, end;

  subject[1024 * 1024 - 2] = '\n';
  subject[1024 * 1024 - 1] = 'z';
  cot_pattern_scratch_set_budget (scratch, 50000);
  for (gsize i = 0; i < G_N_ELEMENTS (slow); i++)
    {
      g_autoptr (CotPattern) pattern = pattern_new (slow[i], 0);
      gint64 start_usec = g_get_monotonic_time ();

      g_assert_cmpint (cot_pattern_match (pattern, scratch, subject, 1024 * 1024, 0, &start, &end),
                       ==, COT_MATCH_LIMIT);
      g_assert_cmpint (g_get_monotonic_time () - start_usec, <, 5 * G_USEC_PER_SEC);
    }

  subject[20000] = 'c';
  cot_pattern_scratch_set_budget (scratch, 10 * G_USEC_PER_SEC);
  g_assert_cmpint (cot_pattern_match (long_way, scratch, subject, 30000, 0, &start, &end), ==,
                   COT_MATCH_FOUND);
  g_assert_cmpuint (end, ==, 20001);
}

typedef struct
{
  const char *pattern;
  const char *match;
  const char *near_miss;
} Sample;

/* The kinds of expressions that detectors are made of. */
static const Sample samples[] = {
  { "Queuing enrollment timer to fire at\\b", "QUEUING enrollment timer to fire at 09:00",
    "Queuing enrollment timer to fire atone" },
  { "(?<!until )(?<!if )\\bMDM enrollment succeeded\\b(?!\\s*[:=?])", "MDM enrollment succeeded.",
    "Waiting until MDM enrollment succeeded" },
  { "with error code (?P<hresult>0x[0-9a-f]{8})(?: '(?P<text>[^']*)')?",
    "failed with error code 0x8007064C 'text'", "failed with error code 0x8007" },
  { "\\b0x8018000?2b\\b|MENROLL_E_MDM_NOT_CONFIGURED|(?<![\\w-])2149056555(?![\\w-])",
    "hr=0x8018002b", "id 12149056555" },
  { "^[ \\t]*AzureAdJoined[ \\t]*:[ \\t]*(?P<value>YES|NO)\\b", "a\r\n  AzureAdJoined : YES\r\nb",
    "not AzureAdJoined : YES" },
  { "^[ \\t]*MdmUrl[ \\t]*:[ \\t]*\\r?$", "MdmUrl :\r\nx", "MdmUrl : https" },
  { "State ?ID and report (?:detail )?hash (?:are|is) not changed",
    "StateID and report detail hash are not changed", "State  ID and report hash is not changed" },
  { "Microsoft.Identity.Client.MsalUiRequiredException",
    "Microsoft.Identity.Client.MsaluiRequiredException", "Microsoft.Identity.Client.Msal" },
  { "Code (?P<hresult>0x(?!0+\\b)[0-9a-f]+)", "Code 0x80", "Code 0x00000000" },
  { "^\\s*(?:Issued token|Return token to client)\\s*$", "\n Issued token \n", "Issued token x" },
  { "Failed(?: \\((?P<reason>(?:[^()\\r\\n]|\\([^()\\r\\n]*\\))*))\\)", "Failed (a (b) c)",
    "Failed (a (b" },
};

static void
test_detector_patterns (void)
{
  g_autoptr (CotPatternScratch) scratch = cot_pattern_scratch_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (CotPattern) pattern = pattern_new (samples[i].pattern, DETECTOR_FLAGS);
      gsize start;
      gsize end;

      g_test_message ("%s", samples[i].pattern);
      g_assert_cmpint (cot_pattern_match (pattern, scratch, samples[i].match,
                                          strlen (samples[i].match), 0, &start, &end), ==,
                       COT_MATCH_FOUND);
      g_assert_cmpint (cot_pattern_match (pattern, scratch, samples[i].near_miss,
                                          strlen (samples[i].near_miss), 0, &start, &end), ==,
                       COT_MATCH_NONE);
    }
}

typedef struct
{
  const char *pattern;
  const char *literals; /* sorted, with "|" between them */
} Required;

static const Required required[] = {
  { "timer to fire", "timer to fire" },
  { "\\w+Handler failed", "Handler failed" },
  { "a.*longer part", "longer part" },
  { "(?:one|two) three", "one three|two three" },
  { "alpha|beta|gamma", "alpha|beta|gamma" },
  { "alpha|beta|g", "" },
  { "alpha|b.*", "" },
  { "https?://", "http://|https://" },
  { "abcd(?:efgh)?", "abcd" },
  { "abcd(?:efgh)*ijkl", "ijkl" },
  { "x(?:abcd)+y", "xabcd" },
  { "abcde*", "abcd" },
  { "(abcd){0,3}", "" },
  { "(abcd){2}", "abcdabcd" },
  { "[Ff]ailed", "Failed" },
  { "[^F]ailed", "ailed" },
  { "ab[[:alpha:]]cdef", "cdef" },
  { "ab[]x]cdef", "ab]cdef|abxcdef" },
  { "ab[x\x7f]cdef", "abxcdef|ab\x7f" "cdef" },
  { "foo(?=barbar)", "" },
  { "food(?!barbar)", "food" },
  { "(?<=barbar)food", "food" },
  { "\\bcode\\b 7", "code 7" },
  { "\\Qa.b*\\E{2}", "a.b**" },
  { "\\x41bcd\\.", "Abcd." },
  { "(?P<name>abcd)(?P=name)", "abcd" },
  { "(?i)\xc3\xa4" "bcde\xc3\xa4", "bcde" },
  { "abcd(?#comment)*efgh", "efgh" },
  { "(?x) abcd # efgh", "" },
  { "(*COMMIT)abcd", "" },
  { "(?(?=a)abcd|abce)", "" },
  { "[[:<:]]abcd", "" },
  { "", "" },
  { ".*", "" },
};

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
join_literals (CotPattern *pattern, gsize min_bytes)
{
  g_auto (GStrv) literals = cot_pattern_dup_required_literals (pattern, min_bytes);

  qsort (literals, g_strv_length (literals), sizeof *literals, compare_texts);
  return g_strjoinv ("|", literals);
}

static void
test_required_literals (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (required); i++)
    {
      g_autoptr (CotPattern) pattern = pattern_new (required[i].pattern, 0);
      g_autofree char *joined = join_literals (pattern, 4);

      g_test_message ("%s", required[i].pattern);
      g_assert_cmpstr (joined, ==, required[i].literals);
    }
}

/* Unicode lets "k" match the Kelvin sign and "s" the long s. */
static void
test_required_literals_case (void)
{
  g_autoptr (CotPattern) pattern = pattern_new ("task\\d", COT_PATTERN_CASELESS);
  g_autoptr (CotPattern) literal
      = pattern_new ("task", COT_PATTERN_CASELESS | COT_PATTERN_LITERAL);
  g_autofree char *joined = join_literals (pattern, 4);
  g_autofree char *joined_literal = join_literals (literal, 4);

  g_assert_cmpstr (joined, ==, "task|\xc5\xbf|\xe2\x84\xaa");
  g_assert_cmpstr (joined_literal, ==, "task");
  assert_match ("task\\d", COT_PATTERN_CASELESS, "TA\xc5\xbf\xe2\x84\xaa" "1", 0, 8);
  assert_no_match ("task", COT_PATTERN_CASELESS | COT_PATTERN_LITERAL, "TA\xc5\xbf\xe2\x84\xaa");
}

static void
test_other_literals (void)
{
  static const struct
  {
    const char *pattern;
    const char *literals;
  } cases[] = {
    { "User Context[ \\t]*:[ \\t]*(?:SYSTEM|ELEVATED)", "ELEVATED|SYSTEM" },
    { "\\s/(?:SMS_MP|CCM_)\\S*[^\\r\\n]*?\\s403\\s", "403" },
    { "one thing alone", "" },
    /* What has to do with the first set tells nothing new. */
    { "a text and[^x]*text", "" },
    { "first words.*second", "second" },
    { "(?:first words|other words).*(?:second|[^x])", "" },
    { "an option(?: of it)?", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CotPattern) pattern = pattern_new (cases[i].pattern, 0);
      g_auto (GStrv) known = cot_pattern_dup_required_literals (pattern, 3);
      g_auto (GStrv) others
          = cot_pattern_dup_other_literals (pattern, 3, (const char *const *) known);
      g_autofree char *joined = NULL;

      g_test_message ("%s", cases[i].pattern);
      qsort (others, g_strv_length (others), sizeof *others, compare_texts);
      joined = g_strjoinv ("|", others);
      g_assert_cmpstr (joined, ==, cases[i].literals);
    }
}

/* Pieces that random expressions are put together from. */
static const char *const pieces[] = {
  "a", "b", "k", "S", "ab", "(", "(?:", "(?i)", "(?i:", "(?=", "(?<!", ")", ")", ")", "|", "*",
  "+", "?", "{2}", "{0,2}", "{1,}", "{,2}", "*?", "++", "[ab]", "[^a]", "[a-c]", "[]a]", ".", "^",
  "$", "\\b", "\\d", "\\w", "\\x61", "\\Q", "\\E", "\\1", "\xc3\xa4", "[[:alpha:]b]", "(?#a)",
  "(?<n>", "(?1)", "\\.", "{", "}", "(?|", "(?>", "\\101", "(?-i)", "(?^)",
};

static const char *const texts[] = {
  "a", "b", "k", "s", "A", "B", "\xc5\xbf", "\xe2\x84\xaa", "\xc3\xa4", "\xc3\x84", ".", "{", "}",
  "]", "1", "*", " ", "\n",
};

static char *
random_text (GRand *random, const char *const *from, gsize n_from, gint32 max_pieces)
{
  GString *text = g_string_new (NULL);
  gint32 n = g_rand_int_range (random, 0, max_pieces + 1);

  for (gint32 i = 0; i < n; i++)
    g_string_append (text, from[g_rand_int_range (random, 0, (gint32) n_from)]);
  return g_string_free (text, FALSE);
}

static gboolean
contains_any (const char *subject, char **literals)
{
  g_autofree char *folded = g_ascii_strdown (subject, -1);

  for (char **literal = literals; *literal != NULL; literal++)
    {
      g_autofree char *wanted = g_ascii_strdown (*literal, -1);

      if (strstr (folded, wanted) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Whatever the expression: where it matches, one of its literals stands, of both sets. */
static void
test_required_literals_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20240909);
  g_autoptr (CotPatternScratch) scratch = cot_pattern_scratch_new ();
  guint n_proved = 0;
  guint n_matched = 0;
  guint n_with_others = 0;

  for (guint i = 0; i < 40000; i++)
    {
      g_autofree char *text = random_text (random, pieces, G_N_ELEMENTS (pieces), 9);
      CotPatternFlags flags = i % 2 == 0 ? COT_PATTERN_CASELESS : 0;
      g_autoptr (CotPattern) pattern = cot_pattern_new (text, flags, NULL);
      g_auto (GStrv) literals = NULL;
      g_auto (GStrv) others = NULL;

      if (pattern == NULL)
        continue;
      literals = cot_pattern_dup_required_literals (pattern, 1);
      if (literals[0] == NULL)
        continue;
      others = cot_pattern_dup_other_literals (pattern, 1, (const char *const *) literals);
      n_proved++;
      for (guint j = 0; j < 20; j++)
        {
          g_autofree char *subject = random_text (random, texts, G_N_ELEMENTS (texts), 12);
          gsize start;
          gsize end;

          if (cot_pattern_match (pattern, scratch, subject, strlen (subject), 0, &start, &end)
              != COT_MATCH_FOUND)
            continue;
          n_matched++;
          if (!contains_any (subject, literals))
            g_error ("'%s' matches '%s' without '%s'", text, subject, literals[0]);
          n_with_others += others[0] != NULL ? 1 : 0;
          if (others[0] != NULL && !contains_any (subject, others))
            g_error ("'%s' matches '%s' without '%s'", text, subject, others[0]);
        }
    }
  /* The test would prove nothing on too few. */
  g_assert_cmpuint (n_proved, >, 1000);
  g_assert_cmpuint (n_matched, >, 1000);
  g_assert_cmpuint (n_with_others, >, 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pattern/literal", test_literal);
  g_test_add_func ("/pattern/literal-places", test_literal_places);
  g_test_add_func ("/pattern/whole-word", test_whole_word);
  g_test_add_func ("/pattern/flags", test_flags);
  g_test_add_func ("/pattern/invalid-subject", test_invalid_subject);
  g_test_add_func ("/pattern/groups", test_groups);
  g_test_add_func ("/pattern/many-groups", test_many_groups);
  g_test_add_func ("/pattern/errors", test_errors);
  g_test_add_func ("/pattern/limits", test_limits);
  g_test_add_func ("/pattern/budget-steps", test_budget_steps);
  g_test_add_func ("/pattern/budget-of-one-attempt", test_budget_of_one_attempt);
  g_test_add_func ("/pattern/detector-patterns", test_detector_patterns);
  g_test_add_func ("/pattern/required-literals", test_required_literals);
  g_test_add_func ("/pattern/required-literals-case", test_required_literals_case);
  g_test_add_func ("/pattern/other-literals", test_other_literals);
  g_test_add_func ("/pattern/required-literals-random", test_required_literals_random);
  return g_test_run ();
}
