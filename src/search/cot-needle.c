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

__attribute__ ((target ("avx2"))) static gboolean
find_avx2 (const CotNeedle *self, const char *data, gsize length_bytes, gsize start, gsize *found)
{
  const char *rare_data = data + self->rare;
  const char *next_data = data + self->next_rare;
  const __m256i rare_bit = _mm256_set1_epi8 (case_bit (self, self->rare));
  const __m256i next_bit = _mm256_set1_epi8 (case_bit (self, self->next_rare));
  const __m256i rare = _mm256_or_si256 (_mm256_set1_epi8 (self->text[self->rare]), rare_bit);
  const __m256i next = _mm256_or_si256 (_mm256_set1_epi8 (self->text[self->next_rare]), next_bit);
  gsize at = start;

  /* 32 places that all have room for the whole text. */
  for (; length_bytes - at >= self->length_bytes + 31; at += 32)
    {
      __m256i a = _mm256_loadu_si256 ((const __m256i_u *) (rare_data + at));
      __m256i b = _mm256_loadu_si256 ((const __m256i_u *) (next_data + at));
      __m256i both
          = _mm256_and_si256 (_mm256_cmpeq_epi8 (_mm256_or_si256 (a, rare_bit), rare),
                              _mm256_cmpeq_epi8 (_mm256_or_si256 (b, next_bit), next));

      for (guint32 bits = (guint32) _mm256_movemask_epi8 (both); bits != 0; bits &= bits - 1)
        {
          gsize place = at + (gsize) __builtin_ctz (bits);

          if (stands_at (self, data + place))
            {
              *found = place;
              return TRUE;
            }
        }
    }
  return find_scalar (self, data, length_bytes, at, found);
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
