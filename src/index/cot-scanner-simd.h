/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How far beyond the end that was asked for a buffer must be readable (not: initialised with
 * anything in particular). */
#define COT_SIMD_PADDING_BYTES 96

/* Line ends so far. A CR counts where it stands; a LF behind it belongs to the same line end. */
typedef struct
{
  guint64 n_cr;
  guint64 n_lf;
  guint64 n_crlf;
  gboolean after_cr; /* the last byte was a CR */
  gboolean beyond_ascii; /* there were bytes above 127, too */
} CotLineEnds;

/* Where a record may begin or end: the L of "L?G", which both its opener and its closer hold. All
 * of them, in their order; which is which, the bytes say. */
typedef struct
{
  guint32 at;
  guint32 n_ends; /* CRs and LFs before it, in the low 32 bits: how many stand between two marks */
} CotMark;

/* Two bytes of four can be one, and some are written ahead. */
#define COT_MARKS_AHEAD 1
#define COT_MARKS_MAX(n_bytes) ((n_bytes) / 2 + 1 + COT_MARKS_AHEAD)
/* The G of a mark stands so far behind its L. */
#define COT_MARK_LOOKAHEAD_BYTES 2

typedef enum
{
  COT_SIMD_SCALAR,
  COT_SIMD_SSE2,
  COT_SIMD_NEON,
  COT_SIMD_AVX2,
  COT_SIMD_AVX512,
  COT_N_SIMD,
} CotSimd;

/* Adds the line ends of data[from, to) to @ends, and writes (where @marks is not NULL) the marks in
 * there to @marks. Readable must be data[0, to + COT_SIMD_PADDING_BYTES), and of that valid the
 * first COT_MARK_LOOKAHEAD_BYTES behind to. Returns the number of marks; there is room for
 * COT_MARKS_MAX (to - from) of them. */
typedef gsize (*CotSimdScan) (const char *data, gsize from, gsize to, CotLineEnds *ends,
                              CotMark *marks);

/* The scan function for this machine, or NULL where it does not have that variant. */
CotSimdScan cot_simd_get_scan (CotSimd variant);
CotSimd cot_simd_get_best (void);

static inline guint64
cot_line_ends_get_n (const CotLineEnds *self)
{
  return self->n_cr + self->n_lf - self->n_crlf;
}

G_END_DECLS
