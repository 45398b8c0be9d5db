/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Random questions to random logs: what a filter answers about many entries at once is what it says
 * of each entry by itself. */

#include "cot-document.h"
#include "cot-filter.h"
#include "cot-source-private.h"

#define N_LOGS 6
#define N_QUESTIONS 60
/* More than are judged at once, and no multiple of it. */
#define N_ENTRIES 9001
/* More names than a table of strings has room for. */
#define N_NAMES 66000

static const char *const names[] = {
  "CcmExec", "ccmexec", "Scheduler", "Contoso", "PolicyAgent", "",
};

static const char *const tests[] = {
  "component = CcmExec", "component != Scheduler", "component ~ ^C", "component : olicy",
  "thread = 3", "thread < 4", "thread >= 7", "thread ~ 1$", "origin = a.cpp:2", "origin : b.cpp",
  "severity = error", "severity >= warning", "severity < warning", "finding = any",
  "finding = none", "finding >= error", "finding = contoso-disk", "time > 2026-11-18T09:30",
  "time = 2026-11-18T09:31", "time < 10:02:00", "time = 09:31:00", "time != 2026-11-18T10:01",
  "time > 2026-11-18T14:30Z", "format = ccm", "format = plain", "log : Random",
  "text : \"step 1\"", "text ~ \"step 1|line 2\"", "text : \"caf\u00e9 3\"", "text ~ 7$",
  "text !: \"step 2\"", "text = \"step 12\"",
  "component = \"\"", "line > 4000", "thread !~ 2",
};

static char *
make_name (guint i, guint n_names)
{
  if (n_names > 0)
    return g_strdup_printf ("Name%u", i % n_names);
  return g_strdup (names[g_test_rand_int_range (0, G_N_ELEMENTS (names))]);
}

static char *
make_log (guint n_entries, guint n_names)
{
  GString *text = g_string_new (NULL);
  guint minute = 9 * 60;

  for (guint i = 0; i < n_entries; i++)
    {
      g_autofree char *name = make_name (i, n_names);

      minute = MIN (minute + (g_test_rand_int_range (0, 60) == 0), 23 * 60);
      /* What follows an entry without a frame, or with an unfinished one, is not lost either. */
      if (g_test_rand_int_range (0, 20) == 0)
        g_string_append_printf (text, "a plain line %u\r\n", i);
      else
        g_string_append_printf (
            text,
            "<![LOG[step %u]LOG]!><time=\"%02u:%02u:00.000%s\" date=\"11-18-2026\" "
            "component=\"%s\" context=\"\" type=\"%d\" thread=\"%d\" file=\"%c.cpp:%d\">\r\n",
            i, minute / 60, minute % 60, g_test_rand_bit () ? "+300" : "", name,
            g_test_rand_int_range (0, 5), g_test_rand_int_range (1, 13),
            g_test_rand_bit () ? 'a' : 'b', g_test_rand_int_range (1, 4));
    }
  return g_string_free (text, FALSE);
}

static CotDocument *
document_new (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (CotSource) source = cot_source_new_from_bytes (bytes, "Random.log");
  CotDocument *document = cot_document_new_for_source (source, "Random.log");
  g_autoptr (GError) error = NULL;

  g_assert_true (cot_document_load_sync (document, NULL, &error));
  g_assert_no_error (error);
  return document;
}

static CotFilterFindings *
make_findings (guint64 n_entries)
{
  CotFilterFindings *findings = cot_filter_findings_new ();

  cot_filter_findings_add (findings, "contoso-timer", "The timer is late", COT_SEVERITY_ERROR);
  for (guint64 i = 0; i < n_entries; i += (guint64) g_test_rand_int_range (1, 300))
    cot_filter_findings_add_entry (findings, i);
  cot_filter_findings_add (findings, "contoso-disk", "The disk is full", COT_SEVERITY_WARNING);
  for (guint64 i = 0; i < n_entries; i += (guint64) g_test_rand_int_range (1, 3000))
    cot_filter_findings_add_entry (findings, i);
  return findings;
}

static void
append_expression (GString *expression, guint depth, gboolean of_columns)
{
  guint kind = depth == 0 ? 0 : (guint) g_test_rand_int_range (0, 4);

  if (kind == 0)
    {
      const char *test;

      do
        test = tests[g_test_rand_int_range (0, G_N_ELEMENTS (tests))];
      while (of_columns && (g_str_has_prefix (test, "text") || g_str_has_prefix (test, "line")));
      g_string_append (expression, test);
      return;
    }
  g_string_append (expression, kind == 1 ? "not (" : "(");
  append_expression (expression, depth - 1, of_columns);
  if (kind > 1)
    {
      g_string_append (expression, kind == 2 ? ") and (" : ") or (");
      append_expression (expression, depth - 1, of_columns);
    }
  g_string_append_c (expression, ')');
}

typedef struct
{
  CotFilterJudge *judge;
  CotBitset *passed;
  guint64 n;
} Comparison;

static gboolean
compare (CotSnapshot *snapshot, guint64 ordinal, const CotEntryColumns *columns,
         const char *record, gsize length_bytes, gpointer data)
{
  Comparison *comparison = data;

  g_assert_cmpint (cot_bitset_contains (comparison->passed, ordinal), ==,
                   cot_filter_judge_matches (comparison->judge, ordinal, columns, record,
                                             length_bytes));
  comparison->n++;
  return TRUE;
}

static void
check_filter (CotSnapshot *snapshot, CotFilterFindings *findings, CotFilter *filter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotBitset) passed = cot_bitset_new ();
  guint64 n_entries = cot_snapshot_get_n_entries (snapshot);
  guint64 first = (guint64) g_test_rand_int_range (0, 3) * 1000;
  Comparison comparison = { .passed = passed };

  g_assert_true (cot_filter_run (filter, snapshot, "Random.log", findings, first, n_entries, passed,
                                 NULL, NULL, &error));
  g_assert_no_error (error);
  comparison.judge = cot_filter_judge_new (filter, snapshot, "Random.log", findings);
  g_assert_true (cot_snapshot_foreach (snapshot, first, n_entries - first, compare, &comparison,
                                       NULL, NULL));
  g_assert_cmpuint (comparison.n, ==, n_entries - first);
  cot_filter_judge_free (comparison.judge);
}

static void
check_question (CotSnapshot *snapshot, CotFilterFindings *findings, const char *expression)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotFilter) filter = cot_filter_new (expression, &error);

  g_test_message ("%s", expression);
  g_assert_no_error (error);
  check_filter (snapshot, findings, filter);
}

static void
test_questions (void)
{
  for (guint i = 0; i < N_LOGS; i++)
    {
      g_autofree char *text = make_log (N_ENTRIES, 0);
      g_autoptr (CotDocument) document = document_new (text);
      CotSnapshot *snapshot = cot_document_get_snapshot (document);
      g_autoptr (CotFilterFindings) findings
          = make_findings (cot_snapshot_get_n_entries (snapshot));

      for (guint k = 0; k < N_QUESTIONS; k++)
        {
          g_autoptr (GString) expression = g_string_new (NULL);

          append_expression (expression, 3, k % 3 != 0);
          check_question (snapshot, findings, expression->str);
        }
    }
}

/* Names beyond the table stand in the records alone. */
static void
test_many_names (void)
{
  static const char *const questions[] = {
    "component = Name65990", "component ~ 9$", "not component : 7", "thread = 3 and component ~ 0$",
    "severity = error or component = Name65999",
  };
  g_autofree char *text = make_log (N_NAMES, N_NAMES);
  g_autoptr (CotDocument) document = document_new (text);

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    check_question (cot_document_get_snapshot (document), NULL, questions[i]);
}

/* What stands in one of the columns, the time among them. */
static void
test_patterns (void)
{
  static const CotFilterColumns columns[] = {
    COT_COLUMN_TIME, COT_COLUMN_TIME | COT_COLUMN_THREAD, COT_COLUMN_COMPONENT | COT_COLUMN_ORIGIN,
    COT_COLUMN_ALL,
  };
  g_autofree char *text = make_log (N_ENTRIES, 0);
  g_autoptr (CotDocument) document = document_new (text);
  g_autoptr (CotPattern) pattern = cot_pattern_new ("0?9:[13]|1$|ccm", COT_PATTERN_CASELESS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (CotFilter) filter = cot_filter_new_for_pattern (pattern, columns[i]);

      check_filter (cot_document_get_snapshot (document), NULL, filter);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter/questions", test_questions);
  g_test_add_func ("/filter/many-names", test_many_names);
  g_test_add_func ("/filter/patterns", test_patterns);
  return g_test_run ();
}
