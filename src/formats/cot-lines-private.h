/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-scan-private.h"

G_BEGIN_DECLS

/* What formats of lines have in common. */

/* Whether the line that begins at @from has the stamp that begins a record. It looks no further
 * than @to, nor than the format's longest stamp. */
typedef gboolean (*CotIsStamp) (const char *data, gsize from, gsize to);

/* A line with a stamp begins a record, and lines without one go on with it. What stands before the
 * first stamp makes a record a line. @stamp_bytes: how far @is_stamp looks. */
CotRecordResult cot_stamped_next_record (const char *data, gsize length_bytes, gsize start,
                                         gboolean at_end, CotIsStamp is_stamp, gsize stamp_bytes,
                                         gsize *end_offset);
/* Each line is a record, with the blank lines behind it. */
CotRecordResult cot_line_next_record (const char *data, gsize length_bytes, gsize start,
                                      gboolean at_end, gsize *end_offset);

/* Where the content of a record begins and ends: without byte order mark, filler and line ends. */
gsize cot_content_start (const char *record, gsize length_bytes);
gsize cot_content_end (const char *record, gsize from, gsize length_bytes);
/* The message and the flags of a framed record, from @from to its end. */
void cot_entry_set_message (CotEntry *entry, const char *record, gsize from, gsize length_bytes);

/* '9' stands for a digit, 'X' for a hexadecimal one, all else for itself. */
gboolean cot_has_shape (const char *data, gsize from, gsize to, const char *shape);
gsize cot_skip_blanks (const char *data, gsize from, gsize to);
/* Behind the bytes that are neither blank nor line end. */
gsize cot_skip_word (const char *data, gsize from, gsize to);
gboolean cot_span_is (CotSpan span, const char *text);
gboolean cot_span_has_prefix (CotSpan span, const char *prefix);
/* Decimal; FALSE where it is none, or above 2^31. */
gboolean cot_span_to_number (CotSpan span, gint *number);

/* How many of the first lines of a file have a stamp. The last one may be cut, and is left out
 * where there are others. */
#define COT_BID_MAX_LINES 400
guint cot_count_stamps (const char *head, gsize length_bytes, CotIsStamp is_stamp,
                        guint *n_lines);

G_END_DECLS
