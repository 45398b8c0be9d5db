/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-index-private.h"

#include "cot-foreign.h"
#include "cot-slices.h"

/* Enough to judge encoding and format by; where there is less, they are judged again later. */
#define DETECT_BYTES (64 * 1024)
/* What a format learns of a file it learns of that many blocks, spread over all of it. */
#define N_SAMPLES 16
#define SAMPLE_BYTES (16 * 1024)
/* Where these leave open what it asks for, it is looked for in all of the file. */
#define LEARN_BYTES (1024 * 1024)
#define LEARN_OVERLAP_BYTES 1024
/* A log of which less is left is read before anybody can look at how it ends. */
#define ENDING_FROM_BYTES (16 * 1024 * 1024)
#define REPORT_INTERVAL_USEC (G_USEC_PER_SEC / 10)

static void
closed_generation_free (gpointer data)
{
  CotClosedGeneration *self = data;

  cot_part_unref (self->part);
  g_clear_pointer (&self->texts.transcoded, cot_transcoded_unref);
  g_clear_pointer (&self->texts.original, cot_source_unref);
  cot_source_unref (self->texts.source);
  g_free ((char *) self->texts.label);
  g_free (self);
}

/**
 * cot_index_new:
 * @path: (nullable): where the log stands, if it can be followed
 * @source: (nullable): its bytes, if they are open already
 *
 * Returns: (transfer full): an index of nothing
 */
CotIndex *
cot_index_new (const char *path, CotSource *source)
{
  CotIndex *self = g_new0 (CotIndex, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->path = g_strdup (path);
  self->original = source != NULL ? cot_source_ref (source) : NULL;
  self->format = &cot_format_plain;
  cot_tables_init (&self->tables);
  self->closed = g_ptr_array_new_with_free_func (closed_generation_free);
  self->older = g_ptr_array_new_with_free_func (cot_older_part_free);
  return self;
}

/**
 * cot_index_ref:
 * @self: an index
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
CotIndex *
cot_index_ref (CotIndex *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
clear_generation (CotIndex *self)
{
  g_clear_pointer (&self->scanner, cot_scanner_free);
  g_clear_pointer (&self->copy, cot_spool_free);
  g_clear_pointer (&self->transcoded, cot_transcoded_unref);
  g_clear_pointer (&self->converted, cot_source_unref);
}

/**
 * cot_index_unref:
 * @self: (transfer full): an index
 *
 * Any thread.
 */
void
cot_index_unref (CotIndex *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  clear_generation (self);
  g_clear_pointer (&self->original, cot_source_unref);
  cot_edges_clear (&self->edges);
  g_clear_pointer (&self->ending, cot_ending_unref);
  g_ptr_array_unref (self->closed);
  g_ptr_array_unref (self->older);
  cot_tables_clear (&self->tables);
  g_free (self->path);
  g_free (self);
}

/**
 * cot_index_set_format:
 * @self: an index that is not loaded yet
 * @format: (nullable): how to read the log, whatever it looks like; %NULL: as its content says
 */
void
cot_index_set_format (CotIndex *self, const CotFormat *format)
{
  self->wanted = format;
}

/**
 * cot_index_set_encoding:
 * @self: an index that is not loaded yet
 * @encoding_id: (nullable): one of the encodings; %NULL or none of them: as its content says
 */
void
cot_index_set_encoding (CotIndex *self, const char *encoding_id)
{
  self->wanted_encoding = cot_encoding_from_string (encoding_id, &self->chosen_encoding)
                              ? &self->chosen_encoding
                              : NULL;
}

/**
 * cot_index_set_clock:
 * @self: an index that is not loaded yet
 * @clock_usec: what is to be added to each time, because the clock of the writer was wrong
 */
void
cot_index_set_clock (CotIndex *self, gint64 clock_usec)
{
  self->clock_usec = clock_usec;
}

/**
 * cot_index_set_max_helpers:
 * @self: an index that is not loaded yet
 * @max_helpers: how many threads beside the calling one may scan a large log; 0 at first
 */
void
cot_index_set_max_helpers (CotIndex *self, guint max_helpers)
{
  self->max_helpers = max_helpers;
}

/**
 * cot_index_is_open:
 * @self: an index
 *
 * Returns: whether there is anything to make a snapshot of
 */
gboolean
cot_index_is_open (CotIndex *self)
{
  return self->scanner != NULL;
}

/**
 * cot_index_is_remote:
 * @self: an index
 *
 * Returns: whether the log stands on a network or FUSE file system
 */
gboolean
cot_index_is_remote (CotIndex *self)
{
  return self->stamp.remote;
}

/**
 * cot_index_is_converted:
 * @self: an index
 *
 * Returns: whether it shows something that was made of a file and does not grow with it
 */
gboolean
cot_index_is_converted (CotIndex *self)
{
  return self->converted != NULL || self->is_redacted;
}

/* Nothing but ASCII, or too little behind it: what comes says in which encoding the log is. */
static gboolean
is_undecided (CotEncoding encoding, const char *head, gsize n_head)
{
  CotEncoding seen;
  gsize n_open;

  return (encoding == COT_ENCODING_UTF8 || encoding == COT_ENCODING_WINDOWS_1252)
         && !cot_encoding_decide (head, n_head, &n_open, &seen) && seen == encoding;
}

static CotSource *
get_source (CotIndex *self)
{
  if (self->converted != NULL)
    return self->converted;
  return self->transcoded != NULL ? cot_transcoded_get_source (self->transcoded) : self->original;
}

guint64
cot_index_get_n_indexed (CotIndex *self)
{
  if (self->transcoded != NULL)
    return cot_transcoded_get_original_size (self->transcoded);
  return cot_scanner_get_n_read (self->scanner);
}

/* An older generation's format stays unless the new one is surely of another: rows of both are
 * parsed by one format, and each format takes other text as plain lines. */
static const CotFormat *
choose_format (CotIndex *self, const char *head, gsize n_head)
{
  const CotFormat *format = cot_formats_detect (head, n_head);

  if (self->wanted != NULL)
    return self->wanted;
  return format == &cot_format_plain ? self->format : format;
}

/* Reads up to @max_bytes before @end, and ends the last line of the file where nothing else does:
 * a line that is cut tells nothing. A block that cannot be read is missed by nobody here: the scan
 * will meet the same fault. */
static gboolean
read_block (CotSource *source, guint64 end, gsize max_bytes, gboolean is_last, char *into,
            CotSpan *block)
{
  gsize n_read = 0;

  max_bytes = (gsize) MIN (end, max_bytes);
  if (!cot_source_read (source, end - max_bytes, into, max_bytes, &n_read, NULL) || n_read == 0)
    return FALSE;
  if (is_last && into[n_read - 1] != '\n')
    into[n_read++] = '\n';
  *block = (CotSpan){ into, n_read };
  return TRUE;
}

/* As far as it was asked once; it will be read a second time. */
static void
report_learnt (CotIndex *self, guint64 n_bytes, guint64 size_bytes, gint64 *last_usec)
{
  gint64 now_usec = g_get_monotonic_time ();

  if (self->report == NULL || n_bytes >= size_bytes
      || now_usec - *last_usec < REPORT_INTERVAL_USEC)
    return;
  self->progress = MAX (self->progress, (double) n_bytes / (2 * (double) size_bytes));
  self->report (self, self->progress, self->report_data);
  *last_usec = g_get_monotonic_time ();
}

/* Nothing in the samples is proof: the first block that has one is taken with them. Large files
 * take some time for that. */
static guint
add_telling_block (CotIndex *self, const CotFormat *format, CotSource *source,
                   guint64 size_bytes, char *into, CotSpan *blocks, guint n,
                   GCancellable *cancellable)
{
  CotSpan pair[2] = { { "", 0 } }; /* the block is not where a file begins */
  guint64 end = 0;
  gint64 last_usec = 0;

  if (n == 0 || format->judge (blocks, n) != COT_PROOF_OPEN)
    return n;
  while (end < size_bytes && !g_cancellable_is_cancelled (cancellable))
    {
      /* Each begins before the last line of the one before, the start of which may be cut. */
      guint64 from = end - MIN (end, LEARN_OVERLAP_BYTES);

      end = MIN (size_bytes, from + LEARN_BYTES);
      if (!read_block (source, end, (gsize) (end - from), end == size_bytes, into, &pair[1]))
        break;
      if (format->judge (pair, G_N_ELEMENTS (pair)) == COT_PROOF_GIVEN)
        {
          blocks[n++] = pair[1];
          break;
        }
      report_learnt (self, end, size_bytes, &last_usec);
    }
  if (self->report != NULL)
    self->n_learned_bytes += end;
  return n;
}

const CotFormat *
cot_index_learn_format (CotIndex *self, const CotFormat *format, CotSource *source,
                        const CotSpan *heads, guint n_heads, GCancellable *cancellable)
{
  guint64 n_head = n_heads > 0 ? heads[n_heads - 1].length_bytes : 0;
  g_autofree char *samples = NULL;
  g_autofree char *block = NULL;
  g_autofree CotSpan *blocks = NULL;
  guint64 size_bytes = 0;
  guint n = n_heads;

  if (format->learn == NULL || !cot_source_get_size (source, &size_bytes, NULL))
    return format;

  samples = g_malloc (N_SAMPLES * (SAMPLE_BYTES + 1));
  blocks = g_new (CotSpan, n_heads + N_SAMPLES + 1);
  for (guint i = 0; i < n_heads; i++)
    blocks[i] = heads[i];
  for (guint i = 1; i <= N_SAMPLES && size_bytes > n_head; i++)
    {
      char *sample = samples + (gsize) (i - 1) * (SAMPLE_BYTES + 1);
      gboolean is_last = i == N_SAMPLES;
      guint64 end = is_last ? size_bytes : n_head + (size_bytes - n_head) / N_SAMPLES * i;

      if (read_block (source, end, SAMPLE_BYTES, is_last, sample, &blocks[n]))
        n++;
    }
  if (format->judge != NULL)
    {
      block = g_malloc (LEARN_BYTES + 1);
      n = add_telling_block (self, format, source, size_bytes, block, blocks, n, cancellable);
    }
  return cot_format_learn (format, blocks, n);
}

/* A log whose first day above the twelfth comes while it is followed was taken for what it looked
 * like until then: once there is proof, all of it is asked. */
gboolean
cot_index_learns_more (CotIndex *self, guint64 from, GCancellable *cancellable)
{
  CotSource *source = get_source (self);
  guint64 size_bytes = cot_scanner_get_n_read (self->scanner);
  g_autofree char *into = NULL;
  CotSpan pair[2] = { { "", 0 } };
  gsize n_read = 0;

  if (self->is_proven || self->format->judge == NULL || self->converted != NULL)
    return FALSE;
  into = g_malloc (LEARN_BYTES + 1);
  while (from < size_bytes && !self->is_proven && !g_cancellable_is_cancelled (cancellable))
    {
      guint64 start = from - MIN (from, LEARN_OVERLAP_BYTES);

      from = MIN (size_bytes, start + LEARN_BYTES);
      if (!read_block (source, from, (gsize) (from - start), FALSE, into, &pair[1]))
        return FALSE;
      self->is_proven = self->format->judge (pair, G_N_ELEMENTS (pair)) == COT_PROOF_GIVEN;
    }
  return self->is_proven && cot_source_read (source, 0, into, DETECT_BYTES, &n_read, NULL)
         && cot_index_learn_format (self, self->format, source, &(CotSpan){ into, n_read }, 1,
                                    cancellable)
                != self->format;
}

/* Binary files look like UTF-16 here and there. */
static void
find_encoding (CotIndex *self, CotOpening *opening, const char *head, gsize n_head)
{
  gboolean is_binary = self->wanted == NULL && cot_index_is_binary (head, n_head);
  CotEncoding seen = is_binary ? COT_ENCODING_UTF8 : cot_encoding_detect (head, n_head);

  opening->encoding = seen;
  opening->is_undecided = is_undecided (seen, head, n_head);
  if (self->wanted_encoding != NULL && !is_binary)
    {
      /* Its mark is no text. */
      if (*self->wanted_encoding != COT_ENCODING_UTF8 || seen != COT_ENCODING_UTF8_BOM)
        opening->encoding = *self->wanted_encoding;
      opening->is_undecided = FALSE;
    }
  opening->file_encoding = opening->encoding;
}

/* The text in UTF-8, of what is in something that is not made of bytes as ASCII is. */
static gboolean
recode (CotOpening *opening, CotSource *original, CotTranscoded **transcoded,
        GCancellable *cancellable, GError **error)
{
  if (!cot_encoding_is_utf16 (opening->encoding) && !cot_encoding_is_code_page (opening->encoding))
    return TRUE;
  *transcoded = cot_transcoded_new (original, opening->encoding, cancellable, error);
  if (cot_encoding_is_code_page (opening->encoding))
    opening->encoding = COT_ENCODING_UTF8;
  return *transcoded != NULL;
}

gboolean
cot_index_open (CotIndex *self, CotSource *original, CotOpening *opening,
                GCancellable *cancellable, GError **error)
{
  g_autofree char *head = g_malloc (DETECT_BYTES);
  g_autoptr (CotTranscoded) transcoded = NULL;
  g_autoptr (CotSource) redacted = NULL;
  CotSource *text = original;
  gsize n_head = 0;

  opening->original = original;
  opening->redacted = NULL;
  opening->transcoded = NULL;
  opening->converted = NULL;
  opening->is_no_text = FALSE;

  if (!cot_source_get_stamp (original, &opening->stamp, error)
      || !cot_source_read (original, 0, head, DETECT_BYTES, &n_head, error)
      || !cot_index_redact (original, head, n_head, &redacted, error))
    return FALSE;
  if (redacted != NULL)
    {
      text = original = redacted;
      if (!cot_source_read (original, 0, head, DETECT_BYTES, &n_head, error))
        return FALSE;
    }
  find_encoding (self, opening, head, n_head);
  opening->n_detected = n_head;
  if (!recode (opening, original, &transcoded, cancellable, error))
    return FALSE;
  if (transcoded != NULL)
    {
      text = cot_transcoded_get_source (transcoded);
      if (!cot_source_read (text, 0, head, DETECT_BYTES, &n_head, error))
        return FALSE;
    }
  if (!cot_index_convert (original, text, head, n_head, self->wanted, &opening->converted,
                          &opening->format, cancellable, error))
    return FALSE;
  opening->redacted = g_steal_pointer (&redacted);
  if (opening->converted != NULL)
    {
      opening->encoding = COT_ENCODING_UTF8;
      opening->is_undecided = FALSE;
      return TRUE;
    }
  opening->format = cot_index_learn_format (self, choose_format (self, head, n_head), text,
                                            &(CotSpan){ head, n_head }, 1, cancellable);
  opening->is_no_text
      = opening->format == &cot_format_plain && !cot_encoding_is_text (head, n_head);
  opening->transcoded = g_steal_pointer (&transcoded);
  return TRUE;
}

void
cot_opening_clear (CotOpening *opening)
{
  g_clear_pointer (&opening->transcoded, cot_transcoded_unref);
  g_clear_pointer (&opening->converted, cot_source_unref);
  g_clear_pointer (&opening->redacted, cot_source_unref);
}

void
cot_index_begin_generation (CotIndex *self, CotOpening *opening)
{
  CotSource *original = opening->redacted != NULL ? g_steal_pointer (&opening->redacted)
                                                  : cot_source_ref (opening->original);

  self->is_redacted = original != opening->original;
  g_clear_pointer (&self->original, cot_source_unref);
  clear_generation (self);
  self->original = original;
  self->transcoded = g_steal_pointer (&opening->transcoded);
  self->converted = g_steal_pointer (&opening->converted);
  self->encoding = opening->encoding;
  self->file_encoding = opening->file_encoding;
  self->is_undecided = opening->is_undecided;
  self->is_no_text = opening->is_no_text;
  self->is_proven = FALSE;
  self->n_detected = opening->n_detected;
  self->no_room = FALSE;
  cot_edges_clear (&self->edges);
  self->edges_end = 0;
  self->stamp = opening->stamp;
  self->file_stamp = opening->stamp;
  self->seen_stamp = opening->stamp;
  self->format = opening->format;
  self->scanner = cot_scanner_new (get_source (self), self->format, &self->tables);
  if (self->is_undecided)
    cot_scanner_set_undecided (self->scanner, self->encoding);
  if (self->keep_copy && self->transcoded == NULL && self->converted == NULL
      && self->stamp.size_bytes <= COT_COPY_MAX_BYTES)
    {
      self->copy = cot_spool_new ();
      cot_scanner_set_copy (self->scanner, self->copy);
    }
}

/* The copy of a generation that is truncated under us takes the place of the file. */
static CotSource *
take_text (CotIndex *self, gboolean in_place, gboolean *text_lost)
{
  *text_lost = FALSE;
  if (self->converted != NULL)
    return cot_source_ref (self->converted);
  if (self->transcoded != NULL)
    return cot_source_ref (cot_transcoded_get_source (self->transcoded));
  if (!in_place)
    return cot_source_ref (self->original);
  if (self->copy != NULL
      && cot_spool_get_size (self->copy) == cot_scanner_get_n_read (self->scanner))
    return cot_spool_finish (g_steal_pointer (&self->copy),
                             cot_source_get_label (self->original));
  *text_lost = TRUE;
  return cot_source_ref (self->original);
}

void
cot_index_close_generation (CotIndex *self, gboolean in_place)
{
  g_autoptr (CotPart) part = cot_scanner_make_part (self->scanner);
  CotClosedGeneration *generation;

  if (cot_part_get_n_entries (part) == 0)
    return;

  cot_scanner_set_copy (self->scanner, NULL);
  generation = g_new0 (CotClosedGeneration, 1);
  generation->texts.source = take_text (self, in_place, &generation->texts.text_lost);
  generation->texts.transcoded
      = self->transcoded != NULL ? cot_transcoded_ref (self->transcoded) : NULL;
  generation->texts.original = self->converted != NULL ? cot_source_ref (self->original) : NULL;
  generation->texts.encoding = self->encoding;
  generation->texts.file_encoding = self->file_encoding;
  generation->texts.is_no_text = self->is_no_text;
  generation->part = g_steal_pointer (&part);
  g_ptr_array_add (self->closed, generation);
}

static void
drop_large_copy (CotIndex *self)
{
  if (self->copy == NULL || cot_spool_get_size (self->copy) <= COT_COPY_MAX_BYTES)
    return;
  cot_scanner_set_copy (self->scanner, NULL);
  g_clear_pointer (&self->copy, cot_spool_free);
}

static void
take_encoding (CotIndex *self)
{
  if (!self->is_undecided)
    return;
  self->is_undecided = !cot_scanner_get_encoding (self->scanner, &self->encoding);
  self->file_encoding = self->encoding;
}

static gboolean
read_edges (CotIndex *self, GError **error)
{
  guint64 size_bytes = cot_index_get_n_indexed (self);
  gsize n = (gsize) MIN (size_bytes, COT_EDGE_BYTES);

  cot_edges_clear (&self->edges);
  self->edges_end = size_bytes;
  if (self->transcoded == NULL)
    {
      const CotEdges *edges = cot_scanner_get_edges (self->scanner);

      self->edges.head = g_memdup2 (edges->head, edges->n_head);
      self->edges.n_head = edges->n_head;
      self->edges.tail = g_memdup2 (edges->tail, edges->n_tail);
      self->edges.n_tail = edges->n_tail;
      return TRUE;
    }
  self->edges.head = g_malloc (n);
  self->edges.tail = g_malloc (n);
  return cot_source_read (self->original, 0, self->edges.head, n, &self->edges.n_head, error)
         && cot_source_read (self->original, size_bytes - n, self->edges.tail, n,
                             &self->edges.n_tail, error);
}

static double
get_progress (CotIndex *self, guint64 n_read, guint64 size_bytes)
{
  double part = (double) n_read / (double) size_bytes;

  if (self->n_all_bytes > 0)
    part = MIN (1.0, ((double) self->n_done_bytes + part * (double) self->stamp.size_bytes)
                         / (double) self->n_all_bytes);
  self->progress = MAX (self->progress, part);
  return self->progress;
}

/* A long log may take its time, and how it ends is what many open it for. Behind the first rows,
 * and behind older parts, which end somewhere else. */
static void
read_ending (CotIndex *self, guint64 size_bytes)
{
  CotEncoding encoding = self->transcoded != NULL ? COT_ENCODING_UTF8 : self->encoding;

  if (self->older->len > 0)
    return;
  g_clear_pointer (&self->ending, cot_ending_unref);
  self->ending = cot_ending_read (get_source (self), size_bytes, self->format, encoding);
  if (self->ending != NULL && self->ending->time_usec != COT_TIME_NONE)
    self->ending->time_usec += self->clock_usec;
}

gboolean
cot_index_scan (CotIndex *self, CotIndexReport report, gpointer data, GCancellable *cancellable,
                GError **error)
{
  gint64 last_usec = 0;
  guint64 size_bytes = 0;
  gboolean at_end = FALSE;
  gboolean has_begun = FALSE;
  gboolean is_ending_read = FALSE;
  g_autoptr (CotSlices) slices = NULL;

  self->cut_short = TRUE;
  /* Taken before reading: what is written meanwhile makes another one. */
  if (!cot_source_get_stamp (self->original, &self->stamp, error))
    return FALSE;
  if (self->transcoded != NULL && !cot_transcoded_extend (self->transcoded, cancellable, error))
    return FALSE;
  if (!cot_source_get_size (get_source (self), &size_bytes, error))
    return FALSE;

  while (!at_end)
    {
      guint64 n_read;
      gint64 now_usec;

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !(slices != NULL ? cot_slices_step (slices, &at_end, error)
                              : cot_scanner_step (self->scanner, &at_end, error)))
        return FALSE;
      if (!has_begun && !cot_index_is_remote (self))
        slices = cot_slices_new (self->scanner, size_bytes, self->max_helpers);
      if (!has_begun && slices != NULL)
        cot_slices_stop_with (slices, cancellable);
      has_begun = TRUE;
      drop_large_copy (self);
      take_encoding (self);

      n_read = cot_scanner_get_n_read (self->scanner);
      now_usec = g_get_monotonic_time ();
      if (report != NULL && n_read < size_bytes && now_usec - last_usec >= REPORT_INTERVAL_USEC)
        {
          report (self, get_progress (self, n_read, size_bytes), data);
          last_usec = g_get_monotonic_time ();
          if (!is_ending_read && size_bytes >= n_read + ENDING_FROM_BYTES)
            {
              read_ending (self, size_bytes);
              last_usec = 0;
            }
          is_ending_read = TRUE;
        }
    }

  cot_scanner_rest (self->scanner);
  if (!read_edges (self, error))
    return FALSE;
  self->cut_short = FALSE;
  return TRUE;
}

/**
 * cot_index_load:
 * @self: a new index
 * @keep_copy: whether the log will be followed
 * @report: (nullable) (scope call): called now and then with what part is done
 * @data: for @report
 * @cancellable: (nullable): a cancellable
 * @error: a return location, COT_SOURCE_ERROR, COT_BUNDLE_ERROR or G_IO_ERROR
 *
 * Opens the log, finds its encoding and its format from its first block, and indexes it. Runs on
 * any one thread.
 *
 * Returns: FALSE with @error set; what was read until then can be shown where
 *   cot_index_is_open()
 */
gboolean
cot_index_load (CotIndex *self, gboolean keep_copy, CotIndexReport report, gpointer data,
                GCancellable *cancellable, GError **error)
{
  g_autoptr (CotSource) source = NULL;
  CotOpening opening;
  gboolean done = FALSE;

  self->keep_copy = keep_copy;
  self->report = report;
  self->report_data = data;
  self->progress = 0;
  if (self->original != NULL)
    source = cot_source_ref (self->original);
  else
    source = cot_source_open (self->path, error);

  if (source == NULL || !cot_foreign_check (source, NULL, error)
      || !cot_index_open (self, source, &opening, cancellable, error))
    {
      self->report = NULL;
      return FALSE;
    }
  if (self->n_learned_bytes > 0)
    {
      self->n_done_bytes = self->n_learned_bytes;
      self->n_all_bytes = self->n_learned_bytes + opening.stamp.size_bytes;
    }
  if (self->older->len > 0
      && !cot_index_load_older (self, &opening, report, data, cancellable, error))
    cot_opening_clear (&opening);
  else
    {
      cot_index_begin_generation (self, &opening);
      done = cot_index_scan (self, report, data, cancellable, error);
      self->n_all_bytes = 0;
    }
  self->report = NULL;
  return done;
}

/**
 * cot_index_dup_ending:
 * @self: an index that is being loaded
 *
 * Returns: (transfer full) (nullable): the last entry of a log that is long; %NULL where it is not,
 *   or its last bytes do not tell
 */
CotEnding *
cot_index_dup_ending (CotIndex *self)
{
  return self->ending != NULL ? cot_ending_ref (self->ending) : NULL;
}

/**
 * cot_index_make_snapshot:
 * @self: an index
 *
 * Returns: (transfer full): what is indexed so far
 */
CotSnapshot *
cot_index_make_snapshot (CotIndex *self)
{
  const CotTables *tables = cot_tables_are_empty (&self->tables) ? cot_tables_get_empty ()
                                                                  : &self->tables;
  CotSnapshot *snapshot = cot_snapshot_new (self->format, tables);

  cot_snapshot_set_clock (snapshot, self->clock_usec);
  for (guint i = 0; i < self->closed->len; i++)
    {
      const CotClosedGeneration *generation = self->closed->pdata[i];

      cot_snapshot_add_part (snapshot, generation->part, &generation->texts);
    }
  if (self->scanner != NULL)
    {
      g_autoptr (CotPart) part = cot_scanner_make_part (self->scanner);

      CotGeneration texts = {
        .source = get_source (self),
        .transcoded = self->transcoded,
        .original = self->converted != NULL ? self->original : NULL,
        .encoding = self->encoding,
        .file_encoding = self->file_encoding,
        .is_no_text = self->is_no_text,
      };

      cot_snapshot_add_part (snapshot, part, &texts);
    }
  cot_snapshot_finish (snapshot);
  return snapshot;
}
