/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-clock.h"
#include "cot-snapshot-private.h"

#include <string.h>

CotSnapshot *
cot_snapshot_new (const CotFormat *format, const CotTables *tables)
{
  CotSnapshot *self = g_new0 (CotSnapshot, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->format = format;
  cot_tables_copy (&self->tables, tables);
  self->counts.first_time_usec = COT_TIME_NONE;
  self->counts.last_time_usec = COT_TIME_NONE;
  return self;
}

/**
 * cot_snapshot_ref:
 * @self: a snapshot
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
CotSnapshot *
cot_snapshot_ref (CotSnapshot *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * cot_snapshot_unref:
 * @self: (nullable) (transfer full): a snapshot
 *
 * Any thread. With the last reference go the columns that no other snapshot shares, and the
 * sources that nobody else holds open.
 */
void
cot_snapshot_unref (CotSnapshot *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < self->n_generations; i++)
    {
      cot_part_unref (self->generations[i].part);
      g_clear_pointer (&self->generations[i].public.transcoded, cot_transcoded_unref);
      g_clear_pointer (&self->generations[i].public.original, cot_source_unref);
      cot_source_unref (self->generations[i].public.source);
      g_free ((char *) self->generations[i].public.label);
    }
  g_free (self->generations);
  g_free (self->types);
  cot_tables_clear (&self->tables);
  g_free (self);
}

void
cot_snapshot_set_clock (CotSnapshot *self, gint64 clock_usec)
{
  self->clock_usec = clock_usec;
}

/**
 * cot_snapshot_get_clock:
 * @self: a snapshot
 *
 * Returns: what is added to each time as it is written
 */
gint64
cot_snapshot_get_clock (CotSnapshot *self)
{
  return self->clock_usec;
}

static inline gint64
move_time (const CotSnapshot *self, gint64 time_usec)
{
  return time_usec != COT_TIME_NONE ? time_usec + self->clock_usec : COT_TIME_NONE;
}

static void
add_counts (CotSnapshotCounts *self, const CotSnapshotCounts *behind, gint64 clock_usec)
{
  self->n_entries += behind->n_entries;
  self->n_framed += behind->n_framed;
  self->n_plain += behind->n_plain;
  self->n_incomplete += behind->n_incomplete;
  self->n_blank += behind->n_blank;
  self->zero_bytes += behind->zero_bytes;
  for (guint i = 0; i < COT_N_SEVERITIES; i++)
    self->by_severity[i] += behind->by_severity[i];
  if (self->first_time_usec == COT_TIME_NONE && behind->first_time_usec != COT_TIME_NONE)
    self->first_time_usec = behind->first_time_usec + clock_usec;
  if (behind->last_time_usec != COT_TIME_NONE)
    self->last_time_usec = behind->last_time_usec + clock_usec;
}

void
cot_snapshot_add_part (CotSnapshot *self, CotPart *part, const CotGeneration *texts)
{
  CotSnapshotGeneration *generation;

  self->generations = g_renew (CotSnapshotGeneration, self->generations, self->n_generations + 1);
  generation = &self->generations[self->n_generations++];
  generation->part = cot_part_ref (part);
  generation->public = *texts;
  cot_source_ref (texts->source);
  if (texts->transcoded != NULL)
    cot_transcoded_ref (texts->transcoded);
  if (texts->original != NULL)
    cot_source_ref (texts->original);
  generation->public.label = g_strdup (texts->label);
  generation->public.first_ordinal = self->counts.n_entries;
  generation->public.n_entries = cot_part_get_n_entries (part);
  generation->public.size_bytes = part->size_bytes;

  add_counts (&self->counts, &part->counts, self->clock_usec);
  self->types = g_renew (CotTypeCount, self->types, self->n_types + part->n_types);
  for (guint i = 0; i < part->n_types; i++)
    self->types[self->n_types++] = part->types[i];
}

static int
compare_types (gconstpointer first, gconstpointer second, gpointer data)
{
  CotSnapshot *self = data;
  const CotTypeCount *a = first;
  const CotTypeCount *b = second;

  int order = strcmp (cot_strings_get (self->tables.types, a->text, NULL),
                      cot_strings_get (self->tables.types, b->text, NULL));

  /* Texts with a NUL in them may look the same. */
  return order != 0 ? order : (int) a->text - (int) b->text;
}

void
cot_snapshot_finish (CotSnapshot *self)
{
  guint n_kept = 0;

  if (self->n_types == 0)
    return;

  g_qsort_with_data (self->types, (gint) self->n_types, sizeof *self->types, compare_types, self);
  for (guint i = 1; i < self->n_types; i++)
    {
      if (self->types[i].text == self->types[n_kept].text)
        self->types[n_kept].n += self->types[i].n;
      else
        self->types[++n_kept] = self->types[i];
    }
  self->n_types = n_kept + 1;
}

static gboolean
has_same_offsets (CotEncoding a, CotEncoding b)
{
  return a == b || (!cot_encoding_is_utf16 (a) && !cot_encoding_is_utf16 (b));
}

/* A log that was truncated has its older text elsewhere, and so has what is shown of it still. */
CotSnapshot *
cot_snapshot_move_texts (CotSnapshot *self, CotSnapshot *newer)
{
  CotSnapshot *moved = cot_snapshot_new (self->format, &self->tables);

  cot_snapshot_set_clock (moved, self->clock_usec);
  for (guint i = 0; i < self->n_generations; i++)
    {
      const CotGeneration *from = &self->generations[i].public;

      /* What was re-coded has other offsets. */
      if (i < newer->n_generations
          && has_same_offsets (newer->generations[i].public.encoding, from->encoding))
        from = &newer->generations[i].public;
      cot_snapshot_add_part (moved, self->generations[i].part, from);
    }
  cot_snapshot_finish (moved);
  return moved;
}

/**
 * cot_snapshot_get_n_entries:
 * @self: a snapshot
 *
 * Returns: the number of entries in all generations
 */
guint64
cot_snapshot_get_n_entries (CotSnapshot *self)
{
  return self->counts.n_entries;
}

/**
 * cot_snapshot_get_counts:
 * @self: a snapshot
 *
 * Returns: (transfer none): what the entries of all generations add up to
 */
const CotSnapshotCounts *
cot_snapshot_get_counts (CotSnapshot *self)
{
  return &self->counts;
}

guint
cot_snapshot_find_generation (CotSnapshot *self, guint64 ordinal)
{
  guint first = 0;
  guint n = self->n_generations;

  /* The last one that begins at or before it. */
  while (n > 1)
    {
      guint half = n / 2;

      if (self->generations[first + half].public.first_ordinal <= ordinal)
        first += half;
      else
        {
          n = half;
          continue;
        }
      n -= half;
    }
  /* Empty ones hold nothing. */
  while (first > 0 && self->generations[first].public.n_entries == 0)
    first--;
  return first;
}

/**
 * cot_snapshot_get:
 * @self: a snapshot
 * @ordinal: an entry, from 0
 * @columns: (out): what the columns know of it; line is 0
 *
 * Any thread; reads no file.
 *
 * Returns: FALSE beyond the end
 */
gboolean
cot_snapshot_get (CotSnapshot *self, guint64 ordinal, CotEntryColumns *columns)
{
  guint number;

  if (ordinal >= self->counts.n_entries)
    return FALSE;

  number = cot_snapshot_find_generation (self, ordinal);
  cot_part_get_columns (self->generations[number].part,
                        ordinal - self->generations[number].public.first_ordinal, columns);
  columns->time_usec = move_time (self, columns->time_usec);
  columns->generation = number;
  columns->line = 0;
  return TRUE;
}

/* Entries in a row that lie in one chunk. */
typedef struct
{
  const CotChunk *chunk;
  guint first;
  guint n;
} ChunkRun;

static ChunkRun
find_run (CotSnapshot *self, guint64 ordinal, guint64 n)
{
  const CotSnapshotGeneration *generation
      = &self->generations[cot_snapshot_find_generation (self, ordinal)];
  const CotPart *part = generation->part;
  guint64 inside = ordinal - generation->public.first_ordinal;
  guint number = cot_part_find_chunk (part, inside);
  ChunkRun run;

  run.chunk = part->chunks[number];
  run.first = (guint) (inside - part->first_ordinals[number]);
  run.n = (guint) MIN (n, run.chunk->n_entries - run.first);
  return run;
}

static guint64
clamp_count (CotSnapshot *self, guint64 first, guint64 n)
{
  return first < self->counts.n_entries ? MIN (n, self->counts.n_entries - first) : 0;
}

/* By themselves, so that a compiler sees that they overlap nothing. */
static void
copy_severities (guint8 *restrict severities, const guint8 *restrict states, guint n)
{
  for (guint i = 0; i < n; i++)
    severities[i] = cot_state_get_severity (states[i]);
}

/**
 * cot_snapshot_get_severities:
 * @self: a snapshot
 * @first: an entry
 * @n: how many from there on
 * @severities: (out): room for @n; what lies beyond the end is COT_SEVERITY_UNKNOWN
 */
void
cot_snapshot_get_severities (CotSnapshot *self, guint64 first, guint64 n, guint8 *severities)
{
  guint64 n_left = clamp_count (self, first, n);

  memset (severities + n_left, COT_SEVERITY_UNKNOWN, n - n_left);
  while (n_left > 0)
    {
      ChunkRun run = find_run (self, first, n_left);

      copy_severities (severities, run.chunk->states + run.first, run.n);
      severities += run.n;
      first += run.n;
      n_left -= run.n;
    }
}

/**
 * cot_snapshot_get_times:
 * @self: a snapshot
 * @first: an entry
 * @n: how many from there on
 * @times_usec: (out): room for @n wall-clock times; COT_TIME_NONE beyond the end
 */
void
cot_snapshot_get_times (CotSnapshot *self, guint64 first, guint64 n, gint64 *times_usec)
{
  guint64 n_left = clamp_count (self, first, n);

  for (guint64 i = n_left; i < n; i++)
    times_usec[i] = COT_TIME_NONE;
  while (n_left > 0)
    {
      ChunkRun run = find_run (self, first, n_left);

      for (guint i = 0; i < run.n; i++)
        times_usec[i] = move_time (self, cot_chunk_get_time (run.chunk, run.first + i));
      times_usec += run.n;
      first += run.n;
      n_left -= run.n;
    }
}

/* The first whole millisecond from @base_usec on that is not before @time_usec; FALSE where it has
 * no room. */
static gboolean
find_bound (gint64 time_usec, gint64 base_usec, gint32 *bound_msec)
{
  gint64 delta;

  if (__builtin_sub_overflow (time_usec, base_usec, &delta))
    return FALSE;
  delta = delta / 1000 + (delta % 1000 > 0 ? 1 : 0);
  *bound_msec = (gint32) delta;
  return delta > G_MININT32 && delta <= G_MAXINT32;
}

/* Without a conversion, and several at once: by the milliseconds as they are stored. */
static void
place_msec (guint8 *restrict row, const gint32 *restrict times_msec, guint n, gint32 start_msec,
            gint32 end_msec, const guint8 *places)
{
  const guint8 none = places[0], before = places[1], within = places[2], behind = places[3];

  for (guint i = 0; i < n; i++)
    {
      guint8 place = times_msec[i] < start_msec ? before : within;

      place = times_msec[i] < end_msec ? place : behind;
      row[i] = times_msec[i] == G_MININT32 ? none : place;
    }
}

/**
 * cot_snapshot_place_times:
 * @self: a snapshot
 * @first: an entry
 * @n: how many from there on, none of them beyond the end
 * @start_usec: where a span of wall-clock times begins
 * @end_usec: behind its end; not before @start_usec
 * @places: what to say of an entry without a time, of one before the span, within it, and behind it
 * @row: (out): room for @n of those
 */
void
cot_snapshot_place_times (CotSnapshot *self, guint64 first, guint64 n, gint64 start_usec,
                          gint64 end_usec, const guint8 places[4], guint8 *row)
{
  guint64 n_left = clamp_count (self, first, n);

  while (n_left > 0)
    {
      ChunkRun run = find_run (self, first, n_left);
      const gint32 *times_msec = run.chunk->times_msec;
      const gint64 base_usec = run.chunk->base_time_usec + self->clock_usec;
      gint32 start_msec, end_msec;

      if (times_msec != NULL && find_bound (start_usec, base_usec, &start_msec)
          && find_bound (end_usec, base_usec, &end_msec))
        place_msec (row, times_msec + run.first, run.n, start_msec, end_msec, places);
      else
        for (guint i = 0; i < run.n; i++)
          {
            gint64 time_usec = move_time (self, cot_chunk_get_time (run.chunk, run.first + i));

            row[i] = time_usec == COT_TIME_NONE ? places[0]
                     : time_usec < start_usec   ? places[1]
                     : time_usec < end_usec     ? places[2]
                                                : places[3];
          }
      row += run.n;
      first += run.n;
      n_left -= run.n;
    }
}

/**
 * cot_snapshot_get_names:
 * @self: a snapshot
 * @names: whose
 * @first: an entry
 * @n: how many from there on
 *
 * Returns: the ids of the first of them, as many as are stored together; none beyond the end
 */
CotNameRun
cot_snapshot_get_names (CotSnapshot *self, CotSnapshotNames names, guint64 first, guint64 n)
{
  CotNameRun names_run = { 0 };
  guint64 n_left = clamp_count (self, first, n);
  const CotIdColumn *column;
  ChunkRun run;

  if (n_left == 0)
    return names_run;
  run = find_run (self, first, n_left);
  column = names == COT_SNAPSHOT_COMPONENTS ? &run.chunk->components
           : names == COT_SNAPSHOT_ORIGINS  ? &run.chunk->origins
                                            : &run.chunk->threads;
  names_run.n_entries = run.n;
  names_run.places = column->places != NULL ? column->places + run.first : NULL;
  names_run.n_listed = column->n_listed;
  names_run.ids = column->places != NULL ? column->ids : column->ids + run.first;
  return names_run;
}

static gint64
get_utc_time (const CotSnapshot *self, const CotChunk *chunk, guint index,
              gint16 fallback_bias_minutes)
{
  gint64 time_usec = move_time (self, cot_chunk_get_time (chunk, index));
  gint16 bias_minutes = cot_chunk_get_bias (chunk, index);

  if (time_usec == COT_TIME_NONE)
    return COT_TIME_NONE;
  return cot_clock_to_utc (time_usec, bias_minutes != COT_BIAS_NONE ? bias_minutes
                                                                    : fallback_bias_minutes);
}

/**
 * cot_snapshot_get_utc_times:
 * @self: a snapshot
 * @first: an entry
 * @n: how many from there on
 * @fallback_bias_minutes: the bias of entries that say none
 * @times_usec: (out): room for @n times; COT_TIME_NONE beyond the end
 */
void
cot_snapshot_get_utc_times (CotSnapshot *self, guint64 first, guint64 n,
                            gint16 fallback_bias_minutes, gint64 *times_usec)
{
  guint64 n_left = clamp_count (self, first, n);

  for (guint64 i = n_left; i < n; i++)
    times_usec[i] = COT_TIME_NONE;
  while (n_left > 0)
    {
      ChunkRun run = find_run (self, first, n_left);

      for (guint i = 0; i < run.n; i++)
        times_usec[i] = get_utc_time (self, run.chunk, run.first + i, fallback_bias_minutes);
      times_usec += run.n;
      first += run.n;
      n_left -= run.n;
    }
}

/**
 * cot_snapshot_find_bias:
 * @self: a snapshot
 * @bias_minutes: (out): the bias of the first entry that has one
 *
 * Returns: whether an entry has one
 */
gboolean
cot_snapshot_find_bias (CotSnapshot *self, gint16 *bias_minutes)
{
  guint64 n_entries = cot_snapshot_get_n_entries (self);
  guint64 first = 0;

  while (first < n_entries)
    {
      ChunkRun run = find_run (self, first, n_entries - first);
      /* Most chunks have one for all. */
      guint n = run.chunk->bias_indexes != NULL ? run.n : 1;

      for (guint i = 0; i < n; i++)
        {
          *bias_minutes = cot_chunk_get_bias (run.chunk, run.first + i);
          if (*bias_minutes != COT_BIAS_NONE)
            return TRUE;
        }
      first += run.n;
    }
  return FALSE;
}

/**
 * cot_snapshot_find_bias_up_to:
 * @self: a snapshot
 * @ordinal: an entry
 * @bias_minutes: (out): the bias of the last entry up to that one that has one
 *
 * Returns: whether an entry up to there has one
 */
gboolean
cot_snapshot_find_bias_up_to (CotSnapshot *self, guint64 ordinal, gint16 *bias_minutes)
{
  guint64 end = MIN (ordinal, cot_snapshot_get_n_entries (self) - 1) + 1;

  while (cot_snapshot_get_n_entries (self) > 0 && end > 0)
    {
      ChunkRun run = find_run (self, end - 1, 1);
      guint n = run.chunk->bias_indexes != NULL ? run.first + 1 : 1;

      while (n > 0)
        {
          *bias_minutes = cot_chunk_get_bias (run.chunk, --n);
          if (*bias_minutes != COT_BIAS_NONE)
            return TRUE;
        }
      end -= run.first + 1;
    }
  return FALSE;
}

/**
 * cot_snapshot_get_carried_times:
 * @self: a snapshot
 * @first: an entry
 * @n: how many from there on
 * @first_bias_minutes: the bias of entries before the first one that says one; %COT_BIAS_NONE: they
 *   are given as written
 * @times_usec: (out): room for @n times; COT_TIME_NONE beyond the end
 *
 * In UTC: each by its own bias, or by the last one before it. Any thread.
 */
void
cot_snapshot_get_carried_times (CotSnapshot *self, guint64 first, guint64 n,
                                gint16 first_bias_minutes, gint64 *times_usec)
{
  guint64 n_left = clamp_count (self, first, n);
  gint16 carried = COT_BIAS_NONE;

  for (guint64 i = n_left; i < n; i++)
    times_usec[i] = COT_TIME_NONE;
  if (first == 0 || n_left == 0 || !cot_snapshot_find_bias_up_to (self, first - 1, &carried))
    carried = first_bias_minutes;
  while (n_left > 0)
    {
      ChunkRun run = find_run (self, first, n_left);

      for (guint i = 0; i < run.n; i++)
        {
          gint64 time_usec = move_time (self, cot_chunk_get_time (run.chunk, run.first + i));
          gint16 bias_minutes = cot_chunk_get_bias (run.chunk, run.first + i);

          carried = bias_minutes != COT_BIAS_NONE ? bias_minutes : carried;
          times_usec[i]
              = carried != COT_BIAS_NONE ? cot_clock_to_utc (time_usec, carried) : time_usec;
        }
      times_usec += run.n;
      first += run.n;
      n_left -= run.n;
    }
}

/**
 * cot_snapshot_get_components:
 * @self: a snapshot
 *
 * Returns: (transfer none): the texts of its component ids
 */
CotStrings *
cot_snapshot_get_components (CotSnapshot *self)
{
  return self->tables.components;
}

/**
 * cot_snapshot_get_origins:
 * @self: a snapshot
 *
 * Returns: (transfer none): the texts of its origin ids
 */
CotStrings *
cot_snapshot_get_origins (CotSnapshot *self)
{
  return self->tables.origins;
}

/**
 * cot_snapshot_get_threads:
 * @self: a snapshot
 *
 * Returns: (transfer none): the texts of its thread ids, as written
 */
CotStrings *
cot_snapshot_get_threads (CotSnapshot *self)
{
  return self->tables.threads;
}

/**
 * cot_snapshot_get_format:
 * @self: a snapshot
 *
 * Returns: (transfer none): what parses its records, those of older generations too
 */
const CotFormat *
cot_snapshot_get_format (CotSnapshot *self)
{
  return self->format;
}

/**
 * cot_snapshot_get_n_types:
 * @self: a snapshot
 *
 * Returns: how many different texts the attribute type has
 */
guint
cot_snapshot_get_n_types (CotSnapshot *self)
{
  return self->n_types;
}

/**
 * cot_snapshot_get_type:
 * @self: a snapshot
 * @index: from 0 to the number of types
 * @n: (out) (optional): how many entries have it
 *
 * Returns: (transfer none): the attribute type as those entries write it
 */
const char *
cot_snapshot_get_type (CotSnapshot *self, guint index, guint64 *n)
{
  g_return_val_if_fail (index < self->n_types, NULL);

  if (n != NULL)
    *n = self->types[index].n;
  return cot_strings_get (self->tables.types, self->types[index].text, NULL);
}

/**
 * cot_snapshot_get_n_generations:
 * @self: a snapshot
 *
 * Returns: how many there are; none only before anything is indexed
 */
guint
cot_snapshot_get_n_generations (CotSnapshot *self)
{
  return self->n_generations;
}

/**
 * cot_snapshot_get_generation:
 * @self: a snapshot
 * @index: 0 is the oldest
 *
 * Returns: (transfer none): that generation
 */
const CotGeneration *
cot_snapshot_get_generation (CotSnapshot *self, guint index)
{
  g_return_val_if_fail (index < self->n_generations, NULL);

  return &self->generations[index].public;
}

/* Who asks goes through the log: mostly it is the chunk that holds the entry @near, too. */
static guint
find_chunk_of (const CotPart *part, guint64 offset, guint64 near)
{
  guint number = cot_part_find_chunk (part, MIN (near, cot_part_get_n_entries (part) - 1));
  const CotChunk *chunk = part->chunks[number];

  if (offset >= chunk->base_offset && offset < chunk->end_offset)
    return number;
  return cot_part_find_offset (part, offset);
}

/**
 * cot_snapshot_find_offset:
 * @self: a snapshot
 * @generation: a generation
 * @offset: a byte of it
 * @near: the ordinal of an entry that may be a little before; 0 for no idea
 *
 * Returns: the ordinal of the entry that holds the byte; the nearest one where none does
 */
guint64
cot_snapshot_find_offset (CotSnapshot *self, guint generation, guint64 offset, guint64 near)
{
  const CotPart *part;
  const CotChunk *chunk;
  guint64 first;
  guint number;

  g_return_val_if_fail (generation < self->n_generations, 0);

  part = self->generations[generation].part;
  first = self->generations[generation].public.first_ordinal;
  if (part->n_chunks == 0)
    return first;
  number = find_chunk_of (part, offset, near - MIN (near, first));
  chunk = part->chunks[number];
  first += part->first_ordinals[number];
  return first
         + cot_chunk_find_offset (chunk, MAX (offset, chunk->base_offset),
                                  near >= first && near - first < chunk->n_entries
                                      ? (guint) (near - first)
                                      : 0);
}

const char *
cot_snapshot_get_line_ends (CotSnapshot *self)
{
  CotLineEnds sum = { 0 };
  guint64 n_lone_cr, n_lone_lf;

  for (guint i = 0; i < self->n_generations; i++)
    {
      const CotLineEnds *ends = &self->generations[i].part->ends;

      /* Those of rows are not the file's. */
      if (self->generations[i].public.original != NULL)
        continue;
      sum.n_cr += ends->n_cr;
      sum.n_lf += ends->n_lf;
      sum.n_crlf += ends->n_crlf;
    }
  n_lone_cr = sum.n_cr - sum.n_crlf;
  n_lone_lf = sum.n_lf - sum.n_crlf;
  if ((sum.n_crlf > 0) + (n_lone_cr > 0) + (n_lone_lf > 0) > 1)
    return "mixed";
  if (sum.n_crlf > 0)
    return "crlf";
  if (n_lone_lf > 0)
    return "lf";
  return n_lone_cr > 0 ? "cr" : "none";
}

/**
 * cot_snapshot_get_memory_bytes:
 * @self: a snapshot
 *
 * Returns: what the columns cost, in bytes, shared ones included
 */
gsize
cot_snapshot_get_memory_bytes (CotSnapshot *self)
{
  gsize sum = 0;

  for (guint i = 0; i < self->n_generations; i++)
    {
      const CotPart *part = self->generations[i].part;

      for (guint j = 0; j < part->n_chunks; j++)
        sum += cot_chunk_get_memory_bytes (part->chunks[j]);
      sum += part->n_lines * sizeof *part->lines;
    }
  return sum;
}
