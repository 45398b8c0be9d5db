/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Memory that the full chunks of a large log share: see cot-chunk-arena.c. */
typedef struct _CotChunkArena CotChunkArena;

CotChunkArena *cot_chunk_arena_ref (CotChunkArena *self);
void cot_chunk_arena_unref (CotChunkArena *self);
gpointer cot_chunk_arena_take (CotChunkArena **self, gsize n_bytes);
void cot_chunk_arena_give_back (CotChunkArena *self, gpointer piece);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotChunkArena, cot_chunk_arena_unref)

G_END_DECLS
