/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-matcher.h"

#include "cot-client-names.h"
#include "cot-denial-private.h"
#include "cot-hits-private.h"
#include "cot-knowledge-private.h"
#include "cot-log-catalogue.h"
#include "cot-log-identity.h"
#include "cot-matcher-plan-private.h"

#include <string.h>

/* Entries between two looks at the cancellable inside a block. */
#define CANCEL_INTERVAL 4096

/* The newest hit of a detector that has more of them than are kept: conditions judge the newest. */
typedef struct
{
  CotHit hit; /* its captures are @captures, its names @names */
  char **captures; /* NULL each where it took no part */
  char *names; /* (nullable) */
} Latest;

typedef struct
{
  const CotMatcherPlan *plan;
  gboolean *speakers; /* per detector of the plan */
  guint8 *heard; /* per literal of the plan: whether a speaker owns it */
  CotHits *hits;
  Latest **latest; /* (nullable) per detector of the plan */
  GPtrArray *settling; /* (element-type CotHit): of the entry in work, among @latest */
  CotPatternScratch *scratch; /* (nullable): no pattern was tried yet */
  GCancellable *cancellable; /* (nullable) */
  GString *message;
  guint8 *is_candidate; /* per detector of the plan, for the entry in work */
  GArray *candidates; /* guint: those detectors, all of them speakers */
  guint *n_hits; /* per detector of the plan */
  GArray *found; /* Occurrence, of the block in work */
  guint64 near; /* the entry that was tried last */
  gboolean slow;
  gboolean names_clients; /* the log is one of a server */
  gboolean has_names; /* they were looked for in the entry in work */
  char *names; /* (nullable): what was found */
  /* Of a log that may quote others: */
  CotKnowledge *knowledge; /* (nullable) */
  gboolean *quoted; /* (nullable) per detector of the plan */
  guint8 *writers; /* (nullable) per component: a Writer */
  gboolean is_quotation; /* whether the entry in work may only be one */
} Matcher;

/* Whether a component writes what detectors know. */
typedef enum
{
  WRITER_NOT_ASKED,
  WRITER_KNOWN,
  WRITER_STRANGE,
} Writer;

typedef struct
{
  gsize offset;
  guint literal;
} Occurrence;

/* Most logs are spoken about by few of the detectors: what only the others look for is no reason to
 * read an entry. */
static guint8 *
list_heard (const CotMatcherPlan *plan, const gboolean *speakers)
{
  guint8 *heard = g_new0 (guint8, plan->owners->len + 1);

  for (guint literal = 0; literal < plan->owners->len; literal++)
    {
      const GArray *owners = g_ptr_array_index (plan->owners, literal);

      for (guint i = 0; i < owners->len && !heard[literal]; i++)
        heard[literal] = speakers[g_array_index (owners, guint, i)] ? 1 : 0;
    }
  return heard;
}

static void
matcher_init (Matcher *self, CotKnowledge *knowledge, const char *log_name, gboolean slow,
              GCancellable *cancellable)
{
  const CotLogFile *file
      = log_name != NULL ? cot_knowledge_find_log_file (knowledge, log_name) : NULL;

  memset (self, 0, sizeof *self);
  self->plan = cot_matcher_plan_get (knowledge);
  self->speakers
      = cot_matcher_plan_list_speakers (self->plan, log_name, file != NULL && file->quotes);
  self->hits = cot_hits_new (knowledge);
  self->message = g_string_new (NULL);
  self->heard = list_heard (self->plan, self->speakers);
  self->is_candidate = g_new0 (guint8, self->plan->detectors->len);
  self->candidates = g_array_new (FALSE, FALSE, sizeof (guint));
  self->n_hits = g_new0 (guint, self->plan->detectors->len);
  self->latest = g_new0 (Latest *, self->plan->detectors->len);
  self->settling = g_ptr_array_new ();
  self->found = g_array_new (FALSE, FALSE, sizeof (Occurrence));
  self->slow = slow;
  self->names_clients = log_name != NULL && cot_log_is_of_server (knowledge, log_name);
  self->cancellable = cancellable;
}

/* Tools write what they read in the logs of others into their own. */
static void
watch_writers (Matcher *self, CotKnowledge *knowledge, const char *log_name,
               CotSnapshot *snapshot)
{
  if (!cot_log_may_quote (knowledge, log_name, snapshot))
    return;
  self->knowledge = knowledge;
  self->quoted = cot_matcher_plan_list_quoted (self->plan, log_name);
  self->writers = g_new0 (guint8, (gsize) G_MAXUINT16 + 1);
}

static gboolean
is_by_stranger (Matcher *self, CotSnapshot *snapshot, const CotEntryColumns *columns)
{
  guint8 *writer;

  /* The empty one has the id 0. */
  if (self->writers == NULL || columns->component == 0
      || columns->component == COT_STRINGS_OVERFLOW)
    return FALSE;
  writer = &self->writers[columns->component];
  if (*writer == WRITER_NOT_ASKED)
    {
      const char *name = cot_strings_get (cot_snapshot_get_components (snapshot),
                                          (guint16) columns->component, NULL);

      *writer = cot_log_knows_component (self->knowledge, name) ? WRITER_KNOWN : WRITER_STRANGE;
    }
  return *writer == WRITER_STRANGE;
}

static void
free_captures (const CotDetector *detector, char **captures)
{
  for (guint i = 0; i < detector->captures->len; i++)
    g_free (captures[i]);
  g_free (captures);
}

static void
latest_free (Latest *latest)
{
  free_captures (latest->hit.detector, latest->captures);
  g_free (latest->names);
  g_free (latest);
}

static CotHits *
matcher_clear (Matcher *self)
{
  for (guint i = 0; i < self->plan->detectors->len; i++)
    if (self->latest[i] != NULL)
      {
        cot_hits_insert (self->hits, &self->latest[i]->hit);
        latest_free (self->latest[i]);
      }
  g_free (self->latest);
  g_free (self->names);
  g_ptr_array_unref (self->settling);
  g_free (self->speakers);
  cot_pattern_scratch_free (self->scratch);
  g_string_free (self->message, TRUE);
  g_free (self->heard);
  g_free (self->quoted);
  g_free (self->writers);
  g_free (self->is_candidate);
  g_array_unref (self->candidates);
  g_free (self->n_hits);
  g_array_unref (self->found);
  return self->hits;
}

static void
keep_latest (Matcher *self, guint index, const CotHit *hit, char **captures)
{
  Latest *latest = g_new0 (Latest, 1);

  latest->hit = *hit;
  latest->captures = captures;
  latest->hit.names = latest->names = g_strdup (hit->names);
  latest->hit.captures = (const char *const *) captures;
  if (self->latest[index] != NULL)
    {
      latest_free (self->latest[index]);
      cot_hits_edit_counts (self->hits)->n_dropped++;
    }
  self->latest[index] = latest;
  g_ptr_array_add (self->settling, &latest->hit);
}

/* (nullable): who is named in the message, in the log of a server. */
static const char *
get_names (Matcher *self)
{
  if (self->names_clients && !self->has_names)
    self->names = cot_client_names_dup (self->message->str, MIN (self->message->len,
                                                                 COT_MATCHER_WINDOW_BYTES));
  self->has_names = TRUE;
  return self->names;
}

static void
add_hit (Matcher *self, guint index, CotPattern *pattern, guint64 ordinal,
         const CotEntryColumns *columns)
{
  const CotDetector *detector = g_ptr_array_index (self->plan->detectors, index);
  guint n_captures;
  const CotCaptureRule *rules = cot_detector_get_captures (detector, &n_captures);
  char **texts = g_new0 (char *, n_captures + 1);
  CotHit hit = { detector, ordinal, columns->time_usec, columns->bias_minutes, FALSE,
                 (const char *const *) texts, get_names (self) };

  for (guint i = 0; i < n_captures; i++)
    {
      gsize start, end;

      if (cot_pattern_get_group (pattern, self->scratch, rules[i].name, &start, &end)
          && end >= start && end <= self->message->len)
        texts[i] = g_strndup (self->message->str + start, end - start);
    }
  if (self->n_hits[index] < COT_MATCHER_MAX_HITS - 1)
    {
      self->n_hits[index]++;
      cot_hits_add (self->hits, &hit);
      free_captures (detector, texts);
    }
  else
    keep_latest (self, index, &hit, texts);
}

static void
try_detector (Matcher *self, guint index, gsize window_bytes, guint64 ordinal,
              const CotEntryColumns *columns, gboolean *too_slow)
{
  CotDetector *detector = g_ptr_array_index (self->plan->detectors, index);
  CotPattern *pattern = cot_detector_get_pattern (detector, NULL, NULL);
  gsize start, end;

  if (self->scratch == NULL)
    self->scratch = cot_pattern_scratch_new ();
  switch (cot_detector_match (detector, pattern, self->scratch, self->message->str, window_bytes,
                              &start, &end))
    {
    case COT_MATCH_FOUND:
      add_hit (self, index, pattern, ordinal, columns);
      break;
    case COT_MATCH_LIMIT:
      *too_slow = TRUE;
      break;
    case COT_MATCH_NONE:
    default:
      break;
    }
}

static int
compare_indices (gconstpointer a, gconstpointer b)
{
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;

  return (first > second) - (first < second);
}

/* The candidates among the detectors, on the message that was decoded. */
static void
try_message (Matcher *self, guint64 ordinal, const CotEntryColumns *columns)
{
  CotHitsCounts *counts = cot_hits_edit_counts (self->hits);
  guint first = cot_hits_get_n (self->hits);
  gsize window_bytes = MIN (self->message->len, COT_MATCHER_WINDOW_BYTES);
  gboolean too_slow = FALSE;

  g_clear_pointer (&self->names, g_free);
  self->has_names = FALSE;
  g_array_sort (self->candidates, compare_indices);
  for (guint i = 0; i < self->candidates->len; i++)
    {
      guint index = g_array_index (self->candidates, guint, i);

      if (!self->is_quotation || !self->quoted[index])
        try_detector (self, index, window_bytes, ordinal, columns, &too_slow);
    }
  cot_hits_settle_entry (self->hits, first, (CotHit *const *) self->settling->pdata,
                         self->settling->len);
  g_ptr_array_set_size (self->settling, 0);
  counts->n_too_slow += too_slow ? 1 : 0;
  counts->n_too_long += window_bytes < self->message->len ? 1 : 0;
}

static void
try_record (Matcher *self, CotSnapshot *snapshot, guint64 ordinal, const CotEntryColumns *columns,
            const char *record, gsize length_bytes)
{
  const CotGeneration *generation
      = cot_snapshot_get_generation (snapshot, columns->generation);
  CotEncoding encoding
      = generation->transcoded != NULL ? COT_ENCODING_UTF8 : generation->encoding;
  CotSpan message
      = cot_format_find_message (cot_snapshot_get_format (snapshot), record, length_bytes);

  g_string_truncate (self->message, 0);
  if (message.data != NULL)
    cot_decoder_append (self->message, encoding, message.data, message.length_bytes);
  self->is_quotation = is_by_stranger (self, snapshot, columns);
  try_message (self, ordinal, columns);
}

static gboolean
on_literal (guint literal, gsize offset, gpointer data)
{
  Matcher *self = data;
  Occurrence occurrence = { offset, literal };

  if (self->heard[literal])
    g_array_append_val (self->found, occurrence);
  return TRUE;
}

static void
add_candidate (Matcher *self, guint index)
{
  if (!self->speakers[index] || self->is_candidate[index])
    return;
  self->is_candidate[index] = 1;
  g_array_append_val (self->candidates, index);
}

static void
add_owners (Matcher *self, guint literal)
{
  const GArray *owners = g_ptr_array_index (self->plan->owners, literal);

  for (guint i = 0; i < owners->len; i++)
    add_candidate (self, g_array_index (owners, guint, i));
}

static void
reset_candidates (Matcher *self)
{
  for (guint i = 0; i < self->candidates->len; i++)
    self->is_candidate[g_array_index (self->candidates, guint, i)] = 0;
  g_array_set_size (self->candidates, 0);
  for (guint i = 0; i < self->plan->always->len; i++)
    add_candidate (self, g_array_index (self->plan->always, guint, i));
  for (guint i = 0; self->slow && i < self->plan->detectors->len; i++)
    add_candidate (self, i);
}

static gboolean
may_match (const CotMatcherOthers *others, const char *record, gsize length_bytes)
{
  gsize found;

  for (guint i = 0; i < others->n_needles; i++)
    if (cot_needle_find (&others->needles[i], record, length_bytes, 0, &found))
      return TRUE;
  return others->n_needles == 0;
}

/* Some words stand in every tenth entry: what else a detector needs is found missing long before
 * its pattern is tried. FALSE where no candidate is left. */
static gboolean
drop_impossible (Matcher *self, const char *record, gsize length_bytes)
{
  guint n_left = 0;

  for (guint i = 0; i < self->candidates->len; i++)
    {
      guint index = g_array_index (self->candidates, guint, i);

      if (self->slow
          || may_match (&g_array_index (self->plan->others, CotMatcherOthers, index), record,
                        length_bytes))
        g_array_index (self->candidates, guint, n_left++) = index;
      else
        self->is_candidate[index] = 0;
    }
  g_array_set_size (self->candidates, n_left);
  return n_left > 0;
}

/* Takes the occurrences from @index on that stand in the same entry as that one; returns the index
 * of the next. */
static guint
try_occurrences (Matcher *self, CotSnapshot *snapshot, guint index, const char *block,
                 gsize length_bytes, guint64 block_offset, guint generation)
{
  const Occurrence *first = &g_array_index (self->found, Occurrence, index);
  guint64 ordinal
      = cot_snapshot_find_offset (snapshot, generation, block_offset + first->offset,
                                  self->near);
  CotEntryColumns columns;
  guint64 start, end;

  if (!cot_snapshot_get (snapshot, ordinal, &columns) || columns.offset < block_offset
      || columns.length_bytes > length_bytes
      || columns.offset - block_offset > length_bytes - columns.length_bytes)
    return index + 1;
  start = columns.offset - block_offset;
  end = start + columns.length_bytes;
  self->near = ordinal;
  reset_candidates (self);
  do
    add_owners (self, g_array_index (self->found, Occurrence, index++).literal);
  while (index < self->found->len && g_array_index (self->found, Occurrence, index).offset < end);
  if (drop_impossible (self, block + start, (gsize) (end - start)))
    try_record (self, snapshot, ordinal, &columns, block + start, (gsize) (end - start));
  return index;
}

static gboolean
on_block (CotSnapshot *snapshot, guint64 first, guint64 n, const char *block, gsize length_bytes,
          guint64 block_offset, gpointer data)
{
  Matcher *self = data;
  CotEntryColumns columns;
  guint index = 0;

  cot_hits_edit_counts (self->hits)->n_entries += n;
  if (!cot_snapshot_get (snapshot, first, &columns))
    return TRUE;
  self->near = first;
  g_array_set_size (self->found, 0);
  cot_literals_scan (self->plan->literals, block, length_bytes, on_literal, self);
  while (index < self->found->len)
    {
      if (index % CANCEL_INTERVAL == 0 && g_cancellable_is_cancelled (self->cancellable))
        return FALSE;
      index = try_occurrences (self, snapshot, index, block, length_bytes, block_offset,
                               columns.generation);
    }
  return TRUE;
}

static gboolean
on_entry (CotSnapshot *snapshot, guint64 ordinal, const CotEntryColumns *columns,
          const char *record, gsize length_bytes, gpointer data)
{
  Matcher *self = data;

  cot_hits_edit_counts (self->hits)->n_entries++;
  reset_candidates (self);
  if (!self->slow && self->plan->literals != NULL)
    {
      g_array_set_size (self->found, 0);
      cot_literals_scan (self->plan->literals, record, length_bytes, on_literal, self);
      for (guint i = 0; i < self->found->len; i++)
        add_owners (self, g_array_index (self->found, Occurrence, i).literal);
    }
  if (drop_impossible (self, record, length_bytes))
    try_record (self, snapshot, ordinal, columns, record, length_bytes);
  return TRUE;
}

/* The newest entry of the range that has a time: the last one, or one shortly before it. */
static void
find_newest_time (CotHits *hits, CotSnapshot *snapshot, guint64 first, guint64 n)
{
  enum
  {
    STEP = 512
  };
  gint64 times[STEP];

  while (n > 0)
    {
      guint64 step = MIN (n, STEP);
      gint64 newest = COT_TIME_NONE;
      guint64 ordinal = 0;
      CotEntryColumns columns;

      cot_snapshot_get_times (snapshot, first + n - step, step, times);
      for (guint64 i = 0; i < step; i++)
        if (times[i] > newest)
          {
            newest = times[i];
            ordinal = first + n - step + i;
          }
      if (newest != COT_TIME_NONE && cot_snapshot_get (snapshot, ordinal, &columns))
        {
          cot_hits_see_time (hits, columns.time_usec, columns.bias_minutes);
          return;
        }
      n -= step;
    }
}

/* The first entry of the range that has a time. */
static void
find_oldest_time (CotHits *hits, CotSnapshot *snapshot, guint64 first, guint64 n)
{
  enum
  {
    STEP = 512
  };
  gint64 times[STEP];

  while (n > 0)
    {
      guint64 step = MIN (n, STEP);

      cot_snapshot_get_times (snapshot, first, step, times);
      for (guint64 i = 0; i < step; i++)
        {
          CotEntryColumns columns;

          if (times[i] == COT_TIME_NONE || !cot_snapshot_get (snapshot, first + i, &columns))
            continue;
          cot_hits_set_oldest_time (hits, columns.time_usec, columns.bias_minutes);
          return;
        }
      first += step;
      n -= step;
    }
}

static CotHits *
run (CotKnowledge *knowledge, const char *log_name, CotSnapshot *snapshot, guint64 first,
     guint64 n, gboolean slow, GCancellable *cancellable, GError **error)
{
  guint64 n_all = cot_snapshot_get_n_entries (snapshot);
  g_autoptr (CotHits) hits = NULL;
  Matcher matcher;
  gboolean ok;

  first = MIN (first, n_all);
  n = MIN (n, n_all - first);
  matcher_init (&matcher, knowledge, log_name, slow, cancellable);
  watch_writers (&matcher, knowledge, log_name, snapshot);
  if (n == 0)
    ok = TRUE;
  else if (slow || matcher.plan->always->len > 0 || matcher.plan->literals == NULL)
    ok = cot_snapshot_foreach (snapshot, first, n, on_entry, &matcher, cancellable, error);
  else
    ok = cot_snapshot_foreach_block (snapshot, first, n, on_block, &matcher, cancellable, error);
  hits = matcher_clear (&matcher);
  if (!ok || g_cancellable_set_error_if_cancelled (cancellable, ok ? error : NULL))
    return NULL;
  cot_hits_set_clock (hits, cot_snapshot_get_clock (snapshot));
  find_newest_time (hits, snapshot, first, n);
  find_oldest_time (hits, snapshot, first, n);
  return g_steal_pointer (&hits);
}

/**
 * cot_matcher_prepare:
 * @knowledge: what to look for
 *
 * Does what the first cot_matcher_run() would have to do first: some milliseconds. Any thread.
 */
void
cot_matcher_prepare (CotKnowledge *knowledge)
{
  cot_matcher_plan_get (knowledge);
}

/**
 * cot_matcher_run:
 * @knowledge: what to look for
 * @log_name: label or file name of the log: bare codes count only in the logs named for them
 * @snapshot: the log
 * @first: ordinal of the first entry to look at
 * @n: how many; may reach beyond the end
 * @cancellable: (nullable): a cancellable
 * @error: return location for %G_IO_ERROR_CANCELLED or a reading error
 *
 * Looks through the log block by block for texts that must occur in a line that a detector knows,
 * and asks a pattern only about the entries that hold one. On a worker thread.
 *
 * Returns: (transfer full) (nullable): the hits
 */
CotHits *
cot_matcher_run (CotKnowledge *knowledge, const char *log_name, CotSnapshot *snapshot,
                 guint64 first, guint64 n, GCancellable *cancellable, GError **error)
{
  return run (knowledge, log_name, snapshot, first, n, FALSE, cancellable, error);
}

/**
 * cot_matcher_run_slow:
 * @knowledge: what to look for
 * @log_name: label or file name of the log
 * @snapshot: the log
 * @first: ordinal of the first entry to look at
 * @n: how many; may reach beyond the end
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Every pattern on every message: the judge of what cot_matcher_run() must find.
 *
 * Returns: (transfer full) (nullable): the hits
 */
CotHits *
cot_matcher_run_slow (CotKnowledge *knowledge, const char *log_name, CotSnapshot *snapshot,
                      guint64 first, guint64 n, GCancellable *cancellable, GError **error)
{
  return run (knowledge, log_name, snapshot, first, n, TRUE, cancellable, error);
}

/**
 * cot_matcher_run_text:
 * @knowledge: what to look for
 * @log_name: (nullable): the log that it comes from; %NULL where that is not known
 * @message: UTF-8
 *
 * Returns: (transfer full): hits with the ordinal 0 and without a time
 */
CotHits *
cot_matcher_run_text (CotKnowledge *knowledge, const char *log_name, const char *message)
{
  CotEntryColumns columns = { .time_usec = COT_TIME_NONE, .bias_minutes = COT_BIAS_NONE };
  Matcher matcher;

  matcher_init (&matcher, knowledge, log_name, TRUE, NULL);
  g_string_assign (matcher.message, message);
  cot_hits_edit_counts (matcher.hits)->n_entries = 1;
  reset_candidates (&matcher);
  try_message (&matcher, 0, &columns);
  return matcher_clear (&matcher);
}
