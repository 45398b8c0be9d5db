/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A set against a sorted array, by random changes; the same on every run of one seed. */

#include "cot-bitset.h"

#include <string.h>

#define N_ROUNDS 300
#define N_CHANGES 200

static int
compare (gconstpointer a, gconstpointer b)
{
  guint64 first = *(const guint64 *) a, second = *(const guint64 *) b;

  return first < second ? -1 : first > second;
}

static gboolean
slow_find (GArray *slow, guint64 value, guint *index)
{
  return g_array_binary_search (slow, &value, compare, index);
}

static void
slow_add (GArray *slow, guint64 value)
{
  guint index = 0;

  if (slow_find (slow, value, NULL))
    return;
  while (index < slow->len && g_array_index (slow, guint64, index) < value)
    index++;
  g_array_insert_val (slow, index, value);
}

static void
slow_remove (GArray *slow, guint64 value)
{
  guint index;

  if (slow_find (slow, value, &index))
    g_array_remove_index (slow, index);
}

/* Near the borders of chunks and words, close together, and far apart. */
static guint64
random_value (void)
{
  guint64 base = (guint64) g_test_rand_int_range (0, 4) << 16;

  switch (g_test_rand_int_range (0, 4))
    {
    case 0:
      return base + (guint64) g_test_rand_int_range (0, 200);
    case 1:
      return base + 65536 - (guint64) g_test_rand_int_range (0, 3);
    case 2:
      return (guint64) g_test_rand_int_range (0, G_MAXINT32) << 20;
    default:
      return (guint64) g_test_rand_int_range (0, 300000);
    }
}

/* Across the borders of words and chunks, and words without a bit. */
static void
change_bits (CotBitset *set, GArray *slow, guint64 first)
{
  guint64 bits[5] = { 0 };
  guint n_words = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (bits) + 1);

  for (guint i = 0; i < n_words; i++)
    for (int n = g_test_rand_int_range (0, 5); n > 0; n--)
      bits[i] |= G_GUINT64_CONSTANT (1) << g_test_rand_int_range (0, 64);
  cot_bitset_add_bits (set, first, bits, n_words);
  for (guint i = 0; i < 64 * n_words; i++)
    if (bits[i / 64] >> (i % 64) & 1)
      slow_add (slow, first + i);
}

static void
change (CotBitset *set, GArray *slow)
{
  guint64 value = random_value ();
  guint64 n = (guint64) g_test_rand_int_range (0, 300);

  switch (g_test_rand_int_range (0, 44))
    {
    case 40:
    case 41:
    case 42:
    case 43:
      change_bits (set, slow, value & ~G_GUINT64_CONSTANT (63));
      break;
    case 39:
      cot_bitset_truncate (set, value);
      while (slow->len > 0 && g_array_index (slow, guint64, slow->len - 1) >= value)
        g_array_set_size (slow, slow->len - 1);
      break;
    case 0:
    case 7:
    case 8:
    case 9:
    case 10:
      cot_bitset_remove (set, value);
      slow_remove (slow, value);
      break;
    case 1:
    case 3:
    case 4:
    case 5:
    case 6:
      cot_bitset_add_range (set, value, n);
      for (guint64 i = 0; i < n; i++)
        slow_add (slow, value + i);
      break;
    case 2:
    case 11:
    case 12:
    case 13:
    case 14:
      if (slow->len > 0)
        {
          value = g_array_index (slow, guint64, (guint) n % slow->len);
          cot_bitset_remove (set, value);
          slow_remove (slow, value);
        }
      break;
    default:
      cot_bitset_add (set, value);
      slow_add (slow, value);
      break;
    }
}

static void
assert_asks (CotBitset *set, GArray *slow, guint64 value)
{
  guint64 found = 0;
  guint rank = 0;

  while (rank < slow->len && g_array_index (slow, guint64, rank) < value)
    rank++;
  g_assert_cmpuint (cot_bitset_get_rank (set, value), ==, rank);
  g_assert_cmpint (cot_bitset_contains (set, value), ==, slow_find (slow, value, NULL));
  g_assert_cmpint (cot_bitset_next (set, value, &found), ==, rank < slow->len);
  if (rank < slow->len)
    g_assert_cmpuint (found, ==, g_array_index (slow, guint64, rank));
  if (rank < slow->len && g_array_index (slow, guint64, rank) == value)
    rank++;
  g_assert_cmpint (cot_bitset_previous (set, value, &found), ==, rank > 0);
  if (rank > 0)
    g_assert_cmpuint (found, ==, g_array_index (slow, guint64, rank - 1));
}

static void
assert_same (CotBitset *set, GArray *slow)
{
  guint64 value;

  g_assert_cmpuint (cot_bitset_get_size (set), ==, slow->len);
  for (guint i = 0; i < slow->len; i++)
    {
      g_assert_true (cot_bitset_get_nth (set, i, &value));
      g_assert_cmpuint (value, ==, g_array_index (slow, guint64, i));
    }
  g_assert_false (cot_bitset_get_nth (set, slow->len, &value));
  for (guint i = 0; i < 20; i++)
    assert_asks (set, slow, random_value ());
}

static void
make_random (CotBitset *set, GArray *slow)
{
  guint n = (guint) g_test_rand_int_range (0, N_CHANGES);

  for (guint i = 0; i < n; i++)
    change (set, slow);
}

static void
test_changes (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (CotBitset) set = cot_bitset_new ();
      g_autoptr (GArray) slow = g_array_new (FALSE, FALSE, sizeof (guint64));

      make_random (set, slow);
      assert_same (set, slow);
      make_random (set, slow);
      assert_same (set, slow);
    }
}

static void
test_algebra (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (CotBitset) a = cot_bitset_new ();
      g_autoptr (CotBitset) b = cot_bitset_new ();
      g_autoptr (CotBitset) joined = NULL;
      g_autoptr (CotBitset) common = NULL;
      g_autoptr (GArray) slow_a = g_array_new (FALSE, FALSE, sizeof (guint64));
      g_autoptr (GArray) slow_b = g_array_new (FALSE, FALSE, sizeof (guint64));
      g_autoptr (GArray) slow_common = g_array_new (FALSE, FALSE, sizeof (guint64));

      make_random (a, slow_a);
      make_random (b, slow_b);
      common = cot_bitset_copy (a);
      cot_bitset_intersect (common, b);
      for (guint i = 0; i < slow_a->len; i++)
        if (slow_find (slow_b, g_array_index (slow_a, guint64, i), NULL))
          g_array_append_val (slow_common, g_array_index (slow_a, guint64, i));
      assert_same (common, slow_common);
      /* a | b and a - b, by what they must add up to. */
      joined = cot_bitset_copy (a);
      cot_bitset_union (joined, b);
      g_assert_cmpuint (cot_bitset_get_size (joined), ==,
                        slow_a->len + slow_b->len - slow_common->len);
      cot_bitset_subtract (joined, b);
      cot_bitset_union (joined, common);
      assert_same (joined, slow_a);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/property/bitset/changes", test_changes);
  g_test_add_func ("/property/bitset/algebra", test_algebra);
  return g_test_run ();
}
