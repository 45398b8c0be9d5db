/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A time as the filter language writes it, which is a span: "12:34" is a whole minute. Two of them
 * are one from the begin of the first to the end of the second: "12:34..12:56". */
typedef struct
{
  gint64 start_usec; /* by the wall clock of its zone; of the day, where it is of any day */
  gint64 end_usec; /* exclusive */
  gboolean of_day; /* of any day */
  gboolean is_range; /* two times were written */
  gboolean has_zone; /* else it is by the clock of who wrote the entry */
  gint16 bias_minutes; /* of its zone */
} CotFilterSpan;

/* FALSE: it is none, or it ends before it begins. Pure. */
gboolean cot_filter_span_parse (const char *text, CotFilterSpan *span);
/* A range of whole milliseconds, as text that is read as the same. (transfer full) */
char *cot_filter_span_dup_text (const CotFilterSpan *span);

G_END_DECLS
