/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-bitset.h"

static CotBitset *
make_set (const guint64 *values, gsize n_values)
{
  CotBitset *set = cot_bitset_new ();

  for (gsize i = 0; i < n_values; i++)
    cot_bitset_add (set, values[i]);
  return set;
}

static void
assert_members (CotBitset *set, const guint64 *values, gsize n_values)
{
  guint64 value;

  g_assert_cmpuint (cot_bitset_get_size (set), ==, n_values);
  for (gsize i = 0; i < n_values; i++)
    {
      g_assert_true (cot_bitset_get_nth (set, i, &value));
      g_assert_cmpuint (value, ==, values[i]);
      g_assert_true (cot_bitset_contains (set, values[i]));
      g_assert_cmpuint (cot_bitset_get_rank (set, values[i]), ==, i);
    }
  g_assert_false (cot_bitset_get_nth (set, n_values, &value));
}

static void
test_empty (void)
{
  g_autoptr (CotBitset) set = cot_bitset_new ();
  guint64 value = 5;

  assert_members (set, NULL, 0);
  g_assert_false (cot_bitset_contains (set, 0));
  g_assert_false (cot_bitset_next (set, 0, &value));
  g_assert_false (cot_bitset_previous (set, G_MAXUINT64, &value));
  g_assert_cmpuint (cot_bitset_get_rank (set, G_MAXUINT64), ==, 0);
  g_assert_cmpuint (value, ==, 5);
}

static void
test_borders (void)
{
  static const guint64 values[] = {
    0, 63, 64, 65535, 65536, 131071, G_GUINT64_CONSTANT (1) << 40, G_MAXUINT64 - 1, G_MAXUINT64,
  };
  g_autoptr (CotBitset) set = make_set (values, G_N_ELEMENTS (values));
  guint64 value;

  assert_members (set, values, G_N_ELEMENTS (values));
  g_assert_true (cot_bitset_next (set, 65, &value));
  g_assert_cmpuint (value, ==, 65535);
  g_assert_true (cot_bitset_next (set, 131072, &value));
  g_assert_cmpuint (value, ==, G_GUINT64_CONSTANT (1) << 40);
  g_assert_true (cot_bitset_next (set, G_MAXUINT64, &value));
  g_assert_cmpuint (value, ==, G_MAXUINT64);
  g_assert_true (cot_bitset_previous (set, G_GUINT64_CONSTANT (1) << 39, &value));
  g_assert_cmpuint (value, ==, 131071);
  g_assert_true (cot_bitset_previous (set, 62, &value));
  g_assert_cmpuint (value, ==, 0);
  g_assert_cmpuint (cot_bitset_get_rank (set, 131072), ==, 6);
}

static void
test_add_and_remove_twice (void)
{
  static const guint64 values[] = { 3, 70000 };
  g_autoptr (CotBitset) set = make_set (values, 2);

  cot_bitset_add (set, 3);
  g_assert_cmpuint (cot_bitset_get_size (set), ==, 2);
  cot_bitset_remove (set, 3);
  cot_bitset_remove (set, 3);
  cot_bitset_remove (set, 4);
  cot_bitset_remove (set, 1 << 20);
  assert_members (set, values + 1, 1);
  cot_bitset_clear (set);
  assert_members (set, NULL, 0);
}

static void
test_ranges (void)
{
  g_autoptr (CotBitset) set = cot_bitset_new ();
  guint64 value;

  cot_bitset_add_range (set, 10, 0);
  g_assert_cmpuint (cot_bitset_get_size (set), ==, 0);
  cot_bitset_add_range (set, 65530, 200000);
  cot_bitset_add_range (set, 65500, 40);
  g_assert_cmpuint (cot_bitset_get_size (set), ==, 200030);
  g_assert_true (cot_bitset_get_nth (set, 200029, &value));
  g_assert_cmpuint (value, ==, 265529);
  g_assert_false (cot_bitset_contains (set, 65499));
  g_assert_true (cot_bitset_contains (set, 65500));
  g_assert_false (cot_bitset_contains (set, 265530));
  cot_bitset_clear (set);
  cot_bitset_add_range (set, 64, 64);
  cot_bitset_add_range (set, 5, 1);
  g_assert_cmpuint (cot_bitset_get_size (set), ==, 65);
  cot_bitset_clear (set);
  cot_bitset_add_range (set, G_MAXUINT64 - 2, 100);
  g_assert_cmpuint (cot_bitset_get_size (set), ==, 3);
}

static void
test_algebra (void)
{
  static const guint64 a[] = { 1, 2, 70000, 200000 };
  static const guint64 b[] = { 2, 3, 70000, 300000 };
  static const guint64 all[] = { 1, 2, 3, 70000, 200000, 300000 };
  static const guint64 both[] = { 2, 70000 };
  static const guint64 only_a[] = { 1, 200000 };
  g_autoptr (CotBitset) set_a = make_set (a, G_N_ELEMENTS (a));
  g_autoptr (CotBitset) set_b = make_set (b, G_N_ELEMENTS (b));
  g_autoptr (CotBitset) joined = cot_bitset_copy (set_a);
  g_autoptr (CotBitset) common = cot_bitset_copy (set_a);
  g_autoptr (CotBitset) rest = cot_bitset_copy (set_a);

  cot_bitset_union (joined, set_b);
  assert_members (joined, all, G_N_ELEMENTS (all));
  cot_bitset_intersect (common, set_b);
  assert_members (common, both, G_N_ELEMENTS (both));
  cot_bitset_subtract (rest, set_b);
  assert_members (rest, only_a, G_N_ELEMENTS (only_a));
  assert_members (set_a, a, G_N_ELEMENTS (a));
}

static void
test_with_itself (void)
{
  static const guint64 values[] = { 7, 70000 };
  g_autoptr (CotBitset) set = make_set (values, 2);

  cot_bitset_union (set, set);
  cot_bitset_intersect (set, set);
  assert_members (set, values, 2);
  cot_bitset_subtract (set, set);
  assert_members (set, NULL, 0);
}

static gpointer
ask_for_every_member (gpointer data)
{
  CotBitset *set = data;

  for (guint64 i = 0; i < cot_bitset_get_size (set); i += 101)
    {
      guint64 value;

      g_assert_true (cot_bitset_get_nth (set, i, &value));
      g_assert_cmpuint (value, ==, i * 3);
    }
  return NULL;
}

/* The first question makes the sums over the chunks: from two threads at once. */
static void
test_shared (void)
{
  g_autoptr (CotBitset) set = cot_bitset_new ();
  GThread *threads[4];

  for (guint64 i = 0; i < 300000; i++)
    cot_bitset_add (set, i * 3);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("reader", ask_for_every_member, set);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bitset/empty", test_empty);
  g_test_add_func ("/bitset/borders", test_borders);
  g_test_add_func ("/bitset/add-and-remove-twice", test_add_and_remove_twice);
  g_test_add_func ("/bitset/ranges", test_ranges);
  g_test_add_func ("/bitset/algebra", test_algebra);
  g_test_add_func ("/bitset/with-itself", test_with_itself);
  g_test_add_func ("/bitset/shared", test_shared);
  return g_test_run ();
}
