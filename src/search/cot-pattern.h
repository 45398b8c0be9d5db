/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-types.h"

G_BEGIN_DECLS

#define COT_QUERY_ERROR (cot_query_error_quark ())

typedef enum
{
  COT_QUERY_ERROR_SYNTAX, /* the message starts with the offset: "at 12: ..." */
  COT_QUERY_ERROR_PATTERN,
  COT_QUERY_ERROR_LIMIT,
} CotQueryError;

GQuark cot_query_error_quark (void);

typedef enum
{
  COT_PATTERN_LITERAL = 1 << 0,
  COT_PATTERN_CASELESS = 1 << 1,
  COT_PATTERN_WHOLE_WORD = 1 << 2,
  COT_PATTERN_DOT_ALL = 1 << 3,
  COT_PATTERN_MULTI_LINE = 1 << 4,
} CotPatternFlags;

/* A compiled text or regular expression; immutable, reference counted, usable from any thread. */
typedef struct _CotPattern CotPattern;

/* One per thread that matches: holds match data and JIT stack. */
typedef struct _CotMatcherScratch CotPatternScratch;

typedef enum
{
  COT_MATCH_NONE,
  COT_MATCH_FOUND,
  COT_MATCH_LIMIT, /* too slow on this subject: match, depth or heap limit */
} CotMatchResult;

CotPattern *cot_pattern_new (const char *text, CotPatternFlags flags, GError **error);
CotPattern *cot_pattern_ref (CotPattern *self);
void cot_pattern_unref (CotPattern *self);
const char *cot_pattern_get_text (CotPattern *self);
CotPatternFlags cot_pattern_get_flags (CotPattern *self);

CotPatternScratch *cot_pattern_scratch_new (void);
void cot_pattern_scratch_free (CotPatternScratch *scratch);
/* How long one match on a subject of more than 16 KiB may take; 0: as long as it likes. For the
 * patterns of users; detectors see short windows instead, so that results are the same anywhere. */
void cot_pattern_scratch_set_budget (CotPatternScratch *scratch, gint64 budget_usec);

/* Runs as machine code; where it does not, subjects should be short (2 KiB instead of 16 KiB). */
gboolean cot_pattern_is_fast (CotPattern *self);

/* The first match at or after @start. Offsets are bytes of @subject, which need not be valid UTF-8
 * nor NUL-terminated. */
CotMatchResult cot_pattern_match (CotPattern *self, CotPatternScratch *scratch, const char *subject,
                                  gsize length_bytes, gsize start, gsize *match_start,
                                  gsize *match_end);
/* Named groups of the pattern, in the order of their names. */
guint cot_pattern_get_n_names (CotPattern *self);
const char *cot_pattern_get_name (CotPattern *self, guint index);
/* Of the last match found with @scratch: FALSE where the group took no part. */
gboolean cot_pattern_get_group (CotPattern *self, CotPatternScratch *scratch, const char *name,
                                gsize *group_start, gsize *group_end);
/* Literals of which at least one stands in every match (an alternation gives several); n = 0 where
 * none of at least @min_bytes can be proved. (transfer full) array, free with g_strfreev.
 * A caseless pattern whose literals have a "k" or "s" adds the Kelvin sign or the long s, which
 * these letters match too: literals of their own, shorter than @min_bytes. */
char **cot_pattern_dup_required_literals (CotPattern *self, gsize min_bytes);
/* A second set of that kind, of which none has to do with @known, the first; n = 0 where there is
 * none. (transfer full) array, free with g_strfreev. */
char **cot_pattern_dup_other_literals (CotPattern *self, gsize min_bytes,
                                       const char *const *known);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotPattern, cot_pattern_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotPatternScratch, cot_pattern_scratch_free)

G_END_DECLS
