/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cot-finder.h"

#include "cot-candidates.h"

/* How long a pattern may take on one entry. */
#define BUDGET_USEC 50000

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
} Finder;

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
decode_message (Finder *self, CotEncoding encoding, CotSpan message)
{
  if (encoding != COT_ENCODING_WINDOWS_1252 || is_ascii (message.data, message.length_bytes))
    return message;
  g_string_truncate (self->decoded, 0);
  cot_decoder_append (self->decoded, encoding, message.data, message.length_bytes);
  return (CotSpan) { self->decoded->str, self->decoded->len };
}

static CotSpan
read_message (Finder *self, const CotFormat *format, const char *record, gsize length_bytes)
{
  CotEntry entry = { 0 };

  if (format->compose == NULL)
    return cot_format_find_message (format, record, length_bytes);
  cot_format_read_entry (format, record, length_bytes, self->composed, &entry);
  return entry.message;
}

static gboolean
look_at_record (CotSnapshot *snapshot, guint64 ordinal, const CotEntryColumns *columns,
                const char *record, gsize length_bytes, gpointer data)
{
  Finder *self = data;
  CotSpan message
      = read_message (self, cot_snapshot_get_format (snapshot), record, length_bytes);
  gsize start;
  gsize end;

  if (g_cancellable_is_cancelled (self->cancellable))
    return FALSE;
  message = decode_message (
      self, cot_snapshot_get_generation (snapshot, columns->generation)->encoding, message);
  switch (cot_pattern_match (self->pattern, self->scratch, message.data, message.length_bytes, 0,
                             &start, &end))
    {
    case COT_MATCH_FOUND:
      cot_bitset_add (self->into, ordinal);
      break;
    case COT_MATCH_LIMIT:
      (*self->n_too_slow)++;
      break;
    case COT_MATCH_NONE:
      break;
    }
  return TRUE;
}

static gboolean
on_block (guint64 ordinal, gpointer data)
{
  Finder *self = data;

  if (self->progress != NULL)
    self->progress (ordinal, self->progress_data);
  return TRUE;
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
  static const CotCandidatesFunctions functions = { look_at_record, on_block };
  g_autoptr (CotCandidates) candidates = cot_candidates_new (pattern);
  guint64 ignored = 0;
  Finder finder = {
    .pattern = pattern,
    .scratch = cot_pattern_scratch_new (),
    .into = into,
    .n_too_slow = n_too_slow != NULL ? n_too_slow : &ignored,
    .progress = progress,
    .progress_data = data,
    .cancellable = cancellable,
    .decoded = g_string_new (NULL),
    .composed = g_string_new (NULL),
  };
  gboolean done;

  cot_pattern_scratch_set_budget (finder.scratch, BUDGET_USEC);
  done = cot_candidates_foreach (candidates, snapshot, first, n, &functions, &finder, cancellable,
                                 error)
         && !g_cancellable_set_error_if_cancelled (cancellable, error);
  g_string_free (finder.decoded, TRUE);
  g_string_free (finder.composed, TRUE);
  cot_pattern_scratch_free (finder.scratch);
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
