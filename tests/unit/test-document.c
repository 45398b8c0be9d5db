/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-document.h"
#include "cot-job.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define RECORD(message)                                                                            \
  "<![LOG[" message "]LOG]!><time=\"12:34:56.789+300\" date=\"09-09-2024\" component=\"A\" "      \
  "context=\"\" type=\"1\" thread=\"1\" file=\"a.cpp:1\">\r\n"
#define WAIT_SEC 20

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("cotrace-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->path = g_build_filename (fixture->folder, "a.log", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_remove (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
write_file (const char *path, const char *bytes, gssize length_bytes)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, length_bytes, &error);
  g_assert_no_error (error);
}

static gboolean
give_up (gpointer data)
{
  g_error ("waited for %d seconds in vain", WAIT_SEC);
  return G_SOURCE_REMOVE;
}

static void
wait_until_loaded (CotDocument *document)
{
  guint timeout = g_timeout_add_seconds (WAIT_SEC, give_up, NULL);

  while (cot_document_get_state (document) == COT_DOCUMENT_LOADING)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
}

static void
count_signal (CotDocument *document, gpointer data)
{
  guint *n = data;

  (*n)++;
}

static void
test_load (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotDocument) document = cot_document_new_for_path (fixture->path);
  guint n_changes = 0;

  write_file (fixture->path, RECORD ("one") RECORD ("two"), -1);
  g_assert_cmpint (cot_document_get_state (document), ==, COT_DOCUMENT_NEW);
  g_assert_cmpuint (cot_snapshot_get_n_entries (cot_document_get_snapshot (document)), ==, 0);
  g_assert_cmpstr (cot_document_get_name (document), ==, "a.log");
  g_assert_cmpstr (cot_document_get_line_ends (document), ==, "none");

  g_signal_connect (document, "changed", G_CALLBACK (count_signal), &n_changes);
  cot_document_load (document);
  g_assert_cmpint (cot_document_get_state (document), ==, COT_DOCUMENT_LOADING);
  wait_until_loaded (document);
  g_assert_cmpint (cot_document_get_state (document), ==, COT_DOCUMENT_READY);
  g_assert_null (cot_document_get_error (document));
  g_assert_cmpuint (cot_snapshot_get_n_entries (cot_document_get_snapshot (document)), ==, 2);
  g_assert_cmpint (cot_document_get_encoding (document), ==, COT_ENCODING_UTF8);
  g_assert_cmpstr (cot_document_get_line_ends (document), ==, "crlf");
  g_assert_cmpfloat (cot_document_get_progress (document), ==, 1);
  g_assert_cmpuint (n_changes, >=, 2);
}

static void
note_first (CotDocument *document, gpointer data)
{
  guint64 *n_first = data;
  guint64 n = cot_snapshot_get_n_entries (cot_document_get_snapshot (document));

  if (*n_first == 0)
    *n_first = n;
}

/* The first rows of a large log come before all of it is read. */
static void
test_first_block (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotDocument) document = cot_document_new_for_path (fixture->path);
  g_autoptr (GString) text = g_string_new (NULL);
  CotSnapshot *snapshot;
  guint64 n_first = 0;
  guint64 n_all = 200000;

  for (guint64 i = 0; i < n_all; i++)
    g_string_append (text, RECORD ("a message"));
  write_file (fixture->path, text->str, (gssize) text->len);
  g_signal_connect (document, "changed", G_CALLBACK (note_first), &n_first);
  cot_document_load (document);
  wait_until_loaded (document);
  snapshot = cot_document_get_snapshot (document);
  g_assert_cmpuint (cot_snapshot_get_n_entries (snapshot), ==, n_all);
  g_assert_cmpuint (n_first, >=, 200);
}

static void
test_sync_as_async (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotDocument) first = cot_document_new_for_path (fixture->path);
  g_autoptr (CotDocument) second = cot_document_new_for_path (fixture->path);
  g_autoptr (GError) error = NULL;

  write_file (fixture->path, RECORD ("one") "a line\r\n<![LOG[cut", -1);
  g_assert_true (cot_document_load_sync (first, NULL, &error));
  g_assert_no_error (error);
  cot_document_load (second);
  wait_until_loaded (second);
  g_assert_cmpmem (cot_snapshot_get_counts (cot_document_get_snapshot (first)),
                   sizeof (CotSnapshotCounts),
                   cot_snapshot_get_counts (cot_document_get_snapshot (second)),
                   sizeof (CotSnapshotCounts));
  g_assert_cmpuint (cot_snapshot_get_n_entries (cot_document_get_snapshot (first)), ==, 3);
  g_assert_cmpuint (cot_snapshot_get_counts (cot_document_get_snapshot (first))->n_incomplete, ==,
                    1);
}

typedef struct
{
  const char *bytes;
  gsize length_bytes;
  guint64 n_entries;
  CotEncoding encoding;
  const char *line_ends;
} Case;

#define BYTES(literal) literal, sizeof (literal) - 1

static const Case cases[] = {
  { BYTES (""), 0, COT_ENCODING_UTF8, "none" },
  { BYTES ("\xef\xbb\xbf"), 1, COT_ENCODING_UTF8_BOM, "none" },
  { BYTES ("\xef\xbb\xbf" RECORD ("x")), 1, COT_ENCODING_UTF8_BOM, "crlf" },
  { BYTES ("a\nb\nc"), 3, COT_ENCODING_UTF8, "lf" },
  { BYTES ("a\rb\rc"), 3, COT_ENCODING_UTF8, "cr" },
  { BYTES ("a\r\nb\nc\r"), 3, COT_ENCODING_UTF8, "mixed" },
  { BYTES ("caf\xe9\r\n"), 1, COT_ENCODING_WINDOWS_1252, "crlf" },
  { BYTES ("\xff\xfe" "a\0\r\0\n\0b\0"), 2, COT_ENCODING_UTF16LE_BOM, "crlf" },
  { BYTES ("\xfe\xff\0a\0\n\0b"), 2, COT_ENCODING_UTF16BE_BOM, "lf" },
  { BYTES (RECORD ("x") "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), 1, COT_ENCODING_UTF8, "crlf" },
};

static void
test_encodings (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CotDocument) document = cot_document_new_for_path (fixture->path);
      g_autoptr (GError) error = NULL;

      write_file (fixture->path, cases[i].bytes, (gssize) cases[i].length_bytes);
      g_assert_true (cot_document_load_sync (document, NULL, &error));
      g_assert_no_error (error);
      g_test_message ("case %u", i);
      g_assert_cmpuint (cot_snapshot_get_n_entries (cot_document_get_snapshot (document)), ==,
                        cases[i].n_entries);
      g_assert_cmpint (cot_document_get_encoding (document), ==, cases[i].encoding);
      g_assert_cmpstr (cot_document_get_line_ends (document), ==, cases[i].line_ends);
    }
}

/* What decides stands behind the block that a log is judged by, or even at its very end. */
static void
test_late_encodings (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *end;
    CotEncoding encoding;
  } ends[] = {
    { "", COT_ENCODING_UTF8 },
    { "f\xc3\xbcr\n", COT_ENCODING_UTF8 },
    { "f\xc3\xbc", COT_ENCODING_UTF8 },
    { "f\xfcr alle\n", COT_ENCODING_WINDOWS_1252 },
    { "caf\xe9\n", COT_ENCODING_WINDOWS_1252 },
    { "f\xfc\xfc", COT_ENCODING_WINDOWS_1252 },
  };
  static const gsize sizes[] = { 1, 65535, 65536, 256 * 1024 - 1, 600 * 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (ends) * G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (CotDocument) document = cot_document_new_for_path (fixture->path);
      g_autofree char *ascii = g_strnfill (sizes[i % G_N_ELEMENTS (sizes)], 'a');
      const char *end = ends[i / G_N_ELEMENTS (sizes)].end;
      g_autofree char *log = g_strconcat (ascii, "\n", end, NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("%u bytes, and end %u", (guint) strlen (ascii),
                      i / (guint) G_N_ELEMENTS (sizes));
      write_file (fixture->path, log, -1);
      g_assert_true (cot_document_load_sync (document, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpint (cot_document_get_encoding (document), ==,
                       ends[i / G_N_ELEMENTS (sizes)].encoding);
    }
}

static void
assert_refused (const char *path, CotSourceError code)
{
  g_autoptr (CotDocument) document = cot_document_new_for_path (path);
  g_autoptr (CotDocument) later = cot_document_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_false (cot_document_load_sync (document, NULL, &error));
  g_assert_error (error, COT_SOURCE_ERROR, (gint) code);
  g_assert_cmpint (cot_document_get_state (document), ==, COT_DOCUMENT_FAILED);
  cot_document_set_following (later, TRUE);
  cot_document_load (later);
  wait_until_loaded (later);
  g_assert_cmpint (cot_document_get_state (later), ==, COT_DOCUMENT_FAILED);
  g_assert_error (cot_document_get_error (later), COT_SOURCE_ERROR, (gint) code);
  g_assert_cmpuint (cot_snapshot_get_n_entries (cot_document_get_snapshot (later)), ==, 0);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  assert_refused (fixture->path, COT_SOURCE_ERROR_NOT_FOUND);
  assert_refused (fixture->folder, COT_SOURCE_ERROR_IS_FOLDER);
  assert_refused ("/dev/zero", COT_SOURCE_ERROR_NOT_REGULAR);
  assert_refused ("/proc/self/status", COT_SOURCE_ERROR_NOT_REGULAR);
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  assert_refused (fixture->path, COT_SOURCE_ERROR_NOT_REGULAR);
  g_remove (fixture->path);
  g_assert_cmpint (symlink (fixture->path, fixture->path), ==, 0);
  assert_refused (fixture->path, COT_SOURCE_ERROR_LINK);
}

/* 4 GiB without a line end, nearly all of it a hole: bounded records, and it can be stopped. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotDocument) document = cot_document_new_for_path (fixture->path);

  write_file (fixture->path, "x", 1);
  g_assert_cmpint (truncate (fixture->path, G_GINT64_CONSTANT (4) << 30), ==, 0);
  cot_document_set_following (document, TRUE);
  cot_document_load (document);
  while (cot_document_get_progress (document) == 0
         && cot_document_get_state (document) == COT_DOCUMENT_LOADING)
    g_main_context_iteration (NULL, TRUE);
  cot_document_cancel (document);
  /* Nobody looks at what was not read to its end. */
  g_assert_cmpint (cot_document_get_state (document), ==, COT_DOCUMENT_READY);
  g_assert_error (cot_document_get_error (document), G_IO_ERROR, G_IO_ERROR_CANCELLED);

  write_file (fixture->path, "short now\n", -1);
  cot_document_load (document);
  wait_until_loaded (document);
  g_assert_no_error (cot_document_get_error (document));
  g_assert_cmpuint (cot_snapshot_get_n_entries (cot_document_get_snapshot (document)), ==, 1);
}

/* A document that goes away while it is loaded. */
static void
test_dispose (Fixture *fixture, gconstpointer data)
{
  CotDocument *document = cot_document_new_for_path (fixture->path);

  write_file (fixture->path, RECORD ("one"), -1);
  cot_document_load (document);
  g_object_add_weak_pointer (G_OBJECT (document), (gpointer *) &document);
  g_object_unref (document);
  g_assert_null (document);
}

/* What a snapshot shows stays when the document loads anew. */
static void
test_snapshot_outlives (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotDocument) document = cot_document_new_for_path (fixture->path);
  g_autoptr (CotSnapshot) snapshot = NULL;
  g_autoptr (GByteArray) record = g_byte_array_new ();

  write_file (fixture->path, "one\ntwo\n", -1);
  g_assert_true (cot_document_load_sync (document, NULL, NULL));
  snapshot = cot_snapshot_ref (cot_document_get_snapshot (document));
  write_file (fixture->path, "three\n", -1);
  g_assert_true (cot_document_load_sync (document, NULL, NULL));
  g_clear_object (&document);
  g_assert_cmpuint (cot_snapshot_get_n_entries (snapshot), ==, 2);
  g_assert_true (cot_snapshot_read (snapshot, 1, record, NULL));
  g_assert_cmpmem (record->data, record->len, "two\n", 4);
}

/* What nobody wrote is known, and still belongs to a record. */
static void
test_blank (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *head;
    gsize n_zeros;
    const char *tail;
    guint64 n_entries;
    guint64 n_blank;
  } files[] = {
    { "", 0, "", 0, 0 },
    { "\xef\xbb\xbf", 0, "", 1, 1 },
    { "", 5000, "", 1, 1 },
    { "\xef\xbb\xbf", 5000, "", 1, 1 },
    { "", 5 << 20, "", 5, 5 },
    { "\xef\xbb\xbf", 0, "text\n", 1, 0 },
    { "text\n", 5000, "more\n", 2, 0 },
    { "", 5000, RECORD ("one"), 1, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      gsize n_head = strlen (files[i].head);
      gsize n_tail = strlen (files[i].tail);
      gsize n_all = n_head + files[i].n_zeros + n_tail;
      g_autofree char *bytes = g_malloc0 (n_all + 1);
      g_autoptr (CotDocument) document = cot_document_new_for_path (fixture->path);
      const CotSnapshotCounts *counts;
      guint64 n_bytes = 0;

      memcpy (bytes, files[i].head, n_head);
      memcpy (bytes + n_head + files[i].n_zeros, files[i].tail, n_tail);
      write_file (fixture->path, bytes, (gssize) n_all);
      g_test_message ("%u", i);
      g_assert_true (cot_document_load_sync (document, NULL, NULL));
      counts = cot_snapshot_get_counts (cot_document_get_snapshot (document));
      g_assert_cmpuint (counts->n_entries, ==, files[i].n_entries);
      g_assert_cmpuint (counts->n_blank, ==, files[i].n_blank);
      g_assert_cmpuint (counts->zero_bytes, ==, files[i].n_zeros);
      for (guint64 j = 0; j < counts->n_entries; j++)
        {
          g_autoptr (GByteArray) record = g_byte_array_new ();

          g_assert_true (cot_snapshot_read (cot_document_get_snapshot (document), j, record, NULL));
          g_assert_cmpmem (record->data, record->len, bytes + n_bytes, record->len);
          n_bytes += record->len;
        }
      g_assert_cmpuint (n_bytes, ==, n_all);
    }
}

#define ADD(name, function)                                                                        \
  g_test_add ("/document/" name, Fixture, NULL, set_up, function, tear_down)

/* Longer than what is read at once. */
static void
write_long_log (const char *path)
{
  g_autoptr (GString) log = g_string_new (NULL);

  while (log->len < 3 * 1024 * 1024)
    g_string_append (log, RECORD ("one"));
  write_file (path, log->str, (gssize) log->len);
}

static guint64
get_n_entries (CotDocument *document)
{
  return cot_snapshot_get_n_entries (cot_document_get_snapshot (document));
}

static CotDocument *
load_first_rows (const char *path)
{
  CotDocument *document = cot_document_new_for_path (path);
  guint timeout = g_timeout_add_seconds (WAIT_SEC, give_up, NULL);

  cot_document_load (document);
  while (get_n_entries (document) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
  return document;
}

/* Whether it has not got on while another one was read from its beginning to its end. */
static gboolean
is_held (CotDocument *document)
{
  g_autoptr (CotDocument) other = cot_document_new_for_path (cot_document_get_path (document));
  guint64 n = get_n_entries (document);

  guint timeout = g_timeout_add_seconds (WAIT_SEC, give_up, NULL);

  /* Where the place was not free yet, it may be the other one that waits. */
  cot_document_load (other);
  while (cot_document_get_state (other) == COT_DOCUMENT_LOADING
         && cot_document_get_state (document) == COT_DOCUMENT_LOADING)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
  return get_n_entries (document) == n && n < get_n_entries (other)
         && cot_document_get_state (document) == COT_DOCUMENT_LOADING;
}

/* One waits for the rows to be drawn, and no other does. */
static void
test_hold (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotDocument) document = NULL;

  if (cot_job_get_n_threads () < 2)
    {
      g_test_skip ("one core: nothing is held");
      return;
    }
  write_long_log (fixture->path);
  cot_document_hold_loads (2 * 1000 * WAIT_SEC);
  document = load_first_rows (fixture->path);
  g_assert_true (is_held (document));
  cot_document_let_loads_go ();
  wait_until_loaded (document);
  g_assert_cmpint (cot_document_get_state (document), ==, COT_DOCUMENT_READY);
}

/* Where nothing is ever drawn. */
static void
test_hold_for_a_time (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotDocument) document = NULL;

  write_long_log (fixture->path);
  cot_document_hold_loads (1);
  document = load_first_rows (fixture->path);
  wait_until_loaded (document);
  g_assert_cmpint (cot_document_get_state (document), ==, COT_DOCUMENT_READY);
}

/* Once it is cancelled, another one can wait in its place. */
static void
test_hold_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotDocument) document = NULL;
  g_autoptr (CotDocument) next = NULL;
  guint timeout;

  if (cot_job_get_n_threads () < 2)
    {
      g_test_skip ("one core: nothing is held");
      return;
    }
  write_long_log (fixture->path);
  cot_document_hold_loads (2 * 1000 * WAIT_SEC);
  document = load_first_rows (fixture->path);
  cot_document_cancel (document);
  timeout = g_timeout_add_seconds (WAIT_SEC, give_up, NULL);
  do
    {
      g_clear_object (&next);
      next = load_first_rows (fixture->path);
    }
  while (!is_held (next));
  g_source_remove (timeout);
  cot_document_let_loads_go ();
  wait_until_loaded (next);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("load", test_load);
  ADD ("first-block", test_first_block);
  ADD ("sync-as-async", test_sync_as_async);
  ADD ("encodings", test_encodings);
  ADD ("late-encodings", test_late_encodings);
  ADD ("refused", test_refused);
  ADD ("cancel", test_cancel);
  ADD ("dispose", test_dispose);
  ADD ("blank", test_blank);
  ADD ("snapshot-outlives", test_snapshot_outlives);
  ADD ("hold", test_hold);
  ADD ("hold-for-a-time", test_hold_for_a_time);
  ADD ("hold-cancelled", test_hold_cancelled);
  return g_test_run ();
}
