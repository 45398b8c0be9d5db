/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-filter.h"
#include "cot-log.h"

G_BEGIN_DECLS

/* One search in one log: runs on workers, results stream in, new entries of a followed log are
 * looked at as they come. A new search is a new object; dropping the old one cancels it. */
#define COT_TYPE_FIND (cot_find_get_type ())
G_DECLARE_FINAL_TYPE (CotFind, cot_find, COT, FIND, GObject)

/* Signals: "changed" () */

typedef struct
{
  const char *text; /* UTF-8 */
  CotPatternFlags flags;
  CotFilterColumns columns; /* where in an entry; at least one */
} CotFindQuestion;

/* Errors: COT_QUERY_ERROR. */
CotFind *cot_find_new (CotLog *log, const CotFindQuestion *question, GError **error);
guint64 cot_find_get_n_matches (CotFind *self); /* entries */
gboolean cot_find_get_running (CotFind *self);
guint64 cot_find_get_n_too_slow (CotFind *self);
CotBitset *cot_find_get_matches (CotFind *self); /* (transfer none) ordinals */
/* Places to light up in a row's message: (start, end) pairs in bytes; none where it is not
 * searched. */
guint cot_find_mark (CotFind *self, const char *text, gsize *pairs, guint max_pairs);

G_END_DECLS
