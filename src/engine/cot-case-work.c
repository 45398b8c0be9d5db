/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way of a case's logs from a name to hits: unpack, index, match. A few at a time, the wanted
 * one first; a log that grows is matched again from where the last pass ended. */

#include "cot-case-private.h"

#include "cot-log-private.h"

#include <string.h>

#define MAX_ACTIVE 4

/* What a worker needs to know of a log; the case may be gone when it ends. */
typedef struct
{
  CotCaseItem *item;
  CotBundle *bundle;
  GArray *members; /* of guint: the log itself, then its older parts, the oldest first */
  CotKnowledge *knowledge;
  char *label;
  CotSnapshot *snapshot;
  guint64 first;
} Work;

static void start_matching (CotCaseItem *item);

static void
work_free (Work *work)
{
  g_clear_pointer (&work->bundle, cot_bundle_unref);
  g_clear_pointer (&work->members, g_array_unref);
  g_clear_pointer (&work->knowledge, cot_knowledge_unref);
  g_clear_pointer (&work->snapshot, cot_snapshot_unref);
  g_free (work->label);
  g_free (work);
}

static void
drop_job (CotCaseItem *item)
{
  if (item->job == NULL)
    return;
  cot_job_cancel (item->job);
  g_clear_pointer (&item->job, cot_job_unref);
}

static void
set_stage (CotCaseItem *item, CotCaseStage stage)
{
  CotCase *self = item->owner;
  gboolean was_active = item->stage != COT_CASE_QUEUED && item->stage != COT_CASE_SETTLED;
  gboolean is_active = stage != COT_CASE_QUEUED && stage != COT_CASE_SETTLED;

  if (was_active && !is_active)
    g_ptr_array_remove (self->active, item);
  else if (is_active && !was_active)
    g_ptr_array_add (self->active, item);
  self->n_settled += (stage == COT_CASE_SETTLED) - (item->stage == COT_CASE_SETTLED);
  item->stage = stage;
}

/* For an item that leaves the case, before it is freed. */
void
cot_case_take_out (CotCase *self, CotCaseItem *item)
{
  guint index;

  set_stage (item, COT_CASE_QUEUED);
  g_ptr_array_remove (self->wanted, item);
  if (g_ptr_array_find (self->logs, item, &index) && index < self->first_queued)
    self->first_queued--;
}

void
cot_case_log_free (CotCaseItem *item)
{
  drop_job (item);
  g_signal_handlers_disconnect_by_data (item->log, item);
  g_object_unref (item->log);
  g_clear_pointer (&item->hits, cot_hits_unref);
  g_clear_pointer (&item->joined, g_array_unref);
  g_clear_pointer (&item->older_paths, g_ptr_array_unref);
  g_clear_pointer (&item->text, cot_source_unref);
  g_clear_error (&item->refused);
  g_free (item);
}

static void
settle (CotCaseItem *item)
{
  CotCase *self = item->owner;

  set_stage (item, COT_CASE_SETTLED);
  cot_case_schedule_correlation (self);
  cot_case_pump (self);
}

static guint64
newest_size (CotSnapshot *snapshot)
{
  guint n = cot_snapshot_get_n_generations (snapshot);

  return n == 0 ? 0 : cot_snapshot_get_generation (snapshot, n - 1)->size_bytes;
}

/* It may look like another one until enough of the log has been written: then other words stand in
 * what was matched before. */
static CotEncoding
newest_encoding (CotSnapshot *snapshot)
{
  guint n = cot_snapshot_get_n_generations (snapshot);

  return n == 0 ? COT_ENCODING_UTF8 : cot_snapshot_get_generation (snapshot, n - 1)->encoding;
}

static gboolean
has_unmatched (CotCaseItem *item)
{
  CotSnapshot *snapshot = cot_log_get_snapshot (item->log);

  if (item->owner->knowledge == NULL || item->is_part)
    return FALSE;
  return item->hits == NULL || cot_snapshot_get_n_entries (snapshot) != item->n_matched
         || newest_size (snapshot) != item->matched_bytes
         || newest_encoding (snapshot) != item->matched_encoding;
}

void
cot_case_judge_part (CotCaseItem *item)
{
  item->is_part = FALSE;
  if (item->stage == COT_CASE_SETTLED && !item->stopped
      && cot_log_get_state (item->log) != COT_DOCUMENT_FAILED)
    start_matching (item);
}

static gpointer
match (CotJob *job, gpointer data, GError **error)
{
  Work *work = data;
  guint64 n = cot_snapshot_get_n_entries (work->snapshot);

  return cot_matcher_run (work->knowledge, work->label, work->snapshot, work->first,
                          n - work->first, cot_job_get_cancellable (job), error);
}

static void
matched (CotJob *job, gpointer result, const GError *error, gpointer data)
{
  Work *work = data;
  CotCaseItem *item = work->item;

  if (result == NULL)
    {
      cot_case_refuse (item->owner, item->place, cot_log_get_label (item->log), error);
      result = item->hits != NULL ? cot_hits_ref (item->hits) : NULL;
    }
  else
    {
      g_autoptr (CotHits) newer = cot_hits_ref (result);

      /* From the first entry on: also where there are hits, of another knowledge. */
      result = item->hits == NULL || work->first == 0
                   ? cot_hits_ref (newer)
                   : cot_hits_join (item->hits, work->first, newer);
    }
  g_clear_pointer (&item->hits, cot_hits_unref);
  item->hits = result;
  item->n_matched = cot_snapshot_get_n_entries (work->snapshot);
  item->matched_bytes = newest_size (work->snapshot);
  item->matched_encoding = newest_encoding (work->snapshot);
  g_clear_pointer (&item->job, cot_job_unref);
  if (item->hits != NULL && has_unmatched (item))
    start_matching (item);
  else
    settle (item);
}

/* An exported event log may have any file name: what it is says the channel of its events.
 * (nullable) */
static char *
dup_channel (CotSnapshot *snapshot)
{
  CotStrings *origins = cot_snapshot_get_origins (snapshot);

  if (strcmp (cot_snapshot_get_format (snapshot)->id, "evtx") != 0)
    return NULL;
  for (guint i = 0; i < cot_strings_get_n (origins); i++)
    {
      const char *origin = cot_strings_get (origins, (guint16) i, NULL);
      const char *end = strrchr (origin, ':');
      g_autoptr (GString) name = NULL;

      if (end == NULL || end == origin)
        continue;
      name = g_string_new_len (origin, end - origin);
      g_string_replace (name, "/", "%4", 0);
      return g_strconcat (name->str, ".evtx", NULL);
    }
  return NULL;
}

/* A log that grows may turn out to be another one than it seemed: then it is matched anew. */
static void
identify (CotCaseItem *item)
{
  CotSnapshot *snapshot = cot_log_get_snapshot (item->log);
  g_autofree char *name = dup_channel (snapshot);

  item->identity = COT_LOG_IDENTITY_NAME;
  if (name == NULL)
    name = cot_log_identify (item->owner->knowledge, cot_log_get_label (item->log), snapshot,
                             &item->identity);
  if (g_strcmp0 (name, cot_log_get_known_name (item->log)) != 0)
    g_clear_pointer (&item->hits, cot_hits_unref);
  cot_log_set_known_name (item->log, name);
}

char *
cot_case_dup_known_name (CotLog *log)
{
  const char *name = cot_log_get_known_name (log);

  return g_strdup (name != NULL ? name : cot_log_get_label (log));
}

static void
start_matching (CotCaseItem *item)
{
  Work *work;

  if (item->owner->knowledge == NULL || item->is_part)
    {
      settle (item);
      return;
    }
  work = g_new0 (Work, 1);
  item->wants_hits_only = FALSE;
  set_stage (item, COT_CASE_MATCHING);
  work->item = item;
  work->knowledge = cot_knowledge_ref (item->owner->knowledge);
  work->snapshot = cot_snapshot_ref (cot_log_get_snapshot (item->log));
  identify (item);
  if (newest_encoding (work->snapshot) != item->matched_encoding)
    g_clear_pointer (&item->hits, cot_hits_unref);
  work->label = cot_case_dup_known_name (item->log);
  /* The last entry may have been half written when it was looked at. */
  work->first = item->hits == NULL || item->n_matched == 0 ? 0 : item->n_matched - 1;
  work->first = MIN (work->first, cot_snapshot_get_n_entries (work->snapshot));
  item->job = cot_job_start (&(CotJobFunctions){
      .work = match,
      .done = matched,
      .free_result = (GDestroyNotify) cot_hits_unref,
      .data = work,
      .free_data = (GDestroyNotify) work_free,
  });
}

/* What was read before the reading failed is shown, and said to be no whole log, until more of it
 * can be read. Whether that has changed. */
static gboolean
judge_reading (CotCaseItem *item)
{
  CotDocumentState state = cot_log_get_state (item->log);
  const GError *error = cot_log_get_error (item->log);
  gboolean is_cut = state == COT_DOCUMENT_FAILED || (state == COT_DOCUMENT_GONE && error != NULL);

  if (item->stage == COT_CASE_LOADING && is_cut)
    {
      cot_case_refuse (item->owner, item->place, cot_log_get_label (item->log), error);
      g_clear_error (&item->refused);
      item->refused = g_error_copy (error);
      return TRUE;
    }
  if (item->refused == NULL || is_cut || error != NULL)
    return FALSE;
  cot_case_forget_reason (item->owner, cot_log_get_label (item->log), item->refused);
  g_clear_error (&item->refused);
  return TRUE;
}

static void
log_changed_cb (CotCaseItem *item)
{
  /* A handler of a signal may drop the case, or take the log out of it. */
  g_autoptr (CotCase) self = g_object_ref (item->owner);
  CotDocumentState state = cot_log_get_state (item->log);
  gboolean is_read = state != COT_DOCUMENT_NEW && state != COT_DOCUMENT_LOADING;
  gboolean changed = FALSE;

  if (item->stage == COT_CASE_LOADING && is_read)
    {
      cot_case_take_older_errors (item);
      changed = judge_reading (item);
      if (state == COT_DOCUMENT_FAILED)
        settle (item);
      else
        start_matching (item);
    }
  else if (item->stage == COT_CASE_SETTLED && state != COT_DOCUMENT_FAILED && !item->stopped)
    {
      changed = is_read && judge_reading (item);
      if (has_unmatched (item))
        start_matching (item);
    }
  if (changed)
    g_signal_emit_by_name (self, "members-changed");
  g_signal_emit_by_name (self, "progress-changed");
}

/* What came of one member. */
typedef struct
{
  CotSource *source; /* (nullable) */
  GError *error; /* (nullable) why there is none */
} Unpacked;

static void
clear_unpacked (gpointer data)
{
  Unpacked *unpacked = data;

  g_clear_pointer (&unpacked->source, cot_source_unref);
  g_clear_error (&unpacked->error);
}

static gpointer
unpack (CotJob *job, gpointer data, GError **error)
{
  Work *work = data;
  GArray *all = g_array_new (FALSE, TRUE, sizeof (Unpacked));

  g_array_set_clear_func (all, clear_unpacked);
  for (guint i = 0; i < work->members->len; i++)
    {
      Unpacked unpacked = { 0 };

      unpacked.source = cot_bundle_read_member (work->bundle,
                                                g_array_index (work->members, guint, i),
                                                cot_job_get_cancellable (job), &unpacked.error);
      g_array_append_val (all, unpacked);
    }
  return all;
}

static void
start_loading (CotCaseItem *item)
{
  set_stage (item, COT_CASE_LOADING);
  cot_log_load (item->log);
}

/* What came is shown, and what is wrong with it is said. */
static gboolean
refuse_in_part (CotCaseItem *item, const Work *work, guint member)
{
  g_autoptr (GError) partial = cot_bundle_dup_member_error (work->bundle, member);

  if (partial != NULL)
    cot_case_refuse (item->owner, member, cot_bundle_get_member (work->bundle, member)->label,
                     partial);
  return partial != NULL;
}

/* An older part that did not come is a log of its own, which says why. */
static gboolean
take_older (CotCaseItem *item, const Work *work, GArray *all, gboolean newest_came)
{
  gboolean lacks = FALSE;

  for (guint i = 1; i < all->len; i++)
    {
      const Unpacked *part = &g_array_index (all, Unpacked, i);
      guint member = g_array_index (work->members, guint, i);

      if (part->source == NULL || !newest_came)
        {
          cot_case_split_off (item->owner, member);
          lacks = TRUE;
          continue;
        }
      lacks |= refuse_in_part (item, work, member);
      cot_log_add_older (item->log, NULL, part->source,
                         cot_bundle_get_member (work->bundle, member)->label);
      g_array_append_val (item->joined, member);
    }
  return lacks;
}

static void
unpacked (CotJob *job, gpointer result, const GError *error, gpointer data)
{
  Work *work = data;
  CotCaseItem *item = work->item;
  g_autoptr (CotCase) self = g_object_ref (item->owner);
  const Unpacked *newest = &g_array_index ((GArray *) result, Unpacked, 0);
  gboolean lacks;

  g_clear_pointer (&item->job, cot_job_unref);
  if (newest->source == NULL)
    {
      cot_case_refuse (self, item->place, work->label, newest->error);
      cot_log_take_error (item->log, g_error_copy (newest->error));
      take_older (item, work, result, FALSE);
      lacks = TRUE;
      settle (item);
    }
  else
    {
      lacks = refuse_in_part (item, work, item->member);
      cot_log_take_source (item->log, cot_source_ref (newest->source));
      lacks |= take_older (item, work, result, TRUE);
      start_loading (item);
    }
  if (lacks)
    g_signal_emit_by_name (self, "members-changed");
}

static void
start_unpacking (CotCaseItem *item)
{
  CotCase *self = item->owner;
  Work *work = g_new0 (Work, 1);
  guint n_older = 0;
  const guint *older = cot_case_get_older_members (self, item->member, &n_older);

  set_stage (item, COT_CASE_UNPACKING);
  work->item = item;
  work->bundle = cot_bundle_ref (self->bundle);
  work->members = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (work->members, item->member);
  if (n_older > 0 && cot_case_get_joined (self, item->member))
    g_array_append_vals (work->members, older, n_older);
  g_array_set_size (item->joined, 0);
  work->label = g_strdup (cot_log_get_label (item->log));
  item->job = cot_job_start (&(CotJobFunctions){
      .work = unpack,
      .done = unpacked,
      .free_result = (GDestroyNotify) g_array_unref,
      .data = work,
      .free_data = (GDestroyNotify) work_free,
  });
}

/**
 * cot_case_add_log:
 * @self: a case
 * @log: a log
 * @member: its index in the bundle; %G_MAXUINT for a loose file
 *
 * Queues the log; cot_case_pump() starts what can start. Main thread.
 */
void
cot_case_add_log (CotCase *self, CotLog *log, guint member)
{
  CotCaseItem *item = g_new0 (CotCaseItem, 1);
  guint index = self->logs->len;

  item->owner = self;
  item->log = g_object_ref (log);
  item->member = member;
  item->place = member != G_MAXUINT ? member : self->n_loose++;
  item->joined = g_array_new (FALSE, FALSE, sizeof (guint));
  g_signal_connect_swapped (log, "changed", G_CALLBACK (log_changed_cb), item);
  /* In the order of the members, whenever it turns out to be a log. */
  while (index > 0 && ((CotCaseItem *) self->logs->pdata[index - 1])->place > item->place)
    index--;
  g_ptr_array_insert (self->logs, (gint) index, item);
  cot_case_forget_labels (self);
  self->first_queued = MIN (self->first_queued, index);
}

static CotCaseItem *
next_queued (CotCase *self)
{
  while (self->wanted->len > 0)
    {
      CotCaseItem *item = g_ptr_array_steal_index (self->wanted, self->wanted->len - 1);

      if (item->stage == COT_CASE_QUEUED)
        return item;
    }
  for (; self->first_queued < self->logs->len; self->first_queued++)
    {
      CotCaseItem *item = g_ptr_array_index (self->logs, self->first_queued);

      if (item->stage == COT_CASE_QUEUED)
        return item;
    }
  return NULL;
}

/* Its hits stay until there are new ones: what is shown does not flicker. */
static void
match_anew (CotCaseItem *item)
{
  gboolean is_read = item->stage == COT_CASE_MATCHING
                     || (item->stage == COT_CASE_SETTLED && !item->stopped && !item->is_part
                         && cot_log_get_state (item->log) != COT_DOCUMENT_FAILED);

  item->n_matched = 0;
  item->matched_bytes = 0;
  if (!is_read)
    return;
  item->wants_hits_only = TRUE;
  drop_job (item);
  set_stage (item, COT_CASE_QUEUED);
}

/**
 * cot_case_set_knowledge:
 * @self: a case whose logs are looked at with some knowledge
 * @knowledge: what they are looked at with from now on
 *
 * Logs that were read are matched again, as the others will be. Main thread.
 */
void
cot_case_set_knowledge (CotCase *self, CotKnowledge *knowledge)
{
  if (self->knowledge == NULL || self->knowledge == knowledge)
    return;
  cot_knowledge_ref (knowledge);
  cot_knowledge_unref (self->knowledge);
  self->knowledge = knowledge;
  for (guint i = 0; i < self->logs->len; i++)
    match_anew (g_ptr_array_index (self->logs, i));
  self->first_queued = 0;
  cot_case_schedule_correlation (self);
  cot_case_pump (self);
}

/**
 * cot_case_pump:
 * @self: a case
 *
 * Starts as many queued logs as may run at once. Main thread.
 */
void
cot_case_pump (CotCase *self)
{
  CotCaseItem *item;

  while (self->active->len < MAX_ACTIVE && (item = next_queued (self)) != NULL)
    if (item->wants_hits_only)
      start_matching (item);
    else if (cot_log_needs_source (item->log))
      start_unpacking (item);
    else
      start_loading (item);
  g_signal_emit_by_name (self, "progress-changed");
}

/* The user looks at a log that was not read to its end: it is read after all. */
static void
start_anew (CotCaseItem *item)
{
  guint index;

  item->stopped = FALSE;
  item->wants_hits_only = FALSE;
  g_clear_pointer (&item->hits, cot_hits_unref);
  set_stage (item, COT_CASE_QUEUED);
  /* Who hears of it must not take the log for one that has been read. */
  cot_log_set_stopped (item->log, FALSE);
  if (g_ptr_array_find (item->owner->logs, item, &index))
    item->owner->first_queued = MIN (item->owner->first_queued, index);
}

/**
 * cot_case_replace_log:
 * @item: an item of a case
 * @log: a log that is not loaded yet, to stand in its place
 *
 * Queues it first; cot_case_pump() starts it. Main thread.
 */
void
cot_case_replace_log (CotCaseItem *item, CotLog *log)
{
  drop_job (item);
  g_signal_handlers_disconnect_by_data (item->log, item);
  g_set_object (&item->log, log);
  cot_case_forget_labels (item->owner);
  g_signal_connect_swapped (log, "changed", G_CALLBACK (log_changed_cb), item);
  item->n_matched = 0;
  item->matched_bytes = 0;
  start_anew (item);
  g_ptr_array_add (item->owner->wanted, item);
}

/* Somebody wants to see an older part alone, which is judged with the newest one. */
static gboolean
add_part_alone (CotCase *self, CotLog *log)
{
  int member = cot_case_find_member (self, log);

  if (member < 0)
    return FALSE;
  cot_case_add_log (self, log, (guint) member);
  cot_case_find_item (self, (guint) member)->is_part = TRUE;
  return TRUE;
}

/**
 * cot_case_prioritize:
 * @self: a case
 * @log: one of its logs
 *
 * Reads this one next, also where cot_case_cancel() had stopped it. Main thread.
 */
void
cot_case_prioritize (CotCase *self, CotLog *log)
{
  int index = cot_case_find_log (self, log);
  CotCaseItem *item;

  if (index < 0 && !add_part_alone (self, log))
    return;
  item = g_ptr_array_index (self->logs, (guint) cot_case_find_log (self, log));
  if (item->stopped)
    start_anew (item);
  if (item->stage != COT_CASE_QUEUED)
    return;
  g_ptr_array_add (self->wanted, item);
  cot_case_pump (self);
}

/**
 * cot_case_cancel:
 * @self: a case
 *
 * Stops the reading and scanning; what has been read stays. Main thread.
 */
void
cot_case_cancel (CotCase *self)
{
  for (guint i = 0; i < self->logs->len; i++)
    {
      CotCaseItem *item = g_ptr_array_index (self->logs, i);

      if (item->stage == COT_CASE_SETTLED)
        continue;
      item->stopped = TRUE;
      drop_job (item);
      set_stage (item, COT_CASE_SETTLED);
      /* First, so that nobody takes what is there for all of it. */
      cot_log_set_stopped (item->log, TRUE);
      cot_document_cancel (cot_log_get_document (item->log));
    }
  self->collection_stopped |= self->collection_job != NULL;
  cot_case_stop_collection (self);
  cot_case_schedule_correlation (self);
  g_signal_emit_by_name (self, "progress-changed");
}

/**
 * cot_case_read_on:
 * @self: a case
 *
 * Reads what cot_case_cancel() had stopped. Main thread.
 */
void
cot_case_read_on (CotCase *self)
{
  for (guint i = 0; i < self->logs->len; i++)
    {
      CotCaseItem *item = g_ptr_array_index (self->logs, i);

      if (item->stopped)
        start_anew (item);
    }
  if (self->collection_stopped)
    cot_case_read_collection (self);
  cot_case_pump (self);
}

static double
item_progress (const CotCaseItem *item)
{
  switch (item->stage)
    {
    case COT_CASE_LOADING:
      return 0.1 + 0.7 * cot_log_get_progress (item->log);
    case COT_CASE_MATCHING:
      return 0.9;
    case COT_CASE_SETTLED:
      return 1.0;
    case COT_CASE_QUEUED:
    case COT_CASE_UNPACKING:
    default:
      return 0.0;
    }
}

/**
 * cot_case_get_progress:
 * @self: a case
 *
 * Returns: how much of the reading and scanning is done, 0 to 1
 */
double
cot_case_get_progress (CotCase *self)
{
  double sum = self->n_settled;

  for (guint i = 0; i < self->active->len; i++)
    sum += item_progress (g_ptr_array_index (self->active, i));
  return self->logs->len == 0 ? 1.0 : sum / self->logs->len;
}

gboolean
cot_case_logs_are_settled (CotCase *self)
{
  return self->n_settled == self->logs->len;
}

/**
 * cot_case_get_settled:
 * @self: a case
 *
 * Returns: whether all that is there has been read and judged
 */
gboolean
cot_case_get_settled (CotCase *self)
{
  return self->correlation == NULL && !self->correlation_due && self->collection_job == NULL
         && cot_case_logs_are_settled (self);
}

/**
 * cot_case_has_read_all:
 * @self: a case
 *
 * Returns: whether no log is read any more, or waits for it; what was read may be judged still, as
 *   each line is that a log gets which is followed
 */
gboolean
cot_case_has_read_all (CotCase *self)
{
  for (guint i = 0; i < self->active->len; i++)
    if (((CotCaseItem *) g_ptr_array_index (self->active, i))->stage != COT_CASE_MATCHING)
      return FALSE;
  return self->n_settled + self->active->len == self->logs->len && self->collection_job == NULL;
}

/**
 * cot_case_get_activity:
 * @self: a case
 *
 * Returns: (transfer none) (nullable): the name of a log that is being read just now
 */
const char *
cot_case_get_activity (CotCase *self)
{
  CotCaseItem *item;

  if (self->active->len == 0)
    return NULL;
  item = g_ptr_array_index (self->active, 0);
  return cot_log_get_name (item->log);
}
