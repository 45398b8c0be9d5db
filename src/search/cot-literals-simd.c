/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cot-literals-private.h"

/* A window of four bytes is looked for at 16 or 32 places at once: of each byte the two halves
 * select the buckets that allow it, and a place is a candidate where some bucket allows all
 * four. */

#if defined(__x86_64__) || defined(__i386__)

#include <immintrin.h>

/* The last places are looked at in a copy with zeros behind, which are in no literal. */
#define STEP_BYTES 64
#define TAIL_BYTES (2 * STEP_BYTES + COT_LITERALS_WINDOW_BYTES)

/* Places wait until there are so many, or until so many bytes were looked at: all of them are then
 * judged in one loop, whose branches a processor can foresee. */
#define MAX_WAITING 192
#define MAX_DISTANCE 16384

typedef struct
{
  CotLiteralsScan *scan;
  const char *bytes; /* where place 0 is, */
  gsize position;    /* and in the data */
  guint n_places;
  guint32 places[MAX_WAITING + STEP_BYTES];
} Queue;

static void
queue_begin (Queue *self, const char *bytes, gsize position)
{
  self->bytes = bytes;
  self->position = position;
  self->n_places = 0;
}

static gboolean
queue_judge (Queue *self)
{
  guint n_left = 0;
  guint n = 0;

  for (guint i = 0; i < self->n_places; i++)
    {
      guint32 place = self->places[i];

      self->places[n_left] = place;
      n_left += cot_literals_filter (self->scan->literals, self->bytes + place) ? 1 : 0;
    }
  for (guint i = 0; i < n_left; i++)
    {
      guint32 place = self->places[i];

      self->places[n] = place;
      n += cot_literals_filter_again (self->scan->literals, self->bytes + place) ? 1 : 0;
    }
  for (guint i = 0; i < n; i++)
    if (!cot_literals_scan_candidate (self->scan, self->position + self->places[i],
                                      self->bytes + self->places[i]))
      return FALSE;
  self->n_places = 0;
  return TRUE;
}

/* The places of the next step begin at @bytes. */
static inline gboolean
queue_go_on (Queue *self, const char *bytes, gsize position)
{
  if (self->n_places < MAX_WAITING && bytes - self->bytes < MAX_DISTANCE)
    return TRUE;
  if (!queue_judge (self))
    return FALSE;
  queue_begin (self, bytes, position);
  return TRUE;
}

static inline void
queue_add (Queue *self, guint64 bits, const char *bytes)
{
  guint32 first = (guint32) (bytes - self->bytes);

  for (; bits != 0; bits &= bits - 1)
    self->places[self->n_places++] = first + (guint32) __builtin_ctzll (bits);
}

typedef struct
{
  __m256i low[COT_LITERALS_WINDOW_BYTES];
  __m256i high[COT_LITERALS_WINDOW_BYTES];
} MasksAvx2;

__attribute__ ((target ("avx2"))) static inline __m256i
byte_avx2 (const MasksAvx2 *masks, const char *bytes, guint k)
{
  const __m256i half = _mm256_set1_epi8 (0x0f);
  __m256i data = _mm256_loadu_si256 ((const __m256i_u *) (bytes + k));
  __m256i low = _mm256_and_si256 (data, half);
  __m256i high = _mm256_and_si256 (_mm256_srli_epi16 (data, 4), half);

  return _mm256_and_si256 (_mm256_shuffle_epi8 (masks->low[k], low),
                           _mm256_shuffle_epi8 (masks->high[k], high));
}

/* Written out, because no loop is unrolled at the usual level of optimisation. */
__attribute__ ((target ("avx2"))) static inline __m256i
buckets_avx2 (const MasksAvx2 *masks, const char *bytes)
{
  __m256i front = _mm256_and_si256 (byte_avx2 (masks, bytes, 0), byte_avx2 (masks, bytes, 1));
  __m256i back = _mm256_and_si256 (byte_avx2 (masks, bytes, 2), byte_avx2 (masks, bytes, 3));

  return _mm256_and_si256 (front, back);
}

__attribute__ ((target ("avx2"))) static inline guint64
zero_places_avx2 (__m256i buckets)
{
  return (guint32) _mm256_movemask_epi8 (_mm256_cmpeq_epi8 (buckets, _mm256_setzero_si256 ()));
}

/* Nearly always there are so few that they are taken without a question. */
__attribute__ ((target ("avx2,popcnt"))) static inline void
queue_add_avx2 (Queue *self, guint64 bits, const char *bytes)
{
  guint32 first = (guint32) (bytes - self->bytes);
  guint32 *into = self->places + self->n_places;
  guint n = (guint) __builtin_popcountll (bits);

  if (n > 8)
    {
      queue_add (self, bits, bytes);
      return;
    }
  /* What is written behind the last one does not count. */
  for (guint i = 0; i < 8; i++, bits &= bits - 1)
    into[i] = first + (guint32) __builtin_ctzll (bits | (guint64) 1 << 63);
  self->n_places += n;
}

/* 64 places; reads three bytes more. */
__attribute__ ((target ("avx2,popcnt"))) static inline void
step_avx2 (Queue *queue, const MasksAvx2 *masks, const char *bytes)
{
  __m256i first = buckets_avx2 (masks, bytes);
  __m256i second = buckets_avx2 (masks, bytes + 32);
  __m256i any = _mm256_or_si256 (first, second);

  if (!_mm256_testz_si256 (any, any))
    queue_add_avx2 (queue, ~(zero_places_avx2 (first) | zero_places_avx2 (second) << 32), bytes);
}

__attribute__ ((target ("avx2,popcnt"))) void
cot_literals_scan_avx2 (CotLiteralsScan *scan)
{
  const CotLiteralsMasks *bytes = &scan->literals->masks;
  char tail[TAIL_BYTES] = { 0 };
  Queue queue;
  MasksAvx2 masks;
  gsize at = 0;

  for (guint k = 0; k < COT_LITERALS_WINDOW_BYTES; k++)
    {
      masks.low[k] = _mm256_broadcastsi128_si256 (
          _mm_loadu_si128 ((const __m128i_u *) bytes->low[k]));
      masks.high[k] = _mm256_broadcastsi128_si256 (
          _mm_loadu_si128 ((const __m128i_u *) bytes->high[k]));
    }
  queue.scan = scan;
  queue_begin (&queue, scan->data, 0);
  for (; scan->length_bytes - at >= STEP_BYTES + COT_LITERALS_WINDOW_BYTES; at += STEP_BYTES)
    {
      if (!queue_go_on (&queue, scan->data + at, at))
        return;
      step_avx2 (&queue, &masks, scan->data + at);
    }
  if (!queue_judge (&queue))
    return;
  memcpy (tail, scan->data + at, scan->length_bytes - at);
  queue_begin (&queue, tail, at);
  for (gsize i = 0; i < scan->length_bytes - at; i += STEP_BYTES)
    step_avx2 (&queue, &masks, tail + i);
  queue_judge (&queue);
}

typedef struct
{
  __m128i low[COT_LITERALS_WINDOW_BYTES];
  __m128i high[COT_LITERALS_WINDOW_BYTES];
} MasksSsse3;

__attribute__ ((target ("ssse3"))) static inline __m128i
byte_ssse3 (const MasksSsse3 *masks, const char *bytes, guint k)
{
  const __m128i half = _mm_set1_epi8 (0x0f);
  __m128i data = _mm_loadu_si128 ((const __m128i_u *) (bytes + k));
  __m128i low = _mm_and_si128 (data, half);
  __m128i high = _mm_and_si128 (_mm_srli_epi16 (data, 4), half);

  return _mm_and_si128 (_mm_shuffle_epi8 (masks->low[k], low),
                        _mm_shuffle_epi8 (masks->high[k], high));
}

__attribute__ ((target ("ssse3"))) static inline guint64
zero_places_ssse3 (const MasksSsse3 *masks, const char *bytes)
{
  __m128i front = _mm_and_si128 (byte_ssse3 (masks, bytes, 0), byte_ssse3 (masks, bytes, 1));
  __m128i back = _mm_and_si128 (byte_ssse3 (masks, bytes, 2), byte_ssse3 (masks, bytes, 3));
  __m128i buckets = _mm_and_si128 (front, back);

  return (guint16) _mm_movemask_epi8 (_mm_cmpeq_epi8 (buckets, _mm_setzero_si128 ()));
}

__attribute__ ((target ("ssse3"))) static inline void
step_ssse3 (Queue *queue, const MasksSsse3 *masks, const char *bytes)
{
  guint64 zero = 0;

  for (guint i = 0; i < STEP_BYTES; i += 16)
    zero |= zero_places_ssse3 (masks, bytes + i) << i;
  queue_add (queue, ~zero, bytes);
}

__attribute__ ((target ("ssse3"))) void
cot_literals_scan_ssse3 (CotLiteralsScan *scan)
{
  const CotLiteralsMasks *bytes = &scan->literals->masks;
  char tail[TAIL_BYTES] = { 0 };
  Queue queue;
  MasksSsse3 masks;
  gsize at = 0;

  for (guint k = 0; k < COT_LITERALS_WINDOW_BYTES; k++)
    {
      masks.low[k] = _mm_loadu_si128 ((const __m128i_u *) bytes->low[k]);
      masks.high[k] = _mm_loadu_si128 ((const __m128i_u *) bytes->high[k]);
    }
  queue.scan = scan;
  queue_begin (&queue, scan->data, 0);
  for (; scan->length_bytes - at >= STEP_BYTES + COT_LITERALS_WINDOW_BYTES; at += STEP_BYTES)
    {
      if (!queue_go_on (&queue, scan->data + at, at))
        return;
      step_ssse3 (&queue, &masks, scan->data + at);
    }
  if (!queue_judge (&queue))
    return;
  memcpy (tail, scan->data + at, scan->length_bytes - at);
  queue_begin (&queue, tail, at);
  for (gsize i = 0; i < scan->length_bytes - at; i += STEP_BYTES)
    step_ssse3 (&queue, &masks, tail + i);
  queue_judge (&queue);
}

#else

/* Never called: cot_literals_has_variant() says no. */
void
cot_literals_scan_avx2 (CotLiteralsScan *scan)
{
}

void
cot_literals_scan_ssse3 (CotLiteralsScan *scan)
{
}

#endif
