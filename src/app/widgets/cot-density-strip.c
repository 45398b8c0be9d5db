/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-density-strip-private.h"

#include <glib/gi18n.h>

#include "cot-density-sentences.h"

G_DEFINE_FINAL_TYPE (CotDensityStrip, cot_density_strip, GTK_TYPE_WIDGET)

static void
sum_bins (CotDensityStrip *self)
{
  const CotTimeBins *shown = cot_density_get_shown (self->density);
  const CotDensityScale *scale = &self->scale;

  self->all = g_new (CotTimeBin, scale->n_bins);
  cot_time_bins_sum (cot_density_get_all (self->density), scale->start_usec, scale->width_usec,
                     scale->n_bins, self->all);
  for (guint i = 0; i < scale->n_bins; i++)
    self->max_entries = MAX (self->max_entries, self->all[i].n_entries);
  if (shown == NULL)
    return;
  self->shown = g_new (CotTimeBin, scale->n_bins);
  cot_time_bins_sum (shown, scale->start_usec, scale->width_usec, scale->n_bins, self->shown);
}

/* The bins for what is known now, and for the width of now. */
void
cot_density_strip_ensure (CotDensityStrip *self)
{
  double width_px = gtk_widget_get_width (GTK_WIDGET (self));
  gint64 first_usec, last_usec;

  if (!self->stale && self->scale.width_px == width_px)
    return;
  self->stale = FALSE;
  self->max_entries = 0;
  g_clear_pointer (&self->all, g_free);
  g_clear_pointer (&self->shown, g_free);
  cot_density_strip_forget_bars (self);
  self->scale = (CotDensityScale){ .width_px = width_px };
  if (self->density != NULL && cot_density_get_main_range (self->density, &first_usec, &last_usec)
      && cot_density_scale_init (&self->scale, cot_density_get_all (self->density), first_usec,
                                 last_usec, width_px))
    sum_bins (self);
}

CotDensityRange
cot_density_strip_get_bin_range (CotDensityStrip *self, guint bin)
{
  return (CotDensityRange){ cot_density_scale_get_bin_start (&self->scale, bin),
                            cot_density_scale_get_bin_start (&self->scale, bin + 1) };
}

static void
add_up (const CotTimeBin *bins, guint first, guint end, CotTimeBin *sum)
{
  *sum = (CotTimeBin){ 0 };
  for (guint i = first; i < end; i++)
    {
      sum->n_entries += bins[i].n_entries;
      sum->n_warnings += bins[i].n_warnings;
      sum->n_errors += bins[i].n_errors;
    }
}

char *
cot_density_strip_dup_range_text (CotDensityStrip *self, CotDensityRange range)
{
  gint64 from_usec = cot_density_get_wall_time (self->density, range.from_usec);
  gint64 until_usec = cot_density_get_wall_time (self->density, range.until_usec);
  guint first = cot_density_scale_find_bin (&self->scale, range.from_usec);
  guint end = cot_density_scale_find_bin (&self->scale, range.until_usec - 1) + 1;
  g_autofree char *times
      = cot_density_sentence_dup_range (from_usec, until_usec, self->scale.width_usec);
  g_autofree char *counts = NULL;
  CotTimeBin all, shown;

  add_up (self->all, first, end, &all);
  if (self->shown != NULL)
    add_up (self->shown, first, end, &shown);
  counts = cot_density_sentence_dup_counts (&all, self->shown != NULL ? &shown : NULL);
  /* Translators: a stretch of time, and what was written in it */
  return g_strdup_printf (_("%s: %s"), times, counts);
}

/* What the keys are at, or what can be done; and that something is missing. */
static char *
dup_description (CotDensityStrip *self, CotDensityRange range)
{
  g_autofree char *untimed
      = cot_density_sentence_dup_untimed (cot_time_bins_get_n_untimed (
          cot_density_get_all (self->density)));
  g_autofree char *first
      = range.from_usec != COT_TIME_NONE
            ? cot_density_strip_dup_range_text (self, range)
            : g_strdup (_("Arrow keys go through time, with Shift they mark a range; Enter shows "
                          "only its entries, Space goes to the first, Escape shows all again"));

  return untimed != NULL ? g_strjoin (". ", first, untimed, NULL) : g_steal_pointer (&first);
}

void
cot_density_strip_update_accessible (CotDensityStrip *self)
{
  CotDensityRange range = COT_DENSITY_NO_RANGE;
  g_autofree char *description = NULL;
  guint bin = 0;

  if (self->density == NULL)
    return;
  /* Before it has a size, it can be told what it is for. */
  cot_density_strip_ensure (self);
  if (self->scale.n_bins > 0 && self->cursor_usec != COT_TIME_NONE)
    {
      bin = cot_density_scale_find_bin (&self->scale, self->cursor_usec);
      range = self->draft.from_usec != COT_TIME_NONE ? self->draft
                                                     : cot_density_strip_get_bin_range (self, bin);
    }
  description = dup_description (self, range);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
                                  (double) MAX (self->scale.n_bins, 1) - 1,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) bin,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, description,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

static void
update_visible (CotDensityStrip *self)
{
  gboolean has_range
      = self->density != NULL
        && cot_density_get_main_range (self->density, &self->main.from_usec,
                                       &self->main.until_usec);

  if (!has_range)
    self->main = COT_DENSITY_NO_RANGE;
  gtk_widget_set_visible (GTK_WIDGET (self), has_range);
}

static void
on_density_changed (CotDensityStrip *self)
{
  self->stale = TRUE;
  update_visible (self);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  cot_density_strip_update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
cot_density_strip_query_tooltip (GtkWidget *widget, int x, int y, gboolean by_keyboard,
                                 GtkTooltip *tooltip)
{
  CotDensityStrip *self = COT_DENSITY_STRIP (widget);
  CotDensityRange range = self->draft;
  g_autofree char *text = NULL;
  g_autofree char *untimed = NULL;
  g_autofree char *both = NULL;

  cot_density_strip_ensure (self);
  if (self->scale.n_bins == 0)
    return FALSE;
  if (range.from_usec == COT_TIME_NONE)
    range = cot_density_strip_get_bin_range (
        self, by_keyboard && self->cursor_usec != COT_TIME_NONE
                  ? cot_density_scale_find_bin (&self->scale, self->cursor_usec)
                  : cot_density_scale_find_bin_at (&self->scale, x));
  text = cot_density_strip_dup_range_text (self, range);
  untimed = cot_density_sentence_dup_untimed (
      cot_time_bins_get_n_untimed (cot_density_get_all (self->density)));
  both = untimed != NULL ? g_strjoin ("\n", text, untimed, NULL) : g_strdup (text);
  gtk_tooltip_set_text (tooltip, both);
  return TRUE;
}

static void
cot_density_strip_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                           int *minimum, int *natural, int *minimum_baseline,
                           int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL
                            ? cot_density_strip_measure_height (COT_DENSITY_STRIP (widget))
                            : 0;
}

static void
cot_density_strip_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (cot_density_strip_parent_class)->css_changed (widget, change);
  cot_density_strip_forget_bars (COT_DENSITY_STRIP (widget));
  gtk_widget_queue_resize (widget);
}

static void
cot_density_strip_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cot_density_strip_parent_class)->map (widget);
  cot_density_strip_update_accessible (COT_DENSITY_STRIP (widget));
}

static void
drop_density (CotDensityStrip *self)
{
  if (self->density != NULL)
    g_signal_handlers_disconnect_by_data (self->density, self);
  g_clear_object (&self->density);
}

static void
cot_density_strip_dispose (GObject *object)
{
  drop_density (COT_DENSITY_STRIP (object));

  G_OBJECT_CLASS (cot_density_strip_parent_class)->dispose (object);
}

static void
cot_density_strip_finalize (GObject *object)
{
  CotDensityStrip *self = COT_DENSITY_STRIP (object);

  cot_density_strip_forget_bars (self);
  g_free (self->all);
  g_free (self->shown);

  G_OBJECT_CLASS (cot_density_strip_parent_class)->finalize (object);
}

static void
cot_density_strip_class_init (CotDensityStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cot_density_strip_dispose;
  G_OBJECT_CLASS (klass)->finalize = cot_density_strip_finalize;
  widget_class->snapshot = cot_density_strip_snapshot;
  widget_class->measure = cot_density_strip_measure;
  widget_class->map = cot_density_strip_map;
  widget_class->css_changed = cot_density_strip_css_changed;
  widget_class->query_tooltip = cot_density_strip_query_tooltip;

  g_signal_new ("jump", COT_TYPE_DENSITY_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
  g_signal_new ("range-selected", COT_TYPE_DENSITY_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
  g_signal_new ("range-cleared", COT_TYPE_DENSITY_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "densitystrip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
  cot_density_strip_add_bindings (widget_class);
}

static void
cot_density_strip_init (CotDensityStrip *self)
{
  self->visible = self->range = self->draft = self->main = COT_DENSITY_NO_RANGE;
  self->anchor_usec = self->cursor_usec = COT_TIME_NONE;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Timeline"), GTK_ACCESSIBLE_PROPERTY_ORIENTATION,
                                  GTK_ORIENTATION_HORIZONTAL, -1);
  cot_density_strip_init_input (self);
}

/**
 * cot_density_strip_new:
 *
 * Returns: (transfer floating): a strip without anything to show
 */
GtkWidget *
cot_density_strip_new (void)
{
  return g_object_new (COT_TYPE_DENSITY_STRIP, NULL);
}

/**
 * cot_density_strip_set_density:
 * @density: (nullable): what is shown; with it, all that was marked goes
 */
void
cot_density_strip_set_density (CotDensityStrip *self, CotDensity *density)
{
  g_return_if_fail (COT_IS_DENSITY_STRIP (self));

  drop_density (self);
  self->visible = self->range = self->draft = COT_DENSITY_NO_RANGE;
  self->anchor_usec = self->cursor_usec = COT_TIME_NONE;
  self->dragging = FALSE;
  if (density != NULL)
    {
      self->density = g_object_ref (density);
      g_signal_connect_swapped (density, "changed", G_CALLBACK (on_density_changed), self);
    }
  on_density_changed (self);
}

/**
 * cot_density_strip_has_place:
 * @time_usec: when an entry was written
 *
 * Returns: whether it is among those that the strip shows
 */
gboolean
cot_density_strip_has_place (CotDensityStrip *self, gint64 time_usec)
{
  g_return_val_if_fail (COT_IS_DENSITY_STRIP (self), FALSE);

  return self->main.from_usec != COT_TIME_NONE && time_usec >= self->main.from_usec
         && time_usec <= self->main.until_usec;
}

/**
 * cot_density_strip_set_visible_times:
 * @first_usec: the earliest time in sight; %COT_TIME_NONE: none
 * @last_usec: the latest
 */
void
cot_density_strip_set_visible_times (CotDensityStrip *self, gint64 first_usec, gint64 last_usec)
{
  CotDensityRange visible = { first_usec, last_usec };

  g_return_if_fail (COT_IS_DENSITY_STRIP (self));

  if (visible.from_usec == self->visible.from_usec
      && visible.until_usec == self->visible.until_usec)
    return;
  self->visible = visible;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * cot_density_strip_set_range:
 * @has_range: whether the filter asks for a range of times
 * @from_usec: where it begins; %COT_TIME_NONE: nowhere on this axis
 * @until_usec: where it ends, itself left out
 */
void
cot_density_strip_set_range (CotDensityStrip *self, gboolean has_range, gint64 from_usec,
                             gint64 until_usec)
{
  g_return_if_fail (COT_IS_DENSITY_STRIP (self));

  self->has_range = has_range;
  self->range = (CotDensityRange){ from_usec, until_usec };
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
