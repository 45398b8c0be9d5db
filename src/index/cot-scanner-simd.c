/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-scanner-simd.h"

#include <string.h>

/* Stage 1 of the index: where could records begin and end, and how many lines are there? One pass
 * over all bytes without a branch that depends on them, but where "L?G" stands. All variants do
 * the same to the last bit; tests/property/property-scan-paths.c holds them to it. */

#if defined(__x86_64__)
#include <immintrin.h>
#define HAVE_X86 1
#endif

/* Is this L the one of a marker? */
static inline gboolean
verify_mark (const char *data, gsize l, CotMark *mark)
{
  if (l >= 3 && memcmp (data + l - 3, "<![LOG[", COT_MARK_BYTES) == 0)
    {
      mark->position = (guint32) (l - 3);
      mark->kind = COT_MARK_OPENER;
      return TRUE;
    }
  if (l >= 1 && memcmp (data + l - 1, "]LOG]!>", COT_MARK_BYTES) == 0)
    {
      mark->position = (guint32) (l - 1);
      mark->kind = COT_MARK_CLOSER;
      return TRUE;
    }
  return FALSE;
}

/* What 64 bytes hold, a bit each. */
typedef struct
{
  guint64 cr;
  guint64 lf;
  guint64 candidates;
} Bits;

/* The n_ends of a mark is right only if it counts from its first byte, not from its L: the bytes
 * of a mark before its L are no line ends, so both are the same. */
__attribute__ ((always_inline)) static inline gsize
take_bits (const char *data, gsize at, Bits bits, guint n_bits, CotLineEnds *ends, CotMark *marks)
{
  guint64 valid = n_bits == 64 ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << n_bits) - 1;
  guint64 cr = bits.cr & valid;
  guint64 lf = bits.lf & valid;
  guint64 candidates = bits.candidates & valid;
  guint64 crlf = ((cr << 1) | (ends->after_cr ? 1u : 0u)) & lf;
  gsize n = 0;

  while (marks != NULL && candidates != 0)
    {
      guint bit = (guint) __builtin_ctzll (candidates);

      candidates &= candidates - 1;
      if (verify_mark (data, at + bit, &marks[n]))
        {
          guint64 before = (G_GUINT64_CONSTANT (1) << bit) - 1;

          marks[n].n_ends = (guint32) (ends->n_cr + ends->n_lf)
                            + (guint32) __builtin_popcountll ((cr | lf) & before);
          n++;
        }
    }

  ends->n_cr += (guint64) __builtin_popcountll (cr);
  ends->n_lf += (guint64) __builtin_popcountll (lf);
  ends->n_crlf += (guint64) __builtin_popcountll (crlf);
  ends->after_cr = (cr >> (n_bits - 1)) & 1;
  return n;
}

static gsize
scan_scalar (const char *data, gsize from, gsize to, CotLineEnds *ends, CotMark *marks)
{
  gsize n = 0;

  for (gsize i = from; i < to; i++)
    {
      char c = data[i];

      if (c == '\n')
        {
          ends->n_crlf += ends->after_cr ? 1 : 0;
          ends->n_lf++;
        }
      else if (c == '\r')
        ends->n_cr++;
      else if (c == 'L' && marks != NULL && verify_mark (data, i, &marks[n]))
        marks[n++].n_ends = (guint32) (ends->n_cr + ends->n_lf);
      ends->after_cr = c == '\r';
    }
  return n;
}

#ifdef HAVE_X86
static inline guint64
equal_sse2 (const char *data, char wanted)
{
  __m128i pattern = _mm_set1_epi8 (wanted);
  guint64 bits = 0;

  for (guint i = 0; i < 4; i++)
    {
      __m128i bytes = _mm_loadu_si128 ((const __m128i_u *) (data + 16 * i));
      guint mask = (guint) _mm_movemask_epi8 (_mm_cmpeq_epi8 (bytes, pattern));

      bits |= (guint64) mask << (16 * i);
    }
  return bits;
}

static gsize
scan_sse2 (const char *data, gsize from, gsize to, CotLineEnds *ends, CotMark *marks)
{
  gsize n = 0;

  for (gsize i = from; i < to; i += 64)
    {
      Bits bits;

      bits.cr = equal_sse2 (data + i, '\r');
      bits.lf = equal_sse2 (data + i, '\n');
      bits.candidates = equal_sse2 (data + i, 'L') & equal_sse2 (data + i + 2, 'G');
      n += take_bits (data, i, bits, (guint) MIN (to - i, 64), ends,
                      marks != NULL ? marks + n : NULL);
    }
  return n;
}

__attribute__ ((target ("avx2"))) static inline guint64
equal_avx2 (__m256i low, __m256i high, char wanted)
{
  __m256i pattern = _mm256_set1_epi8 (wanted);
  guint32 low_bits = (guint32) _mm256_movemask_epi8 (_mm256_cmpeq_epi8 (low, pattern));
  guint32 high_bits = (guint32) _mm256_movemask_epi8 (_mm256_cmpeq_epi8 (high, pattern));

  return low_bits | ((guint64) high_bits << 32);
}

__attribute__ ((target ("avx2,popcnt,bmi,bmi2"))) static gsize
scan_avx2 (const char *data, gsize from, gsize to, CotLineEnds *ends, CotMark *marks)
{
  gsize n = 0;

  for (gsize i = from; i < to; i += 64)
    {
      __m256i low = _mm256_loadu_si256 ((const __m256i_u *) (data + i));
      __m256i high = _mm256_loadu_si256 ((const __m256i_u *) (data + i + 32));
      Bits bits;

      bits.cr = equal_avx2 (low, high, '\r');
      bits.lf = equal_avx2 (low, high, '\n');
      bits.candidates = equal_avx2 (low, high, 'L');
      low = _mm256_loadu_si256 ((const __m256i_u *) (data + i + 2));
      high = _mm256_loadu_si256 ((const __m256i_u *) (data + i + 34));
      bits.candidates &= equal_avx2 (low, high, 'G');
      n += take_bits (data, i, bits, (guint) MIN (to - i, 64), ends,
                      marks != NULL ? marks + n : NULL);
    }
  return n;
}
#endif

/**
 * cot_simd_get_scan:
 * @variant: which one
 *
 * Returns: (nullable): that variant, where this machine can run it; the scalar one always is there
 */
CotSimdScan
cot_simd_get_scan (CotSimd variant)
{
  switch (variant)
    {
    case COT_SIMD_SCALAR:
      return scan_scalar;
    case COT_SIMD_SSE2:
#ifdef HAVE_X86
      return scan_sse2;
#else
      return NULL;
#endif
    case COT_SIMD_AVX2:
#ifdef HAVE_X86
      if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("popcnt")
          && __builtin_cpu_supports ("bmi2"))
        return scan_avx2;
#endif
      return NULL;
    case COT_N_SIMD:
    default:
      return NULL;
    }
}

/**
 * cot_simd_get_best:
 *
 * Returns: the widest variant that this machine can run
 */
CotSimd
cot_simd_get_best (void)
{
  for (int variant = COT_N_SIMD - 1; variant > COT_SIMD_SCALAR; variant--)
    if (cot_simd_get_scan ((CotSimd) variant) != NULL)
      return (CotSimd) variant;
  return COT_SIMD_SCALAR;
}
