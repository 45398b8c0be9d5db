/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/resource.h>

#include <adwaita.h>

#include "cot-app-resources.h"
#include "cot-log-pane.h"
#include "synthetic-model.h"

/* A window with a log view and as many rows as wanted: to look at, and to measure. */

#define N_REPEATS 41

static gint64 option_n_rows = 10000000;
static int option_width = 1280;
static int option_height = 800;
static gboolean option_dark;
static gboolean option_merged;
static gboolean option_rtl;
static gboolean option_measure;
static gboolean option_events;
static gboolean option_classic;
static char *option_font;
static gint64 option_cursor = -1;

static const GOptionEntry options[] = {
  { "rows", 0, 0, G_OPTION_ARG_INT64, &option_n_rows, "Number of rows", "N" },
  { "width", 0, 0, G_OPTION_ARG_INT, &option_width, "Width of the window", "PIXELS" },
  { "height", 0, 0, G_OPTION_ARG_INT, &option_height, "Height of the window", "PIXELS" },
  { "dark", 0, 0, G_OPTION_ARG_NONE, &option_dark, "Dark colours", NULL },
  { "merged", 0, 0, G_OPTION_ARG_NONE, &option_merged, "Rows of several logs", NULL },
  { "rtl", 0, 0, G_OPTION_ARG_NONE, &option_rtl, "From right to left", NULL },
  { "classic", 0, 0, G_OPTION_ARG_NONE, &option_classic, "Row colours of old", NULL },
  { "font", 0, 0, G_OPTION_ARG_STRING, &option_font, "Font of the interface", "FONT" },
  { "cursor", 0, 0, G_OPTION_ARG_INT64, &option_cursor, "Row to jump to", "N" },
  { "measure", 0, 0, G_OPTION_ARG_NONE, &option_measure, "Measure and quit", NULL },
  { "events", 0, 0, G_OPTION_ARG_NONE, &option_events, "Print the view's signals", NULL },
  { NULL }
};

typedef struct
{
  const char *name;
  void (*run) (CotLogView *view, SyntheticModel *model, guint i);
} Operation;

static double
get_cpu_msec (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer user_data)
{
  guint *n_frames = user_data;

  (*n_frames)++;
}

/* Until the change has been painted. */
static void
wait_for_frame (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  guint n_frames = 0;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &n_frames);

  gtk_widget_queue_draw (widget);
  while (n_frames < 1)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);
}

static void
run_page (CotLogView *view, SyntheticModel *model, guint i)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) +
                                          gtk_adjustment_get_page_increment (adjustment));
}

static void
run_line (CotLogView *view, SyntheticModel *model, guint i)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + 30);
}

static void
run_jump (CotLogView *view, SyntheticModel *model, guint i)
{
  guint64 n_rows = cot_row_model_get_n_rows (COT_ROW_MODEL (model));

  cot_log_view_scroll_to (view, (i * G_GUINT64_CONSTANT (7919) * 104729) % n_rows,
                          COT_LOG_ALIGN_CENTER);
}

static void
run_filter (CotLogView *view, SyntheticModel *model, guint i)
{
  synthetic_model_set_n_rows (model, i % 2 == 0 ? 5000 : (guint64) option_n_rows);
}

static void
run_append (CotLogView *view, SyntheticModel *model, guint i)
{
  synthetic_model_append (model, 100);
}

static const Operation operations[] = {
  { "page scroll", run_page }, { "small scroll", run_line }, { "far jump", run_jump },
  { "filter on", run_filter }, { "filter off", run_filter }, { "append at the end", run_append },
};

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

static void
measure (CotLogView *view, SyntheticModel *model)
{
  for (guint n = 0; n < G_N_ELEMENTS (operations); n++)
    {
      double msec[N_REPEATS];
      gboolean filter = operations[n].run == run_filter;
      guint parity = g_str_equal (operations[n].name, "filter off") ? 1 : 0;

      if (operations[n].run == run_append)
        cot_log_view_scroll_to (view, G_MAXUINT64, COT_LOG_ALIGN_END);
      wait_for_frame (GTK_WIDGET (view));
      for (guint i = 0; i < N_REPEATS; i++)
        {
          double start_msec;

          if (filter)
            {
              run_filter (view, model, 1 - parity);
              wait_for_frame (GTK_WIDGET (view));
            }
          start_msec = get_cpu_msec ();
          operations[n].run (view, model, filter ? parity : i + 1);
          wait_for_frame (GTK_WIDGET (view));
          msec[i] = get_cpu_msec () - start_msec;
        }
      qsort (msec, N_REPEATS, sizeof msec[0], compare_doubles);
      g_print ("%-20s %6.2f ms\n", operations[n].name, msec[N_REPEATS / 2]);
    }
}

static void
print_cb (CotLogView *view, guint64 position, const char *name)
{
  g_print ("%s %" G_GUINT64_FORMAT "\n", name, position);
}

static void
print_cursor_cb (CotLogView *view, const char *name)
{
  g_print ("%s %" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT " selected\n", name,
           cot_log_view_get_cursor (view), cot_log_view_get_n_selected (view));
}

static void
activate_cb (GtkApplication *application, gpointer user_data)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *pane = cot_log_pane_new ();
  CotLogView *view = cot_log_pane_get_view (COT_LOG_PANE (pane));
  g_autoptr (SyntheticModel) model = synthetic_model_new ((guint64) option_n_rows);

  if (option_rtl)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  if (option_font != NULL)
    g_object_set (gtk_settings_get_default (), "gtk-font-name", option_font, NULL);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      option_dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                  : ADW_COLOR_SCHEME_FORCE_LIGHT);
  synthetic_model_set_has_logs (model, option_merged);
  cot_log_view_set_model (view, COT_ROW_MODEL (model));
  cot_log_view_set_stick_to_end (view, TRUE);
  if (option_classic)
    gtk_widget_add_css_class (GTK_WIDGET (view), "classic");
  if (option_events)
    {
      g_signal_connect (view, "row-activated", G_CALLBACK (print_cb), (gpointer) "activated");
      g_signal_connect (view, "badge-clicked", G_CALLBACK (print_cb), (gpointer) "badge");
      g_signal_connect (view, "selection-changed", G_CALLBACK (print_cursor_cb),
                        (gpointer) "selection");
    }
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), pane);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), option_width, option_height);
  gtk_window_set_title (GTK_WINDOW (window), "Log view");
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (pane);
  if (option_cursor >= 0)
    cot_log_view_reveal (view, (guint64) option_cursor);
  if (!option_measure)
    return;
  wait_for_frame (window);
  measure (view, model);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 64;
    }
  g_resources_register (cot_app_get_resource ());
  application = adw_application_new ("io.github.cotrace.LogViewDemo", G_APPLICATION_NON_UNIQUE);
  g_application_set_resource_base_path (G_APPLICATION (application), "/io/github/cotrace/Cotrace");
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
