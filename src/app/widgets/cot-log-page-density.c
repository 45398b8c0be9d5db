/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-page-private.h"

#include "cot-density-strip.h"
#include "cot-outside-button.h"
#include "cot-settings.h"
#include "cot-time-mode.h"

/* The strip of time above the rows: what is counted for it, which rows are in sight, and what its
 * user wants of the filter. Nothing is counted before the page is seen, nor while the strip is
 * switched off. */

#define KEY "show-timeline"

/* As many rows as are looked at for the times in sight. */
#define MAX_VISIBLE_ROWS 256

static CotDensityStrip *
get_strip (CotLogPage *self)
{
  return COT_DENSITY_STRIP (self->strip);
}

/* A condition that asks for a range of times, as the strip makes them. */
static gboolean
find_range (CotLogPage *self, CotFilterSpan *span)
{
  for (guint i = 0; i < self->clauses->len; i++)
    {
      const CotFilterClause *clause = g_ptr_array_index (self->clauses, i);

      if (!clause->is_off && cot_filter_clause_get_range (clause, span))
        return TRUE;
    }
  return FALSE;
}

static void
show_range (CotLogPage *self)
{
  CotFilterSpan span;
  gint64 from_usec = COT_TIME_NONE, until_usec = COT_TIME_NONE;
  gboolean has_range = find_range (self, &span);

  if (self->density == NULL)
    return;
  if (has_range && !cot_density_place_span (self->density, &span, &from_usec, &until_usec))
    from_usec = until_usec = COT_TIME_NONE;
  cot_density_strip_set_range (get_strip (self), has_range, from_usec, until_usec);
}

/* Other conditions, or another query that asks them. */
void
cot_log_page_update_density (CotLogPage *self)
{
  if (self->density == NULL)
    return;
  cot_density_set_filter (self->density, cot_log_model_get_filter (self->model));
  show_range (self);
}

static void
show_visible_times (CotLogPage *self)
{
  gint64 first_usec = COT_TIME_NONE, last_usec = COT_TIME_NONE;
  guint64 first, n;

  if (self->density == NULL || !gtk_widget_get_mapped (self->strip))
    return;
  cot_log_view_get_visible_range (cot_log_page_get_view (self), &first, &n);
  for (guint64 i = 0; i < MIN (n, (guint64) MAX_VISIBLE_ROWS); i++)
    {
      guint64 ordinal = cot_log_model_get_ordinal (self->model, first + i);
      CotEntryTime time;
      gint64 time_usec;

      if (ordinal == G_MAXUINT64 || !cot_log_get_entry_time (self->log, ordinal, &time))
        continue;
      time_usec = cot_density_get_axis_time (self->density, &time);
      if (time_usec == COT_TIME_NONE
          || !cot_density_strip_has_place (get_strip (self), time_usec))
        continue;
      first_usec = first_usec == COT_TIME_NONE ? time_usec : MIN (first_usec, time_usec);
      last_usec = last_usec == COT_TIME_NONE ? time_usec : MAX (last_usec, time_usec);
    }
  cot_density_strip_set_visible_times (get_strip (self), first_usec, last_usec);
}

static void
show_density (CotLogPage *self, CotDensity *density)
{
  cot_density_strip_set_density (get_strip (self), density);
  cot_outside_button_set_density (COT_OUTSIDE_BUTTON (self->before_button), density);
  cot_outside_button_set_density (COT_OUTSIDE_BUTTON (self->after_button), density);
}

static void
drop_density (CotLogPage *self)
{
  if (self->find_time != NULL)
    g_cancellable_cancel (self->find_time);
  g_clear_object (&self->find_time);
  show_density (self, NULL);
  if (self->density != NULL)
    g_signal_handlers_disconnect_by_data (self->density, self);
  g_clear_object (&self->density);
}

static gboolean
is_wanted (CotLogPage *self)
{
  GSettings *settings = cot_settings_get ();

  return self->has_strip_room && (settings == NULL || g_settings_get_boolean (settings, KEY));
}

static void
update_strip (CotLogPage *self)
{
  gboolean is_there = self->density != NULL;

  if (is_there && !is_wanted (self))
    drop_density (self);
  if (is_there || !is_wanted (self) || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->density = cot_density_new (self->log, cot_time_mode_get ());
  cot_density_set_filter (self->density, cot_log_model_get_filter (self->model));
  show_density (self, self->density);
  /* What else was written tells which times have a place. */
  g_signal_connect_swapped (self->density, "changed", G_CALLBACK (show_visible_times), self);
  show_range (self);
}

static void
on_time_mode_changed (CotLogPage *self)
{
  if (self->density != NULL)
    drop_density (self);
  update_strip (self);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CotLogPage) self = data;
  g_autoptr (GError) error = NULL;
  guint64 ordinal;

  if (cot_density_find_finish (COT_DENSITY (source), result, &ordinal, &error)
      && source == G_OBJECT (self->density))
    cot_log_page_go_to (self, ordinal);
}

/* Where the filter shows nothing of that time, the nearest entry that it shows. */
static void
on_jump (GtkWidget *widget, gint64 from_usec, gint64 until_usec, CotLogPage *self)
{
  if (self->find_time != NULL)
    g_cancellable_cancel (self->find_time);
  g_clear_object (&self->find_time);
  self->find_time = g_cancellable_new ();
  cot_density_find_async (self->density, from_usec, until_usec, self->find_time, on_found,
                          g_object_ref (self));
}

static void
on_range_selected (CotDensityStrip *strip, gint64 from_usec, gint64 until_usec, CotLogPage *self)
{
  CotFilterSpan span = cot_density_get_span (self->density, from_usec, until_usec);
  g_autofree char *text = cot_filter_span_dup_text (&span);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.filter-time", "s", text);
}

static void
on_range_cleared (CotDensityStrip *strip, CotLogPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.filter-time", "s", "");
}

/**
 * cot_log_page_set_strip_room:
 * @has_room: whether the window is high enough for the strip of time
 */
void
cot_log_page_set_strip_room (CotLogPage *self, gboolean has_room)
{
  g_return_if_fail (COT_IS_LOG_PAGE (self));

  self->has_strip_room = has_room;
  update_strip (self);
}

static GtkWidget *
add_outside_button (CotLogPage *self, gboolean is_later)
{
  GtkWidget *button = cot_outside_button_new (is_later);

  g_signal_connect (button, "jump", G_CALLBACK (on_jump), self);
  gtk_box_append (GTK_BOX (self->timeline), button);
  return button;
}

/* Before the page has its log. */
void
cot_log_page_init_density (CotLogPage *self)
{
  self->timeline = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->strip = cot_density_strip_new ();
  self->has_strip_room = TRUE;
  gtk_widget_add_css_class (self->timeline, "timeline");
  gtk_widget_set_hexpand (self->strip, TRUE);
  self->before_button = add_outside_button (self, FALSE);
  gtk_box_append (GTK_BOX (self->timeline), self->strip);
  self->after_button = add_outside_button (self, TRUE);
  g_signal_connect (self->strip, "jump", G_CALLBACK (on_jump), self);
  g_signal_connect (self->strip, "range-selected", G_CALLBACK (on_range_selected), self);
  g_signal_connect (self->strip, "range-cleared", G_CALLBACK (on_range_cleared), self);
}

/* Once it has one. */
void
cot_log_page_watch_density (CotLogPage *self)
{
  CotLogView *view = cot_log_page_get_view (self);

  g_signal_connect (self, "map", G_CALLBACK (update_strip), NULL);
  g_signal_connect_object (self->strip, "map", G_CALLBACK (show_visible_times), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (view, "view-scrolled", G_CALLBACK (show_visible_times), self,
                           G_CONNECT_SWAPPED);
  cot_time_mode_watch (self, G_CALLBACK (on_time_mode_changed));
  if (cot_settings_get () != NULL)
    g_signal_connect_object (cot_settings_get (), "changed::" KEY, G_CALLBACK (update_strip),
                             self, G_CONNECT_SWAPPED);
}

void
cot_log_page_drop_density (CotLogPage *self)
{
  drop_density (self);
}
