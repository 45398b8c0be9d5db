/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-private.h"

#include "cot-entry-text.h"

#include <string.h>

G_DEFINE_TYPE (CotLog, cot_log, G_TYPE_OBJECT)

enum
{
  CHANGED,
  ROWS_LOADED,
  KNOWN_CHANGED,
  EVENT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
document_changed_cb (CotLog *self)
{
  guint64 n_entries = cot_log_get_n_entries (self);
  guint64 first = self->n_seen == 0 ? 0 : self->n_seen - 1;
  CotEncoding encoding = cot_document_get_encoding (self->document);
  gboolean went_on
      = n_entries != self->n_seen || cot_log_get_state (self) != COT_DOCUMENT_LOADING;

  /* What is read anew, or in another encoding, may hold other words in the same places. */
  if (self->is_read_anew || encoding != self->seen_encoding)
    first = 0;
  self->is_read_anew &= cot_log_get_state (self) == COT_DOCUMENT_LOADING;
  /* The last entry seen may have been half written then. */
  if (went_on && self->rows != NULL)
    cot_row_cache_outdate (self->rows, first);
  self->n_seen = n_entries;
  self->seen_encoding = encoding;
  g_signal_emit (self, signals[CHANGED], 0);
  if (went_on && n_entries > first)
    g_signal_emit (self, signals[ROWS_LOADED], 0, first, n_entries - first);
}

static void
document_event_cb (CotLog *self, CotDocumentEvent event)
{
  g_signal_emit (self, signals[EVENT], 0, event);
}

static void
set_document (CotLog *self, CotDocument *document)
{
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_set_object (&self->document, document);
  cot_log_apply_read_as (self);
  g_signal_connect_swapped (document, "changed", G_CALLBACK (document_changed_cb), self);
  g_signal_connect_swapped (document, "event", G_CALLBACK (document_event_cb), self);
}

static void
rows_loaded_cb (guint64 first, guint64 n, gpointer data)
{
  g_signal_emit (data, signals[ROWS_LOADED], 0, first, n);
}

static void
cot_log_dispose (GObject *object)
{
  CotLog *self = COT_LOG (object);

  if (self->document != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->document, self);
      cot_document_set_following (self->document, FALSE);
      cot_document_cancel (self->document);
    }
  g_clear_object (&self->document);
  g_clear_pointer (&self->rows, cot_row_cache_free);
  g_clear_pointer (&self->known, cot_log_known_free);
  g_ptr_array_set_size (self->followers, 0);
  G_OBJECT_CLASS (cot_log_parent_class)->dispose (object);
}

static void
cot_log_finalize (GObject *object)
{
  CotLog *self = COT_LOG (object);

  g_free (self->path);
  g_free (self->label);
  g_free (self->name);
  g_free (self->title);
  g_free (self->known_name);
  g_clear_error (&self->error);
  g_ptr_array_unref (self->followers);
  g_clear_pointer (&self->moments, g_array_unref);
  G_OBJECT_CLASS (cot_log_parent_class)->finalize (object);
}

static void
apply_following (CotLog *self)
{
  cot_document_set_following (self->document, self->followers->len > 0 && self->path != NULL);
}

void
cot_log_set_follower (CotLog *self, gpointer follower, gboolean following)
{
  g_ptr_array_remove (self->followers, follower);
  if (following)
    g_ptr_array_add (self->followers, follower);
  apply_following (self);
}

void
cot_log_take_followers (CotLog *self, CotLog *before)
{
  for (guint i = 0; i < before->followers->len; i++)
    {
      gpointer follower = g_ptr_array_index (before->followers, i);

      cot_log_set_follower (self, follower == before ? self : follower, TRUE);
    }
}

/* Who asks for an end of it asks for all. */
static void
one_set_following (CotLog *self, gboolean following)
{
  if (following)
    {
      cot_log_set_follower (self, self, TRUE);
      return;
    }
  g_ptr_array_set_size (self->followers, 0);
  apply_following (self);
}

static void
one_set_paused (CotLog *self, gboolean paused)
{
  if (cot_document_get_following (self->document))
    cot_document_set_paused (self->document, paused);
}

static guint
one_get_n_parts (CotLog *self)
{
  return 1;
}

static CotLog *
one_get_part (CotLog *self, guint index)
{
  return self;
}

static CotLog *
one_locate (CotLog *self, guint64 ordinal, guint64 *ordinal_in_log)
{
  *ordinal_in_log = ordinal;
  return self;
}

static gboolean
one_find_place (CotLog *self, CotLog *log, guint64 ordinal, guint64 *place)
{
  *place = ordinal;
  return log == self && ordinal < cot_log_get_n_entries (self);
}

static guint
one_get_n_seams (CotLog *self)
{
  guint n_generations = cot_snapshot_get_n_generations (cot_log_get_snapshot (self));

  return n_generations > 0 ? n_generations - 1 : 0;
}

static guint64
one_get_seam (CotLog *self, guint index)
{
  return cot_snapshot_get_generation (cot_log_get_snapshot (self), index + 1)->first_ordinal;
}

static guint64
one_get_n_entries (CotLog *self)
{
  return cot_snapshot_get_n_entries (cot_log_get_snapshot (self));
}

static const CotSnapshotCounts *
one_get_counts (CotLog *self)
{
  return cot_snapshot_get_counts (cot_log_get_snapshot (self));
}

static CotDocumentState
one_get_state (CotLog *self)
{
  return self->error != NULL ? COT_DOCUMENT_FAILED : cot_document_get_state (self->document);
}

static const GError *
one_get_error (CotLog *self)
{
  return self->error != NULL ? self->error : cot_document_get_error (self->document);
}

static double
one_get_progress (CotLog *self)
{
  return cot_document_get_progress (self->document);
}

static CotBitset *
one_get_of_severity (CotLog *self, CotSeverity severity)
{
  return NULL;
}

static CotMerge *
one_get_merge (CotLog *self, GPtrArray **logs)
{
  return NULL;
}

static void
cot_log_class_init (CotLogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cot_log_dispose;
  object_class->finalize = cot_log_finalize;
  klass->get_n_parts = one_get_n_parts;
  klass->get_part = one_get_part;
  klass->locate = one_locate;
  klass->find_place = one_find_place;
  klass->get_n_seams = one_get_n_seams;
  klass->get_seam = one_get_seam;
  klass->get_n_entries = one_get_n_entries;
  klass->set_following = one_set_following;
  klass->set_paused = one_set_paused;
  klass->get_counts = one_get_counts;
  klass->get_state = one_get_state;
  klass->get_error = one_get_error;
  klass->get_progress = one_get_progress;
  klass->get_of_severity = one_get_of_severity;
  klass->get_merge = one_get_merge;

  signals[CHANGED] = g_signal_new ("changed", COT_TYPE_LOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[ROWS_LOADED] = g_signal_new ("rows-loaded", COT_TYPE_LOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT64, G_TYPE_UINT64);
  signals[KNOWN_CHANGED] = g_signal_new ("known-changed", COT_TYPE_LOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  signals[EVENT] = g_signal_new ("event", COT_TYPE_LOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
cot_log_init (CotLog *self)
{
  self->followers = g_ptr_array_new ();
  self->known = cot_log_known_get_nothing ();
}

static gboolean
has_ending (const char *name, const char *ending)
{
  gsize n = strlen (name);

  return n >= strlen (ending) && g_ascii_strcasecmp (name + n - strlen (ending), ending) == 0;
}

/* All event logs of Windows begin alike: where room is short, only the rest tells them apart. */
static char *
dup_title (const char *name)
{
  static const char *const prefix = "Microsoft-Windows-";

  if (has_ending (name, ".evtx"))
    {
      if (g_ascii_strncasecmp (name, prefix, strlen (prefix)) == 0
          && strlen (name) > strlen (prefix) + strlen (".evtx"))
        name += strlen (prefix);
      return g_strndup (name, strlen (name) - strlen (".evtx"));
    }
  return g_strndup (name, strlen (name) - (has_ending (name, ".log") ? strlen (".log") : 0));
}

static void
set_names (CotLog *self, const char *label)
{
  self->label = g_strdup (label);
  self->name = cot_member_dup_name (label);
  self->title = dup_title (self->name);
}

/**
 * cot_log_new_for_path:
 * @path: path of a file, in the file system's encoding
 * @label: the name for people, UTF-8
 *
 * Nothing is read yet: see cot_log_load(). Main thread.
 *
 * Returns: (transfer full): a log that can be followed
 */
CotLog *
cot_log_new_for_path (const char *path, const char *label)
{
  CotLog *self = g_object_new (COT_TYPE_LOG, NULL);
  g_autoptr (CotDocument) document = cot_document_new_for_path (path);

  self->path = g_strdup (path);
  set_names (self, label);
  set_document (self, document);
  return self;
}

static CotDocument *
new_document_of_nothing (const char *name)
{
  g_autoptr (GBytes) bytes = g_bytes_new (NULL, 0);
  g_autoptr (CotSource) source = cot_source_new_from_bytes (bytes, name);

  return cot_document_new_for_source (source, name);
}

/**
 * cot_log_new_for_member:
 * @label: the member's label, UTF-8
 *
 * Its bytes come with cot_log_take_source(). Main thread.
 *
 * Returns: (transfer full): a log
 */
CotLog *
cot_log_new_for_member (const char *label)
{
  CotLog *self = g_object_new (COT_TYPE_LOG, NULL);
  g_autoptr (CotDocument) document = NULL;

  self->needs_source = TRUE;
  set_names (self, label);
  document = new_document_of_nothing (self->name);
  set_document (self, document);
  return self;
}

void
cot_log_init_as_merge (CotLog *self)
{
  g_autoptr (CotDocument) document = new_document_of_nothing ("");

  self->label = g_strdup ("");
  self->name = g_strdup ("");
  self->title = g_strdup ("");
  /* Its sets become those of all its logs: what others share must not. */
  self->known = cot_log_known_new ();
  set_document (self, document);
}

/**
 * cot_log_needs_source:
 * @self: a log
 *
 * Returns: whether it is a member whose bytes have not come yet
 */
gboolean
cot_log_needs_source (CotLog *self)
{
  return self->needs_source;
}

/**
 * cot_log_take_source:
 * @self: a log that needs a source
 * @source: (transfer full): the member's bytes
 *
 * Main thread.
 */
void
cot_log_take_source (CotLog *self, CotSource *source)
{
  g_autoptr (CotSource) owned = source;
  g_autoptr (CotDocument) document = cot_document_new_for_source (owned, self->name);

  self->needs_source = FALSE;
  set_document (self, document);
}

/**
 * cot_log_add_older:
 * @self: a log whose bytes are there, and that is not loaded yet
 * @path: (nullable) (type filename): where an older part of it stands
 * @source: (nullable): the bytes of the part
 * @label: what people call the part, UTF-8
 *
 * Add the oldest part first. Main thread.
 */
void
cot_log_add_older (CotLog *self, const char *path, CotSource *source, const char *label)
{
  if (source != NULL)
    cot_document_add_older_source (self->document, source, label);
  else
    cot_document_add_older_path (self->document, path, label);
}

/**
 * cot_log_take_error:
 * @self: a log
 * @error: (transfer full): why the member could not be read
 *
 * Main thread.
 */
void
cot_log_take_error (CotLog *self, GError *error)
{
  self->needs_source = FALSE;
  g_clear_error (&self->error);
  self->error = error;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * cot_log_load:
 * @self: a log whose bytes are there
 *
 * Starts the reading on a worker. Main thread.
 */
void
cot_log_load (CotLog *self)
{
  self->is_read_anew = self->n_seen > 0;
  cot_document_load (self->document);
}

/**
 * cot_log_set_stopped:
 * @self: a log
 * @is_stopped: whether its reading was given up before it was done
 *
 * Main thread.
 */
void
cot_log_set_stopped (CotLog *self, gboolean is_stopped)
{
  if (self->is_stopped == is_stopped)
    return;
  self->is_stopped = is_stopped;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * cot_log_set_known:
 * @self: a log
 * @known: (transfer full): which entries are evidence of what
 *
 * Main thread.
 */
void
cot_log_set_known (CotLog *self, CotLogKnown *known)
{
  cot_log_known_free (self->known);
  self->known = known;
  g_signal_emit (self, signals[KNOWN_CHANGED], 0);
}

void
cot_log_set_known_name (CotLog *self, const char *name)
{
  g_autofree char *before = self->known_name;

  self->known_name = g_strdup (name);
}

const char *
cot_log_get_known_name (CotLog *self)
{
  return self->known_name;
}

/**
 * cot_log_get_name:
 * @self: a log
 *
 * Returns: (transfer none): the log's name without what a collector added: "LocationServices.lo_"
 */
const char *
cot_log_get_name (CotLog *self)
{
  return self->name;
}

/**
 * cot_log_get_title:
 * @self: a log
 *
 * Returns: (transfer none): the name without ".log", and that of an event log without what all of
 *   them have in common; other endings tell something and stay
 */
const char *
cot_log_get_title (CotLog *self)
{
  return self->title;
}

/**
 * cot_log_get_path:
 * @self: a log
 *
 * Returns: (transfer none) (nullable): its path; %NULL for a member of an archive
 */
const char *
cot_log_get_path (CotLog *self)
{
  return self->path;
}

/**
 * cot_log_get_label:
 * @self: a log
 *
 * Returns: (transfer none): its path, or its place inside the bundle; UTF-8, not yet made visible
 */
const char *
cot_log_get_label (CotLog *self)
{
  return self->label;
}

/**
 * cot_log_get_part_label:
 * @self: a log
 * @snapshot: a snapshot of it
 * @ordinal: an entry of the snapshot
 * @ordinal_in_part: (out) (optional): which entry of its part it is
 *
 * Any thread.
 *
 * Returns: (transfer none): the label of the older part that holds the entry, as long as @snapshot
 *   lives; the log's own where it stands in the log itself
 */
const char *
cot_log_get_part_label (CotLog *self, CotSnapshot *snapshot, guint64 ordinal,
                        guint64 *ordinal_in_part)
{
  CotEntryColumns columns;
  const CotGeneration *generation;
  guint64 first;
  guint i;

  if (ordinal_in_part != NULL)
    *ordinal_in_part = ordinal;
  if (!cot_snapshot_get (snapshot, ordinal, &columns))
    return self->label;
  i = columns.generation;
  generation = cot_snapshot_get_generation (snapshot, i);
  first = generation->first_ordinal;
  /* What was rolled over while it was followed still counts from its start. */
  for (; generation->label == NULL && i > 0; i--)
    {
      const CotGeneration *above = cot_snapshot_get_generation (snapshot, i - 1);

      if (above->label != NULL)
        break;
      first = above->first_ordinal;
    }
  if (ordinal_in_part != NULL)
    *ordinal_in_part = ordinal - first;
  return generation->label != NULL ? generation->label : self->label;
}

/**
 * cot_log_dup_part_name:
 * @self: a log
 * @ordinal: an entry
 * @ordinal_in_part: (out) (optional): which entry of its part it is
 *
 * Main thread.
 *
 * Returns: (transfer full): the name, as cot_log_get_name() gives it, of the part that holds the
 *   entry
 */
char *
cot_log_dup_part_name (CotLog *self, guint64 ordinal, guint64 *ordinal_in_part)
{
  return cot_member_dup_name (cot_log_get_part_label (self, cot_log_get_snapshot (self), ordinal,
                                                      ordinal_in_part));
}

/**
 * cot_log_dup_entry_title:
 * @self: a log
 * @ordinal: an entry
 *
 * Main thread.
 *
 * Returns: (transfer full): the title, as cot_log_get_title() gives it, of the log and of the part
 *   that holds the entry
 */
char *
cot_log_dup_entry_title (CotLog *self, guint64 ordinal)
{
  guint64 in_log;
  CotLog *log = cot_log_locate (self, ordinal, &in_log);
  const char *label;
  g_autofree char *name = NULL;

  if (log == NULL)
    return g_strdup ("");
  label = cot_log_get_part_label (log, cot_log_get_snapshot (log), in_log, NULL);
  if (label == log->label)
    return g_strdup (log->title);
  name = cot_member_dup_name (label);
  return dup_title (name);
}

/**
 * cot_log_get_document:
 * @self: a log
 *
 * Returns: (transfer none): its document; another one once a member's bytes have come
 */
CotDocument *
cot_log_get_document (CotLog *self)
{
  return self->document;
}

/**
 * cot_log_get_snapshot:
 * @self: a log
 *
 * Returns: (transfer none): the entries as known now
 */
CotSnapshot *
cot_log_get_snapshot (CotLog *self)
{
  return cot_document_get_snapshot (self->document);
}

/**
 * cot_log_get_n_entries:
 * @self: a log
 *
 * Returns: the number of entries known now
 */
guint64
cot_log_get_n_entries (CotLog *self)
{
  return COT_LOG_GET_CLASS (self)->get_n_entries (self);
}

/**
 * cot_log_get_counts:
 * @self: a log
 *
 * Returns: (transfer none): counts of the entries known now
 */
const CotSnapshotCounts *
cot_log_get_counts (CotLog *self)
{
  return COT_LOG_GET_CLASS (self)->get_counts (self);
}

/**
 * cot_log_get_state:
 * @self: a log
 *
 * Returns: the document's state; %COT_DOCUMENT_FAILED also where the member could not be unpacked
 */
CotDocumentState
cot_log_get_state (CotLog *self)
{
  return COT_LOG_GET_CLASS (self)->get_state (self);
}

/**
 * cot_log_get_error:
 * @self: a log
 *
 * Returns: (transfer none) (nullable): why it could not be read, or not to its end
 */
const GError *
cot_log_get_error (CotLog *self)
{
  return COT_LOG_GET_CLASS (self)->get_error (self);
}

/**
 * cot_log_get_ending:
 * @self: a log
 *
 * Returns: (transfer none) (nullable): the last entry of a long log, while it is not read up to
 *   there; %NULL of a merge
 */
const CotEnding *
cot_log_get_ending (CotLog *self)
{
  return self->document != NULL ? cot_document_get_ending (self->document) : NULL;
}

/**
 * cot_log_get_progress:
 * @self: a log
 *
 * Returns: 0 to 1
 */
double
cot_log_get_progress (CotLog *self)
{
  return COT_LOG_GET_CLASS (self)->get_progress (self);
}

/**
 * cot_log_get_format_name:
 * @self: a log
 *
 * Returns: (transfer none): the name of its format for people, such as "CCM"
 */
const char *
cot_log_get_format_name (CotLog *self)
{
  return cot_snapshot_get_format (cot_log_get_snapshot (self))->name;
}

/**
 * cot_log_peek_row:
 * @self: a log
 * @ordinal: which entry
 *
 * Main thread; never waits.
 *
 * Returns: (nullable): the row, valid until the main loop runs; %NULL while a worker reads it
 */
const CotRow *
cot_log_peek_row (CotLog *self, guint64 ordinal)
{
  guint64 in_log;
  CotLog *log = cot_log_locate (self, ordinal, &in_log);

  if (log == NULL)
    return NULL;
  /* Most logs of a bundle are never shown. */
  if (log->rows == NULL)
    log->rows = cot_row_cache_new (rows_loaded_cb, log);
  return cot_row_cache_peek (log->rows, cot_log_get_snapshot (log), in_log);
}

/**
 * cot_log_get_finding_at:
 * @self: a log
 * @ordinal: which entry
 *
 * Main thread.
 *
 * Returns: (transfer none) (nullable): the finding that has the entry as evidence
 */
CotFinding *
cot_log_get_finding_at (CotLog *self, guint64 ordinal)
{
  guint64 in_log;
  CotLog *log = cot_log_locate (self, ordinal, &in_log);

  return log != NULL ? g_hash_table_lookup (log->known->by_ordinal, &in_log) : NULL;
}

/**
 * cot_log_get_finding_beside:
 * @self: a log
 * @ordinal: which entry
 *
 * Main thread.
 *
 * Returns: (transfer none) (nullable): where cot_log_get_finding_at() is built in, the first of the
 *   user's own knowledge; where that is one of hers, the first that is built in
 */
CotFinding *
cot_log_get_finding_beside (CotLog *self, guint64 ordinal)
{
  guint64 in_log;
  CotLog *log = cot_log_locate (self, ordinal, &in_log);

  return log != NULL ? g_hash_table_lookup (log->known->beside, &in_log) : NULL;
}

/**
 * cot_log_get_known:
 * @self: a log
 *
 * Returns: (transfer none): the ordinals that are evidence of a finding
 */
CotBitset *
cot_log_get_known (CotLog *self)
{
  return self->known->ordinals;
}

/**
 * cot_log_get_known_problems:
 * @self: a log
 * @severity: %COT_SEVERITY_ERROR or %COT_SEVERITY_WARNING
 *
 * Returns: (transfer none): the ordinals that are evidence of a problem as bad as that
 */
CotBitset *
cot_log_get_known_problems (CotLog *self, CotSeverity severity)
{
  return severity == COT_SEVERITY_ERROR ? self->known->errors : self->known->warnings;
}

/**
 * cot_log_get_filter_findings:
 * @self: a log
 *
 * Returns: (transfer none): what its entries are evidence of, as filters ask for it
 */
CotFilterFindings *
cot_log_get_filter_findings (CotLog *self)
{
  return self->known->for_filters;
}
