/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A hundred red lines that nobody knows are often three errors. What they name is told once, and
 * that which came first stands first, in whatever log: the others may have come of it. */

#include "cot-error-kinds.h"

#include "cot-entry-text.h"
#include "cot-format.h"
#include "cot-log-private.h"

#define USEC_PER_MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define SEVERITIES_PER_STEP 65536
/* Errors that are read: a log that is red from end to end tells no more by its last lines. */
#define MAX_READ_OF_LOG 2000
#define MAX_READ 20000
#define MAX_MESSAGE_BYTES 8192
/* Longer texts without a code are told apart by their beginning. */
#define MAX_KEY_BYTES 200
#define CODE_OF_ANYTHING 0x80004005u /* E_FAIL, "unspecified failure" */

/* A log as it was when it was added. Snapshots are immutable: a worker may read them. */
typedef struct
{
  char *name;
  guint index;
  CotSnapshot *snapshot;
  CotBitset *explained;
} Source;

struct _CotErrorKinds
{
  GArray *sources;  /* (element-type Source) */
  GPtrArray *kinds; /* (element-type CotErrorKind) */
};

typedef struct
{
  guint source;
  guint64 ordinal;
  gint64 moment_usec; /* in UTC; COT_TIME_NONE */
  CotEntryColumns columns;
} Place;

static void
source_clear (gpointer data)
{
  Source *source = data;

  g_free (source->name);
  g_clear_pointer (&source->snapshot, cot_snapshot_unref);
  g_clear_pointer (&source->explained, cot_bitset_unref);
}

static void
kind_free (gpointer data)
{
  CotErrorKind *kind = data;

  g_clear_pointer (&kind->code, cot_code_free);
  g_free (kind->message);
  g_free (kind);
}

/**
 * cot_error_kinds_new:
 *
 * Returns: (transfer full): without logs
 */
CotErrorKinds *
cot_error_kinds_new (void)
{
  CotErrorKinds *self = g_new0 (CotErrorKinds, 1);

  self->sources = g_array_new (FALSE, FALSE, sizeof (Source));
  g_array_set_clear_func (self->sources, source_clear);
  self->kinds = g_ptr_array_new_with_free_func (kind_free);
  return self;
}

/**
 * cot_error_kinds_free:
 * @self: (transfer full): what does not run
 */
void
cot_error_kinds_free (CotErrorKinds *self)
{
  g_ptr_array_unref (self->kinds);
  g_array_unref (self->sources);
  g_free (self);
}

/**
 * cot_error_kinds_add:
 * @self: what did not run yet
 * @log: a log of a case
 * @index: what the caller knows it by
 *
 * Main thread.
 */
void
cot_error_kinds_add (CotErrorKinds *self, CotLog *log, guint index)
{
  /* What is known of a log is put together once, and then replaced as a whole. */
  Source source = { g_strdup (cot_log_get_name (log)), index,
                    cot_snapshot_ref (cot_log_get_snapshot (log)),
                    cot_bitset_ref (log->known->ordinals) };

  g_array_append_val (self->sources, source);
}

/* Some logs do not say by which clock they were written: most likely by that of the others. */
static gint16
choose_bias (GArray *places)
{
  for (guint i = 0; i < places->len; i++)
    {
      gint16 bias_minutes = g_array_index (places, Place, i).columns.bias_minutes;

      if (bias_minutes != COT_BIAS_NONE)
        return bias_minutes;
    }
  return 0;
}

static int
compare_places (gconstpointer first, gconstpointer second)
{
  const Place *a = first;
  const Place *b = second;
  gint64 x = a->moment_usec;
  gint64 y = b->moment_usec;

  if (x != y)
    {
      /* What has no time comes last. */
      if (x == COT_TIME_NONE || y == COT_TIME_NONE)
        return x == COT_TIME_NONE ? 1 : -1;
      return x < y ? -1 : 1;
    }
  if (a->source != b->source)
    return a->source < b->source ? -1 : 1;
  return a->ordinal < b->ordinal ? -1 : a->ordinal > b->ordinal;
}

static void
sort_places (GArray *places)
{
  gint16 bias_minutes = choose_bias (places);

  for (guint i = 0; i < places->len; i++)
    {
      Place *place = &g_array_index (places, Place, i);
      gint16 own = place->columns.bias_minutes;

      place->moment_usec = place->columns.time_usec;
      if (place->moment_usec != COT_TIME_NONE)
        place->moment_usec += (own != COT_BIAS_NONE ? own : bias_minutes) * USEC_PER_MINUTE;
    }
  g_array_sort (places, compare_places);
}

static void
take_places (const Source *source, guint index, GArray *places)
{
  guint64 n_entries = cot_snapshot_get_n_entries (source->snapshot);
  g_autofree guint8 *severities = g_malloc (SEVERITIES_PER_STEP);
  guint n = 0;

  for (guint64 first = 0; first < n_entries; first += SEVERITIES_PER_STEP)
    {
      guint64 n_here = MIN ((guint64) SEVERITIES_PER_STEP, n_entries - first);

      cot_snapshot_get_severities (source->snapshot, first, n_here, severities);
      for (guint64 i = 0; i < n_here; i++)
        {
          Place place = { index, first + i, COT_TIME_NONE, { 0 } };

          if (severities[i] != COT_SEVERITY_ERROR
              || cot_bitset_contains (source->explained, place.ordinal)
              || !cot_snapshot_get (source->snapshot, place.ordinal, &place.columns))
            continue;
          if (n++ >= MAX_READ_OF_LOG || places->len >= MAX_READ)
            return;
          g_array_append_val (places, place);
        }
    }
}

/* (nullable): an entry that cannot be read has none. */
static char *
read_entry (const Source *source, const Place *place, GByteArray *record, char **component)
{
  g_autoptr (GString) composed = g_string_new (NULL);
  CotEntry entry = { 0 };
  CotEncoding encoding;

  g_byte_array_set_size (record, 0);
  if (!cot_snapshot_read (source->snapshot, place->ordinal, record, NULL))
    return NULL;
  cot_format_read_entry (cot_snapshot_get_format (source->snapshot), (const char *) record->data,
                         record->len, composed, &entry);
  encoding = cot_snapshot_get_generation (source->snapshot, place->columns.generation)->encoding;
  entry.message.length_bytes = MIN (entry.message.length_bytes, MAX_MESSAGE_BYTES);
  *component = cot_entry_text_dup_written (encoding, entry.component);
  return cot_entry_text_dup_written (encoding, entry.message);
}

/* What names a success is not what is wrong, and what fits any failure does not tell one from
 * another: the words do. */
static gboolean
names_failure (const CotCode *code)
{
  return !code->is_success && !(code->is_number && code->code == CODE_OF_ANYTHING);
}

/* (transfer full) (nullable) */
static CotCode *
find_code (const Source *source, const char *message, const char *component)
{
  g_autoptr (GPtrArray) codes = cot_codes_find_in_log (message, source->name, component);

  for (guint i = 0; i < codes->len; i++)
    if (names_failure (g_ptr_array_index (codes, i)))
      return g_ptr_array_steal_index (codes, i);
  return NULL;
}

/* "Request 12 failed" and "Request 13 failed" are the same words. */
static char *
dup_words (const char *message)
{
  GString *words = g_string_new ("\n");
  const char *end = message + strnlen (message, MAX_KEY_BYTES);

  for (const char *at = message; at < end; at++)
    {
      if (!g_ascii_isdigit (*at))
        g_string_append_c (words, *at);
      else if (at == message || !g_ascii_isdigit (at[-1]))
        g_string_append_c (words, '0');
    }
  return g_string_free (words, FALSE);
}

static CotErrorKind *
add_kind (CotErrorKinds *self, const Place *place, CotCode *code, const char *message)
{
  const Source *source = &g_array_index (self->sources, Source, place->source);
  CotErrorKind *kind = g_new0 (CotErrorKind, 1);

  kind->code = code;
  kind->message = g_strdup (message);
  kind->index = source->index;
  kind->ordinal = place->ordinal;
  kind->time_usec = place->columns.time_usec;
  kind->bias_minutes = place->columns.bias_minutes;
  kind->moment_usec = place->moment_usec;
  kind->last_time_usec = COT_TIME_NONE;
  g_ptr_array_add (self->kinds, kind);
  return kind;
}

/* In the order of time. */
static void
take_error (CotErrorKinds *self, const Place *place, GHashTable *by_key, GByteArray *record)
{
  const Source *source = &g_array_index (self->sources, Source, place->source);
  g_autofree char *component = NULL;
  g_autofree char *message = read_entry (source, place, record, &component);
  g_autoptr (CotCode) code = message != NULL ? find_code (source, message, component) : NULL;
  g_autofree char *key = NULL;
  CotErrorKind *kind;

  key = code != NULL ? g_strdup (code->code_text) : dup_words (message != NULL ? message : "");
  kind = g_hash_table_lookup (by_key, key);
  if (kind == NULL)
    {
      kind = add_kind (self, place, g_steal_pointer (&code), message);
      g_hash_table_insert (by_key, g_steal_pointer (&key), kind);
    }
  kind->n++;
  /* What has no time comes last: where this one has one, the first has. */
  if (place->moment_usec != COT_TIME_NONE)
    kind->last_time_usec = kind->time_usec + (place->moment_usec - kind->moment_usec);
}

/**
 * cot_error_kinds_run:
 * @self: what has its logs
 * @cancellable: (nullable): what ends it early
 *
 * Reads the errors. A worker, once.
 */
void
cot_error_kinds_run (CotErrorKinds *self, GCancellable *cancellable)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GByteArray) record = g_byte_array_new ();

  for (guint i = 0; i < self->sources->len && !g_cancellable_is_cancelled (cancellable); i++)
    take_places (&g_array_index (self->sources, Source, i), i, places);
  sort_places (places);
  for (guint i = 0; i < places->len && !g_cancellable_is_cancelled (cancellable); i++)
    take_error (self, &g_array_index (places, Place, i), by_key, record);
}

/**
 * cot_error_kinds_get:
 * @self: what has run
 *
 * Returns: (transfer none) (element-type CotErrorKind): by the time of their first
 */
const GPtrArray *
cot_error_kinds_get (const CotErrorKinds *self)
{
  return self->kinds;
}

/**
 * cot_errors_find_first:
 * @logs: (element-type CotLog): of a case
 * @log: (out) (transfer none): the log
 * @ordinal: (out): the entry
 *
 * Main thread: no text is read.
 *
 * Returns: whether an error there is explained by no finding; which is the first of them by time
 */
gboolean
cot_errors_find_first (GPtrArray *logs, CotLog **log, guint64 *ordinal)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));

  for (guint i = 0; i < logs->len; i++)
    {
      CotLog *one = g_ptr_array_index (logs, i);
      Place place = { i, 0, COT_TIME_NONE, { 0 } };

      if (cot_log_find_unexplained (one, G_MAXUINT64, &place.ordinal)
          && cot_snapshot_get (cot_log_get_snapshot (one), place.ordinal, &place.columns))
        g_array_append_val (places, place);
    }
  if (places->len == 0)
    return FALSE;
  sort_places (places);
  *log = g_ptr_array_index (logs, g_array_index (places, Place, 0).source);
  *ordinal = g_array_index (places, Place, 0).ordinal;
  return TRUE;
}
