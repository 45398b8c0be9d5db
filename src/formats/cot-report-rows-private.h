/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-rows.h"

G_BEGIN_DECLS

/* What the conversions of reports share: all of the text, and rows on their way to the spool. */
typedef struct
{
  CotSpool *into;
  GString *rows;
  GCancellable *cancellable;
  guint64 limit_bytes;
  GError *error; /* (nullable) why it is no use to go on */
  gboolean is_full; /* and another reason */
} CotReportRows;

/* Valid UTF-8 without NULs; what is beyond the bound is left out and @is_cut tells. */
GString *cot_report_read (CotSource *from, gboolean *is_cut, GCancellable *cancellable,
                          GError **error);

/* @text_bytes: how much rows are made of. */
void cot_report_rows_init (CotReportRows *self, CotSpool *into, gsize text_bytes,
                           GCancellable *cancellable);
void cot_report_rows_add_row (CotReportRows *self, const CotRow *row);
/* One without a time. */
void cot_report_rows_add (CotReportRows *self, CotSeverity severity, CotSpan component,
                          CotSpan context, CotSpan message);
/* Returns FALSE with @error where any of it failed; frees what @self holds. */
gboolean cot_report_rows_finish (CotReportRows *self, GError **error);

static inline gboolean
cot_report_rows_is_done (const CotReportRows *self)
{
  return self->error != NULL || self->is_full;
}

static inline CotSpan
cot_report_span (const GString *text)
{
  return (CotSpan){ text->str, text->len };
}

G_END_DECLS
