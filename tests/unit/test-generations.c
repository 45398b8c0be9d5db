/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A log and its older parts as one document. */

#include "cot-document.h"

#include <glib/gstdio.h>
#include <string.h>

#define RECORD(message, time) \
  "<![LOG[" message "]LOG]!><time=\"" time "+300\" date=\"11-18-2026\" component=\"A\" " \
  "context=\"\" type=\"1\" thread=\"1\" file=\"a.cpp:1\">\r\n"
#define CBS(time) "2026-11-18 " time ", Info                  CBS    Session: 30_1 begins\r\n"

#define WAIT_SEC 20
#define NEVER_MSEC (3600 * 1000)

typedef struct
{
  char *folder;
  char *path;
  char *older;
  char *oldest;
  CotDocument *document;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("cotrace-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->path = g_build_filename (fixture->folder, "a.log", NULL);
  fixture->older = g_build_filename (fixture->folder, "a.lo_", NULL);
  fixture->oldest = g_build_filename (fixture->folder, "a-20261101-100000.log", NULL);
  fixture->document = cot_document_new_for_path (fixture->path);
  cot_document_set_poll_interval (fixture->document, NEVER_MSEC);
  cot_document_add_older_path (fixture->document, fixture->oldest, "a-20261101-100000.log");
  cot_document_add_older_path (fixture->document, fixture->older, "a.lo_");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->document);
  g_remove (fixture->path);
  g_remove (fixture->older);
  g_remove (fixture->oldest);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->older);
  g_free (fixture->oldest);
  g_free (fixture->folder);
}

static void
write_file (const char *path, const char *bytes, gssize length_bytes)
{
  FILE *file = g_fopen (path, "wb");
  gsize n = length_bytes < 0 ? strlen (bytes) : (gsize) length_bytes;

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (bytes, 1, n, file), ==, n);
  g_assert_cmpint (fclose (file), ==, 0);
}

static char *
dup_message (CotSnapshot *snapshot, guint64 ordinal)
{
  g_autoptr (GByteArray) record = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  CotEntry entry;

  cot_snapshot_read (snapshot, ordinal, record, &error);
  g_assert_no_error (error);
  cot_format_parse_entry (cot_snapshot_get_format (snapshot), (const char *) record->data,
                          record->len, &entry);
  return g_strndup (entry.message.data, entry.message.length_bytes);
}

static void
assert_messages (CotSnapshot *snapshot, const char *const *messages)
{
  guint n = g_strv_length ((char **) messages);

  g_assert_cmpuint (cot_snapshot_get_n_entries (snapshot), ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *message = dup_message (snapshot, i);

      g_assert_cmpstr (message, ==, messages[i]);
    }
}

static CotSnapshot *
load (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  cot_document_load_sync (fixture->document, NULL, &error);
  g_assert_no_error (error);
  return cot_document_get_snapshot (fixture->document);
}

static const char *
label_of (CotSnapshot *snapshot, guint generation)
{
  return cot_snapshot_get_generation (snapshot, generation)->label;
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  static const char *const messages[] = { "one", "two", "three", "four", NULL };
  CotSnapshot *snapshot;
  CotEntryColumns below, above;
  guint64 line;

  write_file (fixture->oldest, RECORD ("one", "09:00:00.000"), -1);
  write_file (fixture->older, RECORD ("two", "09:10:00.000") RECORD ("three", "09:20:00.000"), -1);
  write_file (fixture->path, RECORD ("four", "11:20:00.000"), -1);
  snapshot = load (fixture);
  assert_messages (snapshot, messages);
  g_assert_cmpuint (cot_snapshot_get_n_generations (snapshot), ==, 3);
  g_assert_cmpstr (label_of (snapshot, 0), ==, "a-20261101-100000.log");
  g_assert_cmpstr (label_of (snapshot, 1), ==, "a.lo_");
  g_assert_null (label_of (snapshot, 2));
  g_assert_cmpuint (cot_snapshot_get_generation (snapshot, 2)->first_ordinal, ==, 3);
  /* Lines count from the start of each part. */
  g_assert_true (cot_snapshot_get_line (snapshot, 2, &line, NULL));
  g_assert_cmpuint (line, ==, 2);
  g_assert_true (cot_snapshot_get_line (snapshot, 3, &line, NULL));
  g_assert_cmpuint (line, ==, 1);
  /* The gap at the seam. */
  g_assert_true (cot_snapshot_get (snapshot, 2, &above));
  g_assert_true (cot_snapshot_get (snapshot, 3, &below));
  g_assert_cmpint (below.time_usec - above.time_usec, ==, 2 * G_TIME_SPAN_HOUR);
  g_assert_cmpint (cot_document_get_state (fixture->document), ==, COT_DOCUMENT_READY);
  g_assert_cmpfloat (cot_document_get_progress (fixture->document), ==, 1);
  g_assert_null (cot_document_get_older_error (fixture->document, 0));
}

/* Each entry is found in its part, however many parts there are. */
static void
test_many_parts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (RECORD ("x", "09:00:00.000"),
                                                 strlen (RECORD ("x", "09:00:00.000")));
  g_autoptr (CotSource) source = cot_source_new_from_bytes (bytes, "a");
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (CotSource) empty = cot_source_new_from_bytes (nothing, "b");
  g_autoptr (CotDocument) document = cot_document_new_for_source (empty, "b");
  CotSnapshot *snapshot;
  CotEntryColumns columns;

  for (guint i = 0; i < 77; i++)
    {
      g_autofree char *label = g_strdup_printf ("%u", i);

      cot_document_add_older_source (document, i % 10 == 3 ? empty : source, label);
    }
  g_assert_true (cot_document_load_sync (document, NULL, NULL));
  snapshot = cot_document_get_snapshot (document);
  g_assert_cmpuint (cot_snapshot_get_n_entries (snapshot), ==, 69);
  for (guint i = 0; i < 69; i++)
    {
      const CotGeneration *generation;

      g_assert_true (cot_snapshot_get (snapshot, i, &columns));
      generation = cot_snapshot_get_generation (snapshot, columns.generation);
      g_assert_cmpuint (generation->first_ordinal, ==, i);
      g_assert_cmpuint (generation->n_entries, ==, 1);
    }
}

static void
test_loading_again (Fixture *fixture, gconstpointer data)
{
  static const char *const messages[] = { "one", "two", "three", NULL };

  write_file (fixture->oldest, RECORD ("one", "09:00:00.000"), -1);
  write_file (fixture->older, RECORD ("two", "09:10:00.000"), -1);
  write_file (fixture->path, RECORD ("three", "09:20:00.000"), -1);
  load (fixture);
  assert_messages (load (fixture), messages);
}

/* Each part says for itself how it is written. */
static void
test_encodings (Fixture *fixture, gconstpointer data)
{
  static const char *const messages[] = { "caf\xe9", "caf\xc3\xa9", "caf\xc3\xa9", NULL };
  g_autofree char *utf16 = NULL;
  g_autofree char *with_bom = NULL;
  CotSnapshot *snapshot;
  gsize n_bytes = 0;

  write_file (fixture->oldest, RECORD ("caf\xe9", "09:00:00.000"), -1);
  write_file (fixture->older, "\xef\xbb\xbf" RECORD ("caf\xc3\xa9", "09:00:00.000"), -1);
  utf16 = g_convert (RECORD ("caf\xc3\xa9", "09:00:00.000"), -1, "UTF-16LE", "UTF-8", NULL,
                     &n_bytes, NULL);
  with_bom = g_malloc (n_bytes + 2);
  memcpy (with_bom, "\xff\xfe", 2);
  memcpy (with_bom + 2, utf16, n_bytes);
  write_file (fixture->path, with_bom, (gssize) n_bytes + 2);
  snapshot = load (fixture);
  assert_messages (snapshot, messages);
  g_assert_cmpint (cot_snapshot_get_generation (snapshot, 0)->encoding, ==,
                   COT_ENCODING_WINDOWS_1252);
  g_assert_cmpint (cot_snapshot_get_generation (snapshot, 1)->encoding, ==, COT_ENCODING_UTF8_BOM);
  g_assert_cmpint (cot_snapshot_get_generation (snapshot, 2)->encoding, ==,
                   COT_ENCODING_UTF16LE_BOM);
}

static void
test_missing_part (Fixture *fixture, gconstpointer data)
{
  static const char *const messages[] = { "two", "three", NULL };

  write_file (fixture->older, RECORD ("two", "09:10:00.000"), -1);
  write_file (fixture->path, RECORD ("three", "09:20:00.000"), -1);
  assert_messages (load (fixture), messages);
  g_assert_error (cot_document_get_older_error (fixture->document, 0), COT_SOURCE_ERROR,
                  COT_SOURCE_ERROR_NOT_FOUND);
  g_assert_null (cot_document_get_older_error (fixture->document, 1));
}

static void
test_part_of_another_format (Fixture *fixture, gconstpointer data)
{
  static const char *const messages[] = { "two", "three", NULL };

  write_file (fixture->oldest, CBS ("09:00:00") CBS ("09:00:01") CBS ("09:00:02"), -1);
  write_file (fixture->older, RECORD ("two", "09:10:00.000"), -1);
  write_file (fixture->path, RECORD ("three", "09:20:00.000"), -1);
  assert_messages (load (fixture), messages);
  g_assert_error (cot_document_get_older_error (fixture->document, 0), G_IO_ERROR,
                  G_IO_ERROR_NOT_SUPPORTED);
  /* Told to read it so, nothing is of another format. */
  cot_document_set_format (fixture->document, "ccm");
  g_assert_cmpuint (cot_snapshot_get_n_entries (load (fixture)), ==, 5);
  g_assert_null (cot_document_get_older_error (fixture->document, 0));
}

static void
test_empty_parts (Fixture *fixture, gconstpointer data)
{
  static const char *const messages[] = { "one", NULL };
  CotSnapshot *snapshot;

  write_file (fixture->oldest, RECORD ("one", "09:00:00.000"), -1);
  write_file (fixture->older, "", 0);
  write_file (fixture->path, "", 0);
  snapshot = load (fixture);
  assert_messages (snapshot, messages);
  g_assert_cmpuint (cot_snapshot_get_n_generations (snapshot), ==, 2);
  /* The log itself is too short to say what it is. */
  g_assert_cmpstr (cot_snapshot_get_format (snapshot)->id, ==, "ccm");
  g_assert_null (cot_document_get_older_error (fixture->document, 1));
}

static void
test_log_itself_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  write_file (fixture->older, RECORD ("two", "09:10:00.000"), -1);
  g_assert_false (cot_document_load_sync (fixture->document, NULL, &error));
  g_assert_error (error, COT_SOURCE_ERROR, COT_SOURCE_ERROR_NOT_FOUND);
  g_assert_cmpint (cot_document_get_state (fixture->document), ==, COT_DOCUMENT_FAILED);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  write_file (fixture->older, RECORD ("two", "09:10:00.000"), -1);
  write_file (fixture->path, RECORD ("three", "09:20:00.000"), -1);
  g_cancellable_cancel (cancellable);
  g_assert_false (cot_document_load_sync (fixture->document, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
give_up (gpointer data)
{
  g_error ("waited for %d seconds in vain", WAIT_SEC);
  return G_SOURCE_REMOVE;
}

/* Looks until the log has so many entries. */
static void
check_until (Fixture *fixture, guint64 n_entries)
{
  guint timeout = g_timeout_add_seconds (WAIT_SEC, give_up, NULL);

  cot_document_check_now (fixture->document);
  while (cot_snapshot_get_n_entries (cot_document_get_snapshot (fixture->document)) != n_entries)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
}

/* The writer renames the log to the name of an older part, which is open here. */
static void
test_rolling_over_by_rename (Fixture *fixture, gconstpointer data)
{
  static const char *const messages[] = { "one", "two", "three", "four", "five", NULL };
  CotSnapshot *snapshot;

  write_file (fixture->oldest, RECORD ("one", "09:00:00.000"), -1);
  write_file (fixture->older, RECORD ("two", "09:10:00.000"), -1);
  write_file (fixture->path, RECORD ("three", "09:20:00.000"), -1);
  cot_document_set_following (fixture->document, TRUE);
  load (fixture);
  write_file (fixture->path, RECORD ("three", "09:20:00.000") RECORD ("four", "09:30:00.000"), -1);
  check_until (fixture, 4);
  g_assert_cmpint (g_rename (fixture->path, fixture->older), ==, 0);
  write_file (fixture->path, RECORD ("five", "09:40:00.000"), -1);
  check_until (fixture, 5);
  snapshot = cot_document_get_snapshot (fixture->document);
  assert_messages (snapshot, messages);
  g_assert_cmpuint (cot_snapshot_get_n_generations (snapshot), ==, 4);
  g_assert_cmpstr (label_of (snapshot, 1), ==, "a.lo_");
  g_assert_null (label_of (snapshot, 2));
}

/* The writer copies the log over an older part: that one's text is gone, and nothing is read from
 * where it was. */
static void
test_rolling_over_by_copy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) record = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  CotSnapshot *snapshot;

  write_file (fixture->oldest, RECORD ("one", "09:00:00.000"), -1);
  write_file (fixture->older, RECORD ("two", "09:10:00.000"), -1);
  write_file (fixture->path, RECORD ("three", "09:20:00.000") RECORD ("four", "09:30:00.000"), -1);
  cot_document_set_following (fixture->document, TRUE);
  load (fixture);
  write_file (fixture->older, RECORD ("three", "09:20:00.000") RECORD ("four", "09:30:00.000"), -1);
  write_file (fixture->path, RECORD ("five", "09:40:00.000"), -1);
  check_until (fixture, 5);
  snapshot = cot_document_get_snapshot (fixture->document);
  g_assert_false (cot_snapshot_read (snapshot, 1, record, &error));
  g_assert_error (error, COT_SOURCE_ERROR, COT_SOURCE_ERROR_TRUNCATED);
  g_assert_true (cot_snapshot_get_generation (snapshot, 1)->text_lost);
  message = dup_message (snapshot, 3);
  g_assert_cmpstr (message, ==, "four");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add ("/generations/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("order", test_order);
  ADD ("many-parts", test_many_parts);
  ADD ("loading-again", test_loading_again);
  ADD ("encodings", test_encodings);
  ADD ("missing-part", test_missing_part);
  ADD ("part-of-another-format", test_part_of_another_format);
  ADD ("empty-parts", test_empty_parts);
  ADD ("log-itself-missing", test_log_itself_missing);
  ADD ("cancelled", test_cancelled);
  ADD ("rolling-over-by-rename", test_rolling_over_by_rename);
  ADD ("rolling-over-by-copy", test_rolling_over_by_copy);
#undef ADD

  return g_test_run ();
}
