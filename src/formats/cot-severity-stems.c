/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-severity-private.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define STEM_BYTES 4

/* Each has two letters in a row that are rare in log text, at the index @pair: looking for those
 * alone turns most texts away at the speed of memory. */
static const struct
{
  char stem[STEM_BYTES + 1];
  guint pair;
} stems[] = {
  { "erro", 1 }, { "errn", 1 }, { "fail", 0 }, { "fata", 0 }, { "warn", 2 }, { "exce", 1 },
  { "etry", 2 },
  /* "err]", "err:": a bracket folds to a brace. "critical]", "critical:": the pair stands behind
   * the stem. */
  { "err}", 1 }, { "err:", 1 }, { "riti", 6 },
};

static char
folded (char byte)
{
  return (char) (byte | 0x20);
}

/* Only a letter differs from a small letter in nothing but that bit; what else a stem ends with is
 * looked at later. */
static gboolean
is_stem (const char *text, const char *stem)
{
  guint32 word, wanted;

  memcpy (&word, text, STEM_BYTES);
  memcpy (&wanted, stem, STEM_BYTES);
  return (word | 0x20202020) == wanted;
}

/* Whether a stem lies around the pair of letters at @at. */
static gboolean
is_stem_at (const char *text, gsize length_bytes, gsize at)
{
  for (gsize i = 0; i < G_N_ELEMENTS (stems); i++)
    if (at >= stems[i].pair && length_bytes - (at - stems[i].pair) >= STEM_BYTES
        && is_stem (text + at - stems[i].pair, stems[i].stem))
      return TRUE;
  return FALSE;
}

#ifdef __SSE2__
static __m128i
pair_mask (__m128i first, __m128i second, char a, char b)
{
  return _mm_and_si128 (_mm_cmpeq_epi8 (first, _mm_set1_epi8 (a)),
                        _mm_cmpeq_epi8 (second, _mm_set1_epi8 (b)));
}

/* The first of the pairs in [@from, @to), or a place less than 16 bytes before the end. */
static gsize
skip_blocks (const char *text, gsize from, gsize to)
{
  const __m128i fold = _mm_set1_epi8 (0x20);

  for (; to - from >= 17; from += 16)
    {
      __m128i first
          = _mm_or_si128 (_mm_loadu_si128 ((const __m128i_u *) (text + from)), fold);
      __m128i second
          = _mm_or_si128 (_mm_loadu_si128 ((const __m128i_u *) (text + from + 1)), fold);
      __m128i found = pair_mask (first, second, 'r', 'r');

      found = _mm_or_si128 (found, pair_mask (first, second, 'f', 'a'));
      found = _mm_or_si128 (found, pair_mask (first, second, 'r', 'n'));
      found = _mm_or_si128 (found, pair_mask (first, second, 'x', 'c'));
      found = _mm_or_si128 (found, pair_mask (first, second, 'r', 'y'));
      found = _mm_or_si128 (found, pair_mask (first, second, 'l', '}'));
      found = _mm_or_si128 (found, pair_mask (first, second, 'l', ':'));
      if (_mm_movemask_epi8 (found) != 0)
        return from + (guint) __builtin_ctz ((guint) _mm_movemask_epi8 (found));
    }
  return from;
}
#else
static gsize
skip_blocks (const char *text, gsize from, gsize to)
{
  return from;
}
#endif

/* The first letter of a pair */
static gboolean
is_rare (char letter)
{
  return letter == 'r' || letter == 'f' || letter == 'x' || letter == 'l';
}

gboolean
cot_severity_has_stem (const char *text, gsize length_bytes)
{
  for (gsize i = 0; i < length_bytes; i++)
    {
      i = skip_blocks (text, i, length_bytes);
      if (is_rare (folded (text[i])) && is_stem_at (text, length_bytes, i))
        return TRUE;
    }
  return FALSE;
}
