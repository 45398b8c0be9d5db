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

#define CACHE_BITS 10
/* 0 to 4 say how bad an entry is; other types leave that to the words of the message. */
#define N_TYPES 5
#define TEXT_BYTES 32
#define MESSAGE_LIMIT_BYTES (COT_RECORD_MAX_BYTES / 2)
/* time, date and the fixed names take about 100 bytes, three texts less than TEXT_BYTES each. */
#define ATTRIBUTES_MAX_BYTES 256

/* A string seen before: padded with zeros, so that one comparison of all 32 bytes decides. */
typedef struct
{
  char text[TEXT_BYTES];
  guint16 id;
  guint8 length_bytes; /* 0: free */
} CachedText;

typedef struct
{
  gboolean known;
  guint16 origin;
  guint16 component;
  gint16 written;
  gint16 bias_minutes;
} CachedBias;

struct _CotCcmCache
{
  CachedText components[1 << CACHE_BITS];
  CachedText origins[1 << CACHE_BITS];
  CachedText threads[1 << CACHE_BITS];
  CachedBias biases[1 << CACHE_BITS];
  char date[12]; /* with its closing quote */
  gsize n_date;
  gint64 day_usec;
  guint8 severities[N_TYPES];
  guint16 types[N_TYPES];
  gboolean has_type[N_TYPES];
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

static inline guint64
load_64 (const char *p)
{
  guint64 value;

  memcpy (&value, p, sizeof value);
  return value;
}

#define STARTS_WITH(p, literal) (memcmp ((p), (literal), sizeof (literal) - 1) == 0)

static inline gboolean
read_two (const char *p, guint *value)
{
  guint tens = (guint) (p[0] - '0');
  guint ones = (guint) (p[1] - '0');

  *value = tens * 10 + ones;
  return tens <= 9 && ones <= 9;
}

static inline gboolean
read_three (const char *p, guint *value)
{
  guint hundreds = (guint) (p[0] - '0');
  guint rest;

  if (!read_two (p + 1, &rest))
    return FALSE;
  *value = hundreds * 100 + rest;
  return hundreds <= 9;
}

/* "12:34:56.789+300" as native writers print it, "12:34:56.7890123" as .NET does: 16 bytes both. */
static inline gboolean
read_time (const char *p, Attributes *into)
{
  guint hour, minute, second, msec, rest;

  if (!read_two (p, &hour) || p[2] != ':' || !read_two (p + 3, &minute) || p[5] != ':'
      || !read_two (p + 6, &second) || p[8] != '.' || !read_three (p + 9, &msec)
      || hour > 23 || minute > 59 || second > 59 || !read_three (p + 13, &rest))
    return FALSE;

  into->of_day_usec = (gint64) ((hour * 60 + minute) * 60 + second) * G_USEC_PER_SEC + msec * 1000;
  if (p[12] == '+' || p[12] == '-')
    {
      if (rest > 720)
        return FALSE;
      into->bias_minutes = (gint16) (p[12] == '+' ? (int) rest : -(int) rest);
      return TRUE;
    }
  if (p[12] < '0' || p[12] > '9')
    return FALSE;
  into->of_day_usec += (guint) (p[12] - '0') * 100 + rest / 10;
  into->bias_minutes = COT_BIAS_NONE;
  return TRUE;
}

/* Many entries of a log share their date. Returns the length with the closing quote, 0 if odd. */
static inline gsize
read_date (CotCcmCache *cache, const char *p)
{
  const char *quote;
  gsize n;

  if (G_LIKELY (cache->n_date > 0 && memcmp (p, cache->date, cache->n_date) == 0))
    return cache->n_date;

  quote = memchr (p, '"', sizeof cache->date);
  if (quote == NULL || quote == p)
    return 0;
  n = (gsize) (quote - p);
  cache->n_date = 0;
  if (!cot_clock_parse_date (p, n, &cache->day_usec))
    return 0;
  memcpy (cache->date, p, n + 1);
  cache->n_date = n + 1;
  return n + 1;
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

typedef struct
{
  guint64 words[TEXT_BYTES / 8];
} PaddedText;

static inline PaddedText
pad_text (const char *p, gsize length_bytes)
{
  static const guint64 masks[8] = {
    0, 0xff, 0xffff, 0xffffff, 0xffffffff,
    G_GUINT64_CONSTANT (0xffffffffff),
    G_GUINT64_CONSTANT (0xffffffffffff),
    G_GUINT64_CONSTANT (0xffffffffffffff),
  };
  PaddedText padded;

  for (gsize i = 0; i < G_N_ELEMENTS (padded.words); i++)
    {
      guint64 mask = length_bytes >= 8 * (i + 1) ? G_MAXUINT64
                     : length_bytes > 8 * i      ? masks[length_bytes - 8 * i]
                                                 : 0;

      padded.words[i] = GUINT64_FROM_LE (GUINT64_TO_LE (load_64 (p + 8 * i)) & mask);
    }
  return padded;
}

static inline guint
hash_text (const PaddedText *text)
{
  guint64 hash = text->words[0] ^ (text->words[1] * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15))
                 ^ (text->words[2] * G_GUINT64_CONSTANT (0xc2b2ae3d27d4eb4f))
                 ^ (text->words[3] * G_GUINT64_CONSTANT (0x165667b19e3779f9));

  hash *= G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return (guint) (hash >> (64 - CACHE_BITS));
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

/* Reads a value up to its quote. Returns its length, TEXT_BYTES where it is odd. */
static inline gsize
read_text (CachedText *cache, CotStrings *strings, const char *p, guint16 *id)
{
  gsize length_bytes = text_length (p);
  PaddedText padded;
  CachedText *cached;

  if (length_bytes == 0 || length_bytes == TEXT_BYTES)
    {
      *id = 0;
      return length_bytes;
    }

  padded = pad_text (p, length_bytes);
  cached = &cache[hash_text (&padded)];
  if (G_UNLIKELY (memcmp (cached->text, padded.words, TEXT_BYTES) != 0
                  || cached->length_bytes != length_bytes))
    {
      if (!is_plain_text (p, length_bytes))
        return TEXT_BYTES;
      memcpy (cached->text, padded.words, TEXT_BYTES);
      cached->length_bytes = (guint8) length_bytes;
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
  if (n == TEXT_BYTES || !STARTS_WITH (p + n, "\" context=\"\" type=\""))
    return NULL;
  p += n + 19;
  if (*p < '0' || *p >= '0' + N_TYPES || !STARTS_WITH (p + 1, "\" thread=\""))
    return NULL;
  into->type = (guint8) (*p - '0');
  p += 1 + 10;
  n = read_text (cache->threads, self->tables.threads, p, &into->thread);
  if (n == TEXT_BYTES || !STARTS_WITH (p + n, "\" file=\""))
    return NULL;
  p += n + 8;
  n = read_text (cache->origins, self->tables.origins, p, &into->origin);
  if (n == TEXT_BYTES || !STARTS_WITH (p + n, "\">"))
    return NULL;
  return p + n + 2;
}

/* What a record says that depends on more than one attribute, or on a rule of the format, comes
 * from the format's reader, once for each combination. */
static void
ask_format (CotScanner *self, gsize start, gsize end, CotEntry *entry)
{
  *entry = (CotEntry){ 0 };
  self->format->parse_entry (self->buffer + start, end - start, entry);
}

static inline gint16
true_bias (CotScanner *self, gsize start, gsize end, const Attributes *attributes)
{
  guint slot = (attributes->origin ^ attributes->component * 31u) & ((1 << CACHE_BITS) - 1);
  CachedBias *cached = &self->ccm->biases[slot];

  if (attributes->bias_minutes == COT_BIAS_NONE)
    return COT_BIAS_NONE;
  if (G_UNLIKELY (!cached->known || cached->origin != attributes->origin
                  || cached->component != attributes->component
                  || cached->written != attributes->bias_minutes))
    {
      CotEntry entry;

      ask_format (self, start, end, &entry);
      /* An id that stands for many strings says nothing about the next of them. */
      cached->known = attributes->origin != COT_STRINGS_OVERFLOW
                      && attributes->component != COT_STRINGS_OVERFLOW;
      cached->origin = attributes->origin;
      cached->component = attributes->component;
      cached->written = attributes->bias_minutes;
      cached->bias_minutes = cot_entry_get_true_bias (&entry);
    }
  return cached->bias_minutes;
}

static void
learn_type (CotScanner *self, gsize start, gsize end, guint8 type)
{
  CotCcmCache *cache = self->ccm;
  char text = (char) ('0' + type);
  CotEntry entry;

  ask_format (self, start, end, &entry);
  cache->severities[type] = (guint8) entry.severity;
  cache->types[type] = cot_strings_intern (self->tables.types, &text, 1);
  cache->has_type[type] = TRUE;
}

static void
add_fast (CotScanner *self, gsize start, gsize end, gboolean multi_line,
          const Attributes *attributes)
{
  CotCcmCache *cache = self->ccm;
  CotChunkEntry columns;

  if (G_UNLIKELY (!cache->has_type[attributes->type]))
    learn_type (self, start, end, attributes->type);

  columns.offset = self->buffer_offset + start;
  columns.time_usec = cache->day_usec + attributes->of_day_usec;
  columns.bias_minutes = true_bias (self, start, end, attributes);
  columns.component = attributes->component;
  columns.origin = attributes->origin;
  columns.thread = attributes->thread;
  columns.state = cot_chunk_pack_state (cache->severities[attributes->type],
                                        COT_RECORD_FRAMED
                                            | (multi_line ? COT_RECORD_MULTI_LINE : 0));
  cot_sink_add (&self->done, &columns, self->buffer_offset + end);
  cot_sink_count_type (&self->done, cache->types[attributes->type]);
  self->n_fast++;
}

gsize
cot_scanner_ccm_run (CotScanner *self, gsize start)
{
  const CotMark *marks = self->marks;
  gsize i = self->next_mark;

  while (i < self->n_marks && marks[i].position < start)
    i++;

  /* Opener, closer, and the opener of the next record: where another opener stands in between,
   * or other text follows, the record is not of the usual shape. */
  for (; i + 2 < self->n_marks; i += 2)
    {
      const CotMark *opener = &marks[i];
      const CotMark *closer = &marks[i + 1];
      gsize next = marks[i + 2].position;
      Attributes attributes;
      const char *end;

      if (opener->position != start || opener->kind != COT_MARK_OPENER
          || closer->kind != COT_MARK_CLOSER || marks[i + 2].kind != COT_MARK_OPENER
          || closer->position - opener->position > MESSAGE_LIMIT_BYTES
          || self->n_bytes - closer->position < ATTRIBUTES_MAX_BYTES)
        break;

      end = read_attributes (self, self->buffer + closer->position + COT_MARK_BYTES, &attributes);
      if (end == NULL)
        break;
      end += *end == '\r';
      if (*end != '\n' || end + 1 != self->buffer + next)
        break;

      add_fast (self, start, next, closer->n_ends != opener->n_ends, &attributes);
      start = next;
    }

  self->next_mark = i;
  return start;
}
