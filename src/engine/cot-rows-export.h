/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-log.h"
#include "cot-row-writer.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define COT_N_EXPORTED_CELLS 8

/* Entries of a log, or of a merge, into a file. The file is replaced when all is written, not
 * before. */
typedef enum
{
  COT_ROWS_EXPORT_TABLE,  /* by a row writer */
  COT_ROWS_EXPORT_NDJSON, /* as "cotrace-cli show --format ndjson" does */
  COT_ROWS_EXPORT_RECORDS, /* as they are written, but in UTF-8 */
} CotRowsExportKind;

typedef struct
{
  CotRowsExportKind kind;
  CotRowFormat format; /* of a table */
  gboolean keep_existing; /* a file that is there is not replaced: G_IO_ERROR_EXISTS */
  const char *title; /* of an HTML file; copied, as the headings */
  /* In this order: time, UTC, severity, component, thread, log, origin, text. */
  const char *headings[COT_N_EXPORTED_CELLS];
} CotRowsExportOptions;

/* @ordinals: (nullable): all entries. @file: replaced. */
void cot_log_export_async (CotLog *self, CotBitset *ordinals, const CotRowsExportOptions *options,
                           GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer data);
/* The same as a text, of at most 64 MiB: for a clipboard. */
void cot_log_export_text_async (CotLog *self, CotBitset *ordinals,
                                const CotRowsExportOptions *options, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);
/* Errors: as below, and G_IO_ERROR_NO_SPACE. */
char *cot_log_export_text_finish (CotLog *self, GAsyncResult *result, GError **error);
/* Errors: COT_SOURCE_ERROR where a log cannot be read any more; G_IO_ERROR. */
gboolean cot_log_export_finish (CotLog *self, GAsyncResult *result, guint64 *n_entries,
                                GError **error);

G_END_DECLS
