/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-chunk-arena.h"
#include "cot-types.h"

G_BEGIN_DECLS

#define COT_CHUNK_MAX_ENTRIES 65536
#define COT_CHUNK_MAX_BIASES 256

/* Ids of strings. A part of a log seldom has more than 256 components, origins or threads: then an
 * entry holds no id but where it stands in a short list of them. */
typedef struct
{
  const guint16 *ids; /* an entry each; with @places, the list */
  const guint8 *places; /* (nullable) an entry each */
  guint n_listed;
} CotIdColumn;

/* The columns of up to COT_CHUNK_MAX_ENTRIES entries in a row: structure of arrays, immutable,
 * shared by reference between snapshots. An entry costs 12 to 16 bytes where its times are whole
 * milliseconds within 24 days (what the native writers print), else 4 more. */
typedef struct
{
  gatomicrefcount ref_count;
  guint n_entries;
  guint64 base_offset; /* where the first entry starts */
  guint64 end_offset; /* behind the last entry */
  gint64 base_time_usec;
  const guint32 *offsets; /* from base_offset */
  const gint32 *times_msec; /* (nullable) from base_time_usec; G_MININT32 for none */
  const gint64 *times_usec; /* (nullable) in the place of times_msec */
  CotIdColumn components;
  CotIdColumn origins;
  CotIdColumn threads;
  const guint8 *states; /* severity and flags: see cot_chunk_pack_state() */
  const guint8 *bias_indexes; /* into biases; NULL if all entries have biases[0] */
  const gint16 *biases;
  CotChunkArena *arena; /* (nullable): the memory that it lies in; else it has its own */
} CotChunk;

/* One entry on its way into a chunk. */
typedef struct
{
  guint64 offset;
  gint64 time_usec;
  gint16 bias_minutes;
  guint16 component;
  guint16 origin;
  guint16 thread;
  guint8 state;
} CotChunkEntry;

/* The chunk that is being filled: private to its scanner, with room for wide times. */
typedef struct
{
  guint n_entries;
  guint n_biases;
  guint last_bias;
  guint64 base_offset;
  guint32 offsets[COT_CHUNK_MAX_ENTRIES];
  gint64 times_usec[COT_CHUNK_MAX_ENTRIES];
  guint16 components[COT_CHUNK_MAX_ENTRIES];
  guint16 origins[COT_CHUNK_MAX_ENTRIES];
  guint16 threads[COT_CHUNK_MAX_ENTRIES];
  guint8 states[COT_CHUNK_MAX_ENTRIES];
  guint8 bias_indexes[COT_CHUNK_MAX_ENTRIES];
  gint16 biases[COT_CHUNK_MAX_BIASES];
} CotChunkBuilder;

CotChunk *cot_chunk_ref (CotChunk *self);
void cot_chunk_unref (CotChunk *self);
gsize cot_chunk_get_memory_bytes (const CotChunk *self);
/* The last entry that starts at or before @offset, which must not be before base_offset; found fast
 * where it is not far behind @near. */
guint cot_chunk_find_offset (const CotChunk *self, guint64 offset, guint near);

CotChunkBuilder *cot_chunk_builder_new (void);
void cot_chunk_builder_free (CotChunkBuilder *self);
gboolean cot_chunk_builder_find_bias (CotChunkBuilder *self, gint16 bias_minutes);
/* Puts other ids of components, origins and threads in the place of those there; a table each, by
 * the old id. Before anybody else sees the chunk. */
void cot_chunk_rename (CotChunk *self, const guint16 *const ids[3]);
/* An immutable copy of what is there; the builder stays as it is. */
CotChunk *cot_chunk_builder_seal (CotChunkBuilder *self, guint64 end_offset, CotChunkArena **arena);

static inline guint8
cot_chunk_pack_state (guint severity, guint flags)
{
  return (guint8) ((severity & 7) | ((flags & 0x1f) << 3));
}

static inline guint8
cot_state_get_severity (guint8 state)
{
  return state & 7;
}

static inline guint8
cot_state_get_flags (guint8 state)
{
  return state >> 3;
}

static inline guint8
cot_chunk_get_severity (const CotChunk *self, guint index)
{
  return cot_state_get_severity (self->states[index]);
}

static inline guint8
cot_chunk_get_flags (const CotChunk *self, guint index)
{
  return cot_state_get_flags (self->states[index]);
}

static inline guint64
cot_chunk_get_offset (const CotChunk *self, guint index)
{
  return self->base_offset + self->offsets[index];
}

static inline guint64
cot_chunk_get_end (const CotChunk *self, guint index)
{
  return index + 1 < self->n_entries ? cot_chunk_get_offset (self, index + 1) : self->end_offset;
}

static inline gint64
cot_chunk_get_time (const CotChunk *self, guint index)
{
  if (self->times_usec != NULL)
    return self->times_usec[index];
  if (self->times_msec[index] == G_MININT32)
    return COT_TIME_NONE;
  return self->base_time_usec + (gint64) self->times_msec[index] * 1000;
}

static inline guint16
cot_id_column_get (const CotIdColumn *self, guint index)
{
  return self->ids[self->places != NULL ? self->places[index] : index];
}

static inline gint16
cot_chunk_get_bias (const CotChunk *self, guint index)
{
  return self->biases[self->bias_indexes != NULL ? self->bias_indexes[index] : 0];
}

/* The first entry brings the base of the offsets, and a bias. FALSE where it is not the first: the
 * chunk is full. */
static inline gboolean
cot_chunk_builder_begin (CotChunkBuilder *self, const CotChunkEntry *entry)
{
  if (self->n_entries > 0)
    return FALSE;
  self->base_offset = entry->offset;
  self->biases[0] = entry->bias_minutes;
  self->n_biases = 1;
  self->last_bias = 0;
  return TRUE;
}

/* FALSE, and nothing added, where the entry needs a new chunk: this one is full, or its offset or
 * bias has no room in it. An empty builder takes every entry. */
static inline gboolean
cot_chunk_builder_add (CotChunkBuilder *self, const CotChunkEntry *entry)
{
  guint i = self->n_entries;

  /* Nothing is in it, or no more goes in: 0 less 1 is the largest number. */
  if (G_UNLIKELY (i - 1 >= COT_CHUNK_MAX_ENTRIES - 1) && !cot_chunk_builder_begin (self, entry))
    return FALSE;
  if (G_UNLIKELY ((entry->offset - self->base_offset) >> 32 != 0))
    return FALSE;
  if (G_UNLIKELY (self->biases[self->last_bias] != entry->bias_minutes)
      && !cot_chunk_builder_find_bias (self, entry->bias_minutes))
    return FALSE;

  self->offsets[i] = (guint32) (entry->offset - self->base_offset);
  self->times_usec[i] = entry->time_usec;
  self->components[i] = entry->component;
  self->origins[i] = entry->origin;
  self->threads[i] = entry->thread;
  self->states[i] = entry->state;
  self->bias_indexes[i] = (guint8) self->last_bias;
  self->n_entries = i + 1;
  return TRUE;
}

static inline void
cot_chunk_builder_clear (CotChunkBuilder *self)
{
  self->n_entries = 0;
  self->n_biases = 0;
  self->last_bias = 0;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotChunk, cot_chunk_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotChunkBuilder, cot_chunk_builder_free)

G_END_DECLS
