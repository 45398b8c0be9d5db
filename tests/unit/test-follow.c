/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-document.h"
#include "cot-index.h"
#include "cot-spool-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define WAIT_SEC 20
/* Nobody looks but by cot_document_check_now(). */
#define NEVER_MSEC (3600 * 1000)

typedef struct
{
  char *folder;
  char *path;
  char *older;
  CotDocument *document;
  CotDocumentEvent event; /* the last one */
  guint n_events;
} Fixture;

/* Reads at this offset and behind fail while it is not negative; atomic. */
static gint fail_from = -1;
/* Counted down by reads; the one that comes to zero fails; atomic. */
static gint n_until_failure = 0;
static gint n_reads; /* atomic */

/* Stands in the place of the C library's. */
ssize_t
pread (int fd, void *buffer, size_t n_bytes, off_t offset)
{
  gint from = g_atomic_int_get (&fail_from);

  g_atomic_int_inc (&n_reads);
  if ((from >= 0 && offset >= from) || g_atomic_int_dec_and_test (&n_until_failure))
    {
      errno = EIO;
      return -1;
    }
  return syscall (SYS_pread64, fd, buffer, n_bytes, offset);
}

static void
on_event (CotDocument *document, CotDocumentEvent event, gpointer data)
{
  Fixture *fixture = data;

  fixture->event = event;
  fixture->n_events++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("cotrace-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->path = g_build_filename (fixture->folder, "a.log", NULL);
  fixture->older = g_build_filename (fixture->folder, "a.lo_", NULL);
  fixture->document = cot_document_new_for_path (fixture->path);
  cot_document_set_poll_interval (fixture->document, NEVER_MSEC);
  g_signal_connect (fixture->document, "event", G_CALLBACK (on_event), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->document);
  g_remove (fixture->path);
  g_remove (fixture->older);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->older);
  g_free (fixture->folder);
}

static void
write_bytes (const char *path, int flags, const char *bytes, gsize length_bytes)
{
  int fd = g_open (path, O_WRONLY | O_CREAT | flags, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, bytes, length_bytes), ==, (gssize) length_bytes);
  g_assert_cmpint (close (fd), ==, 0);
}

static void
append (const char *path, const char *text)
{
  write_bytes (path, O_APPEND, text, strlen (text));
}

/* In place: the file stays the same one. */
static void
overwrite (const char *path, const char *text)
{
  write_bytes (path, O_TRUNC, text, strlen (text));
}

static void
roll_over_by_copy (Fixture *fixture)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  overwrite (fixture->older, text);
  overwrite (fixture->path, "");
}

static char *
record (guint number)
{
  return g_strdup_printf ("<![LOG[Entry %u]LOG]!><time=\"12:34:56.789+300\" date=\"09-09-2024\" "
                          "component=\"A\" context=\"\" type=\"1\" thread=\"1\" "
                          "file=\"a.cpp:1\">\r\n",
                          number);
}

static void
append_records (const char *path, guint first, guint n)
{
  for (guint i = first; i < first + n; i++)
    {
      g_autofree char *text = record (i);

      append (path, text);
    }
}

static gboolean
give_up (gpointer data)
{
  g_error ("waited for %d seconds in vain", WAIT_SEC);
  return G_SOURCE_REMOVE;
}

static void
note (CotDocument *document, gpointer data)
{
  gboolean *noted = data;

  *noted = TRUE;
}

static void
begin (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  cot_document_set_following (fixture->document, TRUE);
  g_assert_true (cot_document_load_sync (fixture->document, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (cot_document_get_state (fixture->document), ==, COT_DOCUMENT_LIVE);
}

/* Looks, and waits until something has changed. */
static void
look (Fixture *fixture)
{
  gboolean noted = FALSE;
  guint timeout = g_timeout_add_seconds (WAIT_SEC, give_up, NULL);
  gulong handler = g_signal_connect (fixture->document, "changed", G_CALLBACK (note), &noted);

  fixture->event = COT_DOCUMENT_EVENT_NONE;
  cot_document_check_now (fixture->document);
  while (!noted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (fixture->document, handler);
  g_source_remove (timeout);
}

static CotSnapshot *
get_snapshot (Fixture *fixture)
{
  return cot_document_get_snapshot (fixture->document);
}

static gboolean
collect (CotSnapshot *snapshot, guint64 ordinal, const CotEntryColumns *columns,
         const char *text, gsize length_bytes, gpointer data)
{
  CotEntry entry;

  cot_format_parse_entry (cot_snapshot_get_format (snapshot), text, length_bytes, &entry);
  g_string_append_printf (data, "%s%.*s", ordinal > 0 ? "|" : "",
                          (int) entry.message.length_bytes, entry.message.data);
  return TRUE;
}

/* The messages of all entries that are shown. */
static void
assert_shown (Fixture *fixture, const char *wanted)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (cot_snapshot_foreach (get_snapshot (fixture), 0, G_MAXUINT64, collect, shown,
                                       NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (shown->str, ==, wanted);
}

/* For what one more look may find: one that was under way may have come to a file half written. */
static void
wait_until_shown (Fixture *fixture, const char *wanted)
{
  guint timeout = g_timeout_add_seconds (WAIT_SEC, give_up, NULL);

  for (;;)
    {
      g_autoptr (GString) shown = g_string_new (NULL);

      if (cot_snapshot_foreach (get_snapshot (fixture), 0, G_MAXUINT64, collect, shown, NULL, NULL)
          && g_str_equal (shown->str, wanted))
        break;
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (timeout);
}

static guint
get_last_flags (Fixture *fixture)
{
  CotEntryColumns columns;
  guint64 n = cot_snapshot_get_n_entries (get_snapshot (fixture));

  g_assert_true (cot_snapshot_get (get_snapshot (fixture), n - 1, &columns));
  return columns.flags;
}

static void
test_append (Fixture *fixture, gconstpointer data)
{
  append_records (fixture->path, 1, 2);
  begin (fixture);
  append_records (fixture->path, 3, 2);
  look (fixture);
  assert_shown (fixture, "Entry 1|Entry 2|Entry 3|Entry 4");
  append_records (fixture->path, 5, 1);
  look (fixture);
  assert_shown (fixture, "Entry 1|Entry 2|Entry 3|Entry 4|Entry 5");
  g_assert_cmpuint (cot_snapshot_get_n_generations (get_snapshot (fixture)), ==, 1);
  g_assert_cmpuint (fixture->n_events, ==, 0);
}

/* All was ASCII so far, more of it than a log is judged by anew: what is appended decides, in one
 * piece or in two. */
static void
test_encoding_appended (Fixture *fixture, gconstpointer data)
{
  append_records (fixture->path, 1, 60);
  begin (fixture);
  g_assert_cmpuint (cot_snapshot_get_generation (get_snapshot (fixture), 0)->size_bytes, >, 4096);
  append_records (fixture->path, 61, 1);
  look (fixture);
  g_assert_cmpint (cot_document_get_encoding (fixture->document), ==, COT_ENCODING_UTF8);
  append (fixture->path, "Ger\xe4");
  look (fixture);
  g_assert_cmpint (cot_document_get_encoding (fixture->document), ==, COT_ENCODING_UTF8);
  append (fixture->path, "t\r\n");
  look (fixture);
  g_assert_cmpint (cot_document_get_encoding (fixture->document), ==, COT_ENCODING_WINDOWS_1252);
  append (fixture->path, "f\xc3\xbcr\r\n");
  look (fixture);
  g_assert_cmpint (cot_document_get_encoding (fixture->document), ==, COT_ENCODING_WINDOWS_1252);
  g_assert_cmpuint (cot_snapshot_get_n_generations (get_snapshot (fixture)), ==, 1);
}

/* Far more than a block, so that full chunks are shared between snapshots. */
static void
test_append_much (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  CotEntryColumns before, after;
  g_autoptr (CotSnapshot) older = NULL;

  for (guint i = 0; i < 70000; i++)
    {
      g_autofree char *one = record (i);

      g_string_append (text, one);
    }
  append (fixture->path, text->str);
  begin (fixture);
  older = cot_snapshot_ref (get_snapshot (fixture));
  append (fixture->path, text->str);
  look (fixture);
  g_assert_cmpuint (cot_snapshot_get_n_entries (older), ==, 70000);
  g_assert_cmpuint (cot_snapshot_get_n_entries (get_snapshot (fixture)), ==, 140000);
  g_assert_true (cot_snapshot_get (older, 69999, &before));
  g_assert_true (cot_snapshot_get (get_snapshot (fixture), 69999, &after));
  g_assert_cmpuint (before.offset, ==, after.offset);
  g_assert_cmpuint (before.length_bytes, ==, after.length_bytes);
}

/* A record that its writer completes piece by piece is one entry all the time. */
static void
test_pieces (Fixture *fixture, gconstpointer data)
{
  g_autofree char *whole = record (2);

  append_records (fixture->path, 1, 1);
  begin (fixture);
  for (gsize i = 0; i < strlen (whole); i++)
    {
      write_bytes (fixture->path, O_APPEND, whole + i, 1);
      look (fixture);
      g_assert_cmpuint (cot_snapshot_get_n_entries (get_snapshot (fixture)), ==, 2);
      if (i + 3 < strlen (whole))
        g_assert_true (get_last_flags (fixture) & COT_RECORD_OPEN_ENDED);
    }
  assert_shown (fixture, "Entry 1|Entry 2");
  g_assert_cmpuint (get_last_flags (fixture), ==, COT_RECORD_FRAMED);
  g_assert_cmpuint (cot_snapshot_get_counts (get_snapshot (fixture))->n_incomplete, ==, 0);
}

static void
test_begins_empty (Fixture *fixture, gconstpointer data)
{
  overwrite (fixture->path, "");
  begin (fixture);
  append (fixture->path, "<![L");
  look (fixture);
  append (fixture->path, "OG[Begun]LOG]!><time=\"1:02:03.4\" date=\"9-9-2024\" type=\"1\">\r\n");
  look (fixture);
  assert_shown (fixture, "Begun");
  g_assert_cmpstr (cot_snapshot_get_format (get_snapshot (fixture))->id, ==, "ccm");
  g_assert_cmpuint (cot_snapshot_get_n_generations (get_snapshot (fixture)), ==, 1);
}

static void
test_utf16 (Fixture *fixture, gconstpointer data)
{
  write_bytes (fixture->path, O_TRUNC, "\xff\xfe" "a\0\n\0b", 7);
  begin (fixture);
  assert_shown (fixture, "a");
  write_bytes (fixture->path, O_APPEND, "\0\n\0c\0", 5);
  look (fixture);
  assert_shown (fixture, "a|b|c");
  write_bytes (fixture->path, O_TRUNC, "\xff\xfe" "n\0e\0w\0", 8);
  look (fixture);
  assert_shown (fixture, "a|b|c|new");
  g_assert_cmpint (fixture->event, ==, COT_DOCUMENT_EVENT_TRUNCATED);
}

/* Truncated in place: what was shown stays, with its text. */
static void
test_truncate_and_refill (Fixture *fixture, gconstpointer data)
{
  append_records (fixture->path, 1, 3);
  begin (fixture);
  overwrite (fixture->path, "");
  look (fixture);
  g_assert_cmpint (fixture->event, ==, COT_DOCUMENT_EVENT_TRUNCATED);
  assert_shown (fixture, "Entry 1|Entry 2|Entry 3");
  append_records (fixture->path, 4, 2);
  look (fixture);
  assert_shown (fixture, "Entry 1|Entry 2|Entry 3|Entry 4|Entry 5");
  g_assert_cmpuint (cot_snapshot_get_n_generations (get_snapshot (fixture)), ==, 2);
  g_assert_cmpuint (cot_snapshot_get_generation (get_snapshot (fixture), 1)->first_ordinal, ==, 3);
  g_assert_cmpuint (fixture->n_events, ==, 1);
}

/* The same between two looks, and larger than before: the size alone does not tell. */
static void
test_copy_and_truncate (Fixture *fixture, gconstpointer data)
{
  append_records (fixture->path, 1, 2);
  begin (fixture);
  append_records (fixture->path, 3, 1);
  look (fixture);
  overwrite (fixture->path, "");
  append_records (fixture->path, 11, 4);
  look (fixture);
  g_assert_cmpint (fixture->event, ==, COT_DOCUMENT_EVENT_TRUNCATED);
  assert_shown (fixture, "Entry 1|Entry 2|Entry 3|Entry 11|Entry 12|Entry 13|Entry 14");
}

/* Followed only after it was loaded: the copy is made then. */
static void
test_follow_later (Fixture *fixture, gconstpointer data)
{
  append_records (fixture->path, 1, 2);
  g_assert_true (cot_document_load_sync (fixture->document, NULL, NULL));
  g_assert_cmpint (cot_document_get_state (fixture->document), ==, COT_DOCUMENT_READY);
  cot_document_set_following (fixture->document, TRUE);
  append_records (fixture->path, 3, 1);
  look (fixture);
  overwrite (fixture->path, "x\n");
  cot_document_check_now (fixture->document);
  wait_until_shown (fixture, "Entry 1|Entry 2|Entry 3|x");
}

/* Too large for a copy: the columns stay, and it is said that the text is gone. */
static void
test_truncate_large (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  CotEntryColumns columns;
  guint n = 33 * 1024 * 1024;

  overwrite (fixture->path, "first\n");
  g_byte_array_set_size (bytes, n);
  memset (bytes->data, 'x', n);
  for (guint i = 1023; i < n; i += 1024)
    bytes->data[i] = '\n';
  write_bytes (fixture->path, O_APPEND, (const char *) bytes->data, n);
  begin (fixture);
  overwrite (fixture->path, "new\n");
  look (fixture);
  g_assert_cmpuint (cot_snapshot_get_n_entries (get_snapshot (fixture)), ==, n / 1024 + 2);
  g_assert_true (cot_snapshot_get_generation (get_snapshot (fixture), 0)->text_lost);
  g_assert_true (cot_snapshot_get (get_snapshot (fixture), 1, &columns));
  g_assert_cmpuint (columns.length_bytes, ==, 1024);
  g_assert_false (cot_snapshot_read (get_snapshot (fixture), 1, bytes, &error));
  g_assert_error (error, COT_SOURCE_ERROR, COT_SOURCE_ERROR_TRUNCATED);
  g_assert_true (cot_snapshot_read (get_snapshot (fixture), n / 1024 + 1, bytes, NULL));
  g_assert_cmpmem (bytes->data, bytes->len, "new\n", 4);
}

/* The writer's last entries before the rename are read from the file that is still open. */
static void
test_rename_and_new_file (Fixture *fixture, gconstpointer data)
{
  append_records (fixture->path, 1, 2);
  begin (fixture);
  append_records (fixture->path, 3, 1);
  g_assert_cmpint (g_rename (fixture->path, fixture->older), ==, 0);
  append_records (fixture->path, 4, 1);
  look (fixture);
  g_assert_cmpint (fixture->event, ==, COT_DOCUMENT_EVENT_REPLACED);
  assert_shown (fixture, "Entry 1|Entry 2|Entry 3|Entry 4");
  append_records (fixture->path, 5, 1);
  look (fixture);
  assert_shown (fixture, "Entry 1|Entry 2|Entry 3|Entry 4|Entry 5");
}

static void
test_two_rollovers (Fixture *fixture, gconstpointer data)
{
  append_records (fixture->path, 1, 2);
  begin (fixture);
  g_assert_cmpint (g_rename (fixture->path, fixture->older), ==, 0);
  append_records (fixture->path, 3, 2);
  g_assert_cmpint (g_rename (fixture->path, fixture->older), ==, 0);
  append_records (fixture->path, 5, 2);
  look (fixture);
  assert_shown (fixture, "Entry 1|Entry 2|Entry 3|Entry 4|Entry 5|Entry 6");
  g_assert_cmpuint (cot_snapshot_get_n_generations (get_snapshot (fixture)), ==, 3);
}

/* As components of clients roll over: the log is copied, and begun anew in place. What was written
 * since the last look stands in the copy only, which the next rollover overwrites. */
static void
test_rollover_by_copy (Fixture *fixture, gconstpointer data)
{
  append_records (fixture->path, 1, 2);
  begin (fixture);
  append_records (fixture->path, 3, 2);
  roll_over_by_copy (fixture);
  append_records (fixture->path, 5, 1);
  look (fixture);
  g_assert_cmpint (fixture->event, ==, COT_DOCUMENT_EVENT_TRUNCATED);
  assert_shown (fixture, "Entry 1|Entry 2|Entry 3|Entry 4|Entry 5");
  append_records (fixture->path, 6, 1);
  roll_over_by_copy (fixture);
  append_records (fixture->path, 7, 1);
  look (fixture);
  assert_shown (fixture, "Entry 1|Entry 2|Entry 3|Entry 4|Entry 5|Entry 6|Entry 7");
  g_assert_cmpuint (cot_snapshot_get_n_generations (get_snapshot (fixture)), ==, 3);
}

static void
test_rollover_by_copy_utf16 (Fixture *fixture, gconstpointer data)
{
  write_bytes (fixture->path, O_TRUNC, "\xff\xfe" "a\0\n\0", 6);
  begin (fixture);
  write_bytes (fixture->older, O_TRUNC, "\xff\xfe" "a\0\n\0b\0\n\0", 10);
  write_bytes (fixture->path, O_TRUNC, "\xff\xfe" "c\0", 4);
  look (fixture);
  assert_shown (fixture, "a|b|c");
  write_bytes (fixture->path, O_APPEND, "d\0", 2);
  look (fixture);
  assert_shown (fixture, "a|b|cd");
}

/* Of what was overwritten nothing is left; the generation in between is. */
static void
test_two_rollovers_by_copy (Fixture *fixture, gconstpointer data)
{
  append_records (fixture->path, 1, 2);
  begin (fixture);
  roll_over_by_copy (fixture);
  append_records (fixture->path, 3, 2);
  roll_over_by_copy (fixture);
  append_records (fixture->path, 5, 1);
  look (fixture);
  assert_shown (fixture, "Entry 1|Entry 2|Entry 3|Entry 4|Entry 5");
}

/* An older part that somebody else's log left there is none of this log's. */
static void
test_truncated_beside_older (Fixture *fixture, gconstpointer data)
{
  const struct timespec long_ago[2] = { { .tv_sec = 1000000 }, { .tv_sec = 1000000 } };

  append_records (fixture->older, 90, 2);
  g_assert_cmpint (utimensat (AT_FDCWD, fixture->older, long_ago, 0), ==, 0);
  append_records (fixture->path, 1, 2);
  begin (fixture);
  overwrite (fixture->path, "");
  append_records (fixture->path, 3, 1);
  look (fixture);
  assert_shown (fixture, "Entry 1|Entry 2|Entry 3");
}

/* A disk or a server that fails in the middle of new entries: the next look reads them, although
 * the file has not changed since. */
static void
test_read_error (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const guint n = 6000;

  append_records (fixture->path, 0, 1);
  begin (fixture);
  for (guint i = 1; i < n; i++)
    {
      g_autofree char *one = record (i);

      g_string_append (text, one);
    }
  append (fixture->path, text->str);
  g_atomic_int_set (&fail_from, 200 * 1024);
  look (fixture);
  g_atomic_int_set (&fail_from, -1);
  g_assert_error (cot_document_get_error (fixture->document), COT_SOURCE_ERROR,
                  COT_SOURCE_ERROR_UNREACHABLE);
  g_assert_cmpuint (cot_snapshot_get_n_entries (get_snapshot (fixture)), <, n);
  look (fixture);
  g_assert_no_error (cot_document_get_error (fixture->document));
  g_assert_cmpuint (cot_snapshot_get_n_entries (get_snapshot (fixture)), ==, n);
}

/* A file that cannot be read is none that has changed, whichever read fails. */
static void
test_each_read_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) wanted = g_string_new ("Entry 0");
  guint n_failures = 0;

  append_records (fixture->path, 0, 1);
  begin (fixture);
  for (guint i = 1; i < 8; i++)
    {
      append_records (fixture->path, i, 1);
      g_string_append_printf (wanted, "|Entry %u", i);
      g_atomic_int_set (&n_until_failure, (gint) i);
      look (fixture);
      g_atomic_int_set (&n_until_failure, 0);
      if (cot_document_get_error (fixture->document) != NULL)
        {
          n_failures++;
          look (fixture);
        }
      g_assert_no_error (cot_document_get_error (fixture->document));
      assert_shown (fixture, wanted->str);
    }
  g_assert_cmpuint (n_failures, >=, 3);
}

/* Where there is no room for a copy, the log is not read anew for one with every look. */
static void
test_no_room_for_copy (Fixture *fixture, gconstpointer data)
{
  guint64 budget = cot_spool_set_memory_budget (0);
  gint n_fewest = G_MAXINT;

  append_records (fixture->path, 0, 6000);
  g_assert_true (cot_document_load_sync (fixture->document, NULL, NULL));
  cot_document_set_following (fixture->document, TRUE);
  append_records (fixture->path, 6000, 1);
  look (fixture);
  /* It may look by itself in between, as it was told that there is something new. */
  for (guint i = 0; i < 5; i++)
    {
      gint n_before = g_atomic_int_get (&n_reads);

      append_records (fixture->path, 6001 + i, 1);
      look (fixture);
      n_fewest = MIN (n_fewest, g_atomic_int_get (&n_reads) - n_before);
    }
  /* Both edges, what is new, its end, and the end once more. */
  g_assert_cmpint (n_fewest, <=, 5);
  g_assert_cmpuint (cot_snapshot_get_n_entries (get_snapshot (fixture)), ==, 6006);
  cot_spool_set_memory_budget (budget);
}

/* Truncated, and then for a while not readable: the copy is not lost over it. */
static void
test_read_error_when_truncated (Fixture *fixture, gconstpointer data)
{
  append_records (fixture->path, 1, 3);
  begin (fixture);
  overwrite (fixture->path, "");
  append_records (fixture->path, 4, 1);
  g_atomic_int_set (&fail_from, 0);
  look (fixture);
  g_atomic_int_set (&fail_from, -1);
  look (fixture);
  assert_shown (fixture, "Entry 1|Entry 2|Entry 3|Entry 4");
}

/* What is shown while paused keeps its text, whatever becomes of the file. */
static void
test_pause_and_truncate (Fixture *fixture, gconstpointer data)
{
  append_records (fixture->path, 1, 2);
  begin (fixture);
  cot_document_set_paused (fixture->document, TRUE);
  append_records (fixture->path, 3, 1);
  look (fixture);
  overwrite (fixture->path, "");
  append_records (fixture->path, 11, 3);
  look (fixture);
  assert_shown (fixture, "Entry 1|Entry 2");
  g_assert_cmpuint (cot_document_get_n_held_back (fixture->document), ==, 4);
  cot_document_set_paused (fixture->document, FALSE);
  assert_shown (fixture, "Entry 1|Entry 2|Entry 3|Entry 11|Entry 12|Entry 13");
}

static void
test_delete_and_return (Fixture *fixture, gconstpointer data)
{
  append_records (fixture->path, 1, 2);
  begin (fixture);
  g_assert_cmpint (g_remove (fixture->path), ==, 0);
  look (fixture);
  g_assert_cmpint (fixture->event, ==, COT_DOCUMENT_EVENT_REMOVED);
  g_assert_cmpint (cot_document_get_state (fixture->document), ==, COT_DOCUMENT_GONE);
  assert_shown (fixture, "Entry 1|Entry 2");
  append_records (fixture->path, 3, 1);
  look (fixture);
  g_assert_cmpint (fixture->event, ==, COT_DOCUMENT_EVENT_RETURNED);
  g_assert_cmpint (cot_document_get_state (fixture->document), ==, COT_DOCUMENT_LIVE);
  assert_shown (fixture, "Entry 1|Entry 2|Entry 3");
  g_assert_cmpuint (fixture->n_events, ==, 2);
}

/* The folder goes, and the same file comes back. */
static void
test_folder_away (Fixture *fixture, gconstpointer data)
{
  g_autofree char *away = g_strconcat (fixture->folder, "-away", NULL);

  append_records (fixture->path, 1, 1);
  begin (fixture);
  g_assert_cmpint (g_rename (fixture->folder, away), ==, 0);
  look (fixture);
  g_assert_cmpint (cot_document_get_state (fixture->document), ==, COT_DOCUMENT_GONE);
  g_assert_cmpint (g_rename (away, fixture->folder), ==, 0);
  append_records (fixture->path, 2, 1);
  look (fixture);
  g_assert_cmpint (fixture->event, ==, COT_DOCUMENT_EVENT_RETURNED);
  g_assert_cmpuint (cot_snapshot_get_n_generations (get_snapshot (fixture)), ==, 1);
  assert_shown (fixture, "Entry 1|Entry 2");
}

/* What stands at the path cannot be opened: what was read stays, and it is tried again. */
static void
test_folder_in_its_place (Fixture *fixture, gconstpointer data)
{
  append_records (fixture->path, 1, 1);
  begin (fixture);
  g_assert_cmpint (g_remove (fixture->path), ==, 0);
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  look (fixture);
  g_assert_cmpint (cot_document_get_state (fixture->document), ==, COT_DOCUMENT_GONE);
  g_assert_error (cot_document_get_error (fixture->document), COT_SOURCE_ERROR,
                  COT_SOURCE_ERROR_IS_FOLDER);
  assert_shown (fixture, "Entry 1");
  g_assert_cmpint (g_rmdir (fixture->path), ==, 0);
  append_records (fixture->path, 2, 1);
  look (fixture);
  g_assert_no_error (cot_document_get_error (fixture->document));
  g_assert_cmpint (cot_document_get_state (fixture->document), ==, COT_DOCUMENT_LIVE);
  assert_shown (fixture, "Entry 1|Entry 2");
}

static void
test_replaced_inode (Fixture *fixture, gconstpointer data)
{
  g_autofree char *new_text = record (2);

  append_records (fixture->path, 1, 1);
  begin (fixture);
  g_assert_true (g_file_set_contents (fixture->path, new_text, -1, NULL));
  look (fixture);
  g_assert_cmpint (fixture->event, ==, COT_DOCUMENT_EVENT_REPLACED);
  assert_shown (fixture, "Entry 1|Entry 2");
}

static void
test_pause (Fixture *fixture, gconstpointer data)
{
  append_records (fixture->path, 1, 1);
  begin (fixture);
  cot_document_set_paused (fixture->document, TRUE);
  g_assert_cmpint (cot_document_get_state (fixture->document), ==, COT_DOCUMENT_PAUSED);
  append_records (fixture->path, 2, 3);
  look (fixture);
  assert_shown (fixture, "Entry 1");
  g_assert_cmpuint (cot_document_get_n_held_back (fixture->document), ==, 3);
  append_records (fixture->path, 5, 1);
  look (fixture);
  g_assert_cmpuint (cot_document_get_n_held_back (fixture->document), ==, 4);
  cot_document_set_paused (fixture->document, FALSE);
  assert_shown (fixture, "Entry 1|Entry 2|Entry 3|Entry 4|Entry 5");
  g_assert_cmpuint (cot_document_get_n_held_back (fixture->document), ==, 0);
}

/* A file that is allocated ahead: NULs, over which the writer writes later. */
static void
test_nul_tail (Fixture *fixture, gconstpointer data)
{
  static const char nuls[9000] = { 0 };

  append_records (fixture->path, 1, 2);
  begin (fixture);
  write_bytes (fixture->path, O_APPEND, nuls, sizeof nuls);
  look (fixture);
  assert_shown (fixture, "Entry 1|Entry 2");
  append_records (fixture->path, 3, 1);
  look (fixture);
  assert_shown (fixture, "Entry 1|Entry 2|Entry 3");
  g_assert_cmpuint (fixture->n_events, ==, 0);
}

static void
shrink (CotIndex *index, double progress, gpointer data)
{
  Fixture *fixture = data;

  g_assert_cmpfloat (progress, <, 1);
  overwrite (fixture->path, "");
  append_records (fixture->path, 1, 2);
}

static gboolean
check_record (CotSnapshot *snapshot, guint64 ordinal, const CotEntryColumns *columns,
              const char *text, gsize length_bytes, gpointer data)
{
  guint64 *n = data;

  g_assert_cmpuint (ordinal, ==, (*n)++);
  return TRUE;
}

/* The file shrinks under the reader: what was read until then is indexed, the next look finds the
 * new beginning, and both can be read. */
static void
test_shrinks_while_indexed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotIndex) index = cot_index_new (fixture->path, NULL);
  g_autoptr (CotSnapshot) before = NULL;
  g_autoptr (CotSnapshot) after = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  CotIndexChange change;
  guint64 n = 0;

  while (text->len < 3 * 1024 * 1024)
    {
      g_autofree char *one = record (7);

      g_string_append (text, one);
    }
  append (fixture->path, text->str);
  g_assert_true (cot_index_load (index, TRUE, shrink, fixture, NULL, &error));
  g_assert_no_error (error);
  before = cot_index_make_snapshot (index);
  g_assert_cmpuint (cot_snapshot_get_n_entries (before), >=, 200);
  g_assert_cmpuint (cot_snapshot_get_generation (before, 0)->size_bytes, <, text->len);

  g_assert_true (cot_index_check (index, &change, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (change.event, ==, COT_DOCUMENT_EVENT_TRUNCATED);
  after = cot_index_make_snapshot (index);
  g_assert_cmpuint (cot_snapshot_get_n_entries (after), ==,
                    cot_snapshot_get_n_entries (before) + 2);
  g_assert_true (cot_snapshot_foreach (after, 0, G_MAXUINT64, check_record, &n, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, cot_snapshot_get_n_entries (after));
}

/* Touched, but not changed: no news. A change behind it is seen. */
static void
test_touched (Fixture *fixture, gconstpointer data)
{
  append_records (fixture->path, 1, 1);
  begin (fixture);
  g_assert_cmpint (utimensat (AT_FDCWD, fixture->path, NULL, 0), ==, 0);
  cot_document_check_now (fixture->document);
  append_records (fixture->path, 2, 1);
  look (fixture);
  assert_shown (fixture, "Entry 1|Entry 2");
  g_assert_cmpuint (cot_snapshot_get_n_generations (get_snapshot (fixture)), ==, 1);
}

/* A writer that numbers its records and rolls over in both ways: all of them, once, in order. */
static void
test_nothing_lost (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) wanted = g_string_new ("Entry 0");
  guint next = 1;

  append_records (fixture->path, 0, 1);
  begin (fixture);
  for (guint i = 0; i < 40; i++)
    {
      guint n = (guint) g_test_rand_int_range (1, 6);

      if (g_test_rand_int_range (0, 6) == 0)
        g_assert_cmpint (g_rename (fixture->path, fixture->older), ==, 0);
      else if (g_test_rand_int_range (0, 6) == 0)
        overwrite (fixture->path, "");
      append_records (fixture->path, next, n);
      for (guint j = 0; j < n; j++)
        g_string_append_printf (wanted, "|Entry %u", next++);
      look (fixture);
    }
  assert_shown (fixture, wanted->str);
}

/* The timer does the looking. */
static void
test_timer (Fixture *fixture, gconstpointer data)
{
  guint timeout;

  append_records (fixture->path, 1, 1);
  begin (fixture);
  cot_document_set_poll_interval (fixture->document, 1);
  append_records (fixture->path, 2, 1);
  timeout = g_timeout_add_seconds (WAIT_SEC, give_up, NULL);
  while (cot_snapshot_get_n_entries (get_snapshot (fixture)) < 2)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
}

#define ADD(name, function) g_test_add ("/follow/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  /* No spool finds room on the disk. */
  g_assert_true (g_setenv ("XDG_CACHE_HOME", "/dev/null", TRUE));
  g_test_init (&argc, &argv, NULL);
  ADD ("append", test_append);
  ADD ("encoding-appended", test_encoding_appended);
  ADD ("append-much", test_append_much);
  ADD ("pieces", test_pieces);
  ADD ("begins-empty", test_begins_empty);
  ADD ("utf16", test_utf16);
  ADD ("truncate-and-refill", test_truncate_and_refill);
  ADD ("copy-and-truncate", test_copy_and_truncate);
  ADD ("follow-later", test_follow_later);
  ADD ("truncate-large", test_truncate_large);
  ADD ("rename-and-new-file", test_rename_and_new_file);
  ADD ("two-rollovers", test_two_rollovers);
  ADD ("rollover-by-copy", test_rollover_by_copy);
  ADD ("rollover-by-copy-utf16", test_rollover_by_copy_utf16);
  ADD ("two-rollovers-by-copy", test_two_rollovers_by_copy);
  ADD ("truncated-beside-older", test_truncated_beside_older);
  ADD ("read-error", test_read_error);
  ADD ("each-read-fails", test_each_read_fails);
  ADD ("no-room-for-copy", test_no_room_for_copy);
  ADD ("read-error-when-truncated", test_read_error_when_truncated);
  ADD ("pause-and-truncate", test_pause_and_truncate);
  ADD ("delete-and-return", test_delete_and_return);
  ADD ("folder-away", test_folder_away);
  ADD ("folder-in-its-place", test_folder_in_its_place);
  ADD ("replaced-inode", test_replaced_inode);
  ADD ("pause", test_pause);
  ADD ("nul-tail", test_nul_tail);
  ADD ("shrinks-while-indexed", test_shrinks_while_indexed);
  ADD ("touched", test_touched);
  ADD ("nothing-lost", test_nothing_lost);
  ADD ("timer", test_timer);
  return g_test_run ();
}
