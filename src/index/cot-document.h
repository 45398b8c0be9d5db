/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-ending.h"
#include "cot-snapshot.h"

G_BEGIN_DECLS

/* A log: source, format and index. Made and used from ONE thread (the main thread of the window,
 * or the command line's); scanning runs on workers that hand over immutable snapshots. */
#define COT_TYPE_DOCUMENT (cot_document_get_type ())
G_DECLARE_FINAL_TYPE (CotDocument, cot_document, COT, DOCUMENT, GObject)

typedef enum
{
  COT_DOCUMENT_NEW,
  COT_DOCUMENT_LOADING,
  COT_DOCUMENT_READY, /* complete; not followed */
  COT_DOCUMENT_LIVE, /* complete and followed */
  COT_DOCUMENT_PAUSED, /* followed, but what is shown stays as it is */
  COT_DOCUMENT_GONE, /* removed, or its server went away; what was read stays */
  COT_DOCUMENT_FAILED, /* could not be read at all; see get_error */
} CotDocumentState;

typedef enum
{
  COT_DOCUMENT_EVENT_NONE,
  COT_DOCUMENT_EVENT_TRUNCATED, /* started anew in place; the older part stays above */
  COT_DOCUMENT_EVENT_REPLACED, /* another file stands at the path */
  COT_DOCUMENT_EVENT_REMOVED,
  COT_DOCUMENT_EVENT_RETURNED,
  COT_DOCUMENT_EVENT_OUTDATED, /* what its rows were made of was written anew: to be read anew */
  COT_DOCUMENT_EVENT_UNDERSTOOD, /* what came says that its dates mean others: to be read anew */
} CotDocumentEvent;

/* Signals, on the thread's main context:
 *   "changed" (): there is a newer snapshot, or state or progress changed; coalesced, at most ten a
 *                 second while loading
 *   "event" (CotDocumentEvent) */

CotDocument *cot_document_new_for_path (const char *path);
CotDocument *cot_document_new_for_source (CotSource *source, const char *name);
const char *cot_document_get_path (CotDocument *self); /* (nullable) */
const char *cot_document_get_name (CotDocument *self); /* base name or member label, UTF-8 */
CotDocumentState cot_document_get_state (CotDocument *self);
const GError *cot_document_get_error (CotDocument *self); /* the last one; (nullable) */
double cot_document_get_progress (CotDocument *self); /* 0 to 1 */
/* Of a long log that is being read: its last entry; (nullable), valid until the next "changed". */
const CotEnding *cot_document_get_ending (CotDocument *self);
CotSnapshot *cot_document_get_snapshot (CotDocument *self); /* (transfer none), never NULL */
CotEncoding cot_document_get_encoding (CotDocument *self);
const char *cot_document_get_line_ends (CotDocument *self); /* "crlf" "lf" "cr" "mixed" "none" */

/* Before it is loaded: reads it in the format of that id, whatever it looks like; NULL: by its
 * content. */
void cot_document_set_format (CotDocument *self, const char *format_id);
/* Likewise: in that encoding; NULL: by its content. */
void cot_document_set_encoding (CotDocument *self, const char *encoding_id);
/* Likewise: is added to each of its times. */
void cot_document_set_clock (CotDocument *self, gint64 clock_usec);
/* Before it is loaded: parts of the log that were put aside, the oldest first; each becomes a
 * generation with its label. Followed is only the log itself. */
void cot_document_add_older_path (CotDocument *self, const char *path, const char *label);
void cot_document_add_older_source (CotDocument *self, CotSource *source, const char *label);
/* Once it is loaded: why that part, counted from 0, is not here or not whole; (nullable). */
const GError *cot_document_get_older_error (CotDocument *self, guint index);
/* Starts on a worker; the first block is handed over at once. */
void cot_document_load (CotDocument *self);
/* How many cores none of them takes: main thread, before any is loaded. */
void cot_document_set_n_spare_cores (guint n_cores);
/* Likewise: behind its first block each waits until its rows are drawn, or for so long. */
void cot_document_hold_loads (guint max_msec);
void cot_document_let_loads_go (void);
/* The same on the calling thread, for the command line and tests. */
gboolean cot_document_load_sync (CotDocument *self, GCancellable *cancellable, GError **error);
void cot_document_cancel (CotDocument *self);

/* Polls the path: 1 s, 2 s on remote file systems; hidden windows may ask for slower. Where no
 * interval was asked for, what is written on this computer is seen at once, too. */
void cot_document_set_following (CotDocument *self, gboolean following);
gboolean cot_document_get_following (CotDocument *self);
void cot_document_set_paused (CotDocument *self, gboolean paused);
gboolean cot_document_get_paused (CotDocument *self);
guint64 cot_document_get_n_held_back (CotDocument *self); /* new entries while paused */
void cot_document_set_poll_interval (CotDocument *self, guint interval_msec); /* 0: default */
/* Of all that have none of their own, from their next look on; 0: automatic. Main thread. */
void cot_document_set_default_poll_interval (guint interval_msec);
/* Of all, while they are written without a pause. Main thread. */
void cot_document_set_watch_interval (guint interval_msec);
void cot_document_check_now (CotDocument *self);

G_END_DECLS
