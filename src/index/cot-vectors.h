/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Which vectors the machine has that this is built for: for the two stages of the index alone. */

#if defined(__x86_64__)
#include <immintrin.h>
#define HAVE_X86 1
#elif defined(__AARCH64EL__)
#include <arm_neon.h>
#define HAVE_NEON 1
#endif
#if defined(HAVE_X86) || defined(HAVE_NEON)
#define HAVE_VECTORS 1
#endif

#define ALWAYS_INLINE __attribute__ ((always_inline)) static inline

#ifdef HAVE_X86
/* Both stages are of the same variant: what has_avx2() of stage 1 asks for is what is here. */
#define TARGET_AVX2 __attribute__ ((target ("avx2,popcnt,bmi,bmi2,sse4.2")))
#endif

#ifdef HAVE_NEON
/* NEON has no instruction that makes bits of bytes: of bytes that are 0xff or 0 each keeps a bit
 * of its own, and with neighbours added up three times (vpaddq_u8) 8 of them are one byte. */
ALWAYS_INLINE uint8x16_t
keep_own_bit (uint8x16_t bytes)
{
  static const guint8 own[16] = { 1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128 };

  return vandq_u8 (bytes, vld1q_u8 (own));
}
#endif
