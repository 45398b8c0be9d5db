/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-clock.h"
#include "cot-scanner-ccm-ops.h"
#include "cot-scanner-private.h"

#include <string.h>

/* Stage 2 of the index for the shape that nearly all CCM records have, read at fixed places from
 * the marks that stage 1 left:
 *
 *   <![LOG[...]LOG]!><time="12:34:56.789+300" date="09-09-2024" component="A" context=""
 *   type="1" thread="1234" file="a.cpp:12">                                      (on one line)
 *
 * Intune's agents write "[Subsystem] text" as the message, and the subsystem is the component.
 *
 * Whatever differs in any way is left to the format's own reader, so that the rules for odd
 * records stand in one place only, and both ways give the same columns. */

#define OPENER "<![LOG["
#define CLOSER "]LOG]!>"
#define MARK_BYTES 7
#define MARK_AT 3 /* its L, where stage 1 puts its mark */
#define CACHE_LINE_BYTES 64
#define N_CACHED 2048
#define N_BIASES 256
/* 0 to 4 say how bad an entry is; other types leave that to the words of the message. An entry has
 * one line or several: two kinds of each. */
#define N_TYPES 5
#define N_KINDS (2 * N_TYPES)
#define NO_STATE 0xff /* a severity that there is not */
#define TEXT_MAX_BYTES (TEXT_BYTES - 3)
#define DATE_MAX_BYTES 15
#define MESSAGE_LIMIT_BYTES (COT_RECORD_MAX_BYTES / 2)
/* time, date and the fixed names take about 100 bytes, three texts less than TEXT_BYTES each; the
 * last look goes over TEXT_BYTES. */
#define ATTRIBUTES_MAX_BYTES 256
/* From the time's name to the component's value; where the clock and the milliseconds stand. */
#define HEAD_BYTES (2 * TEXT_BYTES)
#define CLOCK_AT 7
#define MSEC_AT 15
#define BIT_RANGE(from, to) ((~(guint32) 0 << (from)) & ~(~(guint32) 0 << (to)))

/* A string seen before and its id, in half a cache line: the other half takes what would stand in
 * the same place. Its closing quote belongs to the text: only with it is a text surely no other
 * one. A free slot holds none. */
typedef struct
{
  char text[TEXT_MAX_BYTES + 1];
  guint16 id;
} CachedText;

typedef struct
{
  _Alignas (CACHE_LINE_BYTES) CachedText texts[N_CACHED];
  CotStrings *strings; /* (unowned) (nullable): no text has an id */
} TextCache;

typedef struct
{
  guint32 key; /* what it was asked for: nothing, at first */
  gint16 bias_minutes;
} CachedBias;

/* No writer prints that many minutes. */
#define NO_KEY ((guint32) G_MAXINT16)

/* When it was, and by which clock, as written. */
typedef struct
{
  gint64 time_usec;
  gint16 bias_minutes;
} Moment;

/* What stands behind the attributes: the rest of the line, and the next opener. A bit each says
 * which bytes count. */
typedef struct
{
  char text[TEXT_BYTES];
  guint32 mask;
  guint n_rest; /* up to the opener */
} LineEnd;

struct _CotCcmCache
{
  gpointer memory; /* that it lies in */
  guint64 clock; /* "12:34:56" as it stands there */
  gint64 clock_usec;
  guint64 date[2]; /* with its closing quote, and masked */
  guint64 date_masks[2];
  gsize n_date; /* 0: none yet */
  gint64 day_usec;
  /* The head that the last record with a bias had: a bit each says which bytes count. */
  char head[HEAD_BYTES];
  guint32 head_masks[2];
  guint n_head;
  gint16 head_bias_minutes;
  gint64 head_day_usec;
  LineEnd line_end;
  /* Compared with as any other text, they are loaded; constants would be made anew each time. */
  char quotes[TEXT_BYTES];
  char brackets[TEXT_BYTES];
  guint8 states[N_KINDS]; /* NO_STATE where it was not asked for */
  guint64 n_new[N_KINDS]; /* entries since they were last counted */
  guint16 types[N_TYPES]; /* ids */
  CachedBias biases[N_BIASES];
  TextCache components;
  TextCache replaced; /* components that are written where the message names another one */
  TextCache origins;
  TextCache threads;
};

/* What the attributes of one record say. */
typedef struct
{
  Moment moment;
  guint16 component;
  guint16 origin;
  guint16 thread;
  guint type;
} Attributes;

void
cot_ccm_cache_free (CotCcmCache *self)
{
  if (self != NULL)
    g_free (self->memory);
}

#define STARTS_WITH(p, literal) (memcmp ((p), (literal), sizeof (literal) - 1) == 0)

#define EACH_BYTE(value) (G_GUINT64_CONSTANT (0x0101010101010101) * (value))
/* Added to a byte, these set its top bit where it is above 9, and where it is above 0. */
#define ABOVE_9 G_GUINT64_CONSTANT (0x76)
#define ABOVE_0 G_GUINT64_CONSTANT (0x7f)
#define BYTE(number, value) ((guint64) (value) << (8 * (number)))
/* The same for ".789". */
#define MSEC_ZEROS (guint32) (EACH_BYTE ('0') ^ BYTE (0, '0' ^ '.'))
#define MSEC_LIMITS (guint32) (EACH_BYTE (ABOVE_9) ^ BYTE (0, ABOVE_9))
#define MSEC_TOPS (guint32) (EACH_BYTE (0x80))

/* The eight bytes with @zeros taken away, if what is left is in the bounds of @limits. */
ALWAYS_INLINE gboolean
read_digits (guint64 bytes, guint64 zeros, guint64 limits, guint64 *digits)
{
  guint64 rest = bytes ^ zeros;

  *digits = rest;
  return (((rest + limits) | rest) & EACH_BYTE (0x80)) == 0;
}

/* Each byte times ten plus the next one. */
ALWAYS_INLINE guint64
pair_digits (guint64 digits)
{
  return digits * 10 + (digits >> 8);
}

ALWAYS_INLINE guint
get_byte (guint64 bytes, guint number)
{
  return (guint) (bytes >> (8 * number)) & 0xff;
}

static gboolean
learn_clock (CotCcmCache *cache, guint64 text)
{
  const guint64 zeros = EACH_BYTE ('0') ^ BYTE (2, '0' ^ ':') ^ BYTE (5, '0' ^ ':');
  const guint64 limits
      = EACH_BYTE (ABOVE_9) + BYTE (2, ABOVE_0 - ABOVE_9) + BYTE (5, ABOVE_0 - ABOVE_9);
  guint64 digits, pairs;
  guint hour, minute, second;

  if (!read_digits (text, zeros, limits, &digits))
    return FALSE;
  pairs = pair_digits (digits);
  hour = get_byte (pairs, 0);
  minute = get_byte (pairs, 3);
  second = get_byte (pairs, 6);
  if (hour > 23 || minute > 59 || second > 59)
    return FALSE;
  cache->clock = text;
  cache->clock_usec = (gint64) ((hour * 60 + minute) * 60 + second) * G_USEC_PER_SEC;
  return TRUE;
}

static const LineEnd line_ends[] = {
  { "\">\r\n" OPENER, BIT_RANGE (0, 4 + MARK_BYTES), 4 },
  { "\">\n" OPENER, BIT_RANGE (0, 3 + MARK_BYTES), 3 },
};

CotCcmCache *
cot_ccm_cache_new (const CotTables *tables)
{
  /* What comes fresh from the kernel is not touched; g_aligned_alloc0() would write all of it. */
  char *memory = g_malloc0 (sizeof (CotCcmCache) + CACHE_LINE_BYTES);
  gsize n_over = (gsize) memory % CACHE_LINE_BYTES;
  CotCcmCache *self = (CotCcmCache *) (void *) (memory + (CACHE_LINE_BYTES - n_over));

  self->memory = memory;
  /* Zeros would be the clock of a record that has zeros there. No head that is read has a letter
   * where this one has: the dot. */
  learn_clock (self, load_64 ("00:00:00"));
  self->head[MSEC_AT] = 'x';
  self->head_masks[0] = BIT_RANGE (MSEC_AT, MSEC_AT + 1);
  self->line_end = line_ends[0];
  memset (self->quotes, '"', sizeof self->quotes);
  memset (self->brackets, ']', sizeof self->brackets);
  memset (self->states, NO_STATE, sizeof self->states);
  self->components.strings = tables->components;
  self->origins.strings = tables->origins;
  self->threads.strings = tables->threads;
  for (guint i = 0; i < N_BIASES; i++)
    self->biases[i].key = NO_KEY;
  return self;
}

/* The time of day: "12:34:56.789+300" as native writers print it, "12:34:56.7890123" as .NET does:
 * 16 bytes both, read as two numbers of eight. */
static gboolean
read_time (CotCcmCache *cache, const char *p, Moment *into)
{
  const guint64 zeros = EACH_BYTE ('0') ^ BYTE (0, '0' ^ '.') ^ BYTE (4, '0');
  const guint64 limits
      = EACH_BYTE (ABOVE_9) + BYTE (0, ABOVE_0 - ABOVE_9) + BYTE (4, ABOVE_0 - ABOVE_9);
  guint sign = (guint8) p[12];
  guint64 text = load_64 (p);
  guint64 digits, pairs;
  guint msec, last;

  if (G_UNLIKELY (text != cache->clock) && !learn_clock (cache, text))
    return FALSE;
  if (!read_digits (load_64 (p + 8), zeros ^ BYTE (4, sign), limits, &digits))
    return FALSE;

  pairs = pair_digits (digits);
  msec = get_byte (pairs, 1) * 10 + get_byte (digits, 3);
  last = get_byte (pairs, 5) * 10 + get_byte (digits, 7);
  into->time_usec = cache->clock_usec + msec * 1000;
  if (G_LIKELY (sign == '+' || sign == '-'))
    {
      into->bias_minutes = (gint16) (sign == '+' ? (int) last : -(int) last);
      return TRUE;
    }
  if (sign < '0' || sign > '9')
    return FALSE;
  into->time_usec += (sign - '0') * 100 + last / 10;
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

/* A line end may be trimmed by who reads dates, but to who reads attributes it ends them. */
static gsize
learn_date (CotCcmCache *cache, const char *p)
{
  const char *quote = memchr (p, '"', DATE_MAX_BYTES);
  gsize n = quote != NULL ? (gsize) (quote - p) : 0;

  cache->n_date = 0;
  for (gsize i = 0; i < n; i++)
    if (p[i] < ' ')
      return 0;
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
static gsize
read_date (CotCcmCache *cache, const char *p)
{
  guint64 first = (load_64 (p) & cache->date_masks[0]) ^ cache->date[0];
  guint64 second = (load_64 (p + 8) & cache->date_masks[1]) ^ cache->date[1];

  if (G_LIKELY ((first | second) == 0 && cache->n_date > 0))
    return cache->n_date;
  return learn_date (cache, p);
}

/* Reads the head of a record step by step; returns its length, 0 if it is odd in any way. The next
 * one most likely is the same but for clock and milliseconds, if its writer is a native one. */
__attribute__ ((noinline)) static gsize
learn_head (CotCcmCache *cache, const char *p, Moment *into)
{
  const gsize date_at = CLOCK_AT + 16 + 8;
  gsize n_date, n;

  if (!STARTS_WITH (p, "<time=\"") || !read_time (cache, p + CLOCK_AT, into)
      || !STARTS_WITH (p + date_at - 8, "\" date=\"")
      || (n_date = read_date (cache, p + date_at)) == 0
      || !STARTS_WITH (p + date_at + n_date, " component=\""))
    return 0;
  n = date_at + n_date + 12;
  into->time_usec += cache->day_usec;
  if (into->bias_minutes == COT_BIAS_NONE)
    return n;

  memcpy (cache->head, p, HEAD_BYTES);
  cache->head_masks[0]
      = ~(BIT_RANGE (CLOCK_AT, CLOCK_AT + 8) | BIT_RANGE (MSEC_AT + 1, MSEC_AT + 4));
  cache->head_masks[1] = BIT_RANGE (0, n - TEXT_BYTES);
  cache->n_head = (guint) n;
  cache->head_day_usec = cache->day_usec;
  cache->head_bias_minutes = into->bias_minutes;
  return n;
}

/* From the time's name on to the value of the component; returns the length, 0 if it is odd.
 * Entries come in bursts: most share their second with the one before, and nearly all their day. */
ALWAYS_INLINE gsize
read_head (CotCcmCache *cache, const char *p, Moment *into, const Ops *ops)
{
  guint64 clock = load_64 (p + CLOCK_AT);
  guint32 digits = load_32 (p + MSEC_AT) ^ MSEC_ZEROS;
  guint32 pairs;

  if (G_UNLIKELY (!is_same (p, cache->head, cache->head_masks[0], ops)
                  || !is_same (p + TEXT_BYTES, cache->head + TEXT_BYTES, cache->head_masks[1], ops)
                  || (((digits + MSEC_LIMITS) | digits) & MSEC_TOPS) != 0
                  || (clock != cache->clock && !learn_clock (cache, clock))))
    {
      /* Of its own, so that the usual one need not be in memory. */
      Moment learned = { 0 };
      gsize n = learn_head (cache, p, &learned);

      *into = learned;
      return n;
    }

  pairs = digits * 10 + (digits >> 8);
  into->time_usec = cache->head_day_usec + cache->clock_usec
                    + (gint64) ((pairs >> 8 & 0xff) * 10 + (digits >> 24)) * 1000;
  into->bias_minutes = cache->head_bias_minutes;
  return cache->n_head;
}

/* How many bytes into the cache a text has its place, by its own first and last eight. Those of a
 * shorter text reach into the names around it, which always are the same; but for those of a
 * subsystem, which is learned more than once then. */
ALWAYS_INLINE gsize
place_of_text (const char *p, gsize length_bytes, const Ops *ops)
{
  const guint mask = (N_CACHED - 1) * sizeof (CachedText);

  return ops->hash (load_64 (p), load_64 (p + length_bytes - 8)) & mask;
}

ALWAYS_INLINE CachedText *
get_text (TextCache *cache, gsize place)
{
  return (CachedText *) (void *) ((char *) cache->texts + place);
}

/* Nothing that any reader could take for the end of the value, or of a subsystem, or trim, or
 * decode. */
static gboolean
is_plain_text (const char *p, gsize length_bytes)
{
  for (gsize i = 0; i < length_bytes; i++)
    if (p[i] < ' ' || p[i] > '~' || p[i] == '<' || p[i] == '>' || p[i] == '&' || p[i] == ']')
      return FALSE;
  return length_bytes == 0 || (p[0] != ' ' && p[length_bytes - 1] != ' ');
}

/* (transfer none) (nullable): NULL if it is odd. It goes to @place, or to the other half of that
 * cache line. */
__attribute__ ((noinline)) static const CachedText *
learn_text (TextCache *cache, gsize place, const char *p, gsize length_bytes)
{
  CachedText *cached = get_text (cache, place);

  if (!is_plain_text (p, length_bytes))
    return NULL;
  if (cached->text[0] != '\0')
    cached = get_text (cache, place ^ sizeof *cached);
  /* Nothing is left of a longer one: what ends differently could find it. */
  *cached = (CachedText){ 0 };
  memcpy (cached->text, p, length_bytes + 1);
  if (length_bytes > 0 && cache->strings != NULL)
    cached->id = cot_strings_intern (cache->strings, p, length_bytes);
  return cached;
}

/* (transfer none) (nullable): the one that is the same where @mask has a bit. */
ALWAYS_INLINE const CachedText *
find_text (TextCache *cache, gsize place, const char *p, guint32 mask, const Ops *ops)
{
  const CachedText *cached = get_text (cache, place);
  const CachedText *other = get_text (cache, place ^ sizeof *cached);

  if (G_LIKELY (is_same (p, cached->text, mask, ops)))
    return cached;
  return is_same (p, other->text, mask, ops) ? other : NULL;
}

/* Reads a value up to its quote. Returns its length, more than TEXT_MAX_BYTES where it is odd. At
 * least eight bytes of the record stand before @p. */
ALWAYS_INLINE gsize
read_text (TextCache *cache, const char *quotes, const char *p, guint16 *id, const Ops *ops)
{
  guint32 found = ops->compare (p, quotes);
  gsize length_bytes = ops->find_lowest (found);
  const CachedText *cached;
  gsize place;

  if (G_UNLIKELY (length_bytes > TEXT_MAX_BYTES))
    return TEXT_BYTES;
  place = place_of_text (p, length_bytes, ops);
  cached = find_text (cache, place, p, found ^ (found - 1), ops);
  if (G_UNLIKELY (cached == NULL))
    cached = learn_text (cache, place, p, length_bytes);
  if (G_UNLIKELY (cached == NULL))
    return TEXT_BYTES;
  *id = cached->id;
  return length_bytes;
}

/* The component of Intune's agents: WRITTEN where the message has none, NOT_KNOWN where only the
 * format's reader can tell: what a bracket holds may be no name. A cached text holds its bracket as
 * others do their quote. Not inlined, so that it costs other logs nothing. */
#define WRITTEN (-1)
#define NOT_KNOWN (-2)

__attribute__ ((noinline)) static gint
read_subsystem (CotCcmCache *ccm, CotSpan message, const Ops *ops)
{
  TextCache *cache = &ccm->components;
  const char *p = message.data + 1;
  const CachedText *cached;
  guint32 brackets;
  gsize n, place;

  if (message.length_bytes == 0 || (*message.data != '[' && !g_ascii_isspace (*message.data)))
    return WRITTEN;
  brackets = ops->compare (p, ccm->brackets);
  n = ops->find_lowest (brackets);
  if (*message.data != '[' || n == 0 || n > TEXT_MAX_BYTES || n + 1 >= message.length_bytes)
    return NOT_KNOWN;

  place = place_of_text (p, n, ops);
  cached = find_text (cache, place, p, brackets ^ (brackets - 1), ops);
  if (cached == NULL && cot_ime_find_subsystem (message).length_bytes == n)
    cached = learn_text (cache, place, p, n);
  return cached != NULL ? cached->id : NOT_KNOWN;
}

/* Between the component and the thread nothing differs but the type. */
#define MIDDLE "\" context=\"\" type=\"0\" thread=\""
#define TYPE_AT 19
static const char middle[TEXT_BYTES] = MIDDLE;

/* What stands behind the attributes decides whether the record is a usual one: returns where the
 * next one begins, NULL if this one is odd. */
ALWAYS_INLINE const char *
read_line_end (CotCcmCache *cache, const char *p, const Ops *ops)
{
  if (G_UNLIKELY (!is_same (p, cache->line_end.text, cache->line_end.mask, ops)))
    {
      const LineEnd *other = &line_ends[cache->line_end.n_rest == line_ends[0].n_rest];

      if (!is_same (p, other->text, other->mask, ops))
        return NULL;
      cache->line_end = *other;
    }
  return p + cache->line_end.n_rest;
}

/* The written component, or what stands in its place: then the one that is written is no string of
 * the log. A script's bias means something else with the written component as its context. Returns
 * as read_text() does. */
ALWAYS_INLINE gsize
read_component (CotCcmCache *cache, const char *p, gint subsystem, Attributes *into, const Ops *ops)
{
  gsize n;

  if (G_LIKELY (subsystem == WRITTEN))
    return read_text (&cache->components, cache->quotes, p, &into->component, ops);
  if (into->moment.bias_minutes != COT_BIAS_NONE)
    return TEXT_BYTES;
  n = read_text (&cache->replaced, cache->quotes, p, &into->component, ops);
  into->component = (guint16) subsystem;
  return n;
}

/* The attributes behind a closer; returns where the next record begins, NULL if they, or what
 * stands behind them, are odd in any way. The buffer is readable for ATTRIBUTES_MAX_BYTES from @p
 * on. */
ALWAYS_INLINE const char *
read_attributes (CotCcmCache *cache, const char *p, gint subsystem, Attributes *into,
                 const Ops *ops)
{
  gsize n = read_head (cache, p, &into->moment, ops);

  if (n == 0)
    return NULL;
  p += n;
  n = read_component (cache, p, subsystem, into, ops);
  if (n > TEXT_MAX_BYTES
      || !is_same (p + n, middle, BIT_RANGE (0, sizeof MIDDLE - 1) & ~(1u << TYPE_AT), ops))
    return NULL;
  into->type = (guint) (guchar) p[n + TYPE_AT] - '0';
  if (into->type >= N_TYPES)
    return NULL;
  p += n + sizeof MIDDLE - 1;
  n = read_text (&cache->threads, cache->quotes, p, &into->thread, ops);
  if (n > TEXT_MAX_BYTES || !STARTS_WITH (p + n, "\" file=\""))
    return NULL;
  p += n + 8;
  n = read_text (&cache->origins, cache->quotes, p, &into->origin, ops);
  if (n > TEXT_MAX_BYTES)
    return NULL;
  return read_line_end (cache, p + n, ops);
}

static CotSpan
get_span (CotStrings *strings, guint16 id)
{
  CotSpan span;

  span.data = cot_strings_get (strings, id, &span.length_bytes);
  return span;
}

/* Whose clock it was is asked once for each bias of an origin. Here no record has a context, and
 * without one the component cannot tell of a script; what else it can tell is what is taken for
 * true of an unknown writer, too. An origin that has no place in the table cannot be told from
 * others by its id, so that it is left to the format. */
ALWAYS_INLINE gboolean
find_true_bias (CotScanner *self, CotCcmCache *cache, const Attributes *attributes,
                gint16 *bias_minutes)
{
  gint16 written = attributes->moment.bias_minutes;
  guint32 key = (guint32) attributes->origin << 16 | (guint16) written;
  CachedBias *cached = &cache->biases[attributes->origin % N_BIASES];

  if (G_UNLIKELY (cached->key != key))
    {
      CotEntry entry = { .component = { "", 0 }, .context = { "", 0 } };

      if (attributes->origin == COT_STRINGS_OVERFLOW)
        return FALSE;
      entry.origin = get_span (self->tables.origins, attributes->origin);
      entry.bias_minutes = written;
      cached->key = key;
      cached->bias_minutes = cot_entry_get_true_bias (&entry);
    }
  *bias_minutes = cached->bias_minutes;
  return TRUE;
}

/* How bad an entry of that type is, the format's reader knows. */
__attribute__ ((noinline)) static void
learn_type (CotScanner *self, gsize start, gsize end, guint type)
{
  CotCcmCache *cache = self->ccm;
  char text = (char) ('0' + type);
  CotEntry entry = { 0 };

  cot_format_parse_entry (self->format, self->buffer + start, end - start, &entry);
  cache->states[2 * type] = cot_chunk_pack_state (entry.severity, COT_RECORD_FRAMED);
  cache->states[2 * type + 1]
      = cot_chunk_pack_state (entry.severity, COT_RECORD_FRAMED | COT_RECORD_MULTI_LINE);
  cache->types[type] = cot_strings_intern (self->tables.types, &text, 1);
}

ALWAYS_INLINE gboolean
add_fast (CotScanner *self, CotCcmCache *cache, gsize start, gsize end, gboolean multi_line,
          const Attributes *attributes)
{
  guint kind = 2 * attributes->type + (guint) multi_line;
  CotChunkEntry columns;

  if (!find_true_bias (self, cache, attributes, &columns.bias_minutes))
    return FALSE;
  if (G_UNLIKELY (cache->states[kind] == NO_STATE))
    learn_type (self, start, end, attributes->type);

  columns.offset = self->buffer_offset + start;
  columns.time_usec = attributes->moment.time_usec;
  columns.component = attributes->component;
  columns.origin = attributes->origin;
  columns.thread = attributes->thread;
  columns.state = cache->states[kind];
  cot_sink_put (&self->done, &columns);
  cache->n_new[kind]++;
  return TRUE;
}

typedef enum
{
  RECORD_USUAL,
  RECORD_ODD,
  RECORD_NEEDS_MORE,
} RecordShape;

/* What does not change from record to record. */
typedef struct
{
  const char *data;
  const CotMark *marks_end;
  gsize last_closer; /* behind it, the bytes of the attributes are not all there */
} Bounds;

typedef struct
{
  gsize at;
  const CotMark *behind; /* the mark that comes next */
  gboolean multi_line; /* whether there is a line end between the opener and this closer */
} Closer;

/* The closer of the record that begins at @start; @mark becomes that of the opener, before which
 * nothing is looked for any more. Where another opener stands before the closer, the record is not
 * of the usual shape. */
static RecordShape
search_closer (const Bounds *bounds, gsize start, const CotMark **mark, Closer *closer)
{
  const char *data = bounds->data;
  const CotMark *opener = *mark;

  /* Those in the attributes of the record before, and of records of other shapes. */
  while (opener < bounds->marks_end && opener->at < start + MARK_AT)
    opener++;
  *mark = opener;
  for (const CotMark *other = opener + 1; other < bounds->marks_end; other++)
    {
      gsize at = other->at;

      /* What begins no attributes is left to the format's reader, below. */
      if (STARTS_WITH (data + at - 1, CLOSER "<"))
        {
          *closer = (Closer){ at - 1, other + 1, other->n_ends != opener->n_ends };
          return RECORD_USUAL;
        }
      if (STARTS_WITH (data + at - 1, CLOSER) || STARTS_WITH (data + at - MARK_AT, OPENER))
        return RECORD_ODD;
    }
  return RECORD_NEEDS_MORE;
}

/* Nearly always the next mark is the opener's, and the one behind it the closer's. */
ALWAYS_INLINE RecordShape
find_closer (const Bounds *bounds, gsize start, const CotMark **mark, Closer *closer)
{
  const CotMark *next = *mark;
  Closer searched; /* of its own, so that the usual one need not be in memory */
  RecordShape shape;

  if (G_LIKELY (next + 1 < bounds->marks_end && next->at == start + MARK_AT
                && STARTS_WITH (bounds->data + next[1].at - 1, CLOSER "<")))
    {
      *closer = (Closer){ next[1].at - 1, next + 2, next[1].n_ends != next->n_ends };
      return RECORD_USUAL;
    }
  shape = search_closer (bounds, start, mark, &searched);
  *closer = searched;
  return shape;
}

/* Behind the attributes, which hold no mark that counts, comes one line end and then the next
 * opener: where other text follows, the record is not of the usual shape. */
ALWAYS_INLINE RecordShape
read_record (CotScanner *self, CotCcmCache *cache, const Bounds *bounds, gsize start,
             const CotMark **mark, gsize *next, const Ops *ops)
{
  const char *data = bounds->data;
  gint subsystem = WRITTEN;
  Attributes attributes;
  Closer closer;
  const char *end;
  RecordShape shape = find_closer (bounds, start, mark, &closer);

  if (G_UNLIKELY (shape != RECORD_USUAL))
    return shape;
  if (closer.at > bounds->last_closer)
    return RECORD_NEEDS_MORE;
  if (closer.at - start > MESSAGE_LIMIT_BYTES)
    return RECORD_ODD;

  if (G_UNLIKELY (self->by_subsystem))
    {
      CotSpan message = { data + start + MARK_BYTES, closer.at - start - MARK_BYTES };

      subsystem = read_subsystem (cache, message, ops);
      if (subsystem == NOT_KNOWN)
        return RECORD_ODD;
    }
  end = read_attributes (cache, data + closer.at + MARK_BYTES, subsystem, &attributes, ops);
  if (end == NULL)
    return RECORD_ODD;
  *next = (gsize) (end - data);
  if (!add_fast (self, cache, start, *next, closer.multi_line, &attributes))
    return RECORD_ODD;
  *mark = closer.behind;
  return RECORD_USUAL;
}

/* What was added since the last time; the next record starts at @end. */
static void
count_added (CotScanner *self, gsize end)
{
  CotCcmCache *cache = self->ccm;
  CotSink *sink = &self->done;
  guint64 n_all = 0;

  for (guint kind = 0; kind < N_KINDS; kind++)
    if (cache->n_new[kind] > 0)
      {
        cot_sink_count_type (sink, cache->types[kind / 2], cache->n_new[kind]);
        sink->n_by_state[cache->states[kind]] += cache->n_new[kind];
        n_all += cache->n_new[kind];
        cache->n_new[kind] = 0;
      }
  if (n_all == 0)
    return;
  self->n_fast += n_all;
  sink->end_offset = self->buffer_offset + end;
  sink->last_time_usec = sink->builder->times_usec[sink->builder->n_entries - 1];
}

/* Whether a record can go the quick way at all. The first one that has a time does not: here only
 * the last one's is noted. */
static gboolean
can_run (const CotScanner *self, gsize start)
{
  return self->done.first_time_usec != COT_TIME_NONE && start >= self->unmarked
         && self->n_bytes - start >= MARK_BYTES && self->n_bytes >= ATTRIBUTES_MAX_BYTES
         && STARTS_WITH (self->buffer + start, OPENER);
}

ALWAYS_INLINE gsize
run (CotScanner *self, gsize start, const Ops *ops)
{
  gsize limit = cot_scanner_find_in_buffer (self, self->limit);
  RecordShape shape = RECORD_ODD;

  if (can_run (self, start))
    do
      {
        Bounds bounds = { self->buffer, self->marks + self->n_marks,
                          self->n_bytes - ATTRIBUTES_MAX_BYTES };
        const CotMark *mark = self->marks + self->next_mark;
        gsize next;

        while (start < limit
               && (shape = read_record (self, self->ccm, &bounds, start, &mark, &next, ops))
                      == RECORD_USUAL)
          start = next;
        self->next_mark = (gsize) (mark - self->marks);
      }
    while (shape == RECORD_NEEDS_MORE && cot_scanner_scan_more (self));
  count_added (self, start);
  self->wants_more = shape == RECORD_NEEDS_MORE;
  return start;
}

static gsize
run_scalar (CotScanner *self, gsize start)
{
  static const Ops ops = { compare_scalar, find_lowest_plain, hash_plain };

  return run (self, start, &ops);
}

#ifdef HAVE_NEON
static gsize
run_neon (CotScanner *self, gsize start)
{
  static const Ops ops = { compare_neon, find_lowest_plain, hash_plain };

  return run (self, start, &ops);
}
#endif

#ifdef HAVE_X86
static gsize
run_sse2 (CotScanner *self, gsize start)
{
  static const Ops ops = { compare_sse2, find_lowest_plain, hash_plain };

  return run (self, start, &ops);
}

TARGET_AVX2 static gsize
run_avx2 (CotScanner *self, gsize start)
{
  static const Ops ops = { compare_avx2, find_lowest_bmi, hash_crc };

  return run (self, start, &ops);
}
#endif

/* Of a text at most 32 bytes are compared at once, so that wider vectors bring nothing here. */
CotCcmRun
cot_scanner_ccm_get_run (CotSimd variant)
{
#ifdef HAVE_X86
  if (variant == COT_SIMD_AVX2 || variant == COT_SIMD_AVX512)
    return run_avx2;
  if (variant == COT_SIMD_SSE2)
    return run_sse2;
#endif
#ifdef HAVE_NEON
  if (variant == COT_SIMD_NEON)
    return run_neon;
#endif
  return run_scalar;
}
