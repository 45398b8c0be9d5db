/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-bitset.h"
#include "cot-filter-findings.h"
#include "cot-pattern.h"
#include "cot-snapshot.h"

G_BEGIN_DECLS

/* A question to every entry. Expression language:
 *   expression := term { ("and" | "or") term }, "and" binds closer
 *   term := "not" term | "(" expression ")" | test;  test := field operator value
 *   field := text component context origin thread severity type time line format
 *            finding log
 *   operator := "=" "!=" "~" "!~" (pattern) ":" "!:" (contains, caseless) "<" "<=" ">" ">="
 *   value := "quoted with \" escapes" or a bare word; a bare value alone means text : value
 * Text is compared without regard to case; patterns are PCRE2, caseless unless "(?-i)" says
 * other. Numbers are compared as numbers where both sides are some. A time is 2024-09-09,
 * 2024-09-09T12:34, 2024-09-09T12:34:56 or 12:34:56 (of any day), or two of them as
 * 2024-09-09T12:34..12:56, and equals all that lies within, the last minute or second of it too. It
 * is by the clock of who wrote the entry, unless a zone is behind it: 12:34Z, 12:34+02:00. The
 * format of an entry without a frame is "plain". A finding is asked for by its id or title, by
 * "any" or "none" behind "=", or by how bad a problem it is ("finding >= error"); which entries are
 * evidence of one is told from outside. A log has the name of its file, an older part that of the
 * part; it equals it without ".log", too. */
typedef struct _CotFilter CotFilter;

CotFilter *cot_filter_new (const char *expression, GError **error);

/* What of an entry is searched. */
typedef enum
{
  COT_COLUMN_TEXT = 1 << 0,
  COT_COLUMN_COMPONENT = 1 << 1,
  COT_COLUMN_THREAD = 1 << 2,
  COT_COLUMN_ORIGIN = 1 << 3,
  COT_COLUMN_TIME = 1 << 4, /* as "2024-09-09 12:34:56.789", by the clock of the writer */
  COT_COLUMN_LOG = 1 << 5,
  COT_COLUMN_ALL = (1 << 6) - 1,
} CotFilterColumns;

/* The entries that have the pattern in one of the columns, at least one. It finds, it does not
 * hide: an entry on which the pattern hits a limit does not pass. */
CotFilter *cot_filter_new_for_pattern (CotPattern *pattern, CotFilterColumns columns);
CotFilter *cot_filter_ref (CotFilter *self);
void cot_filter_unref (CotFilter *self);
/* Whether the answer depends on findings, and so changes with them. */
gboolean cot_filter_asks_for_findings (CotFilter *self);
/* One entry without its log: text is taken for UTF-8, "format" knows only "plain", and "finding"
 * and "log" nothing. */
gboolean cot_filter_matches (CotFilter *self, CotPatternScratch *scratch,
                             const CotEntryColumns *columns, const CotEntry *entry);

/* A filter at work on one snapshot, by one thread: it knows the encoding and the format, decides
 * once for each component, origin and thread, and parses only what the columns leave open. */
typedef struct _CotFilterJudge CotFilterJudge;

/* @log_label: (nullable): the log has no name. @findings: (nullable): nothing was found. */
CotFilterJudge *cot_filter_judge_new (CotFilter *self, CotSnapshot *snapshot,
                                      const char *log_label, CotFilterFindings *findings);
void cot_filter_judge_free (CotFilterJudge *judge);
gboolean cot_filter_judge_matches (CotFilterJudge *judge, guint64 ordinal,
                                   const CotEntryColumns *columns, const char *record,
                                   gsize length_bytes);

/* The ordinals of [first, first + n) that pass, added to @into. @n_too_slow: (optional): grows by
 * the number of entries on which a pattern hit a limit. */
gboolean cot_filter_run (CotFilter *self, CotSnapshot *snapshot, const char *log_label,
                         CotFilterFindings *findings, guint64 first, guint64 n, CotBitset *into,
                         guint64 *n_too_slow, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotFilter, cot_filter_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotFilterJudge, cot_filter_judge_free)

G_END_DECLS
