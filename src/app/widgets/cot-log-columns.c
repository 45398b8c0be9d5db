/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-columns.h"

#include <string.h>

#include <glib/gi18n.h>

#include "cot-time-mode.h"

/* Sizes are given for this font size and grow with it. */
#define DESIGN_FONT_PX 13.333
#define MIN_MESSAGE_WIDTH 180
/* With less than this for Log Text, a date goes without its year. */
#define ROOMY_MESSAGE_WIDTH 260
/* In a merge, with less than this for Log Text, others that the details tell of go. */
#define MERGED_MESSAGE_WIDTH 320
/* Of logtitle in the style sheet, where it has 82 % of a size of which logview has 91 %. */
#define TITLE_SCALE (82. / 91)
#define TITLE_PADDING_PX 12
#define MIN_WIDTH 36
#define MAX_WIDTH 2000

typedef struct
{
  const char *name;
  const char *title;
  int width;
  gboolean visible;
} ColumnDefault;

typedef struct
{
  CotRowColumn column;
  int width; /* at the design font size; 0: the default */
  gboolean visible;
} Column;

struct _CotLogColumns
{
  GObject parent_instance;

  Column columns[COT_N_ROW_COLUMNS]; /* in view order */
  guint suppressed;                  /* bits; not shown for lack of room, and not saved */
  guint left_out;                    /* likewise, of a merge, at the width of last time */
  gboolean only_text;
  gboolean has_logs;

  double scale;
  int line_height_px;
  int time_full_px;
  int time_short_px;
  int time_mark_px;
  int elapsed_px;
  int thread_px;
  int title_px[COT_N_ROW_COLUMNS];

  GSimpleActionGroup *actions;
  GMenu *menu;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const ColumnDefault defaults[COT_N_ROW_COLUMNS] = {
  [COT_ROW_COLUMN_MESSAGE] = { "text", N_ ("Log text"), MIN_MESSAGE_WIDTH, TRUE },
  [COT_ROW_COLUMN_LOG] = { "log", N_ ("Log"), 192, TRUE },
  [COT_ROW_COLUMN_COMPONENT] = { "component", N_ ("Component"), 120, TRUE },
  [COT_ROW_COLUMN_TIME] = { "time", N_ ("Date/Time"), 126, TRUE },
  [COT_ROW_COLUMN_ELAPSED] = { "elapsed", N_ ("Elapsed"), 84, FALSE },
  [COT_ROW_COLUMN_THREAD] = { "thread", N_ ("Thread"), 48, TRUE },
  [COT_ROW_COLUMN_ORIGIN] = { "origin", N_ ("Origin"), 170, FALSE },
};

G_DEFINE_FINAL_TYPE (CotLogColumns, cot_log_columns, G_TYPE_OBJECT)

static void sync_actions (CotLogColumns *self);

static void
emit_changed (CotLogColumns *self)
{
  sync_actions (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static Column *
find_column (CotLogColumns *self, CotRowColumn column)
{
  for (guint i = 0; i < COT_N_ROW_COLUMNS; i++)
    {
      if (self->columns[i].column == column)
        return &self->columns[i];
    }
  g_assert_not_reached ();
}

static gboolean
is_shown (CotLogColumns *self, const Column *column)
{
  if (column->column == COT_ROW_COLUMN_MESSAGE)
    return TRUE;
  if (self->only_text || !column->visible
      || ((self->suppressed | self->left_out) & (1u << column->column)) != 0)
    return FALSE;
  return column->column != COT_ROW_COLUMN_LOG || self->has_logs;
}

/* For the question mark behind a time whose zone is not known. */
static int
get_time_mark_px (CotLogColumns *self)
{
  return cot_time_mode_get () != COT_CLOCK_WRITTEN ? self->time_mark_px : 0;
}

/* The width in pixels. A time, a thread and the title must fit in the font that is really there. */
static int
get_width_px (CotLogColumns *self, const Column *column)
{
  int padding_px = 2 * (int) (6 * self->scale);
  int width_px;

  if (column->width > 0)
    return (int) (column->width * self->scale + .5);
  width_px = (int) (defaults[column->column].width * self->scale + .5);
  if (column->column == COT_ROW_COLUMN_TIME)
    width_px = MAX (width_px, self->time_short_px + get_time_mark_px (self) + padding_px);
  else if (column->column == COT_ROW_COLUMN_ELAPSED)
    width_px = MAX (width_px, self->elapsed_px + padding_px);
  else if (column->column == COT_ROW_COLUMN_THREAD)
    width_px = MAX (width_px, self->thread_px + padding_px);
  return MAX (width_px, self->title_px[column->column] + TITLE_PADDING_PX);
}

static void
set_defaults (CotLogColumns *self)
{
  for (guint i = 0; i < COT_N_ROW_COLUMNS; i++)
    {
      self->columns[i].column = (CotRowColumn) i;
      self->columns[i].width = 0;
      self->columns[i].visible = defaults[i].visible;
    }
}

static void
cot_log_columns_finalize (GObject *object)
{
  CotLogColumns *self = COT_LOG_COLUMNS (object);

  g_clear_object (&self->actions);
  g_clear_object (&self->menu);

  G_OBJECT_CLASS (cot_log_columns_parent_class)->finalize (object);
}

static void
cot_log_columns_class_init (CotLogColumnsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cot_log_columns_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
change_visible_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  CotLogColumns *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));

  if (g_str_equal (name, "only-text"))
    {
      cot_log_columns_set_only_text (self, g_variant_get_boolean (state));
      return;
    }
  for (guint i = 0; i < COT_N_ROW_COLUMNS; i++)
    {
      if (g_str_equal (name, defaults[i].name))
        cot_log_columns_set_visible (self, (CotRowColumn) i, g_variant_get_boolean (state));
    }
}

static void
reset_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cot_log_columns_reset (user_data);
}

static void
add_toggle (CotLogColumns *self, const char *name)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new_stateful (name, NULL,
                                                                   g_variant_new_boolean (FALSE));

  g_signal_connect_object (action, "change-state", G_CALLBACK (change_visible_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
}

static void
set_action_state (CotLogColumns *self, const char *name, gboolean state, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (state));
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
sync_actions (CotLogColumns *self)
{
  set_action_state (self, "only-text", self->only_text, TRUE);
  for (guint i = 0; i < COT_N_ROW_COLUMNS; i++)
    {
      if (i == COT_ROW_COLUMN_MESSAGE)
        continue;
      set_action_state (self, defaults[i].name,
                        cot_log_columns_get_visible (self, (CotRowColumn) i),
                        !self->only_text && (i != COT_ROW_COLUMN_LOG || self->has_logs));
    }
}

static void
build_actions (CotLogColumns *self)
{
  g_autoptr (GSimpleAction) reset = g_simple_action_new ("reset", NULL);
  g_autoptr (GMenu) toggles = g_menu_new ();
  g_autoptr (GMenu) others = g_menu_new ();

  self->actions = g_simple_action_group_new ();
  self->menu = g_menu_new ();
  for (guint i = 0; i < COT_N_ROW_COLUMNS; i++)
    {
      g_autofree char *detailed = g_strconcat ("columns.", defaults[i].name, NULL);

      if (i == COT_ROW_COLUMN_MESSAGE)
        continue;
      add_toggle (self, defaults[i].name);
      g_menu_append (toggles, _ (defaults[i].title), detailed);
    }
  add_toggle (self, "only-text");
  g_signal_connect_object (reset, "activate", G_CALLBACK (reset_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (reset));

  g_menu_append (others, _ ("_Only Log Text"), "columns.only-text");
  g_menu_append (others, _ ("_Reset Columns"), "columns.reset");
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (toggles));
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (others));
}

static void
cot_log_columns_init (CotLogColumns *self)
{
  self->scale = 1;
  self->line_height_px = 16;
  set_defaults (self);
  build_actions (self);
  sync_actions (self);
  cot_time_mode_watch (self, G_CALLBACK (emit_changed));
}

CotLogColumns *
cot_log_columns_new (void)
{
  return g_object_new (COT_TYPE_LOG_COLUMNS, NULL);
}

const char *
cot_log_columns_get_title (CotRowColumn column)
{
  if (column == COT_ROW_COLUMN_TIME && cot_time_mode_get () == COT_CLOCK_LOCAL)
    return _ ("Local date/time");
  if (column == COT_ROW_COLUMN_TIME && cot_time_mode_get () == COT_CLOCK_UTC)
    return _ ("Date/Time, UTC");
  return _ (defaults[column].title);
}

/* What the user wants; whether there is room for it is another matter. */
gboolean
cot_log_columns_get_visible (CotLogColumns *self, CotRowColumn column)
{
  return find_column (self, column)->visible;
}

void
cot_log_columns_set_visible (CotLogColumns *self, CotRowColumn column, gboolean visible)
{
  Column *found = find_column (self, column);

  visible = visible || column == COT_ROW_COLUMN_MESSAGE;
  if (found->visible == visible)
    return;
  found->visible = visible;
  emit_changed (self);
}

/* Leaves a column out while the window is narrow, without touching the user's choice. */
void
cot_log_columns_set_suppressed (CotLogColumns *self, CotRowColumn column, gboolean suppressed)
{
  guint bits = suppressed ? self->suppressed | (1u << column) : self->suppressed & ~(1u << column);

  if (self->suppressed == bits)
    return;
  self->suppressed = bits;
  emit_changed (self);
}

gboolean
cot_log_columns_get_only_text (CotLogColumns *self)
{
  return self->only_text;
}

void
cot_log_columns_set_only_text (CotLogColumns *self, gboolean only_text)
{
  if (self->only_text == !!only_text)
    return;
  self->only_text = !!only_text;
  emit_changed (self);
}

void
cot_log_columns_set_has_logs (CotLogColumns *self, gboolean has_logs)
{
  if (self->has_logs == !!has_logs)
    return;
  self->has_logs = !!has_logs;
  emit_changed (self);
}

/* Puts @column beside @neighbour. */
void
cot_log_columns_move (CotLogColumns *self, CotRowColumn column, CotRowColumn neighbour,
                      gboolean after)
{
  Column order[COT_N_ROW_COLUMNS];
  Column moved = *find_column (self, column);
  guint n = 0;

  if (column == neighbour)
    return;
  for (guint i = 0; i < COT_N_ROW_COLUMNS; i++)
    {
      if (self->columns[i].column == column)
        continue;
      if (self->columns[i].column == neighbour && !after)
        order[n++] = moved;
      order[n++] = self->columns[i];
      if (self->columns[i].column == neighbour && after)
        order[n++] = moved;
    }
  if (memcmp (order, self->columns, sizeof order) == 0)
    return;
  memcpy (self->columns, order, sizeof order);
  emit_changed (self);
}

/* Moves @column past the next shown one; FALSE at the edge. */
gboolean
cot_log_columns_step (CotLogColumns *self, CotRowColumn column, int direction)
{
  CotRowColumn shown[COT_N_ROW_COLUMNS];
  guint n_shown = cot_log_columns_get_shown (self, shown);

  for (guint i = 0; i < n_shown; i++)
    {
      if (shown[i] != column)
        continue;
      if ((direction < 0 && i == 0) || (direction > 0 && i + 1 == n_shown))
        return FALSE;
      cot_log_columns_move (self, column, shown[direction < 0 ? i - 1 : i + 1], direction > 0);
      return TRUE;
    }
  return FALSE;
}

/* A width of 0 or less is the default again. Log Text has no width: it takes the rest. */
void
cot_log_columns_resize (CotLogColumns *self, CotRowColumn column, int width_px)
{
  Column *found = find_column (self, column);
  int width = width_px > 0 ? CLAMP ((int) (width_px / self->scale + .5), MIN_WIDTH, MAX_WIDTH) : 0;

  if (column == COT_ROW_COLUMN_MESSAGE || found->width == width)
    return;
  found->width = width;
  emit_changed (self);
}

void
cot_log_columns_reset (CotLogColumns *self)
{
  set_defaults (self);
  self->only_text = FALSE;
  emit_changed (self);
}

/**
 * cot_log_columns_dup_variant:
 * @self: the columns
 *
 * For the settings: the columns in view order with name, width at the usual text size (0: the
 * default), and whether they are shown.
 *
 * Returns: (transfer floating): a value of type a(sib)
 */
GVariant *
cot_log_columns_dup_variant (CotLogColumns *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sib)"));
  for (guint i = 0; i < COT_N_ROW_COLUMNS; i++)
    {
      const Column *column = &self->columns[i];

      g_variant_builder_add (&builder, "(sib)", defaults[column->column].name, column->width,
                             column->visible);
    }
  return g_variant_builder_end (&builder);
}

static gboolean
find_name (const char *name, CotRowColumn *column)
{
  for (guint i = 0; i < COT_N_ROW_COLUMNS; i++)
    {
      if (g_str_equal (defaults[i].name, name))
        {
          *column = (CotRowColumn) i;
          return TRUE;
        }
    }
  return FALSE;
}

/* Names that are not known are skipped, and columns that are not named come last: what an older or
 * a newer version wrote, or what a user broke, still gives a usable view. */
void
cot_log_columns_set_variant (CotLogColumns *self, GVariant *variant)
{
  Column columns[COT_N_ROW_COLUMNS] = { 0 };
  gboolean seen[COT_N_ROW_COLUMNS] = { FALSE };
  GVariantIter iter;
  const char *name;
  gint32 width;
  gboolean visible;
  guint n = 0;

  g_variant_iter_init (&iter, variant);
  while (g_variant_iter_next (&iter, "(&sib)", &name, &width, &visible))
    {
      Column *column = &columns[n];
      CotRowColumn which;

      if (!find_name (name, &which) || seen[which])
        continue;
      seen[which] = TRUE;
      column->column = which;
      column->width = width > 0 ? CLAMP (width, MIN_WIDTH, MAX_WIDTH) : 0;
      column->visible = visible || which == COT_ROW_COLUMN_MESSAGE;
      n++;
    }
  for (guint i = 0; i < COT_N_ROW_COLUMNS; i++)
    {
      if (!seen[i])
        columns[n++] = (Column){ (CotRowColumn) i, 0, defaults[i].visible };
    }
  if (memcmp (columns, self->columns, sizeof columns) == 0)
    return;
  memcpy (self->columns, columns, sizeof columns);
  emit_changed (self);
}

/* The columns that are seen, in view order. */
guint
cot_log_columns_get_shown (CotLogColumns *self, CotRowColumn columns[COT_N_ROW_COLUMNS])
{
  guint n = 0;

  for (guint i = 0; i < COT_N_ROW_COLUMNS; i++)
    {
      if (is_shown (self, &self->columns[i]))
        columns[n++] = self->columns[i].column;
    }
  return n;
}

static int
measure_text (PangoLayout *layout, const char *text, int *height_px)
{
  int width_px;

  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width_px, height_px);
  return width_px;
}

/* In the font that the style sheet gives to logtitle. */
static void
measure_titles (CotLogColumns *self, PangoLayout *layout)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_attr_list_insert (attributes, pango_attr_scale_new (TITLE_SCALE));
  pango_layout_set_attributes (layout, attributes);
  for (guint i = 0; i < COT_N_ROW_COLUMNS; i++)
    self->title_px[i]
        = measure_text (layout, cot_log_columns_get_title ((CotRowColumn) i), NULL) + 1;
}

/* Takes the sizes from the font of a row; to be called when the style changes. */
void
cot_log_columns_measure (CotLogColumns *self, PangoContext *context)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (context);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size_px = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size_px *= pango_cairo_context_get_resolution (context) / 72;
  self->scale = CLAMP (size_px / DESIGN_FONT_PX, .5, 6);

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  self->time_full_px = measure_text (layout, "0000-00-00 00:00:00.000", &self->line_height_px);
  self->time_short_px = measure_text (layout, "00-00 00:00:00.000", NULL);
  self->time_mark_px = measure_text (layout, "?", NULL);
  self->elapsed_px = measure_text (layout, "00:00:00.000", NULL);
  self->thread_px = measure_text (layout, "00000", NULL);
  measure_titles (self, layout);
}

/* What the cell of the time is to be wider, for the year to be seen as well. A width that the user
 * chose stays. */
static int
get_year_px (CotLogColumns *self, const CotLogLayout *layout, const CotLogCell *cell, int left_px)
{
  int year_px = layout->time_full_px + get_time_mark_px (self) + 2 * layout->padding_px
                - cell->width_px;

  if (cell->column != COT_ROW_COLUMN_TIME || find_column (self, cell->column)->width > 0)
    return 0;
  return year_px > 0 && left_px - year_px >= (int) (ROOMY_MESSAGE_WIDTH * self->scale) ? year_px
                                                                                       : 0;
}

/* What the cell of the time is to be narrower, without the date, where Log Text has its room only
 * so: else a part of the time would be out of sight. The strip above tells the day. */
static int
get_date_px (CotLogColumns *self, const CotLogCell *cell, int left_px)
{
  int min_px = (int) (MIN_MESSAGE_WIDTH * self->scale);
  int date_px = MAX (0, self->time_short_px - self->elapsed_px);

  if (cell->column != COT_ROW_COLUMN_TIME || find_column (self, cell->column)->width > 0)
    return 0;
  return left_px < min_px && left_px + date_px >= min_px ? date_px : 0;
}

static int
get_others_px (CotLogColumns *self)
{
  int others_px = 0;

  for (guint i = 0; i < COT_N_ROW_COLUMNS; i++)
    if (self->columns[i].column != COT_ROW_COLUMN_MESSAGE && is_shown (self, &self->columns[i]))
      others_px += get_width_px (self, &self->columns[i]);
  return others_px;
}

/* The name of the log takes room in a merge, and tells nearly what the component does. A column to
 * which the user gave a width stays. */
static void
leave_out (CotLogColumns *self, int width_px)
{
  static const CotRowColumn dispensable[] = { COT_ROW_COLUMN_COMPONENT, COT_ROW_COLUMN_THREAD };

  self->left_out = 0;
  for (guint i = 0; self->has_logs && i < G_N_ELEMENTS (dispensable); i++)
    {
      if (width_px - get_others_px (self) >= (int) (MERGED_MESSAGE_WIDTH * self->scale))
        return;
      if (find_column (self, dispensable[i])->width == 0)
        self->left_out |= 1u << dispensable[i];
    }
}

/* Log Text takes what the others leave, but never less than its minimum: then the content is
 * wider than the view and scrolls. */
void
cot_log_columns_allocate (CotLogColumns *self, int width_px, CotLogLayout *layout)
{
  int others_px = 0;
  int x_px;

  memset (layout, 0, sizeof *layout);
  layout->padding_px = (int) (6 * self->scale);
  layout->icon_px = (int) (16 * self->scale);
  layout->stripe_px = self->has_logs ? (int) (6 * self->scale) : 0;
  layout->gutter_px = layout->stripe_px + (int) (30 * self->scale);
  layout->row_height_px = MAX ((int) (24 * self->scale + .5), self->line_height_px + 2);
  layout->time_full_px = self->time_full_px;
  layout->time_short_px = self->time_short_px;
  layout->time_mark_px = self->time_mark_px;
  leave_out (self, width_px - layout->gutter_px);

  for (guint i = 0; i < COT_N_ROW_COLUMNS; i++)
    {
      const Column *column = &self->columns[i];
      CotLogCell *cell = &layout->cells[layout->n_cells];

      if (!is_shown (self, column))
        continue;
      cell->column = column->column;
      if (column->column != COT_ROW_COLUMN_MESSAGE)
        {
          cell->width_px = get_width_px (self, column);
          others_px += cell->width_px;
        }
      layout->n_cells++;
    }
  for (guint i = 0; i < layout->n_cells; i++)
    {
      int left_px = width_px - layout->gutter_px - others_px;
      int more_px = get_year_px (self, layout, &layout->cells[i], left_px)
                    - get_date_px (self, &layout->cells[i], left_px);

      layout->cells[i].width_px += more_px;
      others_px += more_px;
    }
  x_px = layout->gutter_px;
  for (guint i = 0; i < layout->n_cells; i++)
    {
      CotLogCell *cell = &layout->cells[i];

      if (cell->column == COT_ROW_COLUMN_MESSAGE)
        cell->width_px = MAX (width_px - layout->gutter_px - others_px,
                              (int) (MIN_MESSAGE_WIDTH * self->scale));
      cell->x_px = x_px;
      x_px += cell->width_px;
    }
  layout->content_width_px = x_px;
}

GActionGroup *
cot_log_columns_get_actions (CotLogColumns *self)
{
  return G_ACTION_GROUP (self->actions);
}

GMenuModel *
cot_log_columns_get_menu (CotLogColumns *self)
{
  return G_MENU_MODEL (self->menu);
}
