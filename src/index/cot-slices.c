/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-slices.h"

#include "cot-job.h"
#include "cot-scanner-private.h"

#include <string.h>

/* A log can be read from its start only: where a record ends depends on where it began. But what a
 * record starts with nearly always tells where one starts, so several threads begin at such places
 * and hope. Each slice is proven when its turn comes: if the scanner, going on from the start of
 * the log, comes to the very byte where the slice begins, then all that follows from there is what
 * it would have found itself. If it does not, it goes on alone to the next slice, and nothing of
 * this one is used.
 *
 * One thread, the coordinator, owns the scanner, takes over the slices in their order, and scans
 * some itself meanwhile. The others are helpers, and may never come. Each has tables of strings of
 * its own, which begin as those of the log did. */

/* Where a slice begins is looked for in so many bytes; where none can, the one before is longer. */
#define BORDER_BYTES (64 * 1024)
#define N_TABLES 4

typedef enum
{
  SLICE_TAKEN,
  SLICE_READY,
  SLICE_REFUSED, /* it did not end where the next one begins */
} SliceState;

/* A thread's scanner, and what its strings are called in the log's tables. */
typedef struct
{
  CotScanner *scanner;
  CotTables tables;
  guint16 *ids[N_TABLES];
  guint n_known[N_TABLES]; /* of the ids */
  gboolean renames;
} Worker;

typedef struct
{
  CotSlice slice;
  SliceState state;
  Worker *worker;
  guint n_strings[N_TABLES]; /* which the worker's tables held behind it */
} Piece;

/* What coordinator and helpers share. */
typedef struct
{
  gatomicrefcount ref_count;
  CotSource *source;
  const CotFormat *format;
  guint64 size_bytes;
  gsize slice_bytes;
  gint stopped; /* atomic */

  GMutex lock; /* for what follows, and for the states of the pieces */
  GCond changed;
  GPtrArray *pieces; /* Piece, in their order */
  GPtrArray *workers; /* Worker */
  GPtrArray *idle; /* Worker (unowned) */
  guint64 border; /* where the next slice begins; 0: there is no more */
  char *window; /* what borders are looked for in */
} Shared;

struct _CotSlices
{
  CotScanner *scanner; /* (unowned) */
  Shared *shared;
  Worker *own; /* (unowned) */
  GCancellable *cancellable; /* (nullable) */
  gulong handler; /* of its signal */
  guint next; /* the piece whose turn it is */
  guint n_adopted;
};

static void
get_tables (const CotTables *tables, CotStrings *into[N_TABLES])
{
  into[0] = tables->components;
  into[1] = tables->origins;
  into[2] = tables->threads;
  into[3] = tables->types;
}

/* The strings of the log's beginning are most of those that come. */
static void
copy_strings (CotStrings *from, CotStrings *into)
{
  guint n = cot_strings_get_n (from);

  for (guint id = 1; id < n; id++)
    {
      gsize length_bytes;
      const char *text = cot_strings_get (from, (guint16) id, &length_bytes);

      cot_strings_intern (into, text, length_bytes);
    }
}

static Worker *
worker_new (const CotScanner *model, gboolean is_large)
{
  Worker *self = g_new0 (Worker, 1);
  CotStrings *theirs[N_TABLES], *ours[N_TABLES];

  cot_tables_init (&self->tables);
  get_tables (&model->tables, theirs);
  get_tables (&self->tables, ours);
  for (guint i = 0; i < N_TABLES; i++)
    {
      copy_strings (theirs[i], ours[i]);
      self->ids[i] = g_new (guint16, COT_STRINGS_OVERFLOW + 1);
      self->ids[i][0] = 0;
      self->ids[i][COT_STRINGS_OVERFLOW] = COT_STRINGS_OVERFLOW;
      self->n_known[i] = 1;
    }
  self->scanner = cot_scanner_new_like (model, &self->tables, is_large);
  return self;
}

static void
worker_free (gpointer data)
{
  Worker *self = data;

  cot_scanner_free (self->scanner);
  cot_tables_clear (&self->tables);
  for (guint i = 0; i < N_TABLES; i++)
    g_free (self->ids[i]);
  g_free (self);
}

/* In the order in which they first stood in the log, they get the ids that they would have had.
 * The worker may go on to fill its tables meanwhile. */
static void
learn_names (Worker *self, const CotTables *tables, const guint n_strings[N_TABLES])
{
  CotStrings *theirs[N_TABLES], *ours[N_TABLES];

  get_tables (tables, theirs);
  get_tables (&self->tables, ours);
  for (guint i = 0; i < N_TABLES; i++)
    for (; self->n_known[i] < n_strings[i]; self->n_known[i]++)
      {
        gsize length_bytes;
        const char *text = cot_strings_get (ours[i], (guint16) self->n_known[i], &length_bytes);
        guint16 id = cot_strings_intern (theirs[i], text, length_bytes);

        self->ids[i][self->n_known[i]] = id;
        self->renames |= id != self->n_known[i];
      }
}

static void
piece_free (gpointer data)
{
  Piece *self = data;

  cot_slice_clear (&self->slice);
  g_free (self);
}

static Shared *
shared_ref (Shared *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
shared_unref (Shared *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  cot_source_unref (self->source);
  g_ptr_array_unref (self->pieces);
  g_ptr_array_unref (self->idle);
  g_ptr_array_unref (self->workers);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self->window);
  g_free (self);
}

/* Behind the first record that begins with a line: what began somewhere else has ended by then. It
 * must be behind a line end, so that nothing depends on the bytes before it. 0 where none is
 * seen. */
static guint64
look_for_border (Shared *self, guint64 from)
{
  CotAhead ahead = { 0 };
  gsize n_read = 0;
  gsize start, end;
  const char *line_end;

  if (!cot_source_read (self->source, from, self->window, BORDER_BYTES, &n_read, NULL))
    return 0;
  line_end = memchr (self->window, '\n', n_read);
  if (line_end == NULL)
    return 0;
  start = (gsize) (line_end - self->window) + 1;
  end = start;
  if (start >= n_read
      || cot_format_next_record (self->format, self->window, n_read, start, FALSE, &ahead, &end)
             != COT_RECORD_FOUND
      || end <= start || end >= n_read || self->window[end - 1] != '\n')
    return 0;
  return from + end;
}

static guint64
find_border (Shared *self, guint64 from)
{
  for (; from + BORDER_BYTES <= self->size_bytes; from += self->slice_bytes)
    {
      guint64 border = look_for_border (self, from);

      if (border != 0 || g_atomic_int_get (&self->stopped))
        return border;
    }
  return 0;
}

/* The next slice that nobody has; (nullable). With the lock. */
static Piece *
take_piece (Shared *self, Worker *worker)
{
  guint64 limit;
  Piece *piece;

  if (self->border == 0 || g_atomic_int_get (&self->stopped))
    return NULL;
  limit = find_border (self, self->border + self->slice_bytes);
  piece = limit != 0 ? g_new0 (Piece, 1) : NULL;
  if (piece != NULL)
    {
      cot_slice_init (&piece->slice, self->border, limit);
      piece->worker = worker;
      g_ptr_array_add (self->pieces, piece);
    }
  self->border = limit;
  return piece;
}

static void
scan_piece (Shared *self, Piece *piece)
{
  Worker *worker = piece->worker;
  gboolean is_whole = cot_scanner_scan_slice (worker->scanner, &piece->slice, &self->stopped);
  CotStrings *tables[N_TABLES];

  get_tables (&worker->tables, tables);
  for (guint i = 0; i < N_TABLES; i++)
    piece->n_strings[i] = cot_strings_get_n (tables[i]);

  g_mutex_lock (&self->lock);
  piece->state = is_whole ? SLICE_READY : SLICE_REFUSED;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

/* One slice, and then the end of the queue: others want the threads, too. */
static void
help (gpointer data)
{
  Shared *self = data;
  Worker *worker;
  Piece *piece;

  g_mutex_lock (&self->lock);
  worker = g_ptr_array_steal_index (self->idle, self->idle->len - 1);
  piece = take_piece (self, worker);
  g_mutex_unlock (&self->lock);
  if (piece == NULL)
    {
      shared_unref (self);
      return;
    }

  scan_piece (self, piece);
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->idle, worker);
  g_mutex_unlock (&self->lock);
  cot_job_ask_for_help (help, self, 1);
}

/**
 * cot_slices_new:
 * @scanner: a scanner that has read the beginning of its log; it must outlive the slices
 * @size_bytes: how long the log is
 * @max_helpers: how many threads to ask for at the most
 *
 * Asks for helpers, if the log is so large that they are worth it.
 *
 * Returns: (transfer full) (nullable): the rest of the log; %NULL where one thread is as fast
 */
CotSlices *
cot_slices_new (CotScanner *scanner, guint64 size_bytes, guint max_helpers)
{
  guint64 position = cot_scanner_get_position (scanner);

  /* The copy is written by who reads. */
  if (max_helpers == 0 || scanner->copy != NULL || size_bytes < position
      || size_bytes - position < COT_SLICES_MIN_BYTES)
    return NULL;
  return cot_slices_new_with (scanner, size_bytes, COT_SLICE_BYTES, max_helpers);
}

/**
 * cot_slices_new_with:
 * @scanner: a scanner that has read the beginning of its log, and makes no copy
 * @size_bytes: how long the log is
 * @slice_bytes: how long a slice is at the least
 * @n_helpers: how many threads to ask for
 *
 * Returns: (transfer full): the rest of the log
 */
CotSlices *
cot_slices_new_with (CotScanner *scanner, guint64 size_bytes, gsize slice_bytes, guint n_helpers)
{
  CotSlices *self = g_new0 (CotSlices, 1);
  Shared *shared = g_new0 (Shared, 1);

  g_atomic_ref_count_init (&shared->ref_count);
  g_mutex_init (&shared->lock);
  g_cond_init (&shared->changed);
  shared->source = cot_source_ref (scanner->source);
  shared->format = scanner->format;
  shared->size_bytes = size_bytes;
  shared->slice_bytes = slice_bytes;
  shared->pieces = g_ptr_array_new_with_free_func (piece_free);
  shared->workers = g_ptr_array_new_with_free_func (worker_free);
  shared->idle = g_ptr_array_new ();
  shared->window = g_malloc (BORDER_BYTES);
  shared->border = find_border (shared, cot_scanner_get_n_read (scanner));
  for (guint i = 0; i < n_helpers + 1; i++)
    g_ptr_array_add (shared->workers, worker_new (scanner, slice_bytes >= COT_SLICE_BYTES));
  for (guint i = 0; i < n_helpers; i++)
    g_ptr_array_add (shared->idle, shared->workers->pdata[i]);

  self->scanner = scanner;
  self->shared = shared;
  self->own = shared->workers->pdata[n_helpers];
  for (guint i = 0; i < n_helpers; i++)
    cot_job_ask_for_help (help, shared_ref (shared), 1);
  return self;
}

static void
stop (Shared *self)
{
  g_atomic_int_set (&self->stopped, TRUE);
  g_mutex_lock (&self->lock);
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

static void
on_cancelled (GCancellable *cancellable, gpointer data)
{
  stop (data);
}

/**
 * cot_slices_stop_with:
 * @self: new slices
 * @cancellable: (nullable): a cancellable
 *
 * Who cancels must not wait until a slice is read, which may take seconds on a slow disk. The
 * scanner goes on alone then, if it is asked to.
 */
void
cot_slices_stop_with (CotSlices *self, GCancellable *cancellable)
{
  if (cancellable == NULL)
    return;
  self->cancellable = g_object_ref (cancellable);
  self->handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled),
                                         shared_ref (self->shared), (GDestroyNotify) shared_unref);
}

/**
 * cot_slices_free:
 * @self: (nullable) (transfer full): slices
 *
 * What helpers do still is dropped, and not waited for.
 */
void
cot_slices_free (CotSlices *self)
{
  if (self == NULL)
    return;
  if (self->cancellable != NULL)
    g_cancellable_disconnect (self->cancellable, self->handler);
  g_clear_object (&self->cancellable);
  g_atomic_int_set (&self->shared->stopped, TRUE);
  self->scanner->limit = G_MAXUINT64;
  shared_unref (self->shared);
  g_free (self);
}

/* The slice that begins at @position; (nullable) where none does. Those that the scanner has gone
 * beyond are passed over. With the lock. */
static Piece *
find_turn (CotSlices *self, guint64 position)
{
  Shared *shared = self->shared;
  Piece *piece = NULL;

  while (self->next < shared->pieces->len)
    {
      piece = shared->pieces->pdata[self->next];
      if (piece->slice.start >= position && piece->state != SLICE_REFUSED)
        break;
      /* Nobody needs it any more, unless somebody is at work on it. */
      if (piece->state != SLICE_TAKEN)
        cot_slice_clear (&piece->slice);
      self->next++;
    }
  if (self->next == shared->pieces->len)
    {
      if (shared->border != 0 && shared->border < position)
        shared->border = find_border (shared, position);
      piece = shared->border == position ? take_piece (shared, self->own) : NULL;
    }
  return piece != NULL && piece->slice.start == position ? piece : NULL;
}

/* Where the scanner, going on alone, meets the next slice. With the lock. */
static guint64
find_limit (CotSlices *self)
{
  Shared *shared = self->shared;

  if (self->next < shared->pieces->len)
    return ((Piece *) shared->pieces->pdata[self->next])->slice.start;
  return shared->border != 0 ? shared->border : G_MAXUINT64;
}

/* A helper is at work on the slice whose turn it is. With the lock. */
static Piece *
take_other_or_wait (CotSlices *self, Piece *piece)
{
  Piece *other = take_piece (self->shared, self->own);

  while (other == NULL && piece->state == SLICE_TAKEN && !g_atomic_int_get (&self->shared->stopped))
    g_cond_wait (&self->shared->changed, &self->shared->lock);
  return other;
}

static void
adopt (CotSlices *self, Piece *piece)
{
  Worker *worker = piece->worker;

  learn_names (worker, &self->scanner->tables, piece->n_strings);
  cot_scanner_adopt_slice (self->scanner, &piece->slice,
                           worker->renames ? (const guint16 *const *) worker->ids : NULL);
  cot_slice_clear (&piece->slice);
  self->next++;
  self->n_adopted++;
}

/**
 * cot_slices_step:
 * @self: slices
 * @at_end: (out): whether the log has no more bytes for now
 * @error: a return location
 *
 * As cot_scanner_step(), and in its place: takes over a slice, scans one, or goes on alone.
 *
 * Returns: FALSE with @error set where the log could not be read
 */
gboolean
cot_slices_step (CotSlices *self, gboolean *at_end, GError **error)
{
  Shared *shared = self->shared;
  Piece *to_scan = NULL;
  Piece *turn;
  gboolean is_ready, is_own;

  *at_end = FALSE;
  if (cot_scanner_get_position (self->scanner) >= self->scanner->limit)
    cot_scanner_finish_scan (self->scanner);
  /* No slice knows what is in doubt before it. */
  if (cot_scanner_is_in_doubt (self->scanner) || g_atomic_int_get (&shared->stopped))
    {
      self->scanner->limit = G_MAXUINT64;
      return cot_scanner_step (self->scanner, at_end, error);
    }

  g_mutex_lock (&shared->lock);
  turn = find_turn (self, cot_scanner_get_position (self->scanner));
  is_own = turn != NULL && turn->state == SLICE_TAKEN && turn->worker == self->own;
  if (is_own)
    to_scan = turn;
  else if (turn != NULL && turn->state == SLICE_TAKEN)
    to_scan = take_other_or_wait (self, turn);
  is_ready = turn != NULL && turn->state == SLICE_READY;
  self->scanner->limit = find_limit (self);
  g_mutex_unlock (&shared->lock);

  if (to_scan != NULL)
    scan_piece (shared, to_scan);
  else if (is_ready)
    adopt (self, turn);
  else if (turn == NULL)
    return cot_scanner_step (self->scanner, at_end, error);
  return TRUE;
}

/**
 * cot_slices_get_n_adopted:
 * @self: slices
 *
 * Returns: how many slices were taken over so far
 */
guint
cot_slices_get_n_adopted (CotSlices *self)
{
  return self->n_adopted;
}
