/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-stream-private.h"

#include <stdlib.h>
#include <string.h>

/* Deflate64, which Windows' Explorer writes for files of 2 GB and more: RFC 1951 with a window of
 * 64 KiB, two more distances, and a last length that has 16 bits of its own. No library of the
 * platform reads it. */

#define WINDOW_BYTES 65536u
#define MAX_CODE_BITS 15u
#define FAST_BITS 9u
#define FAST_MASK ((1u << FAST_BITS) - 1)
#define MAX_LENGTHS 286u
#define MAX_DISTANCES 32u
#define MAX_SYMBOLS 288u
#define N_LENGTH_CODES 19u
#define END_OF_BLOCK 256u

_Static_assert (WINDOW_BYTES <= COT_STREAM_CHUNK_BYTES, "a full window is handed on at once");

/* A Huffman code. Short codes are looked up; the others are found by counting. */
typedef struct
{
  uint16_t fast[1u << FAST_BITS]; /* symbol << 4 | bits; 0: longer, or none */
  uint16_t n_of_bits[MAX_CODE_BITS + 1];
  uint16_t symbols[MAX_SYMBOLS]; /* by code */
} Code;

typedef struct
{
  CotStream *stream;

  size_t at; /* in packed */
  size_t n_packed;
  uint64_t bits; /* the next is the lowest */
  unsigned int n_bits;

  size_t window_at;
  uint64_t n_before;      /* what went through the window already */
  CotUnpackStatus status; /* not OK: nothing more is read */

  Code lengths;
  Code distances;
  uint8_t packed[COT_STREAM_CHUNK_BYTES];
  uint8_t window[WINDOW_BYTES];
} Inflater;

typedef struct
{
  uint16_t base;
  uint8_t n_extra;
} Range;

static const Range length_ranges[] = {
  { 3, 0 },   { 4, 0 },   { 5, 0 },   { 6, 0 },   { 7, 0 },  { 8, 0 },  { 9, 0 },  { 10, 0 },
  { 11, 1 },  { 13, 1 },  { 15, 1 },  { 17, 1 },  { 19, 2 }, { 23, 2 }, { 27, 2 }, { 31, 2 },
  { 35, 3 },  { 43, 3 },  { 51, 3 },  { 59, 3 },  { 67, 4 }, { 83, 4 }, { 99, 4 }, { 115, 4 },
  { 131, 5 }, { 163, 5 }, { 195, 5 }, { 227, 5 }, { 3, 16 },
};

/* Past the first four, two distances have the same number of extra bits, and each range begins
 * where the one before ends. */
static uint32_t
get_distance_base (uint32_t symbol, unsigned int *n_extra)
{
  if (symbol < 4)
    {
      *n_extra = 0;
      return symbol + 1;
    }
  *n_extra = symbol / 2 - 1;
  return ((2 + (symbol & 1)) << *n_extra) + 1;
}

static void
fail (Inflater *self, CotUnpackStatus status)
{
  if (self->status == COT_UNPACK_OK)
    self->status = status;
}

/* As many bits as fit, and fewer only at the end. */
static void
refill (Inflater *self)
{
  while (self->n_bits <= 56)
    {
      if (self->at == self->n_packed)
        {
          self->at = 0;
          self->n_packed = cot_stream_fetch (self->stream, self->packed);
          if (self->n_packed == 0)
            return;
        }
      self->bits |= (uint64_t) self->packed[self->at++] << self->n_bits;
      self->n_bits += 8;
    }
}

/* Bits behind the end are 0, and taking one of them is the fault. */
static void
drop_bits (Inflater *self, unsigned int n)
{
  if (n > self->n_bits)
    {
      fail (self, COT_UNPACK_CUT);
      n = self->n_bits;
    }
  self->bits >>= n;
  self->n_bits -= n;
}

static uint32_t
take_bits (Inflater *self, unsigned int n)
{
  uint32_t value;

  refill (self);
  value = (uint32_t) (self->bits & ((UINT64_C (1) << n) - 1));
  drop_bits (self, n);
  return value;
}

static uint32_t
reverse (uint32_t code, unsigned int n_bits)
{
  uint32_t reversed = 0;

  for (unsigned int i = 0; i < n_bits; i++)
    reversed |= ((code >> i) & 1) << (n_bits - 1 - i);
  return reversed;
}

static void
add_fast (Code *code, uint32_t value, unsigned int n_bits, uint32_t symbol)
{
  for (uint32_t i = reverse (value, n_bits); i <= FAST_MASK; i += 1u << n_bits)
    code->fast[i] = (uint16_t) (symbol << 4 | n_bits);
}

/* False: there are more codes than their lengths have room for, or too few. A code of at most one
 * symbol may be incomplete, as nobody need use it. */
static bool
build (Code *code, const uint8_t *n_bits, uint32_t n_symbols)
{
  uint32_t next[MAX_CODE_BITS + 2] = { 0 };
  uint16_t places[MAX_CODE_BITS + 2] = { 0 };
  uint32_t n_used = 0;
  int32_t room = 1;

  memset (code, 0, sizeof *code);
  for (uint32_t i = 0; i < n_symbols; i++)
    code->n_of_bits[n_bits[i]]++;
  code->n_of_bits[0] = 0;
  for (unsigned int n = 1; n <= MAX_CODE_BITS; n++)
    {
      room = 2 * room - code->n_of_bits[n];
      if (room < 0)
        return false;
      n_used += code->n_of_bits[n];
      next[n + 1] = (next[n] + code->n_of_bits[n]) << 1;
      places[n + 1] = (uint16_t) (places[n] + code->n_of_bits[n]);
    }
  if (room > 0 && (n_used > 1 || code->n_of_bits[1] != n_used))
    return false;

  for (uint32_t i = 0; i < n_symbols; i++)
    {
      unsigned int n = n_bits[i];

      if (n == 0)
        continue;
      code->symbols[places[n]++] = (uint16_t) i;
      if (n <= FAST_BITS)
        add_fast (code, next[n], n, i);
      next[n]++;
    }
  return true;
}

/* UINT32_MAX: no symbol has this code. */
static uint32_t
take_symbol (Inflater *self, const Code *code)
{
  uint32_t value = 0;
  uint32_t first = 0;
  uint32_t place = 0;
  uint16_t fast;

  refill (self);
  fast = code->fast[self->bits & FAST_MASK];
  if (fast != 0)
    {
      drop_bits (self, fast & 15u);
      return fast >> 4;
    }
  for (unsigned int n = 1; n <= MAX_CODE_BITS; n++)
    {
      value = value << 1 | ((self->bits >> (n - 1)) & 1);
      if (value < first + code->n_of_bits[n])
        {
          drop_bits (self, n);
          return code->symbols[place + value - first];
        }
      place += code->n_of_bits[n];
      first = (first + code->n_of_bits[n]) << 1;
    }
  fail (self, self->n_bits < MAX_CODE_BITS ? COT_UNPACK_CUT : COT_UNPACK_BROKEN);
  return UINT32_MAX;
}

static void
flush (Inflater *self)
{
  if (!cot_stream_hand_on (self->stream, self->window, self->window_at))
    fail (self, COT_UNPACK_WRONG_SIZE);
  self->n_before += self->window_at;
  self->window_at = 0;
}

static void
put_byte (Inflater *self, uint8_t byte)
{
  self->window[self->window_at++] = byte;
  if (self->window_at == WINDOW_BYTES)
    flush (self);
}

static void
copy_match (Inflater *self, uint32_t length, uint32_t distance)
{
  if (distance > self->n_before + self->window_at || distance > WINDOW_BYTES)
    {
      fail (self, COT_UNPACK_BROKEN);
      return;
    }
  for (; length > 0 && self->status == COT_UNPACK_OK; length--)
    put_byte (self, self->window[(self->window_at - distance) % WINDOW_BYTES]);
}

static void
run_codes (Inflater *self)
{
  while (self->status == COT_UNPACK_OK)
    {
      uint32_t symbol = take_symbol (self, &self->lengths);
      unsigned int n_extra;
      uint32_t distance;
      uint32_t length;

      if (self->status != COT_UNPACK_OK || symbol == END_OF_BLOCK)
        return;
      if (symbol < END_OF_BLOCK)
        {
          put_byte (self, (uint8_t) symbol);
          continue;
        }
      symbol -= END_OF_BLOCK + 1;
      if (symbol >= sizeof length_ranges / sizeof length_ranges[0])
        {
          fail (self, COT_UNPACK_BROKEN);
          return;
        }
      length = length_ranges[symbol].base + take_bits (self, length_ranges[symbol].n_extra);
      symbol = take_symbol (self, &self->distances);
      if (self->status != COT_UNPACK_OK)
        return;
      distance = get_distance_base (symbol, &n_extra);
      distance += take_bits (self, n_extra);
      if (self->status == COT_UNPACK_OK)
        copy_match (self, length, distance);
    }
}

static void
run_stored (Inflater *self)
{
  uint32_t length;

  drop_bits (self, self->n_bits % 8);
  length = take_bits (self, 16);
  if (take_bits (self, 16) != (length ^ 0xffff))
    fail (self, COT_UNPACK_BROKEN);
  for (; length > 0 && self->status == COT_UNPACK_OK; length--)
    {
      uint8_t byte = (uint8_t) take_bits (self, 8);

      if (self->status == COT_UNPACK_OK)
        put_byte (self, byte);
    }
}

static void
run_fixed (Inflater *self)
{
  uint8_t n_bits[MAX_SYMBOLS];

  memset (n_bits, 8, 144);
  memset (n_bits + 144, 9, 112);
  memset (n_bits + 256, 7, 24);
  memset (n_bits + 280, 8, 8);
  build (&self->lengths, n_bits, MAX_SYMBOLS);
  memset (n_bits, 5, MAX_DISTANCES);
  build (&self->distances, n_bits, MAX_DISTANCES);
  run_codes (self);
}

/* The lengths of both codes, packed by a third one. */
static bool
take_code_lengths (Inflater *self, uint8_t *n_bits, uint32_t n_wanted)
{
  uint32_t n = 0;

  while (n < n_wanted)
    {
      uint32_t symbol = take_symbol (self, &self->lengths);
      uint32_t n_times = 1;
      uint8_t value = 0;

      if (self->status != COT_UNPACK_OK)
        return false;
      if (symbol < 16)
        value = (uint8_t) symbol;
      else if (symbol == 16 && n == 0)
        return false;
      else if (symbol == 16)
        {
          value = n_bits[n - 1];
          n_times = 3 + take_bits (self, 2);
        }
      else if (symbol == 17)
        n_times = 3 + take_bits (self, 3);
      else
        n_times = 11 + take_bits (self, 7);
      if (n_times > n_wanted - n)
        return false;
      memset (n_bits + n, value, n_times);
      n += n_times;
    }
  return true;
}

static bool
read_codes (Inflater *self)
{
  static const uint8_t order[N_LENGTH_CODES]
      = { 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15 };
  uint8_t n_bits[MAX_LENGTHS + MAX_DISTANCES] = { 0 };
  uint32_t n_lengths = 257 + take_bits (self, 5);
  uint32_t n_distances = 1 + take_bits (self, 5);
  uint32_t n_codes = 4 + take_bits (self, 4);

  if (n_lengths > MAX_LENGTHS)
    return false;
  for (uint32_t i = 0; i < n_codes; i++)
    n_bits[order[i]] = (uint8_t) take_bits (self, 3);
  if (!build (&self->lengths, n_bits, N_LENGTH_CODES)
      || !take_code_lengths (self, n_bits, n_lengths + n_distances) || n_bits[END_OF_BLOCK] == 0)
    return false;
  return build (&self->lengths, n_bits, n_lengths)
         && build (&self->distances, n_bits + n_lengths, n_distances);
}

static CotUnpackStatus
run_all (Inflater *self)
{
  bool is_last = false;

  while (!is_last && self->status == COT_UNPACK_OK)
    {
      is_last = take_bits (self, 1) != 0;
      switch (take_bits (self, 2))
        {
        case 0:
          run_stored (self);
          break;
        case 1:
          run_fixed (self);
          break;
        case 2:
          if (read_codes (self))
            run_codes (self);
          else
            fail (self, COT_UNPACK_BROKEN);
          break;
        default:
          fail (self, COT_UNPACK_BROKEN);
        }
    }
  flush (self);
  self->stream->n_consumed -= self->n_packed - self->at + self->n_bits / 8;
  return self->status;
}

CotUnpackStatus
cot_stream_inflate64 (CotStream *stream)
{
  Inflater *inflater = malloc (sizeof *inflater);
  CotUnpackStatus status;

  cot_stream_begin (stream);
  if (inflater == NULL)
    return COT_UNPACK_NO_MEMORY;
  memset (inflater, 0, offsetof (Inflater, packed));
  inflater->stream = stream;
  inflater->status = COT_UNPACK_OK;
  status = run_all (inflater);
  free (inflater);
  return status;
}
