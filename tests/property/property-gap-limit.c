/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From which silence on a log has a gap, against a sorted list of all its distances; the same on
 * every run of one seed. */

#include "cot-gap-limit.h"

#define N_ROUNDS 2000
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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gap-limit/random", test_random);
  return g_test_run ();
}
