/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-code-log.h"

G_BEGIN_DECLS

/* One entry that was found. */
#define COT_TYPE_FOUND_ENTRY (cot_found_entry_get_type ())
G_DECLARE_FINAL_TYPE (CotFoundEntry, cot_found_entry, COT, FOUND_ENTRY, GObject)

CotCase *cot_found_entry_get_case (CotFoundEntry *self);
CotLog *cot_found_entry_get_log (CotFoundEntry *self);
guint64 cot_found_entry_get_ordinal (CotFoundEntry *self);
/* Places to light up in its message; see cot_find_mark(). */
guint cot_found_entry_mark (CotFoundEntry *self, const char *text, gsize *pairs, guint max_pairs);

/* The entries of many logs that answer to one question, log by log: a few logs at a time are
 * searched on workers, and what is found streams in. A GListModel of CotFoundEntry, made when they
 * are asked for; followed logs go on. Dropping it ends the search. Main thread.
 *
 * Signals: "changed" (): the numbers below are others */
#define COT_TYPE_FOUND_ENTRIES (cot_found_entries_get_type ())
G_DECLARE_FINAL_TYPE (CotFoundEntries, cot_found_entries, COT, FOUND_ENTRIES, GObject)

/* @logs: (element-type CotCodeLog). Errors: COT_QUERY_ERROR. */
CotFoundEntries *cot_found_entries_new (GPtrArray *logs, const CotFindQuestion *question,
                                        GError **error);
guint64 cot_found_entries_get_n_found (CotFoundEntries *self); /* may be more than items */
guint cot_found_entries_get_n_logs_with_some (CotFoundEntries *self);
guint cot_found_entries_get_n_logs (CotFoundEntries *self);
guint cot_found_entries_get_n_searched (CotFoundEntries *self); /* logs that were gone through */
guint64 cot_found_entries_get_n_too_slow (CotFoundEntries *self);

G_END_DECLS
