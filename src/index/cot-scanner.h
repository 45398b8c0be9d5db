/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-decoder.h"
#include "cot-part.h"
#include "cot-spool.h"

G_BEGIN_DECLS

/* The strings of all generations of a log. */
typedef struct
{
  CotStrings *components;
  CotStrings *origins;
  CotStrings *threads;
  CotStrings *types;
} CotTables;

void cot_tables_init (CotTables *self);
void cot_tables_copy (CotTables *self, const CotTables *from);
void cot_tables_clear (CotTables *self);
/* The strings of all logs that have none; (transfer none), to be read only. */
const CotTables *cot_tables_get_empty (void);
gboolean cot_tables_are_empty (const CotTables *self);

/* The edges of what was read, to tell later whether the file still begins and goes on like that. */
#define COT_EDGE_BYTES 4096

typedef struct
{
  char *head;
  gsize n_head;
  char *tail;
  gsize n_tail;
} CotEdges;

void cot_edges_clear (CotEdges *self);

/* Turns the bytes of one source into columns, a block at a time. Used by one thread at a time. */
typedef struct _CotScanner CotScanner;

CotScanner *cot_scanner_new (CotSource *source, const CotFormat *format, const CotTables *tables);
void cot_scanner_free (CotScanner *self);

/* For tests: every combination gives the same columns. */
void cot_scanner_set_block_size (CotScanner *self, gsize block_bytes);
void cot_scanner_set_simd (CotScanner *self, CotSimd variant);
void cot_scanner_set_fast (CotScanner *self, gboolean fast);

/* Bytes that are read go to @copy too; NULL ends that. The copy stays the caller's. */
void cot_scanner_set_copy (CotScanner *self, CotSpool *copy);

/* Before anything is read: the beginning of the log looks like @encoding, and may be in another. */
void cot_scanner_set_undecided (CotScanner *self, CotEncoding encoding);
/* What it looks like by now; FALSE where more bytes may change that. */
gboolean cot_scanner_get_encoding (CotScanner *self, CotEncoding *encoding);

gboolean cot_scanner_step (CotScanner *self, gboolean *at_end, GError **error);
void cot_scanner_rest (CotScanner *self);
CotPart *cot_scanner_make_part (CotScanner *self);
guint64 cot_scanner_get_n_read (CotScanner *self);
/* Entries that went the quick way. */
guint64 cot_scanner_get_n_fast (CotScanner *self);
const CotEdges *cot_scanner_get_edges (CotScanner *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotScanner, cot_scanner_free)

G_END_DECLS
