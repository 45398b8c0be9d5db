/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-columns.h"

#include <pango/pangocairo.h>

#define WIDTH_PX 900

static CotLogColumns *
create_columns (void)
{
  CotLogColumns *columns = cot_log_columns_new ();
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoFontDescription *font = pango_font_description_from_string ("Sans 10");

  pango_cairo_context_set_resolution (context, 96);
  pango_context_set_font_description (context, font);
  cot_log_columns_measure (columns, context);
  pango_font_description_free (font);
  g_object_unref (context);
  return columns;
}

/* The room for the text of a time; the sizes of both forms of it stand in @layout. */
static int
get_time_px (CotLogColumns *columns, int width_px, CotLogLayout *layout)
{
  cot_log_columns_allocate (columns, width_px, layout);
  for (guint i = 0; i < layout->n_cells; i++)
    if (layout->cells[i].column == COT_ROW_COLUMN_TIME)
      return layout->cells[i].width_px - 2 * layout->padding_px;
  g_assert_not_reached ();
}

static void
test_year_with_room (void)
{
  g_autoptr (GObject) columns = G_OBJECT (create_columns ());
  CotLogLayout layout;
  int time_px = get_time_px (COT_LOG_COLUMNS (columns), WIDTH_PX, &layout);

  g_assert_cmpint (layout.time_full_px, >, layout.time_short_px);
  g_assert_cmpint (time_px, >=, layout.time_full_px);
  g_assert_cmpint (layout.content_width_px, ==, WIDTH_PX);
}

static void
test_no_year_without_room (void)
{
  g_autoptr (GObject) columns = G_OBJECT (create_columns ());
  CotLogLayout layout;
  int time_px = get_time_px (COT_LOG_COLUMNS (columns), WIDTH_PX / 2, &layout);

  g_assert_cmpint (time_px, <, layout.time_full_px);
  g_assert_cmpint (time_px, >=, layout.time_short_px);
}

/* In half of a small window the text has its least room, and what is left of the time is whole. */
static void
test_no_date_without_room (void)
{
  g_autoptr (GObject) columns = G_OBJECT (create_columns ());
  CotLogLayout layout;
  int time_px;

  cot_log_columns_set_suppressed (COT_LOG_COLUMNS (columns), COT_ROW_COLUMN_COMPONENT, TRUE);
  cot_log_columns_set_suppressed (COT_LOG_COLUMNS (columns), COT_ROW_COLUMN_THREAD, TRUE);
  time_px = get_time_px (COT_LOG_COLUMNS (columns), 310, &layout);
  g_assert_cmpint (time_px, <, layout.time_short_px);
  g_assert_cmpint (time_px, >, layout.time_short_px / 2);
  g_assert_cmpint (layout.content_width_px, <=, 310);
  cot_log_columns_resize (COT_LOG_COLUMNS (columns), COT_ROW_COLUMN_TIME, 200);
  g_assert_cmpint (get_time_px (COT_LOG_COLUMNS (columns), 310, &layout), >, layout.time_short_px);
}

/* With room or without. */
static void
test_chosen_width (void)
{
  g_autoptr (GObject) columns = G_OBJECT (create_columns ());
  CotLogLayout layout;

  cot_log_columns_resize (COT_LOG_COLUMNS (columns), COT_ROW_COLUMN_TIME, 60);
  g_assert_cmpint (get_time_px (COT_LOG_COLUMNS (columns), WIDTH_PX, &layout), <,
                   layout.time_short_px);
  cot_log_columns_resize (COT_LOG_COLUMNS (columns), COT_ROW_COLUMN_TIME, 400);
  g_assert_cmpint (get_time_px (COT_LOG_COLUMNS (columns), WIDTH_PX / 2, &layout), >=,
                   layout.time_full_px);
}

/* Each title is read whole until the user makes its column narrower. */
static void
test_titles_fit (void)
{
  static const char *const fonts[] = { "Sans 5", "Sans 10", "Sans 20" };

  for (guint i = 0; i < G_N_ELEMENTS (fonts); i++)
    {
      g_autoptr (GObject) columns = G_OBJECT (create_columns ());
      PangoContext *context
          = pango_font_map_create_context (pango_cairo_font_map_get_default ());
      g_autoptr (PangoLayout) title = pango_layout_new (context);
      PangoFontDescription *font = pango_font_description_from_string (fonts[i]);
      CotLogLayout layout;

      pango_cairo_context_set_resolution (context, 96);
      pango_context_set_font_description (context, font);
      cot_log_columns_measure (COT_LOG_COLUMNS (columns), context);
      cot_log_columns_set_visible (COT_LOG_COLUMNS (columns), COT_ROW_COLUMN_ELAPSED, TRUE);
      cot_log_columns_set_visible (COT_LOG_COLUMNS (columns), COT_ROW_COLUMN_ORIGIN, TRUE);
      cot_log_columns_allocate (COT_LOG_COLUMNS (columns), 4 * WIDTH_PX, &layout);
      /* As "logtitle" in the style sheet, by "logview". */
      pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
      pango_font_description_set_size (font, (int) (.901 * pango_font_description_get_size (font)));
      pango_layout_set_font_description (title, font);
      for (guint j = 0; j < layout.n_cells; j++)
        {
          int width_px;

          pango_layout_set_text (title, cot_log_columns_get_title (layout.cells[j].column), -1);
          pango_layout_get_pixel_size (title, &width_px, NULL);
          g_test_message ("%s: %d of %d", pango_layout_get_text (title), width_px,
                          layout.cells[j].width_px - 12);
          g_assert_cmpint (layout.cells[j].width_px - 12, >=, width_px);
        }
      pango_font_description_free (font);
      g_object_unref (context);
    }
}

static gboolean
has_cell (const CotLogLayout *layout, CotRowColumn column)
{
  for (guint i = 0; i < layout->n_cells; i++)
    if (layout->cells[i].column == column)
      return TRUE;
  return FALSE;
}

/* In a merge the text has the room that the component and then the thread would take. */
static void
test_merged (void)
{
  g_autoptr (GObject) object = G_OBJECT (create_columns ());
  CotLogColumns *columns = COT_LOG_COLUMNS (object);
  CotRowColumn shown[COT_N_ROW_COLUMNS];
  CotLogLayout layout;

  cot_log_columns_allocate (columns, 640, &layout);
  g_assert_true (has_cell (&layout, COT_ROW_COLUMN_COMPONENT));
  cot_log_columns_set_has_logs (columns, TRUE);
  cot_log_columns_allocate (columns, 1200, &layout);
  g_assert_cmpuint (cot_log_columns_get_shown (columns, shown), ==, 5);
  cot_log_columns_allocate (columns, 780, &layout);
  g_assert_false (has_cell (&layout, COT_ROW_COLUMN_COMPONENT));
  g_assert_true (has_cell (&layout, COT_ROW_COLUMN_THREAD));
  g_assert_cmpuint (cot_log_columns_get_shown (columns, shown), ==, 4);
  g_assert_true (cot_log_columns_get_visible (columns, COT_ROW_COLUMN_COMPONENT));
  cot_log_columns_allocate (columns, 640, &layout);
  g_assert_false (has_cell (&layout, COT_ROW_COLUMN_THREAD));
  g_assert_true (has_cell (&layout, COT_ROW_COLUMN_LOG));
  g_assert_true (has_cell (&layout, COT_ROW_COLUMN_TIME));
  cot_log_columns_resize (columns, COT_ROW_COLUMN_COMPONENT, 90);
  cot_log_columns_allocate (columns, 640, &layout);
  g_assert_true (has_cell (&layout, COT_ROW_COLUMN_COMPONENT));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log-columns/year-with-room", test_year_with_room);
  g_test_add_func ("/log-columns/no-year-without-room", test_no_year_without_room);
  g_test_add_func ("/log-columns/no-date-without-room", test_no_date_without_room);
  g_test_add_func ("/log-columns/chosen-width", test_chosen_width);
  g_test_add_func ("/log-columns/titles-fit", test_titles_fit);
  g_test_add_func ("/log-columns/merged", test_merged);
  return g_test_run ();
}
