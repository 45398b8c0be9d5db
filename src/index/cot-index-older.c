/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-index-private.h"

#include "cot-foreign.h"

#include <string.h>

/* A log that was rolled over before it was opened: each of its older parts becomes a generation
 * above it. */

/* Of an older part, to learn the format from. */
#define HEAD_BYTES (16 * 1024)

void
cot_older_part_free (gpointer data)
{
  CotOlderPart *part = data;

  g_clear_pointer (&part->source, cot_source_unref);
  g_clear_error (&part->error);
  g_free (part->path);
  g_free (part->label);
  g_free (part);
}

/**
 * cot_index_add_older:
 * @self: an index that is not loaded yet
 * @path: (nullable) (type filename): where the part stands
 * @source: (nullable): its bytes, if they are open already
 * @label: what people call it
 *
 * Adds a part of the log that was put aside, newer than those that were added before.
 */
void
cot_index_add_older (CotIndex *self, const char *path, CotSource *source, const char *label)
{
  CotOlderPart *part = g_new0 (CotOlderPart, 1);

  part->path = g_strdup (path);
  part->source = source != NULL ? cot_source_ref (source) : NULL;
  part->label = g_strdup (label);
  g_ptr_array_add (self->older, part);
}

/**
 * cot_index_get_older_error:
 * @self: an index that was loaded
 * @index: which older part, in the order of adding
 *
 * Returns: (nullable) (transfer none): why it is not part of the log, or not to its end
 */
const GError *
cot_index_get_older_error (CotIndex *self, guint index)
{
  if (index >= self->older->len)
    return NULL;
  return ((const CotOlderPart *) self->older->pdata[index])->error;
}

/* What was opened of the parts; those that failed have no original. */
typedef struct
{
  CotOpening *openings;
  guint n;
} Openings;

static void
openings_clear (Openings *self)
{
  for (guint i = 0; i < self->n; i++)
    if (self->openings[i].original != NULL)
      cot_opening_clear (&self->openings[i]);
  g_free (self->openings);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Openings, openings_clear)

static gboolean
open_parts (CotIndex *self, Openings *all, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < self->older->len; i++)
    {
      CotOlderPart *part = self->older->pdata[i];

      if (part->source == NULL)
        part->source = cot_source_open (part->path, &part->error);
      if (part->source == NULL || !cot_foreign_check (part->source, NULL, &part->error)
          || !cot_index_open (self, part->source, &all->openings[i], cancellable, &part->error))
        all->openings[i].original = NULL;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static CotSource *
get_text (const CotOpening *opening)
{
  return opening->transcoded != NULL ? cot_transcoded_get_source (opening->transcoded)
                                     : opening->original;
}

/* A log that was just begun anew may be too short to say what it is: then its older parts do, the
 * newest of them first. */
static const CotFormat *
choose_format (const CotOpening *newest, const Openings *older)
{
  const CotFormat *format = newest->format;

  for (guint i = older->n; i-- > 0 && format == &cot_format_plain;)
    if (older->openings[i].original != NULL && older->openings[i].converted == NULL)
      format = older->openings[i].format;
  return format;
}

/* One format parses the rows of all: what is surely of another kind is no part of this log. */
static void
leave_out_others (CotIndex *self, const CotOpening *newest, const CotFormat *format,
                  Openings *older)
{
  for (guint i = 0; i < older->n; i++)
    {
      CotOpening *opening = &older->openings[i];
      CotOlderPart *part = self->older->pdata[i];

      if (opening->original == NULL)
        continue;
      if (newest->converted == NULL && opening->converted == NULL
          && (opening->format == &cot_format_plain
              || strcmp (opening->format->id, format->id) == 0))
        continue;
      g_set_error_literal (&part->error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           "is of another format than the log");
      cot_opening_clear (opening);
      opening->original = NULL;
    }
}

/* How all parts write dates is told by any of them. */
static const CotFormat *
learn_format (CotIndex *self, const CotFormat *format, const CotOpening *newest,
              const Openings *older, GCancellable *cancellable)
{
  g_autofree char *heads = NULL;
  g_autofree CotSpan *spans = NULL;
  guint n = 0;

  if (format->learn == NULL)
    return format;
  heads = g_malloc_n (older->n + 1, HEAD_BYTES);
  spans = g_new (CotSpan, older->n + 1);
  for (guint i = 0; i <= older->n; i++)
    {
      const CotOpening *opening = i < older->n ? &older->openings[i] : newest;
      char *head = heads + (gsize) i * HEAD_BYTES;
      gsize n_read = 0;

      if (opening->original != NULL
          && cot_source_read (get_text (opening), 0, head, HEAD_BYTES, &n_read, NULL))
        spans[n++] = (CotSpan){ head, n_read };
    }
  return cot_index_learn_format (self, format, get_text (newest), spans, n, cancellable);
}

/* What was read before an error stays. */
static gboolean
read_part (CotIndex *self, CotOlderPart *part, CotOpening *opening, CotIndexReport report,
           gpointer data, GCancellable *cancellable, GError **error)
{
  CotClosedGeneration *generation;
  guint n_closed = self->closed->len;
  CotSourceStamp stamp = opening->stamp;

  cot_index_begin_generation (self, opening);
  cot_index_scan (self, report, data, cancellable, &part->error);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  self->n_done_bytes += stamp.size_bytes;
  cot_index_close_generation (self, FALSE);
  if (self->closed->len == n_closed)
    return TRUE;
  generation = self->closed->pdata[n_closed];
  generation->texts.label = g_strdup (part->label);
  generation->stamp = stamp;
  return TRUE;
}

static void
add_up_sizes (CotIndex *self, const CotOpening *newest, const Openings *older)
{
  self->n_done_bytes = self->n_learned_bytes;
  self->n_all_bytes = self->n_learned_bytes + newest->stamp.size_bytes;
  for (guint i = 0; i < older->n; i++)
    if (older->openings[i].original != NULL)
      self->n_all_bytes += older->openings[i].stamp.size_bytes;
}

gboolean
cot_index_load_older (CotIndex *self, CotOpening *newest, CotIndexReport report, gpointer data,
                      GCancellable *cancellable, GError **error)
{
  g_auto (Openings) older = { g_new0 (CotOpening, self->older->len), self->older->len };
  gboolean keep_copy = self->keep_copy;
  const CotFormat *format;

  if (!open_parts (self, &older, cancellable, error))
    return FALSE;
  format = choose_format (newest, &older);
  leave_out_others (self, newest, format, &older);
  if (newest->converted == NULL)
    newest->format = learn_format (self, format, newest, &older, cancellable);
  add_up_sizes (self, newest, &older);

  /* Nothing is truncated of what is written to no more. */
  self->keep_copy = FALSE;
  for (guint i = 0; i < older.n; i++)
    {
      CotOpening *opening = &older.openings[i];

      if (opening->original == NULL)
        continue;
      opening->format = newest->format;
      if (!read_part (self, self->older->pdata[i], opening, report, data, cancellable, error))
        return FALSE;
    }
  self->keep_copy = keep_copy;
  return TRUE;
}
