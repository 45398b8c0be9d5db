/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cot-finder.h"

#include <string.h>

#include "cot-literals.h"
#include "cot-needle.h"

/* How long a pattern may take on one entry. */
#define BUDGET_USEC 50000

/* Shorter literals stand in nearly every entry. */
#define MIN_LITERAL_BYTES 2

typedef struct
{
  CotPattern *pattern;
  CotPatternScratch *scratch;
  CotBitset *into;
  guint64 *n_too_slow;
  CotFinderProgress progress; /* (nullable) */
  gpointer progress_data;
  GCancellable *cancellable; /* (nullable) */
  GString *decoded;
  GString *composed;

  /* What stands in every entry that matches, in the order of preference. */
  char **required; /* empty: nothing is known */
  gboolean required_is_ascii;
  CotNeedle needle; /* where one literal is required */
  CotLiterals *literals; /* (nullable) where several are */
} Finder;

/* Whole records in a row, as they were read. */
typedef struct
{
  Finder *finder;
  CotSnapshot *snapshot;
  const CotGeneration *generation;
  guint generation_index;
  guint64 first;
  guint64 n;
  const char *data;
  gsize length_bytes;
  guint64 offset; /* of @data in the source */
  gsize done; /* everything before this was looked at */
  guint64 near; /* the entry that was looked at last */
} Block;

static gboolean
is_ascii (const char *text, gsize length_bytes)
{
  for (gsize i = 0; i < length_bytes; i++)
    if ((guchar) text[i] >= 0x80)
      return FALSE;
  return TRUE;
}

/* The message as the user sees it: patterns are UTF-8. */
static CotSpan
decode_message (Block *block, CotSpan message)
{
  GString *decoded = block->finder->decoded;

  if (block->generation->encoding != COT_ENCODING_WINDOWS_1252
      || is_ascii (message.data, message.length_bytes))
    return message;
  g_string_truncate (decoded, 0);
  cot_decoder_append (decoded, block->generation->encoding, message.data, message.length_bytes);
  return (CotSpan) { decoded->str, decoded->len };
}

static CotSpan
read_message (Block *block, const char *record, gsize length_bytes)
{
  const CotFormat *format = cot_snapshot_get_format (block->snapshot);
  CotEntry entry = { 0 };

  if (format->compose == NULL)
    return cot_format_find_message (format, record, length_bytes);
  cot_format_read_entry (format, record, length_bytes, block->finder->composed, &entry);
  return entry.message;
}

static void
look_at_record (Block *block, guint64 ordinal, const char *record, gsize length_bytes)
{
  Finder *finder = block->finder;
  CotSpan message = decode_message (block, read_message (block, record, length_bytes));
  gsize start;
  gsize end;

  switch (cot_pattern_match (finder->pattern, finder->scratch, message.data, message.length_bytes,
                             0, &start, &end))
    {
    case COT_MATCH_FOUND:
      cot_bitset_add (finder->into, ordinal);
      break;
    case COT_MATCH_LIMIT:
      (*finder->n_too_slow)++;
      break;
    case COT_MATCH_NONE:
      break;
    }
}

/* FALSE to stop. */
static gboolean
look_at (Block *block, guint64 ordinal)
{
  CotEntryColumns columns;
  gsize start;

  if (g_cancellable_is_cancelled (block->finder->cancellable)
      || ordinal < block->first || ordinal - block->first >= block->n
      || !cot_snapshot_get (block->snapshot, ordinal, &columns)
      || columns.offset < block->offset)
    return FALSE;
  start = columns.offset - block->offset;
  if (start > block->length_bytes || columns.length_bytes > block->length_bytes - start)
    return FALSE;
  look_at_record (block, ordinal, block->data + start, columns.length_bytes);
  block->done = MAX (block->done, start + columns.length_bytes);
  return TRUE;
}

/* A literal stands at @offset of the block: the entry there may match. */
static gboolean
look_around (Block *block, gsize offset)
{
  block->near = cot_snapshot_find_offset (block->snapshot, block->generation_index,
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
look_for_needle (Block *block)
{
  gsize found;

  while (cot_needle_find (&block->finder->needle, block->data, block->length_bytes, block->done,
                          &found)
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

static gboolean
search_block (CotSnapshot *snapshot, guint64 first, guint64 n, const char *data, gsize length_bytes,
              guint64 block_offset, gpointer user_data)
{
  Finder *finder = user_data;
  CotEntryColumns columns;
  Block block = {
    .finder = finder,
    .snapshot = snapshot,
    .first = first,
    .n = n,
    .data = data,
    .length_bytes = length_bytes,
    .offset = block_offset,
    .near = first,
  };

  if (!cot_snapshot_get (snapshot, first, &columns))
    return FALSE;
  block.generation_index = columns.generation;
  block.generation = cot_snapshot_get_generation (snapshot, columns.generation);
  /* Letters beyond ASCII are other bytes in the file than in the literal, and what a format
   * composes stands nowhere in the file. */
  if (finder->required[0] == NULL || cot_snapshot_get_format (snapshot)->compose != NULL
      || (!finder->required_is_ascii && block.generation->encoding == COT_ENCODING_WINDOWS_1252))
    look_at_all (&block);
  else if (finder->literals != NULL)
    cot_literals_scan (finder->literals, data, length_bytes, on_literal, &block);
  else
    look_for_needle (&block);
  if (finder->progress != NULL)
    finder->progress (first + n, finder->progress_data);
  return !g_cancellable_is_cancelled (finder->cancellable);
}

static void
finder_init (Finder *self, CotPattern *pattern)
{
  CotPatternFlags flags = cot_pattern_get_flags (pattern);
  guint n;

  self->pattern = pattern;
  self->scratch = cot_pattern_scratch_new ();
  cot_pattern_scratch_set_budget (self->scratch, BUDGET_USEC);
  self->decoded = g_string_new (NULL);
  self->composed = g_string_new (NULL);
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
}

static void
finder_clear (Finder *self)
{
  g_clear_pointer (&self->literals, cot_literals_unref);
  g_strfreev (self->required);
  g_string_free (self->decoded, TRUE);
  g_string_free (self->composed, TRUE);
  cot_pattern_scratch_free (self->scratch);
}

/**
 * cot_finder_run:
 * @pattern: what to look for
 * @snapshot: where
 * @first: an ordinal
 * @n: how many entries from there on; what lies beyond the end is left out
 * @into: the ordinals of the entries whose message matches are added
 * @n_too_slow: (inout): grows by the number of entries on which the pattern hit a limit
 * @progress: (nullable) (scope call): called after each block, on this thread
 * @data: for @progress
 * @cancellable: (nullable): looked at before each entry that is matched
 * @error: return location
 *
 * Where the pattern requires a literal, only entries that hold it are parsed. Each message is
 * matched for itself: a match never runs over into the next one, and none lies in a frame. Messages
 * in Windows-1252 are matched as the text that they are. Entries whose text is lost match nothing.
 *
 * A worker thread. Errors: those of reading, %G_IO_ERROR_CANCELLED; what was found until then is
 * in @into.
 *
 * Returns: whether all entries were looked at
 */
gboolean
cot_finder_run (CotPattern *pattern, CotSnapshot *snapshot, guint64 first, guint64 n,
                CotBitset *into, guint64 *n_too_slow, CotFinderProgress progress, gpointer data,
                GCancellable *cancellable, GError **error)
{
  guint64 ignored = 0;
  Finder finder = {
    .into = into,
    .n_too_slow = n_too_slow != NULL ? n_too_slow : &ignored,
    .progress = progress,
    .progress_data = data,
    .cancellable = cancellable,
  };
  gboolean done;

  finder_init (&finder, pattern);
  done = cot_snapshot_foreach_block (snapshot, first, n, search_block, &finder, cancellable, error)
         && !g_cancellable_set_error_if_cancelled (cancellable, error);
  finder_clear (&finder);
  return done;
}

/**
 * cot_finder_mark:
 * @pattern: what to look for
 * @scratch: of the calling thread
 * @text: (array length=length_bytes): where
 * @length_bytes: the length of @text
 * @pairs: (out): room for 2 * @max_pairs offsets: start and end of each match
 * @max_pairs: how many matches are wanted
 * @reached_limit: (out) (optional): whether the pattern was too slow, so that there may be more
 *
 * Finds the matches inside one text, from left to right and without overlap. Empty ones are left
 * out, there is nothing to mark.
 *
 * Any thread.
 *
 * Returns: the number of pairs
 */
guint
cot_finder_mark (CotPattern *pattern, CotPatternScratch *scratch, const char *text,
                 gsize length_bytes, gsize *pairs, guint max_pairs, gboolean *reached_limit)
{
  CotMatchResult result = COT_MATCH_NONE;
  guint n = 0;
  gsize at = 0;
  gsize start;
  gsize end;

  while (n < max_pairs
         && (result
             = cot_pattern_match (pattern, scratch, text, length_bytes, at, &start, &end))
                == COT_MATCH_FOUND)
    {
      if (end > start)
        {
          pairs[2 * n] = start;
          pairs[2 * n + 1] = end;
          n++;
        }
      /* "\K" may put an end before the place where the search began. */
      at = MAX (end, at) + (end > start && end > at ? 0 : 1);
      while (at < length_bytes && ((guchar) text[at] & 0xc0) == 0x80)
        at++;
    }
  if (reached_limit != NULL)
    *reached_limit = result == COT_MATCH_LIMIT;
  return n;
}
