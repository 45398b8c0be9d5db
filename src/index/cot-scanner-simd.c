/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-scanner-simd.h"

#include "cot-vectors.h"

#include <string.h>

/* Stage 1 of the index: where could records begin and end, and how many lines are there? One pass
 * over all bytes without a branch that depends on them, but where many marks stand together. All
 * variants do the same to the last bit; tests/property/property-scan-paths.c holds them to it. */

#define PREFETCH_BYTES 512

#ifdef HAVE_VECTORS
/* What 64 bytes hold, a bit each. */
typedef struct
{
  guint64 cr;
  guint64 lf;
  guint64 letters; /* the L of "L?G" */
} Bits;

/* Adds the bytes to @all, room for a vector of the variant, if it is not NULL. */
typedef Bits (*ReadBits) (const char *data, void *all);
typedef guint (*FindLowest) (guint64 bits);

typedef struct
{
  guint64 n_ends; /* CRs and LFs, those of all calls */
  guint64 odd; /* not 0: some of this call's are not a CR and a LF behind it */
  guint64 after_cr;
} Sums;

/* The lowest of @letters, and how many line ends stand before it. */
ALWAYS_INLINE void
put_mark (CotMark *mark, gsize at, guint64 n_ends, guint64 letters, guint64 line_ends,
          FindLowest find_lowest)
{
  mark->at = (guint32) at + find_lowest (letters);
  mark->n_ends
      = (guint32) n_ends + (guint32) __builtin_popcountll (line_ends & (letters ^ (letters - 1)));
}

/* That there is one mark in 64 bytes or none is usual, and costs no branch: what is written ahead
 * is written over later. Returns where the next one goes. */
ALWAYS_INLINE CotMark *
put_marks (CotMark *mark, gsize at, guint64 n_ends, const Bits *bits, FindLowest find_lowest)
{
  guint64 others = bits->letters & (bits->letters - 1);
  guint64 line_ends = bits->cr | bits->lf;

  put_mark (mark, at, n_ends, bits->letters, line_ends, find_lowest);
  for (; G_UNLIKELY (others != 0); others &= others - 1)
    put_mark (++mark, at, n_ends, others, line_ends, find_lowest);
  return mark + (bits->letters != 0);
}

ALWAYS_INLINE void
add_bits (Sums *sums, const Bits *bits)
{
  sums->n_ends += (guint64) __builtin_popcountll (bits->cr | bits->lf);
  sums->odd |= (bits->cr << 1 | sums->after_cr) ^ bits->lf;
  sums->after_cr = bits->cr >> 63;
}

/* The bytes behind the last whole 64. */
static void
cut_bits (Bits *bits, gsize n_bits)
{
  guint64 valid = (G_GUINT64_CONSTANT (1) << n_bits) - 1;

  bits->cr &= valid;
  bits->lf &= valid;
  bits->letters &= valid;
}

/* Where line ends of several kinds stand together. */
ALWAYS_INLINE void
count_each (const char *data, gsize from, gsize to, guint64 after_cr, guint64 *n_lf,
            guint64 *n_crlf, ReadBits read_bits)
{
  for (gsize i = from; i < to; i += 64)
    {
      Bits bits = read_bits (data + i, NULL);

      if (to - i < 64)
        cut_bits (&bits, to - i);
      *n_lf += (guint64) __builtin_popcountll (bits.lf);
      *n_crlf += (guint64) __builtin_popcountll ((bits.cr << 1 | after_cr) & bits.lf);
      after_cr = bits.cr >> 63;
    }
}

/* In nearly all logs every LF stands behind a CR and every CR before a LF, or there is no CR at
 * all: then the number of both says how many there are of each. To count each of them at once
 * would make the pass half as long again. */
ALWAYS_INLINE void
count_ends (const char *data, gsize from, gsize to, CotLineEnds *ends, const Sums *sums,
            ReadBits read_bits)
{
  guint64 after_cr = (guint64) ends->after_cr;
  guint64 n = sums->n_ends - (ends->n_cr + ends->n_lf);
  guint64 n_lf = 0;
  guint64 n_crlf = 0;

  if (G_LIKELY (sums->odd == 0))
    n_lf = n_crlf = (n + after_cr - sums->after_cr) / 2;
  else if (memchr (data + from, '\r', to - from) == NULL)
    {
      n_lf = n;
      n_crlf = after_cr != 0 && data[from] == '\n';
    }
  else
    count_each (data, from, to, after_cr, &n_lf, &n_crlf, read_bits);

  ends->n_cr += n - n_lf;
  ends->n_lf += n_lf;
  ends->n_crlf += n_crlf;
  ends->after_cr = (gboolean) sums->after_cr;
}

/* Written once for all vectors, with and without marks: the last three arguments are constants
 * where this is inlined. What @all holds then has the high bit of all bytes that are not ASCII. */
ALWAYS_INLINE gsize
scan_vectors (const char *data, gsize from, gsize to, CotLineEnds *ends, CotMark *marks, void *all,
              ReadBits read_bits, FindLowest find_lowest)
{
  Sums sums = { .n_ends = ends->n_cr + ends->n_lf, .after_cr = (guint64) ends->after_cr };
  CotMark *mark = marks;
  gsize i;

  for (i = from; i + 64 <= to; i += 64)
    {
      Bits bits = read_bits (data + i, all);

      /* The kernel has just put the bytes there: they are near, but not in the nearest cache. */
      __builtin_prefetch (data + i + PREFETCH_BYTES);
      if (marks != NULL)
        mark = put_marks (mark, i, sums.n_ends, &bits, find_lowest);
      add_bits (&sums, &bits);
    }
  if (i < to)
    {
      Bits bits = read_bits (data + i, NULL);

      for (gsize j = i; j < to; j++)
        ends->beyond_ascii |= (guint8) data[j] >= 0x80;
      cut_bits (&bits, to - i);
      if (marks != NULL)
        mark = put_marks (mark, i, sums.n_ends, &bits, find_lowest);
      add_bits (&sums, &bits);
      sums.after_cr = data[to - 1] == '\r';
    }
  count_ends (data, from, to, ends, &sums, read_bits);
  return marks != NULL ? (gsize) (mark - marks) : 0;
}

/* The two are compiled apart: without marks there is no work for them. */
ALWAYS_INLINE gsize
scan_with (const char *data, gsize from, gsize to, CotLineEnds *ends, CotMark *marks, void *all,
           ReadBits read_bits, FindLowest find_lowest)
{
  if (marks == NULL)
    return scan_vectors (data, from, to, ends, NULL, all, read_bits, find_lowest);
  return scan_vectors (data, from, to, ends, marks, all, read_bits, find_lowest);
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

#ifdef HAVE_VECTORS
/* Of nothing, anything. */
ALWAYS_INLINE guint
lowest_plain (guint64 bits)
{
  return (guint) __builtin_ctzll (bits | G_GUINT64_CONSTANT (1) << 63);
}
#endif

#ifdef HAVE_NEON
ALWAYS_INLINE guint64
get_bits_neon (const uint8x16_t bytes[4])
{
  uint8x16_t low = vpaddq_u8 (keep_own_bit (bytes[0]), keep_own_bit (bytes[1]));
  uint8x16_t high = vpaddq_u8 (keep_own_bit (bytes[2]), keep_own_bit (bytes[3]));
  uint8x16_t all = vpaddq_u8 (low, high);

  return vgetq_lane_u64 (vreinterpretq_u64_u8 (vpaddq_u8 (all, all)), 0);
}

ALWAYS_INLINE uint8x16_t
load_neon (const char *data)
{
  return vld1q_u8 ((const guint8 *) data);
}

ALWAYS_INLINE Bits
read_neon (const char *data, void *all)
{
  uint8x16_t cr[4], lf[4], letters[4];
  guint8 *sum = all;
  Bits bits;

  for (guint i = 0; i < 4; i++)
    {
      uint8x16_t bytes = load_neon (data + 16 * i);
      uint8x16_t behind = load_neon (data + 16 * i + 2);

      cr[i] = vceqq_u8 (bytes, vdupq_n_u8 ('\r'));
      lf[i] = vceqq_u8 (bytes, vdupq_n_u8 ('\n'));
      letters[i] = vandq_u8 (vceqq_u8 (bytes, vdupq_n_u8 ('L')),
                             vceqq_u8 (behind, vdupq_n_u8 ('G')));
      if (sum != NULL)
        vst1q_u8 (sum, vorrq_u8 (vld1q_u8 (sum), bytes));
    }
  bits.cr = get_bits_neon (cr);
  bits.lf = get_bits_neon (lf);
  bits.letters = get_bits_neon (letters);
  return bits;
}

static gsize
scan_neon (const char *data, gsize from, gsize to, CotLineEnds *ends, CotMark *marks)
{
  guint8 all[16] = { 0 };
  gsize n;

  n = scan_with (data, from, to, ends, marks, all, read_neon, lowest_plain);
  ends->beyond_ascii |= vmaxvq_u8 (vld1q_u8 (all)) >= 0x80;
  return n;
}
#endif

#ifdef HAVE_X86
ALWAYS_INLINE guint64
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

ALWAYS_INLINE Bits
read_sse2 (const char *data, void *all)
{
  __m128i_u *sum = all;
  Bits bits;

  bits.cr = equal_sse2 (data, '\r');
  bits.lf = equal_sse2 (data, '\n');
  bits.letters = equal_sse2 (data, 'L') & equal_sse2 (data + 2, 'G');
  for (guint i = 0; i < 4 && sum != NULL; i++)
    *sum = _mm_or_si128 (*sum, _mm_loadu_si128 ((const __m128i_u *) (data + 16 * i)));
  return bits;
}

static gsize
scan_sse2 (const char *data, gsize from, gsize to, CotLineEnds *ends, CotMark *marks)
{
  guint64 all[2] = { 0 };
  gsize n;

  n = scan_with (data, from, to, ends, marks, all, read_sse2, lowest_plain);
  ends->beyond_ascii |= _mm_movemask_epi8 (_mm_loadu_si128 ((const __m128i_u *) all)) != 0;
  return n;
}

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

TARGET_AVX2 static inline Bits
read_avx2 (const char *data, void *all)
{
  __m256i_u *sum = all;
  Bits bits;

  bits.cr = equal_avx2 (data, '\r');
  bits.lf = equal_avx2 (data, '\n');
  bits.letters = equal_avx2 (data, 'L') & equal_avx2 (data + 2, 'G');
  for (guint i = 0; i < 2 && sum != NULL; i++)
    *sum = _mm256_or_si256 (*sum, _mm256_loadu_si256 ((const __m256i_u *) (data + 32 * i)));
  return bits;
}

TARGET_AVX2 static gsize
scan_avx2 (const char *data, gsize from, gsize to, CotLineEnds *ends, CotMark *marks)
{
  guint64 all[4] = { 0 };
  gsize n;

  n = scan_with (data, from, to, ends, marks, all, read_avx2, lowest_bmi);
  ends->beyond_ascii |= _mm256_movemask_epi8 (_mm256_loadu_si256 ((const __m256i_u *) all)) != 0;
  return n;
}

/* GCC takes it that variables on the stack of the address sanitizer have the alignment of those on
 * the real one, and they have no more than 32 bytes. */
#ifdef __SANITIZE_ADDRESS__
#define FORGET_ALIGNMENT(pointer) __asm__ ("" : "+r"(pointer))
#else
#define FORGET_ALIGNMENT(pointer)
#endif

#define TARGET_AVX512 __attribute__ ((target ("avx512f,avx512bw,popcnt,bmi,bmi2")))

/* Here the comparisons give the bits themselves. */
TARGET_AVX512 static inline Bits
read_avx512 (const char *data, void *all)
{
  __m512i bytes = _mm512_loadu_si512 (data);
  __m512i behind = _mm512_loadu_si512 (data + 2);
  __m512i_u *sum = all;
  Bits bits;

  bits.cr = _mm512_cmpeq_epi8_mask (bytes, _mm512_set1_epi8 ('\r'));
  bits.lf = _mm512_cmpeq_epi8_mask (bytes, _mm512_set1_epi8 ('\n'));
  bits.letters = _mm512_cmpeq_epi8_mask (bytes, _mm512_set1_epi8 ('L'))
                 & _mm512_cmpeq_epi8_mask (behind, _mm512_set1_epi8 ('G'));
  /* Once from the mask registers and no more: compilers would go there again for each use. */
  __asm__ ("" : "+r"(bits.cr), "+r"(bits.lf), "+r"(bits.letters));
  if (sum != NULL)
    *sum = _mm512_or_si512 (*sum, bytes);
  return bits;
}

TARGET_AVX512 static gsize
scan_avx512 (const char *data, gsize from, gsize to, CotLineEnds *ends, CotMark *marks)
{
  guint64 room[8];
  void *all = room;
  gsize n;

  FORGET_ALIGNMENT (all);
  memset (all, 0, sizeof room);
  n = scan_with (data, from, to, ends, marks, all, read_avx512, lowest_bmi);
  ends->beyond_ascii |= _mm512_movepi8_mask (_mm512_loadu_si512 (all)) != 0;
  return n;
}
#endif

#ifdef HAVE_X86
/* And what comes with it in every processor: the host of a virtual one can hide parts. */
static gboolean
has_avx2 (void)
{
  return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("popcnt")
         && __builtin_cpu_supports ("bmi") && __builtin_cpu_supports ("bmi2")
         && __builtin_cpu_supports ("sse4.2");
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
    case COT_SIMD_NEON:
#ifdef HAVE_NEON
      return scan_neon;
#else
      return NULL;
#endif
    case COT_SIMD_AVX2:
#ifdef HAVE_X86
      if (has_avx2 ())
        return scan_avx2;
#endif
      return NULL;
    case COT_SIMD_AVX512:
#ifdef HAVE_X86
      if (has_avx2 () && __builtin_cpu_supports ("avx512bw"))
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
