/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The journeys of several devices on one page. */

#include "case-fixture.h"
#include "cot-case-private.h"
#include "cot-journeys-page.h"
#include "cot-text-label.h"

#include <adwaita.h>
#include <string.h>

#define RECORD(message) \
  "<![LOG[" message "]LOG]!><time=\"09:00:00.000+300\" date=\"11-18-2026\" component=\"Test\" " \
  "context=\"\" type=\"1\" thread=\"7120\" file=\"a.cpp:12\">\r\n"
#define SETUP \
  RECORD ("==========[ ccmsetup started in process 476 ]==========") \
  RECORD ("Ccmsetup command line: ccmsetup.exe SMSSITECODE=PS1")
#define STARTED RECORD ("[RegTask] - Starting registration, attempt 1.")

#define MAX_WAIT_SECONDS 60

/* (element-type AdwExpanderRow): those that have the title. */
static void
list_rows (GtkWidget *widget, const char *title, GPtrArray *rows)
{
  if (ADW_IS_EXPANDER_ROW (widget)
      && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    g_ptr_array_add (rows, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    list_rows (child, title, rows);
}

static gboolean
give_up (gpointer data)
{
  g_error ("waited in vain for the rows");
  return G_SOURCE_REMOVE;
}

/* A page that is not seen has none. @before: (nullable): a row that has to go first */
static GPtrArray *
wait_for_rows (GtkWidget *page, GtkWidget *before)
{
  guint bound = g_timeout_add_seconds (MAX_WAIT_SECONDS, give_up, NULL);
  GPtrArray *rows = g_ptr_array_new ();

  while (rows->len != 2 || g_ptr_array_index (rows, 0) == before)
    {
      g_main_context_iteration (NULL, TRUE);
      g_ptr_array_set_size (rows, 0);
      list_rows (page, "Registration", rows);
    }
  g_source_remove (bound);
  return rows;
}

/* What one opened stays open when the page is made anew, and the same of the other stays closed. */
static void
test_open_rows_are_of_one_device (Fixture *self, gconstpointer data)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *page;
  g_autoptr (GtkWidget) first = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) new_rows = NULL;

  add_log (self, "PC0041/ccmsetup.log", SETUP);
  add_log (self, "PC0041/ClientIDManagerStartup.log", STARTED);
  add_log (self, "PC0042/ccmsetup.log", SETUP);
  add_log (self, "PC0042/ClientIDManagerStartup.log", STARTED);
  judge (self);
  page = cot_journeys_page_new (self->bundle->knowledge);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  cot_journeys_page_set_case (COT_JOURNEYS_PAGE (page), self->bundle);
  rows = wait_for_rows (page, NULL);
  first = g_object_ref (g_ptr_array_index (rows, 0));
  adw_expander_row_set_expanded (g_ptr_array_index (rows, 1), TRUE);
  cot_journeys_page_set_knowledge (COT_JOURNEYS_PAGE (page), self->bundle->knowledge);
  new_rows = wait_for_rows (page, first);
  g_assert_false (adw_expander_row_get_expanded (g_ptr_array_index (new_rows, 0)));
  g_assert_true (adw_expander_row_get_expanded (g_ptr_array_index (new_rows, 1)));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* All texts of the page are prose: not one is laid out a letter a line, which takes long. */
static guint
count_slow (GtkWidget *widget, guint *n_wrapping)
{
  guint n = 0;

  if (GTK_IS_LABEL (widget) && gtk_label_get_wrap (GTK_LABEL (widget)))
    {
      const char *text = gtk_label_get_text (GTK_LABEL (widget));
      gboolean has_name = strstr (text, ".log") != NULL;

      ++*n_wrapping;
      n += !has_name && gtk_label_get_wrap_mode (GTK_LABEL (widget)) != PANGO_WRAP_WORD;
    }
  /* Rows of libadwaita are not ours. */
  if (ADW_IS_EXPANDER_ROW (widget))
    return n;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_slow (child, n_wrapping);
  return n;
}

static void
test_texts_are_fast (Fixture *self, gconstpointer data)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *page;
  guint n_wrapping = 0;
  g_autoptr (GPtrArray) rows = NULL;

  add_log (self, "PC0041/ccmsetup.log", SETUP);
  add_log (self, "PC0041/ClientIDManagerStartup.log", STARTED);
  add_log (self, "PC0042/ccmsetup.log", SETUP);
  add_log (self, "PC0042/ClientIDManagerStartup.log", STARTED);
  judge (self);
  page = cot_journeys_page_new (self->bundle->knowledge);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  cot_journeys_page_set_case (COT_JOURNEYS_PAGE (page), self->bundle);
  rows = wait_for_rows (page, NULL);
  g_assert_cmpuint (count_slow (page, &n_wrapping), ==, 0);
  g_assert_cmpuint (n_wrapping, >, 10);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_wrapping (void)
{
  g_autoptr (GtkLabel) label
      = g_object_ref_sink (GTK_LABEL (cot_text_label_new ("A few short words", NULL)));

  g_assert_cmpint (gtk_label_get_wrap_mode (label), ==, PANGO_WRAP_WORD);
  gtk_label_set_text (label, "See \\\\server.contoso.com\\share\\a-long-path");
  g_assert_cmpint (gtk_label_get_wrap_mode (label), ==, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_text (label, "Words again");
  g_assert_cmpint (gtk_label_get_wrap_mode (label), ==, PANGO_WRAP_WORD);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_test_message ("there is no display");
      return 77;
    }
  adw_init ();
  g_test_add ("/journeys-page/several-devices", Fixture, NULL, set_up,
              test_open_rows_are_of_one_device, tear_down);
  g_test_add ("/journeys-page/fast-texts", Fixture, NULL, set_up, test_texts_are_fast, tear_down);
  g_test_add_func ("/text-label/wrapping", test_wrapping);
  return g_test_run ();
}
