/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-case.h"
#include "cot-filter.h"

G_BEGIN_DECLS

/* Whole logs, entry after entry, for the command line and exports. Blocking: never on the main
 * thread of the window. */

typedef struct
{
  CotLog *log;
  CotSnapshot *snapshot;
  guint64 ordinal;
  guint64 line; /* 1-based first physical line; 0 where a row was made of a file that has none */
  CotEntryColumns columns;
  const char *record;
  gsize length_bytes;
} CotReadEntry;

/* Return FALSE to stop. */
typedef gboolean (*CotReadFunc) (const CotReadEntry *entry, gpointer data);

/* @filter is nullable. */
gboolean cot_read_log (CotLog *log, CotFilter *filter, CotReadFunc function, gpointer data,
                       GError **error);
/* Several logs in the order of their times; @failed is the one that an error is about. */
gboolean cot_read_merged (CotLog *const *logs, guint n_logs, CotFilter *filter,
                          CotReadFunc function, gpointer data, CotLog **failed, GError **error);
/* The entry's bytes as they stand in the file, whatever its encoding. */
gboolean cot_read_original (const CotReadEntry *entry, GByteArray *into, GError **error);
/* The files that rows were made of have no bytes for each entry: they are read as a whole. FALSE
 * with @error; @was_converted: whether it is such a log. */
typedef void (*CotReadBytesFunc) (const char *bytes, gsize length_bytes, gpointer data);
gboolean cot_read_converted_file (CotLog *log, CotReadBytesFunc function, gpointer data,
                                  gboolean *was_converted, GError **error);
/* The entry on one line or several, for people: time, severity, component, thread, message. */
char *cot_read_dup_text (const CotReadEntry *entry, gboolean visible);

G_END_DECLS
