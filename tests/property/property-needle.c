/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-needle.h"

#include <string.h>

/* Wherever a text stands, and however little stands around it, the vectors find what a look at one
 * place after the other finds; a sanitizer sees each byte that is read beyond the end. */

#define N_ROUNDS 60000
#define MAX_DATA_BYTES 160
#define MAX_TEXT_BYTES 40

/* Few letters, so that most of a text is often there without its end. */
static void
fill (char *into, gsize n)
{
  for (gsize i = 0; i < n; i++)
    into[i] = "aAbBc0"[g_test_rand_int_range (0, 6)];
}

static gboolean
find_slowly (const char *data, gsize n, const char *text, gsize n_text, gboolean caseless,
             gsize start, gsize *found)
{
  for (gsize at = start; at + n_text <= n; at++)
    {
      gsize i = 0;

      while (i < n_text
             && (data[at + i] == text[i]
                 || (caseless && g_ascii_tolower (data[at + i]) == g_ascii_tolower (text[i]))))
        i++;
      if (i == n_text)
        {
          *found = at;
          return TRUE;
        }
    }
  return FALSE;
}

static void
test_find (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      gsize n = (gsize) g_test_rand_int_range (0, MAX_DATA_BYTES);
      gsize n_text = (gsize) g_test_rand_int_range (1, MAX_TEXT_BYTES);
      gsize start = (gsize) g_test_rand_int_range (0, (gint) n + 1);
      gboolean caseless = g_test_rand_bit ();
      g_autofree char *data = g_malloc (MAX (n, 1));
      g_autofree char *text = g_malloc (n_text);
      gsize wanted = G_MAXSIZE;
      gsize found = G_MAXSIZE;
      CotNeedle needle;
      gboolean is_there;

      fill (data, n);
      fill (text, n_text);
      /* A random text is hardly ever there. */
      if (n_text <= n && g_test_rand_bit ())
        memcpy (text, data + g_test_rand_int_range (0, (gint) (n - n_text) + 1), n_text);
      cot_needle_init (&needle, text, n_text, caseless);
      is_there = find_slowly (data, n, text, n_text, caseless, start, &wanted);
      g_assert_cmpint (cot_needle_find (&needle, data, n, start, &found), ==, is_there);
      if (is_there)
        g_assert_cmpuint (found, ==, wanted);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/needle/find", test_find);
  return g_test_run ();
}
