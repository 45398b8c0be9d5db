/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-clock.h"
#include "cot-log.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where somebody who types a place wants to go. */
typedef enum
{
  COT_PLACE_LINE,  /* "1234": a physical line of the file, 1-based */
  COT_PLACE_ENTRY, /* "#12": an entry, 1-based */
  COT_PLACE_TIME,  /* "9:12", "09:12:41.327", "2026-11-18 09:12" */
} CotPlaceKind;

typedef struct
{
  CotPlaceKind kind;
  guint64 number; /* of a line or an entry; at least 1 */
  gint64 time_usec;
  CotClockMode clock; /* of the time: whose; an entry whose zone is not known goes as written */
} CotPlace;

/* @day_usec: a moment of the day that a time without a date means; COT_TIME_NONE: there is none.
 * FALSE where the text is no such place. Does not set the clock. Pure. */
gboolean cot_place_parse (const char *text, gint64 day_usec, CotPlace *place);

/* The entry at a place: the one that holds the line, or the first one that was written at the time
 * or later; the last one where all are earlier. Reads on a worker.
 * Errors: G_IO_ERROR_NOT_FOUND: there is no such line or entry, no entry has a time, or lines mean
 * nothing, in a merge and where rows were made of a file; COT_SOURCE_ERROR. */
void cot_log_resolve_place_async (CotLog *self, const CotPlace *place, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data);
/* @is_behind: (out) (optional): whether it was a line behind the end: the last entry is found. */
gboolean cot_log_resolve_place_finish (CotLog *self, GAsyncResult *result, guint64 *ordinal,
                                       gboolean *is_behind, GError **error);

G_END_DECLS
