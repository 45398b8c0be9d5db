/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-gaps.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "cot-gap-limit.h"
#include "cot-gaps.h"
#include "cot-settings.h"

#define KEY "gap-minutes"
#define FALLBACK_MINUTES 5

struct _CotLogGaps
{
  CotLog *log;
  CotQuery *query; /* (nullable): the limit is not known yet */
  gint64 limit_usec; /* that of the query */
  GCancellable *counting; /* (nullable): the limit is being looked for */
  guint64 n_counted; /* entries, when it was looked for last */
  gboolean is_outdated; /* since then, the merge has got other logs */
  gulong settings_handler;
  CotLogGapsFunc changed;
  gpointer data;
};

static void
on_query_changed (CotLogGaps *self)
{
  self->changed (self->data);
}

static void
drop_query (CotLogGaps *self)
{
  if (self->query != NULL)
    g_signal_handlers_disconnect_by_data (self->query, self);
  g_clear_object (&self->query);
}

/* What is marked stays until a limit is known under which other rows are. */
static void
take_limit (CotLogGaps *self, gint64 limit_usec)
{
  if (self->query != NULL && self->limit_usec == limit_usec)
    return;
  drop_query (self);
  self->limit_usec = limit_usec;
  self->query = cot_query_new_for_gaps (self->log, limit_usec);
  g_signal_connect_swapped (self->query, "changed", G_CALLBACK (on_query_changed), self);
  self->changed (self->data);
}

static void on_log_changed (CotLogGaps *self);

static void
on_limit_found (GObject *source, GAsyncResult *result, gpointer data)
{
  CotLog *log = COT_LOG (source);
  g_autoptr (GError) error = NULL;
  gint64 limit_usec = cot_gap_limit_find_finish (log, result, &error);
  CotLogGaps *self = data;

  /* Whoever cancelled it may have freed all this. */
  if (error != NULL)
    return;
  g_clear_object (&self->counting);
  take_limit (self, limit_usec);
  on_log_changed (self);
}

static void
stop_counting (CotLogGaps *self)
{
  if (self->counting != NULL)
    g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
}

static void
count (CotLogGaps *self)
{
  GSettings *settings = cot_settings_get ();
  int minutes = settings != NULL ? g_settings_get_int (settings, KEY) : FALLBACK_MINUTES;

  stop_counting (self);
  self->counting = g_cancellable_new ();
  self->n_counted = cot_log_get_n_entries (self->log);
  self->is_outdated = FALSE;
  cot_gap_limit_find_async (self->log, minutes * 60 * (gint64) G_USEC_PER_SEC, self->counting,
                            on_limit_found, self);
}

/* A few entries more do not change what is usual: a log that grows is counted a few times. */
static void
on_log_changed (CotLogGaps *self)
{
  guint64 n = cot_log_get_n_entries (self->log);

  if (self->counting == NULL
      && (self->is_outdated || n < self->n_counted || n > self->n_counted + self->n_counted / 4))
    count (self);
}

static void
on_logs_changed (CotLogGaps *self)
{
  self->is_outdated = TRUE;
}

CotLogGaps *
cot_log_gaps_new (CotLog *log, CotLogGapsFunc changed, gpointer data)
{
  CotLogGaps *self = g_new0 (CotLogGaps, 1);

  self->log = g_object_ref (log);
  self->changed = changed;
  self->data = data;
  if (cot_settings_get () != NULL)
    self->settings_handler = g_signal_connect_swapped (cot_settings_get (), "changed::" KEY,
                                                       G_CALLBACK (count), self);
  g_signal_connect_swapped (log, "changed", G_CALLBACK (on_log_changed), self);
  if (COT_IS_MERGED_LOG (log))
    g_signal_connect_swapped (log, "logs-changed", G_CALLBACK (on_logs_changed), self);
  count (self);
  return self;
}

void
cot_log_gaps_free (CotLogGaps *self)
{
  stop_counting (self);
  drop_query (self);
  g_signal_handlers_disconnect_by_data (self->log, self);
  if (self->settings_handler != 0)
    g_signal_handler_disconnect (cot_settings_get (), self->settings_handler);
  g_object_unref (self->log);
  g_free (self);
}

/* The two largest units: who has to know more looks at the times. */
char *
cot_gap_dup_duration (gint64 usec)
{
  guint64 seconds = (guint64) (ABS (usec) / G_USEC_PER_SEC);
  guint64 days = seconds / 86400;
  guint hours = (guint) (seconds / 3600 % 24);
  guint minutes = (guint) (seconds / 60 % 60);
  guint rest = (guint) (seconds % 60);

  if (days > 0)
    /* Translators: days and hours */
    return hours > 0 ? g_strdup_printf (_ ("%u d %u h"), (guint) days, hours)
                     : g_strdup_printf (_ ("%u d"), (guint) days);
  if (hours > 0)
    /* Translators: hours and minutes */
    return minutes > 0 ? g_strdup_printf (_ ("%u h %u min"), hours, minutes)
                       : g_strdup_printf (_ ("%u h"), hours);
  if (minutes > 0)
    /* Translators: minutes and seconds */
    return rest > 0 ? g_strdup_printf (_ ("%u min %u s"), minutes, rest)
                    : g_strdup_printf (_ ("%u min"), minutes);
  return g_strdup_printf (_ ("%u s"), rest);
}

char *
cot_log_gaps_dup_text (CotLogGaps *self, guint64 ordinal, gboolean *goes_back)
{
  gint64 gap_usec;
  g_autofree char *duration = NULL;

  if (self->query == NULL
      || !cot_bitset_contains (cot_query_get_ordinals (self->query), ordinal)
      || !cot_gap_find (self->log, ordinal, self->limit_usec, &gap_usec))
    return NULL;
  duration = cot_gap_dup_duration (gap_usec);
  *goes_back = gap_usec < 0;
  /* Translators: "gap of 4 min 12 s": nothing was written for so long */
  return *goes_back ? g_strdup_printf (_ ("clock goes back %s"), duration)
                    : g_strdup_printf (_ ("gap of %s"), duration);
}

gboolean
cot_log_gaps_find (CotLogGaps *self, guint64 first, guint64 end, gboolean forward,
                   guint max_tries, guint64 *ordinal)
{
  CotBitset *set = self->query != NULL ? cot_query_get_ordinals (self->query) : NULL;
  gint64 gap_usec;

  while (set != NULL && max_tries-- > 0 && first < end
         && (forward ? cot_bitset_next (set, first, ordinal)
                     : cot_bitset_previous (set, end - 1, ordinal))
         && *ordinal >= first && *ordinal < end)
    {
      if (cot_gap_find (self->log, *ordinal, self->limit_usec, &gap_usec))
        return TRUE;
      if (forward)
        first = *ordinal + 1;
      else
        end = *ordinal;
    }
  return FALSE;
}
