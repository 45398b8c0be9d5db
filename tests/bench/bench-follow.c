/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-document.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* How long a line is written before it is known, and what that costs:
 *   bench-follow FOLDER N-LOGS LINES-PER-SECOND SECONDS
 * A child writes to each log that often, one line at a time, with the moment in it. */

typedef struct
{
  CotDocument *document;
  guint64 n_seen;
} Follower;

static GArray *delays_usec; /* gint64 */
static GMainLoop *loop;

static void
append_record (int fd, const char *text)
{
  g_autofree char *record
      = g_strdup_printf ("<![LOG[%s]LOG]!><time=\"12:34:56.789+000\" date=\"09-09-2024\" "
                         "component=\"CcmExec\" context=\"\" type=\"1\" thread=\"4012\" "
                         "file=\"a.cpp:12\">\r\n",
                         text);
  gsize n = strlen (record);

  if (write (fd, record, n) != (gssize) n)
    exit (1);
}

static _Noreturn void
write_lines (char **paths, guint n_logs, guint per_second, guint seconds)
{
  g_autofree int *fds = g_new (int, n_logs);
  gint64 begin_usec = g_get_monotonic_time ();
  guint64 n = (guint64) per_second * seconds;

  for (guint i = 0; i < n_logs; i++)
    fds[i] = open (paths[i], O_WRONLY | O_APPEND | O_CLOEXEC);
  for (guint64 line = 0; line < n; line++)
    {
      gint64 due_usec = begin_usec + (gint64) (line * G_USEC_PER_SEC / per_second);
      gint64 now_usec = g_get_monotonic_time ();

      if (due_usec > now_usec)
        g_usleep ((gulong) (due_usec - now_usec));
      for (guint i = 0; i < n_logs; i++)
        {
          char moment[32];

          g_snprintf (moment, sizeof moment, "%" G_GINT64_FORMAT, g_get_monotonic_time ());
          append_record (fds[i], moment);
        }
    }
  _exit (0);
}

static gboolean
note_delay (CotSnapshot *snapshot, guint64 ordinal, const CotEntryColumns *columns,
            const char *text, gsize length_bytes, gpointer data)
{
  const gint64 *now_usec = data;
  gint64 delay_usec = *now_usec - g_ascii_strtoll (text + strlen ("<![LOG["), NULL, 10);

  g_array_append_val (delays_usec, delay_usec);
  return TRUE;
}

static void
on_changed (CotDocument *document, gpointer data)
{
  Follower *follower = data;
  CotSnapshot *snapshot = cot_document_get_snapshot (document);
  guint64 n = cot_snapshot_get_n_entries (snapshot);
  gint64 now_usec = g_get_monotonic_time ();

  if (n > follower->n_seen && follower->n_seen > 0)
    cot_snapshot_foreach (snapshot, follower->n_seen, n, note_delay, &now_usec, NULL, NULL);
  follower->n_seen = n;
}

static gboolean
on_end (gpointer data)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static gint64
get_cpu_usec (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/* Where no line was seen, that is not fast. */
static gint64
get_delay (guint percent)
{
  guint n = delays_usec->len;

  return n > 0 ? g_array_index (delays_usec, gint64, n * percent / 100) : G_MAXINT64;
}

int
main (int argc, char **argv)
{
  guint n_logs = argc == 5 ? (guint) atoi (argv[2]) : 0;
  guint per_second = argc == 5 ? (guint) atoi (argv[3]) : 0;
  guint seconds = argc == 5 ? (guint) atoi (argv[4]) : 0;
  g_autofree char **paths = g_new0 (char *, n_logs + 1);
  g_autofree Follower *followers = g_new0 (Follower, n_logs + 1);
  gint64 begin_cpu_usec, cpu_usec;

  if (n_logs == 0 || per_second == 0 || seconds == 0)
    {
      fprintf (stderr, "usage: %s FOLDER N-LOGS LINES-PER-SECOND SECONDS\n", argv[0]);
      return 64;
    }
  delays_usec = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < n_logs; i++)
    {
      int fd;

      paths[i] = g_strdup_printf ("%s/%u.log", argv[1], i);
      fd = open (paths[i], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
      append_record (fd, "0");
      close (fd);
    }
  /* Before there are threads. */
  if (fork () == 0)
    {
      g_usleep (G_USEC_PER_SEC / 2);
      write_lines (paths, n_logs, per_second, seconds);
    }

  for (guint i = 0; i < n_logs; i++)
    {
      followers[i].document = cot_document_new_for_path (paths[i]);
      g_signal_connect (followers[i].document, "changed", G_CALLBACK (on_changed), &followers[i]);
      cot_document_set_following (followers[i].document, TRUE);
      cot_document_load (followers[i].document);
    }
  loop = g_main_loop_new (NULL, FALSE);
  g_timeout_add_seconds (seconds + 2, on_end, NULL);
  begin_cpu_usec = get_cpu_usec ();
  g_main_loop_run (loop);
  cpu_usec = get_cpu_usec () - begin_cpu_usec;

  g_array_sort (delays_usec, compare);
  printf ("{\"lines\":%u,\"median_usec\":%" G_GINT64_FORMAT ",\"p99_usec\":%" G_GINT64_FORMAT
          ",\"cpu_share\":%.4f}\n",
          delays_usec->len, get_delay (50), get_delay (99),
          (double) cpu_usec / ((double) seconds * G_USEC_PER_SEC));
  for (guint i = 0; i < n_logs; i++)
    {
      g_object_unref (followers[i].document);
      g_unlink (paths[i]);
      g_free (paths[i]);
    }
  g_main_loop_unref (loop);
  g_array_unref (delays_usec);
  return 0;
}
