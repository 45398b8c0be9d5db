/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-index-private.h"

#include <string.h>

/* Following a log by looking at it, now and then or when something was seen to happen to it. */

#define COPY_BLOCK_BYTES (256 * 1024)

/* FALSE with @error set where the source cannot be read: that says nothing of its bytes. */
static gboolean
bytes_match (CotSource *source, guint64 offset, const char *wanted, gsize length_bytes,
             gboolean *match, GError **error)
{
  char buffer[COT_EDGE_BYTES];
  gsize n_read = 0;

  if (!cot_source_read (source, offset, buffer, length_bytes, &n_read, error))
    return FALSE;
  *match = n_read == length_bytes
           && (length_bytes == 0 || memcmp (buffer, wanted, length_bytes) == 0);
  return TRUE;
}

/* Does a file begin as the one that was indexed did, and go on as that ended? */
static gboolean
compare_edges (CotIndex *self, CotSource *source, gboolean *match, GError **error)
{
  const CotEdges *edges = &self->edges;

  return bytes_match (source, 0, edges->head, edges->n_head, match, error)
         && (!*match
             || bytes_match (source, self->edges_end - edges->n_tail, edges->tail, edges->n_tail,
                             match, error));
}

static gboolean
edges_match (CotIndex *self, CotSource *source)
{
  gboolean match = FALSE;

  return compare_edges (self, source, &match, NULL) && match;
}

/* Following may begin long after loading: then what was read is read once more. */
static void
begin_copy (CotIndex *self)
{
  guint64 n_indexed = cot_index_get_n_indexed (self);
  g_autoptr (CotSpool) copy = NULL;
  g_autofree char *buffer = NULL;

  if (!self->keep_copy || self->no_room || self->copy != NULL || self->transcoded != NULL
      || n_indexed > COT_COPY_MAX_BYTES || !edges_match (self, self->original))
    return;

  copy = cot_spool_new ();
  buffer = g_malloc (COPY_BLOCK_BYTES);
  while (cot_spool_get_size (copy) < n_indexed)
    {
      guint64 offset = cot_spool_get_size (copy);
      gsize n = (gsize) MIN (n_indexed - offset, COPY_BLOCK_BYTES);
      gsize n_read = 0;

      if (!cot_source_read (self->original, offset, buffer, n, &n_read, NULL) || n_read == 0)
        return;
      /* Not tried anew with every look: that would fill the disk each time. */
      self->no_room = !cot_spool_append (copy, buffer, n_read, NULL);
      if (self->no_room)
        return;
    }
  /* What was read while somebody truncated it is no copy. */
  if (!edges_match (self, self->original))
    return;
  self->copy = g_steal_pointer (&copy);
  cot_scanner_set_copy (self->scanner, self->copy);
}

static gboolean
restart (CotIndex *self, CotSource *source, GCancellable *cancellable, GError **error)
{
  CotOpening opening;

  if (!cot_index_open (self, source, &opening, cancellable, error))
    return FALSE;
  cot_index_begin_generation (self, &opening);
  return TRUE;
}

/* A log that was nearly empty says only now what it is. */
static gboolean
judge_again (CotIndex *self, GCancellable *cancellable, GError **error)
{
  return self->n_detected >= COT_EDGE_BYTES
         || restart (self, self->original, cancellable, error);
}

/* Closes the growing generation and indexes another one behind it. */
static gboolean
next_generation (CotIndex *self, CotSource *source, gboolean in_place, GCancellable *cancellable,
                 GError **error)
{
  CotOpening opening;

  if (!cot_index_open (self, source, &opening, cancellable, error))
    return FALSE;
  cot_index_close_generation (self, in_place);
  cot_index_begin_generation (self, &opening);
  return cot_index_scan (self, NULL, NULL, cancellable, error);
}

/* A writer that copies puts the next older part into the file of the last one, whose text is gone
 * then. A file that was renamed while it was followed may have grown since. */
static gboolean
was_overwritten (const CotClosedGeneration *generation, const CotSourceStamp *stamp)
{
  return generation->texts.label != NULL
         && (generation->stamp.size_bytes != stamp->size_bytes
             || generation->stamp.modified_nsec != stamp->modified_nsec);
}

/* A file that was renamed is an older generation already, under whatever name it stands now. */
static gboolean
is_shown (CotIndex *self, const CotSourceStamp *stamp)
{
  for (guint i = 0; i < self->closed->len; i++)
    {
      CotClosedGeneration *generation = self->closed->pdata[i];
      CotSourceStamp closed;

      if (generation->texts.text_lost
          || !cot_source_get_stamp (generation->texts.source, &closed, NULL)
          || closed.device != stamp->device || closed.inode != stamp->inode)
        continue;
      if (!was_overwritten (generation, stamp))
        return TRUE;
      generation->texts.text_lost = TRUE;
    }
  return FALSE;
}

/* Where the writer rolls over to, "Name.lo_" beside "Name.log": what stands there, if it is no file
 * of ours and was written since we looked. */
static CotSource *
open_older (CotIndex *self, CotSourceStamp *stamp)
{
  g_autofree char *path = NULL;
  g_autoptr (CotSource) source = NULL;
  gsize n = strlen (self->path);

  if (n < 4 || g_ascii_strcasecmp (self->path + n - 4, ".log") != 0)
    return NULL;
  path = g_strdup (self->path);
  path[n - 1] = '_';
  source = cot_source_open (path, NULL);
  if (source == NULL || !cot_source_get_stamp (source, stamp, NULL)
      || stamp->device != self->stamp.device || stamp->inode == self->stamp.inode
      || stamp->modified_nsec < self->stamp.modified_nsec || is_shown (self, stamp))
    return NULL;
  return g_steal_pointer (&source);
}

/* The file was begun anew. A writer that copied it before has left more there than we have read:
 * that takes the place of what was indexed. If something else stands there, the writer has rolled
 * over twice since we looked, and that is the generation in between. */
static gboolean
begin_anew (CotIndex *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (CotSource) file = cot_source_ref (self->original);
  CotSourceStamp stamp;
  g_autoptr (CotSource) older = open_older (self, &stamp);
  gboolean match = FALSE;

  if (older != NULL && !compare_edges (self, older, &match, error))
    return FALSE;
  if (match
      && (!restart (self, older, cancellable, error)
          || !cot_index_scan (self, NULL, NULL, cancellable, error)))
    return FALSE;
  if (older != NULL && !match && !next_generation (self, older, TRUE, cancellable, error))
    return FALSE;
  return next_generation (self, file, TRUE, cancellable, error);
}

/* An error may come before anything is begun, or after. */
static gboolean
follow_truncated (CotIndex *self, CotIndexChange *change, GCancellable *cancellable,
                  GError **error)
{
  guint n_closed = self->closed->len;
  gboolean done = begin_anew (self, cancellable, error);

  if (done || self->closed->len > n_closed)
    {
      change->changed = TRUE;
      change->event = COT_DOCUMENT_EVENT_TRUNCATED;
    }
  return done;
}

/* What happened to the file that is open, whatever its name is by now. */
static gboolean
follow_open_file (CotIndex *self, CotIndexChange *change, GCancellable *cancellable,
                  GError **error)
{
  CotSourceStamp stamp;
  guint64 n_indexed = cot_index_get_n_indexed (self);
  guint64 n_read = cot_scanner_get_n_read (self->scanner);
  gboolean match = FALSE;

  if (!cot_source_get_stamp (self->original, &stamp, error))
    return FALSE;
  if (!self->cut_short && stamp.size_bytes == self->stamp.size_bytes
      && stamp.modified_nsec == self->stamp.modified_nsec)
    {
      begin_copy (self);
      return TRUE;
    }
  if (stamp.size_bytes >= n_indexed
      && !compare_edges (self, self->original, &match, error))
    return FALSE;
  if (!match)
    return follow_truncated (self, change, cancellable, error);
  if (!self->cut_short && stamp.size_bytes == n_indexed)
    {
      self->stamp = stamp;
      return TRUE;
    }

  change->changed = TRUE;
  begin_copy (self);
  if (!judge_again (self, cancellable, error)
      || !cot_index_scan (self, NULL, NULL, cancellable, error))
    return FALSE;
  if (cot_index_learns_more (self, n_read, cancellable))
    change->event = COT_DOCUMENT_EVENT_UNDERSTOOD;
  return TRUE;
}

/* A writer that rolled over twice since we looked has put a whole generation between the one
 * that we hold open and the one that stands at the path: it was renamed in its turn. */
static CotSource *
find_missed_generation (CotIndex *self, const CotSourceStamp *newest)
{
  CotSourceStamp stamp;
  g_autoptr (CotSource) source = open_older (self, &stamp);

  return source != NULL && stamp.inode != newest->inode ? g_steal_pointer (&source) : NULL;
}

static gboolean
switch_file (CotIndex *self, CotIndexChange *change, GCancellable *cancellable, GError **error)
{
  g_autoptr (CotSource) source = cot_source_open (self->path, error);
  g_autoptr (CotSource) missed = NULL;
  CotSourceStamp stamp;

  if (source == NULL || !cot_source_get_stamp (source, &stamp, error))
    return FALSE;

  missed = find_missed_generation (self, &stamp);
  if (missed != NULL)
    next_generation (self, missed, FALSE, cancellable, NULL);
  change->changed = TRUE;
  change->event = self->gone ? COT_DOCUMENT_EVENT_RETURNED : COT_DOCUMENT_EVENT_REPLACED;
  return next_generation (self, source, FALSE, cancellable, error);
}

static gboolean
look (CotIndex *self, CotIndexChange *change, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) stat_error = NULL;
  CotSourceStamp stamp;

  if (!cot_source_stamp_path (self->path, &stamp, &stat_error))
    {
      if (!g_error_matches (stat_error, COT_SOURCE_ERROR, COT_SOURCE_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&stat_error));
          return FALSE;
        }
      if (!follow_open_file (self, change, cancellable, error))
        return FALSE;
      if (!self->gone)
        change->event = COT_DOCUMENT_EVENT_REMOVED;
      self->gone = TRUE;
      return TRUE;
    }

  if (!follow_open_file (self, change, cancellable, error))
    return FALSE;
  if ((stamp.device != self->stamp.device || stamp.inode != self->stamp.inode)
      && !switch_file (self, change, cancellable, error))
    return FALSE;
  if (self->gone && change->event == COT_DOCUMENT_EVENT_NONE)
    change->event = COT_DOCUMENT_EVENT_RETURNED;
  self->gone = FALSE;
  return TRUE;
}

static gboolean
is_same_file (const CotSourceStamp *a, const CotSourceStamp *b)
{
  return a->device == b->device && a->inode == b->inode && a->size_bytes == b->size_bytes
         && a->modified_nsec == b->modified_nsec;
}

/* Once for each time that it is written, and only when two looks found it the same: a writer that
 * is at it is left to finish. */
static gboolean
is_outdated (CotIndex *self, const CotSourceStamp *stamp)
{
  gboolean is_at_rest = is_same_file (stamp, &self->seen_stamp);

  self->seen_stamp = *stamp;
  if (!is_at_rest || is_same_file (stamp, &self->file_stamp))
    return FALSE;
  self->file_stamp = *stamp;
  return TRUE;
}

/* What was converted is no text that goes on: what is made of it next takes its place. */
static gboolean
look_at_converted (CotIndex *self, CotIndexChange *change, GError **error)
{
  g_autoptr (GError) stat_error = NULL;
  CotSourceStamp stamp;
  gboolean there = cot_source_stamp_path (self->path, &stamp, &stat_error);

  if (!there && !g_error_matches (stat_error, COT_SOURCE_ERROR, COT_SOURCE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&stat_error));
      return FALSE;
    }
  if (there == self->gone)
    change->event = there ? COT_DOCUMENT_EVENT_RETURNED : COT_DOCUMENT_EVENT_REMOVED;
  else if (there && is_outdated (self, &stamp))
    change->event = COT_DOCUMENT_EVENT_OUTDATED;
  self->gone = !there;
  return TRUE;
}

/**
 * cot_index_check:
 * @self: an index that was loaded from a path
 * @change: (out): what has happened
 * @cancellable: (nullable): a cancellable
 * @error: a return location
 *
 * Looks at the path and indexes what is new. The decisions: grew, and begins and goes on as it
 * did: appended. Smaller, or other bytes: truncated and written anew, the older generation stays
 * above. Another file: the one that is open is read to its end first. Nothing there: what was
 * read stays, and the next call looks again.
 *
 * Returns: FALSE with @error set where it could not be asked, or not read; @change holds what
 *   happened before that
 */
gboolean
cot_index_check (CotIndex *self, CotIndexChange *change, GCancellable *cancellable,
                 GError **error)
{
  gboolean done;

  *change = (CotIndexChange){ COT_DOCUMENT_EVENT_NONE, FALSE, FALSE };
  self->keep_copy = TRUE;
  done = cot_index_is_converted (self) ? look_at_converted (self, change, error)
                                       : look (self, change, cancellable, error);
  if (!done)
    self->gone = TRUE;
  change->gone = self->gone;
  return done;
}
