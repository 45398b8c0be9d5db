/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cot-literals.h"

#include <string.h>

static gboolean
append_hit (guint literal, gsize offset, gpointer data)
{
  g_string_append_printf (data, "%u@%" G_GSIZE_FORMAT " ", literal, offset);
  return TRUE;
}

static void
assert_hits (const char *const *literals, guint n_literals, const char *data, gsize length_bytes,
             const char *want)
{
  g_autoptr (CotLiterals) set = cot_literals_new (literals, n_literals);
  g_autoptr (GString) hits = g_string_new (NULL);
  g_autoptr (GString) scalar_hits = g_string_new (NULL);

  cot_literals_scan (set, data, length_bytes, append_hit, hits);
  cot_literals_scan_scalar (set, data, length_bytes, append_hit, scalar_hits);
  g_assert_cmpstr (hits->str, ==, want);
  g_assert_cmpstr (scalar_hits->str, ==, want);
}

static void
test_case (void)
{
  const char *literals[] = { "Failed to", "0x8007064C", "[x" };

  assert_hits (literals, 3, "FAILED TO 0X8007064c {x", 23, "0@0 1@10 ");
}

static void
test_overlap (void)
{
  const char *literals[] = { "aab", "ab", "b", "aaba", "" };

  assert_hits (literals, 5, "aabaab", 6, "0@0 3@0 1@1 2@2 0@3 1@4 2@5 ");
}

static void
test_duplicates (void)
{
  const char *literals[] = { "one", "two", "ONE", "one" };

  assert_hits (literals, 4, "one two", 7, "0@0 2@0 3@0 1@4 ");
}

static void
test_edges (void)
{
  const char *literals[] = { "timer to fire at", "e" };

  assert_hits (literals, 2, "timer to fire a", 15, "1@3 1@12 ");
  assert_hits (literals, 2, NULL, 0, "");
  assert_hits (NULL, 0, "abc", 3, "");
  /* NUL is a byte like any other, and is in no literal. */
  assert_hits (literals, 2, "\0e\0", 3, "1@1 ");
}

/* Literals with windows at different places are still reported in order. */
static void
test_order (void)
{
  const char *literals[] = { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaazqjx", "aazq", "jx" };
  g_autofree char *data = g_strnfill (200, 'a');

  memcpy (data + 100, "zqjx", 4);
  assert_hits (literals, 3, data, 200, "0@56 1@98 2@102 ");
}

/* Every place in blocks of all lengths around the vectors' sizes. */
static void
test_places (void)
{
  const char *literals[] = { "queuing", "Q" };

  for (gsize length_bytes = 7; length_bytes < 200; length_bytes += 3)
    for (gsize at = 0; at + 7 <= length_bytes; at++)
      {
        g_autofree char *data = g_malloc (length_bytes);
        g_autofree char *want = g_strdup_printf (
            "0@%" G_GSIZE_FORMAT " 1@%" G_GSIZE_FORMAT " ", at, at);

        memset (data, '-', length_bytes);
        memcpy (data + at, "QUEUING", 7);
        assert_hits (literals, 2, data, length_bytes, want);
      }
}

static gboolean
stop_at_third (guint literal, gsize offset, gpointer data)
{
  guint *n = data;

  (*n)++;
  return *n < 3;
}

static void
test_stop (void)
{
  const char *literals[] = { "ab", "AB" };
  g_autoptr (CotLiterals) set = cot_literals_new (literals, 2);
  guint n = 0;

  cot_literals_scan (set, "ab ab ab ab", 11, stop_at_third, &n);
  g_assert_cmpuint (n, ==, 3);
  n = 0;
  cot_literals_scan_scalar (set, "ab ab ab ab", 11, stop_at_third, &n);
  g_assert_cmpuint (n, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/literals/case", test_case);
  g_test_add_func ("/literals/overlap", test_overlap);
  g_test_add_func ("/literals/duplicates", test_duplicates);
  g_test_add_func ("/literals/edges", test_edges);
  g_test_add_func ("/literals/order", test_order);
  g_test_add_func ("/literals/places", test_places);
  g_test_add_func ("/literals/stop", test_stop);
  return g_test_run ();
}
