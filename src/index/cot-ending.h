/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-decoder.h"
#include "cot-format.h"
#include "cot-source.h"

G_BEGIN_DECLS

/* The last entry of a log, known before those between it and the first ones are. Immutable. */
typedef struct
{
  gint64 time_usec; /* wall clock; COT_TIME_NONE where it has none */
  gint16 bias_minutes; /* COT_BIAS_NONE where it has none */
  char *message; /* its first line, and of that the beginning; UTF-8, all of it visible */
} CotEnding;

CotEnding *cot_ending_read (CotSource *source, guint64 size_bytes, const CotFormat *format,
                            CotEncoding encoding);
CotEnding *cot_ending_ref (CotEnding *self);
void cot_ending_unref (CotEnding *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotEnding, cot_ending_unref)

G_END_DECLS
