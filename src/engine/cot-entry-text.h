/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-log.h"

G_BEGIN_DECLS

/* From a record's bytes to text for people. Any thread. */

/* Decoded and made visible; @max_bytes bounds what is decoded (0: all). */
char *cot_entry_text_dup_visible (CotEncoding encoding, CotSpan span, gsize max_bytes,
                                  gboolean keep_line_ends);
/* Decoded, nothing escaped. */
char *cot_entry_text_dup_written (CotEncoding encoding, CotSpan span);
/* A message on one line: each line end becomes one mark. */
char *cot_entry_text_dup_row (CotEncoding encoding, CotSpan span);
/* A title on one line: words with a space between. */
char *cot_entry_text_dup_folded (const char *text);
void cot_row_fill (CotRow *row, CotEncoding encoding, const CotFormat *format, const char *record,
                   gsize length_bytes, const CotEntryColumns *columns, gboolean seam);
void cot_row_clear (CotRow *row);
/* The wall clock as CMTrace's column shows it: "2026-11-18 09:12:41.327"; NULL without a time. */
char *cot_entry_text_dup_time (gint64 time_usec);

G_END_DECLS
