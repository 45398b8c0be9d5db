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

#define PREFETCH_BYTES 512

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

/* Of the candidates, whose positions are those of their L, the marks stay. Done behind the pass
 * over the bytes: nearly all are marks, so this branch is foreseen, that one would not be. */
static gsize
keep_marks (const char *data, CotMark *marks, gsize n_candidates)
{
  gsize n_kept = 0;

  for (gsize i = 0; i < n_candidates; i++)
    {
      marks[n_kept].n_ends = marks[i].n_ends;
      if (verify_mark (data, marks[i].position, &marks[n_kept]))
        n_kept++;
    }
  return n_kept;
}

#ifdef HAVE_X86
/* What 64 bytes hold, a bit each. */
typedef struct
{
  guint64 cr;
  guint64 lf;
  guint64 candidates;
} Bits;

/* Without a candidate something is written all the same, and written over by the next one. From
 * which byte of a mark on line ends are counted does not matter: it holds none. */
__attribute__ ((always_inline)) static inline void
put_candidate (CotMark *mark, gsize at, guint64 candidates, guint64 ends, guint64 n_before)
{
  guint64 up_to_lowest = candidates ^ (candidates - 1);
  guint64 never_zero = candidates | G_GUINT64_CONSTANT (1) << 63;

  mark->position = (guint32) at + (guint32) __builtin_ctzll (never_zero);
  mark->n_ends = (guint32) n_before + (guint32) __builtin_popcountll (ends & up_to_lowest);
}

/* Two candidates in 64 bytes are usual, more are not: those two cost no branch. */
__attribute__ ((always_inline)) static inline gsize
put_candidates (CotMark *marks, gsize at, const Bits *bits, guint64 n_before)
{
  guint64 left = bits->candidates;
  guint64 ends = bits->cr | bits->lf;
  gsize n = (gsize) __builtin_popcountll (left);

  put_candidate (&marks[0], at, left, ends, n_before);
  left &= left - 1;
  put_candidate (&marks[1], at, left, ends, n_before);
  left &= left - 1;
  for (gsize i = 2; G_UNLIKELY (i < n); i++, left &= left - 1)
    put_candidate (&marks[i], at, left, ends, n_before);
  return n;
}

__attribute__ ((always_inline)) static inline void
count_ends (CotLineEnds *ends, const Bits *bits)
{
  guint64 crlf = ((bits->cr << 1) | (guint64) ends->after_cr) & bits->lf;

  ends->n_cr += (guint64) __builtin_popcountll (bits->cr);
  ends->n_lf += (guint64) __builtin_popcountll (bits->lf);
  ends->n_crlf += (guint64) __builtin_popcountll (crlf);
  ends->after_cr = (gboolean) (bits->cr >> 63);
}

/* The bytes behind the last whole 64. */
static void
cut_bits (Bits *bits, gsize n_bits)
{
  guint64 valid = (G_GUINT64_CONSTANT (1) << n_bits) - 1;

  bits->cr &= valid;
  bits->lf &= valid;
  bits->candidates &= valid;
}

typedef Bits (*ReadBits) (const char *data);

/* Written once for all vectors, with and without marks: the last two arguments are constants where
 * this is inlined. */
__attribute__ ((always_inline)) static inline gsize
scan_vectors (const char *data, gsize from, gsize to, CotLineEnds *into, CotMark *marks,
              ReadBits read_bits)
{
  CotLineEnds ends = *into;
  gsize n = 0;
  gsize i;

  for (i = from; i + 64 <= to; i += 64)
    {
      Bits bits = read_bits (data + i);

      /* The kernel has just put the bytes there: they are near, but not in the nearest cache. */
      __builtin_prefetch (data + i + PREFETCH_BYTES);
      if (marks != NULL)
        n += put_candidates (marks + n, i, &bits, ends.n_cr + ends.n_lf);
      count_ends (&ends, &bits);
    }
  if (i < to)
    {
      Bits bits = read_bits (data + i);

      cut_bits (&bits, to - i);
      if (marks != NULL)
        n += put_candidates (marks + n, i, &bits, ends.n_cr + ends.n_lf);
      count_ends (&ends, &bits);
      ends.after_cr = data[to - 1] == '\r';
    }
  *into = ends;
  return marks != NULL ? keep_marks (data, marks, n) : 0;
}
#endif

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
__attribute__ ((always_inline)) static inline guint64
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

__attribute__ ((always_inline)) static inline Bits
read_sse2 (const char *data)
{
  Bits bits;

  bits.cr = equal_sse2 (data, '\r');
  bits.lf = equal_sse2 (data, '\n');
  bits.candidates = equal_sse2 (data, 'L') & equal_sse2 (data + 2, 'G');
  return bits;
}

static gsize
scan_sse2 (const char *data, gsize from, gsize to, CotLineEnds *ends, CotMark *marks)
{
  if (marks == NULL)
    return scan_vectors (data, from, to, ends, NULL, read_sse2);
  return scan_vectors (data, from, to, ends, marks, read_sse2);
}

#define TARGET_AVX2 __attribute__ ((target ("avx2,popcnt,bmi,bmi2")))

TARGET_AVX2 static inline guint64
equal_avx2 (const char *data, char wanted)
{
  __m256i pattern = _mm256_set1_epi8 (wanted);
  __m256i low = _mm256_loadu_si256 ((const __m256i_u *) data);
  __m256i high = _mm256_loadu_si256 ((const __m256i_u *) (data + 32));
  guint32 low_bits = (guint32) _mm256_movemask_epi8 (_mm256_cmpeq_epi8 (low, pattern));
  guint32 high_bits = (guint32) _mm256_movemask_epi8 (_mm256_cmpeq_epi8 (high, pattern));

  return low_bits | ((guint64) high_bits << 32);
}

TARGET_AVX2 static inline Bits
read_avx2 (const char *data)
{
  Bits bits;

  bits.cr = equal_avx2 (data, '\r');
  bits.lf = equal_avx2 (data, '\n');
  bits.candidates = equal_avx2 (data, 'L') & equal_avx2 (data + 2, 'G');
  return bits;
}

TARGET_AVX2 static gsize
scan_avx2 (const char *data, gsize from, gsize to, CotLineEnds *ends, CotMark *marks)
{
  if (marks == NULL)
    return scan_vectors (data, from, to, ends, NULL, read_avx2);
  return scan_vectors (data, from, to, ends, marks, read_avx2);
}

#define TARGET_AVX512 __attribute__ ((target ("avx512f,avx512bw,popcnt,bmi,bmi2")))

/* Here the comparisons give the bits themselves. */
TARGET_AVX512 static inline Bits
read_avx512 (const char *data)
{
  __m512i bytes = _mm512_loadu_si512 (data);
  __m512i behind = _mm512_loadu_si512 (data + 2);
  Bits bits;

  bits.cr = _mm512_cmpeq_epi8_mask (bytes, _mm512_set1_epi8 ('\r'));
  bits.lf = _mm512_cmpeq_epi8_mask (bytes, _mm512_set1_epi8 ('\n'));
  bits.candidates = _mm512_cmpeq_epi8_mask (bytes, _mm512_set1_epi8 ('L'))
                    & _mm512_cmpeq_epi8_mask (behind, _mm512_set1_epi8 ('G'));
  return bits;
}

TARGET_AVX512 static gsize
scan_avx512 (const char *data, gsize from, gsize to, CotLineEnds *ends, CotMark *marks)
{
  if (marks == NULL)
    return scan_vectors (data, from, to, ends, NULL, read_avx512);
  return scan_vectors (data, from, to, ends, marks, read_avx512);
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
    case COT_SIMD_AVX512:
#ifdef HAVE_X86
      if (__builtin_cpu_supports ("avx512bw") && __builtin_cpu_supports ("popcnt")
          && __builtin_cpu_supports ("bmi2"))
        return scan_avx512;
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
