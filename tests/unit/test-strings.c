/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-strings.h"

#include <malloc.h>
#include <string.h>

static void
test_intern (void)
{
  g_autoptr (CotStrings) strings = cot_strings_new ();
  guint16 id;
  gsize length;

  g_assert_cmpuint (cot_strings_intern (strings, NULL, 0), ==, 0);
  g_assert_cmpuint (cot_strings_get_n (strings), ==, 1);
  id = cot_strings_intern (strings, "CcmExec and more", 7);
  g_assert_cmpuint (id, ==, 1);
  g_assert_cmpuint (cot_strings_intern (strings, "CcmExec", 7), ==, id);
  g_assert_cmpuint (cot_strings_intern (strings, "CcmExe", 6), !=, id);
  g_assert_cmpuint (cot_strings_intern (strings, "ccmexec", 7), !=, id);
  g_assert_cmpstr (cot_strings_get (strings, id, &length), ==, "CcmExec");
  g_assert_cmpuint (length, ==, 7);
  g_assert_cmpstr (cot_strings_get (strings, 0, &length), ==, "");
  g_assert_cmpuint (length, ==, 0);
}

/* Bytes are bytes: a NUL inside is part of the string. */
static void
test_nul_inside (void)
{
  g_autoptr (CotStrings) strings = cot_strings_new ();
  guint16 first = cot_strings_intern (strings, "a\0b", 3);
  guint16 second = cot_strings_intern (strings, "a\0c", 3);
  gsize length;
  const char *text = cot_strings_get (strings, second, &length);

  g_assert_cmpuint (first, !=, second);
  g_assert_cmpmem (text, length, "a\0c", 3);
}

static void
test_unknown_id (void)
{
  g_autoptr (CotStrings) strings = cot_strings_new ();
  gsize length = 7;

  g_assert_cmpstr (cot_strings_get (strings, 12, &length), ==, "");
  g_assert_cmpuint (length, ==, 0);
  g_assert_cmpstr (cot_strings_get (strings, COT_STRINGS_OVERFLOW, NULL), ==, "");
}

/* Hostile logs: every name different, or endlessly long. */
static void
test_overflow (void)
{
  g_autoptr (CotStrings) strings = cot_strings_new ();
  g_autofree char *huge = g_strnfill (1 << 20, 'x');

  g_assert_cmpuint (cot_strings_intern (strings, huge, 1 << 20), ==, COT_STRINGS_OVERFLOW);
  for (guint i = 1; i < COT_STRINGS_OVERFLOW; i++)
    {
      char text[16];
      int length = g_snprintf (text, sizeof text, "name %u", i);

      g_assert_cmpuint (cot_strings_intern (strings, text, (gsize) length), ==, i);
    }
  g_assert_cmpuint (cot_strings_get_n (strings), ==, COT_STRINGS_OVERFLOW);
  g_assert_cmpuint (cot_strings_intern (strings, "one more", 8), ==, COT_STRINGS_OVERFLOW);
  g_assert_cmpuint (cot_strings_intern (strings, "name 60000", 10), ==, 60000);
  g_assert_cmpstr (cot_strings_get (strings, 60000, NULL), ==, "name 60000");
}

static void
test_total_is_bounded (void)
{
  g_autoptr (CotStrings) strings = cot_strings_new ();
  g_autofree char *text = g_strnfill (1000, 'x');
  guint n = 0;

  for (; n < 60000; n++)
    {
      g_snprintf (text, 1000, "%0999u", n);
      if (cot_strings_intern (strings, text, 999) == COT_STRINGS_OVERFLOW)
        break;
    }
  g_assert_cmpuint (n, >, 10000);
  g_assert_cmpuint (n, <, 20000);
  g_assert_cmpuint (cot_strings_intern (strings, NULL, 0), ==, 0);
}

/* A bundle may have a hundred thousand logs, and each of them four tables. */
static void
test_empty_is_small (void)
{
  enum { N = 1000 };
  g_autoptr (GPtrArray) tables
      = g_ptr_array_new_full (N, (GDestroyNotify) cot_strings_unref);
  struct mallinfo2 before = mallinfo2 ();
  struct mallinfo2 after;

  for (guint i = 0; i < N; i++)
    g_ptr_array_add (tables, cot_strings_new ());
  after = mallinfo2 ();
  /* Nothing is counted under a sanitizer. */
  g_assert_cmpuint (after.uordblks, <=, before.uordblks + N * 320);
  for (guint i = 0; i < N; i++)
    cot_strings_intern (tables->pdata[i], "CcmExec", 7);
  after = mallinfo2 ();
  g_assert_cmpuint (after.uordblks, <=, before.uordblks + N * 1024);
}

typedef struct
{
  CotStrings *strings;
  guint n_published; /* atomic */
} Shared;

static gpointer
read_published (gpointer data)
{
  Shared *shared = data;
  guint n;

  do
    {
      char expected[16];

      n = (guint) g_atomic_int_get ((gint *) &shared->n_published);
      if (n == 0)
        continue;
      g_snprintf (expected, sizeof expected, "name %u", n);
      g_assert_cmpstr (cot_strings_get (shared->strings, (guint16) n, NULL), ==, expected);
    }
  while (n < 60000);
  return NULL;
}

static void
test_readers_need_no_lock (void)
{
  g_autoptr (CotStrings) strings = cot_strings_new ();
  Shared shared = { strings, 0 };
  GThread *reader = g_thread_new ("reader", read_published, &shared);

  for (guint i = 1; i <= 60000; i++)
    {
      char text[16];
      int length = g_snprintf (text, sizeof text, "name %u", i);

      cot_strings_intern (strings, text, (gsize) length);
      g_atomic_int_set ((gint *) &shared.n_published, (gint) i);
    }
  g_thread_join (reader);
}

/* Names that share a slot under a hash of multiplications, whatever it starts with: two flipped
 * bits undo each other. They must not make a list of the table. */
static void
test_names_made_to_collide (void)
{
  g_autoptr (CotStrings) strings = cot_strings_new ();
  gint64 start_usec = g_get_monotonic_time ();
  const guint n = 30000;

  for (guint i = 0; i < n; i++)
    {
      char text[240];

      memset (text, 'a', sizeof text);
      for (guint bit = 0; bit < 15; bit++)
        if ((i >> bit & 1) != 0)
          {
            text[bit * 16 + 7] ^= (char) 0x80;
            text[bit * 16 + 11] ^= (char) 0x80;
            text[bit * 16 + 15] ^= (char) 0x80;
          }
      g_assert_cmpuint (cot_strings_intern (strings, text, sizeof text), ==, i + 1);
    }
  g_assert_cmpint (g_get_monotonic_time () - start_usec, <, 2 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/strings/intern", test_intern);
  g_test_add_func ("/strings/nul-inside", test_nul_inside);
  g_test_add_func ("/strings/unknown-id", test_unknown_id);
  g_test_add_func ("/strings/overflow", test_overflow);
  g_test_add_func ("/strings/empty-is-small", test_empty_is_small);
  g_test_add_func ("/strings/total-is-bounded", test_total_is_bounded);
  g_test_add_func ("/strings/readers-need-no-lock", test_readers_need_no_lock);
  g_test_add_func ("/strings/names-made-to-collide", test_names_made_to_collide);
  return g_test_run ();
}
