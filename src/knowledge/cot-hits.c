/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-hits-private.h"

struct _CotHits
{
  gatomicrefcount references;
  CotKnowledge *knowledge;
  GArray *hits; /* CotHit */
  GStringChunk *texts;
  CotHitsCounts counts;
  gint64 newest_time_usec;
  gint16 newest_bias_minutes;
  gint64 oldest_time_usec;
  gint16 oldest_bias_minutes;
  gint64 clock_usec;
};

static void
hit_clear (gpointer data)
{
  CotHit *hit = data;

  g_free ((gpointer) hit->captures);
}

CotHits *
cot_hits_new (CotKnowledge *knowledge)
{
  CotHits *self = g_new0 (CotHits, 1);

  g_atomic_ref_count_init (&self->references);
  self->knowledge = cot_knowledge_ref (knowledge);
  self->hits = g_array_new (FALSE, FALSE, sizeof (CotHit));
  g_array_set_clear_func (self->hits, hit_clear);
  self->texts = g_string_chunk_new (4096);
  self->newest_time_usec = COT_TIME_NONE;
  self->newest_bias_minutes = COT_BIAS_NONE;
  self->oldest_time_usec = COT_TIME_NONE;
  self->oldest_bias_minutes = COT_BIAS_NONE;
  return self;
}

/**
 * cot_hits_ref:
 * @self: hits
 *
 * Returns: (transfer full): @self
 */
CotHits *
cot_hits_ref (CotHits *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * cot_hits_unref:
 * @self: (transfer full): hits
 *
 * Any thread.
 */
void
cot_hits_unref (CotHits *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_array_unref (self->hits);
  g_string_chunk_free (self->texts);
  cot_knowledge_unref (self->knowledge);
  g_free (self);
}

static CotHit
copy_hit (CotHits *self, const CotHit *hit)
{
  guint n_captures = hit->detector->captures->len;
  CotHit copy = *hit;

  copy.captures = NULL;
  if (hit->names != NULL)
    copy.names = g_string_chunk_insert_const (self->texts, hit->names);
  if (n_captures > 0)
    {
      const char **captures = g_new0 (const char *, n_captures);

      /* Most values repeat: one copy of each. */
      for (guint i = 0; i < n_captures; i++)
        if (hit->captures[i] != NULL)
          captures[i] = g_string_chunk_insert_const (self->texts, hit->captures[i]);
      copy.captures = captures;
    }
  return copy;
}

void
cot_hits_add (CotHits *self, const CotHit *hit)
{
  CotHit copy = copy_hit (self, hit);

  g_array_append_val (self->hits, copy);
}

void
cot_hits_insert (CotHits *self, const CotHit *hit)
{
  CotHit copy = copy_hit (self, hit);

  g_array_insert_val (self->hits, cot_hits_find (self, hit->ordinal), copy);
}

CotHitsCounts *
cot_hits_edit_counts (CotHits *self)
{
  return &self->counts;
}

void
cot_hits_see_time (CotHits *self, gint64 time_usec, gint16 bias_minutes)
{
  if (time_usec == COT_TIME_NONE || time_usec < self->newest_time_usec)
    return;
  self->newest_time_usec = time_usec;
  self->newest_bias_minutes = bias_minutes;
}

void
cot_hits_set_oldest_time (CotHits *self, gint64 time_usec, gint16 bias_minutes)
{
  self->oldest_time_usec = time_usec;
  self->oldest_bias_minutes = bias_minutes;
}

void
cot_hits_set_clock (CotHits *self, gint64 clock_usec)
{
  self->clock_usec = clock_usec;
}

static gboolean
yields_to (const CotDetector *detector, const CotDetector *other)
{
  if (other == detector || other->marker || other->switched_off)
    return FALSE;
  /* Nobody takes the place of what is built in without a word: both are told. */
  if (detector->builtin && !other->builtin)
    return FALSE;
  if (detector->generic && !other->generic)
    return TRUE;
  for (guint i = 0; i < detector->yields_to->len; i++)
    if (g_ptr_array_index (detector->yields_to, i) == (gconstpointer) other->id)
      return TRUE;
  return FALSE;
}

void
cot_hits_settle_entry (CotHits *self, guint first, CotHit *const *others, guint n_others)
{
  guint n_own = self->hits->len - first;
  guint n = n_own + n_others;

  for (guint i = 0; i < n; i++)
    {
      CotHit *hit = i < n_own ? &g_array_index (self->hits, CotHit, first + i) : others[i - n_own];

      hit->yielded = FALSE;
      for (guint j = 0; j < n && !hit->yielded; j++)
        hit->yielded = yields_to (hit->detector,
                                  j < n_own ? cot_hits_get (self, first + j)->detector
                                            : others[j - n_own]->detector);
    }
}

/**
 * cot_hits_get_n:
 * @self: hits
 *
 * Returns: the number of hits; one entry may have several
 */
guint
cot_hits_get_n (CotHits *self)
{
  return self->hits->len;
}

/**
 * cot_hits_get:
 * @self: hits
 * @index: below cot_hits_get_n()
 *
 * Returns: (transfer none): valid as long as @self
 */
const CotHit *
cot_hits_get (CotHits *self, guint index)
{
  return &g_array_index (self->hits, CotHit, index);
}

/**
 * cot_hits_get_counts:
 * @self: hits
 *
 * Returns: (transfer none): how much was looked at, and what was too much
 */
const CotHitsCounts *
cot_hits_get_counts (CotHits *self)
{
  return &self->counts;
}

/**
 * cot_hits_get_newest_time:
 * @self: hits
 * @bias_minutes: (out) (optional): its bias, %COT_BIAS_NONE
 *
 * Against this, not against the clock of the reader, the age of a captured time is judged.
 *
 * Returns: wall clock in microseconds, or %COT_TIME_NONE
 */
gint64
cot_hits_get_newest_time (CotHits *self, gint16 *bias_minutes)
{
  if (bias_minutes != NULL)
    *bias_minutes = self->newest_bias_minutes;
  return self->newest_time_usec;
}

/**
 * cot_hits_get_oldest_time:
 * @self: hits
 * @bias_minutes: (out) (optional): its bias, %COT_BIAS_NONE
 *
 * What happened before this cannot be told from the log. The first entry counts, not the earliest:
 * a clock that is set back later does not make the log reach further.
 *
 * Returns: wall clock in microseconds, or %COT_TIME_NONE
 */
gint64
cot_hits_get_oldest_time (CotHits *self, gint16 *bias_minutes)
{
  if (bias_minutes != NULL)
    *bias_minutes = self->oldest_bias_minutes;
  return self->oldest_time_usec;
}

/**
 * cot_hits_get_clock:
 * @self: hits
 *
 * Returns: by what the user moved the clock of the log, in microseconds
 */
gint64
cot_hits_get_clock (CotHits *self)
{
  return self->clock_usec;
}

/**
 * cot_hits_find:
 * @self: hits
 * @ordinal: an entry
 *
 * Returns: index of the first hit at or after @ordinal
 */
guint
cot_hits_find (CotHits *self, guint64 ordinal)
{
  guint low = 0;
  guint high = self->hits->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (cot_hits_get (self, middle)->ordinal < ordinal)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * cot_hits_without:
 * @self: hits
 * @leave_out: says of which hits nothing is to be known
 * @data: for it
 *
 * Returns: (transfer full): the others; @self where these are all
 */
CotHits *
cot_hits_without (CotHits *self, CotHitTest leave_out, gpointer data)
{
  CotHits *others = NULL;

  for (guint i = 0; i < self->hits->len; i++)
    {
      const CotHit *hit = cot_hits_get (self, i);

      if (!leave_out (hit, data))
        {
          if (others != NULL)
            cot_hits_add (others, hit);
          continue;
        }
      if (others != NULL)
        continue;
      others = cot_hits_new (self->knowledge);
      for (guint j = 0; j < i; j++)
        cot_hits_add (others, cot_hits_get (self, j));
    }
  if (others == NULL)
    return cot_hits_ref (self);
  others->counts = self->counts;
  others->newest_time_usec = self->newest_time_usec;
  others->newest_bias_minutes = self->newest_bias_minutes;
  others->oldest_time_usec = self->oldest_time_usec;
  others->oldest_bias_minutes = self->oldest_bias_minutes;
  others->clock_usec = self->clock_usec;
  return others;
}

/**
 * cot_hits_join:
 * @older: hits of the log so far
 * @first_ordinal: where @newer started to look
 * @newer: hits of what was read anew
 *
 * Returns: (transfer full): the hits of the whole log
 */
CotHits *
cot_hits_join (CotHits *older, guint64 first_ordinal, CotHits *newer)
{
  CotHits *self = cot_hits_new (newer->knowledge);
  guint n_kept = cot_hits_find (older, first_ordinal);

  for (guint i = 0; i < n_kept; i++)
    cot_hits_add (self, cot_hits_get (older, i));
  for (guint i = 0; i < newer->hits->len; i++)
    cot_hits_add (self, cot_hits_get (newer, i));
  /* A log whose clock is moved is read and matched anew: both are moved by the same. */
  self->clock_usec = newer->clock_usec;
  self->counts = older->counts;
  self->counts.n_entries = MIN (older->counts.n_entries, first_ordinal) + newer->counts.n_entries;
  self->counts.n_too_slow += newer->counts.n_too_slow;
  self->counts.n_too_long += newer->counts.n_too_long;
  self->counts.n_dropped += newer->counts.n_dropped;
  if (first_ordinal > 0 && older->oldest_time_usec != COT_TIME_NONE)
    cot_hits_set_oldest_time (self, older->oldest_time_usec, older->oldest_bias_minutes);
  else
    cot_hits_set_oldest_time (self, newer->oldest_time_usec, newer->oldest_bias_minutes);
  cot_hits_see_time (self, older->newest_time_usec, older->newest_bias_minutes);
  cot_hits_see_time (self, newer->newest_time_usec, newer->newest_bias_minutes);
  return self;
}
