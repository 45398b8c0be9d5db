/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-scanner-simd.h"

#include <string.h>

/* Line ends are counted by their number alone where all are of one kind: whatever stands together,
 * and wherever a call ends, all variants count what the scalar one does byte for byte. */

#define N_TEXTS 400
#define TEXT_BYTES 700

typedef struct
{
  const char *pieces[6];
  guint n_pieces;
} Mix;

static const Mix mixes[] = {
  { { "\r\n", "a line " }, 2 },
  { { "\n", "a line " }, 2 },
  { { "\r", "a line " }, 2 },
  { { "\r\n", "\n", "L?G", "a line " }, 4 },
  { { "\r\n", "\r", "\n", "L\nG", "caf\xc3\xa9 " }, 5 },
  { { "\r", "\n" }, 2 },
};

static GString *
make_text (const Mix *mix)
{
  GString *text = g_string_new (NULL);

  while (text->len < TEXT_BYTES + COT_SIMD_PADDING_BYTES)
    g_string_append (text, mix->pieces[g_test_rand_int_range (0, (gint) mix->n_pieces)]);
  return text;
}

static void
count_slowly (const char *data, gsize n, CotLineEnds *ends)
{
  for (gsize i = 0; i < n; i++)
    {
      ends->n_cr += data[i] == '\r';
      ends->n_lf += data[i] == '\n';
      ends->n_crlf += i > 0 && data[i] == '\n' && data[i - 1] == '\r';
      ends->beyond_ascii |= (data[i] & 0x80) != 0;
    }
  ends->after_cr = n > 0 && data[n - 1] == '\r';
}

/* One text in calls of random lengths, with marks and without. */
static void
scan_in_parts (CotSimdScan scan, const char *data, gsize n, CotLineEnds *ends)
{
  g_autofree CotMark *marks = g_new (CotMark, COT_MARKS_MAX (n));
  gsize from = 0;

  while (from < n)
    {
      gsize n_here = (gsize) g_test_rand_int_range (0, 200);
      gsize to = from + MIN (n - from, n_here);

      scan (data, from, to, ends, g_test_rand_bit () ? marks : NULL);
      from = to;
    }
}

static void
test_line_ends (void)
{
  for (guint i = 0; i < N_TEXTS; i++)
    for (guint m = 0; m < G_N_ELEMENTS (mixes); m++)
      {
        g_autoptr (GString) text = make_text (&mixes[m]);
        gsize n = (gsize) g_test_rand_int_range (0, TEXT_BYTES);
        CotLineEnds wanted = { 0 };

        count_slowly (text->str, n, &wanted);
        for (CotSimd simd = 0; simd < COT_N_SIMD; simd++)
          {
            CotSimdScan scan = cot_simd_get_scan (simd);
            CotLineEnds ends = { 0 };

            if (scan == NULL)
              continue;
            scan_in_parts (scan, text->str, n, &ends);
            g_assert_cmpuint (ends.n_cr, ==, wanted.n_cr);
            g_assert_cmpuint (ends.n_lf, ==, wanted.n_lf);
            g_assert_cmpuint (ends.n_crlf, ==, wanted.n_crlf);
            g_assert_cmpint (ends.after_cr, ==, wanted.after_cr);
            g_assert_cmpint (ends.beyond_ascii, ==, wanted.beyond_ascii);
          }
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scanner/line-ends", test_line_ends);
  return g_test_run ();
}
