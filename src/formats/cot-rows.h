/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-format.h"
#include "cot-spool.h"

G_BEGIN_DECLS

/* Files that are no lines of text (event logs, registry exports, reports) are converted into rows
 * once, and then read like any log. A row is its fields, in the order of CotRow, with a unit
 * separator (0x1f) behind each but the last, and a record separator (0x1e) and LF behind the last.
 * Both control characters are shown as U+241F and U+241E where a field holds them. */

#define COT_ROWS_N_FIELDS 8

typedef struct
{
  gint64 time_usec; /* COT_TIME_NONE: empty */
  gint16 bias_minutes; /* COT_BIAS_NONE: empty */
  CotSeverity severity; /* a digit */
  CotSpan component;
  CotSpan thread;
  CotSpan context;
  CotSpan origin;
  CotSpan message;
} CotRow;

void cot_rows_write (GString *into, const CotRow *row);
guint64 cot_rows_get_limit (guint64 file_bytes);
gboolean cot_rows_append (CotSpool *into, const CotRow *row, GError **error);

/* What a format of rows is made of; it never bids, for a conversion chooses it. */
guint cot_rows_bid (const char *head, gsize length_bytes);
CotRecordResult cot_rows_next_record (const char *data, gsize length_bytes, gsize start,
                                      gboolean at_end, gsize *end_offset);
void cot_rows_parse_entry (const CotFormat *self, const char *record, gsize length_bytes,
                           CotEntry *entry);

/**
 * CotConversion:
 *
 * How a kind of file becomes rows.
 *
 * @format is that of the rows: its id and name are those of the kind of file.
 * @claims looks at the first block, re-coded to UTF-8 where it was UTF-16.
 * @convert reads all of it; what is broken in it becomes a row that says so. An error is for what
 * cannot be read or written.
 */
typedef struct
{
  CotFormat format;
  gboolean (*claims) (const char *head, gsize length_bytes);
  gboolean (*convert) (CotSource *from, CotSpool *into, GCancellable *cancellable, GError **error);
} CotConversion;

const CotConversion *cot_conversions_detect (const char *head, gsize length_bytes);
const CotConversion *cot_conversions_get (guint index); /* (nullable) */

G_END_DECLS
