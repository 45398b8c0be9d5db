/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cot-document.h"
#include "cot-filter-clause.h"
#include "cot-filter.h"
#include "cot-source-private.h"

#include <string.h>

static CotDocument *
document_new (const char *text, gsize length_bytes)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length_bytes);
  g_autoptr (CotSource) source = cot_source_new_from_bytes (bytes, "Filter.log");
  CotDocument *document = cot_document_new_for_source (source, "Filter.log");
  g_autoptr (GError) error = NULL;

  g_assert_true (cot_document_load_sync (document, NULL, &error));
  g_assert_no_error (error);
  return document;
}

/* Entries 0 to 5 of most tests here. */
static const char fixture[]
    = "<![LOG[Enrollment failed with 0x80180014]LOG]!><time=\"09:12:41.327+300\" "
      "date=\"11-18-2026\" "
      "component=\"CoManagementHandler\" context=\"system\" type=\"3\" thread=\"7120\" "
      "file=\"enroll.cpp:12\">\r\n"
      "<![LOG[Queuing (timer) \"soon\"]LOG]!><time=\"09:13:00.000+300\" date=\"11-18-2026\" "
      "component=\"CoManagementHandler\" context=\"\" type=\"1\" thread=\"900\" "
      "file=\"timer.cpp:9\">\r\n"
      "<![LOG[Low disk]LOG]!><time=\"23:59:59.999+300\" date=\"11-18-2026\" component=\"CcmExec\" "
      "context=\"\" type=\"2\" thread=\"7120\" file=\"disk.cpp:7\">\r\n"
      "<![LOG[two\r\nlines]LOG]!><time=\"00:00:00.000+300\" date=\"11-19-2026\" "
      "component=\"ccmexec\" context=\"\" type=\"1\" thread=\"12a\" file=\"\">\r\n"
      "a plain line\r\n"
      "<![LOG[C:\\Windows\\Temp]LOG]!><time=\"00:00:01.500+300\" date=\"11-19-2026\" "
      "component=\"CcmExec\" context=\"\" type=\"1\" thread=\"1\" file=\"x.cpp:1\">\r\n";

static char *
dup_passes (CotDocument *document, CotFilter *filter, CotFilterFindings *findings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotBitset) passed = cot_bitset_new ();
  g_autoptr (GString) ordinals = g_string_new (NULL);
  guint64 ordinal;

  g_assert_true (cot_filter_run (filter, cot_document_get_snapshot (document), "logs/Filter.log",
                                 findings, 0, G_MAXUINT64, passed, NULL, NULL, &error));
  g_assert_no_error (error);
  for (guint64 from = 0; cot_bitset_next (passed, from, &ordinal); from = ordinal + 1)
    g_string_append_printf (ordinals, "%" G_GUINT64_FORMAT " ", ordinal);
  return g_string_free (g_steal_pointer (&ordinals), FALSE);
}

static char *
run_filter (CotDocument *document, const char *expression, CotFilterFindings *findings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotFilter) filter = cot_filter_new (expression, &error);

  g_assert_no_error (error);
  return dup_passes (document, filter, findings);
}

static gboolean
judge_alone (CotSnapshot *snapshot, guint64 ordinal, const CotEntryColumns *columns,
             const char *record, gsize length_bytes, gpointer data)
{
  gpointer *pair = data;
  g_autoptr (CotPatternScratch) scratch = cot_pattern_scratch_new ();
  CotEntry entry = { 0 };

  cot_format_parse_entry (cot_snapshot_get_format (snapshot), record, length_bytes, &entry);
  if (cot_filter_matches (pair[0], scratch, columns, &entry))
    g_string_append_printf (pair[1], "%" G_GUINT64_FORMAT " ", ordinal);
  return TRUE;
}

/* The entries that pass, by the columns and by the entries alone, which must agree. */
static void
assert_passes (CotDocument *document, const char *expression, const char *want)
{
  g_autofree char *got = run_filter (document, expression, NULL);
  g_autoptr (CotFilter) filter = cot_filter_new (expression, NULL);
  g_autoptr (GString) alone = g_string_new (NULL);
  gpointer pair[] = { filter, alone };

  g_test_message ("%s", expression);
  g_assert_cmpstr (got, ==, want);
  g_assert_true (cot_snapshot_foreach (cot_document_get_snapshot (document), 0, G_MAXUINT64,
                                       judge_alone, pair, NULL, NULL));
  if (strstr (expression, "format") == NULL && strstr (expression, "finding") == NULL)
    g_assert_cmpstr (alone->str, ==, want);
}

/* Entry 1 is the cause of 0, though its writer took it for information. */
static CotFilterFindings *
make_findings (void)
{
  CotFilterFindings *findings = cot_filter_findings_new ();

  cot_filter_findings_add (findings, "contoso-timer", "The timer is late", COT_SEVERITY_ERROR);
  cot_filter_findings_add_entry (findings, 1);
  cot_filter_findings_add_entry (findings, 0);
  cot_filter_findings_add (findings, "contoso-disk", "The disk is \"full\"", COT_SEVERITY_WARNING);
  cot_filter_findings_add_entry (findings, 5);
  cot_filter_findings_add (findings, "contoso-plain", "All is well", COT_SEVERITY_INFO);
  cot_filter_findings_add_entry (findings, 4);
  cot_filter_findings_add_entry (findings, 5);
  return findings;
}

typedef struct
{
  const char *expression;
  const char *want;
} Case;

static const Case cases[] = {
  /* text */
  { "failed", "0 " },
  { "FAILED", "0 " },
  { "\"failed with\"", "0 " },
  { "text : failed", "0 " },
  { "text=\"LOW disk\"", "2 " },
  { "text!=\"Low disk\"", "0 1 3 4 5 " },
  { "text!:l", "1 5 " },
  { "text~0x8\\d{7}", "0 " },
  { "text ~ \"^(two|low)\"", "2 3 " },
  { "text~^(two|low)", "2 3 " },
  { "text~(?-i)^low", "" },
  { "text !~ e", "2 " },
  { "text ~ \"^lines\"", "3 " },
  { "\"\\\"soon\\\"\"", "1 " },
  { "text:\"C:\\Windows\"", "5 " },
  { "text:\"C:\\\\Windows\"", "5 " },
  { "text:(timer)", "1 " },
  { "0x80180014", "0 " },
  /* columns */
  { "component=ccmexec", "2 3 5 " },
  { "component != CcmExec", "0 1 4 " },
  { "component:man", "0 1 " },
  { "component~^co.*r$", "0 1 " },
  { "component=\"\"", "4 " },
  { "origin:timer", "1 " },
  { "origin ~ \":1\\d?$\"", "0 5 " },
  { "context=system", "0 " },
  { "type=1", "1 3 5 " },
  { "type>=2", "0 2 " },
  { "format=plain", "4 " },
  { "format=ccm", "0 1 2 3 5 " },
  { "format != CCM", "4 " },
  { "not format = plain and thread = 7120", "0 2 " },
  { "format = evtx or format = mdm-report or format=results or format = registry", "" },
  /* numbers, and text where one side is none */
  { "thread=7120", "0 2 " },
  { "thread=07120", "0 2 " },
  { "thread<1000", "1 4 5 " },
  { "thread>=900", "0 1 2 " },
  { "thread:12", "0 2 3 " },
  { "line=1", "0 " },
  { "line>4", "4 5 " },
  { "line>=4 and line<7", "3 4 " },
  /* severity */
  { "severity=error", "0 " },
  { "severity>=Warning", "0 2 " },
  { "severity!=info", "0 2 " },
  { "severity<warning", "1 3 4 5 " },
  /* time: a value is all that lies within */
  { "time=2026-11-18", "0 1 2 " },
  { "time>2026-11-18", "3 5 " },
  { "time>=2026-11-18T23:59:59", "2 3 5 " },
  { "time<2026-11-18T09:13", "0 " },
  { "time<=\"2026-11-18 09:13\"", "0 1 " },
  { "time=09:12", "0 " },
  { "time<12:00:00", "0 1 3 5 " },
  { "time=00:00:01.5", "5 " },
  { "time=00:00:01.4", "" },
  { "time!=2026-11-18", "3 4 5 " },
  { "time=2026-11-18T09:12..09:13", "0 1 " },
  { "time=2026-11-18T09:12:00..09:12:59", "0 " },
  { "time = \"2026-11-18 09:13..2026-11-19 00:00:00\"", "1 2 3 " },
  { "time=2026-11-18..2026-11-19", "0 1 2 3 5 " },
  { "time=09:13..23:59", "1 2 " },
  { "time!=09:13..23:59", "0 3 4 5 " },
  { "time>2026-11-18T09:12..09:13", "2 3 5 " },
  { "time=00:00:01.5..00:00:01.5", "5 " },
  /* by the clock of a zone: the log is five hours behind UTC */
  { "time=14:12Z", "0 " },
  { "time=2026-11-18T14:12Z..14:13Z", "0 1 " },
  { "time=2026-11-19T04:00Z..06:00Z", "2 3 5 " },
  { "time=2026-11-18T09:12-05:00", "0 " },
  { "time=2026-11-18T15:12+01:00..14:13Z", "0 1 " },
  { "time<2026-11-19T05:00Z", "0 1 2 " },
  /* logic */
  { "failed or disk", "0 2 " },
  { "component=ccmexec and not disk", "3 5 " },
  { "NOT (component=ccmexec or failed)", "1 4 " },
  { "failed or disk and component=x", "0 " },
  { "(failed or disk) and component=ccmexec", "2 " },
  { "not not failed", "0 " },
  { "severity=error and(failed)", "0 " },
  { "severity=error or text:lines or thread=1", "0 3 5 " },
};

static void
test_cases (void)
{
  g_autoptr (CotDocument) document = document_new (fixture, strlen (fixture));

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_passes (document, cases[i].expression, cases[i].want);
}

static const Case errors[] = {
  { "", "at 0: a test, a text, 'not' or '(' was expected" },
  { "  ", "at 2: a test, a text" },
  { "failed and", "at 10: a test, a text" },
  { "failed and or x", "at 11: a test, a text" },
  { "failed with", "at 7: 'and', 'or' or the end was expected" },
  { "(failed", "at 0: the closing parenthesis is missing" },
  { "(failed with", "at 8: 'and', 'or' or ')' was expected" },
  { "failed)", "at 6: 'and', 'or' or the end" },
  { "text:", "at 5: a value was expected" },
  { "text=\"abc", "at 5: the closing quote is missing" },
  { "colour=red", "at 0: 'colour' is no field; there are text component" },
  { "=red", "at 0: a field was expected" },
  { "text<b", "at 4: 'text' is compared with one of = != ~ !~ : !:" },
  { "severity~err", "at 8: 'severity' is compared with one of = != < <= > >=" },
  { "severity=bad", "at 9: a severity was expected" },
  { "time>monday", "at 5: a time was expected" },
  { "time>2026-13-01", "at 5: a time was expected" },
  { "time>24:00", "at 5: a time was expected" },
  { "time>2026-11-18T", "at 5: a time was expected" },
  { "time=09:12..", "at 5: a time was expected" },
  { "time=09:12..08:12", "at 5: a time was expected" },
  { "time=09:12Z..10:12", "at 5: a time was expected" },
  { "time=09:12..2026-11-18T10:12", "at 5: a time was expected" },
  { "time=09:12..09:13..09:14", "at 5: a time was expected" },
  { "time=2026-11-18Z", "at 5: a time was expected" },
  { "time=09:12+25:00", "at 5: a time was expected" },
  { "line=-1", "at 5: a line number was expected" },
  { "finding >= contoso", "at 11: a severity was expected" },
  { "format=ccmm", "at 7: a format was expected: ccm, ime, server, " },
  { "not (format != \"\")", "at 16: a format was expected: " },
  { "a or text~x(", "at 12: " },
  { "text~\"\\\"(\"", "at 9: " },
  { "a\xff", "at 1: this is not valid UTF-8" },
};

static void
test_errors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_null (cot_filter_new (errors[i].expression, &error));
      g_assert_nonnull (error);
      g_assert_cmpuint (error->domain, ==, COT_QUERY_ERROR);
      if (!g_str_has_prefix (error->message, errors[i].want))
        g_assert_cmpstr (error->message, ==, errors[i].want);
    }
}

static void
test_limits (void)
{
  g_autofree char *deep = g_strnfill (100, '(');
  g_autofree char *long_text = g_strnfill (20000, 'a');
  g_autoptr (GString) many = g_string_new ("a");
  g_autoptr (GString) negations = g_string_new (NULL);
  const char *expressions[3];

  for (guint i = 0; i < 300; i++)
    g_string_append (many, " or a");
  for (guint i = 0; i < 3001; i++)
    g_string_append (negations, "not ");
  g_string_append (negations, "failed");
  expressions[0] = deep;
  expressions[1] = long_text;
  expressions[2] = many->str;
  for (gsize i = 0; i < G_N_ELEMENTS (expressions); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (cot_filter_new (expressions[i], &error));
      g_assert_error (error, COT_QUERY_ERROR, COT_QUERY_ERROR_LIMIT);
    }
  {
    g_autoptr (CotDocument) document = document_new (fixture, strlen (fixture));

    assert_passes (document, negations->str, "1 2 3 4 5 ");
  }
}

/* What a pattern cannot judge is not hidden, whichever way round the test is. */
static void
test_too_slow (void)
{
  static const char text[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\nb\naa\n";
  g_autoptr (CotDocument) document = document_new (text, strlen (text));

  assert_passes (document, "text ~ \"^(a+)+$\"", "0 2 ");
  assert_passes (document, "not text ~ \"^(a+)+$\"", "0 1 ");
  assert_passes (document, "text ~ \"^(a+)+$\" and text:b", "0 ");
  assert_passes (document, "text ~ \"^(a+)+$\" and text:c", "");
}

static void
test_windows_1252 (void)
{
  static const char text[] = "Ger\xe4t\r\nGERAT\r\n";
  g_autoptr (CotDocument) document = document_new (text, strlen (text));
  g_autofree char *contains = run_filter (document, "ger\xc3\x84t", NULL);
  g_autofree char *matches = run_filter (document, "text~ger.t", NULL);
  g_autofree char *equals = run_filter (document, "text=Ger\xc3\xa4t", NULL);

  g_assert_cmpstr (contains, ==, "0 ");
  g_assert_cmpstr (matches, ==, "0 1 ");
  g_assert_cmpstr (equals, ==, "0 ");
}

/* Many entries, so that slabs and blocks have borders; a range inside; adding to what is there. */
static void
test_range (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (CotDocument) document = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  const char *expressions[]
      = { "severity=error", "component=A3", "e3x", "line>0 and severity=error" };
  const guint64 n = 10000;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (log,
                            "<![LOG[e%ux]LOG]!><time=\"09:12:41.327+300\" date=\"11-18-2026\" "
                            "component=\"A%u\" context=\"\" type=\"%u\" thread=\"1\" "
                            "file=\"\">\r\n",
                            i % 10, i % 10, i % 10 == 3 ? 3 : 1);
  document = document_new (log->str, log->len);
  for (gsize i = 0; i < G_N_ELEMENTS (expressions); i++)
    {
      g_autoptr (CotFilter) filter = cot_filter_new (expressions[i], NULL);
      g_autoptr (CotBitset) passed = cot_bitset_new ();

      cot_bitset_add (passed, 0);
      g_assert_true (cot_filter_run (filter, cot_document_get_snapshot (document), NULL, NULL, 4,
                                     9000, passed, NULL, cancellable, &error));
      g_assert_cmpuint (cot_bitset_get_size (passed), ==, 901);
      for (guint64 ordinal = 13; ordinal < 9004; ordinal += 10)
        g_assert_true (cot_bitset_contains (passed, ordinal));
    }
  g_cancellable_cancel (cancellable);
  for (gsize i = 0; i < G_N_ELEMENTS (expressions); i++)
    {
      g_autoptr (CotFilter) filter = cot_filter_new (expressions[i], NULL);
      g_autoptr (CotBitset) passed = cot_bitset_new ();

      g_assert_false (cot_filter_run (filter, cot_document_get_snapshot (document), NULL, NULL, 0,
                                      n, passed, NULL, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
    }
}

/* Thousands of entries share a name on which a pattern gives up: it does so once. */
static void
test_too_slow_name (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (CotDocument) document = NULL;
  g_autoptr (CotFilter) filter = cot_filter_new ("component ~ \"^(a+)+$\"", NULL);
  g_autoptr (CotBitset) passed = cot_bitset_new ();
  gint64 start_usec;
  guint64 n_too_slow = 0;
  const guint n = 20000;

  for (guint i = 0; i < n; i++)
    g_string_append (log, "<![LOG[x]LOG]!><time=\"09:12:41.327+300\" date=\"11-18-2026\" "
                          "component=\"aaaaaaaaaaaaaaaaaaaaaaaaaaab\" context=\"\" type=\"1\" "
                          "thread=\"1\" file=\"\">\n");
  document = document_new (log->str, log->len);
  start_usec = g_get_monotonic_time ();
  g_assert_true (cot_filter_run (filter, cot_document_get_snapshot (document), NULL, NULL, 0, n,
                                 passed, &n_too_slow, NULL, NULL));
  g_assert_cmpuint (n_too_slow, ==, n);
  g_assert_cmpuint (cot_bitset_get_size (passed), ==, n);
  g_assert_cmpint (g_get_monotonic_time () - start_usec, <, 5 * G_USEC_PER_SEC);
}

/* A log that, when it is read, cancels what reads it. */
typedef struct
{
  GBytes *bytes;
  GCancellable *cancellable; /* (nullable) */
} Spoilsport;

static gboolean
spoilsport_read (gpointer data, guint64 offset, void *buffer, gsize length_bytes, gsize *n_read,
                 GError **error)
{
  Spoilsport *self = data;
  g_autoptr (CotSource) source = cot_source_new_from_bytes (self->bytes, "");

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  return cot_source_read (source, offset, buffer, length_bytes, n_read, error);
}

static guint64
spoilsport_get_size (gpointer data)
{
  return g_bytes_get_size (((Spoilsport *) data)->bytes);
}

/* Within a block too: slow patterns take minutes for one. */
static void
test_cancel_in_block (void)
{
  static const CotSourceBackend backend = { spoilsport_read, spoilsport_get_size, g_free };
  g_autoptr (GBytes) bytes = g_bytes_new_static (fixture, strlen (fixture));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Spoilsport *spoilsport = g_new0 (Spoilsport, 1);
  g_autoptr (CotSource) source = cot_source_new_from_backend (&backend, spoilsport, "Filter.log");
  g_autoptr (CotDocument) document = cot_document_new_for_source (source, NULL);
  g_autoptr (CotFilter) filter = cot_filter_new ("text~.", NULL);
  g_autoptr (CotBitset) passed = cot_bitset_new ();
  g_autoptr (GError) error = NULL;

  spoilsport->bytes = bytes;
  g_assert_true (cot_document_load_sync (document, NULL, NULL));
  spoilsport->cancellable = cancellable;
  g_assert_false (cot_filter_run (filter, cot_document_get_snapshot (document), NULL, NULL, 0,
                                  G_MAXUINT64, passed, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (cot_bitset_get_size (passed), ==, 0);
}

static char *
find_in (CotDocument *document, const char *text, CotPatternFlags flags, CotFilterColumns columns)
{
  g_autoptr (CotPattern) pattern = cot_pattern_new (text, flags, NULL);
  g_autoptr (CotFilter) filter = cot_filter_new_for_pattern (pattern, columns);

  return dup_passes (document, filter, NULL);
}

#define assert_found(text, flags, columns, ordinals) \
  G_STMT_START \
  { \
    g_autofree char *assert_found_ = find_in (document, (text), (flags), (columns)); \
    g_assert_cmpstr (assert_found_, ==, (ordinals)); \
  } \
  G_STMT_END

/* One pattern in the columns that are asked for, and in no other. */
static void
test_for_pattern (void)
{
  g_autoptr (CotDocument) document = document_new (fixture, strlen (fixture));
  const CotPatternFlags literal = COT_PATTERN_LITERAL | COT_PATTERN_CASELESS;

  assert_found ("ccmexec", literal, COT_COLUMN_COMPONENT, "2 3 5 ");
  assert_found ("ccmexec", COT_PATTERN_LITERAL, COT_COLUMN_COMPONENT, "3 ");
  assert_found ("ccmexec", literal, COT_COLUMN_TEXT, "");
  assert_found ("disk", literal, COT_COLUMN_TEXT, "2 ");
  assert_found ("disk", literal, COT_COLUMN_ORIGIN, "2 ");
  assert_found ("12", literal, COT_COLUMN_THREAD, "0 2 3 ");
  assert_found ("12", literal | COT_PATTERN_WHOLE_WORD, COT_COLUMN_THREAD, "");
  assert_found ("11-18 09:13", literal, COT_COLUMN_TIME, "1 ");
  assert_found ("11-18 09:1", literal, COT_COLUMN_TIME, "0 1 ");
  assert_found ("2026-11-18 23:59:59.999", literal, COT_COLUMN_TIME, "2 ");
  assert_found ("59.9990", literal, COT_COLUMN_TIME, "");
  assert_found ("filter.log", literal, COT_COLUMN_LOG, "0 1 2 3 4 5 ");
  assert_found ("timer", literal, COT_COLUMN_TEXT | COT_COLUMN_ORIGIN, "1 ");
  assert_found ("t[ei]m", COT_PATTERN_CASELESS, COT_COLUMN_ALL, "1 5 ");
  assert_found ("plain", literal, COT_COLUMN_ALL, "4 ");
  assert_found ("^line", COT_PATTERN_MULTI_LINE, COT_COLUMN_TEXT, "3 ");
  assert_found ("LOG[", literal, COT_COLUMN_TEXT | COT_COLUMN_THREAD, "");
}

/* What cannot be judged is not said to be found, but counted. */
static void
test_for_pattern_too_slow (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (CotPattern) pattern = cot_pattern_new ("(a+)+$", 0, NULL);
  g_autoptr (CotFilter) filter = cot_filter_new_for_pattern (pattern, COT_COLUMN_TEXT);
  g_autoptr (CotBitset) found = cot_bitset_new ();
  g_autoptr (CotDocument) document = NULL;
  guint64 n_too_slow = 0;

  for (guint i = 0; i < 60; i++)
    g_string_append_c (text, 'a');
  g_string_append (text, "b\r\naaa\r\n");
  document = document_new (text->str, text->len);
  g_assert_true (cot_filter_run (filter, cot_document_get_snapshot (document), NULL, NULL, 0,
                                 G_MAXUINT64, found, &n_too_slow, NULL, NULL));
  g_assert_cmpuint (n_too_slow, ==, 1);
  g_assert_false (cot_bitset_contains (found, 0));
  g_assert_true (cot_bitset_contains (found, 1));
}

/* "N (0xHEX)" is the number N. */
static void
test_server_thread (void)
{
  static const char text[] = "a  $$<C><11-18-2026 09:12:41.327+300><thread=4992 (0x1380)>\r\n"
                             "b  $$<C><11-18-2026 09:12:41.327+300><thread=500 (0x1F4)>\r\n";
  g_autoptr (CotDocument) document = document_new (text, strlen (text));

  assert_passes (document, "thread=4992", "0 ");
  assert_passes (document, "thread!=4992", "1 ");
  assert_passes (document, "thread<1000", "1 ");
  assert_passes (document, "thread:0x1F4", "1 ");
  assert_passes (document, "thread=\"500 (0x1f4)\"", "1 ");
}

static void
add_clause (GPtrArray *clauses, const char *field, CotClauseRelation relation, const char *value,
            gboolean excludes)
{
  g_ptr_array_add (clauses, cot_filter_clause_new (field, relation, value, excludes));
}

static GPtrArray *
clauses_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) cot_filter_clause_free);
}

static void
assert_clauses_pass (CotDocument *document, GPtrArray *clauses, gboolean any, const char *expected)
{
  g_autofree char *expression = cot_filter_clauses_dup_expression (clauses, any);

  g_assert_nonnull (expression);
  assert_passes (document, expression, expected);
}

static void
test_clauses (void)
{
  g_autoptr (CotDocument) document = document_new (fixture, strlen (fixture));
  g_autoptr (GPtrArray) clauses = clauses_new ();
  CotFilterClause *component;

  g_assert_null (cot_filter_clauses_dup_expression (clauses, FALSE));
  add_clause (clauses, "component", COT_CLAUSE_IS, "CcmExec", FALSE);
  component = g_ptr_array_index (clauses, 0);
  assert_clauses_pass (document, clauses, FALSE, "2 3 5 ");
  add_clause (clauses, "severity", COT_CLAUSE_AT_LEAST, "warning", FALSE);
  assert_clauses_pass (document, clauses, FALSE, "2 ");
  assert_clauses_pass (document, clauses, TRUE, "0 2 3 5 ");
  add_clause (clauses, "thread", COT_CLAUSE_IS, "7120", TRUE);
  assert_clauses_pass (document, clauses, TRUE, "3 5 ");
  component->is_off = TRUE;
  assert_clauses_pass (document, clauses, TRUE, "");
  g_ptr_array_remove_index (clauses, 1);
  assert_clauses_pass (document, clauses, FALSE, "1 3 4 5 ");
  component->is_off = FALSE;
  g_ptr_array_add (component->values, g_strdup ("CoManagementHandler"));
  g_assert_true (cot_filter_clause_has_value (component, "CoManagementHandler"));
  g_assert_false (cot_filter_clause_has_value (component, "comanagementhandler"));
  assert_clauses_pass (document, clauses, FALSE, "1 3 5 ");
  add_clause (clauses, NULL, COT_CLAUSE_IS, "line = 1 or text ~ \"^C:\"", FALSE);
  assert_clauses_pass (document, clauses, FALSE, "5 ");
}

/* Whatever stands in a row can be asked for, and means only itself. */
static void
test_values_of_clauses (void)
{
  static const char *const signs[] = { "\"", "\\", "(", ")", " ", "and", "or", "=", "not", "ä" };

  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (GString) value = g_string_new ("x");
      g_autofree char *text = NULL;
      g_autoptr (CotDocument) document = NULL;
      g_autoptr (GPtrArray) clauses = clauses_new ();

      for (gint n = g_test_rand_int_range (0, 8); n > 0; n--)
        g_string_append (value,
                         signs[g_test_rand_int_range (0, (gint32) G_N_ELEMENTS (signs))]);
      g_string_append_c (value, 'x');
      text = g_strdup_printf ("%s\n%sy\n", value->str, value->str);
      document = document_new (text, strlen (text));
      add_clause (clauses, "text", COT_CLAUSE_IS, value->str, FALSE);
      assert_clauses_pass (document, clauses, FALSE, "0 ");
      add_clause (clauses, "text", COT_CLAUSE_CONTAINS, value->str, FALSE);
      assert_clauses_pass (document, clauses, TRUE, "0 1 ");
    }
}

/* "From" one time to another is what lies within; from one time on is all after it, too. */
static void
test_ranges_of_clauses (void)
{
  g_autoptr (CotDocument) document = document_new (fixture, strlen (fixture));

  for (CotClauseRelation relation = 0; relation < COT_N_CLAUSE_RELATIONS; relation++)
    {
      g_autoptr (GPtrArray) clauses = clauses_new ();

      if (relation != COT_CLAUSE_IS && relation != COT_CLAUSE_AT_LEAST
          && relation != COT_CLAUSE_AT_MOST)
        continue;
      add_clause (clauses, "time", relation, "2026-11-18T09:12..09:13", FALSE);
      assert_clauses_pass (document, clauses, FALSE, "0 1 ");
      g_ptr_array_set_size (clauses, 0);
      add_clause (clauses, "time", relation, "2026-11-18T09:13", FALSE);
      assert_clauses_pass (document, clauses, FALSE,
                           relation == COT_CLAUSE_IS         ? "1 "
                           : relation == COT_CLAUSE_AT_LEAST ? "1 2 3 5 "
                                                             : "0 1 ");
    }
}

static void
test_copies_of_clauses (void)
{
  g_autoptr (CotFilterClause) clause
      = cot_filter_clause_new ("component", COT_CLAUSE_IS, "a", TRUE);
  g_autoptr (CotFilterClause) copy = cot_filter_clause_copy (clause);

  g_ptr_array_add (clause->values, g_strdup ("b"));
  g_assert_true (copy->excludes);
  g_assert_cmpstr (copy->field, ==, "component");
  g_assert_cmpuint (copy->values->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (copy->values, 0), ==, "a");
}

/* What was not filled in yet asks for nothing, wherever it stands. */
static void
test_empty_values (void)
{
  g_autoptr (CotFilterClause) clause
      = cot_filter_clause_new ("component", COT_CLAUSE_IS, "", FALSE);
  g_autoptr (CotFilterClause) complete = NULL;

  g_assert_null (cot_filter_clause_copy_complete (clause));
  g_ptr_array_add (clause->values, g_strdup ("b"));
  g_ptr_array_add (clause->values, g_strdup (""));
  complete = cot_filter_clause_copy_complete (clause);
  g_assert_cmpuint (complete->values->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (complete->values, 0), ==, "b");
  g_assert_cmpuint (clause->values->len, ==, 3);
}

static const Case finding_cases[] = {
  { "finding = any", "0 1 4 5 " },
  { "finding = None", "2 3 " },
  { "finding != none and finding != ANY", "" },
  { "finding = contoso-timer", "0 1 " },
  { "finding = CONTOSO-TIMER and severity < warning", "1 " },
  { "finding = \"the disk is \\\"full\\\"\"", "5 " },
  { "finding : timer", "0 1 " },
  { "finding : \"is \"", "0 1 4 5 " },
  { "finding !: timer", "2 3 4 5 " },
  { "finding ~ \"^the .*(late|full)\"", "0 1 5 " },
  { "finding >= error", "0 1 " },
  { "finding >= warning", "0 1 5 " },
  { "finding < warning", "4 5 " },
  { "severity >= error or finding >= error", "0 1 " },
  { "not finding = any and component = ccmexec", "2 3 " },
  { "text : line or finding : plain", "3 4 5 " },
};

static void
test_findings (void)
{
  g_autoptr (CotDocument) document = document_new (fixture, strlen (fixture));
  g_autoptr (CotFilterFindings) findings = make_findings ();

  for (gsize i = 0; i < G_N_ELEMENTS (finding_cases); i++)
    {
      g_autofree char *passed = run_filter (document, finding_cases[i].expression, findings);
      g_autoptr (CotFilter) filter = cot_filter_new (finding_cases[i].expression, NULL);

      g_test_message ("%s", finding_cases[i].expression);
      g_assert_cmpstr (passed, ==, finding_cases[i].want);
      g_assert_true (cot_filter_asks_for_findings (filter));
    }
}

/* By the name of the file, with and without its ending, and whatever a collector put in front. */
static const struct
{
  const char *expression;
  gboolean passes;
} log_cases[] = {
  { "log = Filter.log", TRUE },  { "log = filter", TRUE },   { "log = Filter.lo_", FALSE },
  { "log != Filter", FALSE },    { "log != Other", TRUE },   { "log : ilt", TRUE },
  { "log : logs", FALSE },       { "log !: other", TRUE },   { "log ~ \"^filter$\"", TRUE },
  { "log ~ \"^lter\"", FALSE }, { "log !~ \"log$\"", FALSE },
};

static void
test_log (void)
{
  g_autoptr (CotDocument) document = document_new (fixture, strlen (fixture));

  for (gsize i = 0; i < G_N_ELEMENTS (log_cases); i++)
    {
      g_autofree char *passed = run_filter (document, log_cases[i].expression, NULL);

      g_test_message ("%s", log_cases[i].expression);
      g_assert_cmpstr (passed, ==, log_cases[i].passes ? "0 1 2 3 4 5 " : "");
    }
}

/* Where nothing was found, or nobody looked, no entry is evidence. */
static void
test_no_findings (void)
{
  g_autoptr (CotDocument) document = document_new (fixture, strlen (fixture));
  g_autofree char *any = run_filter (document, "finding = any", NULL);
  g_autofree char *none = run_filter (document, "finding = none", NULL);
  g_autoptr (CotFilter) filter = cot_filter_new ("severity >= error and line > 1", NULL);

  g_assert_cmpstr (any, ==, "");
  g_assert_cmpstr (none, ==, "0 1 2 3 4 5 ");
  g_assert_false (cot_filter_asks_for_findings (filter));
}

static void
test_equal_findings (void)
{
  g_autoptr (CotFilterFindings) findings = make_findings ();
  g_autoptr (CotFilterFindings) same = make_findings ();
  g_autoptr (CotFilterFindings) none = cot_filter_findings_new ();

  g_assert_true (cot_filter_findings_equal (findings, same));
  g_assert_false (cot_filter_findings_equal (findings, none));
  cot_filter_findings_add_entry (same, 2);
  g_assert_false (cot_filter_findings_equal (findings, same));
}

/* A line that is known for a problem counts as one, whatever its writer took it for. */
static void
test_severity_of_clauses (void)
{
  static const struct
  {
    CotClauseRelation relation;
    const char *severity;
    gboolean excludes;
    const char *want;
  } clauses[] = {
    { COT_CLAUSE_AT_LEAST, "error", FALSE, "0 1 " },
    { COT_CLAUSE_AT_LEAST, "warning", FALSE, "0 1 2 5 " },
    { COT_CLAUSE_AT_LEAST, "info", FALSE, "0 1 2 3 4 5 " },
    { COT_CLAUSE_IS, "error", FALSE, "0 1 " },
    { COT_CLAUSE_IS, "warning", FALSE, "2 5 " },
    { COT_CLAUSE_IS, "info", FALSE, "3 4 " },
    { COT_CLAUSE_AT_MOST, "error", FALSE, "0 1 2 3 4 5 " },
    { COT_CLAUSE_AT_MOST, "warning", FALSE, "2 3 4 5 " },
    { COT_CLAUSE_AT_MOST, "info", FALSE, "3 4 " },
    { COT_CLAUSE_AT_MOST, "info", TRUE, "0 1 2 5 " },
    { COT_CLAUSE_AT_LEAST, "error", TRUE, "2 3 4 5 " },
  };
  g_autoptr (CotDocument) document = document_new (fixture, strlen (fixture));
  g_autoptr (CotFilterFindings) findings = make_findings ();

  for (gsize i = 0; i < G_N_ELEMENTS (clauses); i++)
    {
      g_autoptr (GPtrArray) one = clauses_new ();
      g_autofree char *expression = NULL;
      g_autofree char *passed = NULL;

      add_clause (one, "severity", clauses[i].relation, clauses[i].severity, clauses[i].excludes);
      expression = cot_filter_clauses_dup_expression (one, FALSE);
      passed = run_filter (document, expression, findings);
      g_test_message ("%s", expression);
      g_assert_cmpstr (passed, ==, clauses[i].want);
      g_assert_cmpint (cot_filter_clause_counts_problems (g_ptr_array_index (one, 0)), ==,
                       clauses[i].relation != COT_CLAUSE_AT_MOST
                           && !g_str_equal (clauses[i].severity, "info"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter/cases", test_cases);
  g_test_add_func ("/filter/errors", test_errors);
  g_test_add_func ("/filter/limits", test_limits);
  g_test_add_func ("/filter/too-slow", test_too_slow);
  g_test_add_func ("/filter/windows-1252", test_windows_1252);
  g_test_add_func ("/filter/range", test_range);
  g_test_add_func ("/filter/too-slow-name", test_too_slow_name);
  g_test_add_func ("/filter/cancel-in-block", test_cancel_in_block);
  g_test_add_func ("/filter/server-thread", test_server_thread);
  g_test_add_func ("/filter/for-pattern", test_for_pattern);
  g_test_add_func ("/filter/for-pattern-too-slow", test_for_pattern_too_slow);
  g_test_add_func ("/filter/clauses", test_clauses);
  g_test_add_func ("/filter/findings", test_findings);
  g_test_add_func ("/filter/log", test_log);
  g_test_add_func ("/filter/no-findings", test_no_findings);
  g_test_add_func ("/filter/equal-findings", test_equal_findings);
  g_test_add_func ("/filter/severity-of-clauses", test_severity_of_clauses);
  g_test_add_func ("/filter/values-of-clauses", test_values_of_clauses);
  g_test_add_func ("/filter/ranges-of-clauses", test_ranges_of_clauses);
  g_test_add_func ("/filter/copies-of-clauses", test_copies_of_clauses);
  g_test_add_func ("/filter/empty-values", test_empty_values);
  return g_test_run ();
}
