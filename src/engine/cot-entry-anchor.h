/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-snapshot.h"

G_BEGIN_DECLS

/* What an entry is found again by when its log is read another time: where its record stands, and
 * which bytes. Where others stand there, it is not found. Not on the window's main thread: making
 * one and looking for one reads the log. */
#define COT_ENTRY_ANCHOR_DIGITS 32

typedef struct
{
  guint64 offset; /* in the (re-coded) source of its part */
  char record[COT_ENTRY_ANCHOR_DIGITS + 1]; /* checksum of its bytes; "": there is no entry */
} CotEntryAnchor;

/* FALSE, and no entry, where it can not be read. */
gboolean cot_entry_anchor_init (CotEntryAnchor *self, CotSnapshot *snapshot, guint64 ordinal);
/* A checksum that somebody wrote down; FALSE where it is none. */
gboolean cot_entry_anchor_init_from (CotEntryAnchor *self, guint64 offset, const char *record);
gboolean cot_entry_anchor_is_set (const CotEntryAnchor *self);
/* In one part of a log, or in any of them, the newest first. */
gboolean cot_entry_anchor_find_in (const CotEntryAnchor *self, CotSnapshot *snapshot,
                                   guint generation, guint64 *ordinal);
gboolean cot_entry_anchor_find (const CotEntryAnchor *self, CotSnapshot *snapshot,
                                guint64 *ordinal);

G_END_DECLS
