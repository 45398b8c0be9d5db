/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "cot-literals.h"

G_BEGIN_DECLS

/* How many bytes of a literal are looked for at all places at once. */
#define COT_LITERALS_WINDOW_BYTES 4

/* The window lies within the first bytes, so that hits are put in order within a short distance. */
#define COT_LITERALS_MAX_WINDOW_OFFSET 48

typedef struct
{
  char *folded; /* in lower case */
  gsize length_bytes;
  GArray *indices; /* (element-type guint) of the array given to new, ascending */
  guint window_offset;
  guint window_bytes; /* 1 to 4: less only where the literal is shorter */
} CotLiteral;

/* What tells whether a literal stands around its window, without looking at the literal. */
typedef struct
{
  guint64 tail; /* see cot_literals_tail(), */
  guint64 mask; /* and which bits of it count: all, or those of a shorter literal */
  guint32 literal;
  guint32 window_offset;
  gsize rest_bytes; /* from the window's start to the literal's end */
} CotLiteralsLink;

/* Literals that share a window. */
typedef struct
{
  guint32 key; /* see cot_literals_key() */
  guint16 window_bytes; /* 0: an empty slot */
  guint first; /* in @chain */
  guint n;
} CotLiteralsSlot;

/* Each window belongs to one of eight buckets, a bit each. A bit of @low[k][x] & @high[k][y] says
 * that some window of that bucket has a byte with the halves x and y at its place k. */
typedef struct
{
  guint8 low[COT_LITERALS_WINDOW_BYTES][16];
  guint8 high[COT_LITERALS_WINDOW_BYTES][16];
} CotLiteralsMasks;

struct _CotLiterals
{
  gatomicrefcount ref_count;
  GArray *literals; /* (element-type CotLiteral) different ones, in the order of their indices */
  guint max_window_offset;
  gsize max_rest_bytes; /* of all links */

  CotLiteralsMasks masks;
  /* 65,536 bits: three bytes with the hash of a bit that is not set start no window. */
  guint8 *filter;
  /* The same of those windows alone that are shorter than four bytes, */
  guint8 *short_filter;
  /* and, by all four bytes, of those that are not. */
  guint8 *long_filter;
  CotLiteralsSlot *slots;
  guint slot_bits; /* log2 of the number of slots */
  guint window_sizes; /* bit n: some window has n bytes */
  CotLiteralsLink *chain;

  /* The scalar way: which two bytes, in lower case, a literal starts with. */
  guint8 *starts; /* 65,536 bits */
  GArray *by_first[256]; /* (element-type guint) (nullable) */
};

typedef struct
{
  gsize offset;
  guint literal;
} CotLiteralsHit;

/* One run over some data. Windows are met in the order of their offsets, but literals have theirs
 * at different places: hits wait until none can come before them. */
typedef struct
{
  CotLiterals *literals;
  const char *data;
  gsize length_bytes;
  CotLiteralsFunc function;
  gpointer user_data;
  GArray *pending; /* (element-type CotLiteralsHit) sorted */
  guint first_pending;
  gboolean stopped;
} CotLiteralsScan;

typedef enum
{
  COT_LITERALS_SCALAR,
  COT_LITERALS_SSSE3,
  COT_LITERALS_AVX2,
} CotLiteralsVariant;

extern const guint8 cot_literals_fold[256];

/* What logs look like, and how far to trust it: what is not in it may still stand in a log. */
#define COT_LITERALS_SAMPLE_WEIGHT 0.9

extern const char cot_literals_sample[];
extern const gsize cot_literals_sample_bytes;

/* The key of the first bytes of a longer window. */
static inline guint32
cot_literals_shorten (guint32 key, guint window_bytes)
{
  return key & G_MAXUINT32 >> (32 - 8 * window_bytes);
}

/* Bytes of a window as a number in which letters have no case (other bytes may coincide, too). */
static inline guint32
cot_literals_key (const char *bytes, guint window_bytes)
{
  guint32 key = 0;

  memcpy (&key, bytes, window_bytes);
  return cot_literals_shorten (GUINT32_FROM_LE (key) | 0x20202020u, window_bytes);
}

/* The last eight bytes of a text that ends at @end, in which letters have no case. */
static inline guint64
cot_literals_tail (const char *end)
{
  guint64 tail;

  memcpy (&tail, end - sizeof tail, sizeof tail);
  return tail | 0x2020202020202020u;
}

static inline guint
cot_literals_hash (guint32 key, guint window_bytes, guint slot_bits)
{
  return ((key + window_bytes) * 0x9e3779b1u) >> (32 - slot_bits);
}

static inline guint
cot_literals_look_up (const guint8 *filter, guint32 key)
{
  guint bit = cot_literals_hash (key, 0, 16);

  return filter[bit / 8] >> bit % 8 & 1;
}

/* Whether a window may start at @bytes, of which four can be read. Most candidates end here, */
static inline gboolean
cot_literals_filter (const CotLiterals *self, const char *bytes)
{
  return cot_literals_look_up (self->filter, cot_literals_key (bytes, 4) & 0xffffff) != 0;
}

/* and most of the others here. */
static inline gboolean
cot_literals_filter_again (const CotLiterals *self, const char *bytes)
{
  guint32 key = cot_literals_key (bytes, 4);

  return (cot_literals_look_up (self->long_filter, key)
          | cot_literals_look_up (self->short_filter, key & 0xffffff))
         != 0;
}

/* Chooses windows, buckets and slots. */
void cot_literals_plan (CotLiterals *self);
/* The buckets: @windows are 1 to 4 bytes in lower case each. */
void cot_literals_set_masks (CotLiteralsMasks *masks, const CotSpan *windows, guint n_windows);

/* A window may start at @position, where at least four bytes may be read from @bytes. FALSE to
 * stop. */
gboolean cot_literals_scan_candidate (CotLiteralsScan *scan, gsize position, const char *bytes);

void cot_literals_scan_ssse3 (CotLiteralsScan *scan);
void cot_literals_scan_avx2 (CotLiteralsScan *scan);

gboolean cot_literals_has_variant (CotLiteralsVariant variant);
void cot_literals_scan_variant (CotLiterals *self, CotLiteralsVariant variant, const char *data,
                                gsize length_bytes, CotLiteralsFunc function, gpointer user_data);

G_END_DECLS
