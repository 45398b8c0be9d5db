/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-spool.h"

G_BEGIN_DECLS

/* A source over a spool that is still written: it grows with every append. (transfer full) */
CotSource *cot_spool_get_growing_source (CotSpool *self, const char *label);
/* Lowers the budget so that a test reaches the disk with few bytes; gives back the old one. */
guint64 cot_spool_set_memory_budget (guint64 budget_bytes);

/* cot-spool-memory.c; any thread */
/* What a piece for so many bytes has. */
gsize cot_spool_memory_round (gsize n_bytes);
/* A piece, of which only what is written costs anything; NULL where there is none. The number is a
 * rounded one. */
char *cot_spool_memory_take (gsize n_bytes);
void cot_spool_memory_give_back (char *piece, gsize n_bytes);

/* cot-spool-disk.c; any thread */
int cot_spool_open_unlinked (void); /* -1 with errno */
/* A spool more: the file, which stays the disk's; -1 with errno. */
int cot_spool_disk_join (void);
/* So many bytes in a row, for the spools that have joined; returns where they begin. */
guint64 cot_spool_disk_take (guint64 n_bytes);
void cot_spool_disk_give_back (guint64 offset, guint64 n_bytes);
/* A spool less, which has given back all that it took. */
void cot_spool_disk_leave (void);

G_END_DECLS
