/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-types.h"

G_BEGIN_DECLS

/* Rows of a table as text for other programs and for people. Pure; any thread. */
typedef enum
{
  COT_ROW_FORMAT_TEXT,     /* as CMTrace copies: tabs between, a line a row */
  COT_ROW_FORMAT_CSV,      /* RFC 4180 with a BOM, for spreadsheets, without formulas */
  COT_ROW_FORMAT_TSV,      /* tabs; line ends and tabs inside become spaces; without formulas */
  COT_ROW_FORMAT_HTML,     /* one file, nothing remote, no script */
  COT_ROW_FORMAT_MARKDOWN, /* a table */
  COT_ROW_FORMAT_UNITS,    /* for programs that take it apart: see below; no headings */
} CotRowFormat;

/* Between cells and behind rows: visible text has no such character. */
#define COT_UNIT_SEPARATOR '\037'
#define COT_RECORD_SEPARATOR '\036'

typedef struct
{
  CotRowFormat format;
  const char *title; /* of an HTML file */
  const char *const *headings; /* as many as there are cells; UTF-8 */
  guint n_cells;
} CotRowWriter;

void cot_row_writer_begin (const CotRowWriter *self, GString *into);
/* @cells: (nullable elements): valid UTF-8 */
void cot_row_writer_add (const CotRowWriter *self, const char *const *cells, CotSeverity severity,
                         GString *into);
void cot_row_writer_end (const CotRowWriter *self, GString *into);

G_END_DECLS
