/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cot-needle.h"

#include <string.h>

#include "cot-byte-rank.h"

#if defined(__x86_64__) || defined(__i386__)
#define HAVE_X86 1
#include <immintrin.h>
#else
#define HAVE_X86 0
#endif

/**
 * cot_needle_init:
 * @self: what to set
 * @text: (array length=length_bytes): what to look for; must live as long as @self
 * @length_bytes: the length of @text
 * @caseless: whether ASCII letters match in both cases
 *
 * Chooses the two rarest bytes of the text: these are compared first, at all places at once.
 */
void
cot_needle_init (CotNeedle *self, const char *text, gsize length_bytes, gboolean caseless)
{
  gsize rare = 0;
  gsize next_rare = 0;

  for (gsize i = 1; i < length_bytes; i++)
    {
      guint rank = cot_byte_rank[(guchar) text[i]];

      if (rank < cot_byte_rank[(guchar) text[rare]])
        {
          next_rare = rare;
          rare = i;
        }
      else if (next_rare == rare || rank < cot_byte_rank[(guchar) text[next_rare]])
        next_rare = i;
    }
  self->text = text;
  self->length_bytes = length_bytes;
  self->caseless = caseless;
  self->rare = rare;
  self->next_rare = next_rare;
}

static gboolean
stands_at (const CotNeedle *self, const char *data)
{
  if (self->caseless)
    return g_ascii_strncasecmp (data, self->text, self->length_bytes) == 0;
  return memcmp (data, self->text, self->length_bytes) == 0;
}

/* NUL bytes end g_ascii_strncasecmp() early, on both sides at the same place: a text has none. */
static gboolean
find_scalar (const CotNeedle *self, const char *data, gsize length_bytes, gsize start, gsize *found)
{
  guchar lower = (guchar) g_ascii_tolower (self->text[self->rare]);
  guchar upper = (guchar) g_ascii_toupper (self->text[self->rare]);

  if (length_bytes - start < self->length_bytes)
    return FALSE;
  if (!self->caseless)
    {
      const char *hit = memmem (data + start, length_bytes - start, self->text, self->length_bytes);

      if (hit != NULL)
        *found = (gsize) (hit - data);
      return hit != NULL;
    }
  for (gsize at = start; at <= length_bytes - self->length_bytes; at++)
    {
      guchar byte = (guchar) data[at + self->rare];

      if ((byte == lower || byte == upper) && stands_at (self, data + at))
        {
          *found = at;
          return TRUE;
        }
    }
  return FALSE;
}

#if HAVE_X86

/* The bit that tells the cases of a letter apart; 0 where the byte has no case. */
static char
case_bit (const CotNeedle *self, gsize offset)
{
  return self->caseless && g_ascii_isalpha (self->text[offset]) ? 0x20 : 0;
}

typedef struct
{
  __m256i rare;
  __m256i next;
  __m256i rare_bit;
  __m256i next_bit;
} RareBytes;

/* A bit for each of 32 places where both rare bytes stand as they do in the text. */
__attribute__ ((target ("avx2"))) static inline guint32
find_rare_avx2 (const CotNeedle *self, const RareBytes *wanted, const char *data)
{
  __m256i a = _mm256_loadu_si256 ((const __m256i_u *) (data + self->rare));
  __m256i b = _mm256_loadu_si256 ((const __m256i_u *) (data + self->next_rare));
  __m256i both = _mm256_and_si256 (
      _mm256_cmpeq_epi8 (_mm256_or_si256 (a, wanted->rare_bit), wanted->rare),
      _mm256_cmpeq_epi8 (_mm256_or_si256 (b, wanted->next_bit), wanted->next));

  return (guint32) _mm256_movemask_epi8 (both);
}

static inline gboolean
find_first (const CotNeedle *self, const char *data, gsize at, guint32 places, gsize *found)
{
  for (; places != 0; places &= places - 1)
    {
      *found = at + (gsize) __builtin_ctz (places);
      if (stands_at (self, data + *found))
        return TRUE;
    }
  return FALSE;
}

__attribute__ ((target ("avx2"))) static gboolean
find_avx2 (const CotNeedle *self, const char *data, gsize length_bytes, gsize start, gsize *found)
{
  const gsize n_needed = self->length_bytes + 31; /* for 32 places with room for the text */
  RareBytes wanted;
  gsize at = start;

  wanted.rare_bit = _mm256_set1_epi8 (case_bit (self, self->rare));
  wanted.next_bit = _mm256_set1_epi8 (case_bit (self, self->next_rare));
  wanted.rare = _mm256_or_si256 (_mm256_set1_epi8 (self->text[self->rare]), wanted.rare_bit);
  wanted.next = _mm256_or_si256 (_mm256_set1_epi8 (self->text[self->next_rare]), wanted.next_bit);
  for (; length_bytes - at >= n_needed; at += 32)
    if (find_first (self, data, at, find_rare_avx2 (self, &wanted, data + at), found))
      return TRUE;

  if (length_bytes - start < n_needed)
    return find_scalar (self, data, length_bytes, at, found);
  /* The last 32 places, some of them once more: in a text as short as an entry, one by one would
   * take as long as all the rest. */
  at = length_bytes - n_needed;
  return find_first (self, data, at, find_rare_avx2 (self, &wanted, data + at), found);
}

#endif

/**
 * cot_needle_find:
 * @self: what to look for
 * @data: (array length=length_bytes) (nullable): where
 * @length_bytes: the length of @data
 * @start: where to begin; not beyond @length_bytes
 * @found: (out): offset of the first occurrence at or after @start
 *
 * An empty text is found at @start.
 *
 * Any thread.
 *
 * Returns: whether it is there
 */
gboolean
cot_needle_find (const CotNeedle *self, const char *data, gsize length_bytes, gsize start,
                 gsize *found)
{
  if (start > length_bytes)
    return FALSE;
  if (self->length_bytes == 0)
    {
      *found = start;
      return TRUE;
    }
  if (length_bytes - start < self->length_bytes)
    return FALSE;
#if HAVE_X86
  if (__builtin_cpu_supports ("avx2"))
    return find_avx2 (self, data, length_bytes, start, found);
#endif
  return find_scalar (self, data, length_bytes, start, found);
}
