/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-bitset.h"
#include "cot-pattern.h"
#include "cot-snapshot.h"

G_BEGIN_DECLS

/* Looks for a pattern in the messages of [first, first + n); on a worker.
 * Adds the ordinals to @into; @n_too_slow counts entries on which the pattern hit a limit.
 * @progress may be NULL: called now and then with the ordinal reached. */
typedef void (*CotFinderProgress) (guint64 ordinal, gpointer data);

gboolean cot_finder_run (CotPattern *pattern, CotSnapshot *snapshot, guint64 first, guint64 n,
                         CotBitset *into, guint64 *n_too_slow, CotFinderProgress progress,
                         gpointer data, GCancellable *cancellable, GError **error);

/* The matches inside one text, as (start, end) pairs in bytes, at most @max_pairs pairs.
 * @reached_limit: (out) (optional): the pattern was too slow, and there may be more. */
guint cot_finder_mark (CotPattern *pattern, CotPatternScratch *scratch, const char *text,
                       gsize length_bytes, gsize *pairs, guint max_pairs, gboolean *reached_limit);

G_END_DECLS
