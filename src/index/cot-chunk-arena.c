/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-chunk-arena.h"

#include <sys/mman.h>

/* A page fault for every 270 entries was a tenth of the time that indexing a large log took. Here
 * many chunks lie in huge pages, where the kernel has them (madvise(2), MADV_HUGEPAGE); elsewhere
 * it is memory as any other. A page that no chunk lies in is never touched.
 *
 * Who takes pieces is one thread; who lets go of them, any. */

#define HUGE_PAGE_BYTES ((gsize) 2 * 1024 * 1024)
/* 17 chunks, and next to nothing left over. */
#define ARENA_BYTES (8 * HUGE_PAGE_BYTES)
#define PIECE_ALIGNMENT 64

struct _CotChunkArena
{
  gatomicrefcount ref_count;
  char *memory;
  gsize n_used;
};

static CotChunkArena *
arena_new (void)
{
  CotChunkArena *self = g_new (CotChunkArena, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->memory = g_aligned_alloc (ARENA_BYTES, 1, HUGE_PAGE_BYTES);
  self->n_used = 0;
  /* A kernel without them says so, and nothing is lost. */
  (void) madvise (self->memory, ARENA_BYTES, MADV_HUGEPAGE);
  return self;
}

/**
 * cot_chunk_arena_ref:
 * @self: an arena
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
CotChunkArena *
cot_chunk_arena_ref (CotChunkArena *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * cot_chunk_arena_unref:
 * @self: (nullable) (transfer full): an arena
 *
 * Frees all its pieces with the last reference. Any thread.
 */
void
cot_chunk_arena_unref (CotChunkArena *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_aligned_free (self->memory);
  g_free (self);
}

/**
 * cot_chunk_arena_take:
 * @self: (inout): the arena to take from, %NULL at first; where it has no room left, the reference
 *   is let go and a new one stands there
 * @n_bytes: how much, at most 16 MiB
 *
 * The piece lives as long as the arena does: who keeps it keeps a reference.
 *
 * Returns: (transfer none): a piece of memory, not zeroed, aligned for every type
 */
gpointer
cot_chunk_arena_take (CotChunkArena **self, gsize n_bytes)
{
  gsize n = (n_bytes + PIECE_ALIGNMENT - 1) & ~(gsize) (PIECE_ALIGNMENT - 1);
  gpointer piece;

  g_return_val_if_fail (n_bytes <= ARENA_BYTES, NULL);

  if (*self == NULL || ARENA_BYTES - (*self)->n_used < n)
    {
      cot_chunk_arena_unref (*self);
      *self = arena_new ();
    }
  piece = (*self)->memory + (*self)->n_used;
  (*self)->n_used += n;
  return piece;
}

/**
 * cot_chunk_arena_give_back:
 * @self: an arena
 * @piece: what was taken last
 *
 * The next piece may take its place.
 */
void
cot_chunk_arena_give_back (CotChunkArena *self, gpointer piece)
{
  self->n_used = (gsize) ((char *) piece - self->memory);
}
