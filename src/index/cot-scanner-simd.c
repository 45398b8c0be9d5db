/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-scanner-simd.h"

#include <string.h>

/* Stage 1 of the index: where could records begin and end, and how many lines are there? One pass
 * over all bytes without a branch that depends on them, but where many marks stand together. All
 * variants do the same to the last bit; tests/property/property-scan-paths.c holds them to it. */

#if defined(__x86_64__)
#include <immintrin.h>
#define HAVE_X86 1
#endif

#define PREFETCH_BYTES 512

#ifdef HAVE_X86
/* What 64 bytes hold, a bit each. */
typedef struct
{
  guint64 cr;
  guint64 lf;
  guint64 letters; /* the L of "L?G" */
  guint64 high; /* not ASCII */
} Bits;

typedef Bits (*ReadBits) (const char *data);
typedef guint (*FindLowest) (guint64 bits);

/* The lowest of @letters, and how many line ends stand before it. */
__attribute__ ((always_inline)) static inline void
put_mark (CotMark *mark, gsize at, guint32 n_ends, guint64 letters, guint64 line_ends,
          FindLowest find_lowest)
{
  mark->at = (guint32) at + find_lowest (letters);
  mark->n_ends = n_ends + (guint32) __builtin_popcountll (line_ends & (letters ^ (letters - 1)));
}

/* So many marks in 64 bytes are usual: they cost no branch. Where there are fewer, what is written
 * ahead is written over later. */
__attribute__ ((always_inline)) static inline gsize
put_marks (CotMark *marks, gsize at, guint32 n_ends, const Bits *bits, FindLowest find_lowest)
{
  guint64 letters = bits->letters;
  guint64 line_ends = bits->cr | bits->lf;
  gsize n = (gsize) __builtin_popcountll (letters);

  for (guint i = 0; i < COT_MARKS_AHEAD; i++, letters &= letters - 1)
    {
      put_mark (&marks[i], at, n_ends, letters, line_ends, find_lowest);
      /* One by one: compilers would gather them in a vector, which takes longer. */
      __asm__ volatile ("" ::: "memory");
    }
  for (gsize i = COT_MARKS_AHEAD; G_UNLIKELY (i < n); i++, letters &= letters - 1)
    put_mark (&marks[i], at, n_ends, letters, line_ends, find_lowest);
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
  bits->letters &= valid;
  bits->high &= valid;
}

/* Written once for all vectors, with and without marks: the last three arguments are constants
 * where this is inlined. */
__attribute__ ((always_inline)) static inline gsize
scan_vectors (const char *data, gsize from, gsize to, CotLineEnds *into, CotMark *marks,
              ReadBits read_bits, FindLowest find_lowest)
{
  CotLineEnds ends = *into;
  guint64 high = 0;
  gsize n = 0;
  gsize i;

  for (i = from; i + 64 <= to; i += 64)
    {
      Bits bits = read_bits (data + i);

      /* The kernel has just put the bytes there: they are near, but not in the nearest cache. */
      __builtin_prefetch (data + i + PREFETCH_BYTES);
      if (marks != NULL)
        n += put_marks (marks + n, i, (guint32) (ends.n_cr + ends.n_lf), &bits, find_lowest);
      count_ends (&ends, &bits);
      high |= bits.high;
    }
  if (i < to)
    {
      Bits bits = read_bits (data + i);

      cut_bits (&bits, to - i);
      if (marks != NULL)
        n += put_marks (marks + n, i, (guint32) (ends.n_cr + ends.n_lf), &bits, find_lowest);
      count_ends (&ends, &bits);
      high |= bits.high;
      ends.after_cr = data[to - 1] == '\r';
    }
  ends.beyond_ascii |= high != 0;
  *into = ends;
  return n;
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
      if (marks != NULL && c == 'L' && data[i + 2] == 'G')
        marks[n++] = (CotMark){ (guint32) i, (guint32) (ends->n_cr + ends->n_lf) };
      ends->after_cr = c == '\r';
      ends->beyond_ascii |= (guint8) c >= 0x80;
    }
  return n;
}

#ifdef HAVE_X86
/* Of nothing, anything. */
__attribute__ ((always_inline)) static inline guint
lowest_plain (guint64 bits)
{
  return (guint) __builtin_ctzll (bits | G_GUINT64_CONSTANT (1) << 63);
}

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

__attribute__ ((always_inline)) static inline guint64
high_sse2 (const char *data)
{
  guint64 bits = 0;

  for (guint i = 0; i < 4; i++)
    {
      __m128i bytes = _mm_loadu_si128 ((const __m128i_u *) (data + 16 * i));

      bits |= (guint64) (guint) _mm_movemask_epi8 (bytes) << (16 * i);
    }
  return bits;
}

__attribute__ ((always_inline)) static inline Bits
read_sse2 (const char *data)
{
  Bits bits;

  bits.cr = equal_sse2 (data, '\r');
  bits.lf = equal_sse2 (data, '\n');
  bits.letters = equal_sse2 (data, 'L') & equal_sse2 (data + 2, 'G');
  bits.high = high_sse2 (data);
  return bits;
}

static gsize
scan_sse2 (const char *data, gsize from, gsize to, CotLineEnds *ends, CotMark *marks)
{
  if (marks == NULL)
    return scan_vectors (data, from, to, ends, NULL, read_sse2, lowest_plain);
  return scan_vectors (data, from, to, ends, marks, read_sse2, lowest_plain);
}

#define TARGET_AVX2 __attribute__ ((target ("avx2,popcnt,bmi,bmi2")))

TARGET_AVX2 static inline guint
lowest_bmi (guint64 bits)
{
  return (guint) _tzcnt_u64 (bits);
}

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

TARGET_AVX2 static inline guint64
high_avx2 (const char *data)
{
  guint32 low = (guint32) _mm256_movemask_epi8 (_mm256_loadu_si256 ((const __m256i_u *) data));
  guint32 high
      = (guint32) _mm256_movemask_epi8 (_mm256_loadu_si256 ((const __m256i_u *) (data + 32)));

  return low | ((guint64) high << 32);
}

TARGET_AVX2 static inline Bits
read_avx2 (const char *data)
{
  Bits bits;

  bits.cr = equal_avx2 (data, '\r');
  bits.lf = equal_avx2 (data, '\n');
  bits.letters = equal_avx2 (data, 'L') & equal_avx2 (data + 2, 'G');
  bits.high = high_avx2 (data);
  return bits;
}

TARGET_AVX2 static gsize
scan_avx2 (const char *data, gsize from, gsize to, CotLineEnds *ends, CotMark *marks)
{
  if (marks == NULL)
    return scan_vectors (data, from, to, ends, NULL, read_avx2, lowest_bmi);
  return scan_vectors (data, from, to, ends, marks, read_avx2, lowest_bmi);
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
  bits.letters = _mm512_cmpeq_epi8_mask (bytes, _mm512_set1_epi8 ('L'))
                 & _mm512_cmpeq_epi8_mask (behind, _mm512_set1_epi8 ('G'));
  bits.high = _mm512_movepi8_mask (bytes);
  return bits;
}

TARGET_AVX512 static gsize
scan_avx512 (const char *data, gsize from, gsize to, CotLineEnds *ends, CotMark *marks)
{
  if (marks == NULL)
    return scan_vectors (data, from, to, ends, NULL, read_avx512, lowest_bmi);
  return scan_vectors (data, from, to, ends, marks, read_avx512, lowest_bmi);
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
