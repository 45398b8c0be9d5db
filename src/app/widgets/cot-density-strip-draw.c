/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-density-strip-private.h"

#include <math.h>

#include "cot-density-sentences.h"
#include "cot-log-row-badge.h"

#define TOP_PX 4
#define BARS_PX 28
#define LABEL_GAP_PX 1
/* Between labels. */
#define LABEL_SPACE_PX 18
#define MIN_VISIBLE_PX 5
/* One stripe and the space behind it, of a warning. */
#define STRIPE_PX 3
#define PALE .3f
#define DAY_USEC (24 * 3600 * (gint64) G_USEC_PER_SEC)

typedef struct
{
  GdkRGBA error;
  GdkRGBA warning;
  GdkRGBA rest;
  GdkRGBA ground;
  GdkRGBA text;
} Colors;

static void
look_up_colors (CotDensityStrip *self, Colors *colors)
{
  GtkWidget *widget = GTK_WIDGET (self);

  cot_log_lookup_color (widget, "cot_error_mark", &colors->error);
  cot_log_lookup_color (widget, "cot_warning_mark", &colors->warning);
  cot_log_lookup_color (widget, "cot_density", &colors->rest);
  cot_log_lookup_color (widget, "window_bg_color", &colors->ground);
  cot_log_lookup_color (widget, "cot_secondary", &colors->text);
}

static void
append_block (GtkSnapshot *snapshot, const GdkRGBA *color, double x, double y, double width,
              double height)
{
  if (width > 0 && height > 0)
    gtk_snapshot_append_color (
        snapshot, color,
        &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));
}

static PangoLayout *
make_label (CotDensityStrip *self, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  return layout;
}

int
cot_density_strip_measure_height (CotDensityStrip *self)
{
  g_autoptr (PangoLayout) layout = make_label (self, "0");
  int height_px;

  pango_layout_get_pixel_size (layout, NULL, &height_px);
  return TOP_PX + BARS_PX + LABEL_GAP_PX + height_px;
}

/* Stripes tell a warning where its colour does not. */
static void
append_stripes (GtkSnapshot *snapshot, const GdkRGBA *color, double x, double y, double width,
                double height)
{
  for (double at = 0; at < height; at += STRIPE_PX)
    append_block (snapshot, color, x, y + height - at - (STRIPE_PX - 1), width,
                  MIN (STRIPE_PX - 1, height - at));
}

/* Errors stand at the bottom, as wide as the bin: a line of them is one in any colour. */
static void
append_bar (CotDensityStrip *self, GtkSnapshot *snapshot, const Colors *colors, guint index,
            const CotTimeBin *bin)
{
  CotDensityBar bar = cot_density_bar_measure (bin, self->max_entries, BARS_PX);
  double x = cot_density_scale_get_bin_x (&self->scale, index);
  double width = cot_density_scale_get_bin_x (&self->scale, index + 1) - x;
  double y = TOP_PX + BARS_PX;

  y -= bar.errors_px;
  append_block (snapshot, &colors->error, x, y, width, bar.errors_px);
  y -= bar.warnings_px;
  append_stripes (snapshot, &colors->warning, x, y, width - 1, bar.warnings_px);
  y -= bar.rest_px;
  append_block (snapshot, &colors->rest, x, y, width - 1, bar.rest_px);
}

static void
append_bars (CotDensityStrip *self, GtkSnapshot *snapshot, const Colors *colors)
{
  if (self->shown != NULL)
    gtk_snapshot_push_opacity (snapshot, PALE);
  for (guint i = 0; i < self->scale.n_bins; i++)
    if (self->all[i].n_entries > 0)
      append_bar (self, snapshot, colors, i, &self->all[i]);
  if (self->shown == NULL)
    return;
  gtk_snapshot_pop (snapshot);
  for (guint i = 0; i < self->scale.n_bins; i++)
    if (self->shown[i].n_entries > 0)
      append_bar (self, snapshot, colors, i, &self->shown[i]);
}

/* A part of the line of labels. */
typedef struct
{
  double from_x;
  double until_x;
} Room;

/* Where it fits, beside what is @taken (nullable), and behind what stands before it. */
static gboolean
append_label (CotDensityStrip *self, GtkSnapshot *snapshot, const Colors *colors,
              const char *text, double x, const Room *taken, double *end_x)
{
  g_autoptr (PangoLayout) layout = make_label (self, text);
  int width_px;

  pango_layout_get_pixel_size (layout, &width_px, NULL);
  if (x < *end_x || x + width_px > self->scale.width_px)
    return FALSE;
  if (taken != NULL && x < taken->until_x && x + width_px > taken->from_x)
    return FALSE;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) x, TOP_PX + BARS_PX + LABEL_GAP_PX));
  gtk_snapshot_append_layout (snapshot, layout, &colors->text);
  gtk_snapshot_restore (snapshot);
  *end_x = x + width_px + LABEL_SPACE_PX;
  return TRUE;
}

/* A label where a day begins says which, the others when on it. */
static char *
dup_tick_text (gint64 wall_usec, gint64 step_usec)
{
  if (cot_time_bins_round_down (wall_usec, DAY_USEC) == wall_usec)
    return cot_density_sentence_dup_date (wall_usec);
  return cot_density_sentence_dup_time (wall_usec, step_usec);
}

/* The day stands at the left, so that all others are only times of it. */
static void
append_labels (CotDensityStrip *self, GtkSnapshot *snapshot, const Colors *colors,
               const Room *taken)
{
  g_autoptr (PangoLayout) widest = make_label (self, "0000-00-00");
  const CotDensityScale *scale = &self->scale;
  gint64 end_usec = cot_density_scale_get_bin_start (scale, scale->n_bins);
  double end_x = 0;
  int label_px;
  gint64 step_usec, first_usec;
  g_autofree char *date = cot_density_sentence_dup_date (
      cot_density_get_wall_time (self->density, scale->start_usec));

  pango_layout_get_pixel_size (widest, &label_px, NULL);
  step_usec = cot_density_scale_choose_step (scale, label_px + LABEL_SPACE_PX);
  first_usec = cot_time_bins_round_down (scale->start_usec, step_usec);
  append_label (self, snapshot, colors, date, 4, taken, &end_x);
  for (gint64 usec = first_usec; usec < end_usec; usec += step_usec)
    {
      double x = floor (cot_density_scale_get_x (scale, usec));
      g_autofree char *text = NULL;

      if (usec < scale->start_usec || x < 2)
        continue;
      text = dup_tick_text (cot_density_get_wall_time (self->density, usec), step_usec);
      /* A short line ties a label to its place. */
      if (append_label (self, snapshot, colors, text, x + 4, taken, &end_x))
        append_block (snapshot, &colors->text, x, TOP_PX + BARS_PX + 1, 1, 6);
    }
}

void
cot_density_strip_forget_bars (CotDensityStrip *self)
{
  g_clear_pointer (&self->bars, gsk_render_node_unref);
}

/* Drawn once: while the rows are scrolled, only the box over them moves. */
static void
snapshot_bars (CotDensityStrip *self, GtkSnapshot *snapshot, const Colors *colors)
{
  if (self->bars == NULL)
    {
      g_autoptr (GtkSnapshot) own = gtk_snapshot_new ();
      GdkRGBA line = colors->text;

      line.alpha *= .35f;
      append_bars (self, own, colors);
      append_block (own, &line, 0, TOP_PX + BARS_PX, self->scale.width_px, 1);
      append_labels (self, own, colors, NULL);
      self->bars = gtk_snapshot_free_to_node (g_steal_pointer (&own));
    }
  if (self->bars != NULL)
    gtk_snapshot_append_node (snapshot, self->bars);
}

static void
append_outline (GtkSnapshot *snapshot, const graphene_rect_t *area, const GdkRGBA *color,
                float width_px)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, area, 2);
  gtk_snapshot_append_border (snapshot, &outline,
                              (float[4]){ width_px, width_px, width_px, width_px },
                              (GdkRGBA[4]){ *color, *color, *color, *color });
}

/* What is being marked, or what the filter asks for. */
static CotDensityRange
get_range (CotDensityStrip *self)
{
  return self->draft.from_usec != COT_TIME_NONE ? self->draft : self->range;
}

/* The part of the strip that stands for a stretch of time, at least so wide. */
static graphene_rect_t
get_area (CotDensityStrip *self, CotDensityRange range, double min_px)
{
  double x = floor (cot_density_scale_get_x (&self->scale, range.from_usec));
  double end = ceil (cot_density_scale_get_x (&self->scale, range.until_usec));
  double width = MAX (end - x, min_px);

  x = CLAMP (x, 0, MAX (self->scale.width_px - width, 0));
  return GRAPHENE_RECT_INIT ((float) x, TOP_PX - 3, (float) width, BARS_PX + 4);
}

static void
snapshot_visible (CotDensityStrip *self, GtkSnapshot *snapshot, const Colors *colors)
{
  GdkRGBA fill = colors->text, line = colors->text;
  graphene_rect_t area;

  if (self->visible.from_usec == COT_TIME_NONE)
    return;
  area = get_area (self, self->visible, MIN_VISIBLE_PX);
  fill.alpha *= .12f;
  line.alpha *= .7f;
  gtk_snapshot_append_color (snapshot, &fill, &area);
  append_outline (snapshot, &area, &line, 1);
}

/* The filter may ask for a time that has no place here. */
static gboolean
is_inside (CotDensityStrip *self, CotDensityRange range)
{
  const CotDensityScale *scale = &self->scale;

  return range.from_usec != COT_TIME_NONE && range.until_usec > scale->start_usec
         && range.from_usec < cot_density_scale_get_bin_start (scale, scale->n_bins);
}

/* Behind the bars, so that these keep their colours. */
static void
snapshot_range_ground (CotDensityStrip *self, GtkSnapshot *snapshot)
{
  CotDensityRange range = get_range (self);
  graphene_rect_t area;
  GdkRGBA fill;

  if (!is_inside (self, range))
    return;
  area = get_area (self, range, 3);
  cot_log_lookup_color (GTK_WIDGET (self), "accent_color", &fill);
  fill.alpha *= .18f;
  gtk_snapshot_append_color (snapshot, &fill, &area);
}

static void
snapshot_range_edges (CotDensityStrip *self, GtkSnapshot *snapshot)
{
  CotDensityRange range = get_range (self);
  graphene_rect_t area;
  GdkRGBA accent;

  if (!is_inside (self, range))
    return;
  area = get_area (self, range, 3);
  cot_log_lookup_color (GTK_WIDGET (self), "accent_color", &accent);
  append_block (snapshot, &accent, area.origin.x, area.origin.y, 2, area.size.height);
  append_block (snapshot, &accent, area.origin.x + area.size.width - 2, area.origin.y, 2,
                area.size.height);
}

static void
snapshot_cursor (CotDensityStrip *self, GtkSnapshot *snapshot)
{
  CotDensityRange bin;
  graphene_rect_t area;
  GdkRGBA accent;

  if (self->cursor_usec == COT_TIME_NONE || !gtk_widget_has_visible_focus (GTK_WIDGET (self)))
    return;
  bin = cot_density_strip_get_bin_range (
      self, cot_density_scale_find_bin (&self->scale, self->cursor_usec));
  area = get_area (self, bin, COT_DENSITY_MIN_BIN_PX);
  graphene_rect_inset (&area, -1, 0);
  cot_log_lookup_color (GTK_WIDGET (self), "accent_color", &accent);
  append_outline (snapshot, &area, &accent, 2);
}

/* What is marked, or what the keys are at. */
static CotDensityRange
get_told_range (CotDensityStrip *self)
{
  if (self->draft.from_usec != COT_TIME_NONE || self->cursor_usec == COT_TIME_NONE
      || !gtk_widget_has_visible_focus (GTK_WIDGET (self)))
    return self->draft;
  return cot_density_strip_get_bin_range (
      self, cot_density_scale_find_bin (&self->scale, self->cursor_usec));
}

/* Its times stand among the labels: those that would touch it, or be cut by it, give way. */
static void
snapshot_told_text (CotDensityStrip *self, GtkSnapshot *snapshot, const Colors *colors)
{
  CotDensityRange range = get_told_range (self);
  g_autofree char *text = NULL;
  g_autoptr (PangoLayout) layout = NULL;
  double middle;
  double x;
  int width_px, height_px;

  if (range.from_usec == COT_TIME_NONE)
    return;
  text = cot_density_strip_dup_range_text (self, range);
  layout = make_label (self, text);
  pango_layout_get_pixel_size (layout, &width_px, &height_px);
  middle = (cot_density_scale_get_x (&self->scale, range.from_usec)
            + cot_density_scale_get_x (&self->scale, range.until_usec))
           / 2;
  x = floor (CLAMP (middle - width_px / 2., 4, MAX (self->scale.width_px - width_px - 4, 4)));
  append_block (snapshot, &colors->ground, 0, TOP_PX + BARS_PX + LABEL_GAP_PX,
                self->scale.width_px, height_px);
  append_labels (self, snapshot, colors,
                 &(Room){ x - LABEL_SPACE_PX, x + width_px + LABEL_SPACE_PX });
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) x, TOP_PX + BARS_PX + LABEL_GAP_PX));
  gtk_snapshot_append_layout (snapshot, layout, &colors->text);
  gtk_snapshot_restore (snapshot);
}

void
cot_density_strip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CotDensityStrip *self = COT_DENSITY_STRIP (widget);
  Colors colors;

  cot_density_strip_ensure (self);
  if (self->scale.n_bins == 0)
    return;
  look_up_colors (self, &colors);
  snapshot_range_ground (self, snapshot);
  snapshot_visible (self, snapshot, &colors);
  snapshot_bars (self, snapshot, &colors);
  snapshot_range_edges (self, snapshot);
  snapshot_cursor (self, snapshot);
  snapshot_told_text (self, snapshot, &colors);
}
