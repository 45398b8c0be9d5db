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
  GError *error; /* (nullable) why it is no use to go on */
} CotReportRows;

/* Valid UTF-8 without NULs; what is beyond the bound is left out and @is_cut tells. */
GString *cot_report_read (CotSource *from, gboolean *is_cut, GCancellable *cancellable,
                          GError **error);

void cot_report_rows_init (CotReportRows *self, CotSpool *into, GCancellable *cancellable);
void cot_report_rows_add (CotReportRows *self, CotSeverity severity, CotSpan component,
                          CotSpan context, CotSpan message);
/* Returns FALSE with @error where any of it failed; frees what @self holds. */
gboolean cot_report_rows_finish (CotReportRows *self, GError **error);

static inline CotSpan
cot_report_span (const GString *text)
{
  return (CotSpan){ text->str, text->len };
}

G_END_DECLS
