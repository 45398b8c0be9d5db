/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <gdk/x11/gdkx.h>

#include "cot-app-resources.h"
#include "cot-log-pane.h"
#include "cot-log-row.h"
#include "cot-log-selection.h"
#include "synthetic-model.h"

/* The log view in a real window, with keys and a pointer that come from the X server. */

#define MANY_ROWS G_GUINT64_CONSTANT (150000000)
#define MAX_WAIT_MSEC 10000
#define WIDTH 900
#define HEIGHT 600
#define ROW_WITH_CODE 8

typedef struct
{
  GtkWidget *window;
  GtkWidget *pane;
  CotLogView *view;
  SyntheticModel *model;
  guint n_badge_clicks;
  guint64 badge_position;
  guint n_copies;
} Fixture;

static gboolean
wake_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static guint
get_max_wait_msec (void)
{
  const char *factor = g_getenv ("COT_WAIT_FACTOR");

  return (guint) (MAX_WAIT_MSEC * (factor != NULL ? MAX (atoi (factor), 1) : 1));
}

/* No sleeps: the condition, or a failure after a bound. */
#define WAIT_UNTIL(condition)                                                                     \
  G_STMT_START                                                                                    \
    {                                                                                             \
      gboolean late = FALSE;                                                                      \
      guint timeout = g_timeout_add (get_max_wait_msec (), wake_cb, &late);                       \
                                                                                                  \
      while (!(condition) && !late)                                                               \
        g_main_context_iteration (NULL, TRUE);                                                    \
      if (late)                                                                                   \
        g_error ("%s:%d: never became true: %s", __FILE__, __LINE__, #condition);                 \
      g_source_remove (timeout);                                                                  \
    }                                                                                             \
  G_STMT_END

static void
after_paint_cb (GdkFrameClock *clock, gpointer user_data)
{
  (*(guint *) user_data)++;
}

/* Until all that was asked for has been laid out and painted. */
static void
settle (Fixture *fixture)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (fixture->window);
  guint n_frames = 0;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &n_frames);

  gtk_widget_queue_draw (fixture->window);
  WAIT_UNTIL (n_frames >= 1);
  g_signal_handler_disconnect (clock, handler);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
badge_clicked_cb (CotLogView *view, guint64 position, Fixture *fixture)
{
  fixture->n_badge_clicks++;
  fixture->badge_position = position;
}

static void
copied_cb (CotLogView *view, gboolean truncated, Fixture *fixture)
{
  fixture->n_copies++;
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  const guint64 *n_rows = user_data;

  fixture->window = adw_window_new ();
  fixture->pane = cot_log_pane_new ();
  fixture->view = cot_log_pane_get_view (COT_LOG_PANE (fixture->pane));
  fixture->model = synthetic_model_new (n_rows != NULL ? *n_rows : 1000);
  g_signal_connect (fixture->view, "badge-clicked", G_CALLBACK (badge_clicked_cb), fixture);
  g_signal_connect (fixture->view, "copied", G_CALLBACK (copied_cb), fixture);
  cot_log_view_set_model (fixture->view, COT_ROW_MODEL (fixture->model));
  /* What the test before left in the settings. */
  cot_log_columns_reset (cot_log_view_get_columns (fixture->view));
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->pane);
  gtk_window_set_title (GTK_WINDOW (fixture->window), "Log view test");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_widget_grab_focus (fixture->pane);
  WAIT_UNTIL (gtk_widget_get_height (GTK_WIDGET (fixture->view)) > 0 &&
              gtk_window_is_active (GTK_WINDOW (fixture->window)));
  settle (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->model);
}

static CotLogRow *
find_row (Fixture *fixture, guint64 position)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture->view));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      guint64 shown;

      if (COT_IS_LOG_ROW (child) && gtk_widget_get_child_visible (child) &&
          cot_log_row_get_position (COT_LOG_ROW (child), &shown) && shown == position)
        return COT_LOG_ROW (child);
    }
  return NULL;
}

static guint
count_row_widgets (Fixture *fixture)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture->view));
  guint n = 0;

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    n += COT_IS_LOG_ROW (child) ? 1 : 0;
  return n;
}

static graphene_rect_t
get_row_bounds (Fixture *fixture, guint64 position)
{
  CotLogRow *row = find_row (fixture, position);
  graphene_rect_t bounds;

  g_assert_nonnull (row);
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (fixture->view), &bounds));
  return bounds;
}

static void
run_xdotool (const char *const *args)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;

  process = g_subprocess_newv (args, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
}

static void
press_key (Fixture *fixture, const char *key)
{
  run_xdotool ((const char *const[]){ "xdotool", "key", "--clearmodifiers", key, NULL });
  settle (fixture);
}

/* @x and @y in coordinates of @widget. */
static void
move_pointer (Fixture *fixture, GtkWidget *widget, double x, double y)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (fixture->window));
  graphene_point_t point;
  double surface_x, surface_y;
  g_autofree char *x_text = NULL;
  g_autofree char *y_text = NULL;
  g_autofree char *id = NULL;

  g_assert_true (gtk_widget_compute_point (widget, fixture->window,
                                           &GRAPHENE_POINT_INIT ((float) x, (float) y), &point));
  gtk_native_get_surface_transform (GTK_NATIVE (fixture->window), &surface_x, &surface_y);
  x_text = g_strdup_printf ("%d", (int) (point.x + surface_x));
  y_text = g_strdup_printf ("%d", (int) (point.y + surface_y));
  id = g_strdup_printf ("%lu", (gulong) gdk_x11_surface_get_xid (surface));
  run_xdotool ((const char *const[]){ "xdotool", "mousemove", "--window", id, x_text, y_text,
                                      NULL });
  settle (fixture);
}

static void
press_button (Fixture *fixture, const char *what)
{
  run_xdotool ((const char *const[]){ "xdotool", what, "1", NULL });
  settle (fixture);
}

static void
drag (Fixture *fixture, GtkWidget *widget, double x, double y, double to_x, double to_y)
{
  move_pointer (fixture, widget, x, y);
  press_button (fixture, "mousedown");
  for (guint i = 1; i <= 4; i++)
    move_pointer (fixture, widget, x + (to_x - x) * i / 4, y + (to_y - y) * i / 4);
  press_button (fixture, "mouseup");
}

static void
test_last_of_many (Fixture *fixture, gconstpointer user_data)
{
  int height_px = gtk_widget_get_height (GTK_WIDGET (fixture->view));
  graphene_rect_t bounds;
  guint64 first, n;

  cot_log_view_scroll_to (fixture->view, G_MAXUINT64, COT_LOG_ALIGN_END);
  settle (fixture);
  cot_log_view_get_visible_range (fixture->view, &first, &n);
  g_assert_cmpuint (first + n, ==, MANY_ROWS);
  g_assert_true (cot_log_view_is_at_end (fixture->view));

  bounds = get_row_bounds (fixture, MANY_ROWS - 1);
  g_assert_cmpfloat_with_epsilon (bounds.origin.y + bounds.size.height, height_px, 1.01);
  g_assert_cmpuint (count_row_widgets (fixture), <, 60);
  g_assert_cmpuint (synthetic_model_get_n_asked (fixture->model), <, 300);
}

/* The way of a scrollbar: by pixels. */
static void
test_adjustment (Fixture *fixture, gconstpointer user_data)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture->view));
  double row_px = get_row_bounds (fixture, 0).size.height;

  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), ==, (double) MANY_ROWS * row_px);
  gtk_adjustment_set_value (adjustment, 100000000. * row_px + 5);
  settle (fixture);
  g_assert_cmpfloat (get_row_bounds (fixture, 100000000).origin.y, ==, -5);
  g_assert_cmpfloat (get_row_bounds (fixture, 100000001).origin.y, ==, row_px - 5);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  settle (fixture);
  g_assert_nonnull (find_row (fixture, MANY_ROWS - 1));
}

/* A row that stays in sight keeps its widget, and is not asked for again. */
static void
test_small_scroll_keeps_rows (Fixture *fixture, gconstpointer user_data)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture->view));
  CotLogRow *row = find_row (fixture, 5);
  guint64 n_asked = synthetic_model_get_n_asked (fixture->model);

  gtk_adjustment_set_value (adjustment, get_row_bounds (fixture, 0).size.height * 2);
  settle (fixture);
  g_assert_true (find_row (fixture, 5) == row);
  g_assert_cmpuint (synthetic_model_get_n_asked (fixture->model), ==, n_asked + 2);
}

static void
test_scroll_before_size (void)
{
  g_autoptr (SyntheticModel) model = synthetic_model_new (5000);
  Fixture fixture = { 0 };
  guint64 first, n;

  fixture.window = adw_window_new ();
  fixture.pane = cot_log_pane_new ();
  fixture.view = cot_log_pane_get_view (COT_LOG_PANE (fixture.pane));
  cot_log_view_set_model (fixture.view, COT_ROW_MODEL (model));
  cot_log_view_reveal (fixture.view, 3000);
  adw_window_set_content (ADW_WINDOW (fixture.window), fixture.pane);
  gtk_window_set_default_size (GTK_WINDOW (fixture.window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (fixture.window));
  WAIT_UNTIL (gtk_widget_get_height (GTK_WIDGET (fixture.view)) > 0);
  settle (&fixture);
  cot_log_view_get_visible_range (fixture.view, &first, &n);
  g_assert_cmpuint (first, >, 2900);
  g_assert_cmpuint (first, <, 3000);
  g_assert_cmpuint (cot_log_view_get_cursor (fixture.view), ==, 3000);
  gtk_window_destroy (GTK_WINDOW (fixture.window));
}

static void
test_keyboard (Fixture *fixture, gconstpointer user_data)
{
  CotLogView *view = fixture->view;
  guint64 first, last;

  press_key (fixture, "Down");
  g_assert_cmpuint (cot_log_view_get_cursor (view), ==, 0);
  press_key (fixture, "Down");
  press_key (fixture, "Down");
  g_assert_cmpuint (cot_log_view_get_cursor (view), ==, 2);
  g_assert_true (gtk_widget_is_focus (GTK_WIDGET (find_row (fixture, 2))));

  press_key (fixture, "shift+Down");
  press_key (fixture, "shift+Down");
  g_assert_cmpuint (cot_log_view_get_n_selected (view), ==, 3);
  press_key (fixture, "shift+Up");
  g_assert_true (cot_log_view_get_selection_bounds (view, &first, &last));
  g_assert_cmpuint (first, ==, 2);
  g_assert_cmpuint (last, ==, 3);

  press_key (fixture, "ctrl+Down");
  press_key (fixture, "ctrl+Down");
  g_assert_cmpuint (cot_log_view_get_cursor (view), ==, 5);
  g_assert_cmpuint (cot_log_view_get_n_selected (view), ==, 2);
  press_key (fixture, "ctrl+space");
  g_assert_cmpuint (cot_log_view_get_n_selected (view), ==, 3);

  press_key (fixture, "End");
  g_assert_cmpuint (cot_log_view_get_cursor (view), ==, 999);
  g_assert_nonnull (find_row (fixture, 999));
  press_key (fixture, "shift+Home");
  g_assert_cmpuint (cot_log_view_get_n_selected (view), ==, 1000);
  press_key (fixture, "Home");
  press_key (fixture, "Page_Down");
  g_assert_cmpuint (cot_log_view_get_cursor (view), >, 10);
  press_key (fixture, "Page_Up");
  g_assert_cmpuint (cot_log_view_get_cursor (view), ==, 0);
  press_key (fixture, "ctrl+a");
  g_assert_cmpuint (cot_log_view_get_n_selected (view), ==, 1000);
}

/* The focus must not wander to another entry on a widget that is used again. */
static void
test_focus_of_recycled_row (Fixture *fixture, gconstpointer user_data)
{
  press_key (fixture, "Down");
  g_assert_true (gtk_widget_is_focus (GTK_WIDGET (find_row (fixture, 0))));
  cot_log_view_scroll_to (fixture->view, 500, COT_LOG_ALIGN_START);
  settle (fixture);
  g_assert_true (gtk_widget_is_focus (GTK_WIDGET (fixture->view)));
  cot_log_view_scroll_to (fixture->view, 0, COT_LOG_ALIGN_START);
  settle (fixture);
  g_assert_true (gtk_widget_is_focus (GTK_WIDGET (find_row (fixture, 0))));
}

static void
test_pointer (Fixture *fixture, gconstpointer user_data)
{
  CotLogView *view = fixture->view;
  graphene_rect_t third = get_row_bounds (fixture, 3);
  graphene_rect_t lamp = get_row_bounds (fixture, 6);
  CotRowColumn shown[COT_N_ROW_COLUMNS];

  move_pointer (fixture, GTK_WIDGET (view), 200, third.origin.y + 5);
  press_button (fixture, "click");
  g_assert_cmpuint (cot_log_view_get_cursor (view), ==, 3);
  g_assert_cmpuint (cot_log_view_get_n_selected (view), ==, 1);

  drag (fixture, GTK_WIDGET (view), 200, third.origin.y + 5, 210,
        third.origin.y + 3 * third.size.height + 5);
  g_assert_cmpuint (cot_log_view_get_n_selected (view), ==, 4);
  g_assert_cmpuint (fixture->n_badge_clicks, ==, 0);

  /* With Log Text alone, the lamp stands at the right edge. */
  cot_log_columns_set_only_text (cot_log_view_get_columns (view), TRUE);
  g_assert_cmpuint (cot_log_columns_get_shown (cot_log_view_get_columns (view), shown), ==, 1);
  settle (fixture);
  /* What the lamp grows to under the pointer still is the row's. */
  cot_log_view_set_cursor (view, 0);
  move_pointer (fixture, GTK_WIDGET (view), lamp.size.width - 60, lamp.origin.y + 5);
  settle (fixture);
  press_button (fixture, "click");
  WAIT_UNTIL (cot_log_view_get_cursor (view) == 6);
  settle (fixture);
  g_assert_cmpuint (fixture->n_badge_clicks, ==, 0);

  move_pointer (fixture, GTK_WIDGET (view), lamp.size.width - 14, lamp.origin.y + 5);
  press_button (fixture, "click");
  WAIT_UNTIL (fixture->n_badge_clicks == 1);
  g_assert_cmpuint (fixture->badge_position, ==, 6);
}

/* The word of a badge must not take the room of the text. */
static void
test_narrow_badge (Fixture *fixture, gconstpointer user_data)
{
  CotLogColumns *columns = cot_log_view_get_columns (fixture->view);
  GdkRectangle area;
  CotLogRow *row;

  cot_log_view_set_cursor (fixture->view, 6);
  settle (fixture);
  row = find_row (fixture, 6);
  g_assert_cmpint (cot_log_row_pick_cell (row, 100, &area)->column, ==, COT_ROW_COLUMN_MESSAGE);
  g_assert_true (cot_log_row_is_on_badge (row, area.x + area.width - 14));
  g_assert_true (cot_log_row_is_on_badge (row, area.x + area.width - 60));
  cot_log_columns_resize (columns, COT_ROW_COLUMN_COMPONENT, 900);
  settle (fixture);
  row = find_row (fixture, 6);
  g_assert_cmpint (cot_log_row_pick_cell (row, 100, &area)->column, ==, COT_ROW_COLUMN_MESSAGE);
  g_assert_true (cot_log_row_is_on_badge (row, area.x + area.width - 14));
  g_assert_false (cot_log_row_is_on_badge (row, area.x + area.width - 60));
}

static void
set_up_rtl (Fixture *fixture, gconstpointer user_data)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  set_up (fixture, user_data);
}

static void
tear_down_rtl (Fixture *fixture, gconstpointer user_data)
{
  tear_down (fixture, user_data);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* From right to left: the lamp at the left end, the first column at the right one, and the place
 * 0 of the horizontal scrolling at the right. */
static void
test_right_to_left (Fixture *fixture, gconstpointer user_data)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (fixture->view));
  CotLogColumns *columns = cot_log_view_get_columns (fixture->view);
  int width_px = gtk_widget_get_width (GTK_WIDGET (fixture->view));
  graphene_rect_t lamp = get_row_bounds (fixture, 6);
  GdkRectangle area;

  g_assert_cmpint (cot_log_row_pick_cell (find_row (fixture, 6), 10, &area)->column, ==,
                   COT_ROW_COLUMN_THREAD);
  g_assert_cmpint (area.x, ==, 0);
  cot_log_columns_set_only_text (columns, TRUE);
  settle (fixture);
  move_pointer (fixture, GTK_WIDGET (fixture->view), 14, lamp.origin.y + 5);
  press_button (fixture, "click");
  WAIT_UNTIL (fixture->n_badge_clicks == 1);

  cot_log_columns_set_only_text (columns, FALSE);
  cot_log_columns_resize (columns, COT_ROW_COLUMN_COMPONENT, 900);
  settle (fixture);
  lamp = get_row_bounds (fixture, 6);
  g_assert_cmpfloat (lamp.size.width, >, width_px);
  g_assert_cmpfloat (lamp.origin.x + lamp.size.width, ==, width_px);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  settle (fixture);
  g_assert_cmpfloat (get_row_bounds (fixture, 6).origin.x, ==, 0);
}

static GtkWidget *
find_open_menu (GtkWidget *parent)
{
  GtkWidget *child = gtk_widget_get_first_child (parent);

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_POPOVER_MENU (child) && gtk_widget_get_mapped (child))
        return child;
    }
  return NULL;
}

/* By key, and back to the row where it was asked for. */
static void
test_menu (Fixture *fixture, gconstpointer user_data)
{
  press_key (fixture, "Down");
  press_key (fixture, "Down");
  press_key (fixture, "shift+F10");
  WAIT_UNTIL (find_open_menu (GTK_WIDGET (fixture->view)) != NULL);
  press_key (fixture, "Escape");
  WAIT_UNTIL (find_open_menu (GTK_WIDGET (fixture->view)) == NULL);
  WAIT_UNTIL (gtk_widget_is_focus (GTK_WIDGET (find_row (fixture, 1))));

  /* The first item copies. */
  press_key (fixture, "Menu");
  WAIT_UNTIL (find_open_menu (GTK_WIDGET (fixture->view)) != NULL);
  press_key (fixture, "Down");
  press_key (fixture, "Return");
  WAIT_UNTIL (fixture->n_copies == 1);
}

static gboolean
has_tooltip (Fixture *fixture, double y, gboolean by_keyboard)
{
  g_autoptr (GtkTooltip) tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  gboolean has_it = FALSE;

  g_signal_emit_by_name (fixture->view, "query-tooltip", 200, (int) y, by_keyboard, tooltip,
                         &has_it);
  return has_it;
}

/* One that says what a code means would lie above the rows that the user goes through by keys. */
static void
test_tooltip (Fixture *fixture, gconstpointer user_data)
{
  graphene_rect_t bounds = get_row_bounds (fixture, ROW_WITH_CODE);
  double y = bounds.origin.y + bounds.size.height / 2;

  move_pointer (fixture, GTK_WIDGET (fixture->view), 200, y);
  g_assert_true (has_tooltip (fixture, y, FALSE));
  press_key (fixture, "Down");
  g_assert_false (has_tooltip (fixture, y, FALSE));
  g_assert_false (has_tooltip (fixture, y, TRUE));
  cot_log_view_set_cursor (fixture->view, ROW_WITH_CODE);
  g_assert_true (has_tooltip (fixture, y, TRUE));
  move_pointer (fixture, GTK_WIDGET (fixture->view), 202, y);
  g_assert_true (has_tooltip (fixture, y, FALSE));
}

/* Below the lower edge, a drag goes on by itself. */
static void
test_drag_scrolls (Fixture *fixture, gconstpointer user_data)
{
  int height_px = gtk_widget_get_height (GTK_WIDGET (fixture->view));

  move_pointer (fixture, GTK_WIDGET (fixture->view), 200, height_px - 60);
  press_button (fixture, "mousedown");
  move_pointer (fixture, GTK_WIDGET (fixture->view), 200, height_px - 20);
  move_pointer (fixture, GTK_WIDGET (fixture->view), 200, height_px + 30);
  WAIT_UNTIL (cot_log_view_get_cursor (fixture->view) > 60);
  press_button (fixture, "mouseup");
  g_assert_cmpuint (cot_log_view_get_n_selected (fixture->view), >, 30);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  char **text = user_data;
  g_autoptr (GError) error = NULL;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);
  g_assert_no_error (error);
}

static char *
read_clipboard (Fixture *fixture)
{
  char *text = NULL;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (fixture->window), NULL, read_cb, &text);
  WAIT_UNTIL (text != NULL);
  return text;
}

static void
test_copy (Fixture *fixture, gconstpointer user_data)
{
  CotLogColumns *columns = cot_log_view_get_columns (fixture->view);
  g_autofree char *text = NULL;
  g_autofree char *reordered = NULL;

  cot_log_view_select_range (fixture->view, 3, 2);
  press_key (fixture, "ctrl+c");
  WAIT_UNTIL (fixture->n_copies == 1);
  text = read_clipboard (fixture);
  g_assert_cmpstr (text, ==,
                   "Nothing fitting was found in the directory\tLocationServices\t"
                   "2026-11-18 00:00:00.411\t5889\n"
                   "Requests for lists are held back for 00:03:20\tLocationServices\t"
                   "2026-11-18 00:00:00.548\t5889\n");

  cot_log_columns_set_visible (columns, COT_ROW_COLUMN_THREAD, FALSE);
  cot_log_columns_move (columns, COT_ROW_COLUMN_TIME, COT_ROW_COLUMN_MESSAGE, FALSE);
  cot_log_view_set_cursor (fixture->view, 2);
  press_key (fixture, "ctrl+c");
  WAIT_UNTIL (fixture->n_copies == 2);
  reordered = read_clipboard (fixture);
  g_assert_cmpstr (reordered, ==,
                   "2026-11-18 00:00:00.274\tAsking the directory for gateways\t"
                   "LocationServices\n");
}

static void
test_stick_to_end (Fixture *fixture, gconstpointer user_data)
{
  guint64 n_rows = 1000;
  guint64 first, n;

  cot_log_view_set_stick_to_end (fixture->view, TRUE);
  synthetic_model_append (fixture->model, 10);
  settle (fixture);
  cot_log_view_get_visible_range (fixture->view, &first, &n);
  g_assert_cmpuint (first, ==, 0);

  cot_log_view_scroll_to (fixture->view, G_MAXUINT64, COT_LOG_ALIGN_END);
  for (guint i = 0; i < 20; i++)
    {
      synthetic_model_append (fixture->model, 7);
      settle (fixture);
    }
  n_rows += 10 + 20 * 7;
  cot_log_view_get_visible_range (fixture->view, &first, &n);
  g_assert_cmpuint (first + n, ==, n_rows);

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), WIDTH, HEIGHT - 100);
  WAIT_UNTIL (gtk_widget_get_height (fixture->pane) < HEIGHT - 50);
  settle (fixture);
  cot_log_view_get_visible_range (fixture->view, &first, &n);
  g_assert_cmpuint (first + n, ==, n_rows);

  cot_log_view_set_stick_to_end (fixture->view, FALSE);
  synthetic_model_append (fixture->model, 100);
  settle (fixture);
  cot_log_view_get_visible_range (fixture->view, &first, &n);
  g_assert_cmpuint (first + n, ==, n_rows);
}

/* A pane that opens below must not hide the row that it is about. */
static void
test_smaller_keeps_cursor (Fixture *fixture, gconstpointer user_data)
{
  guint64 first, n;

  cot_log_view_get_visible_range (fixture->view, &first, &n);
  cot_log_view_set_cursor (fixture->view, n - 3);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), WIDTH, HEIGHT - 250);
  WAIT_UNTIL (gtk_widget_get_height (fixture->pane) < HEIGHT - 200);
  settle (fixture);
  g_assert_cmpfloat (get_row_bounds (fixture, n - 3).origin.y, >=, 0);
  g_assert_cmpfloat (get_row_bounds (fixture, n - 3).origin.y, <=,
                     gtk_widget_get_height (GTK_WIDGET (fixture->view)) - 20);
}

static void
test_filter (Fixture *fixture, gconstpointer user_data)
{
  guint64 first, n;

  cot_log_view_scroll_to (fixture->view, 100000, COT_LOG_ALIGN_START);
  cot_log_view_set_cursor (fixture->view, 100000);
  synthetic_model_set_n_rows (fixture->model, 5);
  settle (fixture);
  g_assert_true (cot_log_view_get_cursor (fixture->view) == COT_LOG_VIEW_NO_ROW);
  g_assert_cmpuint (cot_log_view_get_n_selected (fixture->view), ==, 0);
  cot_log_view_get_visible_range (fixture->view, &first, &n);
  g_assert_cmpuint (first, ==, 0);
  g_assert_cmpuint (n, ==, 5);
  g_assert_null (find_row (fixture, 5));
  g_assert_nonnull (find_row (fixture, 4));

  synthetic_model_set_n_rows (fixture->model, 0);
  settle (fixture);
  g_assert_null (find_row (fixture, 0));
  press_key (fixture, "Down");
  press_key (fixture, "ctrl+a");
  press_key (fixture, "ctrl+c");
  synthetic_model_set_n_rows (fixture->model, MANY_ROWS);
  settle (fixture);
  g_assert_nonnull (find_row (fixture, 0));
}

/* A row whose text is still being read is empty, and fills when it is there. */
static void
test_late_text (Fixture *fixture, gconstpointer user_data)
{
  synthetic_model_set_loaded (fixture->model, FALSE);
  cot_log_view_scroll_to (fixture->view, 500, COT_LOG_ALIGN_START);
  settle (fixture);
  g_assert_null (cot_log_row_get_text (find_row (fixture, 505)));
  synthetic_model_set_loaded (fixture->model, TRUE);
  settle (fixture);
  g_assert_nonnull (cot_log_row_get_text (find_row (fixture, 505)));
  g_assert_cmpstr (cot_log_row_get_text (find_row (fixture, 505))->component, !=, NULL);
}

static void
test_columns (Fixture *fixture, gconstpointer user_data)
{
  CotLogColumns *columns = cot_log_view_get_columns (fixture->view);
  CotRowColumn shown[COT_N_ROW_COLUMNS];
  g_autoptr (GVariant) saved = NULL;
  g_autoptr (GVariant) repaired = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpuint (cot_log_columns_get_shown (columns, shown), ==, 4);
  g_assert_cmpint (shown[1], ==, COT_ROW_COLUMN_COMPONENT);
  cot_log_columns_set_visible (columns, COT_ROW_COLUMN_MESSAGE, FALSE);
  cot_log_columns_set_visible (columns, COT_ROW_COLUMN_ORIGIN, TRUE);
  synthetic_model_set_has_logs (fixture->model, TRUE);
  g_assert_cmpuint (cot_log_columns_get_shown (columns, shown), ==, 6);
  cot_log_columns_set_suppressed (columns, COT_ROW_COLUMN_THREAD, TRUE);
  g_assert_cmpuint (cot_log_columns_get_shown (columns, shown), ==, 5);
  g_assert_true (cot_log_columns_get_visible (columns, COT_ROW_COLUMN_THREAD));
  settle (fixture);

  saved = g_variant_ref_sink (g_variant_new_parsed ("[('thread', 80, true), ('nonsense', 1, true), "
                                                    "('time', 999999, false), ('text', -5, false), "
                                                    "('thread', 90, false)]"));
  cot_log_columns_set_variant (columns, saved);
  repaired = g_variant_ref_sink (cot_log_columns_dup_variant (columns));
  text = g_variant_print (repaired, FALSE);
  g_assert_cmpstr (text, ==,
                   "[('thread', 80, true), ('time', 2000, false), ('text', 0, true), "
                   "('log', 0, true), ('component', 0, true), ('elapsed', 0, false), "
                   "('origin', 0, false)]");
  settle (fixture);
}

static GtkWidget *
find_header (GtkWidget *widget)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = NULL;

      if (g_str_equal (gtk_widget_get_css_name (child), "logheader"))
        return child;
      found = find_header (child);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_header (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *header = find_header (fixture->pane);
  CotLogColumns *columns = cot_log_view_get_columns (fixture->view);
  CotRowColumn shown[COT_N_ROW_COLUMNS];
  CotLogLayout before, after;
  const int width_px = gtk_widget_get_width (header);

  /* The line before Component, to the left: Component grows by as much. */
  cot_log_columns_allocate (columns, width_px, &before);
  drag (fixture, header, before.cells[1].x_px, 10, before.cells[1].x_px - 40, 10);
  cot_log_columns_allocate (columns, width_px, &after);
  g_assert_cmpint (after.cells[1].width_px, >=, before.cells[1].width_px + 35);
  g_assert_cmpint (after.cells[1].width_px, <=, before.cells[1].width_px + 41);
  g_assert_cmpint (after.cells[2].x_px, ==, before.cells[2].x_px);

  /* Date/Time before Component. */
  drag (fixture, header, after.cells[2].x_px + 30, 10, after.cells[1].x_px + 20, 10);
  cot_log_columns_get_shown (columns, shown);
  g_assert_cmpint (shown[1], ==, COT_ROW_COLUMN_TIME);
  g_assert_cmpint (shown[2], ==, COT_ROW_COLUMN_COMPONENT);

  /* By key: the drag left the focus on Date/Time. */
  press_key (fixture, "ctrl+Right");
  cot_log_columns_get_shown (columns, shown);
  g_assert_cmpint (shown[2], ==, COT_ROW_COLUMN_TIME);
  cot_log_columns_allocate (columns, width_px, &before);
  press_key (fixture, "shift+Right");
  cot_log_columns_allocate (columns, width_px, &after);
  g_assert_cmpint (after.cells[2].width_px, >, before.cells[2].width_px);

  /* The menu of the titles hides one. */
  press_key (fixture, "Menu");
  WAIT_UNTIL (find_open_menu (header) != NULL);
  press_key (fixture, "Down");
  press_key (fixture, "Return");
  WAIT_UNTIL (cot_log_columns_get_shown (columns, shown) == 3);
}

static void
test_ruler (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *ruler = gtk_widget_get_last_child (fixture->pane);
  double height_px = gtk_widget_get_height (ruler);
  guint64 first, n;

  g_assert_cmpstr (gtk_widget_get_css_name (ruler), ==, "logruler");
  drag (fixture, ruler, 9, 3, 9, height_px / 2);
  cot_log_view_get_visible_range (fixture->view, &first, &n);
  g_assert_cmpuint (first, >, MANY_ROWS / 10 * 4);
  g_assert_cmpuint (first, <, MANY_ROWS / 10 * 6);
  drag (fixture, ruler, 9, height_px / 2, 9, height_px + 20);
  g_assert_true (cot_log_view_is_at_end (fixture->view));
  press_key (fixture, "Tab");
  gtk_widget_grab_focus (ruler);
  press_key (fixture, "Home");
  cot_log_view_get_visible_range (fixture->view, &first, &n);
  g_assert_cmpuint (first, ==, 0);
}

/* A click on a tick goes to its row, though a tick stands for many. */
static void
test_ruler_tick (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *ruler = gtk_widget_get_last_child (fixture->pane);
  guint n_slots = (guint) gtk_widget_get_height (ruler) / 3;
  g_autofree guint8 *slots = g_new0 (guint8, n_slots);
  guint slot = n_slots / 2;
  guint64 cursor, first;

  cot_row_model_get_ruler (COT_ROW_MODEL (fixture->model), n_slots, slots);
  while (slot < n_slots && slots[slot] == 0)
    slot++;
  g_assert_cmpuint (slot, <, n_slots);
  move_pointer (fixture, ruler, 9, slot * 3 + 1);
  press_button (fixture, "click");
  cursor = cot_log_view_get_cursor (fixture->view);
  first = (guint64) ((double) slot / n_slots * MANY_ROWS);
  g_assert_cmpuint (cursor, >=, first);
  g_assert_cmpuint (cursor, <=, first + MANY_ROWS / n_slots);
  g_assert_nonnull (find_row (fixture, cursor));
}

static void
test_reveal (Fixture *fixture, gconstpointer user_data)
{
  cot_log_view_reveal (fixture->view, 700);
  settle (fixture);
  g_assert_cmpuint (cot_log_view_get_cursor (fixture->view), ==, 700);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (find_row (fixture, 700)), "flash"));
  cot_log_view_reveal (fixture->view, 702);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (find_row (fixture, 700)), "flash"));
  WAIT_UNTIL (!gtk_widget_has_css_class (GTK_WIDGET (find_row (fixture, 702)), "flash"));
}

/* Against one flag per row. */
static void
test_selection (void)
{
  gboolean expected[200] = { FALSE };
  g_autoptr (CotLogSelection) selection = cot_log_selection_new ();

  for (guint round = 0; round < 3000; round++)
    {
      guint first = (guint) g_test_rand_int_range (0, 200);
      guint n = (guint) g_test_rand_int_range (0, MIN (12, 201 - (int) first));
      gboolean add = g_test_rand_int_range (0, 2) == 0;
      guint64 size = 0;

      if (add)
        cot_log_selection_add (selection, first, n);
      else
        cot_log_selection_remove (selection, first, n);
      for (guint i = first; i < first + n; i++)
        expected[i] = add;
      for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
        {
          g_assert_cmpint (cot_log_selection_contains (selection, i), ==, expected[i]);
          size += expected[i] ? 1 : 0;
        }
      g_assert_cmpuint (cot_log_selection_get_size (selection), ==, size);
    }
}

static void
load_style (void)
{
  GdkDisplay *display = gdk_display_get_default ();
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  g_resources_register (cot_app_get_resource ());
  gtk_css_provider_load_from_resource (provider, "/io/github/cotrace/Cotrace/style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display),
                                    "/io/github/cotrace/Cotrace/icons");
}

#define ADD_TEST(path, n_rows, function)                                                           \
  g_test_add ("/log-view/" path, Fixture, n_rows, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  static const guint64 many = MANY_ROWS;

  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  adw_init ();
  load_style ();
  g_test_add_func ("/log-view/selection", test_selection);
  g_test_add_func ("/log-view/scroll-before-size", test_scroll_before_size);
  ADD_TEST ("last-of-many", &many, test_last_of_many);
  ADD_TEST ("adjustment", &many, test_adjustment);
  ADD_TEST ("small-scroll", NULL, test_small_scroll_keeps_rows);
  ADD_TEST ("keyboard", NULL, test_keyboard);
  ADD_TEST ("focus", NULL, test_focus_of_recycled_row);
  ADD_TEST ("pointer", NULL, test_pointer);
  ADD_TEST ("narrow-badge", NULL, test_narrow_badge);
  g_test_add ("/log-view/right-to-left", Fixture, NULL, set_up_rtl, test_right_to_left,
              tear_down_rtl);
  ADD_TEST ("menu", NULL, test_menu);
  ADD_TEST ("tooltip", NULL, test_tooltip);
  ADD_TEST ("drag-scrolls", NULL, test_drag_scrolls);
  ADD_TEST ("copy", NULL, test_copy);
  ADD_TEST ("stick-to-end", NULL, test_stick_to_end);
  ADD_TEST ("smaller", NULL, test_smaller_keeps_cursor);
  ADD_TEST ("filter", &many, test_filter);
  ADD_TEST ("late-text", NULL, test_late_text);
  ADD_TEST ("columns", NULL, test_columns);
  ADD_TEST ("header", NULL, test_header);
  ADD_TEST ("ruler", &many, test_ruler);
  ADD_TEST ("ruler-tick", &many, test_ruler_tick);
  ADD_TEST ("reveal", NULL, test_reveal);
  return g_test_run ();
}
