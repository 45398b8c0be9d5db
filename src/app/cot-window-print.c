/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include <glib/gi18n.h>

#include "cot-log-sentences.h"
#include "cot-names.h"
#include "cot-print-pages.h"
#include "cot-print-preview.h"
#include "cot-sentences.h"

/* Entries on paper, and how they will look there. They are read on a worker once the dialog is
 * answered; pages are found a few at a time, so that the window goes on meanwhile. */

#define PAGES_A_STEP 4
/* No page has more rows than this: entries behind these are not read. */
#define MAX_ENTRIES (COT_PRINT_MAX_PAGES * 300)
/* So many usually stand on as many pages as there may be. */
#define MANY_ENTRIES (COT_PRINT_MAX_PAGES * 70)

/* What was chosen last, for the next time. */
static GtkPrintSettings *last_settings;
static GtkPageSetup *last_page_setup;
static CotPrintColumns last_columns = COT_PRINT_TIME | COT_PRINT_COMPONENT | COT_PRINT_THREAD;

typedef struct
{
  const char *label;
  CotPrintColumns flag;
} Choice;

static const Choice choices[] = {
  { N_("_Date/Time"), COT_PRINT_TIME },     { N_("_Log"), COT_PRINT_LOG },
  { N_("_Component"), COT_PRINT_COMPONENT }, { N_("_Thread"), COT_PRINT_THREAD },
  { N_("_Source"), COT_PRINT_ORIGIN },
};

typedef struct
{
  CotWindow *window;
  GtkPrintOperation *operation; /* (unowned): it owns this */
  GCancellable *cancellable;
  CotLog *log;
  CotBitset *shown; /* (nullable): all */
  CotBitset *selected; /* (nullable): likewise */
  guint64 n_shown;
  guint64 n_selected;
  gboolean takes_selected;
  CotPrintColumns columns;
  GtkWidget *selected_check;
  GtkWidget *column_checks[G_N_ELEMENTS (choices)];
  CotPrintPages *pages; /* (nullable): the entries are not read yet */
  gboolean has_begun; /* the pages know their paper */
  gboolean is_preview;
  char *problem; /* (nullable): why nothing was printed */
} Printing;

static void
printing_free (gpointer data)
{
  Printing *self = data;

  g_object_unref (self->window);
  g_object_unref (self->cancellable);
  g_object_unref (self->log);
  g_clear_pointer (&self->shown, cot_bitset_unref);
  g_clear_pointer (&self->selected, cot_bitset_unref);
  g_clear_pointer (&self->pages, cot_print_pages_free);
  g_free (self->problem);
  g_free (self);
}

static guint64
count (CotLog *log, CotBitset *ordinals)
{
  return ordinals != NULL ? cot_bitset_get_size (ordinals) : cot_log_get_n_entries (log);
}

static GtkWidget *
add_check (GtkWidget *box, const char *label, gboolean is_active)
{
  GtkWidget *check = cot_check_button_new_named (label);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_active);
  gtk_box_append (GTK_BOX (box), check);
  return check;
}

static GtkWidget *
add_group (GtkWidget *page, const char *title)
{
  GtkWidget *heading = gtk_label_new (title);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_set_margin_start (box, 12);
  gtk_box_append (GTK_BOX (page), heading);
  gtk_box_append (GTK_BOX (page), box);
  return box;
}

static char *
dup_choice (const char *text, guint64 n)
{
  g_autofree char *number = cot_sentence_dup_number (n);

  return g_strdup_printf ("%s (%s)", text, number);
}

/* Who selected several means them. */
static GObject *
on_create_widget (GtkPrintOperation *operation, gpointer data)
{
  Printing *self = data;
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *entries = add_group (page, _("Entries"));
  GtkWidget *columns;
  g_autofree char *shown = dup_choice (_("_All that are shown"), self->n_shown);
  g_autofree char *selected = dup_choice (_("Those that are _selected"), self->n_selected);
  GtkWidget *shown_check = add_check (entries, shown, self->n_selected < 2);

  self->selected_check = add_check (entries, selected, self->n_selected > 1);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (self->selected_check),
                              GTK_CHECK_BUTTON (shown_check));
  gtk_widget_set_sensitive (self->selected_check, self->n_selected > 0);
  columns = add_group (page, _("Columns beside the text"));
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    self->column_checks[i]
        = add_check (columns, _(choices[i].label), (self->columns & choices[i].flag) != 0);
  gtk_widget_set_margin_top (page, 18);
  gtk_widget_set_margin_bottom (page, 18);
  gtk_widget_set_margin_start (page, 18);
  gtk_widget_set_margin_end (page, 18);
  return G_OBJECT (page);
}

static void
on_apply_widget (GtkPrintOperation *operation, GtkWidget *widget, gpointer data)
{
  Printing *self = data;

  self->takes_selected
      = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->selected_check));
  self->columns = 0;
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->column_checks[i])))
      self->columns |= choices[i].flag;
}

/* "12 of 1,234 entries" */
static char *
dup_range (Printing *self, guint64 n)
{
  guint64 n_all = cot_log_get_n_entries (self->log);
  g_autofree char *number = cot_sentence_dup_number (n);
  g_autofree char *all = cot_sentence_dup_number (n_all);

  return n < n_all
             /* Translators: numbers: "12 of 1,234 entries" */
             ? g_strdup_printf (ngettext ("%s of %s entry", "%s of %s entries",
                                          (gulong) MIN (n_all, G_MAXINT)),
                                number, all)
             : g_strdup_printf (ngettext ("%s entry", "%s entries", (gulong) MIN (n, G_MAXINT)),
                                number);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Printing *self = data;
  g_autoptr (GError) error = NULL;
  char *text = cot_log_export_text_finish (COT_LOG (source), result, &error);
  g_autofree char *title = cot_log_sentence_dup_name (self->log);
  guint64 n = self->takes_selected ? self->n_selected : self->n_shown;
  g_autofree char *range = dup_range (self, MIN (n, (guint64) MAX_ENTRIES));

  if (text != NULL)
    self->pages = cot_print_pages_new (text, self->columns, title, range);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    self->problem = g_strdup (_("Too much to print. Filter or select fewer entries."));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    /* Translators: why */
    self->problem = g_strdup_printf (_("Not printed: %s"), error->message);
  if (text == NULL)
    gtk_print_operation_cancel (self->operation);
  g_object_unref (self->operation);
}

/* The first ones, where there are too many. */
static CotBitset *
dup_first (CotBitset *ordinals, guint64 n)
{
  CotBitset *first = cot_bitset_new ();
  guint64 ordinal = 0;

  for (guint64 i = 0; i < n && cot_bitset_next (ordinals, ordinal, &ordinal); i++)
    cot_bitset_add (first, ordinal++);
  return first;
}

static CotBitset *
dup_ordinals (Printing *self)
{
  CotBitset *ordinals = self->takes_selected ? self->selected : self->shown;
  CotBitset *first;

  if (count (self->log, ordinals) <= MAX_ENTRIES)
    return ordinals != NULL ? cot_bitset_ref (ordinals) : NULL;
  if (ordinals != NULL)
    return dup_first (ordinals, MAX_ENTRIES);
  first = cot_bitset_new ();
  cot_bitset_add_range (first, 0, MAX_ENTRIES);
  return first;
}

static void
on_begin (GtkPrintOperation *operation, GtkPrintContext *context, gpointer data)
{
  Printing *self = data;
  g_autoptr (CotBitset) ordinals = dup_ordinals (self);
  CotRowsExportOptions options = {
    .kind = COT_ROWS_EXPORT_TABLE,
    .format = COT_ROW_FORMAT_UNITS,
    .headings = { "", "", "", "", "", "", "", "" },
  };

  /* What is asked for twice, as for a preview, is read twice. */
  g_clear_pointer (&self->pages, cot_print_pages_free);
  self->has_begun = FALSE;
  g_object_ref (operation);
  cot_log_export_text_async (self->log, ordinals, &options, self->cancellable, on_read, self);
}

/* What is to be printed is printed also when its window was closed meanwhile; but nobody waits for
 * a preview then. */
static gboolean
is_in_vain (const Printing *self)
{
  return self->is_preview && g_cancellable_is_cancelled (self->window->cancellable);
}

/* Is called again and again from the main loop, which goes on between. */
static gboolean
on_paginate (GtkPrintOperation *operation, GtkPrintContext *context, gpointer data)
{
  Printing *self = data;

  if (self->problem != NULL || g_cancellable_is_cancelled (self->cancellable)
      || is_in_vain (self))
    {
      gtk_print_operation_set_n_pages (operation, 1);
      return TRUE;
    }
  if (self->pages == NULL)
    return FALSE;
  if (!self->has_begun)
    {
      PangoContext *pango = gtk_print_context_create_pango_context (context);

      cot_print_pages_begin (self->pages, pango, gtk_print_context_get_width (context),
                             gtk_print_context_get_height (context));
      g_object_unref (pango);
      self->has_begun = TRUE;
    }
  if (!cot_print_pages_find (self->pages, PAGES_A_STEP))
    return FALSE;
  gtk_print_operation_set_n_pages (operation, (int) cot_print_pages_get_n_pages (self->pages));
  return TRUE;
}

static void
on_draw (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  Printing *self = data;

  if (self->pages != NULL && self->has_begun)
    cot_print_pages_draw (self->pages, gtk_print_context_get_cairo_context (context),
                          (guint) page);
}

static void run (CotWindow *window);

/* What was chosen stands in the dialog again. */
static void
on_print_previewed (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (CotWindow) window = g_object_ref (COT_WINDOW (
      gtk_window_get_transient_for (GTK_WINDOW (data))));

  gtk_window_destroy (GTK_WINDOW (data));
  if (window->page != NULL)
    run (window);
}

static void
on_preview_closed (GtkWidget *preview_window, gpointer data)
{
  gtk_print_operation_preview_end_preview (GTK_PRINT_OPERATION_PREVIEW (data));
}

/* All pages are found: those that are drawn are what is printed. */
static void
on_preview_ready (GtkPrintOperationPreview *preview, GtkPrintContext *context, gpointer data)
{
  static const GActionEntry actions[] = {
    { .name = "print", .activate = on_print_previewed },
  };
  Printing *self = data;
  g_autoptr (GSimpleActionGroup) group = NULL;
  GtkWindow *window;

  if (self->pages == NULL || !self->has_begun || is_in_vain (self))
    {
      gtk_print_operation_preview_end_preview (preview);
      return;
    }
  group = g_simple_action_group_new ();
  window = cot_print_preview_new (GTK_WINDOW (self->window), self->pages,
                                  gtk_print_context_get_page_setup (context));
  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), window);
  gtk_widget_insert_action_group (GTK_WIDGET (window), "preview", G_ACTION_GROUP (group));
  /* It draws what the operation has. */
  g_object_set_data_full (G_OBJECT (window), "cot-operation", g_object_ref (preview),
                          g_object_unref);
  g_signal_connect (window, "destroy", G_CALLBACK (on_preview_closed), preview);
  gtk_window_present (window);
}

/* A window of our own: the toolkit would start a program that may not be there, say nothing then,
 * and leave what it wrote for that. */
static gboolean
on_preview (GtkPrintOperation *operation, GtkPrintOperationPreview *preview,
            GtkPrintContext *context, GtkWindow *parent, gpointer data)
{
  cairo_surface_t *surface
      = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cairo = cairo_create (surface);

  ((Printing *) data)->is_preview = TRUE;
  gtk_print_context_set_cairo_context (context, cairo, 72, 72);
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
  g_signal_connect (preview, "ready", G_CALLBACK (on_preview_ready), data);
  return TRUE;
}

static void
keep_choices (Printing *self)
{
  g_set_object (&last_settings, gtk_print_operation_get_print_settings (self->operation));
  g_set_object (&last_page_setup, gtk_print_operation_get_default_page_setup (self->operation));
  last_columns = self->columns;
}

static void
on_done (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer data)
{
  Printing *self = data;
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    gtk_print_operation_get_error (operation, &error);
  if (error != NULL && self->problem == NULL)
    /* Translators: why */
    self->problem = g_strdup_printf (_("Not printed: %s"), error->message);
  if (self->problem != NULL && !g_cancellable_is_cancelled (self->window->cancellable))
    cot_window_show_toast (self->window, self->problem);
  else if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    keep_choices (self);
  g_cancellable_cancel (self->cancellable);
}

static Printing *
printing_new (CotWindow *window)
{
  Printing *self = g_new0 (Printing, 1);

  self->window = g_object_ref (window);
  self->log = g_object_ref (cot_log_page_get_log (window->page));
  self->cancellable = g_cancellable_new ();
  self->shown = cot_log_page_dup_shown (window->page);
  self->n_shown = count (self->log, self->shown);
  self->n_selected = cot_log_page_get_n_selected (window->page);
  self->selected = cot_log_page_dup_selected (window->page);
  self->columns = last_columns | (COT_IS_MERGED_LOG (self->log) ? COT_PRINT_LOG : 0);
  self->takes_selected = self->n_selected > 1;
  return self;
}

/* Paper that becomes a file is named after the log, and lies where documents do. */
static GtkPrintSettings *
make_settings (CotLog *log)
{
  GtkPrintSettings *settings
      = last_settings != NULL ? gtk_print_settings_copy (last_settings) : gtk_print_settings_new ();
  const char *folder = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  const char *title = cot_log_get_title (log);

  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_DIR,
                          folder != NULL ? folder : g_get_home_dir ());
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_BASENAME,
                          *title != '\0' ? title : _("Merged logs"));
  gtk_print_settings_unset (settings, GTK_PRINT_SETTINGS_OUTPUT_URI);
  return settings;
}

static void
run (CotWindow *window)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  Printing *self = printing_new (window);
  g_autoptr (GtkPrintSettings) settings = make_settings (self->log);
  g_autofree char *name = cot_log_sentence_dup_name (self->log);

  self->operation = operation;
  g_object_set_data_full (G_OBJECT (operation), "cot-printing", self, printing_free);
  gtk_print_operation_set_job_name (operation, name);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_show_progress (operation, TRUE);
  gtk_print_operation_set_custom_tab_label (operation, _("Entries"));
  gtk_print_operation_set_print_settings (operation, settings);
  if (last_page_setup != NULL)
    gtk_print_operation_set_default_page_setup (operation, last_page_setup);
  g_signal_connect (operation, "create-custom-widget", G_CALLBACK (on_create_widget), self);
  g_signal_connect (operation, "custom-widget-apply", G_CALLBACK (on_apply_widget), self);
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin), self);
  g_signal_connect (operation, "paginate", G_CALLBACK (on_paginate), self);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw), self);
  g_signal_connect (operation, "preview", G_CALLBACK (on_preview), self);
  g_signal_connect (operation, "done", G_CALLBACK (on_done), self);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           GTK_WINDOW (window), NULL);
}

static void
on_response (CotWindow *window, const char *response)
{
  if (g_str_equal (response, "print") && window->page != NULL)
    run (window);
}

/* It is said before what would not be printed. */
static void
ask (CotWindow *window, guint64 n)
{
  g_autofree char *number = cot_sentence_dup_number (n);
  g_autofree char *heading = g_strdup_printf (
      ngettext ("Print %s Entry?", "Print %s Entries?", (gulong) MIN (n, G_MAXINT)), number);
  g_autofree char *body = g_strdup_printf (
      _("They may take more than %u pages. Only the first %u are printed: to print others, "
        "select them or filter the log."),
      COT_PRINT_MAX_PAGES, COT_PRINT_MAX_PAGES);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (window), heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "print",
                                    _("_Print the First"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response), window,
                           G_CONNECT_SWAPPED);
  cot_names_tidy_below (GTK_WIDGET (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_print (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  guint64 n_selected = self->page != NULL ? cot_log_page_get_n_selected (self->page) : 0;
  g_autoptr (CotBitset) shown = NULL;
  guint64 n;

  if (self->page == NULL)
    return;
  shown = cot_log_page_dup_shown (self->page);
  n = n_selected > 1 ? n_selected : count (cot_log_page_get_log (self->page), shown);
  if (n == 0)
    cot_window_show_toast (self, _("There is nothing to print"));
  else if (n > MANY_ENTRIES)
    ask (self, n);
  else
    run (self);
}

/**
 * cot_window_init_print:
 *
 * Adds the action.
 */
void
cot_window_init_print (CotWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "print", .activate = on_print },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
