/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long a bundle takes: until it is listed, until the first log of it can be read, and until all
 * of it was unpacked once, by as many threads as there are processors. Prints milliseconds. */

#include <stdio.h>
#include <stdlib.h>

#include "cot-bundle.h"

typedef struct
{
  CotBundle *bundle;
  guint next; /* atomic */
  guint64 n_bytes; /* atomic */
  guint n_refused; /* atomic */
} Work;

static gpointer
read_members (gpointer data)
{
  Work *work = data;
  guint index;

  while ((index = (guint) g_atomic_int_add (&work->next, 1))
         < cot_bundle_get_n_members (work->bundle))
    {
      CotSource *source;
      guint64 size = 0;

      if (cot_bundle_get_member (work->bundle, index)->kind == COT_MEMBER_ARCHIVE)
        continue;
      source = cot_bundle_read_member (work->bundle, index, NULL, NULL);
      if (source == NULL)
        {
          g_atomic_int_inc (&work->n_refused);
          continue;
        }
      cot_source_get_size (source, &size, NULL);
      __atomic_add_fetch (&work->n_bytes, size, __ATOMIC_RELAXED);
      cot_source_unref (source);
    }
  return NULL;
}

static guint
find_first_log (CotBundle *bundle)
{
  for (guint i = 0; i < cot_bundle_get_n_members (bundle); i++)
    if (cot_bundle_get_member (bundle, i)->kind == COT_MEMBER_LOG)
      return i;
  return 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotBundle) bundle = NULL;
  g_autoptr (CotSource) first = NULL;
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();
  gint64 start = g_get_monotonic_time ();
  gint64 listed, readable, end;
  Work work = { 0 };

  if (argc != 2)
    {
      fprintf (stderr, "bench-bundle FILE\n");
      return 64;
    }
  bundle = cot_bundle_open (argv[1], NULL, &error);
  if (bundle == NULL)
    {
      fprintf (stderr, "%s: %s\n", argv[1], error->message);
      return EXIT_FAILURE;
    }
  listed = g_get_monotonic_time ();
  first = cot_bundle_read_member (bundle, find_first_log (bundle), NULL, NULL);
  readable = g_get_monotonic_time ();

  work.bundle = bundle;
  for (guint i = 0; i < g_get_num_processors (); i++)
    g_ptr_array_add (threads, g_thread_new ("reader", read_members, &work));
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (g_ptr_array_index (threads, i));
  end = g_get_monotonic_time ();
  printf ("members %u\nrefused %u\nbytes %" G_GUINT64_FORMAT "\nlisted %.1f\nfirst %.1f\n"
          "all %.1f\n",
          cot_bundle_get_n_members (bundle), work.n_refused, work.n_bytes,
          (double) (listed - start) / 1000, (double) (readable - start) / 1000,
          (double) (end - start) / 1000);
  return EXIT_SUCCESS;
}
