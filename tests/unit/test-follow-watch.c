/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is written on this computer is seen without the clock. */

#include "cot-document-private.h"

#include <glib/gstdio.h>

#define DEADLINE_SECONDS 30
/* Nobody looks by the clock. */
#define NEVER_MSEC (3600 * 1000)

#include "wait-until.h"

typedef struct
{
  char *folder;
  char *path;
  char *older;
  CotDocument *document;
  guint64 n_wanted;
} Fixture;

static void
append_line (Fixture *fixture)
{
  FILE *file = g_fopen (fixture->path, "a");

  g_assert_nonnull (file);
  fputs ("A line\r\n", file);
  g_assert_cmpint (fclose (file), ==, 0);
}

static gboolean
has_come (const Fixture *fixture)
{
  return fixture->document->job == NULL
         && cot_snapshot_get_n_entries (cot_document_get_snapshot (fixture->document))
                == fixture->n_wanted;
}

/* Without the timer, only the watch can tell of it. */
static void
assert_seen (Fixture *fixture)
{
  cot_document_stop_timer (fixture->document);
  append_line (fixture);
  fixture->n_wanted++;
  wait_until (has_come (fixture));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("cotrace-watch-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->path = g_build_filename (fixture->folder, "a.log", NULL);
  fixture->older = g_build_filename (fixture->folder, "a.lo_", NULL);
  fixture->document = cot_document_new_for_path (fixture->path);
  append_line (fixture);
  fixture->n_wanted = 1;
  cot_document_set_following (fixture->document, TRUE);
  g_assert_true (cot_document_load_sync (fixture->document, NULL, &error));
  g_assert_no_error (error);
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

/* Also in the file that takes the place of the first one, and while what is shown stays. */
static void
test_written (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    assert_seen (fixture);
  cot_document_stop_timer (fixture->document);
  g_assert_cmpint (g_rename (fixture->path, fixture->older), ==, 0);
  assert_seen (fixture);
  assert_seen (fixture);
  g_assert_cmpuint (
      cot_snapshot_get_n_generations (cot_document_get_snapshot (fixture->document)), ==, 2);
}

static gint64
get_wait_usec (CotDocument *document)
{
  g_assert_nonnull (document->timer);
  return g_source_get_ready_time (document->timer) - g_get_monotonic_time ();
}

/* The watch tells of the writing and of the closing, and would have it looked at twice. */
static void
look_and_find (Fixture *fixture)
{
  gpointer watch = fixture->document->watch;

  g_signal_handlers_block_matched (watch, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL,
                                   fixture->document);
  append_line (fixture);
  fixture->n_wanted++;
  cot_document_check_now (fixture->document);
  wait_until (has_come (fixture));
  g_signal_handlers_unblock_matched (watch, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL,
                                     fixture->document);
}

/* Where the last look found more, the next one does not wait to be called; where it found nothing,
 * there is time. */
static void
test_busy (Fixture *fixture, gconstpointer data)
{
  cot_document_check_now (fixture->document);
  wait_until (has_come (fixture));
  g_assert_false (fixture->document->found_more);
  g_assert_cmpint (get_wait_usec (fixture->document), >, G_USEC_PER_SEC / 10);

  look_and_find (fixture);
  g_assert_true (fixture->document->found_more);
  g_assert_cmpint (get_wait_usec (fixture->document), <=, G_USEC_PER_SEC / 50);
  wait_until (!fixture->document->found_more && has_come (fixture));
  g_assert_cmpint (get_wait_usec (fixture->document), >, G_USEC_PER_SEC / 10);
}

static void
tell_of_writing (Fixture *fixture)
{
  g_signal_emit_by_name (fixture->document->watch, "changed", NULL, NULL,
                         G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT);
}

/* A writer that closes the file after each line is heard each time, whatever the watch's limit. */
static void
test_not_with_each_line (Fixture *fixture, gconstpointer data)
{
  GSource *timer = NULL;

  look_and_find (fixture);
  cot_document_set_watch_interval (NEVER_MSEC);
  for (guint i = 0; i < 3; i++)
    {
      tell_of_writing (fixture);
      g_assert_null (fixture->document->job);
      /* It does look as often as without a watch. */
      g_assert_cmpint (get_wait_usec (fixture->document), >, G_USEC_PER_SEC / 10);
      if (i == 0)
        timer = fixture->document->timer;
      g_assert_true (fixture->document->timer == timer);
    }
  cot_document_set_watch_interval (20);
}

/* The first line after a pause does not wait for anything, also where a look has just found
 * nothing. */
static void
test_after_a_pause (Fixture *fixture, gconstpointer data)
{
  cot_document_set_watch_interval (NEVER_MSEC);
  cot_document_check_now (fixture->document);
  wait_until (has_come (fixture));
  tell_of_writing (fixture);
  g_assert_cmpint (get_wait_usec (fixture->document), <=, 0);
  cot_document_set_watch_interval (20);
}

/* Who chose how often to look is taken at his word, and who looks no more at all. */
static void
test_not_wanted (Fixture *fixture, gconstpointer data)
{
  g_assert_nonnull (fixture->document->watch);
  cot_document_set_poll_interval (fixture->document, NEVER_MSEC);
  g_assert_null (fixture->document->watch);
  cot_document_set_default_poll_interval (NEVER_MSEC);
  cot_document_set_poll_interval (fixture->document, 0);
  g_assert_null (fixture->document->watch);
  cot_document_set_default_poll_interval (0);
  cot_document_set_poll_interval (fixture->document, 0);
  g_assert_nonnull (fixture->document->watch);
  cot_document_set_following (fixture->document, FALSE);
  g_assert_null (fixture->document->watch);
}

/* What was made of a file is shown anew once its writer rests: the clock tells, not the writing. */
static void
test_converted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  static const char export[] = "Windows Registry Editor Version 5.00\r\n\r\n"
                               "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Contoso]\r\n\"A\"=\"b\"\r\n";

  g_assert_true (g_file_set_contents (fixture->older, export, -1, &error));
  document = cot_document_new_for_path (fixture->older);
  cot_document_set_following (document, TRUE);
  g_assert_true (cot_document_load_sync (document, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (document->watch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/follow-watch/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("written", test_written);
  ADD ("busy", test_busy);
  ADD ("not-with-each-line", test_not_with_each_line);
  ADD ("after-a-pause", test_after_a_pause);
  ADD ("not-wanted", test_not_wanted);
  ADD ("converted", test_converted);
  return g_test_run ();
}
