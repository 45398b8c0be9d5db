/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-engine.h"
#include "cot-report-private.h"

#include <glib/gstdio.h>
#include <string.h>

/* Everything that somebody may have written into a log to harm who reads the report. */
#define HOSTILE                                                                                    \
  "<script>alert(1)</script> <img src=x onerror=alert(1)> & \"'> | `code` ``` ~~~ # \\| "          \
  "[x](javascript:alert(1)) ![x](http://evil.example/x) \u202egnp.exe\u202c \u2028 \x1b[31m"

static guint
count (const char *text, const char *part)
{
  guint n = 0;

  for (const char *at = strstr (text, part); at != NULL; at = strstr (at + 1, part))
    n++;
  return n;
}

static CotReport *
make_report (CotReportStyle style, const char *text)
{
  g_autoptr (CotMask) mask = cot_mask_new ();
  CotReport *report = cot_report_new (mask);

  cot_report_add (report, COT_REPORT_TITLE, style, text);
  cot_report_add (report, COT_REPORT_PARAGRAPH, style, text);
  cot_report_begin (report, COT_REPORT_STEPS, COT_SEVERITY_UNKNOWN);
  cot_report_add (report, COT_REPORT_STEP, style, text);
  cot_report_end (report);
  cot_report_begin (report, COT_REPORT_TABLE, COT_SEVERITY_UNKNOWN);
  cot_report_begin (report, COT_REPORT_HEAD_ROW, COT_SEVERITY_UNKNOWN);
  cot_report_add (report, COT_REPORT_CELL, COT_REPORT_OWN, "A");
  cot_report_add (report, COT_REPORT_CELL, COT_REPORT_OWN, "B");
  cot_report_end (report);
  cot_report_begin (report, COT_REPORT_ROW, COT_SEVERITY_UNKNOWN);
  cot_report_add (report, COT_REPORT_CELL, style, text);
  cot_report_add (report, COT_REPORT_CELL, style, text);
  cot_report_end (report);
  cot_report_end (report);
  cot_report_begin (report, COT_REPORT_EVIDENCE, COT_SEVERITY_UNKNOWN);
  cot_report_begin (report, COT_REPORT_ROW, COT_SEVERITY_UNKNOWN);
  cot_report_add (report, COT_REPORT_CELL, style, text);
  cot_report_add (report, COT_REPORT_CELL, COT_REPORT_LINE, text);
  cot_report_end (report);
  cot_report_end (report);
  g_assert_true (cot_report_close (report, NULL));
  return report;
}

static void
assert_plain (const char *file)
{
  static const char *const controls[] = { "\u202e", "\u202c", "\u2028", "\x1b" };

  g_assert_true (g_utf8_validate (file, -1, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (controls); i++)
    g_assert_null (strstr (file, controls[i]));
}

/* All tags are ours; all else that looks like one is text. */
static void
assert_only_our_tags (const char *file)
{
  g_autoptr (GRegex) tag = g_regex_new (
      "</?(html|head|meta|title|style|body|h1|h2|h3|p|ol|ul|li|table|tr|td|th|section|span|strong|"
      "code|bdi|svg|path|a)(\\s[^<>]*)?>|<!DOCTYPE html>",
      0, 0, NULL);
  g_autofree char *rest = g_regex_replace_literal (tag, file, -1, 0, "", 0, NULL);
  const char *style = strstr (rest, ":root");

  /* The style sheet has marks of its own. */
  g_assert_nonnull (style);
  for (const char *at = rest; at < style; at++)
    g_assert_true (*at != '<');
  g_assert_null (strchr (strstr (style, "A") != NULL ? strstr (style, "@media (max") : style, '<'));
}

static void
test_hostile_html (void)
{
  static const CotReportStyle styles[] = { COT_REPORT_OWN,  COT_REPORT_STRONG, COT_REPORT_FIXED,
                                           COT_REPORT_SAID, COT_REPORT_CODE,   COT_REPORT_DATA,
                                           COT_REPORT_NOTE, COT_REPORT_LINE };

  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    for (guint masked = 0; masked < 2; masked++)
      {
        g_autoptr (CotReport) report = make_report (styles[i], HOSTILE);
        g_autofree char *file = cot_report_dup_file (report, COT_REPORT_HTML, masked);

        assert_plain (file);
        assert_only_our_tags (file);
        g_assert_null (strstr (file, "<script"));
        g_assert_null (strstr (file, "<img"));
        g_assert_nonnull (strstr (file, "&lt;script&gt;"));
        g_assert_nonnull (strstr (file, "default-src 'none'"));
      }
}

static void
test_hostile_markdown (void)
{
  static const CotReportStyle styles[]
      = { COT_REPORT_OWN, COT_REPORT_SAID, COT_REPORT_DATA, COT_REPORT_NOTE };

  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      g_autoptr (CotReport) report = make_report (styles[i], HOSTILE);
      g_autofree char *file = cot_report_dup_file (report, COT_REPORT_MARKDOWN, FALSE);
      const char *fence = strstr (file, "````text\n");
      const char *row = strstr (file, styles[i] == COT_REPORT_NOTE ? "| **&lt;script"
                                                                   : "| &lt;script");
      g_autofree char *before = NULL;
      g_autofree char *cells = NULL;

      assert_plain (file);
      g_assert_nonnull (fence);
      before = g_strndup (file, (gsize) (fence - file));
      g_assert_null (strstr (before, "<"));
      g_assert_cmpuint (count (before, "]("), ==, count (before, "\\]("));
      g_assert_cmpuint (count (before, "`"), ==, count (before, "\\`"));
      g_assert_cmpuint (count (before, "~"), ==, count (before, "\\~"));
      /* Two cells, whatever stands in them. */
      g_assert_nonnull (row);
      cells = g_strndup (row, strcspn (row, "\n"));
      g_assert_cmpuint (count (cells, "|"), ==, 3);
      /* The line stands there as it is, in a fence that it cannot close. */
      g_assert_nonnull (strstr (fence, "<script>alert(1)</script>"));
      g_assert_cmpuint (count (fence, "````"), ==, 2);
    }
}

/* What begins a list, a heading or a rule elsewhere is text here. */
static void
test_markdown_line_starts (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "- no item", "\\- no item\n" },           { "# no heading", "\\# no heading\n" },
    { "1. no step", "1\\. no step\n" },         { "7) no step", "7\\) no step\n" },
    { "> no quote", "&gt; no quote\n" },        { "+ no item", "\\+ no item\n" },
    { "=== no heading", "\\=== no heading\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CotMask) mask = cot_mask_new ();
      g_autoptr (CotReport) report = cot_report_new (mask);
      g_autofree char *file = NULL;

      cot_report_add (report, COT_REPORT_PARAGRAPH, COT_REPORT_DATA, cases[i].text);
      g_assert_true (cot_report_close (report, NULL));
      file = cot_report_dup_file (report, COT_REPORT_MARKDOWN, FALSE);
      g_assert_true (g_str_has_prefix (file, cases[i].expected));
    }
}

static void
test_lines_in_a_fence (void)
{
  g_autoptr (CotMask) mask = cot_mask_new ();
  g_autoptr (CotReport) report = cot_report_new (mask);
  g_autofree char *file = NULL;

  cot_report_begin (report, COT_REPORT_EVIDENCE, COT_SEVERITY_UNKNOWN);
  cot_report_begin (report, COT_REPORT_ROW, COT_SEVERITY_UNKNOWN);
  cot_report_add (report, COT_REPORT_CELL, COT_REPORT_DATA, "a.log");
  cot_report_add (report, COT_REPORT_CELL, COT_REPORT_LINE, "one\r\ntwo\rthree\nfour");
  cot_report_end (report);
  cot_report_end (report);
  g_assert_true (cot_report_close (report, NULL));
  file = cot_report_dup_file (report, COT_REPORT_MARKDOWN, FALSE);
  g_assert_cmpstr (file, ==, "- a.log\n\n  ```text\n  one\n  two\n  three\n  four\n  ```\n\n");
}

/* What the user wrote stands beside the line, in as many lines as she did; masked, and learnt from.
 */
static void
test_notes (void)
{
  g_autoptr (CotMask) mask = cot_mask_new ();
  g_autoptr (CotReport) report = cot_report_new (mask);
  g_autoptr (CotReportPreview) preview = NULL;
  g_autofree char *html = NULL;
  g_autofree char *markdown = NULL;

  cot_report_begin (report, COT_REPORT_EVIDENCE, COT_SEVERITY_UNKNOWN);
  cot_report_begin (report, COT_REPORT_ROW, COT_SEVERITY_UNKNOWN);
  cot_report_add (report, COT_REPORT_CELL, COT_REPORT_DATA, "a.log");
  cot_report_begin (report, COT_REPORT_CELL, COT_SEVERITY_UNKNOWN);
  cot_report_text (report, COT_REPORT_NOTE, "ask bea@contoso.com\n\nfirst ");
  cot_report_text (report, COT_REPORT_LINE, "bea called");
  cot_report_end (report);
  cot_report_end (report);
  cot_report_end (report);
  g_assert_true (cot_report_close (report, NULL));
  html = cot_report_dup_file (report, COT_REPORT_HTML, TRUE);
  g_assert_null (strstr (html, "bea"));
  g_assert_nonnull (strstr (html, "<span class=\"note\">ask <span class=\"mask\">user-1</span>"));
  g_assert_nonnull (strstr (html, "\n\nfirst </span><code class=\"line\">"));
  markdown = cot_report_dup_file (report, COT_REPORT_MARKDOWN, TRUE);
  g_assert_cmpstr (markdown, ==,
                   "- a.log, **ask user-1&#64;domain-1 first**\n\n"
                   "  ```text\n  user-1 called\n  ```\n\n");
  preview = cot_report_preview_new (report, FALSE, NULL);
  g_assert_cmpstr (preview->text, ==, "a.log · ask bea@contoso.com\n\nfirst \nbea called\n");
}

/* The notice says which of the two it is. */
static void
test_notices (void)
{
  for (guint masked = 0; masked < 2; masked++)
    {
      g_autoptr (CotMask) mask = cot_mask_new ();
      g_autoptr (CotReport) report = cot_report_new (mask);
      g_autofree char *html = NULL;
      g_autofree char *markdown = NULL;

      cot_report_add (report, COT_REPORT_IF_MASKED, COT_REPORT_OWN, "hidden");
      cot_report_add (report, COT_REPORT_IF_UNMASKED, COT_REPORT_OWN, "bare");
      cot_report_add (report, COT_REPORT_PARAGRAPH, COT_REPORT_DATA, "bea@contoso.com");
      g_assert_true (cot_report_close (report, NULL));
      html = cot_report_dup_file (report, COT_REPORT_HTML, masked);
      markdown = cot_report_dup_file (report, COT_REPORT_MARKDOWN, masked);
      g_assert_true ((strstr (html, "hidden") != NULL) == masked);
      g_assert_true ((strstr (html, "bare") != NULL) != masked);
      g_assert_true ((strstr (html, "contoso") != NULL) != masked);
      g_assert_true ((strstr (html, ">user-1<") != NULL) == masked);
      g_assert_true ((strstr (markdown, "hidden") != NULL) == masked);
      g_assert_true ((strstr (markdown, "contoso") != NULL) != masked);
    }
}

static void
compose (CotReport *report, GPtrArray *facts, gpointer data)
{
  CotReportFacts **kept = data;

  g_assert_cmpuint (facts->len, ==, 1);
  *kept = g_ptr_array_index (facts, 0);
  cot_report_add (report, COT_REPORT_TITLE, COT_REPORT_OWN, "T");
  for (guint i = 0; i < (*kept)->files->len; i++)
    {
      const CotReportFile *file = g_ptr_array_index ((*kept)->files, i);

      cot_report_add (report, COT_REPORT_PARAGRAPH, COT_REPORT_CODE, file->sha256);
    }
}

static char *
write_log (const char *folder)
{
  char *path = g_build_filename (folder, "ccmsetup.log", NULL);
  static const char text[]
      = "<![LOG[TenantId : 72f98a1c-3b52-4c1e-9d0a-1f2e3d4c5b6a]LOG]!><time=\"09:12:41.327+300\" "
        "date=\"11-18-2026\" component=\"ccmsetup\" context=\"\" type=\"1\" thread=\"1\" "
        "file=\"a.cpp:1\">\n";

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
open_case (const char *path, CotSession **session, CotCase **a_case)
{
  g_autoptr (CotCase) loose = NULL;

  *session = cot_session_new ();
  loose = cot_session_new_case (*session);
  *a_case = cot_session_open_sync (*session, loose, path, NULL);
  g_assert_nonnull (*a_case);
  cot_session_wait (*session, *a_case);
}

typedef struct
{
  GAsyncResult *result;
  GMainLoop *loop;
} Waiting;

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Waiting *waiting = data;

  waiting->result = g_object_ref (result);
  g_main_loop_quit (waiting->loop);
}

static GAsyncResult *
wait_for (Waiting *waiting)
{
  g_main_loop_run (waiting->loop);
  return waiting->result;
}

static void
test_build_and_save (void)
{
  g_autofree char *folder = g_dir_make_tmp ("cot-report-XXXXXX", NULL);
  g_autofree char *path = write_log (folder);
  g_autofree char *target = g_build_filename (folder, "report.html", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (target);
  g_autoptr (CotSession) session = NULL;
  g_autoptr (CotCase) a_case = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Waiting building = { NULL, loop };
  Waiting saving = { NULL, loop };
  CotReportFacts *facts = NULL;
  g_autoptr (CotReport) report = NULL;
  g_autofree char *written = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *log = NULL;
  g_autofree char *checksum = NULL;
  gsize n;

  open_case (path, &session, &a_case);
  cot_report_build_async (&a_case, 1, FALSE, compose, &facts, NULL, NULL, on_done, &building);
  report = cot_report_build_finish (wait_for (&building), NULL);
  g_assert_nonnull (report);
  g_assert_true (g_file_set_contents (target, "old", -1, NULL));
  cot_report_save_async (report, COT_REPORT_HTML, TRUE, file, NULL, on_done, &saving);
  g_assert_true (cot_report_save_finish (report, wait_for (&saving), NULL));
  g_assert_true (g_file_get_contents (target, &written, NULL, NULL));
  expected = cot_report_dup_file (report, COT_REPORT_HTML, TRUE);
  g_assert_cmpstr (written, ==, expected);
  g_assert_true (g_file_get_contents (path, &log, &n, NULL));
  checksum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) log, n);
  g_assert_nonnull (strstr (written, checksum));
  g_object_unref (building.result);
  g_object_unref (saving.result);
  g_remove (target);
  g_remove (path);
  g_rmdir (folder);
}

/* What was there stays, and nothing is left beside it. */
static void
test_cancelled (void)
{
  g_autofree char *folder = g_dir_make_tmp ("cot-report-XXXXXX", NULL);
  g_autofree char *path = write_log (folder);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (CotSession) session = NULL;
  g_autoptr (CotCase) a_case = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) save_error = NULL;
  g_autoptr (CotReport) report = make_report (COT_REPORT_OWN, "x");
  g_autoptr (GDir) dir = NULL;
  g_autofree char *log = NULL;
  Waiting building = { NULL, loop };
  Waiting saving = { NULL, loop };
  CotReportFacts *facts = NULL;

  open_case (path, &session, &a_case);
  g_cancellable_cancel (cancellable);
  cot_report_build_async (&a_case, 1, FALSE, compose, &facts, NULL, cancellable, on_done,
                          &building);
  g_assert_null (cot_report_build_finish (wait_for (&building), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  cot_report_save_async (report, COT_REPORT_HTML, TRUE, file, cancellable, on_done, &saving);
  g_assert_false (cot_report_save_finish (report, wait_for (&saving), &save_error));
  g_assert_error (save_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (g_file_get_contents (path, &log, NULL, NULL));
  g_assert_true (g_str_has_prefix (log, "<![LOG["));
  dir = g_dir_open (folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "ccmsetup.log");
  g_assert_null (g_dir_read_name (dir));
  g_object_unref (building.result);
  g_object_unref (saving.result);
  g_remove (path);
  g_rmdir (folder);
}

/* Wherever it stands in what is not ours; what is masked is counted anew, under the same
 * stand-ins. */
static void
test_mask_word (void)
{
  g_autoptr (CotMask) mask = cot_mask_new ();
  g_autoptr (CotReport) report = cot_report_new (mask);
  g_autofree char *text = NULL;
  guint n;
  guint n_inside;

  cot_report_add (report, COT_REPORT_PARAGRAPH, COT_REPORT_DATA,
                  "bea@contoso.com, wombats, wombat");
  cot_report_add (report, COT_REPORT_PARAGRAPH, COT_REPORT_SAID, "a WOMBAT");
  cot_report_add (report, COT_REPORT_PARAGRAPH, COT_REPORT_OWN, "our own wombat");
  cot_report_add (report, COT_REPORT_PARAGRAPH, COT_REPORT_FIXED, "its wombat.exe");
  g_assert_true (cot_report_close (report, NULL));
  g_assert_true (cot_report_mask_word (report, " Wombat ", &n, &n_inside));
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (n_inside, ==, 0);
  g_assert_true (cot_report_mask_word (report, "omba", &n, &n_inside));
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpuint (n_inside, ==, 3);
  g_assert_true (cot_report_mask_word (report, "nowhere", &n, &n_inside));
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpuint (n_inside, ==, 0);
  g_assert_false (cot_report_mask_word (report, "w", &n, &n_inside));
  g_assert_false (cot_report_mask_word (report, "  ", &n, &n_inside));
  text = cot_report_dup_file (report, COT_REPORT_MARKDOWN, TRUE);
  g_assert_nonnull (strstr (text, "user-1&#64;domain-1, word-1s, word-1"));
  g_assert_nonnull (strstr (text, "a word-1"));
  g_assert_nonnull (strstr (text, "our own wombat"));
  g_assert_nonnull (strstr (text, "`its wombat.exe`"));
}

/* Without a blank, too, a line ends behind a word and in front of a name. */
static void
test_long_lines (void)
{
  static const char *const fillers[] = { "x,", "xy", "x\u00e4" };

  for (gsize i = 0; i < G_N_ELEMENTS (fillers); i++)
    for (guint n_before = 0; n_before < 12; n_before++)
      {
        g_autoptr (CotMask) mask = cot_mask_new ();
        g_autoptr (CotReport) report = cot_report_new (mask);
        g_autoptr (GString) line = g_string_new (NULL);
        g_autofree char *text = NULL;

        cot_mask_add (mask, COT_MASK_DOMAIN, "contoso-berlin");
        while (line->len + strlen (fillers[i]) <= COT_REPORT_MAX_LINE_BYTES - n_before)
          g_string_append (line, fillers[i]);
        g_string_append (line, "contoso-berlin,end");
        cot_report_add (report, COT_REPORT_PARAGRAPH, COT_REPORT_LINE, line->str);
        g_assert_true (cot_report_close (report, NULL));
        for (guint masked = 0; masked < 2; masked++)
          {
            g_free (text);
            text = cot_report_dup_file (report, COT_REPORT_HTML, masked);
            g_assert_nonnull (strstr (text, " …"));
            g_assert_null (strstr (text, "conto"));
            g_assert_null (strstr (text, "domain-1"));
          }
      }
}

static gboolean
has_span (const CotReportPreview *preview, CotReportSpanKind kind, const char *text)
{
  for (guint i = 0; i < preview->spans->len; i++)
    {
      const CotReportSpan *span = &g_array_index (preview->spans, CotReportSpan, i);
      g_autofree char *part = g_utf8_substring (preview->text, span->start, span->end);

      if (span->kind == kind && g_str_equal (part, text))
        return TRUE;
    }
  return FALSE;
}

static void
compose_preview (CotReport *report)
{
  cot_report_add (report, COT_REPORT_TITLE, COT_REPORT_OWN, "Ünder");
  cot_report_add (report, COT_REPORT_IF_MASKED, COT_REPORT_OWN, "hidden");
  cot_report_add (report, COT_REPORT_IF_UNMASKED, COT_REPORT_OWN, "bare");
  cot_report_add (report, COT_REPORT_HEADING, COT_REPORT_OWN, "Head");
  cot_report_begin (report, COT_REPORT_STEPS, COT_SEVERITY_UNKNOWN);
  cot_report_add (report, COT_REPORT_STEP, COT_REPORT_SAID, "do this");
  cot_report_add (report, COT_REPORT_STEP, COT_REPORT_SAID, "then\nthat");
  cot_report_end (report);
  cot_report_begin (report, COT_REPORT_EVIDENCE, COT_SEVERITY_UNKNOWN);
  cot_report_begin (report, COT_REPORT_ROW, COT_SEVERITY_UNKNOWN);
  cot_report_add (report, COT_REPORT_CELL, COT_REPORT_DATA, "a.log");
  cot_report_add (report, COT_REPORT_CELL, COT_REPORT_TIME, "09:12");
  cot_report_add (report, COT_REPORT_CELL, COT_REPORT_LINE, "for bea@contoso.com \u202e");
  cot_report_end (report);
  cot_report_end (report);
  g_assert_true (cot_report_close (report, NULL));
}

/* All that stands in the file, and where it was masked. */
static void
test_preview (void)
{
  g_autoptr (CotMask) mask = cot_mask_new ();
  g_autoptr (CotReport) report = cot_report_new (mask);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Waiting masked = { NULL, loop };
  Waiting bare = { NULL, loop };
  g_autoptr (CotReportPreview) preview = NULL;
  g_autoptr (CotReportPreview) other = NULL;

  compose_preview (report);
  cot_report_preview_async (report, "for", TRUE, NULL, on_done, &masked);
  preview = cot_report_preview_finish (report, wait_for (&masked), NULL);
  g_assert_cmpuint (preview->n_of_word, ==, 1);
  g_assert_false (preview->is_refused);
  g_assert_true (g_str_has_prefix (preview->text,
                                   "Ünder\n\nhidden\n\nHead\n1. do this\n2. then"));
  g_assert_null (strstr (preview->text, "bare"));
  g_assert_nonnull (strstr (preview->text, "a.log · 09:12\nword-1 user-1@domain-1 "));
  g_assert_null (strstr (preview->text, "\u202e"));
  g_assert_true (has_span (preview, COT_REPORT_SPAN_TITLE, "Ünder"));
  g_assert_true (has_span (preview, COT_REPORT_SPAN_HEADING, "Head"));
  g_assert_true (has_span (preview, COT_REPORT_SPAN_STAND_IN, "user-1"));
  g_assert_true (has_span (preview, COT_REPORT_SPAN_STAND_IN, "word-1"));
  cot_report_preview_async (report, "x", FALSE, NULL, on_done, &bare);
  other = cot_report_preview_finish (report, wait_for (&bare), NULL);
  g_assert_true (other->is_refused);
  g_assert_nonnull (strstr (other->text, "for bea@contoso.com"));
  g_assert_null (strstr (other->text, "hidden"));
  g_object_unref (masked.result);
  g_object_unref (bare.result);
}

static void
compose_and_cancel (CotReport *report, GPtrArray *facts, gpointer data)
{
  cot_report_add (report, COT_REPORT_TITLE, COT_REPORT_DATA, "bea@contoso.com");
  g_cancellable_cancel (data);
}

/* When all is read, and it is put together, it can still be ended. */
static void
test_cancelled_late (void)
{
  g_autofree char *folder = g_dir_make_tmp ("cot-report-XXXXXX", NULL);
  g_autofree char *path = write_log (folder);
  g_autoptr (CotSession) session = NULL;
  g_autoptr (CotCase) a_case = NULL;
  g_autoptr (CotMask) mask = cot_mask_new ();
  g_autoptr (CotReport) report = cot_report_new (mask);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *part = NULL;
  Waiting building = { NULL, loop };

  open_case (path, &session, &a_case);
  cot_report_build_async (&a_case, 1, FALSE, compose_and_cancel, cancellable, NULL, cancellable,
                          on_done, &building);
  g_assert_null (cot_report_build_finish (wait_for (&building), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  /* And what would be written goes no further: nobody waits for it. */
  compose_preview (report);
  g_assert_false (cot_report_close (report, cancellable));
  whole = cot_report_dup_cancellable (report, COT_REPORT_MARKDOWN, TRUE, NULL);
  part = cot_report_dup_cancellable (report, COT_REPORT_MARKDOWN, TRUE, cancellable);
  g_assert_nonnull (strstr (whole, "Head"));
  g_assert_null (strstr (part, "Head"));
  g_object_unref (building.result);
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/hostile-html", test_hostile_html);
  g_test_add_func ("/report/hostile-markdown", test_hostile_markdown);
  g_test_add_func ("/report/markdown-line-starts", test_markdown_line_starts);
  g_test_add_func ("/report/lines-in-a-fence", test_lines_in_a_fence);
  g_test_add_func ("/report/notes", test_notes);
  g_test_add_func ("/report/notices", test_notices);
  g_test_add_func ("/report/build-and-save", test_build_and_save);
  g_test_add_func ("/report/cancelled", test_cancelled);
  g_test_add_func ("/report/long-lines", test_long_lines);
  g_test_add_func ("/report/mask-word", test_mask_word);
  g_test_add_func ("/report/preview", test_preview);
  g_test_add_func ("/report/cancelled-late", test_cancelled_late);
  return g_test_run ();
}
