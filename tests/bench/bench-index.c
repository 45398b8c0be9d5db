/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-document.h"
#include "cot-snapshot-private.h"

#include <stdio.h>
#include <sys/resource.h>

/* One measurement in a process of its own, so that nothing is warm but the page cache:
 *   bench-index index PATH   indexes all of it with all cores
 *   bench-index alone PATH   the same with one thread
 *   bench-index first PATH   opens it as the window does, until 200 rows are known */

#define N_FIRST_ROWS 200

static gint64
get_peak_bytes (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (gint64) usage.ru_maxrss * 1024;
}

static int
measure_index (CotDocument *document)
{
  g_autoptr (GError) error = NULL;
  gint64 begin_usec = g_get_monotonic_time ();
  CotSnapshot *snapshot;
  guint64 n;

  if (!cot_document_load_sync (document, NULL, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  snapshot = cot_document_get_snapshot (document);
  n = cot_snapshot_get_n_entries (snapshot);
  printf ("{\"usec\":%" G_GINT64_FORMAT ",\"entries\":%" G_GUINT64_FORMAT
          ",\"bytes_per_entry\":%.2f,\"peak_bytes\":%" G_GINT64_FORMAT "}\n",
          g_get_monotonic_time () - begin_usec, n,
          n > 0 ? (double) cot_snapshot_get_memory_bytes (snapshot) / (double) n : 0.0,
          get_peak_bytes ());
  return 0;
}

static int
measure_first_rows (CotDocument *document)
{
  gint64 begin_usec = g_get_monotonic_time ();
  guint64 n = 0;

  cot_document_load (document);
  do
    {
      g_main_context_iteration (NULL, TRUE);
      n = cot_snapshot_get_n_entries (cot_document_get_snapshot (document));
    }
  while (n < N_FIRST_ROWS && cot_document_get_state (document) == COT_DOCUMENT_LOADING);
  printf ("{\"usec\":%" G_GINT64_FORMAT ",\"entries\":%" G_GUINT64_FORMAT "}\n",
          g_get_monotonic_time () - begin_usec, n);
  return cot_document_get_state (document) == COT_DOCUMENT_FAILED ? 1 : 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (CotDocument) document = NULL;

  if (argc != 3)
    {
      fprintf (stderr, "usage: %s index|alone|first PATH\n", argv[0]);
      return 64;
    }
  if (g_str_equal (argv[1], "alone"))
    cot_document_set_n_spare_cores (G_MAXUINT);
  document = cot_document_new_for_path (argv[2]);
  return g_str_equal (argv[1], "first") ? measure_first_rows (document) : measure_index (document);
}
