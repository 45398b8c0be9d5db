/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From which silence on a log has a gap, against a sorted list of all its distances; and the times
 * of a merge, that these are taken from, against each time asked for by itself. The same on every
 * run of one seed. */

#include "cot-document.h"
#include "cot-gap-limit.h"
#include "cot-log-time.h"

#define N_ROUNDS 2000
#define N_MERGES 200
#define MAX_LOGS 4
#define N_MANY 200000
#define SECOND ((gint64) G_USEC_PER_SEC)

static int
compare (gconstpointer first, gconstpointer second)
{
  gint64 a = *(const gint64 *) first;
  gint64 b = *(const gint64 *) second;

  return a < b ? -1 : a > b;
}

/* Bursts with silence between, steady logs, and anything at all. */
static gint64
random_distance (guint style)
{
  switch (style)
    {
    case 0:
      return g_test_rand_int_range (0, 8) == 0 ? g_test_rand_int_range (1, 7200) * SECOND
                                               : g_test_rand_int_range (0, 3000);
    case 1:
      return (3600 + g_test_rand_int_range (-60, 60)) * SECOND;
    case 2:
      return g_test_rand_int_range (0, 60) == 0 ? g_test_rand_int_range (1, 100) * 86400 * SECOND
                                                : g_test_rand_int_range (0, 700) * SECOND;
    default:
      return (gint64) 1 << g_test_rand_int_range (0, 62);
    }
}

static guint
count_over (GArray *distances, gint64 limit_usec)
{
  guint n = 0;

  for (guint i = 0; i < distances->len; i++)
    n += g_array_index (distances, gint64, i) > limit_usec ? 1 : 0;
  return n;
}

static void
check (GArray *distances, gint64 shortest_usec, gint64 limit_usec)
{
  guint n_over = count_over (distances, limit_usec);
  gint64 usual_usec;

  g_assert_cmpint (limit_usec, >=, shortest_usec);
  if (count_over (distances, shortest_usec) <= COT_GAP_N_FEW)
    {
      g_assert_cmpint (limit_usec, ==, shortest_usec);
      return;
    }
  /* Never more than about one row in ten has a mark. */
  g_assert_cmpuint (n_over, <=, distances->len / 10 + 1);
  g_array_sort (distances, compare);
  usual_usec = g_array_index (distances, gint64, (guint) ((guint64) (distances->len - 1) * 9 / 10));
  if (usual_usec > G_MAXINT64 / COT_GAP_FACTOR / 2)
    return;
  /* Buckets are an eighth wide. */
  g_assert_cmpint (limit_usec, >=, MAX (shortest_usec, usual_usec * COT_GAP_FACTOR));
  g_assert_cmpint (limit_usec, <=,
                   MAX (shortest_usec, (usual_usec + usual_usec / 8 + 1) * COT_GAP_FACTOR));
}

static void
test_random (void)
{
  guint n_raised = 0;

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      gint64 shortest_usec = g_test_rand_int_range (1, 60) * 60 * SECOND;
      guint style = (guint) g_test_rand_int_range (0, 4);
      guint n = (guint) g_test_rand_int_range (0, 300);
      g_autoptr (CotGapTally) tally = cot_gap_tally_new (shortest_usec);
      g_autoptr (GArray) distances = g_array_new (FALSE, FALSE, sizeof (gint64));
      gint64 limit_usec;

      for (guint i = 0; i < n; i++)
        {
          gint64 distance_usec = random_distance (style);

          cot_gap_tally_add (tally, distance_usec);
          g_array_append_val (distances, distance_usec);
          /* A clock that goes back is no distance. */
          if (g_test_rand_int_range (0, 10) == 0)
            cot_gap_tally_add (tally, -1 - distance_usec);
        }
      limit_usec = cot_gap_tally_get_limit (tally);
      n_raised += limit_usec > shortest_usec ? 1 : 0;
      check (distances, shortest_usec, limit_usec);
    }
  g_assert_cmpuint (n_raised, >, N_ROUNDS / 8);
  g_assert_cmpuint (n_raised, <, N_ROUNDS);
}

/* A clock that may or may not say its zone; mostly it goes on. */
static void
append_random_entry (GString *text, guint second, guint says_zone_in)
{
  static const char *const zones[] = { "+300", "+060", "-600", "+000" };
  const char *zone = "";

  if (g_test_rand_int_range (0, 12) == 0)
    {
      g_string_append (text, "a line without a time\r\n");
      return;
    }
  if (g_test_rand_int_range (0, (gint) says_zone_in) == 0)
    zone = zones[g_test_rand_int_range (0, G_N_ELEMENTS (zones))];
  g_string_append_printf (text,
                          "<![LOG[x]LOG]!><time=\"%02u:%02u:%02u.000%s\" date=\"09-09-2024\" "
                          "component=\"A\" context=\"\" type=\"1\" thread=\"1\" "
                          "file=\"a.cpp:1\">\r\n",
                          second / 3600 % 24, second / 60 % 60, second % 60, zone);
}

static CotSnapshot *
load (GString *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text->str, text->len);
  g_autoptr (CotSource) source = cot_source_new_from_bytes (bytes, "a.log");
  g_autoptr (CotDocument) document = cot_document_new_for_source (source, NULL);

  g_assert_true (cot_document_load_sync (document, NULL, NULL));
  return cot_snapshot_ref (cot_document_get_snapshot (document));
}

static CotSnapshot *
make_random_log (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = (guint) g_test_rand_int_range (0, 120);
  guint says_zone_in = (guint) g_test_rand_int_range (1, 200);
  guint second = (guint) g_test_rand_int_range (0, 40000);

  for (guint i = 0; i < n; i++)
    {
      append_random_entry (text, second, says_zone_in);
      second += (guint) g_test_rand_int_range (0, 400);
      if (g_test_rand_int_range (0, 20) == 0)
        second = (guint) g_test_rand_int_range (0, 40000);
    }
  return load (text);
}

static void
test_merge_times (void)
{
  guint n_carried = 0;

  for (guint round = 0; round < N_MERGES; round++)
    {
      CotSnapshot *snapshots[MAX_LOGS];
      guint n_logs = (guint) g_test_rand_int_range (1, MAX_LOGS + 1);
      gint16 fallback = g_test_rand_int_range (0, 2) == 0 ? COT_BIAS_NONE : 120;
      g_autoptr (CotMerge) merge = NULL;
      g_autoptr (CotMergeTimes) times = NULL;

      for (guint i = 0; i < n_logs; i++)
        snapshots[i] = make_random_log ();
      merge = cot_merge_new (snapshots, n_logs);
      times = cot_merge_times_new (merge, fallback);
      for (guint64 i = 0; i < cot_merge_get_n_entries (merge); i++)
        {
          guint index;
          guint64 ordinal;
          CotEntryTime time;

          cot_merge_get (merge, i, &index, &ordinal);
          g_assert_cmpint (cot_merge_times_read_next (times), ==,
                           cot_entry_time_read_common (snapshots[index], ordinal, fallback));
          cot_entry_time_read (snapshots[index], ordinal, &time);
          n_carried += time.bias_is_carried ? 1 : 0;
        }
      for (guint i = 0; i < n_logs; i++)
        cot_snapshot_unref (snapshots[i]);
    }
  g_assert_cmpuint (n_carried, >, N_MERGES);
}

/* A log of which one entry in very many says a zone: far longer, if each looked for it. */
static void
test_many_without_zone (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (CotSnapshot) snapshot = NULL;
  g_autoptr (CotMerge) merge = NULL;
  g_autoptr (CotMergeTimes) times = NULL;
  gint64 started;

  for (guint i = 0; i < N_MANY; i++)
    g_string_append_printf (text,
                            "<![LOG[x]LOG]!><time=\"12:00:00.000%s\" date=\"09-09-2024\" "
                            "component=\"A\" context=\"\" type=\"1\" thread=\"1\" "
                            "file=\"a.cpp:1\">\r\n",
                            i == N_MANY / 4 ? "+300" : "");
  snapshot = load (text);
  merge = cot_merge_new (&snapshot, 1);
  times = cot_merge_times_new (merge, COT_BIAS_NONE);
  started = g_get_monotonic_time ();
  for (guint64 i = 0; i < N_MANY; i++)
    {
      gint64 time_usec = cot_merge_times_read_next (times);

      if (i % 997 == 0)
        g_assert_cmpint (time_usec, ==, cot_entry_time_read_common (snapshot, i, COT_BIAS_NONE));
    }
  g_test_message ("%.3f s", (double) (g_get_monotonic_time () - started) / G_USEC_PER_SEC);
  g_assert_cmpint (g_get_monotonic_time () - started, <, 4 * G_USEC_PER_SEC);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gap-limit/random", test_random);
  g_test_add_func ("/gap-limit/merge-times", test_merge_times);
  g_test_add_func ("/gap-limit/many-without-zone", test_many_without_zone);
  return g_test_run ();
}
