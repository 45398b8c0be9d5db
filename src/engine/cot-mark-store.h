/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-snapshot.h"

G_BEGIN_DECLS

/* Marks as they are kept on disk: a file for each content, under a name that is drawn from how that
 * content begins, so that a log is known again after it was rolled over, renamed or zipped. Each
 * mark knows its bytes too: where others stand there, it is of another content and is left alone.
 * Any thread, not the window's main one: everything here reads or writes files. */
#define COT_MARK_ERROR (cot_mark_error_quark ())

typedef enum
{
  COT_MARK_ERROR_UNREADABLE, /* the file of marks is none, or too large */
  COT_MARK_ERROR_FULL, /* it would become too large: it stays as it is */
} CotMarkError;

GQuark cot_mark_error_quark (void);

/* More than this in one log is no reading aid any more, and a file that is larger than its bound
 * was not written here. */
#define COT_MARKS_MAX 10000
#define COT_MARK_NOTE_MAX_BYTES 4096

typedef struct
{
  guint64 offset; /* of the record in the (re-coded) source of its part */
  char *record; /* checksum of its bytes */
  char *note; /* UTF-8; (nullable) */
  gint64 made_usec; /* since 1970, UTC */
  guint64 ordinal; /* of the log, once it was found; G_MAXUINT64: not found */
} CotStoredMark;

CotStoredMark *cot_stored_mark_copy (const CotStoredMark *self);
void cot_stored_mark_free (CotStoredMark *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotStoredMark, cot_stored_mark_free)

/* Marks of every part of a log whose bytes stand there. (element-type CotStoredMark) */
GPtrArray *cot_mark_store_load (const char *folder, CotSnapshot *snapshot, GError **error);
/* A mark that was set, changed or taken away. */
typedef struct
{
  guint64 ordinal;
  CotStoredMark *mark; /* (nullable) (owned): NULL: none any more */
} CotMarkChange;

/* Brings what is kept up to date: marks that are not spoken of stay, for another window may have
 * made them in the same content. (element-type CotMarkChange) */
gboolean cot_mark_store_save (const char *folder, CotSnapshot *snapshot, GArray *changes,
                              GError **error);

G_END_DECLS
