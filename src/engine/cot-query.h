/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-filter.h"
#include "cot-log.h"

G_BEGIN_DECLS

/* A question put to every entry of one log: on workers, answers stream in, and new entries of a
 * followed log are asked as they come. Finding and filtering are two such questions. A new question
 * is a new object; dropping the old one ends its work. Main thread. */
#define COT_TYPE_QUERY (cot_query_get_type ())
G_DECLARE_FINAL_TYPE (CotQuery, cot_query, COT, QUERY, GObject)

/* Signals: "changed" (): answers came; a handler may drop the query. */

/* Adds the ordinals of [first, first + n) that answer to @into. On a worker. */
typedef gboolean (*CotQueryRun) (gpointer question, CotSnapshot *snapshot, guint64 first, guint64 n,
                                 CotBitset *into, guint64 *n_too_slow, GCancellable *cancellable,
                                 GError **error);

typedef struct
{
  CotQueryRun run;
  gpointer (*ref) (gpointer question); /* from any thread, as its partner */
  void (*unref) (gpointer question);
} CotQueryKind;

/* @kind is static; the query holds a reference on @question. Starts at once. */
CotQuery *cot_query_new (CotLog *log, const CotQueryKind *kind, gpointer question);
/* Which entries pass a filter; those on which a pattern is too slow do. Where the filter asks for
 * findings, the query keeps to those that are known when it starts: "known-changed" of the log
 * tells when to look whether there are others. */
CotQuery *cot_query_new_for_filter (CotLog *log, CotFilter *filter);
/* The same of those that came after a moment; @filter: (nullable): all of them. */
CotQuery *cot_query_new_since (CotLog *log, CotFilter *filter, guint moment);
gboolean cot_query_is_outdated (CotQuery *self);

CotBitset *cot_query_get_ordinals (CotQuery *self); /* (transfer none), found so far */
guint64 cot_query_get_n_asked (CotQuery *self);     /* entries, from the first on */
/* The same of one of the logs of a merge, or of the log itself, by its own ordinals. */
CotBitset *cot_query_dup_part_ordinals (CotQuery *self, CotLog *part); /* not to be changed */
guint64 cot_query_get_part_n_asked (CotQuery *self, CotLog *part);
gboolean cot_query_get_running (CotQuery *self);
guint cot_query_get_max_running (void);
/* On how many entries a pattern reached a limit, so that the answer is not known. */
guint64 cot_query_get_n_too_slow (CotQuery *self);

G_END_DECLS
