/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-merged-log-private.h"

/* The order is made anew at most ten times a second, and takes at most a third of one core. */
#define MIN_PAUSE_USEC (G_USEC_PER_SEC / 10)
#define PAUSE_FACTOR 2

typedef struct
{
  CotLogClass parent_class;
} CotMergedLogClass;

G_DEFINE_TYPE (CotMergedLog, cot_merged_log, COT_TYPE_LOG)


static void
member_free (gpointer data)
{
  CotMergedMember *member = data;

  g_object_unref (member->a_case);
  g_object_unref (member->log);
  g_free (member);
}

static CotMergedMember *
get_member (CotMergedLog *self, guint index)
{
  return g_ptr_array_index (self->members, index);
}

static CotMergedMember *
get_on (CotMergedLog *self, guint index)
{
  return g_ptr_array_index (self->on, index);
}

/* What is shown is of the same logs, in the same sequence, as those that are on. */
static gboolean
has_same_logs (CotMergedLog *self)
{
  if (self->order == NULL || self->order->logs->len != self->on->len)
    return FALSE;
  for (guint i = 0; i < self->on->len; i++)
    if (g_ptr_array_index (self->order->logs, i) != get_on (self, i)->log)
      return FALSE;
  return TRUE;
}

static CotMergedBuild *
build_new (CotMergedLog *self)
{
  CotMergedBuild *build = g_new0 (CotMergedBuild, 1);
  gboolean same_logs = has_same_logs (self);

  build->owner = self;
  build->is_read = !cot_merged_log_is_being_read (self);
  if (same_logs)
    {
      build->before = self->order;
      self->order->ref_count++;
    }
  build->logs = g_ptr_array_new_with_free_func (g_object_unref);
  build->snapshots = g_new0 (CotSnapshot *, self->on->len + 1);
  for (guint i = 0; i < G_N_ELEMENTS (build->known); i++)
    build->known[i] = g_new0 (CotBitset *, self->on->len + 1);
  build->known_is_due = self->known_is_due || !same_logs;
  for (guint i = 0; i < self->on->len; i++)
    {
      CotLog *log = get_on (self, i)->log;

      g_ptr_array_add (build->logs, g_object_ref (log));
      build->snapshots[i] = cot_snapshot_ref (cot_log_get_snapshot (log));
      build->known[0][i] = cot_bitset_ref (log->known->ordinals);
      build->known[1][i] = cot_bitset_ref (log->known->errors);
      build->known[2][i] = cot_bitset_ref (log->known->warnings);
    }
  build->answers = g_ptr_array_new ();
  for (guint i = 0; i < self->queries->len; i++)
    {
      CotMergedAnswers *answers
          = cot_query_collect (g_ptr_array_index (self->queries, i), build->logs, same_logs);

      if (answers != NULL)
        g_ptr_array_add (build->answers, answers);
    }
  return build;
}

static gpointer
run_build (CotJob *job, gpointer data, GError **error)
{
  cot_merged_build_run (data);
  return NULL;
}

static void
take_known (CotMergedLog *self)
{
  CotLogKnown *known = COT_LOG (self)->known;
  CotBitset **sets[] = { &known->ordinals, &known->errors, &known->warnings };

  g_assert (known != cot_log_known_get_nothing ());
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      cot_bitset_unref (*sets[i]);
      *sets[i] = cot_bitset_ref (self->order->known[i]);
    }
}

/* Queries that were dropped meanwhile do not want to hear of it. */
static void
take_answers (CotMergedLog *self, CotMergedBuild *build)
{
  for (guint i = 0; i < build->answers->len; i++)
    {
      CotMergedAnswers *answers = g_ptr_array_index (build->answers, i);

      if (g_ptr_array_find (self->queries, answers->query, NULL))
        cot_query_take_places (answers->query, answers);
    }
}

static void
tell_answers (CotMergedLog *self, CotMergedBuild *build)
{
  for (guint i = 0; i < build->answers->len; i++)
    {
      CotMergedAnswers *answers = g_ptr_array_index (build->answers, i);

      if (g_ptr_array_find (self->queries, answers->query, NULL))
        g_signal_emit_by_name (answers->query, "changed");
    }
}

/* All that tells of places changes in one go. */
static void
on_built (CotJob *job, gpointer result, const GError *error, gpointer data)
{
  CotMergedBuild *build = data;
  g_autoptr (CotMergedLog) self = g_object_ref (build->owner); /* a handler may drop it */
  guint64 n_before = cot_log_get_n_entries (COT_LOG (self));
  guint64 n_entries = cot_merge_get_n_entries (build->order->merge);
  gboolean moves = build->n_same < n_before;
  gboolean same = build->before != NULL && build->before->merge == build->order->merge;
  gint64 now_usec = g_get_monotonic_time ();

  g_clear_pointer (&self->job, cot_job_unref);
  self->not_before_usec
      = now_usec + MAX (MIN_PAUSE_USEC, PAUSE_FACTOR * (now_usec - self->started_usec));
  if (moves)
    g_signal_emit_by_name (self, "reorder");
  g_clear_pointer (&self->order, cot_merged_order_unref);
  self->order = g_steal_pointer (&build->order);
  self->is_whole = has_same_logs (self) && (self->is_whole || build->is_read);
  take_known (self);
  take_answers (self, build);
  g_signal_emit_by_name (self, "changed");
  if (n_entries > build->n_same)
    g_signal_emit_by_name (self, "rows-loaded", build->n_same, n_entries - build->n_same);
  if (build->known_is_due || !same)
    g_signal_emit_by_name (self, "known-changed");
  tell_answers (self, build);
  if (moves)
    g_signal_emit_by_name (self, "reordered");
  if (self->is_due)
    cot_merged_log_queue (self);
}

static gboolean
needs_build (CotMergedLog *self)
{
  if (self->known_is_due || !has_same_logs (self)
      || (!self->is_whole && !cot_merged_log_is_being_read (self)))
    return TRUE;
  for (guint i = 0; i < self->on->len; i++)
    if (cot_merge_get_snapshot (self->order->merge, i)
        != cot_log_get_snapshot (get_on (self, i)->log))
      return TRUE;
  for (guint i = 0; i < self->queries->len; i++)
    if (cot_query_wants_places (g_ptr_array_index (self->queries, i)))
      return TRUE;
  return FALSE;
}

static gboolean
on_due (gpointer data)
{
  CotMergedLog *self = data;

  self->source = 0;
  self->is_due = FALSE;
  if (needs_build (self))
    {
      CotMergedBuild *build = build_new (self);

      self->known_is_due = FALSE;
      self->started_usec = g_get_monotonic_time ();
      self->job = cot_job_start (&(CotJobFunctions){
          .work = run_build,
          .done = on_built,
          .data = build,
          .free_data = (GDestroyNotify) cot_merged_build_free,
      });
      return G_SOURCE_REMOVE;
    }
  self->not_before_usec = g_get_monotonic_time () + MIN_PAUSE_USEC;
  g_signal_emit_by_name (self, "changed");
  return G_SOURCE_REMOVE;
}

void
cot_merged_log_queue (CotMergedLog *self)
{
  gint64 pause_usec = self->not_before_usec - g_get_monotonic_time ();

  self->is_due = TRUE;
  if (self->job == NULL && self->source == 0)
    self->source = g_timeout_add ((guint) MAX (pause_usec / 1000, 0), on_due, self);
}

void
cot_merged_log_add_query (CotMergedLog *self, CotQuery *query)
{
  g_ptr_array_add (self->queries, query);
  cot_merged_log_queue (self);
}

void
cot_merged_log_remove_query (CotMergedLog *self, CotQuery *query)
{
  g_ptr_array_remove (self->queries, query);
}

static void
on_known_changed (CotMergedLog *self)
{
  self->known_is_due = TRUE;
  cot_merged_log_queue (self);
}

/* Rows that were asked for: they stand where they stand now. */
static void
on_rows_loaded (CotLog *log, guint64 first, guint64 n, gpointer data)
{
  CotLog *self = data;
  guint64 first_place, last_place;

  if (n == 0 || !cot_log_find_place (self, log, first, &first_place))
    return;
  if (!cot_log_find_place (self, log, first + n - 1, &last_place))
    last_place = cot_log_get_n_entries (self) - 1;
  g_signal_emit_by_name (self, "rows-loaded", first_place, last_place - first_place + 1);
}

/* Somebody else may do it, whose tab shows the log alone. */
static gboolean
on_outdated (gpointer data)
{
  g_autoptr (CotMergedLog) self = g_object_ref (data); /* a handler may drop it */

  self->outdated_source = 0;
  for (guint i = 0; i < self->members->len; i++)
    {
      CotMergedMember *member = get_member (self, i);
      g_autoptr (CotLog) log = g_object_ref (member->log);
      gboolean following = cot_log_get_following (log);
      CotLog *newer;

      if (!g_object_get_data (G_OBJECT (log), "cot-outdated"))
        continue;
      g_object_set_data (G_OBJECT (log), "cot-outdated", NULL);
      newer = cot_case_reopen_log (member->a_case, log, cot_log_get_chosen_format (log));
      if (newer != NULL)
        cot_log_set_following (newer, following);
    }
  return G_SOURCE_REMOVE;
}

static void
on_event (CotLog *log, CotDocumentEvent event, gpointer data)
{
  g_autoptr (CotMergedLog) self = g_object_ref (data);

  if (event == COT_DOCUMENT_EVENT_OUTDATED || event == COT_DOCUMENT_EVENT_UNDERSTOOD)
    {
      g_object_set_data (G_OBJECT (log), "cot-outdated", log);
      if (self->outdated_source == 0)
        self->outdated_source = g_idle_add (on_outdated, self);
      return;
    }
  self->event_log = log;
  g_signal_emit_by_name (self, "event", event);
  self->event_log = NULL;
}

static void
watch_log (CotMergedLog *self, CotLog *log)
{
  g_signal_connect_swapped (log, "changed", G_CALLBACK (cot_merged_log_queue), self);
  g_signal_connect_swapped (log, "known-changed", G_CALLBACK (on_known_changed), self);
  g_signal_connect (log, "rows-loaded", G_CALLBACK (on_rows_loaded), self);
  g_signal_connect (log, "event", G_CALLBACK (on_event), self);
}

/* Two logs that are on look alike only where no colour is free. */
static void
number_on (CotMergedLog *self)
{
  guint limit = MAX (self->on->len, COT_MERGED_N_COLORS);
  g_autofree gboolean *taken = g_new0 (gboolean, limit);
  guint next = 0;

  for (guint i = 0; i < self->on->len; i++)
    {
      CotMergedMember *member = g_ptr_array_index (self->on, i);

      if (member->number >= limit || taken[member->number])
        member->number = G_MAXUINT;
      else
        taken[member->number] = TRUE;
    }
  for (guint i = 0; i < self->on->len; i++)
    {
      CotMergedMember *member = g_ptr_array_index (self->on, i);

      if (member->number != G_MAXUINT)
        continue;
      while (taken[next])
        next++;
      member->number = next++;
    }
}

static void
list_on (CotMergedLog *self)
{
  g_clear_pointer (&self->owners, g_ptr_array_unref);
  g_ptr_array_set_size (self->on, 0);
  for (guint i = 0; i < self->members->len; i++)
    if (get_member (self, i)->on)
      g_ptr_array_add (self->on, get_member (self, i));
  number_on (self);
  self->is_whole = FALSE;
  cot_merged_log_queue (self);
}

static void
tell_changed (CotMergedLog *self)
{
  if (self->n_changes > 0)
    {
      self->has_changed = TRUE;
      return;
    }
  self->has_changed = FALSE;
  list_on (self);
  g_signal_emit_by_name (self, "logs-changed");
}

/* The log of the case that is now what @member was; (nullable). */
static CotLog *
find_present (const CotMergedMember *member)
{
  const char *path = cot_log_get_path (member->log);

  if (member->member >= 0)
    return cot_case_get_member_log (member->a_case, (guint) member->member);
  if (cot_case_find_log (member->a_case, member->log) >= 0)
    return member->log;
  for (guint i = 0; path != NULL && i < cot_case_get_n_logs (member->a_case); i++)
    {
      CotLog *log = cot_case_get_log (member->a_case, i);

      if (g_strcmp0 (cot_log_get_path (log), path) == 0)
        return log;
    }
  return NULL;
}

static void
on_members_changed (CotCase *a_case, gpointer data)
{
  g_autoptr (CotMergedLog) self = g_object_ref (data);
  gboolean changed = FALSE;

  for (guint i = self->members->len; i > 0; i--)
    {
      CotMergedMember *member = get_member (self, i - 1);
      CotLog *present = member->a_case == a_case ? find_present (member) : member->log;

      if (present == member->log)
        continue;
      changed = TRUE;
      g_signal_handlers_disconnect_by_data (member->log, self);
      if (present == NULL || cot_merged_log_find_log (self, present) >= 0)
        {
          g_ptr_array_remove (self->on, member);
          g_ptr_array_remove_index (self->members, i - 1);
          continue;
        }
      cot_log_take_followers (present, member->log);
      cot_log_set_follower (member->log, self, FALSE);
      g_set_object (&member->log, present);
      watch_log (self, present);
    }
  if (changed)
    tell_changed (self);
}

static gboolean
are_same (GPtrArray *owners, GPtrArray *others)
{
  if (owners->len != others->len)
    return FALSE;
  for (guint i = 0; i < owners->len; i++)
    if (g_strcmp0 (g_ptr_array_index (owners, i), g_ptr_array_index (others, i)) != 0)
      return FALSE;
  return TRUE;
}

/* Of which computer a log is may be known late. */
static void
on_findings_changed (CotMergedLog *self)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->owners);

  if (before == NULL)
    return;
  self->owners = cot_merged_log_list_owners (self);
  if (!are_same (before, self->owners))
    g_signal_emit_by_name (self, "logs-changed");
}

static void
watch_case (CotMergedLog *self, CotCase *a_case)
{
  if (g_ptr_array_find (self->cases, a_case, NULL))
    return;
  g_ptr_array_add (self->cases, g_object_ref (a_case));
  g_signal_connect (a_case, "members-changed", G_CALLBACK (on_members_changed), self);
  g_signal_connect_swapped (a_case, "findings-changed", G_CALLBACK (on_findings_changed), self);
}

/* What is asked of the merge holds for a log that comes to those that are on. */
static void
adapt_following (CotMergedLog *self, CotLog *log)
{
  cot_log_set_follower (log, self, self->following);
  if (self->following)
    cot_log_set_paused (log, self->paused);
}

static void
cot_merged_log_dispose (GObject *object)
{
  CotMergedLog *self = COT_MERGED_LOG (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_handle_id (&self->outdated_source, g_source_remove);
  if (self->job != NULL)
    cot_job_cancel (self->job);
  g_clear_pointer (&self->job, cot_job_unref);
  for (guint i = 0; i < self->members->len; i++)
    {
      g_signal_handlers_disconnect_by_data (get_member (self, i)->log, self);
      cot_log_set_follower (get_member (self, i)->log, self, FALSE);
    }
  for (guint i = 0; i < self->cases->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->cases, i), self);
  g_ptr_array_set_size (self->on, 0);
  g_ptr_array_set_size (self->members, 0);
  g_ptr_array_set_size (self->cases, 0);
  g_clear_pointer (&self->order, cot_merged_order_unref);
  g_clear_pointer (&self->owners, g_ptr_array_unref);
  G_OBJECT_CLASS (cot_merged_log_parent_class)->dispose (object);
}

static void
cot_merged_log_finalize (GObject *object)
{
  CotMergedLog *self = COT_MERGED_LOG (object);

  g_ptr_array_unref (self->on);
  g_ptr_array_unref (self->members);
  g_ptr_array_unref (self->cases);
  g_ptr_array_unref (self->queries);
  g_free (self->name);
  G_OBJECT_CLASS (cot_merged_log_parent_class)->finalize (object);
}

static void
cot_merged_log_class_init (CotMergedLogClass *klass)
{
  CotLogClass *log_class = &klass->parent_class;

  G_OBJECT_CLASS (klass)->dispose = cot_merged_log_dispose;
  G_OBJECT_CLASS (klass)->finalize = cot_merged_log_finalize;
  cot_merged_log_init_class (log_class);

  for (guint i = 0; i < 3; i++)
    {
      static const char *const names[] = { "logs-changed", "reorder", "reordered" };

      g_signal_new (names[i], COT_TYPE_MERGED_LOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);
    }
}

static void
cot_merged_log_init (CotMergedLog *self)
{
  self->members = g_ptr_array_new_with_free_func (member_free);
  self->on = g_ptr_array_new ();
  self->cases = g_ptr_array_new_with_free_func (g_object_unref);
  self->queries = g_ptr_array_new ();
  self->no_counts.first_time_usec = COT_TIME_NONE;
  self->no_counts.last_time_usec = COT_TIME_NONE;
  cot_log_init_as_merge (COT_LOG (self));
}

/**
 * cot_merged_log_new:
 *
 * Returns: (transfer full): a merge of no logs yet
 */
CotMergedLog *
cot_merged_log_new (void)
{
  return g_object_new (COT_TYPE_MERGED_LOG, NULL);
}

/**
 * cot_merged_log_begin_change:
 * @self: a merge
 *
 * Several logs are going to be added or switched: "logs-changed" comes once, at the end.
 */
void
cot_merged_log_begin_change (CotMergedLog *self)
{
  self->n_changes++;
}

/**
 * cot_merged_log_end_change:
 * @self: a merge
 *
 * For each cot_merged_log_begin_change().
 */
void
cot_merged_log_end_change (CotMergedLog *self)
{
  g_return_if_fail (self->n_changes > 0);

  if (--self->n_changes == 0 && self->has_changed)
    tell_changed (self);
}

/**
 * cot_merged_log_add:
 * @self: a merge
 * @a_case: a case
 * @log: one log of it
 *
 * Puts the log behind the others, switched on. Where times are equal, logs that were added earlier
 * go first. Main thread.
 *
 * Returns: whether it was not among them
 */
gboolean
cot_merged_log_add (CotMergedLog *self, CotCase *a_case, CotLog *log)
{
  CotMergedMember *member;

  g_return_val_if_fail (COT_IS_MERGED_LOG (self) && !COT_IS_MERGED_LOG (log), FALSE);

  if (cot_merged_log_find_log (self, log) >= 0)
    return FALSE;
  member = g_new0 (CotMergedMember, 1);
  member->a_case = g_object_ref (a_case);
  member->log = g_object_ref (log);
  member->member = cot_case_find_member (a_case, log);
  member->on = TRUE;
  member->number = G_MAXUINT;
  g_ptr_array_add (self->members, member);
  watch_case (self, a_case);
  watch_log (self, log);
  cot_case_prioritize (a_case, log);
  if (self->following)
    adapt_following (self, log);
  tell_changed (self);
  return TRUE;
}

/**
 * cot_merged_log_set_group_name:
 * @self: a merge
 * @name: (nullable): what the group is called whose logs it shows; %NULL: they are no group
 *
 * Set between cot_merged_log_begin_change() and the end, it is told together with the logs.
 */
void
cot_merged_log_set_group_name (CotMergedLog *self, const char *name)
{
  if (g_strcmp0 (self->name, name) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (name);
}

/**
 * cot_merged_log_get_group_name:
 * @self: a merge
 *
 * Returns: (transfer none) (nullable): what the group is called whose logs it shows
 */
const char *
cot_merged_log_get_group_name (CotMergedLog *self)
{
  return self->name;
}

/**
 * cot_merged_log_get_n_logs:
 * @self: a merge
 *
 * Returns: how many logs it has, on or off
 */
guint
cot_merged_log_get_n_logs (CotMergedLog *self)
{
  return self->members->len;
}

/**
 * cot_merged_log_get_log:
 * @self: a merge
 * @index: below cot_merged_log_get_n_logs()
 *
 * Returns: (transfer none): one of its logs
 */
CotLog *
cot_merged_log_get_log (CotMergedLog *self, guint index)
{
  return get_member (self, index)->log;
}

/**
 * cot_merged_log_get_case:
 * @self: a merge
 * @index: below cot_merged_log_get_n_logs()
 *
 * Returns: (transfer none): the case of that log
 */
CotCase *
cot_merged_log_get_case (CotMergedLog *self, guint index)
{
  return get_member (self, index)->a_case;
}

/**
 * cot_merged_log_find_log:
 * @self: a merge
 * @log: a log
 *
 * Returns: its index, or -1
 */
int
cot_merged_log_find_log (CotMergedLog *self, CotLog *log)
{
  for (guint i = 0; i < self->members->len; i++)
    if (get_member (self, i)->log == log)
      return (int) i;
  return -1;
}

/**
 * cot_merged_log_get_owner:
 * @self: a merge
 * @index: below cot_merged_log_get_n_logs()
 *
 * Main thread.
 *
 * Returns: (transfer none) (nullable): what tells whose log it is, where they are of several
 *   computers or bundles, or where another one has the same name
 */
const char *
cot_merged_log_get_owner (CotMergedLog *self, guint index)
{
  if (self->owners == NULL || self->owners->len != self->members->len)
    {
      g_clear_pointer (&self->owners, g_ptr_array_unref);
      self->owners = cot_merged_log_list_owners (self);
    }
  return g_ptr_array_index (self->owners, index);
}

/**
 * cot_merged_log_has_case:
 * @self: a merge
 * @a_case: a case
 *
 * Returns: whether one of its logs is of that case
 */
gboolean
cot_merged_log_has_case (CotMergedLog *self, CotCase *a_case)
{
  for (guint i = 0; i < self->members->len; i++)
    if (get_member (self, i)->a_case == a_case)
      return TRUE;
  return FALSE;
}

/**
 * cot_merged_log_get_on:
 * @self: a merge
 * @index: below cot_merged_log_get_n_logs()
 *
 * Returns: whether the entries of that log show
 */
gboolean
cot_merged_log_get_on (CotMergedLog *self, guint index)
{
  return get_member (self, index)->on;
}

/**
 * cot_merged_log_set_on:
 * @self: a merge
 * @index: below cot_merged_log_get_n_logs()
 * @on: whether the entries of that log show
 *
 * What is shown follows as soon as a worker has put it in order. The merge follows only logs that
 * are on, as was asked of it last; what else follows one goes on with it. Main thread.
 */
void
cot_merged_log_set_on (CotMergedLog *self, guint index, gboolean on)
{
  CotMergedMember *member = get_member (self, index);

  if (member->on == on)
    return;
  /* Its old number, unless another one has it by now. */
  for (guint i = 0; on && i < self->members->len; i++)
    if (get_member (self, i)->on && get_member (self, i)->number == member->number)
      member->number = G_MAXUINT;
  member->on = on;
  if (on)
    adapt_following (self, member->log);
  else
    cot_log_set_follower (member->log, self, FALSE);
  tell_changed (self);
}

/**
 * cot_merged_log_get_n_on:
 * @self: a merge
 *
 * Returns: how many of its logs are on
 */
guint
cot_merged_log_get_n_on (CotMergedLog *self)
{
  return self->on->len;
}

/**
 * cot_merged_log_get_number:
 * @self: a merge
 * @index: below cot_merged_log_get_n_logs()
 *
 * Returns: what tells that log from the others that are on; G_MAXUINT: it is off
 */
guint
cot_merged_log_get_number (CotMergedLog *self, guint index)
{
  const CotMergedMember *member = get_member (self, index);

  return member->on ? member->number : G_MAXUINT;
}

/**
 * cot_merged_log_get_event_log:
 * @self: a merge
 *
 * Returns: (transfer none) (nullable): during "event": the log of which it tells
 */
CotLog *
cot_merged_log_get_event_log (CotMergedLog *self)
{
  return self->event_log;
}

/**
 * cot_merged_log_get_zones:
 * @self: a merge
 * @zones: (out): in which time zones its logs are
 */
void
cot_merged_log_get_zones (CotMergedLog *self, CotMergedZones *zones)
{
  *zones = (CotMergedZones){ .bias_minutes = COT_BIAS_NONE };
  if (self->order != NULL)
    *zones = self->order->zones;
}
