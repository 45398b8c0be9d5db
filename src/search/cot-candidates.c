/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cot-candidates.h"

#include <string.h>

#include "cot-literals.h"
#include "cot-needle.h"

/* Shorter literals stand in nearly every entry. */
#define MIN_LITERAL_BYTES 2

struct _CotCandidates
{
  char **required; /* empty: nothing is known */
  gboolean required_is_ascii;
  CotNeedle needle; /* where one literal is required */
  CotLiterals *literals; /* (nullable) where several are */
};

/* Whole records in a row, as they were read. */
typedef struct
{
  CotSnapshot *snapshot;
  const CotCandidatesFunctions *functions;
  gpointer data;
  guint generation;
  guint64 first;
  guint64 n;
  const char *bytes;
  gsize length_bytes;
  guint64 offset; /* of @bytes in the source */
  gsize done; /* everything before this was looked at */
  guint64 near; /* the entry that was looked at last */
  gboolean goes_on;
} Block;

typedef struct
{
  CotCandidates *candidates;
  const CotCandidatesFunctions *functions;
  gpointer data;
} Walk;

/**
 * cot_candidates_new:
 * @pattern: what matches
 *
 * Returns: (transfer full): what every match of it has
 */
CotCandidates *
cot_candidates_new (CotPattern *pattern)
{
  CotCandidates *self = g_new0 (CotCandidates, 1);
  CotPatternFlags flags = cot_pattern_get_flags (pattern);
  guint n;

  self->required = cot_pattern_dup_required_literals (pattern, MIN_LITERAL_BYTES);
  n = g_strv_length (self->required);
  self->required_is_ascii = TRUE;
  for (guint i = 0; i < n; i++)
    self->required_is_ascii &= g_str_is_ascii (self->required[i]);
  if (n == 1)
    cot_needle_init (&self->needle, self->required[0], strlen (self->required[0]),
                     (flags & COT_PATTERN_LITERAL) == 0 || (flags & COT_PATTERN_CASELESS) != 0);
  else if (n > 1)
    self->literals = cot_literals_new ((const char *const *) self->required, n);
  return self;
}

/**
 * cot_candidates_free:
 * @self: (nullable) (transfer full): candidates
 */
void
cot_candidates_free (CotCandidates *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->literals, cot_literals_unref);
  g_strfreev (self->required);
  g_free (self);
}

/* FALSE to stop. */
static gboolean
look_at (Block *block, guint64 ordinal)
{
  CotEntryColumns columns;
  gsize start;

  if (ordinal < block->first || ordinal - block->first >= block->n
      || !cot_snapshot_get (block->snapshot, ordinal, &columns)
      || columns.offset < block->offset)
    return FALSE;
  start = columns.offset - block->offset;
  if (start > block->length_bytes || columns.length_bytes > block->length_bytes - start)
    return FALSE;
  block->goes_on = block->functions->entry (block->snapshot, ordinal, &columns,
                                            block->bytes + start, columns.length_bytes,
                                            block->data);
  block->done = MAX (block->done, start + columns.length_bytes);
  return block->goes_on;
}

/* A literal stands at @offset of the block: the entry there may match. */
static gboolean
look_around (Block *block, gsize offset)
{
  block->near = cot_snapshot_find_offset (block->snapshot, block->generation,
                                          block->offset + offset, block->near);
  return look_at (block, block->near);
}

static gboolean
on_literal (guint literal, gsize offset, gpointer data)
{
  Block *block = data;

  return offset < block->done || look_around (block, offset);
}

static void
look_for_needle (Block *block, const CotNeedle *needle)
{
  gsize found;

  while (cot_needle_find (needle, block->bytes, block->length_bytes, block->done, &found)
         && look_around (block, found))
    ;
}

static void
look_at_all (Block *block)
{
  for (guint64 i = 0; i < block->n; i++)
    if (!look_at (block, block->first + i))
      return;
}

/* Letters beyond ASCII are other bytes in the file than in the literal, and what a format composes
 * stands nowhere in the file. */
static gboolean
knows_nothing (CotCandidates *self, CotSnapshot *snapshot, guint generation)
{
  return self->required[0] == NULL || cot_snapshot_get_format (snapshot)->compose != NULL
         || (!self->required_is_ascii
             && cot_snapshot_get_generation (snapshot, generation)->encoding
                    == COT_ENCODING_WINDOWS_1252);
}

/**
 * cot_candidates_are_all:
 * @self: candidates
 * @snapshot: where they are looked for
 *
 * Returns: whether there is no other way than to look at every entry
 */
gboolean
cot_candidates_are_all (CotCandidates *self, CotSnapshot *snapshot)
{
  for (guint i = 0; i < cot_snapshot_get_n_generations (snapshot); i++)
    if (!knows_nothing (self, snapshot, i))
      return FALSE;
  return TRUE;
}

static gboolean
on_block (CotSnapshot *snapshot, guint64 first, guint64 n, const char *bytes, gsize length_bytes,
          guint64 block_offset, gpointer data)
{
  Walk *walk = data;
  CotCandidates *self = walk->candidates;
  CotEntryColumns columns;
  Block block = {
    .snapshot = snapshot,
    .functions = walk->functions,
    .data = walk->data,
    .first = first,
    .n = n,
    .bytes = bytes,
    .length_bytes = length_bytes,
    .offset = block_offset,
    .near = first,
    .goes_on = TRUE,
  };

  if (!cot_snapshot_get (snapshot, first, &columns))
    return FALSE;
  block.generation = columns.generation;
  if (knows_nothing (self, snapshot, block.generation))
    look_at_all (&block);
  else if (self->literals != NULL)
    cot_literals_scan (self->literals, bytes, length_bytes, on_literal, &block);
  else
    look_for_needle (&block, &self->needle);
  return block.goes_on
         && (walk->functions->block == NULL || walk->functions->block (first + n, walk->data));
}

/**
 * cot_candidates_foreach:
 * @self: candidates
 * @snapshot: where they are looked for
 * @first: an ordinal
 * @n: how many entries from there on; what lies beyond the end is left out
 * @functions: what is called for the entries that may match, and after each block
 * @data: for @functions
 * @cancellable: (nullable): looked at after each block
 * @error: return location
 *
 * An entry whose text is lost is none. Errors: those of reading, %G_IO_ERROR_CANCELLED.
 *
 * A worker thread.
 *
 * Returns: whether it came to its end, or to a function that wanted no more
 */
gboolean
cot_candidates_foreach (CotCandidates *self, CotSnapshot *snapshot, guint64 first, guint64 n,
                        const CotCandidatesFunctions *functions, gpointer data,
                        GCancellable *cancellable, GError **error)
{
  Walk walk = { self, functions, data };

  return cot_snapshot_foreach_block (snapshot, first, n, on_block, &walk, cancellable, error);
}
