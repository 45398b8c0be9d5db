/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-vectors.h"

#include <string.h>

/* What stage 2 does with several bytes at once, for each kind of vector: for cot-scanner-ccm.c
 * alone, which is written once for all of them. */

#define TEXT_BYTES 32

/* Where the bytes of @p are those of @other, a bit each: of TEXT_BYTES. */
typedef guint32 (*CompareBytes) (const char *p, const char *other);
/* The number of the lowest bit, TEXT_BYTES or TEXT_BYTES - 1 where there is none. */
typedef guint (*FindLowest) (guint32 bits);
/* Mixes both; of the result the low 16 bits count. */
typedef guint (*Hash) (guint64 first, guint64 last);

/* Constants where this is inlined. */
typedef struct
{
  CompareBytes compare;
  FindLowest find_lowest;
  Hash hash;
} Ops;

/* The first byte is the lowest. */
ALWAYS_INLINE guint64
load_64 (const char *p)
{
  guint64 value;

  memcpy (&value, p, sizeof value);
  return GUINT64_FROM_LE (value);
}

ALWAYS_INLINE guint32
load_32 (const char *p)
{
  guint32 value;

  memcpy (&value, p, sizeof value);
  return GUINT32_FROM_LE (value);
}

/* Whether the bytes are the same that @mask has a bit for. */
ALWAYS_INLINE gboolean
is_same (const char *p, const char *other, guint32 mask, const Ops *ops)
{
  return (~ops->compare (p, other) & mask) == 0;
}

static inline guint32
compare_scalar (const char *p, const char *other)
{
  guint32 bits = 0;

  for (guint i = 0; i < TEXT_BYTES; i++)
    bits |= (guint32) (p[i] == other[i]) << i;
  return bits;
}

static inline guint
find_lowest_plain (guint32 bits)
{
  return (guint) __builtin_ctz (bits | 1u << (TEXT_BYTES - 1));
}

static inline guint
hash_plain (guint64 first, guint64 last)
{
  guint64 both = first ^ (last << 29 | last >> 35);

  return (guint) ((both * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) >> 48);
}

#ifdef HAVE_NEON
static inline guint32
compare_neon (const char *p, const char *other)
{
  const guint8 *bytes = (const guint8 *) p;
  const guint8 *others = (const guint8 *) other;
  uint8x16_t low = vceqq_u8 (vld1q_u8 (bytes), vld1q_u8 (others));
  uint8x16_t high = vceqq_u8 (vld1q_u8 (bytes + 16), vld1q_u8 (others + 16));
  uint8x16_t all = vpaddq_u8 (keep_own_bit (low), keep_own_bit (high));

  all = vpaddq_u8 (all, all);
  return vgetq_lane_u32 (vreinterpretq_u32_u8 (vpaddq_u8 (all, all)), 0);
}
#endif

#ifdef HAVE_X86
ALWAYS_INLINE guint32
compare_half (const char *p, const char *other)
{
  return (guint32) _mm_movemask_epi8 (_mm_cmpeq_epi8 (
      _mm_loadu_si128 ((const __m128i_u *) p), _mm_loadu_si128 ((const __m128i_u *) other)));
}

static inline guint32
compare_sse2 (const char *p, const char *other)
{
  return compare_half (p, other) | compare_half (p + 16, other + 16) << 16;
}

TARGET_AVX2 static inline guint32
compare_avx2 (const char *p, const char *other)
{
  __m256i bytes = _mm256_loadu_si256 ((const __m256i_u *) p);
  __m256i others = _mm256_loadu_si256 ((const __m256i_u *) other);

  return (guint32) _mm256_movemask_epi8 (_mm256_cmpeq_epi8 (bytes, others));
}

TARGET_AVX2 static inline guint
find_lowest_bmi (guint32 bits)
{
  return _tzcnt_u32 (bits);
}

TARGET_AVX2 static inline guint
hash_crc (guint64 first, guint64 last)
{
  return (guint) _mm_crc32_u64 (_mm_crc32_u64 (0, first), last);
}
#endif
