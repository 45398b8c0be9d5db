/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Event logs through the worker that dies of a call which its list lacks, and as documents. */

#include "cot-event-log.h"

#include <glib/gstdio.h>
#include <string.h>

#include "bundle-helper.h"
#include "cot-bundle.h"
#include "cot-document-private.h"
#include "evtx-maker.h"

#define FILETIME G_GUINT64_CONSTANT (134397943613270000)

static void
use_worker (const char *name)
{
  g_autofree char *program = bundle_helper_find_program (name);

  cot_unpacker_set_program (program);
}

static GByteArray *
make_log (guint n_events)
{
  g_autoptr (EvtxMaker) maker = evtx_maker_new ();
  EvtxEvent event = { .provider = "Contoso-Agent", .channel = "Contoso-Agent/Admin",
                      .computer = "PC01", .id = 7, .level = 4, .filetime = FILETIME };

  for (guint i = 0; i < n_events; i++)
    if (!evtx_maker_add (maker, &event))
      {
        evtx_maker_end_chunk (maker);
        g_assert_true (evtx_maker_add (maker, &event));
      }
  return evtx_maker_finish (maker);
}

static char *
read_rows (CotSource *source)
{
  g_autoptr (CotSpool) spool = cot_spool_new ();
  g_autoptr (CotSource) rows = NULL;
  g_autoptr (GError) error = NULL;
  guint64 size = 0;
  gsize n_read = 0;
  char *text;

  g_assert_true (cot_event_log_convert (source, spool, NULL, &error));
  g_assert_no_error (error);
  rows = cot_spool_finish (g_steal_pointer (&spool), "rows");
  g_assert_true (cot_source_get_size (rows, &size, NULL));
  text = g_malloc0 ((gsize) size + 1);
  g_assert_true (cot_source_read (rows, 0, text, (gsize) size, &n_read, NULL));
  g_assert_cmpuint (n_read, ==, size);
  return text;
}

/* A file, memory, and what was unpacked give the same rows. */
static void
test_sources (void)
{
  g_autoptr (GByteArray) log = make_log (300);
  g_autoptr (GBytes) bytes = g_bytes_new (log->data, log->len);
  g_autoptr (CotSource) memory = cot_source_new_from_bytes (bytes, "memory");
  char *path = bundle_helper_write (log->data, log->len, "a.evtx");
  g_autoptr (CotSource) file = cot_source_open (path, NULL);
  g_autoptr (CotSpool) spool = cot_spool_new ();
  g_autoptr (CotSource) spooled = NULL;
  g_autofree char *from_file = NULL;
  g_autofree char *from_memory = NULL;
  g_autofree char *from_spool = NULL;

  use_worker ("unpack-killing");
  g_assert_true (cot_spool_append (spool, log->data, log->len, NULL));
  spooled = cot_spool_finish (g_steal_pointer (&spool), "spool");
  from_file = read_rows (file);
  from_memory = read_rows (memory);
  from_spool = read_rows (spooled);
  g_assert_nonnull (strstr (from_file, "record 300\x1f" "Contoso-Agent/Admin:7\x1f"));
  g_assert_cmpstr (from_memory, ==, from_file);
  g_assert_cmpstr (from_spool, ==, from_file);
  bundle_helper_remove (path);
}

static void
test_refused (void)
{
  g_autoptr (GByteArray) log = make_log (1);
  g_autoptr (GBytes) bytes = g_bytes_new (log->data, log->len);
  g_autoptr (GBytes) others = g_bytes_new_static ("ElfFile\0short", 13);
  g_autoptr (CotSource) source = cot_source_new_from_bytes (bytes, "log");
  g_autoptr (CotSource) other = cot_source_new_from_bytes (others, "other");
  g_autoptr (CotSpool) spool = cot_spool_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  use_worker ("unpack-killing");
  g_assert_false (cot_event_log_convert (other, spool, NULL, &error));
  g_assert_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_CORRUPT);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_false (cot_event_log_convert (source, spool, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  cot_unpacker_set_program ("/nowhere/cotrace-unpack");
  g_assert_false (cot_event_log_convert (source, spool, NULL, &error));
  g_assert_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WORKER);
  g_assert_cmpuint (cot_spool_get_size (spool), ==, 0);
}

/* The worker's own limit comes before that of the parent. */
static void
test_limit (void)
{
  g_autoptr (GByteArray) log = make_log (14000);
  g_autoptr (GBytes) bytes = g_bytes_new (log->data, log->len);
  g_autoptr (CotSource) source = cot_source_new_from_bytes (bytes, "log");
  g_autofree char *rows = NULL;

  use_worker ("unpack-small");
  rows = read_rows (source);
  g_assert_cmpuint (strlen (rows), <=, 1000000);
  g_assert_nonnull (strstr (rows, "The rest of it is left out."));
}

static void
load (CotDocument *document)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (cot_document_load_sync (document, NULL, &error));
  g_assert_no_error (error);
}

/* Until the look that was asked for has ended; the test's own time bounds it. */
static void
wait_for_check (CotDocument *document)
{
  cot_document_check_now (document);
  while (document->job != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
on_event (CotDocument *document, CotDocumentEvent event, gpointer data)
{
  g_assert_cmpint (event, ==, COT_DOCUMENT_EVENT_OUTDATED);
  ++*(guint *) data;
}

/* What is written behind an event log is no entry of it: its rows stay until it is read anew; that
 * it was written anew is said once. */
static void
test_written_anew (void)
{
  g_autoptr (GByteArray) log = make_log (5);
  g_autoptr (GByteArray) longer = make_log (9);
  char *path = bundle_helper_write (log->data, log->len, "a.evtx");
  g_autoptr (CotDocument) document = cot_document_new_for_path (path);
  CotSnapshot *snapshot;
  g_autoptr (GError) error = NULL;
  guint n_events = 0;

  use_worker ("unpack-killing");
  g_signal_connect (document, "event", G_CALLBACK (on_event), &n_events);
  cot_document_set_following (document, TRUE);
  load (document);
  g_assert_true (cot_document_get_following (document));
  snapshot = cot_document_get_snapshot (document);
  g_assert_cmpstr (cot_snapshot_get_format (snapshot)->id, ==, "evtx");
  g_assert_cmpuint (cot_snapshot_get_n_entries (snapshot), ==, 5);
  g_assert_nonnull (cot_snapshot_get_generation (snapshot, 0)->original);

  g_assert_true (g_file_set_contents (path, (const char *) longer->data, longer->len, &error));
  cot_document_set_paused (document, TRUE);
  for (guint i = 0; i < 3; i++)
    wait_for_check (document);
  g_assert_cmpuint (n_events, ==, 0);
  cot_document_set_paused (document, FALSE);
  g_assert_cmpuint (n_events, ==, 1);
  wait_for_check (document);
  g_assert_cmpuint (n_events, ==, 1);
  g_assert_cmpuint (cot_snapshot_get_n_entries (cot_document_get_snapshot (document)), ==, 5);
  load (document);
  g_assert_cmpuint (cot_snapshot_get_n_entries (cot_document_get_snapshot (document)), ==, 9);
  bundle_helper_remove (path);
}

/* Whoever wants to see the bytes as text can. */
static void
test_as_text (void)
{
  g_autoptr (GByteArray) log = make_log (5);
  char *path = bundle_helper_write (log->data, log->len, "a.evtx");
  g_autoptr (CotDocument) document = cot_document_new_for_path (path);

  cot_document_set_format (document, "plain");
  load (document);
  g_assert_cmpstr (cot_snapshot_get_format (cot_document_get_snapshot (document))->id, ==,
                   "plain");
  bundle_helper_remove (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/event-log/sources", test_sources);
  g_test_add_func ("/event-log/refused", test_refused);
  g_test_add_func ("/event-log/limit", test_limit);
  g_test_add_func ("/event-log/written-anew", test_written_anew);
  g_test_add_func ("/event-log/as-text", test_as_text);
  return g_test_run ();
}
