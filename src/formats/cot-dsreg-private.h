/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-dsreg.h"

G_BEGIN_DECLS

/* One line "Key : Value", or "Key = Value". */
typedef struct
{
  CotSpan key;
  CotSpan value; /* empty where nothing stands there */
} CotDsregLine;

/* @to: the end of the line. FALSE for boxes and whatever else. */
gboolean cot_dsreg_read_line (const char *data, gsize from, gsize to, CotDsregLine *line);
/* The title of a box: "| Device State |". */
gboolean cot_dsreg_read_title (const char *data, gsize from, gsize to, CotSpan *title);
/* A key that the program is known to print. */
gboolean cot_dsreg_is_known (CotSpan key);
/* "DRS Discovery Test" and the like. */
gboolean cot_dsreg_is_test (CotSpan key);
CotSeverity cot_dsreg_judge (const CotDsregLine *line);

G_END_DECLS
