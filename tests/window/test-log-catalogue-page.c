/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The catalogue of logs, searched letter by letter. */

#include "cot-log-catalogue-page.h"

#include <adwaita.h>

typedef struct
{
  GtkWidget *window;
  GtkWidget *page;
  GtkWidget *entry;
} Fixture;

static void
list_of_type (GtkWidget *widget, GType type, GPtrArray *found)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && gtk_widget_get_child_visible (widget))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child))
      list_of_type (child, type, found);
}

static GPtrArray *
list_shown (Fixture *self, GType type)
{
  GPtrArray *found = g_ptr_array_new ();

  list_of_type (self->page, type, found);
  return found;
}

/* (nullable): the row of that title, of those that are shown. */
static GtkWidget *
find_row (Fixture *self, const char *title)
{
  g_autoptr (GPtrArray) rows = list_shown (self, ADW_TYPE_EXPANDER_ROW);

  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (adw_preferences_row_get_title (g_ptr_array_index (rows, i)), title))
      return g_ptr_array_index (rows, i);
  return NULL;
}

static GtkWidget *
find_button (Fixture *self, const char *part)
{
  g_autoptr (GPtrArray) buttons = list_shown (self, GTK_TYPE_BUTTON);

  for (guint i = 0; i < buttons->len; i++)
    {
      const char *label = gtk_button_get_label (g_ptr_array_index (buttons, i));

      if (label != NULL && strstr (label, part) != NULL)
        return g_ptr_array_index (buttons, i);
    }
  return NULL;
}

static void
type (Fixture *self, const char *words)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), words);
  /* It waits for the next letter. */
  g_signal_emit_by_name (self->entry, "search-changed");
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotKnowledge) knowledge = cot_knowledge_new_builtin (&error);
  g_autoptr (GPtrArray) entries = NULL;

  g_assert_no_error (error);
  self->window = gtk_window_new ();
  self->page = cot_log_catalogue_page_new (knowledge);
  gtk_window_set_child (GTK_WINDOW (self->window), self->page);
  gtk_window_present (GTK_WINDOW (self->window));
  while (!gtk_widget_get_mapped (self->page) || g_main_context_pending (NULL))
    g_main_context_iteration (NULL, TRUE);
  entries = list_shown (self, GTK_TYPE_SEARCH_ENTRY);
  g_assert_cmpuint (entries->len, ==, 1);
  self->entry = g_ptr_array_index (entries, 0);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
}

/* With the next letter the rows that still fit stay what they are, unfolded or not. */
static void
test_rows_stay (Fixture *self, gconstpointer data)
{
  GtkWidget *row;

  type (self, "ccme");
  row = find_row (self, "CcmExec.log");
  g_assert_nonnull (row);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  g_assert_nonnull (find_row (self, "CcmEval.log"));
  type (self, "ccmex");
  g_assert_true (find_row (self, "CcmExec.log") == row);
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)));
  g_assert_null (find_row (self, "CcmEval.log"));
  type (self, "ccme");
  g_assert_true (find_row (self, "CcmExec.log") == row);
  g_assert_nonnull (find_row (self, "CcmEval.log"));
}

/* Few rows at first; those that only mention the word come when they are asked for. */
static void
test_more (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  GtkWidget *more;

  type (self, "update");
  before = list_shown (self, ADW_TYPE_EXPANDER_ROW);
  more = find_button (self, "Show ");
  g_assert_nonnull (more);
  g_signal_emit_by_name (more, "clicked");
  after = list_shown (self, ADW_TYPE_EXPANDER_ROW);
  g_assert_cmpuint (after->len, >, before->len);
  g_assert_null (find_button (self, "Show "));
  type (self, "updat");
  g_assert_nonnull (find_button (self, "Show "));
  type (self, "zebra giraffe");
  g_assert_null (find_button (self, "Show "));
}

/* A link leads to one log, which stands there unfolded. */
static void
test_look_up (Fixture *self, gconstpointer data)
{
  GtkWidget *row;

  cot_log_catalogue_page_look_up (COT_LOG_CATALOGUE_PAGE (self->page), "PolicyAgent.log");
  row = find_row (self, "PolicyAgent.log");
  g_assert_nonnull (row);
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)));
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
  g_test_add ("/log-catalogue-page/rows-stay", Fixture, NULL, set_up, test_rows_stay, tear_down);
  g_test_add ("/log-catalogue-page/more", Fixture, NULL, set_up, test_more, tear_down);
  g_test_add ("/log-catalogue-page/look-up", Fixture, NULL, set_up, test_look_up, tear_down);
  return g_test_run ();
}
