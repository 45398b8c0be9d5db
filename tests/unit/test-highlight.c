/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules of the user: which bytes of a row light up in which colour. */

#include "cot-highlight.h"

#include <string.h>

static void
add (GPtrArray *rules, const char *text, CotPatternFlags flags, guint colour, gboolean whole_row)
{
  CotHighlightRule *rule = cot_highlight_rule_new (text, flags, colour);

  rule->whole_row = whole_row;
  g_ptr_array_add (rules, rule);
}

static GPtrArray *
new_rules (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) cot_highlight_rule_free);
}

/* "0-3:1 5-7:2 row:3 thread:4" */
static void
assert_marks (GPtrArray *rules, const char *message, const char *thread, const char *expected)
{
  g_autoptr (CotHighlighter) highlighter = cot_highlighter_new (rules);
  g_autoptr (GString) found = g_string_new (NULL);
  CotHighlights highlights;

  cot_highlighter_mark (highlighter, message, thread, &highlights);
  for (guint i = 0; i < highlights.n_spans; i++)
    g_string_append_printf (found, "%u-%u:%u ", highlights.spans[i].start_bytes,
                            highlights.spans[i].end_bytes, highlights.spans[i].colour);
  if (highlights.row_colour != 0)
    g_string_append_printf (found, "row:%u ", highlights.row_colour);
  if (highlights.thread_colour != 0)
    g_string_append_printf (found, "thread:%u ", highlights.thread_colour);
  g_string_truncate (found, found->len > 0 ? found->len - 1 : 0);
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_earlier_rules_win (void)
{
  g_autoptr (GPtrArray) rules = new_rules ();

  assert_marks (rules, "Client is registered", "1", "");
  add (rules, "is reg", COT_PATTERN_LITERAL, 1, FALSE);
  add (rules, "i[a-z]", COT_PATTERN_CASELESS, 2, FALSE);
  add (rules, "CLIENT", COT_PATTERN_LITERAL | COT_PATTERN_CASELESS, 3, TRUE);
  add (rules, "registered", COT_PATTERN_LITERAL, 4, TRUE);
  /* "is" is taken; "ie" and "is" of "registered" stand before and behind it. */
  assert_marks (rules, "Client is registered", NULL, "2-4:2 7-13:1 13-15:2 row:3");
  assert_marks (rules, "client", NULL, "2-4:2 row:3");
  assert_marks (rules, "", NULL, "");
  assert_marks (rules, NULL, NULL, "");
}

static void
test_what_is_off_is_off (void)
{
  g_autoptr (GPtrArray) rules = new_rules ();

  add (rules, "one", COT_PATTERN_LITERAL, 1, FALSE);
  add (rules, "(two", 0, 2, FALSE);
  add (rules, "", COT_PATTERN_LITERAL, 3, FALSE);
  add (rules, "three", COT_PATTERN_LITERAL, 99, FALSE);
  ((CotHighlightRule *) rules->pdata[0])->enabled = FALSE;
  assert_marks (rules, "one two three", NULL, "8-13:6");
}

static void
test_numbers_are_threads_too (void)
{
  g_autoptr (GPtrArray) rules = new_rules ();

  add (rules, "7120", COT_PATTERN_LITERAL, 1, FALSE);
  add (rules, "0x1c1f", COT_PATTERN_LITERAL | COT_PATTERN_CASELESS, 2, TRUE);
  add (rules, "44.2", 0, 3, FALSE);
  assert_marks (rules, "a", "7120", "thread:1");
  assert_marks (rules, "a", "7120 (0x1BD0)", "thread:1");
  assert_marks (rules, "a 7120", "0x1bd0", "2-6:1 thread:1");
  assert_marks (rules, "a", "7199 (0x1C1F)", "row:2");
  assert_marks (rules, "a", "71200", "");
  assert_marks (rules, "a", "71", "");
  assert_marks (rules, "a", "", "");
  /* A pattern is no number. */
  assert_marks (rules, "a", "4412", "");
}

static void
test_check (void)
{
  g_autoptr (CotHighlightRule) rule = cot_highlight_rule_new ("(two", 0, 0);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (rule->colour, ==, 1);
  g_assert_false (cot_highlight_rule_check (rule, &error));
  g_assert_error (error, COT_QUERY_ERROR, COT_QUERY_ERROR_PATTERN);
  g_clear_error (&error);
  rule->flags = COT_PATTERN_LITERAL;
  g_assert_true (cot_highlight_rule_check (rule, &error));
  g_assert_no_error (error);
  g_free (rule->text);
  rule->text = g_strdup ("");
  g_assert_false (cot_highlight_rule_check (rule, &error));
  g_assert_error (error, COT_QUERY_ERROR, COT_QUERY_ERROR_SYNTAX);
}

/* What takes exponential time is given up after a few rows, and the others go on. */
static void
test_slow_rules_are_given_up (void)
{
  g_autoptr (GPtrArray) rules = new_rules ();
  g_autoptr (CotHighlighter) highlighter = NULL;
  g_autofree char *message = g_strnfill (4000, 'a');
  CotHighlights highlights;
  gint64 start_usec;

  add (rules, "aab", COT_PATTERN_LITERAL, 1, FALSE);
  add (rules, "(a+)+(a+)+(a+)+[bc]", 0, 2, FALSE);
  add (rules, "aa", COT_PATTERN_LITERAL, 3, TRUE);
  highlighter = cot_highlighter_new (rules);
  for (guint i = 0; i < 10; i++)
    cot_highlighter_mark (highlighter, message, NULL, &highlights);
  g_assert_cmpuint (cot_highlighter_get_given_up (highlighter), ==, 1);
  start_usec = g_get_monotonic_time ();
  cot_highlighter_mark (highlighter, message, NULL, &highlights);
  g_assert_cmpint (g_get_monotonic_time () - start_usec, <, G_USEC_PER_SEC);
  g_assert_cmpuint (highlights.row_colour, ==, 3);
}

/* However long it takes for a text to be looked for: that is not the text's fault. */
static void
test_texts_are_never_given_up (void)
{
  g_autoptr (GPtrArray) rules = new_rules ();
  g_autoptr (CotHighlighter) highlighter = NULL;
  g_autofree char *message = g_strnfill (2 * 1024 * 1024, 'a');
  CotHighlights highlights;

  add (rules, "a", COT_PATTERN_LITERAL | COT_PATTERN_WHOLE_WORD, 1, FALSE);
  highlighter = cot_highlighter_new (rules);
  for (guint i = 0; i < 5; i++)
    cot_highlighter_mark (highlighter, message, NULL, &highlights);
  g_assert_cmpuint (cot_highlighter_get_given_up (highlighter), ==, G_MAXUINT);
  cot_highlighter_mark (highlighter, "a", NULL, &highlights);
  g_assert_cmpuint (highlights.n_spans, ==, 1);
}

/* Random rules on random texts: spans are ascending, apart, inside the text, and each byte that a
 * rule that stands first matches is lit in its colour. */
static void
test_spans_hold_together (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GPtrArray) rules = new_rules ();
      g_autoptr (CotHighlighter) highlighter = NULL;
      CotHighlights highlights;
      char message[41] = { 0 };
      guint n = (guint) g_test_rand_int_range (0, 40);
      gsize end = 0;

      for (guint i = 0; i < n; i++)
        message[i] = (char) ('a' + g_test_rand_int_range (0, 3));
      for (gint i = g_test_rand_int_range (0, 5); i > 0; i--)
        {
          char text[4] = { 0 };

          for (gint j = g_test_rand_int_range (1, 4); j > 0; j--)
            text[j - 1] = (char) ('a' + g_test_rand_int_range (0, 3));
          add (rules, text, COT_PATTERN_LITERAL, (guint) g_test_rand_int_range (1, 7), FALSE);
        }
      highlighter = cot_highlighter_new (rules);
      cot_highlighter_mark (highlighter, message, NULL, &highlights);
      for (guint i = 0; i < highlights.n_spans; i++)
        {
          const CotHighlightSpan *span = &highlights.spans[i];

          g_assert_cmpuint (span->start_bytes, >=, end);
          g_assert_cmpuint (span->end_bytes, >, span->start_bytes);
          end = span->end_bytes;
        }
      g_assert_cmpuint (end, <=, n);
      if (rules->len > 0 && highlights.n_spans < COT_HIGHLIGHT_MAX_SPANS)
        {
          const CotHighlightRule *first = rules->pdata[0];
          const char *at = strstr (message, first->text);
          guint hits = 0;

          for (guint i = 0; at != NULL && i < highlights.n_spans; i++)
            hits += highlights.spans[i].start_bytes == (guint) (at - message)
                    && highlights.spans[i].colour == first->colour;
          g_assert_cmpuint (hits, ==, at != NULL ? 1 : 0);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/highlight/earlier-rules-win", test_earlier_rules_win);
  g_test_add_func ("/highlight/what-is-off-is-off", test_what_is_off_is_off);
  g_test_add_func ("/highlight/numbers-are-threads-too", test_numbers_are_threads_too);
  g_test_add_func ("/highlight/check", test_check);
  g_test_add_func ("/highlight/slow-rules-are-given-up", test_slow_rules_are_given_up);
  g_test_add_func ("/highlight/texts-are-never-given-up", test_texts_are_never_given_up);
  g_test_add_func ("/highlight/spans-hold-together", test_spans_hold_together);
  return g_test_run ();
}
