/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-density-private.h"

/* Two things are counted, each by a job of its own: all entries, and those that pass the filter. */
typedef struct
{
  CotDensity *owner;
  gboolean only_shown;
  CotDensityTally *tally;
  CotJob *job; /* (nullable) */
  guint64 n_entries; /* of all logs, when a job was started last */
  guint64 n_bytes; /* likewise: to see a last entry that went on */
} Counter;

struct _CotDensity
{
  GObject parent_instance;

  CotLog *log;
  CotQuery *filter; /* (nullable) */
  CotClockMode mode;
  gint16 local_bias_minutes;
  Counter all;
  Counter shown;
  /* Of all, once it was asked for: several parts of the window want it after each change. */
  gboolean is_main_known;
  gboolean has_main;
  gint64 main_first_usec;
  gint64 main_last_usec;
};

G_DEFINE_FINAL_TYPE (CotDensity, cot_density, G_TYPE_OBJECT)

typedef struct
{
  Counter *counter; /* for the main thread only, which does not hear of a job that was cancelled */
  CotDensityTally *tally;
  GPtrArray *parts;
  CotClockMode mode;
  gint16 local_bias_minutes;
} Work;

static void start (Counter *counter);

static void
work_free (Work *work)
{
  g_clear_pointer (&work->tally, cot_density_tally_free);
  g_ptr_array_unref (work->parts);
  g_free (work);
}

static gpointer
count (CotJob *job, gpointer data, GError **error)
{
  Work *work = data;

  cot_density_tally_count (work->tally, work->parts, work->mode, work->local_bias_minutes, job);
  return g_steal_pointer (&work->tally);
}

static void
take_tally (Counter *counter, const CotDensityTally *tally)
{
  cot_density_tally_free (counter->tally);
  counter->tally = cot_density_tally_copy (tally);
  counter->owner->is_main_known &= counter->only_shown;
  g_signal_emit_by_name (counter->owner, "changed");
}

static void
report_cb (CotJob *job, gpointer report, gpointer data)
{
  take_tally (((Work *) data)->counter, report);
}

static guint64
get_newest_bytes (CotLog *log)
{
  CotSnapshot *snapshot = cot_log_get_snapshot (log);
  guint n = cot_snapshot_get_n_generations (snapshot);

  return n == 0 ? 0 : cot_snapshot_get_generation (snapshot, n - 1)->size_bytes;
}

/* What there is to count now, as far as it can be told without looking at entries. */
static void
measure (Counter *counter, guint64 *n_entries, guint64 *n_bytes)
{
  CotDensity *self = counter->owner;

  *n_entries = 0;
  *n_bytes = 0;
  for (guint i = 0; i < cot_log_get_n_parts (self->log); i++)
    {
      CotLog *part = cot_log_get_part (self->log, i);

      *n_entries += counter->only_shown ? cot_query_get_part_n_asked (self->filter, part)
                                        : cot_log_get_n_entries (part);
      *n_bytes += get_newest_bytes (part);
    }
}

static void
check (Counter *counter)
{
  guint64 n_entries, n_bytes;

  if (counter->job != NULL || counter->owner->log == NULL
      || (counter->only_shown && counter->owner->filter == NULL))
    return;
  measure (counter, &n_entries, &n_bytes);
  if (n_entries != counter->n_entries || n_bytes != counter->n_bytes)
    start (counter);
}

static void
done_cb (CotJob *job, gpointer result, const GError *error, gpointer data)
{
  Counter *counter = ((Work *) data)->counter;
  g_autoptr (CotDensity) self = g_object_ref (counter->owner); /* "changed" may drop it */

  g_clear_pointer (&counter->job, cot_job_unref);
  take_tally (counter, result);
  check (counter);
}

static void
start (Counter *counter)
{
  CotDensity *self = counter->owner;
  Work *work = g_new0 (Work, 1);

  measure (counter, &counter->n_entries, &counter->n_bytes);
  work->counter = counter;
  work->tally = cot_density_tally_copy (counter->tally);
  work->parts = cot_density_collect_parts (self, counter->only_shown);
  work->mode = self->mode;
  work->local_bias_minutes = self->local_bias_minutes;
  counter->job = cot_job_start (&(CotJobFunctions){
      .work = count,
      .report = report_cb,
      .done = done_cb,
      .free_report = (GDestroyNotify) cot_density_tally_free,
      .free_result = (GDestroyNotify) cot_density_tally_free,
      .data = work,
      .free_data = (GDestroyNotify) work_free,
  });
}

static void
stop (Counter *counter)
{
  if (counter->job != NULL)
    cot_job_cancel (counter->job);
  g_clear_pointer (&counter->job, cot_job_unref);
}

/* From the first entry on. */
static void
restart (Counter *counter)
{
  stop (counter);
  g_clear_pointer (&counter->tally, cot_density_tally_free);
  counter->tally = cot_density_tally_new ();
  counter->owner->is_main_known &= counter->only_shown;
  counter->n_entries = 0;
  counter->n_bytes = 0;
  check (counter);
}

static void
on_log_changed (CotDensity *self)
{
  check (&self->all);
}

/* The last entry may have another answer although as many were asked. */
static void
on_filter_changed (CotDensity *self)
{
  self->shown.n_entries = G_MAXUINT64;
  check (&self->shown);
}

static void
on_logs_changed (CotDensity *self)
{
  restart (&self->all);
  restart (&self->shown);
}

static void
drop_filter (CotDensity *self)
{
  if (self->filter != NULL)
    g_signal_handlers_disconnect_by_data (self->filter, self);
  g_clear_object (&self->filter);
}

static void
cot_density_dispose (GObject *object)
{
  CotDensity *self = COT_DENSITY (object);

  stop (&self->all);
  stop (&self->shown);
  drop_filter (self);
  if (self->log != NULL)
    g_signal_handlers_disconnect_by_data (self->log, self);
  g_clear_object (&self->log);
  G_OBJECT_CLASS (cot_density_parent_class)->dispose (object);
}

static void
cot_density_finalize (GObject *object)
{
  CotDensity *self = COT_DENSITY (object);

  cot_density_tally_free (self->all.tally);
  cot_density_tally_free (self->shown.tally);
  G_OBJECT_CLASS (cot_density_parent_class)->finalize (object);
}

static void
cot_density_class_init (CotDensityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cot_density_dispose;
  object_class->finalize = cot_density_finalize;
  g_signal_new ("changed", COT_TYPE_DENSITY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                0);
}

static void
cot_density_init (CotDensity *self)
{
  self->all = (Counter){ .owner = self, .tally = cot_density_tally_new () };
  self->shown = (Counter){ .owner = self, .tally = cot_density_tally_new (), .only_shown = TRUE };
  self->local_bias_minutes = COT_BIAS_NONE;
}

/* The offset at the log's newest entry: that is what is looked at mostly. */
static gint16
find_local_bias (CotLog *log)
{
  gint64 last_usec = cot_log_get_counts (log)->last_time_usec;

  return cot_clock_get_local_bias (last_usec != COT_TIME_NONE ? last_usec : g_get_real_time ());
}

/**
 * cot_density_new:
 * @log: a log, or a merge
 * @mode: whose clock the times are by
 *
 * Starts counting at once, on a worker. Main thread.
 *
 * Returns: (transfer full): the counts, which come with "changed"
 */
CotDensity *
cot_density_new (CotLog *log, CotClockMode mode)
{
  CotDensity *self = g_object_new (COT_TYPE_DENSITY, NULL);

  self->log = g_object_ref (log);
  self->mode = mode;
  if (mode == COT_CLOCK_LOCAL)
    self->local_bias_minutes = find_local_bias (log);
  g_signal_connect_swapped (log, "changed", G_CALLBACK (on_log_changed), self);
  if (COT_IS_MERGED_LOG (log))
    g_signal_connect_swapped (log, "logs-changed", G_CALLBACK (on_logs_changed), self);
  check (&self->all);
  return self;
}

CotLog *
cot_density_get_log (CotDensity *self)
{
  return self->log;
}

/**
 * cot_density_get_mode:
 * @self: counts
 *
 * Returns: whose clock the times of the axis are by
 */
CotClockMode
cot_density_get_mode (CotDensity *self)
{
  return self->mode;
}

/**
 * cot_density_get_local_bias:
 * @self: counts
 *
 * Returns: the offset of the axis from UTC, where it is that of this computer; else
 *   %COT_BIAS_NONE
 */
gint16
cot_density_get_local_bias (CotDensity *self)
{
  return self->local_bias_minutes;
}

GPtrArray *
cot_density_collect_parts (CotDensity *self, gboolean only_shown)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_density_part_free);

  for (guint i = 0; i < cot_log_get_n_parts (self->log); i++)
    {
      CotLog *log = cot_log_get_part (self->log, i);
      CotDensityPart *part = g_new0 (CotDensityPart, 1);

      part->snapshot = cot_snapshot_ref (cot_log_get_snapshot (log));
      part->n_entries = cot_snapshot_get_n_entries (part->snapshot);
      if (only_shown && self->filter != NULL)
        {
          part->shown = cot_query_dup_part_ordinals (self->filter, log);
          part->n_entries
              = MIN (part->n_entries, cot_query_get_part_n_asked (self->filter, log));
        }
      g_ptr_array_add (parts, part);
    }
  return parts;
}

/**
 * cot_density_set_filter:
 * @self: counts
 * @filter: (nullable): which entries are shown, of the same log; %NULL: all
 *
 * Main thread.
 */
void
cot_density_set_filter (CotDensity *self, CotQuery *filter)
{
  if (filter == self->filter)
    return;
  stop (&self->shown);
  drop_filter (self);
  if (filter != NULL)
    {
      self->filter = g_object_ref (filter);
      g_signal_connect_swapped (filter, "changed", G_CALLBACK (on_filter_changed), self);
    }
  restart (&self->shown);
  g_signal_emit_by_name (self, "changed");
}

/**
 * cot_density_get_all:
 * @self: counts
 *
 * Returns: (transfer none): those of all entries so far, until "changed"
 */
const CotTimeBins *
cot_density_get_all (CotDensity *self)
{
  return self->all.tally->bins;
}

/**
 * cot_density_get_main_range:
 * @self: counts
 * @first_usec: (out): where most of all entries begin
 * @last_usec: (out): where they end
 *
 * As cot_time_bins_get_main_range() of all, until "changed".
 *
 * Returns: whether there are two different times
 */
gboolean
cot_density_get_main_range (CotDensity *self, gint64 *first_usec, gint64 *last_usec)
{
  if (!self->is_main_known)
    self->has_main = cot_time_bins_get_main_range (self->all.tally->bins, &self->main_first_usec,
                                                   &self->main_last_usec);
  self->is_main_known = TRUE;
  *first_usec = self->main_first_usec;
  *last_usec = self->main_last_usec;
  return self->has_main;
}

/**
 * cot_density_get_shown:
 * @self: counts
 *
 * Returns: (transfer none) (nullable): those of entries that pass the filter so far, until
 *   "changed"; %NULL where there is none
 */
const CotTimeBins *
cot_density_get_shown (CotDensity *self)
{
  return self->filter != NULL ? self->shown.tally->bins : NULL;
}

/**
 * cot_density_get_running:
 * @self: counts
 *
 * Returns: whether a worker still counts
 */
gboolean
cot_density_get_running (CotDensity *self)
{
  return self->all.job != NULL || self->shown.job != NULL
         || (self->filter != NULL && cot_query_get_running (self->filter));
}
