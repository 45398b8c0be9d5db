/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "cot-format.h"

G_BEGIN_DECLS

/* The bytes of a record that may be looked at. No format looks further than the longest record
 * from its start, so that whatever it decides does not depend on how the bytes arrived. */
typedef struct
{
  const char *data;
  gsize start;
  gsize end;
  gboolean is_final; /* nothing behind the end can change the record */
} CotWindow;

static inline CotWindow
cot_window_new (const char *data, gsize length_bytes, gsize start, gboolean at_end)
{
  CotWindow window = { data, start, length_bytes, at_end };

  if (length_bytes - start >= COT_RECORD_MAX_BYTES)
    {
      window.end = start + COT_RECORD_MAX_BYTES;
      window.is_final = TRUE;
    }
  return window;
}

/* The first of two bytes in [@from, @to), or @to. One pass: two calls of memchr() would read a
 * file without the one byte again for each of the other. */
static inline gsize
cot_find_either (const char *data, gsize from, gsize to, char first, char second)
{
#ifdef __SSE2__
  const __m128i firsts = _mm_set1_epi8 (first);
  const __m128i seconds = _mm_set1_epi8 (second);

  for (; to - from >= 16; from += 16)
    {
      __m128i block = _mm_loadu_si128 ((const __m128i_u *) (data + from));
      __m128i found = _mm_or_si128 (_mm_cmpeq_epi8 (block, firsts),
                                    _mm_cmpeq_epi8 (block, seconds));
      guint mask = (guint) _mm_movemask_epi8 (found);

      if (mask != 0)
        return from + (guint) __builtin_ctz (mask);
    }
#endif
  while (from < to && data[from] != first && data[from] != second)
    from++;
  return from;
}

static inline gsize
cot_find_line_end (const char *data, gsize from, gsize to)
{
  return cot_find_either (data, from, to, '\n', '\r');
}

static inline gboolean
cot_is_line_end (char byte)
{
  return byte == '\n' || byte == '\r';
}

static inline gboolean
cot_is_blank (char byte)
{
  return byte == ' ' || byte == '\t';
}

/* Behind the line end at @from; blank lines behind it stay. */
static inline gsize
cot_skip_line_end (const char *data, gsize from, gsize to)
{
  if (from < to && data[from] == '\r')
    from++;
  if (from < to && data[from] == '\n')
    from++;
  return from;
}

/* What makes no content: a preallocated log ends in NULs, an old DOS text in SUB. */
static inline gboolean
cot_is_filler (char byte)
{
  return cot_is_blank (byte) || cot_is_line_end (byte) || byte == '\0' || byte == '\x1a';
}

static inline gboolean
cot_starts_with (const char *data, gsize from, gsize to, const char *prefix, gsize n_prefix)
{
  return to - from >= n_prefix && memcmp (data + from, prefix, n_prefix) == 0;
}

static inline CotSpan
cot_span (const char *data, gsize from, gsize to)
{
  return (CotSpan){ data + from, to - from };
}

/* Behind a byte order mark and whatever else is no content. */
gsize cot_skip_leading (const CotWindow *window);
/* The whole window is the record. A character is not torn where it can be helped. */
CotRecordResult cot_end_at_window (const CotWindow *window, gsize *end_offset);
/* A record whose content ends at @at gets the rest of its line where that is blank, and the blank
 * lines that follow: no byte is lost, and a gap makes no entries. */
CotRecordResult cot_end_with_filler (const CotWindow *window, gsize at, gsize *end_offset);
/* The plain entry that a record without a frame makes. */
void cot_parse_plain_line (const char *record, gsize length_bytes, CotEntry *entry);
void cot_entry_clear (CotEntry *entry);
gboolean cot_span_has_line_end (CotSpan span);

G_END_DECLS
