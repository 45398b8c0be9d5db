/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-part.h"

/**
 * cot_part_ref:
 * @self: a part
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
CotPart *
cot_part_ref (CotPart *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * cot_part_unref:
 * @self: (nullable) (transfer full): a part
 *
 * Any thread.
 */
void
cot_part_unref (CotPart *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < self->n_chunks; i++)
    cot_chunk_unref (self->chunks[i]);
  g_free (self->chunks);
  g_free (self->first_ordinals);
  g_free (self->lines);
  g_free (self->types);
  g_free (self);
}

/**
 * cot_part_find_chunk:
 * @self: a part
 * @ordinal: an entry of it, counted inside the generation
 *
 * Returns: the number of the chunk that holds the entry
 */
guint
cot_part_find_chunk (const CotPart *self, guint64 ordinal)
{
  /* Chunks are full but for odd ones, so the first guess mostly hits. */
  guint64 guess = ordinal / COT_CHUNK_MAX_ENTRIES;
  guint low = (guint) MIN (guess, self->n_chunks - 1);
  guint high = self->n_chunks;

  while (high - low > 1)
    {
      guint middle = self->first_ordinals[low + 1] > ordinal ? low + 1 : low + (high - low) / 2;

      if (self->first_ordinals[middle] <= ordinal)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/**
 * cot_part_find_offset:
 * @self: a part with at least one chunk
 * @offset: a byte of the source
 *
 * Returns: the number of the chunk that holds the byte, or of the nearest one
 */
guint
cot_part_find_offset (const CotPart *self, guint64 offset)
{
  guint low = 0;
  guint high = self->n_chunks;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (self->chunks[middle]->base_offset <= offset)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/**
 * cot_part_get_columns:
 * @self: a part
 * @ordinal: an entry of it, counted inside the generation
 * @columns: (out): all but line and generation
 */
void
cot_part_get_columns (const CotPart *self, guint64 ordinal, CotEntryColumns *columns)
{
  guint number = cot_part_find_chunk (self, ordinal);
  const CotChunk *chunk = self->chunks[number];
  guint i = (guint) (ordinal - self->first_ordinals[number]);

  columns->offset = cot_chunk_get_offset (chunk, i);
  columns->length_bytes = cot_chunk_get_end (chunk, i) - columns->offset;
  columns->time_usec = cot_chunk_get_time (chunk, i);
  columns->bias_minutes = cot_chunk_get_bias (chunk, i);
  columns->component = cot_id_column_get (&chunk->components, i);
  columns->origin = cot_id_column_get (&chunk->origins, i);
  columns->thread = cot_id_column_get (&chunk->threads, i);
  columns->severity = cot_chunk_get_severity (chunk, i);
  columns->flags = cot_chunk_get_flags (chunk, i);
}
