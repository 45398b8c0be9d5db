/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cot-document.h"
#include "cot-finder.h"

#include <string.h>

static CotDocument *
document_new (const char *text, gsize length_bytes)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length_bytes);
  g_autoptr (CotSource) source = cot_source_new_from_bytes (bytes, "Finder.log");
  CotDocument *document = cot_document_new_for_source (source, "Finder.log");
  g_autoptr (GError) error = NULL;

  g_assert_true (cot_document_load_sync (document, NULL, &error));
  g_assert_no_error (error);
  return document;
}

static void
append_ccm (GString *log, const char *message)
{
  g_string_append_printf (log,
                          "<![LOG[%s]LOG]!><time=\"09:12:41.327+300\" date=\"11-18-2026\" "
                          "component=\"CcmExec\" context=\"\" type=\"1\" thread=\"7120\" "
                          "file=\"ccmexec.cpp:12\">\r\n",
                          message);
}

/* The ordinals found, with spaces between. */
static char *
find (CotDocument *document, const char *text, CotPatternFlags flags)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotPattern) pattern = cot_pattern_new (text, flags, &error);
  g_autoptr (CotBitset) found = cot_bitset_new ();
  g_autoptr (GString) ordinals = g_string_new (NULL);
  guint64 n_too_slow = 0;
  guint64 ordinal;

  g_assert_no_error (error);
  g_assert_true (cot_finder_run (pattern, cot_document_get_snapshot (document), 0, G_MAXUINT64,
                                 found, &n_too_slow, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_too_slow, ==, 0);
  for (guint64 from = 0; cot_bitset_next (found, from, &ordinal); from = ordinal + 1)
    g_string_append_printf (ordinals, "%" G_GUINT64_FORMAT " ", ordinal);
  return g_string_free (g_steal_pointer (&ordinals), FALSE);
}

static void
assert_found (CotDocument *document, const char *text, CotPatternFlags flags, const char *want)
{
  g_autofree char *got = find (document, text, flags);

  g_test_message ("%s", text);
  g_assert_cmpstr (got, ==, want);
}

#define CASELESS_LITERAL (COT_PATTERN_LITERAL | COT_PATTERN_CASELESS)

static void
test_messages (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (CotDocument) document = NULL;

  append_ccm (log, "Queuing enrollment timer");
  append_ccm (log, "nothing");
  append_ccm (log, "QUEUING enrollment\r\ntimer to fire");
  append_ccm (log, "the component CcmExec fires");
  append_ccm (log, "");
  document = document_new (log->str, log->len);

  assert_found (document, "queuing", CASELESS_LITERAL, "0 2 ");
  assert_found (document, "Queuing", COT_PATTERN_LITERAL, "0 ");
  assert_found (document, "timer|fires", COT_PATTERN_CASELESS, "0 2 3 ");
  /* What stands in frames is no message. */
  assert_found (document, "ccmexec", CASELESS_LITERAL, "3 ");
  assert_found (document, "log", CASELESS_LITERAL, "");
  assert_found (document, "thread=", CASELESS_LITERAL, "");
  /* No literal is required here. */
  assert_found (document, "^[a-z]+$", COT_PATTERN_CASELESS, "1 ");
  assert_found (document, "^$", 0, "4 ");
  /* No match runs from one entry into the next. */
  assert_found (document, "timer.*nothing", COT_PATTERN_DOT_ALL, "");
  assert_found (document, "enrollment\\s+timer", 0, "0 2 ");
  assert_found (document, "fire", COT_PATTERN_LITERAL | COT_PATTERN_WHOLE_WORD, "2 ");
}

/* More than one block, hits at both ends of blocks and of records, against the plain way. */
static void
test_many (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GString) want = g_string_new (NULL);
  g_autoptr (CotDocument) document = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint i = 0; i < 20000; i++)
    {
      gboolean hit = g_rand_int_range (random, 0, 20) == 0;
      g_autofree char *filler = g_strnfill ((gsize) g_rand_int_range (random, 0, 200), 'x');
      g_autofree char *message
          = g_strconcat (hit && i % 2 == 0 ? "Needle" : "", filler,
                         hit && i % 2 == 1 ? "neeDLE" : "", NULL);

      append_ccm (log, message);
      if (hit)
        g_string_append_printf (want, "%u ", i);
    }
  document = document_new (log->str, log->len);
  assert_found (document, "needle", CASELESS_LITERAL, want->str);
  assert_found (document, "need[l]e|absent", COT_PATTERN_CASELESS, want->str);
  assert_found (document, "n\\w{4}e", COT_PATTERN_CASELESS, want->str);
}

static void
test_plain (void)
{
  static const char text[] = "first line\nsecond LINE\r\n\nlast";
  g_autoptr (CotDocument) document = document_new (text, strlen (text));

  assert_found (document, "line", CASELESS_LITERAL, "0 1 ");
  assert_found (document, "last", COT_PATTERN_LITERAL, "3 ");
}

/* What a format composes of columns stands nowhere in the file, and is found all the same. */
static void
test_composed (void)
{
  static const char log[] = "#Fields: date time cs-method cs-uri-stem sc-status "
                            "sc-substatus cs-host\n"
                            "2026-11-18 09:12:41 GET /a 403 7 contoso\n"
                            "2026-11-18 09:12:41 GET /b 403 4 contoso\n";
  g_autoptr (CotDocument) document = document_new (log, sizeof log - 1);

  assert_found (document, "403.7", COT_PATTERN_LITERAL, "1 ");
  assert_found (document, "cs-host=contoso", COT_PATTERN_LITERAL, "1 2 ");
  assert_found (document, "403 7", COT_PATTERN_LITERAL, "");
  assert_found (document, "(/b|/c) 403\\.", 0, "2 ");
}

static void
test_windows_1252 (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (CotDocument) document = NULL;

  append_ccm (log, "Ger\xe4t registriert");
  append_ccm (log, "GER\xc4T");
  append_ccm (log, "Gerat");
  document = document_new (log->str, log->len);
  g_assert_cmpint (cot_document_get_encoding (document), ==, COT_ENCODING_WINDOWS_1252);
  assert_found (document, "ger\xc3\xa4t", CASELESS_LITERAL, "0 1 ");
  assert_found (document, "Ger\xc3\xa4t", COT_PATTERN_LITERAL, "0 ");
  assert_found (document, "Ger.t", 0, "0 2 ");
  assert_found (document, "registriert", CASELESS_LITERAL, "0 ");
}

/* The first letter that is no ASCII stands far behind the first block. */
static void
test_late_windows_1252 (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (CotDocument) document = NULL;

  for (guint i = 0; i < 900; i++)
    append_ccm (log, "A message in ASCII that is rather longer than others are in a log");
  append_ccm (log, "Ger\xe4t f\xfcr Pr\xfc" "fung");
  document = document_new (log->str, log->len);
  g_assert_cmpint (cot_document_get_encoding (document), ==, COT_ENCODING_WINDOWS_1252);
  assert_found (document, "ger\xc3\xa4t f\xc3\xbcr", CASELESS_LITERAL, "900 ");
}

static void
test_utf16 (void)
{
  static const char text[] = "Ger\xc3\xa4t eins\r\nzwei\r\n";
  g_autoptr (GError) error = NULL;
  gsize length_bytes;
  g_autofree char *utf16 = g_convert (text, -1, "UTF-16LE", "UTF-8", NULL, &length_bytes, &error);
  g_autoptr (CotDocument) document = NULL;

  g_assert_no_error (error);
  document = document_new (utf16, length_bytes);
  assert_found (document, "GER\xc3\x84T", CASELESS_LITERAL, "0 ");
  assert_found (document, "zwei", COT_PATTERN_LITERAL, "1 ");
}

static void
test_too_slow (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (CotDocument) document = NULL;
  g_autoptr (CotPattern) pattern = cot_pattern_new ("^(a+)+$", 0, NULL);
  g_autoptr (CotBitset) found = cot_bitset_new ();
  g_autoptr (GError) error = NULL;
  guint64 n_too_slow = 0;

  append_ccm (log, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab");
  append_ccm (log, "aaaa");
  document = document_new (log->str, log->len);
  g_assert_true (cot_finder_run (pattern, cot_document_get_snapshot (document), 0, 2, found,
                                 &n_too_slow, NULL, NULL, NULL, &error));
  g_assert_cmpuint (n_too_slow, ==, 1);
  g_assert_cmpuint (cot_bitset_get_size (found), ==, 1);
  g_assert_true (cot_bitset_contains (found, 1));
}

static void
on_progress (guint64 ordinal, gpointer data)
{
  guint64 *last = data;

  g_assert_cmpuint (ordinal, >, *last);
  *last = ordinal;
}

static void
test_range_and_cancel (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (CotDocument) document = NULL;
  g_autoptr (CotPattern) pattern = cot_pattern_new ("hit", COT_PATTERN_LITERAL, NULL);
  g_autoptr (CotBitset) found = cot_bitset_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint64 n_too_slow = 0;
  guint64 reached = 0;

  for (guint i = 0; i < 10; i++)
    append_ccm (log, "hit");
  document = document_new (log->str, log->len);
  g_assert_true (cot_finder_run (pattern, cot_document_get_snapshot (document), 3, 4, found,
                                 &n_too_slow, on_progress, &reached, cancellable, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (cot_bitset_get_size (found), ==, 4);
  g_assert_true (cot_bitset_contains (found, 3));
  g_assert_true (cot_bitset_contains (found, 6));
  g_assert_cmpuint (reached, ==, 7);

  g_cancellable_cancel (cancellable);
  g_assert_false (cot_finder_run (pattern, cot_document_get_snapshot (document), 0, 10, found,
                                  &n_too_slow, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_mark (void)
{
  g_autoptr (CotPattern) word = cot_pattern_new ("a+", COT_PATTERN_CASELESS, NULL);
  g_autoptr (CotPattern) empty = cot_pattern_new ("a*", 0, NULL);
  g_autoptr (CotPattern) nothing = cot_pattern_new ("", COT_PATTERN_LITERAL, NULL);
  g_autoptr (CotPattern) reset = cot_pattern_new ("x\\Ka", 0, NULL);
  g_autoptr (CotPatternScratch) scratch = cot_pattern_scratch_new ();
  gsize pairs[6];

  g_assert_cmpuint (cot_finder_mark (word, scratch, "aa-A-a", 6, pairs, 3, NULL), ==, 3);
  g_assert_cmpuint (pairs[0], ==, 0);
  g_assert_cmpuint (pairs[1], ==, 2);
  g_assert_cmpuint (pairs[2], ==, 3);
  g_assert_cmpuint (pairs[4], ==, 5);
  g_assert_cmpuint (cot_finder_mark (word, scratch, "aa-A-a", 6, pairs, 2, NULL), ==, 2);
  g_assert_cmpuint (cot_finder_mark (empty, scratch, "\xc3\xa4" "a\xc3\xa4" "aa", 7, pairs, 3,
                                     NULL),
                    ==, 2);
  g_assert_cmpuint (pairs[0], ==, 2);
  g_assert_cmpuint (pairs[3], ==, 7);
  g_assert_cmpuint (cot_finder_mark (nothing, scratch, "abc", 3, pairs, 3, NULL), ==, 0);
  g_assert_cmpuint (cot_finder_mark (reset, scratch, "xaxa", 4, pairs, 3, NULL), ==, 2);
  g_assert_cmpuint (pairs[2], ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/finder/messages", test_messages);
  g_test_add_func ("/finder/many", test_many);
  g_test_add_func ("/finder/plain", test_plain);
  g_test_add_func ("/finder/composed", test_composed);
  g_test_add_func ("/finder/late-windows-1252", test_late_windows_1252);
  g_test_add_func ("/finder/windows-1252", test_windows_1252);
  g_test_add_func ("/finder/utf16", test_utf16);
  g_test_add_func ("/finder/too-slow", test_too_slow);
  g_test_add_func ("/finder/range-and-cancel", test_range_and_cancel);
  g_test_add_func ("/finder/mark", test_mark);
  return g_test_run ();
}
