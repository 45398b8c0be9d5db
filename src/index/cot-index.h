/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-document.h"
#include "cot-ending.h"
#include "cot-scanner.h"

G_BEGIN_DECLS

/* The worker's side of a document: what is open, how far it is indexed, and the older
 * generations. One worker at a time uses it; what the main thread sees are the snapshots. */
typedef struct _CotIndex CotIndex;

CotIndex *cot_index_new (const char *path, CotSource *source);
CotIndex *cot_index_ref (CotIndex *self);
void cot_index_unref (CotIndex *self);

/* Before it is loaded: reads it in that format, whatever it looks like; NULL: by its content. */
void cot_index_set_format (CotIndex *self, const CotFormat *format);
/* Likewise: in that encoding; NULL: by its content. */
void cot_index_set_encoding (CotIndex *self, const char *encoding_id);
/* Likewise: is added to each time. */
void cot_index_set_clock (CotIndex *self, gint64 clock_usec);

/* Before it is loaded: how many threads beside its own may scan a large log; none otherwise. */
void cot_index_set_max_helpers (CotIndex *self, guint max_helpers);

/* Before it is loaded: another older part, behind those that were added before; one of @path and
 * @source. One that cannot be read, or is no log of this kind, costs only itself. */
void cot_index_add_older (CotIndex *self, const char *path, CotSource *source, const char *label);
/* After loading: why that part is not here, or not whole; (nullable). */
const GError *cot_index_get_older_error (CotIndex *self, guint index);

/* Called on the worker while it goes on, after the first block and then ten times a second. */
typedef void (*CotIndexReport) (CotIndex *self, double progress, gpointer data);

/* Opens the log and indexes all of it. After an error a snapshot of what was read can be made
 * all the same. */
gboolean cot_index_load (CotIndex *self, gboolean keep_copy, CotIndexReport report, gpointer data,
                         GCancellable *cancellable, GError **error);
gboolean cot_index_is_open (CotIndex *self);
gboolean cot_index_is_remote (CotIndex *self);
/* Whether its entries are rows that were made of a file, or a copy of it: they do not grow with it,
 * and are made anew where it is written anew. */
gboolean cot_index_is_converted (CotIndex *self);
CotSnapshot *cot_index_make_snapshot (CotIndex *self);
/* While it is loaded, from the first report on: its last entry; (nullable) (transfer full). */
CotEnding *cot_index_dup_ending (CotIndex *self);

/* What a look at the path has shown. */
typedef struct
{
  CotDocumentEvent event;
  gboolean changed; /* there are new entries, or a new generation */
  gboolean gone; /* nothing stands at the path, or it cannot be asked */
} CotIndexChange;

/* Finds out what happened at the path since: appended, truncated, replaced, removed, back again,
 * outdated. */
gboolean cot_index_check (CotIndex *self, CotIndexChange *change, GCancellable *cancellable,
                          GError **error);

/* The formats that somebody may choose for a file, one after the other, each once: those of lines,
 * then those of files that become rows. (nullable) beyond the last; event logs are no choice, for
 * nothing else can be read as one. */
const CotFormat *cot_index_get_nth_choice (guint index);
const CotFormat *cot_index_find_choice (const char *id); /* (nullable) both */
/* The formats that a file may be found to have, one after the other: (nullable) beyond the last. */
const char *cot_index_get_nth_format_id (guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotIndex, cot_index_unref)

G_END_DECLS
