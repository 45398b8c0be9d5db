/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-row.h"

#include <string.h>

#include <glib/gi18n.h>

#include "cot-highlight-rules.h"
#include "cot-log-row-badge.h"
#include "cot-log-row-text.h"
#include "cot-log-stripe.h"

/* A badge has its word where the cell is at least that many times as wide. */
#define MIN_TEXTS_OF_BADGE 3
#define SEVERITY_STRIPE_PX 3
#define LOG_SWATCH_PX 8
#define GAP_LINE_PX 2
#define GAP_DASH_PX 6
#define NOT_LAID_OUT (-1)
/* Longer names are read by nobody, and a bus has to carry them. */
#define MAX_ACCESSIBLE_LETTERS 400

struct _CotLogRow
{
  GtkWidget parent_instance;

  const CotLogLayout *layout; /* of the view */
  CotRowText text;
  CotHighlights highlights;
  guint64 position;
  gboolean bound;
  gboolean loaded;
  gboolean is_highlighted;
  const char *severity_class;
  const char *highlight_class;

  PangoLayout *layouts[COT_N_ROW_COLUMNS];
  int layout_widths_px[COT_N_ROW_COLUMNS]; /* that a layout was made for */
  double badge_start_px;                   /* where the badge was drawn last */
  double badge_end_px;
};

G_DEFINE_FINAL_TYPE (CotLogRow, cot_log_row, GTK_TYPE_WIDGET)

static void
forget_layouts (CotLogRow *self)
{
  for (guint i = 0; i < COT_N_ROW_COLUMNS; i++)
    self->layout_widths_px[i] = NOT_LAID_OUT;
}

static gboolean
is_badge_always_worded (CotLogRow *self)
{
  return self->text.badge != COT_ROW_BADGE_FAILURE
         || self->text.badge_severity < COT_SEVERITY_WARNING;
}

static gboolean
is_badge_worded (CotLogRow *self)
{
  GtkStateFlags flags = gtk_widget_get_state_flags (GTK_WIDGET (self));

  if ((flags & (GTK_STATE_FLAG_SELECTED | GTK_STATE_FLAG_PRELIGHT)) != 0)
    return TRUE;
  return is_badge_always_worded (self);
}

/* From a place counted from the start edge to one counted from the left. */
static double
to_left (CotLogRow *self, double start_px, double width_px)
{
  if (gtk_widget_get_direction (GTK_WIDGET (self)) != GTK_TEXT_DIR_RTL)
    return start_px;
  return gtk_widget_get_width (GTK_WIDGET (self)) - start_px - width_px;
}

static PangoLayout *
get_layout (CotLogRow *self, CotRowColumn column, int width_px)
{
  if (self->layouts[column] != NULL && self->layout_widths_px[column] == width_px)
    return self->layouts[column];
  if (self->layouts[column] == NULL)
    self->layouts[column] = cot_log_text_create_layout (GTK_WIDGET (self));
  cot_log_text_lay_out (self->layouts[column], GTK_WIDGET (self), &self->text,
                        &self->highlights, column, width_px, self->layout);
  self->layout_widths_px[column] = width_px;
  return self->layouts[column];
}

static void
snapshot_text (CotLogRow *self,
               GtkSnapshot *snapshot,
               CotRowColumn column,
               int start_px,
               int width_px,
               const GdkRGBA *color)
{
  PangoLayout *layout;
  PangoRectangle logical;
  double x_px;
  int y_px;

  if (width_px <= 0 || cot_row_text_get_column (&self->text, column)[0] == '\0')
    return;
  layout = get_layout (self, column, width_px);
  pango_layout_get_pixel_extents (layout, NULL, &logical);
  x_px = to_left (self, start_px, logical.width) - logical.x;
  y_px = (self->layout->row_height_px - logical.height) / 2;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x_px, y_px));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_block (CotLogRow *self,
                GtkSnapshot *snapshot,
                const char *color_name,
                double start_px,
                double top_px,
                double width_px,
                double height_px)
{
  GdkRGBA color;

  cot_log_lookup_color (GTK_WIDGET (self), color_name, &color);
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT ((float) to_left (self, start_px, width_px),
                                                  (float) top_px, (float) width_px,
                                                  (float) height_px));
}

static void
snapshot_stripe (CotLogRow *self, GtkSnapshot *snapshot, double start_px, double top_px,
                 double width_px, double height_px)
{
  cot_log_stripe_snapshot (GTK_WIDGET (self), snapshot, self->text.log_stripe,
                           &GRAPHENE_RECT_INIT ((float) to_left (self, start_px, width_px),
                                                (float) top_px, (float) width_px,
                                                (float) height_px));
}

static void
snapshot_gutter (CotLogRow *self, GtkSnapshot *snapshot)
{
  const CotLogLayout *layout = self->layout;
  const char *mark = cot_log_severity_mark_color (self->text.severity);
  const char *icon = NULL;
  double icon_start_px = layout->stripe_px +
                         (layout->gutter_px - layout->stripe_px - layout->icon_px) / 2;
  GdkRGBA color;

  if (layout->stripe_px > 0)
    snapshot_stripe (self, snapshot, 0, 0, layout->stripe_px, layout->row_height_px);
  if (self->text.severity == COT_SEVERITY_ERROR)
    icon = "dialog-error-symbolic";
  else if (self->text.severity == COT_SEVERITY_WARNING)
    icon = "dialog-warning-symbolic";
  else if (self->text.severity == COT_SEVERITY_SUCCESS)
    icon = "object-select-symbolic";
  if (icon == NULL || mark == NULL)
    return;
  if (self->text.severity != COT_SEVERITY_SUCCESS)
    snapshot_block (self, snapshot, mark, layout->stripe_px, 0, SEVERITY_STRIPE_PX,
                    layout->row_height_px);
  cot_log_lookup_color (GTK_WIDGET (self), mark, &color);
  if (cot_log_has_strong_ground (GTK_WIDGET (self), self->text.severity))
    gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &color);
  cot_log_snapshot_icon (GTK_WIDGET (self), snapshot, icon, &color, layout->icon_px,
                         to_left (self, icon_start_px, layout->icon_px),
                         (layout->row_height_px - layout->icon_px) / 2);
}

/* The user's flag, before the badge of what is known. Returns what is left of the width. */
static int
snapshot_flag (CotLogRow *self, GtkSnapshot *snapshot, int start_px, int width_px)
{
  const CotLogLayout *layout = self->layout;
  GdkRGBA color;

  if (!self->text.marked || self->text.badge == COT_ROW_BADGE_MARK)
    return width_px;
  width_px -= layout->icon_px;
  cot_log_lookup_color (GTK_WIDGET (self), "cot_user_mark", &color);
  cot_log_snapshot_icon (GTK_WIDGET (self), snapshot, "cot-mark-symbolic", &color,
                         layout->icon_px, to_left (self, start_px + width_px, layout->icon_px),
                         (layout->row_height_px - layout->icon_px) / 2);
  return width_px - layout->padding_px;
}

static void
snapshot_message (CotLogRow *self,
                  GtkSnapshot *snapshot,
                  const CotLogCell *cell,
                  const GdkRGBA *color)
{
  const CotLogLayout *layout = self->layout;
  int width_px = cell->width_px - 2 * layout->padding_px;
  gboolean worded = is_badge_worded (self);
  int badge_px, badge_height_px;
  double left_px;

  self->badge_start_px = self->badge_end_px = 0;
  if (self->text.badge != COT_ROW_BADGE_NONE)
    {
      badge_px = cot_log_badge_measure (GTK_WIDGET (self), &self->text, worded, layout->icon_px);
      /* The text itself matters more than the word, which the details below tell too. */
      if (worded && badge_px * MIN_TEXTS_OF_BADGE > cell->width_px)
        {
          worded = FALSE;
          badge_px = cot_log_badge_measure (GTK_WIDGET (self), &self->text, FALSE, layout->icon_px);
        }
      badge_height_px = layout->row_height_px * 3 / 4;
      width_px -= badge_px + layout->padding_px;
      self->badge_end_px = cell->x_px + cell->width_px - layout->padding_px;
      self->badge_start_px = self->badge_end_px - badge_px;
      left_px = to_left (self, self->badge_start_px, badge_px);
      cot_log_badge_snapshot (GTK_WIDGET (self), snapshot, &self->text, worded, layout->icon_px,
                              &GRAPHENE_RECT_INIT ((float) left_px,
                                                   (layout->row_height_px - badge_height_px) / 2,
                                                   badge_px, badge_height_px));
    }
  width_px = snapshot_flag (self, snapshot, cell->x_px + layout->padding_px, width_px);
  snapshot_text (self, snapshot, COT_ROW_COLUMN_MESSAGE, cell->x_px + layout->padding_px, width_px,
                 color);
}

/* The seam between two generations runs over all columns. */
static void
snapshot_seam (CotLogRow *self, GtkSnapshot *snapshot, const GdkRGBA *color)
{
  const CotLogLayout *layout = self->layout;
  int start_px = layout->gutter_px + layout->icon_px + 2 * layout->padding_px;
  int width_px = gtk_widget_get_width (GTK_WIDGET (self)) - start_px - layout->padding_px;
  PangoRectangle logical = { 0 };
  GdkRGBA line = *color;

  if (width_px <= 0)
    return;
  cot_log_snapshot_icon (GTK_WIDGET (self), snapshot, "document-open-recent-symbolic", color,
                         layout->icon_px,
                         to_left (self, layout->gutter_px + layout->padding_px, layout->icon_px),
                         (layout->row_height_px - layout->icon_px) / 2);
  snapshot_text (self, snapshot, COT_ROW_COLUMN_MESSAGE, start_px, width_px, color);
  pango_layout_get_pixel_extents (get_layout (self, COT_ROW_COLUMN_MESSAGE, width_px), NULL,
                                  &logical);
  start_px += logical.width + layout->padding_px;
  width_px -= logical.width + layout->padding_px;
  line.alpha *= .5f;
  for (int x = 0; x + 3 <= width_px; x += 6)
    gtk_snapshot_append_color (snapshot, &line,
                               &GRAPHENE_RECT_INIT ((float) to_left (self, start_px + x, 3),
                                                    layout->row_height_px / 2, 3, 1));
}

static void
snapshot_cells (CotLogRow *self, GtkSnapshot *snapshot, const GdkRGBA *color)
{
  const CotLogLayout *layout = self->layout;
  GdkRGBA secondary = *color;

  if (cot_log_severity_color (self->text.severity) == NULL)
    cot_log_lookup_color (GTK_WIDGET (self), "cot_secondary", &secondary);
  for (guint i = 0; i < layout->n_cells; i++)
    {
      const CotLogCell *cell = &layout->cells[i];
      int start_px = cell->x_px + layout->padding_px;
      int width_px = cell->width_px - 2 * layout->padding_px;

      if (cell->column == COT_ROW_COLUMN_MESSAGE)
        {
          snapshot_message (self, snapshot, cell, color);
          continue;
        }
      if (cell->column == COT_ROW_COLUMN_LOG && self->text.log_stripe != 0)
        {
          snapshot_stripe (self, snapshot, start_px, (layout->row_height_px - LOG_SWATCH_PX) / 2,
                           LOG_SWATCH_PX, LOG_SWATCH_PX);
          start_px += LOG_SWATCH_PX + layout->padding_px;
          width_px -= LOG_SWATCH_PX + layout->padding_px;
        }
      snapshot_text (self, snapshot, cell->column, start_px, width_px, &secondary);
    }
}

/* Time in which nobody wrote, as a dashed line between two rows; a whole one where the clock was
 * put back. */
static void
snapshot_gap (CotLogRow *self, GtkSnapshot *snapshot)
{
  const int width_px = gtk_widget_get_width (GTK_WIDGET (self));
  const char *color = self->text.clock_goes_back ? "cot_warning_mark" : "cot_info";
  const int dash_px = self->text.clock_goes_back ? width_px : GAP_DASH_PX;

  for (int x = 0; x < width_px; x += dash_px + GAP_DASH_PX)
    snapshot_block (self, snapshot, color, x, 0, dash_px, GAP_LINE_PX);
}

static void
cot_log_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CotLogRow *self = COT_LOG_ROW (widget);
  GdkRGBA color;

  if (!self->loaded)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  snapshot_gutter (self, snapshot);
  if (self->text.seam)
    snapshot_seam (self, snapshot, &color);
  else
    snapshot_cells (self, snapshot, &color);
  if (self->text.gap != NULL)
    snapshot_gap (self, snapshot);
}

static void
cot_log_row_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  CotLogRow *self = COT_LOG_ROW (widget);

  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? self->layout->row_height_px : 0;
}

static void
cot_log_row_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  CotLogRow *self = COT_LOG_ROW (widget);

  GTK_WIDGET_CLASS (cot_log_row_parent_class)->css_changed (widget, change);

  /* A layout follows the font of its widget only when it is told so. */
  for (guint i = 0; i < COT_N_ROW_COLUMNS; i++)
    {
      if (self->layouts[i] != NULL)
        pango_layout_context_changed (self->layouts[i]);
    }
  gtk_widget_queue_draw (widget);
}

static void
cot_log_row_state_flags_changed (GtkWidget *widget, GtkStateFlags previous)
{
  CotLogRow *self = COT_LOG_ROW (widget);

  GTK_WIDGET_CLASS (cot_log_row_parent_class)->state_flags_changed (widget, previous);

  if (self->text.badge != COT_ROW_BADGE_NONE)
    gtk_widget_queue_draw (widget);
}

static void
cot_log_row_finalize (GObject *object)
{
  CotLogRow *self = COT_LOG_ROW (object);

  for (guint i = 0; i < COT_N_ROW_COLUMNS; i++)
    g_clear_object (&self->layouts[i]);
  cot_row_text_clear (&self->text);

  G_OBJECT_CLASS (cot_log_row_parent_class)->finalize (object);
}

static void
cot_log_row_class_init (CotLogRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cot_log_row_finalize;
  widget_class->snapshot = cot_log_row_snapshot;
  widget_class->measure = cot_log_row_measure;
  widget_class->css_changed = cot_log_row_css_changed;
  widget_class->state_flags_changed = cot_log_row_state_flags_changed;

  gtk_widget_class_set_css_name (widget_class, "logrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ROW);
}

static void
cot_log_row_init (CotLogRow *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  self->text.current_match = -1;
  forget_layouts (self);
}

/* @layout belongs to the view and stays where it is as long as the row. */
GtkWidget *
cot_log_row_new (const CotLogLayout *layout)
{
  CotLogRow *self = g_object_new (COT_TYPE_LOG_ROW, NULL);

  self->layout = layout;
  return GTK_WIDGET (self);
}

static const char *
get_severity_class (const CotRowText *text)
{
  if (text->seam)
    return "seam";
  switch (text->severity)
    {
    case COT_SEVERITY_ERROR:
      return "error";
    case COT_SEVERITY_WARNING:
      return "warning";
    case COT_SEVERITY_SUCCESS:
      return "success";
    case COT_SEVERITY_VERBOSE:
      return "verbose";
    case COT_SEVERITY_UNKNOWN:
    case COT_SEVERITY_INFO:
    default:
      return NULL;
    }
}

static const char *
get_severity_word (CotSeverity severity)
{
  switch (severity)
    {
    case COT_SEVERITY_ERROR:
      return _ ("Error");
    case COT_SEVERITY_WARNING:
      return _ ("Warning");
    case COT_SEVERITY_SUCCESS:
      return _ ("Success");
    case COT_SEVERITY_VERBOSE:
      return _ ("Detail");
    case COT_SEVERITY_UNKNOWN:
    case COT_SEVERITY_INFO:
    default:
      return NULL;
    }
}

static void
append_phrase (GString *name, const char *phrase)
{
  if (phrase == NULL || phrase[0] == '\0')
    return;
  if (name->len > 0)
    g_string_append (name, ", ");
  g_string_append (name, phrase);
}

static gboolean
is_shown (CotLogRow *self, CotRowColumn column)
{
  for (guint i = 0; i < self->layout->n_cells; i++)
    if (self->layout->cells[i].column == column)
      return TRUE;
  return FALSE;
}

/* What a screen reader says. Severity and badge are words, never a colour alone. */
static void
update_accessible_name (CotLogRow *self)
{
  const CotRowText *text = &self->text;
  g_autoptr (GString) name = g_string_sized_new (256);
  g_autofree char *message = NULL;

  if (text->message != NULL)
    message = g_utf8_substring (text->message, 0,
                                MIN (g_utf8_strlen (text->message, -1), MAX_ACCESSIBLE_LETTERS));
  append_phrase (name, get_severity_word (text->severity));
  append_phrase (name, text->gap);
  append_phrase (name, message);
  append_phrase (name, cot_log_badge_get_label (text));
  if (text->marked && text->badge != COT_ROW_BADGE_MARK)
    append_phrase (name, _ ("Your mark"));
  append_phrase (name, text->note);
  if (self->is_highlighted)
    append_phrase (name, _ ("highlighted"));
  append_phrase (name, text->log);
  append_phrase (name, text->component);
  append_phrase (name, text->time);
  if (text->elapsed != NULL && is_shown (self, COT_ROW_COLUMN_ELAPSED))
    {
      append_phrase (name, _ ("elapsed"));
      g_string_append_printf (name, " %s", text->elapsed);
    }
  if (text->thread != NULL && text->thread[0] != '\0')
    {
      append_phrase (name, _ ("thread"));
      g_string_append_printf (name, " %s", text->thread);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);
}

static void
set_class (CotLogRow *self, const char **current, const char *name)
{
  if (g_strcmp0 (*current, name) == 0)
    return;
  if (*current != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), *current);
  if (name != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  *current = name;
}

static const char *
get_highlight_class (guint colour)
{
  static const char *const names[COT_HIGHLIGHT_COLOURS + 1]
      = { NULL, "highlight-1", "highlight-2", "highlight-3", "highlight-4", "highlight-5",
          "highlight-6" };

  return names[MIN (colour, (guint) COT_HIGHLIGHT_COLOURS)];
}

/* Shows @position, or nothing where its text is not there yet. */
void
cot_log_row_bind (CotLogRow *self, CotRowModel *model, guint64 position)
{
  self->position = position;
  self->bound = TRUE;
  self->loaded = cot_row_model_get_row (model, position, &self->text);
  if (!self->loaded)
    cot_row_text_clear (&self->text);
  self->highlights = (CotHighlights){ 0 };
  self->is_highlighted
      = self->loaded && !self->text.seam
        && cot_highlight_rules_mark (cot_highlight_rules_get (), self->text.message,
                                     self->text.thread, &self->highlights);
  forget_layouts (self);
  set_class (self, &self->severity_class, get_severity_class (&self->text));
  set_class (self, &self->highlight_class, get_highlight_class (self->highlights.row_colour));
  update_accessible_name (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
cot_log_row_unbind (CotLogRow *self)
{
  self->bound = FALSE;
  self->loaded = FALSE;
}

/* FALSE: the row shows nothing. */
gboolean
cot_log_row_get_position (CotLogRow *self, guint64 *position)
{
  if (self->bound)
    *position = self->position;
  return self->bound;
}

/* NULL as long as the text is not there. */
const CotRowText *
cot_log_row_get_text (CotLogRow *self)
{
  return self->loaded ? &self->text : NULL;
}

void
cot_log_row_set_selected (CotLogRow *self, gboolean selected)
{
  gboolean was = (gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_SELECTED) != 0;

  if (was == selected)
    return;
  if (selected)
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}

/* Lights the row up after a jump. */
void
cot_log_row_set_flashing (CotLogRow *self, gboolean flashing)
{
  if (flashing)
    gtk_widget_add_css_class (GTK_WIDGET (self), "flash");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "flash");
}

void
cot_log_row_layout_changed (CotLogRow *self)
{
  if (self->loaded)
    update_accessible_name (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Whether a click at @x_px, counted from the left, is one on the badge. A lamp that became a pill
 * only because the pointer came keeps its own size here: who aims at the text beside it means the
 * row. */
gboolean
cot_log_row_is_on_badge (CotLogRow *self, double x_px)
{
  double place_px = to_left (self, x_px, 0);
  double start_px = self->badge_start_px;

  if (!is_badge_always_worded (self)
      && (gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_SELECTED) == 0)
    start_px = MAX (start_px, self->badge_end_px - self->layout->icon_px);
  return self->loaded && self->text.badge != COT_ROW_BADGE_NONE && place_px >= start_px
         && place_px < self->badge_end_px;
}

/* The cell at @x_px, counted from the left, and where it stands in the row; NULL beside all. */
const CotLogCell *
cot_log_row_pick_cell (CotLogRow *self, double x_px, GdkRectangle *area)
{
  double start_px = to_left (self, x_px, 0);

  for (guint i = 0; i < self->layout->n_cells; i++)
    {
      const CotLogCell *cell = &self->layout->cells[i];

      if (start_px < cell->x_px || start_px >= cell->x_px + cell->width_px)
        continue;
      area->x = (int) to_left (self, cell->x_px, cell->width_px);
      area->y = 0;
      area->width = cell->width_px;
      area->height = self->layout->row_height_px;
      return cell;
    }
  return NULL;
}

/* Whether @column shows less than there is. */
gboolean
cot_log_row_is_ellipsized (CotLogRow *self, CotRowColumn column)
{
  const char *text = cot_row_text_get_column (&self->text, column);
  PangoLayout *layout = self->layouts[column];

  if (!self->loaded || layout == NULL || self->layout_widths_px[column] == NOT_LAID_OUT)
    return FALSE;
  return pango_layout_is_ellipsized (layout) ||
         strlen (pango_layout_get_text (layout)) < strlen (text);
}
