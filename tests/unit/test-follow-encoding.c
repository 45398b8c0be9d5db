/* SPDX-License-Identifier: GPL-3.0-or-later */

/* UTF-8 or Windows-1252: what a log says of it while it grows. */

#include "cot-case-private.h"
#include "cot-index.h"
#include "cot-query.h"
#include "cot-session.h"

#include <glib/gstdio.h>
#include <string.h>

#define DEADLINE_SECONDS 30
#define LINE "A line of nothing but plain letters, as most of them are.\r\n"
/* More of it than the last block that is looked at again. */
#define N_LINES 100
/* Less of it, but more rows than are read at once. */
#define N_BEHIND 40
/* One byte is damaged, before any other one is beyond ASCII. */
#define DAMAGED "Ger\xe4t f\xc3\xbcr\r\n"
#define GOOD                                                                                       \
  "Gr\xc3\xb6\xc3\x9f" "e f\xc3\xbcr \xc3\x84rzte, \xe2\x82\xac 5, "                              \
  "\xc3\xbc" "ber Stra\xc3\x9f" "en\r\n"

#include "wait-until.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("cotrace-encoding-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->path = g_build_filename (fixture->folder, "Server.log", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_remove (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
append (Fixture *fixture, const char *text, gsize length_bytes)
{
  FILE *file = g_fopen (fixture->path, "ab");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (text, 1, length_bytes, file), ==, length_bytes);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
append_lines (Fixture *fixture, guint n_lines)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n_lines; i++)
    g_string_append (text, LINE);
  append (fixture, text->str, text->len);
}

static CotEncoding
get_encoding (CotIndex *index)
{
  g_autoptr (CotSnapshot) snapshot = cot_index_make_snapshot (index);
  guint n = cot_snapshot_get_n_generations (snapshot);

  g_assert_cmpuint (n, <=, 1);
  return n == 0 ? COT_ENCODING_UTF8 : cot_snapshot_get_generation (snapshot, 0)->encoding;
}

static void
look (CotIndex *index)
{
  g_autoptr (GError) error = NULL;
  CotIndexChange change;

  g_assert_true (cot_index_check (index, &change, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (change.changed);
}

/* The log is looked at behind each byte that comes. */
static void
assert_grows_to (Fixture *fixture, guint n_lines, const char *text, CotEncoding expected)
{
  g_autoptr (CotIndex) index = cot_index_new (fixture->path, NULL);
  g_autoptr (GError) error = NULL;

  g_remove (fixture->path);
  append_lines (fixture, n_lines);
  g_assert_true (cot_index_load (index, FALSE, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  for (gsize i = 0; i < strlen (text); i++)
    {
      append (fixture, text + i, 1);
      look (index);
    }
  g_assert_cmpint (get_encoding (index), ==, expected);
}

static void
test_byte_by_byte (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    CotEncoding expected;
  } cases[] = {
    { LINE, COT_ENCODING_UTF8 },
    { GOOD, COT_ENCODING_UTF8 },
    { DAMAGED, COT_ENCODING_WINDOWS_1252 },
    { DAMAGED LINE GOOD GOOD, COT_ENCODING_UTF8 },
    { "Ger\xe4t f\xfcr \xc4rzte\r\n", COT_ENCODING_WINDOWS_1252 },
    { "Gr\xf6\xdf" "e: 5 \x80\r\n" LINE "\xdc" "ber Stra\xdf" "en\r\n", COT_ENCODING_WINDOWS_1252 },
    /* What the end cuts is no damage. */
    { "\xe2\x82", COT_ENCODING_UTF8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      assert_grows_to (fixture, 0, cases[i].text, cases[i].expected);
      assert_grows_to (fixture, N_LINES, cases[i].text, cases[i].expected);
    }
}

/* A log whose first block ends behind the damage is no other. */
static void
test_opened_behind_damage (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotIndex) index = cot_index_new (fixture->path, NULL);

  append_lines (fixture, N_LINES);
  append (fixture, DAMAGED, strlen (DAMAGED));
  g_assert_true (cot_index_load (index, FALSE, NULL, NULL, NULL, NULL));
  g_assert_cmpint (get_encoding (index), ==, COT_ENCODING_WINDOWS_1252);
  append (fixture, GOOD GOOD, strlen (GOOD GOOD));
  look (index);
  g_assert_cmpint (get_encoding (index), ==, COT_ENCODING_UTF8);
}

/* Once a whole page has come behind it, the encoding is what it is. */
static void
test_decided (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotIndex) index = cot_index_new (fixture->path, NULL);

  append_lines (fixture, N_LINES);
  g_assert_true (cot_index_load (index, FALSE, NULL, NULL, NULL, NULL));
  append (fixture, DAMAGED, strlen (DAMAGED));
  append_lines (fixture, N_LINES);
  look (index);
  append (fixture, GOOD GOOD, strlen (GOOD GOOD));
  look (index);
  g_assert_cmpint (get_encoding (index), ==, COT_ENCODING_WINDOWS_1252);
}

static gboolean
has_row (CotLog *log, guint64 ordinal, const char *message)
{
  const CotRow *row = cot_log_peek_row (log, ordinal);

  return row != NULL && g_strcmp0 (row->message, message) == 0;
}

/* What was shown and asked in the other encoding is shown and asked again. */
static void
test_shown_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotSession) session = cot_session_new ();
  g_autoptr (CotCase) loose = cot_session_new_case (session);
  g_autoptr (CotFilter) filter = cot_filter_new ("text : \"t f\xc3\xbcr\"", NULL);
  g_autoptr (CotCase) opened = NULL;
  g_autoptr (CotQuery) query = NULL;
  CotLog *log;

  append_lines (fixture, N_LINES);
  append (fixture, DAMAGED, strlen (DAMAGED));
  append_lines (fixture, N_BEHIND);
  opened = cot_session_open_sync (session, loose, fixture->path, NULL);
  g_assert_nonnull (opened);
  cot_session_wait (session, opened);
  log = cot_case_get_log (opened, 0);
  wait_until (has_row (log, N_LINES, "Ger\xc3\xa4t f\xc3\x83\xc2\xbcr"));
  query = cot_query_new_for_filter (log, filter);
  wait_until (!cot_query_get_running (query));
  g_assert_cmpuint (cot_bitset_get_size (cot_query_get_ordinals (query)), ==, 0);

  cot_document_set_following (cot_log_get_document (log), TRUE);
  append (fixture, GOOD GOOD, strlen (GOOD GOOD));
  cot_document_check_now (cot_log_get_document (log));
  wait_until (has_row (log, N_LINES, "Ger\xef\xbf\xbdt f\xc3\xbcr"));
  wait_until (cot_query_get_n_asked (query) == N_LINES + N_BEHIND + 3
              && !cot_query_get_running (query));
  g_assert_true (cot_bitset_contains (cot_query_get_ordinals (query), N_LINES));
}

/* So does a detector, which looked at all of it in the other one. */
static void
test_matched_again (Fixture *fixture, gconstpointer data)
{
  static const char pack[]
      = "<knowledge><detector id=\"for\" area=\"other\" severity=\"error\"><title>T</title>"
        "<match kind=\"literal\">Laufzeit f\xc3\xbcr</match><meaning>M</meaning><step>S</step>"
        "<sample>Laufzeit f\xc3\xbcr</sample></detector></knowledge>";
  static const char damaged[] = "Ger\xe4t: Laufzeit f\xc3\xbcr\r\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (CotKnowledge) knowledge
      = cot_knowledge_new_from_xml (NULL, "own.xml", pack, strlen (pack), &error);
  g_autoptr (CotCase) loose = NULL;
  CotLog *log;

  g_assert_no_error (error);
  append_lines (fixture, N_LINES);
  append (fixture, damaged, strlen (damaged));
  append_lines (fixture, N_BEHIND);
  loose = cot_case_new (knowledge);
  log = cot_case_add_path (loose, fixture->path, NULL);
  wait_until (cot_case_get_settled (loose));
  g_assert_cmpuint (cot_case_get_n_findings (loose), ==, 0);

  cot_document_set_following (cot_log_get_document (log), TRUE);
  append (fixture, GOOD GOOD, strlen (GOOD GOOD));
  cot_document_check_now (cot_log_get_document (log));
  wait_until (cot_log_get_n_entries (log) == N_LINES + N_BEHIND + 3
              && cot_case_get_settled (loose));
  g_assert_cmpuint (cot_case_get_n_findings (loose), ==, 1);
  g_assert_true (cot_bitset_contains (cot_log_get_known (log), N_LINES));
}

/* Somebody says what it is written in: nothing is guessed then, nor later. */
static void
test_chosen (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotSession) session = cot_session_new ();
  g_autoptr (CotCase) loose = cot_session_new_case (session);
  g_autoptr (CotFilter) filter = cot_filter_new ("text : \"\u5931\u6557\"", NULL);
  g_autoptr (CotCase) opened = NULL;
  g_autoptr (CotQuery) query = NULL;
  CotReadAs read_as = { .encoding_id = "windows-932" };
  CotLog *log;

  append_lines (fixture, 3);
  append (fixture, "step: \x8e\xb8\x94s\r\n", strlen ("step: \x8e\xb8\x94s\r\n"));
  opened = cot_session_open_sync (session, loose, fixture->path, NULL);
  cot_session_wait (session, opened);
  log = cot_case_get_log (opened, 0);
  wait_until (has_row (log, 3, "step: \u017d\u00b8\u201ds"));
  log = cot_case_reread_log (opened, log, &read_as);
  cot_session_wait (session, opened);
  g_assert_cmpstr (cot_log_get_encoding_name (log), ==, "Shift-JIS (932)");
  wait_until (has_row (log, 3, "step: \u5931\u6557"));
  query = cot_query_new_for_filter (log, filter);
  wait_until (!cot_query_get_running (query));
  g_assert_cmpuint (cot_bitset_get_size (cot_query_get_ordinals (query)), ==, 1);
  /* What is written behind it, half a character at a time. */
  cot_document_set_following (cot_log_get_document (log), TRUE);
  append (fixture, "more: \x8e", strlen ("more: \x8e"));
  cot_document_check_now (cot_log_get_document (log));
  wait_until (cot_log_get_n_entries (log) == 5);
  append (fixture, "\xb8\r\n", strlen ("\xb8\r\n"));
  cot_document_check_now (cot_log_get_document (log));
  wait_until (has_row (log, 4, "more: \u5931"));
  read_as.encoding_id = "no-such";
  log = cot_case_reread_log (opened, log, &read_as);
  g_assert_null (cot_log_get_read_as (log)->encoding_id);
  cot_session_wait (session, opened);
}

#define ADD(name, function) \
  g_test_add ("/follow-encoding/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("byte-by-byte", test_byte_by_byte);
  ADD ("opened-behind-damage", test_opened_behind_damage);
  ADD ("decided", test_decided);
  ADD ("shown-again", test_shown_again);
  ADD ("matched-again", test_matched_again);
  ADD ("chosen", test_chosen);
  return g_test_run ();
}
