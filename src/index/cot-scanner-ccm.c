/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-scanner-private.h"

#include "cot-clock.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Stage 2 of the index for the shape that nearly all CCM records have, read at fixed places from
 * the marks that stage 1 left:
 *
 *   <![LOG[...]LOG]!><time="12:34:56.789+300" date="09-09-2024" component="A" context=""
 *   type="1" thread="1234" file="a.cpp:12">                                      (on one line)
 *
 * Whatever differs in any way is left to the format's own reader, so that the rules for odd
 * records stand in one place only, and both ways give the same columns. */

#define CACHE_BITS 11
/* 0 to 4 say how bad an entry is; other types leave that to the words of the message. */
#define N_TYPES 5
#define TEXT_BYTES 32
#define TEXT_MAX_BYTES (TEXT_BYTES - 3)
/* A bit each, in the second half of a CachedText. */
#define ID_BYTES 0xc000
#define DATE_MAX_BYTES 15
#define MESSAGE_LIMIT_BYTES (COT_RECORD_MAX_BYTES / 2)
/* time, date and the fixed names take about 100 bytes, three texts less than TEXT_BYTES each. */
#define ATTRIBUTES_MAX_BYTES 256

/* A string seen before and its id, in half a cache line. Its closing quote belongs to the text:
 * only with it is a text surely no other one, for what is compared with it may hold anything else.
 * Behind it stand zeros. */
typedef struct
{
  char text[TEXT_MAX_BYTES + 1];
  guint16 id;
} CachedText;

typedef struct
{
  guint64 key; /* what it was asked for; 0 is a free slot */
  gint16 bias_minutes;
} CachedBias;

struct _CotCcmCache
{
  guint64 date[2]; /* with its closing quote, and masked */
  guint64 date_masks[2];
  gsize n_date; /* 0: none yet */
  gint64 day_usec;
  guint8 severities[N_TYPES];
  gboolean has_type[N_TYPES];
  guint16 types[N_TYPES];
  CachedBias biases[1 << CACHE_BITS];
  CachedText components[1 << CACHE_BITS];
  CachedText origins[1 << CACHE_BITS];
  CachedText threads[1 << CACHE_BITS];
};

/* What the attributes of one record say. */
typedef struct
{
  gint64 of_day_usec;
  gint16 bias_minutes; /* as written */
  guint16 component;
  guint16 origin;
  guint16 thread;
  guint8 type;
} Attributes;

CotCcmCache *
cot_ccm_cache_new (void)
{
  return g_new0 (CotCcmCache, 1);
}

void
cot_ccm_cache_free (CotCcmCache *self)
{
  g_free (self);
}

/* The first byte is the lowest. */
static inline guint64
load_64 (const char *p)
{
  guint64 value;

  memcpy (&value, p, sizeof value);
  return GUINT64_FROM_LE (value);
}

#define STARTS_WITH(p, literal) (memcmp ((p), (literal), sizeof (literal) - 1) == 0)

#define EACH_BYTE(value) (G_GUINT64_CONSTANT (0x0101010101010101) * (value))
/* Added to a byte, these set its top bit where it is above 9, and where it is above 0. */
#define ABOVE_9 G_GUINT64_CONSTANT (0x76)
#define ABOVE_0 G_GUINT64_CONSTANT (0x7f)
#define BYTE(number, value) ((guint64) (value) << (8 * (number)))

/* The eight bytes with @zeros taken away, if what is left is in the bounds of @limits. */
static inline gboolean
read_digits (guint64 bytes, guint64 zeros, guint64 limits, guint64 *digits)
{
  guint64 rest = bytes ^ zeros;

  *digits = rest;
  return (((rest + limits) | rest) & EACH_BYTE (0x80)) == 0;
}

static inline guint
get_byte (guint64 bytes, guint number)
{
  return (guint) (bytes >> (8 * number)) & 0xff;
}

/* "12:34:56.789+300" as native writers print it, "12:34:56.7890123" as .NET does: 16 bytes both,
 * read as two numbers of eight. */
static inline gboolean
read_time (const char *p, Attributes *into)
{
  const guint64 clock_zeros = EACH_BYTE ('0') ^ BYTE (2, '0' ^ ':') ^ BYTE (5, '0' ^ ':');
  const guint64 clock_limits
      = EACH_BYTE (ABOVE_9) + BYTE (2, ABOVE_0 - ABOVE_9) + BYTE (5, ABOVE_0 - ABOVE_9);
  const guint64 rest_zeros = EACH_BYTE ('0') ^ BYTE (0, '0' ^ '.') ^ BYTE (4, '0');
  const guint64 rest_limits
      = EACH_BYTE (ABOVE_9) + BYTE (0, ABOVE_0 - ABOVE_9) + BYTE (4, ABOVE_0 - ABOVE_9);
  guint sign = (guint8) p[12];
  guint64 clock, rest, clock_pairs, rest_pairs;
  guint hour, minute, second, msec, last;

  if (!read_digits (load_64 (p), clock_zeros, clock_limits, &clock)
      || !read_digits (load_64 (p + 8), rest_zeros ^ BYTE (4, sign), rest_limits, &rest))
    return FALSE;

  /* Each byte times ten plus the next one. */
  clock_pairs = clock * 10 + (clock >> 8);
  rest_pairs = rest * 10 + (rest >> 8);
  hour = get_byte (clock_pairs, 0);
  minute = get_byte (clock_pairs, 3);
  second = get_byte (clock_pairs, 6);
  msec = get_byte (rest_pairs, 1) * 10 + get_byte (rest, 3);
  last = get_byte (rest_pairs, 5) * 10 + get_byte (rest, 7);
  if (hour > 23 || minute > 59 || second > 59)
    return FALSE;

  into->of_day_usec = (gint64) ((hour * 60 + minute) * 60 + second) * G_USEC_PER_SEC + msec * 1000;
  if (G_LIKELY (sign == '+' || sign == '-'))
    {
      into->bias_minutes = (gint16) (sign == '+' ? (int) last : -(int) last);
      return TRUE;
    }
  if (sign < '0' || sign > '9')
    return FALSE;
  into->of_day_usec += (sign - '0') * 100 + last / 10;
  into->bias_minutes = COT_BIAS_NONE;
  return TRUE;
}

/* Bytes of which only the first so many count: 16 at the most. */
static inline guint64
first_bytes_mask (gsize n, gsize first)
{
  if (n >= first + 8)
    return G_MAXUINT64;
  return n > first ? (G_GUINT64_CONSTANT (1) << (8 * (n - first))) - 1 : 0;
}

static gsize
learn_date (CotCcmCache *cache, const char *p)
{
  const char *quote = memchr (p, '"', DATE_MAX_BYTES);
  gsize n = quote != NULL ? (gsize) (quote - p) : 0;

  cache->n_date = 0;
  if (!cot_clock_parse_date (p, n, &cache->day_usec))
    return 0;
  cache->n_date = n + 1;
  for (gsize i = 0; i < 2; i++)
    {
      cache->date_masks[i] = first_bytes_mask (n + 1, 8 * i);
      cache->date[i] = load_64 (p + 8 * i) & cache->date_masks[i];
    }
  return cache->n_date;
}

/* Many entries of a log share their date. Returns the length with the closing quote, 0 if odd. */
static inline gsize
read_date (CotCcmCache *cache, const char *p)
{
  guint64 first = (load_64 (p) & cache->date_masks[0]) ^ cache->date[0];
  guint64 second = (load_64 (p + 8) & cache->date_masks[1]) ^ cache->date[1];

  if (G_LIKELY ((first | second) == 0 && cache->n_date > 0))
    return cache->n_date;
  return learn_date (cache, p);
}

/* Up to the closing quote; TEXT_BYTES where it does not stand among so many bytes. */
static inline gsize
text_length (const char *p)
{
#ifdef __SSE2__
  __m128i quote = _mm_set1_epi8 ('"');
  __m128i low = _mm_loadu_si128 ((const __m128i_u *) p);
  __m128i high = _mm_loadu_si128 ((const __m128i_u *) (p + 16));
  guint bits = (guint) _mm_movemask_epi8 (_mm_cmpeq_epi8 (low, quote))
               | (guint) _mm_movemask_epi8 (_mm_cmpeq_epi8 (high, quote)) << 16;

  return bits != 0 ? (gsize) __builtin_ctz (bits) : TEXT_BYTES;
#else
  const char *quote = memchr (p, '"', TEXT_BYTES);

  return quote != NULL ? (gsize) (quote - p) : TEXT_BYTES;
#endif
}

/* @p is the text with its quote, together @n_bytes. */
static inline gboolean
is_cached_text (const CachedText *cached, const char *p, gsize n_bytes)
{
#ifdef __SSE2__
  /* What follows is masked: the length selects from a row of ones and zeros. */
  static const char mask[2 * TEXT_BYTES] = {
    [0 ... TEXT_BYTES - 1] = (char) 0xff,
  };
  const char *row = mask + TEXT_BYTES - n_bytes;
  const __m128i_u *wanted = (const __m128i_u *) (gconstpointer) cached->text;
  __m128i low = _mm_and_si128 (_mm_loadu_si128 ((const __m128i_u *) p),
                               _mm_loadu_si128 ((const __m128i_u *) row));
  __m128i high = _mm_and_si128 (_mm_loadu_si128 ((const __m128i_u *) (p + 16)),
                                _mm_loadu_si128 ((const __m128i_u *) (row + 16)));
  int same = _mm_movemask_epi8 (_mm_cmpeq_epi8 (low, _mm_loadu_si128 (wanted)))
             & (_mm_movemask_epi8 (_mm_cmpeq_epi8 (high, _mm_loadu_si128 (wanted + 1))) | ID_BYTES);

  return same == 0xffff;
#else
  return memcmp (cached->text, p, n_bytes) == 0;
#endif
}

static inline guint
slot_of (guint64 hash)
{
  return (guint) ((hash * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) >> (64 - CACHE_BITS));
}

/* By the first and the last eight bytes. Those of a shorter text reach into the names around it,
 * which always are the same. */
static inline guint
slot_of_text (const char *p, gsize length_bytes)
{
  guint64 first = load_64 (p);
  guint64 last = load_64 (p + length_bytes - 8);

  return slot_of (first ^ (last * G_GUINT64_CONSTANT (0xc2b2ae3d27d4eb4f)));
}

/* Nothing that any reader could take for the end of the value, or trim, or decode. */
static gboolean
is_plain_text (const char *p, gsize length_bytes)
{
  for (gsize i = 0; i < length_bytes; i++)
    if (p[i] < ' ' || p[i] > '~' || p[i] == '<' || p[i] == '>' || p[i] == '&')
      return FALSE;
  return length_bytes == 0 || (p[0] != ' ' && p[length_bytes - 1] != ' ');
}

/* Reads a value up to its quote. Returns its length, more than TEXT_MAX_BYTES where it is odd. At
 * least eight bytes of the record stand before @p. */
static inline gsize
read_text (CachedText *cache, CotStrings *strings, const char *p, guint16 *id)
{
  gsize length_bytes = text_length (p);
  CachedText *cached;

  *id = 0;
  if (length_bytes == 0 || length_bytes > TEXT_MAX_BYTES)
    return length_bytes;

  cached = &cache[slot_of_text (p, length_bytes)];
  if (G_UNLIKELY (!is_cached_text (cached, p, length_bytes + 1)))
    {
      if (!is_plain_text (p, length_bytes))
        return TEXT_BYTES;
      memset (cached->text, 0, sizeof cached->text);
      memcpy (cached->text, p, length_bytes + 1);
      cached->id = cot_strings_intern (strings, p, length_bytes);
    }
  *id = cached->id;
  return length_bytes;
}

/* The attributes behind a closer; returns where they end, NULL if they are odd in any way. The
 * buffer is readable for ATTRIBUTES_MAX_BYTES from @p on. */
static const char *
read_attributes (CotScanner *self, const char *p, Attributes *into)
{
  CotCcmCache *cache = self->ccm;
  gsize n;

  if (!STARTS_WITH (p, "<time=\"") || !read_time (p + 7, into))
    return NULL;
  p += 7 + 16;
  if (!STARTS_WITH (p, "\" date=\"") || (n = read_date (cache, p + 8)) == 0)
    return NULL;
  p += 8 + n;
  if (!STARTS_WITH (p, " component=\""))
    return NULL;
  p += 12;
  n = read_text (cache->components, self->tables.components, p, &into->component);
  if (n > TEXT_MAX_BYTES || !STARTS_WITH (p + n, "\" context=\"\" type=\""))
    return NULL;
  p += n + 19;
  if (*p < '0' || *p >= '0' + N_TYPES || !STARTS_WITH (p + 1, "\" thread=\""))
    return NULL;
  into->type = (guint8) (*p - '0');
  p += 1 + 10;
  n = read_text (cache->threads, self->tables.threads, p, &into->thread);
  if (n > TEXT_MAX_BYTES || !STARTS_WITH (p + n, "\" file=\""))
    return NULL;
  p += n + 8;
  n = read_text (cache->origins, self->tables.origins, p, &into->origin);
  if (n > TEXT_MAX_BYTES || !STARTS_WITH (p + n, "\">"))
    return NULL;
  return p + n + 2;
}

static CotSpan
get_span (CotStrings *strings, guint16 id)
{
  CotSpan span;

  span.data = cot_strings_get (strings, id, &span.length_bytes);
  return span;
}

/* Whose clock it was is asked once for each combination of what the answer depends on. Texts that
 * have no place in a table cannot be told apart by their id, so they are left to the format. */
static inline gboolean
find_true_bias (CotScanner *self, const Attributes *attributes, gint16 *bias_minutes)
{
  guint64 key = (guint64) attributes->origin << 32 | (guint64) attributes->component << 16
                | (guint16) attributes->bias_minutes | G_GUINT64_CONSTANT (1) << 63;
  CachedBias *cached = &self->ccm->biases[slot_of (key)];

  if (G_UNLIKELY (cached->key != key))
    {
      CotEntry entry = { 0 };

      if (attributes->origin == COT_STRINGS_OVERFLOW
          || attributes->component == COT_STRINGS_OVERFLOW)
        return FALSE;
      entry.component = get_span (self->tables.components, attributes->component);
      entry.origin = get_span (self->tables.origins, attributes->origin);
      entry.context = (CotSpan){ "", 0 };
      entry.bias_minutes = attributes->bias_minutes;
      cached->key = key;
      cached->bias_minutes = cot_entry_get_true_bias (&entry);
    }
  *bias_minutes = cached->bias_minutes;
  return TRUE;
}

/* How bad an entry of that type is, the format's reader knows. */
static void
learn_type (CotScanner *self, gsize start, gsize end, guint8 type)
{
  CotCcmCache *cache = self->ccm;
  char text = (char) ('0' + type);
  CotEntry entry = { 0 };

  cot_format_parse_entry (self->format, self->buffer + start, end - start, &entry);
  cache->severities[type] = (guint8) entry.severity;
  cache->types[type] = cot_strings_intern (self->tables.types, &text, 1);
  cache->has_type[type] = TRUE;
}

static inline gboolean
add_fast (CotScanner *self, gsize start, gsize end, gboolean multi_line,
          const Attributes *attributes)
{
  CotCcmCache *cache = self->ccm;
  CotChunkEntry columns;

  if (!find_true_bias (self, attributes, &columns.bias_minutes))
    return FALSE;
  if (G_UNLIKELY (!cache->has_type[attributes->type]))
    learn_type (self, start, end, attributes->type);

  columns.offset = self->buffer_offset + start;
  columns.time_usec = cache->day_usec + attributes->of_day_usec;
  columns.component = attributes->component;
  columns.origin = attributes->origin;
  columns.thread = attributes->thread;
  columns.state = cot_chunk_pack_state (cache->severities[attributes->type],
                                        COT_RECORD_FRAMED
                                            | (multi_line ? COT_RECORD_MULTI_LINE : 0));
  cot_sink_add (&self->done, &columns, self->buffer_offset + end);
  cot_sink_count_type (&self->done, cache->types[attributes->type]);
  self->n_fast++;
  return TRUE;
}

/* Opener, closer, and the next mark on the next line: where another opener stands in between, or
 * other text follows, the record is not of the usual shape. */
static inline gboolean
read_record (CotScanner *self, gsize start, const CotMark *marks, gsize *next)
{
  const CotMark *opener = &marks[0];
  const CotMark *closer = &marks[1];
  Attributes attributes;
  const char *end;

  *next = marks[2].position;
  if (opener->position != start || opener->kind != COT_MARK_OPENER
      || closer->kind != COT_MARK_CLOSER
      || closer->position - opener->position > MESSAGE_LIMIT_BYTES
      || self->n_bytes - closer->position < ATTRIBUTES_MAX_BYTES)
    return FALSE;

  end = read_attributes (self, self->buffer + closer->position + COT_MARK_BYTES, &attributes);
  if (end == NULL)
    return FALSE;
  end += *end == '\r';
  return *end == '\n' && end + 1 == self->buffer + *next
         && add_fast (self, start, *next, closer->n_ends != opener->n_ends, &attributes);
}

gsize
cot_scanner_ccm_run (CotScanner *self, gsize start)
{
  for (;;)
    {
      gsize i = self->next_mark;
      gsize next;

      while (i < self->n_marks && self->marks[i].position < start)
        i++;
      while (i + 2 < self->n_marks && read_record (self, start, &self->marks[i], &next))
        {
          i += 2;
          start = next;
        }
      self->next_mark = i;
      if (i + 2 < self->n_marks || !cot_scanner_scan_more (self))
        return start;
    }
}
