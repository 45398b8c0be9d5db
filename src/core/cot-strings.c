/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-strings.h"

#include <string.h>

/* A log of a few lines needs little, and a bundle may hold very many of them: nothing is taken for
 * the empty string, and what is taken for others begins small and doubles. */
#define FIRST_SEGMENT_STRINGS 8u
#define FIRST_SEGMENT_BITS 3
#define N_SEGMENTS 14 /* for 16 bits of ids */
#define FIRST_SLOTS 16
#define FIRST_ARENA_BYTES 256u
#define ARENA_BYTES (64 * 1024u)
/* Names of components and source files are short. What is longer, or more than this in sum, is
 * hostile or no name, and can be read from the log again. */
#define MAX_STRING_BYTES 1024
#define MAX_TOTAL_BYTES (16 * 1024 * 1024)

typedef struct
{
  const char *text;
  guint32 length_bytes;
  guint32 hash;
} String;

/* Strings stand in segments that never move, so that a reader needs no lock for an id that it
 * was handed: the number of strings is published with release. */
struct _CotStrings
{
  gatomicrefcount n_refs;
  String *segments[N_SEGMENTS];
  guint n_strings; /* atomic */
  guint64 key[2]; /* of the hash */

  /* The writer's. */
  guint16 *slots; /* open addressing; 0 is a free slot, for the empty string needs none */
  guint n_slots; /* a power of two, or 0 */
  GPtrArray *arenas; /* (nullable) */
  char *arena;
  gsize arena_left_bytes;
  gsize total_bytes;
};

static guint64
rotate (guint64 value, guint n_bits)
{
  return value << n_bits | value >> (64 - n_bits);
}

static void
mix (guint64 state[4])
{
  state[0] += state[1];
  state[2] += state[3];
  state[1] = rotate (state[1], 13) ^ state[0];
  state[3] = rotate (state[3], 16) ^ state[2];
  state[0] = rotate (state[0], 32) + state[3];
  state[2] += state[1];
  state[3] = rotate (state[3], 21) ^ state[0];
  state[1] = rotate (state[1], 17) ^ state[2];
  state[2] = rotate (state[2], 32);
}

static void
mix_in (guint64 state[4], guint64 word)
{
  state[3] ^= word;
  mix (state);
  state[0] ^= word;
}

/* SipHash-1-3 of Aumasson and Bernstein: without the key nobody can make names for a log that
 * share a slot, and turn the table into a list. Ids do not depend on it. */
static guint32
hash_bytes (const CotStrings *self, const char *text, gsize length_bytes)
{
  guint64 state[4] = { self->key[0] ^ 0x736f6d6570736575u, self->key[1] ^ 0x646f72616e646f6du,
                       self->key[0] ^ 0x6c7967656e657261u, self->key[1] ^ 0x7465646279746573u };
  guint64 last = (guint64) length_bytes << 56;
  guint64 word;

  for (; length_bytes >= sizeof word; text += sizeof word, length_bytes -= sizeof word)
    {
      memcpy (&word, text, sizeof word);
      mix_in (state, word);
    }
  word = 0;
  memcpy (&word, text, length_bytes);
  mix_in (state, last ^ word);
  state[2] ^= 0xff;
  for (guint i = 0; i < 3; i++)
    mix (state);
  word = state[0] ^ state[1] ^ state[2] ^ state[3];
  return (guint32) (word ^ word >> 32);
}

/* The first two segments are of one size, each other is as large as all before it. */
static guint
segment_of (guint id)
{
  return id < FIRST_SEGMENT_STRINGS ? 0 : g_bit_storage (id) - FIRST_SEGMENT_BITS;
}

static guint
first_of (guint segment)
{
  return segment == 0 ? 0 : FIRST_SEGMENT_STRINGS << (segment - 1);
}

static String *
string_at (CotStrings *self, guint id)
{
  guint segment = segment_of (id);

  return &self->segments[segment][id - first_of (segment)];
}

static char *
arena_copy (CotStrings *self, const char *text, gsize length_bytes)
{
  gsize n_needed = length_bytes + 1;
  char *copy;

  if (n_needed > self->arena_left_bytes)
    {
      if (self->arenas == NULL)
        self->arenas = g_ptr_array_new_with_free_func (g_free);
      self->arena_left_bytes
          = MAX (n_needed, MIN (FIRST_ARENA_BYTES << MIN (self->arenas->len, 8u), ARENA_BYTES));
      self->arena = g_malloc (self->arena_left_bytes);
      g_ptr_array_add (self->arenas, self->arena);
    }
  copy = self->arena;
  memcpy (copy, text, length_bytes);
  copy[length_bytes] = '\0';
  self->arena += n_needed;
  self->arena_left_bytes -= n_needed;
  self->total_bytes += n_needed;
  return copy;
}

static guint16
append_string (CotStrings *self, const char *text, gsize length_bytes, guint32 hash)
{
  guint id = self->n_strings;
  guint segment = segment_of (id);

  if (self->segments[segment] == NULL)
    self->segments[segment] = g_new0 (String, MAX (first_of (segment), FIRST_SEGMENT_STRINGS));
  *string_at (self, id)
      = (String){ arena_copy (self, text, length_bytes), (guint32) length_bytes, hash };
  __atomic_store_n (&self->n_strings, id + 1, __ATOMIC_RELEASE);
  return (guint16) id;
}

static void
grow_slots (CotStrings *self)
{
  self->n_slots = MAX (FIRST_SLOTS, self->n_slots * 2);
  g_free (self->slots);
  self->slots = g_new0 (guint16, self->n_slots);
  for (guint id = 1; id < self->n_strings; id++)
    {
      guint slot = string_at (self, id)->hash & (self->n_slots - 1);

      while (self->slots[slot] != 0)
        slot = (slot + 1) & (self->n_slots - 1);
      self->slots[slot] = (guint16) id;
    }
}

/**
 * cot_strings_new:
 *
 * Returns: (transfer full): a table that holds the empty string only
 */
CotStrings *
cot_strings_new (void)
{
  CotStrings *self = g_new0 (CotStrings, 1);

  g_atomic_ref_count_init (&self->n_refs);
  for (guint i = 0; i < 2; i++)
    self->key[i] = (guint64) g_random_int () << 32 | g_random_int ();
  self->n_strings = 1; /* the empty one, which stands nowhere */
  return self;
}

/**
 * cot_strings_ref:
 * @self: a table
 *
 * Returns: (transfer full): @self; any thread
 */
CotStrings *
cot_strings_ref (CotStrings *self)
{
  g_atomic_ref_count_inc (&self->n_refs);
  return self;
}

/**
 * cot_strings_unref:
 * @self: (transfer full): a table
 *
 * Any thread.
 */
void
cot_strings_unref (CotStrings *self)
{
  if (!g_atomic_ref_count_dec (&self->n_refs))
    return;
  for (guint i = 0; i < N_SEGMENTS; i++)
    g_free (self->segments[i]);
  g_clear_pointer (&self->arenas, g_ptr_array_unref);
  g_free (self->slots);
  g_free (self);
}

/**
 * cot_strings_intern:
 * @self: a table; one thread interns at a time
 * @text: (array length=length_bytes) (nullable): any bytes
 * @length_bytes: how many
 *
 * Returns: the id of the string, the same for the same bytes; %COT_STRINGS_OVERFLOW where the
 *   table is full or the string too long for it
 */
guint16
cot_strings_intern (CotStrings *self, const char *text, gsize length_bytes)
{
  guint32 hash;
  guint slot;

  if (length_bytes == 0)
    return 0;
  if (length_bytes > MAX_STRING_BYTES)
    return COT_STRINGS_OVERFLOW;
  if (self->n_slots == 0)
    grow_slots (self);
  hash = hash_bytes (self, text, length_bytes);
  for (slot = hash & (self->n_slots - 1); self->slots[slot] != 0;
       slot = (slot + 1) & (self->n_slots - 1))
    {
      const String *string = string_at (self, self->slots[slot]);

      if (string->hash == hash && string->length_bytes == length_bytes
          && memcmp (string->text, text, length_bytes) == 0)
        return self->slots[slot];
    }
  if (self->n_strings >= COT_STRINGS_OVERFLOW || self->total_bytes > MAX_TOTAL_BYTES)
    return COT_STRINGS_OVERFLOW;
  self->slots[slot] = append_string (self, text, length_bytes, hash);
  if (self->n_strings > self->n_slots / 2)
    grow_slots (self);
  return (guint16) (self->n_strings - 1);
}

/**
 * cot_strings_get:
 * @self: a table
 * @id: an id that the caller was handed; any thread
 * @length_bytes: (out) (optional): the length without the NUL
 *
 * Returns: (transfer none): the string, which lives as long as the table; the empty string for
 *   an id that is not in it
 */
const char *
cot_strings_get (CotStrings *self, guint16 id, gsize *length_bytes)
{
  const String *string = NULL;

  if (id > 0 && id < __atomic_load_n (&self->n_strings, __ATOMIC_ACQUIRE))
    string = string_at (self, id);
  if (length_bytes != NULL)
    *length_bytes = string != NULL ? string->length_bytes : 0;
  return string != NULL ? string->text : "";
}

/**
 * cot_strings_get_n:
 * @self: a table
 *
 * Any thread.
 *
 * Returns: the number of strings, the empty one included; all ids are below
 */
guint
cot_strings_get_n (CotStrings *self)
{
  return __atomic_load_n (&self->n_strings, __ATOMIC_ACQUIRE);
}
