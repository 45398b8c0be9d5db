/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Entries as files for other programs: nothing is lost, nothing is a formula, markup or script. */

#include "cot-engine.h"

#include <glib/gstdio.h>
#include <string.h>

#define RECORD(message, time, type)                                                                \
  "<![LOG[" message "]LOG]!><time=\"" time "+300\" date=\"11-18-2026\" component=\"Test\" "       \
  "context=\"\" type=\"" type "\" thread=\"7120\" file=\"a.cpp:12\">\r\n"

static const char *const headings[] = { "Time", "Text" };

static char *
write_row (CotRowFormat format, const char *first, const char *second, CotSeverity severity)
{
  const char *cells[] = { first, second };
  CotRowWriter writer = {
    .format = format,
    .title = "A <b> & log",
    .headings = headings,
    .n_cells = 2,
  };
  GString *text = g_string_new (NULL);

  cot_row_writer_add (&writer, cells, severity, text);
  return g_string_free (text, FALSE);
}

static void
assert_row (CotRowFormat format, const char *first, const char *second, const char *expected)
{
  g_autofree char *text = write_row (format, first, second, COT_SEVERITY_INFO);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_csv (void)
{
  assert_row (COT_ROW_FORMAT_CSV, "a", "b", "\"a\",\"b\"\r\n");
  assert_row (COT_ROW_FORMAT_CSV, NULL, "", ",\"\"\r\n");
  assert_row (COT_ROW_FORMAT_CSV, "say \"hello\"", "one\r\ntwo, three",
              "\"say \"\"hello\"\"\",\"one\r\ntwo, three\"\r\n");
  assert_row (COT_ROW_FORMAT_CSV, "=cmd|' /C calc'!A0", "+1",
              "\"'=cmd|' /C calc'!A0\",\"'+1\"\r\n");
  assert_row (COT_ROW_FORMAT_CSV, "-1", "@SUM(A1)", "\"'-1\",\"'@SUM(A1)\"\r\n");
  assert_row (COT_ROW_FORMAT_CSV, "\t=1", "a=b", "\"'\t=1\",\"a=b\"\r\n");
}

static void
test_tsv (void)
{
  assert_row (COT_ROW_FORMAT_TSV, "a\tb", "one\r\ntwo", "a b\tone  two\n");
  assert_row (COT_ROW_FORMAT_TSV, "=1+1", "x", "'=1+1\tx\n");
}

static void
test_text (void)
{
  assert_row (COT_ROW_FORMAT_TEXT, "=a", "b", "=a\tb\n");
}

static void
test_markdown (void)
{
  assert_row (COT_ROW_FORMAT_MARKDOWN, "a|b", "one\r\n<script> & [x](y) `z` *_\\",
              "| a\\|b | one<br>&lt;script> &amp; \\[x\\](y) \\`z\\` \\*\\_\\\\ |\n");
}

static void
test_html (void)
{
  g_autofree char *row = write_row (COT_ROW_FORMAT_HTML, "<script>alert(1)</script>", "\"'&",
                                    COT_SEVERITY_ERROR);
  CotRowWriter writer = {
    .format = COT_ROW_FORMAT_HTML,
    .title = "A <b> & log",
    .headings = headings,
    .n_cells = 2,
  };
  g_autoptr (GString) page = g_string_new (NULL);

  g_assert_cmpstr (row, ==,
                   "<tr class=\"error\"><td>&lt;script&gt;alert(1)&lt;/script&gt;</td><td>&quot;"
                   "&apos;&amp;</td></tr>\n");
  cot_row_writer_begin (&writer, page);
  cot_row_writer_end (&writer, page);
  g_assert_nonnull (strstr (page->str, "<title>A &lt;b&gt; &amp; log</title>"));
  g_assert_null (strstr (page->str, "<b>"));
  g_assert_null (strstr (page->str, "http"));
  g_assert_true (g_str_has_suffix (page->str, "</html>\n"));
}

typedef struct
{
  char *folder;
  CotSession *session;
  CotCase *a_case;
  CotLog *log;
  GFile *file;
  gboolean keep_existing;
  gboolean done;
  char *text; /* (nullable) */
  gboolean written;
  guint64 n_entries;
  GError *error;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotCase) loose = NULL;
  g_autofree char *log = NULL;
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("cotrace-export-XXXXXX", NULL);
  log = g_build_filename (fixture->folder, "Test.log", NULL);
  out = g_build_filename (fixture->folder, "out", NULL);
  fixture->file = g_file_new_for_path (out);
  g_assert_true (g_file_set_contents (log,
                                      RECORD ("one", "07:00:00.000", "1")
                                          RECORD ("=two\r\nlines", "07:10:00.000", "3")
                                              RECORD ("three", "07:20:00.000", "2"),
                                      -1, NULL));
  fixture->session = cot_session_new ();
  cot_session_set_scanning (fixture->session, FALSE);
  loose = cot_session_new_case (fixture->session);
  fixture->a_case = cot_session_open_sync (fixture->session, loose, log, &error);
  g_assert_no_error (error);
  cot_session_wait (fixture->session, fixture->a_case);
  fixture->log = cot_case_get_log (fixture->a_case, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *log = g_build_filename (fixture->folder, "Test.log", NULL);

  g_clear_object (&fixture->a_case);
  g_clear_object (&fixture->session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_remove (log);
  g_remove (g_file_peek_path (fixture->file));
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0); /* no half file is left */
  g_object_unref (fixture->file);
  g_clear_error (&fixture->error);
  g_free (fixture->folder);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;

  fixture->written = cot_log_export_finish (COT_LOG (source), result, &fixture->n_entries,
                                            &fixture->error);
  fixture->done = TRUE;
}

static void
export (Fixture *fixture, CotLog *log, CotBitset *ordinals, CotRowsExportKind kind,
        CotRowFormat format, GCancellable *cancellable)
{
  CotRowsExportOptions options = {
    .kind = kind,
    .format = format,
    .keep_existing = fixture->keep_existing,
    .title = "Test.log",
    .headings = { "Time", "UTC", "Severity", "Component", "Thread", "Log", "Origin", "Text" },
  };

  fixture->done = FALSE;
  cot_log_export_async (log, ordinals, &options, fixture->file, cancellable, exported_cb, fixture);
  while (!fixture->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_file (Fixture *fixture, const char *expected)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (g_file_peek_path (fixture->file), &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}

static void
test_export_some (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotBitset) ordinals = cot_bitset_new ();

  cot_bitset_add_range (ordinals, 1, 2);
  cot_bitset_add (ordinals, 77); /* it went meanwhile */
  export (fixture, fixture->log, ordinals, COT_ROWS_EXPORT_TABLE, COT_ROW_FORMAT_CSV, NULL);
  g_assert_no_error (fixture->error);
  g_assert_true (fixture->written);
  g_assert_cmpuint (fixture->n_entries, ==, 2);
  assert_file (fixture,
               "\357\273\277\"Time\",\"UTC\",\"Severity\",\"Component\",\"Thread\",\"Log\","
               "\"Origin\",\"Text\"\r\n"
               "\"2026-11-18 07:10:00.000\",\"2026-11-18 12:10:00.000\",\"error\",\"Test\","
               "\"7120\",\"Test.log\",\"a.cpp:12\",\"'=two\r\nlines\"\r\n"
               "\"2026-11-18 07:20:00.000\",\"2026-11-18 12:20:00.000\",\"warning\",\"Test\","
               "\"7120\",\"Test.log\",\"a.cpp:12\",\"three\"\r\n");
}

static void
text_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;

  fixture->text = cot_log_export_text_finish (COT_LOG (source), result, &fixture->error);
  fixture->done = TRUE;
}

static void
assert_text (Fixture *fixture, CotBitset *ordinals, CotRowsExportKind kind, const char *expected)
{
  const CotRowsExportOptions options = {
    .kind = kind,
    .format = COT_ROW_FORMAT_MARKDOWN,
    .headings = { "Time", "UTC", "Severity", "Component", "Thread", "Log", "Origin", "Text" },
  };

  fixture->done = FALSE;
  cot_log_export_text_async (fixture->log, ordinals, &options, NULL, text_cb, fixture);
  while (!fixture->done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (fixture->text, ==, expected);
  g_clear_pointer (&fixture->text, g_free);
}

/* For the clipboard: as a table, and as it is written. */
static void
test_text_of_entries (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotBitset) ordinals = cot_bitset_new ();

  assert_text (fixture, ordinals, COT_ROWS_EXPORT_RECORDS, "");
  cot_bitset_add_range (ordinals, 1, 2);
  assert_text (fixture, ordinals, COT_ROWS_EXPORT_RECORDS,
               RECORD ("=two\r\nlines", "07:10:00.000", "3") RECORD ("three", "07:20:00.000", "2"));
  cot_bitset_remove (ordinals, 1);
  assert_text (fixture, ordinals, COT_ROWS_EXPORT_TABLE,
               "| Time | UTC | Severity | Component | Thread | Log | Origin | Text |\n"
               "| --- | --- | --- | --- | --- | --- | --- | --- |\n"
               "| 2026-11-18 07:20:00.000 | 2026-11-18 12:20:00.000 | warning | Test | 7120 | "
               "Test.log | a.cpp:12 | three |\n");
}

static void
test_export_objects (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  export (fixture, fixture->log, NULL, COT_ROWS_EXPORT_NDJSON, COT_ROW_FORMAT_TEXT, NULL);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->n_entries, ==, 3);
  g_assert_true (g_file_get_contents (g_file_peek_path (fixture->file), &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_true (g_str_has_prefix (lines[2], "{\"kind\":\"entry\""));
  g_assert_nonnull (strstr (lines[2], "\"ordinal\":2,\"line\":4,"));
  g_assert_nonnull (strstr (lines[2], "\"message\":\"three\""));
}

/* What is said to be as written is that, also where the clock was moved; UTC is the right time. */
static void
test_export_moved (Fixture *fixture, gconstpointer data)
{
  const CotReadAs read_as = { .clock_usec = 5 * 60 * G_USEC_PER_SEC };
  g_autoptr (CotBitset) ordinals = cot_bitset_new ();
  g_autofree char *text = NULL;

  fixture->log = cot_case_reread_log (fixture->a_case, fixture->log, &read_as);
  cot_session_wait (fixture->session, fixture->a_case);
  cot_bitset_add (ordinals, 2);
  assert_text (fixture, ordinals, COT_ROWS_EXPORT_TABLE,
               "| Time | UTC | Severity | Component | Thread | Log | Origin | Text |\n"
               "| --- | --- | --- | --- | --- | --- | --- | --- |\n"
               "| 2026-11-18 07:20:00.000 | 2026-11-18 12:25:00.000 | warning | Test | 7120 | "
               "Test.log | a.cpp:12 | three |\n");
  export (fixture, fixture->log, ordinals, COT_ROWS_EXPORT_NDJSON, COT_ROW_FORMAT_TEXT, NULL);
  g_assert_no_error (fixture->error);
  g_assert_true (g_file_get_contents (g_file_peek_path (fixture->file), &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"time\":\"2026-11-18T07:20:00.000000\","));
  g_assert_nonnull (strstr (text, "\"utc\":\"2026-11-18T12:25:00.000000Z\","));
  g_assert_nonnull (strstr (text, ",\"clock_moved_msec\":300000}"));
}

static void
test_export_a_merge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotMergedLog) merged = cot_merged_log_new ();
  g_autofree char *text = NULL;

  g_assert_true (cot_merged_log_add (merged, fixture->a_case, fixture->log));
  while (cot_log_get_n_entries (COT_LOG (merged)) < 3)
    g_main_context_iteration (NULL, TRUE);
  export (fixture, COT_LOG (merged), NULL, COT_ROWS_EXPORT_TABLE, COT_ROW_FORMAT_TSV, NULL);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->n_entries, ==, 3);
  g_assert_true (g_file_get_contents (g_file_peek_path (fixture->file), &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\tTest.log\ta.cpp:12\tthree\n"));
}

/* Each entry is of the part that it stands in, as its row shows it; alone and merged. */
static void
test_export_parts (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "parts", NULL);
  g_autofree char *older = g_build_filename (folder, "LocationServices.lo_", NULL);
  g_autofree char *newest = g_build_filename (folder, "LocationServices.log", NULL);
  g_autoptr (CotCase) loose = cot_session_new_case (fixture->session);
  g_autoptr (CotCase) a_case = NULL;
  g_autoptr (CotMergedLog) merged = cot_merged_log_new ();
  CotLog *log;
  CotLog *logs[2];

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (older, RECORD ("before", "06:00:00.000", "1"), -1, NULL));
  g_assert_true (g_file_set_contents (newest, RECORD ("behind", "06:10:00.000", "1"), -1, NULL));
  cot_session_set_scanning (fixture->session, TRUE);
  a_case = cot_session_open_sync (fixture->session, loose, folder, NULL);
  g_assert_nonnull (a_case);
  cot_session_wait (fixture->session, a_case);
  g_assert_cmpuint (cot_case_get_n_logs (a_case), ==, 1);
  log = cot_case_get_log (a_case, 0);
  g_assert_true (cot_merged_log_add (merged, a_case, log));
  while (cot_log_get_n_entries (COT_LOG (merged)) < 2)
    g_main_context_iteration (NULL, TRUE);
  logs[0] = log;
  logs[1] = COT_LOG (merged);
  for (guint i = 0; i < G_N_ELEMENTS (logs); i++)
    {
      g_autofree char *text = NULL;

      export (fixture, logs[i], NULL, COT_ROWS_EXPORT_TABLE, COT_ROW_FORMAT_TSV, NULL);
      g_assert_no_error (fixture->error);
      g_assert_true (g_file_get_contents (g_file_peek_path (fixture->file), &text, NULL, NULL));
      g_assert_nonnull (strstr (text, "\tLocationServices.lo_\ta.cpp:12\tbefore\n"));
      g_assert_nonnull (strstr (text, "\tLocationServices.log\ta.cpp:12\tbehind\n"));
    }
  g_remove (older);
  g_remove (newest);
  g_rmdir (folder);
}

static void
test_keep_what_is_there (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_assert_true (g_file_set_contents (g_file_peek_path (fixture->file), "older", -1, NULL));
  g_cancellable_cancel (cancellable);
  export (fixture, fixture->log, NULL, COT_ROWS_EXPORT_TABLE, COT_ROW_FORMAT_HTML, cancellable);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (fixture->written);
  assert_file (fixture, "older");
}

/* A name that nobody was asked about. */
static void
test_replace_nothing (Fixture *fixture, gconstpointer data)
{
  fixture->keep_existing = TRUE;
  export (fixture, fixture->log, NULL, COT_ROWS_EXPORT_TABLE, COT_ROW_FORMAT_TEXT, NULL);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->n_entries, ==, 3);
  g_assert_true (g_file_set_contents (g_file_peek_path (fixture->file), "older", -1, NULL));
  export (fixture, fixture->log, NULL, COT_ROWS_EXPORT_TABLE, COT_ROW_FORMAT_TEXT, NULL);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  assert_file (fixture, "older");
}

static void
test_say_why_not (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->folder, "none", "out.csv", NULL);

  g_object_unref (fixture->file);
  fixture->file = g_file_new_for_path (nowhere);
  export (fixture, fixture->log, NULL, COT_ROWS_EXPORT_TABLE, COT_ROW_FORMAT_CSV, NULL);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_false (fixture->written);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row-writer/csv", test_csv);
  g_test_add_func ("/row-writer/tsv", test_tsv);
  g_test_add_func ("/row-writer/text", test_text);
  g_test_add_func ("/row-writer/markdown", test_markdown);
  g_test_add_func ("/row-writer/html", test_html);
#define ADD(path, function)                                                                        \
  g_test_add ("/rows-export/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("some", test_export_some);
  ADD ("text", test_text_of_entries);
  ADD ("objects", test_export_objects);
  ADD ("moved", test_export_moved);
  ADD ("a-merge", test_export_a_merge);
  ADD ("parts", test_export_parts);
  ADD ("keep-what-is-there", test_keep_what_is_there);
  ADD ("replace-nothing", test_replace_nothing);
  ADD ("say-why-not", test_say_why_not);
#undef ADD
  return g_test_run ();
}
