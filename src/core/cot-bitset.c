/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-bitset.h"

#include <string.h>

#define CHUNK_SHIFT 16
#define CHUNK_BITS (1u << CHUNK_SHIFT)
#define WORD_BITS 64u
#define CHUNK_WORDS (CHUNK_BITS / WORD_BITS)

typedef struct
{
  guint64 key; /* the upper bits of its values */
  guint64 start; /* members in the chunks before; see starts_valid */
  guint64 *words;
  guint n_members;
} Chunk;

/* Chunks in the order of their keys, only where there was ever a member. */
struct _CotBitset
{
  gatomicrefcount n_refs;
  GArray *chunks;
  guint64 n_members;
  GMutex lock; /* for the starts: several readers may be the first to need them */
  gint starts_valid; /* atomic */
};

static Chunk *
chunk_at (CotBitset *self, guint index)
{
  return &g_array_index (self->chunks, Chunk, index);
}

static void
chunk_clear (gpointer data)
{
  g_free (((Chunk *) data)->words);
}

/* The index of the first chunk whose key is not below @key. */
static guint
find_chunk (CotBitset *self, guint64 key)
{
  guint low = 0, high = self->chunks->len;

  /* Most sets are filled from the front to the end. */
  if (high > 0 && chunk_at (self, high - 1)->key <= key)
    return chunk_at (self, high - 1)->key == key ? high - 1 : high;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (chunk_at (self, middle)->key < key)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static Chunk *
lookup_chunk (CotBitset *self, guint64 key)
{
  guint index = find_chunk (self, key);

  if (index == self->chunks->len || chunk_at (self, index)->key != key)
    return NULL;
  return chunk_at (self, index);
}

static Chunk *
ensure_chunk (CotBitset *self, guint64 key)
{
  guint index = find_chunk (self, key);

  if (index == self->chunks->len || chunk_at (self, index)->key != key)
    {
      Chunk chunk = { .key = key, .words = g_new0 (guint64, CHUNK_WORDS) };

      g_array_insert_val (self->chunks, index, chunk);
    }
  return chunk_at (self, index);
}

static void
changed (CotBitset *self)
{
  g_atomic_int_set (&self->starts_valid, FALSE);
}

static void
set_count (CotBitset *self, Chunk *chunk, guint n_members)
{
  self->n_members = self->n_members - chunk->n_members + n_members;
  chunk->n_members = n_members;
  changed (self);
}

static guint
count_words (const guint64 *words, guint n_words)
{
  guint n = 0;

  for (guint i = 0; i < n_words; i++)
    n += (guint) __builtin_popcountll (words[i]);
  return n;
}

static void
ensure_starts (CotBitset *self)
{
  guint64 start = 0;

  if (g_atomic_int_get (&self->starts_valid))
    return;
  g_mutex_lock (&self->lock);
  if (!g_atomic_int_get (&self->starts_valid))
    {
      for (guint i = 0; i < self->chunks->len; i++)
        {
          chunk_at (self, i)->start = start;
          start += chunk_at (self, i)->n_members;
        }
      g_atomic_int_set (&self->starts_valid, TRUE);
    }
  g_mutex_unlock (&self->lock);
}

/**
 * cot_bitset_new:
 *
 * Returns: (transfer full): an empty set
 */
CotBitset *
cot_bitset_new (void)
{
  CotBitset *self = g_new0 (CotBitset, 1);

  g_atomic_ref_count_init (&self->n_refs);
  g_mutex_init (&self->lock);
  self->chunks = g_array_new (FALSE, FALSE, sizeof (Chunk));
  g_array_set_clear_func (self->chunks, chunk_clear);
  return self;
}

/**
 * cot_bitset_ref:
 * @self: a set
 *
 * Returns: (transfer full): @self; any thread
 */
CotBitset *
cot_bitset_ref (CotBitset *self)
{
  g_atomic_ref_count_inc (&self->n_refs);
  return self;
}

/**
 * cot_bitset_unref:
 * @self: (transfer full): a set
 *
 * Any thread.
 */
void
cot_bitset_unref (CotBitset *self)
{
  if (!g_atomic_ref_count_dec (&self->n_refs))
    return;
  g_array_unref (self->chunks);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * cot_bitset_copy:
 * @self: a set
 *
 * Returns: (transfer full): a set of its own with the same members
 */
CotBitset *
cot_bitset_copy (CotBitset *self)
{
  CotBitset *copy = cot_bitset_new ();

  cot_bitset_union (copy, self);
  return copy;
}

/**
 * cot_bitset_add:
 * @self: a set that is not shared
 * @value: any value
 *
 * The caller owns @self alone: a set is shared only to be read.
 */
void
cot_bitset_add (CotBitset *self, guint64 value)
{
  Chunk *chunk = ensure_chunk (self, value >> CHUNK_SHIFT);
  guint bit = (guint) (value & (CHUNK_BITS - 1));
  guint64 mask = G_GUINT64_CONSTANT (1) << bit % WORD_BITS;

  if ((chunk->words[bit / WORD_BITS] & mask) != 0)
    return;
  chunk->words[bit / WORD_BITS] |= mask;
  set_count (self, chunk, chunk->n_members + 1);
}

/**
 * cot_bitset_remove:
 * @self: a set that is not shared
 * @value: any value
 *
 * Does nothing where @value is no member.
 */
void
cot_bitset_remove (CotBitset *self, guint64 value)
{
  Chunk *chunk = lookup_chunk (self, value >> CHUNK_SHIFT);
  guint bit = (guint) (value & (CHUNK_BITS - 1));
  guint64 mask = G_GUINT64_CONSTANT (1) << bit % WORD_BITS;

  if (chunk == NULL || (chunk->words[bit / WORD_BITS] & mask) == 0)
    return;
  chunk->words[bit / WORD_BITS] &= ~mask;
  set_count (self, chunk, chunk->n_members - 1);
}

/* Bits @first to @last of one chunk, both included. */
static void
fill_chunk (Chunk *chunk, guint first, guint last)
{
  guint64 head = ~G_GUINT64_CONSTANT (0) << first % WORD_BITS;
  guint64 tail = ~G_GUINT64_CONSTANT (0) >> (WORD_BITS - 1 - last % WORD_BITS);
  guint from = first / WORD_BITS, to = last / WORD_BITS;

  if (from == to)
    {
      chunk->words[from] |= head & tail;
      return;
    }
  chunk->words[from] |= head;
  memset (chunk->words + from + 1, 0xff, (to - from - 1) * sizeof (guint64));
  chunk->words[to] |= tail;
}

/**
 * cot_bitset_add_range:
 * @self: a set
 * @first: the first value
 * @n: how many; a range that would go beyond the largest value ends there
 */
void
cot_bitset_add_range (CotBitset *self, guint64 first, guint64 n)
{
  guint64 last;

  if (n == 0)
    return;
  last = n - 1 > G_MAXUINT64 - first ? G_MAXUINT64 : first + (n - 1);
  for (guint64 key = first >> CHUNK_SHIFT; key <= last >> CHUNK_SHIFT; key++)
    {
      Chunk *chunk = ensure_chunk (self, key);
      guint from = key == first >> CHUNK_SHIFT ? (guint) (first & (CHUNK_BITS - 1)) : 0;
      guint to = key == last >> CHUNK_SHIFT ? (guint) (last & (CHUNK_BITS - 1)) : CHUNK_BITS - 1;

      guint first_word = from / WORD_BITS;
      guint n_words = to / WORD_BITS - first_word + 1;
      guint n_before = count_words (chunk->words + first_word, n_words);

      /* Ranges are mostly short, and there may be thousands of them in a chunk. */
      fill_chunk (chunk, from, to);
      set_count (self, chunk,
                 chunk->n_members - n_before + count_words (chunk->words + first_word, n_words));
    }
}

/* Returns how many members are new. */
static guint
add_words (guint64 *words, const guint64 *bits, guint n_words)
{
  guint n = 0;

  for (guint i = 0; i < n_words; i++)
    if (bits[i] != 0)
      {
        n += (guint) __builtin_popcountll (bits[i] & ~words[i]);
        words[i] |= bits[i];
      }
  return n;
}

/**
 * cot_bitset_add_bits:
 * @self: a set that is not shared
 * @first: the value that the lowest bit stands for, a multiple of 64
 * @bits: (array length=n_words): a bit each for the values from there on, 64 in a word
 * @n_words: how many words
 *
 * Adds the values whose bits are set: of many single ones that stand near each other, this is far
 * cheaper than to add one after the other.
 */
void
cot_bitset_add_bits (CotBitset *self, guint64 first, const guint64 *bits, guint n_words)
{
  g_return_if_fail (first % WORD_BITS == 0);

  while (n_words > 0)
    {
      guint word = (guint) (first % CHUNK_BITS) / WORD_BITS;
      guint n = MIN (n_words, CHUNK_WORDS - word);
      Chunk *chunk = ensure_chunk (self, first >> CHUNK_SHIFT);

      set_count (self, chunk, chunk->n_members + add_words (chunk->words + word, bits, n));
      first += (guint64) n * WORD_BITS;
      bits += n;
      n_words -= n;
    }
}

/**
 * cot_bitset_clear:
 * @self: a set that is not shared
 *
 * Removes all members.
 */
void
cot_bitset_clear (CotBitset *self)
{
  g_array_set_size (self->chunks, 0);
  self->n_members = 0;
  changed (self);
}

/**
 * cot_bitset_truncate:
 * @self: a set that is not shared
 * @end: any value
 *
 * Removes @end and all members above it.
 */
void
cot_bitset_truncate (CotBitset *self, guint64 end)
{
  guint index = find_chunk (self, end >> CHUNK_SHIFT);
  guint bit = (guint) (end & (CHUNK_BITS - 1));
  Chunk *chunk = lookup_chunk (self, end >> CHUNK_SHIFT);

  for (guint i = index; i < self->chunks->len; i++)
    if (chunk_at (self, i) != chunk)
      self->n_members -= chunk_at (self, i)->n_members;
  g_array_set_size (self->chunks, index + (chunk != NULL));
  changed (self);
  if (chunk == NULL)
    return;
  chunk->words[bit / WORD_BITS] &= (G_GUINT64_CONSTANT (1) << bit % WORD_BITS) - 1;
  memset (chunk->words + bit / WORD_BITS + 1, 0,
          (CHUNK_WORDS - bit / WORD_BITS - 1) * sizeof (guint64));
  set_count (self, chunk, count_words (chunk->words, CHUNK_WORDS));
}

/**
 * cot_bitset_contains:
 * @self: a set
 * @value: any value
 *
 * Any thread.
 *
 * Returns: whether @value is a member
 */
gboolean
cot_bitset_contains (CotBitset *self, guint64 value)
{
  const Chunk *chunk = lookup_chunk (self, value >> CHUNK_SHIFT);
  guint bit = (guint) (value & (CHUNK_BITS - 1));

  return chunk != NULL && (chunk->words[bit / WORD_BITS] >> bit % WORD_BITS & 1) != 0;
}

/**
 * cot_bitset_get_size:
 * @self: a set
 *
 * Any thread.
 *
 * Returns: the number of members
 */
guint64
cot_bitset_get_size (CotBitset *self)
{
  return self->n_members;
}

/* The position of the @nth set bit of a word that has more than @nth. */
static guint
select_bit (guint64 word, guint nth)
{
  for (; nth > 0; nth--)
    word &= word - 1;
  return (guint) __builtin_ctzll (word);
}

static guint64
select_in_chunk (const Chunk *chunk, guint nth)
{
  for (guint i = 0; i < CHUNK_WORDS; i++)
    {
      guint n = (guint) __builtin_popcountll (chunk->words[i]);

      if (nth < n)
        return (chunk->key << CHUNK_SHIFT) + i * WORD_BITS + select_bit (chunk->words[i], nth);
      nth -= n;
    }
  g_assert_not_reached ();
}

/**
 * cot_bitset_get_nth:
 * @self: a set
 * @nth: how many members are smaller
 * @value: (out): the member
 *
 * Returns: FALSE beyond the end
 */
gboolean
cot_bitset_get_nth (CotBitset *self, guint64 nth, guint64 *value)
{
  guint low = 0, high = self->chunks->len;

  if (nth >= self->n_members)
    return FALSE;
  ensure_starts (self);
  /* The last chunk that starts at or before nth: chunks without members share a start with the
   * next one, and the last of them has some. */
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (chunk_at (self, middle)->start <= nth)
        low = middle;
      else
        high = middle;
    }
  *value = select_in_chunk (chunk_at (self, low), (guint) (nth - chunk_at (self, low)->start));
  return TRUE;
}

/**
 * cot_bitset_get_rank:
 * @self: a set
 * @value: any value
 *
 * Returns: how many members are smaller than @value
 */
guint64
cot_bitset_get_rank (CotBitset *self, guint64 value)
{
  guint index = find_chunk (self, value >> CHUNK_SHIFT);
  guint bit = (guint) (value & (CHUNK_BITS - 1));
  const Chunk *chunk;
  guint64 below;

  if (index == self->chunks->len)
    return self->n_members;
  ensure_starts (self);
  chunk = chunk_at (self, index);
  if (chunk->key != value >> CHUNK_SHIFT)
    return chunk->start;
  below = (G_GUINT64_CONSTANT (1) << bit % WORD_BITS) - 1;
  return chunk->start + count_words (chunk->words, bit / WORD_BITS)
         + (guint) __builtin_popcountll (chunk->words[bit / WORD_BITS] & below);
}

/**
 * cot_bitset_next:
 * @self: a set
 * @from: where to begin
 * @value: (out): the first member that is not smaller
 *
 * Returns: FALSE where there is none
 */
gboolean
cot_bitset_next (CotBitset *self, guint64 from, guint64 *value)
{
  guint index = find_chunk (self, from >> CHUNK_SHIFT);

  for (; index < self->chunks->len; index++)
    {
      const Chunk *chunk = chunk_at (self, index);
      guint bit = chunk->key == from >> CHUNK_SHIFT ? (guint) (from & (CHUNK_BITS - 1)) : 0;
      guint64 mask = ~G_GUINT64_CONSTANT (0) << bit % WORD_BITS;

      for (guint i = chunk->n_members > 0 ? bit / WORD_BITS : CHUNK_WORDS; i < CHUNK_WORDS; i++)
        {
          guint64 word = chunk->words[i] & mask;

          mask = ~G_GUINT64_CONSTANT (0);
          if (word == 0)
            continue;
          *value = (chunk->key << CHUNK_SHIFT) + i * WORD_BITS + (guint) __builtin_ctzll (word);
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * cot_bitset_previous:
 * @self: a set
 * @from: where to begin
 * @value: (out): the last member that is not larger
 *
 * Returns: FALSE where there is none
 */
gboolean
cot_bitset_previous (CotBitset *self, guint64 from, guint64 *value)
{
  guint index = find_chunk (self, from >> CHUNK_SHIFT);

  if (index < self->chunks->len && chunk_at (self, index)->key == from >> CHUNK_SHIFT)
    index++;
  while (index-- > 0)
    {
      const Chunk *chunk = chunk_at (self, index);
      gboolean same = chunk->key == from >> CHUNK_SHIFT;
      guint bit = same ? (guint) (from & (CHUNK_BITS - 1)) : CHUNK_BITS - 1;
      guint64 mask = ~G_GUINT64_CONSTANT (0) >> (WORD_BITS - 1 - bit % WORD_BITS);

      for (guint i = chunk->n_members > 0 ? bit / WORD_BITS + 1 : 0; i-- > 0;)
        {
          guint64 word = chunk->words[i] & mask;

          mask = ~G_GUINT64_CONSTANT (0);
          if (word == 0)
            continue;
          *value = (chunk->key << CHUNK_SHIFT) + i * WORD_BITS + WORD_BITS - 1
                   - (guint) __builtin_clzll (word);
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * cot_bitset_union:
 * @self: the set that changes
 * @other: a set
 */
void
cot_bitset_union (CotBitset *self, CotBitset *other)
{
  for (guint i = 0; i < other->chunks->len; i++)
    {
      const Chunk *from = chunk_at (other, i);
      Chunk *into;

      if (from->n_members == 0)
        continue;
      into = ensure_chunk (self, from->key);
      from = chunk_at (other, i); /* the same set may have been given twice */
      for (guint w = 0; w < CHUNK_WORDS; w++)
        into->words[w] |= from->words[w];
      set_count (self, into, count_words (into->words, CHUNK_WORDS));
    }
}

/**
 * cot_bitset_intersect:
 * @self: the set that changes
 * @other: a set
 */
void
cot_bitset_intersect (CotBitset *self, CotBitset *other)
{
  for (guint i = 0; i < self->chunks->len; i++)
    {
      Chunk *into = chunk_at (self, i);
      const Chunk *from = lookup_chunk (other, into->key);

      for (guint w = 0; w < CHUNK_WORDS; w++)
        into->words[w] &= from != NULL ? from->words[w] : 0;
      set_count (self, into, count_words (into->words, CHUNK_WORDS));
    }
}

/**
 * cot_bitset_subtract:
 * @self: the set that changes
 * @other: a set
 */
void
cot_bitset_subtract (CotBitset *self, CotBitset *other)
{
  for (guint i = 0; i < self->chunks->len; i++)
    {
      Chunk *into = chunk_at (self, i);
      const Chunk *from = lookup_chunk (other, into->key);

      if (from == NULL)
        continue;
      for (guint w = 0; w < CHUNK_WORDS; w++)
        into->words[w] &= ~from->words[w];
      set_count (self, into, count_words (into->words, CHUNK_WORDS));
    }
}
