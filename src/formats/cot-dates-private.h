/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-stamp-private.h"

G_BEGIN_DECLS

/* What a file as a whole tells of its dates: 5/3/2026 may be in March or in May. No pointers, so
 * that it can be the context of a format. */
typedef struct
{
  gint32 year; /* of dates without; 0: not known */
  gint32 order; /* CotDateOrder */
} CotDates;

/* The stamp of the line in [@from, @line_end), wherever in it a format has its stamps. */
typedef gboolean (*CotReadLineStamp) (const char *data, gsize from, gsize line_end,
                                      CotStamp *stamp);

/* FALSE where the lines tell nothing. @stamp_bytes: of a line that is cut, so much is enough. */
gboolean cot_dates_learn (const CotSpan *blocks, guint n_blocks, CotReadLineStamp read_stamp,
                          gsize stamp_bytes, CotDates *dates);
/* Whether they prove the order. */
CotProof cot_dates_judge (const CotSpan *blocks, guint n_blocks, CotReadLineStamp read_stamp,
                          gsize stamp_bytes);
/* @self: (nullable): nothing is known */
gint64 cot_dates_get_time (const CotDates *self, const CotStamp *stamp);

G_END_DECLS
