/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All ways to look for many literals against the plainest one: at each place compare each literal.
 * The data stands at the end of its own block, so that a sanitizer sees each byte read beyond. */

#include "cot-literals-private.h"

#define N_ROUNDS 300

typedef struct
{
  guint literal;
  gsize offset;
} Hit;

static GPtrArray *
random_literals (GRand *random, const char *alphabet)
{
  GPtrArray *literals = g_ptr_array_new_with_free_func (g_free);
  gint32 n_letters = (gint32) strlen (alphabet);
  gint32 n = g_rand_int_range (random, 0, g_rand_boolean (random) ? 6 : 300);
  gint32 longest = g_rand_int_range (random, 1, g_rand_boolean (random) ? 5 : 80);

  for (gint32 i = 0; i < n; i++)
    {
      gint32 length = g_rand_int_range (random, i % 17 == 0 ? 0 : 1, longest + 1);
      char *literal = g_malloc0 ((gsize) length + 1);

      for (gint32 j = 0; j < length; j++)
        literal[j] = alphabet[g_rand_int_range (random, 0, n_letters)];
      /* Duplicates, also in the other case. */
      if (i > 0 && i % 7 == 0)
        {
          g_free (literal);
          literal = g_ascii_strup (g_ptr_array_index (literals, (guint) i / 2), -1);
        }
      g_ptr_array_add (literals, literal);
    }
  return literals;
}

/* Noise with literals strewn in, whole or cut; in random case. */
static char *
random_data (GRand *random, const char *alphabet, GPtrArray *literals, gsize *length_bytes)
{
  gint32 n_letters = (gint32) strlen (alphabet);
  gsize wanted = (gsize) g_rand_int_range (random, 0, 400);
  g_autoptr (GString) data = g_string_new (NULL);

  while (data->len < wanted)
    {
      if (literals->len > 0 && g_rand_int_range (random, 0, 4) == 0)
        {
          const char *literal = g_ptr_array_index (
              literals, (guint) g_rand_int_range (random, 0, (gint32) literals->len));
          gint32 length = (gint32) strlen (literal);

          g_string_append_len (data, literal, g_rand_int_range (random, 0, length + 1));
        }
      else
        g_string_append_c (data, alphabet[g_rand_int_range (random, 0, n_letters)]);
    }
  g_string_truncate (data, wanted);
  for (gsize i = 0; i < data->len; i++)
    {
      if (g_rand_int_range (random, 0, 3) == 0)
        data->str[i] = g_ascii_toupper (data->str[i]);
      if (g_rand_int_range (random, 0, 200) == 0)
        data->str[i] = (char) g_rand_int_range (random, 0, 256);
    }
  *length_bytes = data->len;
  return g_memdup2 (data->str, data->len);
}

/* At one offset literals that are the same but for their case stand together, as they are
 * reported. */
static guint
first_same (GPtrArray *literals, guint index)
{
  for (guint i = 0; i < index; i++)
    if (g_ascii_strcasecmp (g_ptr_array_index (literals, i), g_ptr_array_index (literals, index))
        == 0)
      return i;
  return index;
}

static GArray *
find_naively (GPtrArray *literals, const char *data, gsize length_bytes)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  g_autofree guint *first = g_new (guint, literals->len + 1);

  for (guint i = 0; i < literals->len; i++)
    first[i] = first_same (literals, i);
  for (gsize at = 0; at < length_bytes; at++)
    for (guint i = 0; i < literals->len; i++)
      {
        const char *literal = g_ptr_array_index (literals, i);
        gsize literal_bytes = strlen (literal);

        if (g_ascii_tolower (data[at]) != g_ascii_tolower (*literal) || first[i] != i
            || literal_bytes == 0 || literal_bytes > length_bytes - at
            || g_ascii_strncasecmp (data + at, literal, literal_bytes) != 0)
          continue;
        for (guint j = i; j < literals->len; j++)
          if (first[j] == i)
            {
              Hit hit = { .literal = j, .offset = at };

              g_array_append_val (hits, hit);
            }
      }
  return hits;
}

static gboolean
collect (guint literal, gsize offset, gpointer data)
{
  Hit hit = { .literal = literal, .offset = offset };

  g_array_append_val ((GArray *) data, hit);
  return TRUE;
}

static void
assert_same_hits (const GArray *got, const GArray *want)
{
  for (guint i = 0; i < MIN (got->len, want->len); i++)
    {
      g_assert_cmpuint (g_array_index (got, Hit, i).offset, ==,
                        g_array_index (want, Hit, i).offset);
      g_assert_cmpuint (g_array_index (got, Hit, i).literal, ==,
                        g_array_index (want, Hit, i).literal);
    }
  g_assert_cmpuint (got->len, ==, want->len);
}

static gsize
check_round (GRand *random, const char *alphabet)
{
  g_autoptr (GPtrArray) literals = random_literals (random, alphabet);
  g_autoptr (CotLiterals) set
      = cot_literals_new ((const char *const *) literals->pdata, literals->len);
  gsize n_hits = 0;

  for (guint i = 0; i < 12; i++)
    {
      gsize length_bytes;
      g_autofree char *data = random_data (random, alphabet, literals, &length_bytes);
      g_autoptr (GArray) want = find_naively (literals, data, length_bytes);

      n_hits += want->len;
      for (guint variant = COT_LITERALS_SCALAR; variant <= COT_LITERALS_AVX2; variant++)
        {
          g_autoptr (GArray) got = g_array_new (FALSE, FALSE, sizeof (Hit));

          if (!cot_literals_has_variant (variant))
            continue;
          cot_literals_scan_variant (set, variant, data, length_bytes, collect, got);
          assert_same_hits (got, want);
        }
    }
  return n_hits;
}

static void
test_random (void)
{
  static const char *const alphabets[] = {
    "ab",
    "aA@`[{kK",
    "abcdefghijklmnopqrstuvwxyz0123456789 .:_-",
    "0x8024a<![LOG",
    "\xc3\xa4\xe2\x84\xaa\xc5\xbfks",
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (174);
  gsize n_hits = 0;

  for (guint i = 0; i < N_ROUNDS; i++)
    n_hits += check_round (random, alphabets[i % G_N_ELEMENTS (alphabets)]);
  /* The test would prove nothing on too few. */
  g_assert_cmpuint (n_hits, >, 50000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/literals/property/random", test_random);
  return g_test_run ();
}
